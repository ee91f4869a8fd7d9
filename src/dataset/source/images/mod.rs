//! Folders of pictures.
//!
//! - `options`: what is told about a folder
//! - `listing`: which pictures it holds, and of which classes
//! - `decode`: from a file to pixels
//! - `jpeg`: whether a file goes on to its end

mod decode;
mod jpeg;
mod listing;
mod options;

use std::path::{Path, PathBuf};

use super::super::node::{Access, Node, RandomAccess, Value};
use super::super::{Cardinality, Dataset, ElementSpec, Names, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::tensor::{DType, Rows, Tensor};

use listing::{Classes, Listing};
use options::Format;
pub use options::{ColorMode, ImageFolder, Labels};

struct Pictures {
    files: Vec<PathBuf>,
    /// One for each file, unless there are no classes.
    labels: Option<Vec<i32>>,
    format: Format,
}

impl Dataset {
    /// The pictures in a folder and their classes, the names of its sub-folders:
    /// `keras.utils.image_dataset_from_directory(directory, batch_size=None,
    /// shuffle=False)`.
    ///
    /// An element is `(image, label)`: `uint8` of shape `(height, width, 3)`, and the
    /// number of the class as `int32`. Classes are numbered by name, and their names
    /// stand in titles and legends as after
    /// [`with_class_names`](Dataset::with_class_names). Pictures come by class, folder and
    /// name; they are files that end in `.png`, `.jpg`, `.jpeg`, `.bmp` or `.gif`, in
    /// the sub-folder itself or deeper. What lies beside the sub-folders is left out.
    ///
    /// The folder is listed when the data set is made; a picture is read each time that
    /// its element is. [`cache`](Dataset::cache) keeps them, and
    /// [`prefetch`](Dataset::prefetch) reads ahead. [`ImageFolder`] sets size, channels and more.
    ///
    /// Otherwise than in Keras:
    /// - elements are single pictures, in order: `.shuffle(1).batch(32)` is the way to
    ///   Keras's default; [`split`](Dataset::split) to `validation_split`
    /// - the size is that of the first picture that can be read, not 256 × 256. Others
    ///   are resized to it, bilinearly, and averaged where they shrink (Keras takes
    ///   single pixels then); the step says so in a card: `from_images(cats, 480×640)`,
    ///   height × width
    /// - pixels are whole numbers, `uint8` in place of `float32`. 16 bits are rounded to 8,
    ///   where Keras drops the lower ones
    /// - pictures are turned as the camera was held (EXIF), and hidden files are left out
    ///
    /// As in Keras, transparency is dropped, an animation is its first picture, and what
    /// a file is shows in its contents, whatever its name ends in.
    ///
    /// This method is there with the feature `image`, which is on by default.
    ///
    /// # Errors
    ///
    /// - there is no such folder, no sub-folder or no picture, or none can be read
    ///   ([`Error::is_file`]). Pictures that are not sorted into sub-folders are read
    ///   with [`Labels::None`]
    /// - a class name is not a sub-folder's ([`Error::is_name`])
    /// - the size is 0, or larger than pictures are ([`Error::is_value`])
    ///
    /// A picture that cannot be read (missing, cut short, too large, no picture) is an
    /// error of its element ([`Error::is_file`]), which names the file;
    /// [`ignore_errors`](Dataset::ignore_errors) leaves it out.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// # let folder = std::env::temp_dir().join(format!("ndsight-doc-{}", std::process::id()));
    /// for (class, gray) in [("cats", 90), ("dogs", 200)] {
    ///     std::fs::create_dir_all(folder.join(class))?;
    ///     image::GrayImage::from_pixel(8, 6, image::Luma([gray])).save(folder.join(class).join("1.png"))?;
    /// }
    /// let ds = Dataset::from_images(&folder)?;
    /// assert_eq!(ds.element_spec().to_string(), "(uint8 (6, 8, 3), int32 ())");
    /// assert_eq!(ds.at(1)?.scalar::<i32>(1)?, 1);
    /// assert!(ds.images().to_svg()?.contains("Label: dogs"));
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_images(folder: impl Into<ImageFolder>) -> Result<Dataset> {
        from_folder(&folder.into())
    }
}

fn from_folder(folder: &ImageFolder) -> Result<Dataset> {
    // What is wrong with the size is said before a large folder is listed.
    let asked = folder.image_size.map(|size| format(folder, size));
    let asked = asked.transpose()?;
    let Listing { files, classes } = listing::list(folder)?;
    let format = match asked {
        Some(format) => format,
        None => format(folder, first_size(&folder.path, &files)?).map_err(|err| {
            err.context(format_args!("{}: the first picture", folder.path.display()))
        })?,
    };
    let (names, labels) = classes
        .map(|Classes { names, labels }| (names, labels))
        .unzip();
    let pictures = Pictures {
        files,
        labels,
        format,
    };
    Ok(Dataset::new(
        pictures.node(&folder.path),
        Names {
            classes: names.map(Into::into),
            ..Names::default()
        },
    ))
}

fn format(folder: &ImageFolder, (height, width): (usize, usize)) -> Result<Format> {
    Format::new(height, width, folder.color_mode)
}

/// The height and width of the first picture that can be read.
fn first_size(folder: &Path, files: &[PathBuf]) -> Result<(usize, usize)> {
    let mut first_failed = None;
    for file in files {
        match decode::size_of(file) {
            Ok(size) => return Ok(size),
            Err(err) => first_failed = first_failed.or(Some(err.context(file.display()))),
        }
    }
    let reason = first_failed.map_or(String::new(), |err| format!("; {err}"));
    Err(Error::file(format!(
        "{}: expected a picture that can be read, but found none among {}{reason}",
        folder.display(),
        files.len()
    )))
}

impl Pictures {
    fn node(self, folder: &Path) -> Node {
        let Format {
            height,
            width,
            color_mode,
        } = self.format;
        let step = format!(
            "from_images({}, {height}×{width}{})",
            folder.display(),
            color_mode.words()
        );
        let (spec, count) = (self.spec(), Cardinality::Finite(self.files.len()));
        Node::source(step, spec, count, Access::random(self))
    }

    fn spec(&self) -> ElementSpec {
        let image = TensorSpec::new(DType::UInt8, self.format.shape().map(Some));
        match self.labels {
            Some(_) => (image, TensorSpec::new(DType::Int32, [])).into(),
            None => image.into(),
        }
    }
}

/// Labels come second.
const LABEL: usize = 1;

impl RandomAccess for Pictures {
    /// Labels are known without a picture being read.
    fn component(&self, component: usize, rows: &Rows, epoch: u64) -> Result<Tensor> {
        match &self.labels {
            Some(labels) if component == LABEL => {
                let labels: Vec<i32> = rows.iter().map(|row| labels[row]).into_list();
                Ok(Tensor::from(labels))
            }
            _ => Ok(self.stack(rows, epoch)?.leaves()[component].clone()),
        }
    }

    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        let file = &self.files[index];
        let image = decode::read(file, self.format).map_err(|err| {
            err.context(format_args!(
                "from_images: element {index}: {}",
                file.display()
            ))
        })?;
        let image = Structure::Leaf(image);
        Ok(match &self.labels {
            Some(labels) => {
                Structure::Tuple(vec![image, Structure::Leaf(Tensor::from(labels[index]))])
            }
            None => image,
        })
    }
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    use super::*;

    #[test]
    fn the_chain_of_steps_tells_sizes_and_channels() {
        let name = format!("ndsight-steps-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("a")).unwrap();
        RgbImage::new(6, 4).save(folder.join("a/1.png")).unwrap();
        let steps = |folder: ImageFolder| Dataset::from_images(folder).unwrap().steps();
        let (plain, path) = (ImageFolder::new(&folder), folder.display());
        assert_eq!(steps(plain.clone()), [format!("from_images({path}, 4×6)")]);
        let gray = plain.image_size(28, 27).color_mode(ColorMode::Grayscale);
        assert_eq!(
            steps(gray),
            [format!("from_images({path}, 28×27, grayscale)")]
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
