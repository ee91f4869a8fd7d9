//! The rows of batches as elements again.

use std::sync::Arc;

use super::super::examples::first_rows;
use super::super::node::{
    Access, Node, Pass, RandomAccess, Sequential, Value, rows_in, stack_runs,
};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::{Cardinality, Dataset, ElementSpec};
use crate::error::{Error, Result};
use crate::tensor::Rows;

/// Elements that all have `rows` rows.
struct Even {
    input: Arc<dyn RandomAccess>,
    rows: usize,
}

/// Elements of any number of rows.
struct Uneven {
    input: Arc<Node>,
}

impl Dataset {
    /// The entries along the first axis of each element, as
    /// `tf.data.Dataset.unbatch`: what [`batch`](Dataset::batch) put together.
    ///
    /// # Errors
    ///
    /// - a component has no axis ([`Error::is_shape`])
    /// - components are known to have first axes of unlike lengths
    ///   ([`Error::is_shape`]); where only the elements tell, it is an error of the
    ///   element
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::from_tensor_slices(array![[1, 2], [3, 4]])?.unbatch()?;
    /// assert_eq!(ds.array::<i32, Ix1>(0)?, array![1, 2, 3, 4]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn unbatch(&self) -> Result<Dataset> {
        self.taken_apart(|node| first_rows(&node.examples()))
    }

    /// The same for whoever only reads: without examples for a step to come, for which
    /// some batches would be read.
    pub(in crate::dataset) fn rows_of_batches(&self) -> Result<Dataset> {
        self.taken_apart(|_| Vec::new())
    }

    fn taken_apart(&self, examples: impl FnOnce(&Node) -> Vec<Value>) -> Result<Dataset> {
        let before = &self.node;
        let even = rows_of_all(&before.spec)?;
        let access = match (&before.access, even) {
            (Access::Random(input), Some(rows)) if rows > 0 => {
                let input = Arc::clone(input);
                Access::random(Even { input, rows })
            }
            _ => {
                let input = Arc::clone(before);
                Access::sequential(Uneven { input }, examples(before))
            }
        };
        let mut node = Node::step(before, "unbatch()", access);
        node.spec = before.spec.without_first_axis();
        node.batched = false;
        node.at_most = None;
        node.cardinality = match (before.cardinality, even) {
            (Cardinality::Finite(n), Some(rows)) => n
                .checked_mul(rows)
                .map_or(Cardinality::Infinite, Cardinality::Finite),
            (Cardinality::Finite(0), None) => Cardinality::Finite(0),
            (Cardinality::Infinite, Some(0)) => Cardinality::Unknown,
            (Cardinality::Infinite, _) => Cardinality::Infinite,
            _ => Cardinality::Unknown,
        };
        Ok(self.then(node))
    }
}

/// The length of all first axes, where it is known; an error where there is none,
/// or where two differ.
fn rows_of_all(spec: &ElementSpec) -> Result<Option<usize>> {
    let mut all: Option<(usize, String)> = None;
    for (spec, name) in spec.components().into_iter().zip(spec.names()) {
        let shown = || format!("'{name}' of shape {}", spec.shape_text());
        if !spec.has_axis() {
            return Err(Error::shape(format!(
                "expected components of at least one axis to take apart, but found {}",
                shown()
            ))
            .coded("rank"));
        }
        match (spec.first_axis(), &all) {
            (Some(rows), None) => all = Some((rows, shown())),
            (Some(rows), Some((others, other))) if rows != *others => {
                return Err(Error::shape(format!(
                    "expected components of equal length, but found {other} and {}",
                    shown()
                ))
                .coded("shape_mismatch"));
            }
            _ => {}
        }
    }
    Ok(all.map(|(rows, _)| rows))
}

fn other_rows(found: usize, expected: usize) -> Error {
    Error::shape(format!(
        "unbatch: expected {expected} rows in each element, but found {found}"
    ))
    .coded("shape_mismatch")
}

fn row(value: &Value, index: usize) -> Value {
    value.map(&mut |tensor| tensor.row(index))
}

impl RandomAccess for Even {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let whole = self.input.get(index / self.rows, epoch)?;
        match rows_in(&whole)? {
            found if found == self.rows => Ok(row(&whole, index % self.rows)),
            found => Err(other_rows(found, self.rows)),
        }
    }

    /// Rows of one batch come out of it together: it is read once.
    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let batch = |row: &usize| row / self.rows;
        stack_runs(rows, &|a, b| batch(a) == batch(b), &|run| {
            let whole = self.input.get(run.first().map_or(0, batch), epoch)?;
            let found = rows_in(&whole)?;
            let within: Rows = run.iter().map(|row| row % self.rows).collect();
            match found == self.rows {
                true => Ok(whole.map(&mut |tensor| tensor.rows(&within))),
                false => Err(other_rows(found, self.rows)),
            }
        })
    }

    /// Neighbouring rows come out of one batch, which is read once.
    fn open(self: Arc<Self>, range: std::ops::Range<usize>, run: &Run) -> Pass {
        let batches = range.start / self.rows..range.end.div_ceil(self.rows);
        let skipped = range.start - batches.start * self.rows;
        let rows = take_apart(Arc::clone(&self.input).open(batches, run));
        Box::new(rows.skip(skipped).take(range.len()))
    }
}

impl Sequential for Uneven {
    fn open(&self, run: &Run) -> Pass {
        take_apart(self.input.open(run))
    }
}

fn take_apart(mut pass: Pass) -> Pass {
    let mut whole: Option<(Value, std::ops::Range<usize>)> = None;
    pass_of(move || {
        loop {
            if let Some((value, left)) = &mut whole
                && let Some(index) = left.next()
            {
                return Some(Ok(row(value, index)));
            }
            let next = pass.next()?;
            match next.and_then(|value| rows_in(&value).map(|rows| (value, 0..rows))) {
                Ok(next) => whole = Some(next),
                Err(err) => {
                    whole = None;
                    return Some(Err(err));
                }
            }
        }
    })
}
