//! Figures of figures.

use ndsight::{Figure, hstack, vstack};

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "hstack", "Side by side", |iris| hstack((iris.hist().features([0]), iris.scatter(0, 2).hue("labels")));
    "vstack", "One below the other", |digits, uniform| vstack((digits.images(), uniform.hist()));
    "grid", "In a grid", |iris, saddle, walk, crowd| Figure::grid(2, (iris.scatter(0, 2).hue("labels"), saddle, walk, crowd.scatter("x", "y")))?.title("Four figures");
};
