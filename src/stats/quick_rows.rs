//! Several columns counted in equal bins as their rows lie in memory: taking them apart
//! would cost half as much as counting.
//!
//! [`quick`](super::quick) tells when a bin is certain. Two values of a column are counted
//! together, in a table of pairs of bins: to add one to a count takes longer than all that
//! leads there.

use super::quick::{Places, places};
use super::wide::Wide;

/// Bins of a column at most, as a power of two.
pub(super) const BIN_BITS: u32 = 5;
const BIN_MASK: u32 = (1 << BIN_BITS) - 1;

/// Pairs of bins of a column.
const PAIRS: usize = 1 << (2 * BIN_BITS);

/// Columns at most: their tables of pairs stay in the first-level cache.
const COLUMNS: usize = 8;

/// Stands for a pair of which a bin is not certain.
pub(super) const UNCERTAIN: u32 = u32::MAX;

/// Where pairs are counted: those of columns, and far behind them the uncertain ones, as
/// the last.
const COUNTS: usize = 2 * COLUMNS * PAIRS;

/// Pairs looked at together, at least.
const STRETCH: usize = 80;

/// Rows of a stretch come in multiples of so many, for vector instructions.
const ROWS: usize = 8;

/// Counts of pairs hold so many at least.
const MANY: usize = 1 << 31;

/// How the places of the values of a stretch of rows are computed.
pub(super) struct RowPlaces<T> {
    /// Bins per unit.
    pub(super) scale: Vec<T>,
    pub(super) shift: Vec<T>,
    /// Where the pairs of each value's column are counted.
    pub(super) base: Vec<u32>,
    /// Those of the first column; `point`, `fraction`, `slack` and `count` of all.
    pub(super) alike: Places<T>,
}

impl<T: Copy> RowPlaces<T> {
    fn of(&self, column: usize) -> Places<T> {
        Places {
            scale: self.scale[column],
            shift: self.shift[column],
            ..self.alike
        }
    }
}

/// Counts of values of columns whose bins are certain.
pub(super) struct QuickRows<T> {
    places: RowPlaces<T>,
    /// Of two stretches.
    pairs: Vec<u32>,
    counts: Box<[u32; COUNTS]>,
    /// Pairs that were counted since counts were taken.
    counted: usize,
    /// Of each column's bins, and of as many more as there can be beyond the last.
    sums: Vec<[u64; 1 << BIN_BITS]>,
    spanned: bool,
}

impl<T: Wide> QuickRows<T> {
    /// For rows of as many columns as there are edges; `None` unless all can be counted
    /// quickly, in as many bins. `spanned` promises that all values lie between the outer
    /// edges: that need not be looked at then.
    pub(super) fn new(edges: &[&[f64]], spanned: bool) -> Option<Self> {
        let bins = edges.first()?.len().checked_sub(1)?;
        let fits = edges.len() <= COLUMNS && bins <= 1 << BIN_BITS;
        if !fits || edges.iter().any(|edges| edges.len() != bins + 1) {
            return None;
        }
        let columns: Vec<Places<T>> = places(edges)?;
        let rows = STRETCH.div_ceil(columns.len()).next_multiple_of(ROWS);
        let each = || std::iter::repeat_n(&columns, rows).flatten();
        let bases = (0..columns.len()).map(|column| (column * PAIRS) as u32);
        let base: Vec<u32> = std::iter::repeat_n(bases, rows).flatten().collect();
        Some(QuickRows {
            pairs: vec![0; base.len()],
            counts: Box::new([0; COUNTS]),
            counted: 0,
            sums: vec![[0; 1 << BIN_BITS]; columns.len()],
            spanned,
            places: RowPlaces {
                scale: each().map(|places| places.scale).collect(),
                shift: each().map(|places| places.shift).collect(),
                base,
                alike: columns[0],
            },
        })
    }

    /// Counts values of rows that lie one after another as far as their bins are certain,
    /// and hands over the others, each with its column.
    pub(super) fn add(&mut self, values: &[T], uncertain: &mut dyn FnMut(usize, T)) {
        let stretch = self.pairs.len();
        // From two places far apart, as memory is read ahead where reading goes on.
        let half = values.len() / 2 / stretch * stretch;
        let (one, rest) = values.split_at(half);
        let (other, rest) = rest.split_at(half);
        let pair_bins = match self.spanned {
            true => T::pair_bins::<true>,
            false => T::pair_bins::<false>,
        };
        for (a, b) in one.chunks_exact(stretch).zip(other.chunks_exact(stretch)) {
            if !pair_bins((a, b), &self.places, &mut self.pairs) {
                self.add_each(a, uncertain);
                self.add_each(b, uncertain);
                continue;
            }
            self.count();
            if std::mem::take(&mut self.counts[COUNTS - 1]) > 0 {
                self.add_uncertain((a, b), uncertain);
            }
        }
        self.add_each(rest, uncertain);
    }

    fn add_uncertain(&mut self, (a, b): (&[T], &[T]), uncertain: &mut dyn FnMut(usize, T)) {
        for i in 0..self.pairs.len() {
            if self.pairs[i] == UNCERTAIN {
                let column = i % self.sums.len();
                self.add_one(column, a[i], uncertain);
                self.add_one(column, b[i], uncertain);
            }
        }
    }

    /// Values of whole rows.
    fn add_each(&mut self, values: &[T], uncertain: &mut dyn FnMut(usize, T)) {
        for row in values.chunks(self.sums.len()) {
            for (column, &value) in row.iter().enumerate() {
                self.add_one(column, value, uncertain);
            }
        }
    }

    fn add_one(&mut self, column: usize, value: T, uncertain: &mut dyn FnMut(usize, T)) {
        match value.certain_bin(self.places.of(column)) {
            Some(bin) => self.sums[column][(bin & BIN_MASK) as usize] += 1,
            None => uncertain(column, value),
        }
    }

    fn count(&mut self) {
        for &pair in &self.pairs {
            let count = &mut self.counts[pair as usize % COUNTS];
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

    /// Adds the counts to those of each column's bins; how many values of each column
    /// lie beyond the last edge, of those that were not handed over.
    pub(super) fn add_to(mut self, columns: &mut [&mut [u64]]) -> Vec<u64> {
        self.take();
        let each = columns.iter_mut().zip(&self.sums);
        let add = |(bins, sums): (&mut &mut [u64], &[u64; 1 << BIN_BITS])| {
            let (within, beyond) = sums.split_at(bins.len());
            bins.iter_mut()
                .zip(within)
                .for_each(|(bin, sum)| *bin += sum);
            beyond.iter().sum()
        };
        each.map(add).collect()
    }
}

/// The method of [`Wide`] that tells the pairs of bins of two stretches, for a float type
/// whose bits are those of this integer.
macro_rules! pair_bins {
    ($bits:ident) => {
        fn pair_bins<const SPANNED: bool>(
            (one, other): (&[Self], &[Self]),
            places: &$crate::stats::quick_rows::RowPlaces<Self>,
            pairs: &mut [u32],
        ) -> bool {
            use $crate::stats::quick_rows::{BIN_BITS, UNCERTAIN};
            let (fraction, slack) = (places.alike.fraction, places.alike.slack);
            // Places of the first bin are numbers from here on. Where all are known to be,
            // it is enough to take what is too much from the pairs.
            let point = places.alike.point.to_bits();
            let (origin, lowest) = match SPANNED {
                true => (0, (point >> fraction) as u32),
                false => (point, 0),
            };
            let lowest = lowest.wrapping_mul((1 << BIN_BITS) + 1);
            let close: $bits = (1 << fraction) - (2 << slack);
            let uncertain_at = |place: $bits| if place & close == 0 { UNCERTAIN } else { 0 };
            let mut all = 0;
            let values = one.iter().zip(other);
            let columns = places.scale.iter().zip(&places.shift).zip(&places.base);
            for ((pair, (a, b)), ((scale, shift), base)) in
                pairs.iter_mut().zip(values).zip(columns)
            {
                let place = |v: Self| (v * scale + shift).to_bits().wrapping_sub(origin);
                let (a, b) = (place(*a), place(*b));
                if !SPANNED {
                    all |= a | b;
                }
                let bins = (((a >> fraction) as u32) << BIN_BITS)
                    .wrapping_add((b >> fraction) as u32)
                    .wrapping_sub(lowest);
                *pair = uncertain_at(a) | uncertain_at(b) | base.wrapping_add(bins);
            }
            // What lies below, is infinite or no number is more than any place.
            all >> (fraction + BIN_BITS) == 0
        }
    };
}
pub(super) use pair_bins;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The bin that edges give; none outside.
    fn bin<T: Wide>(edges: &[f64], value: T) -> Option<usize> {
        let (value, last) = (value.to_f64(), edges.len() - 1);
        let above = edges.partition_point(|&edge| edge <= value);
        (edges[0] <= value && value <= edges[last]).then(|| (above - 1).min(last - 1))
    }

    /// Each value is counted in its bin, quickly or not; how many were not.
    fn check<T: Wide>(values: &[T], columns: &[Vec<f64>]) -> usize {
        let width = columns.len();
        let has_bin = |(i, &value): (usize, &T)| bin(&columns[i % width], value).is_some();
        if values.iter().enumerate().all(has_bin) {
            check_with(values, columns, true);
        }
        check_with(values, columns, false)
    }

    fn check_with<T: Wide>(values: &[T], columns: &[Vec<f64>], spanned: bool) -> usize {
        let width = columns.len();
        let count = |counts: &mut [Vec<u64>], column: usize, value: T| {
            if let Some(bin) = bin(&columns[column], value) {
                counts[column][bin] += 1;
            }
        };
        let mut expected: Vec<Vec<u64>> = columns.iter().map(|c| vec![0; c.len() - 1]).collect();
        let (mut counts, mut left) = (expected.clone(), 0);
        for (i, &value) in values.iter().enumerate() {
            count(&mut expected, i % width, value);
        }
        let edges: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut quick = QuickRows::<T>::new(&edges, spanned).unwrap();
        let mut outside = vec![0; width];
        quick.add(values, &mut |column, value| {
            count(&mut counts, column, value);
            outside[column] += u64::from(bin(&columns[column], value).is_none());
            left += 1;
        });
        let beyond =
            quick.add_to(&mut counts.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
        assert_eq!(counts, expected);
        for (column, counts) in counts.iter().enumerate() {
            let inside: u64 = counts.iter().sum();
            let all = inside + beyond[column] + outside[column];
            assert_eq!(all, (values.len() / width) as u64);
        }
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
        let new = |columns: &[&[f64]]| QuickRows::<f32>::new(columns, false).is_some();
        assert!(new(&[few; 8]) && !new(&[few; 9]) && !new(&[]));
        assert!(new(&[&edges(0.0, 1.0, 32)]) && !new(&[&edges(0.0, 1.0, 33)]));
        assert!(!new(&[few, &edges(0.0, 1.0, 5)]));
        assert!(QuickRows::<i64>::new(&[few], false).is_none());
    }

    /// Mostly from 0 to 1.
    fn share() -> impl Strategy<Value = f64> {
        let other = prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::MIN, -0.1, 1.1, 1.0]);
        prop_oneof![200 => 0.0_f64..1.0, 1 => other]
    }

    proptest! {
        #[test]
        fn bins_are_those_of_the_edges(
            values in prop::collection::vec(share(), 0..1200),
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
