//! Elements that a condition lets through.

use std::sync::Arc;

use super::super::function::Function;
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::{pass_of, sifted};
use super::super::run::Run;
use super::super::{Dataset, Element, FromElement, Outcome};
use crate::error::Result;
use crate::list::IntoList;

struct Filter {
    input: Arc<Node>,
    predicate: Function<bool>,
}

struct TakeWhile {
    input: Arc<Node>,
    predicate: Function<bool>,
}

impl Dataset {
    /// The elements for which `predicate` holds, as `tf.data.Dataset.filter`. It may
    /// take what a closure given to [`map`](Dataset::map) may
    /// ([`FromElement`]).
    ///
    /// How many there are only a pass can tell, so elements come one after another
    /// from here on; [`collect`](Dataset::collect) reads them into memory.
    ///
    /// # Errors
    ///
    /// `predicate` takes other types than the elements have. An error or a panic of
    /// it is an error of the element, which names its number.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Array1, array};
    ///
    /// let ds = Dataset::from_tensor_slices((array![[1.0], [2.0], [3.0]], vec![0, 1, 0]))?;
    /// let zeros = ds.filter(|(_, label): (Array1<f64>, i32)| label == 0)?;
    /// assert_eq!(zeros.iter().count(), 2);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn filter<A: FromElement, R: Outcome<bool>>(
        &self,
        predicate: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        self.filtered(self.predicate("filter", predicate))
    }

    fn filtered(&self, predicate: Function<bool>) -> Result<Dataset> {
        let examples = self.let_through(&predicate)?;
        let input = Arc::clone(&self.node);
        Ok(self.thinned("filter()", Filter { input, predicate }, examples))
    }

    /// The elements before the first for which `predicate` does not hold, as
    /// `tf.data.Dataset.take_while`. Otherwise as [`filter`](Dataset::filter).
    ///
    /// # Errors
    ///
    /// As [`filter`](Dataset::filter).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let small = Dataset::counter(0, 1).take_while(|x: i64| x * x < 50)?;
    /// assert_eq!(small.iter().count(), 8);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn take_while<A: FromElement, R: Outcome<bool>>(
        &self,
        predicate: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        self.taken_while(self.predicate("take_while", predicate))
    }

    fn taken_while(&self, predicate: Function<bool>) -> Result<Dataset> {
        let examples = self.let_through(&predicate)?;
        let input = Arc::clone(&self.node);
        Ok(self.thinned("take_while()", TakeWhile { input, predicate }, examples))
    }

    fn predicate<A: FromElement, R: Outcome<bool>>(
        &self,
        step: &'static str,
        predicate: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Function<bool> {
        let call = move |element: Element| predicate(A::from_element(element)?).outcome();
        Function::new(self, step, call)
    }

    /// Examples of what a predicate lets through: the closures of later steps may rely on
    /// it. Where it lets fewer than two through, which do not show what varies, all.
    fn let_through(&self, predicate: &Function<bool>) -> Result<Vec<Value>> {
        let tried = predicate.try_on_examples(&self.node)?;
        let (passed, others): (Vec<_>, Vec<_>) = tried.into_iter().partition(|(_, passes)| *passes);
        let few = passed.len() < 2;
        let others = others.into_iter().filter(|_| few);
        let examples = passed.into_iter().chain(others).map(|(value, _)| value);
        let examples: Vec<Value> = examples.into_list();
        match examples.is_empty() {
            true => Ok(self.node.examples()),
            false => Ok(examples),
        }
    }

    fn thinned(&self, step: &str, access: impl Sequential, examples: Vec<Value>) -> Dataset {
        let access = Access::sequential(access, examples);
        let mut node = Node::step(&self.node, step, access);
        node.cardinality = node.cardinality.unknown_unless_empty();
        self.then(node)
    }
}

impl Sequential for Filter {
    fn open(&self, run: &Run) -> Pass {
        let predicate = self.predicate.clone();
        sifted(self.input.open(run), move |index, value| {
            match value.and_then(|value| Ok((predicate.call(value.clone(), index)?, value))) {
                Ok((true, value)) => Some(Ok(value)),
                Ok((false, _)) => None,
                Err(err) => Some(Err(err)),
            }
        })
    }
}

impl Sequential for TakeWhile {
    fn open(&self, run: &Run) -> Pass {
        let predicate = self.predicate.clone();
        let mut elements = self.input.open(run).enumerate().fuse();
        let mut ended = false;
        pass_of(move || {
            if ended {
                return None;
            }
            let (index, value) = elements.next()?;
            match value.and_then(|value| Ok((predicate.call(value.clone(), index)?, value))) {
                Ok((true, value)) => Some(Ok(value)),
                Ok((false, _)) => {
                    ended = true;
                    None
                }
                Err(err) => Some(Err(err)),
            }
        })
    }
}
