//! What `describe()` tells of columns of numbers: exact, quick, in bounded memory.
//!
//! A first look ([`survey`]) counts values by kind and finds the ends. A sample
//! then tells about where the quartiles lie, so that the next pass ([`tally`])
//! keeps only values near them and counts all others ([`windows`]): its answer
//! is exact, or else known not to be, and another pass is made. The first of these
//! passes counts a histogram ([`bins`]), whose slots tell besides which values are
//! far from all quartiles ([`near`]). All parts of rows are summed up apart and merged.
//! Who asks for values by rank alone, as box plots do, gets them the same way, without
//! the histogram.

mod bins;
mod blocks;
mod column;
mod distinct;
mod kept;
mod near;
mod select;
mod table;
mod tally;
mod windows;

#[cfg(test)]
mod tests;

pub(crate) use bins::BINS;
pub(crate) use blocks::{Blocks, Opening, describe_blocks};
pub(super) use blocks::{MEMORY, Stream, Task, stream};
pub(super) use column::{QUARTILES, Ranked};
pub use distinct::Distinct;

use std::ops::Range;

use column::{Asked, Column};

use super::summary::Summary;
use super::wide::{Table, Wide, as_column, with_table};
use super::{survey, wide};
use crate::parallel::threads;
use crate::tensor::{DType, TensorView};

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

/// Describes all elements together, whatever the shape. `None` for what is no number.
pub(crate) fn describe_pooled(view: &TensorView<'_>) -> Option<ColumnStats> {
    describe_view(&as_column(view))?.into_iter().next()
}

fn describe_on(view: &TensorView<'_>, threads: usize) -> Option<Vec<ColumnStats>> {
    let stats = with_table!(view, table => described(table, threads), else return None);
    let typed = stats.into_iter().map(|stats| stats.typed(view.dtype()));
    Some(typed.collect())
}

fn described<T: Wide>(table: &dyn Table<T>, threads: usize) -> Vec<ColumnStats> {
    let columns = table::found(table, 0..table.width(), threads, &Asked::all());
    columns.into_iter().map(Column::stats).collect()
}

/// Values by rank of some neighbouring columns: at the quartiles and these other shares
/// of the way from the least to the greatest value.
pub(super) fn ranked<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    others: &[f64],
) -> Vec<Ranked<T>> {
    let columns = table::found(table, columns, threads(), &Asked::ranks(others));
    columns.into_iter().map(Column::ranked).collect()
}

impl ColumnStats {
    fn typed(mut self, dtype: DType) -> Self {
        self.summary = self.summary.typed(dtype);
        self
    }
}
