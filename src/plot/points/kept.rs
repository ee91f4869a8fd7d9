//! Which rows have a place in a panel, and what the others lack.

use super::coordinate::Coordinate;
use super::looks::Looks;
use crate::plot::notes;
use crate::plot::number::count;

/// The rows of a panel.
pub(in crate::plot) struct Kept {
    /// Those with a place on both axes, however long.
    pub(super) placed: Vec<usize>,
    /// Those of them that lie within the ranges, where there are ranges.
    inside: Option<Vec<usize>>,
    /// With a number that is NaN or infinite.
    pub(super) unknown: usize,
    /// With a number that a logarithmic axis does not have.
    not_positive: usize,
}

impl Kept {
    pub(super) fn of(x: &Coordinate, y: &Coordinate, looks: &Looks) -> Kept {
        let rows = x.values.len().min(y.values.len());
        let mut kept = Kept {
            placed: Vec::with_capacity(rows),
            inside: None,
            unknown: 0,
            not_positive: 0,
        };
        for row in 0..rows {
            let (a, b) = (x.values[row], y.values[row]);
            if !(a.is_finite() && b.is_finite() && looks.are_known(row)) {
                kept.unknown += 1;
            } else if !(x.has_place(a) && y.has_place(b)) {
                kept.not_positive += 1;
            } else {
                kept.placed.push(row);
            }
        }
        if x.range.is_some() || y.range.is_some() {
            let inside = |&&row: &&usize| x.is_inside(x.values[row]) && y.is_inside(y.values[row]);
            kept.inside = Some(kept.placed.iter().filter(inside).copied().collect());
        }
        kept
    }

    /// The rows to draw.
    pub(in crate::plot) fn drawn(&self) -> &[usize] {
        self.inside.as_ref().unwrap_or(&self.placed)
    }

    /// What is not drawn, and why.
    pub(super) fn notes(&self) -> [Option<String>; 3] {
        let [unknown, outside] = left_out(self.unknown, self.placed.len(), self.drawn().len());
        [
            unknown,
            (self.not_positive > 0).then(|| {
                format!(
                    "left out: {} with a value not above 0 along a logarithmic axis",
                    notes::rows(self.not_positive)
                )
            }),
            outside,
        ]
    }
}

/// What is said of rows whose numbers are not finite, and of those of so many placed
/// ones that are not drawn.
pub(super) fn left_out(unknown: usize, placed: usize, drawn: usize) -> [Option<String>; 2] {
    let outside = placed.saturating_sub(drawn);
    [
        notes::rows_left_out(unknown),
        (outside > 0).then(|| {
            format!(
                "{} of {} points lie outside the ranges of the axes and are not drawn",
                count(outside),
                count(placed)
            )
        }),
    ]
}
