//! What is written along an axis: as many numbers as find room, or the names of
//! categories, in lines or turned where they are long.

use super::SMALL;
use super::axes::{Map, TICK, TICK_GAP, number};
use crate::list::{IntoList, MapEach, MapInto};
use crate::plot::figure::{Axis, Ink, Scale};
use crate::plot::log_ticks::log_ticks;
use crate::plot::ticks::{Tick, ticks};
use crate::render::font;
use crate::render::scene::{Anchor, Item, Label, Rect, Scene};
use crate::render::words;

/// Height of a line of numbers.
const NUMBER: f64 = SMALL * 1.15;

/// Longest name of a category beside an axis, and turned below one.
const LONGEST: f64 = 130.0;

/// The ticks of one axis.
pub(super) struct Labels {
    ticks: Vec<Written>,
    /// Names below the axis read upwards.
    upwards: bool,
    /// How far the words reach away from the axis; none if nothing is written.
    reach: f64,
}

/// A place along the axis and the lines written there.
struct Written {
    value: f64,
    lines: Vec<String>,
}

impl Labels {
    /// Those of an x axis of this length.
    pub(super) fn below(axis: &Axis, length: f64) -> Self {
        if let Some(names) = &axis.categories {
            return Labels::names_below(names, axis, length);
        }
        let ticks = spaced(axis, length, [20.0, 8.0], |tick| {
            font::width(&tick.label, SMALL)
        });
        Labels::numbers(ticks, axis, |_| NUMBER)
    }

    /// Those of a y axis of this length.
    pub(super) fn beside(axis: &Axis, length: f64) -> Self {
        if let Some(names) = &axis.categories {
            return Labels::names_beside(names, axis, length);
        }
        let ticks = spaced(axis, length, [26.0, 5.0], |_| NUMBER);
        Labels::numbers(ticks, axis, |text| font::width(text, SMALL))
    }

    fn numbers(ticks: Vec<Tick>, axis: &Axis, reach: impl Fn(&str) -> f64) -> Self {
        let written = |tick: Tick| Written {
            value: tick.value,
            lines: vec![words::line(&tick.label)],
        };
        let ticks: Vec<Written> = ticks.map_into(written);
        let reaches = ticks.iter().map(|tick| reach(&tick.lines[0]));
        let reach = reaches.fold(0.0, f64::max);
        Labels::unless_silent(ticks, false, reach, axis)
    }

    /// Ticks without words where the axis writes none.
    fn unless_silent(mut ticks: Vec<Written>, upwards: bool, reach: f64, axis: &Axis) -> Self {
        if !axis.written {
            ticks.iter_mut().for_each(|tick| tick.lines.clear());
        }
        Labels {
            ticks,
            upwards,
            reach: if axis.written { reach } else { 0.0 },
        }
    }

    /// In one line, in up to three, or upwards; where even those would touch, only
    /// every second name, every third …
    fn names_below(names: &[String], axis: &Axis, length: f64) -> Self {
        const GAP: f64 = 6.0;
        let step = length / axis.limits.span();
        let names: Vec<String> = names.map_each(|name| words::line(name));
        let wrapped = |most: usize| -> Option<Vec<Vec<String>>> {
            let whole = |name: &String| whole_lines(name, step - GAP, most);
            names.iter().map(whole).collect()
        };
        if let Some(lines) = (1..=3).find_map(wrapped) {
            let most = lines.iter().map(Vec::len).max().unwrap_or(0);
            let ticks = placed(lines, 1);
            return Labels::unless_silent(ticks, false, most as f64 * NUMBER, axis);
        }
        let every = (NUMBER / step).ceil().max(1.0) as usize;
        let shortened = |name: &String| vec![words::fit(name.trim(), SMALL, LONGEST)];
        let ticks = placed(names.map_each(shortened), every);
        let reach = widest(&ticks);
        Labels::unless_silent(ticks, true, reach, axis)
    }

    fn names_beside(names: &[String], axis: &Axis, length: f64) -> Self {
        let step = length / axis.limits.span();
        let every = (NUMBER / step).ceil().max(1.0) as usize;
        let most = ((step / NUMBER) as usize).clamp(1, 2);
        let wrapped = |name: &String| {
            let name = words::line(name);
            whole_lines(&name, LONGEST, most)
                .unwrap_or_else(|| vec![words::fit(name.trim(), SMALL, LONGEST)])
        };
        let ticks = placed(names.map_each(wrapped), every);
        let reach = widest(&ticks);
        Labels::unless_silent(ticks, false, reach, axis)
    }

    /// How far the ticks and their words reach away from the axis.
    pub(super) fn depth(&self) -> f64 {
        match self.reach {
            0.0 if self.ticks.is_empty() => 0.0,
            0.0 => TICK,
            reach => TICK + TICK_GAP + reach,
        }
    }

    /// Where the ticks lie, in data units.
    pub(super) fn places(&self) -> impl Iterator<Item = f64> + '_ {
        self.ticks.iter().map(|tick| tick.value)
    }

    /// How far the words below an x axis reach beyond its right end.
    pub(super) fn overhang(&self, map: &Map) -> f64 {
        let reach = |tick: &Written| map.x(tick.value) + self.half(tick);
        let right = map.area.right();
        self.ticks.iter().map(reach).fold(right, f64::max) - right
    }

    /// Half of what a tick's words take along an x axis.
    fn half(&self, tick: &Written) -> f64 {
        match self.upwards {
            true => NUMBER / 2.0,
            false => super::widest(&tick.lines, SMALL) / 2.0,
        }
    }

    /// Writes them below `top`, those that stay within `cell`.
    pub(super) fn draw_below(&self, map: &Map, top: f64, cell: Rect, scene: &mut Scene) {
        for tick in &self.ticks {
            let (x, half) = (map.x(tick.value), self.half(tick));
            // The margin beside a cell is never less than two pixels.
            if x - half < cell.x - 2.0 || x + half > cell.right() + 2.0 {
                continue;
            }
            if self.upwards {
                upwards(scene, tick, (x, top));
                continue;
            }
            for (i, line) in tick.lines.iter().enumerate() {
                let baseline = top + SMALL * 0.76 + i as f64 * NUMBER;
                number(scene, line, (x, baseline), Anchor::Middle);
            }
        }
    }

    /// Writes them left of `right`.
    pub(super) fn draw_beside(&self, map: &Map, right: f64, scene: &mut Scene) {
        for tick in &self.ticks {
            let top = map.y(tick.value) - (tick.lines.len().max(1) - 1) as f64 * NUMBER / 2.0;
            for (i, line) in tick.lines.iter().enumerate() {
                let baseline = top + i as f64 * NUMBER + SMALL * font::HALF_DIGIT;
                number(scene, line, (right, baseline), Anchor::End);
            }
        }
    }
}

fn upwards(scene: &mut Scene, tick: &Written, (x, top): (f64, f64)) {
    scene.push(Item::Label(Label {
        text: tick.lines.concat(),
        at: (x + SMALL * font::HALF_DIGIT, top),
        size: SMALL,
        anchor: Anchor::End,
        ink: Ink::Muted,
        upwards: true,
    }));
}

/// `name` in at most `most` lines, none shortened and no word broken; nothing if
/// that cannot be.
fn whole_lines(name: &str, room: f64, most: usize) -> Option<Vec<String>> {
    let name = name.trim();
    let fits = |text: &str| font::width(text, SMALL) <= room;
    if !name.split(' ').all(fits) {
        return None;
    }
    let lines = words::wrap(name, SMALL, room, most + 1);
    (lines.len() <= most).then_some(lines)
}

/// Every so many of the names, at their places.
fn placed(names: Vec<Vec<String>>, every: usize) -> Vec<Written> {
    let names = names.into_iter().enumerate().step_by(every);
    let written = names.map(|(i, lines)| Written {
        value: i as f64,
        lines,
    });
    written.into_list()
}

fn widest(ticks: &[Written]) -> f64 {
    let widths = ticks.iter().map(|tick| super::widest(&tick.lines, SMALL));
    widths.fold(0.0, f64::max)
}

/// The most ticks whose numbers keep an easy distance (of two gaps, the first)
/// or, if these are hardly any, that just do not touch. A single tick always
/// does. `extent` is the room that a number takes along the axis.
pub(super) fn spaced(
    axis: &Axis,
    length: f64,
    gaps: [f64; 2],
    extent: impl Fn(&Tick) -> f64,
) -> Vec<Tick> {
    let [easy, tight] = gaps;
    // No number takes less room than this.
    let most = (length / (tight + 7.0)).clamp(2.0, 10.0) as usize;
    let mut crowded = None;
    let mut last = Vec::new();
    for target in (2..=most).rev() {
        last = match axis.scale {
            Scale::Linear => ticks(axis.limits, target, axis.integer),
            Scale::Log => log_ticks(axis.limits, target),
        };
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
        let apart = axis.fraction(pair[1].value) - axis.fraction(pair[0].value);
        apart.abs() * length - (extent(&pair[0]) + extent(&pair[1])) / 2.0
    };
    ticks.windows(2).map(gap).fold(f64::MAX, f64::min)
}

/// The ticks of a colour bar of this height.
pub(super) fn upright(axis: &Axis, height: f64) -> Vec<Tick> {
    spaced(axis, height, [26.0, 5.0], |_| NUMBER)
}
