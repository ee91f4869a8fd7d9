//! Elements with their numbers.

use std::ops::Range;
use std::sync::Arc;

use ndarray::Array1;

use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over};
use super::super::pass::sifted;
use super::super::run::Run;
use super::super::{Dataset, ElementSpec, Structure, TensorSpec};
use crate::error::Result;
use crate::list::IntoList;
use crate::tensor::{DType, Rows, Tensor};

struct Enumerate<I> {
    input: I,
    start: i64,
}

impl Dataset {
    /// Pairs of an element's number, from 0, as `int64` and the element, as
    /// `tf.data.Dataset.enumerate`.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices(vec!["cat", "dog"])?.enumerate();
    /// assert_eq!(ds.element_spec().to_string(), "(int64 (), string ())");
    /// assert_eq!(ds.at(1)?.scalar::<i64>(0)?, 1);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn enumerate(&self) -> Dataset {
        self.enumerate_from(0)
    }

    /// As [`enumerate`](Dataset::enumerate), counted from `start`: its `start`
    /// argument.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::range(5..8).enumerate_from(100);
    /// assert_eq!(ds.at(2)?.scalar::<i64>(0)?, 102);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn enumerate_from(&self, start: i64) -> Dataset {
        let before = &self.node;
        let access = access_over!(before, numbered_all(before.examples(), start), input => Enumerate { input, start });
        let step = match start {
            0 => "enumerate()".to_owned(),
            start => format!("enumerate({start})"),
        };
        let mut node = Node::step(before, step, access);
        let number = Structure::Leaf(TensorSpec::new(DType::Int64, []));
        node.spec = ElementSpec::new(Structure::Tuple(vec![
            number,
            before.spec.structure().clone(),
        ]));
        // A batch's number is not one for each of its rows.
        node.batched = false;
        self.then(node)
    }
}

fn numbered(number: i64, value: Value) -> Value {
    Structure::Tuple(vec![Structure::Leaf(Tensor::from(number)), value])
}

impl RandomAccess for Enumerate<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let value = self.input.get(index, epoch)?;
        Ok(numbered(self.start.wrapping_add(index as i64), value))
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let numbers: Array1<i64> = rows
            .iter()
            .map(|row| self.start.wrapping_add(row as i64))
            .collect();
        let values = self.input.stack(rows, epoch)?;
        Ok(Structure::Tuple(vec![
            Structure::Leaf(Tensor::from(numbers)),
            values,
        ]))
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        let first = self.start.wrapping_add(range.start as i64);
        number_all(Arc::clone(&self.input).open(range, run), first)
    }
}

impl Sequential for Enumerate<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        number_all(self.input.open(run), self.start)
    }
}

fn numbered_all(examples: Vec<Value>, start: i64) -> Vec<Value> {
    let numbers = (0..).map(|i| start.wrapping_add(i));
    let numbered_value = |(number, value)| numbered(number, value);
    numbers.zip(examples).map(numbered_value).into_list()
}

fn number_all(pass: Pass, first: i64) -> Pass {
    let mut number = first;
    sifted(pass, move |_, value| {
        let value = value.map(|value| numbered(number, value));
        number = number.wrapping_add(1);
        Some(value)
    })
}
