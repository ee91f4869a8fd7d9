//! Points in one place moved apart.

use super::coordinate::{Coordinate, Shift};
use super::grid::step;
use crate::plot::figure::Scale;
use crate::plot::number::short;

/// Strides along x and y whose multiples, taken together, fill the unit square
/// evenly: the inverse of the plastic number, and its square.
const STRIDES: [f64; 2] = [0.754_877_666_246_692_7, 0.569_840_290_998_053_2];

/// Lets the coordinates of points that lie on even steps be shifted by up to half
/// of `share` of a step, and says so.
pub(super) fn jitter(x: &mut Coordinate, y: &mut Coordinate, share: f64) -> Option<String> {
    if share == 0.0 {
        return None;
    }
    let mut shifted = Vec::new();
    for (coordinate, stride, letter) in [(x, STRIDES[0], "x"), (y, STRIDES[1], "y")] {
        let step =
            step(coordinate, &coordinate.finite()).filter(|_| coordinate.scale == Scale::Linear);
        if let Some(step) = step {
            let most = step * share / 2.0;
            coordinate.shift = Some(Shift { most, stride });
            shifted.push(format!("{} along {letter}", short(most)));
        }
    }
    Some(match shifted.is_empty() {
        true => "no jitter: the numbers of neither axis lie on a few even steps".into(),
        false => format!("points moved apart by up to {}", shifted.join(" and ")),
    })
}
