//! Colours of a colormap as shades, and the words in the data.

use super::cells::{self, safe};
use super::plot::share;
use crate::list::MapEach;
use crate::plot::figure::{Axis, Image, Ink, Key, Panel, Per, Place, Polygons, Texts};

/// From the least to the greatest colour; what is blank stays so.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

/// The shade of a colour that a colour bar explains.
fn shade(keys: &[Key], color: [u8; 3]) -> Option<char> {
    let colors = keys.iter().find_map(|key| match key {
        Key::ColorBar { colors, .. } => Some(colors),
        Key::Legend { .. } => None,
    })?;
    let apart = |other: &[u8; 3]| -> u32 {
        let each = color.iter().zip(other);
        each.map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
    };
    let nearest = (0..colors.len()).min_by_key(|&i| apart(&colors[i]))?;
    Some(SHADES[nearest * SHADES.len() / colors.len()])
}

/// Whether a colour bar explains colours.
pub(super) fn has_bar(keys: &[Key]) -> bool {
    keys.iter().any(|key| matches!(key, Key::ColorBar { .. }))
}

/// Each cell in the shade of the pixel in its middle.
pub(super) fn draw_image(panel: &Panel, image: &Image, keys: &[Key], rows: &mut [Vec<char>]) {
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    let pixels = &image.pixels;
    let (columns, lines) = (pixels.width, pixels.height);
    for (cy, row) in rows.iter_mut().enumerate() {
        for (cx, cell) in row.iter_mut().enumerate() {
            let right = (cx as f64 + 0.5) / width as f64;
            let down = (cy as f64 + 0.5) / height as f64;
            let x = within(&panel.x, image.x, right, columns);
            let y = within(&panel.y, image.y, 1.0 - down, lines);
            let (Some(x), Some(y)) = (x, y) else {
                continue;
            };
            if let [r, g, b, alpha] = pixels.rgba[4 * (y * columns + x)..][..4]
                && alpha > 0
            {
                *cell = shade(keys, [r, g, b]).unwrap_or(*cell);
            }
        }
    }
}

/// Which of `count` pixels between two values lies at a share of the axis.
fn within(axis: &Axis, (from, to): (f64, f64), at: f64, count: usize) -> Option<usize> {
    let (from, to) = (share(axis, from), share(axis, to));
    let along = (at - from) / (to - from);
    (0.0..1.0)
        .contains(&along)
        .then_some((along * count as f64) as usize)
}

/// Shapes in the shades of their colours, each the box around it; nothing is drawn of
/// shapes whose colours no colour bar explains, and the answer is no.
pub(super) fn draw_shapes(
    panel: &Panel,
    polygons: &Polygons,
    keys: &[Key],
    rows: &mut [Vec<char>],
) -> bool {
    let (Per::Each(inks), true) = (&polygons.inks, has_bar(keys)) else {
        return false;
    };
    for (shape, ink) in polygons.shapes.iter().zip(inks) {
        let Ink::Rgb(color) = ink else {
            return false;
        };
        if let Some(shade) = shade(keys, *color) {
            fill(panel, shape, shade, rows);
        }
    }
    true
}

/// The cells between the ends of a shape that are not darker already.
fn fill(panel: &Panel, shape: &[(f64, f64)], shade: char, rows: &mut [Vec<char>]) {
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    let ends = |at: &dyn Fn(&(f64, f64)) -> f64, count: usize| {
        let places = || shape.iter().map(at);
        let (low, high) = (
            places().fold(f64::INFINITY, f64::min) * count as f64,
            places().fold(f64::NEG_INFINITY, f64::max) * count as f64,
        );
        // At least the cell in the middle.
        let middle = (((low + high) / 2.0) as usize).min(count.saturating_sub(1));
        let (first, last) = (low.round() as usize, high.round() as usize);
        (first.min(middle), last.max(middle + 1).min(count))
    };
    let (left, right) = ends(&|corner| share(&panel.x, corner.0), width);
    let (top, bottom) = ends(&|corner| 1.0 - share(&panel.y, corner.1), height);
    let level = |c: char| SHADES.iter().position(|&shade| shade == c);
    for row in rows.iter_mut().take(bottom).skip(top) {
        for cell in row.iter_mut().take(right).skip(left) {
            if level(*cell) < level(shade) {
                *cell = shade;
            }
        }
    }
}

/// The words at their places, all of them or none: where one finds no room in
/// its cell, none is told.
pub(super) fn draw_texts(panel: &Panel, words: &Texts, rows: &mut [Vec<char>]) {
    let (height, width) = (rows.len(), rows.first().map_or(0, Vec::len));
    let texts: Vec<String> = words.texts.map_each(|text| safe(text));
    let room = words.room.0 / panel.x.limits.span() * width as f64;
    let lines = words.room.1 / panel.y.limits.span() * height as f64;
    let widest = texts.iter().map(|text| cells::width(text)).max();
    if widest.unwrap_or(0) as f64 > room || (words.place == Place::Middle && lines < 0.7) {
        return;
    }
    for (text, &(x, y)) in texts.iter().zip(&words.at) {
        let size = cells::width(text);
        let column = share(&panel.x, x) * width as f64;
        let down = (1.0 - share(&panel.y, y)) * height as f64;
        let (left, row) = match words.place {
            Place::Middle => (column - size as f64 / 2.0, down),
            Place::Above => (column - size as f64 / 2.0, down.round() - 1.0),
            Place::After => (column.round() + 1.0, down),
        };
        let row = (row.max(0.0) as usize).min(height - 1);
        write(&mut rows[row], left.max(0.0).round() as usize, text);
    }
}

/// Writes over shades, but not over other words.
fn write(row: &mut [char], left: usize, text: &str) {
    let text: Vec<char> = text.chars().collect();
    let left = left.min(row.len().saturating_sub(text.len()));
    let place = &mut row[left..];
    let free = |c: &char| *c == ' ' || SHADES.contains(c);
    if place.len() >= text.len() && place[..text.len()].iter().all(free) {
        place[..text.len()].copy_from_slice(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::to_text;
    use crate::Dataset;
    use ndarray::array;

    #[test]
    fn a_table_is_shades_and_numbers() {
        let ds = Dataset::from_tensor_slices(array![[1.0, f64::NAN], [3.0, 5.0]]).unwrap();
        let names = ds.with_feature_names(["a", "b"]).unwrap();
        let plot = names.heatmap().row_names(["first", "last"]);
        let text = to_text(&plot.figure().unwrap());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[3],
            format!("first┤{}1{}", "·".repeat(16), "·".repeat(16))
        );
        let (left, right) = ("▒".repeat(16), "█".repeat(16));
        assert_eq!(lines[10], format!(" last┤{left}3{left}{right}5{right}"));
        assert_eq!(lines[16], "colours: 1 to 5");
    }

    #[test]
    fn bars_say_their_numbers_where_they_end() {
        let ds = Dataset::from_tensor_slices((vec![0.0; 3], vec!["x", "y", "y"])).unwrap();
        let level = to_text(&ds.countplot().horizontal(true).figure().unwrap());
        assert!(
            level.contains("█ 1\n") && level.contains("█ 2\n"),
            "{level}"
        );
        let upright = to_text(&ds.countplot().figure().unwrap());
        assert!(upright.lines().nth(1).unwrap().ends_with('2'), "{upright}");
    }
}
