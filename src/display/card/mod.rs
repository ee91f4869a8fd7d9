//! What data sets, elements and arrays say of themselves: a file for each card.
//!
//! - `dataset`: a data set
//! - `element`: an element or a batch
//! - `array`: an array
//! - `picture`: a picture of the `image` crate
//! - `spec`: the table of components
//! - this file: a plot, which says nothing beside its figure

mod array;
mod dataset;
mod element;
#[cfg(feature = "image")]
mod picture;
mod spec;

pub(super) use array::{tensor, view};
pub(super) use dataset::dataset;
pub(super) use element::element;
#[cfg(feature = "image")]
pub(super) use picture::picture;

use super::bundle::Bundle;
use crate::error::Result;
use crate::plot::Draw;

/// A picture alone.
pub(super) fn plot(plot: &impl Draw) -> Result<Bundle> {
    Bundle::of_figure(plot.figure()?)
}
