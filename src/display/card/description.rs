//! The card of a description: pandas' rows for each column.

use super::columns;
use crate::display::bundle::Bundle;
use crate::display::page::{Page, Part};
use crate::error::Result;
use crate::list::Flat;
use crate::plot::notes;
use crate::plot::number::count;
use crate::profile::Description;

/// More columns than this are cut in the middle of the table.
const MAX_COLUMNS: usize = 100;

pub(in crate::display) fn description(description: &Description) -> Result<Bundle> {
    let size = format!(
        "of {} and {} columns",
        notes::rows(description.rows),
        count(description.columns.len())
    );
    let tables = [columns::numbers(description), columns::classes(description)];
    let tables = tables
        .flat()
        .into_iter()
        .map(|table| Part::Table(table.cut(MAX_COLUMNS)));
    Bundle::of_page(&Page::headed("Description", size).with_all(tables))
}
