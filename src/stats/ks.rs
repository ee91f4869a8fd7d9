//! How far two samples are apart, as `scipy.stats.ks_2samp`.

/// The two-sample Kolmogorov–Smirnov statistic: the largest distance between the
/// shares of values up to each point, from 0 for equal distributions to 1 for
/// samples that do not overlap.
///
/// Mirrors the `statistic` of the two-sided [`scipy.stats.ks_2samp`] with
/// `nan_policy="omit"`: NaN are left out, and infinities are values like any other.
/// Where that leaves no values on one side, the result is NaN.
///
/// [`scipy.stats.ks_2samp`]: https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ks_2samp.html
///
/// # Example
///
/// ```
/// use ndsight::stats::ks_2samp;
///
/// let (before, after) = ([1.0, 2.0, 3.0, 4.0], [3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(ks_2samp(&before, &after), 0.5);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn ks_2samp(x: &[f64], y: &[f64]) -> f64 {
    let (x, y) = (sorted(x), sorted(y));
    if x.is_empty() || y.is_empty() {
        return f64::NAN;
    }
    // Shares of both sides over one denominator, so that only the result is rounded.
    let (n, m) = (x.len() as u128, y.len() as u128);
    let (mut i, mut j, mut apart) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        let value = x[i].min(y[j]);
        i += x[i..].iter().take_while(|&&v| v <= value).count();
        j += y[j..].iter().take_while(|&&v| v <= value).count();
        apart = apart.max((i as u128 * m).abs_diff(j as u128 * n));
    }
    apart as f64 / (n * m) as f64
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INF: f64 = f64::INFINITY;

    /// SciPy 1.17's `ks_2samp(x, y, nan_policy="omit").statistic`.
    #[test]
    fn statistics_are_scipys() {
        let x = [0.1, 0.4, 0.4, 0.9, 1.5, 2.2, 3.0];
        let y = [0.4, 0.4, 0.5, 2.5, 2.5, 4.0, 9.0, -1.0, 0.0, 1.5];
        assert_eq!(ks_2samp(&x, &y), 0.257_142_857_142_857_1);
        assert_eq!(
            ks_2samp(&[1.0, 2.0, INF, -INF], &[INF, INF, 2.0, 0.0, 3.0]),
            0.35
        );
        assert_eq!(
            ks_2samp(&[0.0, -0.0, 1.0], &[-0.0, 1.0, f64::NAN]),
            0.166_666_666_666_666_66
        );
    }

    #[test]
    fn a_side_without_values_has_no_statistic() {
        assert!(ks_2samp(&[], &[1.0]).is_nan());
        assert!(ks_2samp(&[1.0], &[f64::NAN]).is_nan());
    }

    proptest! {
        #[test]
        fn the_statistic_is_the_largest_distance_at_any_value(
            x in prop::collection::vec(-9i8..9, 1..40),
            y in prop::collection::vec(-9i8..9, 1..40),
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) =
                (x.into_iter().map(f64::from).collect(), y.into_iter().map(f64::from).collect());
            let share = |of: &[f64], at: f64| of.iter().filter(|v| **v <= at).count() as f64 / of.len() as f64;
            let apart = |at: &f64| (share(&x, *at) - share(&y, *at)).abs();
            let wanted = x.iter().chain(&y).map(apart).fold(0.0, f64::max);
            prop_assert!((ks_2samp(&x, &y) - wanted).abs() < 1e-12);
            prop_assert_eq!(ks_2samp(&y, &x), ks_2samp(&x, &y));
            prop_assert_eq!(ks_2samp(&x, &x), 0.0);
        }
    }
}
