//! Data sets in the manner of `tf.data`, over arrays.
//!
//! - `structure`: one component, tuples and named components, nested
//! - `spec`: types, shapes and sizes known before iteration
//! - `element`: what iteration yields, and typed access to its components
//! - `node`: a step of a pipeline, and the two ways to reach its elements
//! - `pass`, `run`: how passes are made, and what one is told when it begins
//! - `source/`: where data sets begin: arrays, files, numbers, closures
//! - `step/`: one file for each family of steps
//! - `subset/`: splits, samples, selections, sorting
//! - `function`, `from_element`, `examples`: closures given to steps, what they take
//!   and return, and what they are tried on
//! - `terminal`: what ends a pipeline in a value
//! - `saved/`: data sets in files
//! - `blocks`: rows in blocks, for what goes over all of them once
//! - `iter`: elements in order
//! - `columns`: the rows laid out as arrays again, for plots and statistics
//! - `look`: some rows for a first look, as far as they can be read
//! - `listed_rows`: rows one by one, and single components of many
//! - `classes`: what classes are called, and their order
//! - `roles`: which component is the picture, the label, a feature
//! - `random`: numbers and orders that look random and depend on a seed alone

mod ahead;
mod blocks;
pub(crate) mod classes;
mod columns;
mod element;
mod examples;
mod from_element;
mod function;
mod iter;
mod laid;
mod listed_rows;
mod look;
mod node;
mod pass;
mod passes;
mod random;
mod roles;
mod run;
mod saved;
mod source;
mod spec;
mod step;
mod structure;
mod subset;
mod terminal;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::error::{Error, Result};
use node::Node;

pub(crate) use columns::{Columns, Extent, named_features};
pub(crate) use element::quoted;
pub use element::{Element, Key};
pub use from_element::{FromElement, IntoOutput, Outcome};
pub use iter::Iter;
pub(crate) use listed_rows::{Leading, ListedRows};
pub(crate) use look::{Look, Values};
pub(crate) use passes::{AllRows, Passes};
pub(crate) use random::Permutation;
pub(crate) use random::Random;
pub(crate) use roles::Feature;
#[cfg(feature = "image")]
pub use source::{ColorMode, ImageFolder, Labels};
pub use source::{IntoPatterns, SampleFrom};
pub use spec::{Cardinality, ElementSpec, TensorSpec};
pub use step::{
    BatchSizes, Buckets, IntoDatasets, PaddedBatch, RejectionResample, Shuffle, Window,
};
pub use structure::{IntoStructure, Structure};
pub use subset::Split;

/// A data set: elements of one structure, in order, each cut from arrays.
///
/// As in `tf.data`, an element is a tensor, a tuple of tensors, or named
/// tensors, and every step returns a new data set and computes nothing yet. All
/// data is shared, so a clone or a step costs next to nothing and the original
/// stays usable.
///
/// | sources | |
/// |---|---|
/// | [`from_tensor_slices`](Dataset::from_tensor_slices), [`from_tensors`](Dataset::from_tensors) | arrays cut along their first axis, or whole |
/// | [`from_npy`](Dataset::from_npy), [`from_npz`](Dataset::from_npz), [`from_images`](Dataset::from_images), [`list_files`](Dataset::list_files), [`load`](Dataset::load) | files, of any size |
/// | [`range`](Dataset::range), [`counter`](Dataset::counter) | whole numbers |
/// | [`from_generator`](Dataset::from_generator), [`from_iterator`](Dataset::from_iterator) | a closure's items |
/// | [`zip`](Dataset::zip), [`sample_from_datasets`](Dataset::sample_from_datasets), [`choose_from_datasets`](Dataset::choose_from_datasets) | other data sets |
///
/// | steps that keep random access | |
/// |---|---|
/// | [`take`](Dataset::take), [`skip`](Dataset::skip), [`shard`](Dataset::shard), [`repeat`](Dataset::repeat), [`concatenate`](Dataset::concatenate) | some elements, or more |
/// | [`shuffle`](Dataset::shuffle) | random order: of the whole, unless a buffer is asked for |
/// | [`map`](Dataset::map), [`map_parallel`](Dataset::map_parallel), [`enumerate`](Dataset::enumerate) | a closure's results, numbers |
/// | [`batch`](Dataset::batch), [`unbatch`](Dataset::unbatch), [`window`](Dataset::window) | elements put together and taken apart |
/// | [`cache`](Dataset::cache), [`prefetch`](Dataset::prefetch) | made once, made ahead |
/// | [`select`](Dataset::select), [`rename`](Dataset::rename) | some components or features, other names |
/// | [`split`](Dataset::split), [`sample`](Dataset::sample), [`sample_by`](Dataset::sample_by), [`sort_by`](Dataset::sort_by) | parts and orders that stay the same |
///
/// | steps whose elements come one after another | |
/// |---|---|
/// | [`filter`](Dataset::filter), [`take_while`](Dataset::take_while), [`unique`](Dataset::unique), [`ignore_errors`](Dataset::ignore_errors), [`rejection_resample`](Dataset::rejection_resample) | some elements |
/// | [`scan`](Dataset::scan), [`flat_map`](Dataset::flat_map), [`interleave`](Dataset::interleave) | closures with a memory, closures that make data sets |
/// | [`rebatch`](Dataset::rebatch), [`padded_batch`](Dataset::padded_batch), [`group_by_window`](Dataset::group_by_window), [`bucket_by_sequence_length`](Dataset::bucket_by_sequence_length) | other batches |
///
/// What random access is good for: [`at`](Dataset::at) reaches any element, and
/// `ds.shuffle(1).take(10)` reads ten, however many there are. After a step that takes
/// it away, [`collect`](Dataset::collect) brings it back.
///
/// | results | |
/// |---|---|
/// | [`iter`](Dataset::iter), [`at`](Dataset::at), [`get_single_element`](Dataset::get_single_element), [`array`](Dataset::array) | elements, arrays |
/// | [`len`](Dataset::len), [`cardinality`](Dataset::cardinality), [`element_spec`](Dataset::element_spec), [`reduce`](Dataset::reduce) | what is known, what a closure makes of all |
/// | [`save_npy`](Dataset::save_npy), [`save_npz`](Dataset::save_npz), [`save`](Dataset::save) | files for NumPy and for later |
///
/// Left as the last expression of a notebook cell it shows itself; its plots are
/// [`images`](Dataset::images), [`hist`](Dataset::hist) and
/// [`scatter`](Dataset::scatter).
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
/// use ndarray::{Array1, Array4, Ix3};
///
/// let images = Array4::<f32>::zeros((100, 32, 32, 3));
/// let labels = Array1::from_iter(0..100_i64);
/// let ds = Dataset::from_tensor_slices((images, labels))?;
///
/// for element in &ds.shuffle(1).take(10) {
///     let element = element?;
///     let image = element.array::<f32, Ix3>(0)?;
///     assert_eq!(image.shape(), [32, 32, 3]);
///     assert!(element.scalar::<i64>(1)? < 100);
/// }
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone)]
pub struct Dataset {
    node: Arc<Node>,
    names: Names,
    /// How many passes were begun: a shuffle may order each anew.
    passes: Arc<AtomicU64>,
}

/// What labels and features are called where the data do not say it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) classes: Option<Arc<[String]>>,
    pub(crate) features: Option<Arc<[String]>>,
}

impl Dataset {
    pub(crate) fn new(node: Node, names: Names) -> Dataset {
        Dataset {
            node: Arc::new(node),
            names,
            passes: Arc::default(),
        }
    }

    /// A step over this data set: the names go along.
    fn then(&self, node: Node) -> Dataset {
        Dataset::new(node, self.names.clone())
    }

    /// Types and shapes of an element, as `tf.data.Dataset.element_spec`.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::Array2;
    ///
    /// let ds = Dataset::from_tensor_slices(Array2::<f64>::zeros((100, 5)))?;
    /// assert_eq!(ds.element_spec().to_string(), "float64 (5,)");
    /// assert_eq!(ds.batch(32)?.element_spec().to_string(), "float64 (None, 5)");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn element_spec(&self) -> ElementSpec {
        self.node.spec.clone()
    }

    /// The number of elements, as `tf.data.Dataset.cardinality`.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Cardinality, Dataset};
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
    /// assert_eq!(ds.cardinality(), Cardinality::Finite(3));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn cardinality(&self) -> Cardinality {
        self.node.cardinality
    }

    /// What the integer labels 0, 1, … are called in titles and legends. Labels
    /// without a name stay numbers.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{array, Array3};
    ///
    /// let ds = Dataset::from_tensor_slices((Array3::<u8>::zeros((2, 8, 8)), array![0, 1]))?;
    /// let svg = ds.with_class_names(["cat", "dog"]).images().to_svg()?;
    /// assert!(svg.contains("Label: dog"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn with_class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Dataset {
        let mut named = self.clone();
        named.names.classes = Some(names.into_iter().map(Into::into).collect());
        named
    }

    /// What the features are called in titles, axes and `scatter("name", …)`, in
    /// their order.
    ///
    /// # Errors
    ///
    /// There are not as many names as features ([`Error::is_shape`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::Array2;
    ///
    /// let ds = Dataset::from_tensor_slices(Array2::<f64>::zeros((10, 2)))?;
    /// let ds = ds.with_feature_names(["width", "height"])?;
    /// assert!(ds.hist().to_svg()?.contains("height"));
    /// assert_eq!(
    ///     ds.with_feature_names(["width"]).unwrap_err().to_string(),
    ///     "expected 2 feature names, one for each feature, but found 1",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn with_feature_names<S: Into<String>>(
        &self,
        names: impl IntoIterator<Item = S>,
    ) -> Result<Dataset> {
        let names: Arc<[String]> = names.into_iter().map(Into::into).collect();
        let expected = self.row_spec().features().len();
        if names.len() != expected {
            return Err(Error::shape(format!(
                "expected {expected} feature names, one for each feature, but found {}",
                names.len()
            )));
        }
        let mut named = self.clone();
        named.names.features = Some(names);
        Ok(named)
    }

    /// What the integer labels are called, if they have names.
    pub(crate) fn class_names(&self) -> Option<&[String]> {
        self.names.classes.as_deref()
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn is_batched(&self) -> bool {
        self.node.batched
    }

    /// The pipeline in words, source first.
    pub(crate) fn steps(&self) -> Vec<String> {
        self.node.steps()
    }

    /// The spec of one row: of an element, or of an entry of a batch.
    pub(crate) fn row_spec(&self) -> ElementSpec {
        match self.is_batched() {
            true => self.node.spec.without_first_axis(),
            false => self.node.spec.clone(),
        }
    }
}

impl std::fmt::Debug for Dataset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dataset({}, {})", self.cardinality(), self.node.spec)
    }
}
