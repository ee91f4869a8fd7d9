//! A closure applied to every element.

use std::ops::Range;
use std::sync::Arc;

use super::super::function::{Function, check_output};
use super::super::node::{
    Node, Pass, RandomAccess, Sequential, Value, access_over, stack_all, stack_each,
};
use super::super::pass::sifted;
use super::super::run::Run;
use super::super::{Dataset, Element, ElementSpec, FromElement, IntoOutput};
use super::parallel::{self, Work, Workers};
use crate::error::Result;
use crate::list::IntoList;
use crate::tensor::Rows;

/// What the closure makes of an element, checked against what it promised.
#[derive(Clone)]
struct Mapping {
    function: Function<Value>,
    spec: ElementSpec,
}

impl Mapping {
    fn apply(&self, value: Value, index: usize) -> Result<Value> {
        let output = self.function.call(value, index)?;
        check_output(&self.spec, &output, "map", index)?;
        Ok(output)
    }
}

struct Map<I> {
    input: I,
    mapping: Mapping,
    /// Where elements are mapped on several threads.
    workers: Option<Workers>,
}

impl Dataset {
    /// What `f` makes of each element, as `tf.data.Dataset.map`.
    ///
    /// [`FromElement`] says what `f` may take, [`IntoOutput`] what it may return: for
    /// images and labels `|(image, label): (Array3<u8>, i64)| (image / 2, label)`. Types
    /// and shapes of the result are learned by calling `f` on up to five elements
    /// when the step is made; where axes vary in a way that these do not show,
    /// state the spec with [`map_with_spec`](Dataset::map_with_spec).
    ///
    /// Elements are mapped when they are read, each time they are read: `f` should
    /// return the same each time, and [`cache`](Dataset::cache) keeps what was slow to
    /// make. Order, number and random access stay.
    ///
    /// # Errors
    ///
    /// - `f` takes other types than the elements have ([`Error::is_dtype`],
    ///   [`Error::is_shape`]), which is found when the step is made
    /// - `f` returns an error or panics for all that it is tried on, or its results
    ///   differ in type or structure
    ///
    /// An error or a panic of `f` later is an error of the element
    /// ([`Error::is_function`]), which names its number.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::Array2;
    ///
    /// let images = Array2::<u8>::from_elem((4, 28), 51);
    /// let ds = Dataset::from_tensor_slices((images, vec![3, 1, 4, 1]))?;
    /// let scaled = ds.map(|(row, label): (ndarray::Array1<u8>, i32)| {
    ///     (row.mapv(f32::from) / 255.0, label)
    /// })?;
    /// assert_eq!(scaled.element_spec().to_string(), "(float32 (28,), int32 ())");
    ///
    /// let checked = ds.map(|(_, label): (ndsight::Tensor, i32)| {
    ///     if label > 3 { Err(format!("label {label} is unknown")) } else { Ok(label) }
    /// })?;
    /// assert_eq!(checked.at(2).unwrap_err().to_string(), "map: element 2: label 4 is unknown");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    ///
    /// [`Error::is_dtype`]: crate::Error::is_dtype
    /// [`Error::is_shape`]: crate::Error::is_shape
    /// [`Error::is_function`]: crate::Error::is_function
    pub fn map<A: FromElement, R: IntoOutput>(
        &self,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        self.mapped(self.mapping(f), None, "map()".to_owned())
    }

    /// As [`map`](Dataset::map), on several threads; the order stays. As many elements
    /// are worked on at a time as `num_parallel_calls` says, or as the machine has
    /// cores for `None`.
    ///
    /// Threads live as long as the pass, or the batch, that they work for.
    ///
    /// # Errors
    ///
    /// As [`map`](Dataset::map); and `num_parallel_calls` is 0
    /// ([`Error::is_value`](crate::Error::is_value)).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Ix1, array};
    ///
    /// let squares = Dataset::range(0..4).map_parallel(2, |x: i64| x * x)?;
    /// assert_eq!(squares.array::<i64, Ix1>(0)?, array![0, 1, 4, 9]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn map_parallel<A: FromElement, R: IntoOutput>(
        &self,
        num_parallel_calls: impl Into<Option<usize>>,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Result<Dataset> {
        let workers = Workers::new(num_parallel_calls.into())?;
        let step = format!("map(on {} threads)", workers.count());
        self.mapped(self.mapping(f), Some(workers), step)
    }

    /// As [`map`](Dataset::map), with the types and shapes that `f` returns stated
    /// rather than learned: `f` is not called when the step is made. An element
    /// of another kind is an error of the element.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{DType, Dataset, TensorSpec};
    ///
    /// let ragged = Dataset::range(0..3)
    ///     .map_with_spec(TensorSpec::new(DType::Int64, [None]), |n: i64| vec![n; n as usize]);
    /// assert_eq!(ragged.at(2)?.array::<i64, ndarray::Ix1>(0)?.len(), 2);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn map_with_spec<A: FromElement, R: IntoOutput>(
        &self,
        spec: impl Into<ElementSpec>,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Dataset {
        let mapping = Mapping {
            function: self.mapping(f),
            spec: spec.into(),
        };
        self.mapped_as(mapping, false, Vec::new(), None, "map()".to_owned())
    }

    fn mapping<A: FromElement, R: IntoOutput>(
        &self,
        f: impl Fn(A) -> R + Send + Sync + 'static,
    ) -> Function<Value> {
        let call = move |element: Element| f(A::from_element(element)?).into_output();
        Function::new(self, "map", call)
    }

    fn mapped(
        &self,
        function: Function<Value>,
        workers: Option<Workers>,
        step: String,
    ) -> Result<Dataset> {
        let (spec, batched, outputs) = function.learn(&self.node)?;
        Ok(self.mapped_as(Mapping { function, spec }, batched, outputs, workers, step))
    }

    fn mapped_as(
        &self,
        mapping: Mapping,
        batched: bool,
        outputs: Vec<Value>,
        workers: Option<Workers>,
        step: String,
    ) -> Dataset {
        let before = &self.node;
        let spec = mapping.spec.clone();
        let access = access_over!(before, outputs, input => Map {
            input,
            mapping,
            workers,
        });
        let mut node = Node::step(before, step, access);
        (node.spec, node.batched) = (spec, batched);
        let mut mapped = self.then(node);
        mapped.forget_features_unless(self.features().len());
        mapped
    }
}

impl RandomAccess for Map<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        self.mapping.apply(self.input.get(index, epoch)?, index)
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let one = |index: usize| self.get(index, epoch);
        match self.workers {
            None => stack_each(rows, &one),
            Some(workers) => stack_all(&workers.all(&rows.iter().into_list(), &one)?),
        }
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        let Some(workers) = self.workers else {
            let pass = Arc::clone(&self.input).open(range.clone(), run);
            return applied(pass, self.mapping.clone(), range.start);
        };
        // The threads read too, which is the slow part of files.
        let run = run.clone();
        let tasks = range.map(move |index| -> Result<Work> {
            run.spend()?;
            let (this, epoch) = (Arc::clone(&self), run.epoch);
            Ok(Box::new(move || this.get(index, epoch)))
        });
        parallel::in_order(workers, Box::new(tasks))
    }
}

impl Sequential for Map<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        let (pass, mapping) = (self.input.open(run), self.mapping.clone());
        let Some(workers) = self.workers else {
            return applied(pass, mapping, 0);
        };
        let mapping = Arc::new(mapping);
        let tasks = pass.enumerate().map(move |(index, value)| -> Result<Work> {
            let (mapping, value) = (Arc::clone(&mapping), value?);
            Ok(Box::new(move || mapping.apply(value, index)))
        });
        parallel::in_order(workers, Box::new(tasks))
    }
}

fn applied(pass: Pass, mapping: Mapping, first: usize) -> Pass {
    sifted(pass, move |index, value| {
        Some(value.and_then(|value| mapping.apply(value, first + index)))
    })
}
