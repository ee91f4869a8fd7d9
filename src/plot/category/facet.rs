//! Panels of groups: marks turned to the axes asked for, and the figure of all.

use super::super::figure::{
    Axis, Figure, Limits, Lines, Mark, Panel, Points, Polygons, Swatch, finite_ends,
};
use super::super::hue::Classes;
use super::super::multiples;
use super::{Choices, Slot};

/// What is drawn of one group of values, and where.
#[derive(Clone, Debug)]
pub(in super::super) struct Group<T> {
    pub(in super::super) slot: Slot,
    /// In words: "petal length of setosa".
    pub(in super::super) name: String,
    pub(in super::super) what: T,
}

/// The groups of one panel.
#[derive(Clone, Debug)]
pub(in super::super) struct Facet<T> {
    pub(in super::super) title: Option<String>,
    pub(in super::super) categories: Vec<String>,
    pub(in super::super) category_label: Option<String>,
    pub(in super::super) value_label: Option<String>,
    pub(in super::super) groups: Vec<Group<T>>,
}

impl<T> Default for Facet<T> {
    fn default() -> Self {
        Facet {
            title: None,
            categories: Vec::new(),
            category_label: None,
            value_label: None,
            groups: Vec::new(),
        }
    }
}

/// All panels, what tells classes apart, and captions.
pub(in super::super) struct Groups<T> {
    pub(in super::super) facets: Vec<Facet<T>>,
    pub(in super::super) hue: Option<Classes>,
    pub(in super::super) notes: Vec<Option<String>>,
}

/// The groups of each panel as marks: categories along x, places along y.
pub(in super::super) struct Drawn {
    pub(in super::super) marks: Vec<Vec<Mark>>,
    pub(in super::super) swatch: Swatch,
    /// What the picture is: "Box plot".
    pub(in super::super) what: &'static str,
    /// Further captions.
    pub(in super::super) notes: Vec<Option<String>>,
}

/// Beside the least and the greatest value, as matplotlib's margin.
const MARGIN: f64 = 0.05;

impl Choices {
    /// The figure of `drawn`, which are the marks of `groups`.
    pub(in super::super) fn figure<T>(&self, groups: Groups<T>, drawn: Drawn) -> Figure {
        let crowd = self.crowd(&groups);
        let alone = groups.facets.len() == 1;
        let panels = groups.facets.iter().zip(drawn.marks);
        let panels = panels.map(|(facet, marks)| self.panel(facet, marks));
        let panels: Vec<Panel> = panels.collect();
        let names: Vec<String> = groups.facets.iter().map(described).collect();
        // Categories that are the classes of the hue say what the colours are.
        let hue = groups.hue.filter(|_| self.by != self.hue && !self.is_by_hue());
        let key = hue.map(|hue| hue.legend(drawn.swatch));
        let keyed = key.is_some();
        let mut figure = multiples::figure(panels, self.columns, key, drawn.what);
        figure.description = format!("{}: {}", drawn.what, names.join("; "));
        if alone {
            (figure.width, figure.height) = self.size(crowd, keyed);
        }
        figure.with_notes(groups.notes.into_iter().chain(drawn.notes))
    }

    /// Whether classes of the hue are the categories, in panels of their own.
    fn is_by_hue(&self) -> bool {
        self.separate && self.by.is_none()
    }

    /// How many stand side by side in a panel.
    fn crowd<T>(&self, groups: &Groups<T>) -> usize {
        let of_facet = |facet: &Facet<T>| {
            let beside = facet.groups.iter().map(|group| group.slot.beside).max();
            facet.categories.len() * beside.unwrap_or(1).max(1)
        };
        groups.facets.iter().map(of_facet).max().unwrap_or(1)
    }

    /// Room for all that stand side by side.
    fn size(&self, crowd: usize, keyed: bool) -> (u32, u32) {
        let beside = if keyed { 90 } else { 0 };
        let room = |each: usize| crowd.min(100) * each;
        let (width, height) = match self.level {
            false => ((120 + room(44)).clamp(480, 800) + beside, 340),
            true => (520 + beside, (90 + room(28)).clamp(240, 900)),
        };
        (width as u32, height as u32)
    }

    fn panel<T>(&self, facet: &Facet<T>, marks: Vec<Mark>) -> Panel {
        let places = marks.iter().flat_map(places);
        let mut panel = match finite_ends(places) {
            None => Panel::message("no data"),
            Some(ends) => {
                let mut categories = Axis::categories(facet.categories.clone());
                let values = self.value_axis(ends);
                let turn = |mark| turned(mark, self.log, self.level);
                let marks = marks.into_iter().map(turn).collect();
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
        let (x, y) = if self.level { (labels.1, labels.0) } else { labels };
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

/// "petal length by species", or the categories.
fn described<T>(facet: &Facet<T>) -> String {
    const LISTED: usize = 10;
    let listed = facet.categories.iter().take(LISTED).cloned();
    let mut categories = listed.collect::<Vec<_>>().join(", ");
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
        Mark::Lines(lines) => lines.runs.iter().flatten().map(|point| point.1).collect(),
        Mark::Polygons(areas) => areas.shapes.iter().flatten().map(|point| point.1).collect(),
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
        let run = |run: Vec<(f64, f64)>| run.into_iter().map(turn).collect();
        runs.into_iter().map(run).collect()
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
