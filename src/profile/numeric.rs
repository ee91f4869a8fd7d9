//! A column of numbers: how many there are, where they lie, how they are spread.

use crate::stats::summary::Number;

/// How many different values a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distinct {
    /// So many.
    Exactly(u64),
    /// More than so many: they are counted no further.
    MoreThan(u64),
}

/// What is known of a column of numbers: the rows of `pandas.DataFrame.describe`, and
/// what its values are.
///
/// Statistics are those of the finite values; NaN and infinities are counted. (Pandas
/// leaves out NaN alone, so that one infinity makes its mean infinite and its standard
/// deviation NaN.)
#[derive(Clone, Debug, PartialEq)]
pub struct NumericSummary {
    pub(crate) count: u64,
    pub(crate) nan: u64,
    pub(crate) infinite: u64,
    pub(crate) zeros: u64,
    pub(crate) ends: Option<(Number, Number)>,
    pub(crate) mean: Option<f64>,
    pub(crate) std: Option<f64>,
    pub(crate) skewness: Option<f64>,
    pub(crate) quartiles: Option<[f64; 3]>,
    pub(crate) whole: bool,
    pub(crate) outliers: u64,
    pub(crate) distinct: Distinct,
    pub(crate) histogram: Vec<u64>,
}

impl NumericSummary {
    /// How many values are not NaN.
    pub fn count(&self) -> u64 {
        self.count - self.nan
    }

    /// How many values are NaN.
    pub fn missing(&self) -> u64 {
        self.nan
    }

    /// How many values are infinite.
    pub fn infinite(&self) -> u64 {
        self.infinite
    }

    /// How many values are 0, of either sign.
    pub fn zeros(&self) -> u64 {
        self.zeros
    }

    /// The least finite value.
    pub fn min(&self) -> Option<f64> {
        self.ends.map(|(least, _)| least.to_f64())
    }

    /// The greatest finite value.
    pub fn max(&self) -> Option<f64> {
        self.ends.map(|(_, greatest)| greatest.to_f64())
    }

    /// The mean of the finite values.
    pub fn mean(&self) -> Option<f64> {
        self.mean
    }

    /// The standard deviation of the finite values with divisor `n − 1`, as pandas has
    /// it; `None` of fewer than two.
    pub fn std(&self) -> Option<f64> {
        self.std
    }

    /// The values below which 25, 50 and 75 % of the finite values lie, interpolated
    /// linearly as by `numpy.percentile`.
    pub fn quartiles(&self) -> Option<[f64; 3]> {
        self.quartiles
    }

    /// The value in the middle.
    pub fn median(&self) -> Option<f64> {
        self.quartiles.map(|[_, median, _]| median)
    }

    /// How lopsided the values lie, corrected for bias as `pandas.Series.skew`: 0 where
    /// they lie alike on both sides of the mean, above 0 with a long tail to the right.
    /// `None` of fewer than three values and where all are the same.
    pub fn skewness(&self) -> Option<f64> {
        self.skewness
    }

    /// How many finite values lie beyond three times the interquartile range from the
    /// quartiles.
    pub fn outliers(&self) -> u64 {
        self.outliers
    }

    /// How many different values there are, NaN left out.
    pub fn distinct(&self) -> Distinct {
        self.distinct
    }

    /// Whether all finite values are whole numbers.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many values are finite.
    pub(crate) fn finite(&self) -> u64 {
        self.count - self.nan - self.infinite
    }
}

impl NumericSummary {
    pub(crate) fn of_values(values: &[f64]) -> NumericSummary {
        let mut finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
        finite.sort_by(f64::total_cmp);
        let n = finite.len() as f64;
        let mean = finite.iter().sum::<f64>() / n;
        let power = |k: i32| finite.iter().map(|v| (v - mean).powi(k)).sum::<f64>();
        let at = |q: f64| {
            let position = q * (n - 1.0);
            let (low, t) = (position as usize, position.fract());
            let high = (low + 1).min(finite.len() - 1);
            finite[low] + (finite[high] - finite[low]) * t
        };
        let some = !finite.is_empty();
        let quartiles = some.then(|| [at(0.25), at(0.5), at(0.75)]);
        let std = (n > 1.0).then(|| (power(2) / (n - 1.0)).sqrt());
        let far = |v: &&f64| {
            quartiles.is_some_and(|[low, _, high]| {
                **v < low - 3.0 * (high - low) || **v > high + 3.0 * (high - low)
            })
        };
        let mut distinct = finite.clone();
        distinct.dedup();
        let mut histogram = vec![0; 20];
        if some {
            let (a, b) = (finite[0], finite[finite.len() - 1]);
            for v in &finite {
                let place = if b > a {
                    (v - a) / (b - a) * 20.0
                } else {
                    10.0
                };
                histogram[(place as usize).min(19)] += 1;
            }
        }
        let skew = n / ((n - 1.0) * (n - 2.0)) * power(3) / std.unwrap_or(0.0).powi(3);
        NumericSummary {
            count: values.len() as u64,
            nan: values.iter().filter(|v| v.is_nan()).count() as u64,
            infinite: values.iter().filter(|v| v.is_infinite()).count() as u64,
            zeros: finite.iter().filter(|v| **v == 0.0).count() as u64,
            ends: some.then(|| {
                (
                    Number::Float(finite[0]),
                    Number::Float(finite[finite.len() - 1]),
                )
            }),
            mean: some.then_some(mean),
            std,
            skewness: (n > 2.0 && skew.is_finite()).then_some(skew),
            quartiles,
            whole: finite.iter().all(|v| v.fract() == 0.0),
            outliers: finite.iter().filter(far).count() as u64,
            distinct: Distinct::Exactly(distinct.len() as u64),
            histogram,
        }
    }
}
