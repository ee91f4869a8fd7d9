//! Data sets of neighbouring elements.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::examples::in_turn;
use super::super::node::{Access, Node, Pass, RandomAccess, Sequential, Value, access_over};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::source::Listed;
use super::super::{
    Cardinality, Dataset, ElementSpec, IntoStructure, Names, Structure, TensorSpec,
};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{DType, Rows, Shape, Tensor, Variant};

/// Which elements [`Dataset::window`] puts together. A plain number is a size.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Window};
///
/// let sliding = Dataset::range(0..5).window(Window::new(3).shift(1).drop_remainder(true))?;
/// assert_eq!(sliding.len()?, 3);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    size: usize,
    shift: Option<usize>,
    stride: usize,
    drop_remainder: bool,
}

impl Window {
    /// Windows of `size` neighbours, one after another.
    #[must_use]
    pub fn new(size: usize) -> Window {
        Window {
            size,
            shift: None,
            stride: 1,
            drop_remainder: false,
        }
    }

    /// By how many elements a window begins after the one before (default: its
    /// size).
    #[must_use]
    pub fn shift(self, shift: usize) -> Window {
        Window {
            shift: Some(shift),
            ..self
        }
    }

    /// Takes every `stride`-th element (default: 1).
    #[must_use]
    pub fn stride(self, stride: usize) -> Window {
        Window { stride, ..self }
    }

    /// Whether windows at the end that are too short are dropped (default: no).
    #[must_use]
    pub fn drop_remainder(self, drop: bool) -> Window {
        Window {
            drop_remainder: drop,
            ..self
        }
    }

    fn step(&self) -> usize {
        self.shift.unwrap_or(self.size)
    }

    /// The elements from the first of a window to its last.
    fn extent(&self) -> usize {
        (self.size - 1)
            .saturating_mul(self.stride)
            .saturating_add(1)
    }

    fn check(&self) -> Result<()> {
        for (n, what) in [
            (self.size, "size"),
            (self.step(), "shift"),
            (self.stride, "stride"),
        ] {
            if n == 0 {
                return Err(Error::value(format!(
                    "expected a window {what} of at least 1, but found 0"
                ))
                .coded("invalid_argument"));
            }
        }
        Ok(())
    }

    /// How many windows `n` elements make.
    fn windows(&self, n: usize) -> usize {
        match self.drop_remainder {
            true => n
                .checked_sub(self.extent())
                .map_or(0, |rest| rest / self.step() + 1),
            false => n.div_ceil(self.step()),
        }
    }

    fn words(&self) -> String {
        let mut words = format!("window({}", self.size);
        if let Some(shift) = self.shift {
            words += &format!(", shift={shift}");
        }
        if self.stride != 1 {
            words += &format!(", stride={}", self.stride);
        }
        if self.drop_remainder {
            words += ", drop_remainder";
        }
        words + ")"
    }
}

impl From<usize> for Window {
    fn from(size: usize) -> Window {
        Window::new(size)
    }
}

struct Windows<I> {
    input: I,
    /// Elements of the input, where they are counted.
    len: usize,
    window: Window,
    of: Windowed,
}

/// What windows are told of the elements in them.
#[derive(Clone)]
struct Windowed {
    spec: ElementSpec,
    batched: bool,
    names: Names,
}

impl Dataset {
    /// Data sets of `size` neighbouring elements each, as `tf.data.Dataset.window`;
    /// [`Window`] sets how they are apart. Each component becomes a data set
    /// of its own: the windows of pairs are pairs of data sets, which
    /// [`Dataset::zip`] joins again.
    ///
    /// A closure takes them as [`Dataset`]; [`flat_map`](Dataset::flat_map) lays them end
    /// to end.
    ///
    /// # Errors
    ///
    /// Size, shift or stride is 0 ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, Window};
    /// use ndarray::{Ix1, array};
    ///
    /// let windows = Dataset::range(0..5).window(Window::new(3).shift(2))?;
    /// assert_eq!(windows.element_spec().to_string(), "Dataset(int64 ())");
    /// assert_eq!(windows.at(2)?.dataset(0)?.len()?, 1);
    ///
    /// let rows = windows.take(2).flat_map(|w: Dataset| w.batch(3))?.collect()?;
    /// assert_eq!(rows.at(0)?.array::<i64, Ix1>(0)?, array![0, 1, 2]);
    /// assert_eq!(rows.at(1)?.array::<i64, Ix1>(0)?, array![2, 3, 4]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn window(&self, window: impl Into<Window>) -> Result<Dataset> {
        self.windowed(window.into())
    }

    fn windowed(&self, window: Window) -> Result<Dataset> {
        window.check()?;
        let before = &self.node;
        let of = Windowed {
            spec: before.spec.clone(),
            batched: before.batched,
            names: self.names.clone(),
        };
        let len = before.cardinality.reach();
        let access = access_over!(before, vec![of.example(before, window.size)], input => Windows {
            input,
            len,
            window,
            of,
        });
        let mut node = Node::step(before, window.words(), access);
        let of_window = |spec: &TensorSpec| TensorSpec::of_window(ElementSpec::from(spec.clone()));
        node.spec = ElementSpec::new(before.spec.structure().map(&mut { of_window }));
        node.batched = false;
        node.cardinality = before.cardinality.map(|n| window.windows(n));
        Ok(self.then(node))
    }
}

impl Dataset {
    /// This data set as a component of an element.
    pub(in crate::dataset) fn into_window(self) -> Tensor {
        Tensor::from(ndarray::arr0(Variant::new(self)))
    }

    /// The data set that a component is.
    pub(in crate::dataset) fn from_window(component: &Tensor) -> Result<Dataset> {
        if component.dtype() != DType::Variant {
            return Err(Error::dtype(format!(
                "expected a window, which is a data set, but found {} of shape {}",
                component.dtype(),
                Shape(component.shape())
            ))
            .coded("type_mismatch"));
        }
        let window: Variant = component.scalar()?;
        let dataset = window.downcast_ref::<Dataset>();
        dataset
            .cloned()
            .ok_or_else(|| Error::internal("a window is not a data set"))
    }
}

impl IntoStructure for Dataset {
    fn into_structure(self) -> Structure<Tensor> {
        Structure::Leaf(self.into_window())
    }
}

impl Windowed {
    /// A window of these elements.
    fn listed(&self, values: Vec<Value>) -> Value {
        let mut node = Listed::node("window", self.spec.clone(), values);
        node.batched = self.batched;
        self.apart(node)
    }

    /// A window such as a stream may give.
    fn example(&self, before: &Node, size: usize) -> Value {
        self.listed(in_turn(&before.examples(), size))
    }

    /// One data set for each component of the node's elements.
    fn apart(&self, node: Node) -> Value {
        let node = Arc::new(node);
        let mut at = 0..;
        self.spec.structure().map(&mut |spec| {
            let component = at.next().unwrap_or(0);
            let part = match self.spec.structure() {
                Structure::Leaf(_) => Dataset::of_node(Arc::clone(&node), self.names.clone()),
                _ => Dataset::new(component_of(&node, component, spec), self.names.clone()),
            };
            part.into_window()
        })
    }
}

/// One component of each element.
struct Component {
    input: Arc<dyn RandomAccess>,
    component: usize,
}

fn component_of(node: &Arc<Node>, component: usize, spec: &TensorSpec) -> Node {
    let access = match &node.access {
        Access::Random(input) => {
            let input = Arc::clone(input);
            Access::random(Component { input, component })
        }
        // Windows are made of elements that can be reached in any order.
        Access::Sequential(access, examples) => {
            Access::Sequential(Arc::clone(access), examples.clone())
        }
    };
    let mut part = Node::step(node, format!("component {component}"), access);
    part.spec = ElementSpec::from(spec.clone());
    part
}

impl Component {
    fn of(&self, value: &Value) -> Value {
        Structure::Leaf(value.leaves()[self.component].clone())
    }
}

impl RandomAccess for Component {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        self.input.get(index, epoch).map(|value| self.of(&value))
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        self.input.stack(rows, epoch).map(|value| self.of(&value))
    }
}

/// Elements `start`, `start + stride`, … of a pass.
struct Strided {
    input: Arc<dyn RandomAccess>,
    start: usize,
    stride: usize,
    /// The pass that the window was made in: its elements do not change.
    epoch: u64,
}

impl RandomAccess for Strided {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        self.input.get(self.start + index * self.stride, self.epoch)
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        let rows = rows.map(|row| self.start + row * self.stride);
        self.input.stack(&rows, self.epoch)
    }
}

impl RandomAccess for Windows<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let start = index.saturating_mul(self.window.step());
        let there = self.len.saturating_sub(start).div_ceil(self.window.stride);
        let strided = Strided {
            input: Arc::clone(&self.input),
            start,
            stride: self.window.stride,
            epoch,
        };
        let mut node = Node::source(
            "window",
            self.of.spec.clone(),
            Cardinality::Finite(there.min(self.window.size)),
            Access::random(strided),
        );
        node.batched = self.of.batched;
        Ok(self.of.apart(node))
    }
}

impl Sequential for Windows<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        let (window, of) = (self.window, self.of.clone());
        let mut pass = self.input.open(run);
        let mut ahead: VecDeque<Value> = VecDeque::new();
        // Elements between two windows, where they lie apart.
        let mut to_skip = 0;
        let mut ended = false;
        pass_of(move || {
            while !ended && ahead.len() < window.extent() {
                match pass.next() {
                    Some(Ok(_)) if to_skip > 0 => to_skip -= 1,
                    Some(Ok(value)) => ahead.push_back(value),
                    Some(Err(err)) => return Some(Err(err)),
                    None => ended = true,
                }
            }
            let short = ahead.len() < window.extent();
            if ahead.is_empty() || (short && window.drop_remainder) {
                return None;
            }
            let values = ahead.iter().step_by(window.stride).take(window.size);
            let whole = of.listed(values.cloned().into_list());
            let gone = window.step().min(ahead.len());
            to_skip = window.step() - gone;
            ahead.drain(..gone);
            Some(Ok(whole))
        })
    }
}
