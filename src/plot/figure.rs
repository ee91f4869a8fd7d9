//! A figure as plain data: panels, axes and marks in numbers, before any
//! drawing. Comparable and testable; drawn the same to the byte each time.

use std::sync::Arc;

/// A closed interval of finite numbers with `min < max`, so that ticks and
/// mapping to pixels need no checks of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    min: f64,
    max: f64,
}

impl Limits {
    /// Widens what it must to keep the guarantee: equal ends move apart,
    /// non-finite ends are clamped to what `f64` can subtract, and swapped ends
    /// are swapped back.
    pub(crate) fn from_min_max(min: f64, max: f64) -> Self {
        // A quarter of the largest number: `max - min` and a margin stay finite.
        const HUGE: f64 = f64::MAX / 4.0;
        let clean = |v: f64| {
            if v.is_nan() {
                0.0
            } else {
                v.clamp(-HUGE, HUGE)
            }
        };
        let (a, b) = (clean(min.min(max)), clean(min.max(max)));
        // Spans below the last few bits of the ends cannot be told apart on an
        // axis, so they count as equal.
        let least = a.abs().max(b.abs()) * 1e-12;
        if b - a > least && b - a > f64::MIN_POSITIVE {
            return Limits { min: a, max: b };
        }
        let half = if a == 0.0 { 0.5 } else { a.abs() * 0.05 };
        let half = half.max(1e-300);
        Limits {
            min: a - half,
            max: b + half,
        }
    }

    /// The limits with `share` of the span added at both ends.
    pub(crate) fn padded(self, share: f64) -> Self {
        let by = self.span() * share;
        Limits::from_min_max(self.min - by, self.max + by)
    }

    pub(crate) fn min(self) -> f64 {
        self.min
    }

    pub(crate) fn max(self) -> f64 {
        self.max
    }

    pub(crate) fn span(self) -> f64 {
        self.max - self.min
    }

    /// Where `value` lies between the ends: 0 at the least, 1 at the greatest.
    pub(crate) fn fraction(self, value: f64) -> f64 {
        (value - self.min) / self.span()
    }

    pub(crate) fn contains(self, value: f64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

/// The least and greatest of the finite values, or nothing where there are none.
pub(crate) fn finite_ends(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.into_iter().filter(|v| v.is_finite());
    finite
        .map(|v| (v, v))
        .reduce(|(low, high), (v, _)| (v.min(low), v.max(high)))
}

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
    /// The n-th colour of the theme's cycle.
    Series(usize),
    /// A colour that is data (a pixel, a point of a colormap): every theme
    /// shows it as it is.
    Rgb([u8; 3]),
}

/// Pixels of a picture, row by row from the top, four bytes (RGBA, straight
/// alpha) each.
#[derive(Clone, PartialEq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgba: Arc<[u8]>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({}×{})", self.width, self.height)
    }
}

/// One layer of a panel, in data coordinates. Every number is finite and lies
/// within the panel's limits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// Adjoining bars from zero (or the lower limit) up: `heights[i]` over
    /// `edges[i]..edges[i + 1]`.
    Bars {
        edges: Vec<f64>,
        heights: Vec<f64>,
        ink: Ink,
    },
    /// Discs at `(x[i], y[i])`, `radius` in logical pixels.
    Points {
        x: Vec<f64>,
        y: Vec<f64>,
        inks: Inks,
        radius: f64,
        opacity: f64,
    },
    /// A line through `(x[i], y[i])`, interrupted where a run ends: each run is
    /// drawn on its own.
    Line {
        runs: Vec<Vec<(f64, f64)>>,
        ink: Ink,
        width: f64,
    },
    /// A picture filling the panel's limits, each pixel a sharp square.
    Image(Pixels),
}

/// One colour for all points, or one for each.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inks {
    One(Ink),
    Each(Vec<Ink>),
}

/// An axis: what it spans and what is written at it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) limits: Limits,
    pub(crate) label: Option<String>,
    /// Ticks only at whole numbers (counts, integer data).
    pub(crate) integer: bool,
    /// Values grow downwards (y) — the rows of a matrix.
    pub(crate) reversed: bool,
}

impl Axis {
    pub(crate) fn new(limits: Limits) -> Self {
        Axis {
            limits,
            label: None,
            integer: false,
            reversed: false,
        }
    }
}

/// How a panel is framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// Left and bottom axis with ticks and labels.
    Axes,
    /// Nothing but the marks (matplotlib's `axis("off")`).
    Off,
}

/// A swatch and its meaning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LegendEntry {
    pub(crate) label: String,
    pub(crate) ink: Ink,
}

/// What the colours mean: shown at the right of the panel, never over data.
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
        colors: Vec<[u8; 3]>,
    },
}

/// One set of axes with its marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Panel {
    pub(crate) title: Option<String>,
    pub(crate) frame: Frame,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    /// Keep one unit of x as long as one unit of y (pictures); the marks are
    /// then centred in the room that is left.
    pub(crate) equal_aspect: bool,
    pub(crate) marks: Vec<Mark>,
    /// Words in the middle of the panel instead of marks, such as "no data".
    pub(crate) message: Option<String>,
    pub(crate) key: Option<Key>,
}

/// A whole picture. Its size is stated in logical pixels: SVG has that size,
/// PNG twice as many pixels in each direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) title: Option<String>,
    /// Panels fill rows of this many from the top left.
    pub(crate) columns: usize,
    pub(crate) panels: Vec<Panel>,
    /// What must be known to read the picture rightly: sampling, rescaling,
    /// values left out. Written under the panels, one line each (wrapped).
    pub(crate) notes: Vec<String>,
    /// The picture in a sentence, for readers who do not see it.
    pub(crate) description: String,
}
