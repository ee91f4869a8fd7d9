//! The colours of a figure: one shade for a light page and one for a dark
//! page for every role an [`Ink`] can play.

use crate::plot::figure::Ink;

pub(super) type Rgb = [u8; 3];

/// The two shades of one ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shade {
    pub(super) light: Rgb,
    pub(super) dark: Rgb,
}

/// Colours of series in the order of their use. Neighbours differ in lightness
/// as well as in hue, so that they can be told apart without red-green vision
/// and in grey print; each has a contrast of at least 3:1 with its page.
const CYCLE: [Shade; 10] = [
    shade(0x0b6fb0, 0x4fb0ee), // blue
    shade(0xe0661a, 0xff9a4d), // orange
    shade(0x0a8f6a, 0x2fc79b), // green
    shade(0xb0307f, 0xe873b6), // magenta
    shade(0x7d6a00, 0xe6cf3c), // olive, yellow
    shade(0x6b4fc0, 0xa995f5), // violet
    shade(0x8a3a1c, 0xd08a6a), // brown
    shade(0x2e8fa8, 0x86dcef), // teal
    shade(0x55606b, 0xb4bec8), // slate
    shade(0xd8485f, 0xff8296), // rose
];

const fn shade(light: u32, dark: u32) -> Shade {
    Shade {
        light: rgb(light),
        dark: rgb(dark),
    }
}

const fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

/// The shades of `ink`; a colour that is data keeps its own on every page.
pub(super) fn shades(ink: Ink) -> Shade {
    match ink {
        Ink::Text => shade(0x1f2328, 0xe8eaed),
        Ink::Muted => shade(0x59616b, 0xa9b1ba),
        Ink::Frame => shade(0x454c54, 0xb9c0c8),
        Ink::Grid => shade(0xe4e7eb, 0x2f3338),
        // JupyterLab's own page colours.
        Ink::Page => shade(0xffffff, 0x111111),
        Ink::Series(n) => CYCLE[n % CYCLE.len()],
        Ink::Rgb(data) => Shade {
            light: data,
            dark: data,
        },
    }
}

/// The name of `ink` within a style sheet; data colours have none.
pub(super) fn name(ink: Ink) -> Option<String> {
    let name = match ink {
        Ink::Text => "text",
        Ink::Muted => "muted",
        Ink::Frame => "frame",
        Ink::Grid => "grid",
        Ink::Page => "page",
        Ink::Series(n) => return Some(format!("c{}", n % CYCLE.len())),
        Ink::Rgb(_) => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Rgb) -> f64 {
        let linear = color.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[track_caller]
    fn check(ink: Ink, least: f64) {
        let (ink_shade, page) = (shades(ink), shades(Ink::Page));
        let light = contrast(ink_shade.light, page.light);
        let dark = contrast(ink_shade.dark, page.dark);
        assert!(light >= least, "{ink:?} on light: {light:.2}");
        assert!(dark >= least, "{ink:?} on dark: {dark:.2}");
    }

    #[test]
    fn series_stand_out_from_the_page() {
        for n in 0..CYCLE.len() {
            check(Ink::Series(n), 3.0);
        }
    }

    #[test]
    fn words_are_readable() {
        check(Ink::Text, 12.0);
        check(Ink::Muted, 4.5);
        check(Ink::Frame, 4.5);
    }

    /// Red, green and blue as seen without the medium-wave cones (a common
    /// linear model of deuteranopia), in linear light.
    fn without_green_cones(color: Rgb) -> [f64; 3] {
        let [r, g, b] = color.map(|c| (f64::from(c) / 255.0).powf(2.2));
        [
            0.367 * r + 0.861 * g - 0.228 * b,
            0.280 * r + 0.673 * g + 0.047 * b,
            -0.012 * r + 0.043 * g + 0.969 * b,
        ]
        .map(|c| c.max(0.0).powf(1.0 / 2.2) * 255.0)
    }

    #[test]
    fn the_first_eight_differ_without_red_green_vision() {
        for theme in [|s: Shade| s.light, |s: Shade| s.dark] {
            for i in 0..8 {
                for j in 0..i {
                    let a = without_green_cones(theme(CYCLE[i]));
                    let b = without_green_cones(theme(CYCLE[j]));
                    let apart: f64 = (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f64>().sqrt();
                    assert!(apart >= 24.0, "colours {j} and {i}: {apart:.0}");
                }
            }
        }
    }

    #[test]
    fn the_cycle_repeats_and_data_colours_stay() {
        assert_eq!(shades(Ink::Series(0)), shades(Ink::Series(10)));
        assert_eq!(shades(Ink::Series(usize::MAX)).light, CYCLE[5].light);
        assert_eq!(shades(Ink::Rgb([1, 2, 3])).dark, [1, 2, 3]);
    }
}
