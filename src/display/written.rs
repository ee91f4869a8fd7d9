//! What is shown in a notebook, as text for files and pages.

use super::card;
use crate::error::Result;
use crate::profile::{Card, Comparison, Description};

/// `to_html` of what a notebook shows, and `to_text` of what a terminal does.
macro_rules! written {
    ($($type:ident by $card:path: $($method:ident),+;)*) => {$(
        impl $type {
            $(written!(@$method $card);)+
        }
    )*};
    (@to_html $card:path) => {
        /// What a notebook shows, as one line of HTML for a page of your own: no
        /// script, no style sheet, pictures inside; colours follow the page.
        ///
        /// # Errors
        ///
        /// A picture cannot be drawn.
        pub fn to_html(&self) -> Result<String> {
            $card(self).map(|bundle| bundle.html)
        }
    };
    (@to_text $card:path) => {
        /// What a terminal shows.
        ///
        /// # Errors
        ///
        /// A picture cannot be drawn.
        pub fn to_text(&self) -> Result<String> {
            $card(self).map(|bundle| bundle.text)
        }
    };
}

// A comparison has a text already: that of its figure, as plots have.
written! {
    Card by card::card: to_html, to_text;
    Description by card::description: to_html, to_text;
    Comparison by card::comparison: to_html;
}
