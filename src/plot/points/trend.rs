//! Straight lines through points, with the band in which the mean lies.

use super::cloud::{Cloud, Drawn};
use super::coordinate::Coordinate;
use crate::list::{IntoList, MapEach};
use crate::plot::figure::{Ink, Key, Lines, Mark, Per, Polygons, Scale};
use crate::plot::number::{short, signed};
use crate::stats::{LinearFit, linear_fit};

const WIDTH: f64 = 2.0;

/// How surely the band holds the mean.
const LEVEL: f64 = 0.95;

/// Places of the band, and of lines that an axis bends.
const STEPS: usize = 60;

/// Adds a line for each class, or for all points, and what is to be said about
/// them: the legend says how well each fits its class.
pub(super) fn add(cloud: &Cloud, drawn: &mut Drawn) -> Vec<Option<String>> {
    let classes = cloud.looks.classes();
    let (mut fitted, mut missing) = (None, Vec::new());
    // What a range leaves out of the picture still counts.
    for (i, (ink, rows)) in cloud.looks.groups(&cloud.kept.placed).iter().enumerate() {
        let name = classes.map(|classes| &classes.names[i]);
        match (Trend::of(cloud.x, cloud.y, rows), name) {
            (Ok(trend), Some(_)) => {
                drawn.marks.extend(trend.marks(cloud.x, cloud.y, *ink));
                say_in_legend(&mut drawn.keys, *ink, &trend.r());
                fitted.get_or_insert("one for each class".to_owned());
            }
            (Ok(trend), None) => {
                drawn
                    .marks
                    .extend(trend.marks(cloud.x, cloud.y, Ink::Series(1)));
                let equation = trend.equation(cloud.x, cloud.y);
                fitted = Some(format!("{equation}, {}", trend.r()));
            }
            (Err(reason), Some(name)) => {
                missing.push(Some(format!("no trend of {name}: {reason}")))
            }
            (Err(reason), None) => missing.push(Some(format!("no trend: {reason}"))),
        }
    }
    let note = fitted.map(|line| {
        let spread = match (cloud.x.scale, cloud.y.scale) {
            (Scale::Linear, Scale::Linear) => "",
            _ => " of the logarithms",
        };
        format!("trend by least squares{spread}: {line}, with its 95 % confidence band")
    });
    std::iter::once(note).chain(missing).into_list()
}

/// Adds `words` to the entry of this ink.
fn say_in_legend(keys: &mut [Key], ink: Ink, words: &str) {
    for key in keys {
        if let Key::Legend { entries, .. } = key {
            let of_ink = entries.iter_mut().filter(|entry| entry.ink == ink);
            of_ink.for_each(|entry| entry.label = format!("{} ({words})", entry.label));
        }
    }
}

/// The line of some rows.
pub(super) struct Trend {
    fit: LinearFit,
    /// The ends of x, as the axis spreads it.
    ends: (f64, f64),
}

impl Trend {
    /// By least squares, between the numbers as the axes spread them; or why there
    /// is none.
    pub(super) fn of(x: &Coordinate, y: &Coordinate, rows: &[usize]) -> Result<Trend, String> {
        let (xs, ys) = (x.spreads(rows), y.spreads(rows));
        let fit = linear_fit(&xs, &ys).map_err(|err| err.to_string())?;
        let ends = xs
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| {
                (low.min(v), high.max(v))
            });
        Ok(Trend { fit, ends })
    }

    /// Pearson's r, as text.
    pub(super) fn r(&self) -> String {
        match self.fit.r.is_nan() {
            true => "r undefined".into(),
            false => format!(
                "r = {}",
                signed(self.fit.r < 0.0, &format!("{:.2}", self.fit.r.abs()))
            ),
        }
    }

    /// The line as an equation.
    pub(super) fn equation(&self, x: &Coordinate, y: &Coordinate) -> String {
        let spread = |coordinate: &Coordinate, letter: &str| match coordinate.scale {
            Scale::Linear => letter.to_owned(),
            Scale::Log => format!("log₁₀ {letter}"),
        };
        let offset = self.fit.intercept;
        let sign = if offset < 0.0 { "−" } else { "+" };
        format!(
            "{} = {} {} {sign} {}",
            spread(y, "y"),
            short(self.fit.slope),
            spread(x, "x"),
            short(offset.abs())
        )
    }

    /// The band, if three points or more leave room for one, and the line.
    pub(super) fn marks(&self, x: &Coordinate, y: &Coordinate, ink: Ink) -> Vec<Mark> {
        let places: Vec<f64> = (0..=STEPS)
            .map(|i| self.at(i as f64 / STEPS as f64))
            .into_list();
        let point = |at: f64, value: f64| (x.gathered(at), y.gathered(value));
        let drawable =
            |points: &[(f64, f64)]| points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        let band = |at: &f64| self.fit.confidence_band(*at, LEVEL);
        let upper = places.iter().map(|at| point(*at, band(at).1));
        let lower = places.iter().rev().map(|at| point(*at, band(at).0));
        let shape: Vec<(f64, f64)> = upper.chain(lower).into_list();
        let line: Vec<(f64, f64)> = places.map_each(|&at| point(at, self.fit.at(at)));
        let mut marks = Vec::new();
        if drawable(&shape) {
            marks.push(Mark::Polygons(Polygons {
                shapes: vec![shape],
                inks: Per::All(ink),
                opacity: 0.2,
            }));
        }
        if drawable(&line) {
            let straight = x.scale == Scale::Linear && y.scale == Scale::Linear;
            let line = match (straight, line.first(), line.last()) {
                (true, Some(&first), Some(&last)) => vec![first, last],
                _ => line,
            };
            marks.push(Mark::Lines(Lines::new(vec![line], ink, WIDTH)));
        }
        marks
    }

    /// The place at a share of the way from the first to the last x.
    fn at(&self, share: f64) -> f64 {
        self.ends.0 * (1.0 - share) + self.ends.1 * share
    }
}
