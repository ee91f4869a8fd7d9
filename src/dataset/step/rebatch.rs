//! Batches of other sizes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::examples::in_turn;
use super::super::node::{Access, Node, Pass, Sequential, Value, rows_in};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::{Cardinality, Dataset, Structure, TensorSpec};
use super::batch::check_size;
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{Rows, Tensor};

/// The sizes of the batches that [`rebatch`](Dataset::rebatch) makes: one, or several
/// in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchSizes(Vec<usize>);

impl From<usize> for BatchSizes {
    fn from(size: usize) -> Self {
        BatchSizes(vec![size])
    }
}

impl From<Vec<usize>> for BatchSizes {
    fn from(sizes: Vec<usize>) -> Self {
        BatchSizes(sizes)
    }
}

impl<const N: usize> From<[usize; N]> for BatchSizes {
    fn from(sizes: [usize; N]) -> Self {
        BatchSizes(sizes.into())
    }
}

struct Rebatch {
    input: Arc<Node>,
    sizes: Vec<usize>,
    drop_remainder: bool,
}

impl Dataset {
    /// Batches of other sizes: the rows of all batches laid end to end and cut
    /// anew, at one size or at several in turn. As `tf.data.Dataset.rebatch`.
    ///
    /// # Errors
    ///
    /// - no size, or one of 0 ([`Error::is_value`])
    /// - a component has no axis ([`Error::is_shape`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::range(0..6).batch(3)?.rebatch([2, 1])?;
    /// let sizes: Vec<usize> = ds
    ///     .iter()
    ///     .map(|batch| Ok(batch?.array::<i64, Ix1>(0)?.len()))
    ///     .collect::<ndsight::Result<_>>()?;
    /// assert_eq!(sizes, [2, 1, 2, 1]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn rebatch(&self, sizes: impl Into<BatchSizes>) -> Result<Dataset> {
        self.rebatched(sizes.into().0, false)
    }

    /// As [`rebatch`](Dataset::rebatch), without a last batch that is too short:
    /// `drop_remainder=True`.
    ///
    /// # Errors
    ///
    /// As [`rebatch`](Dataset::rebatch).
    pub fn rebatch_drop_remainder(&self, sizes: impl Into<BatchSizes>) -> Result<Dataset> {
        self.rebatched(sizes.into().0, true)
    }

    fn rebatched(&self, sizes: Vec<usize>, drop_remainder: bool) -> Result<Dataset> {
        if sizes.is_empty() {
            return Err(
                Error::value("expected at least one batch size, but found none")
                    .coded("invalid_argument"),
            );
        }
        sizes.iter().try_for_each(|&size| check_size(size))?;
        // Says what is wrong with components that cannot be cut.
        self.unbatch()?;
        let before = &self.node;
        let equal = sizes.iter().all(|size| *size == sizes[0]);
        // Batches of a known size that divides evenly leave no remainder either.
        let known = before
            .spec
            .components()
            .into_iter()
            .find_map(TensorSpec::first_axis);
        let all_whole = drop_remainder || known.is_some_and(|size| size % sizes[0] == 0);
        let first_axis = (all_whole && equal).then_some(sizes[0]);
        let step = match sizes.as_slice() {
            [size] => format!("rebatch({size})"),
            sizes => format!("rebatch({sizes:?})"),
        };
        let rebatch = Rebatch {
            input: Arc::clone(before),
            sizes: sizes.clone(),
            drop_remainder,
        };
        let mut whole = before.examples();
        whole.retain(|batch| rows_in(batch).is_ok());
        let turns = match (first_axis, whole.iter().map(rows).sum::<usize>()) {
            (None, _) | (_, 0) => 1,
            (Some(size), rows) => size.div_ceil(rows),
        };
        let parts = in_turn(&whole, turns.saturating_mul(whole.len()));
        let examples = Joined {
            parts: parts.into(),
        }
        .take(sizes[0]);
        let examples: Vec<Value> = examples.ok().into_iter().into_list();
        let mut node = Node::step(before, step, Access::sequential(rebatch, examples));
        node.spec = before.spec.without_first_axis().with_first_axis(first_axis);
        node.batched = true;
        node.at_most = None;
        node.cardinality = match before.cardinality {
            Cardinality::Infinite => Cardinality::Infinite,
            _ => Cardinality::Unknown,
        };
        Ok(self.then(node))
    }
}

/// Rows that wait to be cut.
struct Joined {
    parts: VecDeque<Value>,
}

impl Joined {
    fn rows(&self) -> usize {
        self.parts.iter().map(rows).sum()
    }

    /// Takes the first `count` rows, or as many as there are.
    fn take(&mut self, count: usize) -> Result<Value> {
        let (mut taken, mut left) = (Vec::new(), count);
        while left > 0
            && let Some(part) = self.parts.pop_front()
        {
            let len = rows(&part);
            let cut = left.min(len);
            taken.push(part.map(&mut |tensor| tensor.rows(&Rows::Range(0..cut))));
            if cut < len {
                let rest = part.map(&mut |tensor| tensor.rows(&Rows::Range(cut..len)));
                self.parts.push_front(rest);
            }
            left -= cut;
        }
        Structure::zip_leaves(&taken, &Tensor::concat)
    }
}

/// The rows of a batch that was let in, whose components agree.
fn rows(value: &Value) -> usize {
    rows_in(value).unwrap_or(0)
}

impl Sequential for Rebatch {
    fn open(&self, run: &Run) -> Pass {
        let mut pass = self.input.open(run);
        let mut sizes = self.sizes.clone().into_iter().cycle();
        let drop_remainder = self.drop_remainder;
        let mut waiting = Joined {
            parts: VecDeque::new(),
        };
        pass_of(move || {
            let size = sizes.next()?;
            while waiting.rows() < size {
                match pass.next() {
                    Some(batch) => match batch.and_then(|b| rows_in(&b).map(|_| b)) {
                        Ok(batch) => waiting.parts.push_back(batch),
                        Err(err) => return Some(Err(err)),
                    },
                    None => break,
                }
            }
            let left = waiting.rows();
            let ends = left == 0 || (left < size && drop_remainder);
            (!ends).then(|| waiting.take(size))
        })
    }
}
