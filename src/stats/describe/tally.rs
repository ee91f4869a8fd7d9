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
        if let Some(windows) = windows {
            windows.add(values);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        if let (Some(body), Some(other)) = (&mut self.body, other.body) {
            body.merge(other);
        }
        if let (Some(windows), Some(other)) = (&mut self.windows, other.windows) {
            windows.merge(other);
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Body<T> {
    /// Sums depend on their order, so each part of the rows has its own until all
    /// are there.
    moments: Vec<(usize, Moments)>,
    pub(super) bins: BinCounts<T>,
    pub(super) details: Option<Details>,
}

/// What `describe()` alone asks for.
#[derive(Clone, Debug)]
pub(super) struct Details {
    pub(super) zeros: u64,
    pub(super) whole: bool,
    pub(super) distinct: DistinctSet,
}

impl Details {
    /// Of none yet, but that the different values of a sample are known.
    pub(super) fn of_sample<T: Wide>(sample: &[T]) -> Self {
        let mut distinct = DistinctSet::new();
        for value in sample {
            if distinct.is_full() {
                break;
            }
            distinct.add(value.bits());
        }
        Details {
            zeros: 0,
            whole: true,
            distinct,
        }
    }

    fn add<T: Wide>(&mut self, values: &[T]) {
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

    fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        self.whole &= other.whole;
        self.distinct.merge(&other.distinct);
    }
}

impl<T: Wide> Body<T> {
    pub(super) fn new(scaling: Scaling<T>, details: Option<Details>) -> Self {
        Body {
            moments: Vec::new(),
            bins: BinCounts::new(scaling),
            details,
        }
    }

    fn add(&mut self, part: usize, values: &[T], near: Option<&mut Windows<T>>) {
        let powers = self.powers(values, near);
        let moments = Moments::about(self.bins.scaling.origin, powers, values);
        match self.moments.last_mut() {
            Some((last, sum)) if *last == part => *sum = sum.merge(moments),
            _ => self.moments.push((part, moments)),
        }
        if let Some(details) = &mut self.details {
            details.add(values);
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
        self.moments.extend(other.moments);
        self.bins.merge(&other.bins);
        if let (Some(details), Some(other)) = (&mut self.details, &other.details) {
            details.merge(other);
        }
    }

    /// Of all parts, whatever the order in which they were added.
    pub(super) fn moments(&mut self) -> Moments {
        self.moments.sort_by_key(|(part, _)| *part);
        let parts = self.moments.iter().map(|(_, moments)| *moments);
        parts.fold(Moments::default(), Moments::merge)
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
