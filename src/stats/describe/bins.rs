//! A small histogram, from the least to the greatest value.

use super::wide::Wide;

/// Bins of the small histogram of a column.
pub(crate) const BINS: usize = 20;

/// More than the bins, and a power of two.
const SLOTS: usize = 32;

/// Values looked at side by side. Neighbours are often of one bin, and counting
/// them in one place would let each wait for the one before.
const LANES: usize = 4;

/// Bits of the fraction of a place, of the 52 that follow the leading one.
const FRACTION: u32 = 27;

/// Added to a place it leaves so many bits to its fraction: conversions of floats to
/// integers that check for overflow are no vector instructions.
const POINT: f64 = (1_u64 << (52 - FRACTION)) as f64;

/// Places are rounded by half of this at most; with so much added, values on an edge
/// are not below it.
const ROUNDING: f64 = 1.0 / (1_u64 << FRACTION) as f64;

/// From distances to bins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaling<T> {
    /// From where distances are taken.
    pub(super) origin: T,
    /// Bins for each unit of distance.
    scale: f64,
    /// Where the origin lies, in bins, plus [`POINT`].
    shift: f64,
    /// Whether distances may be too large: places are then those of the values.
    pub(super) is_far: bool,
}

impl<T> Scaling<T> {
    /// The bits of the place in bins plus [`POINT`].
    #[inline]
    pub(super) fn place(&self, offset: f64) -> u64 {
        (offset * self.scale + self.shift).to_bits()
    }
}

/// Values by bins of equal width. The last bin holds its right edge, as NumPy's
/// does; a value within rounding of another edge may fall to either side.
#[derive(Clone, Debug)]
pub(super) struct BinCounts<T> {
    pub(super) scaling: Scaling<T>,
    counts: [[u64; SLOTS]; LANES],
}

impl<T: Wide> BinCounts<T> {
    /// Distances are taken from `origin`, which lies between the ends.
    pub(super) fn new((least, greatest): (T, T), origin: T) -> Self {
        let range = greatest.offset(least);
        let is_far = !range.is_finite();
        let (scale, shift) = if is_far {
            // Half of a distance is finite whatever the ends.
            let half = greatest.to_f64() * 0.5 - least.to_f64() * 0.5;
            let scale = BINS as f64 * 0.5 / half;
            (scale, -least.to_f64() * scale)
        } else if range > 0.0 {
            let scale = (BINS as f64 / range).min(f64::MAX);
            (scale, origin.offset(least) * scale)
        } else {
            (0.0, BINS as f64 * 0.5)
        };
        BinCounts {
            scaling: Scaling {
                origin,
                scale,
                shift: shift + ROUNDING + POINT,
                is_far,
            },
            counts: [[0; SLOTS]; LANES],
        }
    }

    pub(super) fn add_each(&mut self, values: &[T]) {
        let scaling = self.scaling;
        for &value in values {
            let offset = match scaling.is_far {
                true => value.to_f64(),
                false => value.offset(scaling.origin),
            };
            self.counts[0][bin(scaling.place(offset))] += 1;
        }
    }

    /// Counts bits of places, in turn in one of several tables.
    pub(super) fn add_places(&mut self, places: &[u64]) {
        let (lanes, rest) = places.as_chunks::<LANES>();
        for places in lanes {
            for (counts, &place) in self.counts.iter_mut().zip(places) {
                let count = &mut counts[bin(place)];
                *count = count.wrapping_add(1);
            }
        }
        rest.iter()
            .for_each(|&place| self.counts[0][bin(place)] += 1);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (counts, others) in self.counts.iter_mut().zip(other.counts) {
            for (count, other) in counts.iter_mut().zip(others) {
                *count += other;
            }
        }
    }

    pub(super) fn counts(&self) -> [u64; BINS] {
        let mut bins = [0; BINS];
        for (i, count) in self
            .counts
            .iter()
            .flat_map(|counts| counts.iter().enumerate())
        {
            bins[i.min(BINS - 1)] += count;
        }
        bins
    }
}

/// The whole part of a place, in the bits from [`FRACTION`] on. What is no place
/// gets some bin or other.
#[inline]
fn bin(place: u64) -> usize {
    (place >> FRACTION) as usize % SLOTS
}
