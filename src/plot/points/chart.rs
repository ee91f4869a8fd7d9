//! A whole figure of one panel of points, with or without margins.

use super::choices::{Choices, MANY, MAX_POINTS};
use super::cloud::{Cloud, Drawn, Manner};
use super::coordinate::Coordinate;
use super::jitter::jitter;
use super::looks::Looks;
use super::spread::{Kind, Spread};
use super::{Density, thumbnails, trend};
use crate::dataset::{Columns, Dataset};
use crate::error::Result;
use crate::held::Held;
use crate::plot::figure::{Axis, Body, Figure, Limits, Panel, Panels};
use crate::plot::look::Look;
use crate::plot::notes;
use crate::plot::number::count;

/// Of a figure, in logical pixels.
pub(super) const SIZE: (u32, u32) = (560, 420);
const SIZE_WITH_MARGINS: (u32, u32) = (600, 520);

/// What numbers, words and keys take beside and below the axes box, about.
const AROUND: (f64, f64) = (75.0, 62.0);
const KEYS: f64 = 100.0;

/// An axes box has so much room at least.
pub(super) const LEAST_ROOM: f64 = 16.0;

/// How long the axes box is beside its margin.
const SHARES: [f64; 2] = [4.0, 1.0];

const RADIUS: f64 = 3.0;

/// The radius of points between thumbnails.
const SMALL: f64 = 2.0;

/// The rows of a data set, and the two numbers of each that are drawn.
pub(in crate::plot) struct Source<'a> {
    pub(in crate::plot) dataset: &'a Dataset,
    pub(in crate::plot) rows: &'a Columns,
    pub(in crate::plot) x: Coordinate,
    pub(in crate::plot) y: Coordinate,
    /// The plot in a word or two.
    pub(in crate::plot) what: &'static str,
    /// What is to be said about the numbers.
    pub(in crate::plot) notes: Vec<Option<String>>,
}

/// A source and how it is to be drawn.
pub(in crate::plot) struct Chart<'a> {
    pub(in crate::plot) source: Source<'a>,
    pub(in crate::plot) choices: &'a Choices,
    pub(in crate::plot) look: &'a Look,
}

/// All rows, as a density takes them, or as many as are drawn one by one.
pub(in crate::plot) fn read(dataset: &Dataset, choices: &Choices) -> Result<Columns> {
    match choices.density {
        Density::Never => dataset.sampled_rows(MAX_POINTS, 0),
        _ if choices.needs_points() => dataset.sampled_rows(MANY, 0),
        _ => dataset.plot_rows(),
    }
}

impl Chart<'_> {
    pub(in crate::plot) fn figure(mut self) -> Result<Figure> {
        let (rows, choices) = (self.source.rows, self.choices);
        let looks = Looks::of(self.source.dataset, rows, choices)?;
        let place = |coordinate: &mut Coordinate, axis| {
            let taken = std::mem::replace(coordinate, Coordinate::new("", Vec::new()));
            *coordinate = taken.along(axis);
        };
        place(&mut self.source.x, &choices.x);
        place(&mut self.source.y, &choices.y);
        let jitter = jitter(&mut self.source.x, &mut self.source.y, choices.jitter);
        let (x, y) = (&self.source.x, &self.source.y);
        let cloud = Cloud::new((x, y), &looks, self.manner(&looks));
        let mut notes = vec![notes::extent(rows.len, &rows.extent, "points")];
        notes.extend(self.source.notes.iter().cloned());
        notes.push(jitter);
        let figure = match cloud.if_empty() {
            Some(empty) => Figure::of_panels(self.size(), 1, vec![empty], ""),
            None => {
                let mut drawn = cloud.drawn(choices.is_dense(cloud.kept.drawn().len()))?;
                notes.push(drawn.note.take());
                notes.extend(self.additions(&cloud, &mut drawn)?);
                self.composed(&cloud, drawn)?
            }
        };
        notes.extend(cloud.kept.notes());
        let (points, names) = (cloud.kept.drawn().len(), (&x.name[..], &y.name[..]));
        let figure = described(figure, self.source.what, points, names);
        self.look.dress(figure.with_notes(notes))
    }

    fn size(&self) -> (u32, u32) {
        match self.choices.marginal {
            true => SIZE_WITH_MARGINS,
            false => SIZE,
        }
    }

    /// About how large the axes box will be, and what its points look like.
    fn manner(&self, looks: &Looks) -> Manner {
        let keys = if looks.keys(RADIUS).is_empty() {
            0.0
        } else {
            KEYS
        };
        let share = match self.choices.marginal {
            true => SHARES[0] / (SHARES[0] + SHARES[1]),
            false => 1.0,
        };
        Manner {
            alpha: self.choices.alpha,
            room: room(self.look.size.unwrap_or(self.size()), keys, share),
            radius: if self.choices.thumbnails {
                SMALL
            } else {
                RADIUS
            },
        }
    }

    /// What is drawn over the points, and said about it.
    fn additions(&self, cloud: &Cloud, drawn: &mut Drawn) -> Result<Vec<Option<String>>> {
        let mut notes = Vec::new();
        if self.choices.thumbnails {
            let image = thumbnails::component(&self.source.rows.spec)?;
            let pictures = thumbnails::pictures(cloud, self.source.rows, image)?;
            drawn.marks.extend(pictures.marks);
            notes.extend(pictures.notes);
        }
        if self.choices.trend {
            notes.extend(trend::add(cloud, drawn));
        }
        Ok(notes)
    }

    fn composed(&self, cloud: &Cloud, drawn: Drawn) -> Result<Figure> {
        let (x, y) = drawn.axes;
        let main = Panel {
            equal_aspect: self.choices.equal,
            ..Panel::new(x, y, drawn.marks)
        };
        if !self.choices.marginal {
            let panel = Panel {
                keys: drawn.keys,
                ..main
            };
            return Ok(Figure::of_panels(self.size(), 1, vec![panel], ""));
        }
        let (above, beside) = margins(cloud, &main)?;
        let body = Body::Panels(Panels {
            columns: 2,
            panels: vec![above, Panel::gap(), main, beside],
            widths: SHARES.to_vec(),
            heights: vec![SHARES[1], SHARES[0]],
            joined: true,
        });
        let figure = Figure::new(self.size(), body, "");
        Ok(Figure {
            keys: Held::new(drawn.keys),
            ..figure
        })
    }
}

/// About how large the axes box is of a figure of such a size, beside keys as wide as
/// that; margins leave it a share of the rest.
pub(super) fn room((width, height): (u32, u32), keys: f64, share: f64) -> (f64, f64) {
    let room = |length: u32, around: f64| ((f64::from(length) - around) * share).max(LEAST_ROOM);
    (room(width, AROUND.0 + keys), room(height, AROUND.1))
}

/// The figure with the words for who cannot see it.
pub(super) fn described(figure: Figure, what: &str, points: usize, (x, y): (&str, &str)) -> Figure {
    Figure {
        description: format!("{what} of {} points: {y} against {x}", count(points)),
        ..figure
    }
}

/// The distributions of x and y, along the axes of the panel between them.
fn margins(cloud: &Cloud, main: &Panel) -> Result<(Panel, Panel)> {
    let groups = cloud.groups();
    let kind = if groups.len() > 1 {
        Kind::Curves
    } else {
        Kind::Bars
    };
    let silent = |axis: &Axis| Axis {
        label: None,
        written: false,
        ..axis.clone()
    };
    // Their heights are to be compared, not read: no ticks.
    let heights = |spread: &Spread| Axis {
        categories: Some(Vec::new()),
        ..silent(&Axis::new(Limits::from_min_max(0.0, spread.top * 1.05)))
    };
    let above = Spread::of(cloud.x, &groups, &main.x, kind)?;
    let beside = Spread::of(cloud.y, &groups, &main.y, kind)?;
    Ok((
        Panel::new(silent(&main.x), heights(&above), above.marks(false, |v| v)),
        Panel::new(heights(&beside), silent(&main.y), beside.marks(true, |v| v)),
    ))
}
