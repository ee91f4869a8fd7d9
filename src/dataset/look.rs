//! Some rows of a data set, read for a first look: as many as a second allows, and
//! as far as they can be read.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::blocks::UNKNOWN_BYTES;
use super::columns::{Extent, no_rows};
use super::node::{RandomAccess, Value};
use super::random::Permutation;
use super::{Cardinality, Dataset, ElementSpec, Names};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Tensor};

/// No more rows are looked at: the mean of a feature is then known to a hundredth of
/// its spread.
pub(crate) const LOOK_ROWS: usize = 10_000;

/// No more bytes of rows are looked at.
pub(crate) const LOOK_BYTES: usize = 1 << 27;

/// No rows are read after this time.
pub(crate) const LOOK_TIME: Duration = Duration::from_secs(1);

/// The look ends at so many elements that cannot be read: each may say so on its own,
/// and the first tells enough.
const MAX_FAILURES: usize = 8;

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
        let rows = match self.is_batched() {
            true => self.unbatch(),
            false => Ok(self.clone()),
        };
        match rows {
            Ok(rows) => rows.look_at(LOOK_ROWS.min(self.lookable())),
            Err(err) => Reading::failed(err).finish(self, Extent::All),
        }
    }

    /// How many rows fit into the memory that a look may take.
    fn lookable(&self) -> usize {
        (LOOK_BYTES / self.row_spec().bytes().unwrap_or(UNKNOWN_BYTES).max(1)).max(1)
    }

    fn look_at(&self, at_most: usize) -> Look {
        match (self.node.random(), self.node.cardinality) {
            (Some(access), Cardinality::Finite(all)) => {
                let order = (all > at_most).then(|| Permutation::new(all, 0));
                let read = Reading::of_any_order(&**access, order.as_ref(), all.min(at_most));
                let extent = match (order, read.stopped) {
                    (Some(_), _) => Extent::Sample {
                        of: all,
                        more: false,
                    },
                    (None, true) => stopped(),
                    (None, false) => Extent::All,
                };
                read.finish(self, extent)
            }
            _ => {
                let (read, extent) = self.look_in_order(at_most);
                read.finish(self, extent)
            }
        }
    }

    /// The first rows of a pass.
    fn look_in_order(&self, at_most: usize) -> (Reading, Extent) {
        let (mut read, begun) = (Reading::default(), Instant::now());
        let first = Extent::First(self.node.cardinality);
        for (at, next) in self.display_pass().enumerate() {
            match next {
                Err(err) if err.is_stopped() => return (read, Extent::Stopped(err.to_string())),
                _ if at >= at_most => return (read, first),
                _ if at > 0 && begun.elapsed() > LOOK_TIME => return (read, stopped()),
                Ok(value) => read.push(&[at], Ok(value.map(&mut Tensor::with_first_axis))),
                Err(err) => {
                    read.push(&[at], Err(err));
                    // A source that failed may have nothing more to give, and not say so.
                    if read.failures >= MAX_FAILURES {
                        return (read, first);
                    }
                }
            }
        }
        (read, Extent::All)
    }
}

fn stopped() -> Extent {
    Extent::Stopped(format!("stopped after {} s", LOOK_TIME.as_secs()))
}

/// Rows as they are read.
#[derive(Default)]
struct Reading {
    /// Each of some rows along a first axis.
    parts: Vec<Value>,
    positions: Vec<usize>,
    failures: usize,
    problem: Option<Error>,
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

    /// Up to `count` rows, in more and more at a time, so that slow ones are noticed.
    fn of_any_order(
        access: &dyn RandomAccess,
        order: Option<&Permutation>,
        count: usize,
    ) -> Reading {
        let (mut read, begun) = (Reading::default(), Instant::now());
        let (mut at, mut step) = (0, if access.in_memory() { count } else { 8 });
        while at < count && read.failures < MAX_FAILURES {
            if at > 0 && begun.elapsed() > LOOK_TIME {
                read.stopped = true;
                break;
            }
            let end = count.min(at.saturating_add(step));
            read.add(access, order, at..end);
            (at, step) = (end, step.saturating_mul(2));
        }
        read
    }

    /// Reads one run of rows; one by one if they cannot be read together.
    fn add(&mut self, access: &dyn RandomAccess, order: Option<&Permutation>, run: Range<usize>) {
        let rows = match order {
            None => Rows::Range(run),
            // In rising order, as files are read quickest.
            Some(order) => {
                let mut positions: Vec<usize> = run.map(|i| order.at(i)).collect();
                positions.sort_unstable();
                positions.into_iter().collect()
            }
        };
        let positions: Vec<usize> = rows.iter().collect();
        if let Ok(stacked) = access.stack(&rows, 0) {
            return self.push(&positions, Ok(stacked));
        }
        for position in positions {
            if self.failures >= MAX_FAILURES {
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
                self.problem.get_or_insert(err);
            }
        }
    }

    fn finish(self, dataset: &Dataset, extent: Extent) -> Look {
        let spec = dataset.row_spec();
        let leaves: Vec<Vec<&Tensor>> = self.parts.iter().map(|part| part.leaves()).collect();
        let component = |i: usize| -> Values {
            let parts: Vec<Tensor> = leaves.iter().map(|part| part[i].clone()).collect();
            joined(parts, || {
                no_rows(&spec.components()[i].with_first_axis(None))
            })
        };
        Look {
            components: (0..spec.components().len()).map(component).collect(),
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
        Err(_) => Values::Listed(
            parts
                .iter()
                .flat_map(|part| (0..part.shape()[0]).map(|i| part.row(i)))
                .collect(),
        ),
    }
}
