//! The laws of data sets: what every composition of steps, and every array that a
//! data set can stand on, has in common.
//!
//! - `laws`: steps over data of any size, against a plain vector
//! - `arrays`: every layout, storage and element type
//! - `structures`: tuples, names, nesting and their specs
//! - `files`: data sets on files, and what they write
//! - `image_folders`, `list_files`: sources that look into folders
//! - `iterators`: elements in order, as often as wanted
//! - `steps`: chains of steps, reached in any order and one after another
//! - `subsets`: splits, samples, sorting, selections

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "helpers outside #[test] functions unwrap as tests do; tests are not documented"
)]

mod arrays;
mod files;
#[path = "../common/folder.rs"]
mod folder;
#[cfg(feature = "image")]
mod image_folders;
mod iterators;
mod laws;
mod list_files;
#[cfg(feature = "image")]
#[path = "../common/pictures.rs"]
mod pictures;
mod steps;
mod structures;
mod subsets;

use ndarray::Ix1;
use ndsight::{Dataset, Element, IntoStructure, Result, Scalar};

fn dataset(components: impl IntoStructure) -> Dataset {
    Dataset::from_tensor_slices(components).unwrap()
}

/// The numbers from 0 on, one for each element.
fn counting(n: usize) -> Dataset {
    dataset((0..n as u32).collect::<Vec<u32>>())
}

/// The scalars of a component, element by element.
fn scalars<T: Scalar>(ds: &Dataset, component: usize) -> Vec<T> {
    let values = ds.iter().map(|element| element?.scalar(component));
    values.collect::<Result<_>>().unwrap()
}

/// The values of a component of rank 1 after batching.
fn values<T: Scalar>(batch: &Element, component: usize) -> Vec<T> {
    batch.array::<T, Ix1>(component).unwrap().to_vec()
}
