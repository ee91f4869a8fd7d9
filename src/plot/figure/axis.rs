//! What an axis spans, and how values are spread along it.

/// A closed interval of finite numbers with `min < max`, so that ticks and
/// mapping to pixels need no checks of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    min: f64,
    max: f64,
}

/// The largest number on an axis, a quarter of the largest that there is: differences
/// and margins stay finite.
const HUGE: f64 = f64::MAX / 4.0;

impl Limits {
    /// Widens what it must to keep the guarantee: equal ends move apart,
    /// non-finite ends are clamped to what `f64` can subtract, and swapped ends
    /// are swapped back.
    pub(crate) fn from_min_max(min: f64, max: f64) -> Self {
        let clean = |v: f64| {
            if v.is_nan() {
                0.0
            } else {
                v.clamp(-HUGE, HUGE)
            }
        };
        let (a, b) = (clean(min.min(max)), clean(min.max(max)));
        // Spans below the last few bits of the ends cannot be told apart on an
        // axis, so they count as equal.
        let least = a.abs().max(b.abs()) * 1e-12;
        if b - a > least && b - a > f64::MIN_POSITIVE {
            return Limits { min: a, max: b };
        }
        let half = if a == 0.0 { 0.5 } else { a.abs() * 0.05 };
        let half = half.max(1e-300);
        Limits {
            min: a - half,
            max: b + half,
        }
    }

    /// The limits with `share` of the span added at both ends.
    pub(crate) fn padded(self, share: f64) -> Self {
        let by = self.span() * share;
        Limits::from_min_max(self.min - by, self.max + by)
    }

    pub(crate) fn min(self) -> f64 {
        self.min
    }

    pub(crate) fn max(self) -> f64 {
        self.max
    }

    pub(crate) fn span(self) -> f64 {
        self.max - self.min
    }

    /// Where `value` lies between the ends: 0 at the least, 1 at the greatest.
    pub(crate) fn fraction(self, value: f64) -> f64 {
        (value - self.min) / self.span()
    }

    /// Whether there may be numbers for which the axis cannot be long enough.
    pub(crate) fn is_cut(self) -> bool {
        self.min <= -HUGE || self.max >= HUGE
    }

    pub(crate) fn contains(self, value: f64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

/// The least and greatest of the finite values, or nothing where there are none.
pub(crate) fn finite_ends(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let mut values = values.into_iter();
    ends(&mut || values.next())
}

fn ends(next: &mut dyn FnMut() -> Option<f64>) -> Option<(f64, f64)> {
    let mut ends: Option<(f64, f64)> = None;
    while let Some(value) = next() {
        if value.is_finite() {
            let (low, high) = ends.unwrap_or((value, value));
            ends = Some((value.min(low), value.max(high)));
        }
    }
    ends
}

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scale {
    #[default]
    Linear,
    /// Equal steps are equal factors; the limits are positive.
    Log,
}

impl Scale {
    /// Where `value` lies between the ends: 0 at the least, 1 at the greatest;
    /// −∞ for what a logarithm does not have.
    pub(crate) fn fraction(self, limits: Limits, value: f64) -> f64 {
        match self {
            Scale::Linear => limits.fraction(value),
            Scale::Log if value <= 0.0 => f64::NEG_INFINITY,
            // Differences of logarithms, as quotients of the ends can overflow.
            Scale::Log => {
                let low = limits.min().ln();
                (value.ln() - low) / (limits.max().ln() - low)
            }
        }
    }
}

/// An axis: what it spans and what is written at it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) limits: Limits,
    pub(crate) scale: Scale,
    pub(crate) label: Option<String>,
    /// Ticks only at whole numbers (counts, integer data).
    pub(crate) integer: bool,
    /// Values grow downwards (y) — the rows of a matrix.
    pub(crate) reversed: bool,
    /// Names at 0, 1, 2, … instead of numbers.
    pub(crate) categories: Option<Vec<String>>,
    /// Whether numbers or names are written at the ticks; inner panels of a grid
    /// with common axes leave that to the outer ones.
    pub(crate) written: bool,
}

impl Axis {
    pub(crate) fn new(limits: Limits) -> Self {
        Axis {
            limits,
            scale: Scale::Linear,
            label: None,
            integer: false,
            reversed: false,
            categories: None,
            written: true,
        }
    }

    /// A logarithmic axis from the least to the greatest positive number given;
    /// from 1 to 10 where there is none.
    pub(crate) fn log(min: f64, max: f64) -> Self {
        let positive = |v: f64| v > 0.0 && v.is_finite();
        let (low, high) = match (positive(min), positive(max)) {
            (true, true) => (min.min(max), min.max(max)),
            (true, false) => (min, min * 10.0),
            (false, true) => (max / 10.0, max),
            (false, false) => (1.0, 10.0),
        };
        let (low, high) = if high / low > 1.000_001 {
            (low, high)
        } else {
            (low / 2.0, high * 2.0)
        };
        Axis {
            scale: Scale::Log,
            // The ends are kept exactly, as `from_min_max` treats spans that are
            // small beside the greater end as none.
            limits: Limits {
                min: low.clamp(f64::MIN_POSITIVE, f64::MAX / 2.0),
                max: high.clamp(f64::MIN_POSITIVE * 2.0, f64::MAX),
            },
            ..Axis::new(Limits::from_min_max(1.0, 10.0))
        }
    }

    /// Names at 0, 1, 2, …, each with half a step of room to both sides.
    pub(crate) fn categories(names: Vec<String>) -> Self {
        let last = names.len().max(1) as f64;
        Axis {
            categories: Some(names),
            ..Axis::new(Limits::from_min_max(-0.5, last - 0.5))
        }
    }

    pub(crate) fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Where `value` lies between the ends: 0 at the least, 1 at the greatest.
    pub(crate) fn fraction(&self, value: f64) -> f64 {
        self.scale.fraction(self.limits, value)
    }

    /// `share` of the axis added at both ends.
    pub(crate) fn padded(mut self, share: f64) -> Self {
        self.limits = match self.scale {
            Scale::Linear => self.limits.padded(share),
            Scale::Log => {
                let decades = self.limits.max.log10() - self.limits.min.log10();
                let factor = 10_f64.powf(decades * share);
                let low = (self.limits.min / factor).max(f64::MIN_POSITIVE);
                let high = (self.limits.max * factor).min(f64::MAX);
                Axis::log(low, high).limits
            }
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_axis_has_positive_ends() {
        let ends = |min, max| {
            let limits = Axis::log(min, max).limits;
            (limits.min(), limits.max())
        };
        assert_eq!(ends(0.01, 100.0), (0.01, 100.0));
        assert_eq!(ends(1e-9, 1e9), (1e-9, 1e9));
        assert_eq!(ends(0.0, 100.0), (10.0, 100.0));
        assert_eq!(ends(5.0, 5.0), (2.5, 10.0));
        assert_eq!(ends(f64::NAN, -1.0), (1.0, 10.0));
        let (low, high) = ends(5e-324, f64::MAX);
        assert!(low > 0.0 && high.is_finite());
        assert_eq!(Axis::log(low, high).fraction(high), 1.0);
        let padded = Axis::log(1e-300, 1e300).padded(0.05).limits;
        assert!(padded.min() < 1e-300 && padded.max() > 1e300);
    }

    #[test]
    fn fractions_follow_the_scale() {
        let axis = Axis::log(1.0, 100.0);
        assert!((axis.fraction(10.0) - 0.5).abs() < 1e-15);
        assert_eq!(axis.fraction(0.0), f64::NEG_INFINITY);
        assert_eq!(
            Axis::categories(vec!["a".into(), "b".into()]).fraction(0.5),
            0.5
        );
    }
}
