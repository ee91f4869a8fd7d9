//! Single values of every element type: read from JSON, and compared exactly.

use ndarray::{ArrayD, IxDyn};
use ndsight::{Complex, DType, F16, Scalar, Tensor};
use serde_json::Value;

/// A value as it is compared: floats by their bits, but one NaN is as good as
/// another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Bool(bool),
    Int(i128),
    Float(u64),
    Complex(u64, u64),
    Text(String),
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Bool(value) => write!(f, "{value}"),
            Cell::Int(value) => write!(f, "{value}"),
            Cell::Float(bits) => write!(f, "{:?}", f64::from_bits(*bits)),
            Cell::Complex(re, im) => {
                write!(f, "{:?}+{:?}i", f64::from_bits(*re), f64::from_bits(*im))
            }
            Cell::Text(text) => write!(f, "{text:?}"),
        }
    }
}

fn float(value: impl Into<f64>) -> u64 {
    let value = value.into();
    if value.is_nan() { f64::NAN } else { value }.to_bits()
}

/// What a tensor may hold, between JSON and [`Cell`].
pub(super) trait ElementType: Scalar {
    fn from_json(value: &Value) -> Option<Self>;
    fn cell(&self) -> Cell;
}

macro_rules! elements {
    ($($type:ty: $read:expr, $cell:expr);* $(;)?) => {$(
        impl ElementType for $type {
            fn from_json(value: &Value) -> Option<Self> {
                $read(value)
            }
            fn cell(&self) -> Cell {
                $cell(self)
            }
        }
    )*};
}

macro_rules! integers {
    ($($type:ty),*) => {
        elements! { $($type: integer, |v: &$type| Cell::Int(i128::from(*v)));* }
    };
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

elements! {
    bool: |v: &Value| v.as_bool().or(v.as_i64().map(|n| n != 0)), |v: &bool| Cell::Bool(*v);
    F16: |v| number(v).map(|v| F16::from_f32(v as f32)), |v: &F16| Cell::Float(float(v.to_f32()));
    f32: |v| number(v).map(|v| v as f32), |v: &f32| Cell::Float(float(*v));
    f64: number, |v: &f64| Cell::Float(float(*v));
    Complex<f32>: complex, |v: &Complex<f32>| Cell::Complex(float(v.re), float(v.im));
    Complex<f64>: complex, |v: &Complex<f64>| Cell::Complex(float(v.re), float(v.im));
    String: |v: &Value| v.as_str().map(str::to_owned), |v: &String| Cell::Text(v.clone());
}

fn integer<T: TryFrom<i128>>(value: &Value) -> Option<T> {
    let integer = value.as_i64().map(i128::from);
    T::try_from(integer.or(value.as_u64().map(i128::from))?).ok()
}

/// A number, with `"NaN"`, `"Infinity"` and `"-Infinity"` as JSON has none.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        Some(_) => None,
        None => value.as_f64(),
    }
}

fn complex<T: ElementType + Default>(value: &Value) -> Option<Complex<T>> {
    match value.is_object() {
        true => Some(Complex::new(
            T::from_json(&value["re"])?,
            T::from_json(&value["im"])?,
        )),
        false => Some(Complex::new(T::from_json(value)?, T::default())),
    }
}

/// Runs `body` with `T` as the type of the elements of `dtype`.
macro_rules! dispatch {
    ($dtype:expr, $t:ident => $body:expr, [$($variant:ident $type:ty),* $(,)?], $other:expr) => {
        match $dtype {
            $(ndsight::DType::$variant => {
                type $t = $type;
                $body
            })*
            _ => $other,
        }
    };
}

macro_rules! with_numbers {
    ($dtype:expr, $t:ident => $body:expr, else $other:expr) => {
        crate::tfdata::values::dispatch!($dtype, $t => $body, [
            Int8 i8, Int16 i16, Int32 i32, Int64 i64, UInt8 u8, UInt16 u16, UInt32 u32, UInt64 u64,
            Float16 ndsight::F16, Float32 f32, Float64 f64,
            Complex64 ndsight::Complex<f32>, Complex128 ndsight::Complex<f64>,
        ], $other)
    };
}

macro_rules! with_elements {
    ($dtype:expr, $t:ident => $body:expr, else $other:expr) => {
        crate::tfdata::values::dispatch!($dtype, $t => $body, [
            Bool bool, String String,
        ], crate::tfdata::values::with_numbers!($dtype, $t => $body, else $other))
    };
}

pub(super) use {dispatch, with_elements, with_numbers};

/// The values of an array in row-major order; none of a window.
pub(super) fn cells(tensor: &Tensor) -> Result<Vec<Cell>, ndsight::Error> {
    with_elements!(tensor.dtype(), T => {
        Ok(tensor.array::<T, IxDyn>()?.iter().map(ElementType::cell).collect())
    }, else Ok(Vec::new()))
}

/// An array of nested lists, or of a single value.
pub(super) fn tensor(dtype: DType, data: &Value) -> Option<Tensor> {
    let (shape, values) = flatten(data)?;
    shaped(dtype, &shape, &values)
}

pub(super) fn shaped(dtype: DType, shape: &[usize], values: &[&Value]) -> Option<Tensor> {
    with_elements!(dtype, T => {
        let values = values.iter().map(|value| T::from_json(value));
        let values: Vec<T> = values.collect::<Option<_>>()?;
        ArrayD::from_shape_vec(shape, values).ok().map(Tensor::from)
    }, else None)
}

/// Shape and values of nested lists, or of `{shape, data: []}`; none of lists
/// of unlike lengths.
pub(super) fn flatten(data: &Value) -> Option<(Vec<usize>, Vec<&Value>)> {
    if let Some(shape) = data["shape"].as_array() {
        let shape = shape.iter().map(integer).collect::<Option<_>>()?;
        return Some((shape, flatten(&data["data"])?.1));
    }
    let Some(list) = data.as_array() else {
        return Some((Vec::new(), vec![data]));
    };
    let parts: Vec<_> = list.iter().map(flatten).collect::<Option<_>>()?;
    let inner = parts.first().map_or(Vec::new(), |(shape, _)| shape.clone());
    if parts.iter().any(|(shape, _)| *shape != inner) {
        return None;
    }
    let shape = std::iter::once(list.len()).chain(inner).collect();
    Some((
        shape,
        parts.into_iter().flat_map(|(_, values)| values).collect(),
    ))
}
