//! One column, from its survey to its statistics.

use super::distinct::Distinct;
use super::survey::Survey;
use super::tally::{Body, Tally};
use super::wide::Wide;
use super::windows::{Found, Windows, bracket, order};
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
    quartiles: Option<[f64; 3]>,
    outliers: Option<u64>,
    /// For the next pass; none when all is known.
    windows: Option<Windows<T>>,
    origin: Option<T>,
    /// Values that each window may keep.
    room: usize,
}

impl<T: Wide> Column<T> {
    /// `sample` are some of the finite values.
    pub(super) fn new(survey: Survey<T>, mut sample: Vec<T>, room: usize) -> Self {
        sample.sort_unstable_by(order);
        let windows = survey.ends.map(|ends| {
            let between = first_windows(&survey, ends, &sample);
            Windows::new(survey.finite, ends, between, room)
        });
        let middle = sample.get(sample.len() / 2).copied();
        Column {
            survey,
            body: None,
            quartiles: None,
            outliers: None,
            windows,
            origin: middle.or(survey.ends.map(|ends| ends.0)),
            room,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.windows.is_none()
    }

    /// An empty tally for the next pass.
    pub(super) fn tally(&self) -> Tally<T> {
        let body = match (self.survey.ends, self.origin, &self.body) {
            (Some(ends), Some(origin), None) => Some(Body::new(ends, origin)),
            _ => None,
        };
        Tally {
            body,
            windows: self.windows.clone(),
        }
    }

    /// Takes what a pass found.
    pub(super) fn take(&mut self, tally: Tally<T>) {
        self.body = self.body.take().or(tally.body);
        let (Some(mut windows), Some(ends)) = (tally.windows, self.survey.ends) else {
            return;
        };
        let mut unknown = Vec::new();
        if self.quartiles.is_none() {
            self.quartiles = self.find_quartiles(&mut windows, &mut unknown);
        }
        if let (Some(quartiles), None) = (self.quartiles, self.outliers) {
            self.outliers = self.count_outliers(quartiles, &windows, &mut unknown);
        }
        self.windows = (!unknown.is_empty())
            .then(|| Windows::new(self.survey.finite, ends, unknown, self.room));
    }

    fn find_quartiles(
        &self,
        windows: &mut Windows<T>,
        unknown: &mut Vec<(T, T)>,
    ) -> Option<[f64; 3]> {
        let last = self.survey.finite.saturating_sub(1);
        let found = SHARES.map(|share| {
            let (rank, t) = place(last, share);
            match (windows.at(rank), windows.at(last.min(rank + 1))) {
                (Found::Value(a), Found::Value(b)) => return between(a, b, t),
                (a, b) => unknown.extend([a, b].into_iter().filter_map(Found::ends)),
            }
            f64::NAN
        });
        unknown.is_empty().then_some(found)
    }

    fn count_outliers(
        &self,
        quartiles: [f64; 3],
        windows: &Windows<T>,
        unknown: &mut Vec<(T, T)>,
    ) -> Option<u64> {
        let (low, high) = fences(quartiles[0], quartiles[2]);
        let below = windows.count(|value| value.to_f64() < low);
        let through = windows.count(|value| value.to_f64() <= high);
        unknown.extend(below.err());
        unknown.extend(through.err());
        Some(below.ok()? + self.survey.finite.saturating_sub(through.ok()?))
    }

    pub(super) fn stats(mut self) -> ColumnStats {
        let survey = self.survey;
        let infinite: usize =
            usize::from(survey.positive_infinite > 0) + usize::from(survey.negative_infinite > 0);
        let body = self.body.as_mut();
        let (mut moments, mut zeros, mut whole) = (Moments::default(), 0, false);
        let (mut bins, mut distinct) = ([0; BINS], Distinct::Exactly(infinite as u64));
        if let Some(body) = body {
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
            quartiles: self.quartiles,
            whole,
            outliers: self.outliers.unwrap_or(0),
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

/// Windows in which the quartiles and the fences lie, judged by a sorted sample.
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
    let below = sample.partition_point(|value| value.to_f64() < low);
    let through = sample.partition_point(|value| value.to_f64() <= high);
    Some((
        below.checked_sub(1).map_or(ends.0, |i| sample[i]),
        sample.get(through).copied().unwrap_or(ends.1),
    ))
}
