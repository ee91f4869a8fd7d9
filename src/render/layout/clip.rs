//! Lines and shapes cut at the edge of the panel: what lies beyond its limits is
//! not drawn, and what crosses the edge ends there.

use crate::list::IntoList;
use crate::render::scene::Rect;

type Point = (f64, f64);

/// Further out than this nothing is told apart; it keeps sums finite.
const FAR: f64 = 1e7;

/// The parts of a line within `area`.
pub(super) fn line(run: &[Point], area: Rect) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    for pair in run.windows(2) {
        let Some((from, to)) = segment(near(pair[0]), near(pair[1]), area) else {
            continue;
        };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

fn near((x, y): Point) -> Point {
    (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR))
}

/// The part of a straight line within `area` (Liang and Barsky).
fn segment(from: Point, to: Point, area: Rect) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let edges = [
        (-dx, from.0 - area.x),
        (dx, area.right() - from.0),
        (-dy, from.1 - area.y),
        (dy, area.bottom() - from.1),
    ];
    let (mut first, mut last) = (0.0_f64, 1.0_f64);
    for (step, room) in edges {
        if step == 0.0 && room < 0.0 {
            return None;
        }
        if step < 0.0 {
            first = first.max(room / step);
        } else if step > 0.0 {
            last = last.min(room / step);
        }
    }
    // Ends that lie inside are kept to the bit, so that parts join.
    let at = |share: f64| match share {
        0.0 => from,
        1.0 => to,
        share => (from.0 + share * dx, from.1 + share * dy),
    };
    (first <= last).then(|| (at(first), at(last)))
}

/// The part of a shape within `area` (Sutherland and Hodgman).
pub(super) fn polygon(shape: &[Point], area: Rect) -> Vec<Point> {
    let shape: Vec<Point> = shape.iter().copied().map(near).into_list();
    let shape = half(&shape, |p| p.0 - area.x);
    let shape = half(&shape, |p| area.right() - p.0);
    let shape = half(&shape, |p| p.1 - area.y);
    half(&shape, |p| area.bottom() - p.1)
}

/// The part of a shape where `inside` is not negative.
fn half(shape: &[Point], inside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(shape.len() + 4);
    for (i, &to) in shape.iter().enumerate() {
        let from = shape[(i + shape.len() - 1) % shape.len()];
        let (a, b) = (inside(from), inside(to));
        if (a < 0.0) != (b < 0.0) {
            let share = a / (a - b);
            kept.push((
                from.0 + share * (to.0 - from.0),
                from.1 + share * (to.1 - from.1),
            ));
        }
        if b >= 0.0 {
            kept.push(to);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area() -> Rect {
        Rect::new(0.0, 0.0, 10.0, 10.0)
    }

    #[test]
    fn a_line_ends_at_the_edge_and_goes_on_where_it_comes_back() {
        let run = [
            (-5.0, 5.0),
            (5.0, 5.0),
            (5.0, 15.0),
            (8.0, 15.0),
            (8.0, 5.0),
        ];
        let parts = line(&run, area());
        assert_eq!(
            parts,
            [
                vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)],
                vec![(8.0, 10.0), (8.0, 5.0)],
            ]
        );
        assert!(line(&[(-1.0, -1.0), (-1.0, 20.0)], area()).is_empty());
        assert_eq!(
            line(&[(-5.0, 1.0), (0.0, 2.0), (4.0, 3.0)], area()),
            [[(0.0, 2.0), (0.0, 2.0), (4.0, 3.0)]]
        );
        assert_eq!(
            line(&[(-1e300, 5.0), (1e300, 5.0)], area()),
            [[(0.0, 5.0), (10.0, 5.0)]]
        );
    }

    #[test]
    fn a_shape_is_cut_to_the_area() {
        let square = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)];
        let mut cut = polygon(&square, area());
        cut.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(cut, [(0.0, 0.0), (0.0, 5.0), (5.0, 0.0), (5.0, 5.0)]);
        assert!(polygon(&[(20.0, 0.0), (30.0, 0.0), (25.0, 5.0)], area()).is_empty());
        assert!(polygon(&[], area()).is_empty());
    }
}
