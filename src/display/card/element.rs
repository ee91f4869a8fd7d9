//! The card of an element or a batch: its components and a picture.

use super::spec;
use crate::dataset::Element;
use crate::display::bundle::Bundle;
use crate::display::page::{Page, Part};
use crate::error::Result;
use crate::plot::number::count;

pub(in crate::display) fn element(element: &Element) -> Result<Bundle> {
    let spec = element.spec();
    let (name, size) = match element.is_batch() {
        true => (
            "Batch",
            match spec.components().first().and_then(|spec| spec.first_axis()) {
                Some(1) => "of 1 row".to_owned(),
                rows => format!("of {} rows", count(rows.unwrap_or(0))),
            },
        ),
        false => ("Element", String::new()),
    };
    let page = Page::headed(name, size)
        .with(Part::Table(spec::table(&spec)))
        .with(Part::figure(element.figure()?));
    Bundle::of_page(&page)
}
