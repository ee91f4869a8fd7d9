//! Two parts of a data set, for training and for testing.

use super::super::random::Permutation;
use super::super::{Dataset, Key};
use crate::error::{Error, Result};

/// Which elements [`Dataset::split`] puts into the first part. A plain number is their
/// share.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Split};
///
/// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
/// let (train, test) = digits.split(Split::new(0.8).stratify("labels").seed(1))?;
/// assert_eq!(train.len()? + test.len()?, digits.len()?);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    fraction: f64,
    stratify: Option<Key>,
    seed: Option<u64>,
}

impl Split {
    /// The first elements, as many as this share of all, rounded to the nearest.
    #[must_use]
    pub fn new(fraction: f64) -> Split {
        Split {
            fraction,
            stratify: None,
            seed: None,
        }
    }

    /// The same share of each class, as scikit-learn's `train_test_split(stratify=…)`: a
    /// component of one value for each element, or a feature, says the class.
    #[must_use]
    pub fn stratify(self, key: impl Into<Key>) -> Split {
        Split {
            stratify: Some(key.into()),
            ..self
        }
    }

    /// Elements at random, by a seed, rather than the first (default: the first).
    #[must_use]
    pub fn seed(self, seed: u64) -> Split {
        Split {
            seed: Some(seed),
            ..self
        }
    }

    fn of(&self, count: usize) -> usize {
        (count as f64 * self.fraction).round() as usize
    }

    fn words(&self, part: &str) -> String {
        let stratified = self
            .stratify
            .as_ref()
            .map_or(String::new(), |key| format!(" of each {key}"));
        format!("split({}{stratified}, {part})", self.fraction)
    }
}

impl From<f64> for Split {
    fn from(fraction: f64) -> Split {
        Split::new(fraction)
    }
}

impl Dataset {
    /// Two data sets: a share of the elements, and the rest. The first elements make the
    /// first part, as with `keras.utils.split_dataset`; [`Split`] takes them at random or
    /// from each class alike.
    ///
    /// No element is ever in both: an order that changes with each pass stays that of
    /// the first.
    ///
    /// # Errors
    ///
    /// - the share is not from 0 to 1 ([`Error::is_value`])
    /// - elements come one after another, or their number is unknown or infinite
    ///   ([`Error::is_value`])
    /// - there is no such class component ([`Error::is_name`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let (train, test) = Dataset::range(0..10).split(0.8)?;
    /// assert_eq!((train.len()?, test.len()?), (8, 2));
    /// assert_eq!(test.at(0)?.scalar::<i64>(0)?, 8);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn split(&self, options: impl Into<Split>) -> Result<(Dataset, Dataset)> {
        self.split_by(&options.into())
    }

    fn split_by(&self, split: &Split) -> Result<(Dataset, Dataset)> {
        if !(0.0..=1.0).contains(&split.fraction) {
            return Err(Error::value(format!(
                "expected a fraction from 0 to 1, but found {}",
                split.fraction
            ))
            .coded("invalid_argument"));
        }
        let len = self.node.expect_finite("split()")?;
        let access = self.node.expect_random("split()")?;
        if let Some(key) = &split.stratify {
            let (first, second) = self.stratified(key, split)?;
            return Ok((
                self.picked(access, first, split.words("first part")),
                self.picked(access, second, split.words("rest")),
            ));
        }
        let frozen = self.frozen(access);
        let whole = match split.seed {
            Some(seed) => frozen.shuffle(seed),
            None => frozen,
        };
        let count = split.of(len);
        let part =
            |start, count, words| self.after_all_of(whole.span(start, count, split.words(words)));
        Ok((
            part(0, count, "first part"),
            part(count, usize::MAX, "rest"),
        ))
    }

    /// Positions of both parts, in the order of the data set.
    fn stratified(&self, key: &Key, split: &Split) -> Result<(Vec<usize>, Vec<usize>)> {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for (class, rows) in self.classes(key, "split()")?.into_iter().enumerate() {
            let count = split.of(rows.len());
            match split.seed {
                None => {
                    first.extend_from_slice(&rows[..count]);
                    second.extend_from_slice(&rows[count..]);
                }
                Some(seed) => {
                    let order = Permutation::new(rows.len(), seed.wrapping_add(class as u64));
                    let drawn = |range: std::ops::Range<usize>| range.map(|i| rows[order.at(i)]);
                    first.extend(drawn(0..count));
                    second.extend(drawn(count..rows.len()));
                }
            }
        }
        first.sort_unstable();
        second.sort_unstable();
        Ok((first, second))
    }
}
