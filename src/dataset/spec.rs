//! What is known of a data set before iteration: types, shapes, size.

use std::fmt;

use super::Structure;
use crate::tensor::{DType, Tensor};

/// Type and shape of one component, as `tf.TensorSpec`.
///
/// # Example
///
/// ```
/// use ndsight::{DType, Dataset, Structure};
///
/// let ds = Dataset::from_tensor_slices(vec![0.5_f32, 1.5])?;
/// let Structure::Leaf(spec) = ds.batch(2)?.element_spec().structure().clone() else {
///     unreachable!("one array gives one component")
/// };
/// assert_eq!(spec.dtype(), DType::Float32);
/// assert_eq!(spec.shape(), [None]);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorSpec {
    dtype: DType,
    shape: Vec<Option<usize>>,
}

impl TensorSpec {
    pub(crate) fn new(dtype: DType, shape: Vec<Option<usize>>) -> Self {
        TensorSpec { dtype, shape }
    }

    /// The spec of this very tensor: every length known.
    pub(crate) fn of(tensor: &Tensor) -> Self {
        TensorSpec::new(
            tensor.dtype(),
            tensor.shape().iter().copied().map(Some).collect(),
        )
    }

    /// The element type.
    ///
    /// ```
    /// # use ndsight::*;
    /// # let ds = Dataset::from_tensor_slices(vec![true])?;
    /// assert_eq!(ds.element_spec().components()[0].dtype(), DType::Bool);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// The length of each axis; `None` where elements differ, as the first axis
    /// of batches does (the last batch may be smaller).
    ///
    /// ```
    /// # use ndsight::*;
    /// # let ds = Dataset::from_tensor_slices(ndarray::Array2::<u8>::zeros((4, 3)))?;
    /// assert_eq!(ds.element_spec().components()[0].shape(), [Some(3)]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn shape(&self) -> &[Option<usize>] {
        &self.shape
    }

    pub(crate) fn with_first_axis(&self, length: Option<usize>) -> Self {
        let shape = [&[length], self.shape.as_slice()].concat();
        TensorSpec::new(self.dtype, shape)
    }

    fn without_first_axis(&self) -> Self {
        TensorSpec::new(self.dtype, self.shape.iter().skip(1).copied().collect())
    }
}

/// `float32 (None, 28, 28)`, with Python's notation of shapes.
impl fmt::Display for TensorSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.dtype, self.shape_text())
    }
}

impl TensorSpec {
    pub(crate) fn shape_text(&self) -> String {
        let axes: Vec<String> = self
            .shape
            .iter()
            .map(|axis| axis.map_or("None".to_owned(), |n| n.to_string()))
            .collect();
        match axes.as_slice() {
            [one] => format!("({one},)"),
            all => format!("({})", all.join(", ")),
        }
    }
}

/// Types and shapes of an element, in its structure.
///
/// Its text is `float32 (5,)` for one component, and Python's notation of tuples
/// and dictionaries around such for several.
///
/// ```
/// use ndsight::{Dataset, dict};
///
/// let ds = Dataset::from_tensor_slices(dict! { "x": vec![1.5], "y": vec!["a"] })?;
/// assert_eq!(ds.element_spec().to_string(), "{'x': float64 (), 'y': string ()}");
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ElementSpec(Structure<TensorSpec>);

impl ElementSpec {
    pub(crate) fn new(structure: Structure<TensorSpec>) -> Self {
        ElementSpec(structure)
    }

    /// The arrangement of the components.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices((vec![1], vec![2]))?;
    /// assert!(matches!(ds.element_spec().structure(), Structure::Tuple(parts) if parts.len() == 2));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn structure(&self) -> &Structure<TensorSpec> {
        &self.0
    }

    /// The components, depth first.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices((vec![1_u8], vec!["a"]))?;
    /// assert_eq!(ds.element_spec().components()[1].dtype(), DType::String);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn components(&self) -> Vec<&TensorSpec> {
        self.0.leaves()
    }

    /// The components' names, depth first: keys and positions joined by dots.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices(dict! { "x": (vec![1], vec![2]), "y": vec![3] })?;
    /// assert_eq!(ds.element_spec().names(), ["x.0", "x.1", "y"]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn names(&self) -> Vec<String> {
        self.0.leaf_names()
    }

    pub(crate) fn with_first_axis(&self, length: Option<usize>) -> Self {
        ElementSpec(self.0.map(&mut |spec| spec.with_first_axis(length)))
    }

    pub(crate) fn without_first_axis(&self) -> Self {
        ElementSpec(self.0.map(&mut TensorSpec::without_first_axis))
    }
}

impl fmt::Display for ElementSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_structure(&self.0, f)
    }
}

fn write_structure(structure: &Structure<TensorSpec>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match structure {
        Structure::Leaf(spec) => write!(f, "{spec}"),
        Structure::Tuple(parts) => {
            f.write_str("(")?;
            for (i, part) in parts.iter().enumerate() {
                f.write_str(if i == 0 { "" } else { ", " })?;
                write_structure(part, f)?;
            }
            f.write_str(if parts.len() == 1 { ",)" } else { ")" })
        }
        Structure::Dict(parts) => {
            f.write_str("{")?;
            for (i, (key, part)) in parts.iter().enumerate() {
                write!(f, "{}'{key}': ", if i == 0 { "" } else { ", " })?;
                write_structure(part, f)?;
            }
            f.write_str("}")
        }
    }
}

/// How many elements a data set has, as `tf.data.Dataset.cardinality`.
///
/// ```
/// use ndsight::{Cardinality, Dataset};
///
/// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
/// assert_eq!(ds.skip(1).cardinality(), Cardinality::Finite(2));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cardinality {
    /// So many elements.
    Finite(usize),
}

impl fmt::Display for Cardinality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cardinality::Finite(1) => f.write_str("1 element"),
            Cardinality::Finite(n) => write!(f, "{n} elements"),
        }
    }
}
