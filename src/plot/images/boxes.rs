//! Boxes over images: outlines with the names of what is in them.

use super::Images;
use super::layout::Cell;
use super::plates::{label, plate};
use crate::dataset::classes::class_name;
use crate::dataset::{ElementSpec, Key, ListedRows};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto};
use crate::plot::figure::{Ink, Key as LookKey, LegendEntry, Lines, Mark, Swatch};
use crate::plot::hue::ordered;
use crate::plot::number::count;
use crate::tensor::{Shape, Tensor};

/// What the four numbers of a box are: what [`Images::box_format`] takes.
///
/// Pixels are counted from the upper left corner of the image, x to the right and y
/// down; 0 is the outer edge of the first pixel, 1 its inner one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BoxFormat {
    /// Left, top, right, bottom in pixels: those of `torchvision`, Pascal VOC.
    #[default]
    XyXy,
    /// Left, top, width, height in pixels: those of COCO.
    XyWh,
    /// Top, left, bottom, right as shares of height and width: those of
    /// `tf.image.draw_bounding_boxes`.
    YxYxNormalized,
    /// Center, width, height, x first, as shares of width and height: those of YOLO.
    CxCyWhNormalized,
}

impl BoxFormat {
    /// The two corners in pixels of an image of this size.
    fn corners(self, [a, b, c, d]: [f64; 4], (w, h): (f64, f64)) -> [f64; 4] {
        match self {
            BoxFormat::XyXy => [a, b, c, d],
            BoxFormat::XyWh => [a, b, a + c, b + d],
            BoxFormat::YxYxNormalized => [b * w, a * h, d * w, c * h],
            BoxFormat::CxCyWhNormalized => {
                let (x, y) = (a - c / 2.0, b - d / 2.0);
                [x * w, y * h, (x + c) * w, (y + d) * h]
            }
        }
    }

    fn is_of_pixels(self) -> bool {
        matches!(self, BoxFormat::XyXy | BoxFormat::XyWh)
    }
}

/// The boxes that are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Boxes {
    key: Option<Key>,
    format: BoxFormat,
    labels: Option<Key>,
}

impl Images {
    /// Boxes over the images: a component of shape `(n, 4)` or `(4,)`, also with another
    /// n for each element. What lies outside the image is cut off. Default: none.
    ///
    /// Mirrors `tf.image.draw_bounding_boxes`, which paints into the pixels; here they
    /// are lines over them.
    ///
    /// ```
    /// use ndsight::{BoxFormat, Dataset, dict};
    /// use ndarray::{Array3, Array4, array};
    ///
    /// let ds = Dataset::from_tensor_slices(dict! {
    ///     "photo": Array4::<u8>::zeros((2, 60, 80, 3)),
    ///     "where": Array3::from_shape_fn((2, 1, 4), |(_, _, i)| [0.1, 0.1, 0.9, 0.5][i]),
    ///     "what": array![["cat"], ["dog"]],
    /// })?;
    /// let grid = ds.images().boxes("where").box_format(BoxFormat::YxYxNormalized).box_labels("what");
    /// assert!(grid.to_svg()?.contains("dog"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn boxes(&self, boxes: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.boxes.key = Some(boxes.into());
        plot
    }

    /// What the four numbers of a box are. Default: [`BoxFormat::XyXy`].
    pub fn box_format(&self, format: BoxFormat) -> Self {
        let mut plot = self.clone();
        plot.boxes.format = format;
        plot
    }

    /// What is in the boxes: a component with a value for each box. Names of classes
    /// apply to whole numbers. Default: unnamed boxes.
    pub fn box_labels(&self, labels: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.boxes.labels = Some(labels.into());
        plot
    }
}

/// A box in pixels of its image: left, top, right, bottom, and the number of its class.
struct Place {
    corners: [f64; 4],
    class: Option<usize>,
}

/// The boxes of all rows.
pub(super) struct Placed {
    rows: Vec<Vec<Place>>,
    classes: Vec<String>,
    title: Option<String>,
    notes: Vec<Option<String>>,
}

/// Boxes of more classes than this share the last colour.
const MAX_COLORS: usize = 10;

impl Boxes {
    pub(super) fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// The boxes of the rows, whose images have these sizes (w, h).
    pub(super) fn placed(
        &self,
        rows: &ListedRows,
        sizes: &[(usize, usize)],
        classes: Option<&[String]>,
    ) -> Result<Option<Placed>> {
        let names = rows.spec.names();
        let find = |key: &Key| key.find(&names, "component");
        let (boxes, labels) = match (&self.key, &self.labels) {
            (None, None) => return Ok(None),
            (None, Some(_)) => {
                return Err(Error::value(
                    "expected boxes for the labels, but found none; give them with boxes(…)",
                ));
            }
            (Some(boxes), labels) => (find(boxes)?, labels.as_ref().map(find).transpose()?),
        };
        let places = self.places(rows, boxes, sizes)?;
        let named = labels.map(|labels| Named::of(rows, labels, &places));
        let named = named.transpose()?.unwrap_or_default();
        let notes = vec![
            self.hint(&places),
            left_out(&places),
            outside(&places, sizes),
        ];
        Ok(Some(Placed {
            rows: named.known_places(&places),
            classes: named.classes.map_each(|text| class_name(text, classes)),
            title: labels
                .map(|labels| names[labels].clone())
                .filter(|name| name.parse::<usize>().is_err()),
            notes,
        }))
    }

    /// The corners of the boxes of each row in pixels.
    fn places(
        &self,
        rows: &ListedRows,
        component: usize,
        sizes: &[(usize, usize)],
    ) -> Result<Vec<Vec<[f64; 4]>>> {
        let of_row = |(row, &(w, h)): (&Vec<Tensor>, &(usize, usize))| {
            let size = (w as f64, h as f64);
            let boxes = corners(&row[component], &rows.spec, component)?;
            Ok(boxes.map_into(|four| self.format.corners(four, size)))
        };
        rows.rows.iter().zip(sizes).map(of_row).collect()
    }

    /// Shares taken for pixels would be boxes too small to see.
    fn hint(&self, places: &[Vec<[f64; 4]>]) -> Option<String> {
        let mut all = places.iter().flatten().flatten().peekable();
        let tiny = self.format.is_of_pixels()
            && all.peek().is_some()
            && all.all(|v| (0.0..=1.0).contains(v));
        tiny.then(|| "all boxes lie within the first pixel: if they are shares, choose box_format(BoxFormat::YxYxNormalized)".to_owned())
    }
}

/// What is in the boxes of each row.
#[derive(Default)]
struct Named {
    texts: Vec<Vec<String>>,
    /// The different ones, in reading order.
    classes: Vec<String>,
}

impl Named {
    /// A label for each of the boxes.
    fn of(rows: &ListedRows, labels: usize, places: &[Vec<[f64; 4]>]) -> Result<Named> {
        let of_row =
            |(row, boxes): (&Vec<Tensor>, &Vec<[f64; 4]>)| label_texts(&row[labels], boxes.len());
        let texts: Vec<Vec<String>> = rows.rows.iter().zip(places).map(of_row).try_into_list()?;
        let all = texts.concat();
        Ok(Named {
            classes: ordered(&all).map_into(str::to_owned),
            texts,
        })
    }

    fn class(&self, row: usize, i: usize) -> Option<usize> {
        let text = self.texts.get(row)?.get(i)?;
        self.classes.iter().position(|known| known == text)
    }

    /// The boxes of finite numbers, with their classes.
    fn known_places(&self, places: &[Vec<[f64; 4]>]) -> Vec<Vec<Place>> {
        let of_row = |(row, boxes): (usize, &Vec<[f64; 4]>)| {
            let place = |(i, four): (usize, &[f64; 4])| Place {
                corners: sorted(*four),
                class: self.class(row, i),
            };
            let known = boxes.iter().enumerate().filter(|(_, four)| is_known(four));
            known.map(place).into_list()
        };
        places.map_indexed(of_row)
    }
}

fn is_known(four: &[f64; 4]) -> bool {
    four.iter().all(|v| v.is_finite())
}

/// The smaller coordinates first.
fn sorted([a, b, c, d]: [f64; 4]) -> [f64; 4] {
    [a.min(c), b.min(d), a.max(c), b.max(d)]
}

/// The four numbers of each box of a row.
fn corners(tensor: &Tensor, spec: &ElementSpec, component: usize) -> Result<Vec<[f64; 4]>> {
    let values = tensor.view().to_f64();
    match (values, tensor.shape()) {
        (Some(values), [4] | [_, 4]) => {
            let four = |box_: &[f64]| [box_[0], box_[1], box_[2], box_[3]];
            Ok(values.chunks_exact(4).map(four).into_list())
        }
        // No boxes, however that is stated.
        (Some(values), [] | [_, ..]) if values.is_empty() => Ok(Vec::new()),
        _ => Err(Error::shape(format!(
            "expected boxes of shape (n, 4), but component '{}' has {} of shape {}",
            spec.names()[component],
            tensor.dtype(),
            Shape(tensor.shape())
        ))),
    }
}

fn label_texts(labels: &Tensor, boxes: usize) -> Result<Vec<String>> {
    let texts = labels.view().texts();
    match texts.len() == boxes {
        true => Ok(texts),
        false => Err(Error::shape(format!(
            "expected {boxes} labels, one for each box of the image, but found {}",
            texts.len()
        ))),
    }
}

fn left_out(places: &[Vec<[f64; 4]>]) -> Option<String> {
    let lost = places
        .iter()
        .flatten()
        .filter(|four| !is_known(four))
        .count();
    match lost {
        0 => None,
        1 => Some("left out: 1 box with a NaN or infinite number".to_owned()),
        n => Some(format!(
            "left out: {} boxes with NaN or infinite numbers",
            count(n)
        )),
    }
}

/// How many boxes lie outside their image altogether.
fn outside(places: &[Vec<[f64; 4]>], sizes: &[(usize, usize)]) -> Option<String> {
    let is_outside = |four: &[f64; 4], (w, h): (usize, usize)| {
        is_known(four) && !is_seen(sorted(*four), (w as f64, h as f64))
    };
    let of = |(boxes, &size): (&Vec<[f64; 4]>, &(usize, usize))| {
        boxes.iter().filter(|four| is_outside(four, size)).count()
    };
    match places.iter().zip(sizes).map(of).sum() {
        0 => None,
        1 => Some("1 box lies outside its image".to_owned()),
        n => Some(format!("{} boxes lie outside their images", count(n))),
    }
}

/// Width of an outline and of the rim that sets it off against the image.
const LINE: f64 = 2.0;
const RIM: f64 = 3.5;

impl Placed {
    /// The marks over the image of a row, whose pixels are `unit` logical pixels wide
    /// and high, and whether all labels are written.
    pub(super) fn marks(&self, row: usize, size: (usize, usize), cell: &Cell) -> (Vec<Mark>, bool) {
        let (w, h) = (size.0 as f64, size.1 as f64);
        let unit = cell.unit(size);
        let mut marks = Vec::new();
        let mut taken: Vec<[f64; 4]> = Vec::new();
        let mut all_written = true;
        for place in &self.rows[row] {
            let ink = place.class.map_or(Ink::Series(1), color);
            let run = outline(place.corners, (w, h));
            marks.push(Mark::Lines(Lines {
                opacity: 0.7,
                ..Lines::new(vec![run.clone()], Ink::Rgb([255; 3]), RIM)
            }));
            marks.push(Mark::Lines(Lines::new(vec![run], ink, LINE)));
        }
        for place in &self.rows[row] {
            let Some(class) = place.class else {
                continue;
            };
            let name = &self.classes[class];
            if !is_seen(place.corners, (w, h)) {
                continue;
            }
            match plate(name, place.corners, ((w, h), unit), &taken) {
                Some(area) => {
                    marks.extend(label(name, area, color(class)));
                    taken.push(area);
                }
                None => all_written = false,
            }
        }
        (marks, all_written)
    }

    /// A line for each class.
    pub(super) fn legend(&self) -> Option<LookKey> {
        let entry = |(i, label): (usize, String)| LegendEntry {
            label,
            ink: color(i),
            swatch: Swatch::Line,
        };
        let mut names = self.classes.clone();
        if names.len() > MAX_COLORS {
            let others = names.len() - (MAX_COLORS - 1);
            names.truncate(MAX_COLORS - 1);
            names.push(format!("{} other classes", count(others)));
        }
        (!names.is_empty()).then(|| LookKey::Legend {
            title: self.title.clone(),
            entries: names.into_iter().enumerate().map(entry).into_list(),
        })
    }

    pub(super) fn notes(&self) -> impl Iterator<Item = Option<String>> {
        self.notes.clone().into_iter()
    }
}

fn color(class: usize) -> Ink {
    Ink::Series(class.min(MAX_COLORS - 1))
}

/// The four sides, kept near the image.
fn outline(corners: [f64; 4], (w, h): (f64, f64)) -> Vec<(f64, f64)> {
    let x = |v: f64| v.clamp(-w, 2.0 * w);
    let y = |v: f64| v.clamp(-h, 2.0 * h);
    let [left, top, right, bottom] = corners;
    let (left, right, top, bottom) = (x(left), x(right), y(top), y(bottom));
    vec![
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ]
}

fn is_seen([left, top, right, bottom]: [f64; 4], (w, h): (f64, f64)) -> bool {
    right > 0.0 && bottom > 0.0 && left < w && top < h
}
