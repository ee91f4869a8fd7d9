//! Values by rank without sorting all: values between two ends near the ranks
//! asked for are kept, all others are counted.

use super::bins::{BLOCK, BinCounts, Scaling};
use super::kept::Kept;
use super::near::Near;
use super::select;
use super::wide::Wide;
use crate::stats::marks::each_marked;
pub(super) use crate::stats::quantile::order;

/// Ranks lie further from where a sample puts them than so many standard
/// deviations in one of sixteen thousand samples; another pass is made then.
const DEVIATIONS: f64 = 4.0;

/// What is known of the values from `low` to `high`.
#[derive(Clone, Debug)]
pub(super) struct Window<T> {
    low: T,
    high: T,
    /// Values less than `low`.
    below: u64,
    at_low: u64,
    /// Values at `high` where it is not `low`.
    at_high: u64,
    between: u64,
    kept: Kept<T>,
    /// Whether values lay inside when last looked.
    was_hit: bool,
}

impl<T: Wide> Window<T> {
    fn new((low, high): (T, T), room: usize) -> Self {
        Window {
            low,
            high,
            below: 0,
            at_low: 0,
            at_high: 0,
            between: 0,
            kept: Kept::new(room),
            was_hit: true,
        }
    }

    /// Whether any value lies inside; if none, those below are counted.
    fn is_hit(&mut self, values: &[T]) -> bool {
        let (mut below, mut through) = (0_u32, 0_u32);
        for &value in values {
            below = below.wrapping_add(u32::from(value < self.low));
            through = through.wrapping_add(u32::from(value <= self.high));
        }
        if below == through {
            self.below += u64::from(below);
        }
        below != through
    }

    #[inline]
    fn add_inside(&mut self, value: T) {
        self.was_hit = true;
        if value == self.low {
            self.at_low += 1;
        } else if value == self.high {
            self.at_high += 1;
        } else {
            self.between += 1;
            self.kept.push(value);
        }
    }

    fn merge(&mut self, other: Self) {
        self.below += other.below;
        self.at_low += other.at_low;
        self.at_high += other.at_high;
        self.between += other.between;
        self.kept.merge(other.kept);
    }

    fn inside(&self) -> u64 {
        self.at_low + self.between + self.at_high
    }

    /// Values up to `high`.
    fn through(&self) -> u64 {
        self.below + self.inside()
    }

    /// How many values are `under` a limit that lies in here.
    fn count(&self, under: impl Fn(T) -> bool) -> Result<u64, (T, T)> {
        let kept = self.kept.values();
        let found = kept.iter().filter(|&&value| under(value)).count() as u64;
        if self.kept.is_complete() {
            return Ok(self.below + self.at_low + found);
        }
        let share = found as f64 / kept.len().max(1) as f64;
        let rank = (share * self.between as f64) as u64;
        let mut sample = kept.to_vec();
        sample.sort_unstable_by(order);
        Err(bracket(&sample, self.between, (self.low, self.high), rank))
    }

    /// What the value of a rank within the window's is known to be, or to lie between.
    fn at(&mut self, rank: u64) -> Found<T> {
        let inner = self.below + self.at_low;
        if rank < inner {
            return Found::Value(self.low);
        }
        let place = (rank - inner) as usize;
        if place as u64 >= self.between {
            return Found::Value(self.high);
        }
        let complete = self.kept.is_complete();
        let kept = self.kept.values_mut();
        let ends = (self.low, self.high);
        if complete && let Some(value) = select::nth(kept, ends, place) {
            return Found::Value(value);
        }
        kept.sort_unstable_by(order);
        Found::Between(bracket(kept, self.between, ends, place as u64))
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found<T> {
    Value(T),
    Between((T, T)),
}

impl<T> Found<T> {
    /// The value, or the least that it may be.
    pub(super) fn low(self) -> T {
        match self {
            Found::Value(value) | Found::Between((value, _)) => value,
        }
    }

    pub(super) fn ends(self) -> Option<(T, T)> {
        match self {
            Found::Value(_) => None,
            Found::Between(ends) => Some(ends),
        }
    }
}

/// Two values between which that of `rank` of so many lies almost certainly,
/// judged by a sample of them in which those of [`places`] are where sorting would
/// put them; `ends` are never exceeded.
pub(super) fn bracket<T: Copy>(sample: &[T], count: u64, ends: (T, T), rank: u64) -> (T, T) {
    let (low, high) = places(sample.len(), count, rank);
    let nth = |place: Option<usize>| place.and_then(|place| sample.get(place).copied());
    (nth(low).unwrap_or(ends.0), nth(high).unwrap_or(ends.1))
}

/// Where in a sorted sample of so many values those of [`bracket`] are, if they are
/// in it at all.
pub(super) fn places(sample: usize, count: u64, rank: u64) -> (Option<usize>, Option<usize>) {
    let share = rank as f64 / count.max(1) as f64;
    let size = sample as f64;
    let margin = DEVIATIONS * (size * share * (1.0 - share)).max(0.0).sqrt() + 2.0;
    let within = |place: f64| (0.0 <= place && place < size).then_some(place as usize);
    (within(share * size - margin), within(share * size + margin))
}

/// Windows that do not overlap, in rising order.
#[derive(Clone, Debug)]
pub(super) struct Windows<T> {
    /// All finite values.
    count: u64,
    ends: (T, T),
    windows: Vec<Window<T>>,
    /// 1 for values inside of a window, of the values being added.
    marks: Vec<u8>,
    /// Where values are found by their slots, until counts are settled.
    near: Option<Near>,
}

impl<T: Wide> Windows<T> {
    /// Of so many values from `ends.0` to `ends.1`, each window with so much room.
    pub(super) fn new(count: u64, ends: (T, T), mut between: Vec<(T, T)>, room: usize) -> Self {
        between.sort_unstable_by(|a, b| order(&a.0, &b.0));
        let mut joined: Vec<(T, T)> = Vec::new();
        for (low, high) in between {
            match joined.last_mut() {
                Some(last) if low <= last.1 => last.1 = if high > last.1 { high } else { last.1 },
                _ => joined.push((low, high)),
            }
        }
        let windows = joined.into_iter().map(|ends| Window::new(ends, room));
        Windows {
            count,
            ends,
            windows: windows.collect(),
            marks: Vec::new(),
            near: None,
        }
    }

    /// Windows whose values are found by their slots, if a sample says that it pays.
    pub(super) fn with_slots(mut self, scaling: &Scaling<T>, sample: &[T]) -> Self {
        let ends = self.windows.iter().map(|window| (window.low, window.high));
        self.near = Near::new(scaling, &ends.collect::<Vec<_>>(), sample);
        self
    }

    /// Whether values are to be added by [`Windows::add_block`].
    pub(super) fn has_slots(&self) -> bool {
        self.near.is_some()
    }

    /// Adds values that have these places both to the bins and to the windows.
    pub(super) fn add_block(&mut self, values: &[T], places: &[u32], bins: &mut BinCounts<T>) {
        let Some(near) = &self.near else {
            return bins.add(places);
        };
        let mut found = [0; BLOCK];
        for &i in bins.add_near(places, near, &mut found) {
            let (value, place) = (values[usize::from(i)], places[usize::from(i)]);
            let windows = self
                .windows
                .get_mut(near.first(place)..)
                .unwrap_or_default();
            if let Some(window) = windows.iter_mut().find(|window| value <= window.high) {
                match value < window.low {
                    true => window.below += 1,
                    false => window.add_inside(value),
                }
            }
        }
    }

    /// Completes the counts of values below each window once all are in the bins. Until
    /// then only those were counted that are near windows and above the one before:
    /// slots that touch no window are wholly below it or above.
    pub(super) fn settle(&mut self, bins: &BinCounts<T>) {
        let Some(near) = self.near.take() else {
            return;
        };
        let mut through = 0;
        for window in &mut self.windows {
            through += window.through();
            let low = bins.scaling.place_of(window.low);
            window.below = through - window.inside() + near.apart_below(low, bins.slots());
        }
    }

    pub(super) fn add(&mut self, values: &[T]) {
        self.marks.clear();
        self.marks.resize(values.len(), 0);
        let mut near: Vec<&mut Window<T>> = Vec::new();
        for window in &mut self.windows {
            if window.was_hit || window.is_hit(values) {
                near.push(window);
            }
        }
        let (threes, rest) = near.as_chunks_mut::<3>();
        threes
            .iter_mut()
            .for_each(|three| mark(three, values, &mut self.marks));
        rest.iter_mut()
            .for_each(|one| mark(std::array::from_mut(one), values, &mut self.marks));
        self.add_marked(values);
    }

    fn add_marked(&mut self, values: &[T]) {
        let windows = &mut self.windows;
        each_marked(&self.marks, |i| {
            let value = values[i];
            let is_before = windows.iter().map(|window| window.high < value);
            let before = is_before.map(usize::from).fold(0, usize::wrapping_add);
            if let Some(window) = windows.get_mut(before) {
                window.add_inside(value);
            }
        });
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (window, other) in self.windows.iter_mut().zip(other.windows) {
            window.merge(other);
        }
    }

    /// The value of `rank` in rising order, from 0; or where it must lie.
    pub(super) fn at(&mut self, rank: u64) -> Found<T> {
        let mut low = self.ends.0;
        for window in &mut self.windows {
            if rank < window.below {
                return Found::Between((low, window.low));
            }
            if rank < window.through() {
                return window.at(rank);
            }
            low = window.high;
        }
        Found::Between((low, self.ends.1))
    }

    /// How many values are `under` a limit; or between which values it must lie.
    pub(super) fn count(&self, under: impl Fn(T) -> bool) -> Result<u64, (T, T)> {
        if !under(self.ends.0) {
            return Ok(0);
        }
        if under(self.ends.1) {
            return Ok(self.count);
        }
        let (mut counted, mut low) = (0, self.ends.0);
        for window in &self.windows {
            if !under(window.high) {
                return match under(window.low) {
                    true => window.count(under),
                    false if window.below == counted => Ok(counted),
                    false => Err((low, window.low)),
                };
            }
            (counted, low) = (window.through(), window.high);
        }
        Err((low, self.ends.1))
    }
}

/// Counts the values below each window, and marks those inside of one.
fn mark<T: Wide, const N: usize>(
    windows: &mut [&mut Window<T>; N],
    values: &[T],
    marks: &mut [u8],
) {
    let ends = std::array::from_fn::<_, N, _>(|i| (windows[i].low, windows[i].high));
    let mut below = [0_u32; N];
    for (&value, mark) in values.iter().zip(marks) {
        let mut inside = false;
        for i in 0..N {
            let under = value < ends[i].0;
            below[i] = below[i].wrapping_add(u32::from(under));
            inside |= !under & (value <= ends[i].1);
        }
        *mark |= u8::from(inside);
    }
    for (window, below) in windows.iter_mut().zip(below) {
        window.below += u64::from(below);
        window.was_hit = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(
        values: &[f64],
        ends: (f64, f64),
        between: Vec<(f64, f64)>,
        count: usize,
    ) -> Windows<f64> {
        let mut windows = Windows::new(count as u64, ends, between, 64);
        values.chunks(50).for_each(|values| windows.add(values));
        windows
    }

    /// The same by slots, as a first pass counts.
    fn by_slots<T: Wide>(parts: [&[T]; 2], ends: (T, T), between: &[(T, T)]) -> Windows<T> {
        let count = parts.map(<[T]>::len).iter().sum::<usize>() as u64;
        let scaling = Scaling::new(ends, parts.concat()[0]);
        let counted = parts.map(|values| {
            let windows = Windows::new(count, ends, between.to_vec(), 64);
            let mut windows = windows.with_slots(&scaling, &[]);
            let mut bins = BinCounts::new(scaling);
            assert!(windows.has_slots());
            for values in values.chunks(BLOCK) {
                let places: Vec<u32> = values.iter().map(|&v| scaling.place_of(v)).collect();
                windows.add_block(values, &places, &mut bins);
            }
            (windows, bins)
        });
        let [(mut windows, mut bins), (others, other_bins)] = counted;
        windows.merge(others);
        bins.merge(&other_bins);
        windows.settle(&bins);
        windows
    }

    /// That windows tell the same whether values are compared with them or found by
    /// their slots.
    fn agree<T: Wide + std::fmt::Debug>(values: Vec<T>, windows: &[(usize, usize)], at: usize) {
        let mut sorted = values.clone();
        sorted.sort_by(order);
        let last = sorted.len() - 1;
        let ends = (sorted[0], sorted[last]);
        let windows = windows.iter().map(|&(a, width)| {
            let a = a.min(last);
            (sorted[a], sorted[last.min(a + width)])
        });
        let between: Vec<_> = windows.collect();
        let mut found = by_slots(values.split_at(at.min(last)).into(), ends, &between);
        let mut wanted = Windows::new(values.len() as u64, ends, between, 64);
        wanted.add(&values);
        for (found, wanted) in found.windows.iter().zip(&wanted.windows) {
            assert_eq!(
                (found.below, found.at_low, found.between, found.at_high),
                (wanted.below, wanted.at_low, wanted.between, wanted.at_high)
            );
        }
        for (rank, &value) in sorted.iter().enumerate() {
            if let Found::Value(found) = found.at(rank as u64) {
                assert_eq!(found, value);
            }
        }
    }

    /// Windows by the rank of their low end and by how many ranks they hold.
    fn windows() -> impl Strategy<Value = Vec<(usize, usize)>> {
        prop::collection::vec((0usize..600, 0usize..40), 0..6)
    }

    /// Of few different values, of many, and some of them so far off that all others
    /// share a slot.
    fn floats() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![
            8 => -1.0..1.0_f64,
            4 => (-9i8..9).prop_map(f64::from),
            2 => prop::sample::select(vec![0.0, -0.0, 5e-324, -5e-324, 1e-300]),
        ];
        let far = prop::sample::select(vec![0.0, 1.0, 1e6, 1e300, -8e307]);
        (prop::collection::vec(value, 1..600), far).prop_map(|(mut values, far)| {
            values.push(far);
            values
        })
    }

    #[test]
    fn equal_values_are_found_by_their_slot() {
        agree(vec![0.1_f64; 700], &[(3, 2), (600, 5)], 300);
        agree(vec![i64::MIN; 3], &[(0, 2)], 0);
        agree(vec![5e-324, 0.0, -0.0, -5e-324], &[(0, 1), (2, 0)], 1);
    }

    proptest! {
        #[test]
        fn slots_tell_what_comparing_tells(values in floats(), between in windows(), at in 0usize..600) {
            agree(values.clone(), &between, at);
            agree(values.into_iter().map(|v| v.clamp(-1e30, 1e30) as f32).collect(), &between, at);
        }

        #[test]
        fn slots_tell_what_comparing_integers_tells(
            near in prop::collection::vec(-500i64..500, 1..300),
            any in prop::collection::vec(any::<i64>(), 0..3),
            between in windows(),
            at in 0usize..300,
        ) {
            let values: Vec<i64> = near.iter().map(|v| (i64::MAX - 500) + v).chain(any).collect();
            agree(values.iter().map(|v| v.cast_unsigned()).collect(), &between, at);
            agree(values, &between, at);
        }

        /// Whatever the windows, and in however many parts: what is said to be known is
        /// right, and what is not lies where it is said to.
        #[test]
        fn ranks_and_counts_are_right_or_bracketed(
            values in prop::collection::vec((-40i8..40).prop_map(f64::from), 1..300),
            between in prop::collection::vec((-40i8..40, 0i8..20), 0..5),
            at in 0usize..300,
            limit in -41i8..41,
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let ends = (sorted[0], sorted[sorted.len() - 1]);
            let between: Vec<_> = between.into_iter().map(|(a, w)| (f64::from(a), f64::from(a) + f64::from(w))).collect();
            let (a, b) = values.split_at(at.min(values.len()));
            let mut windows = counted(a, ends, between.clone(), values.len());
            windows.merge(counted(b, ends, between, values.len()));
            for (rank, &value) in sorted.iter().enumerate() {
                match windows.at(rank as u64) {
                    Found::Value(found) => prop_assert_eq!(found, value),
                    // Of a sample as small as the room here a bracket may be wrong.
                    Found::Between((low, high)) => prop_assert!(low <= high),
                }
            }
            let limit = f64::from(limit);
            if let Ok(found) = windows.count(|value| value < limit) {
                let wanted = sorted.iter().filter(|&&value| value < limit).count();
                prop_assert_eq!(found, wanted as u64);
            }
        }
    }
}
