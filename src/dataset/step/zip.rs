//! Data sets side by side.

use std::ops::Range;
use std::sync::Arc;

use super::super::node::{Access, Node, Pass, RandomAccess, Sequential, Value};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::source::check_names;
use super::super::{Cardinality, Dataset, ElementSpec, Structure};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto};
use crate::tensor::Rows;

/// What [`Dataset::zip`] takes: data sets by value or by reference, tuples of up to
/// eight, vectors, named ones (`[("x", a), ("y", b)]`), and any nesting of those.
pub trait IntoDatasets {
    /// The data sets in their arrangement.
    fn into_datasets(self) -> Structure<Dataset>;
}

impl IntoDatasets for Dataset {
    fn into_datasets(self) -> Structure<Dataset> {
        Structure::Leaf(self)
    }
}

impl IntoDatasets for &Dataset {
    fn into_datasets(self) -> Structure<Dataset> {
        Structure::Leaf(self.clone())
    }
}

impl IntoDatasets for Structure<Dataset> {
    fn into_datasets(self) -> Structure<Dataset> {
        self
    }
}

impl<T: IntoDatasets> IntoDatasets for Vec<T> {
    fn into_datasets(self) -> Structure<Dataset> {
        Structure::Tuple(self.map_into(IntoDatasets::into_datasets))
    }
}

impl<K: Into<String>, V: IntoDatasets, const N: usize> IntoDatasets for [(K, V); N] {
    fn into_datasets(self) -> Structure<Dataset> {
        let parts = self
            .into_iter()
            .map(|(key, part)| (key.into(), part.into_datasets()));
        Structure::Dict(parts.into_list())
    }
}

macro_rules! tuples {
    ($(($($name:ident)+)),* $(,)?) => {$(
        impl<$($name: IntoDatasets),+> IntoDatasets for ($($name,)+) {
            #[allow(non_snake_case)]
            fn into_datasets(self) -> Structure<Dataset> {
                let ($($name,)+) = self;
                Structure::Tuple(vec![$($name.into_datasets()),+])
            }
        }
    )*};
}

tuples! {
    (A), (A B), (A B C), (A B C D), (A B C D E), (A B C D E F), (A B C D E F G), (A B C D E F G H),
}

struct Aligned {
    inputs: Structure<Arc<dyn RandomAccess>>,
}

struct Abreast {
    inputs: Structure<Arc<Node>>,
}

impl Dataset {
    /// Elements made of one element of each data set, in the arrangement that they
    /// are given in, as many as the shortest has: `tf.data.Dataset.zip`.
    ///
    /// # Errors
    ///
    /// There are no data sets ([`Error::is_shape`]), or two of one name
    /// ([`Error::is_name`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::zip((Dataset::range(0..3), Dataset::range(10..20)))?;
    /// assert_eq!(ds.len()?, 3);
    /// assert_eq!(ds.at(2)?.scalar::<i64>(1)?, 12);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn zip(datasets: impl IntoDatasets) -> Result<Dataset> {
        zipped(datasets.into_datasets())
    }
}

fn zipped(datasets: Structure<Dataset>) -> Result<Dataset> {
    let all = datasets.leaves();
    let Some(first) = all.first() else {
        return Err(
            Error::shape("expected at least one data set to zip, but found none")
                .coded("empty_structure"),
        );
    };
    check_names(&datasets)?;
    let nodes = datasets.map(&mut |ds| Arc::clone(&ds.node));
    let spec = ElementSpec::new(
        nodes
            .map(&mut |node| node.spec.structure().clone())
            .flatten(),
    );
    let mut random = |ds: &Dataset| {
        ds.node
            .random()
            .cloned()
            .ok_or_else(|| Error::internal("random"))
    };
    let access = match datasets.try_map(&mut random) {
        Ok(inputs) => Access::random(Aligned { inputs }),
        Err(_) => {
            let mut examples = nodes.map(&mut |node| node.examples().into_iter());
            let examples = std::iter::from_fn(|| together(&mut examples, Iterator::next));
            let examples: Vec<Value> = examples.into_list();
            Access::sequential(Abreast { inputs: nodes }, examples)
        }
    };
    let steps: Vec<String> = all.map_each(|ds| ds.steps().join(" → "));
    let cardinality = all
        .iter()
        .map(|ds| ds.cardinality())
        .fold(Cardinality::Infinite, shorter);
    let mut node = Node::source(
        format!("zip({})", steps.join(", ")),
        spec,
        cardinality,
        access,
    );
    node.batched = all.iter().all(|ds| ds.is_batched());
    node.on_unbounded = all.iter().any(|ds| ds.node.may_not_end());
    Ok(Dataset::new(node, first.names.clone()))
}

fn shorter(a: Cardinality, b: Cardinality) -> Cardinality {
    match (a, b) {
        (Cardinality::Unknown, _) | (_, Cardinality::Unknown) => Cardinality::Unknown,
        (Cardinality::Infinite, other) | (other, Cardinality::Infinite) => other,
        (Cardinality::Finite(a), Cardinality::Finite(b)) => Cardinality::Finite(a.min(b)),
    }
}

/// In the place of a part that there is not.
fn nothing() -> Value {
    Structure::Tuple(Vec::new())
}

/// The next part of each, unless one has none.
fn together<T>(parts: &mut Structure<T>, next: impl Fn(&mut T) -> Option<Value>) -> Option<Value> {
    let mut ended = false;
    let values = parts.map_mut(&mut |part| {
        let value = if ended { None } else { next(part) };
        ended |= value.is_none();
        value.unwrap_or_else(nothing)
    });
    (!ended).then(|| values.flatten())
}

impl RandomAccess for Aligned {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let parts = self.inputs.try_map(&mut |input| input.get(index, epoch));
        parts.map(Structure::flatten)
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let parts = self.inputs.try_map(&mut |input| input.stack(rows, epoch));
        parts.map(Structure::flatten)
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        abreast(
            self.inputs
                .map(&mut |input| Arc::clone(input).open(range.clone(), run)),
        )
    }

    fn in_memory(&self) -> bool {
        self.inputs.leaves().iter().all(|input| input.in_memory())
    }
}

impl Sequential for Abreast {
    fn open(&self, run: &Run) -> Pass {
        abreast(self.inputs.map(&mut |input| input.open(run)))
    }
}

/// One element of each pass, until one has ended. A part that failed fails the
/// element; the others move on, so that they stay abreast.
fn abreast(mut passes: Structure<Pass>) -> Pass {
    let mut ended = false;
    pass_of(move || {
        let mut failed = None;
        let parts = passes.map_mut(&mut |pass| {
            let part = if ended { None } else { pass.next() };
            ended |= part.is_none();
            match part {
                Some(Ok(part)) => part,
                Some(Err(err)) => {
                    failed.get_or_insert(err);
                    nothing()
                }
                None => nothing(),
            }
        });
        (!ended).then(|| failed.map_or_else(|| Ok(parts.flatten()), Err))
    })
}
