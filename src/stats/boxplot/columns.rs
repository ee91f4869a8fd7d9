//! The boxes of columns: quartiles by the machinery of `describe`, and one look more for
//! whiskers and fliers.

use std::ops::Range;

use super::beyond::MANY;
use super::reach::Reach;
use super::{BoxStats, BoxplotOptions, Middle};
use crate::error::Result;
use crate::parallel::{blocks, in_parts, threads};
use crate::stats::describe::{self, Blocks, MEMORY, Opening, Ranked, Stream, Task};
use crate::stats::histogram::Dropped;
use crate::stats::wide::{Table, Wide, with_table};
use crate::tensor::TensorView;

/// The box of a column's finite values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BoxColumn {
    pub(crate) stats: BoxStats,
    /// Values beyond the whiskers. Of blocks, `stats` hold some of very many only.
    pub(crate) fliers: u64,
    /// Values that are not finite.
    pub(crate) dropped: Dropped,
    /// The least and the greatest value.
    pub(crate) ends: Option<(f64, f64)>,
}

impl BoxplotOptions {
    /// A box for each of some columns of a view of shape `(rows, width)`; a view of
    /// another shape is one column.
    pub(crate) fn of_columns(
        &self,
        view: &TensorView<'_>,
        columns: Range<usize>,
    ) -> Result<Vec<BoxColumn>> {
        self.check()?;
        with_table!(view, table => Ok(of_table(table, columns, self)), else Err(view.no_numbers()))
    }

    /// A box for each column of blocks of rows; `open` begins a pass over them, and each
    /// pass should give the same. `None` for what is no number.
    ///
    /// Memory is bounded: of more than [`MANY`] fliers on one side those are kept that can
    /// be told apart, the outermost among them, and all are counted.
    ///
    /// # Errors
    ///
    /// Those of the blocks; where blocks differ in their width or element type; and those
    /// of [`of`](Self::of).
    pub(crate) fn of_blocks(&self, open: &mut Opening<'_>) -> Result<Option<Vec<BoxColumn>>> {
        self.of_blocks_within(open, MEMORY)
    }

    pub(super) fn of_blocks_within(
        &self,
        open: &mut Opening<'_>,
        memory: usize,
    ) -> Result<Option<Vec<BoxColumn>>> {
        self.check()?;
        describe::stream(open, threads(), memory, self)
    }
}

impl Task for BoxplotOptions {
    type Found = BoxColumn;

    fn run<T: Wide>(
        &self,
        stream: &Stream,
        first: Blocks,
        open: &mut Opening<'_>,
    ) -> Result<Vec<BoxColumn>> {
        let ranked = stream.ranked::<T>(first, open, &self.shares())?;
        let mut boxes: Vec<Boxed<T>> = begun(&ranked, self, MANY);
        if !boxes.iter().all(Boxed::is_known) {
            stream.pass(open()?, &mut |j, values| boxes[j].add(0, values))?;
        }
        Ok(boxes.into_iter().map(Boxed::column).collect())
    }
}

pub(super) fn of_table<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    options: &BoxplotOptions,
) -> Vec<BoxColumn> {
    let ranked = describe::ranked(table, columns.clone(), &options.shares());
    let begun = || begun(&ranked, options, usize::MAX);
    let boxes = match begun().iter().all(Boxed::is_known) {
        true => begun(),
        false => looked_at(table, columns, &begun),
    };
    boxes.into_iter().map(Boxed::column).collect()
}

/// With all values of the columns.
fn looked_at<'a, T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    begun: &(dyn Fn() -> Vec<Boxed<'a, T>> + Sync),
) -> Vec<Boxed<'a, T>> {
    let parts = in_parts(table.rows(), threads(), begun, &|boxes, part, rows| {
        let mut block = vec![Vec::new(); columns.len()];
        for rows in blocks(rows) {
            table.read(rows, columns.clone(), &mut block);
            for (boxed, values) in boxes.iter_mut().zip(&mut block) {
                boxed.add(part, values);
            }
        }
    });
    let merged = parts
        .into_iter()
        .reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.merge(b)).collect());
    merged.unwrap_or_else(begun)
}

fn begun<'a, T: Wide>(
    ranked: &'a [Ranked<T>],
    options: &BoxplotOptions,
    room: usize,
) -> Vec<Boxed<'a, T>> {
    let each = ranked.iter();
    each.map(|ranked| Boxed::new(ranked, options, room))
        .collect()
}

/// A column whose quartiles are known.
struct Boxed<'a, T> {
    ranked: &'a Ranked<T>,
    middle: Middle,
    reach: Reach<T>,
}

impl<'a, T: Wide> Boxed<'a, T> {
    fn new(ranked: &'a Ranked<T>, options: &BoxplotOptions, room: usize) -> Self {
        let survey = &ranked.survey;
        let middle = Middle::new(survey.finite, ranked.mean, &ranked.values, options);
        Boxed {
            reach: Reach::between(middle.limits, survey.ends, room),
            ranked,
            middle,
        }
    }

    /// Whether nothing lies beyond the whiskers.
    fn is_known(&self) -> bool {
        self.ranked.survey.ends.is_none() || self.reach.is_known()
    }

    fn add(&mut self, part: usize, values: &mut Vec<T>) {
        if !self.ranked.survey.all_finite() {
            values.retain(|value| value.is_finite());
        }
        self.reach.add(part, values);
    }

    fn merge(self, other: Self) -> Self {
        Boxed {
            reach: self.reach.merge(other.reach),
            ..self
        }
    }

    fn column(self) -> BoxColumn {
        let survey = &self.ranked.survey;
        let reached = self.reach.reached();
        BoxColumn {
            fliers: reached.count,
            stats: self.middle.stats(reached),
            dropped: Dropped {
                nan: survey.nan,
                infinite: survey.infinite(),
                ..Dropped::default()
            },
            ends: survey.ends.map(|(a, b)| (a.to_f64(), b.to_f64())),
        }
    }
}
