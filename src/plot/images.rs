//! A grid of images, each titled with its label.

use super::figure::{Axis, Figure, Frame, Image, Limits, Mark, Panel, Pixels};
use super::look::Look;
use super::number::{count, short};
use super::pixels::{Tint, ValueRange, pixels, reduced};
use super::{Draw, notes};
use crate::dataset::{Columns, Dataset};
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// The most images of one grid: each would be smaller than a thumbnail.
const MAX_IMAGES: usize = 2_500;

/// The width that a grid of several columns aims at, in logical pixels: what
/// JupyterLab leaves beside its side bar on a small screen.
const GRID_WIDTH: f64 = 780.0;

/// Sides of a cell, in logical pixels.
const CELL: std::ops::RangeInclusive<f64> = 28.0..=180.0;

/// A grid of images, each titled `Label: k`: the `plt.subplot`, `plt.imshow`,
/// `plt.title` loop of TensorFlow's tutorials in one line.
///
/// Made by [`Dataset::images`], and of batches and arrays. Shows itself when it is
/// the last expression of a cell; [`to_svg`](Images::to_svg),
/// [`to_png`](Images::to_png) and [`save`](Images::save) work anywhere.
///
/// Pixels are enlarged without blur, and the file holds them at their own size.
/// The value range follows the element type; a rescaled one is said in the
/// caption:
///
/// | images | shown |
/// |---|---|
/// | boolean | black and white |
/// | colour, `uint8` | 0 to 255 |
/// | colour, floats from 0 to 1 | 0 to 1 |
/// | one channel, and all others | least to greatest value of the images shown |
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
pub struct Images {
    dataset: Dataset,
    rows: Option<usize>,
    columns: usize,
    class_names: Option<Vec<String>>,
    pub(super) look: Look,
    range: Option<(f64, f64)>,
}

impl Dataset {
    /// A grid of the first images, titled with their labels. The images are the
    /// first component of shape `(h, w)` or `(h, w, 1|3|4)`; the label is the
    /// component named so, or the last of a tuple.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// let svg = digits.images().rows(2).columns(5).to_svg()?;
    /// assert!(svg.contains("Label: 0"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn images(&self) -> Images {
        Images {
            dataset: self.clone(),
            rows: None,
            columns: 5,
            class_names: None,
            look: Look::default(),
            range: None,
        }
    }
}

impl Images {
    /// How many rows. Default: as many as the images fill, at most 2.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = Some(rows);
        self
    }

    /// How many images side by side. Default: 5.
    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    /// What the integer labels 0, 1, … are called. Default: the data set's
    /// ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.class_names = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// The values shown darkest and brightest: `vmin` and `vmax` of
    /// `plt.imshow`. Values outside are shown as these. Default: by the element
    /// type, see the table above.
    pub fn range(mut self, low: f64, high: f64) -> Self {
        self.range = Some((low, high));
        self
    }

    fn capacity(&self) -> Result<usize> {
        let rows = self.rows.unwrap_or(2);
        for (what, n) in [("row", rows), ("column", self.columns)] {
            if n == 0 {
                return Err(Error::value(format!(
                    "expected at least 1 {what} of images, but found 0"
                )));
            }
        }
        match rows.checked_mul(self.columns) {
            Some(n) if n <= MAX_IMAGES => Ok(n),
            _ => Err(Error::value(format!(
                "expected a grid of at most {} images, but found {rows} rows of {}; take a sample with shuffle(seed) and show fewer",
                count(MAX_IMAGES),
                self.columns
            ))),
        }
    }

    fn value_range(&self, images: &Tensor) -> Result<ValueRange> {
        match self.range {
            None => Ok(ValueRange::of(&images.view(), is_gray(images))),
            Some((low, high)) if low.is_finite() && high.is_finite() && low < high => {
                Ok(ValueRange {
                    low,
                    high,
                    nominal: false,
                })
            }
            Some((low, high)) => Err(Error::value(format!(
                "expected a range of two finite numbers, the lower first, but found {low} and {high}"
            ))),
        }
    }
}

/// Whether images of shape `(n, h, w)` or `(n, h, w, c)` have one channel.
fn is_gray(images: &Tensor) -> bool {
    matches!(images.shape(), [_, _, _] | [_, _, _, 1])
}

impl Draw for Images {
    fn figure(&self) -> Result<Figure> {
        let capacity = self.capacity()?;
        let component = self.dataset.row_spec().expect_image()?;
        let rows = self.dataset.first_rows(capacity)?;
        let images = &rows.components[component];
        let range = self.value_range(images)?;
        let titles = titles(&rows, self.class_names.as_deref());
        let cell = Cell::fitting(images.shape(), self.columns.min(rows.len.max(1)));

        let mut blank = 0;
        let mut panels = Vec::with_capacity(rows.len);
        for i in 0..rows.len {
            let (picture, not_finite) = pixels(&images.row(i).view(), range, Tint::Gray)?;
            blank += not_finite;
            panels.push(picture_panel(
                titles.get(i).cloned(),
                reduced(&picture, cell.reduction),
            ));
        }
        let notes = [
            notes::extent(rows.len, &rows.extent, "images"),
            range_note(range, is_gray(images)).filter(|_| !panels.is_empty()),
            (blank > 0).then(|| {
                format!(
                    "{} pixels are NaN or infinite and left blank",
                    count(blank as usize)
                )
            }),
            cell.note(images.shape()),
        ];
        let figure = cell.grid(self.look.title.as_deref(), self.columns, panels);
        self.look.dress(figure.with_notes(notes))
    }
}

fn titles(rows: &Columns, class_names: Option<&[String]>) -> Vec<String> {
    let Some(label) = rows.spec.label() else {
        return Vec::new();
    };
    let labels = &rows.components[label];
    let classes = class_names.or(rows.names.classes.as_deref());
    let named = labels.view().texts();
    named
        .into_iter()
        .map(|text| format!("Label: {}", class_name(&text, classes)))
        .collect()
}

/// The name of the class numbered `label`, or the label itself.
pub(super) fn class_name(label: &str, classes: Option<&[String]>) -> String {
    let named = label
        .parse()
        .ok()
        .and_then(|index: usize| classes?.get(index).cloned());
    named.unwrap_or_else(|| label.to_owned())
}

/// Says which values are shown darkest and brightest, unless they are those that
/// every reader expects.
pub(super) fn range_note(range: ValueRange, gray: bool) -> Option<String> {
    if range.nominal {
        return None;
    }
    let (low, high) = (short(range.low), short(range.high));
    Some(match gray {
        true => format!("shades: black {low}, white {high}"),
        false => format!("values from {low} to {high} rescaled to the full range of brightness"),
    })
}

/// A picture without axes.
pub(super) fn picture_panel(title: Option<String>, pixels: Pixels) -> Panel {
    let (width, height) = (pixels.width as f64, pixels.height as f64);
    let mut y = Axis::new(Limits::from_min_max(0.0, height));
    y.reversed = true;
    let x = Axis::new(Limits::from_min_max(0.0, width));
    let image = Image {
        pixels,
        x: (0.0, width),
        y: (0.0, height),
    };
    Panel {
        title,
        frame: Frame::Off,
        equal_aspect: true,
        ..Panel::new(x, y, vec![Mark::Image(image)])
    }
}

/// The room each image of a grid gets.
struct Cell {
    width: f64,
    height: f64,
    /// Blocks of so many pixels are averaged into one.
    reduction: usize,
}

impl Cell {
    /// For images of shape `(n, h, w, …)`, `columns` side by side.
    fn fitting(shape: &[usize], columns: usize) -> Cell {
        let (h, w) = (shape[1].max(1) as f64, shape[2].max(1) as f64);
        let largest = if columns == 1 { 360.0 } else { *CELL.end() };
        let side = (GRID_WIDTH / columns as f64).clamp(*CELL.start(), largest);
        // Small pictures fill their cell with a whole number of pixels to each.
        let side = if w <= side {
            (side / w).round() * w
        } else {
            side
        };
        // Extreme shapes keep a visible side.
        let height = (side * h / w).clamp(side / 8.0, side * 3.0);
        // The PNG has two pixels for each logical one; more are not seen.
        let reduction = ((w / (2.0 * side)).min(h / (2.0 * height)))
            .floor()
            .max(1.0) as usize;
        Cell {
            width: side,
            height,
            reduction,
        }
    }

    fn note(&self, shape: &[usize]) -> Option<String> {
        let (h, w) = (shape[1], shape[2]);
        (self.reduction > 1).then(|| {
            format!(
                "pictures of {w} × {h} pixels shown at 1/{} of their size",
                self.reduction
            )
        })
    }

    fn grid(&self, title: Option<&str>, columns: usize, panels: Vec<Panel>) -> Figure {
        const GAP: f64 = 10.0;
        const TITLE: f64 = 20.0;
        let columns = columns.min(panels.len()).max(1);
        let rows = panels.len().div_ceil(columns).max(1);
        let titled = panels.iter().any(|panel| panel.title.is_some());
        let cell_height = self.height + GAP + if titled { TITLE } else { 0.0 };
        let description = format!("{} of {}", title.unwrap_or("Grid"), images(panels.len()));
        let panels = match panels.is_empty() {
            true => vec![Panel::message("no data")],
            false => panels,
        };
        let width = columns as f64 * (self.width + GAP) + GAP;
        let height = rows as f64 * cell_height + GAP;
        let size = (width.max(240.0).round(), height.max(80.0).round());
        Figure::of_panels((size.0 as u32, size.1 as u32), columns, panels, description)
    }
}

fn images(n: usize) -> String {
    if n == 1 {
        "1 image".into()
    } else {
        format!("{} images", count(n))
    }
}
