//! Parts of arrays, and arrays filled up to a larger shape.

use super::fill::{full, too_large};
use super::flat;
use super::storage::{Shared, with_storage};
use super::{Scalar, Tensor};
use crate::error::Result;

impl Tensor {
    /// The entries at `positions` along `axis`, which the caller keeps in bounds.
    pub(crate) fn entries(&self, axis: usize, positions: &[usize]) -> Tensor {
        let mut shape = self.shape().to_vec();
        shape[axis] = positions.len();
        with_storage!(&*self.0, array => {
            flat::shaped(&shape, flat::entries(&array.view(), axis, positions))
        })
    }

    /// The values at the start of an array of `shape` whose rest is `value`. The caller
    /// gives a shape of this rank and at least this length in each axis, and a
    /// single value of this type.
    pub(crate) fn padded(&self, shape: &[usize], value: &Tensor) -> Result<Tensor> {
        if self.shape() == shape {
            return Ok(self.clone());
        }
        with_storage!(&*self.0, array => pad(array, shape, value))
    }
}

fn pad<T: Scalar>(array: &Shared<T>, shape: &[usize], value: &Tensor) -> Result<Tensor> {
    let value: T = value.scalar()?;
    let padded = full(shape, &value).and_then(|mut values| {
        flat::spread(&array.view(), shape, &mut values);
        flat::laid_out(shape, values)
    });
    padded.ok_or_else(|| too_large(shape, T::DTYPE))
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
