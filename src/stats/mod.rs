//! Numbers about arrays: histograms by NumPy's rules, percentiles, box-plot
//! statistics and summaries; densities, correlations, lines, clusters and
//! principal components.
//!
//! Pure functions over `ndarray` arrays and views of any shape, order and
//! stride, or slices of `f64`; no drawing, no data set. Results equal those of
//! NumPy, SciPy, pandas and scikit-learn; each item names the function that it
//! mirrors and where it differs on purpose.
//!
//! ```
//! use ndarray::array;
//! use ndsight::stats;
//!
//! let x = array![1.0, 2.0, 1.0];
//! let histogram = stats::histogram(&x, 2)?;
//! assert_eq!(histogram.counts, [2, 1]);
//! assert_eq!(histogram.edges, [1.0, 1.5, 2.0]);
//! # Ok::<(), ndsight::Error>(())
//! ```

mod bandwidth;
mod bins;
mod boxplot;
mod centred;
mod cluster;
mod common_edges;
mod confusion;
mod correlation;
mod counter;
mod cumulative;
mod density;
pub(crate) mod describe;
mod ecdf;
mod edges;
mod eigen;
mod finite;
mod hexbin;
mod histogram;
pub(crate) mod histogram_blocks;
mod kde;
mod kde_curve;
mod ks;
mod leading;
mod locator;
mod marks;
mod mean_band;
mod moments;
pub(crate) mod pairs;
mod pca;
pub(crate) mod picture;
mod quantile;
mod quick;
mod quick_rows;
mod ranks;
mod real;
mod regression;
mod rules;
mod student;
pub(crate) mod summary;
mod survey;
mod vectors;
mod wide;

pub use bandwidth::Bandwidth;
pub use bins::{BinRule, Bins};
pub(crate) use boxplot::BoxColumn;
pub use boxplot::{BoxStats, BoxplotOptions, Whiskers, boxplot_stats};
pub use cluster::leaf_order;
pub use common_edges::discrete_edges;
pub use confusion::{Normalize, confusion, confusion_shares};
pub use correlation::{Correlation, correlation, pearson, spearman};
pub use density::{Bins2d, Histogram2d, Histogram2dOptions, histogram2d};
#[doc(hidden)]
pub use describe::Distinct;
pub use ecdf::{Ecdf, ecdf};
pub use hexbin::{Hexbin, hexbin};
pub use histogram::{Dropped, Histogram, HistogramOptions, histogram, histogram_bin_edges};
pub use kde::Kde;
pub use ks::ks_2samp;
pub use mean_band::{MeanBand, Spread, mean_band};
pub use pca::{Pca, pca};
pub use quantile::percentile;
pub use ranks::ranks;
pub use real::Real;
pub use regression::{LinearFit, linear_fit};
