//! What is told about a folder of pictures.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::list::IntoList;

/// The folder that [`Dataset::from_images`](crate::Dataset::from_images) reads, and
/// how. A plain path is a folder with the defaults.
///
/// # Example
///
/// ```no_run
/// use ndsight::{ColorMode, Dataset, ImageFolder};
///
/// let folder = ImageFolder::new("digits").image_size(28, 28).color_mode(ColorMode::Grayscale);
/// let ds = Dataset::from_images(folder)?;
/// assert_eq!(ds.element_spec().to_string(), "(uint8 (28, 28, 1), int32 ())");
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageFolder {
    pub(super) path: PathBuf,
    pub(super) image_size: Option<(usize, usize)>,
    pub(super) color_mode: ColorMode,
    pub(super) labels: Labels,
    pub(super) class_names: Option<Vec<String>>,
    pub(super) follow_links: bool,
}

/// The channels of pictures, as `color_mode` in Keras.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorMode {
    /// Three channels. Transparency is dropped, as Keras does: what is seen through
    /// has the colour that the file gives it.
    #[default]
    Rgb,
    /// Four channels; a picture without transparency is opaque.
    Rgba,
    /// One channel, of which red is 29.9 %, green 58.7 % and blue 11.4 % (Rec. 601), as
    /// in TensorFlow and Pillow.
    Grayscale,
}

/// Where the labels of pictures come from, as `labels` in Keras.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// The sub-folder that a picture is in.
    #[default]
    Inferred,
    /// No labels: an element is a picture alone, from anywhere below the folder.
    None,
}

impl ImageFolder {
    /// Pictures in colour, all of the size of the first, labelled by sub-folder.
    pub fn new(path: impl Into<PathBuf>) -> ImageFolder {
        ImageFolder {
            path: path.into(),
            image_size: None,
            color_mode: ColorMode::default(),
            labels: Labels::default(),
            class_names: None,
            follow_links: false,
        }
    }

    /// The size of all pictures in pixels (default: that of the first one; 256 × 256
    /// in Keras).
    #[must_use]
    pub fn image_size(self, height: usize, width: usize) -> ImageFolder {
        ImageFolder {
            image_size: Some((height, width)),
            ..self
        }
    }

    /// The channels (default: [`ColorMode::Rgb`]).
    #[must_use]
    pub fn color_mode(self, color_mode: ColorMode) -> ImageFolder {
        ImageFolder { color_mode, ..self }
    }

    /// Where labels come from (default: [`Labels::Inferred`]).
    #[must_use]
    pub fn labels(self, labels: Labels) -> ImageFolder {
        ImageFolder { labels, ..self }
    }

    /// The sub-folders to read, and in which order they are numbered (default: all,
    /// by name).
    #[must_use]
    pub fn class_names<S: Into<String>>(
        self,
        class_names: impl IntoIterator<Item = S>,
    ) -> ImageFolder {
        ImageFolder {
            class_names: Some(class_names.into_iter().map(Into::into).into_list()),
            ..self
        }
    }

    /// Whether to go through links to folders below the sub-folders (default: no).
    /// Links to files, and sub-folders that are links themselves, are always followed,
    /// as Keras does. A folder that several links lead to is read once for each class,
    /// so links in a circle end.
    #[must_use]
    pub fn follow_links(self, follow_links: bool) -> ImageFolder {
        ImageFolder {
            follow_links,
            ..self
        }
    }
}

macro_rules! paths {
    ($($type:ty),*) => {$(
        impl From<$type> for ImageFolder {
            fn from(path: $type) -> ImageFolder {
                ImageFolder::new(path)
            }
        }
    )*};
}
paths!(&str, String, &String, &Path, PathBuf, &PathBuf);

impl ColorMode {
    pub(super) fn channels(self) -> usize {
        match self {
            ColorMode::Rgb => 3,
            ColorMode::Rgba => 4,
            ColorMode::Grayscale => 1,
        }
    }

    /// What the chain of steps says of it: nothing of the default.
    pub(super) fn words(self) -> &'static str {
        match self {
            ColorMode::Rgb => "",
            ColorMode::Rgba => ", rgba",
            ColorMode::Grayscale => ", grayscale",
        }
    }
}

/// What pictures are made into: one size, one number of channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) height: u32,
    pub(super) width: u32,
    pub(super) color_mode: ColorMode,
}

/// Neither a picture nor what it is made of on the way to its size may have more
/// pixels: 2 GiB as the four `f32` each that resizing works with.
pub(super) const MOST_PIXELS: u64 = 1 << 27;

impl Format {
    pub(super) fn new(height: usize, width: usize, color_mode: ColorMode) -> Result<Format> {
        let side = |side: usize| u32::try_from(side).ok().filter(|&side| side > 0);
        match (side(height), side(width)) {
            (Some(height), Some(width))
                if u64::from(height) * u64::from(width) <= MOST_PIXELS =>
            {
                Ok(Format {
                    height,
                    width,
                    color_mode,
                })
            }
            _ => Err(Error::value(format!(
                "expected an image size of at least 1 × 1 and at most {MOST_PIXELS} pixels, but found {height} × {width}"
            ))
            .coded("invalid_argument")),
        }
    }

    pub(super) fn shape(self) -> [usize; 3] {
        let channels = self.color_mode.channels();
        [self.height as usize, self.width as usize, channels]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_no_picture_can_have_are_errors() {
        let refused = |height, width| {
            let err = Format::new(height, width, ColorMode::Rgb).unwrap_err();
            assert!(err.is_value() && err.code() == "invalid_argument");
            err.to_string()
        };
        let expected =
            "expected an image size of at least 1 × 1 and at most 134217728 pixels, but found";
        assert_eq!(refused(0, 5), format!("{expected} 0 × 5"));
        assert_eq!(refused(5, 0), format!("{expected} 5 × 0"));
        assert_eq!(
            refused(1 << 14, 1 << 14),
            format!("{expected} 16384 × 16384")
        );
        assert_eq!(
            refused(usize::MAX, usize::MAX),
            format!("{expected} {0} × {0}", usize::MAX)
        );
        let most = Format::new(1, 1 << 27, ColorMode::Rgba).unwrap();
        assert_eq!(most.shape(), [1, 1 << 27, 4]);
    }
}
