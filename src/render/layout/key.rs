//! Legends and colour bars, one below the other, at the right of what they explain.

use super::axes::number;
use super::{LABEL, SMALL, labels};
use crate::list::{IntoList, MapEach, pixel_bytes};
use crate::plot::figure::{
    Axis, Ink, Key, LegendEntry, Limits, Marker, Per, Pixels, Scale, Swatch,
};
use crate::plot::ticks::Tick;
use crate::render::font;
use crate::render::scene::{Anchor, Item, Label, Rect, Scene};
use crate::render::words;

/// Between the axes box and its key.
const GAP: f64 = 12.0;
/// Side of a swatch, and width of a colour bar.
const SWATCH: f64 = 10.0;
/// Length of a line in a legend.
const STROKE: f64 = 18.0;
const BAR: f64 = 12.0;
/// Between a swatch or a tick and its words.
const SPACE: f64 = 6.0;
const TICK: f64 = 3.0;
/// Height of an entry.
const ENTRY: f64 = 17.0;

/// The longest that a legend's line may be beside a panel this wide.
fn longest(panel: f64) -> f64 {
    (panel * 0.3).clamp(40.0, 200.0)
}

/// Width of the keys beside a box of this height, where `room` is for both.
pub(super) fn width(keys: &[Key], height: f64, room: f64) -> f64 {
    let widths = heights(keys, height);
    let widths = keys.iter().zip(widths).map(|(key, height)| match key {
        Key::Legend { title, entries } => {
            let lines = legend_lines(title.as_deref(), entries, height, longest(room));
            let indent = indent(entries);
            let width = |line: &Line| line.indent(indent) + font::width(&line.text, SMALL);
            lines.iter().map(width).fold(0.0, f64::max)
        }
        Key::ColorBar {
            title,
            limits,
            scale,
            ..
        } => {
            let ticks = bar_ticks(*limits, *scale, height);
            let title = title.as_ref().map_or(0.0, |_| LABEL * font::LINE + SPACE);
            BAR + TICK + SPACE / 2.0 + widest(&ticks) + title
        }
    });
    match keys.is_empty() {
        true => 0.0,
        false => GAP + widths.fold(0.0, f64::max),
    }
}

/// The heights of keys one below the other: legends take what they need, colour
/// bars share what is left.
fn heights(keys: &[Key], height: f64) -> Vec<f64> {
    let between = GAP * keys.len().saturating_sub(1) as f64;
    let wanted = |key: &Key| match key {
        Key::Legend { title, entries } => {
            Some((entries.len() + usize::from(title.is_some())) as f64 * ENTRY)
        }
        Key::ColorBar { .. } => None,
    };
    let legends: f64 = keys.iter().filter_map(wanted).sum();
    let bars = keys.iter().filter(|key| wanted(key).is_none()).count();
    let room = (height - between).max(1.0);
    // A bar keeps a third of the height at least.
    let least = if bars > 0 { room / 3.0 } else { 0.0 };
    let shrink = ((room - least) / legends.max(1.0)).min(1.0);
    let bar = (room - legends * shrink) / bars.max(1) as f64;
    let height = |key: &Key| wanted(key).map_or(bar, |height| height * shrink);
    keys.map_each(height)
}

/// Draws the keys beside `area`, in `room` pixels.
pub(super) fn draw(keys: &[Key], area: Rect, room: f64, scene: &mut Scene) {
    let left = (area.right() + GAP).round();
    let mut top = area.y;
    for (key, height) in keys.iter().zip(heights(keys, area.height)) {
        match key {
            Key::Legend { title, entries } => {
                // Boxes end at whole pixels, which may cost a part of one.
                let lines = legend_lines(title.as_deref(), entries, height, room - GAP + 1.0);
                let pitch = ENTRY.min(height);
                draw_legend(&lines, (left, top), (indent(entries), pitch), scene);
            }
            Key::ColorBar {
                title,
                limits,
                scale,
                colors,
            } => {
                let bar = Rect::new(left, top, BAR, height);
                draw_strip(colors, bar, scene);
                let ticks = bar_ticks(*limits, *scale, height);
                draw_scale((*limits, *scale), &ticks, bar, scene);
                draw_bar_title(title.as_deref(), &ticks, bar, scene);
            }
        }
        top += height + GAP;
    }
}

/// A line of a legend: its title, an entry, or how many found no room.
struct Line {
    swatch: Option<(Swatch, Ink)>,
    text: String,
    ink: Ink,
}

impl Line {
    fn new(text: &str, swatch: Option<(Swatch, Ink)>, longest: f64) -> Self {
        Line {
            swatch,
            text: words::fit(words::line(text).trim(), SMALL, longest),
            ink: Ink::Text,
        }
    }

    fn indent(&self, indent: f64) -> f64 {
        self.swatch.map_or(0.0, |_| indent)
    }
}

/// Where the words begin beside the widest swatch.
fn indent(entries: &[LegendEntry]) -> f64 {
    let widths = entries.iter().map(|entry| match entry.swatch {
        Swatch::Area => SWATCH,
        Swatch::Line | Swatch::Dashes => STROKE,
        Swatch::Marker(_, radius) => (radius * 2.0).max(SWATCH),
    });
    widths.fold(SWATCH, f64::max) + SPACE
}

fn legend_lines(
    title: Option<&str>,
    entries: &[LegendEntry],
    height: f64,
    longest: f64,
) -> Vec<Line> {
    let mut lines: Vec<Line> = title
        .map(|title| Line::new(title, None, longest))
        .into_iter()
        .into_list();
    // A line alone needs no room around it.
    let most = match height / ENTRY + 1e-6 {
        lines if lines < 1.0 => usize::from(height > SMALL),
        lines => lines as usize,
    };
    let room = most.saturating_sub(lines.len());
    let shown = match entries.len() <= room {
        true => entries.len(),
        false => room.saturating_sub(1),
    };
    let words = longest - indent(entries);
    let entry =
        |entry: &LegendEntry| Line::new(&entry.label, Some((entry.swatch, entry.ink)), words);
    lines.extend(entries[..shown].iter().map(entry));
    if shown < entries.len() {
        let rest = format!("and {} more", entries.len() - shown);
        lines.push(Line {
            ink: Ink::Muted,
            ..Line::new(&rest, None, longest)
        });
    }
    lines.truncate(most);
    lines
}

/// Swatches look like what they stand for.
fn draw_swatch(
    (swatch, ink): (Swatch, Ink),
    (left, middle): (f64, f64),
    width: f64,
    scene: &mut Scene,
) {
    match swatch {
        Swatch::Area => {
            let left = left + (width - SWATCH) / 2.0;
            scene.rect(
                Rect::new(left.round(), middle - SWATCH / 2.0, SWATCH, SWATCH),
                ink,
            );
        }
        Swatch::Line | Swatch::Dashes => scene.push(Item::Lines {
            runs: vec![vec![(left, middle), (left + width, middle)]],
            ink,
            width: 2.0,
            opacity: 1.0,
            dashed: swatch == Swatch::Dashes,
        }),
        Swatch::Marker(marker, radius) => {
            draw_marker((marker, radius), (left + width / 2.0, middle), ink, scene)
        }
    }
}

fn draw_marker((marker, radius): (Marker, f64), at: (f64, f64), ink: Ink, scene: &mut Scene) {
    scene.push(Item::Markers {
        centers: vec![at],
        inks: Per::All(ink),
        radii: Per::All(radius.clamp(0.5, ENTRY / 2.0)),
        markers: Per::All(marker),
        opacity: 1.0,
    });
}

fn draw_legend(
    lines: &[Line],
    (left, top): (f64, f64),
    (indent, pitch): (f64, f64),
    scene: &mut Scene,
) {
    for (i, line) in lines.iter().enumerate() {
        let middle = (top + pitch * (i as f64 + 0.5)).round();
        if let Some(swatch) = line.swatch {
            draw_swatch(swatch, (left, middle), indent - SPACE, scene);
        }
        scene.push(Item::Label(Label {
            text: line.text.clone(),
            at: (
                left + line.indent(indent),
                middle + SMALL * font::HALF_DIGIT,
            ),
            size: SMALL,
            anchor: Anchor::Start,
            ink: line.ink,
            upwards: false,
        }));
    }
}

/// The colours as a picture one pixel wide, the greatest on top.
fn draw_strip(colors: &[[u8; 3]], bar: Rect, scene: &mut Scene) {
    let rgba = pixel_bytes(colors.iter().rev().map(|c| [c[0], c[1], c[2], 255]));
    let pixels = Pixels {
        width: 1,
        height: colors.len(),
        rgba: rgba.into(),
    };
    scene.push(Item::Picture {
        area: bar,
        picture: pixels.into(),
    });
}

/// The ticks of a colour bar; none where it is hardly higher than a number.
fn bar_ticks(limits: Limits, scale: Scale, height: f64) -> Vec<Tick> {
    if height < SMALL * 2.0 {
        return Vec::new();
    }
    let axis = Axis {
        scale,
        ..Axis::new(limits)
    };
    labels::upright(&axis, height)
}

fn widest(ticks: &[Tick]) -> f64 {
    ticks
        .iter()
        .map(|tick| font::width(&tick.label, SMALL))
        .fold(0.0, f64::max)
}

fn draw_scale((limits, scale): (Limits, Scale), ticks: &[Tick], bar: Rect, scene: &mut Scene) {
    let left = bar.right() + TICK + SPACE / 2.0;
    for tick in ticks {
        let y = bar.bottom() - bar.height * scale.fraction(limits, tick.value);
        scene.rect(
            Rect::new(bar.right(), (y - 0.5).round(), TICK, 1.0),
            Ink::Frame,
        );
        // Numbers at the ends reach beyond the bar, for which small pages have no
        // margin.
        let baseline = y + SMALL * font::HALF_DIGIT;
        let (top, bottom) = (baseline - SMALL * 0.76, baseline + SMALL * font::DESCENT);
        if top >= 0.0 && bottom <= f64::from(scene.height) {
            number(scene, &tick.label, (left, baseline), Anchor::Start);
        }
    }
}

fn draw_bar_title(title: Option<&str>, ticks: &[Tick], bar: Rect, scene: &mut Scene) {
    let Some(title) = title else {
        return;
    };
    let text = words::fit(words::line(title).trim(), LABEL, bar.height);
    let numbers = bar.right() + TICK + SPACE / 2.0 + widest(ticks);
    scene.push(Item::Label(Label {
        text,
        at: (numbers + SPACE + LABEL * font::ASCENT, bar.center().1),
        size: LABEL,
        anchor: Anchor::Middle,
        ink: Ink::Text,
        upwards: true,
    }));
}
