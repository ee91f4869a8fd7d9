//! What a card says, as plain data, and its two renderers.
//!
//! - `table`: tables and what their cells hold
//! - `html`: a page as HTML of inline styles
//! - `text`: a page as lines for terminals
//! - `reduce`: a page made smaller where its output would be large
//! - `step`: a step of a chain in little room
//! - `sheet`: a page as figures, its words and tables drawn
//! - `grid`: a table as lines with aligned columns
//! - `bars`: bars in characters
//! - this file: the parts of a page

mod bars;
mod grid;
mod html;
mod reduce;
mod sheet;
mod step;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub(super) use html::{BarsLook, html};
pub(super) use reduce::Reducer;
pub(super) use sheet::{Sheet, sheets};
pub(super) use table::{Cell, Gap, Head, Table};
pub(super) use text::text;

use crate::plot::figure::Figure;
use crate::profile::Level;

/// What a card says, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    pub(super) parts: Vec<Part>,
}

/// One thing a card says. Its strings are as they were found: the renderers
/// escape and shorten them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A bold name and what follows it.
    Heading {
        name: String,
        rest: String,
    },
    /// The steps of a pipeline, joined by arrows.
    Chain(Vec<String>),
    Table(Table),
    Figure(Box<Figure>),
    Findings(Vec<Remark>),
    /// A quiet line: what was sampled, what was left out.
    Note(String),
    /// What could not be found out, and why.
    Error(String),
    /// Parts side by side where there is room, else one below the other.
    Row(Vec<Part>),
}

/// A finding: what it is about, what was found, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remark {
    pub(super) level: Level,
    pub(super) name: String,
    pub(super) text: String,
    /// Empty for none.
    pub(super) hint: String,
}

impl Remark {
    /// What it is about, how much it matters, and what was found.
    fn said(&self) -> String {
        format!("{} ({}): {}", self.name, self.level.word(), self.text)
    }
}

impl Page {
    /// A page that begins with a heading.
    pub(super) fn headed(name: impl Into<String>, rest: impl Into<String>) -> Page {
        Page::default().with(Part::heading(name, rest))
    }

    /// With one more part at the end.
    pub(super) fn with(mut self, part: Part) -> Page {
        self.parts.push(part);
        self
    }

    /// With those of these parts at the end that there are.
    pub(super) fn with_all(mut self, parts: impl IntoIterator<Item = Part>) -> Page {
        self.parts.extend(parts);
        self
    }
}

impl Part {
    pub(super) fn heading(name: impl Into<String>, rest: impl Into<String>) -> Part {
        Part::Heading {
            name: name.into(),
            rest: rest.into(),
        }
    }

    pub(super) fn figure(figure: Figure) -> Part {
        Part::Figure(Box::new(figure))
    }

    /// The figures within, in order.
    pub(super) fn figures(&self) -> Vec<&Figure> {
        match self {
            Part::Figure(figure) => vec![figure],
            Part::Row(parts) => parts.iter().flat_map(Part::figures).collect(),
            _ => Vec::new(),
        }
    }
}
