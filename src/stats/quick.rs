//! Counting values in equal bins several at a time, wherever it is certain that their
//! bins are those that the edges give.
//!
//! The *place* of a value is its distance from the first edge in bins. It is computed
//! with rounding, but never falls where values rise. So if the place of every edge is a
//! whole number but for a small [`SLACK`], then the whole part of a place that lies
//! further than that from whole numbers is the bin; all other values, few of them where
//! values are continuous, are left to the edges.

use super::wide::Wide;

/// Bins that are counted quickly at most.
const BINS: usize = 1024;

/// Values looked at together.
pub(super) const CHUNK: usize = 64;

/// Tables counted in by turns: neighbouring values are often of one bin, and counting
/// them in one place would let each wait for the one before.
const LANES: usize = 4;

/// Places closer to a whole number than one part in so many are not certain.
pub(super) const SLACK: u32 = 12;

/// How places are computed, in a type's own arithmetic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<T> {
    pub(super) first: T,
    /// Bins per unit.
    pub(super) scale: T,
    /// Added to a place, it leaves so many bits of the sum's significand to the fraction.
    pub(super) point: T,
    pub(super) fraction: u32,
}

/// Counts by bin of values that are finite and between the outer edges.
pub(super) struct Quick<T> {
    places: Places<T>,
    counts: Box<[[u64; BINS]; LANES]>,
}

impl<T: Wide> Quick<T> {
    /// `None` where there are no [`Quick::places`].
    pub(super) fn new(edges: &[f64]) -> Option<Self> {
        let places = Self::places(edges)?;
        Some(Quick {
            places,
            counts: Box::new([[0; BINS]; LANES]),
        })
    }

    /// How places are computed; `None` where bins are not equally wide, too many or too
    /// narrow for quick counting, or where the type knows no quick arithmetic.
    pub(super) fn places(edges: &[f64]) -> Option<Places<T>> {
        let count = edges
            .len()
            .checked_sub(1)
            .filter(|count| (1..=BINS).contains(count))?;
        let places = T::places(edges[0], edges[count], count)?;
        let are_whole = edges.iter().enumerate().all(|(i, &edge)| {
            let away = T::place_of(places, edge) - i as f64;
            away.abs() <= 0.5 / f64::from(1_u32 << SLACK)
        });
        are_whole.then_some(places)
    }

    /// Counts what is certain, and hands over the rest.
    pub(super) fn add(&mut self, values: &[T], uncertain: &mut dyn FnMut(&[T])) {
        let (chunks, rest) = values.as_chunks::<CHUNK>();
        let mut bins = [0; CHUNK];
        for chunk in chunks {
            if !T::bins(chunk, self.places, &mut bins) {
                self.add_certain(chunk, uncertain);
                continue;
            }
            for bins in bins.as_chunks::<LANES>().0 {
                for (counts, bin) in self.counts.iter_mut().zip(bins) {
                    let count = &mut counts[*bin as usize % BINS];
                    *count = count.wrapping_add(1);
                }
            }
        }
        uncertain(rest);
    }

    /// One by one: of a chunk hardly more than one value is not certain.
    fn add_certain(&mut self, values: &[T], uncertain: &mut dyn FnMut(&[T])) {
        for value in values {
            match value.certain_bin(self.places) {
                Some(bin) => self.counts[0][bin as usize % BINS] += 1,
                None => uncertain(std::slice::from_ref(value)),
            }
        }
    }

    /// Adds the counts to those of the bins.
    pub(super) fn add_to(&self, bins: &mut [u64]) {
        for counts in self.counts.iter() {
            for (bin, count) in bins.iter_mut().zip(counts) {
                *bin += count;
            }
        }
    }
}

/// The methods of [`Wide`] that tell bins quickly, for a float type of so many bits in
/// its significand.
macro_rules! quick_places {
    ($bits:ident, $significand:expr) => {
        fn places(first: f64, last: f64, count: usize) -> Option<Places<Self>> {
            // One more bit than the bins need, as the last edge is a place too.
            let whole = usize::BITS - count.leading_zeros() + 1;
            let fraction = $significand.saturating_sub(whole).min(31);
            (fraction >= $crate::stats::quick::SLACK).then(|| Places {
                first: first as Self,
                scale: (count as f64 / (last - first)) as Self,
                point: (1_u64 << ($significand - fraction)) as Self,
                fraction,
            })
        }

        fn place_of(places: Places<Self>, edge: f64) -> f64 {
            f64::from((edge as Self - places.first) * places.scale)
        }

        #[inline]
        fn certain_bin(self, places: Places<Self>) -> Option<u32> {
            let fraction = places.fraction;
            let slack: $bits = 1 << (fraction - $crate::stats::quick::SLACK);
            let place = ((self - places.first) * places.scale + places.point).to_bits();
            let near = place.wrapping_add(slack) & ((1 << fraction) - 1);
            let whole: $bits = (1 << ($significand - fraction)) - 1;
            (near > 2 * slack).then_some(((place >> fraction) & whole) as u32)
        }

        #[inline]
        fn bins(
            values: &[Self; $crate::stats::quick::CHUNK],
            places: Places<Self>,
            bins: &mut [u32; $crate::stats::quick::CHUNK],
        ) -> bool {
            let Places {
                first,
                scale,
                point,
                fraction,
            } = places;
            let fractions: $bits = (1 << fraction) - 1;
            let whole: $bits = (1 << ($significand - fraction)) - 1;
            let slack: $bits = 1 << (fraction - $crate::stats::quick::SLACK);
            let mut uncertain: $bits = 0;
            for (bin, &value) in bins.iter_mut().zip(values) {
                let place = ((value - first) * scale + point).to_bits();
                let near = place.wrapping_add(slack) & fractions;
                uncertain |= $bits::from(near <= 2 * slack);
                *bin = ((place >> fraction) & whole) as u32;
            }
            uncertain == 0
        }
    };
}
pub(super) use quick_places;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::HistogramOptions;
    use crate::stats::locator::Locator;
    use crate::stats::survey::Survey;
    use crate::stats::wide::Arithmetic;
    use proptest::prelude::*;

    fn edges<T: Wide>(values: &[T], bins: usize, arithmetic: Arithmetic) -> Option<Locator> {
        let mut survey = Survey::new();
        survey.add(values);
        let options = HistogramOptions::new(bins);
        Locator::new(arithmetic, &options, &survey, &|| values.to_vec()).ok()
    }

    /// Each value that is counted quickly is counted in its bin.
    fn check<T: Wide>(values: &[T], bins: usize, arithmetic: Arithmetic) {
        let Some(locator) = edges(values, bins, arithmetic) else {
            return;
        };
        let Some(mut quick) = Quick::<T>::new(&locator.edges) else {
            return;
        };
        let mut expected = vec![0; bins];
        values
            .iter()
            .for_each(|v| expected[locator.bin(v.to_f64()).unwrap()] += 1);
        let mut counts = vec![0; bins];
        quick.add(values, &mut |rest| {
            rest.iter()
                .for_each(|v| counts[locator.bin(v.to_f64()).unwrap()] += 1);
        });
        quick.add_to(&mut counts);
        assert_eq!(counts, expected);
    }

    #[test]
    fn spread_values_are_mostly_certain() {
        let values: Vec<f32> = (0..CHUNK * 50)
            .map(|i| (i as f32 * 0.618_034).fract())
            .collect();
        let locator = edges(&values, 20, Arithmetic::Single).unwrap();
        let mut quick = Quick::<f32>::new(&locator.edges).unwrap();
        let mut left = 0;
        quick.add(&values, &mut |values| left += values.len());
        assert!(left < values.len() / 200, "{left}");
        check(&values, 20, Arithmetic::Single);
    }

    #[test]
    fn bins_too_narrow_or_too_many_are_not_quick() {
        assert!(Quick::<f32>::new(&[16_777_214.0, 16_777_215.0, 16_777_216.0]).is_some());
        assert!(Quick::<f32>::new(&[0.0, 1e-3, 1.0]).is_none());
        assert!(Quick::<f64>::new(&[-f64::MAX, 0.0, f64::MAX]).is_none());
        assert!(Quick::<f64>::new(&[0.0]).is_none());
        assert!(Quick::<f64>::new(&(0..2000).map(f64::from).collect::<Vec<_>>()).is_none());
        assert!(Quick::<i64>::new(&[0.0, 1.0, 2.0]).is_none());
    }

    proptest! {
        #[test]
        fn bins_are_those_of_the_edges(
            values in prop::collection::vec(-1e3_f64..1e3, 100..400),
            shift in prop::sample::select(vec![0.0, 1.0, 1e3, 1e6, 1e15]),
            scale in prop::sample::select(vec![1.0, 1e-30, 1e30, 0.1]),
            bins in 1_usize..1100,
            whole in any::<bool>(),
        ) {
            let value = |v: &f64| (if whole { v.round() } else { *v } + shift) * scale;
            let double: Vec<f64> = values.iter().map(value).collect();
            check(&double, bins, Arithmetic::Double);
            check(&double, bins, Arithmetic::Integer);
            let single: Vec<f32> = double.iter().map(|&v| v as f32).collect();
            check(&single, bins, Arithmetic::Single);
            check(&single, bins, Arithmetic::Integer);
        }
    }
}
