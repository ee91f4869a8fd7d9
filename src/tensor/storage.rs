//! The array behind a tensor, one variant for each element type.

use std::fmt;

use ndarray::{ArcArray, ArrayViewD, Axis, Dimension, IxDyn};

use super::{DType, Scalar};
use crate::error::{Error, Result};

pub(crate) type Shared<T> = ArcArray<T, IxDyn>;

/// Shared arrays: a clone or a slice costs a reference count, never a copy.
#[derive(Clone)]
#[doc(hidden)]
pub enum Storage {
    Bool(Shared<bool>),
    I8(Shared<i8>),
    I16(Shared<i16>),
    I32(Shared<i32>),
    I64(Shared<i64>),
    U8(Shared<u8>),
    U16(Shared<u16>),
    U32(Shared<u32>),
    U64(Shared<u64>),
    F32(Shared<f32>),
    F64(Shared<f64>),
    Str(Shared<String>),
}

/// A borrowed array of run-time element type: what the kernels read, so that a
/// plain `ndarray` array is drawn without copying it into a tensor first.
#[derive(Clone)]
#[doc(hidden)]
pub enum TensorView<'a> {
    Bool(ArrayViewD<'a, bool>),
    I8(ArrayViewD<'a, i8>),
    I16(ArrayViewD<'a, i16>),
    I32(ArrayViewD<'a, i32>),
    I64(ArrayViewD<'a, i64>),
    U8(ArrayViewD<'a, u8>),
    U16(ArrayViewD<'a, u16>),
    U32(ArrayViewD<'a, u32>),
    U64(ArrayViewD<'a, u64>),
    F32(ArrayViewD<'a, f32>),
    F64(ArrayViewD<'a, f64>),
    Str(ArrayViewD<'a, String>),
}

/// Runs the same expression on the array inside, whatever its element type.
macro_rules! with_storage {
    ($storage:expr, $array:ident => $body:expr) => {
        match $storage {
            $crate::tensor::storage::Storage::Bool($array) => $body,
            $crate::tensor::storage::Storage::I8($array) => $body,
            $crate::tensor::storage::Storage::I16($array) => $body,
            $crate::tensor::storage::Storage::I32($array) => $body,
            $crate::tensor::storage::Storage::I64($array) => $body,
            $crate::tensor::storage::Storage::U8($array) => $body,
            $crate::tensor::storage::Storage::U16($array) => $body,
            $crate::tensor::storage::Storage::U32($array) => $body,
            $crate::tensor::storage::Storage::U64($array) => $body,
            $crate::tensor::storage::Storage::F32($array) => $body,
            $crate::tensor::storage::Storage::F64($array) => $body,
            $crate::tensor::storage::Storage::Str($array) => $body,
        }
    };
}
pub(super) use with_storage;

/// Runs `body` on the view inside if it holds numbers (booleans count as 0 and
/// 1), or `other` if it holds strings.
macro_rules! with_numbers {
    ($view:expr, $array:ident => $body:expr, else $other:expr) => {
        match $view {
            $crate::tensor::TensorView::Bool($array) => $body,
            $crate::tensor::TensorView::I8($array) => $body,
            $crate::tensor::TensorView::I16($array) => $body,
            $crate::tensor::TensorView::I32($array) => $body,
            $crate::tensor::TensorView::I64($array) => $body,
            $crate::tensor::TensorView::U8($array) => $body,
            $crate::tensor::TensorView::U16($array) => $body,
            $crate::tensor::TensorView::U32($array) => $body,
            $crate::tensor::TensorView::U64($array) => $body,
            $crate::tensor::TensorView::F32($array) => $body,
            $crate::tensor::TensorView::F64($array) => $body,
            $crate::tensor::TensorView::Str(_) => $other,
        }
    };
}
pub(crate) use with_numbers;

/// Runs the same expression on the view inside, whatever its element type.
macro_rules! with_view {
    ($view:expr, $array:ident => $body:expr) => {
        match $view {
            $crate::tensor::TensorView::Str($array) => $body,
            other => $crate::tensor::with_numbers!(other, $array => $body,
                else unreachable!("the string variant is the arm above")),
        }
    };
}

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
pub struct Tensor(pub(super) Storage);

impl Tensor {
    /// The type of the elements.
    ///
    /// ```
    /// # use ndsight::{DType, Tensor};
    /// assert_eq!(Tensor::from(vec!["cat", "dog"]).dtype(), DType::String);
    /// ```
    pub fn dtype(&self) -> DType {
        self.view().dtype()
    }

    /// The length of each axis; empty for a scalar.
    ///
    /// ```
    /// # use ndsight::Tensor;
    /// let image = ndarray::Array3::<u8>::zeros((32, 32, 3));
    /// assert_eq!(Tensor::from(image).shape(), [32, 32, 3]);
    /// ```
    pub fn shape(&self) -> &[usize] {
        with_storage!(&self.0, array => array.shape())
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
        with_storage!(&self.0, array => array.len())
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
        let shared = self.shared::<T>()?.clone();
        shared.into_dimensionality().map_err(|_| {
            Error::shape(format!(
                "expected an array of {} axes, but found shape {}",
                D::NDIM.unwrap_or(0),
                Shape(self.shape())
            ))
        })
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
            (found, _) => Err(Error::shape(format!(
                "expected one value, but found {found} in a tensor of shape {}",
                Shape(self.shape())
            ))),
        }
    }

    fn shared<T: Scalar>(&self) -> Result<&Shared<T>> {
        T::peek(&self.0).ok_or_else(|| {
            let (found, rust) = (self.dtype(), rust_name(self.dtype()));
            Error::dtype(format!(
                "expected an array of {}, but found {found} of shape {}; ask for it as {rust}",
                T::DTYPE,
                Shape(self.shape())
            ))
        })
    }

    pub(crate) fn view(&self) -> TensorView<'_> {
        with_storage!(&self.0, array => Scalar::wrap_view(array.view()))
    }
}

/// The Rust name of the type that holds elements of `dtype`.
fn rust_name(dtype: DType) -> &'static str {
    match dtype {
        DType::Bool => "bool",
        DType::Int8 => "i8",
        DType::Int16 => "i16",
        DType::Int32 => "i32",
        DType::Int64 => "i64",
        DType::UInt8 => "u8",
        DType::UInt16 => "u16",
        DType::UInt32 => "u32",
        DType::UInt64 => "u64",
        DType::Float32 => "f32",
        DType::Float64 => "f64",
        DType::String => "String",
    }
}

impl<'a> TensorView<'a> {
    pub(crate) fn dtype(&self) -> DType {
        fn of<T: Scalar>(_: &ArrayViewD<'_, T>) -> DType {
            T::DTYPE
        }
        with_view!(self, array => of(array))
    }

    pub(crate) fn shape(&self) -> &[usize] {
        with_view!(self, array => array.shape())
    }

    pub(crate) fn len(&self) -> usize {
        with_view!(self, array => array.len())
    }

    /// The `index`-th sub-array along `axis`, which the caller keeps in bounds.
    pub(crate) fn index(self, axis: usize, index: usize) -> TensorView<'a> {
        with_view!(self, array => Scalar::wrap_view(array.index_axis_move(Axis(axis), index)))
    }

    /// Every number as `f64` in row-major order, or `None` for strings. Whole
    /// numbers beyond 2⁵³ lose their last digits.
    pub(crate) fn to_f64(&self) -> Option<Vec<f64>> {
        with_numbers!(self, array => Some(array.iter().map(|&v| AsF64::as_f64(v)).collect()), else None)
    }

    /// Every value as a reader would write it, in row-major order.
    pub(crate) fn texts(&self) -> Vec<String> {
        with_view!(self, array => array.iter().map(Text::text).collect())
    }

    /// A copy with memory of its own.
    pub(crate) fn to_tensor(&self) -> Tensor {
        with_view!(self, array => Tensor(Scalar::wrap(array.to_shared())))
    }
}

/// The nearest `f64`.
pub(crate) trait AsF64: Copy {
    fn as_f64(self) -> f64;
}

/// A value in words for labels and cells.
trait Text {
    fn text(&self) -> String;
}

macro_rules! numbers {
    ($($t:ty),*) => {$(
        impl AsF64 for $t {
            fn as_f64(self) -> f64 {
                self as f64
            }
        }
        impl Text for $t {
            fn text(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
numbers!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64);

impl AsF64 for bool {
    fn as_f64(self) -> f64 {
        f64::from(u8::from(self))
    }
}

impl Text for bool {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl Text for String {
    fn text(&self) -> String {
        self.clone()
    }
}

/// A shape as Python writes it: `()`, `(3,)`, `(2, 3)`.
pub(crate) struct Shape<'a>(pub(crate) &'a [usize]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [one] => write!(f, "({one},)"),
            all => {
                let texts: Vec<String> = all.iter().map(usize::to_string).collect();
                write!(f, "({})", texts.join(", "))
            }
        }
    }
}

/// Type and shape in a line; the values of small tensors follow in
/// row-major order.
impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tensor({}, shape={}", self.dtype(), Shape(self.shape()))?;
        if self.len() <= DEBUG_VALUES {
            write!(f, ", [{}]", self.view().texts().join(", "))?;
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
            T::peek(&other.0).is_some_and(|b| a == b)
        }
        with_storage!(&self.0, array => same(array, other))
    }
}
