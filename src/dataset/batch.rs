//! Runs of elements stacked along a new first axis.

use std::sync::Arc;

use super::{Dataset, ElementSpec, RandomAccess, Structure};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Tensor};

struct Batch {
    input: Arc<dyn RandomAccess>,
    size: usize,
    /// How many input elements end up in a batch.
    rows: usize,
    spec: ElementSpec,
    step: String,
}

impl Dataset {
    /// Runs of `size` elements stacked along a new first axis; the last batch
    /// holds what is left. As `tf.data.Dataset.batch`.
    ///
    /// A batch of neighbouring rows of an array shares its memory; a batch of
    /// shuffled rows is a copy.
    ///
    /// # Errors
    ///
    /// `size` is 0 ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Cardinality, Dataset};
    /// use ndarray::{array, Ix1};
    ///
    /// let batches = Dataset::from_tensor_slices(vec![1, 2, 3, 4, 5])?.batch(2)?;
    /// assert_eq!(batches.cardinality(), Cardinality::Finite(3));
    /// assert_eq!(batches.at(0)?.array::<i32, Ix1>(0)?, array![1, 2]);
    /// assert_eq!(batches.at(2)?.array::<i32, Ix1>(0)?, array![5]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn batch(&self, size: usize) -> Result<Dataset> {
        let rows = self.elements.len();
        self.batched(size, rows, None, format!("batch({size})"))
    }

    /// As [`batch`](Dataset::batch), but elements left over at the end are
    /// dropped, so that all batches have one shape:
    /// `batch(size, drop_remainder=True)`.
    ///
    /// # Errors
    ///
    /// `size` is 0 ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Cardinality, Dataset};
    ///
    /// let batches = Dataset::from_tensor_slices(vec![1, 2, 3, 4, 5])?.batch_drop_remainder(2)?;
    /// assert_eq!(batches.cardinality(), Cardinality::Finite(2));
    /// assert_eq!(batches.element_spec().to_string(), "int32 (2,)");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn batch_drop_remainder(&self, size: usize) -> Result<Dataset> {
        let rows = self.elements.len() / size.max(1) * size;
        self.batched(
            size,
            rows,
            Some(size),
            format!("batch({size}, drop_remainder)"),
        )
    }

    fn batched(
        &self,
        size: usize,
        rows: usize,
        first_axis: Option<usize>,
        step: String,
    ) -> Result<Dataset> {
        if size == 0 {
            return Err(Error::value(
                "expected a batch size of at least 1, but found 0",
            ));
        }
        Ok(self.then(|input| {
            let spec = input.spec().with_first_axis(first_axis);
            Arc::new(Batch {
                input,
                size,
                rows,
                spec,
                step,
            })
        }))
    }
}

impl RandomAccess for Batch {
    fn spec(&self) -> &ElementSpec {
        &self.spec
    }

    fn len(&self) -> usize {
        self.rows.div_ceil(self.size)
    }

    fn get(&self, index: usize) -> Result<Structure<Tensor>> {
        let start = index * self.size;
        let end = start.saturating_add(self.size).min(self.rows);
        self.input.stack(&Rows::Range(start..end))
    }

    fn is_batched(&self) -> bool {
        true
    }

    fn describe(&self, steps: &mut Vec<String>) {
        self.input.describe(steps);
        steps.push(self.step.clone());
    }
}
