//! One column, from its survey to its statistics.

use super::bins::Scaling;
use super::distinct::{Distinct, DistinctSet};
use super::select;
use super::survey::Survey;
use super::tally::{Body, Mean, Tally};
use super::wide::Wide;
use super::windows::{Found, Windows, bracket, places};
use super::{BINS, ColumnStats};
use crate::stats::moments::Moments;
use crate::stats::quantile::between;
use crate::stats::summary::{Number, Summary};

/// As shares of the way from the least to the greatest value.
pub(in crate::stats) const QUARTILES: [f64; 3] = [0.25, 0.5, 0.75];

/// Tukey's outer fences lie so many interquartile ranges beyond the quartiles.
pub(crate) const FENCES: f64 = 3.0;

/// Of fewer values all are kept: windows would save nothing.
pub(super) const FEW: u64 = 100_000;

/// What is asked of columns, besides their counts, ends and means.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Values by rank, as shares of the way from the least to the greatest: the
    /// [`QUARTILES`], and maybe others.
    pub(super) shares: Vec<f64>,
    /// All else that `describe()` tells.
    pub(super) details: bool,
}

impl Asked {
    pub(super) fn all() -> Self {
        Asked {
            shares: QUARTILES.to_vec(),
            details: true,
        }
    }

    /// Besides the quartiles, these.
    pub(super) fn ranks(others: &[f64]) -> Self {
        Asked {
            shares: [&QUARTILES, others].concat(),
            details: false,
        }
    }
}

/// Counts, ends, the mean and values by rank of the finite values of a column.
#[derive(Clone, Debug)]
pub(in crate::stats) struct Ranked<T> {
    pub(in crate::stats) survey: Survey<T>,
    /// NaN without values.
    pub(in crate::stats) mean: f64,
    /// At the shares asked for, as `numpy.percentile`; none without values.
    pub(in crate::stats) values: Vec<f64>,
}

/// What is known of a column so far, and what the next pass is to find out.
#[derive(Debug)]
pub(super) struct Column<T> {
    survey: Survey<T>,
    asked: Asked,
    body: Option<Body<T>>,
    mean: Option<Mean<T>>,
    /// The values at the shares.
    found: Vec<Option<f64>>,
    /// Values below the lower fence, and values up to the upper one.
    fenced: [Option<u64>; 2],
    /// For the next pass; none when all is known.
    windows: Option<Windows<T>>,
    scaling: Option<Scaling<T>>,
    /// Where they are at least.
    guess: Vec<f64>,
    /// Different values of the sample.
    distinct: DistinctSet,
    /// Values that each window may keep.
    room: usize,
}

impl<T: Wide> Column<T> {
    /// `sample` are some of the finite values.
    pub(super) fn new(survey: Survey<T>, mut sample: Vec<T>, room: usize, asked: &Asked) -> Self {
        let sought = sought(survey.finite, sample.len(), &asked.shares);
        select::put(&mut sample, &sought);
        let middle = sample.get(sample.len() / 2).copied();
        let scaling = survey
            .ends
            .map(|ends| Scaling::new(ends, middle.unwrap_or(ends.0)));
        let windows = survey.ends.zip(scaling).map(|(ends, scaling)| {
            let between = first_windows(&survey, ends, &sample, asked);
            let windows = Windows::new(survey.finite, ends, between, room);
            match asked.details {
                true => windows.with_slots(&scaling, &sample),
                false => windows,
            }
        });
        Column {
            survey,
            body: None,
            mean: None,
            found: vec![None; asked.shares.len()],
            guess: vec![f64::NAN; asked.shares.len()],
            asked: asked.clone(),
            fenced: [None; 2],
            windows,
            scaling,
            distinct: match asked.details {
                true => distinct_of(&sample),
                false => DistinctSet::new(),
            },
            room,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.windows.is_none()
    }

    /// An empty tally for the next pass.
    pub(super) fn tally(&self) -> Tally<T> {
        let is_first = self.body.is_none() && self.mean.is_none();
        let scaling = self.scaling.filter(|_| is_first);
        let (body, mean) = match self.asked.details {
            true => (scaling, None),
            false => (None, scaling),
        };
        Tally {
            body: body.map(|scaling| Body::new(scaling, self.distinct.clone())),
            mean: mean.map(|scaling| Mean::new(scaling.origin)),
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
        self.mean = self.mean.take().or(tally.mean);
        let (Some(mut windows), Some(ends)) = (tally.windows, self.survey.ends) else {
            return;
        };
        if let Some(body) = &self.body {
            windows.settle(&body.bins);
        }
        let mut unknown = Vec::new();
        for i in 0..self.found.len() {
            if self.found[i].is_none() {
                self.found[i] = self.find(i, &mut windows, &mut unknown);
            }
        }
        if self.asked.details {
            self.count_fenced(&windows, &mut unknown);
        }
        let (count, room) = (self.survey.finite, self.room);
        self.windows = (!unknown.is_empty()).then(|| Windows::new(count, ends, unknown, room));
    }

    fn count_fenced(&mut self, windows: &Windows<T>, unknown: &mut Vec<(T, T)>) {
        let [Some(q1), _, Some(q3), ..] = self.found[..] else {
            return;
        };
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

    fn find(
        &mut self,
        i: usize,
        windows: &mut Windows<T>,
        unknown: &mut Vec<(T, T)>,
    ) -> Option<f64> {
        let last = self.survey.finite.saturating_sub(1);
        let (rank, t) = place(last, self.asked.shares[i]);
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

    /// The values at the shares. What was not found is guessed: those of data that change
    /// from pass to pass.
    fn at_shares(&self) -> Option<Vec<f64>> {
        self.survey.ends?;
        let found = self.found.iter().zip(&self.guess);
        Some(
            found
                .map(|(found, guess)| found.unwrap_or(*guess))
                .collect(),
        )
    }

    fn quartiles(&self) -> Option<[f64; 3]> {
        self.at_shares()?.first_chunk().copied()
    }

    pub(super) fn ranked(mut self) -> Ranked<T> {
        Ranked {
            survey: self.survey,
            mean: self.mean.as_mut().map_or(f64::NAN, Mean::mean),
            values: self.at_shares().unwrap_or_default(),
        }
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

/// The different values of a sample, as far as they are counted.
fn distinct_of<T: Wide>(sample: &[T]) -> DistinctSet {
    let mut distinct = DistinctSet::new();
    for value in sample {
        if distinct.is_full() {
            break;
        }
        distinct.add(value.bits());
    }
    distinct
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

/// The places in a sorted sample of the values that tell where those at the shares and
/// the middle are, in rising order.
fn sought(count: u64, sample: usize, shares: &[f64]) -> Vec<usize> {
    let rank = |share: &f64| place(count.saturating_sub(1), *share).0;
    let mut sought: Vec<usize> = shares
        .iter()
        .map(|share| places(sample, count, rank(share)))
        .flat_map(|(low, high)| low.into_iter().chain(high))
        .chain([sample / 2])
        .collect();
    sought.sort_unstable();
    sought
}

/// Windows in which the values at the shares and the fences lie, judged by a sample with
/// the values [`sought`] in their places.
fn first_windows<T: Wide>(
    survey: &Survey<T>,
    ends: (T, T),
    sample: &[T],
    asked: &Asked,
) -> Vec<(T, T)> {
    if survey.finite <= FEW || sample.is_empty() {
        return vec![ends];
    }
    let last = survey.finite - 1;
    let shares = asked.shares.iter();
    let mut windows: Vec<(T, T)> = shares
        .map(|share| bracket(sample, survey.finite, ends, place(last, *share).0))
        .collect();
    if let (true, [q1, _, q3, ..]) = (asked.details, &windows[..]) {
        let fences = fence_windows((*q1, *q3), ends, sample);
        windows.extend(fences.into_iter().flatten());
    }
    windows
}

/// Windows in which the fences lie, by those of the outer quartiles.
fn fence_windows<T: Wide>(
    (q1, q3): ((T, T), (T, T)),
    ends: (T, T),
    sample: &[T],
) -> [Option<(T, T)>; 2] {
    let (q1, q3) = (
        (q1.0.to_f64(), q1.1.to_f64()),
        (q3.0.to_f64(), q3.1.to_f64()),
    );
    let lower = (fences(q1.0, q3.1).0, fences(q1.1, q3.0).0);
    let upper = (fences(q1.1, q3.0).1, fences(q1.0, q3.1).1);
    [lower, upper].map(|fence| around(fence, ends, sample))
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
