//! The array behind a tensor, one variant for each element type, and the ways
//! to run one expression whichever it is.

use ndarray::{ArcArray, ArrayD, ArrayViewD, Axis, IxDyn};
use num_complex::Complex;

use super::dtype::sealed::Sealed;
use super::{DType, F16, Scalar, Tensor, Variant, cast, flat};
use crate::error::{Error, Result};

pub(crate) type Shared<T> = ArcArray<T, IxDyn>;

/// The element types; their names are those of [`DType`].
macro_rules! element_types {
    ($($name:ident $type:ty),* $(,)?) => {
        /// Shared arrays: a clone or a slice costs a reference count, never a copy.
        #[doc(hidden)]
        pub enum Storage {
            $($name(Shared<$type>)),*
        }

        /// A borrowed array of run-time element type: what the kernels read, so
        /// that a plain `ndarray` array is drawn without copying it into a tensor
        /// first.
        #[doc(hidden)]
        pub enum TensorView<'a> {
            $($name(ArrayViewD<'a, $type>)),*
        }

        $(
            impl Sealed for $type {}

            impl Scalar for $type {
                const DTYPE: DType = DType::$name;

                fn wrap(array: ArcArray<Self, IxDyn>) -> Storage {
                    Storage::$name(array)
                }

                fn peek(storage: &Storage) -> Option<&ArcArray<Self, IxDyn>> {
                    match storage {
                        Storage::$name(array) => Some(array),
                        _ => None,
                    }
                }

                fn wrap_view(array: ArrayViewD<'_, Self>) -> TensorView<'_> {
                    TensorView::$name(array)
                }

                fn own(array: ArcArray<Self, IxDyn>) -> ArrayD<Self> {
                    array.into_owned()
                }

                fn hold(array: ArcArray<Self, IxDyn>) -> Tensor {
                    Tensor::held(Storage::$name(array))
                }

                fn keep(array: ArrayD<Self>) -> Tensor {
                    Self::hold(array.into_shared())
                }

                fn copy(array: ArrayViewD<'_, Self>) -> Tensor {
                    Self::hold(array.to_shared())
                }
            }
        )*
    };
}

element_types! {
    Bool bool,
    Int8 i8,
    Int16 i16,
    Int32 i32,
    Int64 i64,
    UInt8 u8,
    UInt16 u16,
    UInt32 u32,
    UInt64 u64,
    Float16 F16,
    Float32 f32,
    Float64 f64,
    Complex64 Complex<f32>,
    Complex128 Complex<f64>,
    String String,
    Variant Variant,
}

macro_rules! with_variant_of {
    ($enum:ident, $value:expr, $array:ident => $body:expr) => {
        match $value {
            $crate::tensor::storage::$enum::Bool($array) => $body,
            $crate::tensor::storage::$enum::Int8($array) => $body,
            $crate::tensor::storage::$enum::Int16($array) => $body,
            $crate::tensor::storage::$enum::Int32($array) => $body,
            $crate::tensor::storage::$enum::Int64($array) => $body,
            $crate::tensor::storage::$enum::UInt8($array) => $body,
            $crate::tensor::storage::$enum::UInt16($array) => $body,
            $crate::tensor::storage::$enum::UInt32($array) => $body,
            $crate::tensor::storage::$enum::UInt64($array) => $body,
            $crate::tensor::storage::$enum::Float16($array) => $body,
            $crate::tensor::storage::$enum::Float32($array) => $body,
            $crate::tensor::storage::$enum::Float64($array) => $body,
            $crate::tensor::storage::$enum::Complex64($array) => $body,
            $crate::tensor::storage::$enum::Complex128($array) => $body,
            $crate::tensor::storage::$enum::String($array) => $body,
            $crate::tensor::storage::$enum::Variant($array) => $body,
        }
    };
}
pub(super) use with_variant_of;

/// Runs the same expression on the array inside, whatever its element type.
macro_rules! with_storage {
    ($storage:expr, $array:ident => $body:expr) => {
        $crate::tensor::storage::with_variant_of!(Storage, $storage, $array => $body)
    };
}
pub(super) use with_storage;

/// Runs the same expression on the view inside, whatever its element type.
macro_rules! with_view {
    ($view:expr, $array:ident => $body:expr) => {
        $crate::tensor::storage::with_variant_of!(TensorView, $view, $array => $body)
    };
}
pub(super) use with_view;

// Derived, these would be compiled for each part of the crate that clones a tensor.
impl Clone for Storage {
    fn clone(&self) -> Storage {
        with_storage!(self, array => Scalar::wrap(array.clone()))
    }
}

impl Clone for TensorView<'_> {
    fn clone(&self) -> Self {
        with_view!(self, array => Scalar::wrap_view(array.clone()))
    }
}

/// Runs `body` on the view inside if it holds [numbers](DType::is_number)
/// (booleans count as 0 and 1), or else `other`.
macro_rules! with_numbers {
    ($view:expr, $array:ident => $body:expr, else $other:expr) => {
        match $view {
            $crate::tensor::TensorView::Bool($array) => $body,
            $crate::tensor::TensorView::Int8($array) => $body,
            $crate::tensor::TensorView::Int16($array) => $body,
            $crate::tensor::TensorView::Int32($array) => $body,
            $crate::tensor::TensorView::Int64($array) => $body,
            $crate::tensor::TensorView::UInt8($array) => $body,
            $crate::tensor::TensorView::UInt16($array) => $body,
            $crate::tensor::TensorView::UInt32($array) => $body,
            $crate::tensor::TensorView::UInt64($array) => $body,
            $crate::tensor::TensorView::Float16($array) => $body,
            $crate::tensor::TensorView::Float32($array) => $body,
            $crate::tensor::TensorView::Float64($array) => $body,
            $crate::tensor::TensorView::Complex64(_)
            | $crate::tensor::TensorView::Complex128(_)
            | $crate::tensor::TensorView::String(_)
            | $crate::tensor::TensorView::Variant(_) => $other,
        }
    };
}
pub(crate) use with_numbers;

/// Runs `body` with `$T` standing for the Rust type of a dtype of numbers, real
/// or complex, or else `other`.
macro_rules! with_number_type {
    ($dtype:expr, $T:ident => $body:expr, else $other:expr) => {{
        macro_rules! run {
            ($type:ty) => {{
                type $T = $type;
                $body
            }};
        }
        match $dtype {
            $crate::tensor::DType::Bool => run!(bool),
            $crate::tensor::DType::Int8 => run!(i8),
            $crate::tensor::DType::Int16 => run!(i16),
            $crate::tensor::DType::Int32 => run!(i32),
            $crate::tensor::DType::Int64 => run!(i64),
            $crate::tensor::DType::UInt8 => run!(u8),
            $crate::tensor::DType::UInt16 => run!(u16),
            $crate::tensor::DType::UInt32 => run!(u32),
            $crate::tensor::DType::UInt64 => run!(u64),
            $crate::tensor::DType::Float16 => run!($crate::tensor::F16),
            $crate::tensor::DType::Float32 => run!(f32),
            $crate::tensor::DType::Float64 => run!(f64),
            $crate::tensor::DType::Complex64 => run!(num_complex::Complex<f32>),
            $crate::tensor::DType::Complex128 => run!(num_complex::Complex<f64>),
            $crate::tensor::DType::String | $crate::tensor::DType::Variant => $other,
        }
    }};
}
pub(super) use with_number_type;

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

    /// The same values under a new first axis of length 1.
    pub(crate) fn with_first_axis(self) -> TensorView<'a> {
        with_view!(self, array => Scalar::wrap_view(array.insert_axis(Axis(0))))
    }

    /// Every number as `f64` in row-major order, or `None` for what
    /// is no [number](DType::is_number). Whole numbers beyond 2⁵³ lose their last digits.
    pub(crate) fn to_f64(&self) -> Option<Vec<f64>> {
        let mut values = Vec::with_capacity(self.len());
        let real = self.dtype().is_number();
        (real && self.widened(&mut |chunk| cast::extend(&mut values, &chunk))).then_some(values)
    }

    /// Whether the values lie in memory in row-major order.
    pub(super) fn is_in_order(&self) -> bool {
        with_view!(self, array => array.is_standard_layout())
    }

    /// That these are no numbers, where some are expected.
    pub(crate) fn no_numbers(&self) -> Error {
        Error::dtype(format!("expected numbers, but found {}", self.dtype()))
    }

    /// The elements as `f64`, or an error if they are no numbers.
    pub(crate) fn numbers(&self) -> Result<Vec<f64>> {
        self.to_f64().ok_or_else(|| self.no_numbers())
    }

    /// A copy with memory of its own.
    pub(crate) fn to_tensor(&self) -> Tensor {
        with_view!(self, array => flat::shaped(array.shape(), flat::in_order(array).into_owned()))
    }
}
