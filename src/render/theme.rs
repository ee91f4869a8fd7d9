//! The colours of a figure: one shade for a light page and one for a dark
//! page for every role an [`Ink`] can play.

use crate::plot::Theme;
use crate::plot::figure::Ink;

pub(super) type Rgb = [u8; 3];

/// The two shades of one ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shade {
    pub(super) light: Rgb,
    pub(super) dark: Rgb,
}

/// Which of an ink's two shades is painted, where only one can be.
pub(super) type Pick = fn(Shade) -> Rgb;

/// Pixels are on the light page unless the theme is dark.
pub(super) fn pick(theme: Theme) -> Pick {
    match theme {
        Theme::Auto | Theme::Light => |shade| shade.light,
        Theme::Dark => |shade| shade.dark,
    }
}

/// Colours of series in the order of their use. They differ in lightness as
/// well as in hue, so that they can be told apart without red-green vision and
/// in grey print, and each has a contrast of at least 3:1 with its page.
const CYCLE: [Shade; 10] = [
    shade(0x185ec8, 0x4087f6), // blue
    shade(0xc1380e, 0xee8b2a), // vermilion, orange
    shade(0x007a5a, 0x27c798), // green
    shade(0xe24e9f, 0xd94baf), // pink
    shade(0xa39314, 0xe8dc55), // olive, yellow
    shade(0x4a2296, 0xbca6ff), // violet
    shade(0x6a3014, 0xb0582f), // brown
    shade(0x2c96d4, 0xaaebf6), // sky
    shade(0x4d5660, 0x7a777a), // grey
    shade(0xe07377, 0xffa1c8), // rose
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
        Ink::Alert => shade(0xc62828, 0xff8a80),
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
        Ink::Alert => "alert",
        Ink::Series(n) => return Some(format!("c{}", n % CYCLE.len())),
        Ink::Rgb(_) => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(color: Rgb) -> [f64; 3] {
        color.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn luminance(color: Rgb) -> f64 {
        let linear = linear(color);
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

    fn times(matrix: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
    }

    /// What those see who lack the cones for medium or long waves (the linear
    /// models of Machado, Oliveira and Fernandes, 2009).
    const NO_MEDIUM: [[f64; 3]; 3] = [
        [0.367, 0.861, -0.228],
        [0.280, 0.673, 0.047],
        [-0.012, 0.043, 0.969],
    ];
    const NO_LONG: [[f64; 3]; 3] = [
        [0.152, 1.053, -0.205],
        [0.115, 0.786, 0.099],
        [-0.004, -0.048, 1.052],
    ];

    /// Coordinates in Oklab, where distances are differences as seen.
    fn seen(color: Rgb, eye: [[f64; 3]; 3]) -> [f64; 3] {
        let light = times(eye, linear(color)).map(|c| c.clamp(0.0, 1.0));
        let cones = times(
            [
                [0.4122, 0.5363, 0.0514],
                [0.2119, 0.6807, 0.1074],
                [0.0883, 0.2817, 0.6300],
            ],
            light,
        );
        times(
            [
                [0.2105, 0.7936, -0.0041],
                [1.9780, -2.4286, 0.4506],
                [0.0259, 0.7828, -0.8087],
            ],
            cones.map(f64::cbrt),
        )
    }

    #[test]
    fn series_differ_without_red_green_vision() {
        let themes = [|s: Shade| s.light, |s: Shade| s.dark];
        for (theme, eye) in themes
            .into_iter()
            .flat_map(|t| [(t, NO_MEDIUM), (t, NO_LONG)])
        {
            let colors = CYCLE.map(|shade| seen(theme(shade), eye));
            for (i, a) in colors.iter().enumerate() {
                for (j, b) in colors[..i].iter().enumerate() {
                    let apart = (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f64>().sqrt();
                    let least = if i < 8 { 0.10 } else { 0.07 };
                    assert!(apart >= least, "colours {j} and {i}: {apart:.3}");
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
