//! Student's t distribution: shares and quantiles.

use std::f64::consts::PI;

/// How the distribution is split by `-t` and `t`: the share between them and
/// that beyond, each to its own last few digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Split {
    pub(super) inside: f64,
    pub(super) outside: f64,
}

/// The shares inside and outside of `±t`, with `freedom` degrees of freedom:
/// `2 * scipy.stats.t.sf(t, df)` is the one outside.
pub(super) fn split(t: f64, freedom: f64) -> Split {
    if t.is_nan() || freedom.is_nan() || freedom <= 0.0 {
        return Split {
            inside: f64::NAN,
            outside: f64::NAN,
        };
    }
    let ratio = t.abs() / freedom.sqrt();
    // The incomplete beta function of (freedom / 2, 1 / 2): a power series in
    // the middle, a continued fraction in the tails, where each is quick. With
    // much freedom the series is so further out, and the fraction less exact.
    let middle = if freedom < 1000.0 { 3.0 } else { 12.0 };
    if t * t <= middle {
        let inside = (power_series(ratio, freedom) * leading(ratio, freedom) * 2.0).min(1.0);
        Split {
            inside,
            outside: 1.0 - inside,
        }
    } else {
        let tail = continued_fraction(ratio, freedom) * leading(ratio, freedom);
        let outside = (tail * 2.0 / freedom).min(1.0);
        Split {
            inside: 1.0 - outside,
            outside,
        }
    }
}

/// The `t` whose `±t` have the share `level` between them, which is
/// `scipy.stats.t.ppf((1 + level) / 2, df)`. 0 for levels up to 0, infinite
/// from 1 on.
pub(super) fn two_sided_quantile(level: f64, freedom: f64) -> f64 {
    if level.is_nan() || freedom.is_nan() || freedom <= 0.0 {
        return f64::NAN;
    }
    if level <= 0.0 || level >= 1.0 {
        return if level <= 0.0 { 0.0 } else { f64::INFINITY };
    }
    // The smaller share is the one that is known to more digits, and its
    // logarithm is nearly straight in that of `t`.
    let excess = |t: f64| {
        let shares = split(t, freedom);
        if level < 0.5 {
            (shares.inside / level).ln()
        } else {
            ((1.0 - level) / shares.outside).ln()
        }
    };
    let mut high = 1.0;
    while excess(high) < 0.0 && high < 1e300 {
        high *= 2.0;
    }
    root(excess, high)
}

/// The root, between 0 and `high`, of a function that rises: where a secant
/// leaves the bounds known so far, they are halved.
fn root(f: impl Fn(f64) -> f64, high: f64) -> f64 {
    let (mut low, mut high) = (0.0, high);
    let (mut before, mut x) = ((high, f(high)), 0.75 * high);
    for _ in 0..200 {
        let y = f(x);
        if y < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let slope = (y - before.1) / (x / before.0).ln();
        let step = -y / slope;
        before = (x, y);
        if y == 0.0 || step.abs() < 1e-15 || high - low <= f64::EPSILON * high {
            break;
        }
        let secant = x * step.exp();
        let inside = low < secant && secant < high;
        x = if inside { secant } else { 0.5 * (low + high) };
    }
    x
}

/// `x^a (1 - x)^(1/2) / B(a, 1/2)` for `a = freedom / 2` and
/// `x = 1 / (1 + ratio²)`.
fn leading(ratio: f64, freedom: f64) -> f64 {
    let (power, root) = if ratio < 1e100 {
        let square = ratio * ratio;
        (square.ln_1p(), (square / (1.0 + square)).sqrt())
    } else {
        (2.0 * ratio.ln(), 1.0)
    };
    (-0.5 * freedom * power).exp() * root * gamma_ratio(0.5 * freedom) / PI.sqrt()
}

/// `Γ(a + 1/2) / Γ(a)`: an asymptotic series far out, and from there down to
/// `a` by `Γ(a + 1) = a Γ(a)`.
fn gamma_ratio(a: f64) -> f64 {
    const FAR: f64 = 40.0;
    let (mut a, mut factor) = (a, 1.0);
    while a < FAR {
        factor *= a / (a + 0.5);
        a += 1.0;
    }
    let u = 1.0 / a;
    let coefficients = [
        1.0,
        -1.0 / 8.0,
        1.0 / 128.0,
        5.0 / 1024.0,
        -21.0 / 32768.0,
        -399.0 / 262_144.0,
    ];
    let series = coefficients.iter().rev().fold(0.0, |sum, c| sum * u + c);
    factor * a.sqrt() * series
}

/// The sum of `(a + 1/2)_n / (3/2)_n y^n` for `y = ratio² / (1 + ratio²)`.
fn power_series(ratio: f64, freedom: f64) -> f64 {
    let y = ratio * ratio / (1.0 + ratio * ratio);
    let (mut term, mut sum, mut n) = (1.0, 1.0, 0.0);
    while term > 1e-17 * sum {
        term *= (0.5 * freedom + 0.5 + n) / (1.5 + n) * y;
        sum += term;
        n += 1.0;
    }
    sum
}

/// The continued fraction of the incomplete beta function of (a, 1/2) at
/// `1 / (1 + ratio²)`, from front to back (Lentz).
fn continued_fraction(ratio: f64, freedom: f64) -> f64 {
    let (a, b) = (0.5 * freedom, 0.5);
    let x = 1.0 / (1.0 + ratio * ratio);
    let (mut c, mut d) = (1.0, 1.0 / apart(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for m in (1..10_000).map(f64::from) {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for coefficient in [even, odd] {
            d = 1.0 / apart(1.0 + coefficient * d);
            c = apart(1.0 + coefficient / c);
            fraction *= d * c;
        }
        if (fraction - before).abs() <= f64::EPSILON * fraction.abs() {
            break;
        }
    }
    fraction
}

/// A divisor kept from 0.
fn apart(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn assert_close(found: f64, wanted: f64, tolerance: f64) {
        let apart = (found / wanted - 1.0).abs();
        assert!(apart < tolerance, "{found:e}, not {wanted:e}: {apart:e}");
    }

    /// SciPy 1.17's `2 * t.sf(t, df)`.
    #[test]
    fn shares_outside_are_scipys() {
        let cases = [
            (0.1, 1.0, 0.936548965138893),
            (2.5, 1.0, 0.24223788318168682),
            (2.0, 2.0, 0.18350341907227397),
            (3.0, 5.0, 0.030099247897462586),
            (1.5, 10.0, 0.16450732644544014),
            (30.0, 10.0, 3.961792342031325e-11),
            (5.0, 1000.0, 6.767256364648635e-07),
            (1.9, 1e6, 0.057433406996539406),
            (40.0, 3.0, 3.4380680789158506e-05),
        ];
        for (t, freedom, wanted) in cases {
            assert_close(split(t, freedom).outside, wanted, 1e-12);
        }
    }

    /// SciPy 1.17's `t.ppf(p, df)`, where the level is `2 * p - 1`.
    #[test]
    fn quantiles_are_scipys() {
        let levels = [0.5, 0.8, 0.95, 0.99];
        let cases = [
            (
                1.0,
                [
                    1.0,
                    3.0776835371752544,
                    12.706204736174694,
                    63.656741162871526,
                ],
            ),
            (
                2.0,
                [
                    0.8164965809277261,
                    1.8856180831641272,
                    4.302652729749462,
                    9.924843200918287,
                ],
            ),
            (
                3.0,
                [
                    0.7648923284043444,
                    1.637744353696209,
                    3.1824463052837078,
                    5.840909309733355,
                ],
            ),
            (
                10.0,
                [
                    0.6998120613124317,
                    1.372183641110336,
                    2.228138851986274,
                    3.16927267261695,
                ],
            ),
            (
                100.0,
                [
                    0.6769510430114717,
                    1.290074761346516,
                    1.9839715185235518,
                    2.6258905214380173,
                ],
            ),
            (
                1e6,
                [
                    0.6744899955310875,
                    1.281552412129939,
                    1.959966356814107,
                    2.5758342201053344,
                ],
            ),
        ];
        for (freedom, quantiles) in cases {
            for (level, wanted) in levels.into_iter().zip(quantiles) {
                assert_close(two_sided_quantile(level, freedom), wanted, 1e-12);
            }
        }
        assert_close(two_sided_quantile(0.999999, 1.0), 636619.7724194303, 1e-9);
        assert_close(two_sided_quantile(0.999999, 30.0), 6.119075620413732, 1e-9);
    }

    #[test]
    fn ends_and_nonsense_have_an_answer() {
        assert_eq!(two_sided_quantile(0.0, 3.0), 0.0);
        assert_eq!(two_sided_quantile(1.0, 3.0), f64::INFINITY);
        assert!(two_sided_quantile(f64::NAN, 3.0).is_nan());
        assert!(two_sided_quantile(0.5, 0.0).is_nan() && split(f64::NAN, 3.0).inside.is_nan());
        assert_eq!(split(0.0, 3.0).inside, 0.0);
        assert_eq!(split(f64::INFINITY, 3.0).outside, 0.0);
        assert_close(split(1e200, 1.0).outside, 2.0 / PI * 1e-200, 1e-12);
    }

    proptest! {
        #[test]
        fn a_quantile_has_its_share_inside(level in 1e-6..0.999_999, freedom in 1u32..1_000_000) {
            let freedom = f64::from(freedom);
            let t = two_sided_quantile(level, freedom);
            let shares = split(t, freedom);
            prop_assert!((shares.inside / level - 1.0).abs() < 1e-11);
            prop_assert!((shares.outside / (1.0 - level) - 1.0).abs() < 1e-9);
        }
    }
}
