//! A figure as terminal text.
use crate::plot::figure::Figure;

pub(crate) fn to_text(figure: &Figure) -> String {
    figure.title.clone().unwrap_or_default()
}
