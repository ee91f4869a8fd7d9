//! Principal components, as `sklearn.decomposition.PCA`.

use ndarray::{Array2, ArrayView2};

use super::centred::unit;
use super::eigen::Eigen;
use super::leading::{block, leading};
use super::vectors::{Vectors, add_scaled, dot};
use crate::error::{Error, Result};
use crate::list::MapEach;

/// The directions in which rows vary most, and where the rows lie along them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pca {
    /// The mean of each feature.
    pub mean: Vec<f64>,
    /// The directions, one in each row: of length 1, upright to each other, and
    /// with the entry of the largest size positive.
    pub components: Array2<f64>,
    /// The variance of the rows along each direction, with divisor `rows - 1`;
    /// falling.
    pub explained_variance: Vec<f64>,
    /// The share that this is of the variance of all features together: 0 where
    /// nothing varies.
    pub explained_variance_ratio: Vec<f64>,
    /// Where each row lies along each direction, the mean being at 0.
    pub scores: Array2<f64>,
}

/// Finds the first `k` principal components of the rows.
///
/// Mirrors [`sklearn.decomposition.PCA`]`(n_components=k)`, signs included:
/// `mean`, `components`, `explained_variance` and `explained_variance_ratio`
/// are its attributes of these names, `scores` what `fit_transform` returns.
/// It differs in that large tables are not worked out at random: results are the
/// same each time, and as exact as those of scikit-learn's full solver where
/// variances are not almost equal. Where nothing varies, the shares are 0
/// (scikit-learn: NaN).
///
/// Quick for a few components of any table, and for all of them where rows or
/// features are at most some hundreds. Works on a copy of the table.
///
/// [`sklearn.decomposition.PCA`]: https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.PCA.html
///
/// # Errors
///
/// - fewer than two rows;
/// - no component, or more than there are rows or features;
/// - rows with a NaN or an infinite value; the message says how many.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::pca;
///
/// let rows = array![[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]];
/// let found = pca(rows.view(), 1)?;
/// let component = found.components.row(0);
/// assert!((component[0] - 0.6).abs() < 1e-12 && (component[1] - 0.8).abs() < 1e-12);
/// assert!((found.scores[[2, 0]] - 5.0).abs() < 1e-12);
/// assert!((found.explained_variance_ratio[0] - 1.0).abs() < 1e-12);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn pca(rows: ArrayView2<f64>, k: usize) -> Result<Pca> {
    check(rows, k)?;
    let table = Table::new(rows);
    let mut components = completed(table.directions(k), k);
    components.rows_mut().for_each(point);
    let mut scores = table.centred.times(components.view().t());
    let mut squares = vec![0.0; k];
    for row in scores.rows() {
        let pairs = squares.iter_mut().zip(row);
        pairs.for_each(|(sum, score)| *sum += score * score);
    }
    scores.scale(table.unit);
    let total = dot(&table.centred.places, &table.centred.places);
    let freedom = rows.nrows() as f64 - 1.0;
    let variance = |squares: &f64| squares / freedom * table.unit * table.unit;
    let share = |squares: &f64| if total > 0.0 { squares / total } else { 0.0 };
    Ok(Pca {
        mean: table.mean,
        components: components.into_array(),
        explained_variance: squares.map_each(variance),
        explained_variance_ratio: squares.map_each(share),
        scores: scores.into_array(),
    })
}

fn check(rows: ArrayView2<f64>, k: usize) -> Result<()> {
    let (n, features) = rows.dim();
    if n < 2 {
        return Err(Error::value(format!(
            "expected at least two rows to find principal components of, but found {n}"
        ))
        .coded("no_data"));
    }
    let most = n.min(features);
    if k == 0 || k > most {
        return Err(Error::value(format!(
            "expected 1 to {most} components of {n} rows of {features} features, but found {k}"
        ))
        .coded("invalid_argument"));
    }
    let bad = |i: &usize| rows.row(*i).iter().any(|value| !value.is_finite());
    match (0..n).filter(bad).count() {
        0 => Ok(()),
        bad => Err(Error::value(format!(
            "expected finite numbers, but {bad} of {n} rows have a NaN or an infinite value; \
             leave these rows out"
        ))
        .coded("not_finite")),
    }
}

/// The rows less their mean.
struct Table {
    /// In units of `unit`, in which squares neither overflow nor vanish.
    centred: Vectors,
    /// In the units of the rows.
    mean: Vec<f64>,
    unit: f64,
}

/// Matrices up to this side are solved whole, in some hundredths of a second.
const SMALL: usize = 128;

impl Table {
    fn new(rows: ArrayView2<f64>) -> Self {
        let mut centred = Vectors::of(rows);
        let unit = unit(&centred.places);
        centred.places.iter_mut().for_each(|value| *value /= unit);
        // From the first row first: large values that are alike lose nothing.
        let mut mean = vec![0.0; centred.width];
        let first = centred.row(0).to_vec();
        shift(&mut centred, &mut mean, &first);
        // The second time takes away what rounding left of the first mean.
        for _ in 0..2 {
            let mut offset = vec![0.0; centred.width];
            let share = 1.0 / centred.len() as f64;
            let rows = centred.rows();
            rows.for_each(|row| add_scaled(&mut offset, share, row));
            shift(&mut centred, &mut mean, &offset);
        }
        mean.iter_mut().for_each(|value| *value *= unit);
        Table {
            centred,
            mean,
            unit,
        }
    }

    /// The `k` directions of most variance, by the smaller of the two matrices
    /// of products: of features with features, or of rows with rows.
    fn directions(&self, k: usize) -> Vectors {
        let x = self.centred.view();
        if x.ncols() <= x.nrows() {
            eigenvectors(x.t(), x, k)
        } else {
            eigenvectors(x, x.t(), k).times(x)
        }
    }
}

/// Moves the origin of the rows, of which `mean` keeps the place.
fn shift(rows: &mut Vectors, mean: &mut [f64], by: &[f64]) {
    rows.rows_mut().for_each(|row| add_scaled(row, -1.0, by));
    add_scaled(mean, 1.0, by);
}

/// The `k` leading eigenvectors of the product of a matrix with its transpose.
/// The product itself is made only where that is less work than taking vectors
/// through both again and again.
fn eigenvectors(matrix: ArrayView2<f64>, transpose: ArrayView2<f64>, k: usize) -> Vectors {
    let side = matrix.nrows();
    let whole = side <= SMALL || side <= 10 * k;
    if !whole && side > 200 * block(k) {
        let images = |rows: &Vectors| rows.times(matrix).times(transpose);
        return leading(&images, side, k).vectors;
    }
    let product = Vectors::of(matrix.dot(&transpose).view());
    if whole {
        let mut vectors = Eigen::of_symmetric(product).vectors;
        vectors.truncate(k);
        return vectors;
    }
    leading(&|rows| rows.times(product.view()), side, k).vectors
}

/// The rows made upright to each other and of length 1; where that leaves fewer
/// than `k`, with others that are so too: the table does not vary along these.
fn completed(rows: Vectors, k: usize) -> Vectors {
    let width = rows.width;
    let mut rows = rows.outside(&Vectors::none(width));
    if rows.len() < k {
        // Random rows always suffice: `k` is at most their width.
        let others = Vectors::random(k, width).outside(&rows);
        rows.append(others);
        rows.truncate(k);
    }
    rows
}

/// Turns a component to the side where its entry of the largest size, the first
/// of such, is positive.
fn point(component: &mut [f64]) {
    let larger = |a: f64, b: &f64| if b.abs() > a.abs() { *b } else { a };
    if component.iter().fold(0.0, larger) < 0.0 {
        component.iter_mut().for_each(|entry| *entry = -*entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array};
    use proptest::prelude::*;

    #[track_caller]
    fn assert_close<'a>(found: impl IntoIterator<Item = &'a f64>, wanted: &[f64]) {
        let found: Vec<f64> = found.into_iter().copied().collect();
        assert_eq!(found.len(), wanted.len());
        for (a, b) in found.iter().zip(wanted) {
            assert!((a - b).abs() < 1e-12, "{found:?}, not {wanted:?}");
        }
    }

    fn rows() -> Array2<f64> {
        array![
            [2.5, 2.4, 0.5],
            [0.5, 0.7, 1.9],
            [2.2, 2.9, -1.0],
            [1.9, 2.2, 0.3],
            [3.1, 3.0, 4.0],
            [2.3, 2.7, -2.0],
        ]
    }

    /// Scikit-learn 1.9's `PCA(2).fit(rows)`.
    #[test]
    fn components_are_scikit_learns() {
        let found = pca(rows().view(), 2).unwrap();
        assert_close(
            &found.mean,
            &[2.0833333333333335, 2.3166666666666664, 0.6166666666666667],
        );
        assert_close(
            &found.components,
            &[
                0.019448716277396354,
                -0.08360877228774444,
                0.9963088480143584,
                0.7248559785113885,
                0.6875227582816411,
                0.04354615093325348,
            ],
        );
        assert_close(
            &found.explained_variance,
            &[4.564474513645703, 1.426291839904335],
        );
        assert_close(
            &found.explained_variance_ratio,
            &[0.7591010333686515, 0.23720137034830113],
        );
        assert_close(
            found.scores.row(0),
            &[-0.11509979817673871, 0.35423650329433576],
        );
        assert_close(
            found.scores.row(5),
            &[-2.6348442931544374, 0.3066567577434167],
        );
    }

    /// As above, of fewer rows than features. Three rows vary along two
    /// directions only; the third is any that is upright to these.
    #[test]
    fn wide_tables_have_components_too() {
        let wide = array![
            [1.0, 2.0, 3.0, 4.0, 5.0, 7.0],
            [2.0, 1.0, 0.0, 4.0, 8.0, 3.0],
            [0.0, 1.0, 1.0, 0.0, 2.0, 9.0],
        ];
        let found = pca(wide.view(), 3).unwrap();
        assert_close(
            found.components.row(0),
            &[
                -0.207379611977869,
                0.0009015993593580866,
                0.10594380438733914,
                -0.41295602523701813,
                -0.6221388359336113,
                0.6230404352929718,
            ],
        );
        assert_close(
            &found.explained_variance,
            &[23.251086894886583, 4.08224643844675, 0.0],
        );
        assert_close(
            &found.components.dot(&found.components.t()),
            Array2::eye(3).as_slice().unwrap(),
        );
    }

    #[test]
    fn large_tables_by_both_ways_are_the_same() {
        let mut table = Vectors::random(400, 300);
        for row in table.rows_mut() {
            let places = row.iter_mut().zip(1..);
            places.for_each(|(place, i)| *place /= f64::from(i));
        }
        let large = Table::new(table.view());
        let x = large.centred.view();
        let whole = Eigen::of_symmetric(Vectors::of(x.t().dot(&x).view())).vectors;
        for found in [
            eigenvectors(x.t(), x, 3),
            completed(eigenvectors(x, x.t(), 3).times(x), 3),
            leading(&|rows| rows.times(x.t()).times(x), 300, 3).vectors,
        ] {
            assert_eq!(found.len(), 3);
            for (a, b) in found.rows().zip(whole.rows()) {
                assert!((dot(a, b).abs() - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn what_does_not_vary_has_components_of_no_share() {
        let found = pca(Array2::from_elem((4, 3), 0.1).view(), 3).unwrap();
        assert_eq!(found.explained_variance_ratio, [0.0; 3]);
        assert!(found.scores.iter().all(|score| *score == 0.0));
        assert_close(
            &found.components.dot(&found.components.t()),
            Array2::eye(3).as_slice().unwrap(),
        );
    }

    #[test]
    fn size_does_not_matter() {
        let plain = pca(rows().view(), 2).unwrap();
        for size in [1e-310, 1e-200, 1e200, 1e307] {
            let found = pca((rows() * size).view(), 2).unwrap();
            let apart = &found.components - &plain.components;
            assert!(apart.iter().all(|a| a.abs() < 1e-9));
            assert!((found.explained_variance_ratio[0] - 0.7591010333686515).abs() < 1e-9);
        }
        let far = pca((rows() + 1e9).view(), 2).unwrap();
        assert!((&far.scores - &plain.scores).iter().all(|a| a.abs() < 1e-5));
        let ends = pca(array![[f64::MAX], [-f64::MAX]].view(), 1).unwrap();
        assert_eq!((ends.scores[[0, 0]], ends.mean[0]), (f64::MAX, 0.0));
    }

    #[test]
    fn what_has_no_components_is_told_why() {
        let message = |rows: &Array2<f64>, k| pca(rows.view(), k).unwrap_err().to_string();
        assert_eq!(
            message(&Array2::zeros((1, 3)), 1),
            "expected at least two rows to find principal components of, but found 1"
        );
        for k in [0, 4] {
            assert_eq!(
                message(&Array2::zeros((5, 3)), k),
                format!("expected 1 to 3 components of 5 rows of 3 features, but found {k}")
            );
        }
        assert!(pca(Array2::zeros((5, 0)).view(), 1).is_err());
        let holes = array![
            [f64::NAN, f64::NAN],
            [1.0, 2.0],
            [f64::INFINITY, 0.0],
            [3.0, 4.0]
        ];
        assert_eq!(
            message(&holes, 1),
            "expected finite numbers, but 2 of 4 rows have a NaN or an infinite value; leave these \
             rows out"
        );
    }

    proptest! {
        #[test]
        fn scores_are_centred_and_as_wide_as_is_said(
            values in prop::collection::vec(-9.0..9.0, 60),
            rows in 2usize..10,
            k in 1usize..7,
        ) {
            let columns = 60 / rows;
            let k = k.min(rows).min(columns);
            let table = Array2::from_shape_vec((rows, columns), values[..rows * columns].to_vec()).unwrap();
            let found = pca(table.view(), k).unwrap();
            prop_assert!(found.scores.sum_axis(Axis(0)).iter().all(|sum| sum.abs() < 1e-10));
            let mut before = f64::INFINITY;
            for (i, score) in found.scores.columns().into_iter().enumerate() {
                let variance = score.dot(&score) / (rows as f64 - 1.0);
                prop_assert!((variance - found.explained_variance[i]).abs() < 1e-9);
                prop_assert!(variance <= before + 1e-9);
                before = variance;
            }
            let products = found.components.dot(&found.components.t()) - Array2::<f64>::eye(k);
            prop_assert!(products.iter().all(|p| p.abs() < 1e-12));
            prop_assert!(found.explained_variance_ratio.iter().sum::<f64>() < 1.0 + 1e-9);
        }
    }
}
