//! Values as another element type.

use ndarray::ArrayViewD;
use num_complex::Complex;

use super::flat;
use super::storage::{with_number_type, with_numbers};
use super::{DType, F16, Scalar, Tensor, TensorView};
use crate::error::{Error, Result};

impl Tensor {
    /// The same values as another element type, as `tf.cast` and NumPy's
    /// `astype`. A tensor that has the type already is returned as it is.
    ///
    /// - floats become integers by dropping the fraction; what is beyond the
    ///   integer's range becomes its nearest end, and NaN becomes 0, as with
    ///   Rust's `as` (TensorFlow and NumPy leave those to the processor)
    /// - integers that do not fit a smaller integer keep their lowest bits
    /// - booleans become 0 and 1; numbers other than zero, NaN too, become `true`
    /// - complex numbers lose their imaginary part, except on the way to `bool`
    ///
    /// # Errors
    ///
    /// From or to strings and variants, which are no numbers
    /// ([`Error::is_dtype`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{DType, Tensor};
    ///
    /// let bytes = Tensor::from(vec![0_u8, 255]);
    /// assert_eq!(bytes.cast(DType::Float32)?, Tensor::from(vec![0.0_f32, 255.0]));
    ///
    /// let floats = Tensor::from(vec![-1.9, 300.0, f64::NAN]);
    /// assert_eq!(floats.cast(DType::UInt8)?, Tensor::from(vec![0_u8, 255, 0]));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn cast(&self, dtype: DType) -> Result<Tensor> {
        if self.dtype() == dtype {
            return Ok(self.clone());
        }
        let cast = with_number_type!(dtype, T => narrowed::<T>(&self.view()), else None);
        cast.ok_or_else(|| {
            let text = format!(
                "expected numbers to cast to other numbers, but found {} to cast to {dtype}",
                self.dtype()
            );
            Error::dtype(text).coded("unsupported_dtype")
        })
    }
}

/// Values widened at a time: few enough to stay in the first-level cache.
const CHUNK: usize = 1024;

/// Every value goes through one of the four widest types: a loop for each pair
/// of types adds 2 s to a cold build, and is no faster for what is larger than
/// the processor's cache.
fn narrowed<T: Number>(view: &TensorView<'_>) -> Option<Tensor> {
    let mut values: Vec<T> = Vec::with_capacity(view.len());
    if !view.widened(&mut |chunk| extend(&mut values, &chunk)) {
        return None;
    }
    flat::laid_out(view.shape(), values)
}

/// Appends the values as another type, by the rules of [`Tensor::cast`].
pub(super) fn extend<T: Number>(values: &mut Vec<T>, chunk: &Wide) {
    match chunk {
        Wide::Signed(chunk) => append(values, chunk, T::of_signed),
        Wide::Unsigned(chunk) => T::extend_unsigned(values, chunk),
        Wide::Real(chunk) => append(values, chunk, T::of_real),
        Wide::Complex(chunk) => T::extend_complex(values, chunk),
    }
}

/// Appends what `to` makes of each value: in half the code of `extend` with `map`, of
/// which there would be sixty.
fn append<S: Copy, T: Number>(values: &mut Vec<T>, from: &[S], to: impl Fn(S) -> T) {
    let start = values.len();
    values.resize(start + from.len(), T::of_signed(0));
    for (place, value) in values[start..].iter_mut().zip(from) {
        *place = to(*value);
    }
}

fn made<S: Copy, T: Number>(from: &[S], to: impl Fn(S) -> T) -> Vec<T> {
    let mut values = Vec::with_capacity(from.len());
    append(&mut values, from, to);
    values
}

impl TensorView<'_> {
    /// Calls `each` with all numbers, real or complex, in row-major order. False if
    /// these are none.
    pub(super) fn widened(&self, each: &mut dyn FnMut(Wide)) -> bool {
        match self {
            TensorView::Complex64(array) => widen(array, each),
            TensorView::Complex128(array) => widen(array, each),
            view => with_numbers!(view, array => widen(array, each), else return false),
        }
        true
    }
}

fn widen<S: Number>(array: &ArrayViewD<'_, S>, each: &mut dyn FnMut(Wide)) {
    for chunk in flat::in_order(array).chunks(CHUNK) {
        each(S::widen(chunk));
    }
}

/// Numbers in a type that holds them exactly.
pub(super) enum Wide {
    Signed(Vec<i64>),
    Unsigned(Vec<u64>),
    Real(Vec<f64>),
    Complex(Vec<Complex<f64>>),
}

/// An element type whose values are numbers, real or complex.
pub(super) trait Number: Scalar + Copy {
    fn widen(values: &[Self]) -> Wide;

    // The value as this type, by the rules of [`Tensor::cast`].
    fn of_signed(value: i64) -> Self;
    fn of_real(value: f64) -> Self;

    /// Integers keep their lowest bits, whatever their sign.
    fn extend_unsigned(values: &mut Vec<Self>, chunk: &[u64]) {
        extend(values, &signed(chunk));
    }

    fn extend_complex(values: &mut Vec<Self>, chunk: &[Complex<f64>]) {
        extend(values, &real(chunk));
    }
}

fn signed(chunk: &[u64]) -> Wide {
    Wide::Signed(made(chunk, |v| v as i64))
}

fn real(chunk: &[Complex<f64>]) -> Wide {
    Wide::Real(made(chunk, |v| v.re))
}

macro_rules! widen {
    ($kind:ident, $widened:expr) => {
        fn widen(values: &[Self]) -> Wide {
            Wide::$kind(made(values, $widened))
        }
    };
}

impl Number for bool {
    widen!(Signed, i64::from);

    fn of_signed(value: i64) -> bool {
        value != 0
    }

    fn of_real(value: f64) -> bool {
        value != 0.0
    }

    fn extend_complex(values: &mut Vec<bool>, chunk: &[Complex<f64>]) {
        append(values, chunk, |v| v.re != 0.0 || v.im != 0.0);
    }
}

macro_rules! integers {
    ($($type:ty => $kind:ident $wide:ty),* $(,)?) => {$(
        impl Number for $type {
            widen!($kind, <$wide>::from);

            fn of_signed(value: i64) -> $type {
                value as $type
            }

            fn of_real(value: f64) -> $type {
                value as $type
            }
        }
    )*};
}
integers! {
    i8 => Signed i64,
    i16 => Signed i64,
    i32 => Signed i64,
    i64 => Signed i64,
    u8 => Signed i64,
    u16 => Signed i64,
    u32 => Signed i64,
    u64 => Unsigned u64,
}

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Number for $type {
            widen!(Real, f64::from);

            fn of_signed(value: i64) -> $type {
                value as $type
            }

            fn of_real(value: f64) -> $type {
                value as $type
            }

            fn extend_unsigned(values: &mut Vec<$type>, chunk: &[u64]) {
                append(values, chunk, |v| v as $type);
            }
        }
    )*};
}
floats!(f32, f64);

impl Number for F16 {
    widen!(Real, f64::from);

    fn of_signed(value: i64) -> F16 {
        // An integer that `f64` rounds is far beyond the largest half float.
        F16::from_f64(value as f64)
    }

    fn of_real(value: f64) -> F16 {
        F16::from_f64(value)
    }

    fn extend_unsigned(values: &mut Vec<F16>, chunk: &[u64]) {
        append(values, chunk, |v| F16::from_f64(v as f64));
    }
}

macro_rules! complex {
    ($($part:ty),*) => {$(
        impl Number for Complex<$part> {
            widen!(Complex, |v: Self| Complex::new(f64::from(v.re), f64::from(v.im)));

            fn of_signed(value: i64) -> Complex<$part> {
                Complex::new(value as $part, 0.0)
            }

            fn of_real(value: f64) -> Complex<$part> {
                Complex::new(value as $part, 0.0)
            }

            fn extend_unsigned(values: &mut Vec<Complex<$part>>, chunk: &[u64]) {
                append(values, chunk, |v| Complex::new(v as $part, 0.0));
            }

            fn extend_complex(values: &mut Vec<Complex<$part>>, chunk: &[Complex<f64>]) {
                append(values, chunk, |v| Complex::new(v.re as $part, v.im as $part));
            }
        }
    )*};
}
complex!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    fn cast(tensor: impl Into<Tensor>, dtype: DType) -> Tensor {
        tensor.into().cast(dtype).unwrap()
    }

    fn numbers() -> impl Iterator<Item = DType> {
        DType::ALL
            .into_iter()
            .filter(|dtype| *dtype != DType::String)
    }

    #[test]
    fn zero_and_one_survive_every_way() {
        for from in numbers() {
            for to in numbers() {
                let source = cast([false, true], from);
                assert_eq!(cast(&source, to), cast([false, true], to), "{from} to {to}");
                assert_eq!(cast(&source, to).dtype(), to);
            }
        }
    }

    #[test]
    fn floats_are_cut_and_saturate() {
        let floats = vec![-1.9_f32, 1.9, 3e9, f32::NEG_INFINITY, f32::NAN];
        assert_eq!(
            cast(floats.clone(), DType::Int32),
            Tensor::from(vec![-1, 1, i32::MAX, i32::MIN, 0])
        );
        assert_eq!(
            cast(floats, DType::UInt8),
            Tensor::from(vec![0_u8, 1, 255, 0, 0])
        );
        assert_eq!(
            cast(vec![1e300, f64::NAN], DType::Bool),
            Tensor::from(vec![true, true])
        );
    }

    #[test]
    fn integers_wrap_and_are_rounded_once() {
        assert_eq!(
            cast(vec![-1_i64, 256, 130], DType::UInt8),
            Tensor::from(vec![255_u8, 0, 130])
        );
        assert_eq!(
            cast(vec![u64::MAX], DType::Int64),
            Tensor::from(vec![-1_i64])
        );
        // Rounded to f64 first, this would tie and go down to 2^24.
        let above = (1_i64 << 60) + (1 << 36) + 1;
        assert_eq!(
            cast(vec![above], DType::Float32),
            Tensor::from(vec![above as f32])
        );
        assert_eq!(
            cast(vec![70_000_i32, 2049], DType::Float16),
            Tensor::from(vec![F16::from(f32::INFINITY), F16::from(2048.0)])
        );
    }

    #[test]
    fn complex_numbers_lose_their_imaginary_part() {
        let numbers = vec![Complex::new(-1.5, 2.0), Complex::new(0.0, 3.0)];
        assert_eq!(
            cast(numbers.clone(), DType::Float32),
            Tensor::from(vec![-1.5_f32, 0.0])
        );
        assert_eq!(cast(numbers.clone(), DType::Int8), Tensor::from([-1_i8, 0]));
        assert_eq!(cast(numbers, DType::Bool), Tensor::from(vec![true, true]));
        assert_eq!(
            cast(vec![0.1_f64], DType::Complex64),
            Tensor::from(vec![Complex::new(0.1_f32, 0.0)])
        );
    }

    #[test]
    fn strided_arrays_keep_their_shape() {
        let table = ndarray::array![[1, 2, 3], [4, 5, 6]].reversed_axes();
        assert_eq!(
            cast(table, DType::Float64),
            Tensor::from(ndarray::array![[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]])
        );
    }

    #[test]
    fn what_is_no_number_is_refused_unless_it_stays_as_it_is() {
        let words = Tensor::from(vec!["1"]);
        let err = words.cast(DType::Int64).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected numbers to cast to other numbers, but found string to cast to int64"
        );
        assert!(err.is_dtype());
        assert_eq!(err.code(), "unsupported_dtype");
        let err = Tensor::from(1).cast(DType::Variant).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected numbers to cast to other numbers, but found int32 to cast to variant"
        );
        assert_eq!(words.cast(DType::String).unwrap(), words);
    }
}
