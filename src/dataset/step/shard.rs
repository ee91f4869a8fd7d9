//! Every n-th element.

use std::sync::Arc;

use super::super::Dataset;
use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over};
use super::super::pass::sifted;
use super::super::run::Run;
use crate::error::{Error, Result};
use crate::tensor::Rows;

struct Shard<I> {
    input: I,
    num_shards: usize,
    index: usize,
}

impl Dataset {
    /// Every `num_shards`-th element from number `index` on, as
    /// `tf.data.Dataset.shard`: the parts for all indices make up the whole.
    ///
    /// # Errors
    ///
    /// `num_shards` is 0 or `index` is not below it ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::range(0..7).shard(3, 1)?;
    /// assert_eq!(ds.array::<i64, Ix1>(0)?, array![1, 4]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn shard(&self, num_shards: usize, index: usize) -> Result<Dataset> {
        if index >= num_shards {
            let message = match num_shards {
                0 => "expected at least 1 shard, but found 0".to_owned(),
                n => {
                    format!("expected an index below {n}, the number of shards, but found {index}")
                }
            };
            return Err(Error::value(message).coded("invalid_argument"));
        }
        let before = &self.node;
        let access = access_over!(before, before.examples(), input => Shard {
            input,
            num_shards,
            index,
        });
        let mut node = Node::step(before, format!("shard({num_shards}, {index})"), access);
        node.cardinality = before
            .cardinality
            .map(|n| n / num_shards + usize::from(index < n % num_shards));
        Ok(self.then(node))
    }
}

impl Shard<Arc<dyn RandomAccess>> {
    fn source(&self, index: usize) -> usize {
        index
            .saturating_mul(self.num_shards)
            .saturating_add(self.index)
    }
}

impl RandomAccess for Shard<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        self.input.get(self.source(index), epoch)
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        self.input.stack(&rows.map(|row| self.source(row)), epoch)
    }
}

impl Sequential for Shard<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        let (num_shards, index) = (self.num_shards, self.index);
        let mut position = 0;
        sifted(self.input.open(run), move |_, value| {
            let mine = position == index;
            if value.is_ok() {
                position = (position + 1) % num_shards;
            }
            // What fails in another shard fails here too, so that no part is
            // taken for whole.
            (mine || value.is_err()).then_some(value)
        })
    }
}
