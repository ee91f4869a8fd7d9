//! Elements such as a step will give, known before it is run: what the closures
//! given to `map` and its like are tried on, to learn what they return.

use super::node::{Access, Node, RandomAccess, Value};
use super::source::Listed;
use super::{Dataset, ElementSpec, Names, Structure, TensorSpec};
use crate::error::Result;
use crate::tensor::Tensor;

/// A few elements, or such as could be elements.
#[derive(Clone, Default)]
pub(crate) struct Examples(Vec<Value>);

/// As many are looked at: enough that an axis whose length varies mostly shows
/// it, few enough that a slow closure is not felt.
const MOST: usize = 4;

impl From<Vec<Value>> for Examples {
    fn from(mut values: Vec<Value>) -> Examples {
        values.truncate(MOST + 1);
        Examples(values)
    }
}

impl Node {
    /// Up to five elements to try a closure on: real ones where they can be
    /// reached without a pass. Where axes may be of any length, one of other lengths is
    /// among them. Elements that cannot be read are left out; without
    /// any, zeros and ones of the spec stand in.
    pub(crate) fn examples(&self) -> Vec<Value> {
        let mut values = match &self.access {
            Access::Random(access) => spread(access.as_ref(), self.cardinality.reach()),
            Access::Sequential(_, Examples(values)) => values.clone(),
        };
        if values.is_empty() {
            values = self.stand_ins();
        }
        let other = values
            .first()
            .and_then(|value| of_other_lengths(value, &self.spec));
        values.extend(other);
        values
    }

    /// Zeros and ones of the spec; axes of unknown length are given one of 2 and one
    /// of 1.
    pub(crate) fn stand_ins(&self) -> Vec<Value> {
        [(false, 2), (true, 1)]
            .into_iter()
            .filter_map(|(fill, length)| stand_in(&self.spec, fill, length))
            .collect()
    }
}

/// Elements from all over, the first and the last among them.
fn spread(access: &dyn RandomAccess, len: usize) -> Vec<Value> {
    let mut indices: Vec<usize> = match len {
        usize::MAX => (0..MOST).collect(),
        0 => Vec::new(),
        // The product of a length and an index may overflow.
        _ => (0..MOST)
            .map(|i| ((len - 1) as u128 * i as u128 / (MOST - 1) as u128) as usize)
            .collect(),
    };
    indices.dedup();
    let values = indices.into_iter().filter_map(|i| access.get(i, 0).ok());
    values.collect()
}

/// The element with another length along every axis of unknown length: without the
/// last entry, or with the only one twice.
fn of_other_lengths(value: &Value, spec: &ElementSpec) -> Option<Value> {
    let mut specs = spec.components().into_iter();
    let mut varied = false;
    let other = value.map(&mut |tensor| {
        let axes = specs.next().and_then(TensorSpec::shape).unwrap_or(&[]);
        let open = axes
            .iter()
            .enumerate()
            .filter(|(_, length)| length.is_none());
        open.fold(tensor.clone(), |tensor, (axis, _)| {
            let positions: Vec<usize> = match tensor.shape()[axis] {
                0 => return tensor,
                1 => vec![0, 0],
                n => (0..n - 1).collect(),
            };
            varied = true;
            tensor.entries(axis, &positions)
        })
    });
    varied.then_some(other)
}

/// No stand-in is larger: an empty file may declare rows of any length.
const STAND_IN_BYTES: usize = 1 << 24;

fn stand_in(spec: &ElementSpec, fill: bool, length: usize) -> Option<Value> {
    if spec.bytes().is_some_and(|bytes| bytes > STAND_IN_BYTES) {
        return None;
    }
    let tensor = |spec: &TensorSpec| match spec.window() {
        Some(elements) => Ok(window_of(elements, fill, length)),
        None => {
            let axes = spec.shape().unwrap_or(&[]).iter();
            let shape: Vec<usize> = axes.map(|axis| axis.unwrap_or(length)).collect();
            Tensor::filled(spec.dtype(), &shape, fill)
        }
    };
    spec.structure().map(&mut { tensor }).transpose().ok()
}

/// A window of a stand-in.
fn window_of(spec: &ElementSpec, fill: bool, length: usize) -> Tensor {
    let values = stand_in(spec, fill, length).into_iter().collect();
    let node = Listed::node("window", spec.clone(), values);
    Dataset::new(node, Names::default()).into_window()
}

/// The first row of each batch, as elements.
pub(crate) fn first_rows(batches: &[Value]) -> Vec<Value> {
    let has_row = |tensor: &&Tensor| tensor.shape().first().is_some_and(|&rows| rows > 0);
    let full = batches
        .iter()
        .filter(|batch| batch.leaves().iter().all(has_row));
    full.map(|batch| batch.map(&mut |tensor| tensor.row(0)))
        .collect()
}

/// The narrowest spec that covers all of `values`; none for no values.
pub(crate) fn spec_of(values: &[Value]) -> Result<Option<ElementSpec>> {
    ElementSpec::cover_all(values.iter().map(ElementSpec::of))
}

/// Examples stacked into one batch of `size`, taken in turn.
pub(crate) fn batch_of(examples: &[Value], size: usize) -> Option<Value> {
    let turn: Vec<Value> = examples.iter().cycle().take(size).cloned().collect();
    (!turn.is_empty())
        .then(|| Structure::zip_leaves(&turn, Tensor::stack).ok())
        .flatten()
}
