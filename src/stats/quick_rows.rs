//! Several columns counted in equal bins as their rows lie in memory: taking them apart
//! would cost half as much as counting.
//!
//! [`quick`](super::quick) tells when a bin is certain. Two values of a column are counted
//! together, in a table of pairs of bins: to add one to a count takes longer than all that
//! leads there.

use super::quick::{Places, Quick};
use super::wide::Wide;

/// Bins of a column at most, as a power of two.
pub(super) const BIN_BITS: u32 = 5;
pub(super) const BIN_MASK: u32 = (1 << BIN_BITS) - 1;

/// Pairs of bins of a column.
const PAIRS: usize = 1 << (2 * BIN_BITS);

/// Columns at most: their tables of pairs stay in the first-level cache.
const COLUMNS: usize = 8;

/// Pairs looked at together, at least: the more there are, the likelier one of them is
/// not certain.
const STRETCH: usize = 40;

/// Rows of a stretch come in multiples of so many, for vector instructions.
const ROWS: usize = 4;

/// Counts of pairs hold so many at least.
const MANY: usize = 1 << 31;

/// How the places of neighbouring values are computed: those of half a stretch of rows,
/// and of the other half alike.
pub(super) struct RowPlaces<T> {
    pub(super) first: Vec<T>,
    /// Bins per unit.
    pub(super) scale: Vec<T>,
    /// Where the pairs of each value's column are counted.
    pub(super) base: Vec<u32>,
    /// As of [`Places`], for all columns alike.
    pub(super) point: T,
    pub(super) fraction: u32,
}

impl<T: Copy> RowPlaces<T> {
    fn of(&self, column: usize) -> Places<T> {
        Places {
            first: self.first[column],
            scale: self.scale[column],
            point: self.point,
            fraction: self.fraction,
        }
    }
}

/// Counts of values that are finite and between the outer edges of their columns' bins.
pub(super) struct QuickRows<T> {
    places: RowPlaces<T>,
    /// Of a stretch.
    pairs: Vec<u32>,
    counts: Box<[u32; COLUMNS * PAIRS]>,
    /// Pairs that were counted since counts were taken.
    counted: usize,
    /// Of each column's bins.
    sums: Vec<[u64; 1 << BIN_BITS]>,
}

impl<T: Wide> QuickRows<T> {
    /// For rows of as many columns as there are edges; `None` unless all can be counted
    /// quickly, in as many bins.
    pub(super) fn new(edges: &[&[f64]]) -> Option<Self> {
        let bins = edges.first()?.len().checked_sub(1)?;
        let fits = edges.len() <= COLUMNS && bins <= 1 << BIN_BITS;
        if !fits || edges.iter().any(|edges| edges.len() != bins + 1) {
            return None;
        }
        let places = edges.iter().map(|edges| Quick::<T>::places(edges));
        let columns: Vec<Places<T>> = places.collect::<Option<_>>()?;
        let rows = STRETCH.div_ceil(columns.len()).next_multiple_of(ROWS);
        let each = || std::iter::repeat_n(&columns, rows).flatten();
        let bases = (0..columns.len()).map(|column| (column * PAIRS) as u32);
        let base: Vec<u32> = std::iter::repeat_n(bases, rows).flatten().collect();
        Some(QuickRows {
            pairs: vec![0; base.len()],
            counts: Box::new([0; COLUMNS * PAIRS]),
            counted: 0,
            sums: vec![[0; 1 << BIN_BITS]; columns.len()],
            places: RowPlaces {
                first: each().map(|places| places.first).collect(),
                scale: each().map(|places| places.scale).collect(),
                base,
                point: columns[0].point,
                fraction: columns[0].fraction,
            },
        })
    }

    /// Counts values of rows that lie one after another as far as their bins are certain,
    /// and hands over the others, each with its column.
    pub(super) fn add(&mut self, values: &[T], uncertain: &mut dyn FnMut(usize, T)) {
        let stretches = values.chunks_exact(2 * self.pairs.len());
        let rest = stretches.remainder();
        for stretch in stretches {
            if T::pair_bins(stretch, &self.places, &mut self.pairs) {
                self.count();
            } else {
                self.count_certain(stretch, uncertain);
            }
        }
        for row in rest.chunks(self.sums.len()) {
            for (column, &value) in row.iter().enumerate() {
                self.add_one(column, value, uncertain);
            }
        }
    }

    /// The pairs of a stretch of which hardly more than one is not certain.
    fn count_certain(&mut self, stretch: &[T], uncertain: &mut dyn FnMut(usize, T)) {
        let (one, other) = stretch.split_at(self.pairs.len());
        let mut columns = (0..self.sums.len()).cycle();
        for i in 0..self.pairs.len() {
            let column = columns.next().unwrap_or(0);
            let (a, b, places) = (one[i], other[i], self.places.of(column));
            if a.certain_bin(places).is_some() & b.certain_bin(places).is_some() {
                let count = &mut self.counts[self.pairs[i] as usize % (COLUMNS * PAIRS)];
                *count = count.wrapping_add(1);
            } else {
                self.add_one(column, a, uncertain);
                self.add_one(column, b, uncertain);
            }
        }
        self.counted += self.pairs.len();
    }

    fn add_one(&mut self, column: usize, value: T, uncertain: &mut dyn FnMut(usize, T)) {
        match value.certain_bin(self.places.of(column)) {
            Some(bin) => self.sums[column][(bin & BIN_MASK) as usize] += 1,
            None => uncertain(column, value),
        }
    }

    fn count(&mut self) {
        for &pair in &self.pairs {
            let count = &mut self.counts[pair as usize % (COLUMNS * PAIRS)];
            *count = count.wrapping_add(1);
        }
        self.counted += self.pairs.len();
        if self.counted > MANY {
            self.take();
        }
    }

    /// Takes the counts of pairs as those of bins.
    fn take(&mut self) {
        for (sums, pairs) in self.sums.iter_mut().zip(self.counts.chunks(PAIRS)) {
            for (pair, &count) in pairs.iter().enumerate() {
                sums[pair >> BIN_BITS] += u64::from(count);
                sums[pair & BIN_MASK as usize] += u64::from(count);
            }
        }
        self.counts.fill(0);
        self.counted = 0;
    }

    /// Adds the counts to those of each column's bins.
    pub(super) fn add_to(mut self, columns: &mut [&mut [u64]]) {
        self.take();
        for (bins, sums) in columns.iter_mut().zip(&self.sums) {
            for (bin, sum) in bins.iter_mut().zip(sums) {
                *bin += sum;
            }
        }
    }
}

/// The method of [`Wide`] that tells the pairs of bins of a stretch, for a float type of
/// so many bits in its significand.
macro_rules! pair_bins {
    ($bits:ident, $significand:expr) => {
        fn pair_bins(
            stretch: &[Self],
            places: &$crate::stats::quick_rows::RowPlaces<Self>,
            pairs: &mut [u32],
        ) -> bool {
            use $crate::stats::quick_rows::{BIN_BITS, BIN_MASK};
            let (point, fraction) = (places.point, places.fraction);
            let fractions: $bits = (1 << fraction) - 1;
            let slack: $bits = 1 << (fraction - $crate::stats::quick::SLACK);
            let near =
                |place: $bits| $bits::from(place.wrapping_add(slack) & fractions <= 2 * slack);
            // Above the whole part there is the exponent.
            let whole = BIN_MASK >> BIN_BITS.saturating_sub($significand - fraction);
            let bin = |place: $bits| place.wrapping_shr(fraction) as u32 & whole;
            let mut uncertain: $bits = 0;
            let (one, other) = stretch.split_at(pairs.len());
            let values = one.iter().zip(other);
            let columns = places.first.iter().zip(&places.scale).zip(&places.base);
            for ((pair, (a, b)), ((first, scale), base)) in
                pairs.iter_mut().zip(values).zip(columns)
            {
                let a = ((a - first) * scale + point).to_bits();
                let b = ((b - first) * scale + point).to_bits();
                uncertain |= near(a) | near(b);
                *pair = base | bin(a) << BIN_BITS | bin(b);
            }
            uncertain == 0
        }
    };
}
pub(super) use pair_bins;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The bin that edges give.
    fn bin<T: Wide>(edges: &[f64], value: T) -> usize {
        let above = edges.partition_point(|&edge| edge <= value.to_f64());
        (above - 1).min(edges.len() - 2)
    }

    /// Each value is counted in its bin, quickly or not; how many were not.
    fn check<T: Wide>(values: &[T], columns: &[Vec<f64>]) -> usize {
        let width = columns.len();
        let count = |counts: &mut [Vec<u64>], column: usize, value: T| {
            counts[column][bin(&columns[column], value)] += 1;
        };
        let mut expected: Vec<Vec<u64>> = columns.iter().map(|c| vec![0; c.len() - 1]).collect();
        let (mut counts, mut left) = (expected.clone(), 0);
        for (i, &value) in values.iter().enumerate() {
            count(&mut expected, i % width, value);
        }
        let edges: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut quick = QuickRows::<T>::new(&edges).unwrap();
        quick.add(values, &mut |column, value| {
            count(&mut counts, column, value);
            left += 1;
        });
        quick.add_to(&mut counts.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
        assert_eq!(counts, expected);
        left
    }

    /// Equal bins from `first` on, whose edges are numbers of the type.
    fn edges(first: f64, width: f64, bins: usize) -> Vec<f64> {
        (0..=bins).map(|i| first + width * i as f64).collect()
    }

    #[test]
    fn most_rows_of_spread_values_are_certain() {
        let columns = vec![
            edges(0.0, 0.125, 8),
            edges(-2.0, 0.5, 8),
            edges(0.0, 1.0, 8),
        ];
        let values: Vec<f32> = (0..90_000)
            .map(|i| {
                let share = (f64::from(i) * 0.618_034).fract() as f32;
                [share, share * 4.0 - 2.0, share * 8.0][i as usize % 3]
            })
            .collect();
        assert!(check(&values, &columns) < values.len() / 1000);
        let wide: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
        assert!(check(&wide, &columns) < values.len() / 1000);
    }

    #[test]
    fn many_columns_or_bins_are_not_counted_so() {
        let few = &edges(0.0, 1.0, 4)[..];
        let new = |columns: &[&[f64]]| QuickRows::<f32>::new(columns).is_some();
        assert!(new(&[few; 8]) && !new(&[few; 9]) && !new(&[]));
        assert!(new(&[&edges(0.0, 1.0, 32)]) && !new(&[&edges(0.0, 1.0, 33)]));
        assert!(!new(&[few, &edges(0.0, 1.0, 5)]));
        assert!(QuickRows::<i64>::new(&[few]).is_none());
    }

    proptest! {
        #[test]
        fn bins_are_those_of_the_edges(
            values in prop::collection::vec(0.0_f64..1.0, 0..1200),
            width in 1_usize..9,
            bins in 1_usize..33,
            whole in any::<bool>(),
        ) {
            let columns: Vec<Vec<f64>> = (0..width).map(|i| edges(i as f64, 1.0, bins)).collect();
            let rows = values.len() / width * width;
            let place = |(i, share): (usize, &f64)| {
                let place = share * bins as f64;
                (if whole { place.floor() } else { place }) + (i % width) as f64
            };
            let values: Vec<f64> = values[..rows].iter().enumerate().map(place).collect();
            check(&values, &columns);
            let single: Vec<f32> = values.iter().map(|&v| v as f32).collect();
            check(&single, &columns);
        }
    }
}
