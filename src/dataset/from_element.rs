//! What the closures given to `map` and its like may take and return.

use std::any::Any;
use std::fmt::Display;

use ndarray::{ArcArray, Array, Dimension};
use num_complex::Complex;

use super::{Dataset, Element, IntoStructure, Structure};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{F16, Scalar, Shape, Tensor};

/// What a closure given to [`map`](Dataset::map), [`filter`](Dataset::filter) and
/// their like may take: the element in the types that the closure names.
///
/// | parameter | is |
/// |---|---|
/// | `e: Element` | the element, with access by name or number |
/// | `x: i64`, `f32`, `bool`, `String`, … | a component of one value |
/// | `x: Array2<f32>`, `ArcArray1<u8>`, … | a component as an array: `Array` may copy, `ArcArray` shares |
/// | `x: Tensor` | a component of any type |
/// | `w: Dataset` | a window |
/// | `(x, y): (Array1<f32>, i64)` | the parts of a tuple, or of named components in their order |
/// | `s: Structure<Tensor>` | everything, as it is arranged |
///
/// A closure's parameter is written with its type, by which this trait is chosen.
/// Types are checked, not converted: an `i32` is no `i64`. The step says so when it
/// is made, and names both.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
/// use ndarray::{Array1, array};
///
/// let ds = Dataset::from_tensor_slices((array![[1.0, 2.0], [3.0, 4.0]], vec![0_i64, 1]))?;
/// let sums = ds.map(|(x, label): (Array1<f64>, i64)| (x.sum(), label))?;
/// assert_eq!(sums.at(1)?.scalar::<f64>(0)?, 7.0);
///
/// let err = ds.map(|(x, label): (Array1<f32>, i64)| (x.sum(), label)).unwrap_err();
/// assert_eq!(
///     err.to_string(),
///     "map: component '0': expected an array of float32, but found float64 of shape (2,); ask for it as f64",
/// );
/// # Ok::<(), ndsight::Error>(())
/// ```
pub trait FromElement: Sized {
    /// The element as this type.
    ///
    /// # Errors
    ///
    /// Its components have other types or another arrangement.
    fn from_element(element: Element) -> Result<Self>;
}

impl Element {
    /// The components in the types asked for: what a closure's parameter does, in a loop.
    /// See [`FromElement`].
    ///
    /// # Errors
    ///
    /// Its components have other types or another arrangement ([`Error::is_dtype`],
    /// [`Error::is_shape`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    /// use ndarray::{ArcArray2, array};
    ///
    /// let ds = Dataset::from_tensor_slices((array![[1.0], [2.0]], vec![7_i64, 8]))?;
    /// for batch in &ds.batch(2)? {
    ///     let (x, labels): (ArcArray2<f64>, ndarray::ArcArray1<i64>) = batch?.extract()?;
    ///     assert_eq!(x.nrows(), labels.len());
    /// }
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn extract<A: FromElement>(self) -> Result<A> {
        A::from_element(self)
    }
}

impl FromElement for Element {
    fn from_element(element: Element) -> Result<Self> {
        Ok(element)
    }
}

impl FromElement for Structure<Tensor> {
    fn from_element(element: Element) -> Result<Self> {
        Ok(element.into_structure())
    }
}

impl FromElement for Tensor {
    fn from_element(element: Element) -> Result<Self> {
        single(element)
    }
}

impl FromElement for Dataset {
    fn from_element(element: Element) -> Result<Self> {
        Dataset::from_window(&single(element)?)
    }
}

impl<T: Scalar, D: Dimension> FromElement for ArcArray<T, D> {
    fn from_element(element: Element) -> Result<Self> {
        single(element)?.array()
    }
}

impl<T: Scalar, D: Dimension> FromElement for Array<T, D> {
    fn from_element(element: Element) -> Result<Self> {
        single(element)?.into_array()
    }
}

/// The only component of an element that is not a tuple or a dictionary.
fn single(element: Element) -> Result<Tensor> {
    match element.into_structure() {
        Structure::Leaf(tensor) => Ok(tensor),
        other => Err(expected("one component", &other)),
    }
}

fn expected(what: &str, found: &Structure<Tensor>) -> Error {
    let shown = |tensor: &Tensor| format!("{} {}", tensor.dtype(), Shape(tensor.shape()));
    let (names, leaves) = (found.leaf_names(), found.leaves());
    let parts: Vec<String> = (names.iter().zip(leaves))
        .map(|(name, tensor)| format!("'{name}': {}", shown(tensor)))
        .into_list();
    Error::shape(format!(
        "expected {what}, but found {}",
        match found {
            Structure::Leaf(tensor) => shown(tensor),
            _ => format!("components {}", parts.join(", ")),
        }
    ))
    .coded("structure_mismatch")
}

macro_rules! scalars {
    ($($type:ty),* $(,)?) => {$(
        impl FromElement for $type {
            fn from_element(element: Element) -> Result<Self> {
                single(element)?.scalar()
            }
        }
    )*};
}

scalars! {
    bool, i8, i16, i32, i64, u8, u16, u32, u64, F16, f32, f64, Complex<f32>, Complex<f64>, String,
}

macro_rules! tuples {
    ($($count:literal ($($name:ident)+)),* $(,)?) => {$(
        impl<$($name: FromElement),+> FromElement for ($($name,)+) {
            fn from_element(element: Element) -> Result<Self> {
                let mut parts = parts(element, $count)?;
                Ok(($(part::<$name>(&mut parts)?,)+))
            }
        }
    )*};
}

tuples! {
    1 (A), 2 (A B), 3 (A B C), 4 (A B C D), 5 (A B C D E), 6 (A B C D E F), 7 (A B C D E F G),
    8 (A B C D E F G H),
}

/// The parts of a tuple or a dictionary, and their names. Boxed, as cells that take tuples
/// would compile how a list of them is dropped.
type Parts = Box<dyn Iterator<Item = (String, Element)>>;

/// Those of a tuple or a dictionary of `count` of them.
fn parts(element: Element, count: usize) -> Result<Parts> {
    let parts = element.parts();
    match parts.len() == count {
        true => Ok(Box::new(parts.into_iter())),
        false => {
            let what = format!("a tuple of {count}");
            Err(expected(&what, &element.into_structure()))
        }
    }
}

fn part<A: FromElement>(parts: &mut Parts) -> Result<A> {
    let (name, element) = next(parts)?;
    A::from_element(element).map_err(|err| of_component(err, &name))
}

fn next(parts: &mut Parts) -> Result<(String, Element)> {
    let short = || Error::internal("a tuple has fewer parts than were counted");
    parts.next().ok_or_else(short)
}

fn of_component(err: Error, name: &str) -> Error {
    err.context(format_args!("component '{name}'"))
}

/// What a closure given to [`map`](Dataset::map) may return: everything that
/// [`from_tensor_slices`](Dataset::from_tensor_slices) takes, and plain numbers,
/// truth values and strings; or a `Result` of one, whose error is that of the element.
pub trait IntoOutput {
    /// The components returned, or the error.
    ///
    /// # Errors
    ///
    /// Those of the closure, in its own words.
    fn into_output(self) -> Result<Structure<Tensor>>;
}

impl<T: IntoStructure> IntoOutput for T {
    fn into_output(self) -> Result<Structure<Tensor>> {
        Ok(self.into_structure())
    }
}

impl<T: IntoStructure, E: Display + 'static> IntoOutput for Result<T, E> {
    fn into_output(self) -> Result<Structure<Tensor>> {
        self.map(IntoStructure::into_structure).map_err(failed)
    }
}

/// A `T`, or a `Result` of one: what closures return whose result is a Rust value.
pub trait Outcome<T> {
    /// The value, or the error.
    ///
    /// # Errors
    ///
    /// Those of the closure, in its own words.
    fn outcome(self) -> Result<T>;
}

impl<T> Outcome<T> for T {
    fn outcome(self) -> Result<T> {
        Ok(self)
    }
}

impl<T, E: Display + 'static> Outcome<T> for Result<T, E> {
    fn outcome(self) -> Result<T> {
        self.map_err(failed)
    }
}

/// The crate's own errors keep the short name of their cause.
fn failed<E: Display + 'static>(err: E) -> Error {
    let failed = Error::function(err.to_string());
    let own: Option<&Error> = (&err as &dyn Any).downcast_ref();
    match own.map(Error::code) {
        None | Some("") => failed,
        Some(code) => failed.coded(code),
    }
}
