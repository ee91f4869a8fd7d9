//! How a histogram's bins are asked for: a number, the edges, or a rule.

use crate::named::named;

/// The bins of a histogram, in the ways that `bins=` of `numpy.histogram`
/// takes them.
///
/// Made from a number, edges, a [`BinRule`] or a rule's name. What makes no
/// sense (no bins, falling edges, an unknown name) is an error when the
/// histogram is computed.
///
/// # Example
///
/// ```
/// use ndsight::stats::{BinRule, Bins};
///
/// assert_eq!(Bins::from(20), Bins::Count(20));
/// assert_eq!(Bins::from([0.0, 1.0, 5.0]), Bins::Edges(vec![0.0, 1.0, 5.0]));
/// assert_eq!(Bins::from(BinRule::Fd), Bins::Rule(BinRule::Fd));
/// assert_eq!(Bins::from("auto"), Bins::Named("auto".to_string()));
/// assert_eq!(Bins::default(), Bins::Count(10));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Bins {
    /// This many bins of equal width.
    Count(i64),
    /// Bins between these edges, each with its left edge and without its
    /// right one, the last with both. Edges may repeat but not fall.
    Edges(Vec<f64>),
    /// As many bins of equal width as the rule finds fit for the data.
    Rule(BinRule),
    /// The rule of this name, such as `"auto"`.
    Named(String),
}

impl Default for Bins {
    /// Ten bins of equal width, as in NumPy.
    fn default() -> Self {
        Bins::Count(10)
    }
}

impl From<usize> for Bins {
    fn from(count: usize) -> Self {
        // A count beyond i64 is refused like any other that is too large.
        Bins::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i32> for Bins {
    fn from(count: i32) -> Self {
        Bins::Count(i64::from(count))
    }
}

impl From<i64> for Bins {
    fn from(count: i64) -> Self {
        Bins::Count(count)
    }
}

impl From<Vec<f64>> for Bins {
    fn from(edges: Vec<f64>) -> Self {
        Bins::Edges(edges)
    }
}

impl From<&[f64]> for Bins {
    fn from(edges: &[f64]) -> Self {
        Bins::Edges(edges.to_vec())
    }
}

impl<const N: usize> From<[f64; N]> for Bins {
    fn from(edges: [f64; N]) -> Self {
        Bins::Edges(edges.to_vec())
    }
}

impl From<BinRule> for Bins {
    fn from(rule: BinRule) -> Self {
        Bins::Rule(rule)
    }
}

impl From<&str> for Bins {
    fn from(name: &str) -> Self {
        Bins::Named(name.to_string())
    }
}

impl From<String> for Bins {
    fn from(name: String) -> Self {
        Bins::Named(name)
    }
}

/// A rule for the number of bins, as in `numpy.histogram_bin_edges`.
///
/// Each rule states a width; the number of bins is the data's spread divided
/// by it, rounded up. Below, `n` is the number of values. For integers no bin
/// is narrower than 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinRule {
    /// The narrower of [`Fd`](BinRule::Fd) and [`Sturges`](BinRule::Sturges),
    /// but at most twice as many bins as [`Sqrt`](BinRule::Sqrt): good for
    /// most data.
    Auto,
    /// Freedman and Diaconis: `2 · IQR / n^(1/3)`. Robust to outliers.
    Fd,
    /// Doane: Sturges' rule with more bins for skewed data.
    Doane,
    /// Scott: `σ · (24 √π / n)^(1/3)`. Best for normally distributed data.
    Scott,
    /// Stone: the number of bins with the least estimated error
    /// (cross-validation), up to 100 or `√n`.
    Stone,
    /// Rice: `2 n^(1/3)` bins.
    Rice,
    /// Sturges: `log2(n) + 1` bins. Too few for large or skewed data.
    Sturges,
    /// `√n` bins.
    Sqrt,
}

named! {
    BinRule, "a rule for the bins", "unknown_strategy":
    /// NumPy's name of the rule, such as `"fd"`.
    Auto = "auto",
    Fd = "fd",
    Doane = "doane",
    Scott = "scott",
    Stone = "stone",
    Rice = "rice",
    Sturges = "sturges",
    Sqrt = "sqrt",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_name() {
        for rule in BinRule::ALL {
            assert_eq!(rule.to_string().parse::<BinRule>().unwrap(), rule);
        }
    }

    #[test]
    fn an_unknown_rule_is_told_the_known_ones() {
        let err = "freedman".parse::<BinRule>().unwrap_err();
        assert!(err.is_name());
        assert_eq!(
            err.to_string(),
            "expected a rule for the bins (auto, fd, doane, scott, stone, rice, sturges, sqrt), \
             but found \"freedman\""
        );
    }

    #[test]
    fn a_count_of_any_integer_type_is_a_count() {
        assert_eq!(Bins::from(-3), Bins::Count(-3));
        assert_eq!(Bins::from(usize::MAX), Bins::Count(i64::MAX));
        assert_eq!(Bins::from(7_usize), Bins::from(7));
    }
}
