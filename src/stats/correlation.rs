//! How columns of numbers vary together, as `pandas.DataFrame.corr`.

use ndarray::{Array2, Axis};

use super::centred::Centred;
use super::finite::FinitePairs;
use super::ranks::ranks;
use crate::named::named;

/// A coefficient of correlation: `method=` of `pandas.DataFrame.corr`.
///
/// Default: [`Pearson`](Correlation::Pearson).
///
/// # Example
///
/// ```
/// use ndsight::stats::Correlation;
///
/// assert_eq!("spearman".parse::<Correlation>()?, Correlation::Spearman);
/// assert_eq!(Correlation::default().to_string(), "pearson");
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Correlation {
    /// How close the pairs lie to a straight line: [`pearson`].
    #[default]
    Pearson,
    /// How close the pairs lie to any rising or falling curve: [`spearman`].
    Spearman,
}

impl Correlation {
    /// Of pairs of finite numbers.
    fn of(self, pairs: &FinitePairs) -> f64 {
        match self {
            Correlation::Pearson => of_centred(&pairs.x, &pairs.y),
            Correlation::Spearman => of_centred(&ranks(&pairs.x), &ranks(&pairs.y)),
        }
    }
}

named! {
    Correlation, "a coefficient of correlation", "unknown_method":
    /// Pandas' name of the coefficient, such as `"pearson"`.
    Pearson = "pearson",
    Spearman = "spearman",
}

/// Pearson's coefficient of correlation, from -1 to 1.
///
/// Mirrors `x.corr(y)` of pandas, and `scipy.stats.pearsonr` where all values
/// are finite: pairs with a NaN or an infinite value are left out, and so is
/// what one side has more than the other. NaN where fewer than two pairs are
/// left, or one side is the same in all of them.
///
/// # Example
///
/// ```
/// use ndsight::stats::pearson;
///
/// let x = [1.0, 2.0, 3.0, f64::NAN];
/// assert_eq!(pearson(&x, &[-1.0, -2.0, -3.0, 9.0]), -1.0);
/// assert!(pearson(&x, &[5.0; 4]).is_nan());
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    Correlation::Pearson.of(&FinitePairs::of_common(x, y))
}

/// Spearman's coefficient of rank correlation, from -1 to 1: that of Pearson
/// between the [`ranks`] of the values.
///
/// Mirrors `x.corr(y, method="spearman")` of pandas, and
/// `scipy.stats.spearmanr` where all values are finite. Leaves out and is NaN
/// as [`pearson`].
///
/// # Example
///
/// ```
/// use ndsight::stats::spearman;
///
/// let x = [1.0, 2.0, 3.0, 4.0];
/// assert_eq!(spearman(&x, &x.map(f64::exp)), 1.0);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    Correlation::Spearman.of(&FinitePairs::of_common(x, y))
}

/// The correlation of each column with each other.
///
/// Mirrors [`pandas.DataFrame.corr`] with these two methods: for each two
/// columns, the pairs of which a value is NaN or infinite are left out. A
/// column with itself is 1; one whose values are all the same, or that has
/// fewer than two, is NaN with every other and with itself. Columns of
/// different lengths are compared as far as both go.
///
/// [`pandas.DataFrame.corr`]: https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.corr.html
///
/// # Example
///
/// ```
/// use ndsight::stats::{Correlation, correlation};
///
/// let columns = [vec![1.0, 2.0, 3.0], vec![0.0, -1.0, -2.0], vec![1.0, 5.0, f64::NAN]];
/// let matrix = correlation(&columns, Correlation::Pearson);
/// assert_eq!(matrix.row(0).mapv(f64::round), ndarray::array![1.0, -1.0, 1.0]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn correlation(columns: &[Vec<f64>], method: Correlation) -> Array2<f64> {
    let mut matrix = Array2::from_elem((columns.len(), columns.len()), f64::NAN);
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let complete = |column: &Vec<f64>| column.len() == rows && column.iter().all(|v| v.is_finite());
    let (whole, others): (Vec<usize>, Vec<usize>) =
        (0..columns.len()).partition(|&i| complete(&columns[i]));
    fill_complete(&mut matrix, columns, &whole, rows, method);
    for &i in &others {
        // Pairs of two columns with gaps are met once.
        let met = |j: usize| j < i && others.binary_search(&j).is_ok();
        for (j, column) in columns.iter().enumerate().filter(|(j, _)| !met(*j)) {
            let found = method.of(&FinitePairs::of_common(&columns[i], column));
            matrix[[i, j]] = found;
            matrix[[j, i]] = found;
        }
    }
    for own in matrix.diag_mut().iter_mut().filter(|own| !own.is_nan()) {
        *own = 1.0;
    }
    matrix
}

/// The coefficients between columns without gaps: one product of matrices.
fn fill_complete(
    matrix: &mut Array2<f64>,
    columns: &[Vec<f64>],
    whole: &[usize],
    rows: usize,
    method: Correlation,
) {
    let mut normalised = Array2::zeros((whole.len(), rows));
    for (&i, mut row) in whole.iter().zip(normalised.axis_iter_mut(Axis(0))) {
        let centred = match method {
            Correlation::Pearson => Centred::new(&columns[i]),
            Correlation::Spearman => Centred::new(&ranks(&columns[i])),
        };
        row.iter_mut()
            .zip(centred.normalised())
            .for_each(|(place, value)| *place = value);
    }
    let products = normalised.dot(&normalised.t());
    for (a, &i) in whole.iter().enumerate() {
        for (b, &j) in whole.iter().enumerate().skip(a) {
            let found = if rows < 2 {
                f64::NAN
            } else {
                products[[a, b]].clamp(-1.0, 1.0)
            };
            matrix[[i, j]] = found;
            matrix[[j, i]] = found;
        }
    }
}

fn of_centred(x: &[f64], y: &[f64]) -> f64 {
    Centred::new(x).correlation(&Centred::new(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAN: f64 = f64::NAN;

    #[track_caller]
    fn assert_close(found: f64, wanted: f64) {
        let both_nan = found.is_nan() && wanted.is_nan();
        assert!(
            both_nan || (found - wanted).abs() < 1e-14,
            "{found}, not {wanted}"
        );
    }

    fn columns() -> [Vec<f64>; 4] {
        [
            vec![1.0, 2.0, NAN, 4.0, 5.0, 6.0],
            vec![2.0, 1.0, 4.0, 3.0, f64::INFINITY, 5.0],
            vec![5.0; 6],
            vec![1.0, 1.0, 2.0, 2.0, 9.0, 3.0],
        ]
    }

    #[track_caller]
    fn assert_matrix(method: Correlation, wanted: [[f64; 4]; 4]) {
        let found = correlation(&columns(), method);
        for (found, wanted) in found.iter().zip(wanted.as_flattened()) {
            assert_close(*found, *wanted);
        }
    }

    /// Pandas 3.1's `DataFrame.corr(method)`.
    #[test]
    fn matrices_are_pandas_own() {
        let (a, b, c) = (0.902243638678106, 0.5908001781468408, 0.944911182523068);
        let row = [NAN; 4];
        assert_matrix(
            Correlation::Pearson,
            [[1.0, a, NAN, b], [a, 1.0, NAN, c], row, [b, c, NAN, 1.0]],
        );
        let (a, b, c) = (0.8, 0.872081599272381, 0.9486832980505138);
        assert_matrix(
            Correlation::Spearman,
            [[1.0, a, NAN, b], [a, 1.0, NAN, c], row, [b, c, NAN, 1.0]],
        );
    }

    /// SciPy 1.17's `pearsonr` and `spearmanr`.
    #[test]
    fn coefficients_are_scipys() {
        let (x, y) = ([1.0, 2.0, 2.0, 3.0, 9.0], [5.0, 1.0, 4.0, 4.0, 2.0]);
        assert_close(pearson(&x, &y), -0.4456227637910498);
        assert_close(spearman(&x, &y), -0.5);
    }

    #[test]
    fn large_small_and_distant_values_correlate_as_any() {
        let (x, y) = ([1.0, 2.0, 4.0, 3.0], [2.0, 1.0, 3.0, 4.0]);
        let plain = pearson(&x, &y);
        for scale in [1e-310, 1e-200, 1e200, 1e307] {
            assert!((pearson(&x.map(|v| v * scale), &y.map(|v| -v * scale)) + plain).abs() < 1e-9);
        }
        assert_close(pearson(&x.map(|v| v + 1e15), &y), plain);
        assert_close(pearson(&[f64::MAX, -f64::MAX], &[1.0, 2.0]), -1.0);
    }

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        assert!(pearson(&[0.1; 10], &[1.0; 10]).is_nan());
        assert!(pearson(&[1.0], &[2.0]).is_nan() && spearman(&[], &[]).is_nan());
        assert!(pearson(&[1.0, NAN, 2.0], &[1.0, 5.0, NAN]).is_nan());
        assert_eq!(correlation(&[], Correlation::Pearson).len(), 0);
        let one = correlation(&[vec![1.0], vec![], vec![NAN]], Correlation::Spearman);
        assert!(one.iter().all(|c| c.is_nan()));
    }

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        for method in Correlation::ALL {
            assert_eq!(method.to_string().parse::<Correlation>().unwrap(), method);
        }
        let err = "kendall".parse::<Correlation>().unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a coefficient of correlation (pearson, spearman), but found \"kendall\""
        );
    }

    fn value() -> impl Strategy<Value = f64> {
        prop_oneof![8 => -1e6..1e6, 1 => Just(NAN), 1 => Just(0.0), 1 => Just(f64::MAX)]
    }

    proptest! {
        #[test]
        fn coefficients_lie_between_the_ends_and_the_matrix_mirrors_itself(
            columns in prop::collection::vec(prop::collection::vec(value(), 12), 1..6),
        ) {
            for method in Correlation::ALL {
                let matrix = correlation(&columns, method);
                for ((i, j), &c) in matrix.indexed_iter() {
                    prop_assert!(c.is_nan() || (-1.0..=1.0).contains(&c));
                    prop_assert_eq!(c.to_bits(), matrix[[j, i]].to_bits());
                    let alone = method.of(&FinitePairs::of_common(&columns[i], &columns[j]));
                    prop_assert!(c.is_nan() == alone.is_nan());
                    prop_assert!(c.is_nan() || (c - alone).abs() < 1e-12);
                }
            }
        }
    }
}
