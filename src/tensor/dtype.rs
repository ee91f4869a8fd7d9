//! Element types, by NumPy's names.

use ndarray::{ArcArray, ArrayD, ArrayViewD, IxDyn};

use super::Tensor;
use super::storage::{Storage, TensorView};
use crate::named::by_name;

/// The type of a tensor's elements, as in `numpy.dtype` and `tf.dtypes`.
///
/// # Example
///
/// ```
/// use ndsight::{DType, Tensor};
/// use ndarray::array;
///
/// let dtype = Tensor::from(array![1.5_f32, 2.0]).dtype();
/// assert_eq!(dtype, DType::Float32);
/// assert_eq!(dtype.to_string(), "float32");
/// assert_eq!(dtype.size(), Some(4));
///
/// // By NumPy's name, as `numpy.dtype("float32")`.
/// assert_eq!("float32".parse::<DType>()?, DType::Float32);
/// let err = "float".parse::<DType>().unwrap_err().to_string();
/// assert!(err.starts_with("expected an element type (bool, int8, "));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DType {
    /// `bool`
    Bool,
    /// `i8`
    Int8,
    /// `i16`
    Int16,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `u8`
    UInt8,
    /// `u16`
    UInt16,
    /// `u32`
    UInt32,
    /// `u64`
    UInt64,
    /// [`F16`](crate::F16)
    Float16,
    /// `f32`
    Float32,
    /// `f64`
    Float64,
    /// [`Complex<f32>`](crate::Complex)
    Complex64,
    /// [`Complex<f64>`](crate::Complex)
    Complex128,
    /// `String`
    String,
    /// An opaque value: a data set inside an element, as `tf.variant`.
    Variant,
}

impl DType {
    /// All that arrays can have, in the order above.
    ///
    /// ```
    /// use ndsight::DType;
    ///
    /// let floats: Vec<_> = DType::ALL.into_iter().filter(|dtype| dtype.is_float()).collect();
    /// assert_eq!(floats, [DType::Float16, DType::Float32, DType::Float64]);
    /// ```
    pub const ALL: [DType; 15] = [
        DType::Bool,
        DType::Int8,
        DType::Int16,
        DType::Int32,
        DType::Int64,
        DType::UInt8,
        DType::UInt16,
        DType::UInt32,
        DType::UInt64,
        DType::Float16,
        DType::Float32,
        DType::Float64,
        DType::Complex64,
        DType::Complex128,
        DType::String,
    ];

    /// NumPy's name, such as `"float32"`.
    ///
    /// ```
    /// assert_eq!(ndsight::DType::UInt8.name(), "uint8");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            DType::Bool => "bool",
            DType::Int8 => "int8",
            DType::Int16 => "int16",
            DType::Int32 => "int32",
            DType::Int64 => "int64",
            DType::UInt8 => "uint8",
            DType::UInt16 => "uint16",
            DType::UInt32 => "uint32",
            DType::UInt64 => "uint64",
            DType::Float16 => "float16",
            DType::Float32 => "float32",
            DType::Float64 => "float64",
            DType::Complex64 => "complex64",
            DType::Complex128 => "complex128",
            DType::String => "string",
            DType::Variant => "variant",
        }
    }

    /// The Rust name of the type of the elements.
    pub(crate) fn rust_name(self) -> &'static str {
        match self {
            DType::Bool => "bool",
            DType::Int8 => "i8",
            DType::Int16 => "i16",
            DType::Int32 => "i32",
            DType::Int64 => "i64",
            DType::UInt8 => "u8",
            DType::UInt16 => "u16",
            DType::UInt32 => "u32",
            DType::UInt64 => "u64",
            DType::Float16 => "F16",
            DType::Float32 => "f32",
            DType::Float64 => "f64",
            DType::Complex64 => "Complex<f32>",
            DType::Complex128 => "Complex<f64>",
            DType::String => "String",
            DType::Variant => "Variant",
        }
    }

    /// Bytes of one element; `None` for strings, whose elements differ, and for
    /// variants.
    ///
    /// ```
    /// assert_eq!(ndsight::DType::Int16.size(), Some(2));
    /// assert_eq!(ndsight::DType::String.size(), None);
    /// ```
    pub fn size(self) -> Option<usize> {
        match self {
            DType::Bool | DType::Int8 | DType::UInt8 => Some(1),
            DType::Int16 | DType::UInt16 | DType::Float16 => Some(2),
            DType::Int32 | DType::UInt32 | DType::Float32 => Some(4),
            DType::Int64 | DType::UInt64 | DType::Float64 | DType::Complex64 => Some(8),
            DType::Complex128 => Some(16),
            DType::String | DType::Variant => None,
        }
    }

    /// Whether the elements are (real) floating-point numbers.
    ///
    /// ```
    /// assert!(ndsight::DType::Float64.is_float());
    /// assert!(!ndsight::DType::Complex64.is_float());
    /// ```
    pub fn is_float(self) -> bool {
        matches!(self, DType::Float16 | DType::Float32 | DType::Float64)
    }

    /// Whether the elements are whole numbers, signed or not (not booleans).
    ///
    /// ```
    /// assert!(ndsight::DType::UInt8.is_integer());
    /// assert!(!ndsight::DType::Bool.is_integer());
    /// ```
    pub fn is_integer(self) -> bool {
        self.is_number() && !self.is_float() && self != DType::Bool
    }

    /// Whether the elements are complex numbers.
    ///
    /// ```
    /// assert!(ndsight::DType::Complex64.is_complex());
    /// ```
    pub fn is_complex(self) -> bool {
        matches!(self, DType::Complex64 | DType::Complex128)
    }

    /// Whether each element is one real number, booleans counting as 0 and 1:
    /// what plots and statistics can be made of.
    ///
    /// ```
    /// assert!(ndsight::DType::Bool.is_number());
    /// assert!(!ndsight::DType::Complex64.is_number());
    /// assert!(!ndsight::DType::String.is_number());
    /// ```
    pub fn is_number(self) -> bool {
        !self.is_complex() && !matches!(self, DType::String | DType::Variant)
    }
}

by_name!(DType, "an element type", "unknown_dtype");

/// A Rust type that a [`Tensor`] can hold: `bool`, `i8` to
/// `i64`, `u8` to `u64`, [`F16`](crate::F16), `f32`, `f64`,
/// [`Complex<f32>` and `Complex<f64>`](crate::Complex) and `String`.
///
/// Sealed: it cannot be implemented outside this crate.
pub trait Scalar: Clone + std::fmt::Debug + Send + Sync + 'static + sealed::Sealed {
    /// The element type of a tensor of `Self`.
    const DTYPE: DType;

    #[doc(hidden)]
    fn wrap(array: ArcArray<Self, IxDyn>) -> Storage;
    #[doc(hidden)]
    fn peek(storage: &Storage) -> Option<&ArcArray<Self, IxDyn>>;
    #[doc(hidden)]
    fn wrap_view(array: ArrayViewD<'_, Self>) -> TensorView<'_>;

    // From arrays and back: compiled here, and not in each cell that does so.
    #[doc(hidden)]
    fn own(array: ArcArray<Self, IxDyn>) -> ArrayD<Self>;
    #[doc(hidden)]
    fn hold(array: ArcArray<Self, IxDyn>) -> Tensor;
    #[doc(hidden)]
    fn keep(array: ArrayD<Self>) -> Tensor;
    #[doc(hidden)]
    fn copy(array: ArrayViewD<'_, Self>) -> Tensor;
}

pub(super) mod sealed {
    pub trait Sealed {}
}
