//! Values of columns counted in bins, several columns and threads at a time.

use std::ops::Range;

use super::histogram::Dropped;
use super::locator::Locator;
use super::quick::Quick;
use super::wide::{Table, Wide};
use crate::list::{IntoList, MapEach, MapInto};
use crate::parallel::{blocks, in_parts, threads};

/// What each thread counts is its own; beyond so many bins that costs more memory
/// than threads save time.
const MANY_BINS: usize = 1 << 20;

/// Counts of a column's bins, and of the values in none.
pub(super) type Counts = (Vec<u64>, Dropped);

/// Counts columns by the bins that were found for them, if any were; and whether all
/// values of the column are known to be finite and between the outer edges.
pub(super) fn count_columns<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    bins: Vec<Option<(&Locator, bool)>>,
) -> Vec<Option<Counts>> {
    let total: usize = bins
        .iter()
        .flatten()
        .map(|(locator, _)| locator.bins())
        .sum();
    let threads = if total > MANY_BINS { 1 } else { threads() };
    let make = || -> Vec<Option<Counter<'_, T>>> {
        let counter = |&(locator, inside)| Counter::new(locator, inside);
        bins.map_each(|bins| bins.as_ref().map(counter))
    };
    let alone = columns.len() == 1 && table.width() == 1;
    let states = in_parts(table.rows(), threads, &make, &|counters, _, rows| {
        let mut block = vec![Vec::new(); columns.len()];
        for rows in blocks(rows) {
            if let (true, Some(values)) = (alone, table.slice(rows.clone())) {
                counters
                    .iter_mut()
                    .flatten()
                    .for_each(|counter| counter.add(values));
                continue;
            }
            table.read(rows, columns.clone(), &mut block);
            for (counter, values) in counters.iter_mut().zip(&block) {
                if let Some(counter) = counter {
                    counter.add(values);
                }
            }
        }
    });
    let merged = states.into_iter().reduce(|a, b| {
        let pairs = a.into_iter().zip(b);
        pairs.map(|(a, b)| Some(a?.merged(b?))).into_list()
    });
    let counters = merged.unwrap_or_else(make);
    counters.map_into(|counter| counter.map(Counter::counts))
}

/// The values of one column in their bins.
struct Counter<'a, T> {
    locator: &'a Locator,
    quick: Option<Quick<T>>,
    counts: Vec<u64>,
    dropped: Dropped,
}

impl<'a, T: Wide> Counter<'a, T> {
    fn new(locator: &'a Locator, inside: bool) -> Self {
        Counter {
            locator,
            quick: Quick::new(&locator.edges).filter(|_| inside),
            counts: vec![0; locator.bins()],
            dropped: Dropped::default(),
        }
    }

    fn add(&mut self, values: &[T]) {
        let Some(mut quick) = self.quick.take() else {
            return self.add_each(values);
        };
        quick.add(values, &mut |values| self.add_each(values));
        self.quick = Some(quick);
    }

    fn add_each(&mut self, values: &[T]) {
        for value in values.iter().map(|v| v.to_f64()) {
            match self.locator.bin(value) {
                Some(bin) => self.counts[bin] += 1,
                None => self.dropped.add(value),
            }
        }
    }

    fn merged(mut self, other: Self) -> Self {
        let (counts, dropped) = other.counts();
        for (count, other) in self.counts.iter_mut().zip(counts) {
            *count += other;
        }
        self.dropped.nan += dropped.nan;
        self.dropped.infinite += dropped.infinite;
        self.dropped.outside += dropped.outside;
        self
    }

    fn counts(mut self) -> Counts {
        if let Some(quick) = &self.quick {
            quick.add_to(&mut self.counts);
        }
        (self.counts, self.dropped)
    }
}
