//! Columns in memory, described by several threads.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::ColumnStats;
use super::column::{Column, FEW};
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

/// Of few rows so many tell where the middle of the values is.
const ORIGIN: usize = 1 << 10;

/// More passes are not made, for what changes with each of them.
pub(super) const PASSES: usize = 20;

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
        let mut columns = self.each(sampled.collect(), &|(survey, sample)| {
            Column::new(*survey, sample, room)
        });
        for _ in 0..PASSES {
            if columns.iter().all(Column::is_done) {
                break;
            }
            let tallies = self.tally(&surveys, &columns);
            let pairs = columns.into_iter().zip(tallies).collect();
            columns = self.each(pairs, &|(column, tally)| column.with(tally));
        }
        columns.into_iter().map(Column::stats).collect()
    }

    fn survey(&self) -> Vec<Survey<T>> {
        let whole = self.columns.len() == self.table.width();
        let parts = self.parts(
            &|| vec![Survey::new(); self.columns.len()],
            &|surveys, _, rows| {
                let mut block = vec![Vec::new(); self.columns.len()];
                for rows in blocks(rows) {
                    if let Some(values) = self.table.slice(rows.clone()).filter(|_| whole) {
                        Survey::add_rows(surveys, values);
                        continue;
                    }
                    self.table.read(rows, self.columns.clone(), &mut block);
                    for (survey, values) in surveys.iter_mut().zip(&block) {
                        survey.add(values);
                    }
                }
            },
        );
        let merged = parts
            .into_iter()
            .reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.merge(b)).collect());
        merged.unwrap_or_default()
    }

    fn tally(&self, surveys: &[Survey<T>], columns: &[Column<T>]) -> Vec<Tally<T>> {
        let make = || columns.iter().map(Column::tally).collect::<Vec<_>>();
        let parts = self.parts(&make, &|tallies, part, rows| {
            let mut block = vec![Vec::new(); self.columns.len()];
            for rows in blocks(rows) {
                self.table.read(rows, self.columns.clone(), &mut block);
                for ((tally, values), survey) in tallies.iter_mut().zip(&mut block).zip(surveys) {
                    if !survey.all_finite() {
                        values.retain(|value| value.is_finite());
                    }
                    tally.add(part, values);
                }
            }
        });
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
        let size = if rows as u64 <= FEW { ORIGIN } else { SAMPLE };
        let (step, mut draws) = ((rows / size).max(1), Draws(0));
        let starts = (0..rows / step * step).step_by(step);
        let picked: Vec<usize> = starts.map(|start| start + draws.below(step)).collect();
        for rows in picked.chunks(BLOCK) {
            self.pick(rows, &mut columns);
        }
        for column in &mut columns {
            column.retain(|value| value.is_finite());
        }
        columns
    }

    /// Appends the values of some rows. Column by column, as many rows are then fetched
    /// from memory at once.
    fn pick(&self, rows: &[usize], into: &mut [Vec<T>]) {
        let width = self.table.width();
        if let Some(values) = self.table.slice(0..self.table.rows()) {
            for (j, column) in self.columns.clone().zip(into) {
                column.extend(rows.iter().map(|row| values[row * width + j]));
            }
            return;
        }
        let mut picked = vec![Vec::new(); into.len()];
        for &row in rows {
            self.table
                .read(row..row + 1, self.columns.clone(), &mut picked);
            for (column, value) in into.iter_mut().zip(&picked) {
                column.extend_from_slice(value);
            }
        }
    }

    /// Does the same to each column, several at once.
    fn each<A: Send, B: Send>(&self, columns: Vec<A>, to: &(dyn Fn(A) -> B + Sync)) -> Vec<B> {
        let share = columns.len().div_ceil(self.threads.max(1)).max(1);
        let mut columns = columns.into_iter();
        thread::scope(|scope| {
            let mut others = Vec::new();
            let mut done: Vec<B> = Vec::new();
            loop {
                let some: Vec<A> = columns.by_ref().take(share).collect();
                let work = move || some.into_iter().map(to).collect::<Vec<B>>();
                if columns.len() == 0 {
                    let last = work();
                    others
                        .into_iter()
                        .for_each(|other| done.extend(joined(other)));
                    done.extend(last);
                    return done;
                }
                others.push(scope.spawn(work));
            }
        })
    }

    /// Lets each thread `add` parts of the rows to a state of its own.
    fn parts<A: Send>(
        &self,
        make: &(dyn Fn() -> A + Sync),
        add: &(dyn Fn(&mut A, usize, Range<usize>) + Sync),
    ) -> Vec<A> {
        let rows = self.table.rows();
        let parts = rows.div_ceil(PART);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut state = make();
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= parts {
                    return state;
                }
                let start = part * PART;
                add(&mut state, part, start..rows.min(start + PART));
            }
        };
        thread::scope(|scope| {
            let threads = self.threads.min(parts).max(1);
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut states = vec![work()];
            states.extend(others.into_iter().map(joined));
            states
        })
    }
}

fn joined<A>(thread: thread::ScopedJoinHandle<'_, A>) -> A {
    thread
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

pub(super) fn blocks(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = rows.end;
    rows.step_by(BLOCK)
        .map(move |start| start..end.min(start + BLOCK))
}
