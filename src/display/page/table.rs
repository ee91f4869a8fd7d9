//! Tables of a card.

use crate::plot::number::count;

/// Columns under heads; the first cell of each row heads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::display) struct Table {
    pub(in crate::display) head: Vec<Head>,
    pub(in crate::display) rows: Vec<Vec<Cell>>,
    /// What the table is, in a line above it.
    pub(in crate::display) caption: Option<String>,
    pub(in crate::display) gap: Option<Gap>,
}

/// Where rows are left out, and how many.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::display) struct Gap {
    /// As many rows stand above it.
    pub(in crate::display) after: usize,
    pub(in crate::display) left_out: usize,
}

impl Gap {
    pub(super) fn words(&self) -> String {
        format!("… {} more …", count(self.left_out))
    }
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::display) struct Head {
    pub(in crate::display) text: String,
    pub(in crate::display) align: Align,
}

/// The side at which a column is even.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::display) enum Align {
    Left,
    /// For numbers.
    Right,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::display) enum Cell {
    Text(String),
    /// A number in words; never broken into lines.
    Number(String),
    /// A small histogram: heights from zero up, in any unit.
    Bars(Vec<f64>),
    /// A part of a whole, from 0 to 1, as words beside a bar.
    Share {
        text: String,
        share: f64,
    },
    /// Words on a colour.
    Shaded {
        text: String,
        color: [u8; 3],
    },
    Empty,
}

impl Head {
    pub(in crate::display) fn left(text: impl Into<String>) -> Head {
        Head {
            text: text.into(),
            align: Align::Left,
        }
    }

    pub(in crate::display) fn right(text: impl Into<String>) -> Head {
        Head {
            text: text.into(),
            align: Align::Right,
        }
    }
}

impl Table {
    /// Rows under these heads.
    pub(in crate::display) fn new(head: Vec<Head>, rows: Vec<Vec<Cell>>) -> Table {
        Table {
            head,
            rows,
            ..Table::default()
        }
    }

    /// As many columns as the widest row has.
    pub(super) fn columns(&self) -> usize {
        let rows = self.rows.iter().map(Vec::len);
        rows.chain([self.head.len()]).max().unwrap_or(0)
    }

    /// The side at which column `i` is even.
    pub(super) fn align(&self, i: usize) -> Align {
        self.head.get(i).map_or(Align::Left, |head| head.align)
    }

    /// With at most `most` rows, the last of them the last; says how many are
    /// left out.
    pub(in crate::display) fn cut(mut self, most: usize) -> Table {
        let all = self.rows.len();
        if all <= most {
            return self;
        }
        let last = most / 5;
        let first = most - last;
        self.rows.drain(first..all - last);
        self.gap = Some(Gap {
            after: first,
            left_out: all - most + self.gap.map_or(0, |gap| gap.left_out),
        });
        self
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}
