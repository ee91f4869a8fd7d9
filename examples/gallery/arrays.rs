//! What plain arrays, elements and data sets show of themselves.

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "array-curve", "A vector", |walk| walk;
    "array-long-curve", "A vector of 1,000,000 values", |long_walk| long_walk;
    "array-matrix", "A matrix", |saddle| saddle;
    "array-large-matrix", "A matrix of 1,000 × 1,000", |ripples| ripples;
    "array-hypercube", "An array of four axes", |hypercube| hypercube;
    "array-image", "A picture", |photos| photos.at(0)?.component(0)?;
    "array-slices", "A stack of pictures", |digits| digits.batch(12)?.at(0)?.component(0)?;
    "dataset-table", "A data set of features", |wine| wine;
    "dataset-words", "An element of numbers", |cloud| cloud.at(0)?;
};
