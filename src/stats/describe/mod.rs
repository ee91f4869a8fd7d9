//! What `describe()` tells of columns of numbers: exact, quick, in bounded memory.
//!
//! A first look ([`survey`]) counts values by kind and finds the ends. A sample
//! then tells about where the quartiles lie, so that the next pass ([`tally`])
//! keeps only values near them and counts all others ([`windows`]): its answer
//! is exact, or else known not to be, and another pass is made. The first of these
//! passes counts a histogram ([`bins`]), whose slots tell besides which values are
//! far from all quartiles ([`near`]). All parts of rows are summed up apart and merged.

mod bins;
mod blocks;
mod column;
mod distinct;
mod kept;
mod near;
mod select;
mod survey;
mod table;
mod tally;
mod wide;
mod windows;

#[cfg(test)]
mod tests;

use std::thread;

pub(crate) use bins::BINS;
pub(crate) use blocks::describe_blocks;
pub use distinct::Distinct;

use super::summary::Summary;
use crate::tensor::{DType, TensorView};
use wide::Wide;

/// The statistics of one column of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ColumnStats {
    /// Counts, ends, mean, deviation and skewness.
    pub(crate) summary: Summary,
    /// The 25th, 50th and 75th percentile of the finite values, as
    /// `numpy.percentile`; `None` where there are none.
    pub(crate) quartiles: Option<[f64; 3]>,
    /// Whether there are finite values and all of them are whole numbers.
    pub(crate) whole: bool,
    /// Finite values beyond Tukey's outer fences, [`column::FENCES`] interquartile ranges
    /// below the first quartile or above the third.
    pub(crate) outliers: u64,
    pub(crate) distinct: Distinct,
    /// Finite values in [`BINS`] bins of equal width, from the least to the greatest.
    pub(crate) bins: [u64; BINS],
}

/// Describes each column of a view of shape `(rows, width)`; of any other shape,
/// all elements together. `None` for what is no number.
pub(crate) fn describe_view(view: &TensorView<'_>) -> Option<Vec<ColumnStats>> {
    describe_on(view, threads())
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Describes all elements together, whatever the shape. `None` for what is no number.
pub(crate) fn describe_pooled(view: &TensorView<'_>) -> Option<ColumnStats> {
    let pooled = match view.shape() {
        [_, _] => describe_view(&view.clone().with_first_axis()),
        _ => describe_view(view),
    };
    pooled?.into_iter().next()
}

fn describe_on(view: &TensorView<'_>, threads: usize) -> Option<Vec<ColumnStats>> {
    fn of<T: Wide>(view: &TensorView<'_>, threads: usize) -> Option<Vec<ColumnStats>> {
        Some(table::describe(T::table(view)?.as_ref(), threads))
    }
    let stats = of::<f32>(view, threads)
        .or_else(|| of::<f64>(view, threads))
        .or_else(|| of::<i64>(view, threads))
        .or_else(|| of::<u64>(view, threads))?;
    Some(
        stats
            .into_iter()
            .map(|stats| stats.typed(view.dtype()))
            .collect(),
    )
}

impl ColumnStats {
    /// Small integers are computed with as floats; their ends are integers still.
    fn typed(mut self, dtype: DType) -> Self {
        if !dtype.is_float() {
            let ends = self.summary.ends;
            self.summary.ends = ends.map(|(a, b)| (a.to_integer(), b.to_integer()));
        }
        self
    }
}
