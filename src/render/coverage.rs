//! How much of each pixel a shape covers, exactly: every edge adds the signed
//! area between itself and the right-hand side, and a running sum along each
//! row turns these into covered shares.

use super::font::Edges;

/// A window of pixels that edges are added to.
pub(super) struct Coverage {
    left: i32,
    top: i32,
    width: usize,
    height: usize,
    /// Changes of coverage from one pixel to the next, row by row; one more
    /// column takes what lies to the right of the window.
    changes: Vec<f32>,
}

impl Coverage {
    /// The window from `(left, top)` to, but without, `(right, bottom)`.
    pub(super) fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        let width = (i64::from(right) - i64::from(left)).max(0) as usize;
        let height = (i64::from(bottom) - i64::from(top)).max(0) as usize;
        Coverage {
            left,
            top,
            width,
            height,
            changes: vec![0.0; (width + 1) * height],
        }
    }

    /// Adds the closed polygon through `corners`.
    pub(super) fn polygon(&mut self, corners: &[(f64, f64)]) {
        let next = corners.iter().cycle().skip(1);
        for (&from, &to) in corners.iter().zip(next) {
            self.edge(from, to);
        }
    }

    /// Calls `paint` with each run of pixels in a row that are covered alike: where it
    /// begins, how long it is, and the share that is covered.
    pub(super) fn runs(&self, mut paint: impl FnMut(i32, i32, usize, f32)) {
        for (row, changes) in self.changes.chunks(self.width + 1).enumerate() {
            let (mut sum, mut column) = (0.0f32, 0);
            while column < self.width {
                sum += changes[column];
                let next = &changes[column + 1..self.width];
                let same = next.iter().position(|change| *change != 0.0);
                let run = 1 + same.unwrap_or(next.len());
                // Outlines of either direction count; overlaps cover once.
                let share = sum.abs().min(1.0);
                if share > 1.0 / 512.0 {
                    paint(self.left + column as i32, self.top + row as i32, run, share);
                }
                column += run;
            }
        }
    }

    /// Adds an edge that stays within row `row`: from `x0` to `x1`, falling by
    /// `fall` of the row's height.
    fn cross(&mut self, row: usize, x0: f64, x1: f64, fall: f64) {
        let limit = self.width as f64;
        let (x0, x1) = (x0.clamp(0.0, limit), x1.clamp(0.0, limit));
        let (low, high) = (x0.min(x1), x0.max(x1));
        // None is negative: whole parts are floors.
        let (first, whole) = (low as usize, high as usize);
        let last = if whole as f64 == high {
            whole
        } else {
            whole + 1
        };
        let last = last.max(first + 1);
        let changes = &mut self.changes[row * (self.width + 1)..(row + 1) * (self.width + 1)];
        let mut before = 0.0;
        for column in first..last {
            // Share of the edge's fall that is seen left of the column's end,
            // weighted by the distance to that end: the area in the column.
            let area = fall * area_left_of(column as f64 + 1.0, low, high);
            if let Some(change) = changes.get_mut(column) {
                *change += (area - before) as f32;
            }
            before = area;
        }
        if let Some(change) = changes.get_mut(last) {
            *change += (fall - before) as f32;
        }
    }
}

/// The mean of how much of the unit cell that ends at `end` lies to the right
/// of an edge running evenly from `low` to `high`.
fn area_left_of(end: f64, low: f64, high: f64) -> f64 {
    let covered = |x: f64| (end - x).clamp(0.0, 1.0);
    if high - low < 1e-9 {
        return covered(low);
    }
    // The integral of a ramp from 1 (at end - 1) to 0 (at end).
    let upto = |x: f64| {
        let x = x.min(end);
        let full = x.min(end - 1.0);
        let ramp = x.max(end - 1.0) - (end - 1.0);
        full + ramp - ramp * ramp / 2.0
    };
    (upto(high) - upto(low)) / (high - low)
}

impl Edges for Coverage {
    fn edge(&mut self, from: (f64, f64), to: (f64, f64)) {
        let origin = (f64::from(self.left), f64::from(self.top));
        let down = to.1 > from.1;
        let (upper, lower) = if down { (from, to) } else { (to, from) };
        let (x0, y0) = (upper.0 - origin.0, upper.1 - origin.1);
        let (x1, y1) = (lower.0 - origin.0, lower.1 - origin.1);
        if y1 - y0 < 1e-9 {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        let (start, end) = (y0.max(0.0), y1.min(self.height as f64));
        // Not negative: the whole part is the floor.
        let mut row = start as usize;
        while (row as f64) < end {
            let (top, bottom) = (start.max(row as f64), end.min(row as f64 + 1.0));
            let fall = if down { bottom - top } else { top - bottom };
            let at = |y: f64| x0 + (y - y0) * slope;
            self.cross(row, at(top), at(bottom), fall);
            row += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(coverage: &Coverage) -> Vec<(i32, i32, f32)> {
        let mut out = vec![];
        coverage.runs(|x, y, run, share| {
            let share = (share * 1e4).round() / 1e4;
            out.extend((x..x + run as i32).map(|x| (x, y, share)));
        });
        out
    }

    fn total(coverage: &Coverage) -> f64 {
        let mut sum = 0.0;
        coverage.runs(|_, _, run, share| sum += run as f64 * f64::from(share));
        sum
    }

    #[test]
    fn a_square_off_the_grid_covers_exact_shares() {
        let mut coverage = Coverage::new(0, 0, 4, 4);
        coverage.polygon(&[(0.5, 1.0), (2.25, 1.0), (2.25, 2.0), (0.5, 2.0)]);
        assert_eq!(shares(&coverage), [(0, 1, 0.5), (1, 1, 1.0), (2, 1, 0.25)]);
    }

    #[test]
    fn a_triangle_covers_half() {
        let mut coverage = Coverage::new(0, 0, 10, 10);
        coverage.polygon(&[(1.0, 1.0), (9.0, 1.0), (1.0, 9.0)]);
        assert!((total(&coverage) - 32.0).abs() < 1e-3);
        let mut coverage = Coverage::new(0, 0, 1, 1);
        coverage.polygon(&[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]);
        assert_eq!(shares(&coverage), [(0, 0, 0.5)]);
    }

    #[test]
    fn what_lies_outside_the_window_is_cut_off() {
        let mut coverage = Coverage::new(2, 2, 4, 4);
        coverage.polygon(&[(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)]);
        assert_eq!(total(&coverage), 4.0);
        let mut coverage = Coverage::new(2, 2, 4, 4);
        coverage.polygon(&[(10.0, 0.0), (20.0, 0.0), (20.0, 9.0)]);
        assert_eq!(total(&coverage), 0.0);
        assert_eq!(total(&Coverage::new(5, 5, 1, 1)), 0.0);
    }

    #[test]
    fn holes_stay_empty() {
        let mut coverage = Coverage::new(0, 0, 9, 9);
        coverage.polygon(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]);
        coverage.polygon(&[(3.0, 3.0), (3.0, 6.0), (6.0, 6.0), (6.0, 3.0)]);
        assert!((total(&coverage) - 72.0).abs() < 1e-4);
    }
}
