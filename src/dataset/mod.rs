//! Data sets in the manner of `tf.data`, over arrays.
//!
//! - `structure`: one component, tuples and named components, nested
//! - `spec`: types, shapes and sizes known before iteration
//! - `element`: what iteration yields, and typed access to its components
//! - `source`: arrays and NumPy files
//! - `take`, `batch`, `shuffle` (with `permutation`): the steps
//! - `iter`: elements in order
//! - `columns`: the rows laid out as arrays again, for plots and statistics
//! - `roles`: which component is the picture, the label, a feature

mod batch;
mod columns;
mod element;
mod iter;
mod permutation;
mod roles;
mod shuffle;
mod source;
mod spec;
mod structure;
mod take;

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::tensor::{Rows, Tensor};

pub(crate) use columns::Columns;
pub use element::{Element, Key};
pub use iter::Iter;
pub(crate) use roles::Feature;
pub use spec::{Cardinality, ElementSpec, TensorSpec};
pub use structure::{IntoStructure, Structure};

/// A data set: elements of one structure, in order, each cut from arrays.
///
/// As in `tf.data`, an element is a tensor, a tuple of tensors, or named
/// tensors, and every step returns a new data set and computes nothing yet. All
/// data is shared, so a clone or a step costs next to nothing and the original
/// stays usable.
///
/// | step | what it does | TensorFlow |
/// |---|---|---|
/// | [`take`](Dataset::take), [`skip`](Dataset::skip) | the first elements, or all after them | `take`, `skip` |
/// | [`batch`](Dataset::batch) | runs of elements stacked along a new first axis | `batch` |
/// | [`shuffle`](Dataset::shuffle) | the whole data set in random order | `shuffle(buffer_size=len)` |
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
    elements: Arc<dyn RandomAccess>,
    names: Names,
}

/// Elements that can be reached in any order. Steps wrap one another, each
/// translating positions for the one below, so that only what is asked for is
/// read.
pub(crate) trait RandomAccess: Send + Sync {
    fn spec(&self) -> &ElementSpec;

    /// The number of elements.
    fn len(&self) -> usize;

    /// The element at `index`, which the caller keeps below `len`.
    fn get(&self, index: usize) -> Result<Structure<Tensor>>;

    /// The elements at `rows`, all below `len`, stacked along a new first axis.
    fn stack(&self, rows: &Rows) -> Result<Structure<Tensor>> {
        let parts: Vec<Structure<Tensor>> =
            rows.iter().map(|i| self.get(i)).collect::<Result<_>>()?;
        Structure::zip_leaves(&parts, Tensor::stack)
    }

    /// Whether an element is a batch: its components' first axis counts rows.
    fn is_batched(&self) -> bool;

    /// Adds the pipeline's steps in words, source first.
    fn describe(&self, steps: &mut Vec<String>);
}

/// What labels and features are called where the data do not say it.
#[derive(Clone, Default)]
pub(crate) struct Names {
    pub(crate) classes: Option<Arc<[String]>>,
    pub(crate) features: Option<Arc<[String]>>,
}

impl Dataset {
    pub(crate) fn new(elements: impl RandomAccess + 'static, names: Names) -> Dataset {
        Dataset {
            elements: Arc::new(elements),
            names,
        }
    }

    /// A step over this data set: the names go along.
    fn then(&self, step: impl FnOnce(Arc<dyn RandomAccess>) -> Arc<dyn RandomAccess>) -> Dataset {
        Dataset {
            elements: step(Arc::clone(&self.elements)),
            names: self.names.clone(),
        }
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
        self.elements.spec().clone()
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
        Cardinality::Finite(self.elements.len())
    }

    /// The elements in order.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1_i64, 2, 3])?;
    /// let mut sum = 0;
    /// for element in ds.iter() {
    ///     sum += element?.scalar::<i64>(0)?;
    /// }
    /// assert_eq!(sum, 6);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn iter(&self) -> Iter {
        Iter::new(self.clone())
    }

    /// The element at `index`, as `tf.data.Dataset.random_at`.
    ///
    /// # Errors
    ///
    /// There is no such element ([`Error::is_value`]).
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
        let len = self.elements.len();
        if index >= len {
            return Err(Error::value(format!(
                "expected an index below {len}, the number of elements, but found {index}"
            )));
        }
        let structure = self.elements.get(index)?;
        Ok(Element::new(
            structure,
            self.elements.is_batched(),
            self.names.clone(),
        ))
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

    pub(crate) fn is_batched(&self) -> bool {
        self.elements.is_batched()
    }

    /// The pipeline in words, source first.
    pub(crate) fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        self.elements.describe(&mut steps);
        steps
    }

    /// The spec of one row: of an element, or of an entry of a batch.
    pub(crate) fn row_spec(&self) -> ElementSpec {
        let spec = self.elements.spec();
        if self.is_batched() {
            spec.without_first_axis()
        } else {
            spec.clone()
        }
    }
}

impl std::fmt::Debug for Dataset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Dataset({}, {})",
            self.cardinality(),
            self.elements.spec()
        )
    }
}
