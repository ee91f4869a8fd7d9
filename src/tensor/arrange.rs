//! Parts of arrays, and arrays filled up to a larger shape.

use ndarray::{Axis, Slice};

use super::fill::full_array;
use super::storage::{Shared, Storage, with_storage};
use super::{Scalar, Tensor};
use crate::error::Result;

impl Tensor {
    /// The entries at `positions` along `axis`, which the caller keeps in bounds.
    pub(crate) fn entries(&self, axis: usize, positions: &[usize]) -> Tensor {
        with_storage!(&self.0, array => {
            Tensor(Scalar::wrap(array.select(Axis(axis), positions).into_shared()))
        })
    }

    /// The values at the start of an array of `shape` whose rest is `value`. The caller
    /// gives a shape of this rank and at least this length in each axis, and a
    /// single value of this type.
    pub(crate) fn padded(&self, shape: &[usize], value: &Tensor) -> Result<Tensor> {
        if self.shape() == shape {
            return Ok(self.clone());
        }
        with_storage!(&self.0, array => pad(array, shape, value)).map(Tensor)
    }
}

fn pad<T: Scalar>(array: &Shared<T>, shape: &[usize], value: &Tensor) -> Result<Storage> {
    let mut padded = full_array(shape, &value.scalar::<T>()?)?;
    let mut filled = padded.view_mut();
    for (axis, &length) in array.shape().iter().enumerate() {
        filled.slice_axis_inplace(Axis(axis), Slice::from(0..length));
    }
    filled.assign(array);
    Ok(T::wrap(padded.into_shared()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn entries_are_taken_along_an_axis() {
        let tensor = Tensor::from(array![[1, 2, 3], [4, 5, 6]]);
        assert_eq!(
            tensor.entries(1, &[2, 0]),
            Tensor::from(array![[3, 1], [6, 4]])
        );
        assert_eq!(tensor.entries(0, &[1]), Tensor::from(array![[4, 5, 6]]));
    }

    #[test]
    fn values_stay_where_they_are_and_the_rest_is_filled() {
        let tensor = Tensor::from(array![[1, 2]]);
        let padded = tensor.padded(&[2, 3], &Tensor::from(-1)).unwrap();
        assert_eq!(padded, Tensor::from(array![[1, 2, -1], [-1, -1, -1]]));
        assert_eq!(tensor.padded(&[1, 2], &Tensor::from(0)).unwrap(), tensor);
        let err = tensor
            .padded(&[usize::MAX, 3], &Tensor::from(0))
            .unwrap_err();
        assert!(err.is_shape());
    }
}
