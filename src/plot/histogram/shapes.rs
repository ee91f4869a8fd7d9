//! Bars, outlines, curves and rugs as marks.

use super::counted::Counted;
use super::curve::Curves;
use super::heights::Spans;
use super::stat::{HistType, Multiple};
use crate::plot::figure::{Bars, Ink, Lines, Mark, Per, Polygons, Rug};

/// More bins than this are drawn several to a bar, the highest of them: a page
/// has no more pixels.
const MAX_BARS: usize = 1_000;

/// How bars look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) histtype: HistType,
    pub(super) multiple: Multiple,
    pub(super) log_x: bool,
    /// A curve goes over the bars, which step back.
    pub(super) kde: bool,
    /// Bars rise from first to last.
    pub(super) cumulative: bool,
}

/// Bars of several bins each, if those are more than a page shows.
pub(super) struct Binned {
    pub(super) edges: Vec<f64>,
    pub(super) spans: Vec<Spans>,
    /// How many bins make a bar.
    pub(super) step: usize,
}

impl Binned {
    pub(super) fn new(counted: &Counted, spans: Vec<Spans>) -> Binned {
        let bins = counted.widths.len();
        let step = bins.div_ceil(MAX_BARS).max(1);
        let last = counted.edges.last().filter(|_| !bins.is_multiple_of(step));
        let edges = counted.edges.iter().step_by(step).chain(last);
        let highest = |spans: &[(f64, f64)]| {
            let one = |a: (f64, f64), b: (f64, f64)| (a.0.max(b.0), a.1.max(b.1));
            spans.iter().copied().reduce(one).unwrap_or_default()
        };
        let thinned = |spans: Spans| match step {
            1 => spans,
            _ => spans.chunks(step).map(highest).collect(),
        };
        Binned {
            edges: edges.copied().collect(),
            spans: spans.into_iter().map(thinned).collect(),
            step,
        }
    }
}

impl Shape {
    /// The marks of all classes, the first in front as in seaborn.
    pub(super) fn marks(self, binned: &Binned, curves: Option<&Curves>) -> Vec<Mark> {
        let count = binned.spans.len();
        let mut marks = Vec::new();
        for class in (0..count).rev() {
            match self.histtype {
                HistType::Bar if self.is_layered(count) && !self.kde => {
                    marks.push(Mark::Bars(self.bars(binned, class)));
                    marks.push(Mark::Lines(self.outline(binned, class, 1.0)));
                }
                HistType::Bar => marks.push(Mark::Bars(self.bars(binned, class))),
                HistType::Step => marks.push(Mark::Lines(self.outline(binned, class, 1.75))),
                HistType::StepFilled => marks.extend(self.filled(binned, class)),
            }
        }
        for class in (0..count).rev() {
            marks.extend(curves.and_then(|curves| self.curve(curves, class, count)));
        }
        marks
    }

    /// Whether classes lie over one another: outlines cannot stand side by side.
    fn is_layered(self, classes: usize) -> bool {
        let layered = match self.multiple {
            Multiple::Layer => true,
            Multiple::Dodge => self.histtype != HistType::Bar,
            Multiple::Stack | Multiple::Fill => false,
        };
        layered && classes > 1
    }

    fn opacity(self, classes: usize) -> f64 {
        match self.histtype {
            HistType::StepFilled if self.is_layered(classes) => 0.25,
            _ if self.is_layered(classes) || self.kde => 0.5,
            _ => 1.0,
        }
    }

    /// Where a place lies along the axis.
    pub(super) fn at(self, place: f64) -> f64 {
        match self.log_x {
            true => 10_f64.powf(place),
            false => place,
        }
    }

    fn bars(self, binned: &Binned, class: usize) -> Bars {
        let count = binned.spans.len();
        let (index, shares) = match self.multiple {
            Multiple::Dodge => (class as f64, count as f64),
            _ => (0.0, 1.0),
        };
        let span = |pair: &[f64]| {
            let width = (pair[1] - pair[0]) / shares;
            let from = pair[0] + width * index;
            (self.at(from), self.at(from + width))
        };
        Bars {
            spans: binned.edges.windows(2).map(span).collect(),
            ends: binned.spans[class].clone(),
            ink: Ink::Series(class),
            opacity: self.opacity(count),
            level: false,
        }
    }

    /// The flight of steps over the bars; `end` takes the one or the other end of
    /// each.
    fn steps(self, binned: &Binned, class: usize, end: fn(&(f64, f64)) -> f64) -> Vec<(f64, f64)> {
        let tops = binned.edges.windows(2).zip(&binned.spans[class]);
        tops.flat_map(|(edges, span)| {
            let height = end(span);
            [(self.at(edges[0]), height), (self.at(edges[1]), height)]
        })
        .collect()
    }

    /// From the ground up and over all bars; down again unless they rise to the end,
    /// after which nothing falls.
    fn outline(self, binned: &Binned, class: usize, width: f64) -> Lines {
        let mut run = self.steps(binned, class, |span| span.1);
        let ground = |end: Option<&(f64, f64)>| end.map(|&(x, _)| (x, 0.0));
        let (first, last) = (ground(run.first()), ground(run.last()));
        if let Some(first) = first {
            run.insert(0, first);
        }
        if let Some(last) = last.filter(|_| !self.cumulative) {
            run.push(last);
        }
        Lines::new(vec![run], Ink::Series(class), width)
    }

    fn filled(self, binned: &Binned, class: usize) -> Vec<Mark> {
        let mut shape = self.steps(binned, class, |span| span.1);
        let base = self.steps(binned, class, |span| span.0);
        shape.extend(base.into_iter().rev());
        let area = Mark::Polygons(Polygons {
            shapes: vec![shape],
            inks: Per::All(Ink::Series(class)),
            opacity: self.opacity(binned.spans.len()),
        });
        match self.is_layered(binned.spans.len()) {
            true => vec![area, Mark::Lines(self.outline(binned, class, 1.75))],
            false => vec![area],
        }
    }

    fn curve(self, curves: &Curves, class: usize, count: usize) -> Option<Mark> {
        let spans = curves.spans.get(class)?.as_ref()?;
        let places = curves.places.iter().zip(spans);
        let run = places.map(|(&place, span)| (self.at(place), span.1));
        let width = if count > 1 { 1.75 } else { 2.0 };
        Some(Mark::Lines(Lines::new(
            vec![run.collect()],
            Ink::Series(class),
            width,
        )))
    }

    /// A short line at the axis for each value.
    pub(super) fn rugs(self, counted: &Counted) -> impl Iterator<Item = Mark> + '_ {
        let samples = counted.samples.iter().enumerate();
        samples.map(move |(class, sample)| {
            Mark::Rug(Rug {
                values: sample.values.iter().map(|&place| self.at(place)).collect(),
                ink: match counted.samples.len() {
                    1 => Ink::Text,
                    _ => Ink::Series(class),
                },
            })
        })
    }
}
