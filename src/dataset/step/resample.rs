//! Elements let through so that classes come as often as wanted.

use std::sync::Arc;

use super::super::function::Function;
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::sifted;
use super::super::random::{Random, seed_of_pass};
use super::super::run::Run;
use super::super::{Dataset, Element, ElementSpec, FromElement, Outcome, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapInto};
use crate::tensor::{DType, Tensor};

/// The shares of classes that [`Dataset::rejection_resample`] makes.
#[derive(Clone, Debug)]
pub struct RejectionResample {
    target_dist: Vec<f64>,
    initial_dist: Option<Vec<f64>>,
    seed: u64,
}

impl RejectionResample {
    /// Class `i` shall come with the `i`-th share. Shares are divided by their sum.
    #[must_use]
    pub fn new(target_dist: impl IntoIterator<Item = f64>, seed: u64) -> RejectionResample {
        let target_dist = target_dist.into_iter().into_list();
        RejectionResample {
            target_dist,
            initial_dist: None,
            seed,
        }
    }

    /// The shares that the classes have before, which are counted on the way where they
    /// are not given.
    #[must_use]
    pub fn initial_dist(self, shares: impl IntoIterator<Item = f64>) -> RejectionResample {
        RejectionResample {
            initial_dist: Some(shares.into_iter().into_list()),
            ..self
        }
    }

    fn check(&mut self) -> Result<()> {
        let classes = self.target_dist.len();
        normalise(&mut self.target_dist, "target")?;
        if let Some(initial) = &mut self.initial_dist {
            if initial.len() != classes {
                return Err(Error::shape(format!(
                    "expected {classes} initial shares, one for each target share, but found {}",
                    initial.len()
                ))
                .coded("invalid_argument"));
            }
            normalise(initial, "initial")?;
        }
        Ok(())
    }
}

fn normalise(shares: &mut [f64], what: &str) -> Result<()> {
    let sum: f64 = shares.iter().sum();
    let sound = shares
        .iter()
        .all(|share| share.is_finite() && *share >= 0.0)
        && sum > 0.0;
    if !sound || !sum.is_finite() {
        return Err(Error::value(format!(
            "expected {what} shares that are finite, not negative and not all 0, but found {shares:?}"
        ))
        .coded("invalid_argument"));
    }
    shares.iter_mut().for_each(|share| *share /= sum);
    Ok(())
}

struct Resample {
    input: Arc<Node>,
    class: Function<i64>,
    options: RejectionResample,
}

impl Dataset {
    /// Pairs of a class and an element, of which so many are left out that the classes
    /// come with the shares wanted: `tf.data.Dataset.rejection_resample`.
    /// `class` numbers an element's class from 0.
    ///
    /// # Errors
    ///
    /// - shares are negative, not finite or all 0, or their numbers differ
    ///   ([`Error::is_value`], [`Error::is_shape`])
    /// - `class` takes other types than the elements have
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, RejectionResample};
    ///
    /// let rare = Dataset::range(0..10_000).map(|x: i64| i64::from(x % 10 == 0))?;
    /// let even = rare.rejection_resample(RejectionResample::new([0.5, 0.5], 1), |x: i64| x)?;
    /// let ones = even.filter(|(class, _): (i64, i64)| class == 1)?.iter().count();
    /// let share = ones as f64 / even.iter().count() as f64;
    /// assert!((0.45..0.55).contains(&share), "{share}");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn rejection_resample<A: FromElement, C: Outcome<i64>>(
        &self,
        mut options: RejectionResample,
        class: impl Fn(A) -> C + Send + Sync + 'static,
    ) -> Result<Dataset> {
        options.check()?;
        let call = move |element: Element| class(A::from_element(element)?).outcome();
        let class = Function::new(self, "rejection_resample", call);
        class.try_on_examples(&self.node)?;
        Ok(self.resampled(options, class))
    }

    fn resampled(&self, options: RejectionResample, class: Function<i64>) -> Dataset {
        let before = &self.node;
        let examples: Vec<Value> = before.examples().map_into(|value| with_class(0, value));
        let resample = Resample {
            input: Arc::clone(before),
            class,
            options,
        };
        let access = Access::sequential(resample, examples);
        let mut node = Node::step(before, "rejection_resample()", access);
        let class = Structure::Leaf(TensorSpec::new(DType::Int64, []));
        node.spec = ElementSpec::new(Structure::Tuple(vec![
            class,
            before.spec.structure().clone(),
        ]));
        node.batched = false;
        node.cardinality = node.cardinality.unknown_unless_empty();
        self.then(node)
    }
}

fn with_class(class: i64, value: Value) -> Value {
    Structure::Tuple(vec![Structure::Leaf(Tensor::from(class)), value])
}

/// Each class counts as seen so often before any was, so that the first few
/// elements do not decide alone; TensorFlow's figure.
const SMOOTHING: f64 = 10.0;

impl Sequential for Resample {
    fn open(&self, run: &Run) -> Pass {
        let (class, options) = (self.class.clone(), self.options.clone());
        let mut random = Random::new(seed_of_pass(options.seed, run.epoch));
        let mut seen = vec![SMOOTHING; options.target_dist.len()];
        sifted(self.input.open(run), move |index, value| {
            let value = match value {
                Ok(value) => value,
                Err(err) => return Some(Err(err)),
            };
            let number = match class.call(value.clone(), index) {
                Ok(number) => number,
                Err(err) => return Some(Err(err)),
            };
            let Some(class) = usize::try_from(number)
                .ok()
                .filter(|&class| class < seen.len())
            else {
                return Some(Err(Error::value(format!(
                    "rejection_resample: element {index}: expected a class below {}, the number of shares, but found {number}",
                    seen.len()
                ))
                .coded("out_of_range")));
            };
            seen[class] += 1.0;
            let had = options.initial_dist.as_deref().unwrap_or(&seen);
            let kept = random.unit() < acceptance(&options.target_dist, had, class);
            kept.then(|| Ok(with_class(number, value)))
        })
    }
}

/// How likely an element of `class` is kept: the class that is shortest of its share
/// always is. `had` need not be divided by its sum, which cancels out.
fn acceptance(target: &[f64], had: &[f64], class: usize) -> f64 {
    let lack = |i: usize| {
        if had[i] > 0.0 {
            target[i] / had[i]
        } else {
            0.0
        }
    };
    let most = (0..target.len()).map(lack).fold(0.0, f64::max);
    if most > 0.0 { lack(class) / most } else { 0.0 }
}
