//! Matrices of numbers as coloured cells.
//!
//! - `colors`: which number has which colour
//! - `blocks`: long tables averaged down to what a screen can show
//! - this file: the cells, the numbers in them and the names beside them

mod blocks;
mod colors;

use ndarray::Array2;

use super::figure::{Axis, Image, Ink, Key, Limits, Mark, Panel, Per, Pixels, Place, Texts};
use crate::list::pixel_bytes;
pub(super) use blocks::{MAX_CELLS, Mean, averaged, block_note, block_size, block_sizes};
pub(crate) use colors::standing_out;
pub(super) use colors::{Coloring, Colors};

/// The cells of these rows and columns.
pub(super) fn picked<T: Copy>(cells: &Array2<T>, rows: &[usize], columns: &[usize]) -> Array2<T> {
    Array2::from_shape_fn((rows.len(), columns.len()), |(i, j)| {
        cells[[rows[i], columns[j]]]
    })
}

/// Coloured cells, the first row on top.
pub(super) struct Matrix {
    /// Cells whose number is not finite are blank.
    pub(super) values: Array2<f64>,
    pub(super) rows: Side,
    pub(super) columns: Side,
    pub(super) colors: Colors,
    /// What the colours measure.
    pub(super) measure: Option<String>,
    /// Cells stay square.
    pub(super) square: bool,
}

/// What stands beside the rows or below the columns.
pub(super) enum Side {
    /// Numbers: of so many rows or columns, of which each cell may hold several.
    Count(usize),
    Names(Vec<String>),
}

impl Side {
    fn axis(&self) -> Axis {
        match self {
            Side::Names(names) => Axis::categories(names.clone()),
            Side::Count(length) => Axis {
                integer: true,
                ..Axis::new(Limits::from_min_max(-0.5, (*length).max(1) as f64 - 0.5))
            },
        }
    }
}

impl Matrix {
    pub(super) fn panel(&self) -> Panel {
        let (x, mut y) = (self.columns.axis(), self.rows.axis());
        y.reversed = true;
        let image = Image {
            pixels: self.pixels(),
            x: (x.limits.min(), x.limits.max()),
            y: (y.limits.min(), y.limits.max()),
        };
        Panel {
            equal_aspect: self.square,
            keys: vec![self.key()],
            ..Panel::new(x, y, vec![Mark::Image(image)])
        }
    }

    fn pixels(&self) -> Pixels {
        let color = |&value: &f64| match self.colors.of(value) {
            Some([r, g, b]) => [r, g, b, 255],
            None => [0; 4],
        };
        Pixels {
            width: self.values.ncols(),
            height: self.values.nrows(),
            rgba: pixel_bytes(self.values.iter().map(color)).into(),
        }
    }

    fn key(&self) -> Key {
        self.colors.key(self.measure.clone())
    }

    /// Words in the cells, `texts` row by row; `shift` moves them down by a share
    /// of a cell, of whose height they take `height`. Cells without words are left
    /// out.
    pub(super) fn texts(&self, texts: Vec<String>, shift: f64, height: f64) -> Mark {
        let columns = self.values.ncols().max(1);
        let place = |i: usize| ((i % columns) as f64, (i / columns) as f64 + shift);
        let mut words = Texts {
            at: Vec::new(),
            texts: Vec::new(),
            inks: Per::All(Ink::Text),
            room: (1.0, height),
            place: Place::Middle,
        };
        let mut inks = Vec::new();
        let cells = texts.into_iter().zip(&self.values).enumerate();
        for (i, (text, &value)) in cells.filter(|(_, (text, _))| !text.is_empty()) {
            words.at.push(place(i));
            words.texts.push(text);
            inks.push(self.colors.ink_on(value));
        }
        words.inks = Per::Each(inks);
        Mark::Texts(words)
    }
}
