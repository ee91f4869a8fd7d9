//! Wrong arguments, broken files and hostile data, through the public interface:
//! each gives a clear error, tested to its full text, or a clear picture.
//!
//! - `data`: components that do not fit, access to what is not there
//! - `images`, `histograms`, `scatter`, `pairplots`, `projections`: options and shapes
//!   that a plot refuses
//! - `cards`: what data sets of every kind say of themselves
//! - `comparisons`: data sets that have nothing, little or too much in common
//! - `confusion`, `correlation`, `countplot`, `heatmap`, `lineplot`, `grids` (`hist2d`
//!   and `hexbin`): the same of tables, and hostile data in them
//! - `distributions`: histograms by class, steps, boxes, violins and strips
//! - `left_out`: what is not finite, constant or missing in the data
//! - `extremes`: the largest and smallest numbers
//! - `shapes`: pictures of odd shapes, batches
//! - `files`: missing and broken files, in and out
//! - `findings`: hostile data before every rule
//! - `panics`: closures that panic, in every step that takes one
//! - `image_folders`, `patterns`: hostile pictures, and names of files
//! - `steps`: steps and closures that cannot do what they are asked
//! - `statistics`: the largest and smallest numbers in every statistic
//! - `words`: hostile strings in every place that shows words

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "helpers outside #[test] functions unwrap as tests do; tests are not documented"
)]

mod cards;
mod comparisons;
mod confusion;
mod correlation;
mod countplot;
mod data;
mod distributions;
#[path = "../common/drawn.rs"]
mod drawn;
mod extremes;
mod files;
mod findings;
#[path = "../common/folder.rs"]
mod folder;
mod grids;
mod heatmap;
mod histograms;
#[cfg(feature = "image")]
mod image_folders;
mod images;
mod left_out;
mod lineplot;
mod pairplots;
mod panics;
mod patterns;
#[cfg(feature = "image")]
#[path = "../common/pictures.rs"]
mod pictures;
mod projections;
mod scatter;
mod shapes;
mod statistics;
mod steps;
mod words;

use std::fmt::Debug;

use drawn::{Picture, drawn, sketched, words};
use ndarray::Array2;
use ndsight::{Dataset, Error, IntoStructure, Result};

fn dataset(components: impl IntoStructure) -> Dataset {
    Dataset::from_tensor_slices(components).unwrap()
}

/// Six rows of two features, the numbers 0 to 11.
fn two_features() -> Dataset {
    dataset(Array2::from_shape_fn((6, 2), |(i, j)| (2 * i + j) as f64))
}

/// The full text of the error, which `is` must recognise.
fn refused<T: Debug>(result: Result<T>, is: fn(&Error) -> bool) -> String {
    let err = result.unwrap_err();
    assert!(is(&err), "another kind of error: {err}");
    err.to_string()
}

/// Tables of two features that strain what reads numbers.
fn hostile_tables() -> Vec<Dataset> {
    let (nan, inf, max) = (f64::NAN, f64::INFINITY, f64::MAX);
    let tables = [
        vec![],
        vec![1.0, 2.0],
        vec![nan, nan],
        vec![nan, inf, -inf, nan],
        vec![5.0, 5.0, 5.0, 5.0],
        vec![0.0, -0.0, 0.0, 0.0],
        vec![max, -max, -max, max, 0.0, 1.0],
        vec![5e-324, 1e-310, 0.0, 5e-324],
        vec![1.0, nan, 2.0, inf, 3.0, 1e300],
        vec![1e15, 1e15 + 1.0, 1e15 + 2.0, 1e15],
    ];
    let table = |values: Vec<f64>| Array2::from_shape_vec((values.len() / 2, 2), values).unwrap();
    let mut tables: Vec<Dataset> = tables.into_iter().map(|v| dataset(table(v))).collect();
    tables.push(dataset(Array2::from_elem((3, 2), u64::MAX)));
    tables.push(dataset(Array2::from_elem((3, 2), true)));
    tables
}

/// Words that break what does not expect them.
const WORDS: [&str; 6] = [
    "",
    "<script>alert(1)</script>",
    "two\nlines",
    "\u{202e}backwards",
    "\u{0}\u{1b}[31m",
    "a name that does not end and so finds no room wherever it is to be written",
];
