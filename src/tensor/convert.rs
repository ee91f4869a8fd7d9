//! From `ndarray` arrays, vectors and slices to tensors.

use ndarray::{
    ArcArray, Array, ArrayBase, ArrayD, ArrayView, ArrayViewD, CowArray, CowRepr, Data, Dimension,
    IxDyn, OwnedArcRepr, OwnedRepr, RawData, ViewRepr,
};

use super::{Scalar, Tensor, flat};

/// An array storage that becomes a tensor: without a copy where it owns its memory, with
/// one where it borrows. Cells compile all that is done to arrays of their own types; so
/// the axes are forgotten first.
#[doc(hidden)]
pub trait Share: Data {
    fn tensor<D: Dimension>(array: ArrayBase<Self, D>) -> Tensor
    where
        Self: Sized,
        Self::Elem: Item;
}

impl<A: Clone> Share for OwnedRepr<A> {
    fn tensor<D: Dimension>(array: Array<A, D>) -> Tensor
    where
        A: Item,
    {
        A::owned(array.into_dyn())
    }
}

impl<A: Clone> Share for OwnedArcRepr<A> {
    fn tensor<D: Dimension>(array: ArcArray<A, D>) -> Tensor
    where
        A: Item,
    {
        A::shared(array.into_dyn())
    }
}

impl<A: Clone> Share for ViewRepr<&A> {
    fn tensor<D: Dimension>(array: ArrayView<'_, A, D>) -> Tensor
    where
        A: Item,
    {
        A::copied(array.into_dyn())
    }
}

impl<A: Clone> Share for CowRepr<'_, A> {
    fn tensor<D: Dimension>(array: CowArray<'_, A, D>) -> Tensor
    where
        A: Item,
    {
        A::owned(array.into_owned().into_dyn())
    }
}

/// What an array given to ndsight may hold: every [`Scalar`]; `&str`, which
/// becomes `String`; `usize` and `isize`, which become `u64` and `i64`.
#[doc(hidden)]
pub trait Item: Clone {
    fn owned(array: ArrayD<Self>) -> Tensor;
    fn shared(array: ArcArray<Self, IxDyn>) -> Tensor;
    fn copied(array: ArrayViewD<'_, Self>) -> Tensor;
}

impl<T: Scalar> Item for T {
    fn owned(array: ArrayD<T>) -> Tensor {
        T::keep(array)
    }

    fn shared(array: ArcArray<T, IxDyn>) -> Tensor {
        T::hold(array)
    }

    fn copied(array: ArrayViewD<'_, T>) -> Tensor {
        T::copy(array)
    }
}

macro_rules! items {
    ($($type:ty => $convert:expr),* $(,)?) => {$(
        impl Item for $type {
            fn owned(array: ArrayD<Self>) -> Tensor {
                Scalar::keep(array.map($convert))
            }

            fn shared(array: ArcArray<Self, IxDyn>) -> Tensor {
                Scalar::keep(array.map($convert))
            }

            fn copied(array: ArrayViewD<'_, Self>) -> Tensor {
                Scalar::keep(array.map($convert))
            }
        }
    )*};
}

items! {
    &str => |text| (*text).to_owned(),
    usize => |&n| n as u64,
    isize => |&n| n as i64,
}

impl<S, D> From<ArrayBase<S, D>> for Tensor
where
    S: Share + RawData<Elem: Item>,
    D: Dimension,
{
    fn from(array: ArrayBase<S, D>) -> Tensor {
        S::tensor(array)
    }
}

/// Copies what the reference points at; an `ArcArray` is cheaper given by
/// `clone()`.
impl<S, D> From<&ArrayBase<S, D>> for Tensor
where
    S: Data<Elem: Item>,
    D: Dimension,
{
    fn from(array: &ArrayBase<S, D>) -> Tensor {
        Item::shared(array.to_shared().into_dyn())
    }
}

impl From<&Tensor> for Tensor {
    fn from(tensor: &Tensor) -> Tensor {
        tensor.clone()
    }
}

impl<T: Item> From<Vec<T>> for Tensor {
    fn from(values: Vec<T>) -> Tensor {
        Tensor::from(Array::from_vec(values))
    }
}

impl<T: Item> From<&Vec<T>> for Tensor {
    fn from(values: &Vec<T>) -> Tensor {
        Tensor::from(values.clone())
    }
}

impl<T: Item> From<&[T]> for Tensor {
    fn from(values: &[T]) -> Tensor {
        Tensor::from(values.to_vec())
    }
}

impl<T: Item, const N: usize> From<[T; N]> for Tensor {
    fn from(values: [T; N]) -> Tensor {
        Tensor::from(Vec::from(values))
    }
}

/// A tensor of shape `()`.
impl<T: Scalar> From<T> for Tensor {
    fn from(value: T) -> Tensor {
        flat::shaped(&[], vec![value])
    }
}

macro_rules! scalars {
    ($($type:ty),*) => {$(
        /// A tensor of shape `()`.
        impl From<$type> for Tensor {
            fn from(value: $type) -> Tensor {
                Tensor::from(ndarray::arr0(value))
            }
        }
    )*};
}
scalars!(&str, usize, isize);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;
    use ndarray::{Array2, ArrayView2, Axis, Ix2, Slice, array};

    #[test]
    fn owned_and_shared_arrays_keep_their_memory() {
        let owned = array![[1.0, 2.0], [3.0, 4.0]];
        let at = owned.as_ptr();
        let tensor = Tensor::from(owned);
        let back: ArcArray<f64, Ix2> = tensor.array().unwrap();
        assert_eq!(back.as_ptr(), at);
        assert_eq!(
            Tensor::from(back.clone())
                .array::<f64, Ix2>()
                .unwrap()
                .as_ptr(),
            at
        );
    }

    #[test]
    fn an_array_of_its_own_is_copied_only_where_others_share_it() {
        let tensor = Tensor::from(array![[1.0, 2.0], [3.0, 4.0]]);
        let at = tensor.array::<f64, Ix2>().unwrap().as_ptr();
        let copy = tensor.clone().into_array::<f64, Ix2>().unwrap();
        assert_ne!(copy.as_ptr(), at);
        let same = tensor.into_array::<f64, Ix2>().unwrap();
        assert_eq!(same.as_ptr(), at);
        assert_eq!(same, copy);
        let err = Tensor::from(same).into_array::<f64, ndarray::Ix1>();
        assert_eq!(
            err.unwrap_err().to_string(),
            "expected an array of 1 axes, but found shape (2, 2)"
        );
    }

    #[test]
    fn every_layout_keeps_its_values() {
        let c = Array2::from_shape_fn((3, 4), |(i, j)| (10 * i + j) as i32);
        let fortran = Array2::from_shape_vec(ndarray::ShapeBuilder::f((2, 2)), vec![1, 3, 2, 4]);
        assert_eq!(
            Tensor::from(fortran.unwrap()),
            Tensor::from(array![[1, 2], [3, 4]])
        );
        let mut strided: ArrayView2<'_, i32> = c.view();
        strided.slice_axis_inplace(Axis(0), Slice::new(0, None, -2));
        strided.slice_axis_inplace(Axis(1), Slice::new(1, None, 2));
        assert_eq!(
            Tensor::from(strided),
            Tensor::from(array![[21, 23], [1, 3]])
        );
        assert_eq!(Tensor::from(&c.t()).shape(), [4, 3]);
        assert_eq!(Tensor::from(CowArray::from(c.view())), Tensor::from(&c));
    }

    #[test]
    fn strings_vectors_and_scalars_become_tensors() {
        let names = Tensor::from(array!["a", "b"]);
        assert_eq!(names, Tensor::from(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(names.dtype(), DType::String);
        assert_eq!(Tensor::from([true, false]).dtype(), DType::Bool);
        assert_eq!(Tensor::from(2.5_f32).shape(), [0_usize; 0]);
        assert_eq!(Tensor::from("a"), Tensor::from("a".to_owned()));
        assert_eq!(Tensor::from(3_usize), Tensor::from(3_u64));
        assert_eq!(Tensor::from(-3_isize), Tensor::from(-3_i64));
    }
}
