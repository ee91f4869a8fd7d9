//! What is shown in a notebook, as text for files and pages.

use super::card;
use crate::error::Result;
use crate::profile::{Card, Comparison, Description};

macro_rules! written {
    ($($type:ident by $card:path),* $(,)?) => {$(
        impl $type {
            /// What a notebook shows, as one line of HTML for a page of your own: no
            /// script, no style sheet, pictures inside; colours follow the page.
            ///
            /// # Errors
            ///
            /// A picture cannot be drawn.
            pub fn to_html(&self) -> Result<String> {
                $card(self).map(|bundle| bundle.html)
            }
        }
    )*};
}

written! {
    Card by card::card,
    Description by card::description,
    Comparison by card::comparison,
}

macro_rules! printed {
    ($($type:ident by $card:path),* $(,)?) => {$(
        impl $type {
            /// What a terminal shows.
            ///
            /// # Errors
            ///
            /// A picture cannot be drawn.
            pub fn to_text(&self) -> Result<String> {
                $card(self).map(|bundle| bundle.text)
            }
        }
    )*};
}

// A comparison has a text already: that of its figure, as plots have.
printed! {
    Card by card::card,
    Description by card::description,
}
