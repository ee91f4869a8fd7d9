//! Elements of several data sets, chosen at random or by another data set.

use std::sync::Arc;

use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::random::{Random, seed_of_pass};
use super::super::run::Run;
use super::super::{Cardinality, Dataset, ElementSpec, Structure};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach};
use crate::tensor::DType;

/// How [`Dataset::sample_from_datasets`] chooses. A plain number is a seed.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleFrom {
    seed: u64,
    weights: Option<Vec<f64>>,
    stop_on_empty_dataset: bool,
}

impl SampleFrom {
    /// All data sets are chosen equally often; one that has ended is left out.
    #[must_use]
    pub fn new(seed: u64) -> SampleFrom {
        SampleFrom {
            seed,
            weights: None,
            stop_on_empty_dataset: false,
        }
    }

    /// How often each is chosen. Weights are divided by their sum.
    #[must_use]
    pub fn weights(self, weights: impl IntoIterator<Item = f64>) -> SampleFrom {
        SampleFrom {
            weights: Some(weights.into_iter().into_list()),
            ..self
        }
    }

    /// Whether a pass ends when one that has ended is chosen (default: no).
    #[must_use]
    pub fn stop_on_empty_dataset(self, stop: bool) -> SampleFrom {
        SampleFrom {
            stop_on_empty_dataset: stop,
            ..self
        }
    }

    fn weights_of(&self, datasets: usize) -> Result<Vec<f64>> {
        let Some(weights) = &self.weights else {
            return Ok(vec![1.0; datasets]);
        };
        let message = if weights.len() != datasets {
            format!(
                "expected {datasets} weights, one for each data set, but found {}",
                weights.len()
            )
        } else if !weights
            .iter()
            .all(|weight| weight.is_finite() && *weight >= 0.0)
            || weights.iter().sum::<f64>() <= 0.0
        {
            format!(
                "expected weights that are finite, not negative and not all 0, but found {weights:?}"
            )
        } else {
            return Ok(weights.clone());
        };
        Err(Error::value(message).coded("invalid_argument"))
    }
}

impl From<u64> for SampleFrom {
    fn from(seed: u64) -> SampleFrom {
        SampleFrom::new(seed)
    }
}

struct Mixed {
    inputs: Vec<Arc<Node>>,
    choice: Choice,
    stop_on_empty: bool,
}

/// Which data set the next element comes from.
enum Choice {
    Weighted { weights: Vec<f64>, seed: u64 },
    By(Arc<Node>),
}

impl Dataset {
    /// Elements of several data sets, each of one chosen at random: as
    /// `tf.data.Dataset.sample_from_datasets`. One whose weight is 0 is never chosen; where
    /// only one can be, it is that data set. The choice depends on the seed alone and
    /// is another on each pass.
    ///
    /// # Errors
    ///
    /// - there are no data sets, or weights are not one for each, or are negative, not
    ///   finite or all 0 ([`Error::is_value`])
    /// - elements differ in structure or type ([`Error::is_shape`],
    ///   [`Error::is_dtype`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, SampleFrom};
    ///
    /// let (a, b) = (Dataset::range(0..100), Dataset::range(100..200));
    /// let ds = Dataset::sample_from_datasets([a, b], SampleFrom::new(1).weights([0.9, 0.1]))?;
    /// let early = ds.take(50).filter(|x: i64| x >= 100)?.iter().count();
    /// assert!(early < 15, "{early}");
    /// assert_eq!(ds.iter().count(), 200);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn sample_from_datasets(
        datasets: impl IntoIterator<Item = Dataset>,
        options: impl Into<SampleFrom>,
    ) -> Result<Dataset> {
        let (datasets, options) = (datasets.into_iter().into_list(), options.into());
        let weights = options.weights_of(datasets.len())?;
        if let Some(only) = only_possible(&datasets, &weights) {
            return Ok(only.clone());
        }
        let choice = Choice::Weighted {
            weights,
            seed: options.seed,
        };
        mixed(
            &datasets,
            choice,
            options.stop_on_empty_dataset,
            "sample_from_datasets",
        )
    }

    /// Elements of several data sets, each of that whose number `choice` gives: as
    /// `tf.data.Dataset.choose_from_datasets`. `stop_on_empty_dataset` says whether a
    /// pass ends when a data set that has ended is chosen, or goes on to the next
    /// choice.
    ///
    /// # Errors
    ///
    /// - there are no data sets ([`Error::is_value`])
    /// - `choice` is not of single `int64` numbers, or elements differ in structure or
    ///   type ([`Error::is_shape`], [`Error::is_dtype`])
    ///
    /// A number that no data set has is an error of the element.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let (a, b) = (Dataset::range(0..3), Dataset::range(10..13));
    /// let choice = Dataset::from_tensor_slices(vec![0_i64, 1, 1, 0])?;
    /// let ds = Dataset::choose_from_datasets([a, b], &choice, true)?;
    /// assert_eq!(ds.array::<i64, Ix1>(0)?, array![0, 10, 11, 1]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn choose_from_datasets(
        datasets: impl IntoIterator<Item = Dataset>,
        choice: &Dataset,
        stop_on_empty_dataset: bool,
    ) -> Result<Dataset> {
        let spec = &choice.node.spec;
        let single = match spec.structure() {
            Structure::Leaf(spec) => spec.dtype() == DType::Int64 && spec.shape() == Some(&[]),
            _ => false,
        };
        if !single {
            return Err(
                Error::dtype(format!("expected choices of int64 (), but found {spec}"))
                    .coded("type_mismatch"),
            );
        }
        let datasets: Vec<Dataset> = datasets.into_iter().into_list();
        let choice = Choice::By(Arc::clone(&choice.node));
        mixed(
            &datasets,
            choice,
            stop_on_empty_dataset,
            "choose_from_datasets",
        )
    }
}

fn mixed(datasets: &[Dataset], choice: Choice, stop_on_empty: bool, name: &str) -> Result<Dataset> {
    let Some(first) = datasets.first() else {
        return Err(
            Error::value("expected at least one data set to choose from, but found none")
                .coded("invalid_argument"),
        );
    };
    let specs = datasets.iter().map(|ds| ds.node.spec.clone());
    let spec = ElementSpec::cover_all(specs).map_err(|err| err.context(name))?;
    let inputs: Vec<Arc<Node>> = datasets.map_each(|ds| Arc::clone(&ds.node));
    let endless = inputs
        .iter()
        .any(|node| node.cardinality == Cardinality::Infinite);
    let cardinality = if endless {
        Cardinality::Infinite
    } else {
        Cardinality::Unknown
    };
    let examples: Vec<Value> = inputs.flat_map_each(|node| node.examples().into_iter().take(2));
    let steps: Vec<String> = datasets.map_each(|ds| ds.steps().join(" → "));
    let batched = datasets.iter().all(Dataset::is_batched);
    let access = Access::sequential(
        Mixed {
            inputs,
            choice,
            stop_on_empty,
        },
        examples,
    );
    let spec = spec.unwrap_or_else(|| first.node.spec.clone());
    let mut node = Node::source(
        format!("{name}({})", steps.join(", ")),
        spec,
        cardinality,
        access,
    );
    node.batched = batched;
    node.on_unbounded = datasets.iter().any(|ds| ds.node.may_not_end());
    Ok(Dataset::new(node, first.names.clone()))
}

impl Sequential for Mixed {
    fn open(&self, run: &Run) -> Pass {
        let open = self.inputs.map_each(|node| Some(node.open(run)));
        let selector = match &self.choice {
            Choice::Weighted { weights, seed } => Selector::Weighted {
                weights: weights.clone(),
                random: Random::new(seed_of_pass(*seed, run.epoch)),
            },
            Choice::By(node) => Selector::By(node.open(run)),
        };
        Box::new(Mixing {
            open,
            selector,
            stop_on_empty: self.stop_on_empty,
            ended: false,
        })
    }
}

enum Selector {
    Weighted { weights: Vec<f64>, random: Random },
    By(Pass),
}

struct Mixing {
    open: Vec<Option<Pass>>,
    selector: Selector,
    stop_on_empty: bool,
    ended: bool,
}

impl Mixing {
    /// The number of the next data set; none where there is nothing left to choose.
    fn choose(&mut self) -> Option<Result<usize>> {
        match &mut self.selector {
            Selector::Weighted { weights, random } => weighted(weights, random).map(Ok),
            Selector::By(pass) => {
                let number = pass.next()?;
                Some(number.and_then(|number| chosen(&number, self.open.len())))
            }
        }
    }
}

impl Iterator for Mixing {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended && self.open.iter().any(Option::is_some) {
            let input = match self.choose()? {
                Ok(input) => input,
                Err(err) => return Some(Err(err)),
            };
            if let Some(value) = self.open[input].as_mut().and_then(Iterator::next) {
                return Some(value);
            }
            self.open[input] = None;
            self.ended = self.stop_on_empty;
            if let Selector::Weighted { weights, .. } = &mut self.selector {
                weights[input] = 0.0;
            }
        }
        None
    }
}

/// The only data set that can be chosen.
fn only_possible<'a>(datasets: &'a [Dataset], weights: &[f64]) -> Option<&'a Dataset> {
    let mut possible = datasets
        .iter()
        .zip(weights)
        .filter(|(_, weight)| **weight > 0.0);
    let (only, _) = possible.next()?;
    possible.next().is_none().then_some(only)
}

/// A position, each as likely as its weight; none where all weights are 0.
fn weighted(weights: &[f64], random: &mut Random) -> Option<usize> {
    let sum: f64 = weights.iter().sum();
    let mut left = random.unit() * sum;
    let possible = weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight > 0.0);
    let mut last = None;
    for (i, weight) in possible {
        last = Some(i);
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    last
}

fn chosen(number: &Value, datasets: usize) -> Result<usize> {
    let number: i64 = match number {
        Structure::Leaf(tensor) => tensor.scalar()?,
        _ => return Err(Error::internal("a choice is not a single number")),
    };
    usize::try_from(number)
        .ok()
        .filter(|&input| input < datasets)
        .ok_or_else(|| {
            Error::value(format!(
                "expected a choice below {datasets}, the number of data sets, but found {number}"
            ))
            .coded("out_of_range")
        })
}
