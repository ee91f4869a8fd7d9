//! Numbers to colours.

use super::figure::Limits;

/// The colormap of numbers that are not pictures: perceptually uniform, readable
/// without colour vision, matplotlib's default.
const VIRIDIS: colorous::Gradient = colorous::VIRIDIS;

/// Viridis at `value` within `limits`.
pub(super) fn color(value: f64, limits: Limits) -> [u8; 3] {
    at(limits.fraction(value))
}

/// `steps` colours from least to greatest, for a colour bar.
pub(super) fn strip(steps: usize) -> Vec<[u8; 3]> {
    let last = steps.saturating_sub(1).max(1) as f64;
    (0..steps).map(|i| at(i as f64 / last)).collect()
}

fn at(fraction: f64) -> [u8; 3] {
    let color = VIRIDIS.eval_continuous(fraction.clamp(0.0, 1.0));
    [color.r, color.g, color.b]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_matplotlibs() {
        let limits = Limits::from_min_max(-1.0, 1.0);
        assert_eq!(color(-1.0, limits), [68, 1, 84]);
        assert_eq!(color(1.0, limits), [253, 231, 37]);
        assert_eq!(strip(3), [[68, 1, 84], color(0.0, limits), [253, 231, 37]]);
    }
}
