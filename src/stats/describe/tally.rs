//! What a pass over a column counts and adds up once its ends are known.

use super::bins::{BLOCK, BinCounts, Scaling};
use super::distinct::DistinctSet;
use super::wide::Wide;
use super::windows::Windows;
use crate::stats::moments::{Moments, Powers};

/// Sums added to side by side.
const LANES: usize = BLOCK / 4;

/// Of some of a column's finite values; tallies of parts merge.
#[derive(Clone, Debug)]
pub(super) struct Tally<T> {
    /// Not in later passes, which only look for ranks.
    pub(super) body: Option<Body<T>>,
    /// Where nothing else of the body is asked for.
    pub(super) mean: Option<Mean<T>>,
    pub(super) windows: Option<Windows<T>>,
}

impl<T: Wide> Tally<T> {
    /// Adds finite values of the `part`-th part of the rows.
    pub(super) fn add(&mut self, part: usize, values: &[T]) {
        let mut windows = self.windows.as_mut();
        if let Some(body) = &mut self.body {
            let near = windows.take_if(|windows| windows.has_slots());
            body.add(part, values, near);
        }
        if let Some(mean) = &mut self.mean {
            mean.add(part, values);
        }
        if let Some(windows) = windows {
            windows.add(values);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        if let (Some(body), Some(other)) = (&mut self.body, other.body) {
            body.merge(other);
        }
        if let (Some(mean), Some(other)) = (&mut self.mean, other.mean) {
            mean.parts.merge(other.parts);
        }
        if let (Some(windows), Some(other)) = (&mut self.windows, other.windows) {
            windows.merge(other);
        }
    }
}

/// Moments of parts of the rows: sums depend on their order, so each part has its own
/// until all are there.
#[derive(Clone, Debug, Default)]
struct Parts(Vec<(usize, Moments)>);

impl Parts {
    fn add(&mut self, part: usize, moments: Moments) {
        match self.0.last_mut() {
            Some((last, sum)) if *last == part => *sum = sum.merge(moments),
            _ => self.0.push((part, moments)),
        }
    }

    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Of all parts, whatever the order in which they were added.
    fn moments(&mut self) -> Moments {
        self.0.sort_by_key(|(part, _)| *part);
        let parts = self.0.iter().map(|(_, moments)| *moments);
        parts.fold(Moments::default(), Moments::merge)
    }
}

/// The sum of distances from an origin, for the mean.
#[derive(Clone, Debug)]
pub(super) struct Mean<T> {
    origin: T,
    parts: Parts,
}

impl<T: Wide> Mean<T> {
    pub(super) fn new(origin: T) -> Self {
        Mean {
            origin,
            parts: Parts::default(),
        }
    }

    fn add(&mut self, part: usize, values: &[T]) {
        if values.is_empty() {
            return;
        }
        let mut sums = [0.0; LANES];
        let (blocks, rest) = values.as_chunks();
        for block in blocks {
            sum_block(block, self.origin, &mut sums);
        }
        let rest = rest.iter().map(|value| value.offset(self.origin));
        let powers = Powers {
            sum: sums.into_iter().chain(rest).sum(),
            ..Powers::default()
        };
        self.parts
            .add(part, Moments::about(self.origin, powers, values));
    }

    pub(super) fn mean(&mut self) -> f64 {
        self.parts.moments().mean
    }
}

#[derive(Clone, Debug)]
pub(super) struct Body<T> {
    parts: Parts,
    pub(super) zeros: u64,
    pub(super) whole: bool,
    pub(super) bins: BinCounts<T>,
    pub(super) distinct: DistinctSet,
}

impl<T: Wide> Body<T> {
    pub(super) fn new(scaling: Scaling<T>, distinct: DistinctSet) -> Self {
        Body {
            parts: Parts::default(),
            zeros: 0,
            whole: true,
            bins: BinCounts::new(scaling),
            distinct,
        }
    }

    fn add(&mut self, part: usize, values: &[T], near: Option<&mut Windows<T>>) {
        let powers = self.powers(values, near);
        let moments = Moments::about(self.bins.scaling.origin, powers, values);
        self.parts.add(part, moments);
        let zeros = values.iter().map(|value| u32::from(*value == T::default()));
        self.zeros += u64::from(zeros.fold(0, u32::wrapping_add));
        self.whole = self.whole
            && values
                .iter()
                .fold(true, |all, value| all & value.is_whole());
        if !self.distinct.is_full() {
            values
                .iter()
                .for_each(|value| self.distinct.add(value.bits()));
        }
    }

    /// Sums of the powers of distances from the bins' origin; fills the bins besides,
    /// and the windows that know their slots.
    fn powers(&mut self, values: &[T], mut near: Option<&mut Windows<T>>) -> Powers {
        let scaling = self.bins.scaling;
        let (blocks, rest) = match scaling.is_far {
            true => (&[][..], values),
            false => values.as_chunks::<BLOCK>(),
        };
        let mut sums = Sums::new();
        let mut places = [0; BLOCK];
        for block in blocks {
            sums.add(block, &mut places, scaling);
            self.count(block, &places, near.as_deref_mut());
        }
        for rest in rest.chunks(BLOCK) {
            for (place, &value) in places.iter_mut().zip(rest) {
                *place = scaling.place_of(value);
            }
            self.count(rest, &places[..rest.len()], near.as_deref_mut());
        }
        let mut powers = sums.powers();
        let offsets = rest.iter().map(|value| value.offset(scaling.origin));
        offsets.for_each(|offset| powers.add(offset));
        powers
    }

    fn count(&mut self, values: &[T], places: &[u32], near: Option<&mut Windows<T>>) {
        match near {
            Some(windows) => windows.add_block(values, places, &mut self.bins),
            None => self.bins.add(places),
        }
    }

    fn merge(&mut self, other: Self) {
        self.parts.merge(other.parts);
        self.zeros += other.zeros;
        self.whole &= other.whole;
        self.bins.merge(&other.bins);
        self.distinct.merge(&other.distinct);
    }

    pub(super) fn moments(&mut self) -> Moments {
        self.parts.moments()
    }
}

/// Sums side by side: the compiler makes vector instructions of loops over arrays,
/// but keeps the order of a single sum.
struct Sums {
    sum: [f64; LANES],
    squares: [f64; LANES],
    cubes: [f64; LANES],
}

impl Sums {
    fn new() -> Self {
        Sums {
            sum: [0.0; LANES],
            squares: [0.0; LANES],
            cubes: [0.0; LANES],
        }
    }

    fn add<T: Wide>(
        &mut self,
        values: &[T; BLOCK],
        places: &mut [u32; BLOCK],
        scaling: Scaling<T>,
    ) {
        add_block(
            values,
            places,
            scaling,
            &mut self.sum,
            &mut self.squares,
            &mut self.cubes,
        );
    }

    fn powers(&self) -> Powers {
        Powers {
            sum: self.sum.iter().sum(),
            squares: self.squares.iter().sum(),
            cubes: self.cubes.iter().sum(),
        }
    }
}

/// Each sum takes four values at a time, as loading and storing it costs more than
/// adding. The arrays are parameters of their own to be known not to overlap.
#[inline(never)]
fn add_block<T: Wide>(
    values: &[T; BLOCK],
    places: &mut [u32; BLOCK],
    scaling: Scaling<T>,
    sum: &mut [f64; LANES],
    squares: &mut [f64; LANES],
    cubes: &mut [f64; LANES],
) {
    for i in 0..LANES {
        let (j, k, l) = (i + LANES, i + 2 * LANES, i + 3 * LANES);
        let (a, b) = (
            values[i].offset(scaling.origin),
            values[j].offset(scaling.origin),
        );
        let (c, d) = (
            values[k].offset(scaling.origin),
            values[l].offset(scaling.origin),
        );
        places[i] = scaling.place(a);
        places[j] = scaling.place(b);
        places[k] = scaling.place(c);
        places[l] = scaling.place(d);
        let (aa, bb, cc, dd) = (a * a, b * b, c * c, d * d);
        sum[i] += (a + b) + (c + d);
        squares[i] += (aa + bb) + (cc + dd);
        cubes[i] += (aa * a + bb * b) + (cc * c + dd * d);
    }
}

/// The sums of [`add_block`] alone.
#[inline(never)]
fn sum_block<T: Wide>(values: &[T; BLOCK], origin: T, sum: &mut [f64; LANES]) {
    for i in 0..LANES {
        let (a, b) = (values[i].offset(origin), values[i + LANES].offset(origin));
        let (c, d) = (
            values[i + 2 * LANES].offset(origin),
            values[i + 3 * LANES].offset(origin),
        );
        sum[i] += (a + b) + (c + d);
    }
}
