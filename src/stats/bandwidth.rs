//! How wide the kernels of a density estimate are, by SciPy's rules.

/// How wide the kernel of a [`Kde`](super::Kde) is, as a share of the values' standard
/// deviation: `bw_method` of SciPy.
///
/// Default: [`Scott`](Bandwidth::Scott).
///
/// # Example
///
/// ```
/// use ndsight::stats::Bandwidth;
///
/// assert_eq!(Bandwidth::default(), Bandwidth::Scott);
/// assert_eq!(Bandwidth::from(0.5), Bandwidth::Factor(0.5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Bandwidth {
    /// `n^(-1/5)`.
    #[default]
    Scott,
    /// `(3 n / 4)^(-1/5)`: 6 % wider than Scott's.
    Silverman,
    /// This share of the standard deviation.
    Factor(f64),
}

impl From<f64> for Bandwidth {
    fn from(factor: f64) -> Self {
        Bandwidth::Factor(factor)
    }
}

impl Bandwidth {
    /// The share for as many values as `n`, which need not be whole where the
    /// values have weights.
    pub(super) fn factor(self, n: f64) -> f64 {
        match self {
            Bandwidth::Scott => n.powf(-0.2),
            Bandwidth::Silverman => (0.75 * n).powf(-0.2),
            Bandwidth::Factor(factor) => factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17's `gaussian_kde(range(10)).factor`.
    #[test]
    fn factors_are_scipys() {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-15;
        assert!(close(
            Bandwidth::Scott.factor(10.0),
            0.630_957_344_480_193_2
        ));
        assert!(close(
            Bandwidth::Silverman.factor(10.0),
            0.668_325_061_958_268_9
        ));
        assert_eq!(Bandwidth::from(0.3).factor(10.0), 0.3);
    }
}
