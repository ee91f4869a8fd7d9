//! A histogram as small as a word, for the cells of a table.

use std::fmt::Write;

use super::encode::encode_png;
use super::raster::{Raster, SCALE, Target};
use super::svg::hex;
use super::theme;
use crate::error::Result;
use crate::list::{IntoList, MapEach};
use crate::plot::Theme;
use crate::plot::figure::Ink;

/// More bars than this could not be told apart; each is then the highest of several.
const MOST: usize = 24;

/// Height of the highest bar in the picture's own units; a bar takes 3 of 4 of them.
const HIGHEST: f64 = 32.0;
const STEP: usize = 4;
const BAR: usize = 3;

/// The bars as an SVG document of one line and less than 500 bytes, of `size` pixels,
/// in colours of the viewer's light or dark theme. Heights from zero up, in any unit;
/// one that is not finite is as high as the highest if it is infinite, else nothing.
pub(crate) fn spark_svg(heights: &[f64], (width, height): (u32, u32)) -> String {
    let bars = bars(heights);
    let mut path = format!("M0 {HIGHEST}");
    for bar in &bars {
        let _ = write!(path, "V{}h{BAR}V{HIGHEST}h1", HIGHEST - bar);
    }
    let shade = theme::shades(Ink::Series(0));
    let (light, dark) = (hex(shade.light), hex(shade.dark));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {HIGHEST}\" preserveAspectRatio=\"none\"><style>path{{fill:{light}}}\
         @media(prefers-color-scheme:dark){{path{{fill:{dark}}}}}</style><path d=\"{path}z\"/></svg>",
        across(&bars)
    )
}

/// The same bars as a PNG file, two pixels to each of `size`, on the page of this theme.
pub(crate) fn spark_png(heights: &[f64], size: (u32, u32), theme: Theme) -> Result<Vec<u8>> {
    let pick = theme::pick(theme);
    let (page, ink) = (
        pick(theme::shades(Ink::Page)),
        pick(theme::shades(Ink::Series(0))),
    );
    let mut raster = Raster::empty(size.0 * SCALE, size.1 * SCALE, page);
    let (width, height) = (raster.width as usize, raster.height as usize);
    let bars = bars(heights);
    let right = |units: usize| units * width / across(&bars);
    for (i, bar) in bars.iter().enumerate() {
        let top = ((HIGHEST - bar) / HIGHEST * height as f64).round() as usize;
        for y in top..height {
            for x in right(i * STEP)..right(i * STEP + BAR) {
                raster.mix(y * width + x, ink, 1.0);
            }
        }
    }
    encode_png(&raster)
}

/// Heights of bars in whole units up to [`HIGHEST`].
fn bars(heights: &[f64]) -> Vec<f64> {
    let bars: Vec<f64> = heights
        .chunks(heights.len().div_ceil(MOST).max(1))
        .map(|part| part.iter().copied().fold(0.0, f64::max))
        .into_list();
    let finite = bars.iter().copied().filter(|bar| bar.is_finite());
    let most = finite.fold(0.0, f64::max);
    bars.map_each(|&bar| match bar > 0.0 {
        // A little must differ from nothing.
        true => (bar / most * HIGHEST).clamp(2.0, HIGHEST).round(),
        false => 0.0,
    })
}

/// Units from the left side of the first bar to the right side of the last.
fn across(bars: &[f64]) -> usize {
    (bars.len() * STEP).saturating_sub(STEP - BAR).max(1)
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

    /// The page's colour, and how many pixels of each column have another, in a picture
    /// of 7 by 4 logical pixels.
    fn columns(heights: &[f64], theme: Theme) -> ([u8; 3], Vec<usize>) {
        let file = spark_png(heights, (7, 4), theme).unwrap();
        let raster = crate::render::decode_png(&file).unwrap();
        assert_eq!((raster.width, raster.height), (14, 8));
        let pixel = |x: usize, y: usize| &raster.rgb[(y * 14 + x) * 3..][..3];
        let page = pixel(6, 0);
        let high = |x| (0..8).filter(|&y| pixel(x, y) != page).count();
        (page.try_into().unwrap(), (0..14).map(high).collect())
    }

    #[test]
    fn pixels_are_those_of_the_drawing() {
        let (page, high) = columns(&[5.0, 10.0], Theme::Auto);
        assert_eq!(page, [255; 3]);
        assert_eq!(high, [4, 4, 4, 4, 4, 4, 0, 0, 8, 8, 8, 8, 8, 8]);
        let (page, nothing) = columns(&[], Theme::Dark);
        assert_eq!((page, nothing), ([0x11; 3], vec![0; 14]));
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
            let png = spark_png(&heights, (72, 20), Theme::Auto).unwrap();
            assert!(png.len() < 400, "{} bytes", png.len());
        }
    }
}
