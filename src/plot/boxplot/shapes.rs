//! Boxes, whiskers, medians and fliers as marks, upright.

use crate::plot::category::{Drawn, Group, Groups, Slot};
use crate::plot::figure::{Ink, Lines, Mark, Marker, Per, Points, Polygons, Swatch, finite_ends};
use crate::plot::number::count;
use crate::stats::BoxStats;

/// How boxes look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) notch: bool,
    pub(super) means: bool,
    pub(super) no_fliers: bool,
}

/// A box, and how many values lie beyond its whiskers: of very many it may hold some only.
#[derive(Clone, Debug)]
pub(super) struct Boxed {
    pub(super) stats: BoxStats,
    pub(super) fliers: u64,
}

impl From<BoxStats> for Boxed {
    fn from(stats: BoxStats) -> Self {
        Boxed {
            fliers: stats.fliers.len() as u64,
            stats,
        }
    }
}

/// The share of its room that a box takes among so many categories: beside others
/// of its category, and by itself, where a few would else be very wide.
fn share(slot: Slot, categories: usize) -> f64 {
    match (slot.beside, categories) {
        (2.., _) => 0.85,
        (_, few) => (0.2 + 0.15 * few as f64).min(0.65),
    }
}

/// Opacity of the box's inside.
const FILL: f64 = 0.3;

/// Widths of lines, and radius of fliers, in logical pixels.
const OUTLINE: f64 = 1.25;
const MEDIAN: f64 = 2.5;
const FLIER: f64 = 2.25;

/// A box has at most so many fliers that can be told apart.
const HEIGHTS: usize = 2_000;

type Run = Vec<(f64, f64)>;

/// The layers of the boxes of one colour.
#[derive(Default)]
struct Layers {
    boxes: Vec<Run>,
    /// Outlines, whiskers and caps.
    lines: Vec<Run>,
    medians: Vec<Run>,
    fliers: (Vec<f64>, Vec<f64>),
    means: (Vec<f64>, Vec<f64>),
}

/// Whether there is a box to draw.
pub(super) fn is_drawn(stats: &BoxStats) -> bool {
    let ends = [
        stats.q1,
        stats.median,
        stats.q3,
        stats.whiskers.0,
        stats.whiskers.1,
    ];
    ends.iter().all(|end| end.is_finite())
}

impl Shape {
    pub(super) fn drawn(self, groups: &Groups<Boxed>) -> Drawn {
        let facets = groups.facets.iter();
        let marks = facets.map(|facet| self.marks(&facet.groups, facet.categories.len()));
        let all = groups.facets.iter().flat_map(|facet| &facet.groups);
        Drawn {
            marks: marks.collect(),
            swatch: Swatch::Area,
            what: "Box plot",
            notes: vec![self.not_drawn(all.map(|group| &group.what))],
        }
    }

    /// How many fliers are not drawn, if there are any.
    pub(super) fn not_drawn<'a>(self, boxes: impl Iterator<Item = &'a Boxed>) -> Option<String> {
        let (mut all, mut kept) = (0, 0);
        for boxed in boxes {
            all += boxed.fliers as usize;
            kept += boxed.stats.fliers.len();
        }
        match (all, self.no_fliers) {
            (0, _) => None,
            (1, true) => Some("1 value beyond the whiskers is not drawn".to_owned()),
            (n, true) => Some(format!(
                "{} values beyond the whiskers are not drawn",
                count(n)
            )),
            (n, false) => (kept < n).then(|| {
                let (all, drawn) = (count(n), count(kept));
                format!("{drawn} of {all} values beyond the whiskers are drawn")
            }),
        }
    }

    fn marks(self, groups: &[Group<Boxed>], categories: usize) -> Vec<Mark> {
        let classes = groups.iter().map(|group| group.slot.class + 1).max();
        let ends = groups.iter().flat_map(|group| self.ends(&group.what.stats));
        let (low, high) = finite_ends(ends).unwrap_or((0.0, 1.0));
        let mut marks = Vec::new();
        for class in 0..classes.unwrap_or(0) {
            let mut layers = Layers::default();
            let own = groups.iter().filter(|group| group.slot.class == class);
            for group in own.filter(|group| is_drawn(&group.what.stats)) {
                let half = group.slot.width() * share(group.slot, categories) / 2.0;
                let place = (group.slot.center(), half);
                self.add(place, &group.what.stats, (low, high), &mut layers);
            }
            marks.extend(layers.marks(Ink::Series(class)));
        }
        marks
    }

    /// The values that are drawn furthest out.
    fn ends(self, stats: &BoxStats) -> Vec<f64> {
        let fliers: &[f64] = if self.no_fliers { &[] } else { &stats.fliers };
        [&[stats.whiskers.0, stats.whiskers.1], fliers].concat()
    }

    /// Adds what is drawn around a middle, as far as half the width of its box.
    fn add(
        self,
        (center, half): (f64, f64),
        stats: &BoxStats,
        within: (f64, f64),
        layers: &mut Layers,
    ) {
        let outline = self.outline(stats, center, half);
        let waist = if self.is_notched(stats) {
            half / 2.0
        } else {
            half
        };
        let level = |half: f64, at: f64| vec![(center - half, at), (center + half, at)];
        let mut closed = outline.clone();
        closed.extend(outline.first());
        layers.boxes.push(outline);
        layers.lines.push(closed);
        for (whisker, quartile) in [(stats.whiskers.0, stats.q1), (stats.whiskers.1, stats.q3)] {
            layers
                .lines
                .push(vec![(center, quartile), (center, whisker)]);
            layers.lines.push(level(half / 2.0, whisker));
        }
        layers.medians.push(level(waist, stats.median));
        if !self.no_fliers {
            for flier in distinct(&stats.fliers, within) {
                layers.fliers.0.push(center);
                layers.fliers.1.push(flier);
            }
        }
        if self.means && stats.mean.is_finite() {
            layers.means.0.push(center);
            layers.means.1.push(stats.mean);
        }
    }

    fn is_notched(self, stats: &BoxStats) -> bool {
        self.notch && stats.notch.0.is_finite() && stats.notch.1.is_finite()
    }

    /// The corners of the box; notches may reach beyond the quartiles, as in
    /// matplotlib.
    fn outline(self, stats: &BoxStats, center: f64, half: f64) -> Run {
        let (left, right) = (center - half, center + half);
        let (low, high) = (stats.q1, stats.q3);
        if !self.is_notched(stats) {
            return vec![(left, low), (right, low), (right, high), (left, high)];
        }
        let waist = half / 2.0;
        vec![
            (left, low),
            (right, low),
            (right, stats.notch.0),
            (center + waist, stats.median),
            (right, stats.notch.1),
            (right, high),
            (left, high),
            (left, stats.notch.1),
            (center - waist, stats.median),
            (left, stats.notch.0),
        ]
    }
}

/// The fliers that can be told apart on a page that shows values `within`.
fn distinct(fliers: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
    let mut seen = [false; HEIGHTS + 1];
    // Of halves, as the whole may be out of range.
    let share = |value: f64| (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    let height = |value: f64| ((share(value) * HEIGHTS as f64) as usize).min(HEIGHTS);
    let finite = fliers.iter().copied().filter(|flier| flier.is_finite());
    let is_new = |flier: &f64| !std::mem::replace(&mut seen[height(*flier)], true);
    finite.filter(is_new).collect()
}

impl Layers {
    fn marks(self, ink: Ink) -> Vec<Mark> {
        if self.boxes.is_empty() {
            return Vec::new();
        }
        let mut marks = vec![
            Mark::Polygons(Polygons {
                shapes: self.boxes,
                inks: Per::All(ink),
                opacity: FILL,
            }),
            Mark::Lines(Lines::new(self.lines, ink, OUTLINE)),
            Mark::Lines(Lines::new(self.medians, Ink::Text, MEDIAN)),
        ];
        let points = |(x, y): (Vec<f64>, Vec<f64>), ink, radius| Points::new(x, y, ink, radius);
        if !self.fliers.0.is_empty() {
            marks.push(Mark::Points(points(self.fliers, ink, FLIER)));
        }
        if !self.means.0.is_empty() {
            // Set off from the line of the median by a rim.
            for (ink, radius) in [(Ink::Page, 6.0), (Ink::Text, 3.75)] {
                marks.push(Mark::Points(Points {
                    markers: Per::All(Marker::Triangle),
                    ..points(self.means.clone(), ink, radius)
                }));
            }
        }
        marks
    }
}
