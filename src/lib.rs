//! See your arrays: data sets in the manner of `tf.data`, built from `ndarray`
//! arrays and NumPy files, that show themselves inline in Rust Jupyter notebooks.
//!
//! ```
//! use ndsight::prelude::*;
//!
//! let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
//! iris.hist().bins(20).show(); // inline in a notebook, as text in a terminal
//! # Ok::<(), ndsight::Error>(())
//! ```
//!
//! - [`Dataset`]: elements cut from arrays, and the steps on them
//! - [`Card`]: what a data set shows of itself; [`describe`](Dataset::describe) and
//!   [`findings`](Dataset::findings) are its parts as values ([`Description`],
//!   [`Finding`], [`Rule`])
//! - the plots, each made by a method of [`Dataset`], of a batch, or of an array
//!   ([`Plot`]):
//!   - [`images`](Dataset::images): pictures in a grid, with labels and predictions
//!   - [`hist`](Dataset::hist), [`ecdfplot`](Dataset::ecdfplot): how each feature is
//!     distributed
//!   - [`boxplot`](Dataset::boxplot), [`violinplot`](Dataset::violinplot),
//!     [`stripplot`](Dataset::stripplot): the same by category
//!   - [`countplot`](Dataset::countplot): how many rows each class has
//!   - [`scatter`](Dataset::scatter), [`hist2d`](Dataset::hist2d),
//!     [`hexbin`](Dataset::hexbin): two features against each other
//!   - [`pairplot`](Dataset::pairplot), [`pca`](Dataset::pca): all features against
//!     each other, and along their principal components
//!   - [`lineplot`](Dataset::lineplot): numbers as lines and areas
//!   - [`heatmap`](Dataset::heatmap), [`correlation`](Dataset::correlation),
//!     [`confusion_matrix`](Dataset::confusion_matrix): tables as coloured cells
//! - [`compare`](compare()): two data sets side by side: drift, class shares, leaked rows
//! - [`Figure`], [`hstack`], [`vstack`]: pictures beside each other
//! - [`Theme`], [`Format`]: the page they are drawn for, and what a notebook gets
//! - [`Tensor`]: an array whose element type and rank are known at run time
//! - [`Show`]: how arrays, pictures and results show themselves in a cell
//! - [`stats`]: the numbers behind the plots, equal to NumPy's
//! - [`prelude`]: what a notebook imports
//! - [`Error`]: what went wrong, and the way out
//!
//! # Coming from Python
//!
//! | TensorFlow, NumPy, matplotlib | here |
//! |---|---|
//! | `tf.data.Dataset.from_tensor_slices((x, y))` | [`Dataset::from_tensor_slices((x, y))`](Dataset::from_tensor_slices) |
//! | `from_tensor_slices({"x": x, "y": y})` | [`from_tensor_slices(dict! { "x": x, "y": y })`](dict!) |
//! | `from_tensor_slices(np.load("x.npy"))` | [`Dataset::from_npy("x.npy")`](Dataset::from_npy) |
//! | `from_tensor_slices(dict(np.load("xy.npz")))` | [`Dataset::from_npz("xy.npz")`](Dataset::from_npz) |
//! | `keras.utils.image_dataset_from_directory("cats")` | [`Dataset::from_images("cats")`](Dataset::from_images) |
//! | `tf.data.Dataset.list_files("*.png")` | [`Dataset::list_files("*.png")`](Dataset::list_files) |
//! | `tf.data.Dataset.range(5)`, `from_generator`, `zip`, … | [`Dataset::range(0..5)`](Dataset::range), and so on: [`Dataset`] lists them all |
//! | `ds.take(10)`, `ds.skip(10)`, `ds.batch(32)`, `ds.repeat()` | the same, as methods of [`Dataset`] |
//! | `ds.map(lambda x, y: (x / 255, y))` | [`ds.map(\|(x, y): (Array2<f32>, i64)\| (x / 255.0, y))?`](Dataset::map) |
//! | `ds.filter(lambda x, y: y == 3)` | [`ds.filter(\|(_, y): (Tensor, i64)\| y == 3)?`](Dataset::filter) |
//! | `ds.shuffle(len(ds), seed=1, reshuffle_each_iteration=False)` | [`ds.shuffle(1)`](Dataset::shuffle) |
//! | `ds.shuffle(100, seed=1)` | [`ds.shuffle(Shuffle::new(1).buffer_size(100)?.reshuffle_each_iteration(true))`](Shuffle) |
//! | `ds.window(5, shift=1, drop_remainder=True)` | [`ds.window(Window::new(5).shift(1).drop_remainder(true))?`](Window) |
//! | `for x, y in ds: x.numpy()` | `for e in &ds { let e = e?; e.array::<f32, Ix3>(0)?; }` |
//! | `np.stack(list(ds))` | [`ds.array::<f32, Ix2>(0)?`](Dataset::array) |
//! | `np.save("x.npy", x)`, `np.savez("xy.npz", …)` | [`ds.save_npy("x.npy")?`](Dataset::save_npy), [`ds.save_npz("xy.npz")?`](Dataset::save_npz) |
//! | `train_test_split(x, y, stratify=y)` | [`ds.split(Split::new(0.75).stratify(1).seed(1))?`](Dataset::split) |
//! | `df.describe()` | [`ds.describe()?`](Dataset::describe) |
//! | `df.info()`, the reports of ydata-profiling, TFDV and Facets | [`ds`](Dataset::card) on a cell's last line |
//! | `df.isna().sum()`, `df.duplicated()`, CleanVision's `Imagelab(…).find_issues()` | [`ds.findings()?`](Dataset::findings) |
//! | `tfdv.compute_statistics`'s drift and skew, `ks_2samp` of each feature | [`compare(&train, &test)?`](compare()) |
//! | `plt.subplot`, `plt.imshow`, `plt.title` in a loop | [`ds.images()`](Dataset::images) |
//! | `plt.title(f"{predicted} ({true})", color=…)` in that loop | [`ds.images().predicted(guesses)`](Images::predicted) |
//! | `tf.image.draw_bounding_boxes(images, boxes, colors)` | [`ds.images().boxes("boxes")`](Images::boxes) |
//! | `plt.imshow(mask, alpha=0.5)` over an image | [`ds.images().masks("mask")`](Images::masks) |
//! | `axs[i].hist(x[:, i], bins=20)` in a loop | [`ds.hist().bins(20)`](Dataset::hist) |
//! | `sns.histplot(df, x="age", hue="sex", kde=True)` | [`ds.hist().features(["age"]).hue("sex").kde(true)`](Histogram::hue) |
//! | `sns.ecdfplot(df, x="age", hue="sex")` | [`ds.ecdfplot().features(["age"]).hue("sex")`](Dataset::ecdfplot) |
//! | `plt.boxplot(x)`, `df.boxplot("age", by="sex")` | [`ds.boxplot()`](Dataset::boxplot), [`ds.boxplot().features(["age"]).by("sex")`](BoxPlot::by) |
//! | `sns.violinplot(df)`, `sns.stripplot(df)` | [`ds.violinplot()`](Dataset::violinplot), [`ds.stripplot()`](Dataset::stripplot) |
//! | `plt.scatter(x[:, 0], x[:, 1])` | [`ds.scatter(0, 1)`](Dataset::scatter) |
//! | `sns.scatterplot(df, x="a", y="b", hue="c", style="c", size="d")` | [`ds.scatter("a", "b").hue("c").style("c").size("d")`](Scatter) |
//! | `sns.jointplot`, `sns.regplot`, `sns.lmplot` | [`marginal(true)`](Scatter::marginal), [`trend(true)`](Scatter::trend) of a scatter plot |
//! | `sns.pairplot(df, hue="c", corner=True)` | [`ds.pairplot().hue("c").corner(true)`](Dataset::pairplot) |
//! | `PCA(2).fit_transform(x)`, `plt.scatter` of its columns | [`ds.pca().standardize(false)`](Dataset::pca) |
//! | `sns.heatmap(x, annot=True)` | [`ds.heatmap()`](Dataset::heatmap) |
//! | `sns.heatmap(df.corr(), annot=True)` | [`ds.correlation()`](Dataset::correlation) |
//! | `ConfusionMatrixDisplay.from_predictions(y, p)` | [`confusion_matrix(&y, &p)?`](confusion_matrix()) |
//! | `plt.hist2d(x, y, bins=20)` | [`ds.hist2d("x", "y").bins(20)`](Dataset::hist2d) |
//! | `plt.hexbin(x, y, gridsize=30)` | [`ds.hexbin("x", "y").gridsize(30)`](Dataset::hexbin) |
//! | `plt.plot(x, y)`, `sns.lineplot(df, x="x", y="y")` | [`ds.lineplot().x("x").y("y")`](Dataset::lineplot) |
//! | `sns.countplot(x=labels)` | [`ds.countplot()`](Dataset::countplot) |
//! | `plt.savefig("p.svg")` | [`save("p.svg")`](Histogram::save) |
//! | `np.histogram(x, bins=20)` | [`stats::histogram(&x, 20)`](stats::histogram()) |
//!
//! # Data larger than memory
//!
//! Files stay on disk, and rows are read when they are asked for. Rows that take more than
//! a gigabyte together are not held: [`hist`](Dataset::hist), [`boxplot`](Dataset::boxplot),
//! [`scatter`](Dataset::scatter), [`describe`](Dataset::describe) and
//! [`card().exact(true)`](Card::exact) read them all, in blocks, as often as it takes, in
//! 100 MB at most. Other plots, and those that need all values at once, draw a sample and
//! say so in the caption. Beyond 64 GB, and where nobody knows whether there is an end,
//! all do.
//!
//! What takes longer than two seconds says on stderr how far it is, and how long it will
//! take: in whole lines whenever the time has doubled, or on a terminal in one line that
//! changes. `NDSIGHT_PROGRESS=off` in the environment keeps it silent.
//!
//! # Features
//!
//! - `image` (default): [`Dataset::from_images`] and [`Show`] for `image::DynamicImage`
#![forbid(unsafe_code)]

mod dataset;
mod display;
mod error;
mod held;
mod list;
mod named;
mod parallel;
mod plot;
mod printed;
mod profile;
mod progress;
mod render;
pub mod stats;
mod tensor;

pub use dataset::{
    BatchSizes, Buckets, Cardinality, Dataset, Element, ElementSpec, FromElement, IntoDatasets,
    IntoOutput, IntoPatterns, IntoStructure, Iter, Key, Outcome, PaddedBatch, RejectionResample,
    SampleFrom, Shuffle, Split, Structure, TensorSpec, Window,
};
#[cfg(feature = "image")]
pub use dataset::{ColorMode, ImageFolder, Labels};
pub use display::Show;
pub use error::{Error, Result};
pub use num_complex::Complex;
pub use plot::{
    BoxFormat, BoxPlot, ChannelReduction, Colormap, ConfusionMatrix, CorrelationMatrix, CountPlot,
    CountStat, Density, DensityNorm, DiagKind, EcdfPlot, ErrorBar, Figure, Format, Heatmap, Hexbin,
    Hist2d, HistType, Histogram, Images, IntoFigure, IntoFigures, LinePlot, Multiple, PairPlot,
    PerRow, Plot, Projection, Scatter, Stat, StripPlot, Theme, ValueRange, ViolinInner, ViolinPlot,
    confusion_matrix, hstack, vstack,
};
pub use profile::{
    Card, CategoricalSummary, ClassShare, ColumnDescription, Comparison, Description, FeatureDrift,
    Finding, Level, NumericSummary, Rule, compare,
};
pub use stats::{BinRule, Bins, Distinct};
#[doc(hidden)]
pub use tensor::Variant;
pub use tensor::{DType, F16, Scalar, Tensor};

// The README's examples run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What a notebook imports: `use ndsight::prelude::*;`.
///
/// Besides this crate's types it brings `ndarray` with its own prelude (`Array`,
/// `array!`, `s!`, …), so that one `:dep` is enough to begin, and the [`Show`]
/// trait, through which arrays display themselves.
pub mod prelude {
    pub use crate::{
        BinRule, Bins, BoxFormat, BoxPlot, Card, Cardinality, ChannelReduction, Colormap,
        Comparison, DType, Dataset, Density, DensityNorm, Description, DiagKind, Element, Figure,
        Finding, Format, HistType, Histogram, Key, Level, Multiple, PaddedBatch, Plot, Rule, Show,
        Shuffle, Split, Stat, Structure, Tensor, Theme, ValueRange, ViolinInner, Window, compare,
        dict, hstack, vstack,
    };
    #[cfg(feature = "image")]
    pub use crate::{ColorMode, ImageFolder, Labels};
    pub use ndarray::{self, prelude::*};
}
