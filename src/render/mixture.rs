//! Grids of cells in mixed inks as pictures: one where all inks are data, or else a
//! mask for each ink, so that they follow the page's theme.

use super::scene::{Item, Picture, Rect};
use crate::list::{MapEach, pixel_bytes};
use crate::plot::figure::{Cell, Cells, Ink, Pixels};

/// Shades of opacity that are kept: more cannot be told apart, and make the file
/// larger.
const SHADES: f64 = 31.0;

/// The cells as pictures stretched over `area`, each over those before it.
pub(super) fn items(cells: &Cells, area: Rect) -> Vec<Item> {
    let height = cells.cells.len().checked_div(cells.columns).unwrap_or(0);
    let size = (cells.columns, height);
    let whole = &cells.cells[..height * cells.columns];
    let inks = inks(whole);
    if inks.iter().all(|ink| matches!(ink, Ink::Rgb(_))) {
        let pixels = pixel_bytes(whole.iter().map(mixed));
        let picture = picture(size, pixels);
        return vec![Item::Picture { area, picture }];
    }
    let mask = |(i, &ink): (usize, &Ink)| {
        let shown = |cell| u8_of(opacity(cell, &inks[..=i]));
        let pixels = whole.iter().map(|cell| {
            let shade = shown(cell);
            [shade, shade, shade, 255]
        });
        let mask = picture(size, pixel_bytes(pixels));
        Item::Mask { area, ink, mask }
    };
    inks.map_indexed(mask)
}

fn picture((width, height): (usize, usize), rgba: Vec<u8>) -> Picture {
    Picture::from(Pixels {
        width,
        height,
        rgba: rgba.into(),
    })
}

/// The inks in the order of their first use.
fn inks(cells: &[Cell]) -> Vec<Ink> {
    let mut inks = Vec::new();
    for (ink, _) in cells.iter().flat_map(|cell| &cell.inks) {
        if !inks.contains(ink) {
            inks.push(*ink);
        }
    }
    inks
}

/// How opaque the last of `inks` is over those before it, so that each shows its
/// weight once those that come later lie over it.
fn opacity(cell: &Cell, inks: &[Ink]) -> f64 {
    let weight: f64 = cell.inks.iter().map(|(_, share)| share).sum();
    let (last, before) = match inks.split_last() {
        Some((last, before)) if weight > 0.0 => (last, before),
        _ => return 0.0,
    };
    let shown = |ink: &Ink| {
        let own = cell.inks.iter().filter(|(known, _)| known == ink);
        own.map(|(_, share)| share / weight * cell.opacity)
            .sum::<f64>()
    };
    let later = cell
        .inks
        .iter()
        .filter(|(ink, _)| ink != last && !before.contains(ink));
    let covered: f64 = later.map(|(_, share)| share / weight * cell.opacity).sum();
    let left = 1.0 - covered;
    if left > 1e-6 { shown(last) / left } else { 0.0 }
}

/// The colour of inks that are data.
fn mixed(cell: &Cell) -> [u8; 4] {
    let weight: f64 = cell.inks.iter().map(|(_, share)| share).sum();
    if weight <= 0.0 {
        return [0; 4];
    }
    let channel = |i: usize| {
        let part = |&(ink, share): &(Ink, f64)| match ink {
            Ink::Rgb(rgb) => f64::from(rgb[i]) * share / weight,
            _ => 0.0,
        };
        cell.inks.iter().map(part).sum::<f64>().round() as u8
    };
    [channel(0), channel(1), channel(2), u8_of(cell.opacity)]
}

/// The nearest of the shades.
fn u8_of(opacity: f64) -> u8 {
    let shade = (opacity.clamp(0.0, 1.0) * SHADES).round() / SHADES;
    (shade * 255.0).round() as u8
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

    fn drawn(cells: &Cells) -> Vec<Item> {
        items(cells, Rect::new(0.0, 0.0, 2.0, 1.0))
    }

    #[test]
    fn colours_that_are_data_are_one_picture() {
        let mixture = vec![(Ink::Rgb([255, 0, 0]), 2.0), (Ink::Rgb([0, 0, 255]), 2.0)];
        let items = drawn(&cells(mixture));
        let [Item::Picture { picture, .. }] = &items[..] else {
            panic!("{items:?}");
        };
        assert_eq!(picture.pixels.rgba[..], [128, 0, 128, 255, 0, 0, 0, 0]);
    }

    #[test]
    fn inks_of_the_theme_are_masks_that_add_up() {
        let items = drawn(&cells(vec![(Ink::Series(0), 3.0), (Ink::Series(1), 1.0)]));
        let masks: Vec<(Ink, u8, u8)> = items
            .iter()
            .map(|item| match item {
                Item::Mask { ink, mask, .. } => (*ink, mask.pixels.rgba[0], mask.pixels.rgba[4]),
                other => panic!("{other:?}"),
            })
            .collect();
        // A quarter of the second, over the first alone.
        assert_eq!(masks, [(Ink::Series(0), 255, 0), (Ink::Series(1), 66, 0)]);
    }

    #[test]
    fn no_cells_are_no_picture_of_any_size() {
        let mut none = cells(Vec::new());
        none.columns = 0;
        assert!(drawn(&none).len() <= 1);
        (none.columns, none.cells) = (3, Vec::new());
        assert!(drawn(&none).len() <= 1);
    }
}
