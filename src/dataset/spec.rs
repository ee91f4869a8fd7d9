//! What is known of a data set before iteration: types, shapes, size.

use std::fmt;

use super::{Dataset, Structure};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach};
use crate::printed;
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
/// assert_eq!(spec.shape(), Some(&[None][..]));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TensorSpec {
    dtype: DType,
    /// `None` where not even the rank is known.
    shape: Option<Vec<Option<usize>>>,
    /// Of the elements of a data set that is itself the component: a window.
    window: Option<Box<ElementSpec>>,
}

impl TensorSpec {
    /// A component of this type, with the length of each axis, or `None` for an
    /// axis whose length varies: `tf.TensorSpec(shape, dtype)`.
    ///
    /// ```
    /// use ndsight::{DType, TensorSpec};
    ///
    /// let spec = TensorSpec::new(DType::UInt8, [None, Some(28)]);
    /// assert_eq!(spec.to_string(), "uint8 (None, 28)");
    /// ```
    pub fn new(dtype: DType, shape: impl Into<Vec<Option<usize>>>) -> Self {
        TensorSpec {
            dtype,
            shape: Some(shape.into()),
            window: None,
        }
    }

    /// A component of this type whose number of axes varies.
    ///
    /// ```
    /// use ndsight::{DType, TensorSpec};
    ///
    /// assert_eq!(TensorSpec::of_any_shape(DType::Int64).shape(), None);
    /// ```
    pub fn of_any_shape(dtype: DType) -> Self {
        TensorSpec {
            dtype,
            shape: None,
            window: None,
        }
    }

    /// The spec of this very tensor: every length known.
    pub(crate) fn of(tensor: &Tensor) -> Self {
        let shape: Vec<Option<usize>> = tensor.shape().iter().copied().map(Some).into_list();
        let window = match tensor.dtype() {
            DType::Variant => Dataset::from_window(tensor).ok(),
            _ => None,
        };
        TensorSpec {
            window: window.map(|dataset| Box::new(dataset.element_spec())),
            ..TensorSpec::new(tensor.dtype(), shape)
        }
    }

    /// A component that is a data set of such elements.
    pub(crate) fn of_window(elements: ElementSpec) -> Self {
        TensorSpec {
            window: Some(Box::new(elements)),
            ..TensorSpec::new(DType::Variant, [])
        }
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

    /// The length of each axis; `None` for one where elements differ, as the
    /// first axis of batches does (the last batch may be smaller), and for the
    /// whole where elements differ in rank.
    ///
    /// ```
    /// # use ndsight::*;
    /// # let ds = Dataset::from_tensor_slices(ndarray::Array2::<u8>::zeros((4, 3)))?;
    /// assert_eq!(ds.element_spec().components()[0].shape(), Some(&[Some(3)][..]));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn shape(&self) -> Option<&[Option<usize>]> {
        self.shape.as_deref()
    }

    /// What the elements of a window are, where the component is one.
    pub fn window(&self) -> Option<&ElementSpec> {
        self.window.as_deref()
    }

    pub(crate) fn with_first_axis(&self, length: Option<usize>) -> Self {
        let shape = self.shape.as_ref();
        TensorSpec {
            shape: shape.map(|shape| [&[length], shape.as_slice()].concat()),
            ..self.clone()
        }
    }

    pub(crate) fn without_first_axis(&self) -> Self {
        let shape = self.shape.as_ref();
        TensorSpec {
            shape: shape.map(|shape| shape.iter().skip(1).copied().collect()),
            ..self.clone()
        }
    }

    /// The length of the first axis, where there is one and it is known.
    pub(crate) fn first_axis(&self) -> Option<usize> {
        self.shape.as_ref()?.first().copied().flatten()
    }

    /// Whether it is a single value.
    pub(crate) fn is_single(&self) -> bool {
        self.shape.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether there is an axis to cut along, as far as is known.
    pub(crate) fn has_axis(&self) -> bool {
        self.shape.as_ref().is_none_or(|shape| !shape.is_empty())
    }

    /// Bytes of one such component, where type and shape say them.
    pub(crate) fn bytes(&self) -> Option<usize> {
        let mut axes = self.shape.as_ref()?.iter();
        axes.try_fold(self.dtype.size()?, |bytes, axis| {
            bytes.checked_mul((*axis)?)
        })
    }

    /// The narrowest spec that covers both, which are of one type.
    fn cover(&self, other: &TensorSpec) -> Result<TensorSpec> {
        if self.dtype != other.dtype {
            return Err(
                Error::dtype(format!("expected {self}, but found {other}")).coded("type_mismatch")
            );
        }
        let shape = match (&self.shape, &other.shape) {
            (Some(a), Some(b)) if a.len() == b.len() => {
                Some(a.map_zipped(b, |(a, b)| if a == b { *a } else { None }))
            }
            _ => None,
        };
        let window = match (&self.window, &other.window) {
            (Some(a), Some(b)) => Some(Box::new(a.cover(b)?)),
            _ => None,
        };
        Ok(TensorSpec {
            dtype: self.dtype,
            shape,
            window,
        })
    }

    /// Whether `tensor` is such a component.
    fn admits(&self, tensor: &Tensor) -> bool {
        let shape = self.shape.as_ref().is_none_or(|shape| {
            let found = tensor.shape();
            shape.len() == found.len()
                && shape
                    .iter()
                    .zip(found)
                    .all(|(a, b)| a.is_none_or(|a| a == *b))
        });
        self.dtype == tensor.dtype() && shape
    }
}

/// `float32 (None, 28, 28)`, with Python's notation of shapes; a window is
/// `Dataset(…)` around what its elements are.
impl fmt::Display for TensorSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.window {
            Some(elements) => write!(f, "Dataset({elements})"),
            None => write!(f, "{} {}", self.dtype, self.shape_text()),
        }
    }
}

impl TensorSpec {
    /// The type in words; of a window, that of its elements too.
    pub(crate) fn dtype_text(&self) -> String {
        match &self.window {
            Some(_) => self.to_string(),
            None => self.dtype.to_string(),
        }
    }

    pub(crate) fn shape_text(&self) -> String {
        let Some(shape) = &self.shape else {
            return "(…)".to_owned();
        };
        let axes: Vec<String> =
            shape.map_each(|axis| axis.map_or("None".to_owned(), |n| n.to_string()));
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
    /// Components of these types in this arrangement. One component and tuples of
    /// up to eight also become a spec by `into()`.
    ///
    /// ```
    /// use ndsight::{DType, ElementSpec, TensorSpec};
    ///
    /// let x = TensorSpec::new(DType::Float32, [None]);
    /// let y = TensorSpec::new(DType::Int64, []);
    /// let spec = ElementSpec::from((x, y));
    /// assert_eq!(spec.to_string(), "(float32 (None,), int64 ())");
    /// ```
    pub fn new(structure: Structure<TensorSpec>) -> Self {
        ElementSpec(structure)
    }

    /// The spec of these very tensors.
    pub(crate) fn of(value: &Structure<Tensor>) -> Self {
        ElementSpec(value.map(&mut TensorSpec::of))
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

    /// The narrowest spec that covers both; an error where structures or types
    /// differ, which names both.
    pub(crate) fn cover(&self, other: &ElementSpec) -> Result<ElementSpec> {
        if !self.0.is_like(&other.0) {
            return Err(
                Error::shape(format!("expected elements {self}, but found {other}"))
                    .coded("structure_mismatch"),
            );
        }
        let mut others = other.0.leaves().into_iter();
        let covered = self.0.try_map(&mut |spec| match others.next() {
            Some(other) => spec.cover(other),
            None => Ok(spec.clone()),
        });
        covered.map(ElementSpec)
    }

    /// The narrowest spec that covers all; none for no specs.
    pub(crate) fn cover_all(specs: impl IntoIterator<Item = ElementSpec>) -> Result<Option<Self>> {
        let mut specs = specs.into_iter();
        let Some(first) = specs.next() else {
            return Ok(None);
        };
        specs
            .try_fold(first, |all, spec| all.cover(&spec))
            .map(Some)
    }

    /// Whether `value` is such an element.
    pub(crate) fn admits(&self, value: &Structure<Tensor>) -> bool {
        match (&self.0, value) {
            (Structure::Leaf(spec), Structure::Leaf(tensor)) => spec.admits(tensor),
            _ => {
                let (specs, tensors) = (self.0.leaves(), value.leaves());
                self.0.is_like(value) && specs.iter().zip(&tensors).all(|(s, t)| s.admits(t))
            }
        }
    }

    /// Bytes of one such element, where types and shapes say them.
    pub(crate) fn bytes(&self) -> Option<usize> {
        let mut specs = self.0.leaves().into_iter();
        specs.try_fold(0_usize, |all, spec| all.checked_add(spec.bytes()?))
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
                let comma = if i == 0 { "" } else { ", " };
                write!(f, "{comma}'{}': ", printed::line(key))?;
                write_structure(part, f)?;
            }
            f.write_str("}")
        }
    }
}

impl From<TensorSpec> for ElementSpec {
    fn from(spec: TensorSpec) -> Self {
        ElementSpec(Structure::Leaf(spec))
    }
}

impl From<Structure<TensorSpec>> for ElementSpec {
    fn from(structure: Structure<TensorSpec>) -> Self {
        ElementSpec(structure)
    }
}

macro_rules! tuples {
    ($(($($name:ident)+)),* $(,)?) => {$(
        impl<$($name: Into<ElementSpec>),+> From<($($name,)+)> for ElementSpec {
            #[allow(non_snake_case)]
            fn from(($($name,)+): ($($name,)+)) -> Self {
                ElementSpec(Structure::Tuple(vec![$($name.into().0),+]))
            }
        }
    )*};
}

tuples! {
    (A), (A B), (A B C), (A B C D), (A B C D E), (A B C D E F), (A B C D E F G), (A B C D E F G H),
}

impl<K: Into<String>, V: Into<ElementSpec>, const N: usize> From<[(K, V); N]> for ElementSpec {
    fn from(parts: [(K, V); N]) -> Self {
        let parts = parts
            .into_iter()
            .map(|(key, spec)| (key.into(), spec.into().0));
        ElementSpec(Structure::Dict(parts.into_list()))
    }
}

/// How many elements a data set has, as `tf.data.Dataset.cardinality`.
///
/// ```
/// use ndsight::{Cardinality, Dataset};
///
/// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
/// assert_eq!(ds.skip(1).cardinality(), Cardinality::Finite(2));
/// assert_eq!(ds.repeat(None).cardinality(), Cardinality::Infinite);
/// assert_eq!(ds.filter(|x: i32| x > 1)?.cardinality(), Cardinality::Unknown);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cardinality {
    /// So many elements.
    Finite(usize),
    /// No end.
    Infinite,
    /// Only iteration can tell.
    Unknown,
}

impl Cardinality {
    /// The number, where there is one and it is known.
    pub(crate) fn finite(self) -> Option<usize> {
        match self {
            Cardinality::Finite(n) => Some(n),
            _ => None,
        }
    }

    /// What a step makes of it that turns `n` elements into `f(n)`.
    pub(crate) fn map(self, f: impl FnOnce(usize) -> usize) -> Cardinality {
        match self {
            Cardinality::Finite(n) => Cardinality::Finite(f(n)),
            other => other,
        }
    }

    /// What a step makes of it whose number of elements depends on what they are.
    pub(crate) fn unknown_unless_empty(self) -> Cardinality {
        match self {
            Cardinality::Finite(0) => self,
            _ => Cardinality::Unknown,
        }
    }

    /// How many elements can be taken from such a data set, an endless one
    /// counted as the most that an index can be.
    pub(crate) fn reach(self) -> usize {
        self.finite().unwrap_or(usize::MAX)
    }
}

impl fmt::Display for Cardinality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cardinality::Finite(1) => f.write_str("1 element"),
            Cardinality::Finite(n) => write!(f, "{n} elements"),
            Cardinality::Infinite => f.write_str("endless"),
            Cardinality::Unknown => f.write_str("number of elements unknown"),
        }
    }
}
