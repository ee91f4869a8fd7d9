//! Values kept while there is room, and thinned out from then on.

/// At most so many of the values that were pushed: all of them, or one of every
/// two, four, and so on. Which one of them is drawn, as data with a period would
/// otherwise give a sample of one phase.
#[derive(Clone, Debug)]
pub(super) struct Kept<T> {
    values: Vec<T>,
    room: usize,
    /// One of so many values is kept.
    step: usize,
    /// Values to pass over until the next one is kept.
    skip: usize,
    /// Values of the present group of `step` after that one.
    rest: usize,
    draws: Draws,
}

/// A fixed sequence of numbers without pattern (Steele, Lea and Flood's SplitMix).
#[derive(Clone, Debug)]
pub(super) struct Draws(pub(super) u64);

impl Draws {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }
}

impl<T: Copy> Kept<T> {
    pub(super) fn new(room: usize) -> Self {
        Kept {
            values: Vec::new(),
            room: room.max(2),
            step: 1,
            skip: 0,
            rest: 0,
            draws: Draws(0),
        }
    }

    /// Whether all values that were pushed are here.
    pub(super) fn is_complete(&self) -> bool {
        self.step == 1
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// For putting them into another order.
    pub(super) fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    pub(super) fn into_values(self) -> Vec<T> {
        self.values
    }

    #[inline]
    pub(super) fn push(&mut self, value: T) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if self.values.len() >= self.room {
            self.thin();
        }
        self.values.push(value);
        if self.step > 1 {
            let place = self.draws.below(self.step);
            self.skip = self.rest + place;
            self.rest = self.step - 1 - place;
        }
    }

    /// Keeps one of every two values.
    fn thin(&mut self) {
        let pairs = self.values.len().div_ceil(2);
        for pair in 0..pairs {
            let one = 2 * pair + self.draws.below(2);
            self.values[pair] = self.values[one.min(self.values.len() - 1)];
        }
        self.values.truncate(pairs);
        self.step = self.step.saturating_mul(2);
    }

    /// Takes over what another one kept.
    pub(super) fn merge(&mut self, mut other: Self) {
        while other.step < self.step {
            other.thin();
        }
        while self.step < other.step || self.values.len() + other.values.len() > self.room {
            self.thin();
            if other.step < self.step {
                other.thin();
            }
        }
        self.values.append(&mut other.values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(values: std::ops::Range<u32>, room: usize) -> Kept<u32> {
        let mut kept = Kept::new(room);
        values.for_each(|value| kept.push(value));
        kept
    }

    #[test]
    fn all_values_are_kept_while_there_is_room() {
        let all = kept(0..8, 8);
        assert!(all.is_complete());
        assert_eq!(all.values(), [0, 1, 2, 3, 4, 5, 6, 7]);
        let more = kept(0..9, 8);
        assert!(!more.is_complete());
        assert_eq!(more.into_values().len(), 5);
    }

    #[test]
    fn a_period_in_the_data_does_not_show() {
        let mut kept = Kept::new(1000);
        (0..100_000_u32).for_each(|i| kept.push(i % 4));
        let values = kept.into_values();
        for phase in 0..4 {
            let found = values.iter().filter(|&&v| v == phase).count();
            assert!(found * 5 > values.len(), "{found} of {}", values.len());
        }
    }

    proptest! {
        #[test]
        fn never_more_than_there_is_room_for(a in 0u32..300, b in 0u32..300, room in 2usize..50) {
            let mut one = kept(0..a, room);
            one.merge(kept(a..a + b, room));
            let all = (a + b) as usize <= room;
            prop_assert_eq!(one.is_complete(), all);
            let values = one.into_values();
            prop_assert!(values.len() <= room);
            prop_assert!(values.len() * 4 + 4 >= room.min((a + b) as usize));
        }
    }
}
