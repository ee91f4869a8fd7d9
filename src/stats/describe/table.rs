//! Columns in memory, described by several threads.

use std::ops::{Range, RangeInclusive};

use super::column::{Asked, Column, FEW};
use super::kept::Draws;
use super::tally::Tally;
use crate::parallel::{BLOCK, blocks, each, in_parts};
use crate::stats::survey::{Survey, survey};
use crate::stats::wide::{Table, Wide};

/// Columns described together; more of them would take memory, and fewer would
/// read the rows of a table more often.
const COLUMNS: usize = 16;

/// Rows looked at beforehand, to know about where the quartiles lie: one of so many,
/// which costs as much as what the sample leaves to be found.
const ONE_OF: usize = 1 << 6;
const SAMPLE: RangeInclusive<usize> = 1 << 14..=1 << 16;

/// Of few rows so many tell where the middle of the values is.
const ORIGIN: usize = 1 << 10;

/// More passes are not made, for what changes with each of them.
pub(super) const PASSES: usize = 20;

/// Some neighbouring columns, all that is asked of them found.
pub(super) fn found<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    threads: usize,
    asked: &Asked,
) -> Vec<Column<T>> {
    let end = columns.end;
    let groups = columns.step_by(COLUMNS).map(|start| Group {
        table,
        columns: start..end.min(start + COLUMNS),
        threads,
    });
    groups.flat_map(|group| group.found(asked)).collect()
}

/// Some neighbouring columns of a table.
struct Group<'a, T> {
    table: &'a dyn Table<T>,
    columns: Range<usize>,
    threads: usize,
}

impl<T: Wide> Group<'_, T> {
    fn found(&self, asked: &Asked) -> Vec<Column<T>> {
        let room = (self.table.rows() / 16).max(1 << 18);
        let surveys = survey(self.table, self.columns.clone(), self.threads);
        let sampled = surveys.iter().zip(self.sample());
        let mut columns = each(sampled.collect(), &|(survey, sample)| {
            Column::new(*survey, sample, room, asked)
        });
        for _ in 0..PASSES {
            if columns.iter().all(Column::is_done) {
                break;
            }
            let tallies = self.tally(&surveys, &columns);
            let pairs = columns.into_iter().zip(tallies).collect();
            columns = each(pairs, &|(column, tally)| column.with(tally));
        }
        columns
    }

    fn tally(&self, surveys: &[Survey<T>], columns: &[Column<T>]) -> Vec<Tally<T>> {
        let make = || columns.iter().map(Column::tally).collect::<Vec<_>>();
        let parts = in_parts(
            self.table.rows(),
            self.threads,
            &make,
            &|tallies, part, rows| {
                let mut block = vec![Vec::new(); self.columns.len()];
                for rows in blocks(rows) {
                    self.table.read(rows, self.columns.clone(), &mut block);
                    for ((tally, values), survey) in tallies.iter_mut().zip(&mut block).zip(surveys)
                    {
                        if !survey.all_finite() {
                            values.retain(|value| value.is_finite());
                        }
                        tally.add(part, values);
                    }
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
        let size = match rows as u64 <= FEW {
            true => ORIGIN,
            false => (rows / ONE_OF).clamp(*SAMPLE.start(), *SAMPLE.end()),
        };
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
}
