//! Element types, by NumPy's names.

use std::fmt;

use super::storage::{Storage, TensorView};
use ndarray::{ArcArray, ArrayViewD, IxDyn};

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
    /// `f32`
    Float32,
    /// `f64`
    Float64,
    /// `String`
    String,
}

impl DType {
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
            DType::Float32 => "float32",
            DType::Float64 => "float64",
            DType::String => "string",
        }
    }

    /// Bytes of one element; `None` for strings, whose elements differ.
    ///
    /// ```
    /// assert_eq!(ndsight::DType::Int16.size(), Some(2));
    /// assert_eq!(ndsight::DType::String.size(), None);
    /// ```
    pub fn size(self) -> Option<usize> {
        match self {
            DType::Bool | DType::Int8 | DType::UInt8 => Some(1),
            DType::Int16 | DType::UInt16 => Some(2),
            DType::Int32 | DType::UInt32 | DType::Float32 => Some(4),
            DType::Int64 | DType::UInt64 | DType::Float64 => Some(8),
            DType::String => None,
        }
    }

    /// Whether the elements are floating-point numbers.
    ///
    /// ```
    /// assert!(ndsight::DType::Float64.is_float());
    /// ```
    pub fn is_float(self) -> bool {
        matches!(self, DType::Float32 | DType::Float64)
    }

    /// Whether the elements are whole numbers, signed or not (not booleans).
    ///
    /// ```
    /// assert!(ndsight::DType::UInt8.is_integer());
    /// assert!(!ndsight::DType::Bool.is_integer());
    /// ```
    pub fn is_integer(self) -> bool {
        !self.is_float() && !matches!(self, DType::Bool | DType::String)
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A Rust type that a [`Tensor`](crate::Tensor) can hold: `bool`, `i8` to
/// `i64`, `u8` to `u64`, `f32`, `f64` and `String`.
///
/// Sealed: it cannot be implemented outside this crate.
pub trait Scalar: Clone + fmt::Debug + Send + Sync + 'static + sealed::Sealed {
    /// The element type of a tensor of `Self`.
    const DTYPE: DType;

    #[doc(hidden)]
    fn wrap(array: ArcArray<Self, IxDyn>) -> Storage;
    #[doc(hidden)]
    fn peek(storage: &Storage) -> Option<&ArcArray<Self, IxDyn>>;
    #[doc(hidden)]
    fn wrap_view(array: ArrayViewD<'_, Self>) -> TensorView<'_>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! scalars {
    ($($rust:ty => $variant:ident $dtype:ident),* $(,)?) => {$(
        impl sealed::Sealed for $rust {}
        impl Scalar for $rust {
            const DTYPE: DType = DType::$dtype;

            fn wrap(array: ArcArray<Self, IxDyn>) -> Storage {
                Storage::$variant(array)
            }

            fn peek(storage: &Storage) -> Option<&ArcArray<Self, IxDyn>> {
                match storage {
                    Storage::$variant(array) => Some(array),
                    _ => None,
                }
            }

            fn wrap_view(array: ArrayViewD<'_, Self>) -> TensorView<'_> {
                TensorView::$variant(array)
            }
        }
    )*};
}

scalars! {
    bool => Bool Bool,
    i8 => I8 Int8,
    i16 => I16 Int16,
    i32 => I32 Int32,
    i64 => I64 Int64,
    u8 => U8 UInt8,
    u16 => U16 UInt16,
    u32 => U32 UInt32,
    u64 => U64 UInt64,
    f32 => F32 Float32,
    f64 => F64 Float64,
    String => Str String,
}
