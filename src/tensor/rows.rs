//! Slices, gathers and stacks along the first axis: how elements and batches
//! are cut from arrays and laid together again.

use std::ops::Range;

use ndarray::{ArrayViewD, Axis, Slice};

use super::storage::{Shared, Storage, with_storage};
use super::{Scalar, Shape, Tensor};
use crate::error::{Error, Result};

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
impl FromIterator<usize> for Rows {
    fn from_iter<I: IntoIterator<Item = usize>>(rows: I) -> Rows {
        let list: Vec<usize> = rows.into_iter().collect();
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

impl Tensor {
    /// The `index`-th entry along the first axis, sharing memory. The caller
    /// keeps `index` in bounds and the rank above zero.
    pub(crate) fn row(&self, index: usize) -> Tensor {
        with_storage!(&self.0, array => Tensor(Scalar::wrap(array.clone().index_axis_move(Axis(0), index))))
    }

    /// The entries at `rows`, which the caller keeps in bounds.
    pub(crate) fn rows(&self, rows: &Rows) -> Tensor {
        with_storage!(&self.0, array => Tensor(Scalar::wrap(pick(array, rows))))
    }

    /// Tensors of one shape and type laid along a new first axis.
    pub(crate) fn stack(parts: &[Tensor]) -> Result<Tensor> {
        let with_axis: Vec<Tensor> = parts.iter().map(Tensor::with_first_axis).collect();
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
        with_storage!(&first.0, array => join(array, parts)).map(Tensor)
    }

    /// The same values under a new first axis of length 1.
    pub(crate) fn with_first_axis(&self) -> Tensor {
        with_storage!(&self.0, array => Tensor(Scalar::wrap(array.clone().insert_axis(Axis(0)))))
    }
}

fn pick<T: Scalar>(array: &Shared<T>, rows: &Rows) -> Shared<T> {
    match rows {
        Rows::Range(range) => {
            let mut part = array.clone();
            part.slice_axis_inplace(Axis(0), Slice::from(range.clone()));
            part
        }
        Rows::List(list) => array.select(Axis(0), list).into_shared(),
    }
}

/// `like` is the first part; it only says the element type.
fn join<T: Scalar>(_like: &Shared<T>, parts: &[Tensor]) -> Result<Storage> {
    let views: Option<Vec<ArrayViewD<'_, T>>> = parts
        .iter()
        .map(|part| T::peek(&part.0).map(|array| array.view()))
        .collect();
    let shapes = || {
        let all: Vec<String> = parts
            .iter()
            .take(4)
            .map(|part| Shape(part.shape()).to_string())
            .collect();
        all.join(", ")
    };
    let Some(views) = views else {
        return Err(Error::dtype(format!(
            "expected tensors of one type to join, but {} is not the only one",
            T::DTYPE
        ))
        .coded("type_mismatch"));
    };
    ndarray::concatenate(Axis(0), &views)
        .map(|joined| T::wrap(joined.into_shared()))
        .map_err(|_| {
            Error::shape(format!(
                "expected tensors that agree in all axes but the first, but found shapes {}",
                shapes()
            ))
            .coded("shape_mismatch")
        })
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
