//! Rows in blocks: for what goes over a whole data set once and need not hold it.

use std::ops::Range;

use super::node::{Access, Value, stack_all};
use super::run::Run;
use super::{Cardinality, Dataset};
use crate::error::Result;
use crate::progress::Progress;
use crate::tensor::Rows;

/// About so many bytes of rows are held at a time.
const BLOCK_BYTES: usize = 1 << 22;

/// No block has more rows, however small they are.
const BLOCK_ROWS: usize = 1 << 14;

/// A row of strings, or of unknown shape, is taken to have so many bytes.
pub(super) const UNKNOWN_BYTES: usize = 1 << 10;

/// Components of rows along a first axis.
pub(crate) type ValueBlocks = Box<dyn Iterator<Item = Result<Value>>>;

impl Dataset {
    /// All rows of the first pass, in blocks. The rows of a batched data set are those of
    /// its batches. Rows of one block must have one shape. Progress calls the pass `what`.
    pub(crate) fn blocks(&self, what: &'static str) -> ValueBlocks {
        let mut progress = Progress::new(what, self.node.row_cardinality().finite(), Some(1));
        progress.pass();
        let told = move |block: Result<Value>| {
            let block = block?;
            let rows = block.leaves().first().and_then(|rows| rows.shape().first());
            progress.add(rows.copied().unwrap_or(0));
            Ok(block)
        };
        Box::new(self.blocks_untold().map(told))
    }

    fn blocks_untold(&self) -> ValueBlocks {
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
            _ => in_blocks(
                node.open(&Run::default()),
                rows_of(node.spec.bytes(), BLOCK_BYTES, BLOCK_ROWS),
                |block| stack_all(&block),
            ),
        }
    }

    /// How many rows there are, which may take a pass to tell.
    pub(crate) fn count_rows(&self) -> Result<usize> {
        if let Cardinality::Finite(rows) = self.node.row_cardinality() {
            return Ok(rows);
        }
        let mut pass = self.told("counting rows", self.node.open(&Run::default()));
        pass.try_fold(0_usize, |rows, value| {
            Ok(rows.saturating_add(self.node.rows_of(&value?)?))
        })
    }
}

/// So many parts at a time made one; the first that failed is the error of its block.
pub(super) fn in_blocks<T: 'static>(
    mut parts: impl Iterator<Item = Result<T>> + 'static,
    together: usize,
    join: impl Fn(Vec<T>) -> Result<T> + 'static,
) -> Box<dyn Iterator<Item = Result<T>>> {
    Box::new(std::iter::from_fn(move || {
        let block: Result<Vec<T>> = parts.by_ref().take(together).collect();
        match block {
            Ok(block) if block.is_empty() => None,
            block => Some(block.and_then(&join)),
        }
    }))
}

/// The rows of each block of `len` rows, each of so many bytes where that is known.
pub(super) fn row_ranges(bytes: Option<usize>, len: usize) -> impl Iterator<Item = Range<usize>> {
    ranges(len, rows_of(bytes, BLOCK_BYTES, BLOCK_ROWS))
}

/// Ranges of so many rows, all rows `together`.
pub(super) fn ranges(len: usize, together: usize) -> impl Iterator<Item = Range<usize>> {
    (0..len)
        .step_by(together)
        .map(move |start| start..len.min(start + together))
}

/// How many rows of so many bytes make a block of at most so many bytes and rows.
pub(super) fn rows_of(bytes: Option<usize>, block_bytes: usize, block_rows: usize) -> usize {
    (block_bytes / bytes.unwrap_or(UNKNOWN_BYTES).max(1)).clamp(1, block_rows)
}
