//! Small multiples: a panel for each feature, in rows.

use super::figure::{Figure, Key, Panel};
use super::notes;
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::{IntoList, MapEach};

/// The most panels of one figure; more features are said to be there.
pub(super) const MAX_PANELS: usize = 60;

/// How many panels side by side before they wrap.
pub(super) const COLUMNS: usize = 5;

/// As many of the features as one figure shows, and the caption that says so.
pub(super) fn shown<T>(features: &[T]) -> (&[T], Option<String>) {
    let shown = &features[..features.len().min(MAX_PANELS)];
    let note = notes::part_of(
        shown.len(),
        features.len(),
        "features; choose others with features([…])",
    );
    (shown, note)
}

/// At least one column, or an error that says so.
pub(super) fn check(columns: usize) -> Result<()> {
    match columns {
        0 => Err(Error::value(
            "expected at least 1 column of panels, but found 0",
        )),
        _ => Ok(()),
    }
}

/// Width and height of each of so many panels in a row: wide enough for four
/// tick labels; one or two panels get more room.
fn size(in_a_row: usize) -> (usize, usize) {
    match in_a_row {
        0 | 1 => (480, 320),
        2 => (360, 260),
        3 => (280, 220),
        _ => (205, 200),
    }
}

/// A key beside the panels takes about this much.
pub(super) const KEY: usize = 100;

/// The panels in rows of `columns`, with the key of all at the right, described
/// as `what` ("Histogram").
pub(super) fn figure(
    mut panels: Vec<Panel>,
    columns: usize,
    key: Option<Key>,
    what: &str,
) -> Figure {
    let columns = columns.min(panels.len()).max(1);
    let rows = panels.len().div_ceil(columns);
    let (width, height) = size(columns);
    let what = match panels.len() {
        1 => what.to_owned(),
        n => format!("{n} {}s", what.to_lowercase()),
    };
    let names: Vec<&str> = panels.flat_map_each(|panel| panel.title.as_deref());
    let description = format!("{what}: {}", names.join(", "));
    let beside = key.as_ref().map_or(0, |_| KEY);
    let size = (
        (columns * width + beside).min(4000) as u32,
        (rows * height).min(3800) as u32,
    );
    // Beside a panel that is alone, the key is its own: text tells by it what
    // the letters in the panel mean.
    let mut keys: Vec<Key> = key.into_iter().into_list();
    if let [panel] = &mut panels[..] {
        panel.keys.append(&mut keys);
    }
    let mut figure = Figure::of_panels(size, columns, panels, description);
    figure.keys = Held::new(keys);
    figure
}
