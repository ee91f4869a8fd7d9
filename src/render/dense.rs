//! Layers of many shapes as pictures. A document that lists every point of a large
//! scatter plot grows with the data and is slow to show; as pixels it grows with
//! the page at most, and axes and words stay shapes.

use super::layer::Layer;
use super::paint::paint;
use super::raster::{Pick, PixelCanvas};
use super::scene::{Item, Picture, Rect, Scene};
use crate::plot::figure::{Ink, Per};

/// More markers or shapes than this, in one layer, become a picture.
const MANY: usize = 2_000;

/// More corners than this of lines, in one layer, become a picture.
const CORNERS: usize = 20_000;

/// The scene with its dense layers turned into pictures.
pub(super) fn flattened(mut scene: Scene) -> Scene {
    let page = Rect::new(0.0, 0.0, scene.width.into(), scene.height.into());
    for item in &mut scene.items {
        if is_dense(item)
            && let Some(picture) = picture(item, page)
        {
            *item = picture;
        }
    }
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

/// The item as a picture at the density of a PNG, once for each page where the
/// shades differ.
fn picture(item: &Item, page: Rect) -> Option<Item> {
    let area = bounds(item, page)?;
    let mut alone = Scene {
        width: area.width as u32,
        height: area.height as u32,
        ..Scene::default()
    };
    alone.push(item.clone().moved((-area.x, -area.y)));
    let drawn = |pick: Pick| {
        let canvas = PixelCanvas::<Layer>::new(alone.width, alone.height, pick);
        paint(&alone, canvas).finish().into_pixels()
    };
    let dark = inks(item).any(|ink| !matches!(ink, Ink::Rgb(_)));
    Some(Item::Picture {
        area,
        picture: Picture {
            pixels: drawn(|shade| shade.light),
            dark: dark.then(|| drawn(|shade| shade.dark)),
            sharp: false,
        },
    })
}

fn inks(item: &Item) -> Box<dyn Iterator<Item = Ink> + '_> {
    match item {
        Item::Markers { inks, .. } | Item::Polygons { inks, .. } => match inks {
            Per::All(ink) => Box::new(std::iter::once(*ink)),
            Per::Each(inks) => Box::new(inks.iter().copied()),
        },
        Item::Lines { ink, .. } => Box::new(std::iter::once(*ink)),
        _ => Box::new(std::iter::empty()),
    }
}

/// The part of the page that the item covers, in whole pixels.
fn bounds(item: &Item, page: Rect) -> Option<Rect> {
    let (points, margin): (Vec<(f64, f64)>, f64) = match item {
        Item::Markers { centers, radii, .. } => (centers.clone(), greatest(radii) * 1.6 + 1.0),
        Item::Polygons { shapes, .. } => (shapes.concat(), 1.0),
        Item::Lines { runs, width, .. } => (runs.concat(), width + 1.0),
        _ => return None,
    };
    let low = points
        .iter()
        .copied()
        .reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)))?;
    let high = points
        .iter()
        .copied()
        .reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))?;
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
