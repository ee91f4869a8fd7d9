//! Axes: where data lies within a box, which ticks find room, and the lines
//! and words around it.

use super::{Detail, LABEL, SMALL};
use crate::plot::figure::{Axis, Frame, Ink, Mark, Panel};
use crate::plot::ticks::{Tick, ticks};
use crate::render::font;
use crate::render::scene::{Anchor, Item, Label, Rect, Scene};
use crate::render::words;

/// Length of a tick mark, and the space between it and its number.
const TICK: f64 = 4.0;
const TICK_GAP: f64 = 3.0;
/// Room for the name of an axis: its line and the space before it.
const NAME: f64 = LABEL * font::LINE + 3.0;
/// Height of a line of numbers.
const NUMBER: f64 = SMALL * 1.15;

/// The part of `area` that the data fills: all of it, or the largest rectangle
/// in which one unit of x is as long as one of y.
pub(super) fn area(panel: &Panel, area: Rect) -> Rect {
    if !panel.equal_aspect {
        return area;
    }
    let (x, y) = (panel.x.limits.span(), panel.y.limits.span());
    let unit = whole_pixels(panel, (area.width / x).min(area.height / y));
    let (width, height) = (x * unit, y * unit);
    // A side far shorter than the other would vanish.
    let (width, height) = (
        width.clamp(1.0, area.width.max(1.0)),
        height.clamp(1.0, area.height.max(1.0)),
    );
    let (center_x, center_y) = area.center();
    let half = |v: f64| (v * 2.0).round() / 2.0;
    Rect::new(
        half(center_x - width / 2.0),
        half(center_y - height / 2.0),
        width,
        height,
    )
}

/// `unit` (logical pixels for a unit of data) rounded down so that every pixel
/// of a picture gets equally many pixels of the page, or at least of a page at
/// double density, if that costs little.
fn whole_pixels(panel: &Panel, unit: f64) -> f64 {
    const LITTLE: f64 = 0.85;
    let columns = panel.marks.iter().find_map(|mark| match mark {
        Mark::Image(pixels) => Some(pixels.width as f64),
        _ => None,
    });
    let Some(columns) = columns.filter(|&columns| columns > 0.0) else {
        return unit;
    };
    // Data units to a pixel of the picture.
    let span = panel.x.limits.span() / columns;
    let rounded = [1.0, 2.0].map(|density| (unit * span * density).floor() / density / span);
    rounded
        .into_iter()
        .find(|&whole| whole > unit * LITTLE)
        .unwrap_or(unit)
}

/// Data coordinates to pixels.
#[derive(Clone, Copy)]
pub(super) struct Map<'a> {
    pub(super) panel: &'a Panel,
    pub(super) area: Rect,
}

impl Map<'_> {
    pub(super) fn x(&self, value: f64) -> f64 {
        self.area.x + self.area.width * directed(&self.panel.x, value)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        self.area.bottom() - self.area.height * directed(&self.panel.y, value)
    }
}

/// Where `value` lies along its axis, never beyond its ends.
fn directed(axis: &Axis, value: f64) -> f64 {
    let fraction = axis.limits.fraction(value).clamp(0.0, 1.0);
    if axis.reversed {
        1.0 - fraction
    } else {
        fraction
    }
}

/// Room needed left of, right of and below the axes box.
pub(super) fn sides_of(panel: &Panel, area: Rect, detail: Detail) -> (f64, f64, f64) {
    if panel.frame == Frame::Off {
        return (0.0, 0.0, 0.0);
    }
    let (mut left, mut right, mut bottom) = (1.0, 0.0, 1.0);
    if let Some(ticks) = Ticks::of(panel, area, detail) {
        left += TICK + TICK_GAP + widest(&ticks.y);
        bottom += TICK + TICK_GAP + NUMBER;
        right = overhang(panel, area, &ticks.x);
    }
    if detail.names {
        left += panel.y.label.as_ref().map_or(0.0, |_| NAME);
        bottom += panel.x.label.as_ref().map_or(0.0, |_| NAME);
    }
    (left, right, bottom)
}

fn widest(ticks: &[Tick]) -> f64 {
    ticks
        .iter()
        .map(|tick| font::width(&tick.label, SMALL))
        .fold(0.0, f64::max)
}

/// How far the last number of the x axis reaches beyond it.
fn overhang(panel: &Panel, area: Rect, ticks: &[Tick]) -> f64 {
    let map = Map { panel, area };
    let reach = |tick: &Tick| map.x(tick.value) + font::width(&tick.label, SMALL) / 2.0;
    ticks.iter().map(reach).fold(area.right(), f64::max) - area.right()
}

/// The most ticks whose numbers keep an easy distance (of two gaps, the first)
/// or, if these are hardly any, that just do not touch. A single tick always
/// does. `extent` is the room that a number takes along the axis.
fn spaced(axis: &Axis, length: f64, gaps: [f64; 2], extent: impl Fn(&Tick) -> f64) -> Vec<Tick> {
    let [easy, tight] = gaps;
    // No number takes less room than this.
    let most = (length / (tight + 7.0)).clamp(2.0, 10.0) as usize;
    let mut crowded = None;
    let mut last = Vec::new();
    for target in (2..=most).rev() {
        last = ticks(axis.limits, target, axis.integer);
        last.retain(|tick| axis.limits.contains(tick.value));
        let gap = least_gap(axis, length, &last, &extent);
        if gap >= easy && last.len() > 2 {
            return last;
        }
        if gap >= tight && crowded.is_none() {
            crowded = Some(last.clone());
        }
    }
    last.truncate(1);
    crowded.unwrap_or(last)
}

/// The least room between two neighbours' numbers.
fn least_gap(axis: &Axis, length: f64, ticks: &[Tick], extent: impl Fn(&Tick) -> f64) -> f64 {
    let gap = |pair: &[Tick]| {
        let apart = axis.limits.fraction(pair[1].value) - axis.limits.fraction(pair[0].value);
        apart.abs() * length - (extent(&pair[0]) + extent(&pair[1])) / 2.0
    };
    ticks.windows(2).map(gap).fold(f64::MAX, f64::min)
}

/// The ticks of both axes of a panel.
pub(super) struct Ticks {
    x: Vec<Tick>,
    y: Vec<Tick>,
}

impl Ticks {
    /// Those that find room around an axes box; none if none are wanted.
    pub(super) fn of(panel: &Panel, area: Rect, detail: Detail) -> Option<Self> {
        let wanted = panel.frame == Frame::Axes && detail.numbers && !panel.marks.is_empty();
        wanted.then(|| Ticks {
            x: x_ticks(&panel.x, area.width),
            y: y_ticks(&panel.y, area.height),
        })
    }
}

/// Ticks of an x axis of this length, their numbers side by side.
fn x_ticks(axis: &Axis, length: f64) -> Vec<Tick> {
    spaced(axis, length, [20.0, 8.0], |tick| {
        font::width(&tick.label, SMALL)
    })
}

/// Ticks of a y axis of this length, their numbers one above the other.
pub(super) fn y_ticks(axis: &Axis, length: f64) -> Vec<Tick> {
    spaced(axis, length, [26.0, 5.0], |_| NUMBER)
}

/// The line of one pixel that begins at the whole pixel nearest to `at`.
fn hair(at: f64) -> f64 {
    (at - 0.5).round()
}

/// Grid lines, drawn before the data. Bars need none across, pictures none at
/// all.
pub(super) fn draw_grid(map: &Map, ticks: &Ticks, scene: &mut Scene) {
    let (panel, area) = (map.panel, map.area);
    let has = |wanted: fn(&Mark) -> bool| panel.marks.iter().any(wanted);
    if has(|mark| matches!(mark, Mark::Image(_))) {
        return;
    }
    for tick in &ticks.y {
        let line = Rect::new(area.x, hair(map.y(tick.value)), area.width, 1.0);
        scene.rect(line, Ink::Grid);
    }
    if has(|mark| matches!(mark, Mark::Bars { .. })) {
        return;
    }
    for tick in &ticks.x {
        let line = Rect::new(hair(map.x(tick.value)), area.y, 1.0, area.height);
        scene.rect(line, Ink::Grid);
    }
}

/// The lines, ticks, numbers and names of both axes, within `cell`.
pub(super) fn draw_axes(
    map: &Map,
    ticks: Option<&Ticks>,
    (cell, detail): (Rect, Detail),
    scene: &mut Scene,
) {
    let area = map.area;
    let (left, bottom) = (area.x.round() - 1.0, area.bottom().round());
    let upright = Rect::new(left, area.y, 1.0, bottom + 1.0 - area.y);
    let level = Rect::new(left, bottom, area.right() - left, 1.0);
    scene.rect(upright, Ink::Frame);
    scene.rect(level, Ink::Frame);
    let mut outside = (area.x - 1.0, area.bottom() + 1.0);
    if let Some(ticks) = ticks {
        draw_x_numbers(map, &ticks.x, cell, scene);
        draw_y_numbers(map, &ticks.y, scene);
        outside.0 -= TICK + TICK_GAP + widest(&ticks.y);
        outside.1 += TICK + TICK_GAP + NUMBER;
    }
    if detail.names {
        draw_names(map, outside, scene);
    }
}

fn draw_x_numbers(map: &Map, ticks: &[Tick], cell: Rect, scene: &mut Scene) {
    let top = map.area.bottom().round() + 1.0;
    for tick in ticks {
        let x = map.x(tick.value);
        scene.rect(Rect::new(hair(x), top, 1.0, TICK), Ink::Frame);
        let half = font::width(&tick.label, SMALL) / 2.0;
        // The margin beside a cell is never less than two pixels.
        if x - half < cell.x - 2.0 || x + half > cell.right() + 2.0 {
            continue;
        }
        let baseline = top + TICK + TICK_GAP + SMALL * 0.76;
        number(scene, &tick.label, (x, baseline), Anchor::Middle);
    }
}

fn draw_y_numbers(map: &Map, ticks: &[Tick], scene: &mut Scene) {
    let left = map.area.x.round() - 1.0 - TICK;
    for tick in ticks {
        let y = map.y(tick.value);
        scene.rect(Rect::new(left, hair(y), TICK, 1.0), Ink::Frame);
        let baseline = y + SMALL * font::HALF_DIGIT;
        number(scene, &tick.label, (left - TICK_GAP, baseline), Anchor::End);
    }
}

pub(super) fn number(scene: &mut Scene, text: &str, at: (f64, f64), anchor: Anchor) {
    scene.push(Item::Label(Label {
        text: words::line(text),
        at,
        size: SMALL,
        anchor,
        ink: Ink::Muted,
        upwards: false,
    }));
}

/// The names of the axes, beyond `outside` (left and bottom of the numbers).
fn draw_names(map: &Map, outside: (f64, f64), scene: &mut Scene) {
    let (x, y) = map.area.center();
    let descent = LABEL * font::DESCENT;
    let baseline = outside.1 + NAME - descent - 1.0;
    name(scene, &map.panel.x, (x, baseline), (map.area.width, false));
    name(
        scene,
        &map.panel.y,
        (outside.0 - 3.0 - descent, y),
        (map.area.height, true),
    );
}

fn name(scene: &mut Scene, axis: &Axis, at: (f64, f64), (room, upwards): (f64, bool)) {
    let text = words::line(axis.label.as_deref().unwrap_or_default());
    scene.push(Item::Label(Label {
        text: words::fit(text.trim(), LABEL, room),
        at,
        size: LABEL,
        anchor: Anchor::Middle,
        ink: Ink::Text,
        upwards,
    }));
}
