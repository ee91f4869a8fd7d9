//! Some elements at random, of all or of each class.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::columns::reservoir;
use super::super::node::{Access, Node, Pass, Sequential};
use super::super::pass::one_after_another;
use super::super::random::{Permutation, Random, seed_of_pass};
use super::super::run::Run;
use super::super::{Cardinality, Dataset, Key};
use crate::error::Result;
use crate::list::{IntoList, MapNumbers};

/// A sample of elements that come one after another.
struct Sample {
    input: Arc<Node>,
    count: usize,
    seed: u64,
}

impl Dataset {
    /// `count` elements at random, or all where there are fewer; every choice is
    /// equally likely, and depends on `seed` alone. As pandas' `DataFrame.sample`.
    ///
    /// Where elements can be reached in any order only those of the sample are read.
    /// Of those that come one after another a pass reads all, and keeps `count`.
    ///
    /// # Errors
    ///
    /// There is no end ([`Error::is_value`](crate::Error::is_value)).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let odd = Dataset::range(0..100_000).filter(|x: i64| x % 2 == 1)?;
    /// assert_eq!(odd.sample(10, 1)?.iter().count(), 10);
    /// assert_eq!(Dataset::range(0..5).sample(10, 1)?.len()?, 5);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn sample(&self, count: usize, seed: u64) -> Result<Dataset> {
        let before = &self.node;
        let step = format!("sample({count}, {seed})");
        if before.cardinality == Cardinality::Infinite {
            before.expect_finite("sample()")?;
        }
        if let (Some(access), Some(_)) = (before.random(), before.cardinality.finite()) {
            return Ok(self.after_all_of(self.frozen(access).shuffle(seed).span(0, count, step)));
        }
        let sample = Sample {
            input: Arc::clone(before),
            count,
            seed,
        };
        let access = Access::sequential(sample, before.examples());
        let mut node = Node::step(before, step, access);
        node.cardinality = before.cardinality.map(|n| n.min(count));
        Ok(self.then(node))
    }

    /// Up to `count` elements of each class at random, class after class in the order in
    /// which they come first: a component of one value, or a feature, says the class.
    /// As pandas' `df.groupby(key).sample(count)`.
    ///
    /// The choice is always the same; of a data set shuffled before it is another.
    /// The classes are read when the step is made.
    ///
    /// # Errors
    ///
    /// As [`sort_by`](Dataset::sort_by).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// let few = digits.sample_by("labels", 3)?;
    /// assert_eq!(few.len()?, 30);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn sample_by(&self, key: impl Into<Key>, count: usize) -> Result<Dataset> {
        let key = key.into();
        let access = self.node.expect_random("sample_by()")?;
        let classes = self.classes(&key, "sample_by()")?;
        let picked = classes.into_iter().enumerate().flat_map(|(class, rows)| {
            let order = Permutation::new(rows.len(), class as u64);
            (0..count.min(rows.len())).map_each(move |i| rows[order.at(i)])
        });
        Ok(self.picked(
            access,
            picked.into_list(),
            format!("sample_by({key}, {count})"),
        ))
    }

    /// The positions of the elements of each class, classes in the order in which they
    /// come first.
    pub(super) fn classes(&self, key: &Key, what: &str) -> Result<Vec<Vec<usize>>> {
        let labels = self.column(key, what)?.view().texts();
        let mut classes: Vec<Vec<usize>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (position, label) in labels.iter().enumerate() {
            let class = *known.entry(label).or_insert_with(|| {
                classes.push(Vec::new());
                classes.len() - 1
            });
            classes[class].push(position);
        }
        Ok(classes)
    }
}

impl Sequential for Sample {
    /// In random order, as where elements can be reached in any.
    fn open(&self, run: &Run) -> Pass {
        let (input, run) = (Arc::clone(&self.input), run.frozen());
        let (count, seed) = (self.count, self.seed);
        let sampled = move || -> Pass {
            match reservoir(&mut input.open(&run), count, usize::MAX, seed) {
                Ok((kept, None)) => {
                    let mut values = kept.values;
                    shuffle(&mut values, seed);
                    Box::new(values.into_iter().map(Ok))
                }
                Ok((_, Some(reason))) => {
                    Box::new(std::iter::once(Err(crate::error::Error::stopped(reason))))
                }
                Err(err) => Box::new(std::iter::once(Err(err))),
            }
        };
        one_after_another(std::iter::once_with(sampled))
    }
}

/// Fisher and Yates' shuffle.
pub(super) fn shuffle<T>(values: &mut [T], seed: u64) {
    let mut random = Random::new(seed_of_pass(seed, 1));
    for last in (1..values.len()).rev() {
        values.swap(last, random.below(last + 1));
    }
}
