//! Grids of cells in mixed inks as pictures: one for a light page, and another for
//! a dark one where the shades differ.

use super::raster::Pick;
use super::scene::Picture;
use super::theme;
use crate::plot::figure::{Cell, Cells, Ink, Pixels};

/// Shades of opacity that are kept: more cannot be told apart, and make the file
/// larger.
const SHADES: f64 = 31.0;

/// The cells as pixels; nothing where there are none.
pub(super) fn picture(cells: &Cells) -> Option<Picture> {
    let height = cells.cells.len().checked_div(cells.columns)?;
    if height == 0 {
        return None;
    }
    let drawn = |pick: Pick| Pixels {
        width: cells.columns,
        height,
        rgba: cells.cells[..height * cells.columns]
            .iter()
            .flat_map(|cell| pixel(cell, pick))
            .collect(),
    };
    let mut inks = cells.cells.iter().flat_map(|cell| &cell.inks);
    let dark = inks.any(|(ink, _)| !matches!(ink, Ink::Rgb(_)));
    Some(Picture {
        pixels: drawn(|shade| shade.light),
        dark: dark.then(|| drawn(|shade| shade.dark)),
        sharp: true,
    })
}

fn pixel(cell: &Cell, pick: Pick) -> [u8; 4] {
    let weight: f64 = cell.inks.iter().map(|(_, share)| share).sum();
    let opacity = (cell.opacity.clamp(0.0, 1.0) * SHADES).round() / SHADES;
    if !(weight > 0.0 && opacity > 0.0) {
        return [0; 4];
    }
    let mut light = [0.0; 3];
    for (ink, share) in &cell.inks {
        for (sum, part) in light.iter_mut().zip(pick(theme::shades(*ink))) {
            *sum += linear(part) * share / weight;
        }
    }
    let [r, g, b] = light.map(encoded);
    [r, g, b, (opacity * 255.0).round() as u8]
}

/// Light from 0 to 1 of a channel, by a curve near enough to sRGB's that undoes
/// itself exactly.
fn linear(channel: u8) -> f64 {
    (f64::from(channel) / 255.0).powf(2.2)
}

fn encoded(light: f64) -> u8 {
    (light.clamp(0.0, 1.0).powf(1.0 / 2.2) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(inks: Vec<(Ink, f64)>) -> Cells {
        let full = Cell { inks, opacity: 1.0 };
        Cells {
            columns: 2,
            cells: vec![full, Cell::default()],
            x: (0.0, 1.0),
            y: (0.0, 1.0),
        }
    }

    #[test]
    fn light_is_mixed_and_nothing_is_transparent() {
        let picture = picture(&cells(vec![
            (Ink::Rgb([255, 0, 0]), 2.0),
            (Ink::Rgb([0, 0, 255]), 2.0),
        ]))
        .unwrap();
        assert_eq!(picture.pixels.rgba[..], [186, 0, 186, 255, 0, 0, 0, 0]);
        assert_eq!(picture.dark, None);
    }

    #[test]
    fn inks_of_the_theme_have_two_shades() {
        let picture = picture(&cells(vec![(Ink::Series(0), 1.0)])).unwrap();
        let shade = theme::shades(Ink::Series(0));
        assert_eq!(picture.pixels.rgba[..3], shade.light);
        assert_eq!(picture.dark.unwrap().rgba[..3], shade.dark);
    }

    #[test]
    fn no_cells_are_no_picture() {
        let mut none = cells(Vec::new());
        none.columns = 0;
        assert_eq!(picture(&none), None);
        (none.columns, none.cells) = (3, Vec::new());
        assert_eq!(picture(&none), None);
    }
}
