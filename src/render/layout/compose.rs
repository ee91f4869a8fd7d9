//! Figures side by side and one below the other, each laid out on a page of its
//! own.

use super::{LEAST, layout};
use crate::list::{MapEach, MapNumbers};
use crate::plot::figure::{Figure, Ink};
use crate::render::scene::{Item, Rect, Scene};

/// Where each figure of a composition goes.
pub(super) struct Cells {
    /// One for each figure.
    areas: Vec<Rect>,
    /// What they have of the size they ask for.
    shrunk: f64,
}

impl Cells {
    /// Columns as wide as their widest figure and rows as high as their highest,
    /// all larger or smaller alike to fill `room`.
    pub(super) fn fit(columns: usize, figures: &[Figure], room: Rect) -> Self {
        let columns = columns.clamp(1, figures.len().max(1));
        let rows = figures.len().div_ceil(columns);
        let mut widths = vec![0.0_f64; columns];
        let mut heights = vec![0.0_f64; rows];
        for (i, figure) in figures.iter().enumerate() {
            let (width, height) = (&mut widths[i % columns], &mut heights[i / columns]);
            *width = width.max(figure.width.into());
            *height = height.max(figure.height.into());
        }
        let across = room.width / widths.iter().sum::<f64>().max(1.0);
        let down = room.height / heights.iter().sum::<f64>().max(1.0);
        let lefts = starts(room.x, &widths, across);
        let tops = starts(room.y, &heights, down);
        let area = |i: usize| {
            let (column, row) = (i % columns, i / columns);
            Rect::new(
                lefts[column],
                tops[row],
                (widths[column] * across).floor(),
                (heights[row] * down).floor(),
            )
        };
        Cells {
            areas: (0..figures.len()).map_each(area),
            shrunk: across.min(down),
        }
    }

    /// Whether the figures have about the size they ask for.
    pub(super) fn are_legible(&self, share: f64) -> bool {
        self.shrunk >= 0.8 * share
    }

    pub(super) fn draw(&self, figures: &[Figure], scene: &mut Scene) {
        for (figure, area) in figures.iter().zip(&self.areas) {
            if area.width < LEAST.into() || area.height < LEAST.into() {
                continue;
            }
            let mut part = layout(&Figure {
                width: area.width as u32,
                height: area.height as u32,
                ..figure.clone()
            });
            // The page is there already.
            part.items.retain(|item| !is_page(item));
            scene.include(part, (area.x, area.y));
        }
    }
}

fn is_page(item: &Item) -> bool {
    matches!(item, Item::Rect { ink: Ink::Page, .. })
}

fn starts(first: f64, lengths: &[f64], scale: f64) -> Vec<f64> {
    let mut at = first;
    let next = |length: &f64| {
        let start = at.round();
        at += length * scale;
        start
    };
    lengths.map_each(next)
}
