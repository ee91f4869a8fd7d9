//! The table of an element's components.

use crate::dataset::ElementSpec;
use crate::display::page::{Cell, Head, Table};
use crate::list::{IntoList, MapEach};

/// The most components a table lists; it says how many more there are.
const MAX_COMPONENTS: usize = 40;

/// Name, dtype and shape of each component.
pub(super) fn table(spec: &ElementSpec) -> Table {
    let rows = spec
        .names()
        .into_iter()
        .zip(spec.components())
        .map(|(name, spec)| {
            let cells = [name, spec.dtype_text(), spec.shape_text()];
            cells.map(Cell::Text).to_vec()
        });
    let head = ["component", "dtype", "shape"].map_each(|name| Head::left(*name));
    Table::new(head, rows.into_list()).cut(MAX_COMPONENTS)
}
