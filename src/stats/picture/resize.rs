//! A channel at another size, to the bit as Pillow's `resize` has it.

use super::Plane;
use super::taps::{Filter, PRECISION, Tap, taps};

/// Half of the last bit that is kept, for rounding.
const HALF: i32 = 1 << (PRECISION - 1);

/// Makes planes of one size from planes of another, and keeps the weights for
/// the next plane: most pictures of a data set have one size.
#[derive(Clone, Debug)]
pub(super) struct Resizer {
    filter: Filter,
    columns: Axis,
    rows: Axis,
}

/// What happens along one axis.
#[derive(Clone, Debug, Default)]
struct Axis {
    source: usize,
    target: usize,
    taps: Vec<Tap>,
}

impl Axis {
    fn fit(&mut self, filter: Filter, source: usize, target: usize) {
        if (self.source, self.target) != (source, target) {
            *self = Axis {
                source,
                target,
                taps: taps(filter, source, target),
            };
        }
    }
}

impl Resizer {
    pub(super) fn new(filter: Filter) -> Resizer {
        Resizer {
            filter,
            columns: Axis::default(),
            rows: Axis::default(),
        }
    }

    /// The plane at `width` by `height`.
    pub(super) fn resize(&mut self, plane: Plane, width: usize, height: usize) -> Plane {
        // Which axis is first shows in the rounding between them. Pillow's order,
        // from 13.0.0 on: a height that shrinks by much more than the width, first.
        let lost = |from: usize, to: usize| from.saturating_sub(to);
        if lost(plane.height, height) > 2 * lost(plane.width, width) {
            let plane = self.at_height(plane, height);
            self.at_width(plane, width)
        } else {
            let plane = self.at_width(plane, width);
            self.at_height(plane, height)
        }
    }

    fn at_width(&mut self, plane: Plane, width: usize) -> Plane {
        if width == plane.width {
            return plane;
        }
        self.columns.fit(self.filter, plane.width, width);
        across(&plane, &self.columns.taps)
    }

    fn at_height(&mut self, plane: Plane, height: usize) -> Plane {
        if height == plane.height {
            return plane;
        }
        self.rows.fit(self.filter, plane.height, height);
        down(&plane, &self.rows.taps)
    }
}

// Sums wrap in name only (see `PRECISION`): without checks they are computed
// several at a time.

fn across(plane: &Plane, taps: &[Tap]) -> Plane {
    let mut samples = Vec::with_capacity(taps.len() * plane.height);
    for row in plane.samples.chunks_exact(plane.width) {
        samples.extend(taps.iter().map(|tap| {
            let terms = row[tap.start..].iter().zip(&tap.weights);
            clip(terms.fold(HALF, |sum, (&v, &w)| add(sum, v, w)))
        }));
    }
    Plane {
        width: taps.len(),
        height: plane.height,
        samples,
    }
}

fn down(plane: &Plane, taps: &[Tap]) -> Plane {
    let mut samples = Vec::with_capacity(plane.width * taps.len());
    let mut sums = vec![HALF; plane.width];
    for tap in taps {
        sums.fill(HALF);
        let rows = plane.samples.chunks_exact(plane.width).skip(tap.start);
        for (row, &weight) in rows.zip(&tap.weights) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum = add(*sum, value, weight);
            }
        }
        samples.extend(sums.iter().map(|&sum| clip(sum)));
    }
    Plane {
        width: plane.width,
        height: taps.len(),
        samples,
    }
}

fn add(sum: i32, value: u8, weight: i32) -> i32 {
    sum.wrapping_add(i32::from(value).wrapping_mul(weight))
}

fn clip(sum: i32) -> u8 {
    (sum >> PRECISION).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(samples: &[u8]) -> Plane {
        Plane {
            width: samples.len(),
            height: 1,
            samples: samples.to_vec(),
        }
    }

    #[test]
    fn one_colour_stays_one_colour() {
        for (filter, value) in [(Filter::Bicubic, 255), (Filter::Lanczos, 7)] {
            let plane = Resizer::new(filter).resize(row(&[value; 50]), 9, 4);
            assert_eq!(plane.samples, [value; 36]);
        }
    }

    #[test]
    fn edges_overshoot_within_8_bits() {
        let mut samples = [0; 12];
        samples[6..].fill(255);
        // Pillow 13.0.0
        let plane = Resizer::new(Filter::Lanczos).resize(row(&samples), 5, 1);
        assert_eq!(plane.samples, [5, 0, 128, 255, 250]);
        let plane = Resizer::new(Filter::Bicubic).resize(row(&samples), 5, 1);
        assert_eq!(plane.samples, [0, 0, 128, 255, 255]);
    }

    #[test]
    fn weights_follow_the_size() {
        let mut resizer = Resizer::new(Filter::Bicubic);
        let fresh = |n: usize| Resizer::new(Filter::Bicubic).resize(row(&vec![9; n]), 3, 3);
        for n in [8, 5, 8, 1] {
            assert_eq!(resizer.resize(row(&vec![9; n]), 3, 3), fresh(n));
        }
    }
}
