//! The card of an element: each component with its value, or with the picture that
//! fits its rank.

use super::batch::{self, brief, labelled};
use crate::dataset::Element;
use crate::display::bundle::Bundle;
use crate::display::page::{Cell, Head, Page, Part, Table};
use crate::error::Result;
use crate::list::{IntoList, MapEach};
use crate::plot::array;
use crate::plot::number::count;
use crate::tensor::Tensor;

/// The most components with a row in the table, and with a picture below it.
const MAX_COMPONENTS: usize = 40;
const MAX_PICTURES: usize = 6;

/// Longer vectors are drawn as well as told.
const MAX_TOLD: usize = 12;

/// An element or a batch.
pub(in crate::display) fn element(element: &Element) -> Result<Bundle> {
    match element.is_batch() {
        true => batch::batch(element),
        false => single(element),
    }
}

fn single(element: &Element) -> Result<Bundle> {
    let page = Page::headed("Element", "").with(Part::Table(values(element)));
    Bundle::of_page(&page.with_all(pictures(element)?))
}

/// Name, dtype, shape and value of each component.
fn values(element: &Element) -> Table {
    let spec = element.spec();
    let rows = element.to_dataset();
    let label = rows.row_spec().label();
    let named = spec.names().into_iter().zip(spec.components());
    let cells = named.zip(element.structure().leaves()).enumerate();
    let cells = cells.map(|(i, ((name, spec), tensor))| {
        let value = match (tensor.shape(), label == Some(i)) {
            ([], true) => labelled(&tensor.view(), rows.class_names()),
            (shape, _) if is_told(shape) => brief(&tensor.view()),
            _ => String::new(),
        };
        let told = [name, spec.dtype_text(), spec.shape_text(), value];
        told.map(Cell::Text).to_vec()
    });
    let head = ["component", "dtype", "shape", "value"].map_each(|name| Head::left(*name));
    Table::new(head, cells.into_list()).cut(MAX_COMPONENTS)
}

fn is_told(shape: &[usize]) -> bool {
    matches!(shape, []) || matches!(shape, [n] if *n <= MAX_TOLD)
}

/// Pictures of the components that are more than a few values, side by side, and how
/// many there are besides.
fn pictures(element: &Element) -> Result<Vec<Part>> {
    let rows = element.to_dataset();
    let image = rows.row_spec().image();
    let names = element.spec().names();
    let leaves: Vec<(usize, &Tensor)> = element
        .structure()
        .leaves()
        .into_iter()
        .enumerate()
        .filter(|(_, tensor)| !is_told(tensor.shape()))
        .into_list();
    let drawn = leaves.iter().take(MAX_PICTURES).map(|&(i, tensor)| {
        let figure = match image == Some(i) {
            true => rows.images().figure()?,
            false => array::figure(&tensor.view())?,
        };
        Ok(Part::figure(match leaves.len() {
            1 => figure,
            _ => figure.titled(Some(names[i].clone())),
        }))
    });
    let drawn = drawn.try_into_list()?;
    let more = leaves.len() - drawn.len();
    let note = (more > 0).then(|| Part::Note(format!("{} more components", count(more))));
    Ok(match drawn.is_empty() {
        true => Vec::new(),
        false => [Part::Row(drawn)].into_iter().chain(note).into_list(),
    })
}
