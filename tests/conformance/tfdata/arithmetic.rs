//! TensorFlow's operations on arrays, element by element: integers wrap, and
//! nothing changes its type.

use std::cmp::Ordering;

use ndarray::{ArrayD, IxDyn, Zip};
use ndsight::{Complex, DType, F16, Tensor};
use serde_json::Value;

use super::values::{self, ElementType, with_elements, with_numbers};

/// What can be calculated with.
trait Number: ElementType + Copy {
    const ZERO: Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    /// The remainder that has the divisor's sign, where there is one.
    fn modulo(self, divisor: Self) -> Option<Self>;
    fn is_finite(self) -> bool;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Number for $type {
            const ZERO: Self = 0;
            fn add(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn sub(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            fn mul(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[allow(unused_comparisons, reason = "some of the types have no sign")]
            fn modulo(self, divisor: Self) -> Option<Self> {
                let rest = self.checked_rem(divisor).or((divisor != 0).then_some(0))?;
                let other_sign = rest != 0 && (rest < 0) != (divisor < 0);
                Some(if other_sign { rest + divisor } else { rest })
            }
            fn is_finite(self) -> bool {
                true
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Number for $type {
            const ZERO: Self = 0.0;
            fn add(self, other: Self) -> Self {
                self + other
            }
            fn sub(self, other: Self) -> Self {
                self - other
            }
            fn mul(self, other: Self) -> Self {
                self * other
            }
            fn modulo(self, divisor: Self) -> Option<Self> {
                let rest = self % divisor;
                let other_sign = rest != 0.0 && (rest < 0.0) != (divisor < 0.0);
                Some(if other_sign { rest + divisor } else { rest })
            }
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }
        }
    )*};
}

floats!(f32, f64);

/// Half floats are calculated with as `f32`, and rounded after each operation.
impl Number for F16 {
    const ZERO: Self = F16::from_bits(0);
    fn add(self, other: Self) -> Self {
        F16::from_f32(self.to_f32() + other.to_f32())
    }
    fn sub(self, other: Self) -> Self {
        F16::from_f32(self.to_f32() - other.to_f32())
    }
    fn mul(self, other: Self) -> Self {
        F16::from_f32(self.to_f32() * other.to_f32())
    }
    fn modulo(self, divisor: Self) -> Option<Self> {
        self.to_f32().modulo(divisor.to_f32()).map(F16::from_f32)
    }
    fn is_finite(self) -> bool {
        self.to_f32().is_finite()
    }
}

macro_rules! complex {
    ($($part:ty),*) => {$(
        impl Number for Complex<$part> {
            const ZERO: Self = Complex { re: 0.0, im: 0.0 };
            fn add(self, other: Self) -> Self {
                self + other
            }
            fn sub(self, other: Self) -> Self {
                self - other
            }
            fn mul(self, other: Self) -> Self {
                self * other
            }
            fn modulo(self, _: Self) -> Option<Self> {
                None
            }
            fn is_finite(self) -> bool {
                self.re.is_finite() && self.im.is_finite()
            }
        }
    )*};
}

complex!(f32, f64);

/// An operation of two arrays of numbers.
#[derive(Clone, Copy)]
pub(super) enum Operation {
    Add,
    Sub,
    Mul,
    Max,
}

/// `a` and `b`, which are spread over one another where they differ in shape.
pub(super) fn calculate(operation: Operation, a: &Tensor, b: &Tensor) -> Result<Tensor, String> {
    if a.dtype() != b.dtype() {
        return Err(format!(
            "{} and {} do not go together",
            a.dtype(),
            b.dtype()
        ));
    }
    if let (DType::String, Operation::Add) = (a.dtype(), operation) {
        return spread(a, b, |a: &String, b: &String| format!("{a}{b}"));
    }
    with_numbers!(a.dtype(), T => match operation {
        Operation::Add => spread(a, b, |a: &T, b| a.add(*b)),
        Operation::Sub => spread(a, b, |a: &T, b| a.sub(*b)),
        Operation::Mul => spread(a, b, |a: &T, b| a.mul(*b)),
        Operation::Max => spread(a, b, larger::<T>),
    }, else Err(format!("{} cannot be calculated with", a.dtype())))
}

/// The larger value; a NaN is larger than all.
fn larger<T: Number + PartialEq>(a: &T, b: &T) -> T {
    let is_nan = |v: &T| order(v, v).is_none();
    let b_is_larger = order(a, b) == Some(Ordering::Less) || is_nan(b);
    if b_is_larger && !is_nan(a) { *b } else { *a }
}

fn spread<T: ElementType>(
    a: &Tensor,
    b: &Tensor,
    f: impl Fn(&T, &T) -> T,
) -> Result<Tensor, String> {
    let (a, b) = (array::<T>(a)?, array::<T>(b)?);
    let shape = common_shape(a.shape(), b.shape());
    let spread = shape.as_ref().and_then(|shape| {
        let (a, b) = (
            a.broadcast(shape.as_slice())?,
            b.broadcast(shape.as_slice())?,
        );
        Some(Zip::from(a).and(b).map_collect(&f))
    });
    let apart = || {
        format!(
            "shapes {:?} and {:?} do not go together",
            a.shape(),
            b.shape()
        )
    };
    spread.map(Tensor::from).ok_or_else(apart)
}

fn common_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let axis =
        |shape: &[usize], i: usize| (i + shape.len()).checked_sub(rank).map_or(1, |i| shape[i]);
    let axes = (0..rank).map(|i| match (axis(a, i), axis(b, i)) {
        (1, n) | (n, 1) => Some(n),
        (n, m) => (n == m).then_some(n),
    });
    axes.collect()
}

fn array<T: ElementType>(tensor: &Tensor) -> Result<ArrayD<T>, String> {
    let array = tensor.array::<T, IxDyn>().map_err(|err| err.to_string())?;
    Ok(array.into_owned())
}

/// `-x`: a float's sign changes, that of zero too.
pub(super) fn negated(x: &Tensor) -> Result<Tensor, String> {
    match x.dtype() {
        DType::Float16 => Ok(Tensor::from(
            array::<F16>(x)?.mapv(|v| F16::from_f32(-v.to_f32())),
        )),
        DType::Float32 => Ok(Tensor::from(array::<f32>(x)?.mapv(|v| -v))),
        DType::Float64 => Ok(Tensor::from(array::<f64>(x)?.mapv(|v| -v))),
        dtype => with_numbers!(dtype, T => {
            Ok(Tensor::from(array::<T>(x)?.mapv(|v| T::ZERO.sub(v))))
        }, else Err(format!("{dtype} has no negative"))),
    }
}

/// The sum over every axis.
pub(super) fn sum(x: &Tensor) -> Result<Tensor, String> {
    with_numbers!(x.dtype(), T => {
        Ok(Tensor::from(array::<T>(x)?.iter().fold(T::ZERO, |sum, v| sum.add(*v))))
    }, else Err(format!("{} has no sum", x.dtype())))
}

/// Whether no value is NaN or infinite.
pub(super) fn is_finite(x: &Tensor) -> Result<bool, String> {
    with_numbers!(x.dtype(), T => {
        Ok(array::<T>(x)?.iter().all(|v| Number::is_finite(*v)))
    }, else Err(format!("{} is neither finite nor infinite", x.dtype())))
}

/// `x mod m`, with the sign of `m`.
pub(super) fn modulo(x: &Tensor, m: &Tensor) -> Result<Tensor, String> {
    with_numbers!(x.dtype(), T => {
        let m: T = m.scalar().map_err(|err| err.to_string())?;
        let rest = array::<T>(x)?.iter().map(|v| v.modulo(m)).collect::<Option<Vec<T>>>();
        let rest = rest.ok_or("a number cannot be divided by zero")?;
        let rest = ArrayD::from_shape_vec(x.shape(), rest).map_err(|err| err.to_string())?;
        Ok(Tensor::from(rest))
    }, else Err(format!("{} has no remainder", x.dtype())))
}

/// A constant in the element type of `x`.
pub(super) fn constant(value: &Value, dtype: DType) -> Result<Tensor, String> {
    values::tensor(dtype, value).ok_or_else(|| format!("{value} is no {dtype}"))
}

/// How two single values of one type compare; not at all where one is NaN, or
/// where they are unlike and have no order.
pub(super) fn compare(a: &Tensor, b: &Tensor) -> Result<Option<Ordering>, String> {
    with_elements!(a.dtype(), T => {
        let a: T = a.scalar().map_err(|err| err.to_string())?;
        let b: T = b.scalar().map_err(|err| err.to_string())?;
        Ok(order(&a, &b))
    }, else Err(format!("{} has no order", a.dtype())))
}

fn order<T: ElementType + PartialEq>(a: &T, b: &T) -> Option<Ordering> {
    use values::Cell;
    match (a.cell(), b.cell()) {
        _ if a == b => Some(Ordering::Equal),
        (Cell::Float(a), Cell::Float(b)) => f64::from_bits(a).partial_cmp(&f64::from_bits(b)),
        (Cell::Complex(..), Cell::Complex(..)) => None,
        (a, b) => a.partial_cmp(&b),
    }
}
