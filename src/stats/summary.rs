//! What one pass tells about a column of numbers; summaries of parts merge.

use super::moments::Moments;
use super::wide::{Table, Wide, as_column, with_table};
use crate::list::SortWith;
use crate::parallel::{blocks, in_parts, threads};
use crate::tensor::{DType, TensorView};

/// Counts, ends, mean and variance of a set of values.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Summary {
    /// All values, whatever they are.
    pub(crate) count: u64,
    pub(crate) nan: u64,
    pub(crate) positive_infinite: u64,
    pub(crate) negative_infinite: u64,
    /// Zeros of either sign.
    pub(crate) zeros: u64,
    /// Least and greatest of the finite values.
    pub(crate) ends: Option<(Number, Number)>,
    /// Of the finite values.
    pub(crate) moments: Moments,
}

/// A value as exactly as it was stored: `f64` cannot tell apart integers
/// beyond 2^53.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    pub(super) fn of<T: Wide>(value: T) -> Self {
        match value.to_integer() {
            Some(value) => Number::Integer(value),
            None => Number::Float(value.to_f64()),
        }
    }

    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Number::Integer(value) => value as f64,
            Number::Float(value) => value,
        }
    }

    /// The integer of a float that holds one.
    pub(super) fn to_integer(self) -> Self {
        match self {
            Number::Float(value) => Number::Integer(value as i128),
            integer => integer,
        }
    }

    fn below(self, other: Self) -> bool {
        match (self, other) {
            (Number::Integer(a), Number::Integer(b)) => a < b,
            _ => self.to_f64() < other.to_f64(),
        }
    }
}

impl Summary {
    /// Of all elements of `view`; `None` for what is no number.
    pub(crate) fn of(view: &TensorView<'_>) -> Option<Self> {
        let summary = with_table!(&as_column(view), table => of_column(table), else return None);
        Some(summary.typed(view.dtype()))
    }

    /// Small integers are computed with as floats; their ends are integers still.
    pub(super) fn typed(mut self, dtype: DType) -> Self {
        if !dtype.is_float() {
            self.ends = self.ends.map(|(a, b)| (a.to_integer(), b.to_integer()));
        }
        self
    }

    fn of_chunk<T: Wide>(chunk: &[T]) -> Self {
        if chunk.iter().all(|v| v.is_finite()) {
            return Summary::of_finite(chunk);
        }
        let finite: Vec<T> = chunk.iter().copied().filter(|v| v.is_finite()).collect();
        Summary::of_finite(&finite).with_others(chunk)
    }

    fn of_finite<T: Wide>(chunk: &[T]) -> Self {
        let least = chunk
            .iter()
            .copied()
            .reduce(|a, b| if b < a { b } else { a });
        let greatest = chunk
            .iter()
            .copied()
            .reduce(|a, b| if b > a { b } else { a });
        Summary {
            count: chunk.len() as u64,
            zeros: chunk.iter().filter(|v| v.to_f64() == 0.0).count() as u64,
            ends: least
                .zip(greatest)
                .map(|(a, b)| (Number::of(a), Number::of(b))),
            moments: Moments::of(chunk),
            ..Summary::default()
        }
    }

    /// Adds the values of `chunk` that are not finite.
    fn with_others<T: Wide>(mut self, chunk: &[T]) -> Self {
        self.count = chunk.len() as u64;
        for value in chunk.iter().map(|v| v.to_f64()) {
            self.nan += u64::from(value.is_nan());
            self.positive_infinite += u64::from(value == f64::INFINITY);
            self.negative_infinite += u64::from(value == f64::NEG_INFINITY);
        }
        self
    }

    /// The summary of both parts together.
    pub(crate) fn merge(self, other: Self) -> Self {
        Summary {
            count: self.count + other.count,
            nan: self.nan + other.nan,
            positive_infinite: self.positive_infinite + other.positive_infinite,
            negative_infinite: self.negative_infinite + other.negative_infinite,
            zeros: self.zeros + other.zeros,
            ends: match (self.ends, other.ends) {
                (Some((a, b)), Some((c, d))) => Some((
                    if c.below(a) { c } else { a },
                    if b.below(d) { d } else { b },
                )),
                (one, None) | (None, one) => one,
            },
            moments: self.moments.merge(other.moments),
        }
    }

    pub(crate) fn finite(&self) -> u64 {
        self.moments.count
    }

    pub(crate) fn infinite(&self) -> u64 {
        self.positive_infinite + self.negative_infinite
    }

    pub(crate) fn min(&self) -> Option<Number> {
        self.ends.map(|(least, _)| least)
    }

    pub(crate) fn max(&self) -> Option<Number> {
        self.ends.map(|(_, greatest)| greatest)
    }

    /// Of the finite values; `None` where there are none.
    pub(crate) fn mean(&self) -> Option<f64> {
        (self.finite() > 0).then_some(self.moments.mean)
    }

    /// Of the finite values, with divisor `n` as `numpy.std`. Infinite where
    /// the squares are beyond `f64`.
    pub(crate) fn deviation(&self) -> Option<f64> {
        self.moments.deviation()
    }

    /// Of the finite values, with divisor `n - 1` as `pandas.Series.std`.
    pub(crate) fn sample_deviation(&self) -> Option<f64> {
        self.moments.sample_deviation()
    }

    /// Of the finite values, as `pandas.Series.skew`.
    pub(crate) fn skewness(&self) -> Option<f64> {
        self.moments.skewness()
    }
}

fn of_column<T: Wide>(table: &dyn Table<T>) -> Summary {
    let summaries = in_parts(
        table.rows(),
        threads(),
        &Vec::new,
        &|summaries, part, rows| {
            let (mut summary, mut values) = (Summary::default(), [Vec::new()]);
            for rows in blocks(rows) {
                summary = summary.merge(match table.slice(rows.clone()) {
                    Some(values) => Summary::of_chunk(values),
                    None => {
                        table.read(rows, 0..1, &mut values);
                        Summary::of_chunk(&values[0])
                    }
                });
            }
            summaries.push((part, summary));
        },
    );
    let mut parts = summaries.concat();
    parts.sort_with(|a, b| a.0.cmp(&b.0));
    let parts = parts.into_iter().map(|(_, summary)| summary);
    parts.fold(Summary::default(), Summary::merge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array2, array};
    use proptest::prelude::*;

    fn of<T: crate::tensor::Scalar, D: ndarray::Dimension>(
        array: &ndarray::ArrayRef<T, D>,
    ) -> Summary {
        Summary::of(&T::wrap_view(array.view().into_dyn())).unwrap()
    }

    #[test]
    fn every_kind_of_value_is_counted() {
        let x = array![
            0.0,
            -0.0,
            3.0,
            f32::NAN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            -9.0
        ];
        let s = of(&x);
        assert_eq!((s.count, s.finite(), s.nan, s.zeros), (7, 4, 1, 2));
        assert_eq!(
            (s.positive_infinite, s.negative_infinite, s.infinite()),
            (1, 1, 2)
        );
        assert_eq!(s.min(), Some(Number::Float(-9.0)));
        assert_eq!(s.max(), Some(Number::Float(3.0)));
        assert_eq!(s.mean(), Some(-1.5));
    }

    #[test]
    fn no_values_have_neither_ends_nor_mean() {
        for x in [array![], array![f64::NAN]] {
            let s = of(&x);
            assert_eq!(
                (s.min(), s.max(), s.mean(), s.deviation()),
                (None, None, None, None)
            );
        }
    }

    #[test]
    fn integers_beyond_2_to_53_are_exact() {
        let x = array![u64::MAX - 2, u64::MAX];
        let s = of(&x);
        assert_eq!(s.min(), Some(Number::Integer(i128::from(u64::MAX) - 2)));
        assert_eq!(s.max(), Some(Number::Integer(i128::from(u64::MAX))));
        assert_eq!(s.deviation(), Some(1.0));
    }

    #[test]
    fn a_column_of_a_table_is_its_elements() {
        let table = Array2::from_shape_fn((5000, 3), |(i, j)| (i * 7 % 31 + j) as f64);
        let column = table.column(1);
        assert_eq!(of(&column), of(&column.to_owned()));
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole(
            x in prop::collection::vec(-1e3..1e3, 0..3000),
            at in 0usize..3000,
        ) {
            let x = Array1::from(x);
            let (a, b) = x.view().split_at(ndarray::Axis(0), at.min(x.len()));
            let whole = of(&x);
            let merged = of(&a).merge(of(&b));
            prop_assert_eq!((whole.count, whole.zeros), (merged.count, merged.zeros));
            prop_assert_eq!(whole.ends, merged.ends);
            let apart = (whole.moments.mean - merged.moments.mean).abs();
            prop_assert!(apart <= 1e-9);
        }
    }
}
