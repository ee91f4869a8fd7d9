//! One panel: its title, axes, marks, keys and message, in its slot.

use super::axes::{self, Map, Ticks};
use super::grid::{Slot, TITLE_GAP};
use super::{Detail, SMALL, key, marks, write_lines};
use crate::plot::figure::{Frame, Ink, Panel};
use crate::render::font;
use crate::render::scene::{Anchor, Rect, Scene};
use crate::render::words;

/// Draws `panel` in `slot`.
pub(super) fn draw(panel: &Panel, slot: &Slot, detail: Detail, scene: &mut Scene) {
    let area = axes::area(panel, slot.area);
    let map = Map { panel, area };
    draw_title(panel, slot, area, scene);
    let ticks = Ticks::of(panel, area, detail);
    if let Some(ticks) = &ticks {
        axes::draw_grid(&map, ticks, scene);
    }
    for mark in &panel.marks {
        marks::draw(mark, &map, scene);
    }
    if panel.frame == Frame::Axes {
        axes::draw_axes(&map, ticks.as_ref(), (slot.cell, detail), scene);
    }
    if detail.keys {
        let room = slot.cell.right() - slot.area.right();
        key::draw(&panel.keys, area, room, scene);
    }
    if let Some(message) = &panel.message {
        draw_message(message, area, scene);
    }
}

/// The title right above what the panel shows, centred on it.
fn draw_title(panel: &Panel, slot: &Slot, area: Rect, scene: &mut Scene) {
    let height = slot.title.len() as f64 * slot.title_size * font::LINE;
    let at = (area.center().0, area.y - TITLE_GAP - height);
    let look = (slot.title_size, Anchor::Middle, panel.title_ink);
    write_lines(scene, &slot.title, at, look);
}

/// Words in the middle, wrapped to what the panel can hold.
fn draw_message(message: &str, area: Rect, scene: &mut Scene) {
    let line = SMALL * font::LINE;
    let most = (area.height / line) as usize;
    let lines = words::wrap(message, SMALL, area.width - 8.0, most.max(1));
    let (x, y) = area.center();
    let top = y - lines.len() as f64 * line / 2.0;
    write_lines(scene, &lines, (x, top), (SMALL, Anchor::Middle, Ink::Muted));
}
