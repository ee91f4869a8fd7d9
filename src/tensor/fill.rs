//! Tensors without values, or of one value throughout.

use super::cast::Number;
use super::flat;
use super::storage::with_number_type;
use super::{DType, Scalar, Shape, Tensor, Variant};
use crate::error::{Error, Result};

impl Tensor {
    /// A tensor without values. The caller gives a shape with an axis of 0.
    pub(crate) fn empty(dtype: DType, shape: &[usize]) -> Tensor {
        with_number_type!(dtype, T => flat::shaped(shape, Vec::<T>::new()), else match dtype {
            DType::String => flat::shaped(shape, Vec::<String>::new()),
            _ => flat::shaped(shape, Vec::<Variant>::new()),
        })
    }

    /// A tensor of zeros or ones: `value`, which of strings is always the empty
    /// one.
    ///
    /// # Errors
    ///
    /// - `dtype` is variant, which has no values of its own ([`Error::is_dtype`])
    /// - there is no memory for that many ([`Error::is_shape`])
    pub(crate) fn filled(dtype: DType, shape: &[usize], value: bool) -> Result<Tensor> {
        let filled = with_number_type!(dtype, T => of(shape, &T::of_signed(value.into())), else match dtype {
            DType::String => of(shape, &String::new()),
            _ => return Err(Error::dtype(format!("expected a dtype that has a zero, but found {dtype}"))
                .coded("unsupported_dtype")),
        });
        filled.ok_or_else(|| too_large(shape, dtype))
    }
}

fn of<T: Scalar>(shape: &[usize], value: &T) -> Option<Tensor> {
    full(shape, value).and_then(|values| flat::laid_out(shape, values))
}

/// As many values as `shape` has, or `None` where there is no memory for them: it is
/// asked for first, as a vector that cannot have it ends the process.
pub(super) fn full<T: Scalar>(shape: &[usize], value: &T) -> Option<Vec<T>> {
    let len = size(shape)?;
    let mut values = Vec::new();
    values.try_reserve_exact(len).ok()?;
    values.resize(len, value.clone());
    Some(values)
}

fn size(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1_usize, |n, &axis| n.checked_mul(axis))
}

pub(super) fn too_large(shape: &[usize], dtype: DType) -> Error {
    Error::shape(format!(
        "expected a shape that fits into memory, but found {} of {dtype}",
        Shape(shape)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn zeros_and_ones_of_any_type() {
        let zeros = Tensor::filled(DType::Float32, &[2, 3], false).unwrap();
        assert_eq!(zeros, Tensor::from(Array2::<f32>::zeros((2, 3))));
        let ones = Tensor::filled(DType::Bool, &[2], true).unwrap();
        assert_eq!(ones, Tensor::from(vec![true, true]));
        let one = Tensor::filled(DType::Complex128, &[], true).unwrap();
        assert_eq!(one, Tensor::from(num_complex::Complex::new(1.0, 0.0)));
        let words = Tensor::filled(DType::String, &[1, 2], true).unwrap();
        assert_eq!(words, Tensor::from(array![["", ""]]));
    }

    #[test]
    fn what_cannot_be_filled_is_an_error() {
        let err = Tensor::filled(DType::Variant, &[1], false).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a dtype that has a zero, but found variant"
        );
        for shape in [&[usize::MAX, 2][..], &[usize::MAX / 8], &[1 << 46]] {
            let err = Tensor::filled(DType::Float64, shape, false).unwrap_err();
            assert!(err.is_shape());
        }
        let err = Tensor::filled(DType::UInt8, &[0, usize::MAX, 3], false).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a shape that fits into memory, but found (0, 18446744073709551615, 3) of uint8"
        );
    }

    #[test]
    fn tensors_without_values_keep_their_type() {
        let empty = Tensor::empty(DType::Variant, &[0, 2]);
        assert_eq!(
            (empty.dtype(), empty.shape()),
            (DType::Variant, &[0, 2][..])
        );
    }
}
