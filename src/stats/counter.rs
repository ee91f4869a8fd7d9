//! Values of columns counted in bins, several columns and threads at a time.

use std::ops::Range;

use super::histogram::Dropped;
use super::locator::Locator;
use super::quick::Quick;
use super::quick_rows::QuickRows;
use super::wide::{Table, Wide};
use crate::list::{IntoList, MapEach, MapInto};
use crate::parallel::{blocks, in_parts, threads};

/// What each thread counts is its own; beyond so many bins that costs more memory
/// than threads save time.
const MANY_BINS: usize = 1 << 20;

/// Counts of a column's bins, and of the values in none.
pub(super) type Counts = (Vec<u64>, Dropped);

/// Which values are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Values {
    /// Those by which the bins were found.
    Surveyed,
    Any,
}

/// Counts columns by the bins that were found for them, if any were.
pub(super) fn count_columns<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    bins: &[Option<&Locator>],
    values: Values,
) -> Vec<Option<Counts>> {
    let total: usize = bins.iter().flatten().map(|locator| locator.bins()).sum();
    let threads = if total > MANY_BINS { 1 } else { threads() };
    let as_they_lie = columns.len() == table.width() && table.slice(0..0).is_some();
    let make = || Counters::new(bins, as_they_lie.then_some(values));
    let states = in_parts(table.rows(), threads, &make, &|counters, _, rows| {
        counters.add(table, columns.clone(), rows);
    });
    let counted = states.into_iter().map(Counters::counts);
    let merged = counted.reduce(|a, b| a.into_iter().zip(b).map(merged).into_list());
    merged.unwrap_or_else(|| make().counts())
}

fn merged((a, b): (Option<Counts>, Option<Counts>)) -> Option<Counts> {
    let mut sum = a?;
    add(&mut sum, b?);
    Some(sum)
}

/// Adds what was counted in the same bins.
pub(super) fn add(sum: &mut Counts, other: Counts) {
    for (sum, count) in sum.0.iter_mut().zip(other.0) {
        *sum += count;
    }
    sum.1 = sum.1.and(other.1);
}

/// Columns of a table in their bins.
struct Counters<'a, T> {
    /// For rows whose columns are counted together as they lie.
    rows: Option<QuickRows<T>>,
    columns: Vec<Option<Counter<'a, T>>>,
    block: Vec<Vec<T>>,
}

impl<'a, T: Wide> Counters<'a, T> {
    /// `as_they_lie` are the values, if the columns are all of a table whose rows are had
    /// as slices.
    fn new(bins: &[Option<&'a Locator>], as_they_lie: Option<Values>) -> Self {
        let edges = |locator: &Option<&'a Locator>| Some(&(*locator)?.edges[..]);
        let edges: Option<Vec<&[f64]>> = bins.iter().map(edges).collect();
        let rows = edges.zip(as_they_lie).and_then(|(edges, values)| {
            let spanned = bins.iter().flatten().all(|locator| locator.spans);
            QuickRows::new(&edges, spanned && values == Values::Surveyed)
        });
        let alone = rows.is_none();
        Counters {
            rows,
            columns: bins.map_each(|bins| bins.map(|locator| Counter::new(locator, alone))),
            block: vec![Vec::new(); bins.len()],
        }
    }

    fn add(&mut self, table: &dyn Table<T>, columns: Range<usize>, rows: Range<usize>) {
        if let Some(quick) = &mut self.rows
            && let Some(values) = table.slice(rows.clone())
        {
            let columns = &mut self.columns;
            return quick.add(values, &mut |column, value| {
                if let Some(Some(counter)) = columns.get_mut(column) {
                    counter.add_each(&[value]);
                }
            });
        }
        for rows in blocks(rows) {
            table.read(rows, columns.clone(), &mut self.block);
            for (counter, values) in self.columns.iter_mut().zip(&self.block) {
                if let Some(counter) = counter {
                    counter.add(values);
                }
            }
        }
    }

    fn counts(self) -> Vec<Option<Counts>> {
        let mut counts = self.columns.map_into(|c| c.map(Counter::counts));
        if let Some(quick) = self.rows {
            let bins = counts.iter_mut().flatten().map(|(bins, _)| &mut bins[..]);
            let beyond = quick.add_to(&mut bins.collect::<Vec<_>>());
            for ((_, dropped), beyond) in counts.iter_mut().flatten().zip(beyond) {
                dropped.outside += beyond;
            }
        }
        counts
    }
}

/// The values of one column in their bins.
struct Counter<'a, T> {
    locator: &'a Locator,
    quick: Option<Quick<T>>,
    counts: Vec<u64>,
    dropped: Dropped,
}

impl<'a, T: Wide> Counter<'a, T> {
    /// `alone` says that the column is counted by itself.
    fn new(locator: &'a Locator, alone: bool) -> Self {
        Counter {
            locator,
            quick: alone.then(|| Quick::new(&locator.edges)).flatten(),
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

    fn counts(mut self) -> Counts {
        if let Some(quick) = &self.quick {
            quick.add_to(&mut self.counts);
        }
        (self.counts, self.dropped)
    }
}
