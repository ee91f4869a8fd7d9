//! A picture at another size: enlarged by repeating pixels, so that each stays
//! a sharp rectangle, and reduced by averaging, so that none is skipped.

use std::ops::Range;

use crate::list::{MapInto, MapNumbers};
use crate::plot::figure::Pixels;

/// Source pixels and their weights (which add up to 1) for one target pixel.
type Taps = Vec<(usize, f32)>;

fn taps(source: usize, target: usize) -> Vec<Taps> {
    if source <= target {
        let nearest = nearest(source, target);
        return nearest.map_into(|i| vec![(i, 1.0)]);
    }
    let ratio = source as f64 / target as f64;
    let tap = |i: usize| -> Taps {
        let (from, to) = (i as f64 * ratio, (i as f64 + 1.0) * ratio);
        let last = (to.ceil() as usize).min(source);
        let share = |s: usize| (to.min(s as f64 + 1.0) - from.max(s as f64)) / ratio;
        (from as usize..last).map_each(|s| (s, share(s) as f32))
    };
    (0..target).map_each(tap)
}

/// The source pixel that each target pixel repeats.
fn nearest(source: usize, target: usize) -> Vec<usize> {
    let ratio = source as f64 / target as f64;
    let nearest = |i: usize| ((i as f64 + 0.5) * ratio) as usize;
    (0..target).map_each(|i| nearest(i).min(source - 1))
}

/// Calls `paint` with each row of `pixels` at `width` by `height`, its colours with
/// straight alpha, and the rows from the first to before the last that are alike.
pub(super) fn resample(
    pixels: &Pixels,
    width: usize,
    height: usize,
    paint: impl FnMut(Range<usize>, &[[u8; 4]]),
) {
    match pixels.width <= width && pixels.height <= height {
        true => enlarge(pixels, width, height, paint),
        false => reduce(pixels, width, height, paint),
    }
}

fn enlarge(
    pixels: &Pixels,
    width: usize,
    height: usize,
    mut paint: impl FnMut(Range<usize>, &[[u8; 4]]),
) {
    let source = pixels.rgba.as_chunks::<4>().0;
    if (width, height) == (pixels.width, pixels.height) {
        let rows = source.chunks_exact(width.max(1)).enumerate();
        return rows.for_each(|(y, row)| paint(y..y + 1, row));
    }
    let columns = nearest(pixels.width, width);
    let mut row = Vec::with_capacity(width);
    let mut y = 0;
    for alike in nearest(pixels.height, height).chunk_by(|a, b| a == b) {
        let from = &source[alike[0] * pixels.width..(alike[0] + 1) * pixels.width];
        row.clear();
        row.extend(columns.iter().map(|&x| from[x]));
        paint(y..y + alike.len(), &row);
        y += alike.len();
    }
}

fn reduce(
    pixels: &Pixels,
    width: usize,
    height: usize,
    mut paint: impl FnMut(Range<usize>, &[[u8; 4]]),
) {
    let (columns, rows) = (taps(pixels.width, width), taps(pixels.height, height));
    for (y, row) in rows.iter().enumerate() {
        let means = columns.iter().map(|column| mean(pixels, column, row));
        paint(y..y + 1, &means.collect::<Vec<_>>());
    }
}

fn at(pixels: &Pixels, x: usize, y: usize) -> [u8; 4] {
    let start = (y * pixels.width + x) * 4;
    [0, 1, 2, 3].map(|k| pixels.rgba[start + k])
}

fn mean(pixels: &Pixels, columns: &Taps, rows: &Taps) -> [u8; 4] {
    // Colours count as much as they are opaque.
    let mut sum = [0.0f32; 4];
    for &(y, down) in rows {
        for &(x, across) in columns {
            let [r, g, b, a] = at(pixels, x, y).map(f32::from);
            let weight = down * across * a;
            for (total, part) in sum
                .iter_mut()
                .zip([r * weight, g * weight, b * weight, weight])
            {
                *total += part;
            }
        }
    }
    let [r, g, b, alpha] = sum;
    if alpha <= 0.0 {
        return [0; 4];
    }
    [r / alpha, g / alpha, b / alpha, alpha].map(|v| v.round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(pixels: &Pixels, width: usize, height: usize) -> Vec<[u8; 4]> {
        let mut out = vec![];
        resample(pixels, width, height, |rows, row| {
            rows.for_each(|_| out.extend_from_slice(row));
        });
        out
    }

    fn row(rgba: &[[u8; 4]]) -> Pixels {
        Pixels {
            width: rgba.len(),
            height: 1,
            rgba: rgba.concat().into(),
        }
    }

    #[test]
    fn enlarging_invents_no_colour() {
        let (a, b) = ([10, 20, 30, 255], [200, 0, 0, 40]);
        assert_eq!(run(&row(&[a, b]), 5, 1), [a, a, b, b, b]);
        assert_eq!(run(&row(&[a]), 1, 3), [a, a, a]);
    }

    #[test]
    fn reducing_averages_every_pixel() {
        let grey = |v| [v, v, v, 255];
        let source = row(&[grey(0), grey(100), grey(50), grey(250)]);
        assert_eq!(run(&source, 2, 1), [grey(50), grey(150)]);
        assert_eq!(run(&source, 1, 1), [grey(100)]);
        assert_eq!(
            run(&row(&[grey(0), grey(90), grey(30)]), 2, 1),
            [grey(30), grey(50)]
        );
    }

    #[test]
    fn transparent_pixels_lend_no_colour() {
        let source = row(&[[255, 0, 0, 0], [0, 0, 200, 100]]);
        assert_eq!(run(&source, 1, 1), [[0, 0, 200, 50]]);
    }
}
