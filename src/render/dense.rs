//! Layers of many shapes as pictures. A document that lists every point of a large
//! scatter plot grows with the data and is slow to show; as pixels it grows with
//! the page at most, and axes and words stay shapes.
//!
//! Where colours follow the page's theme, the picture is a mask for each of them.
//! Shapes of several colours, drawn over one another in any order, leave a weight of
//! each colour in a pixel; masks stacked one over the other give the same weights.

use std::sync::Arc;

use super::layer::{Layer, Weights};
use super::mosaic;
use super::paint::paint;
use super::raster::{PixelCanvas, Target};
use super::scene::{Item, Picture, Rect, Scene};
use crate::list::{IntoList, pixel_bytes};
use crate::plot::figure::{Ink, Per, Pixels};

/// More markers or shapes than this, in one layer, become a picture.
const MANY: usize = 2_000;

/// More corners than this of lines, in one layer, become a picture.
const CORNERS: usize = 20_000;

/// More inks than this are drawn in the colours of the light page.
const MOST_MASKS: usize = 12;

/// More pictures than this, one after another, become one.
const MOST_PICTURES: usize = 2_500;

/// The scene with its dense layers turned into pictures.
pub(super) fn flattened(mut scene: Scene) -> Scene {
    let page = Rect::new(0.0, 0.0, scene.width.into(), scene.height.into());
    let is_picture = |item: &Item| matches!(item, Item::Picture { .. });
    if scene.items.iter().filter(|item| is_picture(item)).count() > MOST_PICTURES {
        let runs = scene.items.chunk_by(|a, b| is_picture(a) && is_picture(b));
        let joined = |run: &[Item]| match run.len() > MOST_PICTURES {
            true => mosaic::joined(run, page).map_or_else(|| run.to_vec(), |one| vec![one]),
            false => run.to_vec(),
        };
        scene.items = runs.flat_map(joined).into_list();
    }
    let flat = |item: Item| match is_dense(&item) {
        true => pictures(item, page),
        false => vec![item],
    };
    scene.items = scene.items.into_iter().flat_map(flat).into_list();
    scene
}

fn is_dense(item: &Item) -> bool {
    match item {
        Item::Markers { centers, .. } => centers.len() > MANY,
        Item::Polygons { shapes, .. } => {
            shapes.len() > MANY || shapes.iter().map(Vec::len).sum::<usize>() > CORNERS
        }
        Item::Lines { runs, .. } => runs.iter().map(Vec::len).sum::<usize>() > CORNERS,
        _ => false,
    }
}

/// The item as pictures at the density of a PNG.
fn pictures(item: Item, page: Rect) -> Vec<Item> {
    let Some(area) = bounds(&item, page) else {
        return vec![item];
    };
    let item = item.moved((-area.x, -area.y));
    let inks = different(&item);
    if inks.len() > MOST_MASKS || inks.iter().all(|ink| matches!(ink, Ink::Rgb(_))) {
        let pixels = drawn::<Layer>(item, area).into_pixels();
        return vec![Item::Picture {
            area,
            picture: Picture {
                pixels,
                sharp: false,
            },
        }];
    }
    let masks = drawn::<Weights>(numbered(item, &inks), area).into_masks(inks.len());
    let masks = inks.into_iter().zip(masks);
    masks
        .map(|(ink, pixels)| Item::Mask {
            area,
            ink,
            mask: Picture {
                pixels,
                sharp: false,
            },
        })
        .into_list()
}

/// What the item leaves on a page of its own.
fn drawn<T: Target>(item: Item, area: Rect) -> T {
    let mut alone = Scene {
        width: area.width as u32,
        height: area.height as u32,
        ..Scene::default()
    };
    alone.push(item);
    let mut canvas = PixelCanvas::new(alone.width, alone.height, |shade| shade.light);
    paint(&alone, &mut canvas);
    canvas.finish()
}

fn inks_of(item: &mut Item) -> Vec<&mut Ink> {
    match item {
        Item::Markers { inks, .. } | Item::Polygons { inks, .. } => match inks {
            Per::All(ink) => vec![ink],
            Per::Each(inks) => inks.iter_mut().into_list(),
        },
        Item::Lines { ink, .. } => vec![ink],
        _ => Vec::new(),
    }
}

/// The inks of the item in the order of their first use; not all of them where they
/// are more than masks are made for.
fn different(item: &Item) -> Vec<Ink> {
    let mut found = Vec::new();
    for ink in inks_of(&mut item.clone()) {
        if !found.contains(ink) {
            found.push(*ink);
        }
        if found.len() > MOST_MASKS {
            break;
        }
    }
    found
}

/// The item with the number of each ink for its colour, as [`Weights`] reads it.
fn numbered(mut item: Item, inks: &[Ink]) -> Item {
    for ink in inks_of(&mut item) {
        let number = inks.iter().position(|known| known == ink).unwrap_or(0);
        *ink = Ink::Rgb([number as u8, 0, 0]);
    }
    item
}

/// The part of the page that the item covers, in whole pixels.
fn bounds(item: &Item, page: Rect) -> Option<Rect> {
    let (points, margin): (Vec<(f64, f64)>, f64) = match item {
        Item::Markers { centers, radii, .. } => (centers.clone(), greatest(radii) * 1.6 + 1.0),
        Item::Polygons { shapes, .. } => (shapes.concat(), 1.0),
        Item::Lines { runs, width, .. } => (runs.concat(), width + 1.0),
        _ => return None,
    };
    let (first, rest) = points.split_first()?;
    let (low, high) = rest.iter().fold((*first, *first), |(low, high), p| {
        (
            (low.0.min(p.0), low.1.min(p.1)),
            (high.0.max(p.0), high.1.max(p.1)),
        )
    });
    let within = |v: f64, most: f64| v.clamp(0.0, most);
    let from = (
        within((low.0 - margin).floor(), page.width),
        within((low.1 - margin).floor(), page.height),
    );
    let to = (
        within((high.0 + margin).ceil(), page.width),
        within((high.1 + margin).ceil(), page.height),
    );
    let area = Rect::between(from, to);
    (area.width >= 1.0 && area.height >= 1.0).then_some(area)
}

fn greatest(radii: &Per<f64>) -> f64 {
    match radii {
        Per::All(radius) => *radius,
        Per::Each(radii) => radii.iter().copied().fold(0.0, f64::max),
    }
}

/// A mask as a picture: white where it is opaque.
pub(super) fn as_picture(width: usize, height: usize, shares: impl Iterator<Item = u8>) -> Pixels {
    let rgba = pixel_bytes(shares.map(|v| [v, v, v, 255]));
    Pixels {
        width,
        height,
        rgba: Arc::from(rgba),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::figure::Marker;

    fn discs(count: usize, inks: Vec<Ink>) -> Item {
        let center = |i: usize| ((i * 37 % 200) as f64, (i * 53 % 100) as f64);
        Item::Markers {
            centers: (0..count).map(center).collect(),
            inks: Per::Each(inks),
            radii: Per::All(3.0),
            markers: Per::All(Marker::Disc),
            opacity: 0.5,
        }
    }

    fn flat(item: Item) -> Vec<Item> {
        let mut scene = Scene {
            width: 200,
            height: 100,
            ..Scene::default()
        };
        scene.push(item);
        flattened(scene).items
    }

    #[test]
    fn few_points_stay_shapes() {
        let few = discs(MANY, vec![Ink::Series(0)]);
        assert_eq!(flat(few.clone()), [few]);
    }

    #[test]
    fn many_points_become_a_mask_for_each_ink() {
        let inks = (0..3000).map(|i| Ink::Series(i % 3)).collect();
        let masks = flat(discs(3000, inks));
        assert_eq!(masks.len(), 3);
        assert!(masks.iter().all(|item| matches!(item, Item::Mask { .. })));
    }

    #[test]
    fn colours_that_are_data_become_one_picture() {
        let inks = (0..3000)
            .map(|i| Ink::Rgb([(i % 200) as u8, 0, 9]))
            .collect();
        let pictures = flat(discs(3000, inks));
        assert!(matches!(pictures[..], [Item::Picture { .. }]));
    }

    #[test]
    fn thousands_of_pictures_become_one() {
        let picture = |i: usize| {
            let pixels = Pixels {
                width: 1,
                height: 1,
                rgba: vec![(i % 256) as u8; 4].into(),
            };
            Item::Picture {
                area: Rect::new((i % 100) as f64, (i / 100) as f64, 1.0, 1.0),
                picture: pixels.into(),
            }
        };
        let flat = |count: usize| {
            let scene = Scene {
                width: 200,
                height: 100,
                items: (0..count).map(picture).collect(),
                ..Scene::default()
            };
            flattened(scene).items.len()
        };
        assert_eq!(flat(MOST_PICTURES), MOST_PICTURES);
        assert_eq!(flat(MOST_PICTURES + 1), 1);
    }
}
