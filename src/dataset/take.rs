//! The first elements, or all after them.

use std::sync::Arc;

use super::{Dataset, ElementSpec, RandomAccess, Structure};
use crate::error::Result;
use crate::tensor::{Rows, Tensor};

/// A run of neighbouring elements.
struct Span {
    input: Arc<dyn RandomAccess>,
    start: usize,
    len: usize,
    /// `take(10)` or `skip(10)`.
    step: String,
}

impl Dataset {
    /// The first `count` elements, or all where there are fewer, as
    /// `tf.data.Dataset.take`.
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
        self.span(0, count, format!("take({count})"))
    }

    /// All elements after the first `count`, none where there are fewer, as
    /// `tf.data.Dataset.skip`.
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
        self.span(count, usize::MAX, format!("skip({count})"))
    }

    fn span(&self, start: usize, count: usize, step: String) -> Dataset {
        self.then(|input| {
            let start = start.min(input.len());
            let len = count.min(input.len() - start);
            Arc::new(Span {
                input,
                start,
                len,
                step,
            })
        })
    }
}

impl RandomAccess for Span {
    fn spec(&self) -> &ElementSpec {
        self.input.spec()
    }

    fn len(&self) -> usize {
        self.len
    }

    fn get(&self, index: usize) -> Result<Structure<Tensor>> {
        self.input.get(self.start + index)
    }

    fn stack(&self, rows: &Rows) -> Result<Structure<Tensor>> {
        self.input.stack(&rows.shifted(self.start))
    }

    fn is_batched(&self) -> bool {
        self.input.is_batched()
    }

    fn describe(&self, steps: &mut Vec<String>) {
        self.input.describe(steps);
        steps.push(self.step.clone());
    }
}
