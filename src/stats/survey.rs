//! What a first look at a column tells: how many values of each kind, and how
//! far they reach.

use std::ops::Range;

use super::wide::{Table, Wide};
use crate::list::IntoList;
use crate::parallel::{blocks, in_parts};

/// Values looked at side by side, for vector instructions.
const LANES: usize = 8;

/// Rows looked at side by side.
const ROWS: usize = 16;

/// A survey of each of some columns of a table.
pub(super) fn survey<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    threads: usize,
) -> Vec<Survey<T>> {
    let (width, whole) = (columns.len(), columns.len() == table.width());
    let make = || vec![Survey::new(); width];
    let parts = in_parts(table.rows(), threads, &make, &|surveys, _, rows| {
        let mut block = vec![Vec::new(); width];
        for rows in blocks(rows) {
            if let Some(values) = table.slice(rows.clone()).filter(|_| whole) {
                Survey::add_rows(surveys, values);
                continue;
            }
            table.read(rows, columns.clone(), &mut block);
            for (survey, values) in surveys.iter_mut().zip(&block) {
                survey.add(values);
            }
        }
    });
    let merged = parts
        .into_iter()
        .reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.merge(b)).into_list());
    merged.unwrap_or_else(make)
}

/// Counts by kind, and the ends of the finite values. Surveys of parts merge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Survey<T> {
    pub(super) finite: u64,
    pub(super) nan: u64,
    pub(super) positive_infinite: u64,
    pub(super) negative_infinite: u64,
    pub(super) ends: Option<(T, T)>,
}

impl<T: Wide> Survey<T> {
    pub(super) fn new() -> Self {
        Survey {
            finite: 0,
            nan: 0,
            positive_infinite: 0,
            negative_infinite: 0,
            ends: None,
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.finite + self.nan + self.positive_infinite + self.negative_infinite
    }

    pub(super) fn infinite(&self) -> u64 {
        self.positive_infinite + self.negative_infinite
    }

    /// Whether there were only finite values.
    pub(super) fn all_finite(&self) -> bool {
        self.finite == self.count()
    }

    pub(super) fn add(&mut self, values: &[T]) {
        let (lanes, rest) = values.as_chunks::<LANES>();
        let Some(first) = lanes.first() else {
            return self.add_each(values);
        };
        let (mut least, mut greatest, mut finite) = (*first, *first, [true; LANES]);
        for chunk in lanes {
            for i in 0..LANES {
                least[i] = if chunk[i] < least[i] {
                    chunk[i]
                } else {
                    least[i]
                };
                greatest[i] = if chunk[i] > greatest[i] {
                    chunk[i]
                } else {
                    greatest[i]
                };
                finite[i] &= chunk[i].is_finite();
            }
        }
        if !finite.iter().all(|&finite| finite) {
            return self.add_each(values);
        }
        self.finite += (LANES * lanes.len()) as u64;
        least
            .into_iter()
            .chain(greatest)
            .for_each(|value| self.stretch(value, value));
        self.add_each(rest);
    }

    fn add_each(&mut self, values: &[T]) {
        for &value in values {
            if value.is_finite() {
                self.finite += 1;
                self.stretch(value, value);
            } else {
                let value = value.to_f64();
                self.nan += u64::from(value.is_nan());
                self.positive_infinite += u64::from(value == f64::INFINITY);
                self.negative_infinite += u64::from(value == f64::NEG_INFINITY);
            }
        }
    }

    fn stretch(&mut self, least: T, greatest: T) {
        let (a, b) = self.ends.unwrap_or((least, greatest));
        let least = if least < a { least } else { a };
        let greatest = if greatest > b { greatest } else { b };
        self.ends = Some((least, greatest));
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.finite += other.finite;
        self.nan += other.nan;
        self.positive_infinite += other.positive_infinite;
        self.negative_infinite += other.negative_infinite;
        if let Some((least, greatest)) = other.ends {
            self.stretch(least, greatest);
        }
        self
    }

    /// Adds rows that lie side by side, one survey a column: as they lie, as taking
    /// them apart costs more than all the rest.
    pub(super) fn add_rows(surveys: &mut [Self], values: &[T]) {
        let width = surveys.len().max(1);
        let stretch = width * ROWS;
        let Some(first) = values.get(..stretch) else {
            return Self::add_row_by_row(surveys, values);
        };
        let (mut least, mut greatest) = (first.to_vec(), first.to_vec());
        let mut others = 0_u32;
        let chunks = values.chunks_exact(stretch);
        let rest = chunks.remainder();
        let rows = ((values.len() - rest.len()) / width) as u64;
        for chunk in chunks {
            for ((least, greatest), &value) in least.iter_mut().zip(&mut greatest).zip(chunk) {
                *least = if value < *least { value } else { *least };
                *greatest = if value > *greatest { value } else { *greatest };
                others |= u32::from(!value.is_finite());
            }
        }
        if others > 0 {
            return Self::add_row_by_row(surveys, values);
        }
        for (row_least, row_greatest) in least.chunks(width).zip(greatest.chunks(width)) {
            for ((survey, a), b) in surveys.iter_mut().zip(row_least).zip(row_greatest) {
                survey.stretch(*a, *b);
            }
        }
        surveys.iter_mut().for_each(|survey| survey.finite += rows);
        Self::add_row_by_row(surveys, rest);
    }

    fn add_row_by_row(surveys: &mut [Self], values: &[T]) {
        for row in values.chunks(surveys.len().max(1)) {
            for (survey, value) in surveys.iter_mut().zip(row) {
                survey.add_each(&[*value]);
            }
        }
    }
}
