//! One value for each row: a component of the data set, or values beside it.

use ndarray::{ArrayBase, Data, Dimension, RawData};

use crate::dataset::{Cardinality, Dataset, Extent, Key, Leading};
use crate::error::{Error, Result};
use crate::tensor::{Item, Share, Tensor};

/// Something for each row of a data set: one of its components, by name or number, or
/// values of their own in the order of the rows.
///
/// Made from what [`Images::predicted`](crate::Images::predicted) and its like are
/// given: `"name"` and `1` are components; a `Vec`, a slice, an array of Rust, an
/// `ndarray` array or a [`Tensor`] are values.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, dict};
/// use ndarray::{Array3, array};
///
/// let ds = Dataset::from_tensor_slices(dict! {
///     "image": Array3::<u8>::zeros((3, 8, 8)),
///     "label": array![0, 1, 1],
///     "guess": array![0, 1, 0],
/// })?;
/// let by_name = ds.images().predicted("guess").to_svg()?;
/// assert_eq!(ds.images().predicted(vec![0, 1, 0]).to_svg()?, by_name);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct PerRow(Given);

#[derive(Clone, Debug)]
enum Given {
    Component(Key),
    Values(Tensor),
}

macro_rules! keys {
    ($($type:ty),*) => {$(
        impl From<$type> for PerRow {
            fn from(key: $type) -> PerRow {
                PerRow(Given::Component(key.into()))
            }
        }
    )*};
}
keys!(Key, usize, &str, String, &String);

macro_rules! values {
    ($([$($generic:tt)*] $type:ty),* $(,)?) => {$(
        impl<$($generic)*> From<$type> for PerRow {
            fn from(values: $type) -> PerRow {
                PerRow(Given::Values(values.into()))
            }
        }
    )*};
}
values! {
    [] Tensor,
    [] &Tensor,
    [T: Item] Vec<T>,
    [T: Item] &Vec<T>,
    [T: Item] &[T],
    [T: Item, const N: usize] [T; N],
}

impl<S, D> From<ArrayBase<S, D>> for PerRow
where
    S: Share + RawData<Elem: Item>,
    D: Dimension,
{
    fn from(values: ArrayBase<S, D>) -> PerRow {
        PerRow(Given::Values(values.into()))
    }
}

impl<S, D> From<&ArrayBase<S, D>> for PerRow
where
    S: Data<Elem: Item>,
    D: Dimension,
{
    fn from(values: &ArrayBase<S, D>) -> PerRow {
        PerRow(Given::Values(values.into()))
    }
}

/// Where the values of rows are.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Component(usize),
    Values(Tensor),
}

impl PerRow {
    /// The component or the values.
    pub(super) fn source(&self, dataset: &Dataset) -> Result<Source> {
        Ok(match &self.0 {
            Given::Component(key) => {
                Source::Component(key.find(&dataset.row_spec().names(), "component")?)
            }
            Given::Values(values) => Source::Values(values.clone()),
        })
    }
}

impl Source {
    pub(super) fn component(&self) -> Option<usize> {
        match self {
            Source::Component(component) => Some(*component),
            Source::Values(_) => None,
        }
    }

    /// The values of the rows in `leading`, whose components are those numbered
    /// `which`; `what` says what the values are ("predictions").
    pub(super) fn of_rows(&self, leading: &Leading, which: &[usize], what: &str) -> Result<Tensor> {
        match self {
            Source::Component(component) => {
                let at = which.iter().position(|known| known == component);
                let found = at.and_then(|at| leading.components.get(at));
                found
                    .cloned()
                    .ok_or_else(|| Error::internal(format!("component {component} was not read")))
            }
            Source::Values(values) => first_of(values, leading, what),
        }
    }
}

/// Those of the rows that were read, if there is one for each row.
fn first_of(values: &Tensor, leading: &Leading, what: &str) -> Result<Tensor> {
    let found = values.shape().first().copied().unwrap_or(0);
    let (expected, fits) = match &leading.extent {
        Extent::All => (leading.len, found == leading.len),
        Extent::First(Cardinality::Finite(all)) => (*all, found == *all),
        _ => (leading.len, found >= leading.len),
    };
    if !fits || values.ndim() == 0 {
        return Err(Error::shape(format!(
            "expected {expected} {what}, one for each row, but found {found}"
        )));
    }
    Ok(values.rows(&crate::tensor::Rows::Range(0..leading.len)))
}
