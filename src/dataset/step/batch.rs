//! Runs of elements stacked along a new first axis.

use std::sync::Arc;

use super::super::examples::in_turn;
use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over, stack_all};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::{Cardinality, Dataset};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::Rows;

struct Batch<I> {
    input: I,
    size: usize,
    /// How many input elements end up in a batch, where they are counted.
    rows: usize,
    drop_remainder: bool,
}

impl Dataset {
    /// Runs of `size` elements stacked along a new first axis; the last batch
    /// holds what is left. As `tf.data.Dataset.batch`.
    ///
    /// A batch of neighbouring rows of an array shares its memory; a batch of
    /// shuffled rows is a copy. An element that fails fails its batch. Of elements that
    /// can be reached in any order the other batches stay as they are; of those that come
    /// one after another, the next batch begins after the one that failed, as TensorFlow's
    /// does.
    ///
    /// # Errors
    ///
    /// `size` is 0 ([`Error::is_value`]). Elements of unlike shapes are an error of
    /// the batch ([`Error::is_shape`]); [`padded_batch`](Dataset::padded_batch)
    /// takes them.
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
        self.batched(size, false, format!("batch({size})"))
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
        self.batched(size, true, format!("batch({size}, drop_remainder)"))
    }

    fn batched(&self, size: usize, drop_remainder: bool, step: String) -> Result<Dataset> {
        check_size(size)?;
        let before = &self.node;
        expect_room(before, size)?;
        let len = before.cardinality.reach();
        let rows = if drop_remainder {
            len / size * size
        } else {
            len
        };
        let access = access_over!(before, stream_example(before, size, drop_remainder), input => Batch {
            input,
            size,
            rows,
            drop_remainder,
        });
        let mut node = Node::step(before, step, access);
        node.spec = before.spec.with_first_axis(drop_remainder.then_some(size));
        node.cardinality = before.cardinality.map(|n| batches(n, size, drop_remainder));
        node.batched = true;
        node.uneven_rows = before.cardinality.finite().filter(|_| !drop_remainder);
        Ok(self.then(node))
    }
}

/// What has no end fills a batch of any size, so one larger than this would only take all
/// memory.
const MOST_BYTES_OF_ENDLESS: usize = 1 << 32;

fn expect_room(before: &Node, size: usize) -> Result<()> {
    let bytes = before.spec.bytes().unwrap_or(1).max(1).saturating_mul(size);
    match before.cardinality {
        Cardinality::Infinite if bytes > MOST_BYTES_OF_ENDLESS => Err(Error::value(format!(
            "expected a batch of an endless data set to fit into memory, but found a size of {size}"
        ))
        .coded("invalid_argument")),
        _ => Ok(()),
    }
}

/// The batches that `n` elements make.
pub(super) fn batches(n: usize, size: usize, drop_remainder: bool) -> usize {
    if drop_remainder {
        n / size
    } else {
        n.div_ceil(size)
    }
}

pub(super) fn check_size(size: usize) -> Result<()> {
    match size {
        0 => Err(
            Error::value("expected a batch size of at least 1, but found 0")
                .coded("invalid_argument"),
        ),
        _ => Ok(()),
    }
}

/// Examples need not be as long as batches that may be of any length.
const EXAMPLE_ROWS: usize = 32;

/// A batch such as a stream may give; none where it is too large to make one up.
pub(super) fn stream_example(before: &Node, size: usize, drop_remainder: bool) -> Vec<Value> {
    let rows = match drop_remainder {
        true => size,
        false => size.min(EXAMPLE_ROWS),
    };
    let rows = in_turn(&before.examples(), rows);
    match rows.is_empty() {
        true => Vec::new(),
        false => stack_all(&rows).into_iter().into_list(),
    }
}

impl RandomAccess for Batch<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let start = index.saturating_mul(self.size);
        let end = start.saturating_add(self.size).min(self.rows);
        match start < end {
            true => self.input.stack(&Rows::Range(start..end), epoch),
            false => Err(Error::value(format!(
                "expected an index of a batch of {}, but found {index}, beyond all elements",
                self.size
            ))
            .coded("out_of_range")),
        }
    }
}

impl Sequential for Batch<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        let (size, drop_remainder) = (self.size, self.drop_remainder);
        let mut pass = self.input.open(run);
        pass_of(move || {
            let elements = match next_chunk(&mut pass, size) {
                Ok(elements) => elements,
                Err(err) => return Some(Err(err)),
            };
            let whole = elements.len() == size || !drop_remainder;
            (!elements.is_empty() && whole).then(|| stack_all(&elements))
        })
    }
}

/// The next `size` elements, or as many as there are. An element that failed fails
/// its batch; what comes after it is left for the next.
pub(super) fn next_chunk(pass: &mut Pass, size: usize) -> Result<Vec<Value>> {
    let mut elements = Vec::new();
    while elements.len() < size {
        match pass.next() {
            Some(value) => elements.push(value?),
            None => break,
        }
    }
    Ok(elements)
}
