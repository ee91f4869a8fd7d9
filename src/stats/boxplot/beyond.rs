//! Values beyond a whisker: all of them, or of very many as many as can be told apart.

/// Of more than so many beyond one whisker only some are kept, where there is no room for
/// all: ten thousand fliers a box.
pub(super) const MANY: usize = 5_000;

/// Some are one of each of so many equal slots between the fence and the outermost value,
/// and that value itself: finer than a page shows.
const SLOTS: usize = 2_048;

/// The values on one side, in the order of the data.
#[derive(Clone, Debug)]
pub(super) struct Beyond {
    kept: Vec<f64>,
    count: u64,
    room: usize,
    /// The fence and the outermost value.
    range: (f64, f64),
    /// The slots of which there is a value already, once there were too many.
    taken: Option<Vec<bool>>,
}

impl Beyond {
    /// From the fence to the outermost value.
    pub(super) fn new(range: (f64, f64), room: usize) -> Self {
        Beyond {
            kept: Vec::new(),
            count: 0,
            room,
            range,
            taken: None,
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn into_kept(self) -> Vec<f64> {
        self.kept
    }

    pub(super) fn push(&mut self, value: f64) {
        self.count += 1;
        if self.taken.is_none() && self.kept.len() >= self.room {
            self.thin();
        }
        if self.is_new(value) {
            self.kept.push(value);
        }
    }

    /// Leaves one value of each slot.
    fn thin(&mut self) {
        self.taken = Some(vec![false; SLOTS + 1]);
        let mut kept = std::mem::take(&mut self.kept);
        kept.retain(|&value| self.is_new(value));
        self.kept = kept;
    }

    /// Whether there is none of its slot yet, if there are slots.
    fn is_new(&mut self, value: f64) -> bool {
        let slot = self.slot(value);
        match &mut self.taken {
            None => true,
            Some(taken) => !std::mem::replace(&mut taken[slot], true),
        }
    }

    /// The outermost value has a slot of its own.
    fn slot(&self, value: f64) -> usize {
        let (fence, end) = self.range;
        if value == end {
            return SLOTS;
        }
        // Of halves, as the whole may be out of range.
        let share = (value / 2.0 - fence / 2.0) / (end / 2.0 - fence / 2.0);
        ((share * SLOTS as f64) as usize).min(SLOTS - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_kept_while_there_is_room() {
        let mut beyond = Beyond::new((0.0, -3.0), 4);
        [-1.0, -3.0, -1.0, -2.0]
            .iter()
            .for_each(|&v| beyond.push(v));
        assert_eq!(beyond.count(), 4);
        assert_eq!(beyond.into_kept(), [-1.0, -3.0, -1.0, -2.0]);
    }

    #[test]
    fn of_many_those_are_kept_that_can_be_told_apart() {
        let mut beyond = Beyond::new((1e6, 2e6), MANY);
        let values = || (1..=1_000_000).map(|i| 1e6 + f64::from(i * 617 % 1_000_000 + 1));
        values().for_each(|value| beyond.push(value));
        assert_eq!(beyond.count(), 1_000_000);
        let mut kept = beyond.into_kept();
        assert!(values().take(5).eq(kept.iter().copied().take(5)));
        assert_eq!(kept.len(), SLOTS + 1);
        kept.sort_by(f64::total_cmp);
        assert_eq!(kept.last(), Some(&2e6));
        let gaps = kept.windows(2).map(|pair| pair[1] - pair[0]);
        assert!(gaps.fold(0.0, f64::max) < 2.0 * 1e6 / SLOTS as f64);
    }

    #[test]
    fn no_range_is_no_panic() {
        for range in [(f64::NAN, f64::NAN), (-f64::MAX, f64::MAX), (1.0, 1.0)] {
            let mut beyond = Beyond::new(range, 1);
            for value in [1.0, f64::MAX, -f64::MAX, f64::INFINITY] {
                beyond.push(value);
            }
            assert_eq!(beyond.count(), 4);
        }
    }
}
