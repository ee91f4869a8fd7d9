//! One data set after another.

use std::ops::Range;
use std::sync::Arc;

use super::super::node::{Access, Node, Pass, RandomAccess, Sequential, Value, stack_runs};
use super::super::pass::one_after_another;
use super::super::run::Run;
use super::super::{Cardinality, Dataset};
use crate::error::Result;
use crate::tensor::Rows;

struct Joined {
    first: Arc<dyn RandomAccess>,
    /// Elements of the first; those of the second come after.
    len: usize,
    second: Arc<dyn RandomAccess>,
}

struct Chained {
    first: Arc<Node>,
    second: Arc<Node>,
}

impl Dataset {
    /// The elements of this data set and then those of `other`, as
    /// `tf.data.Dataset.concatenate`. Where axes differ in length, the spec says
    /// `None`.
    ///
    /// # Errors
    ///
    /// The elements differ in structure ([`Error::is_shape`](crate::Error::is_shape))
    /// or in type ([`Error::is_dtype`](crate::Error::is_dtype)).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::range(0..2).concatenate(&Dataset::range(7..9))?;
    /// assert_eq!(ds.array::<i64, Ix1>(0)?, array![0, 1, 7, 8]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn concatenate(&self, other: &Dataset) -> Result<Dataset> {
        let (first, second) = (&self.node, &other.node);
        let spec = first
            .spec
            .cover(&second.spec)
            .map_err(|err| err.context("concatenate"))?;
        let access = match (&first.access, &second.access, first.cardinality.finite()) {
            (Access::Random(first), Access::Random(second), Some(len)) => {
                let (first, second) = (Arc::clone(first), Arc::clone(second));
                Access::random(Joined { first, len, second })
            }
            _ => {
                // Some of either, however many there are of the other.
                let (mut examples, others) = (first.examples(), second.examples());
                examples.truncate(2);
                examples.extend(others.into_iter().take(2));
                let (first, second) = (Arc::clone(first), Arc::clone(second));
                Access::sequential(Chained { first, second }, examples)
            }
        };
        let step = format!("concatenate({})", second.steps().join(" → "));
        let mut node = Node::step(first, step, access);
        node.spec = spec;
        node.batched = first.batched && second.batched;
        node.on_unbounded |= second.may_not_end();
        node.at_most = None;
        node.cardinality = match (first.cardinality, second.cardinality) {
            (Cardinality::Infinite, _) | (_, Cardinality::Infinite) => Cardinality::Infinite,
            (Cardinality::Finite(a), Cardinality::Finite(b)) => a
                .checked_add(b)
                .map_or(Cardinality::Infinite, Cardinality::Finite),
            _ => Cardinality::Unknown,
        };
        Ok(self.then(node))
    }
}

impl RandomAccess for Joined {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        match index.checked_sub(self.len) {
            None => self.first.get(index, epoch),
            Some(index) => self.second.get(index, epoch),
        }
    }

    /// Runs of rows of one data set are read in one go.
    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let first = |row: &usize| *row < self.len;
        stack_runs(
            rows,
            &|a, b| first(a) == first(b),
            &|run| match run.first().is_none_or(first) {
                true => self.first.stack(&run.iter().copied().collect(), epoch),
                false => {
                    let run = run.iter().map(|row| row - self.len);
                    self.second.stack(&run.collect(), epoch)
                }
            },
        )
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        let (start, end) = (range.start.max(self.len), range.end.max(self.len));
        let first = range.start.min(self.len)..range.end.min(self.len);
        let second = start - self.len..end - self.len;
        let (second_of, run_of) = (Arc::clone(&self.second), run.clone());
        // The second pass begins only when the first has ended.
        let second = std::iter::once_with(move || second_of.open(second, &run_of));
        let first = Arc::clone(&self.first).open(first, run);
        one_after_another(std::iter::once(first).chain(second))
    }
}

impl Sequential for Chained {
    fn open(&self, run: &Run) -> Pass {
        let (second, run_of) = (Arc::clone(&self.second), run.clone());
        let second = std::iter::once_with(move || second.open(&run_of));
        one_after_another(std::iter::once(self.first.open(run)).chain(second))
    }
}
