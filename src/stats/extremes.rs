//! The least and greatest finite value, and how many are not finite.

use ndarray::ArrayViewD;

use super::chunks::chunks;
use super::real::{Arithmetic, Kernel};

/// What one pass tells about the outer ends of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extremes<T> {
    /// Least and greatest of the finite values; `None` where there are none.
    pub(super) ends: Option<(T, T)>,
    /// How many values are finite.
    pub(super) finite: u64,
    pub(super) nan: u64,
    pub(super) infinite: u64,
}

impl<T: Kernel> Extremes<T> {
    pub(super) fn of(view: &ArrayViewD<'_, T>) -> Self {
        Self::within(view, f64::NEG_INFINITY, f64::INFINITY)
    }

    /// Those of the values in `least..=greatest` alone.
    pub(super) fn within(view: &ArrayViewD<'_, T>, least: f64, greatest: f64) -> Self {
        let mut found = Extremes {
            ends: None,
            finite: 0,
            nan: 0,
            infinite: 0,
        };
        if least == f64::NEG_INFINITY && greatest == f64::INFINITY {
            chunks(view, |chunk| found.add(chunk));
            return found;
        }
        let inside = |value: &T| (least..=greatest).contains(&value.to_f64());
        let mut kept = Vec::new();
        chunks(view, |chunk| {
            kept.clear();
            kept.extend(chunk.iter().copied().filter(inside));
            found.add(&kept);
        });
        found
    }

    fn add(&mut self, chunk: &[T]) {
        let finite = self.count(chunk);
        let first = match self.ends {
            Some(ends) => Some(ends),
            None => chunk.iter().find(|v| v.is_finite()).map(|&v| (v, v)),
        };
        let Some((least, greatest)) = first else {
            return;
        };
        self.ends = Some(if finite == chunk.len() {
            widen(least, greatest, chunk.iter().copied())
        } else {
            let finite = chunk.iter().copied().filter(|v| v.is_finite());
            widen(least, greatest, finite)
        });
    }

    /// Adds what is finite and what is not, and returns how many are finite.
    fn count(&mut self, chunk: &[T]) -> usize {
        let finite = match T::ARITHMETIC {
            Arithmetic::Integer => chunk.len(),
            _ => chunk.iter().filter(|v| v.is_finite()).count(),
        };
        self.finite += finite as u64;
        if finite < chunk.len() {
            let nan = chunk.iter().filter(|v| v.to_f64().is_nan()).count();
            self.nan += nan as u64;
            self.infinite += (chunk.len() - finite - nan) as u64;
        }
        finite
    }
}

fn widen<T: PartialOrd + Copy>(least: T, greatest: T, values: impl Iterator<Item = T>) -> (T, T) {
    values.fold((least, greatest), |(least, greatest), value| {
        (
            if value < least { value } else { least },
            if value > greatest { value } else { greatest },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array, array};

    #[test]
    fn what_is_not_finite_is_counted_and_left_out() {
        let x = array![
            f64::NAN,
            2.0,
            f64::INFINITY,
            -1.0,
            f64::NEG_INFINITY,
            f64::NAN
        ];
        let found = Extremes::of(&x.view().into_dyn());
        assert_eq!(found.ends, Some((-1.0, 2.0)));
        assert_eq!((found.finite, found.nan, found.infinite), (2, 2, 2));
    }

    #[test]
    fn no_finite_value_has_no_ends() {
        let x = array![f32::NAN, f32::INFINITY];
        assert_eq!(Extremes::of(&x.view().into_dyn()).ends, None);
        let x = Array::<u8, _>::zeros(0);
        assert_eq!(Extremes::of(&x.view().into_dyn()).ends, None);
    }

    #[test]
    fn values_outside_do_not_count() {
        let x = array![1, 5, 7, 9];
        let found = Extremes::within(&x.view().into_dyn(), 2.0, 8.0);
        assert_eq!((found.ends, found.finite), (Some((5, 7)), 2));
    }
}
