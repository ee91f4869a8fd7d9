//! Elements as they are compared: those of the files beside those of the crate.

use std::collections::BTreeMap;
use std::fmt;

use ndsight::{Cardinality, DType, Dataset, Element, ElementSpec, Structure, Tensor, TensorSpec};
use serde_json::{Map, Value, json};

use super::values::{self, Cell};
use super::{Stop, unclear};

/// An element. Equal items are equal in every bit; named components may be in
/// any order, as TensorFlow sorts them and the crate does not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Array {
        dtype: &'static str,
        shape: Vec<usize>,
        cells: Vec<Cell>,
    },
    Tuple(Vec<Item>),
    Dict(BTreeMap<String, Item>),
    Window(Vec<Item>),
}

impl Item {
    /// The element that a file writes as `value`, whose spec is `spec`.
    pub(super) fn from_json(value: &Value, spec: &Value) -> Result<Item, Stop> {
        let parts = |specs: &Vec<Value>| {
            let values = list(&value["tuple"], specs.len())?;
            let parts = values.iter().zip(specs);
            parts
                .map(|(value, spec)| Item::from_json(value, spec))
                .collect::<Result<_, Stop>>()
        };
        if let Some(specs) = spec["tuple"].as_array() {
            return parts(specs).map(Item::Tuple);
        }
        if let Some(specs) = spec["dict"].as_object() {
            let named = |(key, spec): (&String, &Value)| {
                Ok((key.clone(), Item::from_json(&value["dict"][key], spec)?))
            };
            return specs
                .iter()
                .map(named)
                .collect::<Result<_, Stop>>()
                .map(Item::Dict);
        }
        if spec["dataset_spec"].is_object() {
            let elements = list(&value["dataset"], None)?;
            let read = |element| Item::from_json(element, &spec["dataset_spec"]);
            return elements
                .iter()
                .map(read)
                .collect::<Result<_, Stop>>()
                .map(Item::Window);
        }
        array(value, spec)
    }

    /// An element of the crate.
    pub(super) fn of(element: &Element) -> Result<Item, ndsight::Error> {
        let mut leaf = 0;
        Item::of_part(element.structure(), &mut |tensor| {
            leaf += 1;
            match tensor.dtype() {
                DType::Variant => Item::of_window(&element.dataset(leaf - 1)?),
                _ => Item::of_tensor(tensor),
            }
        })
    }

    /// Components that are no windows.
    pub(super) fn of_arrays(arrays: &Structure<Tensor>) -> Result<Item, ndsight::Error> {
        Item::of_part(arrays, &mut Item::of_tensor)
    }

    fn of_part(
        part: &Structure<Tensor>,
        leaf: &mut dyn FnMut(&Tensor) -> Result<Item, ndsight::Error>,
    ) -> Result<Item, ndsight::Error> {
        Ok(match part {
            Structure::Leaf(tensor) => leaf(tensor)?,
            Structure::Tuple(parts) => {
                let parts = parts.iter().map(|part| Item::of_part(part, leaf));
                Item::Tuple(parts.collect::<Result<_, _>>()?)
            }
            Structure::Dict(parts) => {
                let parts = parts.iter();
                let named = parts.map(|(key, part)| Ok((key.clone(), Item::of_part(part, leaf)?)));
                Item::Dict(named.collect::<Result<_, ndsight::Error>>()?)
            }
        })
    }

    fn of_window(window: &Dataset) -> Result<Item, ndsight::Error> {
        let elements = window.iter().map(|element| Item::of(&element?));
        elements.collect::<Result<_, _>>().map(Item::Window)
    }

    pub(super) fn of_tensor(tensor: &Tensor) -> Result<Item, ndsight::Error> {
        Ok(Item::Array {
            dtype: tensor.dtype().name(),
            shape: tensor.shape().to_vec(),
            cells: values::cells(tensor)?,
        })
    }

    /// The rows of a batch, each an element of its own.
    pub(super) fn rows(&self) -> Option<Vec<Item>> {
        match self {
            Item::Array {
                dtype,
                shape,
                cells,
            } => {
                let (&count, rest) = shape.split_first()?;
                let size = cells.len() / count.max(1);
                let row = |i: usize| Item::Array {
                    dtype,
                    shape: rest.to_vec(),
                    cells: cells[i * size..(i + 1) * size].to_vec(),
                };
                Some((0..count).map(row).collect())
            }
            Item::Tuple(parts) => {
                let parts: Vec<Vec<Item>> = parts.iter().map(Item::rows).collect::<Option<_>>()?;
                let row = |i| {
                    let row = parts.iter().map(|part: &Vec<Item>| part.get(i).cloned());
                    row.collect::<Option<_>>().map(Item::Tuple)
                };
                (0..parts.first()?.len()).map(row).collect()
            }
            Item::Dict(parts) => {
                let rows = Item::Tuple(parts.values().cloned().collect()).rows()?;
                let name = |row| match row {
                    Item::Tuple(row) => Item::Dict(parts.keys().cloned().zip(row).collect()),
                    other => other,
                };
                Some(rows.into_iter().map(name).collect())
            }
            Item::Window(_) => None,
        }
    }
}

/// The list that `value` is, of `length` entries where that is given.
fn list(value: &Value, length: impl Into<Option<usize>>) -> Result<&Vec<Value>, Stop> {
    let list = value.as_array();
    list.filter(|list| length.into().is_none_or(|length| length == list.len()))
        .ok_or_else(|| unclear(format!("an element is not as its spec says: {value}")))
}

fn array(value: &Value, spec: &Value) -> Result<Item, Stop> {
    let read = || {
        let dtype: DType = spec["dtype"].as_str()?.parse().ok()?;
        let tensor = values::tensor(dtype, value)?;
        Some(Item::of_tensor(&tensor))
    };
    let item = read().ok_or_else(|| unclear(format!("{value} is no array of {spec}")))?;
    Ok(item?)
}

/// A spec as the files write it.
pub(super) fn spec_json(spec: &ElementSpec) -> Value {
    structure_json(spec.structure())
}

fn structure_json(structure: &Structure<TensorSpec>) -> Value {
    match structure {
        Structure::Leaf(spec) => match spec.window() {
            Some(elements) => json!({ "dataset_spec": spec_json(elements) }),
            None => json!({ "dtype": spec.dtype().name(), "shape": spec.shape() }),
        },
        Structure::Tuple(parts) => {
            json!({ "tuple": parts.iter().map(structure_json).collect::<Vec<_>>() })
        }
        Structure::Dict(parts) => {
            let parts = parts.iter();
            let named: Map<_, _> = parts
                .map(|(key, part)| (key.clone(), structure_json(part)))
                .collect();
            json!({ "dict": named })
        }
    }
}

/// The spec of these very arrays as the files write it.
pub(super) fn spec_of(arrays: &Structure<Tensor>) -> Value {
    match arrays {
        Structure::Leaf(tensor) => {
            json!({ "dtype": tensor.dtype().name(), "shape": tensor.shape() })
        }
        Structure::Tuple(parts) => {
            json!({ "tuple": parts.iter().map(spec_of).collect::<Vec<_>>() })
        }
        Structure::Dict(parts) => {
            let parts = parts.iter();
            let named: Map<_, _> = parts
                .map(|(key, part)| (key.clone(), spec_of(part)))
                .collect();
            json!({ "dict": named })
        }
    }
}

/// A cardinality as the files write it.
pub(super) fn cardinality_json(cardinality: Cardinality) -> Value {
    match cardinality {
        Cardinality::Finite(n) => json!(n),
        Cardinality::Infinite => json!("infinite"),
        _ => json!("unknown"),
    }
}

/// The values in a line, cut short where there are many.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Array {
                dtype,
                shape,
                cells,
            } => {
                write!(f, "{dtype}{shape:?} ")?;
                separated(f, cells.iter().take(MOST))?;
                f.write_str(if cells.len() > MOST { " …" } else { "" })
            }
            Item::Tuple(parts) => {
                f.write_str("(")?;
                separated(f, parts)?;
                f.write_str(")")
            }
            Item::Dict(parts) => {
                let parts = parts.iter().map(|(key, part)| format!("{key}: {part}"));
                f.write_str("{")?;
                separated(f, parts)?;
                f.write_str("}")
            }
            Item::Window(elements) => {
                f.write_str("Dataset(")?;
                separated(f, elements)?;
                f.write_str(")")
            }
        }
    }
}

/// The most values of an array that a message shows.
const MOST: usize = 20;

fn separated<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    parts: impl IntoIterator<Item = T>,
) -> fmt::Result {
    for (i, part) in parts.into_iter().enumerate() {
        f.write_str(if i == 0 { "" } else { ", " })?;
        write!(f, "{part}")?;
    }
    Ok(())
}
