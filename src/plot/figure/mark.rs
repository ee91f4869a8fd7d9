//! Marks: the layers of a panel, in data coordinates.
//!
//! Every number in them should be finite; what lies beyond the limits of the
//! panel's axes is clipped, never moved to the edge.

use std::sync::Arc;

use super::Ink;
use crate::list::{IntoList, MapEach};

/// One value for all, or one for each.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Per<T> {
    All(T),
    Each(Vec<T>),
}

impl<T> Per<T> {
    /// The value of number `i`; the last one where there are too few.
    pub(crate) fn get(&self, i: usize) -> Option<&T> {
        match self {
            Per::All(value) => Some(value),
            Per::Each(values) => values.get(i).or(values.last()),
        }
    }
}

/// Pixels of a picture, row by row from the top, four bytes (RGBA, straight
/// alpha) each.
#[derive(Clone, PartialEq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// A vector: `Arc<[u8]>` would copy what was made.
    pub(crate) rgba: Arc<Vec<u8>>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({}×{})", self.width, self.height)
    }
}

/// One layer of a panel. Layers are drawn in order, each over those before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    Bars(Bars),
    Lines(Lines),
    Polygons(Polygons),
    Points(Points),
    Rug(Rug),
    Image(Image),
    Cells(Cells),
    Texts(Texts),
    Thumbnails(Thumbnails),
}

/// Upright bars, or level ones: bar `i` covers `spans[i]` along its own axis and
/// reaches from one of `ends[i]` to the other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bars {
    pub(crate) spans: Vec<(f64, f64)>,
    pub(crate) ends: Vec<(f64, f64)>,
    pub(crate) ink: Ink,
    pub(crate) opacity: f64,
    /// Bars lie along x, their spans along y.
    pub(crate) level: bool,
}

impl Bars {
    /// Adjoining bars from zero up: `heights[i]` over `edges[i]..edges[i + 1]`.
    pub(crate) fn histogram(edges: &[f64], heights: &[f64], ink: Ink) -> Self {
        Bars {
            spans: edges.windows(2).map(|pair| (pair[0], pair[1])).into_list(),
            ends: heights.map_each(|&height| (0.0, height)),
            ink,
            opacity: 1.0,
            level: false,
        }
    }
}

/// Lines of one look through `(x, y)`; each run is drawn on its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lines {
    pub(crate) runs: Vec<Vec<(f64, f64)>>,
    pub(crate) ink: Ink,
    /// In logical pixels.
    pub(crate) width: f64,
    pub(crate) opacity: f64,
    pub(crate) dashed: bool,
}

impl Lines {
    /// Solid lines.
    pub(crate) fn new(runs: Vec<Vec<(f64, f64)>>, ink: Ink, width: f64) -> Self {
        Lines {
            runs,
            ink,
            width,
            opacity: 1.0,
            dashed: false,
        }
    }
}

/// Filled shapes: bands, violins, hexagons, boxes with notches.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Polygons {
    /// The corners of each, in order; the last is joined to the first.
    pub(crate) shapes: Vec<Vec<(f64, f64)>>,
    pub(crate) inks: Per<Ink>,
    pub(crate) opacity: f64,
}

/// The shape of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Marker {
    #[default]
    Disc,
    Square,
    Triangle,
    Diamond,
    Plus,
    Cross,
}

impl Marker {
    /// In the order in which classes take them.
    pub(crate) const ALL: [Marker; 6] = [
        Marker::Disc,
        Marker::Square,
        Marker::Triangle,
        Marker::Diamond,
        Marker::Plus,
        Marker::Cross,
    ];
}

/// Points at `(x[i], y[i])`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Points {
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
    pub(crate) inks: Per<Ink>,
    /// In logical pixels; other shapes have the area of this disc.
    pub(crate) radii: Per<f64>,
    pub(crate) markers: Per<Marker>,
    pub(crate) opacity: f64,
}

impl Points {
    /// Discs of one size and ink.
    pub(crate) fn new(x: Vec<f64>, y: Vec<f64>, ink: Ink, radius: f64) -> Self {
        Points {
            x,
            y,
            inks: Per::All(ink),
            radii: Per::All(radius),
            markers: Per::All(Marker::Disc),
            opacity: 1.0,
        }
    }
}

/// A short line at the x axis for each value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rug {
    pub(crate) values: Vec<f64>,
    pub(crate) ink: Ink,
}

/// A picture stretched over a rectangle, each pixel a sharp one. Its first row is
/// the one nearest to the top of the page, its first column that nearest to the
/// left, whichever way the axes run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Image {
    pub(crate) pixels: Pixels,
    pub(crate) x: (f64, f64),
    pub(crate) y: (f64, f64),
}

/// A grid of cells stretched over a rectangle as an [`Image`] is, in inks, so
/// that they have the shades of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cells {
    pub(crate) columns: usize,
    /// Row by row from the top.
    pub(crate) cells: Vec<Cell>,
    pub(crate) x: (f64, f64),
    pub(crate) y: (f64, f64),
}

/// A cell of a grid, transparent without inks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    /// Inks that are mixed as light is, each weighing its share of their sum.
    pub(crate) inks: Vec<(Ink, f64)>,
    pub(crate) opacity: f64,
}

/// Where words stand beside their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// On it: the numbers in the cells of a table.
    #[default]
    Middle,
    /// Above it: what an upright bar says.
    Above,
    /// At its right: what a level bar says.
    After,
}

/// Words at `(x, y)`. None of them is drawn where one finds no room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Texts {
    pub(crate) at: Vec<(f64, f64)>,
    pub(crate) texts: Vec<String>,
    pub(crate) inks: Per<Ink>,
    /// Width and height of the room of each, in data units.
    pub(crate) room: (f64, f64),
    pub(crate) place: Place,
}

/// Small pictures centred at `(x, y)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Thumbnails {
    pub(crate) at: Vec<(f64, f64)>,
    pub(crate) pictures: Vec<Pixels>,
    /// The longer side of each, in logical pixels.
    pub(crate) side: f64,
}
