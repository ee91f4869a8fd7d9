//! Columns that are not in memory: blocks of rows, read as often as needed.

use std::iter;

use ndarray::ArrayView1;

use super::ColumnStats;
use super::column::Column;
use super::kept::Kept;
use super::survey::Survey;
use super::table::{self, PASSES};
use super::wide::Wide;
use crate::error::{Error, Result};
use crate::parallel::{blocks as blocks_of_rows, threads};
use crate::tensor::Tensor;

/// Bytes of values held at most, but for very many columns: a set that fits is
/// read once, and a larger one mostly two or three times.
pub(super) const MEMORY: usize = 64 << 20;

/// However many columns there are, so many values of each are kept.
const ROOM: usize = 1 << 10;

/// Windows that a column may have at once: three quartiles and two fences.
const WINDOWS: usize = 5;

/// Blocks of rows, of shape `(rows,)` or `(rows, width)`.
pub(crate) type Blocks = Box<dyn Iterator<Item = Result<Tensor>>>;

/// Describes the columns of blocks of rows; `open` begins a pass over them, and
/// each pass should give the same. `None` for what is no number.
///
/// # Errors
///
/// Those of the blocks; and where blocks differ in their width or element type.
pub(crate) fn describe_blocks(
    open: &mut dyn FnMut() -> Result<Blocks>,
) -> Result<Option<Vec<ColumnStats>>> {
    describe_within(open, threads(), MEMORY)
}

pub(super) fn describe_within(
    open: &mut dyn FnMut() -> Result<Blocks>,
    threads: usize,
    memory: usize,
) -> Result<Option<Vec<ColumnStats>>> {
    let mut blocks = open()?;
    let Some(first) = blocks.next().transpose()? else {
        return Ok(Some(Vec::new()));
    };
    let dtype = first.dtype();
    let is = |wide: fn(&Tensor) -> Option<usize>| wide(&first);
    let (f32, f64) = (is(width_of::<f32>), is(width_of::<f64>));
    let (i64, u64) = (is(width_of::<i64>), is(width_of::<u64>));
    let Some(width) = f32.or(f64).or(i64).or(u64) else {
        return Ok(None);
    };
    let stream = Stream {
        width,
        threads,
        memory,
    };
    let blocks: Blocks = Box::new(iter::once(Ok(first)).chain(blocks));
    let stats = match (f32, f64, i64) {
        (Some(_), ..) => stream.describe::<f32>(blocks, open),
        (_, Some(_), _) => stream.describe::<f64>(blocks, open),
        (.., Some(_)) => stream.describe::<i64>(blocks, open),
        _ => stream.describe::<u64>(blocks, open),
    }?;
    Ok(Some(
        stats.into_iter().map(|stats| stats.typed(dtype)).collect(),
    ))
}

fn width_of<T: Wide>(block: &Tensor) -> Option<usize> {
    T::table(&block.view()).map(|table| table.width())
}

struct Stream {
    width: usize,
    threads: usize,
    memory: usize,
}

impl Stream {
    fn describe<T: Wide>(
        &self,
        first: Blocks,
        open: &mut dyn FnMut() -> Result<Blocks>,
    ) -> Result<Vec<ColumnStats>> {
        let room = self.room::<T>(1);
        let mut columns = vec![(Survey::<T>::new(), Kept::new(room)); self.width];
        self.pass(first, &mut |j, values| {
            columns[j].0.add(values);
            values.iter().for_each(|&value| columns[j].1.push(value));
        })?;
        if columns.iter().all(|(_, kept)| kept.is_complete()) {
            let columns = columns.into_iter().map(|(_, kept)| kept.into_values());
            return Ok(columns.flat_map(|values| self.in_memory(&values)).collect());
        }
        let sampled = columns.into_iter().map(|(survey, kept)| {
            let mut sample = kept.into_values();
            sample.retain(|value| value.is_finite());
            Column::new(survey, sample, self.room::<T>(WINDOWS))
        });
        let columns = self.again(sampled.collect(), open)?;
        Ok(columns.into_iter().map(Column::stats).collect())
    }

    fn again<T: Wide>(
        &self,
        mut columns: Vec<Column<T>>,
        open: &mut dyn FnMut() -> Result<Blocks>,
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

    fn in_memory<T: Wide>(&self, values: &[T]) -> Vec<ColumnStats> {
        let view = T::wrap_view(ArrayView1::from(values).into_dyn());
        T::table(&view).map_or(Vec::new(), |table| {
            table::describe(table.as_ref(), self.threads)
        })
    }

    /// Hands over the values of each column of each block, with its position.
    fn pass<T: Wide>(&self, blocks: Blocks, add: &mut dyn FnMut(usize, &mut Vec<T>)) -> Result<()> {
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
