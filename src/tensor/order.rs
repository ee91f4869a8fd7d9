//! The order that values sort in.

use super::cast::Wide;
use super::flat::in_order;
use super::{Tensor, TensorView};
use crate::error::{Error, Result};
use crate::list::sort_positions;

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
        let mut positions: Vec<usize> = (0..self.len()).collect();
        if let TensorView::String(texts) = self.view() {
            let texts = in_order(&texts);
            sort_positions(&mut positions, |a, b| match descending {
                true => texts[b].cmp(&texts[a]),
                false => texts[a].cmp(&texts[b]),
            });
            return Ok(positions);
        }
        if !self.dtype().is_number() {
            return Err(Error::dtype(format!(
                "expected numbers or strings to sort by, but found {}",
                self.dtype()
            )));
        }
        let mut keys = Vec::with_capacity(self.len());
        let mut push = |chunk| push_keys(&mut keys, &chunk, descending);
        self.view().widened(&mut push);
        positions.sort_by_key(|&position| keys[position]);
        Ok(positions)
    }
}

/// Appends integers that sort as the numbers do, so that one way of sorting is enough.
fn push_keys(keys: &mut Vec<u64>, chunk: &Wide, descending: bool) {
    let directed = |key: u64| if descending { !key } else { key };
    match chunk {
        Wide::Signed(numbers) => {
            keys.extend(numbers.iter().map(|&v| directed(v as u64 ^ SIGN)));
        }
        Wide::Unsigned(numbers) => keys.extend(numbers.iter().map(|&v| directed(v))),
        Wide::Real(numbers) => keys.extend(numbers.iter().map(|&v| match v.is_nan() {
            true => u64::MAX,
            false => directed(real_key(v)),
        })),
        // Complex numbers have no order.
        Wide::Complex(_) => {}
    }
}

const SIGN: u64 = 1 << 63;

/// The bits of floats are in their order, but for those below zero, where larger ones
/// stand for what is further down. Infinity's, turned over or not, are below `u64::MAX`.
fn real_key(value: f64) -> u64 {
    // Both zeros are one value.
    let bits = (value + 0.0).to_bits();
    match bits & SIGN {
        0 => bits | SIGN,
        _ => !bits,
    }
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
    fn both_zeros_are_one_value_and_nan_comes_after_infinity() {
        let all = [f64::INFINITY, 0.0, -f64::NAN, -0.0, -1.0, f64::NEG_INFINITY];
        let values = Tensor::from(all.to_vec());
        assert_eq!(values.argsort().unwrap(), [5, 4, 1, 3, 0, 2]);
        assert_eq!(values.argsort_descending().unwrap(), [0, 1, 3, 4, 5, 2]);
        let large = Tensor::from(vec![u64::MAX, 0, 1 << 63]);
        assert_eq!(large.argsort().unwrap(), [1, 2, 0]);
        assert_eq!(large.argsort_descending().unwrap(), [0, 2, 1]);
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
