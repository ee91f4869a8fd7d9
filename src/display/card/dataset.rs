//! The card of a data set: its size, its steps, its components, and a picture.

use super::spec;
use crate::dataset::{Cardinality, Dataset};
use crate::display::bundle::Bundle;
use crate::display::page::{Page, Part};
use crate::error::Result;
use crate::plot::number::count;

pub(in crate::display) fn dataset(dataset: &Dataset) -> Result<Bundle> {
    let name = match dataset.is_batched() {
        true => "Batched dataset",
        false => "Dataset",
    };
    let page = Page::headed(name, size(dataset))
        .with(Part::Chain(dataset.steps().to_vec()))
        .with(Part::Table(spec::table(&dataset.element_spec())))
        .with(Part::figure(dataset.figure()?));
    Bundle::of_page(&page)
}

/// How many elements there are, in words.
fn size(dataset: &Dataset) -> String {
    let (one, many) = match dataset.is_batched() {
        true => ("batch", "batches"),
        false => ("element", "elements"),
    };
    match dataset.cardinality() {
        Cardinality::Finite(1) => format!("1 {one}"),
        Cardinality::Finite(n) => format!("{} {many}", count(n)),
        Cardinality::Infinite => format!("endless {many}"),
        Cardinality::Unknown => format!("an unknown number of {many}"),
    }
}
