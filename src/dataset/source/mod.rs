//! Where data sets begin.
//!
//! - here: arrays and NumPy's files
//! - `numbers`: ranges and counters
//! - `generator`: closures and iterators
//! - `listed`: elements kept one by one
//! - `mix`: elements of several data sets, chosen at random or by another

mod generator;
mod listed;
mod mix;
mod numbers;

use std::collections::HashSet;
use std::path::Path;

use super::node::{Access, Node, RandomAccess, Value};
use super::{Cardinality, Dataset, ElementSpec, IntoStructure, Names, Structure};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Shape, Tensor, read_npy, read_npz};

pub(super) use listed::Listed;
pub use mix::SampleFrom;

/// Arrays cut along their first axis.
struct Slices {
    arrays: Structure<Tensor>,
}

impl Dataset {
    /// One element for each entry along the arrays' first axis, as
    /// `tf.data.Dataset.from_tensor_slices`.
    ///
    /// Takes an array, a tuple of arrays, named arrays ([`dict!`](crate::dict)),
    /// or any nesting of these; see [`IntoStructure`]. Owned and shared arrays
    /// (`ArcArray`) are not copied; references and views are. Where TensorFlow
    /// sorts the keys of a dictionary, the order given is kept.
    ///
    /// # Errors
    ///
    /// All but the last are [`Error::is_shape`] and state the shapes:
    /// - the first axes differ in length
    /// - a component has no axis to cut (a scalar)
    /// - there are no components
    /// - two components have one name ([`Error::is_name`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{Array1, Array2};
    ///
    /// let (x, y) = (Array2::<f32>::zeros((150, 4)), Array1::<i64>::zeros(149));
    /// assert_eq!(
    ///     Dataset::from_tensor_slices((x, y)).unwrap_err().to_string(),
    ///     "expected components of equal length, but found '0' of shape (150, 4) and '1' of shape (149,)",
    /// );
    /// ```
    pub fn from_tensor_slices(components: impl IntoStructure) -> Result<Dataset> {
        Dataset::from_structure(components.into_structure(), "from_tensor_slices".to_owned())
    }

    /// The entries along the first axis of the array in a `.npy` file:
    /// `from_tensor_slices(np.load(path))`.
    ///
    /// # Errors
    ///
    /// - the file is missing, truncated or no `.npy` file ([`Error::is_file`])
    /// - it holds dates, Python objects or structures ([`Error::is_dtype`])
    /// - the array is a scalar ([`Error::is_shape`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
    /// assert_eq!(iris.element_spec().to_string(), "float64 (4,)");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_npy(path: impl AsRef<Path>) -> Result<Dataset> {
        let path = path.as_ref();
        let array = Structure::Leaf(read_npy(path)?);
        Dataset::from_structure(array, format!("from_npy({})", path.display()))
            .map_err(|err| err.context(path.display()))
    }

    /// The arrays of a `.npz` archive as named components, in the archive's
    /// order: `from_tensor_slices(dict(np.load(path)))`.
    ///
    /// # Errors
    ///
    /// As [`from_npy`](Dataset::from_npy), naming the member; and the arrays
    /// differ in length ([`Error::is_shape`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// assert_eq!(
    ///     digits.element_spec().to_string(),
    ///     "{'images': uint8 (8, 8), 'labels': int64 ()}",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_npz(path: impl AsRef<Path>) -> Result<Dataset> {
        let path = path.as_ref();
        let arrays = read_npz(path)?.into_structure();
        Dataset::from_structure(arrays, format!("from_npz({})", path.display()))
            .map_err(|err| err.context(path.display()))
    }

    fn from_structure(arrays: Structure<Tensor>, origin: String) -> Result<Dataset> {
        check_lengths(&arrays)?;
        Ok(Dataset::sliced(arrays, Names::default(), origin))
    }

    /// Rows that are known to agree in length.
    pub(super) fn from_rows(arrays: Structure<Tensor>, names: Names) -> Dataset {
        Dataset::sliced(arrays, names, "from_tensor_slices".to_owned())
    }

    fn sliced(arrays: Structure<Tensor>, names: Names, origin: String) -> Dataset {
        Dataset::new(Dataset::sliced_node(arrays, origin), names)
    }

    pub(super) fn sliced_node(arrays: Structure<Tensor>, origin: String) -> Node {
        let len = (arrays.leaves().first())
            .and_then(|array| array.shape().first().copied())
            .unwrap_or(0);
        let spec = ElementSpec::of(&arrays).without_first_axis();
        let access = Access::random(Slices { arrays });
        Node::source(origin, spec, Cardinality::Finite(len), access)
    }

    /// One element, the arrays whole, as `tf.data.Dataset.from_tensors`.
    ///
    /// # Errors
    ///
    /// As [`from_tensor_slices`](Dataset::from_tensor_slices), but lengths may
    /// differ, and scalars are elements too.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::Array2;
    ///
    /// let ds = Dataset::from_tensors((Array2::<f32>::zeros((150, 4)), 7_i64))?;
    /// assert_eq!(ds.len()?, 1);
    /// assert_eq!(ds.element_spec().to_string(), "(float32 (150, 4), int64 ())");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_tensors(components: impl IntoStructure) -> Result<Dataset> {
        let whole = components.into_structure();
        check_names(&whole)?;
        let one = whole.map(&mut Tensor::with_first_axis);
        Ok(Dataset::sliced(
            one,
            Names::default(),
            "from_tensors".to_owned(),
        ))
    }
}

/// There are components, and no two have one name.
pub(super) fn check_names<T>(components: &Structure<T>) -> Result<()> {
    let names = components.leaf_names();
    if names.is_empty() {
        return Err(
            Error::shape("expected at least one array, but found no components")
                .coded("empty_structure"),
        );
    }
    let mut seen = HashSet::new();
    match names.iter().find(|name| !seen.insert(*name)) {
        None => Ok(()),
        Some(name) => Err(Error::name(format!(
            "expected every name once, but found two components named '{name}'"
        ))),
    }
}

fn check_lengths(arrays: &Structure<Tensor>) -> Result<()> {
    check_names(arrays)?;
    let (leaves, names) = (arrays.leaves(), arrays.leaf_names());
    let shown = |i: usize| format!("'{}' of shape {}", names[i], Shape(leaves[i].shape()));
    if let Some(i) = leaves.iter().position(|array| array.ndim() == 0) {
        return Err(Error::shape(format!(
            "expected arrays of at least one axis to cut elements from, but found {}; give it an axis of length 1, or repeat it for each element",
            shown(i)
        ))
        .coded("rank"));
    }
    match leaves
        .iter()
        .position(|array| array.shape()[0] != leaves[0].shape()[0])
    {
        None => Ok(()),
        Some(i) => Err(Error::shape(format!(
            "expected components of equal length, but found {} and {}",
            shown(0),
            shown(i)
        ))
        .coded("shape_mismatch")),
    }
}

impl RandomAccess for Slices {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        Ok(self.arrays.map(&mut |array| array.row(index)))
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        Ok(self.arrays.map(&mut |array| array.rows(rows)))
    }

    fn in_memory(&self) -> bool {
        true
    }
}
