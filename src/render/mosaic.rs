//! Many pictures as one. A document with an element for each of thousands is slow to
//! show.

use super::raster::SCALE;
use super::resample::resample;
use super::scene::{Item, Picture, Rect};
use crate::plot::figure::Pixels;

/// The pictures among `items` on one that is transparent between them, at the density of a
/// PNG; none where they take no room on the page.
pub(super) fn joined(items: &[Item], page: Rect) -> Option<Item> {
    let pictures = || {
        items.iter().filter_map(|item| match item {
            Item::Picture { area, picture } => Some((*area, &picture.pixels)),
            _ => None,
        })
    };
    let bounds = pictures().map(|(area, _)| area).reduce(union)?;
    let within = |v: f64, most: f64| v.clamp(0.0, most);
    let area = Rect::between(
        (
            within(bounds.x.floor(), page.width),
            within(bounds.y.floor(), page.height),
        ),
        (
            within(bounds.right().ceil(), page.width),
            within(bounds.bottom().ceil(), page.height),
        ),
    );
    let (width, height) = (device(area.width), device(area.height));
    if width == 0 || height == 0 {
        return None;
    }
    let mut rgba = vec![0; width * height * 4];
    for (place, pixels) in pictures() {
        let (left, top) = (device(place.x - area.x), device(place.y - area.y));
        let columns = device(place.right() - area.x).saturating_sub(left).max(1);
        let rows = device(place.bottom() - area.y).saturating_sub(top).max(1);
        let shown = columns.min(width.saturating_sub(left));
        resample(pixels, columns, rows, |alike, row| {
            for y in alike.map(|row| top + row).filter(|&y| y < height) {
                let at = (y * width + left.min(width)) * 4;
                rgba[at..at + shown * 4].copy_from_slice(row[..shown].as_flattened());
            }
        });
    }
    let pixels = Pixels {
        width,
        height,
        rgba: rgba.into(),
    };
    let picture = Picture::from(pixels);
    Some(Item::Picture { area, picture })
}

fn union(a: Rect, b: Rect) -> Rect {
    Rect::between(
        (a.x.min(b.x), a.y.min(b.y)),
        (a.right().max(b.right()), a.bottom().max(b.bottom())),
    )
}

/// To the nearest pixel of a PNG, none before the first.
fn device(v: f64) -> usize {
    (v * f64::from(SCALE)).round().max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(x: f64, shade: u8) -> Item {
        let pixels = Pixels {
            width: 1,
            height: 1,
            rgba: vec![shade, shade, shade, 255].into(),
        };
        Item::Picture {
            area: Rect::new(x, 2.0, 1.0, 1.0),
            picture: pixels.into(),
        }
    }

    #[test]
    fn pictures_keep_their_places() {
        let page = Rect::new(0.0, 0.0, 10.0, 10.0);
        let both = [picture(1.0, 7), picture(2.5, 9), picture(50.0, 1)];
        let Some(Item::Picture { area, picture }) = joined(&both, page) else {
            panic!("no picture");
        };
        assert_eq!(area, Rect::new(1.0, 2.0, 9.0, 1.0));
        let pixels = picture.pixels;
        assert_eq!((pixels.width, pixels.height), (18, 2));
        let reds: Vec<u8> = pixels.rgba.chunks(4).take(6).map(|p| p[0]).collect();
        assert_eq!(reds, [7, 7, 0, 9, 9, 0]);
        assert!(pixels.rgba[18 * 4..][..8] == pixels.rgba[..8]);
        assert!(joined(&[], page).is_none());
    }
}
