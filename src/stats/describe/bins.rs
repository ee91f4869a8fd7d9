//! A small histogram, from the least to the greatest value, counted finer than it is told.

use super::near::Near;
use super::wide::Wide;

/// Bins of the small histogram of a column.
pub(crate) const BINS: usize = 20;

/// Bins there is room for, as a power of two.
const WHOLE: u32 = 5;

/// A bin is counted in so many slots, as a power of two: they tell besides how many
/// values are less than one that is asked for.
const FINE: u32 = 6;

pub(super) const SLOTS: usize = 1 << (WHOLE + FINE);

/// Slots of a bin that are counted in side by side where any slot of it will do.
/// Neighbours are often of one bin, and counting them in one place would let each wait
/// for the one before.
const LANES: usize = 4;

/// Values that are looked at together: a byte tells them apart.
pub(super) const BLOCK: usize = 1 << u8::BITS;

/// Bits of the fraction of a place, of the 52 that follow the leading one.
const FRACTION: u32 = u32::BITS - WHOLE;

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

impl<T: Wide> Scaling<T> {
    /// From `least` to `greatest`; distances are taken from `origin`, which lies between.
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
        Scaling {
            origin,
            scale,
            shift: shift + ROUNDING + POINT,
            is_far,
        }
    }

    /// The place in bins, of which the lower bits of the sum with [`POINT`] are all.
    #[inline]
    pub(super) fn place(&self, offset: f64) -> u32 {
        (offset * self.scale + self.shift).to_bits() as u32
    }

    /// The place of a value: never less than that of a lesser one.
    #[inline]
    pub(super) fn place_of(&self, value: T) -> u32 {
        self.place(match self.is_far {
            true => value.to_f64(),
            false => value.offset(self.origin),
        })
    }
}

/// Values by bins of equal width. The last bin holds its right edge, as NumPy's
/// does; a value within rounding of another edge may fall to either side.
#[derive(Clone, Debug)]
pub(super) struct BinCounts<T> {
    pub(super) scaling: Scaling<T>,
    /// On the heap, where threads do not run out of room.
    slots: Box<[u64; SLOTS]>,
}

impl<T: Wide> BinCounts<T> {
    pub(super) fn new(scaling: Scaling<T>) -> Self {
        BinCounts {
            scaling,
            slots: Box::new([0; SLOTS]),
        }
    }

    /// Counts places by their bins alone: [`BinCounts::slots`] then tell no more.
    pub(super) fn add(&mut self, places: &[u32]) {
        let (lanes, rest) = places.as_chunks::<LANES>();
        for lanes in lanes {
            for (lane, &place) in lanes.iter().enumerate() {
                self.add_one((slot(place) >> FINE << FINE) + lane);
            }
        }
        rest.iter().for_each(|&place| self.add_one(slot(place)));
    }

    /// Counts at most [`BLOCK`] places, and tells which of them are `near`.
    pub(super) fn add_near<'a>(
        &mut self,
        places: &[u32],
        near: &Near,
        found: &'a mut [u8; BLOCK],
    ) -> &'a [u8] {
        let mut len = 0_usize;
        for (i, &place) in places.iter().enumerate() {
            self.add_one(slot(place));
            // Kept or overwritten by the next: a branch could not be foretold.
            found[len % BLOCK] = i as u8;
            len = len.wrapping_add(usize::from(near.is_near(place)));
        }
        &found[..len.min(BLOCK)]
    }

    #[inline]
    fn add_one(&mut self, slot: usize) {
        let count = &mut self.slots[slot];
        *count = count.wrapping_add(1);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (count, other) in self.slots.iter_mut().zip(&*other.slots) {
            *count += other;
        }
    }

    pub(super) fn slots(&self) -> &[u64; SLOTS] {
        &self.slots
    }

    pub(super) fn counts(&self) -> [u64; BINS] {
        let mut bins = [0; BINS];
        for (i, count) in self.slots.iter().enumerate() {
            bins[(i >> FINE).min(BINS - 1)] += count;
        }
        bins
    }
}

/// The slot of a place. What is no place gets some slot or other.
#[inline]
pub(super) fn slot(place: u32) -> usize {
    (place >> (u32::BITS - WHOLE - FINE)) as usize
}
