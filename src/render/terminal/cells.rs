//! Text measured in the cells of a terminal.

use crate::list::MapEach;
use crate::printed::{bounded, disarmed};
use crate::render::font::{is_invisible, is_wide};
use crate::render::words;

/// Cells that `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(cells).sum()
}

fn cells(c: char) -> usize {
    let combines =
        matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}');
    match c {
        c if combines || is_invisible(c) => 0,
        c if is_wide(c) => 2,
        _ => 1,
    }
}

/// `text` on one line, of bounded length.
pub(crate) fn line(text: &str) -> String {
    words::line(text)
}

/// `text` on one line that can steer neither a terminal nor the kernel: marks that
/// turn the direction of what follows are written out.
pub(crate) fn safe(text: &str) -> String {
    let mut out = String::new();
    for c in bounded(text).chars() {
        match c {
            '\u{61c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    disarmed(&words::line(&out))
}

/// `text` shortened to `room` cells.
pub(crate) fn fit(text: &str, room: usize) -> String {
    words::shorten(text, |text| width(text) <= room)
}

/// `text` in at most `most` safe lines of at most `room` cells.
pub(crate) fn wrapped(text: &str, most: usize, room: usize) -> Vec<String> {
    let lines = words::lines(text);
    let safe: Vec<String> = lines.map_each(|line| safe(line));
    words::wrap_by(&safe.join("\n"), most, |line| width(line) <= room)
}

/// `text` filled up with spaces to `room` cells, at its right or its left.
pub(crate) fn pad(text: &str, room: usize) -> String {
    let spaces = room.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(spaces))
}

pub(crate) fn pad_left(text: &str, room: usize) -> String {
    let spaces = room.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(spaces))
}

/// A number in at most four significant digits.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e7).contains(&size) {
        return format!("{value:.2e}");
    }
    let whole = if size < 1.0 {
        0
    } else {
        size.log10() as usize + 1
    };
    // Zeros after the point are not significant.
    let zeros = if size > 0.0 && size < 1.0 {
        (-size.log10()) as usize
    } else {
        0
    };
    let text = format!("{value:.*}", (4 + zeros).saturating_sub(whole));
    let short = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    if short == "-0" {
        "0".into()
    } else {
        short.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_count_cells() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("中文"), 4);
        assert_eq!(width("e\u{301}\u{200b}"), 1);
    }

    #[test]
    fn direction_marks_are_written_out() {
        assert_eq!(safe("a\u{202e}b\u{1b}[0m"), "a\\u{202e}b�[0m");
    }

    #[test]
    fn numbers_are_short() {
        let texts = [
            0.0,
            -0.0,
            1.0,
            -2.5,
            0.1234567,
            0.00123456,
            1234.5678,
            9_876_543.0,
            1e9,
            -1e-9,
        ];
        let expected = [
            "0", "0", "1", "-2.5", "0.1235", "0.001235", "1235", "9876543", "1.00e9", "-1.00e-9",
        ];
        assert_eq!(texts.map(number), expected);
    }
}
