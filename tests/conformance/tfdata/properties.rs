//! What holds of elements in random order.

use ndsight::Dataset;
use serde_json::{Value, json};

use super::expect::dataset;
use super::inputs::Inputs;
use super::item::Item;
use super::values::Cell;
use super::{Stop, unclear, wrong};

/// A case under test, and the elements of one pass.
struct Subject<'a> {
    inputs: &'a Inputs<'a>,
    pipeline: &'a Value,
    dataset: &'a Dataset,
    spec: &'a Value,
    limit: Option<usize>,
    found: Vec<Item>,
}

/// Checks every property that `expect` lists.
pub(super) fn check(
    dataset: &Dataset,
    inputs: &Inputs<'_>,
    pipeline: &Value,
    expect: &Value,
) -> Result<(), Stop> {
    let properties = expect["properties"].as_array();
    let properties = properties.ok_or_else(|| unclear("no list of properties"))?;
    let mut subject = Subject {
        inputs,
        pipeline,
        dataset,
        spec: &expect["element_spec"],
        limit: expect["limit"].as_u64().map(|limit| limit as usize),
        found: Vec::new(),
    };
    subject.found = subject.pass(dataset)?;
    properties
        .iter()
        .try_for_each(|property| match subject.holds(property)? {
            true => Ok(()),
            false => wrong(format!(
                "{} does not hold of {}",
                shown(property),
                subject.shown()
            )),
        })
}

/// A property without its elements, of which there may be many.
fn shown(property: &Value) -> String {
    let mut property = property.clone();
    if let Some(fields) = property.as_object_mut() {
        fields.remove("elements");
    }
    property.to_string()
}

/// More elements than any case of the files has.
const ENDLESS: usize = 100_000;

impl Subject<'_> {
    fn shown(&self) -> String {
        let shown: Vec<String> = self.found.iter().take(20).map(Item::to_string).collect();
        format!("{} elements: {}", self.found.len(), shown.join(", "))
    }

    fn pass(&self, dataset: &Dataset) -> Result<Vec<Item>, Stop> {
        let elements = dataset.iter().take(self.limit.unwrap_or(ENDLESS));
        let items: Vec<Item> = elements
            .map(|element| Item::of(&element?))
            .collect::<Result<_, _>>()?;
        match items.len() {
            ENDLESS => wrong("the elements do not end"),
            _ => Ok(items),
        }
    }

    /// A pass over another data set that is built alike, but for the seed.
    fn pass_of(&self, pipeline: &Value) -> Result<Vec<Item>, Stop> {
        self.pass(&dataset(self.inputs.build(pipeline)?)?)
    }

    fn holds(&self, property: &Value) -> Result<bool, Stop> {
        let found = &self.found;
        Ok(match property["name"].as_str().unwrap_or("none") {
            "multiset" => sorted(found) == sorted(&self.elements(property)?),
            "identity_order" => *found == self.elements(property)?,
            "differs_from_input" => *found != self.elements(property)?,
            "count" => found.len() == count(property, "n")?,
            "same_seed_same_order" => {
                self.pass_of(self.pipeline)? == self.pass_of(self.pipeline)?
            }
            "seeds_differ" => self.seeds_differ(property)?,
            "passes_equal" => {
                let equal = self.pass(self.dataset)? == self.pass(self.dataset)?;
                equal == flag(property)?
            }
            "epochs_are_permutations" => {
                let wanted = sorted(&self.elements(property)?);
                self.epochs(property)?.all(|epoch| sorted(epoch) == wanted)
            }
            "epochs_equal" => {
                let first = self.epochs(property)?.next();
                let equal = self.epochs(property)?.all(|epoch| Some(epoch) == first);
                equal == flag(property)?
            }
            "buffer_bound" => buffer_bound(found, count(property, "buffer")?)?,
            "flat_multiset" => sorted(&self.rows()?.concat()) == sorted(&self.flat(property)?),
            "batch_sizes" => {
                let sizes: Vec<usize> = self.rows()?.iter().map(Vec::len).collect();
                json!(sizes) == property["sizes"]
            }
            "pairs_kept" => {
                let factor = property["factor"].as_f64();
                let factor = factor.ok_or_else(|| unclear("pairs_kept without a factor"))?;
                found.iter().all(|pair| is_multiple(pair, factor))
            }
            other => return Err(unclear(format!("there is no property {other:?}"))),
        })
    }

    /// The elements that a property lists.
    fn elements(&self, property: &Value) -> Result<Vec<Item>, Stop> {
        listed(property, self.spec)
    }

    /// The rows of batches that a property lists.
    fn flat(&self, property: &Value) -> Result<Vec<Item>, Stop> {
        listed(property, &row_spec(self.spec))
    }

    fn rows(&self) -> Result<Vec<Vec<Item>>, Stop> {
        let rows = self.found.iter().map(Item::rows).collect::<Option<_>>();
        rows.map_or_else(|| wrong("the elements are no batches"), Ok)
    }

    fn epochs(&self, property: &Value) -> Result<std::slice::Chunks<'_, Item>, Stop> {
        match count(property, "epoch")? {
            0 => Err(unclear("an epoch of nothing")),
            epoch => Ok(self.found.chunks(epoch)),
        }
    }

    fn seeds_differ(&self, property: &Value) -> Result<bool, Stop> {
        let seeds = property["seeds"]
            .as_array()
            .ok_or_else(|| unclear("no list of seeds"))?;
        let passes: Vec<Vec<Item>> = seeds
            .iter()
            .map(|seed| self.pass_of(&with_seed(self.pipeline, seed)))
            .collect::<Result<_, _>>()?;
        Ok(passes.iter().any(|pass| *pass != passes[0]))
    }
}

fn listed(property: &Value, spec: &Value) -> Result<Vec<Item>, Stop> {
    let elements = property["elements"].as_array();
    let elements = elements.ok_or_else(|| unclear(format!("{property} without elements")))?;
    elements
        .iter()
        .map(|element| Item::from_json(element, spec))
        .collect()
}

fn sorted(items: &[Item]) -> Vec<Item> {
    let mut items = items.to_vec();
    items.sort();
    items
}

fn count(property: &Value, name: &str) -> Result<usize, Stop> {
    let count = property[name].as_u64().map(|count| count as usize);
    count.ok_or_else(|| unclear(format!("{property} without {name}")))
}

fn flag(property: &Value) -> Result<bool, Stop> {
    let flag = property["value"].as_bool();
    flag.ok_or_else(|| unclear(format!("{property} without a value")))
}

/// The same pipeline, with `seed` in every step that has one.
fn with_seed(pipeline: &Value, seed: &Value) -> Value {
    match pipeline {
        Value::Array(parts) => parts.iter().map(|part| with_seed(part, seed)).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| match name.as_str() {
                "seed" => (name.clone(), seed.clone()),
                _ => (name.clone(), with_seed(value, seed)),
            };
            Value::Object(fields.iter().map(field).collect())
        }
        other => other.clone(),
    }
}

/// Elements are 0, 1, 2, …: each is its own position in the input.
fn buffer_bound(found: &[Item], buffer: usize) -> Result<bool, Stop> {
    let position = |item: &Item| match item {
        Item::Array { cells, .. } => match cells.as_slice() {
            [Cell::Int(position)] => Some(*position),
            _ => None,
        },
        _ => None,
    };
    let bound = |(i, item)| Some(position(item)? < (i + buffer) as i128);
    let bounds = found
        .iter()
        .enumerate()
        .map(bound)
        .collect::<Option<Vec<bool>>>();
    let bounds = bounds.ok_or_else(|| unclear("buffer_bound of elements that are no numbers"))?;
    Ok(bounds.into_iter().all(|bound| bound))
}

/// Whether the second part of a pair is the first times `factor`.
fn is_multiple(pair: &Item, factor: f64) -> bool {
    let parts: Vec<&Item> = match pair {
        Item::Tuple(parts) => parts.iter().collect(),
        Item::Dict(parts) => parts.values().collect(),
        _ => return false,
    };
    match parts.as_slice() {
        [Item::Array { cells: a, .. }, Item::Array { cells: b, .. }] => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| times(a, factor) == number(b))
        }
        _ => false,
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Int(value) => Some(*value as f64),
        Cell::Float(bits) => Some(f64::from_bits(*bits)),
        _ => None,
    }
}

fn times(cell: &Cell, factor: f64) -> Option<f64> {
    number(cell).map(|value| value * factor)
}

/// The spec of the rows of batches of `spec`.
fn row_spec(spec: &Value) -> Value {
    let part = |(name, part): (&String, &Value)| (name.clone(), row_spec(part));
    if let Some(parts) = spec["tuple"].as_array() {
        return json!({ "tuple": parts.iter().map(row_spec).collect::<Vec<_>>() });
    }
    if let Some(parts) = spec["dict"].as_object() {
        return json!({ "dict": Value::Object(parts.iter().map(part).collect()) });
    }
    let shape = spec["shape"]
        .as_array()
        .map(|shape| shape.get(1..).unwrap_or(&[]));
    json!({ "dtype": spec["dtype"], "shape": shape })
}
