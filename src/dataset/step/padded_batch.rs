//! Batches of elements of unlike shapes, filled up to one.

use std::sync::Arc;

use super::super::examples::in_turn;
use super::super::node::{Access, Node, Pass, Sequential, Value, stack_all};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::{Dataset, ElementSpec, TensorSpec};
use super::batch::{batches, check_size, next_chunk};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapNumbers};
use crate::tensor::{Shape, Tensor};

/// How [`Dataset::padded_batch`] fills up. A plain number is a batch size.
#[derive(Clone, Debug)]
pub struct PaddedBatch {
    batch_size: usize,
    padded_shapes: Option<Vec<Vec<Option<usize>>>>,
    padding_values: Option<Vec<Tensor>>,
    drop_remainder: bool,
}

impl PaddedBatch {
    /// Batches of this size, each padded to its longest element along axes whose
    /// length varies, with zeros or empty strings.
    #[must_use]
    pub fn new(batch_size: usize) -> PaddedBatch {
        PaddedBatch {
            batch_size,
            padded_shapes: None,
            padding_values: None,
            drop_remainder: false,
        }
    }

    /// The shape that each component is padded to, depth first; `None` for an axis is
    /// the longest in the batch.
    #[must_use]
    pub fn padded_shapes<S: Into<Vec<Option<usize>>>>(
        self,
        shapes: impl IntoIterator<Item = S>,
    ) -> PaddedBatch {
        let shapes = shapes.into_iter().map(Into::into).into_list();
        PaddedBatch {
            padded_shapes: Some(shapes),
            ..self
        }
    }

    /// What each component is filled up with, depth first: single values of its type.
    #[must_use]
    pub fn padding_values<T: Into<Tensor>>(
        self,
        values: impl IntoIterator<Item = T>,
    ) -> PaddedBatch {
        let values = values.into_iter().map(Into::into).into_list();
        PaddedBatch {
            padding_values: Some(values),
            ..self
        }
    }

    /// Whether a last batch that is too short is dropped (default: no).
    #[must_use]
    pub fn drop_remainder(self, drop: bool) -> PaddedBatch {
        PaddedBatch {
            drop_remainder: drop,
            ..self
        }
    }

    pub(super) fn drops_remainder(&self) -> bool {
        self.drop_remainder
    }

    pub(super) fn of_size(self, batch_size: usize) -> PaddedBatch {
        PaddedBatch { batch_size, ..self }
    }

    /// Pads axes of unknown length to `length`, where it is given and no shapes are.
    pub(super) fn pad_unknown_to(self, length: Option<usize>) -> PadTo {
        PadTo {
            options: self,
            unknown: length,
        }
    }

    /// The shape to pad each component to.
    fn targets(
        &self,
        spec: &ElementSpec,
        unknown: Option<usize>,
    ) -> Result<Vec<Vec<Option<usize>>>> {
        let components = spec.components();
        let of_any_rank = |name: &str| {
            Error::shape(format!(
                "expected components of known rank to pad, but found '{name}' of any; state padded_shapes"
            ))
            .coded("rank")
        };
        let Some(given) = &self.padded_shapes else {
            return components
                .iter()
                .zip(spec.names())
                .map(|(spec, name)| {
                    let shape = spec.shape().ok_or_else(|| of_any_rank(&name))?;
                    Ok(shape.map_each(|axis| axis.or(unknown)))
                })
                .collect();
        };
        expect_one_each("padded shape", given.len(), components.len())?;
        for ((given, spec), name) in given.iter().zip(&components).zip(spec.names()) {
            check_target(given, spec, &name)?;
        }
        let filled = |shape: &Vec<Option<usize>>| shape.map_each(|axis| axis.or(unknown));
        Ok(given.map_each(filled))
    }

    /// The value to fill each component up with.
    fn values(&self, spec: &ElementSpec) -> Result<Vec<Tensor>> {
        let components = spec.components();
        let zero = |spec: &&TensorSpec| Tensor::filled(spec.dtype(), &[], false);
        let Some(given) = &self.padding_values else {
            return components.iter().map(zero).collect();
        };
        expect_one_each("padding value", given.len(), components.len())?;
        for ((value, spec), name) in given.iter().zip(&components).zip(spec.names()) {
            if value.dtype() != spec.dtype() {
                return Err(Error::dtype(format!(
                    "expected a padding value of {} for component '{name}', but found {}",
                    spec.dtype(),
                    value.dtype()
                ))
                .coded("type_mismatch"));
            }
            if !value.shape().is_empty() {
                return Err(Error::shape(format!(
                    "expected a single padding value for component '{name}', but found one of shape {}",
                    Shape(value.shape())
                ))
                .coded("shape_mismatch"));
            }
        }
        Ok(given.clone())
    }
}

fn expect_one_each(what: &str, found: usize, components: usize) -> Result<()> {
    if found == components {
        return Ok(());
    }
    Err(Error::shape(format!(
        "expected {components} {what}s, one for each component, but found {found}"
    ))
    .coded("structure_mismatch"))
}

fn check_target(target: &[Option<usize>], spec: &TensorSpec, name: &str) -> Result<()> {
    let Some(shape) = spec.shape() else {
        return Ok(());
    };
    let error = |message: String, code| Err(Error::shape(message).coded(code));
    if target.len() != shape.len() {
        return error(
            format!(
                "expected a padded shape of {} axes for component '{name}' of shape {}, but found {}",
                shape.len(),
                spec.shape_text(),
                target.len()
            ),
            "rank",
        );
    }
    let short = |(target, axis): (&Option<usize>, &Option<usize>)| match (target, axis) {
        (Some(target), Some(axis)) => target < axis,
        _ => false,
    };
    match target.iter().zip(shape).any(short) {
        false => Ok(()),
        true => error(
            format!(
                "expected a padded shape that component '{name}' of shape {} fits into, but found {}",
                spec.shape_text(),
                TensorSpec::new(spec.dtype(), target).shape_text()
            ),
            "pad_too_small",
        ),
    }
}

impl From<usize> for PaddedBatch {
    fn from(batch_size: usize) -> PaddedBatch {
        PaddedBatch::new(batch_size)
    }
}

/// Options with a length for axes whose length is not known.
pub(super) struct PadTo {
    options: PaddedBatch,
    unknown: Option<usize>,
}

struct Padded {
    input: Arc<Node>,
    size: usize,
    drop_remainder: bool,
    padding: Arc<Padding>,
}

/// What components are padded to, and with.
struct Padding {
    targets: Vec<Vec<Option<usize>>>,
    values: Vec<Tensor>,
}

impl Dataset {
    /// Runs of elements filled up to one shape and stacked along a new first axis, as
    /// `tf.data.Dataset.padded_batch`. See [`PaddedBatch`] for shapes and values.
    ///
    /// # Errors
    ///
    /// - the size is 0 ([`Error::is_value`])
    /// - there is not one shape, or one value, for each component; a shape has another
    ///   rank ([`Error::is_shape`]); a value is of another type ([`Error::is_dtype`])
    ///
    /// An element larger than its padded shape is an error of the batch.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{DType, Dataset, TensorSpec};
    /// use ndarray::{Ix2, array};
    ///
    /// let ragged = Dataset::range(1..4)
    ///     .map_with_spec(TensorSpec::new(DType::Int64, [None]), |n: i64| vec![n; n as usize]);
    /// let batch = ragged.padded_batch(3)?.get_single_element()?;
    /// assert_eq!(batch.array::<i64, Ix2>(0)?, array![[1, 0, 0], [2, 2, 0], [3, 3, 3]]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn padded_batch(&self, options: impl Into<PaddedBatch>) -> Result<Dataset> {
        self.padded(options.into().pad_unknown_to(None))
    }

    pub(super) fn padded(&self, PadTo { options, unknown }: PadTo) -> Result<Dataset> {
        let size = options.batch_size;
        check_size(size)?;
        let before = &self.node;
        let named = |err: Error| err.context("padded_batch");
        let targets = options.targets(&before.spec, unknown).map_err(named)?;
        let values = options.values(&before.spec).map_err(named)?;
        let spec = padded_spec(
            &before.spec,
            &targets,
            options.drop_remainder.then_some(size),
        );
        let padding = Arc::new(Padding { targets, values });
        let examples = before.examples();
        let rows = match options.drop_remainder {
            true => size,
            false => size.min(examples.len()),
        };
        let rows = in_turn(&examples, rows);
        let examples: Vec<Value> = padding.stack(rows).into_iter().into_list();
        let padded = Padded {
            input: Arc::clone(before),
            size,
            drop_remainder: options.drop_remainder,
            padding,
        };
        let step = format!("padded_batch({size})");
        let mut node = Node::step(before, step, Access::sequential(padded, examples));
        node.spec = spec;
        node.cardinality = before
            .cardinality
            .map(|n| batches(n, size, options.drop_remainder));
        node.batched = true;
        let all = before.cardinality.finite();
        node.uneven_rows = all.filter(|_| !options.drop_remainder);
        Ok(self.then(node))
    }
}

fn padded_spec(
    spec: &ElementSpec,
    targets: &[Vec<Option<usize>>],
    rows: Option<usize>,
) -> ElementSpec {
    let mut targets = targets.iter();
    ElementSpec::new(spec.structure().map(&mut |spec| {
        let target = targets.next().map_or(&[][..], Vec::as_slice);
        TensorSpec::new(spec.dtype(), target).with_first_axis(rows)
    }))
}

impl Padding {
    /// Fills the elements up and stacks them.
    fn stack(&self, elements: Vec<Value>) -> Result<Value> {
        let shapes: Vec<Vec<usize>> =
            (0..self.targets.len()).try_map_each(|i| self.shape_of(i, &elements))?;
        let mut padded = Vec::with_capacity(elements.len());
        for element in &elements {
            let mut at = 0..;
            let components = element.try_map(&mut |tensor| {
                let i = at.next().unwrap_or(0);
                tensor.padded(&shapes[i], &self.values[i])
            });
            padded.push(components?);
        }
        stack_all(&padded)
    }

    /// The shape that component `i` of all elements is padded to.
    fn shape_of(&self, i: usize, elements: &[Value]) -> Result<Vec<usize>> {
        let target = &self.targets[i];
        let shapes: Vec<&[usize]> = elements.map_each(|value| value.leaves()[i].shape());
        if let Some(other) = shapes.iter().find(|shape| shape.len() != target.len()) {
            return Err(Error::shape(format!(
                "padded_batch: expected elements of {} axes, but found shape {}",
                target.len(),
                Shape(other)
            ))
            .coded("rank"));
        }
        let longest = |axis: usize| shapes.iter().map(|shape| shape[axis]).max().unwrap_or(0);
        let lengths = target.iter().enumerate();
        let padded: Vec<usize> = lengths
            .map(|(axis, n)| n.unwrap_or_else(|| longest(axis)))
            .into_list();
        match shapes.iter().find(|shape| shape.iter().zip(&padded).any(|(found, to)| found > to)) {
            None => Ok(padded),
            Some(larger) => Err(Error::shape(format!(
                "padded_batch: expected elements that fit into the padded shape {}, but found shape {}",
                Shape(&padded),
                Shape(larger)
            ))
            .coded("pad_too_small")),
        }
    }
}

impl Sequential for Padded {
    fn open(&self, run: &Run) -> Pass {
        let (size, drop_remainder) = (self.size, self.drop_remainder);
        let (mut pass, padding) = (self.input.open(run), Arc::clone(&self.padding));
        pass_of(move || {
            let elements = match next_chunk(&mut pass, size) {
                Ok(elements) => elements,
                Err(err) => return Some(Err(err)),
            };
            let whole = elements.len() == size || !drop_remainder;
            (!elements.is_empty() && whole).then(|| padding.stack(elements))
        })
    }
}
