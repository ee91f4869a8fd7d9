//! The columns of a data set, each summarised.

use super::categorical::CategoricalSummary;
use super::columns::{InBlocks, InMemory, columns};
use super::numeric::NumericSummary;
use crate::dataset::{Columns, Dataset, ElementSpec, Extent, Key, Look, Names};
use crate::error::{Error, Result};
use crate::tensor::{DType, Tensor};

/// Each column of a data set summarised: `pandas.DataFrame.describe` of a data set.
///
/// Made by [`Dataset::describe`]. Columns are the features (each number of a vector is
/// one), the label, other words, and components of higher rank as a whole: all pixels of
/// all images are one column. On a cell's last line it shows itself as a table.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
/// let description = iris.describe()?;
/// assert_eq!(description.rows(), 150);
/// assert_eq!(description.numeric("features 1")?.median(), Some(5.8));
/// assert_eq!(description.categorical("labels")?.unique(), 3);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    pub(crate) columns: Vec<ColumnDescription>,
    pub(crate) rows: usize,
    pub(crate) extent: Extent,
}

/// One column of a [`Description`].
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDescription {
    pub(crate) name: String,
    pub(crate) dtype: DType,
    /// The type in words, which say what windows hold.
    pub(crate) dtype_text: String,
    /// Of a row of the component, in words.
    pub(crate) shape: String,
    pub(crate) component: usize,
    /// Which number of a vector.
    pub(crate) position: Option<usize>,
    pub(crate) role: Role,
    pub(crate) kind: Kind,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Feature,
    Label,
    Image,
    Other,
}

/// What is known of a column's values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Numeric(Box<NumericSummary>),
    Categorical(CategoricalSummary),
    /// Complex numbers, windows: there is no order to summarise.
    Opaque,
}

impl Dataset {
    /// Each column summarised, exactly: all values are read.
    ///
    /// What takes more than a gigabyte, or has an unknown number of elements beyond that, is
    /// read block by block, each component two or three times, and hardly more than 100 MB
    /// of it are held at once.
    ///
    /// # Errors
    ///
    /// An element fails, or there is no end ([`Error::is_value`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1.0, 2.0, 3.0, f64::NAN])?;
    /// let description = ds.describe()?;
    /// let numbers = description.columns()[0].numeric().unwrap();
    /// assert_eq!((numbers.count(), numbers.missing()), (3, 1));
    /// assert_eq!((numbers.mean(), numbers.std()), (Some(2.0), Some(1.0)));
    /// assert_eq!(numbers.quartiles(), Some([1.5, 2.0, 2.5]));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn describe(&self) -> Result<Description> {
        if let Some(rows) = self.rows_that_fit()? {
            return Ok(Description::of_rows(&rows));
        }
        let columns = columns(&self.row_spec(), self.names(), &InBlocks(self))?;
        Ok(Description {
            rows: self.count_rows()?,
            columns,
            extent: Extent::All,
        })
    }
}

/// A card describes all of so many values that lie in memory, some tenths of a second's
/// work, and a sample of more.
const QUICK_VALUES: usize = 100_000_000;

impl Description {
    /// Of all rows where one pass over them is quick, or else of those looked at.
    pub(crate) fn at_a_look(dataset: &Dataset, look: &Look) -> Description {
        if let Some(rows) = dataset.rows_in_memory(QUICK_VALUES) {
            return Description::of_rows(&rows);
        }
        let tensor = |i: usize| look.components[i].stacked().cloned();
        Description {
            columns: in_memory(&look.spec, &look.names, tensor),
            rows: look.len,
            extent: look.extent.clone(),
        }
    }

    fn of_rows(rows: &Columns) -> Description {
        let tensor = |i: usize| Some(rows.components[i].clone());
        Description {
            columns: in_memory(&rows.spec, &rows.names, tensor),
            rows: rows.len,
            extent: rows.extent.clone(),
        }
    }

    /// How many rows were described.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// All columns, in the order of the components.
    pub fn columns(&self) -> &[ColumnDescription] {
        &self.columns
    }

    /// The column of this name or number.
    ///
    /// # Errors
    ///
    /// There is none ([`Error::is_name`]); the names are listed.
    pub fn column(&self, key: impl Into<Key>) -> Result<&ColumnDescription> {
        let names: Vec<String> = self.columns.iter().map(|c| c.name.clone()).collect();
        let index = key.into().find(&names, "column")?;
        Ok(&self.columns[index])
    }

    /// What is known of the numbers of this column.
    ///
    /// # Errors
    ///
    /// There is no such column ([`Error::is_name`]), or it holds no numbers
    /// ([`Error::is_dtype`]).
    pub fn numeric(&self, key: impl Into<Key>) -> Result<&NumericSummary> {
        let column = self.column(key)?;
        column
            .numeric()
            .ok_or_else(|| column.other("numbers", "categorical"))
    }

    /// What is known of the classes of this column.
    ///
    /// # Errors
    ///
    /// There is no such column ([`Error::is_name`]), or it holds no classes
    /// ([`Error::is_dtype`]).
    pub fn categorical(&self, key: impl Into<Key>) -> Result<&CategoricalSummary> {
        let column = self.column(key)?;
        column
            .categorical()
            .ok_or_else(|| column.other("classes", "numeric"))
    }
}

impl ColumnDescription {
    /// The column's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of its values.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// What is known of its numbers; `None` of labels and words.
    pub fn numeric(&self) -> Option<&NumericSummary> {
        match &self.kind {
            Kind::Numeric(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// What is known of its classes; `None` of numbers that are no labels.
    pub fn categorical(&self) -> Option<&CategoricalSummary> {
        match &self.kind {
            Kind::Categorical(classes) => Some(classes),
            _ => None,
        }
    }

    pub(crate) fn is_opaque(&self) -> bool {
        self.kind == Kind::Opaque
    }

    fn other(&self, expected: &str, way_out: &str) -> Error {
        let found = match self.kind {
            Kind::Numeric(_) => "numbers",
            Kind::Categorical(_) => "classes",
            Kind::Opaque => {
                return Error::dtype(format!(
                    "expected {expected} in column '{}', but {} cannot be summarised",
                    self.name, self.dtype
                ));
            }
        };
        Error::dtype(format!(
            "expected {expected} in column '{}', but found {found}: ask for {way_out}(\"{}\")",
            self.name, self.name
        ))
    }
}

/// The columns of rows in memory, which cannot fail to be read.
fn in_memory(
    spec: &ElementSpec,
    names: &Names,
    tensor: impl Fn(usize) -> Option<Tensor>,
) -> Vec<ColumnDescription> {
    columns(spec, names, &InMemory(tensor)).unwrap_or_default()
}
