//! Elements gathered by a key.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use super::super::examples::Examples;
use super::super::function::{Function, called};
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::one_after_another;
use super::super::run::Run;
use super::super::source::Listed;
use super::super::{Cardinality, Dataset, Element, ElementSpec, FromElement, Names, Outcome};
use super::flat_map::{Made, expect_spec};
use super::padded_batch::PaddedBatch;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapInto};

/// Makes a data set of a full group.
type Reduce = Arc<dyn Fn(i64, Dataset) -> Result<Dataset> + Send + Sync>;

/// How many elements of a key make a group.
type Size = Arc<dyn Fn(i64) -> usize + Send + Sync>;

#[derive(Clone)]
struct Group {
    input: Arc<Node>,
    names: Names,
    key: Function<i64>,
    size: Size,
    reduce: Reduce,
    spec: ElementSpec,
    step: &'static str,
}

impl Dataset {
    /// Gathers elements of one key until there are `window_size`, and gives the elements
    /// of what `reduce` makes of them; at the end come the groups that are
    /// left, by their keys in order. As `tf.data.Dataset.group_by_window`, with the
    /// size first.
    ///
    /// # Errors
    ///
    /// - `window_size` is 0 ([`Error::is_value`])
    /// - `key` takes other types than the elements have
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, Result};
    ///
    /// let pairs = Dataset::range(0..6)
    ///     .group_by_window(2, |x: i64| x % 2, |_, group| group.batch(2))?;
    /// let firsts: Vec<i64> = pairs
    ///     .iter()
    ///     .map(|pair| Ok(pair?.array::<i64, ndarray::Ix1>(0)?[0]))
    ///     .collect::<Result<_>>()?;
    /// assert_eq!(firsts, [0, 1, 4, 5]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn group_by_window<A: FromElement, K: Outcome<i64>, R: Outcome<Dataset>>(
        &self,
        window_size: usize,
        key: impl Fn(A) -> K + Send + Sync + 'static,
        reduce: impl Fn(i64, Dataset) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        if window_size == 0 {
            return Err(
                Error::value("expected a window size of at least 1, but found 0")
                    .coded("invalid_argument"),
            );
        }
        let call = move |element: Element| key(A::from_element(element)?).outcome();
        let key = Function::new(self, "group_by_window", call);
        let reduce = move |key, group| reduce(key, group).outcome();
        let step = format!("group_by_window({window_size})");
        self.grouped(
            key,
            Arc::new(move |_| window_size),
            Arc::new(reduce),
            ("group_by_window", step),
            None,
        )
    }

    /// Batches of elements of like length, padded: `bucket_by_sequence_length` of
    /// `tf.data`. Bucket 0 holds lengths below the first boundary, the last one those
    /// from the last boundary on. See [`Buckets`] for sizes and padding.
    ///
    /// # Errors
    ///
    /// - there is not one batch size more than there are boundaries, a size is 0, or
    ///   boundaries do not rise ([`Error::is_value`])
    /// - `length` takes other types than the elements have
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Buckets, DType, Dataset, TensorSpec};
    /// use ndarray::Array1;
    ///
    /// let sentences = Dataset::range(1..7)
    ///     .map_with_spec(TensorSpec::new(DType::Int64, [None]), |n: i64| vec![n; n as usize]);
    /// let batches = sentences
    ///     .bucket_by_sequence_length(Buckets::new([4], [3, 3]), |x: Array1<i64>| x.len())?;
    /// let shapes: Vec<Vec<usize>> = batches
    ///     .iter()
    ///     .map(|batch| Ok(batch?.component(0)?.shape().to_vec()))
    ///     .collect::<ndsight::Result<_>>()?;
    /// assert_eq!(shapes, [[3, 3], [3, 6]]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn bucket_by_sequence_length<A: FromElement, L: Outcome<usize>>(
        &self,
        buckets: Buckets,
        length: impl Fn(A) -> L + Send + Sync + 'static,
    ) -> Result<Dataset> {
        buckets.check()?;
        let buckets = Arc::new(buckets);
        let of = Arc::clone(&buckets);
        let key = move |element: Element| {
            let length = length(A::from_element(element)?).outcome()?;
            of.of_length(length)
        };
        let key = Function::new(self, "bucket_by_sequence_length", key);
        let sizes = Arc::clone(&buckets);
        let step = format!("bucket_by_sequence_length({:?})", buckets.boundaries);
        self.grouped(
            key,
            Arc::new(move |bucket| sizes.batch_sizes[bucket as usize]),
            Arc::new(move |bucket, group| buckets.batch(bucket as usize, &group)),
            ("bucket_by_sequence_length", step),
            // Buckets that no example falls in batch and pad to other lengths.
            Some(self.node.spec.with_first_axis(None)),
        )
    }

    /// `others` is what groups may give that the examples do not show.
    fn grouped(
        &self,
        key: Function<i64>,
        size: Size,
        reduce: Reduce,
        (name, step): (&'static str, String),
        others: Option<ElementSpec>,
    ) -> Result<Dataset> {
        let before = &self.node;
        let mut group = Group {
            input: Arc::clone(before),
            names: self.names.clone(),
            key,
            size,
            reduce,
            spec: before.spec.clone(),
            step: name,
        };
        let tried = group.key.try_out(before)?;
        let made: Vec<Dataset> = tried
            .try_map_into(|(value, key)| group.reduce(key, vec![value]))
            .map_err(|err| err.context(name))?;
        let mut made = Made::of(&made, name)?;
        if let Some(other) = &others {
            made.spec = made.spec.cover(other).map_err(|err| err.context(name))?;
        }
        group.spec = made.spec.clone();
        let examples = Examples::from(std::mem::take(&mut made.examples));
        let mut node = Node::step(before, step, Access::sequential(group, examples));
        node.cardinality = match node.cardinality {
            empty_or_endless @ (Cardinality::Finite(0) | Cardinality::Infinite) => empty_or_endless,
            _ => Cardinality::Unknown,
        };
        Ok(made.describe(node))
    }
}

impl Group {
    /// What becomes of a group.
    fn reduce(&self, key: i64, values: Vec<Value>) -> Result<Dataset> {
        let mut node = Listed::node("group", self.input.spec.clone(), values);
        node.batched = self.input.batched;
        let group = Dataset::new(node, self.names.clone());
        called(|| (self.reduce)(key, group))
    }

    fn open_group(&self, key: i64, values: Vec<Value>, run: &Run) -> Result<Pass> {
        let made = self
            .reduce(key, values)
            .map_err(|err| err.context(format_args!("{}: group {key}", self.step)))?;
        expect_spec(&self.spec, &made, self.step, 0)?;
        Ok(made.node.open(run))
    }
}

impl Sequential for Group {
    fn open(&self, run: &Run) -> Pass {
        let (group, run) = (self.clone(), run.clone());
        let mut elements = self.input.open(&run).enumerate();
        let mut groups: HashMap<i64, Vec<Value>> = HashMap::new();
        // The groups that are left at the end come in the order of their keys.
        let mut left: Option<BinaryHeap<Reverse<i64>>> = None;
        let full = std::iter::from_fn(move || {
            for (index, value) in elements.by_ref() {
                match value.and_then(|value| Ok((group.key.call(value.clone(), index)?, value))) {
                    Err(err) => return Some(Err(err)),
                    Ok((key, value)) => {
                        let values = groups.entry(key).or_default();
                        values.push(value);
                        if values.len() >= (group.size)(key) {
                            return groups.remove_entry(&key).map(Ok);
                        }
                    }
                }
            }
            let left = left.get_or_insert_with(|| groups.keys().map(|&key| Reverse(key)).collect());
            let Reverse(key) = left.pop()?;
            groups.remove_entry(&key).map(Ok)
        });
        let group = self.clone();
        one_after_another(full.map(move |full| {
            let pass = full.and_then(|(key, values)| group.open_group(key, values, &run));
            pass.unwrap_or_else(|err| Box::new(std::iter::once(Err(err))))
        }))
    }
}

/// How [`Dataset::bucket_by_sequence_length`] sorts and batches.
#[derive(Clone, Debug)]
pub struct Buckets {
    boundaries: Vec<usize>,
    batch_sizes: Vec<usize>,
    pad_to_bucket_boundary: bool,
    padding: Option<PaddedBatch>,
    no_padding: bool,
}

impl Buckets {
    /// Buckets parted by lengths, and the batch size of each: one more than
    /// there are boundaries.
    #[must_use]
    pub fn new(
        boundaries: impl IntoIterator<Item = usize>,
        batch_sizes: impl IntoIterator<Item = usize>,
    ) -> Buckets {
        Buckets {
            boundaries: boundaries.into_iter().into_list(),
            batch_sizes: batch_sizes.into_iter().into_list(),
            pad_to_bucket_boundary: false,
            padding: None,
            no_padding: false,
        }
    }

    /// Pads to one less than the boundary above a bucket, rather than to the
    /// longest element of a batch; elements beyond the last boundary are then an
    /// error.
    #[must_use]
    pub fn pad_to_bucket_boundary(self, pad: bool) -> Buckets {
        Buckets {
            pad_to_bucket_boundary: pad,
            ..self
        }
    }

    /// Shapes, values and the remainder as in [`Dataset::padded_batch`], whose size
    /// does not count here.
    #[must_use]
    pub fn padding(self, padding: PaddedBatch) -> Buckets {
        Buckets {
            padding: Some(padding),
            ..self
        }
    }

    /// Batches elements as they are: those of a bucket must have one shape.
    #[must_use]
    pub fn no_padding(self, no_padding: bool) -> Buckets {
        Buckets { no_padding, ..self }
    }

    fn check(&self) -> Result<()> {
        let (boundaries, sizes) = (&self.boundaries, &self.batch_sizes);
        let message = if sizes.len() != boundaries.len() + 1 {
            format!(
                "expected {} batch sizes, one more than boundaries, but found {}",
                boundaries.len() + 1,
                sizes.len()
            )
        } else if boundaries.is_empty() {
            "expected at least one boundary, but found none".to_owned()
        } else if !boundaries.is_sorted_by(|a, b| a < b) {
            format!("expected boundaries that rise, but found {boundaries:?}")
        } else if sizes.contains(&0) {
            format!("expected batch sizes of at least 1, but found {sizes:?}")
        } else {
            return Ok(());
        };
        Err(Error::value(message).coded("invalid_argument"))
    }

    fn of_length(&self, length: usize) -> Result<i64> {
        let bucket = self
            .boundaries
            .partition_point(|&boundary| boundary <= length);
        if self.pad_to_bucket_boundary && bucket == self.boundaries.len() {
            return Err(Error::value(format!(
                "expected a length below {}, the last boundary, to pad to it, but found {length}",
                self.boundaries[bucket - 1]
            ))
            .coded("invalid_argument"));
        }
        Ok(bucket as i64)
    }

    fn batch(&self, bucket: usize, group: &Dataset) -> Result<Dataset> {
        let size = self.batch_sizes[bucket];
        let padding = self
            .padding
            .clone()
            .unwrap_or_else(|| PaddedBatch::new(size));
        if self.no_padding {
            return match padding.drops_remainder() {
                true => group.batch_drop_remainder(size),
                false => group.batch(size),
            };
        }
        let to = (self.pad_to_bucket_boundary).then(|| self.boundaries[bucket] - 1);
        group.padded(padding.of_size(size).pad_unknown_to(to))
    }
}
