//! Violins and what is drawn inside them as marks, upright.

use super::body::Body;
use super::{DensityNorm, ViolinInner};
use crate::list::{IntoList, MapNumbers};
use crate::plot::category::{Drawn, Facet, Groups, Slot};
use crate::plot::figure::{Ink, Lines, Mark, Per, Points, Polygons, Swatch};

/// How violins look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) norm: DensityNorm,
    pub(super) inner: ViolinInner,
    pub(super) split: bool,
}

const FILL: f64 = 0.4;

/// Widths of lines and radius of the median, in logical pixels.
const OUTLINE: f64 = 1.25;
const BOX: f64 = 6.0;
const WHISKER: f64 = 1.5;
const MEDIAN: f64 = 2.25;

/// How far from the middle the boxes of halves stand, in the room of a violin among
/// several: about the width of a box. One that has the whole panel needs less.
const ASIDE: f64 = 0.045;
const ASIDE_OF_ALL: f64 = 0.014;

type Run = Vec<(f64, f64)>;

/// The layers of the violins of one colour.
#[derive(Default)]
struct Layers {
    /// How far from the middle the boxes of halves stand.
    aside: f64,
    bodies: Vec<Run>,
    outlines: Vec<Run>,
    quartiles: Vec<Run>,
    boxes: Vec<Run>,
    whiskers: Vec<Run>,
    medians: (Vec<f64>, Vec<f64>),
}

/// How far a violin reaches to either side.
#[derive(Clone, Copy)]
struct Reach {
    left: f64,
    right: f64,
}

impl Shape {
    pub(super) fn drawn(self, groups: &Groups<Body>) -> Drawn {
        let marks = groups.facets.iter().map(|facet| self.marks(facet));
        Drawn {
            marks: marks.into_list(),
            swatch: Swatch::Area,
            what: "Violin plot",
            notes: Vec::new(),
        }
    }

    fn marks(self, facet: &Facet<Body>) -> Vec<Mark> {
        // Violins of one colour are scaled together, as in seaborn; those of features
        // with units of their own by themselves.
        let scaled = |slot: Slot| match facet.of_features {
            true => slot.category,
            false => slot.class,
        };
        let slots = facet.groups.iter().map(|group| group.slot);
        let most = |of: &dyn Fn(Slot) -> usize| slots.clone().map(of).max();
        let mut scales = vec![(0.0_f64, 0); most(&scaled).map_or(0, |n| n + 1)];
        for group in &facet.groups {
            let (peak, count) = &mut scales[scaled(group.slot)];
            *peak = peak.max(group.what.peak());
            *count = (*count).max(group.what.count);
        }
        let categories = most(&|slot| slot.category).map_or(1, |n| n + 1);
        let classes = most(&|slot| slot.class).map_or(0, |n| n + 1);
        let mut layers: Vec<Option<Layers>> = (0..classes).map_each(|_| None);
        for group in facet.groups.iter().filter(|group| group.what.count > 0) {
            let scale = self.scale(&group.what, scales[scaled(group.slot)]);
            let layers = layers[group.slot.class].get_or_insert_default();
            layers.aside = (ASIDE_OF_ALL * categories as f64).min(ASIDE);
            self.add(group.slot, &group.what, scale, layers);
        }
        let mut marks = Vec::new();
        for (class, layers) in layers.into_iter().enumerate() {
            marks.extend(layers.map(|layers| layers.marks(Ink::Series(class))));
        }
        marks.concat()
    }

    /// What densities are multiplied with, so that 1 is all the room to a side.
    fn scale(self, body: &Body, (peak, count): (f64, usize)) -> f64 {
        let own = body.peak();
        match self.norm {
            _ if own == 0.0 => 0.0,
            DensityNorm::Area => 1.0 / peak,
            DensityNorm::Width => 1.0 / own,
            DensityNorm::Count => body.count as f64 / count as f64 / own,
        }
    }

    fn reach(self, slot: Slot) -> Reach {
        let half = slot.width() / 2.0;
        match (self.split, slot.class) {
            (false, _) => Reach {
                left: half,
                right: half,
            },
            (true, 0) => Reach {
                left: half,
                right: 0.0,
            },
            (true, _) => Reach {
                left: 0.0,
                right: half,
            },
        }
    }

    fn add(self, slot: Slot, body: &Body, scale: f64, layers: &mut Layers) {
        let (center, reach) = (slot.center(), self.reach(slot));
        if body.curve.is_empty() {
            // Equal values, or one.
            let at = body.stats.median;
            let line = vec![(center - reach.left, at), (center + reach.right, at)];
            layers.outlines.push(line);
            return;
        }
        let side = |reach: f64| {
            let place =
                move |&(value, density): &(f64, f64)| (center + reach * density * scale, value);
            body.curve.iter().map(place)
        };
        let mut outline: Run = side(reach.right).into_list();
        outline.extend(side(-reach.left).rev());
        layers.bodies.push(outline.clone());
        outline.extend(outline.first().copied());
        layers.outlines.push(outline);
        match self.inner {
            ViolinInner::None => {}
            ViolinInner::Quart => {
                for quartile in [body.stats.q1, body.stats.median, body.stats.q3] {
                    let width = body.density(quartile) * scale;
                    layers.quartiles.push(vec![
                        (center - reach.left * width, quartile),
                        (center + reach.right * width, quartile),
                    ]);
                }
            }
            ViolinInner::Box => {
                let aside = match (self.split, slot.class) {
                    (false, _) => center,
                    (true, 0) => center - layers.aside,
                    (true, _) => center + layers.aside,
                };
                layers.inner_box(aside, body);
            }
        }
    }
}

impl Layers {
    fn inner_box(&mut self, at: f64, body: &Body) {
        let stats = &body.stats;
        self.whiskers
            .push(vec![(at, stats.whiskers.0), (at, stats.whiskers.1)]);
        self.boxes.push(vec![(at, stats.q1), (at, stats.q3)]);
        self.medians.0.push(at);
        self.medians.1.push(stats.median);
    }

    fn marks(self, ink: Ink) -> Vec<Mark> {
        let bodies = Polygons {
            shapes: self.bodies,
            inks: Per::All(ink),
            opacity: FILL,
        };
        let lines = |runs, ink, width| Mark::Lines(Lines::new(runs, ink, width));
        let quartiles = Lines {
            dashed: true,
            ..Lines::new(self.quartiles, Ink::Text, OUTLINE)
        };
        let (x, y) = self.medians;
        let all = [
            (!bodies.shapes.is_empty(), Mark::Polygons(bodies)),
            (
                !self.outlines.is_empty(),
                lines(self.outlines, ink, OUTLINE),
            ),
            (!quartiles.runs.is_empty(), Mark::Lines(quartiles)),
            (
                !self.whiskers.is_empty(),
                lines(self.whiskers, Ink::Text, WHISKER),
            ),
            (!self.boxes.is_empty(), lines(self.boxes, Ink::Text, BOX)),
            (
                !x.is_empty(),
                Mark::Points(Points::new(x, y, Ink::Page, MEDIAN)),
            ),
        ];
        let there = all.into_iter().filter(|(there, _)| *there);
        there.map(|(_, mark)| mark).into_list()
    }
}
