//! The tensor: a shared array of run-time element type and rank.

use std::fmt;

use ndarray::{ArcArray, Array, Dimension, ShapeError};

use super::flat;
use super::storage::{Shared, Storage, TensorView, with_storage};
use super::text::Shape;
use super::{DType, Scalar};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::MapEach;
use crate::printed;

/// An n-dimensional array whose element type and rank are known at run time,
/// as `tf.Tensor` and `numpy.ndarray` are.
///
/// It shares its data: clones, slices and elements of a
/// [`Dataset`](crate::Dataset) point at the same memory. Made from any
/// `ndarray` array ([`Tensor::from`]); owned and shared arrays keep their memory
/// and their strides, views are copied. Back again with [`Tensor::array`] and
/// [`Tensor::scalar`].
///
/// # Example
///
/// ```
/// use ndsight::{DType, Tensor};
/// use ndarray::{array, Array2};
///
/// let tensor = Tensor::from(array![[1_i64, 2, 3], [4, 5, 6]]);
/// assert_eq!(tensor.shape(), [2, 3]);
/// assert_eq!(tensor.dtype(), DType::Int64);
///
/// let back: Array2<i64> = tensor.array()?.into_owned();
/// assert_eq!(back[[1, 2]], 6);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone)]
pub struct Tensor(pub(super) Held<Storage>);

impl Tensor {
    pub(super) fn held(storage: Storage) -> Tensor {
        Tensor(Held::new(storage))
    }

    /// The type of the elements.
    ///
    /// ```
    /// # use ndsight::{DType, Tensor};
    /// assert_eq!(Tensor::from(vec!["cat", "dog"]).dtype(), DType::String);
    /// ```
    pub fn dtype(&self) -> DType {
        fn of<T: Scalar>(_: &Shared<T>) -> DType {
            T::DTYPE
        }
        with_storage!(&*self.0, array => of(array))
    }

    /// The length of each axis; empty for a scalar.
    ///
    /// ```
    /// # use ndsight::Tensor;
    /// let image = ndarray::Array3::<u8>::zeros((32, 32, 3));
    /// assert_eq!(Tensor::from(image).shape(), [32, 32, 3]);
    /// ```
    pub fn shape(&self) -> &[usize] {
        with_storage!(&*self.0, array => array.shape())
    }

    /// The number of axes.
    ///
    /// ```
    /// # use ndsight::Tensor;
    /// assert_eq!(Tensor::from(vec![1, 2, 3]).ndim(), 1);
    /// ```
    pub fn ndim(&self) -> usize {
        self.shape().len()
    }

    /// The number of elements (the product of the shape).
    ///
    /// ```
    /// # use ndsight::Tensor;
    /// assert_eq!(Tensor::from(ndarray::array![[1, 2], [3, 4]]).len(), 4);
    /// ```
    pub fn len(&self) -> usize {
        with_storage!(&*self.0, array => array.len())
    }

    /// Whether there are no elements at all.
    ///
    /// ```
    /// # use ndsight::Tensor;
    /// assert!(Tensor::from(Vec::<f32>::new()).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values as an `ndarray` array of element type `T` and dimension `D`,
    /// sharing this tensor's memory. The rank is checked too; `IxDyn` takes any.
    ///
    /// # Errors
    ///
    /// - `T` is not the tensor's element type ([`Error::is_dtype`])
    /// - `D` has another number of axes ([`Error::is_shape`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Tensor;
    /// use ndarray::{ArcArray2, Ix1};
    ///
    /// let tensor = Tensor::from(ndarray::array![[1.0_f32, 2.0]]);
    /// let rows: ArcArray2<f32> = tensor.array()?;
    /// assert_eq!(rows[[0, 1]], 2.0);
    ///
    /// let err = tensor.array::<f64, Ix1>().unwrap_err();
    /// assert_eq!(err.to_string(), "expected an array of float64, but found float32 of shape (1, 2); ask for it as f32");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn array<T: Scalar, D: Dimension>(&self) -> Result<ArcArray<T, D>> {
        let shared = self.shared::<T>()?;
        self.check_axes(D::NDIM)?;
        shared.clone().into_dimensionality().map_err(uncounted)
    }

    /// The same with memory of its own; that of the tensor, if nobody shares it.
    pub(crate) fn into_array<T: Scalar, D: Dimension>(self) -> Result<Array<T, D>> {
        let shared = self.shared::<T>()?.clone();
        self.check_axes(D::NDIM)?;
        drop(self);
        T::own(shared).into_dimensionality().map_err(uncounted)
    }

    fn check_axes(&self, wanted: Option<usize>) -> Result<()> {
        match wanted {
            Some(wanted) if wanted != self.ndim() => Err(Error::shape(format!(
                "expected an array of {wanted} axes, but found shape {}",
                Shape(self.shape())
            ))),
            _ => Ok(()),
        }
    }

    /// The one value of a scalar (a tensor of shape `()`), or of any tensor of
    /// exactly one element, as NumPy's `item()`.
    ///
    /// # Errors
    ///
    /// - `T` is not the tensor's element type ([`Error::is_dtype`])
    /// - there is not exactly one element ([`Error::is_shape`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Tensor;
    ///
    /// assert_eq!(Tensor::from(vec![7_i64]).scalar::<i64>()?, 7);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn scalar<T: Scalar>(&self) -> Result<T> {
        let shared = self.shared::<T>()?;
        match (shared.len(), shared.first()) {
            (1, Some(value)) => Ok(value.clone()),
            _ => Err(self.not_one()),
        }
    }

    fn not_one(&self) -> Error {
        Error::shape(format!(
            "expected one value, but found {} in a tensor of shape {}",
            self.len(),
            Shape(self.shape())
        ))
    }

    fn shared<T: Scalar>(&self) -> Result<&Shared<T>> {
        T::peek(&self.0).ok_or_else(|| self.not_of(T::DTYPE))
    }

    fn not_of(&self, dtype: DType) -> Error {
        let (found, rust) = (self.dtype(), self.dtype().rust_name());
        Error::dtype(format!(
            "expected an array of {dtype}, but found {found} of shape {}; ask for it as {rust}",
            Shape(self.shape())
        ))
    }

    pub(crate) fn view(&self) -> TensorView<'_> {
        with_storage!(&*self.0, array => Scalar::wrap_view(array.view()))
    }
}

/// What cannot be, once axes were counted.
fn uncounted(err: ShapeError) -> Error {
    Error::internal(format!("an array has other axes than it had: {err}"))
}

/// Type and shape in a line; the values of small tensors follow in
/// row-major order.
impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tensor({}, shape={}", self.dtype(), Shape(self.shape()))?;
        if self.len() <= DEBUG_VALUES {
            let texts = self.view().texts().map_each(|text| printed::line(text));
            write!(f, ", [{}]", texts.join(", "))?;
        }
        f.write_str(")")
    }
}

/// The most values that `Debug` writes out: a screen's width of short numbers.
const DEBUG_VALUES: usize = 20;

/// Equal element type, shape and values; a NaN equals nothing, as in NumPy.
impl PartialEq for Tensor {
    fn eq(&self, other: &Tensor) -> bool {
        fn same<T: Scalar + PartialEq>(a: &Shared<T>, other: &Tensor) -> bool {
            let Some(b) = T::peek(&other.0) else {
                return false;
            };
            match (a.as_slice_memory_order(), b.as_slice_memory_order()) {
                (Some(a_values), Some(b_values)) if a.strides() == b.strides() => {
                    a_values == b_values
                }
                _ => *flat::in_order(&a.view()) == *flat::in_order(&b.view()),
            }
        }
        self.shape() == other.shape() && with_storage!(&*self.0, array => same(array, other))
    }
}
