//! The same values in another shape.

use ndarray::IxDyn;

use super::flat;
use super::storage::{Shared, with_storage};
use super::{Scalar, Shape, Tensor};
use crate::error::{Error, Result};

impl Tensor {
    /// The same values, in row-major (C) order, under another shape: `tf.reshape`
    /// and NumPy's `reshape`. Shares the memory where the values lie in that
    /// order, and copies them where they do not.
    ///
    /// # Errors
    ///
    /// The shape holds another number of values ([`Error::is_shape`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Tensor;
    /// use ndarray::array;
    ///
    /// let row = Tensor::from(vec![1, 2, 3, 4, 5, 6]);
    /// assert_eq!(row.reshape(&[2, 3])?, Tensor::from(array![[1, 2, 3], [4, 5, 6]]));
    /// assert_eq!(
    ///     row.reshape(&[2, 4]).unwrap_err().to_string(),
    ///     "expected a shape of 6 values, as (6,) has, but found (2, 4)",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn reshape(&self, shape: &[usize]) -> Result<Tensor> {
        let values = shape
            .iter()
            .try_fold(1_usize, |n, &axis| n.checked_mul(axis));
        let reshaped = match values == Some(self.len()) {
            true => with_storage!(&*self.0, array => reshaped(array, shape)),
            false => None,
        };
        reshaped.ok_or_else(|| {
            let text = format!(
                "expected a shape of {} values, as {} has, but found {}",
                self.len(),
                Shape(self.shape()),
                Shape(shape)
            );
            Error::shape(text).coded("shape_mismatch")
        })
    }
}

/// `None` for a shape that `ndarray` does not take: of no values, but with axes
/// whose product is beyond any memory.
fn reshaped<T: Scalar>(array: &Shared<T>, shape: &[usize]) -> Option<Tensor> {
    if !array.is_standard_layout() {
        let values = flat::in_order(&array.view()).into_owned();
        return flat::laid_out(shape, values);
    }
    let reshaped = array.clone().into_shape_with_order(IxDyn(shape)).ok()?;
    Some(T::hold(reshaped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Ix1, Ix2, array};

    #[test]
    fn memory_is_shared_where_the_order_allows() {
        let table = Tensor::from(array![[1, 2, 3], [4, 5, 6]]);
        let at = table.array::<i32, Ix2>().unwrap().as_ptr();
        let flat = table.reshape(&[6]).unwrap();
        assert_eq!(flat.array::<i32, Ix1>().unwrap().as_ptr(), at);
        let turned = Tensor::from(array![[1, 4], [2, 5], [3, 6]].reversed_axes());
        assert_eq!(turned.reshape(&[6]).unwrap(), flat);
    }

    #[test]
    fn scalars_and_empty_tensors_have_other_shapes_too() {
        assert_eq!(Tensor::from(7).reshape(&[1, 1]).unwrap().shape(), [1, 1]);
        assert_eq!(Tensor::from(vec![7]).reshape(&[]).unwrap(), Tensor::from(7));
        let empty = Tensor::from(Vec::<f32>::new());
        assert_eq!(empty.reshape(&[3, 0]).unwrap().shape(), [3, 0]);
    }

    #[test]
    fn shapes_of_other_sizes_are_refused() {
        let refused = |tensor: Tensor, shape: &[usize]| {
            let err = tensor.reshape(shape).unwrap_err();
            assert!(err.is_shape());
            assert_eq!(err.code(), "shape_mismatch");
            err.to_string()
        };
        assert_eq!(
            refused(Tensor::from(array![["a", "b"]]), &[3]),
            "expected a shape of 2 values, as (1, 2) has, but found (3,)"
        );
        assert_eq!(
            refused(Tensor::from(1), &[usize::MAX, 2]),
            "expected a shape of 1 values, as () has, but found (18446744073709551615, 2)"
        );
        assert_eq!(
            refused(Tensor::from(Vec::<u8>::new()), &[0, usize::MAX, 2]),
            "expected a shape of 0 values, as (0,) has, but found (0, 18446744073709551615, 2)"
        );
    }
}
