//! Elements that did not fail.

use std::sync::Arc;

use super::super::node::{Access, Node, Pass, Sequential};
use super::super::pass::sifted;
use super::super::run::Run;
use super::super::{Cardinality, Dataset};

struct IgnoreErrors {
    input: Arc<Node>,
}

impl Dataset {
    /// The elements that did not fail, as `tf.data.Dataset.ignore_errors`: of
    /// images that cannot be read, or of a closure's errors.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let whole = |x: i64| if x % 3 == 0 { Err("a multiple of 3") } else { Ok(x) };
    /// let ds = Dataset::range(0..10).map(whole)?.ignore_errors();
    /// assert_eq!(ds.iter().count(), 6);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn ignore_errors(&self) -> Dataset {
        let before = &self.node;
        let ignore = IgnoreErrors {
            input: Arc::clone(before),
        };
        let access = Access::sequential(ignore, before.examples());
        let mut node = Node::step(before, "ignore_errors()", access);
        node.cardinality = match node.cardinality {
            Cardinality::Finite(0) => Cardinality::Finite(0),
            Cardinality::Infinite => Cardinality::Infinite,
            _ => Cardinality::Unknown,
        };
        self.then(node)
    }
}

impl Sequential for IgnoreErrors {
    fn open(&self, run: &Run) -> Pass {
        sifted(self.input.open(run), |_, value| match value {
            // That a pass was given up is nothing to ignore.
            Err(err) if !err.is_stopped() => None,
            value => Some(value),
        })
    }
}
