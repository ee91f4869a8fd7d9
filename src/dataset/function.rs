//! A closure given to a step, as the step calls it: by element, with the element's
//! number in its errors, and without panics.

use std::sync::Arc;

use super::examples::spec_of;
use super::node::{Node, Value};
use super::source::check_names;
use super::{Dataset, Element, ElementSpec, Names};
use crate::error::{Error, Result, guarded};
use crate::list::MapInto;

/// Calls a closure of the user's on elements of one node.
pub(crate) struct Function<R> {
    call: Arc<dyn Fn(Element) -> Result<R> + Send + Sync>,
    batched: bool,
    names: Names,
    /// What errors call the step.
    step: &'static str,
}

impl<R> Clone for Function<R> {
    fn clone(&self) -> Self {
        Function {
            call: Arc::clone(&self.call),
            batched: self.batched,
            names: self.names.clone(),
            step: self.step,
        }
    }
}

impl<R> Function<R> {
    pub(crate) fn new(
        of: &Dataset,
        step: &'static str,
        call: impl Fn(Element) -> Result<R> + Send + Sync + 'static,
    ) -> Self {
        Function {
            call: Arc::new(call),
            batched: of.node.batched,
            names: of.names.clone(),
            step,
        }
    }

    /// What the closure makes of element number `index`.
    pub(crate) fn call(&self, value: Value, index: usize) -> Result<R> {
        self.try_on(value)
            .map_err(|err| err.context(format_args!("{}: element {index}", self.step)))
    }

    fn try_on(&self, value: Value) -> Result<R> {
        let element = Element::new(value, self.batched, self.names.clone());
        called(|| (self.call)(element))
    }

    /// Tries the closure on examples of the elements of `node`: what it was given
    /// and what it made of it. Where it fails on all, stand-ins for elements
    /// take their place, as what the data hold must not decide about types.
    ///
    /// # Errors
    ///
    /// The closure takes other types than the elements have, or nothing that it
    /// was tried on.
    pub(crate) fn try_out(&self, node: &Node) -> Result<Vec<(Value, R)>> {
        let (mut tried, failed) = self.try_all(node.examples())?;
        if tried.is_empty() {
            tried = self.try_all(node.stand_ins())?.0;
        }
        match (tried.is_empty(), failed) {
            (true, Some(err)) => Err(err.context(self.step)),
            _ => Ok(tried),
        }
    }

    /// As [`try_out`](Self::try_out), where only the types that the closure takes matter:
    /// it may fail on all.
    pub(crate) fn try_on_examples(&self, node: &Node) -> Result<Vec<(Value, R)>> {
        self.try_all(node.examples()).map(|(tried, _)| tried)
    }

    #[allow(clippy::type_complexity, reason = "two results of one loop")]
    fn try_all(&self, values: Vec<Value>) -> Result<(Vec<(Value, R)>, Option<Error>)> {
        let (mut tried, mut failed) = (Vec::new(), None);
        for value in values {
            match self.try_on(value.clone()) {
                Ok(output) => tried.push((value, output)),
                Err(err) if err.is_function() => failed = failed.or(Some(err)),
                Err(err) => return Err(err.context(self.step)),
            }
        }
        Ok((tried, failed))
    }
}

impl Function<Value> {
    /// What the closure returns, judged by examples: the spec, whether batches
    /// stay batches (every component keeps its rows), and the returned values.
    pub(crate) fn learn(&self, node: &Node) -> Result<(ElementSpec, bool, Vec<Value>)> {
        let tried = self.try_out(node)?;
        let batched = node.batched && tried.iter().all(|(input, output)| same_rows(input, output));
        let outputs: Vec<Value> = tried.map_into(|(_, output)| output);
        match spec_of(&outputs).map_err(|err| err.context(self.step))? {
            Some(spec) => {
                check_names(spec.structure()).map_err(|err| err.context(self.step))?;
                Ok((spec, batched, outputs))
            }
            None => Err(Error::value(format!(
                "{}: expected an element to try the closure on, but found none whose components are known; state what it returns with map_with_spec",
                self.step
            ))),
        }
    }
}

/// Whether all components of both have one length along a first axis.
fn same_rows(input: &Value, output: &Value) -> bool {
    let rows = |value: &Value| {
        let leaves = value.leaves();
        let rows: Option<Vec<usize>> = leaves
            .iter()
            .map(|tensor| tensor.shape().first().copied())
            .collect();
        rows
    };
    match (rows(input), rows(output)) {
        (Some(input), Some(output)) => {
            output.iter().all(|rows| Some(rows) == input.first()) && !output.is_empty()
        }
        _ => false,
    }
}

/// Runs the user's code; a panic in it becomes an error.
pub(crate) fn called<R>(call: impl FnOnce() -> Result<R>) -> Result<R> {
    guarded(call, |said| {
        Error::panicked(format!("the closure panicked: {said}"))
    })
}

/// An element that is not what its step promised.
pub(crate) fn check_output(
    spec: &ElementSpec,
    value: &Value,
    step: &str,
    index: usize,
) -> Result<()> {
    if spec.admits(value) {
        return Ok(());
    }
    let found = ElementSpec::of(value);
    let message = format!(
        "{step}: element {index}: expected {spec}, as the first ones gave, but found {found}; say what varies with {step}_with_spec"
    );
    Err(match spec.cover(&found) {
        Ok(_) => Error::shape(message).coded("shape_mismatch"),
        Err(err) => Error::dtype(message).coded(err.code()),
    })
}
