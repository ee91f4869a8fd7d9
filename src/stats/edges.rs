//! The edges of equal bins, with NumPy's order of operations.

use super::wide::{Arithmetic, Wide};
use crate::error::{Error, Result};
use crate::list::IntoList;

/// More bins than this are refused: 160 MB of counts and edges, and far more
/// than a screen has pixels. NumPy has no such limit and runs out of memory.
pub(super) const MAX_BINS: usize = 10_000_000;

/// The outermost edges and how to compute with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outer {
    pub(super) first: f64,
    pub(super) last: f64,
    /// `last - first`, exact for integers.
    pub(super) span: f64,
    /// Compute in `f32`: the ends are `f32` data.
    pub(super) single: bool,
    /// Round the edges to `f32`: the data are `f32`, the ends may not be.
    pub(super) narrow: bool,
}

impl Outer {
    /// The ends as given by the caller.
    pub(super) fn of_range(arithmetic: Arithmetic, (first, last): (f64, f64)) -> Result<Self> {
        if first > last || !first.is_finite() || !last.is_finite() {
            return Err(Error::value(format!(
                "expected a range from a finite number to one not below it, \
                 but found {first:?} to {last:?}"
            ))
            .coded("invalid_range"));
        }
        let (first, last) = apart(first, last);
        Ok(Outer {
            first,
            last,
            span: last - first,
            single: false,
            narrow: arithmetic == Arithmetic::Single,
        })
    }

    /// The ends of the data: 0 and 1 where there are none.
    pub(super) fn of_data<T: Wide>(arithmetic: Arithmetic, ends: Option<(T, T)>) -> Self {
        let single = arithmetic == Arithmetic::Single;
        let (first, last, span) = match ends {
            None => (0.0, 1.0, 1.0),
            Some((least, greatest)) if least == greatest => {
                let (first, last) = apart(least.to_f64(), greatest.to_f64());
                (first, last, last - first)
            }
            Some((least, greatest)) => (least.to_f64(), greatest.to_f64(), least.gap(greatest)),
        };
        let outer = Outer {
            first,
            last,
            span,
            single,
            narrow: single,
        };
        if single { outer.rounded() } else { outer }
    }

    /// The ends moved apart by a thousandth of their size: thousands of numbers
    /// lie between them then, in `f32` too.
    pub(super) fn wider(self) -> Self {
        let by = self.first.abs().max(self.last.abs()) / 1000.0;
        let (first, last) = (self.first - by, self.last + by);
        let outer = Outer {
            first,
            last,
            span: last - first,
            ..self
        };
        if self.single { outer.rounded() } else { outer }
    }

    fn rounded(self) -> Self {
        Outer {
            first: f64::from(self.first as f32),
            last: f64::from(self.last as f32),
            span: f64::from(self.last as f32 - self.first as f32),
            ..self
        }
    }

    /// The ends as values are compared with them.
    pub(super) fn ends(&self) -> (f64, f64) {
        if self.narrow {
            (f64::from(self.first as f32), f64::from(self.last as f32))
        } else {
            (self.first, self.last)
        }
    }

    /// The edges of `count` equal bins; an error where they do not rise.
    pub(super) fn edges(&self, count: usize) -> Result<Vec<f64>> {
        if !self.span.is_finite() {
            return Err(self.overflow());
        }
        if count > MAX_BINS {
            return Err(too_many(count as f64));
        }
        let mut edges = if self.single {
            spaced_single(self.first as f32, self.last as f32, count)
        } else {
            spaced(self.first, self.last, count)
        };
        if self.narrow {
            edges.iter_mut().for_each(|e| *e = f64::from(*e as f32));
        }
        if edges.windows(2).all(|pair| pair[0] < pair[1]) {
            return Ok(edges);
        }
        Err(self.too_fine(count))
    }

    /// How many bins of `width` the span needs; one for no width.
    pub(super) fn count(&self, width: Width) -> Result<usize> {
        if !self.span.is_finite() {
            return Err(self.overflow());
        }
        if width.value == 0.0 || width.value.is_nan() {
            return Ok(1);
        }
        let ratio = if self.single && width.single {
            f64::from(self.span as f32 / width.value as f32)
        } else {
            self.span / width.value
        };
        let count = ratio.ceil();
        if count > MAX_BINS as f64 {
            return Err(too_many(count));
        }
        Ok((count as usize).max(1))
    }

    fn too_fine(&self, count: usize) -> Error {
        let (first, last) = self.ends();
        let kind = if self.narrow { "f32" } else { "f64" };
        Error::value(format!(
            "expected fewer bins or a wider range: between {first:?} and {last:?} there are too few \
             {kind} numbers for {count} bins"
        ))
        .coded("too_many_bins")
    }

    fn overflow(&self) -> Error {
        Error::value(format!(
            "expected a range whose width is a finite number, but found {:e} to {:e}; \
             give a narrower range, or scale the data down",
            self.first, self.last
        ))
        .coded("overflow")
    }
}

/// The width that a rule found, and whether NumPy has it as a `f32`, so that
/// dividing by it rounds to `f32`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Width {
    pub(super) value: f64,
    pub(super) single: bool,
}

fn too_many(count: f64) -> Error {
    let found = if count < 1e15 {
        format!("{count}")
    } else {
        format!("{count:.0e}")
    };
    Error::value(format!(
        "expected at most {MAX_BINS} bins, but found {found}; \
         give a number of bins, or a range that leaves outliers out"
    ))
    .coded("too_many_bins")
}

fn apart(first: f64, last: f64) -> (f64, f64) {
    if first == last {
        (first - 0.5, last + 0.5)
    } else {
        (first, last)
    }
}

/// Edge `i` is `i * step + first`, the last edge `last` itself. Where the
/// step is too small for the format, `i / count` of the span is taken instead.
fn spaced(first: f64, last: f64, count: usize) -> Vec<f64> {
    let (span, n) = (last - first, count as f64);
    let step = span / n;
    let edge = |i: usize| match step {
        0.0 => i as f64 / n * span + first,
        _ => i as f64 * step + first,
    };
    (0..count).map(edge).chain([last]).into_list()
}

/// As [`spaced`], each operation rounded to `f32`.
fn spaced_single(first: f32, last: f32, count: usize) -> Vec<f64> {
    let (span, n) = (last - first, count as f32);
    let step = span / n;
    let edge = |i: usize| match step {
        0.0 => i as f32 / n * span + first,
        _ => i as f32 * step + first,
    };
    let edges = (0..count).map(edge).chain([last]);
    edges.map(f64::from).into_list()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: f64, last: f64) -> Outer {
        Outer::of_range(Arithmetic::Double, (first, last)).unwrap()
    }

    #[test]
    fn edges_that_do_not_rise_are_an_error() {
        let err = range(1.0, 1.0 + f64::EPSILON).edges(2).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected fewer bins or a wider range: between 1.0 and 1.0000000000000002 there are too \
             few f64 numbers for 2 bins"
        );
        assert_eq!(err.code(), "too_many_bins");
    }

    #[test]
    fn a_span_beyond_the_largest_number_is_an_error() {
        let err = range(-1.5e308, 1.5e308).edges(4).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a range whose width is a finite number, but found -1.5e308 to 1.5e308; \
             give a narrower range, or scale the data down"
        );
        assert_eq!(err.code(), "overflow");
    }

    #[test]
    fn a_huge_number_of_bins_is_refused_before_it_is_allocated() {
        let err = range(0.0, 1.0).edges(usize::MAX).unwrap_err();
        assert_eq!(err.code(), "too_many_bins");
        let tiny = Width {
            value: 1e-300,
            single: false,
        };
        let err = range(0.0, 1.0).count(tiny).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected at most 10000000 bins, but found 1e300; \
             give a number of bins, or a range that leaves outliers out"
        );
    }

    #[test]
    fn a_range_must_be_finite_and_not_fall() {
        for (first, last) in [(2.0, 1.0), (0.0, f64::INFINITY), (f64::NAN, 1.0)] {
            let err = Outer::of_range(Arithmetic::Double, (first, last)).unwrap_err();
            assert_eq!(err.code(), "invalid_range");
        }
        assert_eq!(range(5.0, 5.0).ends(), (4.5, 5.5));
    }

    #[test]
    fn a_step_too_small_for_the_format_is_avoided() {
        assert_eq!(range(0.0, 1e-323).edges(2).unwrap(), [0.0, 5e-324, 1e-323]);
    }
}
