//! What to draw: one file per plot, each a value that records choices and
//! turns data into a [`figure::Figure`] of plain numbers.
//!
//! - `figure`: panels, axes and marks as plain data
//! - `ticks`, `number`: where axes are marked, and numbers in words
//! - `colormap`, `pixels`: numbers to colours, arrays to pictures
//! - `images`, `histogram`, `scatter`: the plots of a data set
//! - `array`: the picture that fits a plain array
//! - `overview`: the picture that fits a data set or an element
//! - `message`: words where there is no picture
//! - `notes`: captions that say what the picture leaves out

pub(crate) mod array;
mod colormap;
pub(crate) mod figure;
mod histogram;
mod images;
mod message;
mod notes;
pub(crate) mod number;
pub(crate) mod overview;
mod pixels;
mod scatter;
pub(crate) mod ticks;

pub use histogram::Histogram;
pub use images::Images;
pub use scatter::Scatter;

use crate::error::Result;
use figure::Figure;

/// Anything that has a picture: plots, data sets, elements, tensors.
pub(crate) trait Draw {
    /// The picture as plain data, or why there is none.
    fn figure(&self) -> Result<Figure>;
}
