//! What every plot can choose alike: its title, size, theme and format.

use super::figure::Figure;
use crate::error::{Error, Result};

/// The page that a picture is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// SVG follows the reader's page, light or dark; PNG is light.
    #[default]
    Auto,
    /// A light page.
    Light,
    /// A dark page.
    Dark,
}

/// What the HTML of a notebook's output holds.
///
/// `NDSIGHT_FORMAT` in the environment chooses for all figures: `svg`, `png` or
/// `image/svg+xml`, in any case. A figure's own choice comes first; anything else in
/// the environment is told above the picture. In a notebook's first cell,
/// `:env NDSIGHT_FORMAT=png` and on the next line `:restart` set it; later,
/// `unsafe { std::env::set_var("NDSIGHT_FORMAT", "png") };` does.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Format};
///
/// let plot = Dataset::from_npy("notebooks/data/iris.npy")?.hist();
/// plot.format(Format::Png).show(); // in a notebook; here, as text
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// An SVG: sharp at any size, and follows the page's theme.
    #[default]
    Svg,
    /// A PNG of twice the stated size.
    Png,
    /// An SVG as [`Svg`](Format::Svg), and besides a block of the type
    /// `image/svg+xml`, for programs that read notebooks. It holds all pictures of
    /// the cell, one below the other. `nbconvert` to LaTeX needs Inkscape for
    /// those. The environment's name for it is `image/svg+xml` or `bare-svg`.
    BareSvg,
}

/// Sides of a picture, in logical pixels.
const SIDES: std::ops::RangeInclusive<u32> = 16..=4000;

/// The choices that every plot has, as it was asked for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Look {
    pub(crate) title: Option<String>,
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) theme: Theme,
    pub(crate) format: Option<Format>,
}

impl Look {
    /// `figure` with this look.
    pub(crate) fn dress(&self, figure: Figure) -> Result<Figure> {
        let mut figure = figure.with_note_of_cut_axes().titled(self.title.clone());
        if let Some((width, height)) = self.size {
            if !SIDES.contains(&width) || !SIDES.contains(&height) {
                return Err(Error::value(format!(
                    "expected a size of {} to {} pixels each way, but found {width} × {height}",
                    SIDES.start(),
                    SIDES.end()
                )));
            }
            (figure.width, figure.height) = (width, height);
        }
        figure.theme = self.theme;
        figure.format = self.format;
        Ok(figure)
    }
}

/// The methods by which plots with a field `look: Look` are asked for it.
macro_rules! looks {
    ($($type:ident),*) => {$(
        impl super::$type {
            /// A line above the picture. Default: none.
            pub fn title(&self, title: impl Into<String>) -> Self {
                let mut plot = self.clone();
                plot.look.title = Some(title.into());
                plot
            }

            /// Width and height in logical pixels, from 16 to 4,000 each; a PNG has
            /// twice as many pixels each way. Default: what the plot needs.
            pub fn figsize(&self, width: u32, height: u32) -> Self {
                let mut plot = self.clone();
                plot.look.size = Some((width, height));
                plot
            }

            /// The page to draw for. Default: [`Theme::Auto`].
            pub fn theme(&self, theme: Theme) -> Self {
                let mut plot = self.clone();
                plot.look.theme = theme;
                plot
            }

            /// What a notebook's HTML holds. Default: what `NDSIGHT_FORMAT` says,
            /// or [`Format::Svg`].
            pub fn format(&self, format: Format) -> Self {
                let mut plot = self.clone();
                plot.look.format = Some(format);
                plot
            }
        }
    )*};
}

every_plot!(looks);
