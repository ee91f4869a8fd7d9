//! Words made fit for a picture: cleaned of what would spoil it, wrapped into
//! lines and shortened to the room there is.

use super::font;
use crate::list::IntoList;
use crate::printed::{bounded, is_hidden};

/// `text` on one line: line ends and tabs become spaces.
pub(super) fn line(text: &str) -> String {
    bounded(text)
        .chars()
        .map(|c| clean(c).unwrap_or(' '))
        .collect()
}

/// The lines of `text`, each clean.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = bounded(text).replace("\r\n", "\n");
    let ends = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    text.split(ends).map(line).into_list()
}

/// The character itself if it may stand in XML and on a page, the replacement
/// character for one that may not, `None` for white space that ends a line.
fn clean(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => None,
        c if is_hidden(c) => Some(char::REPLACEMENT_CHARACTER),
        c => Some(c),
    }
}

/// `text` with so much of its middle replaced by "…" that `fits` accepts it;
/// empty if nothing does.
pub(super) fn shorten(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let keeping = |count: usize| -> String {
        let head = &chars[..count.div_ceil(2)];
        let tail = &chars[chars.len() - count / 2..];
        head.iter().chain(['…'].iter()).chain(tail).collect()
    };
    // The widths grow with the count kept, give or take kerning.
    let counts: Vec<usize> = (0..chars.len()).collect();
    match counts.partition_point(|&count| fits(&keeping(count))) {
        0 => String::new(),
        kept => keeping(kept - 1),
    }
}

/// `text` shortened to `room` pixels at font size `size`.
pub(super) fn fit(text: &str, size: f64, room: f64) -> String {
    shorten(text, |text| font::width(text, size) <= room)
}

/// `text` in at most `most` lines of at most `room` pixels: broken between
/// words, within words longer than a line, and shortened in the last line.
pub(super) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    wrap_by(text, most, |text| font::width(text, size) <= room)
}

/// [`wrap`] by any measure of what fits.
pub(super) fn wrap_by(text: &str, most: usize, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut paragraphs = lines(text);
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let more = if number + 1 < paragraphs.len() {
            "…"
        } else {
            ""
        };
        let mut rest = paragraph.trim_end();
        while !rest.is_empty() {
            if out.len() + 1 == most {
                out.push(shorten(&format!("{rest}{more}"), &fits));
                return out;
            }
            let end = line_end(rest, &fits);
            if end == 0 {
                return out;
            }
            out.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start();
        }
    }
    out.truncate(most);
    out
}

/// Where to break `text`: after the last word that fits, or else after the
/// last character that does.
fn line_end(text: &str, fits: impl Fn(&str) -> bool) -> usize {
    if fits(text) {
        return text.len();
    }
    let breaks: Vec<usize> = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .into_list();
    let fitting = breaks.partition_point(|&end| fits(text[..end].trim_end()));
    let Some(&end) = fitting.checked_sub(1).and_then(|last| breaks.get(last)) else {
        return 0;
    };
    match text[..end].rfind(' ') {
        Some(space) if space > 0 => space + 1,
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_most(count: usize) -> impl Fn(&str) -> bool {
        move |text| text.chars().count() <= count
    }

    #[test]
    fn cleaning_keeps_text_and_replaces_what_xml_forbids() {
        assert_eq!(line("a\tb\nc"), "a b c");
        assert_eq!(line("\u{1b}[31m\u{0}\u{fffe}é中"), "�[31m��é中");
        assert_eq!(lines("one\r\ntwo\nthree"), ["one", "two", "three"]);
    }

    #[test]
    fn long_texts_lose_their_middle() {
        let long = "é".repeat(1_000_000);
        assert!(line(&long).chars().count() < 2100);
        assert!(line(&long).contains('…'));
    }

    #[test]
    fn shortening_keeps_both_ends() {
        assert_eq!(shorten("Feature 1", at_most(9)), "Feature 1");
        assert_eq!(shorten("Feature 1", at_most(7)), "Fea…e 1");
        assert_eq!(shorten("Feature 1", at_most(1)), "…");
        assert_eq!(shorten("Feature 1", at_most(0)), "");
    }

    #[test]
    fn wrapping_breaks_between_words_then_within() {
        assert_eq!(
            wrap_by("one two three", 9, at_most(7)),
            ["one two", "three"]
        );
        assert_eq!(
            wrap_by("abcdefgh ij", 9, at_most(5)),
            ["abcde", "fgh", "ij"]
        );
        assert_eq!(
            wrap_by("one two three four", 2, at_most(7)),
            ["one two", "thr…our"]
        );
        assert_eq!(wrap_by("a\n\nb", 9, at_most(5)), ["a", "b"]);
        assert_eq!(wrap_by("a\nb\n\n", 2, at_most(5)), ["a", "b"]);
        assert_eq!(wrap_by("a\nb\n \nc", 2, at_most(5)), ["a", "b…"]);
        assert_eq!(wrap_by("", 9, at_most(5)), Vec::<String>::new());
        assert_eq!(wrap_by("abc", 9, at_most(0)), Vec::<String>::new());
    }
}
