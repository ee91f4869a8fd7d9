//! Columns in memory, described by several threads.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::ColumnStats;
use super::column::Column;
use super::kept::Draws;
use super::survey::Survey;
use super::tally::Tally;
use super::wide::{Table, Wide};

/// Rows are read into columns so many at a time: those of a few columns stay in
/// the first-level cache.
const BLOCK: usize = 1024;

/// Rows that one thread takes at a time. Sums are made of these parts in their
/// order, so they are the same however many threads there are.
const PART: usize = 1 << 16;

/// Columns described together; more of them would take memory, and fewer would
/// read the rows of a table more often.
const COLUMNS: usize = 16;

/// Rows looked at beforehand, to know about where the quartiles lie.
const SAMPLE: usize = 1 << 16;

/// More passes are not made, for what changes with each of them.
pub(super) const PASSES: usize = 12;

pub(super) fn describe<T: Wide>(table: &dyn Table<T>, threads: usize) -> Vec<ColumnStats> {
    let groups = (0..table.width()).step_by(COLUMNS);
    groups
        .flat_map(|start| {
            let columns = start..table.width().min(start + COLUMNS);
            Group {
                table,
                columns,
                threads,
            }
            .describe()
        })
        .collect()
}

/// Some neighbouring columns of a table.
struct Group<'a, T> {
    table: &'a dyn Table<T>,
    columns: Range<usize>,
    threads: usize,
}

impl<T: Wide> Group<'_, T> {
    fn describe(&self) -> Vec<ColumnStats> {
        let room = (self.table.rows() / 16).max(1 << 18);
        let surveys = self.survey();
        let sampled = surveys.iter().zip(self.sample());
        let mut columns: Vec<Column<T>> = sampled
            .map(|(survey, sample)| Column::new(*survey, sample, room))
            .collect();
        for _ in 0..PASSES {
            if columns.iter().all(Column::is_done) {
                break;
            }
            let tallies = self.tally(&surveys, &columns);
            for (column, tally) in columns.iter_mut().zip(tallies) {
                column.take(tally);
            }
        }
        columns.into_iter().map(Column::stats).collect()
    }

    fn survey(&self) -> Vec<Survey<T>> {
        let parts = self.pass(
            &|| vec![Survey::new(); self.columns.len()],
            &|surveys, _, block| {
                for (survey, values) in surveys.iter_mut().zip(block) {
                    survey.add(values);
                }
            },
        );
        let merged = parts
            .into_iter()
            .reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.merge(b)).collect());
        merged.unwrap_or_default()
    }

    fn tally(&self, surveys: &[Survey<T>], columns: &[Column<T>]) -> Vec<Tally<T>> {
        let parts = self.pass(
            &|| columns.iter().map(Column::tally).collect::<Vec<_>>(),
            &|tallies, part, block| {
                for ((tally, values), survey) in tallies.iter_mut().zip(block).zip(surveys) {
                    if !survey.all_finite() {
                        values.retain(|value| value.is_finite());
                    }
                    tally.add(part, values);
                }
            },
        );
        let merged = parts.into_iter().reduce(|mut a, b| {
            for (a, b) in a.iter_mut().zip(b) {
                a.merge(b);
            }
            a
        });
        merged.unwrap_or_default()
    }

    /// Finite values of rows from all over the table.
    fn sample(&self) -> Vec<Vec<T>> {
        let rows = self.table.rows();
        let mut columns = vec![Vec::new(); self.columns.len()];
        if rows as u64 <= super::column::FEW {
            return columns;
        }
        let (step, mut draws) = (rows / SAMPLE, Draws(0));
        for start in (0..SAMPLE).map(|i| i * step) {
            let row = start + draws.below(step);
            self.table
                .read(row..row + 1, self.columns.clone(), &mut columns);
        }
        for column in &mut columns {
            column.retain(|value| value.is_finite());
        }
        columns
    }

    /// Lets each thread `add` blocks of rows to a state of its own.
    fn pass<A: Send>(
        &self,
        make: &(dyn Fn() -> A + Sync),
        add: &(dyn Fn(&mut A, usize, &mut [Vec<T>]) + Sync),
    ) -> Vec<A> {
        let rows = self.table.rows();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut state = make();
            let mut block = vec![Vec::with_capacity(BLOCK); self.columns.len()];
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                let Some(start) = part.checked_mul(PART).filter(|start| *start < rows) else {
                    return state;
                };
                let end = rows.min(start + PART);
                for first in (start..end).step_by(BLOCK) {
                    block.iter_mut().for_each(Vec::clear);
                    let rows = first..end.min(first + BLOCK);
                    self.table.read(rows, self.columns.clone(), &mut block);
                    add(&mut state, part, &mut block);
                }
            }
        };
        let threads = self.threads.min(rows.div_ceil(PART)).max(1);
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut states = vec![work()];
            for other in others {
                match other.join() {
                    Ok(state) => states.push(state),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            states
        })
    }
}
