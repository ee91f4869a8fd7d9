//! Marks in data coordinates to shapes in pixels.

use super::axes::Map;
use super::{clip, texts, thin};
use crate::list::{IntoList, MapEach};
use crate::plot::figure::{
    Bars, Cells, Image, Ink, Lines, Mark, Marker, Per, Points, Polygons, Rug, Thumbnails,
};
use crate::render::mixture;
use crate::render::scene::{Item, Rect, Scene};

/// Adds the shapes of `mark`.
pub(super) fn draw(mark: &Mark, map: &Map, scene: &mut Scene) {
    match mark {
        Mark::Bars(bars) => draw_bars(bars, map, scene),
        Mark::Lines(lines) => draw_lines(lines, map, scene),
        Mark::Polygons(polygons) => draw_polygons(polygons, map, scene),
        Mark::Points(points) => scene.push(markers(points, map)),
        Mark::Rug(rug) => draw_rug(rug, map, scene),
        Mark::Image(image) => draw_image(image, map, scene),
        Mark::Cells(cells) => draw_cells(cells, map, scene),
        Mark::Texts(words) => texts::draw(words, map, scene),
        Mark::Thumbnails(thumbnails) => draw_thumbnails(thumbnails, map, scene),
    }
}

/// Widest line and largest marker, in logical pixels.
const MOST: f64 = 200.0;

fn draw_lines(lines: &Lines, map: &Map, scene: &mut Scene) {
    let place =
        |run: &Vec<(f64, f64)>| -> Vec<(f64, f64)> { run.map_each(|&(x, y)| (map.x(x), map.y(y))) };
    let parts = |run: &Vec<(f64, f64)>| clip::line(&thin::line(place(run)), map.area);
    scene.push(Item::Lines {
        runs: lines.runs.flat_map_each(parts),
        ink: lines.ink,
        width: lines.width.clamp(0.0, MOST),
        opacity: lines.opacity,
        dashed: lines.dashed,
    });
}

fn draw_polygons(polygons: &Polygons, map: &Map, scene: &mut Scene) {
    let mut shapes = Vec::with_capacity(polygons.shapes.len());
    let mut inks = Vec::new();
    for (i, shape) in polygons.shapes.iter().enumerate() {
        let corners: Vec<_> = shape.map_each(|&(x, y)| (map.x(x), map.y(y)));
        let shape = clip::polygon(&corners, map.area);
        if shape.len() > 2 {
            shapes.push(shape);
            inks.extend(polygons.inks.get(i));
        }
    }
    scene.push(Item::Polygons {
        shapes,
        inks: match &polygons.inks {
            Per::All(ink) => Per::All(*ink),
            Per::Each(_) => Per::Each(inks),
        },
        opacity: polygons.opacity,
    });
}

/// To the nearest device pixel.
pub(super) fn snap(v: f64) -> f64 {
    (v * 2.0).round() / 2.0
}

/// The space between bars: part of the page shows, so that neighbours of one
/// height can be counted. Narrow bars touch.
fn separator(width: f64) -> f64 {
    match width {
        w if w >= 5.0 => 1.0,
        w if w >= 3.0 => 0.5,
        _ => 0.0,
    }
}

fn draw_bars(bars: &Bars, map: &Map, scene: &mut Scene) {
    for (&span, &ends) in bars.spans.iter().zip(&bars.ends) {
        if ends.0 == ends.1 || !(ends.0.is_finite() && ends.1.is_finite()) {
            continue;
        }
        let along = |v: f64| {
            if bars.level {
                map.y_within(v)
            } else {
                map.x_within(v)
            }
        };
        let across = |v: f64| {
            if bars.level {
                map.x_within(v)
            } else {
                map.y_within(v)
            }
        };
        let Some((from, to)) = slice((along(span.0), along(span.1))) else {
            continue;
        };
        let (base, tip) = visible(across(ends.0), across(ends.1));
        let area = match bars.level {
            false => Rect::between((from, base), (to, tip)),
            true => Rect::between((base, from), (tip, to)),
        };
        scene.push(Item::Rect {
            area,
            ink: bars.ink,
            opacity: bars.opacity,
        });
    }
}

/// What a bar takes along its axis of its span, which leaves a line between
/// neighbours; nothing of a span that lies outside.
fn slice((a, b): (f64, f64)) -> Option<(f64, f64)> {
    if a == b {
        return None;
    }
    let (a, b) = (snap(a.min(b)), snap(a.max(b)));
    let (left, right) = (a, b.max(a + 0.5));
    let gap = separator(right - left);
    Some((left + gap / 2.0, right - gap / 2.0))
}

/// A bar that stands for something is never too low to be seen.
fn visible(base: f64, tip: f64) -> (f64, f64) {
    let (base, tip) = (snap(base), snap(tip));
    if (base - tip).abs() < 1.0 {
        return (tip + 1.0f64.copysign(base - tip), tip);
    }
    (base, tip)
}

/// Points within the limits; the others have no place in the panel.
fn markers(points: &Points, map: &Map) -> Item {
    let (x, y) = (&points.x, &points.y);
    let inside: Vec<usize> = (0..x.len().min(y.len()))
        .filter(|&i| map.contains(x[i], y[i]))
        .into_list();
    Item::Markers {
        centers: inside.map_each(|&i| (map.x(x[i]), map.y(y[i]))),
        inks: picked(&points.inks, &inside, Ink::Muted),
        radii: match picked(&points.radii, &inside, 0.0) {
            Per::All(radius) => Per::All(radius.clamp(0.0, MOST)),
            Per::Each(radii) => Per::Each(radii.map_each(|r| r.clamp(0.0, MOST))),
        },
        markers: picked(&points.markers, &inside, Marker::Disc),
        opacity: points.opacity,
    }
}

fn picked<T: Copy>(per: &Per<T>, which: &[usize], default: T) -> Per<T> {
    match per {
        Per::All(one) => Per::All(*one),
        Per::Each(_) => {
            let pick = |&i: &usize| per.get(i).copied().unwrap_or(default);
            Per::Each(which.map_each(pick))
        }
    }
}

/// How far the lines of a rug reach from their axis.
const RUG: f64 = 7.0;

/// A line at each device pixel where a value lies: more could not be seen.
fn draw_rug(rug: &Rug, map: &Map, scene: &mut Scene) {
    let limits = map.panel.x.limits;
    let inside = rug.values.iter().filter(|&&v| limits.contains(v));
    let mut places: Vec<i64> = inside.map(|&v| (map.x(v) * 2.0).floor() as i64).into_list();
    places.sort_unstable();
    places.dedup();
    let top = map.area.bottom() - RUG;
    for place in places {
        scene.rect(Rect::new(place as f64 / 2.0, top, 0.5, RUG), rug.ink);
    }
}

fn draw_image(image: &Image, map: &Map, scene: &mut Scene) {
    scene.push(Item::Picture {
        area: stretched(image.x, image.y, map),
        picture: image.pixels.clone().into(),
    });
}

fn draw_cells(cells: &Cells, map: &Map, scene: &mut Scene) {
    let area = stretched(cells.x, cells.y, map);
    for item in mixture::items(cells, area) {
        scene.push(item);
    }
}

fn stretched(x: (f64, f64), y: (f64, f64), map: &Map) -> Rect {
    let corner = |x: f64, y: f64| (snap(map.x_within(x)), snap(map.y_within(y)));
    Rect::between(corner(x.0, y.0), corner(x.1, y.1))
}

fn draw_thumbnails(thumbnails: &Thumbnails, map: &Map, scene: &mut Scene) {
    for (&(x, y), pixels) in thumbnails.at.iter().zip(&thumbnails.pictures) {
        if !map.contains(x, y) {
            continue;
        }
        let (w, h) = (pixels.width as f64, pixels.height as f64);
        let scale = thumbnails.side.clamp(1.0, MOST) / w.max(h).max(1.0);
        let (width, height) = (snap(w * scale), snap(h * scale));
        let (left, top) = (map.x(x) - width / 2.0, map.y(y) - height / 2.0);
        let within =
            |at: f64, size: f64, (low, high): (f64, f64)| snap(at.min(high - size).max(low));
        let area = Rect::new(
            within(left, width, (map.area.x, map.area.right())),
            within(top, height, (map.area.y, map.area.bottom())),
            width,
            height,
        );
        scene.push(Item::Picture {
            area,
            picture: pixels.clone().into(),
        });
    }
}
