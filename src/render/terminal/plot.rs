//! One panel as a block of text.

use super::block::{Block, spread};
use super::braille::Braille;
use super::cells::{self, fit, number, pad, pad_left, safe};
use super::shade;
use crate::list::{IntoList, MapEach, MapInto};
use crate::plot::figure::{
    Axis, Bars, Cells, Frame, Ink, Key, Limits, Lines, Mark, Panel, Per, Pixels, Points, Polygons,
};
use crate::render::words;

/// Heights of a panel's box in rows: alone, and beside others.
const TALL: usize = 14;
const LOW: usize = 7;
/// Panels at least this wide are taken to be alone.
const WIDE: usize = 50;
/// Letters for the colours of a legend, whose order they follow.
const LETTERS: [char; 10] = ['o', 'x', '+', '*', '#', '@', '%', '&', '=', '~'];

/// The panel in lines of at most `width` cells. What its own keys or the figure's
/// explain is drawn in letters.
pub(super) fn block(panel: &Panel, figure_keys: &[Key], width: usize) -> Block {
    let panel = &filled(panel);
    let keys = [&panel.keys, figure_keys].concat();
    let mut lines = Vec::new();
    if let Some(title) = &panel.title {
        lines.push(fit(safe(title).trim(), width));
    }
    if let (Some(pixels), false) = (only_picture(panel), shade::has_bar(&keys)) {
        lines.push(fit(
            &format!("[{}×{} pixels]", pixels.width, pixels.height),
            width,
        ));
    } else {
        lines.extend(framed(panel, &keys, width));
    }
    for key in &panel.keys {
        let text = key_line(key, lettered(panel));
        lines.extend(words::wrap_by(&text, 3, |line| cells::width(line) <= width));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The panel with its highest bar reaching the top, so that the number there
/// is that bar's.
fn filled(panel: &Panel) -> Panel {
    let mut filled = panel.clone();
    if let [Mark::Bars(bars)] = &panel.marks[..] {
        let most = bars.ends.iter().map(|ends| ends.1).fold(0.0, f64::max);
        let y = &mut filled.y;
        if most > 0.0 && y.limits.min() == 0.0 && !y.reversed {
            y.limits = Limits::from_min_max(0.0, most);
        }
    }
    filled
}

/// A picture alone, or under what is too fine for cells of characters.
fn only_picture(panel: &Panel) -> Option<&Pixels> {
    match &panel.marks[..] {
        [Mark::Image(image)] => Some(&image.pixels),
        [Mark::Image(image), ..] if panel.frame == Frame::Off => Some(&image.pixels),
        _ => None,
    }
}

/// The marks, or the message, between the axes.
fn framed(panel: &Panel, keys: &[Key], width: usize) -> Block {
    let height = height(panel, width);
    let axes = panel.frame == Frame::Axes && !panel.marks.is_empty();
    let beside = match axes {
        true => beside(&panel.y, height),
        false => vec![String::new(); height],
    };
    let widths = beside.iter().map(|label| cells::width(label));
    let gutter = widths.max().unwrap_or(0);
    let inner = width.saturating_sub(gutter + 1).max(1);
    let mut lines: Block = panel
        .y
        .label
        .iter()
        .map(|name| fit(&safe(name), width))
        .into_list();
    for (row, label) in body(panel, keys, inner, height).iter().zip(&beside) {
        let edge = if label.is_empty() { '│' } else { '┤' };
        lines.push(format!("{}{edge}{row}", pad_left(label, gutter)));
    }
    let under = |line: &str| format!("{}{line}", " ".repeat(gutter));
    lines.push(under(&format!("└{}", "─".repeat(inner))));
    lines.extend(below(panel, axes, inner).iter().map(|line| under(line)));
    lines
}

/// Rows of cells: at least one for each name beside them, up to a page.
fn height(panel: &Panel, width: usize) -> usize {
    const PAGE: usize = 40;
    let least = if width >= WIDE { TALL } else { LOW };
    let names = panel.y.categories.as_ref().map_or(0, Vec::len);
    least.max(names.min(PAGE))
}

/// What is written beside each row: names where they are, or the ends of the axis.
fn beside(axis: &Axis, height: usize) -> Block {
    let mut rows = vec![String::new(); height];
    let Some(names) = &axis.categories else {
        let ends = (axis.limits.max(), axis.limits.min());
        let (top, bottom) = if axis.reversed {
            (ends.1, ends.0)
        } else {
            ends
        };
        rows[height - 1] = number(bottom);
        rows[0] = number(top);
        return rows;
    };
    for (i, name) in names.iter().enumerate() {
        let down = 1.0 - share(axis, i as f64);
        let row = &mut rows[((down * height as f64) as usize).min(height - 1)];
        if row.is_empty() {
            *row = fit(safe(name).trim(), LONGEST);
        }
    }
    rows
}

/// Longest name of a category beside a panel.
const LONGEST: usize = 20;

/// The ends of the x axis with its name between them, or the names along it and its
/// own below them.
fn below(panel: &Panel, axes: bool, inner: usize) -> Block {
    let name = safe(panel.x.label.as_deref().unwrap_or_default());
    let middle = spread("", name.trim(), "", inner + 1);
    if !axes {
        return if name.is_empty() {
            Vec::new()
        } else {
            vec![middle]
        };
    }
    if let Some(names) = along(&panel.x, inner) {
        let names = Some(format!(" {names}")).filter(|names| !names.trim().is_empty());
        let name = Some(middle).filter(|_| !name.is_empty());
        return names.into_iter().chain(name).into_list();
    }
    let end = |value| end_text(&panel.x, value);
    let (low, high) = (end(panel.x.limits.min()), end(panel.x.limits.max()));
    let (left, right) = if panel.x.reversed {
        (high, low)
    } else {
        (low, high)
    };
    vec![spread(&left, name.trim(), &right, inner + 1)]
}

/// The names of categories, each below its place; nothing if there is no room.
fn along(axis: &Axis, inner: usize) -> Option<String> {
    const LEAST: usize = 4;
    let names = axis.categories.as_ref()?;
    let room = inner / names.len().max(1);
    if room < LEAST {
        return None;
    }
    let mut line = String::new();
    for (i, name) in names.iter().enumerate() {
        let name = fit(safe(name).trim(), room - 1);
        let middle = (share(axis, i as f64) * inner as f64) as usize;
        let before = middle.saturating_sub(cells::width(&name) / 2);
        line = pad(&line, before) + &name;
    }
    Some(line)
}

fn body(panel: &Panel, keys: &[Key], width: usize, height: usize) -> Block {
    if let Some(message) = &panel.message {
        return in_the_middle(message, width, height);
    }
    let mut rows = vec![vec![' '; width]; height];
    for mark in &panel.marks {
        match mark {
            Mark::Bars(bars) if bars.level => draw_level_bars(panel, bars, keys, &mut rows),
            Mark::Bars(bars) => draw_bars(panel, bars, keys, &mut rows),
            Mark::Points(points) => draw_points(panel, points, keys, &mut rows),
            Mark::Lines(lines) => draw_lines(panel, lines, keys, &mut rows),
            Mark::Polygons(polygons) => {
                if !shade::draw_shapes(panel, polygons, keys, &mut rows) {
                    draw_outlines(panel, polygons, keys, &mut rows);
                }
            }
            Mark::Image(image) if shade::has_bar(keys) => {
                shade::draw_image(panel, image, keys, &mut rows);
            }
            Mark::Image(image) => note_picture(&image.pixels, &mut rows),
            Mark::Cells(cells) => draw_cells(panel, cells, &mut rows),
            Mark::Texts(words) => shade::draw_texts(panel, words, &mut rows),
            // Too fine for cells of characters.
            Mark::Rug(_) | Mark::Thumbnails(_) => {}
        }
    }
    rows.map_into(String::from_iter)
}

fn in_the_middle(message: &str, width: usize, height: usize) -> Block {
    let lines = words::lines(message).map_each(|line| safe(line));
    let lines = words::wrap_by(&lines.join("\n"), height, |line| {
        cells::width(line) + 2 <= width
    });
    let above = (height - lines.len()) / 2;
    let centred = lines.iter().map(|line| spread("", line, "", width));
    let mut rows = vec![String::new(); above];
    rows.extend(centred);
    rows.resize(height, String::new());
    rows
}

pub(super) fn share(axis: &Axis, value: f64) -> f64 {
    let share = axis.fraction(value).clamp(0.0, 1.0);
    if axis.reversed { 1.0 - share } else { share }
}

/// Bars in eighths of a cell, each column showing the highest of its bars; or in
/// letters, which leave what lies behind bars that are seen through.
fn draw_bars(panel: &Panel, bars: &Bars, keys: &[Key], rows: &mut [Vec<char>]) {
    if let Some(letter) = letter(keys, bars.ink) {
        return draw_lettered_bars(panel, bars, letter, rows);
    }
    const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    for (span, &(_, value)) in bars.spans.iter().zip(&bars.ends) {
        let column = |edge: f64| (share(&panel.x, edge) * width as f64).round() as usize;
        let (a, b) = (column(span.0), column(span.1));
        let (first, last) = (a.min(b), a.max(b).max(a.min(b) + 1).min(width));
        let exact = share(&panel.y, value) * (height * 8) as f64;
        // What is there at all stays visible.
        let eighths = (exact.round() as usize).max(usize::from(value > 0.0));
        for (y, row) in rows.iter_mut().enumerate() {
            let full = eighths.saturating_sub((height - 1 - y) * 8).min(8);
            for cell in row.iter_mut().take(last).skip(first) {
                let before = EIGHTHS.iter().position(|c| c == cell).unwrap_or(0);
                *cell = EIGHTHS[full.max(before)];
            }
        }
    }
}

fn draw_lettered_bars(panel: &Panel, bars: &Bars, letter: char, rows: &mut [Vec<char>]) {
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    for (span, ends) in bars.spans.iter().zip(&bars.ends) {
        let column = |edge: f64| (share(&panel.x, edge) * width as f64).round() as usize;
        let (a, b) = (column(span.0), column(span.1));
        let (first, last) = (a.min(b), a.max(b).max(a.min(b) + 1).min(width));
        let line = |end: f64| ((1.0 - share(&panel.y, end)) * height as f64).round() as usize;
        let (a, b) = (line(ends.0), line(ends.1));
        // What is there at all stays visible.
        let (top, bottom) = match (a.min(b), a.max(b)) {
            _ if ends.0 == ends.1 => continue,
            (top, bottom) if top == bottom => (top.saturating_sub(1), bottom.max(1)),
            ends => ends,
        };
        let bottom = if bars.opacity < 1.0 { top + 1 } else { bottom };
        for row in rows.iter_mut().take(bottom).skip(top) {
            row[first.min(last)..last].fill(letter);
        }
    }
}

/// Bars in whole cells, from their start to their end.
fn draw_level_bars(panel: &Panel, bars: &Bars, keys: &[Key], rows: &mut [Vec<char>]) {
    let fill = letter(keys, bars.ink).unwrap_or('█');
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    for (span, ends) in bars.spans.iter().zip(&bars.ends) {
        let line = |edge: f64| ((1.0 - share(&panel.y, edge)) * height as f64).round() as usize;
        let (a, b) = (line(span.0), line(span.1));
        let (first, last) = (a.min(b), a.max(b).max(a.min(b) + 1));
        let column = |end: f64| (share(&panel.x, end) * width as f64).round() as usize;
        let (from, to) = (column(ends.0), column(ends.1));
        for row in rows.iter_mut().take(last).skip(first) {
            row[from.min(to)..from.max(to)].fill(fill);
        }
    }
}

fn place(panel: &Panel, (x, y): (f64, f64)) -> (f64, f64) {
    (share(&panel.x, x), 1.0 - share(&panel.y, y))
}

/// The dots over what is there; as letters, if a legend explains them.
fn overlay(canvas: &Braille, letter: Option<char>, rows: &mut [Vec<char>]) {
    for (row, dots) in rows.iter_mut().zip(canvas.rows()) {
        for (cell, dot) in row.iter_mut().zip(dots) {
            if dot != ' ' {
                *cell = letter.unwrap_or(dot);
            }
        }
    }
}

fn canvas(rows: &[Vec<char>]) -> Braille {
    Braille::new(rows.first().map_or(0, Vec::len), rows.len())
}

/// Points as dots or, where a legend tells them apart, as letters.
fn draw_points(panel: &Panel, points: &Points, keys: &[Key], rows: &mut [Vec<char>]) {
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    let mut canvas = canvas(rows);
    for (i, (&x, &y)) in points.x.iter().zip(&points.y).enumerate() {
        if !(panel.x.limits.contains(x) && panel.y.limits.contains(y)) {
            continue;
        }
        let (across, down) = place(panel, (x, y));
        let ink = points.inks.get(i).copied();
        let Some(letter) = ink.and_then(|ink| letter(keys, ink)) else {
            canvas.dot(across, down);
            continue;
        };
        let cell = |share: f64, count: usize| ((share * count as f64) as usize).min(count - 1);
        rows[cell(down, height)][cell(across, width)] = letter;
    }
    overlay(&canvas, None, rows);
}

/// The letter of `ink` if a legend explains it.
fn letter(keys: &[Key], ink: Ink) -> Option<char> {
    let entries = keys.iter().flat_map(|key| match key {
        Key::Legend { entries, .. } => &entries[..],
        Key::ColorBar { .. } => &[],
    });
    let number = entries.into_iter().position(|entry| entry.ink == ink)?;
    Some(LETTERS[number % LETTERS.len()])
}

fn draw_lines(panel: &Panel, lines: &Lines, keys: &[Key], rows: &mut [Vec<char>]) {
    let mut canvas = canvas(rows);
    for run in &lines.runs {
        for pair in run.windows(2) {
            canvas.line(place(panel, pair[0]), place(panel, pair[1]));
        }
    }
    overlay(&canvas, letter(keys, lines.ink), rows);
}

fn draw_outlines(panel: &Panel, polygons: &Polygons, keys: &[Key], rows: &mut [Vec<char>]) {
    let mut canvas = canvas(rows);
    for shape in &polygons.shapes {
        let next = shape.iter().cycle().skip(1);
        for (&from, &to) in shape.iter().zip(next) {
            canvas.line(place(panel, from), place(panel, to));
        }
    }
    let letter = match polygons.inks {
        Per::All(ink) => letter(keys, ink),
        Per::Each(_) => None,
    };
    overlay(&canvas, letter, rows);
}

/// A dot in the middle of each cell that has a colour.
fn draw_cells(panel: &Panel, cells: &Cells, rows: &mut [Vec<char>]) {
    let mut canvas = canvas(rows);
    let columns = cells.columns.max(1);
    let height = cells.cells.len().div_ceil(columns);
    // From the left and from the top, whichever way the axes run.
    let along = |a: f64, b: f64, share: f64| a.min(b) + (a - b).abs() * share;
    let from = place(panel, (cells.x.0, cells.y.0));
    let to = place(panel, (cells.x.1, cells.y.1));
    for (i, cell) in cells.cells.iter().enumerate() {
        if cell.inks.is_empty() || cell.opacity <= 0.0 {
            continue;
        }
        let across = ((i % columns) as f64 + 0.5) / columns as f64;
        let down = ((i / columns) as f64 + 0.5) / height as f64;
        canvas.dot(along(from.0, to.0, across), along(from.1, to.1, down));
    }
    overlay(&canvas, None, rows);
}

fn note_picture(pixels: &Pixels, rows: &mut [Vec<char>]) {
    let note = format!("[{}×{} pixels]", pixels.width, pixels.height);
    if let Some(row) = rows.first_mut() {
        let width = row.len();
        *row = pad(&fit(&note, width), width).chars().into_list();
    }
}

/// What the end of an axis says: its number, or the name nearest to it.
fn end_text(axis: &Axis, value: f64) -> String {
    let Some(names) = &axis.categories else {
        return number(value);
    };
    let last = names.len().saturating_sub(1) as f64;
    let name = names.get(value.clamp(0.0, last).round() as usize);
    fit(&safe(name.map_or("", String::as_str)), 14)
}

/// What letters or colours stand for.
pub(super) fn key_line(key: &Key, lettered: bool) -> String {
    match key {
        Key::Legend { title, entries } if lettered => {
            let labels = entries.iter().enumerate();
            let labels = labels
                .map(|(i, entry)| format!("{} {}", LETTERS[i % LETTERS.len()], safe(&entry.label)));
            prefix(title.as_deref()) + &labels.into_list().join("  ")
        }
        key => key_text(key),
    }
}

/// What a key says, without the looks that it explains.
fn key_text(key: &Key) -> String {
    match key {
        Key::Legend { title, entries } => {
            let labels = entries.iter().map(|entry| safe(&entry.label));
            prefix(title.as_deref()) + &labels.into_list().join("  ")
        }
        Key::ColorBar { title, limits, .. } => {
            let ends = format!("{} to {}", number(limits.min()), number(limits.max()));
            prefix(title.as_deref().or(Some("colours"))) + &ends
        }
    }
}

/// Whether anything is shown as letters where a legend explains it.
pub(super) fn lettered(panel: &Panel) -> bool {
    let can = |mark: &Mark| !matches!(mark, Mark::Image(_) | Mark::Thumbnails(_) | Mark::Texts(_));
    panel.marks.iter().any(can)
}

fn prefix(title: Option<&str>) -> String {
    title
        .map(|title| format!("{}: ", safe(title)))
        .unwrap_or_default()
}
