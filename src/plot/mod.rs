//! What to draw: one file per plot, each a value that records choices and
//! turns data into a [`figure::Figure`] of plain numbers.
//!
//! - `figure`: panels, axes and marks as plain data
//! - `look`: title, size, theme and format, which all plots can choose
//! - `ticks`, `log_ticks`, `number`: where axes are marked, and numbers in words
//! - `colormap`, `pixels`: numbers to colours by name, arrays to pictures
//! - `images`, `histogram`, `scatter`: the plots of a data set
//! - `hue`: rows told apart by class or amount
//! - `compose`: figures beside each other
//! - `entry`: the plots of batches and plain arrays
//! - `array`: the picture that fits a plain array
//! - `overview`: the picture that fits a data set or an element
//! - `message`: words where there is no picture
//! - `notes`: captions that say what the picture leaves out

pub(crate) mod array;
mod colormap;
mod compose;
mod entry;
pub(crate) mod figure;
mod histogram;
mod hue;
mod images;
pub(crate) mod log_ticks;
pub(crate) mod look;
mod message;
mod notes;
pub(crate) mod number;
pub(crate) mod overview;
mod pixels;
mod scatter;
pub(crate) mod ticks;

pub use colormap::Colormap;
pub use compose::{IntoFigure, IntoFigures, hstack, vstack};
pub use entry::Plot;
pub use figure::Figure;
pub use histogram::Histogram;
pub use images::{BoxFormat, ChannelReduction, Images, PerRow, ValueRange};
pub use look::{Format, Theme};
pub use scatter::Scatter;

use crate::dataset::{Dataset, Element};
use crate::error::Result;
use crate::tensor::Tensor;

/// Anything that has a picture: plots, data sets, elements, tensors.
pub(crate) trait Draw {
    /// The picture as plain data, or why there is none.
    fn figure(&self) -> Result<Figure>;
}

/// The public way to the figure of a plot, and of what has a picture.
macro_rules! figures {
    ($($type:ident),* $(,)?) => {$(
        impl IntoFigure for $type {
            fn into_figure(self) -> Result<Figure> {
                Draw::figure(&self)
            }
        }

        impl IntoFigure for &$type {
            fn into_figure(self) -> Result<Figure> {
                Draw::figure(self)
            }
        }

        impl $type {
            /// The picture as a value: to put beside others, or to draw more than
            /// once without reading the data again.
            ///
            /// # Errors
            ///
            /// The data do not fit the picture, or an option does not fit the data.
            pub fn figure(&self) -> Result<Figure> {
                Draw::figure(self)
            }
        }
    )*};
}

figures!(Dataset, Element, Tensor, Histogram, Images, Scatter);
