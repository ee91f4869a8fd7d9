//! Elements such as a step will give, known before it is run: what the closures
//! given to `map` and its like are tried on, to learn what they return.

use super::blocks::UNKNOWN_BYTES;
use super::node::{Access, Node, RandomAccess, Value};
use super::source::Listed;
use super::{Dataset, ElementSpec, Names, TensorSpec};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapNumbers};
use crate::tensor::{Rows, Tensor};

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
        // What a step promises is what it is tried on.
        values.retain(|value| self.spec.admits(value));
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
            .into_list()
    }
}

/// Elements from all over, the first and the last among them.
fn spread(access: &dyn RandomAccess, len: usize) -> Vec<Value> {
    let mut indices: Vec<usize> = match len {
        usize::MAX => (0..MOST).collect(),
        0 => Vec::new(),
        // The product of a length and an index may overflow.
        _ => (0..MOST).map_each(|i| ((len - 1) as u128 * i as u128 / (MOST - 1) as u128) as usize),
    };
    indices.dedup();
    let values = indices.into_iter().filter_map(|i| access.get(i, 0).ok());
    values.into_list()
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
            let length = tensor.shape()[axis];
            varied |= length > 0;
            match (length, axis) {
                (0, _) => tensor,
                (1, _) => tensor.entries(axis, &[0, 0]),
                (n, 0) => tensor.rows(&Rows::Range(0..n - 1)),
                (n, _) => tensor.entries(axis, &(0..n - 1).collect::<Vec<_>>()),
            }
        })
    });
    varied.then_some(other)
}

/// No example that is made up is larger: an empty file may declare rows of any length,
/// and batches may be of any size.
const MOST_BYTES: usize = 1 << 26;

fn stand_in(spec: &ElementSpec, fill: bool, length: usize) -> Option<Value> {
    let tensor = |spec: &TensorSpec| match spec.window() {
        Some(elements) => Some(window_of(elements, fill, length)),
        None => {
            let axes = spec.shape().unwrap_or(&[]).iter();
            let shape: Vec<usize> = axes.map(|axis| axis.unwrap_or(length)).into_list();
            let size = spec.dtype().size().unwrap_or(size_of::<String>());
            let bytes = shape
                .iter()
                .try_fold(size, |bytes, axis| bytes.checked_mul(*axis));
            bytes.filter(|&bytes| bytes <= MOST_BYTES)?;
            Tensor::filled(spec.dtype(), &shape, fill).ok()
        }
    };
    let none = || Error::internal("no stand-in");
    let filled = spec
        .structure()
        .try_map(&mut |spec| tensor(spec).ok_or_else(none));
    filled.ok()
}

/// A window of a stand-in.
fn window_of(spec: &ElementSpec, fill: bool, length: usize) -> Tensor {
    let values = stand_in(spec, fill, length).into_iter().into_list();
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
        .into_list()
}

/// The narrowest spec that covers all of `values`; none for no values.
pub(crate) fn spec_of(values: &[Value]) -> Result<Option<ElementSpec>> {
    ElementSpec::cover_all(values.iter().map(ElementSpec::of))
}

/// So many examples, taken in turn; none where that were too many.
pub(crate) fn in_turn(examples: &[Value], count: usize) -> Vec<Value> {
    let bytes = |value: &Value| ElementSpec::of(value).bytes().unwrap_or(UNKNOWN_BYTES);
    let all = examples
        .first()
        .map(bytes)
        .and_then(|bytes| bytes.max(1).checked_mul(count));
    match all.is_some_and(|all| all <= MOST_BYTES) {
        true => examples.iter().cycle().take(count).cloned().into_list(),
        false => Vec::new(),
    }
}
