//! Elements that the user's own code makes.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::examples::spec_of;
use super::super::function::{called, check_output};
use super::super::node::{Access, Node, Pass, Sequential, Value};
use super::super::pass::pass_of;
use super::super::run::Run;
use super::super::{Cardinality, Dataset, ElementSpec, IntoOutput, Names};
use crate::error::{Error, Result};
use crate::list::IntoList;

type Begin = dyn Fn() -> Pass + Send + Sync;

struct Generator {
    begin: Arc<Begin>,
    spec: ElementSpec,
}

/// As many elements are made to learn their types.
const LOOKED_AT: usize = 2;

impl Dataset {
    /// The items of the iterator that `generator` returns, which is called anew for
    /// each pass: `tf.data.Dataset.from_generator`. An item is anything that a
    /// closure given to [`map`](Dataset::map) may return; one that is an `Err`
    /// is an element that failed.
    ///
    /// Types and shapes are those of the first two items, so a pass is begun when
    /// the data set is made. Where later items have axes of other lengths, or the
    /// first items are slow to come, state them with
    /// [`from_generator_with_spec`](Dataset::from_generator_with_spec).
    ///
    /// # Errors
    ///
    /// - there are no items to learn types from ([`Error::is_value`])
    /// - the first items fail ([`Error::is_function`]) or differ in type or
    ///   structure
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let squares = Dataset::from_generator(|| (0_i64..).map(|i| (i, i * i)))?;
    /// assert_eq!(squares.element_spec().to_string(), "(int64 (), int64 ())");
    /// let last = squares.take(4).iter().last().expect("four elements")?;
    /// assert_eq!(last.scalar::<i64>(1)?, 9);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_generator<I, G>(generator: G) -> Result<Dataset>
    where
        I: IntoIterator<Item: IntoOutput, IntoIter: Send + 'static>,
        G: Fn() -> I + Send + Sync + 'static,
    {
        generated(begin(generator))
    }

    /// As [`from_generator`](Dataset::from_generator), with the types and shapes of
    /// the items stated: its `output_signature`. An item of another kind is an
    /// element that failed.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{DType, Dataset, TensorSpec};
    ///
    /// let spec = TensorSpec::new(DType::Int64, [None]);
    /// let ds = Dataset::from_generator_with_spec(spec, || (0..3).map(|n| vec![7_i64; n]));
    /// assert_eq!(ds.element_spec().to_string(), "int64 (None,)");
    /// assert_eq!(ds.iter().count(), 3);
    /// ```
    pub fn from_generator_with_spec<I, G>(spec: impl Into<ElementSpec>, generator: G) -> Dataset
    where
        I: IntoIterator<Item: IntoOutput, IntoIter: Send + 'static>,
        G: Fn() -> I + Send + Sync + 'static,
    {
        with_spec(begin(generator), spec.into(), Vec::new())
    }

    /// The items of an iterator; each pass goes over a clone of it. Otherwise as
    /// [`from_generator`](Dataset::from_generator).
    ///
    /// # Errors
    ///
    /// As [`from_generator`](Dataset::from_generator).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let lines = "3,4\n5,6".lines().map(|line| line.to_owned());
    /// assert_eq!(Dataset::from_iterator(lines)?.iter().count(), 2);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_iterator<I>(iterator: I) -> Result<Dataset>
    where
        I: IntoIterator<Item: IntoOutput>,
        I::IntoIter: Clone + Send + 'static,
    {
        // The lock only makes a clone of what need not be shared otherwise.
        let iterator = Mutex::new(iterator.into_iter());
        let clone = move || {
            iterator
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        };
        generated(begin(clone))
    }
}

fn begin<I, G>(generator: G) -> Arc<Begin>
where
    I: IntoIterator<Item: IntoOutput, IntoIter: Send + 'static>,
    G: Fn() -> I + Send + Sync + 'static,
{
    Arc::new(move || {
        let made = called(|| Ok(generator().into_iter()));
        match made {
            Ok(items) => Box::new(Items { items: Some(items) }),
            Err(err) => Box::new(std::iter::once(Err(err))),
        }
    })
}

/// The user's items; after a panic there are no more.
struct Items<I> {
    items: Option<I>,
}

impl<I: Iterator<Item: IntoOutput>> Iterator for Items<I> {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        let items = self.items.as_mut()?;
        match called(|| Ok(items.next())) {
            Ok(item) => item.map(|item| called(|| item.into_output())),
            Err(panic) => {
                self.items = None;
                Some(Err(panic))
            }
        }
    }
}

fn generated(begin: Arc<Begin>) -> Result<Dataset> {
    let named = |err: Error| err.context("from_generator");
    let first: Vec<Value> = begin().take(LOOKED_AT).try_into_list().map_err(named)?;
    let spec = spec_of(&first).map_err(named)?.ok_or_else(|| {
        Error::value("expected at least one item to learn the types from, but found none; state them with from_generator_with_spec")
    })?;
    Ok(with_spec(begin, spec, first))
}

fn with_spec(begin: Arc<Begin>, spec: ElementSpec, examples: Vec<Value>) -> Dataset {
    let generator = Generator {
        begin,
        spec: spec.clone(),
    };
    let access = Access::sequential(generator, examples);
    let node = Node::source("from_generator", spec, Cardinality::Unknown, access);
    Dataset::new(node, Names::default())
}

impl Sequential for Generator {
    fn open(&self, run: &Run) -> Pass {
        let (run, spec) = (run.clone(), self.spec.clone());
        let mut stopped = false;
        let mut items = (self.begin)().enumerate();
        pass_of(move || {
            if stopped {
                return None;
            }
            if let Err(err) = run.spend() {
                stopped = true;
                return Some(Err(err));
            }
            let (index, item) = items.next()?;
            let value = match item {
                Ok(value) => value,
                Err(err) => {
                    return Some(Err(
                        err.context(format_args!("from_generator: element {index}"))
                    ));
                }
            };
            Some(check_output(&spec, &value, "from_generator", index).map(|()| value))
        })
    }
}
