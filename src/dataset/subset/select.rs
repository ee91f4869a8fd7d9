//! Some components or features, and other names for them.

use std::ops::Range;
use std::sync::Arc;

use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over};
use super::super::pass::sifted;
use super::super::run::Run;
use super::super::{Dataset, ElementSpec, Feature, Key, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto, MapNumbers};
use crate::tensor::Rows;

/// How the components of an element are arranged anew. What a leaf holds is where it
/// comes from.
#[derive(Clone)]
struct Arrangement(Arc<Structure<From>>);

/// Where a component comes from.
#[derive(Clone, Debug)]
enum From {
    /// A component as it is.
    Component(usize),
    /// Entries of a component that is a vector.
    Entries(usize, Arc<[usize]>),
}

impl Arrangement {
    /// `axis` is that of the entries of vectors: 0, or 1 for rows of several elements.
    fn of(&self, value: &Value, axis: usize) -> Value {
        let leaves = value.leaves();
        self.0.map(&mut |from| match from {
            From::Component(component) => leaves[*component].clone(),
            From::Entries(component, entries) => leaves[*component].entries(axis, entries),
        })
    }

    fn of_all(&self, values: &[Value], axis: usize) -> Vec<Value> {
        values.map_each(|value| self.of(value, axis))
    }

    fn spec(&self, spec: &ElementSpec, axis: usize) -> ElementSpec {
        let leaves = spec.components();
        ElementSpec::new(self.0.map(&mut |from| match from {
            From::Component(component) => leaves[*component].clone(),
            From::Entries(component, entries) => {
                with_length(leaves[*component], axis, entries.len())
            }
        }))
    }
}

fn with_length(spec: &TensorSpec, axis: usize, length: usize) -> TensorSpec {
    let mut shape = spec.shape().unwrap_or(&[]).to_vec();
    if let Some(found) = shape.get_mut(axis) {
        *found = Some(length);
    }
    TensorSpec::new(spec.dtype(), shape)
}

struct Select<I> {
    input: I,
    arrangement: Arrangement,
    /// Of the entries of vectors within an element.
    axis: usize,
}

impl Dataset {
    /// The components that the keys name, without those beside them, which may be
    /// pictures, and where each key leads there; all of them where a key names
    /// something else.
    pub(crate) fn only(&self, keys: &[&Key]) -> (Dataset, Vec<Key>) {
        let all = || (self.clone(), keys.map_each(|&key| key.clone()));
        self.narrowed(keys).unwrap_or_else(all)
    }

    fn narrowed(&self, keys: &[&Key]) -> Option<(Dataset, Vec<Key>)> {
        let spec = self.row_spec();
        let names = spec.names();
        let parts = match spec.structure() {
            Structure::Leaf(_) => return None,
            Structure::Tuple(parts) => parts.len(),
            Structure::Dict(parts) => parts.len(),
        };
        if parts != names.len() {
            return None;
        }
        let find = |key: &&Key| key.find(&names, "component").ok();
        let places: Vec<usize> = keys.iter().map(find).collect::<Option<_>>()?;
        let mut kept = places.clone();
        kept.sort_unstable();
        kept.dedup();
        let narrow = self.select(kept.iter().copied()).ok()?;
        let key = |place| Some(Key::Index(kept.iter().position(|&kept| kept == place)?));
        Some((narrow, places.into_iter().map(key).collect::<Option<_>>()?))
    }

    /// Only these components, by name or number, in this order; where the keys name no
    /// components, only these features: `df[["x", "y"]]`.
    ///
    /// Named components stay named, those of a tuple a tuple; one alone stays in its
    /// name, or stands alone. Of features the components stay, the vectors
    /// among them shorter; a label stays.
    ///
    /// # Errors
    ///
    /// There are no keys, or one names neither a component nor a feature
    /// ([`Error::is_name`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    ///
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// let labels = digits.select(["labels"])?;
    /// assert_eq!(labels.element_spec().to_string(), "{'labels': int64 ()}");
    ///
    /// let iris = Dataset::from_npy("notebooks/data/iris.npy")?
    ///     .with_feature_names(["sepal l", "sepal w", "petal l", "petal w"])?;
    /// let petals = iris.select(["petal l", "petal w"])?;
    /// assert_eq!(petals.element_spec().to_string(), "float64 (2,)");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn select<K: Into<Key>>(&self, keys: impl IntoIterator<Item = K>) -> Result<Dataset> {
        self.selected(keys.into_iter().map(Into::into).into_list())
    }

    fn selected(&self, keys: Vec<Key>) -> Result<Dataset> {
        if keys.is_empty() {
            return Err(Error::name(
                "expected at least one component or feature, but found none",
            ));
        }
        let words: Vec<String> = keys.map_each(Key::to_string);
        let step = format!("select({})", words.join(", "));
        match self.parts_named(&keys) {
            Ok(arrangement) => Ok(self.rearranged(arrangement, step)),
            Err(err) => match self.features_named(&keys) {
                Some(features) => Ok(self.only_features(&features, step)),
                None => Err(err),
            },
        }
    }

    /// The arrangement of the components as they are.
    fn in_place(&self) -> Structure<From> {
        let mut at = 0..;
        let component = |_: &TensorSpec| From::Component(at.next().unwrap_or(0));
        self.node.spec.structure().map(&mut { component })
    }

    /// The arrangement of the parts of a tuple or dictionary that the keys name.
    fn parts_named(&self, keys: &[Key]) -> Result<Arrangement> {
        let all = self.in_place();
        let arrangement = match all {
            // One component has no name but its number, and features to choose among.
            Structure::Leaf(_) => return Err(self.unknown(keys)),
            Structure::Tuple(parts) => {
                let names: Vec<String> = (0..parts.len()).map_each(|i| i.to_string());
                let mut chosen = Vec::new();
                for key in keys {
                    chosen.push(parts[key.find(&names, "component")?].clone());
                }
                match chosen.len() {
                    1 => chosen.remove(0),
                    _ => Structure::Tuple(chosen),
                }
            }
            Structure::Dict(parts) => {
                let names: Vec<String> = parts.map_each(|(key, _)| key.clone());
                let mut chosen = Vec::new();
                for key in keys {
                    chosen.push(parts[key.find(&names, "component")?].clone());
                }
                Structure::Dict(chosen)
            }
        };
        super::super::source::check_names(&arrangement)?;
        Ok(Arrangement(Arc::new(arrangement)))
    }

    fn unknown(&self, keys: &[Key]) -> Error {
        let features: Vec<String> = self.features().map_into(|f| f.name);
        let unknown = keys
            .iter()
            .find_map(|key| key.find(&features, "feature").err());
        unknown.unwrap_or_else(|| Error::name("expected components, but found features"))
    }

    fn features_named(&self, keys: &[Key]) -> Option<Vec<Feature>> {
        let features = self.features();
        let names: Vec<String> = features.map_each(|f| f.name.clone());
        let found = keys.iter().map(|key| key.find(&names, "feature").ok());
        found
            .map(|index| index.map(|index| features[index].clone()))
            .collect()
    }

    fn only_features(&self, features: &[Feature], step: String) -> Dataset {
        let row_spec = self.row_spec();
        let known: Vec<usize> = self.features().map_into(|f| f.component);
        let mut component = 0..;
        let arranged = row_spec.structure().map(&mut |_| {
            let component = component.next().unwrap_or(0);
            let of = features
                .iter()
                .filter(|feature| feature.component == component);
            let entries: Vec<usize> = of
                .clone()
                .filter_map(|feature| feature.position)
                .into_list();
            match (known.contains(&component), entries.is_empty(), of.count()) {
                (true, _, 0) => None,
                (true, false, _) => Some(From::Entries(component, entries.into())),
                _ => Some(From::Component(component)),
            }
        });
        let Some(arranged) = without_empty(&arranged) else {
            return self.clone();
        };
        let names = features.map_each(|feature| feature.name.clone());
        let mut selected = self.rearranged(Arrangement(Arc::new(arranged)), step);
        if self.names.features.is_some() {
            selected.names.features = Some(names.into());
        }
        selected
    }

    fn rearranged(&self, arrangement: Arrangement, step: String) -> Dataset {
        let before = &self.node;
        let axis = usize::from(before.batched);
        let spec = arrangement.spec(&before.spec, axis);
        let access = access_over!(before, arrangement.of_all(&before.examples(), axis), input => Select {
            input,
            arrangement,
            axis,
        });
        let mut node = Node::step(before, step, access);
        node.spec = spec;
        let mut rearranged = self.then(node);
        rearranged.forget_features_unless(self.features().len());
        rearranged
    }

    /// Other names for components: pairs of a name or number and the new name. A tuple
    /// all of whose components are named becomes a dictionary.
    ///
    /// # Errors
    ///
    /// - a key names no component, or two would have one name ([`Error::is_name`])
    /// - some components of a tuple are named and some are not ([`Error::is_shape`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices((vec![1.5], vec![7_i64]))?;
    /// let named = ds.rename([(0, "x"), (1, "label")])?;
    /// assert_eq!(named.element_spec().to_string(), "{'x': float64 (), 'label': int64 ()}");
    /// assert_eq!(named.rename([("x", "width")])?.at(0)?.scalar::<f64>("width")?, 1.5);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn rename<K: Into<Key>, N: Into<String>>(
        &self,
        names: impl IntoIterator<Item = (K, N)>,
    ) -> Result<Dataset> {
        let names = names
            .into_iter()
            .map(|(key, name)| (key.into(), name.into()));
        self.renamed(names.into_list())
    }

    fn renamed(&self, names: Vec<(Key, String)>) -> Result<Dataset> {
        let all = self.in_place();
        let (mut old, mut new, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        match all {
            Structure::Leaf(_) => parts.push(all),
            Structure::Tuple(all) => parts = all,
            Structure::Dict(all) => {
                for (key, part) in all {
                    new.push(Some(key));
                    parts.push(part);
                }
            }
        }
        new.resize(parts.len(), None);
        for (i, key) in new.iter().enumerate() {
            old.push(key.clone().unwrap_or_else(|| i.to_string()));
        }
        for (key, name) in names {
            new[key.find(&old, "component")?] = Some(name);
        }
        let mut named = Vec::new();
        for (name, part) in new.into_iter().zip(parts) {
            let Some(name) = name else {
                return Err(Error::shape(format!(
                    "expected a name for each of the {} components of a tuple, but found fewer",
                    old.len()
                )));
            };
            named.push((name, part));
        }
        let arrangement = Structure::Dict(named);
        super::super::source::check_names(&arrangement)?;
        Ok(self.rearranged(Arrangement(Arc::new(arrangement)), "rename()".to_owned()))
    }

    /// Names for features are kept only where there are as many as before.
    pub(in crate::dataset) fn forget_features_unless(&mut self, count: usize) {
        if self.names.features.is_some() && self.features().len() != count {
            self.names.features = None;
        }
    }
}

/// The arrangement of what is there, without tuples or dictionaries that hold nothing.
fn without_empty<T: Clone>(structure: &Structure<Option<T>>) -> Option<Structure<T>> {
    match structure {
        Structure::Leaf(leaf) => leaf.clone().map(Structure::Leaf),
        Structure::Tuple(parts) => {
            let mut parts: Vec<Structure<T>> = parts.flat_map_each(without_empty);
            match parts.len() {
                0 => None,
                1 => Some(parts.remove(0)),
                _ => Some(Structure::Tuple(parts)),
            }
        }
        Structure::Dict(parts) => {
            let parts = parts
                .iter()
                .filter_map(|(key, part)| Some((key.clone(), without_empty(part)?)));
            let parts: Vec<(String, Structure<T>)> = parts.into_list();
            (!parts.is_empty()).then_some(Structure::Dict(parts))
        }
    }
}

impl RandomAccess for Select<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        let value = self.input.get(index, epoch)?;
        Ok(self.arrangement.of(&value, self.axis))
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let values = self.input.stack(rows, epoch)?;
        Ok(self.arrangement.of(&values, self.axis + 1))
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        arranged(
            Arc::clone(&self.input).open(range, run),
            &self.arrangement,
            self.axis,
        )
    }
}

impl Sequential for Select<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        arranged(self.input.open(run), &self.arrangement, self.axis)
    }
}

fn arranged(pass: Pass, arrangement: &Arrangement, axis: usize) -> Pass {
    let arrangement = arrangement.clone();
    sifted(pass, move |_, value| {
        Some(value.map(|value| arrangement.of(&value, axis)))
    })
}
