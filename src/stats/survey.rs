//! What a first look at a column tells: how many values of each kind, and how
//! far they reach.

use std::ops::Range;

use super::wide::{Table, Wide};
use crate::list::IntoList;
use crate::parallel::{BLOCK, blocks, in_parts};

/// Rows looked at side by side, for vector instructions.
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
        if let Some(values) = table.slice(rows.clone()).filter(|_| whole) {
            return Survey::add_rows(surveys, values);
        }
        let mut block = vec![Vec::new(); width];
        for rows in blocks(rows) {
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

/// Of numbers, as one instruction.
fn less<T: PartialOrd>(a: T, b: T) -> T {
    if a < b { a } else { b }
}

fn greater<T: PartialOrd>(a: T, b: T) -> T {
    if a > b { a } else { b }
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
        Survey::add_rows(std::slice::from_mut(self), values);
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
        self.ends = Some((less(least, a), greater(greatest, b)));
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
        if Self::add_numbers(surveys, values) {
            return;
        }
        for block in values.chunks(BLOCK * surveys.len().max(1)) {
            if !Self::add_numbers(surveys, block) {
                Self::add_row_by_row(surveys, block);
            }
        }
    }

    /// Adds rows of finite numbers only; false, and nothing done, if there are others.
    fn add_numbers(surveys: &mut [Self], values: &[T]) -> bool {
        let width = surveys.len().max(1);
        let stretch = width * ROWS;
        // From four places far apart, as memory is read ahead where reading goes on.
        let quarter = values.len() / 4 / stretch * stretch;
        let (four, rest) = values.split_at(4 * quarter);
        let (mut least, mut greatest) = match values.get(..stretch) {
            Some(first) if quarter > 0 => (first.to_vec(), first.to_vec()),
            _ => return false,
        };
        let (ab, cd) = four.split_at(2 * quarter);
        let ((a, b), (c, d)) = (ab.split_at(quarter), cd.split_at(quarter));
        let [a, b, c, d] = [a, b, c, d].map(|values| values.chunks_exact(stretch));
        let mut spoilt = 0_u32;
        for (((a, b), c), d) in a.zip(b).zip(c).zip(d) {
            let ends = least.iter_mut().zip(&mut greatest);
            for ((((end, a), b), c), d) in ends.zip(a).zip(b).zip(c).zip(d) {
                *end.0 = less(*end.0, less(less(*a, *b), less(*c, *d)));
                *end.1 = greater(*end.1, greater(greater(*a, *b), greater(*c, *d)));
                spoilt |= u32::from(T::spoil([*a, *b, *c, *d]));
            }
        }
        // Infinities are ends.
        if spoilt > 0 || !least.iter().chain(&greatest).all(|end| end.is_finite()) {
            return false;
        }
        for (row_least, row_greatest) in least.chunks(width).zip(greatest.chunks(width)) {
            for ((survey, a), b) in surveys.iter_mut().zip(row_least).zip(row_greatest) {
                survey.stretch(*a, *b);
            }
        }
        let rows = (four.len() / width) as u64;
        surveys.iter_mut().for_each(|survey| survey.finite += rows);
        Self::add_row_by_row(surveys, rest);
        true
    }

    fn add_row_by_row(surveys: &mut [Self], values: &[T]) {
        for row in values.chunks(surveys.len().max(1)) {
            for (survey, value) in surveys.iter_mut().zip(row) {
                survey.add_each(&[*value]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one_by_one<T: Wide>(values: &[T], width: usize) -> Vec<Survey<T>> {
        let mut surveys = vec![Survey::new(); width];
        for row in values.chunks(width) {
            for (survey, value) in surveys.iter_mut().zip(row) {
                survey.add_each(&[*value]);
            }
        }
        surveys
    }

    fn check<T: Wide>(values: &[T], width: usize) {
        let values = &values[..values.len() / width * width];
        let mut surveys = vec![Survey::new(); width];
        Survey::add_rows(&mut surveys, values);
        assert_eq!(surveys, one_by_one(values, width));
    }

    #[test]
    fn one_odd_value_spoils_only_its_block() {
        let mut values: Vec<f64> = (0..20 * BLOCK).map(|i| (i as f64).sin()).collect();
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            values[7 * BLOCK + 3] = odd;
            check(&values, 1);
            check(&values, 5);
        }
    }

    proptest! {
        #[test]
        fn rows_are_surveyed_as_one_by_one(
            finite in prop::collection::vec(-1e30_f64..1e30, 0..900),
            odd in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
                f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, -0.0,
            ])), 0..4),
            width in 1_usize..7,
        ) {
            let mut values = finite;
            for (at, odd) in odd {
                if !values.is_empty() {
                    let at = at.index(values.len());
                    values[at] = odd;
                }
            }
            check(&values, width);
            let single: Vec<f32> = values.iter().map(|&v| v as f32).collect();
            check(&single, width);
            let whole: Vec<i64> = values.iter().map(|&v| v as i64).collect();
            check(&whole, width);
        }
    }
}
