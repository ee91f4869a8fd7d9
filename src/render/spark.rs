//! A histogram as small as a word, for the cells of a table.

use std::fmt::Write;

use super::svg::hex;
use super::theme;
use crate::plot::figure::Ink;

/// More bars than this could not be told apart; each is then the highest of several.
const MOST: usize = 24;

/// Height of the highest bar in the picture's own units; a bar takes 3 of 4 of them.
const HIGHEST: f64 = 32.0;

/// The bars as an SVG document of one line and less than 500 bytes, of `size` pixels,
/// in colours of the viewer's light or dark theme. Heights from zero up, in any unit;
/// one that is not finite is as high as the highest if it is infinite, else nothing.
pub(crate) fn spark_svg(heights: &[f64], (width, height): (u32, u32)) -> String {
    let bars: Vec<f64> = heights
        .chunks(heights.len().div_ceil(MOST).max(1))
        .map(|part| part.iter().copied().fold(0.0, f64::max))
        .collect();
    let finite = bars.iter().copied().filter(|bar| bar.is_finite());
    let most = finite.fold(0.0, f64::max);
    let mut path = format!("M0 {HIGHEST}");
    for &bar in &bars {
        // A little must differ from nothing.
        let top = match bar > 0.0 {
            true => HIGHEST - (bar / most * HIGHEST).clamp(2.0, HIGHEST).round(),
            false => HIGHEST,
        };
        let _ = write!(path, "V{top}h3V{HIGHEST}h1");
    }
    let shade = theme::shades(Ink::Series(0));
    let (light, dark) = (hex(shade.light), hex(shade.dark));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {HIGHEST}\" preserveAspectRatio=\"none\"><style>path{{fill:{light}}}\
         @media(prefers-color-scheme:dark){{path{{fill:{dark}}}}}</style><path d=\"{path}z\"/></svg>",
        (bars.len() * 4).saturating_sub(1).max(1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(heights: &[f64]) -> String {
        let svg = spark_svg(heights, (72, 20));
        let at = svg.find("d=\"").unwrap() + 3;
        svg[at..].split('"').next().unwrap().to_owned()
    }

    #[test]
    fn heights_are_shares_of_the_highest() {
        assert_eq!(
            path(&[0.0, 5.0, 10.0]),
            "M0 32V32h3V32h1V16h3V32h1V0h3V32h1z"
        );
        assert_eq!(path(&[1e-300, 1.0]), "M0 32V30h3V32h1V0h3V32h1z");
    }

    #[test]
    fn no_height_spoils_the_picture() {
        for heights in [
            vec![],
            vec![0.0; 3],
            vec![f64::NAN, f64::INFINITY, -1.0, 2.0],
            vec![f64::MAX, 1.0],
            vec![f64::INFINITY],
            (0..1_000).map(f64::from).collect(),
        ] {
            let svg = spark_svg(&heights, (4_000, 4_000));
            assert!(svg.len() < 500, "{} bytes", svg.len());
            assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains('\n'));
            roxmltree::Document::parse(&svg).unwrap();
        }
    }
}
