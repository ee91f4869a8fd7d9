//! Which slots of the histogram touch windows: values in all others need not be looked at.

use super::bins::{SLOTS, Scaling, slot};
use super::wide::Wide;

/// Values that tell whether slots are of use.
const SAMPLE: usize = 1 << 12;

/// Of each slot one more than the first window that it touches, or zero.
#[derive(Clone, Debug)]
pub(super) struct Near(Box<[u8; SLOTS]>);

impl Near {
    /// Of windows that do not overlap, in rising order. `None` where a sample of the
    /// values says that slots save nothing: too many values are near windows, and most
    /// of all where few slots hold nearly all of them.
    pub(super) fn new<T: Wide>(
        scaling: &Scaling<T>,
        windows: &[(T, T)],
        sample: &[T],
    ) -> Option<Self> {
        if scaling.is_far {
            return None;
        }
        let near = Self::of(scaling, windows);
        let is_inside = |&value: &T| windows.iter().any(|&(a, b)| a <= value && value <= b);
        let some = || sample.iter().step_by(sample.len().div_ceil(SAMPLE).max(1));
        let touching = some().filter(|&&value| near.is_near(scaling.place_of(value)));
        let (touching, inside) = (touching.count(), some().filter(|v| is_inside(v)).count());
        let all = some().count();
        (touching <= inside + all / 8 && touching <= all / 4 * 3).then_some(near)
    }

    fn of<T: Wide>(scaling: &Scaling<T>, windows: &[(T, T)]) -> Self {
        let mut first = Box::new([0; SLOTS]);
        for (window, &(low, high)) in (1..=u8::MAX).zip(windows) {
            let slots = slot(scaling.place_of(low))..=slot(scaling.place_of(high));
            for first in first.get_mut(slots).unwrap_or_default() {
                *first = if *first == 0 { window } else { *first };
            }
        }
        Near(first)
    }

    #[inline]
    pub(super) fn is_near(&self, place: u32) -> bool {
        self.0[slot(place)] != 0
    }

    /// The first window that the slot of a place touches.
    #[inline]
    pub(super) fn first(&self, place: u32) -> usize {
        usize::from(self.0[slot(place)]).saturating_sub(1)
    }

    /// How many values are in slots that touch no window and lie below that of a place.
    pub(super) fn apart_below(&self, place: u32, slots: &[u64; SLOTS]) -> u64 {
        let below = self.0.iter().zip(slots).take(slot(place));
        below
            .filter(|(first, _)| **first == 0)
            .map(|(_, count)| count)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slots_that_hold_nearly_all_values_are_of_no_use() {
        let sample: Vec<f64> = (0..1000).map(f64::from).collect();
        let scaling = |greatest| Scaling::new((0.0, greatest), 500.0);
        let windows = [(240.0, 260.0), (490.0, 510.0)];
        assert!(Near::new(&scaling(999.0), &windows, &sample).is_some());
        assert!(Near::new(&scaling(1e9), &windows, &sample).is_none());
        assert!(Near::new(&scaling(999.0), &[(0.0, 999.0)], &sample).is_none());
        let far = Scaling::new((-f64::MAX, f64::MAX), 0.0);
        assert!(Near::new(&far, &windows, &[]).is_none());
    }

    fn rising<T: Wide>(values: [T; 3]) -> bool {
        let [mut a, mut b, mut c] = values;
        let sort = |a: &mut T, b: &mut T| {
            if *b < *a {
                std::mem::swap(a, b)
            }
        };
        sort(&mut a, &mut b);
        sort(&mut b, &mut c);
        sort(&mut a, &mut b);
        [a, b, c].iter().all(|&origin| {
            let scaling = Scaling::new((a, c), origin);
            let places = [a, b, c].map(|value| scaling.place_of(value));
            scaling.is_far || places.is_sorted()
        })
    }

    proptest! {
        #[test]
        fn places_rise_with_values(
            normal in prop::array::uniform3(prop::num::f64::ANY.prop_filter("finite", |v| v.is_finite())),
            close in prop::array::uniform3(0u64..9),
            integers in any::<[i64; 3]>(),
            floats in prop::array::uniform3(-1e3..1e3_f32),
        ) {
            prop_assert!(rising(normal));
            prop_assert!(rising(close.map(|v| f64::from_bits(1.5_f64.to_bits() + v))));
            prop_assert!(rising(close.map(f64::from_bits)));
            prop_assert!(rising(close.map(|v| u64::MAX - v)));
            prop_assert!(rising(integers));
            prop_assert!(rising(integers.map(|v| v.cast_unsigned())));
            prop_assert!(rising(floats));
        }
    }
}
