//! The order that values sort in.

use std::cmp::Ordering;

use ndarray::ArrayViewD;

use super::{Tensor, TensorView, with_numbers};
use crate::error::{Error, Result};

impl Tensor {
    /// The positions of the values in rising order, as NumPy's `argsort(kind="stable")`:
    /// equal ones keep their order and NaN comes last. The tensor has one axis.
    pub(crate) fn argsort(&self) -> Result<Vec<usize>> {
        self.sorted_by(false)
    }

    /// The positions in falling order; equal ones keep their order here too, and NaN
    /// still comes last.
    pub(crate) fn argsort_descending(&self) -> Result<Vec<usize>> {
        self.sorted_by(true)
    }

    fn sorted_by(&self, descending: bool) -> Result<Vec<usize>> {
        if let TensorView::String(texts) = &self.view() {
            return Ok(positions(texts, descending));
        }
        with_numbers!(&self.view(), array => Ok(positions(array, descending)),
        else Err(Error::dtype(format!(
            "expected numbers or strings to sort by, but found {}",
            self.dtype()
        ))))
    }
}

fn positions<T: PartialOrd>(values: &ArrayViewD<'_, T>, descending: bool) -> Vec<usize> {
    let values: Vec<&T> = values.iter().collect();
    let mut positions: Vec<usize> = (0..values.len()).collect();
    positions.sort_by(|&a, &b| {
        let (a, b) = (values[a], values[b]);
        match a.partial_cmp(b) {
            Some(order) if descending => order.reverse(),
            Some(order) => order,
            None => nan(a).cmp(&nan(b)),
        }
    });
    positions
}

/// A NaN is the value that does not even compare with itself.
fn nan<T: PartialOrd>(value: &T) -> bool {
    value.partial_cmp(value) != Some(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_keep_their_order_and_nan_comes_last() {
        let values = Tensor::from(vec![2.0, f64::NAN, 1.0, 2.0, f64::NEG_INFINITY, f64::NAN]);
        assert_eq!(values.argsort().unwrap(), [4, 2, 0, 3, 1, 5]);
        assert_eq!(values.argsort_descending().unwrap(), [0, 3, 2, 4, 1, 5]);
    }

    #[test]
    fn whole_numbers_that_no_float_tells_apart_and_strings_sort() {
        let far = Tensor::from(vec![i64::MAX, i64::MAX - 1, i64::MIN]);
        assert_eq!(far.argsort().unwrap(), [2, 1, 0]);
        assert_eq!(
            Tensor::from(vec!["b", "a", "B"]).argsort().unwrap(),
            [2, 1, 0]
        );
        assert_eq!(Tensor::from(vec![true, false]).argsort().unwrap(), [1, 0]);
    }
}
