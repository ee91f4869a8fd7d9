//! One panel of points: dots, or their density, and their trends.

use super::coordinate::Coordinate;
use super::crowding::{Dots, dots};
use super::density::Counted;
use super::kept::Kept;
use super::looks::Looks;
use crate::error::Result;
use crate::list::{MapEach, MapInto};
use crate::plot::figure::{Axis, Ink, Key, Mark, Panel, Points};

/// The rows of a panel and how they are told apart.
pub(in crate::plot) struct Cloud<'a> {
    pub(super) x: &'a Coordinate,
    pub(super) y: &'a Coordinate,
    pub(super) looks: &'a Looks,
    pub(in crate::plot) kept: Kept,
    pub(super) axes: (Axis, Axis),
    pub(super) manner: Manner,
}

/// How points are drawn.
#[derive(Clone, Copy, Debug)]
pub(in crate::plot) struct Manner {
    pub(in crate::plot) alpha: Option<f64>,
    /// Width and height of the axes box, about, in logical pixels.
    pub(in crate::plot) room: (f64, f64),
    /// Of a point, where they are not crowded.
    pub(in crate::plot) radius: f64,
}

/// What a cloud looks like.
pub(super) struct Drawn {
    pub(super) marks: Vec<Mark>,
    pub(super) axes: (Axis, Axis),
    pub(super) keys: Vec<Key>,
    pub(super) note: Option<String>,
}

impl<'a> Cloud<'a> {
    pub(in crate::plot) fn new(
        (x, y): (&'a Coordinate, &'a Coordinate),
        looks: &'a Looks,
        manner: Manner,
    ) -> Self {
        let kept = Kept::of(x, y, looks);
        let axes = (x.axis(kept.drawn()), y.axis(kept.drawn()));
        Cloud {
            x,
            y,
            looks,
            kept,
            axes,
            manner,
        }
    }

    /// The same between axes that it shares with others.
    pub(in crate::plot) fn between(self, x: Axis, y: Axis) -> Self {
        Cloud {
            axes: (x, y),
            ..self
        }
    }

    /// An empty panel that says so, if there are no points.
    pub(in crate::plot) fn if_empty(&self) -> Option<Panel> {
        self.kept.drawn().is_empty().then(|| {
            let mut panel = Panel::message("no data");
            panel.x.label = Some(self.x.name.clone());
            panel.y.label = Some(self.y.name.clone());
            panel
        })
    }

    /// Where the points lie, as shares of both axes.
    fn shares(&self) -> Vec<(f64, f64)> {
        let place = |&row: &usize| {
            let (x, y) = (self.x.place(row), self.y.place(row));
            (self.axes.0.fraction(x), self.axes.1.fraction(y))
        };
        self.kept.drawn().map_each(place)
    }

    /// Where the points lie, in logical pixels from a corner.
    pub(super) fn pixels(&self) -> Vec<(f64, f64)> {
        let (width, height) = self.manner.room;
        let place = |(x, y): (f64, f64)| (x * width, y * height);
        self.shares().map_into(place)
    }

    fn dots(&self) -> Dots {
        let dots = dots(&self.shares(), self.manner.room, self.manner.radius);
        Dots {
            opacity: self.manner.alpha.unwrap_or(dots.opacity),
            ..dots
        }
    }

    /// The points one by one.
    pub(super) fn points(&self) -> Drawn {
        let mut rows = self.kept.drawn().to_vec();
        self.looks.arrange(&mut rows);
        let dots = self.dots();
        let points = Points {
            inks: self.looks.inks(&rows),
            radii: self.looks.radii(&rows, dots.radius),
            markers: self.looks.markers(&rows),
            opacity: dots.opacity,
            ..Points::new(
                self.x.places(&rows),
                self.y.places(&rows),
                Ink::Text,
                dots.radius,
            )
        };
        Drawn {
            marks: vec![Mark::Points(points)],
            axes: self.axes.clone(),
            keys: self.looks.keys(3.0),
            note: None,
        }
    }

    /// The picture of their density.
    pub(super) fn density(&self) -> Result<Drawn> {
        let counted = Counted {
            x: self.x,
            y: self.y,
            looks: self.looks,
            rows: self.kept.drawn(),
            axes: (&self.axes.0, &self.axes.1),
            room: self.manner.room,
        };
        let density = counted.density()?;
        Ok(Drawn {
            marks: vec![density.mark],
            axes: density.axes,
            keys: density.keys,
            note: Some(density.note),
        })
    }

    /// One or the other.
    pub(super) fn drawn(&self, dense: bool) -> Result<Drawn> {
        match dense {
            true => self.density(),
            false => Ok(self.points()),
        }
    }

    /// The panel of a grid, whose axes, keys and captions are the whole figure's.
    pub(in crate::plot) fn panel(&self, dense: bool) -> Result<Panel> {
        match self.if_empty() {
            Some(empty) => Ok(empty),
            None => {
                let drawn = self.drawn(dense)?;
                Ok(Panel::new(
                    self.axes.0.clone(),
                    self.axes.1.clone(),
                    drawn.marks,
                ))
            }
        }
    }

    /// The rows drawn, by ink.
    pub(in crate::plot) fn groups(&self) -> Vec<(Ink, Vec<usize>)> {
        self.looks.groups(self.kept.drawn())
    }
}
