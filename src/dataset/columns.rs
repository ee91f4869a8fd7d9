//! The rows of a data set laid out as arrays again: what plots and statistics
//! read.

use super::permutation::Permutation;
use super::{Dataset, ElementSpec, Feature, Key, Names, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Tensor, TensorView};

/// Rows as arrays: component `i` is `components[i]`, of shape `(len, …)`.
pub(crate) struct Columns {
    pub(crate) components: Vec<Tensor>,
    pub(crate) len: usize,
    /// Of one row.
    pub(crate) spec: ElementSpec,
    pub(crate) names: Names,
}

impl Columns {
    /// The numbers of one feature, one for each row.
    pub(crate) fn feature(&self, feature: &Feature) -> TensorView<'_> {
        let view = self.components[feature.component].view();
        match feature.position {
            Some(position) => view.index(1, position),
            None => view,
        }
    }
}

fn named_features(spec: &ElementSpec, names: &Names) -> Vec<Feature> {
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
        let number = found.shape().is_empty() && found.dtype().is_number();
        number.then(|| Feature {
            component,
            position: None,
            name: name.clone(),
        })
    }

    /// The first `limit` rows. The rows of a batched data set are those of its
    /// batches, laid end to end; no batch is read beyond the limit.
    pub(crate) fn columns(&self, limit: usize) -> Result<Columns> {
        let structure = match self.is_batched() {
            true => self.batch_rows(limit)?,
            false => self
                .elements
                .stack(&Rows::Range(0..limit.min(self.elements.len())))?,
        };
        let components: Vec<Tensor> = structure.leaves().into_iter().cloned().collect();
        let len = components.first().map_or(0, |tensor| tensor.shape()[0]);
        Ok(Columns {
            components,
            len,
            spec: self.row_spec(),
            names: self.names.clone(),
        })
    }

    /// All rows, or a uniform random sample of `at_most` of them in random order;
    /// tells also how many there are in all.
    pub(crate) fn sampled_columns(&self, at_most: usize, seed: u64) -> Result<(Columns, usize)> {
        if !self.is_batched() {
            let all = self.elements.len();
            let source = if all > at_most {
                &self.shuffle(seed)
            } else {
                self
            };
            return Ok((source.columns(at_most)?, all));
        }
        let mut columns = self.columns(usize::MAX)?;
        let all = columns.len;
        if all > at_most {
            let order = Permutation::new(all, seed);
            let rows = Rows::List((0..at_most).map(|i| order.at(i)).collect());
            columns
                .components
                .iter_mut()
                .for_each(|tensor| *tensor = tensor.rows(&rows));
            columns.len = at_most;
        }
        Ok((columns, all))
    }

    fn batch_rows(&self, limit: usize) -> Result<Structure<Tensor>> {
        let mut parts = Vec::new();
        let mut rows = 0;
        for index in 0..self.elements.len() {
            if rows >= limit {
                break;
            }
            let part = self.elements.get(index)?;
            rows += part.leaves().first().map_or(0, |tensor| tensor.shape()[0]);
            parts.push(part);
        }
        if parts.is_empty() {
            return Ok(self.elements.spec().structure().map(&mut no_rows));
        }
        let joined = Structure::zip_leaves(&parts, Tensor::concat)?;
        Ok(joined.map(&mut |tensor| tensor.rows(&Rows::Range(0..limit.min(rows)))))
    }
}

/// A component of no rows, by its batched spec.
fn no_rows(spec: &TensorSpec) -> Tensor {
    let lengths = spec.shape().iter().skip(1).map(|axis| axis.unwrap_or(0));
    let shape: Vec<usize> = std::iter::once(0).chain(lengths).collect();
    Tensor::empty(spec.dtype(), &shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dataset;

    fn rows(ds: &Dataset, limit: usize) -> Tensor {
        ds.columns(limit).unwrap().components[0].clone()
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
