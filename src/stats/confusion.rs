//! How often each class is taken for each other, as
//! `sklearn.metrics.confusion_matrix`.

use ndarray::{Array2, ArrayView2};

use crate::named::named;

/// What the counts of a confusion matrix are divided by: `normalize=` of
/// `sklearn.metrics.confusion_matrix`.
///
/// # Example
///
/// ```
/// use ndsight::stats::Normalize;
///
/// assert_eq!("pred".parse::<Normalize>()?, Normalize::Pred);
/// assert_eq!(Normalize::True.to_string(), "true");
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Normalize {
    /// The sum of the row: the share of a true class that is taken for each,
    /// with the recall on the diagonal.
    True,
    /// The sum of the column: the share of a predicted class that is each, with
    /// the precision on the diagonal.
    Pred,
    /// The sum of all.
    All,
}

named! {
    Normalize, "a way to normalize a confusion matrix", "unknown_normalize":
    /// Scikit-learn's name of it, such as `"true"`.
    True = "true",
    Pred = "pred",
    All = "all",
}

/// A matrix of more classes (128 MB) is more than anyone looks at, and would be
/// asked for by mistake.
const MAX_CLASSES: usize = 4096;

/// How often each true class (row) is predicted as each class (column).
///
/// Mirrors [`sklearn.metrics.confusion_matrix`]`(truth, predicted,
/// labels=range(classes))`: pairs with a class of `classes` or above are left
/// out, and so is what one side has more than the other (scikit-learn: an
/// error). At most 4,096 classes; those above are left out likewise.
///
/// [`sklearn.metrics.confusion_matrix`]: https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html
///
/// # Example
///
/// ```
/// use ndsight::stats::confusion;
///
/// let counts = confusion(&[0, 0, 1, 1, 1], &[0, 1, 1, 1, 9], 2);
/// assert_eq!(counts, ndarray::array![[1, 1], [0, 2]]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn confusion(truth: &[usize], predicted: &[usize], classes: usize) -> Array2<u64> {
    let classes = classes.min(MAX_CLASSES);
    let mut counts = Array2::zeros((classes, classes));
    for (&truth, &predicted) in truth.iter().zip(predicted) {
        if let Some(count) = counts.get_mut([truth, predicted]) {
            *count += 1;
        }
    }
    counts
}

/// The counts of a confusion matrix divided by the sums of the rows, of the
/// columns, or of all.
///
/// Mirrors `confusion_matrix(…, normalize=…)` of scikit-learn: where a sum is
/// 0, so are its shares.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::{Normalize, confusion_shares};
///
/// let counts = array![[1, 3], [0, 0]];
/// let recalls = confusion_shares(counts.view(), Normalize::True);
/// assert_eq!(recalls, array![[0.25, 0.75], [0.0, 0.0]]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn confusion_shares(counts: ArrayView2<u64>, normalize: Normalize) -> Array2<f64> {
    let (rows, columns) = counts.dim();
    let (mut of_row, mut of_column, mut all) = (vec![0.0; rows], vec![0.0; columns], 0.0);
    for ((i, j), &count) in counts.indexed_iter() {
        of_row[i] += count as f64;
        of_column[j] += count as f64;
        all += count as f64;
    }
    Array2::from_shape_fn((rows, columns), |(i, j)| {
        let sum: f64 = match normalize {
            Normalize::True => of_row[i],
            Normalize::Pred => of_column[j],
            Normalize::All => all,
        };
        counts[[i, j]] as f64 / sum.max(1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use proptest::prelude::*;

    /// Scikit-learn 1.9's `confusion_matrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0,
    /// 2])`, and with `normalize`.
    #[test]
    fn counts_and_shares_are_scikit_learns() {
        let counts = confusion(&[2, 0, 2, 2, 0, 1], &[0, 0, 2, 2, 0, 2], 3);
        assert_eq!(counts, array![[2, 0, 0], [0, 0, 1], [1, 0, 2]]);
        let shares = |normalize| confusion_shares(counts.view(), normalize);
        let third = 1.0 / 3.0;
        assert_eq!(
            shares(Normalize::True),
            array![[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [third, 0.0, 2.0 * third]]
        );
        assert_eq!(
            shares(Normalize::Pred),
            array![
                [2.0 * third, 0.0, 0.0],
                [0.0, 0.0, third],
                [third, 0.0, 2.0 * third]
            ]
        );
        assert_eq!(shares(Normalize::All)[[0, 0]], third);
    }

    #[test]
    fn nothing_has_no_shares() {
        assert_eq!(confusion(&[], &[1], 0).len(), 0);
        for normalize in Normalize::ALL {
            let empty = confusion(&[5], &[5], 2);
            assert_eq!(confusion_shares(empty.view(), normalize).sum(), 0.0);
            assert!(confusion_shares(Array2::zeros((0, 0)).view(), normalize).is_empty());
        }
        assert_eq!(confusion(&[0], &[0], usize::MAX).nrows(), MAX_CLASSES);
    }

    #[test]
    fn an_unknown_way_is_told_the_known_ones() {
        let err = "rows".parse::<Normalize>().unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a way to normalize a confusion matrix (true, pred, all), but found \"rows\""
        );
    }

    proptest! {
        #[test]
        fn shares_of_a_row_sum_to_one_or_none(
            pairs in prop::collection::vec((0usize..6, 0usize..6), 0..40),
        ) {
            let (truth, predicted): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
            let counts = confusion(&truth, &predicted, 6);
            prop_assert_eq!(counts.sum(), truth.len() as u64);
            for row in confusion_shares(counts.view(), Normalize::True).rows() {
                prop_assert!(row.sum() == 0.0 || (row.sum() - 1.0).abs() < 1e-12);
            }
        }
    }
}
