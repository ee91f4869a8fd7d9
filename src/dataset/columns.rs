//! The rows of a data set laid out as arrays again: what plots and statistics
//! read.

use super::blocks::UNKNOWN_BYTES;
use super::laid::Laid;
use super::node::Value;
use super::random::{Permutation, Random};
use super::run::Run;
use super::{Cardinality, Dataset, Element, ElementSpec, Feature, Key, Names, TensorSpec};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Tensor, TensorView};

/// Rows as arrays: component `i` is `components[i]`, of shape `(len, …)`.
pub(crate) struct Columns {
    pub(crate) components: Vec<Tensor>,
    pub(crate) len: usize,
    /// Of one row.
    pub(crate) spec: ElementSpec,
    pub(crate) names: Names,
    pub(crate) extent: Extent,
}

/// Which part of a data set some rows are: what a caption must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    All,
    /// The first of so many, as far as is known.
    First(Cardinality),
    /// Drawn at random from so many, or from the first so many of more.
    Sample { of: usize, more: bool },
    /// Found before a pass was given up, for this reason.
    Stopped(String),
}

/// A plot takes at most so many elements of a data set whose end is not known, and
/// says so.
pub(crate) const STREAM_ROWS: usize = 100_000;

/// A plot reads at most so many bytes into memory, and draws a sample of what is
/// larger.
pub(crate) const PLOT_BYTES: usize = 1 << 30;

impl Columns {
    /// The numbers of one feature, one for each row.
    pub(crate) fn feature(&self, feature: &Feature) -> TensorView<'_> {
        let view = self.components[feature.component].view();
        match feature.position {
            Some(position) => view.index(1, position),
            None => view,
        }
    }

    /// The same as `f64`, or an error if they are no numbers.
    pub(crate) fn numbers(&self, feature: &Feature) -> Result<Vec<f64>> {
        self.feature(feature).numbers()
    }
}

pub(crate) fn named_features(spec: &ElementSpec, names: &Names) -> Vec<Feature> {
    let mut features = spec.features();
    for (feature, name) in features
        .iter_mut()
        .zip(names.features.iter().flat_map(|names| names.iter()))
    {
        feature.name.clone_from(name);
    }
    features
}

impl Dataset {
    /// The features, with the names given to them or those of the data.
    pub(crate) fn features(&self) -> Vec<Feature> {
        named_features(&self.row_spec(), &self.names)
    }

    /// The features, at least one; without any, the error says what counts as one.
    pub(crate) fn expect_features(&self) -> Result<Vec<Feature>> {
        let features = self.features();
        if features.is_empty() {
            return Err(Error::shape(format!(
                "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are {}",
                self.element_spec()
            )));
        }
        Ok(features)
    }

    /// The feature of that name or number. Asked for by name, a component of one
    /// number a row will do that is otherwise taken for the label: `y` against `x`.
    pub(crate) fn feature(&self, key: &Key) -> Result<Feature> {
        let features = self.features();
        let names: Vec<String> = features.iter().map(|f| f.name.clone()).collect();
        match (key.find(&names, "feature"), self.number_named(key)) {
            (Ok(index), _) => Ok(features[index].clone()),
            (Err(_), Some(component)) => Ok(component),
            (Err(err), None) => self.expect_features().and(Err(err)),
        }
    }

    fn number_named(&self, key: &Key) -> Option<Feature> {
        let (spec, Key::Name(name)) = (self.row_spec(), key) else {
            return None;
        };
        let component = spec.names().iter().position(|known| known == name)?;
        let found = spec.components()[component];
        let number = found.is_single() && found.dtype().is_number();
        number.then(|| Feature {
            component,
            position: None,
            name: name.clone(),
        })
    }

    /// The first `limit` rows. The rows of a batched data set are those of its
    /// batches, laid end to end; one batch beyond the limit is read at most, to tell
    /// whether there are more.
    pub(crate) fn first_rows(&self, limit: usize) -> Result<Columns> {
        match (self.node.random(), self.node.cardinality.finite()) {
            (Some(access), Some(all)) if !self.is_batched() => {
                let rows = Rows::Range(0..limit.min(all));
                let extent = match limit < all {
                    true => Extent::First(Cardinality::Finite(all)),
                    false => Extent::All,
                };
                let stacked = match rows.iter().next() {
                    Some(_) => access.stack(&rows, 0)?,
                    None => self.no_elements(),
                };
                self.laid_out(stacked, extent)
            }
            _ => self.read_rows(limit),
        }
    }

    /// All rows, or as many as a plot may take: a random sample of what would not fit
    /// into memory, the first of what may have no end.
    pub(crate) fn plot_rows(&self) -> Result<Columns> {
        let affordable = self.affordable_rows();
        let in_memory = self.node.random().is_some_and(|access| access.in_memory());
        match self.node.cardinality.finite() {
            Some(all) if all > affordable && !self.is_batched() && !in_memory => {
                self.sampled_rows(affordable, 0)
            }
            Some(_) if self.is_batched() => self.read_rows(affordable),
            Some(all) => self.first_rows(all),
            None => self.read_rows(affordable.min(STREAM_ROWS)),
        }
    }

    /// The first rows, as many as a plot may take and at most `limit`, in their order.
    pub(crate) fn ordered_rows(&self, limit: usize) -> Result<Columns> {
        match self.node.cardinality.finite() {
            Some(_) => self.first_rows(limit.min(self.affordable_rows())),
            None => self.read_rows(limit.min(self.affordable_rows()).min(STREAM_ROWS)),
        }
    }

    /// All rows, or a uniform random sample of `at_most` of them in random order.
    pub(crate) fn sampled_rows(&self, at_most: usize, seed: u64) -> Result<Columns> {
        match (self.node.random(), self.node.cardinality.finite()) {
            _ if self.is_batched() => self.sampled_of(self.plot_rows()?, at_most, seed),
            (Some(access), Some(all)) if all > at_most => {
                let order = Permutation::new(all, seed);
                let rows: Rows = (0..at_most).map(|i| order.at(i)).collect();
                let extent = Extent::Sample {
                    of: all,
                    more: false,
                };
                self.laid_out(access.stack(&rows, 0)?, extent)
            }
            (Some(_), Some(all)) => self.first_rows(all),
            _ => self.reservoir(at_most, seed),
        }
    }

    /// All rows there are, whatever they take.
    pub(crate) fn all_rows(&self) -> Result<Columns> {
        match (self.node.random(), self.node.cardinality.finite()) {
            (Some(_), Some(all)) if !self.is_batched() => self.first_rows(all),
            _ => {
                let pass = self.told("reading", self.node.open(&Run::default()));
                self.laid_out(self.joined(pass)?, Extent::All)
            }
        }
    }

    /// The first element, as far as a display goes to find one.
    pub(crate) fn first_element(&self) -> Result<Option<Element>> {
        self.pass(&self.display_run()).next().transpose()
    }

    /// How many rows a plot can hold in memory.
    pub(crate) fn affordable_rows(&self) -> usize {
        let bytes = self.row_spec().bytes().unwrap_or(UNKNOWN_BYTES);
        (PLOT_BYTES / bytes.max(1)).max(1)
    }

    pub(super) fn laid_out(&self, rows: Value, extent: Extent) -> Result<Columns> {
        let components: Vec<Tensor> = rows.leaves().into_iter().cloned().collect();
        let len = components.first().map_or(0, |tensor| tensor.shape()[0]);
        Ok(Columns {
            components,
            len,
            spec: self.row_spec(),
            names: self.names.clone(),
            extent,
        })
    }

    /// A pass as far as a display goes: to the end of what has one.
    fn display_run(&self) -> Run {
        match self.node.may_not_end() {
            true => Run::for_display(),
            false => Run::default(),
        }
    }

    /// A pass as far as a display goes.
    pub(super) fn display_pass(&self) -> super::node::Pass {
        self.told("reading", self.node.open(&self.display_run()))
    }

    /// Hands over elements one after another until there are `limit` rows; how many there
    /// were, and which part they are.
    pub(super) fn read_each(
        &self,
        limit: usize,
        each: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<(usize, Extent)> {
        let mut rows = 0;
        let first = || Extent::First(self.node.row_cardinality());
        // One more than is wanted tells whether there are more.
        for next in self.display_pass() {
            match next {
                Err(err) if err.is_stopped() => {
                    return Ok((rows, Extent::Stopped(err.to_string())));
                }
                _ if rows >= limit => return Ok((rows, first())),
                Err(err) => return Err(err),
                Ok(part) => {
                    rows += self.node.rows_of(&part)?;
                    each(part)?;
                }
            }
        }
        match rows > limit {
            true => Ok((rows, first())),
            false => Ok((rows, Extent::All)),
        }
    }

    /// Reads elements one after another until there are `limit` rows.
    fn read_rows(&self, limit: usize) -> Result<Columns> {
        let mut laid = Laid::new(self.is_batched());
        let (rows, extent) = self.read_each(limit, &mut |part| laid.push(part))?;
        let read = laid.finish()?.unwrap_or_else(|| self.no_elements());
        let kept = Rows::Range(0..limit.min(rows));
        self.laid_out(read.map(&mut |tensor| tensor.rows(&kept)), extent)
    }

    /// Elements laid end to end where they are batches, stacked where not.
    fn joined(&self, elements: impl Iterator<Item = Result<Value>>) -> Result<Value> {
        let mut laid = Laid::new(self.is_batched());
        for element in elements {
            laid.push(element?)?;
        }
        Ok(laid.finish()?.unwrap_or_else(|| self.no_elements()))
    }

    /// What no elements are when laid together.
    pub(super) fn no_elements(&self) -> Value {
        let spec = match self.is_batched() {
            true => self.node.spec.clone(),
            false => self.node.spec.with_first_axis(None),
        };
        spec.structure().map(&mut no_rows)
    }

    /// A uniform random sample of elements that come one after another: each takes
    /// the place of one kept before with the chance that keeps all alike.
    fn reservoir(&self, at_most: usize, seed: u64) -> Result<Columns> {
        let limit = self.node.cardinality.finite().unwrap_or(STREAM_ROWS);
        let mut pass = self.display_pass();
        let (mut kept, stopped) = reservoir(&mut pass, at_most, limit, seed)?;
        let seen = kept.seen;
        let more = stopped.is_none() && pass.next().is_some_and(|next| next.is_ok());
        let extent = match (stopped, more) {
            (Some(reason), _) => Extent::Stopped(reason),
            (None, more) if seen > at_most => Extent::Sample { of: seen, more },
            (None, true) => Extent::First(self.node.cardinality),
            (None, false) => Extent::All,
        };
        let values = std::mem::take(&mut kept.values).into_iter().map(Ok);
        self.laid_out(self.joined(values)?, extent)
    }

    fn sampled_of(&self, mut columns: Columns, at_most: usize, seed: u64) -> Result<Columns> {
        if columns.len > at_most {
            let order = Permutation::new(columns.len, seed);
            let rows: Rows = (0..at_most).map(|i| order.at(i)).collect();
            columns
                .components
                .iter_mut()
                .for_each(|tensor| *tensor = tensor.rows(&rows));
            columns.extent = Extent::Sample {
                of: columns.len,
                more: columns.extent != Extent::All,
            };
            columns.len = at_most;
        }
        Ok(columns)
    }
}

/// Elements kept of a pass, and how many went by.
pub(super) struct Kept {
    pub(super) values: Vec<Value>,
    pub(super) seen: usize,
}

/// Keeps `count` of the next `limit` elements of a pass, each set of them equally
/// likely (Vitter's algorithm R). Tells also why the pass was given up, if it was.
pub(super) fn reservoir(
    pass: &mut super::node::Pass,
    count: usize,
    limit: usize,
    seed: u64,
) -> Result<(Kept, Option<String>)> {
    let mut random = Random::new(seed);
    let mut kept = Kept {
        values: Vec::new(),
        seen: 0,
    };
    for next in pass.take(limit) {
        let value = match next {
            Err(err) if err.is_stopped() => return Ok((kept, Some(err.to_string()))),
            next => next?,
        };
        kept.seen += 1;
        if kept.values.len() < count {
            kept.values.push(value);
        } else if let Some(place) = kept.values.get_mut(random.below(kept.seen)) {
            *place = value;
        }
    }
    Ok((kept, None))
}

/// A component of no rows, by its batched spec.
pub(super) fn no_rows(spec: &TensorSpec) -> Tensor {
    let lengths = spec
        .shape()
        .unwrap_or(&[])
        .iter()
        .skip(1)
        .map(|axis| axis.unwrap_or(0));
    let shape: Vec<usize> = std::iter::once(0).chain(lengths).collect();
    Tensor::empty(spec.dtype(), &shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dataset;

    fn rows(ds: &Dataset, limit: usize) -> Tensor {
        ds.first_rows(limit).unwrap().components[0].clone()
    }

    #[test]
    fn the_rows_of_batches_are_counted_where_they_are_known() {
        let extent = |ds: Dataset| ds.first_rows(3).unwrap().extent;
        let known = |n| Extent::First(Cardinality::Finite(n));
        let ten = Dataset::range(0..10);
        let batches = ten.batch(4).unwrap();
        assert_eq!(extent(batches.clone()), known(10));
        assert_eq!(extent(batches.shuffle(1).cache().prefetch(1)), known(10));
        assert_eq!(extent(ten.batch_drop_remainder(4).unwrap()), known(8));
        assert_eq!(
            extent(ten.batch(4).unwrap().take(2)),
            Extent::First(Cardinality::Unknown)
        );
        assert_eq!(
            extent(ten.repeat(None).batch(4).unwrap()),
            Extent::First(Cardinality::Infinite)
        );
        assert_eq!(batches.count_rows().unwrap(), 10);
        assert_eq!(batches.skip(1).count_rows().unwrap(), 6);
        let odd = ten.filter(|x: i64| x % 2 == 1).unwrap().batch(2).unwrap();
        assert_eq!(extent(odd.clone()), Extent::First(Cardinality::Unknown));
        assert_eq!(odd.count_rows().unwrap(), 5);
    }

    #[test]
    fn batches_are_laid_end_to_end() {
        let ds = Dataset::from_tensor_slices(vec![1, 2, 3, 4, 5]).unwrap();
        let batches = ds.batch(2).unwrap();
        assert_eq!(
            rows(&batches, usize::MAX),
            Tensor::from(vec![1, 2, 3, 4, 5])
        );
        assert_eq!(rows(&batches, 3), Tensor::from(vec![1, 2, 3]));
        assert_eq!(rows(&batches.skip(1).take(1), 9), Tensor::from(vec![3, 4]));
        assert_eq!(rows(&batches.take(0), 9), Tensor::from(Vec::<i32>::new()));
    }

    #[test]
    fn a_label_can_be_asked_for_as_a_feature_by_its_name() {
        let ds = Dataset::from_tensor_slices(crate::dict! {
            "x": vec![1.0, 2.0], "y": vec![3, 4], "name": vec!["a", "b"],
        })
        .unwrap();
        let found = ds.feature(&"y".into()).unwrap();
        assert_eq!((found.component, found.name.as_str()), (1, "y"));
        assert_eq!(ds.features().len(), 1);
        for unknown in [Key::from(1), Key::from("name"), Key::from("z")] {
            assert!(ds.feature(&unknown).unwrap_err().is_name());
        }
    }
}
