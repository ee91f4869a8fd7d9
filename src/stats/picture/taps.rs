//! Which samples of a row make one sample of a shorter or longer row, and how
//! much each weighs: Pillow's antialiasing filters.

use crate::list::{MapEach, MapNumbers};
use std::f64::consts::PI;

/// Bits after the point of a weight, as in Pillow. A row's weights add up to 1
/// and, as the tests show, to less than 2 in size, so that a weighted sum of
/// 8-bit samples keeps to 32 bits.
pub(super) const PRECISION: u32 = 22;

/// The shape of the weights about the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Filter {
    /// Keys' cubic with a = -1/2; what Pillow reduces by unless told otherwise.
    Bicubic,
    /// The sinc function under its own middle, of three lobes.
    Lanczos,
}

impl Filter {
    fn reach(self) -> f64 {
        match self {
            Filter::Bicubic => 2.0,
            Filter::Lanczos => 3.0,
        }
    }

    fn weight(self, at: f64) -> f64 {
        match self {
            Filter::Bicubic => cubic(at.abs()),
            Filter::Lanczos if (-3.0..3.0).contains(&at) => sinc(at) * sinc(at / 3.0),
            Filter::Lanczos => 0.0,
        }
    }
}

fn cubic(x: f64) -> f64 {
    match x {
        x if x < 1.0 => (1.5 * x - 2.5) * x * x + 1.0,
        x if x < 2.0 => (((x - 5.0) * x + 8.0) * x - 4.0) * -0.5,
        _ => 0.0,
    }
}

fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else {
        (x * PI).sin() / (x * PI)
    }
}

/// The samples from `start` on that make one, and their weights.
#[derive(Clone, Debug)]
pub(super) struct Tap {
    pub(super) start: usize,
    pub(super) weights: Vec<i32>,
}

/// One tap for each of `target` samples that are made of `source` samples.
pub(super) fn taps(filter: Filter, source: usize, target: usize) -> Vec<Tap> {
    let scale = source as f64 / target as f64;
    // Where a row gets longer, the filter spans samples of the shorter one.
    let stretch = scale.max(1.0);
    let reach = filter.reach() * stretch;
    let tap = |i: usize| {
        let center = (i as f64 + 0.5) * scale;
        let start = (center - reach + 0.5).max(0.0) as usize;
        let end = ((center + reach + 0.5) as usize).min(source);
        let weight = |s: usize| filter.weight((s as f64 - center + 0.5) / stretch);
        let weights: Vec<f64> = (start..end).map_each(weight);
        Tap {
            start,
            weights: fixed(&weights),
        }
    };
    (0..target).map_each(tap)
}

/// Weights that add up to 1, as integers.
fn fixed(weights: &[f64]) -> Vec<i32> {
    let total: f64 = weights.iter().sum();
    let one = f64::from(1 << PRECISION);
    let round = |w: &f64| (w / total * one).round() as i32;
    weights.map_each(round)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_sums_keep_to_32_bits() {
        for filter in [Filter::Bicubic, Filter::Lanczos] {
            for (source, target) in (1..200).flat_map(|s| [(s, 32), (s, 7), (s, 1)]) {
                for tap in taps(filter, source, target) {
                    let size: i64 = tap.weights.iter().map(|w| i64::from(w.abs())).sum();
                    assert!(size * 255 + (1 << 21) < 1 << 31, "{filter:?} {source}");
                }
            }
        }
    }

    #[test]
    fn a_row_of_the_same_length_is_itself() {
        for (i, tap) in taps(Filter::Lanczos, 9, 9).iter().enumerate() {
            for (k, &weight) in tap.weights.iter().enumerate() {
                assert_eq!(weight, i32::from(tap.start + k == i) << PRECISION);
            }
        }
    }
}
