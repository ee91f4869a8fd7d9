//! The first elements, or all after them.

use std::ops::Range;
use std::sync::Arc;

use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over};
use super::super::run::Run;
use super::super::{Cardinality, Dataset};
use crate::error::Result;
use crate::tensor::{Rows, Tensor};

/// A run of neighbouring elements: all from `start`, at most `count`.
struct Span<I> {
    input: I,
    start: usize,
    count: usize,
}

impl Dataset {
    /// The first `count` elements, or all where there are fewer, as
    /// `tf.data.Dataset.take`. `usize::MAX` takes all, as TensorFlow's -1 does.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Cardinality, Dataset};
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
    /// assert_eq!(ds.take(2).cardinality(), Cardinality::Finite(2));
    /// assert_eq!(ds.take(9).cardinality(), Cardinality::Finite(3));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn take(&self, count: usize) -> Dataset {
        self.span(0, count, format!("take({})", all_or(count)))
    }

    /// All elements after the first `count`, none where there are fewer, as
    /// `tf.data.Dataset.skip`. `usize::MAX` skips all, as TensorFlow's -1 does.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1_i64, 2, 3])?;
    /// assert_eq!(ds.skip(2).at(0)?.scalar::<i64>(0)?, 3);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn skip(&self, count: usize) -> Dataset {
        self.span(count, usize::MAX, format!("skip({})", all_or(count)))
    }

    pub(in crate::dataset) fn span(&self, start: usize, count: usize, step: String) -> Dataset {
        let before = &self.node;
        let access = access_over!(before, before.examples(), input => Span {
            input,
            start,
            count,
        });
        let mut node = Node::step(before, step, access);
        node.cardinality = match before.cardinality {
            _ if count == 0 || start == usize::MAX => Cardinality::Finite(0),
            Cardinality::Finite(n) => Cardinality::Finite(n.saturating_sub(start).min(count)),
            Cardinality::Infinite if count < usize::MAX => Cardinality::Finite(count),
            other => other,
        };
        self.then(node)
    }
}

fn all_or(count: usize) -> String {
    match count {
        usize::MAX => "all".to_owned(),
        n => n.to_string(),
    }
}

impl RandomAccess for Span<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        self.input.get(self.start.saturating_add(index), epoch)
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        self.input.stack(&rows.shifted(self.start), epoch)
    }

    fn component(&self, component: usize, rows: &Rows, epoch: u64) -> Result<Tensor> {
        self.input
            .component(component, &rows.shifted(self.start), epoch)
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        let from = |index: usize| index.saturating_add(self.start);
        let range = from(range.start)..from(range.end);
        Arc::clone(&self.input).open(range, run)
    }

    fn in_memory(&self) -> bool {
        self.input.in_memory()
    }
}

impl Sequential for Span<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        if self.count == 0 || self.start == usize::MAX {
            return Box::new(std::iter::empty());
        }
        let (mut pass, mut to_skip) = (self.input.open(run), self.start);
        let skipped = std::iter::from_fn(move || {
            while to_skip > 0 {
                to_skip -= 1;
                // What fails on the way is not lost.
                if let Err(err) = pass.next()? {
                    return Some(Err(err));
                }
            }
            pass.next()
        });
        Box::new(skipped.take(self.count))
    }
}
