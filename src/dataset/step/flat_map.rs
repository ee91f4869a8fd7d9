//! A data set made of each element, one after another or in turns.

use std::sync::Arc;

use super::super::examples::Examples;
use super::super::function::Function;
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::one_after_another;
use super::super::run::Run;
use super::super::{Dataset, Element, ElementSpec, FromElement, Names, Outcome};
use crate::error::{Error, Result};
use crate::list::{MapEach, MapInto};

/// The data sets that a closure makes of elements.
#[derive(Clone)]
pub(super) struct ToDatasets {
    function: Function<Dataset>,
    spec: ElementSpec,
    step: &'static str,
}

/// What is known of the data sets, by those made of examples.
pub(super) struct Made {
    pub(super) spec: ElementSpec,
    pub(super) batched: bool,
    pub(super) names: Names,
    pub(super) examples: Vec<Value>,
}

impl Made {
    /// Learns from a few data sets.
    pub(super) fn of(datasets: &[Dataset], step: &str) -> Result<Made> {
        let specs = datasets.iter().map(|ds| ds.node.spec.clone());
        let spec = ElementSpec::cover_all(specs).map_err(|err| err.context(step))?;
        let (Some(spec), Some(first)) = (spec, datasets.first()) else {
            return Err(Error::value(format!(
                "{step}: expected an element to try the closure on, but found none whose components are known"
            )));
        };
        Ok(Made {
            spec,
            batched: datasets.iter().all(Dataset::is_batched),
            names: first.names.clone(),
            examples: datasets.flat_map_each(|ds| ds.node.examples()),
        })
    }

    /// Makes these the elements of `node`.
    pub(super) fn describe(self, mut node: Node) -> Dataset {
        (node.spec, node.batched, node.at_most) = (self.spec, self.batched, None);
        Dataset::new(node, self.names)
    }
}

impl ToDatasets {
    pub(super) fn learn<A: FromElement, R: Outcome<Dataset>>(
        of: &Dataset,
        step: &'static str,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<(ToDatasets, Made)> {
        let call = move |element: Element| f(A::from_element(element)?).outcome();
        ToDatasets::learn_from(of, step, Function::new(of, step, call))
    }

    fn learn_from(
        of: &Dataset,
        step: &'static str,
        function: Function<Dataset>,
    ) -> Result<(ToDatasets, Made)> {
        let tried = function.try_out(&of.node)?;
        let datasets: Vec<Dataset> = tried.map_into(|(_, dataset)| dataset);
        let mut made = Made::of(&datasets, step)?;
        if made.names.classes.is_none() && made.names.features.is_none() {
            made.names = of.names.clone();
        }
        let spec = made.spec.clone();
        Ok((
            ToDatasets {
                function,
                spec,
                step,
            },
            made,
        ))
    }

    /// A pass over what is made of element number `index`.
    fn open(&self, value: Value, index: usize, run: &Run) -> Result<Pass> {
        let dataset = self.function.call(value, index)?;
        expect_spec(&self.spec, &dataset, self.step, index)?;
        Ok(dataset.node.open(run))
    }
}

/// The data set has the elements that were promised.
pub(super) fn expect_spec(
    spec: &ElementSpec,
    found: &Dataset,
    step: &str,
    index: usize,
) -> Result<()> {
    let found = &found.node.spec;
    // A shape that only iteration can tell may be narrower than it says.
    spec.cover(found)
        .map(|_| ())
        .map_err(|err| err.context(format_args!("{step}: element {index}")))
}

struct FlatMap {
    input: Arc<Node>,
    to_datasets: ToDatasets,
}

struct Interleave {
    input: Arc<Node>,
    to_datasets: ToDatasets,
    cycle_length: usize,
    block_length: usize,
}

impl Dataset {
    /// The elements of the data sets that `f` makes of the elements, one data set
    /// after another, as `tf.data.Dataset.flat_map`.
    ///
    /// # Errors
    ///
    /// `f` takes other types than the elements have, or what it is tried on makes data
    /// sets of unlike elements.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::range(1..4).flat_map(|n: i64| Dataset::range(0..n))?;
    /// assert_eq!(ds.array::<i64, Ix1>(0)?, array![0, 0, 1, 0, 1, 2]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn flat_map<A: FromElement, R: Outcome<Dataset>>(
        &self,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        let (to_datasets, made) = ToDatasets::learn(self, "flat_map", f)?;
        let input = Arc::clone(&self.node);
        Ok(self.expanded(
            "flat_map()".to_owned(),
            FlatMap { input, to_datasets },
            made,
        ))
    }

    /// The elements of the data sets that `f` makes of the elements,
    /// `cycle_length` data sets at a time, `block_length` elements of each in turn:
    /// `tf.data.Dataset.interleave`, always in the same order.
    ///
    /// # Errors
    ///
    /// As [`flat_map`](Dataset::flat_map); and `cycle_length` or `block_length` is 0
    /// ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let ds = Dataset::range(1..4).interleave(2, 1, |n: i64| {
    ///     Dataset::from_tensors(n).map(|ds| ds.repeat(2))
    /// })?;
    /// assert_eq!(ds.array::<i64, Ix1>(0)?, array![1, 2, 1, 2, 3, 3]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn interleave<A: FromElement, R: Outcome<Dataset>>(
        &self,
        cycle_length: usize,
        block_length: usize,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        for (length, what) in [(cycle_length, "cycle"), (block_length, "block")] {
            if length == 0 {
                return Err(Error::value(format!(
                    "expected a {what} length of at least 1, but found 0"
                ))
                .coded("invalid_argument"));
            }
        }
        let (to_datasets, made) = ToDatasets::learn(self, "interleave", f)?;
        let input = Arc::clone(&self.node);
        let step = format!("interleave({cycle_length}, {block_length})");
        let access = Interleave {
            input,
            to_datasets,
            cycle_length,
            block_length,
        };
        Ok(self.expanded(step, access, made))
    }

    fn expanded(&self, step: String, access: impl Sequential, mut made: Made) -> Dataset {
        let examples = Examples::from(std::mem::take(&mut made.examples));
        let mut node = Node::step(&self.node, step, Access::sequential(access, examples));
        node.cardinality = node.cardinality.unknown_unless_empty();
        made.describe(node)
    }
}

impl Sequential for FlatMap {
    fn open(&self, run: &Run) -> Pass {
        let (to_datasets, run) = (self.to_datasets.clone(), run.clone());
        let elements = self.input.open(&run).enumerate();
        one_after_another(elements.map(move |(index, value)| {
            let pass = value.and_then(|value| to_datasets.open(value, index, &run));
            pass.unwrap_or_else(|err| Box::new(std::iter::once(Err(err))))
        }))
    }
}

impl Sequential for Interleave {
    fn open(&self, run: &Run) -> Pass {
        let cycle = Cycle {
            elements: Box::new(self.input.open(run).enumerate()),
            to_datasets: self.to_datasets.clone(),
            run: run.clone(),
            length: self.cycle_length,
            open: Vec::new(),
            at: 0,
            block_length: self.block_length,
            in_block: 0,
            ended: false,
        };
        Box::new(cycle)
    }
}

/// Passes taken in turn. A place whose pass has ended is passed over, and filled
/// with the next when its turn comes again.
struct Cycle {
    elements: Box<dyn Iterator<Item = (usize, Result<Value>)> + Send>,
    to_datasets: ToDatasets,
    run: Run,
    length: usize,
    /// Grows up to `length` as places are used.
    open: Vec<Option<Pass>>,
    at: usize,
    block_length: usize,
    in_block: usize,
    ended: bool,
}

impl Cycle {
    fn move_on(&mut self) {
        // Places that were never filled come after the last one that was.
        let places = if self.ended {
            self.open.len()
        } else {
            self.length
        };
        self.at = if self.at + 1 < places { self.at + 1 } else { 0 };
        self.in_block = 0;
    }

    /// Fills the place whose turn it is, or notes that there is nothing to fill
    /// it with.
    fn fill(&mut self) -> Result<()> {
        let Some((index, value)) = self.elements.next() else {
            self.ended = true;
            return Ok(());
        };
        let pass = self.to_datasets.open(value?, index, &self.run)?;
        match self.open.get_mut(self.at) {
            Some(place) => *place = Some(pass),
            None => self.open.push(Some(pass)),
        }
        Ok(())
    }
}

impl Iterator for Cycle {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.ended && self.open.iter().all(Option::is_none) {
                return None;
            }
            match self.open.get_mut(self.at) {
                Some(place @ Some(_)) => {
                    if let Some(value) = place.as_mut().and_then(Iterator::next) {
                        self.in_block += 1;
                        if self.in_block == self.block_length {
                            self.move_on();
                        }
                        return Some(value);
                    }
                    *place = None;
                    self.move_on();
                }
                _ if !self.ended => {
                    if let Err(err) = self.fill() {
                        return Some(Err(err));
                    }
                }
                _ => self.move_on(),
            }
        }
    }
}
