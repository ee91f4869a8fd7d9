//! What iteration yields, and typed access to its components.

use std::fmt;

use ndarray::{ArcArray, Dimension};

use super::{Dataset, ElementSpec, IntoStructure, Names, Structure};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::printed;
use crate::tensor::{Scalar, Tensor};

/// Names a component or a feature: by position from 0, or by name.
///
/// ```
/// use ndsight::Key;
///
/// assert_eq!(Key::from(1), Key::Index(1));
/// assert_eq!(Key::from("label"), Key::Name("label".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A position, counted from 0.
    Index(usize),
    /// A name.
    Name(String),
}

/// The name, or the number.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Index(index) => write!(f, "{index}"),
            Key::Name(name) => f.write_str(name),
        }
    }
}

impl From<usize> for Key {
    fn from(index: usize) -> Key {
        Key::Index(index)
    }
}

impl From<&str> for Key {
    fn from(name: &str) -> Key {
        Key::Name(name.to_owned())
    }
}

impl From<String> for Key {
    fn from(name: String) -> Key {
        Key::Name(name)
    }
}

impl From<&String> for Key {
    fn from(name: &String) -> Key {
        Key::Name(name.clone())
    }
}

impl Key {
    /// Finds the key among `names`; `what` says what they name ("component").
    pub(crate) fn find(&self, names: &[String], what: &str) -> Result<usize> {
        match self {
            Key::Index(index) if *index < names.len() => Ok(*index),
            Key::Index(index) => Err(Error::name(format!(
                "there is no {what} {index}; there {}, counted from 0",
                match names.len() {
                    1 => "is 1".to_owned(),
                    n => format!("are {n}"),
                }
            ))),
            Key::Name(name) => names.iter().position(|known| known == name).ok_or_else(|| {
                Error::name(format!(
                    "there is no {what} named '{name}'; the {what}s are {}",
                    quoted(names)
                ))
            }),
        }
    }
}

/// The most names that a message lists before it cuts the list short.
const LISTED: usize = 20;

pub(crate) fn quoted(names: &[String]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(LISTED)
        .map(|name| format!("'{name}'"))
        .into_list();
    match names.len() {
        0 => "none".to_owned(),
        n if n > LISTED => format!("{} and {} more", shown.join(", "), n - LISTED),
        _ => shown.join(", "),
    }
}

/// One element of a [`Dataset`]: its components, in their structure. An element
/// of a batched data set is a batch: the first axis of every component counts
/// its rows.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
/// use ndarray::{array, ArcArray2};
///
/// let ds = Dataset::from_tensor_slices((array![[1.0, 2.0], [3.0, 4.0]], array!["a", "b"]))?;
///
/// let element = ds.at(0)?;
/// assert_eq!(element.scalar::<String>(1)?, "a");
///
/// let batch = ds.batch(2)?.at(0)?;
/// let x: ArcArray2<f64> = batch.array(0)?;
/// assert_eq!(x, array![[1.0, 2.0], [3.0, 4.0]]);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone)]
pub struct Element {
    structure: Structure<Tensor>,
    batched: bool,
    names: Names,
}

impl Element {
    pub(super) fn new(structure: Structure<Tensor>, batched: bool, names: Names) -> Element {
        Element {
            structure,
            batched,
            names,
        }
    }

    /// The component named or numbered `key` (depth first, from 0).
    ///
    /// # Errors
    ///
    /// There is no such component ([`Error::is_name`]); the message lists those
    /// there are.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    ///
    /// let ds = Dataset::from_tensor_slices(dict! { "x": vec![1.5], "y": vec![2] })?;
    /// assert_eq!(
    ///     ds.at(0)?.component("z").unwrap_err().to_string(),
    ///     "there is no component named 'z'; the components are 'x', 'y'",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn component(&self, key: impl Into<Key>) -> Result<&Tensor> {
        self.component_of(&key.into())
    }

    fn component_of(&self, key: &Key) -> Result<&Tensor> {
        let index = key.find(&self.structure.leaf_names(), "component")?;
        Ok(self.structure.leaves()[index])
    }

    /// A component that is a data set itself: a window.
    ///
    /// # Errors
    ///
    /// There is no such component ([`Error::is_name`]), or it is none
    /// ([`Error::is_dtype`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let windows = Dataset::range(0..5).window(2)?;
    /// assert_eq!(windows.at(2)?.dataset(0)?.len()?, 1);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn dataset(&self, key: impl Into<Key>) -> Result<Dataset> {
        self.typed(key.into(), Dataset::from_window)
    }

    /// A component as an `ndarray` array, sharing its memory; see
    /// [`Tensor::array`].
    ///
    /// # Errors
    ///
    /// There is no such component, or it has another type or rank.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{array, Ix1};
    ///
    /// let ds = Dataset::from_tensor_slices(array![[1.0, 2.0], [3.0, 4.0]])?;
    /// assert_eq!(ds.at(1)?.array::<f64, Ix1>(0)?, array![3.0, 4.0]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn array<T: Scalar, D: Dimension>(&self, key: impl Into<Key>) -> Result<ArcArray<T, D>> {
        self.typed(key.into(), Tensor::array)
    }

    /// A component of one value; see [`Tensor::scalar`].
    ///
    /// # Errors
    ///
    /// There is no such component, or it has another type or several values.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices((vec![0.5], vec![7_i64]))?;
    /// assert_eq!(ds.at(0)?.scalar::<i64>(1)?, 7);
    /// assert_eq!(
    ///     ds.at(0)?.scalar::<i64>(0).unwrap_err().to_string(),
    ///     "component '0': expected an array of int64, but found float64 of shape (); ask for it as f64",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn scalar<T: Scalar>(&self, key: impl Into<Key>) -> Result<T> {
        self.typed(key.into(), Tensor::scalar)
    }

    fn typed<R>(&self, key: Key, read: impl Fn(&Tensor) -> Result<R>) -> Result<R> {
        let names = self.structure.leaf_names();
        let index = key.find(&names, "component")?;
        read(self.structure.leaves()[index])
            .map_err(|err| err.context(format_args!("component '{}'", names[index])))
    }

    /// The components in their arrangement.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices((vec![1], vec![2]))?;
    /// assert!(matches!(ds.at(0)?.structure(), Structure::Tuple(parts) if parts.len() == 2));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn structure(&self) -> &Structure<Tensor> {
        &self.structure
    }

    /// The components in their arrangement, by value.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices(vec![1, 2])?;
    /// assert_eq!(ds.at(1)?.into_structure(), Structure::Leaf(Tensor::from(2)));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn into_structure(self) -> Structure<Tensor> {
        self.structure
    }

    /// The parts of a tuple or of named components, with their names; none of a
    /// single component.
    pub(super) fn parts(&self) -> Vec<(String, Element)> {
        let part = |name: String, part: &Structure<Tensor>| {
            let element = Element::new(part.clone(), self.batched, self.names.clone());
            (name, element)
        };
        match &self.structure {
            Structure::Leaf(_) => Vec::new(),
            Structure::Tuple(parts) => {
                let parts = parts.iter().enumerate();
                parts
                    .map(|(i, value)| part(i.to_string(), value))
                    .into_list()
            }
            Structure::Dict(parts) => {
                let parts = parts.iter();
                parts
                    .map(|(key, value)| part(key.clone(), value))
                    .into_list()
            }
        }
    }

    /// Whether this is a batch: the first axis counts rows.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
    /// assert!(ds.batch(2)?.at(0)?.is_batch());
    /// assert!(!ds.at(0)?.is_batch());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_batch(&self) -> bool {
        self.batched
    }

    /// Types and shapes of the components of this element.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
    /// assert_eq!(ds.batch(2)?.at(1)?.spec().to_string(), "int32 (1,)");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn spec(&self) -> ElementSpec {
        ElementSpec::of(&self.structure)
    }

    /// The rows of a batch as a data set; of any other element, a data set of
    /// that one. So every plot of a data set is also one of a batch.
    ///
    /// ```
    /// # use ndsight::*;
    /// let ds = Dataset::from_tensor_slices(vec![1, 2, 3])?;
    /// assert_eq!(ds.batch(2)?.at(0)?.to_dataset().cardinality(), Cardinality::Finite(2));
    /// assert_eq!(ds.at(0)?.to_dataset().cardinality(), Cardinality::Finite(1));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn to_dataset(&self) -> Dataset {
        let rows = match self.batched {
            true => self.structure.clone(),
            false => self.structure.map(&mut Tensor::with_first_axis),
        };
        Dataset::from_rows(rows, self.names.clone())
    }
}

impl IntoStructure for Element {
    fn into_structure(self) -> Structure<Tensor> {
        self.structure
    }
}

impl IntoStructure for &Element {
    fn into_structure(self) -> Structure<Tensor> {
        self.structure.clone()
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.batched { "Batch" } else { "Element" };
        let parts = match f.alternate() {
            true => format!("{:#?}", self.structure),
            false => format!("{:?}", self.structure),
        };
        let parts = printed::lines(&parts);
        f.debug_tuple(name).field(&format_args!("{parts}")).finish()
    }
}
