//! The names of boxes, on plates of their colour.

use crate::plot::figure::{Ink, Mark, Per, Place, Polygons, Texts};

/// Height of a label's plate, and width of a letter on it, in logical pixels.
const PLATE: f64 = 14.0;
const LETTER: f64 = 6.6;

/// Labels would hide pictures that are less wide.
const LEAST: f64 = 120.0;

/// Where a label has room: on the upper side of its box or on the lower one, within the
/// image and clear of other labels.
pub(super) fn plate(
    name: &str,
    [left, top, _, bottom]: [f64; 4],
    ((w, h), unit): ((f64, f64), (f64, f64)),
    taken: &[[f64; 4]],
) -> Option<[f64; 4]> {
    let width = (name.chars().count() as f64 * LETTER + 6.0) / unit.0;
    let height = PLATE / unit.1;
    let roomy = w * unit.0 >= LEAST && width <= w && height <= h;
    if !roomy || name.trim().is_empty() {
        return None;
    }
    let x = left.max(0.0).min(w - width);
    let tops = [top - height, top, bottom - height, bottom];
    let free = |y: &f64| {
        let area = [x, *y, x + width, y + height];
        let inside = *y >= 0.0 && y + height <= h;
        inside && taken.iter().all(|other| apart(area, *other))
    };
    let y = tops.into_iter().find(free)?;
    Some([x, y, x + width, y + height])
}

fn apart(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3]
}

/// A name on a plate of the colour of its box.
pub(super) fn label(name: &str, [left, top, right, bottom]: [f64; 4], ink: Ink) -> [Mark; 2] {
    let plate = Polygons {
        shapes: vec![vec![
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
        ]],
        inks: Per::All(ink),
        opacity: 1.0,
    };
    let words = Texts {
        at: vec![((left + right) / 2.0, (top + bottom) / 2.0)],
        texts: vec![name.to_owned()],
        inks: Per::All(Ink::Page),
        place: Place::Middle,
        room: (right - left, bottom - top),
    };
    [Mark::Polygons(plate), Mark::Texts(words)]
}
