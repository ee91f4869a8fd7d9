//! The kernel's blocks. evcxr reads commands from the lines that a cell prints,
//! so nothing that is shown may look like one.

use crate::printed;

/// Whether the program runs as cells of the evcxr kernel or REPL.
pub(super) fn is_evcxr() -> bool {
    std::env::var_os("EVCXR_IS_RUNTIME").is_some()
}

/// Emits one block. A block of a type replaces an earlier one of the same type in
/// the same cell. `evcxr_runtime` prints it in one call, under one lock.
pub(super) fn emit(mime_type: &str, body: &str) {
    evcxr_runtime::mime_type(mime_type).text(body);
}

/// Text for a block of many lines: hidden characters become visible, lines keep
/// their ends, and nothing in it is a command. The kernel drops empty lines at
/// the start of a block, so they are left out here.
pub(super) fn text_lines(text: &str) -> String {
    printed::visible(text.trim_matches('\n'))
}

/// The same for a block of one line.
pub(super) fn one_line(text: &str) -> String {
    text_lines(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_a_command() {
        let hostile = "\n\nEVCXR_END_CONTENT\nx EVCXR_BEGIN_CONTENT y\r\n\u{1b}[31mred\u{7}";
        let text = text_lines(hostile);
        assert!(!text.contains("EVCXR_"));
        assert_eq!(
            text,
            "EVCXR\u{2060}_END_CONTENT\nx EVCXR\u{2060}_BEGIN_CONTENT y\u{fffd}\n\u{fffd}[31mred\u{fffd}"
        );
        assert_eq!(one_line("a\nb"), "a b");
    }
}
