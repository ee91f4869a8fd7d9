//! Half-precision floats. The `half` crate's dependencies cost 8.8 s of a cold
//! build, so the two conversions that tensors need are here.

use std::cmp::Ordering;
use std::fmt;

/// A half-precision float (IEEE 754 binary16): NumPy's `float16`, `tf.float16`.
///
/// It stores and shows values; computing is done in `f32`, which holds each of
/// them exactly. Values compare as floats do: `NaN` equals nothing, and the two
/// zeros are equal.
///
/// # Example
///
/// ```
/// use ndsight::{DType, F16, Tensor};
///
/// let third = F16::from(1.0_f32 / 3.0);
/// assert_eq!(f32::from(third), 0.33325195);
/// assert_eq!(third.to_string(), "0.3333");
/// assert_eq!(Tensor::from(vec![third]).dtype(), DType::Float16);
/// ```
#[derive(Clone, Copy, Default)]
pub struct F16(u16);

const SIGN: u16 = 0x8000;
const INFINITY: u16 = 0x7c00;
const NAN: u16 = 0x7e00;
const FRACTION: u16 = 0x03ff;
const FRACTION_BITS: u32 = 10;

/// What is added to a power of two to store it, here and in `f32` and `f64`.
const BIAS: i32 = 15;
const BIAS_F32: u32 = 127;
const BIAS_F64: i32 = 1023;

/// From here on the nearest half float is infinite: half a step above the
/// largest, 65504.
const OVERFLOW: f64 = 65_520.0;

/// The smallest value with all its digits, 2⁻¹⁴; below, the step stays 2⁻²⁴.
const SMALLEST_NORMAL: f64 = 1.0 / 16_384.0;
const STEPS_PER_ONE: f64 = 16_777_216.0;

impl F16 {
    /// The float of this binary representation.
    ///
    /// ```
    /// assert_eq!(ndsight::F16::from_bits(0x3c00), ndsight::F16::from_f32(1.0));
    /// ```
    pub const fn from_bits(bits: u16) -> F16 {
        F16(bits)
    }

    /// The binary representation.
    ///
    /// ```
    /// assert_eq!(ndsight::F16::from_f32(-2.0).to_bits(), 0xc000);
    /// ```
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The nearest half float, of two equally near ones that with an even last
    /// bit; infinite from 65520 on.
    ///
    /// ```
    /// use ndsight::F16;
    ///
    /// assert_eq!(F16::from_f32(2049.0).to_f32(), 2048.0);
    /// assert_eq!(F16::from_f32(70_000.0).to_f32(), f32::INFINITY);
    /// ```
    pub fn from_f32(value: f32) -> F16 {
        // Every `f32` is an `f64`: the value is rounded once.
        F16::from_f64(f64::from(value))
    }

    /// As [`from_f32`](F16::from_f32), without rounding to `f32` in between.
    pub(crate) fn from_f64(value: f64) -> F16 {
        let sign = if value.is_sign_negative() { SIGN } else { 0 };
        F16(sign | nearest(value.abs()))
    }

    /// The same value: each half float is an `f32`.
    ///
    /// ```
    /// assert_eq!(ndsight::F16::from_bits(1).to_f32(), 2.0_f32.powi(-24));
    /// ```
    pub fn to_f32(self) -> f32 {
        let sign = u32::from(self.0 & SIGN) << 16;
        let fraction = u32::from(self.0 & FRACTION) << (f32::MANTISSA_DIGITS - 1 - FRACTION_BITS);
        let magnitude = match u32::from(self.0 & INFINITY) >> FRACTION_BITS {
            0 => f32::from(self.0 & FRACTION) / STEPS_PER_ONE as f32,
            31 => f32::from_bits(f32::INFINITY.to_bits() | fraction),
            power => {
                let power = power + BIAS_F32 - BIAS as u32;
                f32::from_bits((power << (f32::MANTISSA_DIGITS - 1)) | fraction)
            }
        };
        f32::from_bits(sign | magnitude.to_bits())
    }

    /// Of all decimals that read back as this value, one of the fewest digits.
    fn shortest(self) -> f32 {
        let exact = self.to_f32();
        // Five significant digits tell all half floats apart.
        let texts = (0..4).map(|decimals| format!("{exact:.decimals$e}"));
        texts
            .filter_map(|text| text.parse().ok())
            .find(|&short| F16::from_f32(short) == self)
            .unwrap_or(exact)
    }
}

/// Exactly 2 to a small power: how precise `powi` is, Rust leaves open.
fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((power + BIAS_F64) as u64) << (f64::MANTISSA_DIGITS - 1))
}

/// The bits of the half float nearest to `magnitude`, which has no sign.
fn nearest(magnitude: f64) -> u16 {
    if magnitude.is_nan() {
        return NAN;
    }
    if magnitude >= OVERFLOW {
        return INFINITY;
    }
    if magnitude < SMALLEST_NORMAL {
        return (magnitude * STEPS_PER_ONE).round_ties_even() as u16;
    }
    let power = (magnitude.to_bits() >> (f64::MANTISSA_DIGITS - 1)) as i32 - BIAS_F64;
    // 1024 to 2048 steps: the leading one raises the power that is stored by
    // one, and rounding up to 2048 carries into it.
    let steps = (magnitude * power_of_two(FRACTION_BITS as i32 - power)).round_ties_even() as u16;
    (((power + BIAS - 1) as u16) << FRACTION_BITS) + steps
}

impl From<f32> for F16 {
    fn from(value: f32) -> F16 {
        F16::from_f32(value)
    }
}

impl From<F16> for f32 {
    fn from(value: F16) -> f32 {
        value.to_f32()
    }
}

impl From<F16> for f64 {
    fn from(value: F16) -> f64 {
        f64::from(value.to_f32())
    }
}

impl PartialEq for F16 {
    fn eq(&self, other: &F16) -> bool {
        self.to_f32() == other.to_f32()
    }
}

impl PartialOrd for F16 {
    fn partial_cmp(&self, other: &F16) -> Option<Ordering> {
        self.to_f32().partial_cmp(&other.to_f32())
    }
}

/// As few digits as tell it from other half floats, as NumPy prints it.
impl fmt::Display for F16 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.shortest(), f)
    }
}

impl fmt::Debug for F16 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.shortest(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_float_survives_the_way_through_single() {
        for bits in 0..=u16::MAX {
            let value = F16::from_bits(bits);
            let back = F16::from_f32(value.to_f32());
            match value.to_f32().is_nan() {
                true => assert!(back.to_f32().is_nan() && back.0 & SIGN == bits & SIGN),
                false => assert_eq!(back.0, bits),
            }
        }
    }

    #[test]
    fn the_nearest_is_found_and_ties_go_to_even() {
        for bits in 0..INFINITY {
            let (low, high) = (F16(bits), F16(bits + 1));
            let next = if bits + 1 == INFINITY {
                65_536.0
            } else {
                f64::from(high)
            };
            let middle = f64::midpoint(f64::from(low), next);
            let even = if bits % 2 == 0 { bits } else { bits + 1 };
            assert_eq!(F16::from_f64(middle).0, even);
            assert_eq!(F16::from_f64(middle.next_down()).0, low.0);
            assert_eq!(F16::from_f64(middle.next_up()).0, high.0);
            assert_eq!(F16::from_f64(-middle).0, SIGN | even);
        }
    }

    #[test]
    fn known_values() {
        let cases = [
            (0x0000, 0.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
            (0x3555, 0.333_251_95),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65_504.0),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, value) in cases {
            assert_eq!(F16::from_bits(bits).to_f32(), value);
            assert_eq!(F16::from_f32(value).to_bits(), bits);
        }
        assert!(F16::from_bits(0x8000).to_f32().is_sign_negative());
        assert_eq!(F16::from_f64(1e-300).to_bits(), 0);
        assert_eq!(F16::from_f64(-1e300).to_f32(), f32::NEG_INFINITY);
    }

    #[test]
    fn values_compare_as_floats() {
        let nan = F16::from_f32(f32::NAN);
        assert_ne!(nan, nan);
        assert_eq!(F16::from_f32(0.0), F16::from_f32(-0.0));
        assert!(F16::from_f32(-1.0) < F16::from_f32(0.5));
        assert_eq!(nan.partial_cmp(&nan), None);
    }

    #[test]
    fn texts_are_short_and_read_back() {
        let texts: Vec<String> = [0.1, 1.0, -2.5, 1e-7, 65_504.0, f32::NAN, f32::NEG_INFINITY]
            .map(|v| F16::from(v).to_string())
            .into();
        assert_eq!(
            texts,
            ["0.1", "1", "-2.5", "0.0000001", "65500", "NaN", "-inf"]
        );
        assert_eq!(format!("{:?}", F16::from(1.0)), "1.0");
        for bits in 0..INFINITY {
            let read: f32 = F16(bits).to_string().parse().unwrap();
            assert_eq!(F16::from_f32(read).0, bits);
        }
    }
}
