//! A closure with a memory, applied to every element.

use std::sync::Arc;

use super::super::function::Function;
use super::super::function::{called, check_output};
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::sifted;
use super::super::run::Run;
use super::super::{Dataset, Element, ElementSpec, FromElement, IntoStructure, Outcome};
use crate::error::Result;

/// One pass's copy of the closure and its state.
type Scanner = Box<dyn FnMut(Element) -> Result<Value> + Send>;

struct Scan {
    input: Arc<Node>,
    begin: Arc<dyn Fn() -> Scanner + Send + Sync>,
    /// Knows how elements of the input are shown to closures.
    element: Function<Element>,
    spec: ElementSpec,
}

impl Dataset {
    /// What `f` makes of the state and each element: the next state, and an element of
    /// the result. As `tf.data.Dataset.scan`; each pass begins with a clone of
    /// `initial_state`, which may be of any type. An element that fails leaves the state as
    /// it was.
    ///
    /// # Errors
    ///
    /// As [`map`](Dataset::map).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let sums = Dataset::range(1..5).scan(0, |sum, x: i64| (sum + x, sum + x))?;
    /// assert_eq!(sums.array::<i64, Ix1>(0)?, array![1, 3, 6, 10]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn scan<S, A, O, R>(
        &self,
        initial_state: S,
        f: impl Fn(S, A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset>
    where
        S: Clone + Send + Sync + 'static,
        A: FromElement,
        O: IntoStructure,
        R: Outcome<(S, O)>,
    {
        let f = Arc::new(f);
        let begin = move || -> Scanner {
            let (mut state, f) = (initial_state.clone(), Arc::clone(&f));
            Box::new(move |element| {
                // A clone is handed out, so that an error leaves the state as it was.
                let (next, output) = f(state.clone(), A::from_element(element)?).outcome()?;
                state = next;
                Ok(output.into_structure())
            })
        };
        self.scanned(Arc::new(begin))
    }

    fn scanned(&self, begin: Arc<dyn Fn() -> Scanner + Send + Sync>) -> Result<Dataset> {
        let before = &self.node;
        let once = Arc::clone(&begin);
        let first = Function::new(self, "scan", move |element| once()(element));
        let (spec, batched, outputs) = first.learn(before)?;
        let scan = Scan {
            input: Arc::clone(before),
            begin,
            element: Function::new(self, "scan", Ok),
            spec: spec.clone(),
        };
        let mut node = Node::step(before, "scan()", Access::sequential(scan, outputs));
        (node.spec, node.batched) = (spec, batched);
        let mut scanned = self.then(node);
        scanned.forget_features_unless(self.features().len());
        Ok(scanned)
    }
}

impl Sequential for Scan {
    fn open(&self, run: &Run) -> Pass {
        let (element, spec) = (self.element.clone(), self.spec.clone());
        // Whoever wrote the state wrote how it is cloned, too.
        let mut scanner = match called(|| Ok((self.begin)())) {
            Ok(scanner) => scanner,
            Err(err) => return Box::new(std::iter::once(Err(err.context("scan")))),
        };
        let mut scanned = move |index, value| {
            let element = element.call(value, index)?;
            let output = called(|| scanner(element))
                .map_err(|err| err.context(format_args!("scan: element {index}")))?;
            check_output(&spec, &output, "scan", index)?;
            Ok(output)
        };
        sifted(self.input.open(run), move |index, value| {
            Some(value.and_then(|value| scanned(index, value)))
        })
    }
}
