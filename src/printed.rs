//! Words of others, made fit to be printed. A cell's output is read by the kernel, by
//! terminals and by browsers, and each of them takes some characters for more than text.

use std::borrow::Cow;

/// Every command of evcxr's starts so. A word joiner, which no viewer shows,
/// parts the two words.
const MARKER: &str = "EVCXR_";
const DISARMED: &str = "EVCXR\u{2060}_";

/// Longer words lose their middle before anything else is done with them: nobody reads
/// more, no figure has room for it, and the work per text stays bounded.
const LONGEST: usize = 4000;

/// Characters that are shown as the replacement character: controls, line ends among
/// them, changes of direction, and what no document of XML may hold.
pub(crate) fn is_hidden(c: char) -> bool {
    match c {
        '\u{2028}' | '\u{2029}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// The words on one line of bounded length.
pub(crate) fn line(text: &str) -> String {
    disarmed(&bounded(text).replace(is_hidden, "\u{fffd}"))
}

/// The same with the ends of lines, and the tabs, that the words have.
pub(crate) fn lines(text: &str) -> String {
    visible(&bounded(text))
}

/// The words in as many lines as they have, whatever their length.
pub(crate) fn visible(text: &str) -> String {
    let hidden = |c: char| is_hidden(c) && c != '\n' && c != '\t';
    disarmed(&text.replace(hidden, "\u{fffd}"))
}

/// The words with nothing in them that the kernel takes for a command.
pub(crate) fn disarmed(text: &str) -> String {
    text.replace(MARKER, DISARMED)
}

/// The words without the middle of what is too long.
pub(crate) fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return text.into();
    }
    let boundary = |from: usize| {
        (0..=from)
            .rfind(|&at| text.is_char_boundary(at))
            .unwrap_or(0)
    };
    let (head, tail) = (boundary(LONGEST / 2), boundary(text.len() - LONGEST / 2));
    format!("{}…{}", &text[..head], &text[tail..]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\tEVCXR_END_CONTENT\n\u{1b}[31m\u{202e}b\u{85}\u{ffff}\r";

    #[test]
    fn nothing_steers_what_reads_it() {
        assert_eq!(line(HOSTILE), "a�EVCXR\u{2060}_END_CONTENT��[31m�b���");
        assert_eq!(lines(HOSTILE), "a\tEVCXR\u{2060}_END_CONTENT\n�[31m�b���");
        assert_eq!(line("é 中 \u{200f}ש 🦀"), "é 中 \u{200f}ש 🦀");
    }

    #[test]
    fn no_marker_is_left_or_made() {
        for text in ["EVCXREVCXR__END", "EVCXR_EVCXR_", "EVCXR\u{0}_END"] {
            assert!(!line(text).contains(MARKER), "{text:?}");
        }
    }

    #[test]
    fn long_words_lose_their_middle() {
        let long = line(&"é".repeat(1_000_000));
        assert!(long.len() < LONGEST + 9 && long.contains('…'));
    }
}
