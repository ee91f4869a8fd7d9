//! Columns that are not in memory: blocks of rows, read as often as needed.

use std::iter;

use ndarray::ArrayView1;

use super::ColumnStats;
use super::column::{Asked, Column, Ranked};
use super::kept::Kept;
use super::survey::Survey;
use super::table::{self, PASSES};
use super::wide::Wide;
use crate::error::{Error, Result};
use crate::parallel::{blocks as blocks_of_rows, threads};
use crate::tensor::{DType, Tensor};

/// Bytes of values held at most, but for very many columns: a set that fits is
/// read once, and a larger one mostly two or three times.
pub(in crate::stats) const MEMORY: usize = 64 << 20;

/// However many columns there are, so many values of each are kept.
const ROOM: usize = 1 << 10;

/// Windows that a column may have at once: three quartiles and two fences.
const WINDOWS: usize = 5;

/// Blocks of rows, of shape `(rows,)` or `(rows, width)`.
pub(crate) type Blocks = Box<dyn Iterator<Item = Result<Tensor>>>;

/// Begins a pass over blocks.
pub(crate) type Opening<'a> = dyn FnMut() -> Result<Blocks> + 'a;

/// Describes the columns of blocks of rows; `open` begins a pass over them, and
/// each pass should give the same. `None` for what is no number.
///
/// # Errors
///
/// Those of the blocks; and where blocks differ in their width or element type.
pub(crate) fn describe_blocks(open: &mut Opening<'_>) -> Result<Option<Vec<ColumnStats>>> {
    describe_within(open, threads(), MEMORY)
}

pub(super) fn describe_within(
    open: &mut Opening<'_>,
    threads: usize,
    memory: usize,
) -> Result<Option<Vec<ColumnStats>>> {
    stream(open, threads, memory, &Describing)
}

struct Describing;

impl Task for Describing {
    type Found = ColumnStats;

    fn run<T: Wide>(
        &self,
        stream: &Stream,
        first: Blocks,
        open: &mut Opening<'_>,
    ) -> Result<Vec<ColumnStats>> {
        let columns = stream.found::<T>(first, open, &Asked::all())?;
        let stats = columns.into_iter().map(Column::stats);
        Ok(stats.map(|stats| stats.typed(stream.dtype)).collect())
    }
}

/// What is to be found of each column, once the type is known.
pub(in crate::stats) trait Task {
    type Found;

    /// `first` is the first pass, begun already.
    fn run<T: Wide>(
        &self,
        stream: &Stream,
        first: Blocks,
        open: &mut Opening<'_>,
    ) -> Result<Vec<Self::Found>>;
}

/// Looks at the first block, and does the task in the type of its columns. `None` for
/// what is no number.
pub(in crate::stats) fn stream<K: Task>(
    open: &mut Opening<'_>,
    threads: usize,
    memory: usize,
    task: &K,
) -> Result<Option<Vec<K::Found>>> {
    let mut blocks = open()?;
    let Some(first) = blocks.next().transpose()? else {
        return Ok(Some(Vec::new()));
    };
    let is = |wide: fn(&Tensor) -> Option<usize>| wide(&first);
    let (f32, f64) = (is(width_of::<f32>), is(width_of::<f64>));
    let (i64, u64) = (is(width_of::<i64>), is(width_of::<u64>));
    let Some(width) = f32.or(f64).or(i64).or(u64) else {
        return Ok(None);
    };
    let stream = Stream {
        width,
        dtype: first.dtype(),
        threads,
        memory,
    };
    let blocks: Blocks = Box::new(iter::once(Ok(first)).chain(blocks));
    let found = match (f32, f64, i64) {
        (Some(_), ..) => task.run::<f32>(&stream, blocks, open),
        (_, Some(_), _) => task.run::<f64>(&stream, blocks, open),
        (.., Some(_)) => task.run::<i64>(&stream, blocks, open),
        _ => task.run::<u64>(&stream, blocks, open),
    };
    found.map(Some)
}

fn width_of<T: Wide>(block: &Tensor) -> Option<usize> {
    T::table(&block.view()).map(|table| table.width())
}

/// Blocks of rows of so many columns of one type.
pub(in crate::stats) struct Stream {
    width: usize,
    dtype: DType,
    threads: usize,
    memory: usize,
}

impl Stream {
    fn found<T: Wide>(
        &self,
        first: Blocks,
        open: &mut Opening<'_>,
        asked: &Asked,
    ) -> Result<Vec<Column<T>>> {
        let room = self.room::<T>(1);
        let mut columns = vec![(Survey::<T>::new(), Kept::new(room)); self.width];
        self.pass(first, &mut |j, values| {
            columns[j].0.add(values);
            values.iter().for_each(|&value| columns[j].1.push(value));
        })?;
        if columns.iter().all(|(_, kept)| kept.is_complete()) {
            let columns = columns.into_iter().map(|(_, kept)| kept.into_values());
            let found = columns.flat_map(|values| self.in_memory(&values, asked));
            return Ok(found.collect());
        }
        let sampled = columns.into_iter().map(|(survey, kept)| {
            let mut sample = kept.into_values();
            sample.retain(|value| value.is_finite());
            Column::new(survey, sample, self.room::<T>(WINDOWS), asked)
        });
        self.again(sampled.collect(), open)
    }

    /// Values by rank: at the quartiles and these other shares of the way from the least
    /// to the greatest value.
    pub(in crate::stats) fn ranked<T: Wide>(
        &self,
        first: Blocks,
        open: &mut Opening<'_>,
        others: &[f64],
    ) -> Result<Vec<Ranked<T>>> {
        let columns = self.found(first, open, &Asked::ranks(others))?;
        Ok(columns.into_iter().map(Column::ranked).collect())
    }

    fn again<T: Wide>(
        &self,
        mut columns: Vec<Column<T>>,
        open: &mut Opening<'_>,
    ) -> Result<Vec<Column<T>>> {
        for _ in 0..PASSES {
            if columns.iter().all(Column::is_done) {
                break;
            }
            let mut tallies: Vec<_> = columns.iter().map(Column::tally).collect();
            self.pass(open()?, &mut |j, values| {
                values.retain(|value: &T| value.is_finite());
                tallies[j].add(0, values);
            })?;
            let found = columns.into_iter().zip(tallies);
            columns = found.map(|(column, tally)| column.with(tally)).collect();
        }
        Ok(columns)
    }

    /// Values of a column that may be kept, in so many lots.
    fn room<T>(&self, lots: usize) -> usize {
        let bytes = size_of::<T>() * lots * self.width.max(1);
        (self.memory / bytes).max(ROOM)
    }

    fn in_memory<T: Wide>(&self, values: &[T], asked: &Asked) -> Vec<Column<T>> {
        let view = T::wrap_view(ArrayView1::from(values).into_dyn());
        T::table(&view).map_or(Vec::new(), |table| {
            table::found(table.as_ref(), 0..1, self.threads, asked)
        })
    }

    /// Hands over the values of each column of each block, with its position.
    pub(in crate::stats) fn pass<T: Wide>(
        &self,
        blocks: Blocks,
        add: &mut dyn FnMut(usize, &mut Vec<T>),
    ) -> Result<()> {
        let mut columns = vec![Vec::new(); self.width];
        for block in blocks {
            let block = block?;
            let view = block.view();
            let Some(table) = T::table(&view) else {
                let (found, wanted) = (block.dtype(), std::any::type_name::<T>());
                return Err(Error::dtype(format!(
                    "expected blocks of one element type that fits {wanted}, but found {found}"
                )));
            };
            if table.width() != self.width {
                let (width, found) = (self.width, table.width());
                return Err(Error::shape(format!(
                    "expected blocks of {width} columns, but found one of {found}"
                )));
            }
            for rows in blocks_of_rows(0..table.rows()) {
                table.read(rows, 0..self.width, &mut columns);
                columns
                    .iter_mut()
                    .enumerate()
                    .for_each(|(j, values)| add(j, values));
            }
        }
        Ok(())
    }
}
