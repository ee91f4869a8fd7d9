//! A small histogram, from the least to the greatest value.

use super::wide::Wide;

/// Bins of the small histogram of a column.
pub(crate) const BINS: usize = 20;

/// Values by bins of equal width. The last bin holds its right edge, as NumPy's
/// does; a value within rounding of another edge may fall to either side.
#[derive(Clone, Debug)]
pub(super) struct BinCounts<T> {
    origin: T,
    /// Bins for each unit of distance.
    scale: f64,
    /// Where the origin lies, in bins.
    shift: f64,
    counts: [u64; BINS],
}

impl<T: Wide> BinCounts<T> {
    /// Distances are taken from `origin`, which lies between the ends.
    pub(super) fn new((least, greatest): (T, T), origin: T) -> Self {
        let range = greatest.offset(least);
        // Half of a distance is finite whatever the ends.
        let half = |upper: T| upper.to_f64() * 0.5 - least.to_f64() * 0.5;
        let (scale, shift) = if !range.is_finite() {
            let scale = BINS as f64 * 0.5 / half(greatest);
            (scale, half(origin) * 2.0 * scale)
        } else if range > 0.0 {
            let scale = (BINS as f64 / range).min(f64::MAX);
            (scale, origin.offset(least) * scale)
        } else {
            (0.0, BINS as f64 * 0.5)
        };
        BinCounts {
            origin,
            scale,
            shift,
            counts: [0; BINS],
        }
    }

    pub(super) fn add(&mut self, values: &[T]) {
        for value in values {
            let place = value.offset(self.origin) * self.scale + self.shift;
            self.counts[(place as usize).min(BINS - 1)] += 1;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (count, other) in self.counts.iter_mut().zip(other.counts) {
            *count += other;
        }
    }

    pub(super) fn counts(&self) -> [u64; BINS] {
        self.counts
    }
}
