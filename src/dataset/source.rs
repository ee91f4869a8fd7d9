//! Where data sets begin: arrays and NumPy's files.

use std::collections::HashSet;
use std::path::Path;

use super::{Dataset, ElementSpec, IntoStructure, Names, RandomAccess, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Shape, Tensor, read_npy, read_npz};

/// Arrays cut along their first axis.
struct Slices {
    arrays: Structure<Tensor>,
    spec: ElementSpec,
    len: usize,
    /// What the chain of steps calls this source.
    origin: String,
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
    /// - its type is not one of bool, the integers, float32 and float64
    ///   ([`Error::is_dtype`])
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
        let len = arrays
            .leaves()
            .first()
            .and_then(|array| array.shape().first().copied())
            .unwrap_or(0);
        let spec = ElementSpec::new(arrays.map(&mut TensorSpec::of)).without_first_axis();
        Dataset::new(
            Slices {
                arrays,
                spec,
                len,
                origin,
            },
            names,
        )
    }
}

fn check_lengths(arrays: &Structure<Tensor>) -> Result<()> {
    let (leaves, names) = (arrays.leaves(), arrays.leaf_names());
    let shown = |i: usize| format!("'{}' of shape {}", names[i], Shape(leaves[i].shape()));
    if leaves.is_empty() {
        return Err(Error::shape(
            "expected at least one array, but found no components",
        ));
    }
    let mut seen = HashSet::new();
    if let Some(name) = names.iter().find(|name| !seen.insert(*name)) {
        return Err(Error::name(format!(
            "expected every name once, but found two components named '{name}'"
        )));
    }
    if let Some(i) = leaves.iter().position(|array| array.ndim() == 0) {
        return Err(Error::shape(format!(
            "expected arrays of at least one axis to cut elements from, but found {}; give it an axis of length 1, or repeat it for each element",
            shown(i)
        )));
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
        ))),
    }
}

impl RandomAccess for Slices {
    fn spec(&self) -> &ElementSpec {
        &self.spec
    }

    fn len(&self) -> usize {
        self.len
    }

    fn get(&self, index: usize) -> Result<Structure<Tensor>> {
        Ok(self.arrays.map(&mut |array| array.row(index)))
    }

    fn stack(&self, rows: &Rows) -> Result<Structure<Tensor>> {
        Ok(self.arrays.map(&mut |array| array.rows(rows)))
    }

    fn is_batched(&self) -> bool {
        false
    }

    fn describe(&self, steps: &mut Vec<String>) {
        steps.push(self.origin.clone());
    }
}
