//! Counting values in equal bins several at a time, wherever it is certain that their
//! bins are those that the edges give.
//!
//! The *place* of a value is its distance from the first edge, in bins. It is computed in
//! a fixed number of fractional bits and with rounding, but never falls where values rise.
//! So if the place of every edge is a whole number but for less than some [slack], then
//! the whole part of a place that lies further than that from whole numbers is the bin.
//! All other values are left to the edges, few of them where values are continuous; so
//! are those beyond the outer edges, and what is no number.
//!
//! [slack]: Places::slack

use super::wide::Wide;

/// Bins that are counted quickly at most.
const BINS: usize = 1024;

/// Values looked at together.
pub(super) const CHUNK: usize = 64;

/// Tables counted in by turns: neighbouring values are often of one bin, and counting
/// them in one place would let each wait for the one before.
const LANES: usize = 4;

/// Twice the slack is at most a bin divided by two to this power.
pub(super) const CERTAIN: u32 = 9;

/// How places are computed, in a type's own arithmetic. With the slack added to each,
/// those too close to a whole number are less than twice the slack above one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<T> {
    /// Bins per unit.
    pub(super) scale: T,
    /// What makes a scaled value its place and the slack above `point`.
    pub(super) shift: T,
    /// Numbers from here to its double have `fraction` bits after the point.
    pub(super) point: T,
    pub(super) fraction: u32,
    /// The slack in units of the last bit of a place, as a power of two.
    pub(super) slack: u32,
    /// How many bins there are.
    pub(super) count: u32,
}

impl<T> Places<T> {
    /// The slack, in bins.
    fn slack(&self) -> f64 {
        (f64::from(self.slack) - f64::from(self.fraction)).exp2()
    }
}

/// How places are computed for each of these edges, with the least slack that serves all;
/// `None` where bins are not equally wide, too many or too narrow for quick counting, or
/// where the type knows no quick arithmetic.
pub(super) fn places<T: Wide>(edges: &[&[f64]]) -> Option<Vec<Places<T>>> {
    let slacks = (1..f64::MANTISSA_DIGITS).step_by(2);
    let each = |slack| edges.iter().map(|edges| with_slack(edges, slack)).collect();
    slacks.map(each).find(Option::is_some)?
}

fn with_slack<T: Wide>(edges: &[f64], slack: u32) -> Option<Places<T>> {
    let count = edges
        .len()
        .checked_sub(1)
        .filter(|count| (1..=BINS).contains(count))?;
    let places = T::places(edges[0], edges[count], count, slack)?;
    let slack = places.slack();
    let are_whole = edges.iter().enumerate().all(|(i, &edge)| {
        let away = T::place_of(places, edge) - slack - i as f64;
        away.abs() < slack
    });
    are_whole.then_some(places)
}

/// Counts by bin of values whose bins are certain.
pub(super) struct Quick<T> {
    places: Places<T>,
    counts: Box<[[u64; BINS]; LANES]>,
}

impl<T: Wide> Quick<T> {
    /// `None` where there are no [`places`].
    pub(super) fn new(edges: &[f64]) -> Option<Self> {
        Some(Quick {
            places: *places(&[edges])?.first()?,
            counts: Box::new([[0; BINS]; LANES]),
        })
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
        fn places(first: f64, last: f64, count: usize, slack: u32) -> Option<Places<Self>> {
            // One more bit than the bins need, as the last edge is a place too.
            let whole = usize::BITS - count.leading_zeros() + 1;
            let fraction = $significand.saturating_sub(whole).min(31);
            if slack + 1 + $crate::stats::quick::CERTAIN > fraction {
                return None;
            }
            let point = (1_u64 << ($significand - fraction)) as Self;
            let scale = (count as f64 / (last - first)) as Self;
            let slack_in_bins = (1_u64 << slack) as f64 / (1_u64 << fraction) as f64;
            let shift = f64::from(point) + slack_in_bins - first * f64::from(scale);
            Some(Places {
                scale,
                shift: shift as Self,
                point,
                fraction,
                slack,
                count: count as u32,
            })
        }

        fn place_of(places: Places<Self>, edge: f64) -> f64 {
            f64::from(edge as Self * places.scale + places.shift - places.point)
        }

        #[inline]
        fn certain_bin(self, places: Places<Self>) -> Option<u32> {
            let Places {
                scale,
                shift,
                point,
                fraction,
                slack,
                count,
            } = places;
            let end = $bits::from(count) << fraction;
            let close: $bits = (1 << fraction) - (2 << slack);
            let place = (self * scale + shift)
                .to_bits()
                .wrapping_sub(point.to_bits());
            (place & close != 0 && place < end).then_some((place >> fraction) as u32)
        }

        #[inline]
        fn bins(
            values: &[Self; $crate::stats::quick::CHUNK],
            places: Places<Self>,
            bins: &mut [u32; $crate::stats::quick::CHUNK],
        ) -> bool {
            let Places {
                scale,
                shift,
                point,
                fraction,
                slack,
                count,
            } = places;
            let origin = point.to_bits();
            let end = $bits::from(count) << fraction;
            let close: $bits = (1 << fraction) - (2 << slack);
            let mut uncertain: $bits = 0;
            for (bin, &value) in bins.iter_mut().zip(values) {
                // What lies below, is infinite or no number is more than any place.
                let place = (value * scale + shift).to_bits().wrapping_sub(origin);
                uncertain |= $bits::from((place & close == 0) | (place >= end));
                *bin = (place >> fraction) as u32;
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
        check_among(values, values, bins, arithmetic);
    }

    /// The same among bins for some of the values.
    fn check_among<T: Wide>(some: &[T], values: &[T], bins: usize, arithmetic: Arithmetic) {
        let Some(locator) = edges(some, bins, arithmetic) else {
            return;
        };
        let Some(mut quick) = Quick::<T>::new(&locator.edges) else {
            return;
        };
        let count = |counts: &mut [u64], values: &[T]| {
            let bins = values.iter().filter_map(|v| locator.bin(v.to_f64()));
            bins.for_each(|bin| counts[bin] += 1);
        };
        let mut expected = vec![0; bins];
        count(&mut expected, values);
        let mut counts = vec![0; bins];
        quick.add(values, &mut |rest| count(&mut counts, rest));
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
        assert!(left < values.len() / 500, "{left}");
        check(&values, 20, Arithmetic::Single);
    }

    #[test]
    fn bins_too_narrow_or_too_many_are_not_quick() {
        assert!(Quick::<f32>::new(&[1000.0, 1000.5, 1001.0]).is_some());
        assert!(Quick::<f32>::new(&[16_777_214.0, 16_777_215.0, 16_777_216.0]).is_none());
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
            let mut others = double.clone();
            others.extend([f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, f64::MAX, f64::MIN]);
            let some = &double[..20];
            check_among(some, &others, bins, Arithmetic::Double);
            let others: Vec<f32> = others.iter().rev().map(|&v| v as f32).collect();
            check_among(&single[..20], &others, bins, Arithmetic::Single);
        }
    }
}
