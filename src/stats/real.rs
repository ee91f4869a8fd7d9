//! The element types that statistics are computed of, and what differs
//! between them.

use ndarray::ArrayViewD;

use super::boxplot::{self, BoxStats, BoxplotOptions};
use super::histogram::{self, Histogram, HistogramOptions};
use super::quantile;
use crate::error::Result;
use crate::tensor::F16;

/// A number (or truth value) that statistics can be computed of: `bool`, the
/// integers of 8 to 64 bits, [`F16`], `f32` and `f64`.
///
/// `bool` counts as 0 and 1, as in NumPy. `F16` is computed with as `f32` is:
/// NumPy's half-precision results overflow, and its bins run together. The trait
/// is sealed.
pub trait Real: Kernel {}

/// In which format NumPy computes with an element type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// Exact differences, then `f64`.
    Integer,
    Single,
    Double,
}

/// What the kernels need of an element type.
///
/// The last four methods are the kernels themselves: as methods of the type
/// they are compiled with this crate, not again in every notebook cell that
/// calls them.
pub trait Kernel: Copy + PartialOrd + Send + Sync + 'static {
    const ARITHMETIC: Arithmetic;

    fn to_f64(self) -> f64;

    fn is_finite(self) -> bool;

    /// `upper - self` for `self <= upper`, as NumPy subtracts: exact for
    /// integers (even where the difference needs one bit more than the type
    /// has), rounded to the type for floats.
    fn gap(self, upper: Self) -> f64;

    /// `self - origin` with as little rounding as the type allows.
    fn offset(self, origin: Self) -> f64;

    /// The value as an integer where the type is one.
    fn to_integer(self) -> Option<i128>;

    fn edges(view: ArrayViewD<'_, Self>, options: &HistogramOptions) -> Result<Vec<f64>>;

    fn count(view: ArrayViewD<'_, Self>, options: &HistogramOptions) -> Result<Histogram>;

    fn weigh(
        view: ArrayViewD<'_, Self>,
        weights: ArrayViewD<'_, f64>,
        options: &HistogramOptions,
    ) -> Result<Histogram<f64>>;

    fn percentiles(view: ArrayViewD<'_, Self>, q: &[f64]) -> Result<Vec<f64>>;

    fn box_stats(view: ArrayViewD<'_, Self>, options: &BoxplotOptions) -> Result<BoxStats>;
}

macro_rules! kernels {
    () => {
        fn edges(view: ArrayViewD<'_, Self>, options: &HistogramOptions) -> Result<Vec<f64>> {
            histogram::edges_of(view, options)
        }

        fn count(view: ArrayViewD<'_, Self>, options: &HistogramOptions) -> Result<Histogram> {
            histogram::count(view, options)
        }

        fn weigh(
            view: ArrayViewD<'_, Self>,
            weights: ArrayViewD<'_, f64>,
            options: &HistogramOptions,
        ) -> Result<Histogram<f64>> {
            histogram::weigh(view, weights, options)
        }

        fn percentiles(view: ArrayViewD<'_, Self>, q: &[f64]) -> Result<Vec<f64>> {
            quantile::percentiles(view, q)
        }

        fn box_stats(view: ArrayViewD<'_, Self>, options: &BoxplotOptions) -> Result<BoxStats> {
            boxplot::of(view, options)
        }
    };
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl Real for $type {}

        impl Kernel for $type {
            const ARITHMETIC: Arithmetic = Arithmetic::Integer;

            #[inline]
            fn to_f64(self) -> f64 {
                self as f64
            }

            #[inline]
            fn is_finite(self) -> bool {
                true
            }

            #[inline]
            fn gap(self, upper: Self) -> f64 {
                upper.abs_diff(self) as f64
            }

            #[inline]
            fn offset(self, origin: Self) -> f64 {
                let distance = self.abs_diff(origin) as f64;
                if self < origin { -distance } else { distance }
            }

            fn to_integer(self) -> Option<i128> {
                Some(i128::from(self))
            }

            kernels!();
        }
    )*};
}

macro_rules! float {
    ($($type:ty => $arithmetic:ident),*) => {$(
        impl Real for $type {}

        impl Kernel for $type {
            const ARITHMETIC: Arithmetic = Arithmetic::$arithmetic;

            #[inline]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            #[inline]
            fn is_finite(self) -> bool {
                self.is_finite()
            }

            #[inline]
            fn gap(self, upper: Self) -> f64 {
                f64::from(upper - self)
            }

            #[inline]
            fn offset(self, origin: Self) -> f64 {
                f64::from(self) - f64::from(origin)
            }

            fn to_integer(self) -> Option<i128> {
                None
            }

            kernels!();
        }
    )*};
}

integer!(i8, i16, i32, i64, u8, u16, u32, u64);
float!(f32 => Single, f64 => Double);

impl Real for F16 {}

impl Kernel for F16 {
    const ARITHMETIC: Arithmetic = Arithmetic::Single;

    #[inline]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    #[inline]
    fn is_finite(self) -> bool {
        self.to_f32().is_finite()
    }

    #[inline]
    fn gap(self, upper: Self) -> f64 {
        self.to_f32().gap(upper.to_f32())
    }

    #[inline]
    fn offset(self, origin: Self) -> f64 {
        f64::from(self) - f64::from(origin)
    }

    fn to_integer(self) -> Option<i128> {
        None
    }

    kernels!();
}

impl Real for bool {}

impl Kernel for bool {
    const ARITHMETIC: Arithmetic = Arithmetic::Integer;

    #[inline]
    fn to_f64(self) -> f64 {
        f64::from(u8::from(self))
    }

    #[inline]
    fn is_finite(self) -> bool {
        true
    }

    #[inline]
    fn gap(self, upper: Self) -> f64 {
        upper.to_f64() - self.to_f64()
    }

    #[inline]
    fn offset(self, origin: Self) -> f64 {
        self.to_f64() - origin.to_f64()
    }

    fn to_integer(self) -> Option<i128> {
        Some(i128::from(self))
    }

    kernels!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_integers_do_not_overflow() {
        assert_eq!((-128_i8).gap(127), 255.0);
        assert_eq!(u64::MIN.gap(u64::MAX), 18_446_744_073_709_551_615.0);
        assert_eq!(i64::MIN.offset(i64::MAX), -18_446_744_073_709_551_615.0);
        assert_eq!(9_007_199_254_740_993_u64.offset(9_007_199_254_740_992), 1.0);
    }

    #[test]
    fn half_floats_are_computed_with_as_single_ones() {
        let (a, b) = (
            [0.5, -65_504.0, 65_504.0].map(F16::from),
            [0.5_f32, -65_504.0, 65_504.0],
        );
        let (half, single) = (ndarray::arr1(&a), ndarray::arr1(&b));
        let of_half = histogram::histogram(&half, 4).unwrap();
        let of_single = histogram::histogram(&single, 4).unwrap();
        assert_eq!(of_half.edges, of_single.edges);
        assert_eq!(of_half.counts, [1, 0, 1, 1]);
        assert_eq!(a[1].gap(a[2]), 131_008.0);
    }

    #[test]
    fn differences_of_floats_round_as_the_type_does() {
        let (a, b) = (0.1_f32, 0.7_f32);
        assert_eq!(a.gap(b), f64::from(b - a));
        assert_eq!(b.offset(a), f64::from(b) - f64::from(a));
    }
}
