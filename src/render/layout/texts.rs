//! Words within the data: the numbers in the cells of a table.

use super::axes::Map;
use crate::list::MapEach;
use crate::plot::figure::{Ink, Place, Texts};
use crate::render::font;
use crate::render::scene::{Anchor, Item, Label, Scene};
use crate::render::words;

/// Font sizes, the best first, down to the one that can just be read.
const SIZES: [f64; 5] = [12.0, 11.0, 10.0, 9.0, 8.0];

/// Share of a cell that words may take.
const SHARE: f64 = 0.92;

/// Draws all words at the largest size at which each has room, or none.
pub(super) fn draw(words: &Texts, map: &Map, scene: &mut Scene) {
    let texts: Vec<String> = words.texts.map_each(|text| words::line(text));
    let (width, height) = (
        map.area.width * words.room.0 / map.panel.x.limits.span() * SHARE,
        map.area.height * words.room.1 / map.panel.y.limits.span() * SHARE,
    );
    let fits = |size: &f64| {
        size * 1.1 <= height && texts.iter().all(|text| font::width(text, *size) <= width)
    };
    let Some(size) = SIZES.into_iter().find(fits) else {
        return;
    };
    for (i, (text, &(x, y))) in texts.into_iter().zip(&words.at).enumerate() {
        if map.contains(x, y) {
            let (at, anchor) = beside((map.x(x), map.y(y)), size, words.place);
            scene.push(Item::Label(Label {
                text,
                at,
                size,
                anchor,
                ink: words.inks.get(i).copied().unwrap_or(Ink::Text),
                upwards: false,
            }));
        }
    }
}

/// Space between a place and the words beside it.
const GAP: f64 = 4.0;

/// Where the baseline of words begins, or has its middle, that stand beside `(x, y)`.
fn beside((x, y): (f64, f64), size: f64, place: Place) -> ((f64, f64), Anchor) {
    let level = y + size * font::HALF_DIGIT;
    match place {
        Place::Middle => ((x, level), Anchor::Middle),
        Place::Above => ((x, y - GAP), Anchor::Middle),
        Place::After => ((x + GAP, level), Anchor::Start),
    }
}
