//! Where data sets begin.
//!
//! - here: arrays and NumPy's files
//! - `numbers`: ranges and counters
//! - `generator`: closures and iterators
//! - `listed`: elements kept one by one
//! - `images/`: folders of pictures
//! - `list_files`: the names of files; `pattern`: which of them match
//! - `entries`: what lies in a folder
//! - `mix`: elements of several data sets, chosen at random or by another

mod entries;
mod generator;
#[cfg(feature = "image")]
mod images;
mod list_files;
mod listed;
mod mix;
mod numbers;
mod pattern;

use std::collections::HashSet;
use std::path::Path;

use super::node::{Access, Node, RandomAccess, Value};
use super::{Cardinality, Dataset, ElementSpec, IntoStructure, Names, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{Opened, Rows, Shape, Tensor, open_npy, open_npz};

#[cfg(feature = "image")]
pub use images::{ColorMode, ImageFolder, Labels};
pub use list_files::IntoPatterns;
pub(super) use listed::Listed;
pub use mix::SampleFrom;

/// Arrays, in memory or standing on files, cut along their first axis.
struct Slices {
    arrays: Structure<Opened>,
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
        Dataset::slices(components.into_structure())
    }

    fn slices(components: Structure<Tensor>) -> Result<Dataset> {
        let arrays = components.map_into(&mut Opened::Memory);
        Dataset::from_arrays(arrays, "from_tensor_slices".to_owned())
    }

    /// The entries along the first axis of the array in a `.npy` file:
    /// `from_tensor_slices(np.load(path))`.
    ///
    /// A file of up to 64 MiB is read whole. Of a larger one nothing is read but the
    /// header: rows are read from it when they are asked for, so it may be larger than
    /// memory and opens at once. It is kept open, and one that changes meanwhile
    /// is an error of the element; one that takes its place under its name is another
    /// file, and does no harm. Fortran's order and either byte order will do, and
    /// strings of fixed width (`<U8`, `S8`) and `float16`.
    ///
    /// # Errors
    ///
    /// - the file is missing, truncated or no `.npy` file ([`Error::is_file`])
    /// - it holds Python objects, dates or structures ([`Error::is_dtype`])
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
        Dataset::open_array(path.as_ref())
    }

    fn open_array(path: &Path) -> Result<Dataset> {
        let array = Structure::Leaf(open_npy(path)?);
        Dataset::from_arrays(array, format!("from_npy({})", path.display()))
            .map_err(|err| err.context(path.display()))
    }

    /// The arrays of a `.npz` archive as named components, in the archive's
    /// order: `from_tensor_slices(dict(np.load(path)))`.
    ///
    /// Large members that are not compressed stay in the file, as in
    /// [`from_npy`](Dataset::from_npy); compressed ones are read whole.
    /// [`Tensor::from_npz`](crate::Tensor::from_npz) reads arrays of any lengths.
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
        Dataset::open_archive(path.as_ref())
    }

    fn open_archive(path: &Path) -> Result<Dataset> {
        let arrays = open_npz(path)?.into_iter();
        let arrays = arrays.map(|(name, array)| (name, Structure::Leaf(array)));
        let arrays = Structure::Dict(arrays.into_list());
        Dataset::from_arrays(arrays, format!("from_npz({})", path.display()))
            .map_err(|err| err.context(path.display()))
    }

    fn from_arrays(arrays: Structure<Opened>, origin: String) -> Result<Dataset> {
        check_lengths(&arrays)?;
        Ok(Dataset::new(opened_node(arrays, origin), Names::default()))
    }

    /// Rows that are known to agree in length.
    pub(super) fn from_rows(arrays: Structure<Tensor>, names: Names) -> Dataset {
        Dataset::sliced(arrays, names, "from_tensor_slices".to_owned())
    }

    fn sliced(arrays: Structure<Tensor>, names: Names, origin: String) -> Dataset {
        Dataset::new(sliced_node(arrays, origin), names)
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

/// The rows of arrays that are known to agree in length.
pub(super) fn sliced_node(arrays: Structure<Tensor>, origin: String) -> Node {
    opened_node(arrays.map_into(&mut Opened::Memory), origin)
}

fn opened_node(arrays: Structure<Opened>, origin: String) -> Node {
    let first = arrays.leaves().into_iter().next();
    let len = first
        .and_then(|array| array.shape().first().copied())
        .unwrap_or(0);
    let spec = ElementSpec::new(arrays.map(&mut spec_of)).without_first_axis();
    Node::source(
        origin,
        spec,
        Cardinality::Finite(len),
        Access::random(Slices { arrays }),
    )
}

fn spec_of(array: &Opened) -> TensorSpec {
    match array {
        Opened::Memory(tensor) => TensorSpec::of(tensor),
        Opened::File(file) => {
            let shape: Vec<Option<usize>> = file.shape().iter().copied().map(Some).into_list();
            TensorSpec::new(file.dtype(), shape)
        }
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

fn check_lengths(arrays: &Structure<Opened>) -> Result<()> {
    check_names(arrays)?;
    let (leaves, names) = (arrays.leaves(), arrays.leaf_names());
    let shown = |i: usize| format!("'{}' of shape {}", names[i], Shape(leaves[i].shape()));
    if let Some(i) = leaves.iter().position(|array| array.shape().is_empty()) {
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
        self.arrays.try_map(&mut |array| array.row(index))
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        self.arrays.try_map(&mut |array| array.rows(rows))
    }

    fn component(&self, component: usize, rows: &Rows, _epoch: u64) -> Result<Tensor> {
        self.arrays.leaves()[component].rows(rows)
    }

    fn in_memory(&self) -> bool {
        self.arrays
            .leaves()
            .into_iter()
            .all(|array| matches!(array, Opened::Memory(_)))
    }
}
