//! The outlines of markers: all of the area of a disc of the stated radius, so that
//! none looks heavier than another.

use crate::list::{IntoList, MapInto, MapNumbers};
use crate::plot::figure::Marker;

type Point = (f64, f64);

/// The corners of a marker around `center`.
pub(super) fn outline(marker: Marker, center: Point, radius: f64) -> Vec<Point> {
    let unit = match marker {
        Marker::Disc => return disc(center, radius),
        Marker::Square => square(),
        Marker::Diamond => turned(square()),
        Marker::Triangle => triangle(),
        Marker::Plus => plus(),
        Marker::Cross => turned(plus()),
    };
    let place = |(x, y): Point| (center.0 + x * radius, center.1 + y * radius);
    unit.map_into(place)
}

/// The corners of a disc drawn as a polygon that strays less than 0.02 pixels.
pub(super) fn disc(center: Point, radius: f64) -> Vec<Point> {
    let count = (8.0 + 5.0 * radius.sqrt()).min(256.0) as usize;
    // A polygon of the disc's area rather than one inscribed in it.
    let turn = std::f64::consts::TAU / count as f64;
    let radius = radius * (turn / turn.sin()).sqrt();
    let corner = |i: usize| {
        let angle = turn * i as f64;
        (
            center.0 + radius * angle.cos(),
            center.1 + radius * angle.sin(),
        )
    };
    (0..count).map_each(corner)
}

fn square() -> Vec<Point> {
    // The side of a square of area π.
    let half = std::f64::consts::PI.sqrt() / 2.0;
    vec![(-half, -half), (half, -half), (half, half), (-half, half)]
}

fn triangle() -> Vec<Point> {
    // The distance from the middle to a corner of a regular triangle of area π.
    let reach = (std::f64::consts::PI * 4.0 / (3.0 * 3.0_f64.sqrt())).sqrt();
    let corner = |i: i32| {
        let angle = std::f64::consts::TAU * f64::from(i) / 3.0 - std::f64::consts::FRAC_PI_2;
        (reach * angle.cos(), reach * angle.sin())
    };
    (0..3).map(corner).into_list()
}

/// Two bars of a third of their length, crossing.
fn plus() -> Vec<Point> {
    // Five small squares of area π together.
    let side = (std::f64::consts::PI / 5.0).sqrt();
    let (near, far) = (side / 2.0, side * 1.5);
    vec![
        (-near, -far),
        (near, -far),
        (near, -near),
        (far, -near),
        (far, near),
        (near, near),
        (near, far),
        (-near, far),
        (-near, near),
        (-far, near),
        (-far, -near),
        (-near, -near),
    ]
}

/// By an eighth of a turn.
fn turned(shape: Vec<Point>) -> Vec<Point> {
    let s = std::f64::consts::FRAC_1_SQRT_2;
    let turn = |(x, y): Point| (s * (x - y), s * (x + y));
    shape.map_into(turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_has_the_area_of_its_disc() {
        for marker in Marker::ALL {
            let corners = outline(marker, (3.0, -2.0), 5.0);
            let next = corners.iter().cycle().skip(1);
            let twice: f64 = corners
                .iter()
                .zip(next)
                .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
                .sum();
            let area = std::f64::consts::PI * 25.0;
            assert!((twice.abs() / 2.0 / area - 1.0).abs() < 1e-9, "{marker:?}");
        }
    }
}
