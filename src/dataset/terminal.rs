//! What ends a pipeline in a value: one element, a number, arrays.

use ndarray::{ArcArray, Dimension};

use super::function::called;
use super::node::{Access, Node};
use super::run::Run;
use super::source::{Listed, sliced_node};
use super::{Dataset, Element, FromElement, Key, Outcome};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{Scalar, Tensor};

impl Dataset {
    /// The element at `index`, as `tf.data.Dataset.random_at`.
    ///
    /// # Errors
    ///
    /// There is no such element, or elements come only one after another
    /// ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices(vec!["cat", "dog"])?;
    /// assert_eq!(ds.at(1)?.scalar::<String>(0)?, "dog");
    /// assert_eq!(
    ///     ds.at(2).unwrap_err().to_string(),
    ///     "expected an index below 2, the number of elements, but found 2",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn at(&self, index: usize) -> Result<Element> {
        let access = self.node.expect_random("at()")?;
        if let Some(len) = self.node.cardinality.finite().filter(|&len| index >= len) {
            return Err(Error::value(format!(
                "expected an index below {len}, the number of elements, but found {index}"
            ))
            .coded("out_of_range"));
        }
        Ok(self.element(access.get(index, 0)?))
    }

    pub(super) fn element(&self, value: super::node::Value) -> Element {
        Element::new(value, self.node.batched, self.names.clone())
    }

    /// The number of elements: Python's `len(ds)`.
    ///
    /// # Errors
    ///
    /// There is no end, or only iteration can tell ([`Error::is_value`]); see
    /// [`cardinality`](Dataset::cardinality).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::range(0..10);
    /// assert_eq!(ds.batch(4)?.len()?, 3);
    /// assert_eq!(
    ///     ds.repeat(None).len().unwrap_err().to_string(),
    ///     "expected a number of elements, which len() needs, but repeat has no end; take(n) ends it",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn len(&self) -> Result<usize> {
        self.node.expect_finite("len()")
    }

    /// Whether there are no elements; reads one where only that can tell.
    ///
    /// # Errors
    ///
    /// That element fails.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// assert!(Dataset::range(0..3).filter(|x: i64| x > 5)?.is_empty()?);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn is_empty(&self) -> Result<bool> {
        match self.node.cardinality.finite() {
            Some(len) => Ok(len == 0),
            None => Ok(self.pass(&Run::default()).next().transpose()?.is_none()),
        }
    }

    /// The element of a data set of one, as `tf.data.Dataset.get_single_element`.
    ///
    /// # Errors
    ///
    /// There are none or several ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::range(0..10).filter(|x: i64| x * x == 49)?;
    /// assert_eq!(ds.get_single_element()?.scalar::<i64>(0)?, 7);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn get_single_element(&self) -> Result<Element> {
        let mut pass = self.iter();
        let not_single = |found: &str| {
            Error::value(format!("expected one element, but found {found}")).coded("not_single")
        };
        let element = pass.next().ok_or_else(|| not_single("none"))??;
        match pass.next() {
            None => Ok(element),
            Some(_) => Err(not_single("several; take(1) keeps the first")),
        }
    }

    /// What `f` makes of `initial_state` and the first element, and of that and the
    /// second, and so on: `tf.data.Dataset.reduce`. The state may be of any type.
    ///
    /// # Errors
    ///
    /// - there is no end ([`Error::is_value`])
    /// - an element fails; or `f` takes other types than the elements have, returns an
    ///   error, or panics: the element's number is named
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let sum = Dataset::range(0..5).reduce(0, |sum, x: i64| sum + x)?;
    /// assert_eq!(sum, 10);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn reduce<S, A: FromElement, R: Outcome<S>>(
        &self,
        initial_state: S,
        mut f: impl FnMut(S, A) -> R,
    ) -> Result<S> {
        self.expect_end("reduce()")?;
        let mut state = initial_state;
        for (index, element) in self.iter().enumerate() {
            let element = element?;
            state = called(|| f(state, A::from_element(element)?).outcome())
                .map_err(|err| err.context(format_args!("reduce: element {index}")))?;
        }
        Ok(state)
    }

    /// The data set given to `f`, so that a function of one's own stands in a chain:
    /// `tf.data.Dataset.apply`.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, Result};
    ///
    /// fn every_other(ds: &Dataset) -> Result<Dataset> {
    ///     ds.shard(2, 0)
    /// }
    /// assert_eq!(Dataset::range(0..10).apply(every_other)?.len()?, 5);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn apply<R>(&self, f: impl FnOnce(&Dataset) -> R) -> R {
        f(self)
    }

    /// Reads all elements into memory, where they can be reached in any order and
    /// their number is known: what a filter or a generator takes away comes back.
    /// Elements of one shape become arrays.
    ///
    /// # Errors
    ///
    /// There is no end ([`Error::is_value`]), or an element fails.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let even = Dataset::range(0..10).filter(|x: i64| x % 2 == 0)?.collect()?;
    /// assert_eq!(even.len()?, 5);
    /// assert_eq!(even.at(4)?.scalar::<i64>(0)?, 8);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn collect(&self) -> Result<Dataset> {
        self.expect_end("collect()")?;
        let values = self.node.open(&Run::default()).try_into_list()?;
        let arrays = match values.is_empty() {
            true => None,
            false => super::node::stack_all(&values).ok(),
        };
        let mut node = match arrays {
            Some(arrays) => sliced_node(arrays, String::new()),
            None => Listed::node("", self.node.spec.clone(), values),
        };
        node.result_of(self.steps());
        node.spec = self.node.spec.clone();
        node.batched = self.node.batched;
        Ok(self.then(node))
    }

    pub(super) fn expect_end(&self, what: &str) -> Result<()> {
        match self.node.cardinality {
            super::Cardinality::Infinite => self.node.expect_finite(what).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// A component of all elements as one `ndarray` array, the elements along its first
    /// axis; of a batched data set, the rows: `np.stack` of what a loop over the
    /// data set gives. A data set that is an array in memory gives it without a
    /// copy.
    ///
    /// # Errors
    ///
    /// - there is no such component ([`Error::is_name`])
    /// - it is of another type or rank ([`Error::is_dtype`], [`Error::is_shape`])
    /// - there is no end ([`Error::is_value`]), or elements differ in shape
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix2, array};
    ///
    /// let ds = Dataset::from_tensor_slices(array![[1.0, 2.0], [3.0, 4.0]])?;
    /// let shuffled = ds.shuffle(3).array::<f64, Ix2>(0)?;
    /// assert_eq!(shuffled.shape(), [2, 2]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn array<T: Scalar, D: Dimension>(&self, key: impl Into<Key>) -> Result<ArcArray<T, D>> {
        self.whole_component(&key.into())?.array()
    }

    fn whole_component(&self, key: &Key) -> Result<Tensor> {
        self.expect_end("array()")?;
        let index = key.find(&self.node.spec.names(), "component")?;
        Ok(self.all_rows()?.components[index].clone())
    }

    /// A data set over a node that others stand on too.
    pub(super) fn of_node(node: std::sync::Arc<Node>, names: super::Names) -> Dataset {
        Dataset {
            node,
            names,
            passes: Default::default(),
        }
    }

    /// Whether elements can be reached in any order.
    pub fn is_random_access(&self) -> bool {
        matches!(self.node.access, Access::Random(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_collected_keeps_its_steps_one_by_one() {
        let odd = Dataset::range(0..9).filter(|x: i64| x % 2 == 1).unwrap();
        let all = Dataset::range(0..3).concatenate(&odd).unwrap();
        assert_eq!(
            all.steps(),
            ["range(0, 3)", "concatenate(range(0, 9) → filter())"]
        );
        let collected = all.collect().unwrap();
        assert_eq!(collected.steps(), all.steps());
        assert_eq!(collected.skip(1).steps()[..2], all.steps());
        let ragged = all.map(|x: i64| vec![0_u8; x as usize]).unwrap();
        assert_eq!(ragged.collect().unwrap().steps(), ragged.steps());
    }
}
