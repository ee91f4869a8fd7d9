//! Each element once.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::Dataset;
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::sifted;
use super::super::run::Run;

struct Unique {
    input: Arc<Node>,
}

impl Dataset {
    /// Each element once, where it comes first, as `tf.data.Dataset.unique`. All types,
    /// shapes and structures will do, where TensorFlow takes `int32`, `int64` and
    /// `string`. One NaN is kept of many, and 0 and -0 are two.
    ///
    /// What tells elements apart is kept in memory during a pass.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::from_tensor_slices(vec![3, 1, 3, 2, 1])?.unique();
    /// assert_eq!(ds.array::<i32, Ix1>(0)?, array![3, 1, 2]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn unique(&self) -> Dataset {
        let before = &self.node;
        let unique = Unique {
            input: Arc::clone(before),
        };
        let access = Access::sequential(unique, before.examples());
        let mut node = Node::step(before, "unique()", access);
        node.cardinality = node.cardinality.unknown_unless_empty();
        self.then(node)
    }
}

impl Sequential for Unique {
    fn open(&self, run: &Run) -> Pass {
        let mut seen = HashSet::new();
        sifted(self.input.open(run), move |_, value| match value {
            Ok(value) => seen.insert(identity(&value)).then_some(Ok(value)),
            Err(err) => Some(Err(err)),
        })
    }
}

/// A text that is equal for equal elements of one data set: numbers are written with
/// all their digits, and lengths keep neighbours apart.
fn identity(value: &Value) -> String {
    let mut all = String::new();
    for tensor in value.leaves() {
        all += &format!("{:?}", tensor.shape());
        for text in tensor.view().texts() {
            all += &format!("{}:{text}", text.len());
        }
    }
    all
}
