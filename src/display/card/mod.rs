//! What data sets, elements and arrays say of themselves: a file for each card.
//!
//! - `dataset`: a data set
//! - `description`: its columns in numbers
//! - `finding`: what was found in it
//! - `element`: an element
//! - `batch`: a batch: its pictures, or its rows as a table
//! - `array`: an array
//! - `picture`: a picture of the `image` crate
//! - `spec`, `columns`: tables of components and of columns described
//! - `comparison`: two data sets side by side
//! - `values`: values in words and in colours
//! - this file: a plot, which says nothing beside its figure

mod array;
mod batch;
mod columns;
mod comparison;
mod dataset;
mod description;
mod element;
mod finding;
#[cfg(feature = "image")]
mod picture;
mod spec;
#[cfg(test)]
mod tests;
mod values;

pub(super) use array::{tensor, view};
pub(super) use comparison::comparison;
pub(super) use dataset::{card, dataset};
pub(super) use description::description;
pub(super) use element::element;
pub(super) use finding::finding;
#[cfg(feature = "image")]
pub(super) use picture::picture;

use super::bundle::Bundle;
use crate::error::Result;
use crate::plot::Draw;

/// A picture alone.
pub(super) fn plot(plot: &impl Draw) -> Result<Bundle> {
    Bundle::of_figure(plot.figure()?)
}
