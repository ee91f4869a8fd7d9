//! How the components of an element are arranged: one, a tuple, or named ones,
//! as deep as wanted. `tf.nest` is the model.

use ndarray::{ArrayBase, Data, Dimension, RawData};
use num_complex::Complex;

use super::element::quoted;
use crate::error::{Error, Result};
use crate::list::{MapEach, MapInto};
use crate::tensor::{F16, Item, Share, Tensor, Variant};

/// One value, a tuple of structures, or named structures.
///
/// # Example
///
/// ```
/// use ndsight::{Structure, Tensor, dict};
///
/// let structure = dict! { "x": vec![1.0, 2.0], "y": vec![0, 1] };
/// let Structure::Dict(entries) = &structure else { unreachable!() };
/// assert_eq!(entries[0].0, "x");
/// assert_eq!(entries[1].1, Structure::Leaf(Tensor::from(vec![0, 1])));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Structure<T> {
    /// A single component.
    Leaf(T),
    /// Components told apart by position.
    Tuple(Vec<Structure<T>>),
    /// Components told apart by name, in the order given.
    Dict(Vec<(String, Structure<T>)>),
}

// Loops over trait objects: chains of iterators over closures would be compiled
// anew for every caller, and every notebook waits for them.
impl<T> Structure<T> {
    /// The components, depth first.
    pub(crate) fn leaves(&self) -> Vec<&T> {
        if let Structure::Leaf(leaf) = self {
            return vec![leaf];
        }
        let mut leaves = Vec::new();
        self.push_leaves(&mut leaves);
        leaves
    }

    fn push_leaves<'a>(&'a self, leaves: &mut Vec<&'a T>) {
        match self {
            Structure::Leaf(leaf) => leaves.push(leaf),
            Structure::Tuple(parts) => {
                for part in parts {
                    part.push_leaves(leaves);
                }
            }
            Structure::Dict(parts) => {
                for (_, part) in parts {
                    part.push_leaves(leaves);
                }
            }
        }
    }

    /// A name for each component: the keys and positions that lead to it, joined
    /// by dots; `"0"` for a single one.
    pub(crate) fn leaf_names(&self) -> Vec<String> {
        if let Structure::Leaf(_) = self {
            return vec!["0".to_owned()];
        }
        let mut names = Vec::new();
        self.push_names(None, &mut names);
        names
    }

    fn push_names(&self, path: Option<&str>, names: &mut Vec<String>) {
        match self {
            Structure::Leaf(_) => names.push(path.unwrap_or("0").to_owned()),
            Structure::Tuple(parts) => {
                for (i, part) in parts.iter().enumerate() {
                    part.push_names(Some(&below(path, &i.to_string())), names);
                }
            }
            Structure::Dict(parts) => {
                for (key, part) in parts {
                    part.push_names(Some(&below(path, key)), names);
                }
            }
        }
    }

    /// Whether both are arranged alike: tuples of one length, dictionaries of the
    /// same keys in the same order.
    pub(crate) fn is_like<U>(&self, other: &Structure<U>) -> bool {
        match (self, other) {
            (Structure::Leaf(_), Structure::Leaf(_)) => true,
            (Structure::Tuple(a), Structure::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_like(b))
            }
            (Structure::Dict(a), Structure::Dict(b)) => {
                a.len() == b.len()
                    && (a.iter().zip(b)).all(|((ka, a), (kb, b))| ka == kb && a.is_like(b))
            }
            _ => false,
        }
    }

    /// The same arrangement of `f`'s results.
    pub(crate) fn map<U>(&self, f: &mut dyn FnMut(&T) -> U) -> Structure<U> {
        match self {
            Structure::Leaf(leaf) => Structure::Leaf(f(leaf)),
            Structure::Tuple(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for part in parts {
                    mapped.push(part.map(f));
                }
                Structure::Tuple(mapped)
            }
            Structure::Dict(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for (key, part) in parts {
                    mapped.push((key.clone(), part.map(f)));
                }
                Structure::Dict(mapped)
            }
        }
    }

    /// The same arrangement of `f`'s results up to the first error.
    pub(crate) fn try_map<U>(&self, f: &mut dyn FnMut(&T) -> Result<U>) -> Result<Structure<U>> {
        Ok(match self {
            Structure::Leaf(leaf) => Structure::Leaf(f(leaf)?),
            Structure::Tuple(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for part in parts {
                    mapped.push(part.try_map(f)?);
                }
                Structure::Tuple(mapped)
            }
            Structure::Dict(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for (key, part) in parts {
                    mapped.push((key.clone(), part.try_map(f)?));
                }
                Structure::Dict(mapped)
            }
        })
    }

    /// The same arrangement of what `f` makes of the leaves it is given.
    pub(crate) fn map_into<U>(self, f: &mut dyn FnMut(T) -> U) -> Structure<U> {
        match self {
            Structure::Leaf(leaf) => Structure::Leaf(f(leaf)),
            Structure::Tuple(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for part in parts {
                    mapped.push(part.map_into(f));
                }
                Structure::Tuple(mapped)
            }
            Structure::Dict(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for (key, part) in parts {
                    mapped.push((key, part.map_into(f)));
                }
                Structure::Dict(mapped)
            }
        }
    }

    /// The same arrangement of `f`'s results, which may change what it is given.
    pub(crate) fn map_mut<U>(&mut self, f: &mut dyn FnMut(&mut T) -> U) -> Structure<U> {
        match self {
            Structure::Leaf(leaf) => Structure::Leaf(f(leaf)),
            Structure::Tuple(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for part in parts {
                    mapped.push(part.map_mut(f));
                }
                Structure::Tuple(mapped)
            }
            Structure::Dict(parts) => {
                let mut mapped = Vec::with_capacity(parts.len());
                for (key, part) in parts {
                    mapped.push((key.clone(), part.map_mut(f)));
                }
                Structure::Dict(mapped)
            }
        }
    }
}

/// The path one step further down.
fn below(path: Option<&str>, key: &str) -> String {
    match path {
        Some(path) => format!("{path}.{key}"),
        None => key.to_owned(),
    }
}

impl Structure<Tensor> {
    /// Joins structures of one arrangement component by component: `f` gets the
    /// first component of every part, then the second of every part, and so on.
    pub(crate) fn zip_leaves(
        parts: &[Structure<Tensor>],
        f: &dyn Fn(&[Tensor]) -> Result<Tensor>,
    ) -> Result<Structure<Tensor>> {
        let Some(first) = parts.first() else {
            return f(&[]).map(Structure::Leaf);
        };
        if let [Structure::Leaf(_), ..] = parts
            && let Some(leaves) = all_leaves(parts)
        {
            return f(&leaves).map(Structure::Leaf);
        }
        if let Some(other) = parts.iter().find(|part| !part.is_like(first)) {
            return Err(Error::shape(format!(
                "expected elements of one structure to join, but found components {} and {}",
                quoted(&first.leaf_names()),
                quoted(&other.leaf_names())
            ))
            .coded("structure_mismatch"));
        }
        let leaves: Vec<Vec<&Tensor>> = parts.map_each(Structure::leaves);
        let mut next = 0..;
        first.try_map(&mut |_| {
            let i = next.next().unwrap_or(0);
            let column: Vec<Tensor> = leaves.map_each(|leaves| leaves[i].clone());
            f(&column)
        })
    }
}

/// The components of parts that are all single ones.
fn all_leaves(parts: &[Structure<Tensor>]) -> Option<Vec<Tensor>> {
    let leaf = |part: &Structure<Tensor>| match part {
        Structure::Leaf(leaf) => Some(leaf.clone()),
        _ => None,
    };
    parts.iter().map(leaf).collect()
}

impl<T> Structure<Structure<T>> {
    /// Takes away the border between an arrangement and those at its leaves.
    pub(crate) fn flatten(self) -> Structure<T> {
        match self {
            Structure::Leaf(inner) => inner,
            Structure::Tuple(parts) => {
                let mut flat = Vec::with_capacity(parts.len());
                for part in parts {
                    flat.push(part.flatten());
                }
                Structure::Tuple(flat)
            }
            Structure::Dict(parts) => {
                let mut flat = Vec::with_capacity(parts.len());
                for (key, part) in parts {
                    flat.push((key, part.flatten()));
                }
                Structure::Dict(flat)
            }
        }
    }
}

/// What [`Dataset::from_tensor_slices`](crate::Dataset::from_tensor_slices)
/// takes: an `ndarray` array of any storage and dimension, by value or by
/// reference, a vector, a [`Tensor`], a single value (a tensor of shape `()`),
/// tuples of up to eight of these, named ones (`[("x", x), ("y", y)]`, or
/// [`dict!`](crate::dict) where their types differ), and any nesting of those.
pub trait IntoStructure {
    /// The same components as tensors.
    fn into_structure(self) -> Structure<Tensor>;
}

impl IntoStructure for Structure<Tensor> {
    fn into_structure(self) -> Structure<Tensor> {
        self
    }
}

impl<S, D> IntoStructure for ArrayBase<S, D>
where
    S: Share + RawData<Elem: Item>,
    D: Dimension,
{
    fn into_structure(self) -> Structure<Tensor> {
        Structure::Leaf(Tensor::from(self))
    }
}

impl<S, D> IntoStructure for &ArrayBase<S, D>
where
    S: Data<Elem: Item>,
    D: Dimension,
{
    fn into_structure(self) -> Structure<Tensor> {
        Structure::Leaf(Tensor::from(self))
    }
}

macro_rules! leaves {
    ($([$($generic:tt)*] $type:ty),* $(,)?) => {$(
        impl<$($generic)*> IntoStructure for $type {
            fn into_structure(self) -> Structure<Tensor> {
                Structure::Leaf(Tensor::from(self))
            }
        }
    )*};
}

leaves! {
    [] Tensor,
    [] &Tensor,
    [T: Item] Vec<T>,
    [T: Item] &Vec<T>,
    [T: Item] &[T],
    [T: Item, const N: usize] [T; N],
    [] bool,
    [] i8,
    [] i16,
    [] i32,
    [] i64,
    [] isize,
    [] u8,
    [] u16,
    [] u32,
    [] u64,
    [] usize,
    [] F16,
    [] f32,
    [] f64,
    [] Complex<f32>,
    [] Complex<f64>,
    [] String,
    [] &str,
    [] Variant,
}

macro_rules! tuples {
    ($(($($name:ident)+)),* $(,)?) => {$(
        impl<$($name: IntoStructure),+> IntoStructure for ($($name,)+) {
            #[allow(non_snake_case)]
            fn into_structure(self) -> Structure<Tensor> {
                let ($($name,)+) = self;
                Structure::Tuple(vec![$($name.into_structure()),+])
            }
        }
    )*};
}

tuples! {
    (A), (A B), (A B C), (A B C D), (A B C D E), (A B C D E F), (A B C D E F G), (A B C D E F G H),
}

impl<K: Into<String>, V: IntoStructure> IntoStructure for Vec<(K, V)> {
    fn into_structure(self) -> Structure<Tensor> {
        Structure::Dict(self.map_into(|(key, part)| (key.into(), part.into_structure())))
    }
}

impl<K: Into<String>, V: IntoStructure, const N: usize> IntoStructure for [(K, V); N] {
    fn into_structure(self) -> Structure<Tensor> {
        Vec::from(self).into_structure()
    }
}

/// Named components of any types: Python's `{"image": images, "label": labels}`.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, dict};
/// use ndarray::{array, Array3};
///
/// let ds = Dataset::from_tensor_slices(dict! {
///     "image": Array3::<u8>::zeros((2, 8, 8)),
///     "label": array![3_i64, 7],
/// })?;
/// assert_eq!(ds.at(1)?.scalar::<i64>("label")?, 7);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[macro_export]
macro_rules! dict {
    ($($key:tt : $value:expr),* $(,)?) => {
        $crate::Structure::Dict(vec![
            $((::std::string::String::from($key), $crate::IntoStructure::into_structure($value))),*
        ])
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_the_components() {
        let nested = dict! { "pair": (vec![1], vec![2.0]), "id": vec!["a"] };
        assert_eq!(nested.leaf_names(), ["pair.0", "pair.1", "id"]);
        assert_eq!(nested.leaves().len(), 3);
        assert_eq!(vec![1].into_structure().leaf_names(), ["0"]);
        assert_eq!(
            [("x", vec![1]), ("y", vec![2])]
                .into_structure()
                .leaf_names(),
            ["x", "y"]
        );
    }

    #[test]
    fn single_values_are_tensors_without_axes() {
        let values = dict! { "n": 5, "word": "a", "pair": (0.5, 7_usize) };
        let shapes: Vec<&[usize]> = values.leaves().iter().map(|leaf| leaf.shape()).collect();
        assert_eq!(shapes, [&[0_usize; 0]; 4]);
        assert_eq!(values.leaves()[3], &Tensor::from(7_u64));
    }

    #[test]
    fn zipping_keeps_the_arrangement() {
        let part = |x: i32| dict! { "a": vec![x], "b": (vec![x + 1],) };
        let joined = Structure::zip_leaves(&[part(1), part(5)], &Tensor::concat).unwrap();
        assert_eq!(joined, dict! { "a": vec![1, 5], "b": (vec![2, 6],) });
    }
}
