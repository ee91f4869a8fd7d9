//! The data set several times over.

use std::ops::Range;
use std::sync::Arc;

use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over, stack_runs};
use super::super::pass::{one_after_another, pass_of};
use super::super::run::{Run, epoch_within};
use super::super::{Cardinality, Dataset};
use crate::error::Result;
use crate::tensor::Rows;

struct Repeat<I> {
    input: I,
    /// Elements of one pass, where they are counted.
    len: usize,
    /// `None`: without end.
    times: Option<usize>,
}

impl Dataset {
    /// The elements `count` times over, or without end for `None`, as
    /// `tf.data.Dataset.repeat`. A shuffle before it that orders each pass anew
    /// does so here too.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Cardinality, Dataset};
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1, 2])?;
    /// assert_eq!(ds.repeat(2).array::<i32, Ix1>(0)?, array![1, 2, 1, 2]);
    /// assert_eq!(ds.repeat(None).cardinality(), Cardinality::Infinite);
    /// assert_eq!(ds.repeat(None).take(3).array::<i32, Ix1>(0)?, array![1, 2, 1]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn repeat(&self, count: impl Into<Option<usize>>) -> Dataset {
        self.repeated(count.into())
    }

    fn repeated(&self, times: Option<usize>) -> Dataset {
        let before = &self.node;
        let len = before.cardinality.finite().unwrap_or(usize::MAX);
        let access = access_over!(before, before.examples(), input => Repeat { input, len, times });
        let step = times.map_or("repeat()".to_owned(), |n| format!("repeat({n})"));
        let mut node = Node::step(before, step, access);
        node.at_most = None;
        node.cardinality = match (times, before.cardinality) {
            (Some(0), _) | (_, Cardinality::Finite(0)) => Cardinality::Finite(0),
            (None, Cardinality::Finite(_)) => Cardinality::Infinite,
            (None, Cardinality::Unknown) => Cardinality::Infinite,
            (Some(times), Cardinality::Finite(n)) => n
                .checked_mul(times)
                .map_or(Cardinality::Infinite, Cardinality::Finite),
            (_, other) => other,
        };
        self.then(node)
    }
}

impl<I> Repeat<I> {
    fn pass_of(&self, index: usize) -> u64 {
        (index / self.len) as u64
    }

    fn times(&self) -> Option<u64> {
        self.times.map(|n| n as u64)
    }
}

impl RandomAccess for Repeat<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let epoch = epoch_within(epoch, self.pass_of(index), self.times());
        self.input.get(index % self.len, epoch)
    }

    /// Each pass that the rows touch is read in one go.
    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let together = |a: &usize, b: &usize| self.pass_of(*a) == self.pass_of(*b);
        stack_runs(rows, &together, &|run| {
            let pass = run.first().map_or(0, |row| self.pass_of(*row));
            let within: Rows = run.iter().map(|row| row % self.len).collect();
            let epoch = epoch_within(epoch, pass, self.times());
            self.input.stack(&within, epoch)
        })
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        let run = run.clone();
        let (len, times) = (self.len, self.times());
        let mut at = range.start;
        let passes = std::iter::from_fn(move || {
            if at >= range.end {
                return None;
            }
            let (pass, from) = (at / len, at % len);
            let to = len.min(from.saturating_add(range.end - at));
            at += to - from;
            let run = run.within(pass as u64, times);
            Some(Arc::clone(&self.input).open(from..to, &run))
        });
        one_after_another(passes)
    }
}

impl Sequential for Repeat<Arc<Node>> {
    /// Ends with a pass that gives nothing, as TensorFlow's does: there would be
    /// no end to waiting for more.
    fn open(&self, run: &Run) -> Pass {
        let (input, run, times) = (Arc::clone(&self.input), run.clone(), self.times());
        let mut k = 0;
        let mut pass: Option<Pass> = None;
        let mut empty = true;
        pass_of(move || {
            loop {
                if let Some(value) = pass.as_mut().and_then(Iterator::next) {
                    empty = false;
                    return Some(value);
                }
                if times.is_some_and(|times| k >= times) || (pass.is_some() && empty) {
                    return None;
                }
                pass = Some(input.open(&run.within(k, times)));
                (k, empty) = (k + 1, true);
            }
        })
    }
}
