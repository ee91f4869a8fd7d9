//! Values by rank, of values in any order.

use super::wide::Wide;
use super::windows::{bracket, order};

/// Of fewer values none is judged by a sample first.
const MANY: usize = 1 << 13;

/// Values that tell about where the one sought lies.
const SAMPLE: usize = 1 << 10;

/// Brings the values of some places in rising order, which rise themselves, to where
/// they would be if all were sorted.
pub(super) fn put<T: Wide>(values: &mut [T], places: &[usize]) {
    put_after(0, values, places);
}

/// Of values of which so many others lie before.
fn put_after<T: Wide>(before: usize, values: &mut [T], places: &[usize]) {
    let Some(&place) = places.get(places.len() / 2) else {
        return;
    };
    if !(before..before + values.len()).contains(&place) {
        return;
    }
    let (less, _, more) = values.select_nth_unstable_by(place - before, order);
    let lesser = places.partition_point(|&other| other < place);
    let through = places.partition_point(|&other| other <= place);
    put_after(before, less, &places[..lesser]);
    put_after(place + 1, more, &places[through..]);
}

/// The value of a place in rising order, of values between two ends.
pub(super) fn nth<T: Wide>(values: &mut [T], ends: (T, T), place: usize) -> Option<T> {
    if place >= values.len() {
        return None;
    }
    if values.len() >= MANY {
        let step = values.len() / SAMPLE;
        let mut sample: Vec<T> = values.iter().copied().step_by(step).collect();
        sample.sort_unstable_by(order);
        let (low, high) = bracket(&sample, values.len() as u64, ends, place as u64);
        let (below, near) = gather(values, low, high);
        if let Some(place) = place.checked_sub(below).filter(|&place| place < near.len()) {
            return Some(*near.select_nth_unstable_by(place, order).1);
        }
    }
    Some(*values.select_nth_unstable_by(place, order).1)
}

/// How many values are less than `low`, and those up to `high`, which are brought
/// together. Nothing here branches, as what a value is cannot be foretold.
fn gather<T: Wide>(values: &mut [T], low: T, high: T) -> (usize, &mut [T]) {
    let (mut below, mut found) = (0_usize, 0_usize);
    for i in 0..values.len() {
        let value = values[i];
        values.swap(i, found);
        let under = value < low;
        below = below.wrapping_add(usize::from(under));
        found = found.wrapping_add(usize::from(!under & (value <= high)));
    }
    (below, &mut values[..found])
}

#[cfg(test)]
mod tests {
    use super::super::kept::Draws;
    use super::*;
    use proptest::prelude::*;

    /// So many values without pattern, some of them equal.
    fn values(len: usize, different: usize, seed: u64) -> Vec<f64> {
        let mut draws = Draws(seed);
        (0..len).map(|_| draws.below(different) as f64).collect()
    }

    #[test]
    fn values_of_misleading_samples_are_found() {
        let mut values: Vec<f64> = (0..MANY * 2)
            .map(|i| ((i % 16) * MANY + i) as f64)
            .collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let ends = (sorted[0], sorted[MANY * 2 - 1]);
        assert_eq!(nth(&mut values, ends, MANY), Some(sorted[MANY]));
        assert_eq!(nth(&mut values, ends, MANY * 2), None);
        assert_eq!(nth::<f64>(&mut [], ends, 0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn places_are_those_of_sorting(
            len in prop_oneof![1usize..50, MANY..MANY * 2],
            different in prop_oneof![1usize..9, Just(1 << 40)],
            seed in any::<u64>(),
            places in prop::collection::vec(0usize..MANY * 2, 1..8),
        ) {
            let mut found = values(len, different, seed);
            let mut sorted = found.clone();
            sorted.sort_by(f64::total_cmp);
            let ends = (sorted[0], sorted[len - 1]);
            let mut places: Vec<usize> = places.iter().map(|place| place % len).collect();
            for &place in &places {
                prop_assert_eq!(nth(&mut found, ends, place), Some(sorted[place]));
            }
            places.sort_unstable();
            put(&mut found, &places);
            for &place in &places {
                prop_assert_eq!(found[place], sorted[place]);
            }
            found.sort_by(f64::total_cmp);
            prop_assert_eq!(found, sorted);
        }
    }
}
