//! How high bars and curves are, and where they stand: seaborn's normalisations
//! and its ways to put classes together.

use super::counted::Counted;
use super::stat::{Multiple, Stat};

/// What heights say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) stat: Stat,
    pub(super) cumulative: bool,
    /// Shares are of all classes together.
    pub(super) common: bool,
}

impl Default for Measure {
    fn default() -> Self {
        Measure {
            stat: Stat::default(),
            cumulative: false,
            common: true,
        }
    }
}

/// From where to where each bar of a class (or its curve, at each place) reaches.
pub(super) type Spans = Vec<(f64, f64)>;

impl Measure {
    /// The heights of the bars of each class.
    pub(super) fn heights(self, counted: &Counted) -> Vec<Vec<f64>> {
        let all = counted.total();
        let of_class = |sums: &Vec<f64>| {
            let total = if self.common { all } else { sums.iter().sum() };
            self.of_class(sums, &counted.widths, total)
        };
        counted.sums.iter().map(of_class).collect()
    }

    fn of_class(self, sums: &[f64], widths: &[f64], total: f64) -> Vec<f64> {
        let height = |(&sum, &width): (&f64, &f64)| match self.stat {
            // In NumPy's order, for its rounding.
            Stat::Density if self.cumulative => sum / total,
            Stat::Density => sum / width / total,
            Stat::Frequency if self.cumulative => sum,
            Stat::Frequency => sum / width,
            Stat::Count => sum,
            Stat::Probability => sum / total,
            Stat::Percent => sum / total * 100.0,
        };
        let heights = sums.iter().zip(widths).map(height);
        // 0/0 of a class of no values, and what bins of no width hold.
        let heights = heights.map(|height| if height.is_finite() { height } else { 0.0 });
        match self.cumulative {
            false => heights.collect(),
            true => heights
                .scan(0.0, |sum, height| {
                    *sum += height;
                    Some(*sum)
                })
                .collect(),
        }
    }

    /// What a density of area 1 is multiplied with to lie over the bars of a class:
    /// the area of the bars, or the height of the last where they rise.
    pub(super) fn curve_scale(self, heights: &[f64], widths: &[f64]) -> f64 {
        match self.cumulative {
            true => heights.last().copied().unwrap_or(0.0),
            false => heights.iter().zip(widths).map(|(h, w)| h * w).sum(),
        }
    }
}

/// Where heights stand: each on the ground, or on those of the classes after it.
pub(super) fn standing(heights: &[Vec<f64>], multiple: Multiple) -> Vec<Spans> {
    let grounded = |heights: &Vec<f64>| heights.iter().map(|&height| (0.0, height)).collect();
    match multiple {
        Multiple::Layer | Multiple::Dodge => heights.iter().map(grounded).collect(),
        Multiple::Stack => stacked(heights),
        Multiple::Fill => stacked(&stretched(heights)),
    }
}

/// The first class on top, as a legend reads.
fn stacked(heights: &[Vec<f64>]) -> Vec<Spans> {
    let mut tops = vec![0.0; heights.first().map_or(0, Vec::len)];
    let mut spans: Vec<Spans> = heights
        .iter()
        .rev()
        .map(|heights| on(&mut tops, heights))
        .collect();
    spans.reverse();
    spans
}

/// Puts `heights` on `tops`, which rise by them.
fn on(tops: &mut [f64], heights: &[f64]) -> Spans {
    let each = tops.iter_mut().zip(heights);
    each.map(|(top, height)| {
        let base = *top;
        *top += height;
        (base, *top)
    })
    .collect()
}

/// Every place divided by the sum of all classes there.
fn stretched(heights: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let sum = |place: usize| heights.iter().map(|heights| heights[place]).sum::<f64>();
    let count = heights.first().map_or(0, Vec::len);
    let sums: Vec<f64> = (0..count).map(sum).collect();
    let share = |(height, sum): (&f64, &f64)| if *sum > 0.0 { height / sum } else { 0.0 };
    let stretch = |heights: &Vec<f64>| heights.iter().zip(&sums).map(share).collect();
    heights.iter().map(stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted() -> Counted {
        Counted {
            edges: vec![0.0, 1.0, 3.0],
            widths: vec![1.0, 2.0],
            sums: vec![vec![1.0, 2.0], vec![3.0, 4.0]],
            ..Counted::default()
        }
    }

    fn heights(stat: Stat, cumulative: bool, common: bool) -> Vec<Vec<f64>> {
        let measure = Measure {
            stat,
            cumulative,
            common,
        };
        measure.heights(&counted())
    }

    #[test]
    fn heights_are_of_all_classes_together_or_of_each() {
        assert_eq!(
            heights(Stat::Probability, false, true),
            [[0.1, 0.2], [0.3, 0.4]]
        );
        assert_eq!(heights(Stat::Percent, false, true)[1], [30.0, 40.0]);
        assert_eq!(
            heights(Stat::Density, false, false)[0],
            [1.0 / 3.0, 2.0 / 2.0 / 3.0]
        );
        assert_eq!(heights(Stat::Frequency, false, true)[1], [3.0, 2.0]);
    }

    #[test]
    fn cumulative_heights_end_with_the_whole() {
        assert_eq!(heights(Stat::Count, true, true), [[1.0, 3.0], [3.0, 7.0]]);
        assert_eq!(heights(Stat::Frequency, true, true)[1], [3.0, 7.0]);
        assert_eq!(heights(Stat::Density, true, false)[1], [3.0 / 7.0, 1.0]);
    }

    #[test]
    fn the_first_class_stands_on_the_others() {
        let heights = [vec![1.0, 2.0], vec![3.0, 0.0]];
        assert_eq!(
            standing(&heights, Multiple::Stack),
            [[(3.0, 4.0), (0.0, 2.0)], [(0.0, 3.0), (0.0, 0.0)]]
        );
        assert_eq!(
            standing(&heights, Multiple::Fill),
            [[(0.75, 1.0), (0.0, 1.0)], [(0.0, 0.75), (0.0, 0.0)]]
        );
        let none = [vec![0.0], vec![0.0]];
        assert_eq!(standing(&none, Multiple::Fill), [[(0.0, 0.0)]; 2]);
    }
}
