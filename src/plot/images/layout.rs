//! The room that each image of a grid gets, and panels without axes.

use crate::held::Held;
use crate::plot::figure::{Axis, Figure, Frame, Image, Key, Limits, Mark, Panel, Pixels};
use crate::plot::message;
use crate::plot::number::count;

/// The width that a grid of several columns aims at, in logical pixels: what
/// JupyterLab leaves beside its side bar on a small screen.
const GRID_WIDTH: f64 = 780.0;

/// Sides of a cell, in logical pixels.
const CELL: std::ops::RangeInclusive<f64> = 28.0..=180.0;

/// More images than this are a mosaic: each as large as its pixels on a page of double
/// density, with no more than a line between it and the next. They have no titles.
const MOSAIC: usize = 2_500;

/// Sides of a picture of a mosaic, in logical pixels, the line between them, and the edge
/// around all.
const TILE: std::ops::RangeInclusive<f64> = 6.0..=28.0;
const LINE: f64 = 1.0;
const EDGE: f64 = 17.0;

/// The longest side of a mosaic, in logical pixels.
const MOSAIC_SIDE: f64 = 3_900.0;

/// The widest picture that stands alone in its row.
const LARGEST: f64 = 360.0;

/// A grid holds about so many pixels, as far as they are at least as fine as the page:
/// files of photos grow with them.
const MAX_PIXELS: f64 = 250_000.0;

/// Pictures whose sides differ by more than this are stretched: the shorter side
/// would be a thread.
const LONGEST: f64 = 20.0;

/// The least share of its width that a cell keeps for the sake of whole pixels.
const FIT: f64 = 0.85;

/// Between cells, and above a picture for one line of a title and for two.
const GAP: f64 = 10.0;
const TITLES: [f64; 3] = [0.0, 20.0, 35.0];

/// A letter of a title at the least size of those on one line, and at that of those on
/// two.
const LETTER: [f64; 2] = [6.1, 6.8];

/// The room each image of a grid gets.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Of the largest picture, in pixels.
    size: (usize, usize),
    /// Blocks of so many pixels across and down are averaged into one.
    pub(super) reduction: (usize, usize),
    stretched: bool,
    pub(super) mosaic: bool,
}

impl Cell {
    /// For `n` images of at most `size` (w, h) pixels, `columns` side by side, and as
    /// much room beside them for keys.
    pub(super) fn fitting(size: (usize, usize), columns: usize, n: usize, keys: f64) -> Cell {
        let (w, h) = (size.0.max(1) as f64, size.1.max(1) as f64);
        let stretched = w / h > LONGEST || h / w > LONGEST;
        if n > MOSAIC {
            return Cell::tile(size, columns, n, stretched);
        }
        let width = side(w, columns, keys);
        let (width, height) = match stretched {
            true => (width, (width * h / w).clamp(width / 8.0, width * 1.5)),
            // Upright pictures are as high as two of those that are wide.
            false if h > 2.0 * w => {
                let height = (width * h / w).min(width * 2.0);
                ((height * w / h).max(*CELL.start() * 2.0).min(width), height)
            }
            false => (width, width * h / w),
        };
        let mut cell = Cell {
            width,
            height,
            size,
            reduction: (1, 1),
            stretched,
            mosaic: false,
        };
        cell.reduction = cell.reduction_of(n);
        cell.fit_pixels();
        cell
    }

    /// For one of `n` images of a mosaic.
    fn tile(size: (usize, usize), columns: usize, n: usize, stretched: bool) -> Cell {
        let rows = n.div_ceil(columns);
        let most = |count: usize| (MOSAIC_SIDE - EDGE) / count.max(1) as f64 - LINE;
        let side = |pixels: usize, count: usize| {
            let side = (pixels as f64 / 2.0).clamp(*TILE.start(), *TILE.end());
            // To a whole pixel of the page, unless there is no room for it.
            let side = side.min(most(count));
            ((side * 2.0).floor() / 2.0).max(0.5)
        };
        let mut cell = Cell {
            width: side(size.0, columns),
            height: side(size.1, rows),
            size,
            reduction: (1, 1),
            stretched,
            mosaic: true,
        };
        let most = |unit: f64| (0.5 / unit - 0.25).ceil().max(1.0) as usize;
        let unit = cell.unit(size);
        cell.reduction = (most(unit.0), most(unit.1));
        cell
    }

    /// How many pixels are averaged into one: more than two of them to a logical pixel
    /// are not seen, and large grids do with one.
    fn reduction_of(&self, n: usize) -> (usize, usize) {
        let unit = self.unit(self.size);
        let most = |unit: f64| (0.5 / unit - 0.25).ceil().max(1.0) as usize;
        if self.stretched {
            return (most(unit.0), most(unit.1));
        }
        let mut factor = most(unit.0);
        let pixels = |factor: usize| {
            self.size.0 as f64 / factor as f64 * (self.size.1 as f64 / factor as f64)
        };
        // The cell shrinks by as much to fit the pixels.
        let still_sharp = |factor: usize| factor as f64 * unit.0 < 1.0 / FIT;
        while n as f64 * pixels(factor) > MAX_PIXELS && still_sharp(factor + 1) {
            factor += 1;
        }
        (factor, factor)
    }

    /// Gives each pixel of a reduced picture a whole number of those of a page at double
    /// density, if that costs little.
    fn fit_pixels(&mut self) {
        let across = self.size.0.div_ceil(self.reduction.0).max(1) as f64;
        let pixel = (self.width / across * 2.0).floor() / 2.0;
        let fitting = pixel * across;
        if !self.stretched && fitting >= FIT * self.width {
            self.height *= fitting / self.width;
            self.width = fitting;
        }
    }

    /// How many logical pixels a pixel of a picture of this size (w, h) takes across
    /// and down.
    pub(super) fn unit(&self, (w, h): (usize, usize)) -> (f64, f64) {
        let unit = (self.width / w.max(1) as f64, self.height / h.max(1) as f64);
        match self.stretched {
            true => unit,
            false => (unit.0.min(unit.1), unit.0.min(unit.1)),
        }
    }

    /// Whether a title of these parts has room above a picture on so many lines, as far
    /// as can be told without measuring letters.
    pub(super) fn has_room(&self, parts: &[String], lines: usize) -> bool {
        let letters = |part: &String| part.chars().count();
        match lines {
            1 => {
                let all: usize = parts.iter().map(|part| letters(part) + 1).sum();
                all as f64 * LETTER[0] <= self.width + GAP
            }
            _ => {
                let fits = |part: &String| letters(part) as f64 * LETTER[1] <= self.width;
                self.height >= 90.0 && parts.iter().all(fits)
            }
        }
    }

    /// A panel that shows a picture.
    pub(super) fn panel(&self, pixels: Pixels) -> Panel {
        Panel {
            equal_aspect: !self.stretched,
            ..picture_panel(pixels, self.reduction)
        }
    }

    /// A panel as large as one that shows a picture.
    pub(super) fn gap(&self) -> Panel {
        let axis = |length: usize| Axis::new(Limits::from_min_max(0.0, length.max(1) as f64));
        Panel {
            frame: Frame::Off,
            equal_aspect: !self.stretched,
            ..Panel::new(axis(self.size.0), axis(self.size.1), Vec::new())
        }
    }

    pub(super) fn notes(&self) -> [Option<String>; 2] {
        let (w, h) = (count(self.size.0), count(self.size.1));
        let reduced = match self.reduction {
            (1, 1) => None,
            (x, y) if x == y => Some(format!(
                "pictures of {w} × {h} pixels shown at 1/{x} of their size"
            )),
            (x, y) => Some(format!(
                "pictures of {w} × {h} pixels: blocks of {x} × {y} averaged"
            )),
        };
        let stretched = self
            .stretched
            .then(|| format!("pictures of {w} × {h} pixels stretched to be seen"));
        [reduced, stretched]
    }

    /// A figure that says why there are no pictures.
    pub(super) fn nothing(why: &str, what: &str) -> Figure {
        Figure::of_panels((320, 80), 1, vec![message::panel(why.to_owned())], what)
    }

    /// The figure of `panels`, `columns` side by side; `what` says what they are.
    pub(super) fn grid(
        &self,
        columns: usize,
        panels: Vec<Panel>,
        keys: Vec<Key>,
        what: &str,
    ) -> Figure {
        let columns = columns.min(panels.len()).max(1);
        let rows = panels.len().div_ceil(columns).max(1);
        let (gap, edge) = match self.mosaic {
            true => (LINE, EDGE),
            false => (GAP, GAP),
        };
        let cell_height = self.height + gap + self.title_height(&panels);
        let width = columns as f64 * (self.width + gap) + edge;
        let width = width.max(240.0) + keys.iter().map(key_width).fold(0.0, f64::max);
        let height = rows as f64 * cell_height + edge;
        let height = height.max(keys.iter().map(key_height).sum());
        let size = (width.round() as u32, height.max(80.0).round() as u32);
        let mut figure = Figure::of_panels(size, columns, panels, what);
        figure.keys = Held::new(keys);
        figure
    }

    /// Room for the lines of the longest title.
    fn title_height(&self, panels: &[Panel]) -> f64 {
        if self.mosaic {
            return 0.0;
        }
        let titles = panels.iter().filter_map(|panel| panel.title.as_deref());
        let letters = titles.map(|title| title.chars().count()).max();
        match letters {
            None => TITLES[0],
            Some(letters) if (letters + 1) as f64 * LETTER[0] <= self.width + GAP => TITLES[1],
            Some(_) if self.height < 90.0 => TITLES[1],
            Some(_) => TITLES[2],
        }
    }
}

/// The width of a cell.
fn side(w: f64, columns: usize, keys: f64) -> f64 {
    // Pictures that have the pixels for it may be larger.
    let largest = match columns {
        1 => LARGEST,
        _ if w > *CELL.end() => LARGEST,
        _ => *CELL.end(),
    };
    let side = ((GRID_WIDTH - keys) / columns as f64).clamp(*CELL.start(), largest);
    // Small pictures fill their cell with a whole number of pixels to each.
    match (side / w).round() * w {
        whole if w <= side && whole <= side * 1.15 => whole,
        _ if w <= side => (side / w).floor() * w,
        _ => side,
    }
}

/// About as wide as the renderer makes a key.
pub(super) fn key_width(key: &Key) -> f64 {
    let letters = |text: &str| text.chars().count() as f64;
    match key {
        Key::ColorBar { title, .. } => 70.0 + title.as_ref().map_or(0.0, |_| 22.0),
        Key::Legend { title, entries } => {
            let labels = entries
                .iter()
                .map(|entry| letters(&entry.label) * 6.6 + 24.0);
            let title = title.as_deref().map_or(0.0, |title| letters(title) * 6.6);
            12.0 + labels.fold(title, f64::max).min(200.0)
        }
    }
}

/// What a key needs to be whole.
fn key_height(key: &Key) -> f64 {
    match key {
        Key::ColorBar { .. } => 80.0,
        Key::Legend { title, entries } => {
            (entries.len() + usize::from(title.is_some())) as f64 * 17.0 + 24.0
        }
    }
}

/// A picture without axes, a pixel of which is a block of so many across and down.
/// Marks over it are in pixels before that.
pub(crate) fn picture_panel(pixels: Pixels, (across, down): (usize, usize)) -> Panel {
    let width = (pixels.width * across) as f64;
    let height = (pixels.height * down) as f64;
    let mut y = Axis::new(Limits::from_min_max(0.0, height));
    y.reversed = true;
    let x = Axis::new(Limits::from_min_max(0.0, width));
    let image = Image {
        pixels,
        x: (0.0, width),
        y: (0.0, height),
    };
    Panel {
        frame: Frame::Off,
        equal_aspect: true,
        ..Panel::new(x, y, vec![Mark::Image(image)])
    }
}
