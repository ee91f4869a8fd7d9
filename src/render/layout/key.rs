//! Legends and colour bars, at the right of their panel.

use super::axes::{self, number};
use super::{LABEL, SMALL};
use crate::plot::figure::{Axis, Ink, Inks, Key, LegendEntry, Limits, Mark, Panel, Pixels};
use crate::plot::ticks::Tick;
use crate::render::font;
use crate::render::scene::{Anchor, Item, Label, Rect, Scene};
use crate::render::words;

/// Between the axes box and its key.
const GAP: f64 = 12.0;
/// Side of a swatch, and width of a colour bar.
const SWATCH: f64 = 10.0;
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

/// Width of the key beside an axes box of this height, in a panel with `room`
/// for both.
pub(super) fn width(panel: &Panel, height: f64, room: f64) -> f64 {
    match &panel.key {
        None => 0.0,
        Some(Key::Legend { title, entries }) => {
            let lines = legend_lines(title.as_deref(), entries, height, longest(room));
            let width = |line: &Line| line.indent() + font::width(&line.text, SMALL);
            GAP + lines.iter().map(width).fold(0.0, f64::max)
        }
        Some(Key::ColorBar { title, limits, .. }) => {
            let ticks = bar_ticks(*limits, height);
            let title = title.as_ref().map_or(0.0, |_| LABEL * font::LINE + SPACE);
            GAP + BAR + TICK + SPACE / 2.0 + widest(&ticks) + title
        }
    }
}

/// Draws the panel's key beside `area`, in `room` pixels.
pub(super) fn draw(panel: &Panel, area: Rect, room: f64, scene: &mut Scene) {
    let left = (area.right() + GAP).round();
    match &panel.key {
        None => {}
        Some(Key::Legend { title, entries }) => {
            let lines = legend_lines(title.as_deref(), entries, area.height, room - GAP);
            let round = panel
                .marks
                .iter()
                .any(|mark| matches!(mark, Mark::Points { .. }));
            draw_legend(&lines, (left, area.y), round, scene);
        }
        Some(Key::ColorBar {
            title,
            limits,
            colors,
        }) => {
            let bar = Rect::new(left, area.y, BAR, area.height);
            draw_strip(colors, bar, scene);
            draw_scale(*limits, title.as_deref(), bar, scene);
        }
    }
}

/// A line of a legend: its title, an entry, or how many found no room.
struct Line {
    swatch: Option<Ink>,
    text: String,
    ink: Ink,
}

impl Line {
    fn new(text: &str, swatch: Option<Ink>, longest: f64) -> Self {
        let indent = swatch.map_or(0.0, |_| SWATCH + SPACE);
        Line {
            swatch,
            text: words::fit(words::line(text).trim(), SMALL, longest - indent),
            ink: Ink::Text,
        }
    }

    fn indent(&self) -> f64 {
        self.swatch.map_or(0.0, |_| SWATCH + SPACE)
    }
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
        .collect();
    let most = ((height / ENTRY) as usize).max(1);
    let room = most.saturating_sub(lines.len());
    let shown = match entries.len() <= room {
        true => entries.len(),
        false => room.saturating_sub(1),
    };
    let entry = |entry: &LegendEntry| Line::new(&entry.label, Some(entry.ink), longest);
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

fn draw_swatch(ink: Ink, area: Rect, round: bool, scene: &mut Scene) {
    if !round {
        return scene.rect(area, ink);
    }
    scene.push(Item::Discs {
        centers: vec![area.center()],
        inks: Inks::One(ink),
        radius: area.width * 0.4,
        opacity: 1.0,
    });
}

/// Swatches look like what they stand for: round for points.
fn draw_legend(lines: &[Line], (left, top): (f64, f64), round: bool, scene: &mut Scene) {
    for (i, line) in lines.iter().enumerate() {
        let middle = (top + ENTRY * (i as f64 + 0.5)).round();
        if let Some(ink) = line.swatch {
            let swatch = Rect::new(left, middle - SWATCH / 2.0, SWATCH, SWATCH);
            draw_swatch(ink, swatch, round, scene);
        }
        scene.push(Item::Label(Label {
            text: line.text.clone(),
            at: (left + line.indent(), middle + SMALL * font::HALF_DIGIT),
            size: SMALL,
            anchor: Anchor::Start,
            ink: line.ink,
            upwards: false,
        }));
    }
}

/// The colours as a picture one pixel wide, the greatest on top.
fn draw_strip(colors: &[[u8; 3]], bar: Rect, scene: &mut Scene) {
    let rgba: Vec<u8> = colors
        .iter()
        .rev()
        .flat_map(|c| [c[0], c[1], c[2], 255])
        .collect();
    scene.push(Item::Picture {
        area: bar,
        pixels: Pixels {
            width: 1,
            height: colors.len(),
            rgba: rgba.into(),
        },
    });
}

fn bar_ticks(limits: Limits, height: f64) -> Vec<Tick> {
    axes::y_ticks(&Axis::new(limits), height)
}

fn widest(ticks: &[Tick]) -> f64 {
    ticks
        .iter()
        .map(|tick| font::width(&tick.label, SMALL))
        .fold(0.0, f64::max)
}

fn draw_scale(limits: Limits, title: Option<&str>, bar: Rect, scene: &mut Scene) {
    let ticks = bar_ticks(limits, bar.height);
    let width = widest(&ticks);
    let left = bar.right() + TICK + SPACE / 2.0;
    for tick in ticks {
        let y = bar.bottom() - bar.height * limits.fraction(tick.value);
        scene.rect(
            Rect::new(bar.right(), (y - 0.5).round(), TICK, 1.0),
            Ink::Frame,
        );
        number(
            scene,
            &tick.label,
            (left, y + SMALL * font::HALF_DIGIT),
            Anchor::Start,
        );
    }
    let Some(title) = title else {
        return;
    };
    let text = words::fit(words::line(title).trim(), LABEL, bar.height);
    let x = left + width + SPACE + LABEL * font::ASCENT;
    scene.push(Item::Label(Label {
        text,
        at: (x, bar.center().1),
        size: LABEL,
        anchor: Anchor::Middle,
        ink: Ink::Text,
        upwards: true,
    }));
}
