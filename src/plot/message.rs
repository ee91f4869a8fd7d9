//! Words instead of a picture, for values that have none.

use super::figure::{Figure, Frame, Panel};

/// Room for a line or two, in logical pixels.
pub(super) const SIZE: (u32, u32) = (480, 80);

/// As many values as fit on a line or two.
pub(super) fn listed(texts: &[String]) -> String {
    const SHOWN: usize = 12;
    match texts.len() {
        0 => "no data".to_owned(),
        n if n > SHOWN => format!("{}, …", texts[..SHOWN].join(", ")),
        _ => texts.join(", "),
    }
}

/// The words without axes around them.
pub(super) fn panel(text: String) -> Panel {
    Panel {
        frame: Frame::Off,
        ..Panel::message(text)
    }
}

/// The words alone.
pub(super) fn figure(text: String) -> Figure {
    let description = text.clone();
    Figure::of_panels(SIZE, 1, vec![panel(text)], description)
}
