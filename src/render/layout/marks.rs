//! Marks in data coordinates to shapes in pixels.

use super::axes::Map;
use crate::plot::figure::{Ink, Inks, Mark, Pixels};
use crate::render::scene::{Item, Rect, Scene};

/// Adds the shapes of `mark`.
pub(super) fn draw(mark: &Mark, map: &Map, scene: &mut Scene) {
    match mark {
        Mark::Bars {
            edges,
            heights,
            ink,
        } => bars(edges, heights, *ink, map, scene),
        Mark::Points {
            x,
            y,
            inks,
            radius,
            opacity,
        } => scene.push(discs(map, (x, y), inks, *radius, *opacity)),
        Mark::Line { runs, ink, width } => {
            for run in runs {
                line(run, (*ink, *width), map, scene);
            }
        }
        Mark::Image(pixels) => picture(pixels, map, scene),
    }
}

/// The parts of a line within the limits.
fn line(run: &[(f64, f64)], (ink, width): (Ink, f64), map: &Map, scene: &mut Scene) {
    let (x, y) = (map.panel.x.limits, map.panel.y.limits);
    for part in run.split(|p| !x.contains(p.0) || !y.contains(p.1)) {
        scene.push(Item::Line {
            points: part.iter().map(|&(x, y)| (map.x(x), map.y(y))).collect(),
            ink,
            width: width.clamp(0.0, 200.0),
        });
    }
}

/// To the nearest device pixel.
fn snap(v: f64) -> f64 {
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

fn bars(edges: &[f64], heights: &[f64], ink: Ink, map: &Map, scene: &mut Scene) {
    let base = map.y(0.0);
    for (pair, &height) in edges.windows(2).zip(heights) {
        if height == 0.0 || !height.is_finite() {
            continue;
        }
        let (a, b) = (snap(map.x(pair[0])), snap(map.x(pair[1])));
        let (left, right) = (a.min(b), a.max(b).max(a.min(b) + 0.5));
        let gap = separator(right - left);
        let top = snap(map.y(height));
        // A bar that stands for something is never too low to be seen.
        let base = if (snap(base) - top).abs() < 1.0 {
            top + 1.0f64.copysign(base - top)
        } else {
            snap(base)
        };
        let area = Rect::between((left + gap / 2.0, top), (right - gap / 2.0, base));
        scene.rect(area, ink);
    }
}

/// Points within the limits; the others have no place in the panel.
fn discs(map: &Map, (x, y): (&[f64], &[f64]), inks: &Inks, radius: f64, opacity: f64) -> Item {
    let (x_limits, y_limits) = (map.panel.x.limits, map.panel.y.limits);
    let inside: Vec<usize> = (0..x.len().min(y.len()))
        .filter(|&i| x_limits.contains(x[i]) && y_limits.contains(y[i]))
        .collect();
    let inks = match inks {
        Inks::One(ink) => Inks::One(*ink),
        Inks::Each(each) => {
            let ink = |&i: &usize| each.get(i).copied().unwrap_or(Ink::Muted);
            Inks::Each(inside.iter().map(ink).collect())
        }
    };
    Item::Discs {
        centers: inside.iter().map(|&i| (map.x(x[i]), map.y(y[i]))).collect(),
        inks,
        radius: radius.clamp(0.0, 200.0),
        opacity,
    }
}

fn picture(pixels: &Pixels, map: &Map, scene: &mut Scene) {
    let area = Rect::between(
        (snap(map.area.x), snap(map.area.y)),
        (snap(map.area.right()), snap(map.area.bottom())),
    );
    scene.push(Item::Picture {
        area,
        pixels: pixels.clone(),
    });
}
