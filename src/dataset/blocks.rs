//! Rows in blocks: for what goes over a whole data set once and need not hold it.

use std::ops::Range;

use super::Dataset;
use super::node::{Access, Pass, Value, stack_all};
use super::run::Run;
use crate::error::Result;
use crate::tensor::Rows;

/// About so many bytes of rows are held at a time.
const BLOCK_BYTES: usize = 1 << 22;

/// No block has more rows, however small they are.
const BLOCK_ROWS: usize = 1 << 14;

/// A row of strings, or of unknown shape, is taken to have so many bytes.
pub(super) const UNKNOWN_BYTES: usize = 1 << 10;

/// Components of rows along a first axis.
pub(crate) type Blocks = Box<dyn Iterator<Item = Result<Value>>>;

impl Dataset {
    /// All rows of the first pass, in blocks. The rows of a batched data set are those of
    /// its batches. Rows of one block must have one shape.
    pub(crate) fn blocks(&self) -> Blocks {
        let node = &self.node;
        if node.batched {
            return Box::new(node.open(&Run::default()));
        }
        match (&node.access, node.cardinality.finite()) {
            (Access::Random(access), Some(len)) => {
                let access = access.clone();
                Box::new(
                    row_ranges(node.spec.bytes(), len)
                        .map(move |rows| access.stack(&Rows::Range(rows), 0)),
                )
            }
            _ => stacked(node.open(&Run::default()), rows_of(node.spec.bytes())),
        }
    }
}

/// The rows of each block of `len` rows, each of so many bytes where that is known.
pub(super) fn row_ranges(bytes: Option<usize>, len: usize) -> impl Iterator<Item = Range<usize>> {
    let rows = rows_of(bytes);
    (0..len)
        .step_by(rows)
        .map(move |start| start..len.min(start + rows))
}

/// How many rows of so many bytes make a block.
fn rows_of(bytes: Option<usize>) -> usize {
    (BLOCK_BYTES / bytes.unwrap_or(UNKNOWN_BYTES).max(1)).clamp(1, BLOCK_ROWS)
}

fn stacked(mut pass: Pass, rows: usize) -> Blocks {
    Box::new(std::iter::from_fn(move || {
        let block: Result<Vec<Value>> = pass.by_ref().take(rows).collect();
        match block {
            Ok(block) if block.is_empty() => None,
            block => Some(block.and_then(|block| stack_all(block.into_iter().map(Ok)))),
        }
    }))
}
