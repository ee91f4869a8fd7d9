//! A grid of images, each titled with its label.
//!
//! - `component`: which component holds the images
//! - `frames`: which rows are shown, and the pictures of each
//! - `channels`, `tones`: arrays as pictures of shades and colours
//! - `titles`, `predictions`: what stands above them
//! - `per_row`: a component, or values given for each row
//! - `masks`, `boxes`: what lies over them
//! - `layout`: the room that each gets
//! - this file: the plot, and how it comes together

mod boxes;
mod channels;
mod component;
mod frames;
mod layout;
mod masks;
mod per_row;
mod predictions;
mod titles;
mod tones;

pub use boxes::BoxFormat;
pub use channels::ChannelReduction;
pub use per_row::PerRow;
pub use tones::ValueRange;

pub(super) use layout::picture_panel;
pub(super) use titles::class_name;
pub(super) use tones::range_note;

use super::figure::{Figure, Image, Ink, Key as LookKey, Lines, Mark, Panel};
use super::look::Look;
use super::number::count;
use super::pixels::{Raster, reduced};
use super::{Draw, notes};
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use boxes::{Boxes, Placed};
use channels::Channels;
use frames::{Picked, Picture, Pictures};
use layout::Cell;
use masks::{Colored, Masks};
use predictions::{Judged, Predictions, Verdict};
use titles::{Heading, Titles};
use tones::{Tones, Toning};

/// A grid of images, each titled `Label: k`: the `plt.subplot`, `plt.imshow`,
/// `plt.title` loop of TensorFlow's tutorials in one line.
///
/// Made by [`Dataset::images`] and [`Element::images`](crate::Element::images). Shows
/// itself when it is the last expression of a cell; [`to_svg`](Images::to_svg),
/// [`to_png`](Images::to_png) and [`save`](Images::save) work anywhere.
///
/// Pixels are enlarged without blur, and the file holds them at their own size; those
/// of images far larger than their place are averaged. The value range follows the
/// element type; a rescaled one is said in the caption:
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
pub struct Images {
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
        Images {
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
        }
    }
}

impl Images {
    /// How many rows. Default: as many as the images fill, at most 2; of sequences at
    /// most 4.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = Some(rows);
        self
    }

    /// How many images side by side. Default: 5; of sequences at most 8 frames, spread
    /// evenly over each.
    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = Some(columns);
        self
    }

    /// What the integer labels 0, 1, … are called. Default: the data set's
    /// ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.class_names = Some(names.into_iter().map(Into::into).collect());
        self
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

/// Everything that pictures are drawn with.
struct Sheet<'a> {
    images: &'a Images,
    cell: Cell,
    toning: Toning,
    headings: Vec<Heading>,
    masks: Option<Colored>,
    boxes: Option<Placed>,
    /// What is known before any is drawn.
    notes: Vec<Option<String>>,
}

impl<'a> Sheet<'a> {
    fn of(
        images: &'a Images,
        picked: &Picked,
        pictures: &Pictures<'_>,
        judged: Option<&Judged>,
    ) -> Result<Sheet<'a>> {
        let sizes: Vec<(usize, usize)> = pictures
            .pictures()
            .map(|picture| images.size_of(picture.image.shape()))
            .collect();
        let toning = images.tones.resolve(&|f| {
            for picture in pictures.pictures() {
                f(&images.channels.raster(&picture.image)?);
            }
            Ok(())
        })?;
        let (masks, boxes) = images.overlays(picked, &sizes)?;
        let cell = images.cell(&sizes, pictures.columns.min(pictures.cells.len()), &toning);
        let (headings, told) = images.all_headings(picked, judged, &cell)?;
        let notes = vec![
            picked.part.clone(),
            judged.map(Judged::note),
            told,
            pictures.note.clone(),
            toning.note.clone(),
            pictures
                .pictures()
                .next()
                .and_then(|picture| images.channels.note(picture.image.shape())),
        ];
        Ok(Sheet {
            images,
            cell,
            toning,
            headings,
            masks,
            boxes,
            notes,
        })
    }

    fn figure(self, pictures: &Pictures<'_>) -> Result<Figure> {
        let mut panels = Vec::with_capacity(pictures.cells.len());
        let (mut blank, mut all_written) = (0, true);
        let mut titled = None;
        for cell in &pictures.cells {
            let Some(picture) = cell else {
                panels.push(self.cell.gap());
                continue;
            };
            // Of a sequence the first frame has the title.
            let first = titled.replace(picture.row) != Some(picture.row);
            let drawn = self.panel(picture, first)?;
            blank += drawn.blank;
            all_written &= drawn.all_written;
            panels.push(drawn.panel);
        }
        let shown = pictures.pictures().count();
        let title = self.images.look.title.as_deref().unwrap_or("Grid");
        let what = format!("{title} of {}", images(shown));
        if shown == 0 {
            // There is nothing whose shades or channels could be told.
            let why = self.images.predictions.nothing();
            let notes = self.notes.into_iter().take(2);
            return Ok(Cell::nothing(why, &what).with_notes(notes));
        }
        let keys = self.keys(all_written);
        let boxes = self.boxes.iter().flat_map(Placed::notes);
        let figure = self.cell.grid(pictures.columns, panels, keys, &what);
        Ok(figure
            .with_notes(self.notes.iter().cloned().chain(boxes))
            .with_notes([notes::blank_pixels(blank)])
            .with_notes(self.cell.notes()))
    }

    fn keys(&self, all_written: bool) -> Vec<LookKey> {
        let boxes = self.boxes.as_ref().filter(|_| !all_written);
        let masks = self.masks.as_ref().and_then(Colored::legend);
        let boxes = boxes.and_then(Placed::legend);
        [masks, boxes, self.toning.key.clone()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn panel(&self, picture: &Picture<'_>, titled: bool) -> Result<Drawn> {
        let raster = self.images.channels.raster(&picture.image)?;
        let range = self.toning.range.unwrap_or_else(|| raster.own_range());
        let (pixels, blank) = raster.pixels(range, &self.toning.shades);
        let mut panel = self.cell.panel(reduced(&pixels, self.cell.reduction));
        let all_written = self.lay_over(&mut panel, picture.row, &raster);
        let heading = &self.headings[picture.row];
        if heading.wrong {
            panel.marks.push(frame_around(&raster));
        }
        if titled {
            panel.title.clone_from(&heading.text);
            panel.title_ink = heading.ink.unwrap_or(panel.title_ink);
        }
        Ok(Drawn {
            panel,
            blank,
            all_written,
        })
    }

    /// Adds the mask and the boxes of a row; tells whether all their labels are written.
    fn lay_over(&self, panel: &mut Panel, row: usize, raster: &Raster) -> bool {
        if let Some(masks) = &self.masks {
            let pixels = reduced(&masks.pixels(row), self.cell.reduction);
            let (x, y) = (panel.x.limits, panel.y.limits);
            panel.marks.push(Mark::Image(Image {
                pixels,
                x: (x.min(), x.max()),
                y: (y.min(), y.max()),
            }));
        }
        let Some(boxes) = &self.boxes else {
            return true;
        };
        let (marks, all_written) = boxes.marks(row, (raster.width, raster.height), &self.cell);
        panel.marks.extend(marks);
        all_written
    }
}

/// Room that is kept free for keys.
const KEYS: f64 = 70.0;

/// A panel, how many of its pixels are blank, and whether its boxes are named.
struct Drawn {
    panel: Panel,
    blank: u64,
    all_written: bool,
}

impl Images {
    /// The headings of the rows, and how those of predictions are read.
    fn all_headings(
        &self,
        picked: &Picked,
        judged: Option<&Judged>,
        cell: &Cell,
    ) -> Result<(Vec<Heading>, Option<String>)> {
        let Some(judged) = judged else {
            return Ok((self.headings(&picked.rows, &picked.positions)?, None));
        };
        let verdicts: Vec<&Verdict> = picked
            .positions
            .iter()
            .filter_map(|&at| judged.verdicts.get(at))
            .collect();
        let style = predictions::style(&verdicts, &|parts, lines| cell.has_room(parts, lines));
        let mut headings = self.verdict_headings(&verdicts, style);
        // Rows beyond those that were judged have no title.
        headings.resize(picked.positions.len(), Heading::default());
        let told = judged
            .reading(&verdicts, style)
            .filter(|_| !matches!(self.titles, Titles::None));
        Ok((headings, told))
    }
}

impl Images {
    /// The room for pictures of these sizes.
    fn cell(&self, sizes: &[(usize, usize)], columns: usize, toning: &Toning) -> Cell {
        let most = |size: fn(&(usize, usize)) -> usize| sizes.iter().map(size).max().unwrap_or(1);
        let size = (most(|size| size.0), most(|size| size.1));
        let keys = toning.key.is_some() || self.masks.key().is_some() || self.boxes.key().is_some();
        let keys = if keys { KEYS } else { 0.0 };
        Cell::fitting(size, columns.max(1), sizes.len(), keys)
    }

    /// The masks and boxes of the rows, whose pictures have these sizes.
    fn overlays(
        &self,
        picked: &Picked,
        sizes: &[(usize, usize)],
    ) -> Result<(Option<Colored>, Option<Placed>)> {
        let asked = self.masks.key().is_some() || self.boxes.key().is_some();
        if asked && picked.rows.rows.len() != sizes.len() {
            return Err(Error::shape(
                "expected single images under masks and boxes, but found sequences of them; take them apart first with unbatch()",
            ));
        }
        let classes = self.classes();
        Ok((
            self.masks.colored(&picked.rows, sizes, classes)?,
            self.boxes.placed(&picked.rows, sizes, classes)?,
        ))
    }
}

/// A frame around a picture whose prediction is wrong.
fn frame_around(raster: &Raster) -> Mark {
    let (w, h) = (raster.width as f64, raster.height as f64);
    let corners = vec![(0.0, 0.0), (w, 0.0), (w, h), (0.0, h), (0.0, 0.0)];
    Mark::Lines(Lines::new(vec![corners], Ink::Alert, 3.0))
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
