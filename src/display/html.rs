//! HTML of one line that survives JupyterLab's sanitiser: inline styles, tables,
//! pictures as data URIs; colours inherited from the page, light or dark.

use super::picture::Picture;

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
            c if c.is_control() || is_bidi_control(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A picture in an `<img>` of stated size, which shrinks with a narrow page.
pub(super) fn picture(picture: &Picture) -> String {
    let (width, height) = picture.size();
    format!(
        "<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{}\" style=\"max-width:100%;height:auto\">",
        picture.uri(),
        escape(picture.description()),
    )
}

/// A heading: a bold word and what follows it.
pub(super) fn heading(name: &str, rest: &str) -> String {
    format!(
        "<div style=\"margin:2px 0 6px\"><b>{}</b> {}</div>",
        escape(name),
        escape(rest)
    )
}

/// A table; the first cell of each row heads it.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    const CELL: &str = "style=\"text-align:left;padding:2px 14px 2px 0;border-bottom:1px solid rgba(128,128,128,.35)\"";
    let head: String = head
        .iter()
        .map(|name| format!("<th scope=\"col\" {CELL}>{}</th>", escape(name)))
        .collect();
    let mut body = String::new();
    for row in rows {
        body.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let (tag, scope) = if i == 0 {
                ("th", " scope=\"row\"")
            } else {
                ("td", "")
            };
            body.push_str(&format!("<{tag}{scope} {CELL}>{}</{tag}>", escape(cell)));
        }
        body.push_str("</tr>");
    }
    format!(
        "<table style=\"border-collapse:collapse;margin:0 0 8px;font-variant-numeric:tabular-nums\"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
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
        "<div class=\"ndsight-{kind}\" style=\"border-left:4px solid {color};padding:4px 10px;margin:2px 0\"><b>{kind}:</b> {}</div>",
        escape(message)
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
        assert!(!table(&["<b>"], &[vec!["<i>".into()]]).contains("<i>"));
    }
}
