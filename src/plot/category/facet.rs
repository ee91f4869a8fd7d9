//! Panels of groups: marks turned to the axes asked for, and the figure of all.

use super::{Choices, Slot};
use crate::list::{IntoList, MapEach, MapInto};
use crate::plot::figure::{
    Axis, Figure, Limits, Lines, Mark, Panel, Points, Polygons, Swatch, finite_ends,
};
use crate::plot::hue::Classes;
use crate::plot::multiples;

/// What is drawn of one group of values, and where.
#[derive(Clone, Debug)]
pub(in crate::plot) struct Group<T> {
    pub(in crate::plot) slot: Slot,
    /// In words: "petal length of setosa".
    pub(in crate::plot) name: String,
    pub(in crate::plot) what: T,
}

/// The groups of one panel.
#[derive(Clone, Debug)]
pub(in crate::plot) struct Facet<T> {
    pub(in crate::plot) title: Option<String>,
    pub(in crate::plot) categories: Vec<String>,
    /// Categories are features, each with units of its own.
    pub(in crate::plot) of_features: bool,
    pub(in crate::plot) category_label: Option<String>,
    pub(in crate::plot) value_label: Option<String>,
    pub(in crate::plot) groups: Vec<Group<T>>,
}

impl<T> Default for Facet<T> {
    fn default() -> Self {
        Facet {
            title: None,
            categories: Vec::new(),
            of_features: false,
            category_label: None,
            value_label: None,
            groups: Vec::new(),
        }
    }
}

/// All panels, what tells classes apart, and captions.
pub(in crate::plot) struct Groups<T> {
    pub(in crate::plot) facets: Vec<Facet<T>>,
    pub(in crate::plot) hue: Option<Classes>,
    pub(in crate::plot) notes: Vec<Option<String>>,
}

/// The groups of each panel as marks: categories along x, places along y.
pub(in crate::plot) struct Drawn {
    pub(in crate::plot) marks: Vec<Vec<Mark>>,
    pub(in crate::plot) swatch: Swatch,
    /// What the picture is: "Box plot".
    pub(in crate::plot) what: &'static str,
    /// Further captions.
    pub(in crate::plot) notes: Vec<Option<String>>,
}

/// Beside the least and the greatest value, as matplotlib's margin.
const MARGIN: f64 = 0.05;

impl Choices {
    /// The figure of `drawn`, which are the marks of `groups`.
    pub(in crate::plot) fn figure<T>(&self, groups: Groups<T>, drawn: Drawn) -> Figure {
        let room = Room::of(&groups);
        let panels = groups.facets.iter().zip(drawn.marks);
        let panels = panels.map(|(facet, marks)| self.panel(facet, marks));
        let panels: Vec<Panel> = panels.into_list();
        let names: Vec<String> = groups.facets.map_each(described);
        // Categories that are the classes of the hue say what the colours are.
        let hue = groups
            .hue
            .filter(|_| self.by != self.hue && !self.is_by_hue());
        let key = hue.map(|hue| hue.legend(drawn.swatch));
        let beside = key.as_ref().map_or(0, |_| multiples::KEY);
        let (width, height) = match panels.len() {
            0 | 1 => room.alone(self.level),
            _ => room.in_a_row(self.level),
        };
        let columns = self.columns.unwrap_or(balanced(panels.len(), PAGE / width));
        let columns = columns.min(panels.len()).max(1);
        let rows = panels.len().div_ceil(columns);
        let mut figure = multiples::figure(panels, columns, key, drawn.what);
        figure.description = format!("{}: {}", drawn.what, names.join("; "));
        figure.width = (columns * width + beside).min(4000) as u32;
        figure.height = (rows * height).min(3800) as u32;
        figure.with_notes(groups.notes.into_iter().chain(drawn.notes))
    }

    /// Whether classes of the hue are the categories, in panels of their own.
    fn is_by_hue(&self) -> bool {
        self.separate && self.by.is_none()
    }

    fn panel<T>(&self, facet: &Facet<T>, marks: Vec<Mark>) -> Panel {
        let places = marks.iter().flat_map(places);
        let mut panel = match finite_ends(places) {
            None => Panel::message("no data"),
            Some(ends) => {
                let mut categories = Axis::categories(facet.categories.clone());
                let values = self.value_axis(ends);
                let turn = |mark| turned(mark, self.log, self.level);
                let marks = marks.map_into(turn);
                match self.level {
                    false => Panel::new(categories, values, marks),
                    true => {
                        categories.reversed = true;
                        Panel::new(values, categories, marks)
                    }
                }
            }
        };
        let labels = (&facet.category_label, &facet.value_label);
        let (x, y) = if self.level {
            (labels.1, labels.0)
        } else {
            labels
        };
        panel.x.label = self.labels.0.clone().or(x.clone());
        panel.y.label = self.labels.1.clone().or(y.clone());
        panel.title.clone_from(&facet.title);
        panel
    }

    fn value_axis(&self, (low, high): (f64, f64)) -> Axis {
        match self.log {
            true => Axis::log(10_f64.powf(low), 10_f64.powf(high)).padded(MARGIN),
            false => Axis::new(Limits::from_min_max(low, high).padded(MARGIN)),
        }
    }
}

/// What a panel needs.
struct Room {
    /// How many stand side by side.
    crowd: usize,
    categories: usize,
    /// Letters of the longest name.
    letters: usize,
}

/// Widest page, in logical pixels.
const PAGE: usize = 900;

impl Room {
    fn of<T>(groups: &Groups<T>) -> Room {
        let beside = |facet: &Facet<T>| facet.groups.iter().map(|group| group.slot.beside).max();
        let crowd = |facet| facet_len(facet) * beside(facet).unwrap_or(1).max(1);
        let facets = groups.facets.iter();
        let names = groups.facets.iter().flat_map(|facet| &facet.categories);
        Room {
            crowd: facets.clone().map(crowd).max().unwrap_or(1),
            categories: facets.map(facet_len).max().unwrap_or(1),
            letters: names.map(|name| name.chars().count()).max().unwrap_or(0),
        }
    }

    /// Along the axis of the categories, with `each` for what stands there, and the
    /// names beside each other if they find room.
    fn along(&self, each: usize) -> usize {
        const LETTER: usize = 7;
        let names = self.categories * (self.letters * LETTER + 10);
        (self.crowd * each).max(names.min(self.crowd * each * 2))
    }

    /// Width and height of a panel that is alone.
    fn alone(&self, level: bool) -> (usize, usize) {
        match level {
            false => ((80 + self.along(44)).clamp(480, 800), 340),
            true => (540, (90 + self.crowd * 28).clamp(240, PAGE)),
        }
    }

    /// Width and height of one of several panels.
    fn in_a_row(&self, level: bool) -> (usize, usize) {
        match level {
            false => ((50 + self.along(36)).clamp(180, 450), 260),
            true => (300, (70 + self.crowd * 24).clamp(160, PAGE)),
        }
    }
}

/// At most so many columns, and the last row as full as may be.
fn balanced(panels: usize, most: usize) -> usize {
    let rows = panels.div_ceil(most.max(1)).max(1);
    panels.div_ceil(rows)
}

fn facet_len<T>(facet: &Facet<T>) -> usize {
    facet.categories.len()
}

/// "petal length by species", or the categories.
fn described<T>(facet: &Facet<T>) -> String {
    const LISTED: usize = 10;
    let listed = facet.categories.iter().take(LISTED).cloned();
    let mut categories = listed.into_list().join(", ");
    if facet.categories.len() > LISTED {
        categories += ", …";
    }
    let name = facet.title.as_ref().or(facet.value_label.as_ref());
    match name {
        Some(name) if categories.is_empty() => name.clone(),
        Some(name) => format!("{name} of {categories}"),
        None => categories,
    }
}

/// The places of a mark along the axis of the values.
fn places(mark: &Mark) -> Vec<f64> {
    match mark {
        Mark::Lines(Lines { runs, .. }) | Mark::Polygons(Polygons { shapes: runs, .. }) => {
            runs.concat().map_each(|point| point.1)
        }
        Mark::Points(points) => points.y.clone(),
        _ => Vec::new(),
    }
}

/// A mark with places as values, along x if it lies level.
fn turned(mark: Mark, log: bool, level: bool) -> Mark {
    let value = |place: f64| if log { 10_f64.powf(place) } else { place };
    let turn = |(category, place): (f64, f64)| match level {
        false => (category, value(place)),
        true => (value(place), category),
    };
    let all = |runs: Vec<Vec<(f64, f64)>>| {
        let run = |run: Vec<(f64, f64)>| run.map_into(turn);
        runs.map_into(run)
    };
    match mark {
        Mark::Lines(lines) => Mark::Lines(Lines {
            runs: all(lines.runs),
            ..lines
        }),
        Mark::Polygons(areas) => Mark::Polygons(Polygons {
            shapes: all(areas.shapes),
            ..areas
        }),
        Mark::Points(points) => {
            let turned = points.x.iter().zip(&points.y).map(|(&x, &y)| turn((x, y)));
            let (x, y) = turned.unzip();
            Mark::Points(Points { x, y, ..points })
        }
        mark => mark,
    }
}
