//! Long lines with only the points that can be seen.

use crate::list::MapInto;

type Point = (f64, f64);

/// Lines of fewer points are left as they are.
const FEW: usize = 400;

/// The line with at most four points to each half pixel along x: the first, the
/// least, the greatest and the last of those that lie there, which draw the same
/// pixels as all of them. Lines that turn back are left as they are.
pub(super) fn line(points: Vec<Point>) -> Vec<Point> {
    let rises = points.windows(2).all(|pair| pair[0].0 <= pair[1].0);
    let falls = points.windows(2).all(|pair| pair[0].0 >= pair[1].0);
    if points.len() < FEW || !(rises || falls) {
        return points;
    }
    let column = |point: &Point| (point.0 * 2.0).floor();
    let mut kept = Vec::new();
    for one in points.chunk_by(|a, b| column(a) == column(b)) {
        kept.extend(seen(one));
    }
    kept
}

/// First, least, greatest and last, in their order.
fn seen(points: &[Point]) -> Vec<Point> {
    if points.len() <= 4 {
        return points.to_vec();
    }
    let height = |i: &usize| points[*i].1;
    let by_height = |a: &usize, b: &usize| height(a).total_cmp(&height(b));
    let least = (0..points.len()).min_by(by_height).unwrap_or(0);
    let greatest = (0..points.len()).max_by(by_height).unwrap_or(0);
    let mut kept = [0, least, greatest, points.len() - 1];
    kept.sort_unstable();
    let mut kept = kept.to_vec();
    kept.dedup();
    kept.map_into(|i| points[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_keeps_its_ends_and_extremes() {
        let wave = |i: usize| (i as f64 / 1000.0, (i as f64).sin() * 100.0);
        let all: Vec<Point> = (0..100_000).map(wave).collect();
        let thinned = line(all.clone());
        assert!(thinned.len() <= 4 * 201, "{}", thinned.len());
        assert_eq!((thinned[0], thinned.last()), (all[0], all.last()));
        let most = |points: &[Point]| points.iter().map(|p| p.1).fold(f64::MIN, f64::max);
        assert_eq!(most(&thinned), most(&all));
    }

    #[test]
    fn lines_that_turn_back_and_short_ones_stay() {
        let circle: Vec<Point> = (0..2000)
            .map(|i| (f64::from(i).cos(), f64::from(i).sin()))
            .collect();
        assert_eq!(line(circle.clone()), circle);
        let short = vec![(0.1, 1.0), (0.2, 2.0)];
        assert_eq!(line(short.clone()), short);
    }
}
