//! Kernel density estimates, as `scipy.stats.gaussian_kde`.

use std::f64::consts::TAU;

use super::bandwidth::Bandwidth;
use super::finite::{ends, finite};
use super::histogram::Dropped;
use crate::error::{Error, Result};
use crate::list::MapEach;

/// An estimate of the density that values come from: the mean of normal
/// distributions around each of them.
///
/// Mirrors [`scipy.stats.gaussian_kde`] in one dimension, with its bandwidths.
/// It differs in that values that are not finite are left out and counted
/// ([`dropped`](Kde::dropped)), where SciPy's result is NaN.
///
/// [`evaluate`](Kde::evaluate) adds up all the kernels at each place, for a few
/// places or a few thousand values. [`curve`](Kde::curve) is for drawing: as
/// good to the eye, and quick for millions of values.
///
/// [`scipy.stats.gaussian_kde`]: https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.gaussian_kde.html
///
/// # Example
///
/// ```
/// use ndsight::stats::{Bandwidth, Kde};
///
/// let kde = Kde::new(&[1.0, 2.0, 2.5, 4.0], Bandwidth::Scott)?;
/// let (low, high) = kde.support(3.0);
/// let curve = kde.curve(low, high, 200);
/// let highest = curve.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
/// assert_eq!(highest.map(|(x, _)| (x * 10.0).round()), Some(21.0));
///
/// let err = Kde::new(&[3.0, 3.0], Bandwidth::Scott).unwrap_err();
/// assert_eq!(
///     err.to_string(),
///     "expected values that differ, to estimate a density, but found 2 that are all 3.0"
/// );
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Kde {
    /// Finite, and of some weight.
    pub(super) values: Vec<f64>,
    /// One for each value, with sum 1; `None` where all weigh the same.
    pub(super) weights: Option<Vec<f64>>,
    /// Least and greatest value.
    ends: (f64, f64),
    /// Standard deviation of the kernel.
    pub(super) bandwidth: f64,
    dropped: Dropped,
}

impl Kde {
    /// The estimate for these values, all of the same weight.
    ///
    /// # Errors
    ///
    /// - fewer than two finite values, or all of them equal;
    /// - a bandwidth that is not a finite number above 0, by its factor or
    ///   because the values lie too far apart or too close for an `f64`.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::{Bandwidth, Kde};
    ///
    /// let kde = Kde::new(&[0.0, 1.0], Bandwidth::from(1.0))?;
    /// assert_eq!(kde.bandwidth(), 0.5_f64.sqrt());
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn new(values: &[f64], bandwidth: impl Into<Bandwidth>) -> Result<Kde> {
        let (kept, dropped) = finite(values);
        Kde::of_kept(kept, None, dropped, bandwidth.into())
    }

    /// The estimate for these values, each as if it were there `weight` times,
    /// but for the factor: it is that of `(Σ w)² / Σ w²` values.
    ///
    /// Mirrors `gaussian_kde(values, weights=weights)`. Values of weight 0
    /// count for nothing.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Kde::new); a weight for each value is not given; a
    /// weight is negative or not finite.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::{Bandwidth, Kde};
    ///
    /// let heavy = Kde::weighted(&[0.0, 10.0], &[3.0, 1.0], Bandwidth::Factor(0.1))?;
    /// let densities = heavy.evaluate(&[0.0, 10.0]);
    /// assert!((densities[0] / densities[1] - 3.0).abs() < 1e-9);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn weighted(
        values: &[f64],
        weights: &[f64],
        bandwidth: impl Into<Bandwidth>,
    ) -> Result<Kde> {
        check_weights(values.len(), weights)?;
        let (_, dropped) = finite(values);
        let pairs = values.iter().zip(weights);
        let (kept, weights): (Vec<f64>, Vec<f64>) = pairs
            .filter(|(value, weight)| value.is_finite() && **weight > 0.0)
            .unzip();
        Kde::of_kept(kept, Some(shares(weights)), dropped, bandwidth.into())
    }

    fn of_kept(
        values: Vec<f64>,
        weights: Option<Vec<f64>>,
        dropped: Dropped,
        bandwidth: Bandwidth,
    ) -> Result<Kde> {
        let ends = differing(&values)?;
        let squares = match &weights {
            None => 1.0 / values.len() as f64,
            Some(weights) => weights.iter().map(|w| w * w).sum(),
        };
        let kde = Kde {
            values,
            weights,
            ends,
            bandwidth: 0.0,
            dropped,
        };
        let width = bandwidth.factor(1.0 / squares) * kde.deviation(squares);
        kde.with_bandwidth(width)
    }

    fn with_bandwidth(self, bandwidth: f64) -> Result<Kde> {
        if bandwidth > 0.0 && bandwidth.is_finite() && bandwidth.recip().is_finite() {
            return Ok(Kde { bandwidth, ..self });
        }
        Err(Error::value(format!(
            "expected a bandwidth that is a finite number above 0, but found {bandwidth:?} for \
             values from {:?} to {:?}",
            self.ends.0, self.ends.1
        ))
        .coded("invalid_bandwidth"))
    }

    /// The same estimate with a kernel `by` times as wide: `bw_adjust` of
    /// seaborn.
    ///
    /// # Errors
    ///
    /// Where that is not a finite bandwidth above 0.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::{Bandwidth, Kde};
    ///
    /// let kde = Kde::new(&[1.0, 2.0, 4.0], Bandwidth::Silverman)?;
    /// let smoother = kde.clone().adjusted(2.0)?;
    /// assert_eq!(smoother.bandwidth(), 2.0 * kde.bandwidth());
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn adjusted(self, by: f64) -> Result<Kde> {
        let bandwidth = self.bandwidth * by;
        self.with_bandwidth(bandwidth)
    }

    /// Standard deviation of the kernel, in the units of the values.
    ///
    /// That is the square root of SciPy's `kde.covariance`, its `factor` times
    /// the values' standard deviation.
    pub fn bandwidth(&self) -> f64 {
        self.bandwidth
    }

    /// The values that were left out because they are not finite.
    pub fn dropped(&self) -> Dropped {
        self.dropped
    }

    /// From `cut` bandwidths below the least value to `cut` above the greatest:
    /// where seaborn's `kdeplot(cut=3)` draws the curve.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::{Bandwidth, Kde};
    ///
    /// let kde = Kde::new(&[0.0, 1.0, 5.0], Bandwidth::Scott)?;
    /// assert_eq!(kde.support(0.0), (0.0, 5.0));
    /// assert_eq!(kde.support(3.0).1, 5.0 + 3.0 * kde.bandwidth());
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn support(&self, cut: f64) -> (f64, f64) {
        let beyond = cut * self.bandwidth;
        (self.ends.0 - beyond, self.ends.1 + beyond)
    }

    /// The density at each of these places: NaN at NaN, 0 at the infinities.
    ///
    /// Mirrors `gaussian_kde.evaluate`. It costs as many steps as there are
    /// pairs of a value and a place.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::{Bandwidth, Kde};
    ///
    /// let kde = Kde::new(&[1.0, 2.0, 4.0], Bandwidth::Scott)?;
    /// let density = kde.evaluate(&[2.0, f64::INFINITY]);
    /// assert_eq!((density[0] * 1e6).round(), 214_895.0);
    /// assert_eq!(density[1], 0.0);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn evaluate(&self, at: &[f64]) -> Vec<f64> {
        at.map_each(|&x| self.density(x))
    }

    pub(super) fn density(&self, x: f64) -> f64 {
        if !x.is_finite() {
            return if x.is_nan() { f64::NAN } else { 0.0 };
        }
        let kernels = self.weighted_values();
        let sum: f64 = kernels.map(|(v, weight)| weight * self.kernel(x - v)).sum();
        sum / self.area()
    }

    /// The kernel at a distance from its middle, where it is 1.
    #[inline]
    pub(super) fn kernel(&self, distance: f64) -> f64 {
        let z = distance / self.bandwidth;
        (-0.5 * z * z).exp()
    }

    /// The area under [`kernel`](Self::kernel).
    pub(super) fn area(&self) -> f64 {
        TAU.sqrt() * self.bandwidth
    }

    pub(super) fn weighted_values(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let equal = 1.0 / self.values.len() as f64;
        let weight = move |i: usize| self.weights.as_ref().map_or(equal, |weights| weights[i]);
        let values = self.values.iter().enumerate();
        values.map(move |(i, &value)| (value, weight(i)))
    }

    /// The standard deviation of the values as a sample, where `squares` is the
    /// sum of the squares of their weights.
    fn deviation(&self, squares: f64) -> f64 {
        let (least, greatest) = self.ends;
        // In units of the span, where squares neither overflow nor vanish.
        let span = greatest - least;
        if span == f64::INFINITY {
            return span;
        }
        let place = |value: f64| (value - least) / span;
        let mean: f64 = self.weighted_values().map(|(v, w)| w * place(v)).sum();
        let square = |value: f64| (place(value) - mean) * (place(value) - mean);
        let variance: f64 = self.weighted_values().map(|(v, w)| w * square(v)).sum();
        span * (variance / (1.0 - squares)).sqrt()
    }
}

fn check_weights(values: usize, weights: &[f64]) -> Result<()> {
    if weights.len() != values {
        return Err(Error::shape(format!(
            "expected a weight for each of {values} values, but found {}",
            weights.len()
        ))
        .coded("shape_mismatch"));
    }
    match weights.iter().find(|w| !(w.is_finite() && **w >= 0.0)) {
        None => Ok(()),
        Some(weight) => Err(Error::value(format!(
            "expected weights that are finite and not negative, but found {weight}"
        ))
        .coded("invalid_weights")),
    }
}

/// The weights divided by their sum, which may be beyond `f64`.
fn shares(mut weights: Vec<f64>) -> Vec<f64> {
    let greatest = weights.iter().copied().fold(0.0, f64::max);
    let sum: f64 = weights.iter().map(|w| w / greatest).sum();
    weights.iter_mut().for_each(|w| *w = *w / greatest / sum);
    weights
}

/// Least and greatest of the values; an error unless they differ.
fn differing(values: &[f64]) -> Result<(f64, f64)> {
    let found = values.len();
    match ends(values) {
        Some((least, greatest)) if least < greatest => Ok((least, greatest)),
        Some((least, _)) if found > 1 => Err(Error::value(format!(
            "expected values that differ, to estimate a density, but found {found} that are all \
             {least:?}"
        ))
        .coded("constant")),
        _ => Err(Error::value(format!(
            "expected at least two finite values to estimate a density, but found {found}"
        ))
        .coded("no_data")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: [f64; 5] = [-1.5, 0.25, 0.5, 3.0, 8.0];
    const AT: [f64; 5] = [-3.0, 0.0, 0.3, 5.0, 20.0];

    #[track_caller]
    fn assert_close(found: &[f64], wanted: &[f64]) {
        assert_eq!(found.len(), wanted.len());
        for (a, b) in found.iter().zip(wanted) {
            assert!((a - b).abs() <= 1e-12 * b.abs(), "{found:?}");
        }
    }

    /// SciPy 1.17's `gaussian_kde(X, bw_method)(AT)`.
    #[test]
    fn densities_are_scipys() {
        let cases: [(Bandwidth, f64, [f64; 5]); 3] = [
            (
                Bandwidth::Scott,
                2.676537798446208,
                [
                    0.05484142840544385,
                    0.10070167390721042,
                    0.10170729029775888,
                    0.053443035482223136,
                    1.2868471024220768e-06,
                ],
            ),
            (
                Bandwidth::Silverman,
                2.835052647582524,
                [
                    0.05520386670941194,
                    0.09681425703805091,
                    0.09780542683208102,
                    0.05495435856251553,
                    3.622672664156929e-06,
                ],
            ),
            (
                Bandwidth::Factor(0.3),
                1.1078695771614995,
                [
                    0.030263664607251863,
                    0.1658960626615539,
                    0.16573897198826595,
                    0.015985605162029123,
                    2.4041682669513227e-27,
                ],
            ),
        ];
        for (rule, bandwidth, densities) in cases {
            let kde = Kde::new(&X, rule).unwrap();
            assert_close(&[kde.bandwidth()], &[bandwidth]);
            assert_close(&kde.evaluate(&AT), &densities);
        }
    }

    /// SciPy 1.17's `gaussian_kde(X, weights=[1, 2, 0.5, 0, 4])(AT)`.
    #[test]
    fn weights_count_as_in_scipy() {
        let kde = Kde::weighted(&X, &[1.0, 2.0, 0.5, 0.0, 4.0], Bandwidth::Scott).unwrap();
        let densities = [
            0.03651795893286351,
            0.05117893677312205,
            0.05214104248508866,
            0.059714396560716095,
            0.001033602674343021,
        ];
        assert_close(&[kde.bandwidth()], &[4.31561918062685]);
        assert_close(&kde.evaluate(&AT), &densities);
        let curve: Vec<f64> = kde.curve(-3.0, 20.0, 2).iter().map(|(_, y)| *y).collect();
        assert_close(&curve, &[densities[0], densities[4]]);
        let huge = Kde::weighted(&[0.0, 1.0], &[f64::MAX, f64::MAX], 1.0).unwrap();
        assert_close(&[huge.bandwidth()], &[0.5_f64.sqrt()]);
    }

    #[test]
    fn what_is_not_finite_is_left_out() {
        let kde = Kde::new(&[1.0, f64::NAN, 2.0, f64::INFINITY], Bandwidth::Scott).unwrap();
        assert_eq!((kde.dropped().nan, kde.dropped().infinite), (1, 1));
        assert_eq!(
            kde.bandwidth(),
            Kde::new(&[1.0, 2.0], Bandwidth::Scott).unwrap().bandwidth()
        );
        assert!(kde.evaluate(&[f64::NAN])[0].is_nan());
    }

    fn message(values: &[f64], bandwidth: impl Into<Bandwidth>) -> String {
        Kde::new(values, bandwidth).unwrap_err().to_string()
    }

    #[test]
    fn values_without_a_density_are_told_why() {
        let scott = Bandwidth::Scott;
        assert_eq!(
            message(&[f64::NAN, 7.0], scott),
            "expected at least two finite values to estimate a density, but found 1"
        );
        assert_eq!(
            message(&[0.1; 7], scott),
            "expected values that differ, to estimate a density, but found 7 that are all 0.1"
        );
        assert_eq!(
            message(&[-f64::MAX, f64::MAX], scott),
            "expected a bandwidth that is a finite number above 0, but found inf for values from \
             -1.7976931348623157e308 to 1.7976931348623157e308"
        );
        for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let found = message(&[0.0, 1.0], factor);
            assert!(found.contains("expected a bandwidth that is a finite number above 0"));
        }
        assert!(message(&[0.0, 5e-324], scott).contains("but found"));
    }

    #[test]
    fn tiny_and_large_spreads_are_kept() {
        for scale in [1e-200, 1e200] {
            let kde = Kde::new(&X.map(|x| x * scale), Bandwidth::Scott).unwrap();
            assert_close(&[kde.bandwidth() / scale], &[2.676537798446208]);
        }
    }

    #[test]
    fn weights_that_make_no_sense_are_told_so() {
        let message = |weights: &[f64]| {
            Kde::weighted(&[1.0, 2.0], weights, 1.0)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            message(&[1.0]),
            "expected a weight for each of 2 values, but found 1"
        );
        assert_eq!(
            message(&[1.0, -0.5]),
            "expected weights that are finite and not negative, but found -0.5"
        );
        assert_eq!(
            message(&[1.0, 0.0]),
            "expected at least two finite values to estimate a density, but found 1"
        );
    }
}
