//! Bars in characters, for terminals.

use crate::list::IntoList;

const UPRIGHT: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const LEVEL: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A character for each height, the highest a full one. Nothing is a space, so
/// that it differs from a little.
pub(super) fn upright(heights: &[f64]) -> String {
    let most = heights.iter().copied().filter(|h| h.is_finite());
    let most = most.fold(0.0, f64::max);
    let mark = |&height: &f64| match height > 0.0 {
        // A little stays more than nothing, however little.
        true => UPRIGHT[eighths((height / most).max(f64::MIN_POSITIVE), 8.0) - 1],
        false => ' ',
    };
    heights.iter().map(mark).collect()
}

/// At most so many bars, each the sum of as many that stood side by side.
pub(super) fn merged(heights: &[f64], most: usize) -> Vec<f64> {
    let together = heights.len().div_ceil(most.max(1)).max(1);
    heights
        .chunks(together)
        .map(|some| some.iter().sum())
        .into_list()
}

/// `share` of `whole` as a whole number; at least 1 of what is more than nothing.
fn eighths(share: f64, whole: f64) -> usize {
    match share > 0.0 {
        true => (share.min(1.0) * whole).round().max(1.0) as usize,
        false => 0,
    }
}

/// A bar to the right, `width` characters long for a share of 1.
pub(super) fn level(share: f64, width: usize) -> String {
    let eighths = eighths(share, 8.0 * width as f64);
    let mut bar = "█".repeat(eighths / 8);
    if let Some(part) = (eighths % 8).checked_sub(1) {
        bar.push(LEVEL[part]);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_shares_of_the_highest() {
        assert_eq!(upright(&[0.0, 1.0, 4.0, 8.0]), " ▁▄█");
        assert_eq!(upright(&[1e-300, 1e300]), "▁█");
    }

    #[test]
    fn many_bars_become_few() {
        assert_eq!(merged(&[1.0, 2.0, 3.0, 4.0, 5.0], 3), [3.0, 7.0, 5.0]);
        assert_eq!(merged(&[1.0, 2.0], 3), [1.0, 2.0]);
        assert!(merged(&[], 3).is_empty());
    }

    #[test]
    fn no_height_spoils_the_bars() {
        assert_eq!(upright(&[]), "");
        assert_eq!(upright(&[0.0, 0.0]), "  ");
        assert_eq!(upright(&[f64::NAN, -1.0, 1.0]), "  █");
        assert_eq!(upright(&[f64::INFINITY, 1.0]), "██");
    }

    #[test]
    fn shares_are_exact_to_an_eighth_of_a_character() {
        assert_eq!(level(1.0, 3), "███");
        assert_eq!(level(0.5, 3), "█▌");
        assert_eq!(level(1e-9, 3), "▏");
        assert_eq!(level(0.0, 3), "");
        assert_eq!(level(f64::NAN, 3), "");
        assert_eq!(level(7.0, 2), "██");
    }
}
