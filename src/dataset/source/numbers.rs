//! Ranges and counters of whole numbers.

use std::ops::Range;

use ndarray::Array1;

use super::super::node::{Access, Node, RandomAccess, Value};
use super::super::{Cardinality, Dataset, ElementSpec, Names, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::tensor::{DType, Rows, Tensor};

/// `start`, `start + step`, …, around the ends of `i64` where it goes so far.
struct Numbers {
    start: i64,
    step: i64,
}

impl Numbers {
    fn at(&self, index: usize) -> i64 {
        self.start
            .wrapping_add(self.step.wrapping_mul(index as i64))
    }

    fn dataset(self, name: String, cardinality: Cardinality) -> Dataset {
        let spec = ElementSpec::from(TensorSpec::new(DType::Int64, []));
        let node = Node::source(name, spec, cardinality, Access::random(self));
        Dataset::new(node, Names::default())
    }
}

impl RandomAccess for Numbers {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        Ok(Structure::Leaf(Tensor::from(self.at(index))))
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        let numbers: Array1<i64> = rows.iter().map(|index| self.at(index)).collect();
        Ok(Structure::Leaf(Tensor::from(numbers)))
    }
}

impl Dataset {
    /// The whole numbers of a range as `int64`, as `tf.data.Dataset.range`.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::range(2..5);
    /// assert_eq!(ds.len()?, 3);
    /// assert_eq!(ds.at(2)?.scalar::<i64>(0)?, 4);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn range(range: Range<i64>) -> Dataset {
        let name = format!("range({}, {})", range.start, range.end);
        let count = steps_between(range.start, range.end, 1);
        let numbers = Numbers {
            start: range.start,
            step: 1,
        };
        numbers.dataset(name, Cardinality::Finite(count))
    }

    /// The numbers from `start` on that are `step` apart, up to but not including
    /// `stop`; down where `step` is negative. As `tf.data.Dataset.range(start, stop,
    /// step)`.
    ///
    /// # Errors
    ///
    /// `step` is 0 ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let down = Dataset::range_step(5, 0, -2)?;
    /// assert_eq!(down.array::<i64, Ix1>(0)?, array![5, 3, 1]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn range_step(start: i64, stop: i64, step: i64) -> Result<Dataset> {
        if step == 0 {
            return Err(Error::value(
                "expected a step other than 0, but found 0; counter(start, 0) repeats a number",
            )
            .coded("invalid_argument"));
        }
        let name = format!("range({start}, {stop}, {step})");
        let count = steps_between(start, stop, step);
        let numbers = Numbers { start, step };
        Ok(numbers.dataset(name, Cardinality::Finite(count)))
    }

    /// `start`, `start + step`, `start + 2 · step` and so on without end, as
    /// `tf.data.Dataset.counter`. Beyond the ends of `int64` it goes on at the
    /// other.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Cardinality, Dataset};
    ///
    /// let ds = Dataset::counter(10, 5);
    /// assert_eq!(ds.cardinality(), Cardinality::Infinite);
    /// assert_eq!(ds.at(1_000_000)?.scalar::<i64>(0)?, 5_000_010);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn counter(start: i64, step: i64) -> Dataset {
        let name = format!("counter({start}, {step})");
        Numbers { start, step }.dataset(name, Cardinality::Infinite)
    }
}

/// How many numbers `step` apart lie between.
fn steps_between(start: i64, stop: i64, step: i64) -> usize {
    let (start, stop) = (i128::from(start), i128::from(stop));
    let distance = if step > 0 { stop - start } else { start - stop };
    let apart = i128::from(step.unsigned_abs());
    // The distance is below 2⁶⁴, so the count is too.
    usize::try_from((distance.max(0) + apart - 1) / apart).unwrap_or(usize::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_range_are_reached() {
        assert_eq!(steps_between(i64::MIN, i64::MAX, 1), usize::MAX);
        assert_eq!(steps_between(0, 10, 3), 4);
        assert_eq!(steps_between(10, 0, -3), 4);
        assert_eq!(steps_between(10, 0, i64::MIN), 1);
        assert_eq!(steps_between(10, 0, 1), 0);
        let all = Dataset::range_step(i64::MAX, i64::MIN, i64::MIN).unwrap();
        assert_eq!(all.at(1).unwrap().scalar::<i64>(0).unwrap(), -1);
    }
}
