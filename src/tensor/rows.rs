//! Slices, gathers and stacks along the first axis: how elements and batches
//! are cut from arrays and laid together again.

use std::ops::Range;

use ndarray::{Axis, Slice};

use super::flat;
use super::storage::{Shared, with_storage};
use super::{DType, Scalar, Shape, Tensor};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach};

/// A pass over rows in blocks: of each the tensors of some components, of shape
/// `(rows, …)`.
pub(crate) type RowBlocks = Box<dyn Iterator<Item = Result<Vec<Tensor>>>>;

/// Positions along a first axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Neighbours: an array answers with a slice, sharing its memory.
    Range(Range<usize>),
    /// Any order, repeats allowed: an array answers with a copy.
    List(Vec<usize>),
}

impl Rows {
    /// The positions after `f`.
    pub(crate) fn map(&self, f: impl Fn(usize) -> usize) -> Rows {
        self.iter().map(f).collect()
    }

    /// The same positions counted from `by` elements earlier.
    pub(crate) fn shifted(&self, by: usize) -> Rows {
        match self {
            Rows::Range(range) => {
                Rows::Range(range.start.saturating_add(by)..range.end.saturating_add(by))
            }
            Rows::List(_) => self.map(|i| i.saturating_add(by)),
        }
    }

    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        match self {
            Rows::Range(range) => Box::new(range.clone()),
            Rows::List(list) => Box::new(list.iter().copied()),
        }
    }
}

/// Neighbours in order become a range.
impl From<Vec<usize>> for Rows {
    fn from(list: Vec<usize>) -> Rows {
        match (list.first(), list.last()) {
            (Some(&first), Some(&last))
                if last < usize::MAX && list.is_sorted_by(|a, b| a.checked_add(1) == Some(*b)) =>
            {
                Rows::Range(first..last + 1)
            }
            (None, _) => Rows::Range(0..0),
            _ => Rows::List(list),
        }
    }
}

impl FromIterator<usize> for Rows {
    fn from_iter<I: IntoIterator<Item = usize>>(rows: I) -> Rows {
        Rows::from(rows.into_iter().into_list())
    }
}

impl Tensor {
    /// The `index`-th entry along the first axis, sharing memory. The caller
    /// keeps `index` in bounds and the rank above zero.
    pub(crate) fn row(&self, index: usize) -> Tensor {
        with_storage!(&*self.0, array => Scalar::hold(array.clone().index_axis_move(Axis(0), index)))
    }

    /// The entries at `rows`, which the caller keeps in bounds.
    pub(crate) fn rows(&self, rows: &Rows) -> Tensor {
        match rows {
            Rows::Range(range) => {
                with_storage!(&*self.0, array => Scalar::hold(slice(array, range)))
            }
            Rows::List(list) => self.entries(0, list),
        }
    }

    /// Tensors of one shape and type laid along a new first axis.
    pub(crate) fn stack(parts: &[Tensor]) -> Result<Tensor> {
        let with_axis: Vec<Tensor> = parts.map_each(Tensor::with_first_axis);
        Tensor::concat(&with_axis)
    }

    /// Tensors of one type, laid end to end along their first axis.
    pub(crate) fn concat(parts: &[Tensor]) -> Result<Tensor> {
        let [first, ..] = parts else {
            return Err(Error::shape(
                "expected at least one tensor to join, but found none",
            ));
        };
        if let [only] = parts {
            return Ok(only.clone());
        }
        if parts.iter().any(|part| part.dtype() != first.dtype()) {
            return Err(of_types(first.dtype()));
        }
        let joined = joined_shape(parts)
            .and_then(|shape| with_storage!(&*first.0, array => join(array, parts, &shape)));
        joined.ok_or_else(|| of_shapes(parts))
    }

    /// The same values under a new first axis of length 1.
    pub(crate) fn with_first_axis(&self) -> Tensor {
        with_storage!(&*self.0, array => Scalar::hold(array.clone().insert_axis(Axis(0))))
    }
}

fn slice<T: Scalar>(array: &Shared<T>, rows: &Range<usize>) -> Shared<T> {
    let mut part = array.clone();
    part.slice_axis_inplace(Axis(0), Slice::from(rows.clone()));
    part
}

/// What tensors make together along their first axis, if they agree in the others.
fn joined_shape(parts: &[Tensor]) -> Option<Vec<usize>> {
    let (_, inner) = parts.first()?.shape().split_first()?;
    let mut length = 0_usize;
    for part in parts {
        let (first, others) = part.shape().split_first()?;
        length = length.checked_add(*first).filter(|_| others == inner)?;
    }
    Some([&[length], inner].concat())
}

/// `like` is the first part; it only says the element type, which all have.
fn join<T: Scalar>(_like: &Shared<T>, parts: &[Tensor], shape: &[usize]) -> Option<Tensor> {
    let mut values: Vec<T> = Vec::with_capacity(parts.iter().map(Tensor::len).sum());
    for part in parts {
        flat::append(&mut values, &T::peek(&part.0)?.view());
    }
    flat::laid_out(shape, values)
}

fn of_types(dtype: DType) -> Error {
    Error::dtype(format!(
        "expected tensors of one type to join, but {dtype} is not the only one"
    ))
    .coded("type_mismatch")
}

fn of_shapes(parts: &[Tensor]) -> Error {
    let shape = |part: &Tensor| Shape(part.shape()).to_string();
    let some: Vec<String> = parts.iter().take(4).map(shape).into_list();
    Error::shape(format!(
        "expected tensors that agree in all axes but the first, but found shapes {}",
        some.join(", ")
    ))
    .coded("shape_mismatch")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Ix2, array};

    fn sample() -> Tensor {
        Tensor::from(array![[1, 2], [3, 4], [5, 6]])
    }

    #[test]
    fn ranges_share_memory_and_lists_copy() {
        let tensor = sample();
        let whole = tensor.array::<i32, Ix2>().unwrap();
        let part = tensor.rows(&Rows::Range(1..3)).array::<i32, Ix2>().unwrap();
        assert_eq!(part.as_ptr(), &raw const whole[[1, 0]]);
        let picked = tensor.rows(&Rows::List(vec![2, 0, 2]));
        assert_eq!(picked, Tensor::from(array![[5, 6], [1, 2], [5, 6]]));
        assert_eq!(tensor.row(1), Tensor::from(array![3, 4]));
    }

    #[test]
    fn stack_undoes_row() {
        let rows: Vec<Tensor> = (0..3).map(|i| sample().row(i)).collect();
        assert_eq!(Tensor::stack(&rows).unwrap(), sample());
    }

    #[test]
    fn parts_that_do_not_fit_are_errors() {
        let err = Tensor::concat(&[sample(), Tensor::from(array![[1, 2, 3]])]).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected tensors that agree in all axes but the first, but found shapes (3, 2), (1, 3)"
        );
        assert!(
            Tensor::concat(&[sample(), Tensor::from(array![[1.0, 2.0]])])
                .unwrap_err()
                .is_dtype()
        );
        assert!(Tensor::concat(&[]).unwrap_err().is_shape());
    }
}
