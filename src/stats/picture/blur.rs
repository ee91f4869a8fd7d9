//! How sharp the edges of a picture are.

use super::gray::{gray, luma};
use super::resize::Resizer;
use super::{Picture, Plane};

/// Pictures are looked at with at most so many pixels a side.
const LONGEST_SIDE: usize = 64;

/// What a spread is multiplied by before `1 - exp(-x)` makes a score of it.
const SCALE: f64 = 0.01;

/// From this score on, how uneven the shades are counts too.
const UNEVEN_ABOVE: f64 = 0.18;

/// From 0 (blurred) to 1 (sharp): the spread of the strength of the edges, and
/// that of the histogram of shades where it is wide, as it is for drawings and
/// documents, which are mostly paper.
pub(super) fn sharpness(picture: &Picture, resizer: &mut Resizer) -> f64 {
    let plane = reduced(picture, resizer);
    let edges = score(value_spread(&histogram(&edges(&plane))));
    let shades = score(count_spread(&histogram(&plane.samples)));
    let shades = if shades > UNEVEN_ABOVE { shades } else { 0.0 };
    (edges + shades).min(1.0)
}

fn score(spread: f64) -> f64 {
    1.0 - (-spread * SCALE).exp()
}

/// The gray picture, made smaller (before it is made gray) where it is large.
fn reduced(picture: &Picture, resizer: &mut Resizer) -> Plane {
    let longest = picture.width.max(picture.height);
    if longest <= LONGEST_SIDE {
        return gray(picture);
    }
    let side = |length: usize| (length as u128 * LONGEST_SIDE as u128 / longest as u128) as usize;
    let (width, height) = (side(picture.width).max(1), side(picture.height).max(1));
    let mut channel = |k| resizer.resize(channel(picture, k), width, height);
    let samples = match picture.channels {
        1 => return channel(0),
        3 => gray_of([channel(0), channel(1), channel(2)]),
        _ => gray_below([channel(0), channel(1), channel(2), channel(3)]),
    };
    Plane {
        width,
        height,
        samples,
    }
}

/// One channel; where there is alpha, colours are weighed by it, so that what is
/// transparent does not bleed into what is not.
fn channel(picture: &Picture, k: usize) -> Plane {
    let samples = match picture.channels {
        1 => picture.samples.clone(),
        4 if k < 3 => picture.pixels().map(|p| faded(p[k], p[3])).collect(),
        _ => picture.pixels().map(|p| p[k]).collect(),
    };
    Plane {
        width: picture.width,
        height: picture.height,
        samples,
    }
}

fn gray_of([red, green, blue]: [Plane; 3]) -> Vec<u8> {
    let rest = green.samples.iter().zip(&blue.samples);
    let pixels = red.samples.iter().zip(rest);
    pixels.map(|(&r, (&g, &b))| luma(r, g, b)).collect()
}

fn gray_below([red, green, blue, alpha]: [Plane; 4]) -> Vec<u8> {
    let full = |mut plane: Plane| {
        for (value, &alpha) in plane.samples.iter_mut().zip(&alpha.samples) {
            *value = restored(*value, alpha);
        }
        plane
    };
    gray_of([full(red), full(green), full(blue)])
}

/// `value * alpha / 255`, rounded.
fn faded(value: u8, alpha: u8) -> u8 {
    let product = u32::from(value) * u32::from(alpha) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// What faded to `value`, rounded down as Pillow does.
fn restored(value: u8, alpha: u8) -> u8 {
    match alpha {
        0 | 255 => value,
        _ => (u32::from(value) * 255 / u32::from(alpha)).min(255) as u8,
    }
}

/// How much each sample exceeds its eight neighbours; those at the border, which
/// lack some, stay themselves, as in Pillow's `FIND_EDGES`.
fn edges(plane: &Plane) -> Vec<u8> {
    let mut edges = plane.samples.clone();
    let rows: Vec<&[u8]> = plane.samples.chunks_exact(plane.width).collect();
    let inner = edges.chunks_exact_mut(plane.width).skip(1);
    for (edges, rows) in inner.zip(rows.windows(3)) {
        let [above, row, below] = [0, 1, 2].map(|i| rows[i].windows(3));
        let blocks = above.zip(row).zip(below);
        for (edge, ((above, row), below)) in edges.iter_mut().skip(1).zip(blocks) {
            let block = sum(above) + sum(row) + sum(below);
            *edge = (9 * i32::from(row[1]) - block).clamp(0, 255) as u8;
        }
    }
    edges
}

fn sum(three: &[u8]) -> i32 {
    three.iter().map(|&v| i32::from(v)).sum()
}

type Histogram = [u64; 256];

fn histogram(samples: &[u8]) -> Histogram {
    let mut counts = [0; 256];
    for &value in samples {
        counts[usize::from(value)] += 1;
    }
    counts
}

/// The standard deviation of the values counted. At most 4,096 are, so that
/// these sums are exact.
fn value_spread(counts: &Histogram) -> f64 {
    let (mut n, mut sum, mut squares) = (0, 0, 0);
    for (value, &count) in (0u64..).zip(counts) {
        n += count;
        sum += value * count;
        squares += value * value * count;
    }
    ((n * squares - sum * sum) as f64).sqrt() / n as f64
}

/// The standard deviation of the 256 counts themselves.
fn count_spread(counts: &Histogram) -> f64 {
    let sum: u64 = counts.iter().sum();
    let squares: u64 = counts.iter().map(|count| count * count).sum();
    ((256 * squares - sum * sum) as f64).sqrt() / 256.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_is_what_exceeds_its_neighbours() {
        let plane = |samples: [u8; 9]| Plane {
            width: 3,
            height: 3,
            samples: samples.to_vec(),
        };
        let found = edges(&plane([1, 2, 3, 4, 50, 6, 7, 8, 9]));
        assert_eq!(found, [1, 2, 3, 4, 255, 6, 7, 8, 9]);
        let found = edges(&plane([9, 9, 9, 9, 9, 9, 9, 9, 9]));
        assert_eq!(found[4], 0);
    }

    #[test]
    fn thin_pictures_have_no_edges() {
        for (width, height) in [(1, 9), (9, 1), (2, 9), (9, 2), (1, 1)] {
            let samples: Vec<u8> = (0..width * height).map(|i| i as u8).collect();
            let plane = Plane {
                width,
                height,
                samples,
            };
            assert_eq!(edges(&plane), plane.samples);
        }
    }

    #[test]
    fn spreads_are_those_of_numpy() {
        let counts = histogram(&[0, 0, 255, 255]);
        assert_eq!(value_spread(&counts), 127.5);
        // numpy.std([2] + [0] * 254 + [2])
        assert!((count_spread(&counts) - 0.176_084_807_337_260_06).abs() < 1e-15);
    }

    #[test]
    fn an_opaque_colour_is_kept() {
        for value in 0..=255 {
            assert_eq!(restored(faded(value, 255), 255), value);
            assert_eq!(faded(value, 0), 0);
        }
    }
}
