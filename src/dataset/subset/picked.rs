//! Elements at chosen positions of a data set whose order no longer changes.

use std::sync::Arc;

use super::super::blocks::row_ranges;
use super::super::node::{Access, Node, RandomAccess, Value};
use super::super::{Cardinality, Dataset, Key};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{DType, Rows, Tensor};

/// The elements at these positions of the first pass. That it is always the first
/// keeps parts apart: were each to follow a shuffle that orders every pass
/// anew, an element would be in one part today and in another tomorrow.
struct Picked {
    input: Arc<dyn RandomAccess>,
    positions: Arc<[usize]>,
}

impl RandomAccess for Picked {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        self.input.get(self.positions[index], 0)
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        self.input.stack(&rows.map(|row| self.positions[row]), 0)
    }

    fn component(&self, component: usize, rows: &Rows, _epoch: u64) -> Result<Tensor> {
        self.input
            .component(component, &rows.map(|row| self.positions[row]), 0)
    }
}

/// All elements, in the order of the first pass.
struct Frozen {
    input: Arc<dyn RandomAccess>,
}

impl RandomAccess for Frozen {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        self.input.get(index, 0)
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        self.input.stack(rows, 0)
    }

    fn component(&self, component: usize, rows: &Rows, _epoch: u64) -> Result<Tensor> {
        self.input.component(component, rows, 0)
    }

    fn in_memory(&self) -> bool {
        self.input.in_memory()
    }
}

impl Dataset {
    /// The elements at `positions`, which the caller keeps below the length.
    pub(super) fn picked(
        &self,
        access: &Arc<dyn RandomAccess>,
        positions: Vec<usize>,
        step: String,
    ) -> Dataset {
        let count = positions.len();
        let picked = Picked {
            input: Arc::clone(access),
            positions: positions.into(),
        };
        let mut node = Node::step(&self.node, step, Access::random(picked));
        node.cardinality = Cardinality::Finite(count);
        self.then(node)
    }

    /// The same elements in the order of the first pass on every pass.
    pub(super) fn frozen(&self, access: &Arc<dyn RandomAccess>) -> Dataset {
        let frozen = Frozen {
            input: Arc::clone(access),
        };
        self.then(Node::step(&self.node, "first pass", Access::random(frozen)))
    }

    /// `last` of several steps as the one after this data set: those that it is made of
    /// are none of the user's.
    pub(super) fn after_all_of(&self, last: Dataset) -> Dataset {
        let mut node = last.node;
        if let Some(node) = Arc::get_mut(&mut node) {
            node.follow(&self.node);
        }
        Dataset::of_node(node, last.names)
    }

    /// One value of each element: of a component of rank 0, or of a feature.
    ///
    /// Read in blocks, and without the other components where that can be, so that of a
    /// large file only this is held in memory.
    pub(super) fn column(&self, key: &Key, what: &str) -> Result<Tensor> {
        let access = self.node.expect_random(what)?;
        let len = self.node.expect_finite(what)?;
        if self.is_batched() {
            return Err(Error::value(format!(
                "expected single elements, which {what} needs, but found batches; unbatch() takes them apart, or put this step before batch()"
            )));
        }
        let (component, position) = self.one_value(key)?;
        let blocks = row_ranges(self.node.spec.components()[component].bytes(), len);
        let parts = blocks.map(|rows| {
            let block = access.component(component, &Rows::Range(rows), 0)?;
            Ok(match position {
                Some(position) => block.view().index(1, position).to_tensor(),
                None => block,
            })
        });
        let parts: Vec<Tensor> = parts.try_into_list()?;
        match parts.is_empty() {
            true => Ok(Tensor::empty(DType::Int64, &[0])),
            false => Tensor::concat(&parts),
        }
    }

    /// The component that holds one value for each element, or the feature, that
    /// `key` means.
    fn one_value(&self, key: &Key) -> Result<(usize, Option<usize>)> {
        let names = self.node.spec.names();
        let specs = self.node.spec.components();
        if let Ok(component) = key.find(&names, "component")
            && specs[component].shape() == Some(&[])
        {
            return Ok((component, None));
        }
        let feature = self.feature(key)?;
        Ok((feature.component, feature.position))
    }
}
