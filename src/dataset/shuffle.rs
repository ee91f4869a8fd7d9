//! The whole data set in random order.

use std::sync::Arc;

use super::permutation::Permutation;
use super::{Dataset, ElementSpec, RandomAccess, Structure};
use crate::error::Result;
use crate::tensor::{Rows, Tensor};

struct Shuffle {
    input: Arc<dyn RandomAccess>,
    order: Permutation,
    seed: u64,
}

impl Dataset {
    /// All elements in an order that looks random and depends on `seed` alone:
    /// the same on every machine and on every pass.
    ///
    /// TensorFlow shuffles within a buffer and anew on each pass; this shuffles
    /// the whole data set, as `shuffle(buffer_size=len(ds), seed=seed,
    /// reshuffle_each_iteration=False)`. The order is computed element by
    /// element, so nothing is allocated and `shuffle(1).take(10)` reads ten
    /// elements.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices((0..1000_i64).collect::<Vec<_>>())?;
    /// let first = |seed| ds.shuffle(seed).at(0)?.scalar::<i64>(0);
    /// assert_eq!(first(1)?, first(1)?);
    /// assert_ne!(first(1)?, first(2)?);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn shuffle(&self, seed: u64) -> Dataset {
        self.then(|input| {
            let order = Permutation::new(input.len(), seed);
            Arc::new(Shuffle { input, order, seed })
        })
    }
}

impl RandomAccess for Shuffle {
    fn spec(&self) -> &ElementSpec {
        self.input.spec()
    }

    fn len(&self) -> usize {
        self.input.len()
    }

    fn get(&self, index: usize) -> Result<Structure<Tensor>> {
        self.input.get(self.order.at(index))
    }

    fn stack(&self, rows: &Rows) -> Result<Structure<Tensor>> {
        self.input.stack(&rows.map(|row| self.order.at(row)))
    }

    fn is_batched(&self) -> bool {
        self.input.is_batched()
    }

    fn describe(&self, steps: &mut Vec<String>) {
        self.input.describe(steps);
        steps.push(format!("shuffle({})", self.seed));
    }
}
