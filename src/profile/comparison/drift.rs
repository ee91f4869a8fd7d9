//! How the values of a feature changed.

use ndarray::{ArrayView1, aview1};

use super::matching::Pair;
use crate::dataset::Look;
use crate::error::Result;
use crate::list::IntoList;
use crate::profile::NumericSummary;
use crate::stats::{BinRule, HistogramOptions, discrete_edges, ks_2samp};
use crate::tensor::{DType, Rows, Tensor};

/// So many values of each side are measured at most: of more, those of every so many-th
/// row. The distance is then known to about 0.002.
const MAX_VALUES: usize = 1_000_000;

/// Whole numbers have a bin each if that makes at most so many.
const WHOLE_BINS: usize = 30;

/// More bins than this are none that a small panel shows.
const MAX_BINS: usize = 60;

/// How the values of one feature, or of all pixels, differ between two data sets.
///
/// Made by [`compare`](crate::compare()).
///
/// # Example
///
/// ```
/// use ndsight::{compare, Dataset, dict};
///
/// let ds = |x: Vec<f64>| Dataset::from_tensor_slices(dict! { "x": x });
/// let comparison = compare(&ds(vec![1.0, 2.0, 3.0])?, &ds(vec![2.0, 3.0, 4.0])?)?;
/// let x = comparison.feature("x")?;
/// assert_eq!((x.before().mean(), x.after().mean()), (Some(2.0), Some(3.0)));
/// assert_eq!(x.mean_shift(), Some(1.0));
/// assert_eq!(x.ks(), Some(1.0 / 3.0));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct FeatureDrift {
    name: String,
    ks: Option<f64>,
    summaries: [NumericSummary; 2],
    pub(crate) counted: Result<CommonBins>,
}

/// Both sides in the same bins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CommonBins {
    pub(crate) edges: Vec<f64>,
    pub(crate) counts: [Vec<u64>; 2],
    /// Bins are centred on false and true.
    pub(crate) booleans: bool,
}

impl FeatureDrift {
    /// The feature's name; `pixels` of images without one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far the two distributions lie apart, from 0 (the same) to 1 (no overlap): the
    /// [`stats::ks_2samp`](crate::stats::ks_2samp), the greatest difference between the shares of
    /// values at or below any number. Of the finite values of the rows looked at, and of
    /// a million of them at most; `None` where a side has none.
    pub fn ks(&self) -> Option<f64> {
        self.ks
    }

    /// How far the mean moved, in standard deviations of the values before; `None`
    /// where a side has no finite values, or those before do not vary.
    pub fn mean_shift(&self) -> Option<f64> {
        let [before, after] = &self.summaries;
        let std = before.std().filter(|std| *std > 0.0)?;
        // Halved first, so that the difference of the largest numbers stays finite.
        let moved = after.mean()? / 2.0 - before.mean()? / 2.0;
        Some(moved / std * 2.0)
    }

    /// What is known of the values before.
    pub fn before(&self) -> &NumericSummary {
        &self.summaries[0]
    }

    /// What is known of the values after.
    pub fn after(&self) -> &NumericSummary {
        &self.summaries[1]
    }
}

impl FeatureDrift {
    /// Of a feature that both sides have; nothing where one cannot be summarised.
    pub(super) fn of(pair: &Pair<'_>, looks: [&Look; 2]) -> Option<FeatureDrift> {
        let summaries = pair.columns.map(|column| column.numeric().cloned());
        let [Some(before), Some(after)] = summaries else {
            return None;
        };
        let values = [0, 1].map(|side| {
            let column = pair.columns[side];
            let tensor = looks[side].components[column.component].stacked()?;
            Some(finite(tensor, column.position))
        });
        let values = values.map(Option::unwrap_or_default);
        let booleans = pair.columns.iter().all(|c| c.dtype == DType::Bool);
        Some(FeatureDrift {
            name: pair.name.clone(),
            ks: Some(ks_2samp(&values[0], &values[1])).filter(|ks| !ks.is_nan()),
            summaries: [before, after],
            counted: CommonBins::of(&values, booleans),
        })
    }
}

impl CommonBins {
    /// Of finite values.
    fn of(values: &[Vec<f64>; 2], booleans: bool) -> Result<CommonBins> {
        let edges = match booleans {
            true => vec![-0.5, 0.5, 1.5],
            false => edges(values)?,
        };
        let options = HistogramOptions::new(edges);
        let [before, after] = [0, 1].map(|side| options.count(&aview1(&values[side])));
        let (before, after) = (before?, after?);
        Ok(CommonBins {
            edges: before.edges,
            counts: [before.counts, after.counts],
            booleans,
        })
    }
}

/// NumPy's `auto`, but for whole numbers, and where that makes more bins than are seen.
fn edges(values: &[Vec<f64>; 2]) -> Result<Vec<f64>> {
    let all = values.concat();
    if let Some(edges) = discrete_edges(&all, WHOLE_BINS) {
        return Ok(edges);
    }
    let all: ArrayView1<'_, f64> = aview1(&all);
    let edges = match HistogramOptions::new(BinRule::Auto).edges(&all) {
        Ok(edges) if edges.len() <= MAX_BINS + 1 => edges,
        _ => HistogramOptions::new(MAX_BINS).edges(&all)?,
    };
    let whole = |side: &Vec<f64>| !side.is_empty() && side.iter().all(|v| v.fract() == 0.0);
    let whole = values.iter().any(whole).then(|| whole_edges(&edges));
    Ok(whole.flatten().unwrap_or(edges))
}

/// About as many bins, each of as many whole numbers: where some hold four and some five,
/// those stand out though nothing in the data does.
fn whole_edges(edges: &[f64]) -> Option<Vec<f64>> {
    // Beyond, halves are no numbers of their own.
    const LARGEST: f64 = (1_u64 << 52) as f64;
    let (first, last) = (*edges.first()?, *edges.last()?);
    let width = (last - first) / (edges.len() - 1) as f64;
    if width < 1.0 || first.abs().max(last.abs()) >= LARGEST {
        return None;
    }
    let (start, width) = (first.floor() - 0.5, width.ceil());
    let bins = ((last - start) / width).ceil() as usize;
    Some((0..=bins).map(|i| start + i as f64 * width).into_list())
}

/// The finite values of a column.
fn finite(tensor: &Tensor, position: Option<usize>) -> Vec<f64> {
    let len = tensor.shape().first().copied().unwrap_or(0);
    let each = match position {
        Some(_) => 1,
        None => tensor.len().checked_div(len).unwrap_or(0),
    };
    let step = len.saturating_mul(each).div_ceil(MAX_VALUES).max(1);
    let some = match step {
        1 => tensor.clone(),
        step => tensor.rows(&(0..len).step_by(step).collect::<Rows>()),
    };
    let view = match position {
        Some(position) => some.view().index(1, position),
        None => some.view(),
    };
    let mut values = view.to_f64().unwrap_or_default();
    values.retain(|value| value.is_finite());
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binned(before: &[f64], after: &[f64]) -> CommonBins {
        CommonBins::of(&[before.to_vec(), after.to_vec()], false).unwrap()
    }

    fn bytes() -> Vec<f64> {
        (0..=255).map(f64::from).collect()
    }

    #[test]
    fn few_whole_numbers_have_a_bin_each() {
        let bins = binned(&[1.0, 2.0, 2.0], &[4.0]);
        assert_eq!(bins.edges, [0.5, 1.5, 2.5, 3.5, 4.5]);
        assert_eq!(bins.counts, [vec![1, 2, 0, 0], vec![0, 0, 0, 1]]);
    }

    #[test]
    fn bins_of_many_whole_numbers_hold_as_many_each() {
        for after in [bytes(), vec![0.25, 0.5]] {
            let bins = binned(&bytes(), &after);
            let width = bins.edges[1] - bins.edges[0];
            let last = bins.counts[0].len() - 1;
            assert!(bins.counts[0][..last].iter().all(|&n| n as f64 == width));
            assert_eq!(bins.counts[0].iter().sum::<u64>(), 256);
        }
    }

    #[test]
    fn other_numbers_have_the_bins_of_numpy() {
        // np.histogram_bin_edges([0.5, 1, 1.5, 2, 4.5], "auto") of NumPy 2.4.6.
        let bins = binned(&[0.5, 1.0, 1.5], &[2.0, 4.5]);
        assert_eq!(bins.edges, [0.5, 1.5, 2.5, 3.5, 4.5]);
        assert_eq!(bins.counts, [vec![2, 1, 0, 0], vec![0, 1, 0, 1]]);
    }

    #[test]
    fn bins_are_few_whatever_the_values() {
        let mut far: Vec<f64> = (0..1000).map(|i| f64::from(i) / 1e3).collect();
        far.push(1e9);
        assert!(binned(&far, &[0.5]).edges.len() <= MAX_BINS + 1);
        let bins = binned(&[-1e300, 0.0], &[1e300]);
        assert_eq!(bins.counts.iter().flatten().sum::<u64>(), 3);
        assert_eq!(binned(&[], &[]).counts.concat().iter().sum::<u64>(), 0);
    }
}
