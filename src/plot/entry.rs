//! The plots of batches and of plain arrays: each is that of the data set whose
//! elements are their rows.

use super::{
    BoxPlot, ConfusionMatrix, CorrelationMatrix, CountPlot, EcdfPlot, Heatmap, Hexbin, Hist2d,
    Histogram, Images, LinePlot, PairPlot, Projection, Scatter, StripPlot, ViolinPlot,
};
use crate::dataset::{Dataset, Element, IntoStructure, Key, Structure};
use crate::tensor::Tensor;

/// The rows of an array; a scalar is one row.
fn rows(arrays: Structure<Tensor>) -> Dataset {
    let rows = Dataset::from_tensor_slices(arrays.clone());
    let rows = rows.or_else(|_| Dataset::from_tensors(arrays));
    rows.expect("only names given twice are an error, and arrays have none")
}

/// The arrays that plots can be asked of directly.
macro_rules! plots {
    ($(
        $(#[$example:meta])*
        $method:ident($($argument:ident: $into:ty),*) -> $type:ident;
    )*) => {
        /// Plots of plain arrays: of any `ndarray` array, a [`Tensor`], or a `Vec`.
        ///
        /// In scope through `use ndsight::prelude::*`. The first axis counts rows: an
        /// array of shape `(150, 4)` has 150 rows of four features, as in
        /// [`Dataset::from_tensor_slices`]. Each plot is that of [`Dataset`] of the
        /// same name, where its options are.
        ///
        /// # Example
        ///
        /// ```
        /// use ndsight::prelude::*;
        ///
        /// let x = array![[0.1, 0.2], [0.4, 0.9], [0.3, 0.8]];
        /// assert!(x.hist().bins(2).to_svg()?.contains("Feature 2"));
        /// assert!(x.column(1).hist().to_svg()?.contains("Feature 1"));
        /// # Ok::<(), ndsight::Error>(())
        /// ```
        pub trait Plot {
            /// The data set whose elements are the rows of the array. A view or a
            /// borrowed array is copied.
            ///
            /// ```
            /// use ndsight::prelude::*;
            ///
            /// assert_eq!(array![[1, 2], [3, 4], [5, 6]].to_dataset().len()?, 3);
            /// assert_eq!(arr0(7.0).to_dataset().len()?, 1);
            /// # Ok::<(), ndsight::Error>(())
            /// ```
            fn to_dataset(&self) -> Dataset;

            $(
                #[doc = concat!("As [`Dataset::", stringify!($method), "`], of the rows of the array.")]
                fn $method(&self, $($argument: impl Into<$into>),*) -> $type {
                    self.to_dataset().$method($($argument),*)
                }
            )*
        }

        impl Element {
            $(
                #[doc = concat!("As [`Dataset::", stringify!($method), "`], of the rows of a batch.")]
                ///
                /// ```
                /// # use ndsight::Dataset;
                $(#[$example])*
                /// # Ok::<(), ndsight::Error>(())
                /// ```
                pub fn $method(&self, $($argument: impl Into<$into>),*) -> $type {
                    Element::to_dataset(self).$method($($argument),*)
                }
            )*
        }
    };
}

plots! {
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// let batch = digits.batch(8)?.at(0)?;
    /// assert!(batch.images().columns(4).to_svg()?.contains("Label: 7"));
    images() -> Images;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.hist().bins(3).to_svg()?.starts_with("<svg"));
    hist() -> Histogram;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.ecdfplot().to_svg()?.starts_with("<svg"));
    ecdfplot() -> EcdfPlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.boxplot().to_svg()?.starts_with("<svg"));
    boxplot() -> BoxPlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.violinplot().to_svg()?.starts_with("<svg"));
    violinplot() -> ViolinPlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.stripplot().to_svg()?.starts_with("<svg"));
    stripplot() -> StripPlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.countplot().to_svg()?.starts_with("<svg"));
    countplot() -> CountPlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.scatter(0, 1).to_svg()?.starts_with("<svg"));
    scatter(x: Key, y: Key) -> Scatter;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.hist2d(0, 1).to_svg()?.starts_with("<svg"));
    hist2d(x: Key, y: Key) -> Hist2d;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.hexbin(0, 1).to_svg()?.starts_with("<svg"));
    hexbin(x: Key, y: Key) -> Hexbin;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.pairplot().to_svg()?.starts_with("<svg"));
    pairplot() -> PairPlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.pca().to_svg()?.starts_with("<svg"));
    pca() -> Projection;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.lineplot().to_svg()?.starts_with("<svg"));
    lineplot() -> LinePlot;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.heatmap().to_svg()?.starts_with("<svg"));
    heatmap() -> Heatmap;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.correlation().to_svg()?.starts_with("<svg"));
    correlation() -> CorrelationMatrix;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let batch = iris.batch(150)?.at(0)?;
    /// assert!(batch.confusion_matrix("labels", "labels").to_svg()?.starts_with("<svg"));
    confusion_matrix(truth: Key, predicted: Key) -> ConfusionMatrix;
}

impl<T: ?Sized> Plot for T
where
    for<'a> &'a T: IntoStructure,
{
    fn to_dataset(&self) -> Dataset {
        rows(self.into_structure())
    }
}
