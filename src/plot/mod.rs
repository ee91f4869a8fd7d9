//! What to draw: one file per plot, each a value that records choices and
//! turns data into a [`figure::Figure`] of plain numbers.
//!
//! Options borrow the plot and return a changed copy, which is cheap as data are shared.
//! Were they to take it, `plot.title("…")` on a cell's last line would show debug text
//! instead of a picture: the kernel falls back to that where an expression moves a
//! variable, and the variable would be lost.
//!
//! What figures are made of:
//!
//! - `figure`: panels, axes and marks as plain data
//! - `look`: title, size, theme and format, which all plots can choose
//! - `ticks`, `log_ticks`: where axes are marked
//! - `colormap`, `pixels`: numbers to colours by name, arrays to pictures
//! - `notes`, `message`: captions, and words where there is no picture
//!
//! What several plots have in common:
//!
//! - `chosen`, `multiples`: which features a plot draws, and a panel for each
//! - `hue`: rows told apart by class or amount
//! - `choice`: choices of one of a few, by value or by name
//! - `category`: values by category
//! - `points`: panels of points
//! - `matrix`: tables of numbers as coloured cells
//! - `pair`: rows by two features
//! - `entry`, `compose`: plots of batches and plain arrays, figures beside each other
//!
//! The plots:
//!
//! - `images`: pictures in a grid
//! - `histogram`, `ecdf`: how the values of a feature are distributed
//! - `boxplot`, `violin`, `strip`: the same by category
//! - `countplot`: how many rows each class has
//! - `scatter`, `hist2d`, `hexbin`: two features against each other
//! - `pairplot`, `projection`: all features against each other, and along their
//!   principal components
//! - `lineplot`: numbers as lines and areas
//! - `heatmap`, `correlation`, `confusion`: tables
//! - `comparison`: two data sets side by side
//! - `array`, `overview`: the picture that fits an array, a data set, an element

/// Lets the code of a plot, not that of its users, read and change its settings.
macro_rules! settings {
    ($type:ident) => {
        #[doc(hidden)]
        impl std::ops::Deref for $type {
            type Target = Settings;

            fn deref(&self) -> &Settings {
                &self.0
            }
        }

        impl std::ops::DerefMut for $type {
            fn deref_mut(&mut self) -> &mut Settings {
                &mut self.0
            }
        }
    };
}

/// Hands the plots to a macro, behind what else it is given.
macro_rules! every_plot {
    ($with:ident $($first:tt)*) => {
        $with! {
            $($first)*
            BoxPlot, ConfusionMatrix, CorrelationMatrix, CountPlot, EcdfPlot, Heatmap, Hexbin, Hist2d,
            Histogram, Images, LinePlot, PairPlot, Projection, Scatter, StripPlot, ViolinPlot
        }
    };
}
pub(crate) use every_plot;

pub(crate) mod array;
mod boxplot;
mod category;
mod choice;
mod chosen;
mod colormap;
mod comparison;
mod compose;
mod confusion;
mod correlation;
mod countplot;
mod ecdf;
mod entry;
pub(crate) mod figure;
mod heatmap;
mod hexbin;
mod hist2d;
mod histogram;
mod hue;
mod images;
mod lineplot;
pub(crate) mod log_ticks;
pub(crate) mod look;
mod matrix;
mod message;
mod multiples;
pub(crate) mod notes;
pub(crate) mod overview;
mod pair;
mod pairplot;
mod pixels;
mod points;
mod projection;
mod scatter;
mod strip;
pub(crate) mod ticks;
mod violin;

pub use boxplot::BoxPlot;
pub use colormap::Colormap;
pub use compose::{IntoFigure, IntoFigures, hstack, vstack};
pub use confusion::{ConfusionMatrix, confusion_matrix};
pub use correlation::CorrelationMatrix;
pub use countplot::{CountPlot, CountStat};
pub use ecdf::EcdfPlot;
pub use entry::Plot;
pub use figure::Figure;
pub use heatmap::Heatmap;
pub use hexbin::Hexbin;
pub use hist2d::Hist2d;
pub use histogram::{HistType, Histogram, Multiple, Stat};
pub use images::{BoxFormat, ChannelReduction, Images, PerRow, ValueRange};
pub use lineplot::{ErrorBar, LinePlot};
pub use look::{Format, Theme};
pub use pairplot::{DiagKind, PairPlot};
pub use points::Density;
pub use projection::Projection;
pub use scatter::Scatter;
pub use strip::StripPlot;
pub use violin::{DensityNorm, ViolinInner, ViolinPlot};

pub(crate) use crate::tensor::number;
pub(crate) use matrix::standing_out;

use crate::dataset::{Dataset, Element};
use crate::error::Result;
use crate::profile::Comparison;
use crate::tensor::Tensor;

/// Anything that has a picture: plots, data sets, elements, tensors.
pub(crate) trait Draw {
    /// The picture as plain data, or why there is none.
    fn figure(&self) -> Result<Figure>;
}

/// The public way to the figure of a plot, and of what has a picture.
macro_rules! figures {
    ($($type:ident),*) => {$(
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

every_plot!(figures);
figures!(Comparison, Dataset, Element, Tensor);
