//! A step of a pipeline: what is known of its elements before any is read, and
//! the two ways to reach them, in any order or only one after another.

use std::ops::Range;
use std::sync::Arc;

use super::examples::Examples;
use super::run::Run;
use super::{Cardinality, ElementSpec, Structure};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Shape, Tensor};

/// An element: its components, in their arrangement.
pub(crate) type Value = Structure<Tensor>;

/// One pass over elements, in order.
pub(crate) type Pass = Box<dyn Iterator<Item = Result<Value>> + Send>;

/// A source, or a step over the node before it.
pub(crate) struct Node {
    pub(crate) spec: ElementSpec,
    pub(crate) cardinality: Cardinality,
    /// Whether an element is a batch: its components' first axis counts rows.
    pub(crate) batched: bool,
    pub(crate) access: Access,
    /// How many rows all batches have together, where it is known although not all have
    /// as many.
    pub(crate) uneven_rows: Option<usize>,
    /// Whether something that this stands on may have no end.
    pub(crate) on_unbounded: bool,
    /// How many elements there are at most, where their number is not known but that is.
    pub(crate) at_most: Option<usize>,
    /// What comes before, and what this is called in the chain of steps.
    before: Option<Arc<Node>>,
    step: String,
    /// The steps before a source that were carried out already.
    done: Vec<String>,
}

/// How elements are reached.
pub(crate) enum Access {
    /// In any order. The cardinality is then known, or infinite.
    Random(Arc<dyn RandomAccess>),
    /// Only one after another, with a few examples of what will come.
    Sequential(Arc<dyn Sequential>, Examples),
}

/// Elements that can be reached in any order. Steps wrap one another, each
/// translating positions for the one below, so that only what is asked for is
/// read.
pub(crate) trait RandomAccess: Send + Sync + 'static {
    /// The element at `index`, which the caller keeps below the cardinality.
    /// `epoch` counts passes, from 0: orders that change with each pass depend
    /// on it, and nothing else does.
    fn get(&self, index: usize, epoch: u64) -> Result<Value>;

    /// The elements at `rows`, all below the cardinality, stacked along a new
    /// first axis.
    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        stack_each(rows, &|index| self.get(index, epoch))
    }

    /// One component of the elements at `rows`, stacked. Where components lie apart only
    /// that one is read: a label without its picture.
    fn component(&self, component: usize, rows: &Rows, epoch: u64) -> Result<Tensor> {
        Ok(self.stack(rows, epoch)?.leaves()[component].clone())
    }

    /// The elements of `range` one after another.
    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        Box::new(InOrder {
            get: Box::new(move |index, epoch| self.get(index, epoch)),
            left: range,
            run: run.clone(),
        })
    }

    /// Whether the rows lie in memory as arrays, so that a range of them is had
    /// without a copy.
    fn in_memory(&self) -> bool {
        false
    }
}

/// Elements that come one after another.
pub(crate) trait Sequential: Send + Sync + 'static {
    /// Begins a pass.
    fn open(&self, run: &Run) -> Pass;
}

/// A pass over more elements than this, of which an unknown part is left, may as well
/// have no end.
const PASS_READS: usize = 100_000_000;

/// Elements stacked along a new first axis.
pub(crate) fn stack_all(elements: &[Value]) -> Result<Value> {
    Structure::zip_leaves(elements, &Tensor::stack)
}

/// The elements at `rows` stacked along a new first axis; the first that failed is the
/// error.
pub(crate) fn stack_each(rows: &Rows, get: &dyn Fn(usize) -> Result<Value>) -> Result<Value> {
    let elements: Vec<Value> = rows.iter().map(get).collect::<Result<_>>()?;
    stack_all(&elements)
}

/// The elements at `rows`, which are read in runs whose neighbours are `together`: of
/// one pass, or of one data set.
pub(crate) fn stack_runs(
    rows: &Rows,
    together: &dyn Fn(&usize, &usize) -> bool,
    stack: &dyn Fn(&[usize]) -> Result<Value>,
) -> Result<Value> {
    let rows: Vec<usize> = rows.iter().collect();
    if rows.is_empty() {
        return stack(&[]);
    }
    let parts: Vec<Value> = rows.chunk_by(together).map(stack).collect::<Result<_>>()?;
    Structure::zip_leaves(&parts, &Tensor::concat)
}

/// The rows of a batch, which all its components must have.
pub(crate) fn rows_in(value: &Value) -> Result<usize> {
    let leaves = value.leaves();
    let first = |tensor: &&Tensor| tensor.shape().first().copied();
    let rows = leaves.first().and_then(first);
    match (rows, leaves.iter().find(|tensor| first(tensor) != rows)) {
        (Some(rows), None) => Ok(rows),
        (None, None) => Err(Error::shape(
            "expected components of at least one axis to take apart, but found a single value",
        )
        .coded("rank")),
        (_, Some(other)) => Err(Error::shape(format!(
            "expected components of equal length, but found shapes {} and {}",
            Shape(leaves[0].shape()),
            Shape(other.shape())
        ))
        .coded("shape_mismatch")),
    }
}

impl Access {
    pub(crate) fn random(access: impl RandomAccess) -> Access {
        Access::Random(Arc::new(access))
    }

    pub(crate) fn sequential(access: impl Sequential, examples: impl Into<Examples>) -> Access {
        Access::Sequential(Arc::new(access), examples.into())
    }
}

/// The access of a step that keeps random access where there is: `$step` makes it of
/// `$input`, which is the access of the node before, or that node where its elements
/// come one after another.
macro_rules! access_over {
    ($before:expr, $examples:expr, $input:ident => $step:expr) => {
        match &$before.access {
            $crate::dataset::node::Access::Random(access) => {
                let $input = ::std::sync::Arc::clone(access);
                $crate::dataset::node::Access::random($step)
            }
            $crate::dataset::node::Access::Sequential(..) => {
                let ($input, examples) = (::std::sync::Arc::clone($before), $examples);
                $crate::dataset::node::Access::sequential($step, examples)
            }
        }
    };
}
pub(super) use access_over;

impl Node {
    /// Where a pipeline begins.
    pub(crate) fn source(
        step: impl Into<String>,
        spec: ElementSpec,
        cardinality: Cardinality,
        access: Access,
    ) -> Node {
        Node {
            spec,
            cardinality,
            batched: false,
            uneven_rows: None,
            access,
            on_unbounded: false,
            at_most: None,
            before: None,
            step: step.into(),
            done: Vec::new(),
        }
    }

    /// A step over `before` that gives its elements on as they are, in whatever order.
    pub(crate) fn same_elements(
        before: &Arc<Node>,
        step: impl Into<String>,
        access: Access,
    ) -> Node {
        Node {
            uneven_rows: before.uneven_rows,
            ..Node::step(before, step, access)
        }
    }

    /// A step over `before`, whose spec, cardinality and batches it keeps, and which has
    /// no more elements; the caller changes what differs.
    pub(crate) fn step(before: &Arc<Node>, step: impl Into<String>, access: Access) -> Node {
        Node {
            spec: before.spec.clone(),
            cardinality: before.cardinality,
            batched: before.batched,
            uneven_rows: None,
            access,
            on_unbounded: before.may_not_end(),
            at_most: before.cardinality.finite().or(before.at_most),
            before: Some(Arc::clone(before)),
            step: step.into(),
            done: Vec::new(),
        }
    }

    /// Makes this the step after `before` in the chain of steps, where several make
    /// up one.
    pub(crate) fn follow(&mut self, before: &Arc<Node>) {
        self.before = Some(Arc::clone(before));
    }

    /// Makes this what `steps` have led to, which it stands on no more.
    pub(crate) fn result_of(&mut self, mut steps: Vec<String>) {
        self.step = steps.pop().unwrap_or_default();
        self.done = steps;
    }

    /// Whether a pass may go on for ever: also one for a few elements, where those that it
    /// looks for never come.
    pub(crate) fn may_not_end(&self) -> bool {
        let ends = match self.cardinality {
            Cardinality::Finite(_) => true,
            Cardinality::Infinite => false,
            // To go through as many and find none of them takes some seconds.
            Cardinality::Unknown => self.at_most.is_some_and(|most| most <= PASS_READS),
        };
        self.on_unbounded || !ends
    }

    /// How many rows there are: those of all batches, or elements.
    pub(crate) fn row_cardinality(&self) -> Cardinality {
        let of_a_batch = || {
            let specs = self.spec.components();
            specs.first().and_then(|spec| spec.first_axis())
        };
        match (self.cardinality, self.batched) {
            (all, false) => all,
            (Cardinality::Infinite, true) => Cardinality::Infinite,
            (all, true) => all
                .finite()
                .zip(of_a_batch())
                .and_then(|(batches, rows)| batches.checked_mul(rows))
                .or(self.uneven_rows)
                .map_or(Cardinality::Unknown, Cardinality::Finite),
        }
    }

    /// The rows of an element: those of a batch, or one.
    pub(crate) fn rows_of(&self, element: &Value) -> Result<usize> {
        match self.batched {
            true => rows_in(element),
            false => Ok(1),
        }
    }

    /// Begins a pass over all elements.
    pub(crate) fn open(&self, run: &Run) -> Pass {
        match &self.access {
            Access::Random(access) => Arc::clone(access).open(0..self.cardinality.reach(), run),
            Access::Sequential(access, _) => access.open(run),
        }
    }

    /// Random access, where there is.
    pub(crate) fn random(&self) -> Option<&Arc<dyn RandomAccess>> {
        match &self.access {
            Access::Random(access) => Some(access),
            Access::Sequential(..) => None,
        }
    }

    /// Random access, or an error that says what forbids it and the way out.
    pub(crate) fn expect_random(&self, what: &str) -> Result<&Arc<dyn RandomAccess>> {
        self.random().ok_or_else(|| {
            Error::value(format!(
                "expected elements that can be reached in any order, which {what} needs, but after {} they come one after another; read them into memory first with collect()",
                self.sequential_since()
            ))
            .coded("no_random_access")
        })
    }

    /// The number of elements, or an error that says why there is none and what
    /// needs it.
    pub(crate) fn expect_finite(&self, what: &str) -> Result<usize> {
        match self.cardinality {
            Cardinality::Finite(n) => Ok(n),
            Cardinality::Infinite => Err(Error::value(format!(
                "expected a number of elements, which {what} needs, but {} has no end; take(n) ends it",
                self.name()
            ))
            .coded("infinite")),
            Cardinality::Unknown => Err(Error::value(format!(
                "expected a known number of elements, which {what} needs, but after {} only iteration can tell; read them into memory first with collect()",
                self.name()
            ))
            .coded("unknown_length")),
        }
    }

    /// What this step is called, without its arguments.
    fn name(&self) -> &str {
        self.step.split('(').next().unwrap_or(&self.step)
    }

    /// The first step that took away random access.
    fn sequential_since(&self) -> &str {
        match &self.before {
            Some(before) if before.random().is_none() => before.sequential_since(),
            _ => self.name(),
        }
    }

    /// The pipeline in words, source first.
    pub(crate) fn steps(&self) -> Vec<String> {
        let before = self.before.as_ref();
        let mut steps = before.map_or_else(|| self.done.clone(), |node| node.steps());
        steps.push(self.step.clone());
        steps
    }
}

/// Elements of a range, got one by one.
struct InOrder {
    get: Box<dyn Fn(usize, u64) -> Result<Value> + Send>,
    left: Range<usize>,
    run: Run,
}

impl Iterator for InOrder {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.left.next()?;
        if let Err(stopped) = self.run.spend() {
            self.left = 0..0;
            return Some(Err(stopped));
        }
        Some((self.get)(index, self.run.epoch))
    }

    /// Steps over elements without reading them.
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.left.start = self.left.start.saturating_add(n).min(self.left.end);
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}
