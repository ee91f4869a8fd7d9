//! How opaque points are, by how much they would hide.
//!
//! The rule: count how many discs lie over the middle of each, on the average of
//! all (the points are counted in squares of eight pixels). As many as that, one
//! on the other, are to let five hundredths of the light through. So a few points
//! are nearly opaque, and in a crowd each place is the darker the more lie there.
//! The opacity never leaves 0.15 to 0.85. Points that lie more than three deep are
//! also made smaller.

/// Side of the squares, in logical pixels.
const SQUARE: f64 = 8.0;

/// What a stack of points lets through.
const THROUGH: f64 = 0.05;

const OPACITIES: (f64, f64) = (0.15, 0.85);

/// How points are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dots {
    pub(super) radius: f64,
    pub(super) opacity: f64,
}

/// Points of at most `radius` at these shares of a panel of `room` pixels.
pub(super) fn dots(at: &[(f64, f64)], room: (f64, f64), radius: f64) -> Dots {
    let depth = |radius: f64| {
        let area = std::f64::consts::PI * radius * radius;
        neighbours(at, room) * area / (SQUARE * SQUARE)
    };
    let radius = match depth(radius) > 3.0 {
        true => radius * 2.0 / 3.0,
        false => radius,
    };
    let deep = depth(radius).max(1.0);
    let opacity = 1.0 - THROUGH.powf(1.0 / deep);
    Dots {
        radius,
        opacity: opacity.clamp(OPACITIES.0, OPACITIES.1),
    }
}

/// How many points share the square of a point, on the average, itself included.
fn neighbours(at: &[(f64, f64)], (width, height): (f64, f64)) -> f64 {
    let squares = |length: f64| ((length / SQUARE).ceil() as usize).clamp(1, 1000);
    let (columns, rows) = (squares(width), squares(height));
    let mut counts = vec![0.0_f64; columns * rows];
    let place = |share: f64, count: usize| ((share * count as f64) as usize).min(count - 1);
    for &(x, y) in at {
        counts[place(y, rows) * columns + place(x, columns)] += 1.0;
    }
    let pairs: f64 = counts.iter().map(|n| n * n).sum();
    pairs / at.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: (f64, f64) = (480.0, 360.0);

    /// Points on a lattice of so many to each side.
    fn lattice(side: usize) -> Vec<(f64, f64)> {
        let at = |i: usize| (i as f64 + 0.5) / side as f64;
        let rows = 0..side;
        rows.flat_map(|i| (0..side).map(move |j| (at(i), at(j))))
            .collect()
    }

    #[test]
    fn few_points_are_nearly_opaque_and_crowds_let_through() {
        let dots = |side| dots(&lattice(side), ROOM, 3.0);
        assert_eq!(
            dots(0),
            Dots {
                radius: 3.0,
                opacity: 0.85
            }
        );
        assert_eq!(
            dots(10),
            Dots {
                radius: 3.0,
                opacity: 0.85
            }
        );
        let crowd = dots(100);
        assert!(crowd.radius == 3.0 && crowd.opacity < 0.85, "{crowd:?}");
        let dense = dots(300);
        assert!(
            dense.radius == 2.0 && dense.opacity < crowd.opacity,
            "{dense:?}"
        );
    }

    #[test]
    fn points_in_one_place_stay_visible() {
        let dots = dots(&vec![(1.0, 0.0); 5000], ROOM, 3.0);
        assert_eq!(
            dots,
            Dots {
                radius: 2.0,
                opacity: 0.15
            }
        );
        let nowhere = super::dots(&[(f64::NAN, f64::INFINITY)], (0.0, f64::NAN), 3.0);
        assert!(nowhere.opacity > 0.0);
    }
}
