//! Which features a plot draws, and what they are called there.

use crate::dataset::{Dataset, Feature, Key};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach};

/// The features asked for with `features([…])` and their names of `names([…])`.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    keys: Option<Vec<Key>>,
    names: Option<Vec<String>>,
}

impl Chosen {
    pub(super) fn features<K: Into<Key>>(&mut self, features: impl IntoIterator<Item = K>) {
        self.keys = Some(features.into_iter().map(Into::into).into_list());
    }

    pub(super) fn names<S: Into<String>>(&mut self, names: impl IntoIterator<Item = S>) {
        self.names = Some(names.into_iter().map(Into::into).into_list());
    }

    /// Whether none were asked for.
    pub(super) fn is_all(&self) -> bool {
        self.keys.is_none()
    }

    /// The features to draw, all if none are chosen, under the names to draw
    /// them with.
    pub(super) fn of(&self, dataset: &Dataset) -> Result<Vec<Feature>> {
        let mut chosen: Vec<Feature> = match &self.keys {
            None => dataset.expect_features()?,
            Some(keys) => keys.try_map_each(|key| dataset.feature(key))?,
        };
        if chosen.is_empty() {
            return Err(Error::value(
                "expected at least one feature to draw, but features([]) names none",
            ));
        }
        let names = chosen.map_each(|feature| feature.name.clone());
        for (feature, name) in chosen.iter_mut().zip(self.renamed(names)?) {
            feature.name = name;
        }
        Ok(chosen)
    }

    /// The names given, or else these.
    pub(super) fn renamed(&self, names: Vec<String>) -> Result<Vec<String>> {
        match &self.names {
            None => Ok(names),
            Some(given) if given.len() == names.len() => Ok(given.clone()),
            Some(given) => Err(Error::shape(format!(
                "expected {} names, one for each feature, but found {}",
                names.len(),
                given.len()
            ))),
        }
    }
}
