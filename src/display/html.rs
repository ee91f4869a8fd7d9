//! HTML of one line that survives JupyterLab's sanitiser: inline styles, tables,
//! pictures as data URIs; colours inherited from the page, light or dark.

use super::picture::Picture;
use crate::printed::is_hidden;
use crate::render::cells;

/// Text for content and double-quoted attributes, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Line ends would end the block's line; the rest is not allowed in
            // HTML, or turns the reading direction of what follows.
            c if is_hidden(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A picture in an `<img>` of stated size, which shrinks with a narrow page.
pub(super) fn picture(picture: &Picture) -> String {
    let (width, height) = picture.size();
    format!(
        "<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{}\" style=\"max-width:100%;height:auto\">",
        picture.uri(),
        escape(&cells::line(picture.description())),
    )
}

/// What `title` says where a text is shortened, in characters.
const WHOLE: usize = 300;

/// A text of at most `room` columns, escaped; where it is shortened, the whole of it
/// (or its start) is said when pointed at.
pub(super) fn cut(text: &str, room: usize) -> String {
    let line = cells::line(text);
    // Marks that take no room of their own take some of the output.
    let bounded: String = line.chars().take(4 * room).collect();
    let short = match bounded.len() < line.len() && cells::width(&bounded) <= room {
        true => bounded + "…",
        false => cells::fit(&line, room),
    };
    titled(&line, &short)
}

/// The short form of a line, escaped, and the line where it is another.
pub(super) fn titled(line: &str, short: &str) -> String {
    if short == line {
        return escape(line);
    }
    let mut whole: String = line.chars().take(WHOLE).collect();
    if whole.len() < line.len() {
        whole.push('…');
    }
    format!(
        "<span title=\"{}\">{}</span>",
        escape(&whole),
        escape(short)
    )
}

/// Classes of what MathJax leaves alone, in JupyterLab and in what older versions of it
/// show: names such as `low$` and `high$` hold no formula.
pub(super) const NO_MATH: &str = "mathjax_ignore tex2jax_ignore";

/// The widest name and rest of a heading.
const NAME: usize = 60;
const REST: usize = 300;

/// A heading: a bold word and what follows it.
pub(super) fn heading(name: &str, rest: &str) -> String {
    format!(
        "<div style=\"margin:2px 0 6px\"><b>{}</b> {}</div>",
        cut(name, NAME),
        cut(rest, REST)
    )
}

/// An error, with its colour beside it.
pub(super) fn error(message: &str) -> String {
    told("error", "#d33", message)
}

/// What went otherwise than asked for, with its colour beside it.
pub(super) fn warning(message: &str) -> String {
    told("warning", "#d90", message)
}

fn told(kind: &str, color: &str, message: &str) -> String {
    format!(
        "<div class=\"ndsight-{kind} {NO_MATH}\" style=\"border-left:4px solid {color};padding:4px 10px;margin:2px 0\"><b>{kind}:</b> {}</div>",
        escape(&cells::line(message))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            escape("<script>\"a\" & 'b'</script>\n\u{202e}"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn long_texts_are_shortened_with_the_whole_in_a_title() {
        assert_eq!(cut("a<b", 3), "a&lt;b");
        assert_eq!(cut("ab<cdef", 5), "<span title=\"ab&lt;cdef\">ab…ef</span>");
        let long = cut(&"é".repeat(1_000_000), 60);
        assert!(long.len() < 900, "{}", long.len());
        assert!(cut(&"中".repeat(100), 9).contains(">中中…中中<"));
    }
}
