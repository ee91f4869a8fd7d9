//! One column, from its survey to its statistics.

use super::bins::Scaling;
use super::distinct::{Distinct, DistinctSet};
use super::select;
use super::survey::Survey;
use super::tally::{Body, Tally};
use super::wide::Wide;
use super::windows::{Found, Windows, bracket, places};
use super::{BINS, ColumnStats};
use crate::stats::moments::Moments;
use crate::stats::quantile::between;
use crate::stats::summary::{Number, Summary};

/// The quartiles, as shares of the way from the least to the greatest value.
const SHARES: [f64; 3] = [0.25, 0.5, 0.75];

/// Tukey's outer fences lie so many interquartile ranges beyond the quartiles.
pub(crate) const FENCES: f64 = 3.0;

/// Of fewer values all are kept: windows would save nothing.
pub(super) const FEW: u64 = 100_000;

/// What is known of a column so far, and what the next pass is to find out.
#[derive(Debug)]
pub(super) struct Column<T> {
    survey: Survey<T>,
    body: Option<Body<T>>,
    quartiles: [Option<f64>; 3],
    /// Values below the lower fence, and values up to the upper one.
    fenced: [Option<u64>; 2],
    /// For the next pass; none when all is known.
    windows: Option<Windows<T>>,
    scaling: Option<Scaling<T>>,
    /// Where the quartiles are at least.
    guess: [f64; 3],
    /// Different values of the sample.
    distinct: DistinctSet,
    /// Values that each window may keep.
    room: usize,
}

impl<T: Wide> Column<T> {
    /// `sample` are some of the finite values.
    pub(super) fn new(survey: Survey<T>, mut sample: Vec<T>, room: usize) -> Self {
        let sought = sought(survey.finite, sample.len());
        select::put(&mut sample, &sought);
        let mut distinct = DistinctSet::new();
        for value in &sample {
            if distinct.is_full() {
                break;
            }
            distinct.add(value.bits());
        }
        let middle = sample.get(sample.len() / 2).copied();
        let scaling = survey
            .ends
            .map(|ends| Scaling::new(ends, middle.unwrap_or(ends.0)));
        let windows = survey.ends.zip(scaling).map(|(ends, scaling)| {
            let between = first_windows(&survey, ends, &sample);
            Windows::new(survey.finite, ends, between, room).with_slots(&scaling, &sample)
        });
        Column {
            survey,
            body: None,
            quartiles: [None; 3],
            guess: [f64::NAN; 3],
            fenced: [None; 2],
            windows,
            scaling,
            distinct,
            room,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.windows.is_none()
    }

    /// An empty tally for the next pass.
    pub(super) fn tally(&self) -> Tally<T> {
        let body = match (self.scaling, &self.body) {
            (Some(scaling), None) => Some(Body::new(scaling, self.distinct.clone())),
            _ => None,
        };
        Tally {
            body,
            windows: self.windows.clone(),
        }
    }

    /// With what a pass found.
    pub(super) fn with(mut self, tally: Tally<T>) -> Self {
        self.take(tally);
        self
    }

    fn take(&mut self, tally: Tally<T>) {
        self.body = self.body.take().or(tally.body);
        let (Some(mut windows), Some(ends)) = (tally.windows, self.survey.ends) else {
            return;
        };
        if let Some(body) = &self.body {
            windows.settle(&body.bins);
        }
        let mut unknown = Vec::new();
        for i in 0..SHARES.len() {
            if self.quartiles[i].is_none() {
                self.quartiles[i] = self.find_quartile(i, &mut windows, &mut unknown);
            }
        }
        if let [Some(q1), _, Some(q3)] = self.quartiles {
            let (low, high) = fences(q1, q3);
            let counted = [
                windows.count(|value| value.to_f64() < low),
                windows.count(|value| value.to_f64() <= high),
            ];
            for (known, counted) in self.fenced.iter_mut().zip(counted) {
                match (*known, counted) {
                    (None, Ok(count)) => *known = Some(count),
                    (None, Err(ends)) => unknown.push(ends),
                    _ => {}
                }
            }
        }
        let (count, room) = (self.survey.finite, self.room);
        self.windows = (!unknown.is_empty()).then(|| Windows::new(count, ends, unknown, room));
    }

    fn find_quartile(
        &mut self,
        i: usize,
        windows: &mut Windows<T>,
        unknown: &mut Vec<(T, T)>,
    ) -> Option<f64> {
        let last = self.survey.finite.saturating_sub(1);
        let (rank, t) = place(last, SHARES[i]);
        let (a, b) = (windows.at(rank), windows.at(last.min(rank + 1)));
        self.guess[i] = between(a.low(), b.low(), t);
        let missing = [a, b].map(Found::ends);
        unknown.extend(missing.iter().flatten());
        missing.iter().all(Option::is_none).then_some(self.guess[i])
    }

    /// Of the values outside of the fences, as far as they were counted.
    fn outliers(&self) -> u64 {
        let [below, through] = self.fenced;
        let above = through.map_or(0, |through| self.survey.finite.saturating_sub(through));
        below.unwrap_or(0) + above
    }

    /// What was not found is guessed: the quartiles of data that change from pass to pass.
    fn quartiles(&self) -> Option<[f64; 3]> {
        self.survey.ends?;
        let mut found = self.guess;
        for (found, known) in found.iter_mut().zip(self.quartiles) {
            *found = known.unwrap_or(*found);
        }
        Some(found)
    }

    pub(super) fn stats(mut self) -> ColumnStats {
        let survey = self.survey;
        let infinite: usize =
            usize::from(survey.positive_infinite > 0) + usize::from(survey.negative_infinite > 0);
        let (quartiles, outliers) = (self.quartiles(), self.outliers());
        let (mut moments, mut zeros, mut whole) = (Moments::default(), 0, false);
        let (mut bins, mut distinct) = ([0; BINS], Distinct::Exactly(infinite as u64));
        if let Some(body) = &mut self.body {
            (moments, zeros, whole) = (body.moments(), body.zeros, body.whole);
            (bins, distinct) = (body.bins.counts(), body.distinct.count(infinite));
        }
        ColumnStats {
            summary: Summary {
                count: survey.count(),
                nan: survey.nan,
                positive_infinite: survey.positive_infinite,
                negative_infinite: survey.negative_infinite,
                zeros,
                ends: survey.ends.map(|(a, b)| (Number::of(a), Number::of(b))),
                moments,
            },
            quartiles,
            whole,
            outliers,
            distinct,
            bins,
        }
    }
}

/// The rank at or below a share of the way to the last, and the rest of the way.
fn place(last: u64, share: f64) -> (u64, f64) {
    let position = last as f64 * share;
    let rank = (position as u64).min(last);
    (rank, position - rank as f64)
}

fn fences(q1: f64, q3: f64) -> (f64, f64) {
    let reach = FENCES * (q3 - q1);
    (q1 - reach, q3 + reach)
}

/// The places in a sorted sample of the values that tell where the quartiles and the
/// middle are, in rising order.
fn sought(count: u64, sample: usize) -> Vec<usize> {
    let ranks = SHARES.map(|share| place(count.saturating_sub(1), share).0);
    let brackets = ranks.map(|rank| places(sample, count, rank));
    let mut sought: Vec<usize> = brackets
        .into_iter()
        .flat_map(|(low, high)| low.into_iter().chain(high))
        .chain([sample / 2])
        .collect();
    sought.sort_unstable();
    sought
}

/// Windows in which the quartiles and the fences lie, judged by a sample with the
/// values [`sought`] in their places.
fn first_windows<T: Wide>(survey: &Survey<T>, ends: (T, T), sample: &[T]) -> Vec<(T, T)> {
    if survey.finite <= FEW || sample.is_empty() {
        return vec![ends];
    }
    let last = survey.finite - 1;
    let mut windows: Vec<(T, T)> = SHARES
        .map(|share| {
            let rank = place(last, share).0;
            bracket(sample, survey.finite, ends, rank)
        })
        .to_vec();
    let (q1, q3) = (windows[0], windows[2]);
    let (q1, q3) = (
        (q1.0.to_f64(), q1.1.to_f64()),
        (q3.0.to_f64(), q3.1.to_f64()),
    );
    let lower = (fences(q1.0, q3.1).0, fences(q1.1, q3.0).0);
    let upper = (fences(q1.1, q3.0).1, fences(q1.0, q3.1).1);
    windows.extend(
        [lower, upper]
            .iter()
            .filter_map(|&fence| around(fence, ends, sample)),
    );
    windows
}

/// The narrowest window of sampled values about the limits, if they lie between
/// the ends at all.
fn around<T: Wide>((low, high): (f64, f64), ends: (T, T), sample: &[T]) -> Option<(T, T)> {
    if high < ends.0.to_f64() || low > ends.1.to_f64() {
        return None;
    }
    let (mut below, mut above) = ends;
    for &value in sample {
        if value.to_f64() < low && value > below {
            below = value;
        }
        if value.to_f64() > high && value < above {
            above = value;
        }
    }
    Some((below, above))
}
