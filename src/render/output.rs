//! Pictures as text, bytes and files: the methods that every plot, data set,
//! element and tensor has.

use std::path::Path;

use super::{to_png, to_svg, to_text};
use crate::dataset::{Dataset, Element};
use crate::error::{Error, Result};
use crate::plot::{
    BoxPlot, ConfusionMatrix, CorrelationMatrix, CountPlot, Draw, EcdfPlot, Figure, Heatmap,
    Hexbin, Hist2d, Histogram, Images, LinePlot, PairPlot, Projection, Scatter, StripPlot,
    ViolinPlot,
};
use crate::profile::Comparison;
use crate::tensor::Tensor;

macro_rules! outputs {
    ($($type:ident, $save:ident: $example:literal),* $(,)?) => {$(
        impl $type {
            /// The picture as an SVG document: vector shapes and text at a stated
            /// size, colours that follow a dark page, the same bytes every time.
            ///
            /// # Errors
            ///
            /// The data do not fit the picture, or an option does not fit the data.
            ///
            /// # Example
            ///
            /// ```
            #[doc = $example]
            /// assert!(picture.to_svg()?.starts_with("<svg"));
            /// # Ok::<(), ndsight::Error>(())
            /// ```
            pub fn to_svg(&self) -> Result<String> {
                Ok(to_svg(&self.figure()?))
            }

            /// The picture as a PNG file, two pixels to each logical pixel, on a
            /// light page.
            ///
            /// # Errors
            ///
            /// As for `to_svg`.
            ///
            /// # Example
            ///
            /// ```
            #[doc = $example]
            /// assert!(picture.to_png()?.starts_with(b"\x89PNG"));
            /// # Ok::<(), ndsight::Error>(())
            /// ```
            pub fn to_png(&self) -> Result<Vec<u8>> {
                to_png(&self.figure()?)
            }

            /// The picture in characters, for terminals.
            ///
            /// # Errors
            ///
            /// As for `to_svg`.
            ///
            /// # Example
            ///
            /// ```
            #[doc = $example]
            /// assert!(!picture.to_text()?.is_empty());
            /// # Ok::<(), ndsight::Error>(())
            /// ```
            pub fn to_text(&self) -> Result<String> {
                Ok(to_text(&self.figure()?))
            }

            /// Writes the picture to a file: `.svg`, `.png` or `.txt` by its
            /// extension. A file of that name is replaced.
            ///
            /// # Errors
            ///
            /// As for `to_svg`; the extension is another one
            /// ([`Error::is_value`]); the file cannot be written
            /// ([`Error::is_file`]).
            ///
            /// # Example
            ///
            /// ```
            #[doc = $example]
            /// let path = std::env::temp_dir().join(concat!("ndsight-", stringify!($type), ".svg"));
            #[doc = concat!("picture.", stringify!($save), "(&path)?;")]
            /// assert_eq!(std::fs::read_to_string(&path).ok(), picture.to_svg().ok());
            /// assert_eq!(
            #[doc = concat!("    picture.", stringify!($save), "(\"plot.jpg\").unwrap_err().to_string(),")]
            ///     "expected a file name that ends in .svg, .png or .txt, but found 'plot.jpg'",
            /// );
            /// # Ok::<(), ndsight::Error>(())
            /// ```
            pub fn $save(&self, path: impl AsRef<Path>) -> Result<()> {
                save(self, path.as_ref())
            }
        }
    )*};
}

outputs! {
    Dataset, save_picture: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?;",
    Element, save_picture: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.at(0)?;",
    Tensor, save_picture: "let picture = ndsight::Tensor::from(vec![1.0, 2.0]);",
    Figure, save: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.hist().figure()?;",
    Images, save: "let picture = ndsight::Dataset::from_npz(\"notebooks/data/digits.npz\")?.images();",
    Histogram, save: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.hist();",
    PairPlot, save: "let picture = ndsight::Dataset::from_npy(\"notebooks/data/iris.npy\")?.pairplot();",
    Projection, save: "let picture = ndsight::Dataset::from_npy(\"notebooks/data/iris.npy\")?.pca();",
    EcdfPlot, save: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.ecdfplot();",
    BoxPlot, save: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.boxplot();",
    StripPlot, save: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.stripplot();",
    ViolinPlot, save: "let picture = ndsight::Dataset::from_tensor_slices(vec![1.0, 2.0])?.violinplot();",
    Scatter, save: "let picture = ndsight::Dataset::from_npy(\"notebooks/data/iris.npy\")?.scatter(0, 1);",
    Heatmap, save: "let picture = ndsight::Dataset::from_npz(\"notebooks/data/wine.npz\")?.heatmap();",
    CorrelationMatrix, save: "let picture = ndsight::Dataset::from_npz(\"notebooks/data/wine.npz\")?.correlation();",
    Comparison, save: "let (train, test) = ndsight::Dataset::from_npz(\"notebooks/data/iris.npz\")?.split(0.8)?;\nlet picture = ndsight::compare(&train, &test)?;",
    ConfusionMatrix, save: "let picture = ndsight::confusion_matrix(vec![0, 1, 1], vec![0, 1, 0])?;",
    Hist2d, save: "let picture = ndsight::Dataset::from_npy(\"notebooks/data/iris.npy\")?.hist2d(0, 1);",
    Hexbin, save: "let picture = ndsight::Dataset::from_npy(\"notebooks/data/iris.npy\")?.hexbin(0, 1);",
    LinePlot, save: "let picture = ndsight::Dataset::from_npy(\"notebooks/data/iris.npy\")?.lineplot();",
    CountPlot, save: "let picture = ndsight::Dataset::from_npz(\"notebooks/data/iris.npz\")?.countplot();",
}

fn save(picture: &impl Draw, path: &Path) -> Result<()> {
    let extension = path
        .extension()
        .and_then(|ext| ext.to_str())
        .map(str::to_ascii_lowercase);
    let bytes = match extension.as_deref() {
        Some("svg") => to_svg(&picture.figure()?).into_bytes(),
        Some("png") => to_png(&picture.figure()?)?,
        Some("txt") => to_text(&picture.figure()?).into_bytes(),
        _ => {
            return Err(Error::value(format!(
                "expected a file name that ends in .svg, .png or .txt, but found '{}'",
                path.display()
            )));
        }
    };
    std::fs::write(path, bytes)
        .map_err(|err| Error::file(format!("{}: cannot write the file: {err}", path.display())))
}
