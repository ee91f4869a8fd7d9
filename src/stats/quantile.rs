//! Percentiles by linear interpolation, as `numpy.percentile`.

use std::cmp::Ordering;

use ndarray::{ArrayRef, Dimension};

use super::real::Real;
use super::wide::{Wide, as_column, with_table};
use crate::error::{Error, Result};
use crate::list::MapEach;
use crate::tensor::TensorView;

/// Percentiles `q` (0 to 100) of all the values, interpolated linearly.
///
/// Mirrors [`numpy.percentile`]. It differs where NumPy goes astray: a
/// percentile that falls exactly on a value *is* that value, also next to an
/// infinity (NumPy: NaN), and differences of small integers do not overflow.
/// Of `f32` values the percentiles are `f64`.
///
/// A NaN among the values makes every percentile NaN, as in NumPy.
///
/// [`numpy.percentile`]: https://numpy.org/doc/stable/reference/generated/numpy.percentile.html
///
/// # Errors
///
/// Where a percentile is not between 0 and 100, or there are no values.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::percentile;
///
/// let quartiles = percentile(&array![1, 2, 3, 4, 5, 6, 7, 8], &[25.0, 50.0, 75.0])?;
/// assert_eq!(quartiles, [2.75, 4.5, 6.25]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn percentile<T: Real, D: Dimension>(values: &ArrayRef<T, D>, q: &[f64]) -> Result<Vec<f64>> {
    percentiles(&T::wrap_view(values.view().into_dyn()), q)
}

fn percentiles(view: &TensorView<'_>, q: &[f64]) -> Result<Vec<f64>> {
    check(q)?;
    if view.len() == 0 {
        return Err(Error::value(
            "expected at least one value to take percentiles of, but found none",
        )
        .coded("no_data"));
    }
    let column = as_column(view);
    with_table!(&column, table => {
        let mut sorted = Sorted::new(table.column(0));
        Ok(q.map_each(|q| sorted.quantile(q / 100.0)))
    }, else Err(view.no_numbers()))
}

/// An error unless each percentile lies in 0 to 100.
pub(super) fn check(q: &[f64]) -> Result<()> {
    match q.iter().find(|q| !(0.0..=100.0).contains(*q)) {
        None => Ok(()),
        Some(q) => Err(Error::value(format!(
            "expected percentiles between 0 and 100, but found {q}"
        ))
        .coded("invalid_percentile")),
    }
}

/// Values, put in order only as far as the questions asked need it.
pub(super) struct Sorted<T> {
    values: Vec<T>,
    has_nan: bool,
    /// Ranks whose values stand in their place, lesser ones before and greater ones after
    /// them, rising. None once all are sorted.
    placed: Option<Vec<usize>>,
}

/// Selecting one value reads what lies between its neighbours about twice; sorting a
/// million values costs as much as ten selections of all, and each places two.
const SELECTIONS: usize = 16;

impl<T: Wide> Sorted<T> {
    pub(super) fn new(values: Vec<T>) -> Self {
        let has_nan = values.iter().any(|v| v.to_f64().is_nan());
        Sorted {
            values,
            has_nan,
            placed: Some(Vec::new()),
        }
    }

    /// All values in rising order; NaN may lie anywhere.
    pub(super) fn sort(&mut self) -> &[T] {
        self.placed = None;
        self.values.sort_unstable_by(order);
        &self.values
    }

    /// The value at share `q` (0 to 1) of the way from least to greatest; NaN
    /// where there is a NaN, or no value.
    pub(super) fn quantile(&mut self, q: f64) -> f64 {
        if self.has_nan || self.values.is_empty() {
            return f64::NAN;
        }
        let last = self.values.len() - 1;
        let position = last as f64 * q;
        let below = (position as usize).min(last);
        let t = position - below as f64;
        let (a, b) = self.neighbours(below);
        between(a, b, t)
    }

    /// The value of rank `below` and the next one, if there is one.
    fn neighbours(&mut self, below: usize) -> (T, T) {
        let next = (below + 1).min(self.values.len() - 1);
        match &self.placed {
            Some(placed) if placed.len() >= SELECTIONS => {
                self.sort();
            }
            Some(_) => {
                self.place(below);
                self.place(next);
            }
            None => {}
        }
        (self.values[below], self.values[next])
    }

    /// Brings the value of a rank to its place, by what lies between placed ones only.
    fn place(&mut self, rank: usize) {
        let Some(placed) = &mut self.placed else {
            return;
        };
        let Err(i) = placed.binary_search(&rank) else {
            return;
        };
        let start = i.checked_sub(1).map_or(0, |before| placed[before] + 1);
        let end = placed.get(i).copied().unwrap_or(self.values.len());
        self.values[start..end].select_nth_unstable_by(rank - start, order);
        placed.insert(i, rank);
    }
}

pub(super) fn order<T: PartialOrd>(a: &T, b: &T) -> Ordering {
    a.partial_cmp(b).unwrap_or(Ordering::Equal)
}

/// NumPy's interpolation, from the nearer end, but exactly an end where the
/// ends are equal or `t` is 0: infinities then stay what they are.
pub(super) fn between<T: Wide>(a: T, b: T, t: f64) -> f64 {
    let gap = if a == b { 0.0 } else { a.gap(b) };
    if t == 0.0 || gap == 0.0 {
        a.to_f64()
    } else if t >= 0.5 {
        b.to_f64() - gap * (1.0 - t)
    } else {
        a.to_f64() + gap * t
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, array};
    use proptest::prelude::*;

    #[test]
    fn a_percentile_beyond_100_is_an_error() {
        let err = percentile(&array![1.0], &[50.0, 101.0]).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected percentiles between 0 and 100, but found 101"
        );
        assert!(percentile(&array![1.0], &[f64::NAN]).is_err());
    }

    #[test]
    fn no_values_are_an_error() {
        let err = percentile(&Array1::<f32>::zeros(0), &[50.0]).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected at least one value to take percentiles of, but found none"
        );
    }

    #[test]
    fn infinities_at_the_ends_are_themselves() {
        let x = array![f64::INFINITY, 1.0, 2.0, f64::NEG_INFINITY];
        let ends = percentile(&x, &[0.0, 100.0]).unwrap();
        assert_eq!(ends, [f64::NEG_INFINITY, f64::INFINITY]);
    }

    #[test]
    fn small_integers_far_apart_do_not_overflow() {
        let quartiles = percentile(&array![-128_i8, 127], &[25.0, 50.0]).unwrap();
        assert_eq!(quartiles, [-64.25, -0.5]);
    }

    proptest! {
        #[test]
        fn many_questions_have_the_answers_of_one(x in prop::collection::vec(-9i16..9, 1..50)) {
            let x = Array1::from(x);
            let q: Vec<f64> = (0..=20).map(|i| f64::from(i) * 5.0).collect();
            let together = percentile(&x, &q).unwrap();
            for (q, value) in q.iter().zip(&together) {
                prop_assert_eq!(percentile(&x, &[*q]).unwrap()[0], *value);
            }
            prop_assert!(together.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }
}
