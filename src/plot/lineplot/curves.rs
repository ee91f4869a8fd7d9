//! Lines as numbers.

use super::super::number::count;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto};

/// More lines than this are thin and translucent, with their mean over them.
pub(super) const FEW: usize = 20;

/// A line of more points is thinned to what a screen can show.
const LONG: usize = 8_000;

/// As many parts have their extremes kept.
const PARTS: usize = 2_000;

/// A point with a gap where y is NaN.
pub(super) type Point = (f64, f64);

/// One line.
#[derive(Default)]
pub(super) struct Curve {
    pub(super) name: String,
    /// Which colour it has.
    pub(super) series: usize,
    pub(super) points: Vec<Point>,
    /// The ends of the band at each point, NaN where there is none; empty without a
    /// band.
    pub(super) band: Vec<(f64, f64)>,
    /// Where the area below begins, of stacked ones: for each point.
    pub(super) base: Vec<f64>,
}

/// All lines of a plot.
#[derive(Default)]
pub(super) struct Curves {
    pub(super) curves: Vec<Curve>,
    /// Thin lines behind those, by colour.
    pub(super) faint: Vec<Curve>,
    /// What the lines are told apart by.
    pub(super) title: Option<String>,
    pub(super) x_name: String,
    pub(super) y_name: Option<String>,
    /// Only whole numbers along x.
    pub(super) whole_x: bool,
    /// Numbers that are not finite.
    pub(super) lost: usize,
    pub(super) not_positive: usize,
    pub(super) notes: Vec<String>,
}

impl Curves {
    pub(super) fn all(&self) -> impl Iterator<Item = &Curve> {
        self.faint.iter().chain(&self.curves)
    }

    /// Takes lines as they are if they are few, or else thin behind their mean.
    pub(super) fn add(&mut self, curves: Vec<Curve>, means: impl FnOnce(&[Curve]) -> Vec<Curve>) {
        match curves.len() <= FEW {
            true => self.curves = curves,
            false => {
                self.curves = means(&curves);
                self.faint = curves;
            }
        }
    }

    /// Long lines from left to right with the points that can be seen.
    pub(super) fn thin(&mut self) {
        for curve in self.curves.iter_mut().chain(&mut self.faint) {
            if curve.band.is_empty() && curve.base.is_empty() {
                curve.points = thinned(std::mem::take(&mut curve.points));
            }
        }
    }

    /// Gaps where there is no logarithm.
    pub(super) fn drop_not_positive(&mut self) {
        for curve in self.curves.iter_mut().chain(&mut self.faint) {
            for point in &mut curve.points {
                if point.1 <= 0.0 {
                    point.1 = f64::NAN;
                    self.not_positive += 1;
                }
            }
            for ends in &mut curve.band {
                if ends.0 <= 0.0 {
                    *ends = (f64::NAN, f64::NAN);
                }
            }
        }
    }

    pub(super) fn not_positive_note(&self) -> Option<String> {
        (self.not_positive > 0).then(|| {
            format!(
                "left out: {} not above 0, as they have no logarithm",
                count(self.not_positive)
            )
        })
    }

    /// Each line on top of those before it.
    pub(super) fn stack(&mut self) -> Result<()> {
        if !self.faint.is_empty() {
            return Err(Error::value(format!(
                "expected at most {FEW} areas to stack, but found {}; choose some with features([…])",
                count(self.faint.len())
            )));
        }
        let Some(first) = self.curves.first() else {
            return Ok(());
        };
        let places: Vec<f64> = first.points.map_each(|point| point.0);
        let mut tops = vec![0.0; places.len()];
        for curve in &mut self.curves {
            if !curve
                .points
                .iter()
                .map(|point| point.0)
                .eq(places.iter().copied())
            {
                return Err(Error::value(
                    "expected lines over the same x to stack, but found others; leave out hue(…) or x(…)",
                ));
            }
            curve.base.clone_from(&tops);
            curve.band.clear();
            for (point, top) in curve.points.iter_mut().zip(&mut tops) {
                if point.1.is_finite() {
                    *top += point.1;
                }
                point.1 = *top;
            }
        }
        Ok(())
    }

    pub(super) fn has_band(&self) -> bool {
        self.curves
            .iter()
            .any(|curve| curve.band.iter().any(|ends| ends.0.is_finite()))
    }
}

impl Curve {
    /// A line through numbers at 0, 1, 2, ….
    pub(super) fn over_index(name: String, series: usize, values: &[f64]) -> Curve {
        let value = |(i, &v): (usize, &f64)| (i as f64, if v.is_finite() { v } else { f64::NAN });
        Curve {
            name,
            series,
            points: values.map_indexed(value),
            ..Curve::default()
        }
    }

    /// The parts between gaps, as indices of points.
    pub(super) fn runs(&self) -> Vec<std::ops::Range<usize>> {
        runs(self.points.len(), |i| self.points[i].1.is_finite())
    }

    /// The parts of the band between gaps.
    pub(super) fn band_runs(&self) -> Vec<std::ops::Range<usize>> {
        runs(self.band.len(), |i| {
            self.band[i].0.is_finite() && self.band[i].1.is_finite()
        })
    }
}

fn runs(len: usize, there: impl Fn(usize) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for i in 0..=len {
        match (i < len && there(i), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                runs.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// Of a long line from left to right, the first, least, greatest and last point of
/// each part, which draw the same pixels. Lines that turn back stay as they are.
fn thinned(points: Vec<Point>) -> Vec<Point> {
    if points.len() <= LONG || !points.is_sorted_by(|a, b| a.0 <= b.0) {
        return points;
    }
    let part = points.len().div_ceil(PARTS);
    points.chunks(part).flat_map(extremes).into_list()
}

fn extremes(points: &[Point]) -> Vec<Point> {
    let finite = || (0..points.len()).filter(|&i| points[i].1.is_finite());
    let by_height = |a: &usize, b: &usize| points[*a].1.total_cmp(&points[*b].1);
    let (Some(least), Some(greatest)) = (finite().min_by(by_height), finite().max_by(by_height))
    else {
        return points[..1].to_vec();
    };
    let (first, last) = (finite().next(), finite().next_back());
    let mut kept = vec![
        first.unwrap_or(least),
        least,
        greatest,
        last.unwrap_or(greatest),
    ];
    kept.sort_unstable();
    kept.dedup();
    kept.map_into(|i| points[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn lines_are_interrupted_at_gaps() {
        let curve = Curve::over_index(String::new(), 0, &[1.0, NAN, 2.0, 3.0, f64::INFINITY]);
        assert_eq!(curve.runs(), [0..1, 2..4]);
        assert!(Curve::default().runs().is_empty());
    }

    #[test]
    fn long_lines_keep_their_extremes() {
        let mut points: Vec<Point> = (0..100_000).map(|i| (f64::from(i), 0.0)).collect();
        points[54_321].1 = 7.0;
        points[54_322].1 = -7.0;
        let thin = thinned(points.clone());
        assert!(thin.len() <= 4 * PARTS);
        assert!(thin.contains(&(54_321.0, 7.0)) && thin.contains(&(54_322.0, -7.0)));
        assert_eq!((thin[0], thin[thin.len() - 1]), (points[0], points[99_999]));
    }

    #[test]
    fn stacked_lines_begin_where_the_last_ended() {
        let curve = |values: &[f64]| Curve::over_index(String::new(), 0, values);
        let mut curves = Curves {
            curves: vec![curve(&[1.0, 2.0]), curve(&[3.0, NAN])],
            ..Curves::default()
        };
        curves.stack().unwrap();
        assert_eq!(curves.curves[1].base, [1.0, 2.0]);
        assert_eq!(curves.curves[1].points, [(0.0, 4.0), (1.0, 2.0)]);
        curves.curves.push(curve(&[1.0]));
        assert!(curves.stack().is_err());
    }
}
