//! Some rows of a data set, read for a first look: as many as a fifth of a second
//! allows, and as far as they can be read.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::blocks::UNKNOWN_BYTES;
use super::columns::{Columns, Extent, no_rows};
use super::node::{RandomAccess, Value};
use super::random::Permutation;
use super::{Cardinality, Dataset, ElementSpec, Names, TensorSpec};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapNumbers};
use crate::tensor::{Rows, Tensor};

/// No more rows are looked at: the mean of a feature is then known to a hundredth of
/// its spread.
pub(crate) const LOOK_ROWS: usize = 10_000;

/// No more bytes of rows are looked at.
pub(crate) const LOOK_BYTES: usize = 1 << 27;

/// About so long rows are read. From a disk that must move to each, some 1,500 are in
/// that time; from memory all.
pub(crate) const LOOK_TIME: Duration = Duration::from_millis(200);

/// The look ends at so many elements that cannot be read: each may say so on its own,
/// and the first tells enough. It ends at the first panic of a user's closure: each
/// prints a message, and more likely than not the others would panic too.
const MAX_FAILURES: usize = 8;

/// So few rows are read however long they take.
const FEWEST_ROWS: usize = 8;

/// Rows that were looked at.
pub(crate) struct Look {
    /// One for each component of the spec.
    pub(crate) components: Vec<Values>,
    pub(crate) len: usize,
    /// Which row of the data set each is, where that is known.
    pub(crate) positions: Vec<usize>,
    /// Of one row.
    pub(crate) spec: ElementSpec,
    pub(crate) names: Names,
    pub(crate) extent: Extent,
    /// Why rows are missing: the first element that could not be read.
    pub(crate) problem: Option<Error>,
}

/// One component of rows.
pub(crate) enum Values {
    /// Along a first axis.
    Stacked(Tensor),
    /// One by one, as their shapes differ.
    Listed(Vec<Tensor>),
}

impl Values {
    /// The component of one row.
    pub(crate) fn row(&self, index: usize) -> Tensor {
        match self {
            Values::Stacked(tensor) => tensor.row(index),
            Values::Listed(rows) => rows[index].clone(),
        }
    }

    /// The rows along a first axis, if they are alike.
    pub(crate) fn stacked(&self) -> Option<&Tensor> {
        match self {
            Values::Stacked(tensor) => Some(tensor),
            Values::Listed(_) => None,
        }
    }
}

impl Dataset {
    /// Rows for a first look: all of few, a random sample of many, the first of those that
    /// come one after another. Of batches, their rows.
    pub(crate) fn look(&self) -> Look {
        self.look_for(LOOK_TIME)
    }

    fn look_for(&self, time: Duration) -> Look {
        let rows = match self.is_batched() {
            true => self.rows_of_batches(),
            false => Ok(self.clone()),
        };
        match rows {
            Ok(rows) => {
                let at_most = LOOK_ROWS.min(self.lookable());
                rows.look_at(at_most, self.node.row_cardinality(), time)
            }
            Err(err) => Reading::failed(err).finish(self, Extent::All),
        }
    }

    /// All rows, where they lie in memory as arrays and hold at most so many values.
    pub(crate) fn rows_in_memory(&self, most: usize) -> Option<Columns> {
        let all = self
            .node
            .cardinality
            .finite()
            .filter(|_| !self.is_batched())?;
        self.node.random().filter(|access| access.in_memory())?;
        let spec = self.row_spec();
        let values = |spec: &&TensorSpec| Some(spec.bytes()? / spec.dtype().size()?.max(1));
        let of_a_row: usize = spec
            .components()
            .iter()
            .map(|spec| values(spec).unwrap_or(1))
            .sum();
        (of_a_row.checked_mul(all)? <= most).then(|| self.first_rows(all).ok())?
    }

    /// How many bytes the rows take, where there is a known number of a known size.
    pub(crate) fn bytes(&self) -> Option<usize> {
        self.node
            .spec
            .bytes()?
            .checked_mul(self.node.cardinality.finite()?)
    }

    /// How many rows fit into the memory that a look may take.
    fn lookable(&self) -> usize {
        (LOOK_BYTES / self.row_spec().bytes().unwrap_or(UNKNOWN_BYTES).max(1)).max(1)
    }

    /// `all` says how many rows there are, as far as is known.
    fn look_at(&self, at_most: usize, all: Cardinality, time: Duration) -> Look {
        match (self.node.random(), self.node.cardinality) {
            (Some(access), Cardinality::Finite(all)) => {
                let order = (all > at_most).then(|| Permutation::new(all, 0));
                let read = Reading::of_any_order(&**access, order.as_ref(), all.min(at_most), time);
                let extent = match (order, read.stopped) {
                    (Some(_), _) => Extent::Sample {
                        of: all,
                        more: false,
                    },
                    (None, true) => stopped(time),
                    (None, false) => Extent::All,
                };
                read.finish(self, extent)
            }
            _ => {
                let (read, extent) = self.look_in_order(at_most, all, time);
                read.finish(self, extent)
            }
        }
    }

    /// The first rows of a pass.
    fn look_in_order(&self, at_most: usize, all: Cardinality, time: Duration) -> (Reading, Extent) {
        let (mut read, begun) = (Reading::default(), Instant::now());
        let first = Extent::First(all);
        for (at, next) in self.display_pass().enumerate() {
            match next {
                Err(err) if err.is_stopped() => return (read, Extent::Stopped(err.to_string())),
                _ if at >= at_most => return (read, first),
                _ if at > 0 && begun.elapsed() > time => return (read, stopped(time)),
                Ok(value) => read.push(&[at], Ok(value.map(&mut Tensor::with_first_axis))),
                Err(err) => {
                    read.push(&[at], Err(err));
                    // A source that failed may have nothing more to give, and not say so.
                    if read.is_over() {
                        return (read, first);
                    }
                }
            }
        }
        (read, Extent::All)
    }
}

fn stopped(time: Duration) -> Extent {
    Extent::Stopped(format!("stopped after {} s", time.as_secs_f64()))
}

/// How many rows more there is time for, where so many took so long.
fn rows_in_time(rows: usize, took: Duration, time: Duration) -> usize {
    let left = time.saturating_sub(took).as_secs_f64();
    // A quotient beyond the largest number becomes that.
    (left / (took.as_secs_f64() / rows as f64)) as usize
}

/// Rows as they are read.
#[derive(Default)]
struct Reading {
    /// Each of some rows along a first axis.
    parts: Vec<Value>,
    positions: Vec<usize>,
    failures: usize,
    problem: Option<Error>,
    /// Whether a closure panicked.
    panicked: bool,
    /// Whether time was up.
    stopped: bool,
}

impl Reading {
    fn failed(err: Error) -> Reading {
        Reading {
            problem: Some(err),
            ..Reading::default()
        }
    }

    /// Up to `count` rows, first one and then as many at a time as there seems to be time
    /// for.
    fn of_any_order(
        access: &dyn RandomAccess,
        order: Option<&Permutation>,
        count: usize,
        time: Duration,
    ) -> Reading {
        let (mut read, begun) = (Reading::default(), Instant::now());
        let (mut at, mut step) = (0, if access.in_memory() { count } else { 1 });
        while at < count && !read.is_over() {
            let end = count.min(at.saturating_add(step));
            read.add(access, order, at..end);
            let time_for = rows_in_time(end, begun.elapsed(), time);
            let more = time_for.max(FEWEST_ROWS.saturating_sub(end));
            (at, step) = (end, step.saturating_mul(2).min(more));
            if at < count && step == 0 {
                read.stopped = true;
                break;
            }
        }
        read
    }

    /// Whether so much failed that no more is read.
    fn is_over(&self) -> bool {
        self.panicked || self.failures >= MAX_FAILURES
    }

    /// Reads one run of rows; one by one if they cannot be read together, unless that
    /// would have a closure panic once more.
    fn add(&mut self, access: &dyn RandomAccess, order: Option<&Permutation>, run: Range<usize>) {
        let rows = match order {
            None => Rows::Range(run),
            // In rising order, as files are read quickest.
            Some(order) => {
                let mut positions: Vec<usize> = run.map(|i| order.at(i)).into_list();
                positions.sort_unstable();
                positions.into_iter().collect()
            }
        };
        let positions: Vec<usize> = rows.iter().collect();
        match access.stack(&rows, 0) {
            Err(err) if !err.is_panic() => (),
            stacked => return self.push(&positions, stacked),
        }
        for position in positions {
            if self.is_over() {
                return;
            }
            let one = access.get(position, 0);
            let row = one.map(|value| value.map(&mut Tensor::with_first_axis));
            self.push(&[position], row);
        }
    }

    fn push(&mut self, positions: &[usize], rows: Result<Value>) {
        match rows {
            Ok(rows) => {
                self.parts.push(rows);
                self.positions.extend_from_slice(positions);
            }
            Err(err) => {
                self.failures += 1;
                self.panicked |= err.is_panic();
                self.problem.get_or_insert(err);
            }
        }
    }

    fn finish(self, dataset: &Dataset, extent: Extent) -> Look {
        let extent = match extent {
            _ if self.panicked => Extent::Stopped("not read on after a panic".to_owned()),
            Extent::All if self.failures >= MAX_FAILURES => {
                Extent::Stopped(format!("not read on after {MAX_FAILURES} that failed"))
            }
            Extent::All if self.failures > 0 => {
                Extent::Stopped("those that failed are left out".to_owned())
            }
            extent => extent,
        };
        let spec = dataset.row_spec();
        let leaves: Vec<Vec<&Tensor>> = self.parts.map_each(|part| part.leaves());
        let component = |i: usize| -> Values {
            let parts: Vec<Tensor> = leaves.map_each(|part| part[i].clone());
            joined(parts, || {
                no_rows(&spec.components()[i].with_first_axis(None))
            })
        };
        Look {
            components: (0..spec.components().len()).map_each(component),
            len: self.positions.len(),
            positions: self.positions,
            spec,
            names: dataset.names.clone(),
            extent,
            problem: self.problem,
        }
    }
}

/// Parts laid end to end if they are alike, or else their rows.
fn joined(parts: Vec<Tensor>, none: impl FnOnce() -> Tensor) -> Values {
    if parts.is_empty() {
        return Values::Stacked(none());
    }
    match Tensor::concat(&parts) {
        Ok(whole) => Values::Stacked(whole),
        Err(_) => {
            Values::Listed(parts.flat_map_each(|part| (0..part.shape()[0]).map(|i| part.row(i))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TensorSpec, dict};
    use ndarray::Array1;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Time enough on a machine that does other things besides.
    const LONG: Duration = Duration::from_secs(60);

    fn numbers(n: i64) -> Dataset {
        Dataset::range(0..n)
    }

    fn first(look: &Look) -> Vec<i64> {
        let rows = (0..look.len).map(|i| look.components[0].row(i));
        match look.components[0].stacked() {
            Some(tensor) => tensor.array::<i64, ndarray::Ix1>().unwrap().to_vec(),
            None => rows.map(|row| row.len() as i64).collect(),
        }
    }

    #[test]
    fn all_of_few_rows_and_a_sample_of_many() {
        let all = numbers(5).look();
        assert_eq!(first(&all), [0, 1, 2, 3, 4]);
        assert_eq!((all.len, all.extent), (5, Extent::All));
        let many = LOOK_ROWS as i64 * 3;
        let sample = numbers(many).look();
        assert_eq!(sample.len, LOOK_ROWS);
        let of = many as usize;
        assert_eq!(sample.extent, Extent::Sample { of, more: false });
        let rows: Vec<i64> = sample.positions.iter().map(|&at| at as i64).collect();
        assert_eq!(first(&sample), rows);
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), LOOK_ROWS);
        let mean = rows.iter().sum::<i64>() as f64 / rows.len() as f64;
        assert!((mean / many as f64 - 0.5).abs() < 0.02, "{mean}");
        assert_eq!(first(&numbers(many).look()), first(&sample));
    }

    #[test]
    fn batches_are_looked_at_row_by_row() {
        let batches = numbers(7).batch(3).unwrap().look();
        assert_eq!(first(&batches), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(batches.spec.to_string(), "int64 ()");
        let all = 3 * LOOK_ROWS;
        let many = numbers(all as i64).batch(7).unwrap().prefetch(1);
        let many = many.look_for(LONG);
        assert_eq!(many.extent, Extent::First(Cardinality::Finite(all)));
    }

    #[test]
    fn rows_that_come_one_after_another_are_looked_at_from_the_first() {
        let even = numbers(100_000).filter(|x: i64| x % 2 == 0).unwrap();
        let even = even.look_for(LONG);
        assert_eq!(even.len, LOOK_ROWS);
        assert_eq!(first(&even)[..3], [0, 2, 4]);
        assert_eq!(even.extent, Extent::First(Cardinality::Unknown));
        let endless = numbers(3).repeat(None).filter(|x: i64| x > 1).unwrap();
        assert_eq!(endless.look_for(LONG).len, LOOK_ROWS);
        let none = numbers(3)
            .repeat(None)
            .filter(|x: i64| x > 5)
            .unwrap()
            .look();
        assert!(none.len == 0 && matches!(none.extent, Extent::Stopped(_)));
        assert_eq!(numbers(0).look().len, 0);
    }

    #[test]
    fn what_can_be_read_is_looked_at_and_the_first_error_kept() {
        let fails = |x: i64| if x % 4 == 2 { Err("no") } else { Ok(x) };
        let look = numbers(12).map(fails).unwrap().look();
        assert_eq!(first(&look), [0, 1, 3, 4, 5, 7, 8, 9, 11]);
        assert_eq!(look.positions, [0, 1, 3, 4, 5, 7, 8, 9, 11]);
        let problem = look.problem.unwrap().to_string();
        assert!(
            problem.contains("map") && problem.contains('2'),
            "{problem}"
        );
        let all_fail = |_: i64| -> Result<i64, &str> { Err("no") };
        let none = numbers(100_000).map_with_spec(TensorSpec::of(&Tensor::from(1_i64)), all_fail);
        let look = none.look();
        assert!(look.len == 0 && look.problem.is_some());
    }

    /// How often a closure panicked in a look that panics at every number from `from` on.
    fn panics(from: i64, look_at: impl Fn(Dataset) -> Dataset) -> (usize, Look) {
        let panics = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&panics);
        let spec = TensorSpec::of(&Tensor::from(1_i64));
        let ds = numbers(20_000).map_with_spec(spec, move |x: i64| {
            if x >= from {
                counter.fetch_add(1, Ordering::Relaxed);
                panic!("too large");
            }
            x
        });
        let ds = look_at(ds);
        panics.store(0, Ordering::Relaxed);
        let look = ds.look();
        (panics.load(Ordering::Relaxed), look)
    }

    #[test]
    fn a_panic_ends_the_look_and_happens_once() {
        let steps: [fn(Dataset) -> Dataset; 4] = [
            |ds| ds,
            |ds| ds.take(9),
            |ds| ds.batch(2).unwrap(),
            |ds| ds.take_while(|x: i64| x >= 0).unwrap(),
        ];
        for (i, step) in steps.into_iter().enumerate() {
            let (panics, look) = panics(7, step);
            assert_eq!(panics, 1, "steps {i}");
            let stopped = Extent::Stopped("not read on after a panic".to_owned());
            assert_eq!(look.extent, stopped);
            let problem = look.problem.unwrap().to_string();
            assert!(problem.contains("the closure panicked"), "{problem}");
        }
        let (_, look) = panics(7, |ds| ds.take(9));
        assert_eq!(first(&look), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn rows_of_unlike_shapes_are_listed() {
        let ragged = |x: i64| Array1::<f32>::zeros(x as usize % 3);
        let look = numbers(5).map(ragged).unwrap().look();
        assert!(look.components[0].stacked().is_none());
        assert_eq!(first(&look), [0, 1, 2, 0, 1]);
    }

    #[test]
    fn large_rows_are_looked_at_as_far_as_memory_goes() {
        let zeros = ndarray::Array2::<f64>::zeros((4, LOOK_BYTES / 16));
        let ds = Dataset::from_tensor_slices(dict! { "x": zeros }).unwrap();
        assert_eq!(ds.look().len, 2);
    }
}
