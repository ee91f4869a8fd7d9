//! Elements kept one by one, each with shapes of its own.

use std::sync::Arc;

use super::super::node::{Access, Node, RandomAccess, Value};
use super::super::{Cardinality, ElementSpec};
use crate::error::Result;

/// Elements in memory.
pub(in crate::dataset) struct Listed(Arc<[Value]>);

impl Listed {
    /// A source of these elements, which the caller knows to be of `spec`.
    pub(in crate::dataset) fn node(step: &str, spec: ElementSpec, values: Vec<Value>) -> Node {
        let count = Cardinality::Finite(values.len());
        Node::source(step, spec, count, Access::random(Listed(values.into())))
    }
}

impl RandomAccess for Listed {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        Ok(self.0[index].clone())
    }
}
