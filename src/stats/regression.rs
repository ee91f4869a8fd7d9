//! The straight line through pairs of numbers, as `scipy.stats.linregress`.

use super::centred::Centred;
use super::finite::FinitePairs;
use super::histogram::Dropped;
use super::student::{split, two_sided_quantile};
use crate::error::{Error, Result};

/// The line with the least squares of the distances from it, measured along y.
///
/// # Example
///
/// ```
/// use ndsight::stats::linear_fit;
///
/// let fit = linear_fit(&[0.0, 1.0, 2.0, 3.0], &[1.0, 3.0, 5.0, 7.0])?;
/// assert_eq!((fit.slope, fit.intercept, fit.r), (2.0, 1.0, 1.0));
/// assert_eq!(fit.at(10.0), 21.0);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LinearFit {
    /// How much y rises where x rises by 1.
    pub slope: f64,
    /// The line's y at x = 0.
    pub intercept: f64,
    /// Pearson's coefficient of correlation: NaN where all y are equal.
    pub r: f64,
    /// The share of equal size samples without any relation that would have
    /// such an r or one further from 0: the two-sided p-value. NaN where r is,
    /// 0 where all pairs lie on a rising or falling line.
    pub p_value: f64,
    /// Standard error of the slope; 0 for two pairs, as in SciPy.
    pub slope_error: f64,
    /// Standard error of the intercept; 0 for two pairs, as in SciPy.
    pub intercept_error: f64,
    /// The pairs that the line was fitted to.
    pub count: usize,
    /// The pairs that were left out because a number is not finite.
    pub dropped: Dropped,
    means: (f64, f64),
    /// Root of the sum of the squares of x less its mean.
    extent: f64,
    /// Standard deviation of y about the line.
    deviation: f64,
}

/// Fits a straight line to pairs of numbers.
///
/// Mirrors [`scipy.stats.linregress`]: `slope`, `intercept`, `r`, `p_value`,
/// `slope_error` and `intercept_error` are its `slope`, `intercept`, `rvalue`,
/// `pvalue`, `stderr` and `intercept_stderr`. It differs in that pairs that are
/// not finite are left out and counted; that errors are taken from the distances
/// themselves, so that they are exact for pairs on a line, and 0 where all y are
/// equal (SciPy: NaN); and that a perfect fit has the p-value 0, not nearly so.
///
/// [`scipy.stats.linregress`]: https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.linregress.html
///
/// # Errors
///
/// - not as many x as y;
/// - fewer than two finite pairs, or all of the same x;
/// - a slope or intercept that is beyond `f64`.
///
/// # Example
///
/// ```
/// use ndsight::stats::linear_fit;
///
/// let fit = linear_fit(&[1.0, 2.0, 3.0, 4.0], &[2.0, 1.0, 4.0, 3.0])?;
/// assert!((fit.slope - 0.6).abs() < 1e-12 && (fit.p_value - 0.4).abs() < 1e-12);
///
/// let err = linear_fit(&[1.0, 1.0], &[2.0, 3.0]).unwrap_err();
/// assert_eq!(
///     err.to_string(),
///     "expected x that differ, to fit a line, but found 2 pairs with x = 1.0"
/// );
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn linear_fit(x: &[f64], y: &[f64]) -> Result<LinearFit> {
    let pairs = FinitePairs::new(x, y)?;
    if pairs.x.len() < 2 {
        return Err(Error::value(format!(
            "expected at least two finite pairs to fit a line, but found {}",
            pairs.x.len()
        ))
        .coded("no_data"));
    }
    let (x, y) = (Centred::new(&pairs.x), Centred::new(&pairs.y));
    let extent = x.dot(&x).sqrt();
    if extent == 0.0 {
        return Err(Error::value(format!(
            "expected x that differ, to fit a line, but found {} pairs with x = {:?}",
            pairs.x.len(),
            x.mean
        ))
        .coded("constant"));
    }
    let fit = LinearFit::of_centred(&x, &y, extent, pairs.dropped);
    if fit.slope.is_finite() && fit.intercept.is_finite() {
        return Ok(fit);
    }
    Err(Error::value(format!(
        "expected a line whose slope and intercept are finite numbers, but found {:?} and {:?}; \
         scale the data down",
        fit.slope, fit.intercept
    ))
    .coded("overflow"))
}

impl LinearFit {
    fn of_centred(x: &Centred, y: &Centred, extent: f64, dropped: Dropped) -> Self {
        let count = x.deviations.len();
        let steepness = x.dot(y) / x.dot(x);
        let pairs = x.deviations.iter().zip(&y.deviations);
        let distances = pairs.map(|(x, y)| y - steepness * x);
        let rest: f64 = distances.map(|d| d * d).sum();
        let freedom = count as f64 - 2.0;
        let deviation = if count == 2 {
            0.0
        } else {
            (rest / freedom).sqrt()
        };
        // From units in which squares are safe back to those of the data.
        let slope = steepness * y.unit / x.unit;
        let extent_in_x = extent * x.unit;
        let slope_error = deviation / extent * y.unit / x.unit;
        let from_zero = x.mean / extent_in_x;
        let r = x.correlation(y);
        LinearFit {
            slope,
            intercept: y.mean - slope * x.mean,
            r,
            p_value: p_value(r, steepness * extent / deviation, count),
            slope_error,
            intercept_error: deviation
                * y.unit
                * (1.0 / count as f64 + from_zero * from_zero).sqrt(),
            count,
            dropped,
            means: (x.mean, y.mean),
            extent: extent_in_x,
            deviation: deviation * y.unit,
        }
    }

    /// The line's y at `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.means.1 + self.slope * (x - self.means.0)
    }

    /// Where the mean of all y at `x` lies with the confidence `level`, such as
    /// 0.95: the lower and the upper end, by Student's t.
    ///
    /// It is the band of `seaborn.regplot`, which resamples the pairs instead,
    /// and that of R's `predict(fit, interval = "confidence")`. Infinite for a
    /// level of 1; NaN for one that is not between 0 and 1, and for two pairs,
    /// which leave no freedom.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::linear_fit;
    ///
    /// let fit = linear_fit(&[1.0, 2.0, 3.0, 4.0], &[2.0, 1.0, 4.0, 3.0])?;
    /// let (low, high) = fit.confidence_band(2.5, 0.95);
    /// assert!(low < fit.at(2.5) && fit.at(2.5) < high);
    /// let (wider_low, wider_high) = fit.confidence_band(4.0, 0.95);
    /// assert!(wider_high - wider_low > high - low);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn confidence_band(&self, x: f64, level: f64) -> (f64, f64) {
        if self.count < 3 || !(0.0..=1.0).contains(&level) {
            return (f64::NAN, f64::NAN);
        }
        let away = (x - self.means.0) / self.extent;
        let error = self.deviation * (1.0 / self.count as f64 + away * away).sqrt();
        let reach = two_sided_quantile(level, self.count as f64 - 2.0) * error;
        let middle = self.at(x);
        (middle - reach, middle + reach)
    }
}

/// How often chance alone has a slope `t` standard errors from 0, or further.
fn p_value(r: f64, t: f64, count: usize) -> f64 {
    if count == 2 {
        // SciPy's convention: nothing is left to be judged.
        return if r.is_nan() { 1.0 } else { 0.0 };
    }
    if r.is_nan() {
        return f64::NAN;
    }
    split(t, count as f64 - 2.0).outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn assert_close(found: f64, wanted: f64) {
        let close = (found - wanted).abs() <= 1e-11 * wanted.abs();
        assert!(
            close || (found.is_nan() && wanted.is_nan()),
            "{found:e}, not {wanted:e}"
        );
    }

    const X: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.5];
    const Y: [f64; 6] = [2.1, 3.9, 6.2, 7.8, 10.1, 12.0];

    /// SciPy 1.17's `linregress(X, Y)`.
    #[test]
    fn a_line_is_scipys() {
        let fit = linear_fit(&X, &Y).unwrap();
        assert_close(fit.slope, 1.8478350515463913);
        assert_close(fit.intercept, 0.3952577319587647);
        assert_close(fit.r, 0.9963456105728946);
        assert_close(fit.p_value, 2.0007441742166036e-05);
        assert_close(fit.slope_error, 0.07920424727015007);
        assert_close(fit.intercept_error, 0.31887292881925605);
    }

    /// The formula of the interval with SciPy 1.17's `linregress` and `t.ppf`.
    #[test]
    fn the_band_is_that_of_students_t() {
        let fit = linear_fit(&X, &Y).unwrap();
        let cases = [
            (0.95, 0.0, -0.4900754504415221, 1.2805909143590515),
            (0.95, 3.0, 5.515288697962134, 6.362237075233743),
            (0.5, 10.0, 18.482071672252733, 19.26514482259262),
            (0.99, 3.0, 5.2365284586969025, 6.640997314498975),
        ];
        for (level, x, low, high) in cases {
            let band = fit.confidence_band(x, level);
            assert_close(band.0, low);
            assert_close(band.1, high);
        }
        assert_eq!(
            fit.confidence_band(1.0, 1.0),
            (f64::NEG_INFINITY, f64::INFINITY)
        );
        for level in [-0.1, 1.1, f64::NAN] {
            assert!(fit.confidence_band(1.0, level).0.is_nan());
        }
    }

    /// SciPy 1.17 says the same, but for errors of NaN where all y are equal.
    #[test]
    fn perfect_lines_leave_no_error() {
        let two = linear_fit(&[1.0, 2.0], &[3.0, 5.0]).unwrap();
        assert_eq!((two.slope, two.intercept, two.p_value), (2.0, 1.0, 0.0));
        assert_eq!((two.slope_error, two.intercept_error), (0.0, 0.0));
        assert!(two.confidence_band(1.0, 0.95).0.is_nan());
        let level = linear_fit(&[1.0, 2.0], &[3.0, 3.0]).unwrap();
        assert!(level.r.is_nan() && level.p_value == 1.0);
        let flat = linear_fit(&[1.0, 2.0, 3.0], &[4.0, 4.0, 4.0]).unwrap();
        assert_eq!(
            (flat.slope, flat.intercept, flat.slope_error),
            (0.0, 4.0, 0.0)
        );
        assert!(flat.r.is_nan() && flat.p_value.is_nan());
        assert_eq!(flat.confidence_band(2.0, 0.95), (4.0, 4.0));
        let steep = linear_fit(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap();
        assert_eq!((steep.r, steep.p_value), (1.0, 0.0));
    }

    #[test]
    fn pairs_that_fit_no_line_are_told_why() {
        let message = |x: &[f64], y: &[f64]| linear_fit(x, y).unwrap_err().to_string();
        assert_eq!(
            message(&[1.0, 2.0, 3.0], &[1.0]),
            "expected as many x as y, but found 3 and 1"
        );
        assert_eq!(
            message(&[1.0, f64::NAN], &[1.0, 2.0]),
            "expected at least two finite pairs to fit a line, but found 1"
        );
        assert_eq!(
            message(&[0.1; 3], &[1.0, 2.0, 3.0]),
            "expected x that differ, to fit a line, but found 3 pairs with x = 0.1"
        );
        assert_eq!(
            message(&[0.0, 1e-300], &[-1e300, 1e300]),
            "expected a line whose slope and intercept are finite numbers, but found inf and -inf; \
             scale the data down"
        );
    }

    #[test]
    fn size_and_place_do_not_matter() {
        for scale in [1e-200, 1e200] {
            let fit = linear_fit(&X.map(|x| x * scale), &Y.map(|y| y * scale)).unwrap();
            assert_close(fit.slope, 1.8478350515463913);
            assert_close(fit.slope_error, 0.07920424727015007);
            assert_close(
                fit.confidence_band(3.0 * scale, 0.95).0 / scale,
                5.515288697962134,
            );
        }
        let dates = linear_fit(&X.map(|x| x + 2f64.powi(40)), &Y).unwrap();
        assert!((dates.slope - 1.8478350515463913).abs() < 1e-3);
        let holes =
            linear_fit(&[1.0, f64::NAN, 2.0, 5.0], &[1.0, 1.0, f64::INFINITY, 3.0]).unwrap();
        assert_eq!(
            (holes.count, holes.dropped.total(), holes.slope),
            (2, 2, 0.5)
        );
    }

    proptest! {
        #[test]
        fn the_distances_have_no_sum_and_no_slope(
            pairs in prop::collection::vec((-1e3..1e3, -1e3..1e3), 3..40),
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let Ok(fit) = linear_fit(&x, &y) else { return Ok(()) };
            let distances: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - fit.at(*x)).collect();
            let sum: f64 = distances.iter().sum();
            let along: f64 = distances.iter().zip(&x).map(|(d, x)| d * x).sum();
            prop_assert!(sum.abs() < 1e-6 && along.abs() < 1e-3);
            prop_assert!((-1.0..=1.0).contains(&fit.r) && (0.0..=1.0).contains(&fit.p_value));
        }
    }
}
