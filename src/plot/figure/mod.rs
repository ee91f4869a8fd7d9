//! A figure as plain data: panels, axes and marks in numbers, before any
//! drawing. Comparable and testable; drawn the same to the byte each time.
//!
//! - `axis`: limits, scales, axes
//! - `mark`: the layers of a panel
//! - this file: inks, keys, panels and the figure itself

mod axis;
mod mark;

pub(crate) use axis::{Axis, Limits, Scale, finite_ends};
pub(crate) use mark::{
    Bars, Cell, Cells, Image, Lines, Mark, Marker, Per, Pixels, Place, Points, Polygons, Rug,
    Texts, Thumbnails,
};

use super::look::{Format, Theme};
use crate::held::Held;

/// A colour by its role, so that a theme can choose the shade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ink {
    /// Text and axis lines.
    Text,
    /// Quieter text: captions and tick labels.
    Muted,
    /// Axis frame and tick marks.
    Frame,
    /// Grid lines behind the data.
    Grid,
    /// What lies behind everything.
    Page,
    /// What is wrong: never the only sign of it.
    Alert,
    /// The n-th colour of the theme's cycle.
    Series(usize),
    /// A colour that is data (a pixel, a point of a colormap): every theme
    /// shows it as it is.
    Rgb([u8; 3]),
}

/// How a panel is framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// Left and bottom axis with ticks and labels.
    Axes,
    /// Nothing but the marks (matplotlib's `axis("off")`).
    Off,
}

/// What stands before an entry of a legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Swatch {
    /// A filled square: bars, areas.
    Area,
    Line,
    Dashes,
    /// A marker of this radius.
    Marker(Marker, f64),
}

/// A swatch and its meaning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LegendEntry {
    pub(crate) label: String,
    pub(crate) ink: Ink,
    pub(crate) swatch: Swatch,
}

/// What looks mean: shown at the right of the panel, never over data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// A swatch for each class.
    Legend {
        title: Option<String>,
        entries: Vec<LegendEntry>,
    },
    /// A strip of a colormap (its colours from least to greatest) with ticks.
    ColorBar {
        title: Option<String>,
        limits: Limits,
        scale: Scale,
        colors: Vec<[u8; 3]>,
    },
}

/// One set of axes with its marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Panel {
    pub(crate) title: Option<String>,
    pub(crate) title_ink: Ink,
    pub(crate) frame: Frame,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    /// Keep one unit of x as long as one unit of y (pictures); the marks are
    /// then centred in the room that is left.
    pub(crate) equal_aspect: bool,
    pub(crate) marks: Vec<Mark>,
    /// Words in the middle of the panel instead of marks, such as "no data".
    pub(crate) message: Option<String>,
    /// One below the other.
    pub(crate) keys: Vec<Key>,
}

impl Panel {
    /// Marks between axes.
    pub(crate) fn new(x: Axis, y: Axis, marks: Vec<Mark>) -> Self {
        Panel {
            title: None,
            title_ink: Ink::Text,
            frame: Frame::Axes,
            x,
            y,
            equal_aspect: false,
            marks,
            message: None,
            keys: Vec::new(),
        }
    }

    /// An empty frame that says why.
    pub(crate) fn message(text: impl Into<String>) -> Self {
        let unit = Axis::new(Limits::from_min_max(0.0, 1.0));
        Panel {
            message: Some(text.into()),
            ..Panel::new(unit.clone(), unit, Vec::new())
        }
    }

    /// Nothing at all: a gap in a grid.
    pub(crate) fn gap() -> Self {
        Panel {
            frame: Frame::Off,
            message: None,
            ..Panel::message("")
        }
    }

    pub(crate) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
}

/// Panels in rows of `columns` from the top left. All boxes of a column are
/// equally wide, all of a row equally high.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Panels {
    pub(crate) columns: usize,
    pub(crate) panels: Vec<Panel>,
    /// How wide each column, and how high each row is beside the others; 1 for
    /// those that are not listed.
    pub(crate) widths: Vec<f64>,
    pub(crate) heights: Vec<f64>,
    /// Panels close together, which share their axes.
    pub(crate) joined: bool,
}

/// What a figure is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Panels(Panels),
    /// Whole figures in rows of `columns`.
    Figures {
        columns: usize,
        figures: Vec<Figure>,
    },
}

/// A whole picture, ready to be drawn, shown or put beside others.
///
/// Made by the `figure` method of every plot. Its size is stated in logical
/// pixels: SVG has that size, PNG twice as many pixels in each direction. The
/// same figure gives the same bytes every time.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Figure, hstack};
///
/// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
/// let pair = hstack((iris.hist().features([0]), iris.scatter(0, 2)))?;
/// assert!(pair.to_svg()?.starts_with("<svg"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a figure does nothing until it is shown or saved"]
pub struct Figure {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) title: Option<String>,
    pub(crate) body: Held<Body>,
    /// What looks mean in all panels alike: at the right of them.
    pub(crate) keys: Held<Vec<Key>>,
    /// What must be known to read the picture rightly: sampling, rescaling,
    /// values left out. Written under the panels, one line each (wrapped).
    pub(crate) notes: Vec<String>,
    /// The picture in a sentence, for readers who do not see it.
    pub(crate) description: String,
    pub(crate) theme: Theme,
    /// What a notebook's HTML holds; by the environment if none is chosen.
    pub(crate) format: Option<Format>,
}

/// Height of the line above a figure with its space, and of a caption's line.
const TITLE: u32 = 30;
const NOTE: u32 = 18;
/// Height of each further line of a caption that is wrapped.
const LINE: u32 = 14;

impl Figure {
    /// Panels in rows of `columns`, in a picture of `size` logical pixels.
    pub(crate) fn of_panels(
        size: (u32, u32),
        columns: usize,
        panels: Vec<Panel>,
        description: impl Into<String>,
    ) -> Self {
        let body = Body::Panels(Panels {
            columns,
            panels,
            ..Panels::default()
        });
        Figure::new(size, body, description)
    }

    pub(crate) fn new(
        (width, height): (u32, u32),
        body: Body,
        description: impl Into<String>,
    ) -> Self {
        Figure {
            width,
            height,
            title: None,
            body: Held::new(body),
            keys: Held::new(Vec::new()),
            notes: Vec::new(),
            description: description.into(),
            theme: Theme::default(),
            format: None,
        }
    }

    /// With a line above, for which the picture grows.
    pub(crate) fn titled(mut self, title: Option<String>) -> Self {
        if let (Some(_), None) = (&title, &self.title) {
            self.height += TITLE;
        }
        self.title = title.or(self.title);
        self
    }

    /// With a line below, for which the picture grows.
    pub(crate) fn noted(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        // A letter is about so wide; a line more than needed does no harm.
        let width = note.chars().count() as f64 * 6.0;
        let lines = (width / f64::from(self.width.max(100) - 16))
            .ceil()
            .clamp(1.0, 8.0);
        self.height += NOTE + (lines as u32 - 1) * LINE;
        self.notes.push(note);
        self
    }

    /// With the lines below that there are.
    pub(crate) fn with_notes(mut self, notes: impl IntoIterator<Item = Option<String>>) -> Self {
        for note in notes {
            self = match note {
                Some(note) => self.noted(note),
                None => self,
            };
        }
        self
    }

    /// Says so where numbers are too large for an axis or a colour bar.
    pub(crate) fn with_note_of_cut_axes(self) -> Self {
        let cut = |scale: Scale, limits: Limits| scale == Scale::Linear && limits.is_cut();
        let axes = self.panels().iter().any(|panel| {
            let axes = [&panel.x, &panel.y];
            axes.iter().any(|axis| cut(axis.scale, axis.limits))
        });
        let keys = self.panels().into_iter().flat_map(|panel| &panel.keys);
        let colors = keys.chain(self.keys.iter()).any(|key| match key {
            Key::ColorBar { limits, scale, .. } => cut(*scale, *limits),
            Key::Legend { .. } => false,
        });
        let note = |cut: bool, what| cut.then(|| format!("numbers beyond ±4.49×10³⁰⁷ {what}"));
        self.with_notes([
            note(axes, "are outside the axes"),
            note(colors, "have the last colours"),
        ])
    }

    /// The panels of the figure, of all its figures if it is made of those.
    pub(crate) fn panels(&self) -> Vec<&Panel> {
        match &*self.body {
            Body::Panels(panels) => panels.panels.iter().collect(),
            Body::Figures { figures, .. } => figures.iter().flat_map(Figure::panels).collect(),
        }
    }
}
