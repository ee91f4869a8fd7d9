//! Rows in blocks: for what goes over a whole data set once and need not hold it.

use std::ops::Range;

use super::columns::{Columns, Extent, PLOT_BYTES};
use super::node::{Access, Value, stack_all};
use super::run::Run;
use super::{Cardinality, Dataset};
use crate::error::Result;
use crate::tensor::{Rows, Tensor};

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
            _ => in_blocks(
                node.open(&Run::default()),
                rows_of(node.spec.bytes()),
                |block| stack_all(&block),
            ),
        }
    }

    /// One component of all rows of the first pass, in blocks of shape `(rows, …)`; where
    /// they are to be pooled, all its values in blocks of shape `(values,)`, whatever the
    /// shape of a row.
    pub(crate) fn component_blocks(
        &self,
        component: usize,
        pooled: bool,
    ) -> Box<dyn Iterator<Item = Result<Tensor>>> {
        let node = &self.node;
        let bytes = self.row_spec().components()[component].bytes();
        let leaf = move |value: Value| value.leaves()[component].clone();
        let (parts, together): (Box<dyn Iterator<Item = Result<Tensor>>>, usize) =
            match (&node.access, node.cardinality.finite()) {
                (Access::Random(access), Some(len)) if !node.batched => {
                    let access = access.clone();
                    let read = move |rows| access.component(component, &Rows::Range(rows), 0);
                    (Box::new(row_ranges(bytes, len).map(read)), 1)
                }
                _ => {
                    let pass = node.open(&Run::default());
                    let batched = node.batched;
                    let parts = pass.map(move |value| match batched {
                        true => value.map(leaf),
                        false => value.map(|value| leaf(value).with_first_axis()),
                    });
                    (Box::new(parts), if batched { 1 } else { rows_of(bytes) })
                }
            };
        let flat = move |part: Result<Tensor>| match pooled {
            true => part.and_then(|part| part.reshape(&[part.len()])),
            false => part,
        };
        let parts = parts.map(flat);
        match together {
            1 => Box::new(parts),
            _ => in_blocks(parts, together, |some| Tensor::concat(&some)),
        }
    }

    /// All rows, unless they take more memory than a plot may, or only reading tells whether
    /// they do and they do.
    pub(crate) fn rows_that_fit(&self) -> Result<Option<Columns>> {
        let in_memory = self.node.random().is_some_and(|access| access.in_memory());
        match (self.node.cardinality, self.bytes()) {
            (Cardinality::Infinite, _) => self.node.expect_finite("describe()").map(|_| None),
            (Cardinality::Finite(_), Some(bytes)) if bytes <= PLOT_BYTES || in_memory => {
                self.all_rows().map(Some)
            }
            (Cardinality::Finite(_), Some(_)) => Ok(None),
            _ => self.rows_up_to(self.affordable_rows()),
        }
    }

    /// All rows, if there are at most so many.
    fn rows_up_to(&self, most: usize) -> Result<Option<Columns>> {
        let (mut parts, mut rows) = (Vec::new(), 0_usize);
        for value in self.node.open(&Run::default()) {
            let value = value?;
            rows += self.node.rows_of(&value)?;
            if rows > most {
                return Ok(None);
            }
            parts.push(value);
        }
        self.laid_out(self.joined(&parts)?, Extent::All).map(Some)
    }

    /// How many rows there are, which may take a pass to tell.
    pub(crate) fn count_rows(&self) -> Result<usize> {
        if let Cardinality::Finite(rows) = self.node.row_cardinality() {
            return Ok(rows);
        }
        let mut pass = self.node.open(&Run::default());
        pass.try_fold(0_usize, |rows, value| {
            Ok(rows.saturating_add(self.node.rows_of(&value?)?))
        })
    }
}

/// So many parts at a time made one; the first that failed is the error of its block.
fn in_blocks<T: 'static>(
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
    let rows = rows_of(bytes);
    (0..len)
        .step_by(rows)
        .map(move |start| start..len.min(start + rows))
}

/// How many rows of so many bytes make a block.
fn rows_of(bytes: Option<usize>) -> usize {
    (BLOCK_BYTES / bytes.unwrap_or(UNKNOWN_BYTES).max(1)).clamp(1, BLOCK_ROWS)
}
