//! A grid of images, each titled with its label.
//!
//! - `component`: which component holds the images
//! - `frames`: which rows are shown, and the pictures of each
//! - `channels`, `tones`: arrays as pictures of shades and colours
//! - `titles`, `predictions`: what stands above them
//! - `per_row`: a component, or values given for each row
//! - `masks`, `boxes`, `plates`: what lies over them
//! - `layout`: the room that each gets
//! - `sheet`: all of it together
//! - `strip`: pictures in a row, for other plots
//! - this file: the plot

mod boxes;
mod bytes;
mod channels;
mod component;
mod frames;
mod layout;
mod masks;
mod per_row;
mod plates;
mod predictions;
mod sheet;
mod strip;
mod titles;
mod tones;

pub use boxes::BoxFormat;
pub use channels::ChannelReduction;
pub use per_row::PerRow;
pub use tones::ValueRange;

pub(super) use layout::picture_panel;
pub(super) use strip::strip;
pub(super) use tones::range_note;

use super::Draw;
use super::figure::Figure;
use super::look::Look;
use super::number::count;
use crate::dataset::{Dataset, Key};
use crate::error::Result;
use crate::held::Held;
use crate::list::IntoList;
use boxes::Boxes;
use channels::Channels;
use frames::Pictures;
use masks::Masks;
use predictions::Predictions;
use sheet::Sheet;
use titles::Titles;
use tones::Tones;

/// A grid of images, each titled `Label: k`: the `plt.subplot`, `plt.imshow`,
/// `plt.title` loop of TensorFlow's tutorials in one line.
///
/// Made by [`Dataset::images`] and [`Element::images`](crate::Element::images). Shows
/// itself when it is the last expression of a cell; [`to_svg`](Images::to_svg),
/// [`to_png`](Images::to_png) and [`save`](Images::save) work anywhere.
///
/// Pixels are enlarged without blur, and the file holds them at their own size; those
/// of images far larger than their place are averaged. More than 2,500 images are a mosaic
/// without titles, with no more than a line between one and the next; 20,000 is the most.
/// The value range follows the element type; a rescaled one is said in the caption:
///
/// | images | shown |
/// |---|---|
/// | boolean | black and white |
/// | colour, `uint8` | 0 to 255 |
/// | colour, floats from 0 to 1 | 0 to 1 |
/// | one channel, and all others | least to greatest value of the images shown |
///
/// | options | |
/// |---|---|
/// | [`rows`](Images::rows), [`columns`](Images::columns), [`component`](Images::component), [`sequences`](Images::sequences) | what is shown |
/// | [`titles_by`](Images::titles_by), [`titles`](Images::titles), [`class_names`](Images::class_names) | what stands above |
/// | [`predicted`](Images::predicted), [`confidence`](Images::confidence), [`worst_first`](Images::worst_first), [`only_wrong`](Images::only_wrong) | predictions against labels |
/// | [`range`](Images::range), [`value_range`](Images::value_range), [`cmap`](Images::cmap) | numbers to shades and colours |
/// | [`channels`](Images::channels), [`reduce`](Images::reduce), [`channels_first`](Images::channels_first) | other numbers of channels |
/// | [`boxes`](Images::boxes), [`box_format`](Images::box_format), [`box_labels`](Images::box_labels), [`masks`](Images::masks), [`mask_opacity`](Images::mask_opacity) | what lies over the images |
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
/// use ndarray::{Array1, Array4};
///
/// let images = Array4::from_shape_fn((10, 32, 32, 3), |(n, y, x, c)| ((n + y + x + c) % 7) as f64 / 6.0);
/// let ds = Dataset::from_tensor_slices((images, Array1::from_iter(0..10_i64)))?;
///
/// let grid = ds.images().rows(2).columns(5);
/// assert!(grid.to_svg()?.contains("Label: 3"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Images(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    component: Option<Key>,
    sequences: bool,
    rows: Option<usize>,
    columns: Option<usize>,
    titles: Titles,
    class_names: Option<Vec<String>>,
    predictions: Predictions,
    tones: Tones,
    channels: Channels,
    boxes: Boxes,
    masks: Masks,
    pub(super) look: Look,
}

settings!(Images);

impl Dataset {
    /// A grid of the first images, titled with their labels. The images are the
    /// first component of shape `(h, w)` or `(h, w, 1|3|4)`, or else of sequences of
    /// images `(t, h, w, 1|3|4)`; the label is the component named so, or the last of a
    /// tuple.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// let svg = digits.images().rows(2).columns(5).to_svg()?;
    /// assert!(svg.contains("Label: 0"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn images(&self) -> Images {
        Images(Held::new(Settings {
            dataset: self.clone(),
            component: None,
            sequences: false,
            rows: None,
            columns: None,
            titles: Titles::default(),
            class_names: None,
            predictions: Predictions::default(),
            tones: Tones::default(),
            channels: Channels::default(),
            boxes: Boxes::default(),
            masks: Masks::default(),
            look: Look::default(),
        }))
    }
}

impl Images {
    /// How many rows. Default: as many as the images fill, at most 2; of sequences at
    /// most 4.
    pub fn rows(&self, rows: usize) -> Self {
        let mut plot = self.clone();
        plot.rows = Some(rows);
        plot
    }

    /// How many images side by side. Default: 5; of sequences at most 8 frames, spread
    /// evenly over each.
    pub fn columns(&self, columns: usize) -> Self {
        let mut plot = self.clone();
        plot.columns = Some(columns);
        plot
    }

    /// What the integer labels 0, 1, … are called. Default: the data set's
    /// ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.class_names = Some(names.into_iter().map(Into::into).into_list());
        plot
    }

    /// The names of classes given to the plot, or else to the data set.
    fn classes(&self) -> Option<&[String]> {
        self.class_names.as_deref().or(self.dataset.class_names())
    }

    /// The width and height of a picture.
    fn size_of(&self, image: &[usize]) -> (usize, usize) {
        let (h, w, _) = self.channels.layout(image).unwrap_or((1, 1, None));
        (w, h)
    }
}

impl Draw for Images {
    fn figure(&self) -> Result<Figure> {
        let shown = self.shown(&self.dataset.row_spec())?;
        let (rows, columns) = self.grid_size(shown.sequence)?;
        let judged = self.judged()?;
        let limit = if shown.sequence { rows } else { rows * columns };
        let what = if shown.sequence {
            "sequences"
        } else {
            "images"
        };
        let picked = self.picked(limit, judged.as_ref(), what)?;
        let pictures = Pictures::of(&picked.rows, shown, columns);
        let sheet = Sheet::of(self, &picked, &pictures, judged.as_ref())?;
        self.look.dress(sheet.figure(&pictures)?)
    }
}

fn images(n: usize) -> String {
    if n == 1 {
        "1 image".into()
    } else {
        format!("{} images", count(n))
    }
}

#[cfg(test)]
mod tests;
