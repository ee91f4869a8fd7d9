//! Axes: where data lies within a box, and the lines and words around it.

use super::labels::Labels;
use super::{Detail, LABEL, SMALL};
use crate::plot::figure::{Axis, Frame, Ink, Mark, Panel, Scale};
use crate::plot::log_ticks::minor_ticks;
use crate::render::font;
use crate::render::scene::{Anchor, Item, Label, Rect, Scene};
use crate::render::words;

/// Length of a tick mark, and the space between it and its number.
pub(super) const TICK: f64 = 4.0;
pub(super) const TICK_GAP: f64 = 3.0;
/// Room for the name of an axis: its line and the space before it.
const NAME: f64 = LABEL * font::LINE + 3.0;

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
    // Data units to a pixel of the picture.
    let span = panel.marks.iter().find_map(|mark| match mark {
        Mark::Image(image) if image.pixels.width > 0 => {
            Some((image.x.1 - image.x.0).abs() / image.pixels.width as f64)
        }
        Mark::Cells(cells) if cells.columns > 0 => {
            Some((cells.x.1 - cells.x.0).abs() / cells.columns as f64)
        }
        _ => None,
    });
    let Some(span) = span.filter(|&span| span > 0.0) else {
        return unit;
    };
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

    /// As [`x`](Self::x), but never beyond the axes box.
    pub(super) fn x_within(&self, value: f64) -> f64 {
        self.x(value).clamp(self.area.x, self.area.right())
    }

    /// As [`y`](Self::y), but never beyond the axes box.
    pub(super) fn y_within(&self, value: f64) -> f64 {
        self.y(value).clamp(self.area.y, self.area.bottom())
    }

    /// Whether a point lies within the limits of both axes.
    pub(super) fn contains(&self, x: f64, y: f64) -> bool {
        self.panel.x.limits.contains(x) && self.panel.y.limits.contains(y)
    }
}

/// Where `value` lies along its axis as it runs on the page.
fn directed(axis: &Axis, value: f64) -> f64 {
    let fraction = axis.fraction(value);
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
        left += ticks.y.depth();
        bottom += ticks.x.depth();
        right = ticks.x.overhang(&Map { panel, area });
    }
    if detail.names {
        left += panel.y.label.as_ref().map_or(0.0, |_| NAME);
        bottom += panel.x.label.as_ref().map_or(0.0, |_| NAME);
    }
    (left, right, bottom)
}

/// The ticks of both axes of a panel.
pub(super) struct Ticks {
    pub(super) x: Labels,
    pub(super) y: Labels,
}

impl Ticks {
    /// Those that find room around an axes box; none if none are wanted.
    pub(super) fn of(panel: &Panel, area: Rect, detail: Detail) -> Option<Self> {
        let wanted = panel.frame == Frame::Axes && detail.numbers && !panel.marks.is_empty();
        wanted.then(|| Ticks {
            x: Labels::below(&panel.x, area.width),
            y: Labels::beside(&panel.y, area.height),
        })
    }
}

/// The line of one pixel that begins at the whole pixel nearest to `at`.
fn hair(at: f64) -> f64 {
    (at - 0.5).round()
}

/// Grid lines, drawn before the data: across the direction in which values are
/// read. Bars need none along them, names none at all, pictures neither.
pub(super) fn draw_grid(map: &Map, ticks: &Ticks, scene: &mut Scene) {
    let (panel, area) = (map.panel, map.area);
    let bars = |level: bool| {
        let of = |mark: &Mark| matches!(mark, Mark::Bars(bars) if bars.level == level);
        panel.marks.iter().any(of)
    };
    let picture = |mark: &Mark| matches!(mark, Mark::Image(_) | Mark::Cells(_));
    if panel.marks.iter().any(picture) {
        return;
    }
    if panel.y.categories.is_none() && !bars(true) {
        for tick in ticks.y.places() {
            let line = Rect::new(area.x, hair(map.y(tick)), area.width, 1.0);
            scene.rect(line, Ink::Grid);
        }
    }
    if panel.x.categories.is_none() && !bars(false) {
        for tick in ticks.x.places() {
            let line = Rect::new(hair(map.x(tick)), area.y, 1.0, area.height);
            scene.rect(line, Ink::Grid);
        }
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
        draw_marks(map, ticks, scene);
        ticks
            .x
            .draw_below(map, bottom + 1.0 + TICK + TICK_GAP, cell, scene);
        ticks.y.draw_beside(map, left - TICK - TICK_GAP, scene);
        outside.0 -= ticks.y.depth();
        outside.1 += ticks.x.depth();
    }
    if detail.names {
        draw_names(map, outside, scene);
    }
}

/// The tick marks outside both axis lines.
fn draw_marks(map: &Map, ticks: &Ticks, scene: &mut Scene) {
    let (left, bottom) = (map.area.x.round() - 1.0, map.area.bottom().round() + 1.0);
    for tick in minor(&map.panel.x, map.area.width) {
        scene.rect(
            Rect::new(hair(map.x(tick)), bottom, 1.0, TICK / 2.0),
            Ink::Frame,
        );
    }
    for tick in minor(&map.panel.y, map.area.height) {
        let left = left - TICK / 2.0;
        scene.rect(
            Rect::new(left, hair(map.y(tick)), TICK / 2.0, 1.0),
            Ink::Frame,
        );
    }
    for tick in ticks.x.places() {
        scene.rect(Rect::new(hair(map.x(tick)), bottom, 1.0, TICK), Ink::Frame);
    }
    for tick in ticks.y.places() {
        scene.rect(
            Rect::new(left - TICK, hair(map.y(tick)), TICK, 1.0),
            Ink::Frame,
        );
    }
}

/// Ticks without numbers, of a logarithmic axis of this length that has room for
/// them.
fn minor(axis: &Axis, length: f64) -> Vec<f64> {
    const LEAST: f64 = 40.0;
    let decades = axis.limits.max().log10() - axis.limits.min().log10();
    match axis.scale {
        Scale::Log if length / decades >= LEAST => minor_ticks(axis.limits),
        _ => Vec::new(),
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
