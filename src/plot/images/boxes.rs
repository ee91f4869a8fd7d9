//! Boxes over images: outlines with the names of what is in them.

use super::Images;
use super::layout::Cell;
use super::titles::class_name;
use crate::dataset::{ElementSpec, Key, ListedRows};
use crate::error::{Error, Result};
use crate::plot::figure::{
    Ink, Key as LookKey, LegendEntry, Lines, Mark, Per, Polygons, Swatch, Texts,
};
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
    pub fn boxes(mut self, boxes: impl Into<Key>) -> Self {
        self.boxes.key = Some(boxes.into());
        self
    }

    /// What the four numbers of a box are. Default: [`BoxFormat::XyXy`].
    pub fn box_format(mut self, format: BoxFormat) -> Self {
        self.boxes.format = format;
        self
    }

    /// What is in the boxes: a component with a value for each box. Names of classes
    /// apply to whole numbers. Default: unnamed boxes.
    pub fn box_labels(mut self, labels: impl Into<Key>) -> Self {
        self.boxes.labels = Some(labels.into());
        self
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
        let Some(key) = &self.key else {
            return match self.labels {
                Some(_) => Err(Error::value(
                    "expected boxes for the labels, but found none; give them with boxes(…)",
                )),
                None => Ok(None),
            };
        };
        let component = key.find(&rows.spec.names(), "component")?;
        let labels = self
            .labels
            .as_ref()
            .map(|key| key.find(&rows.spec.names(), "component"));
        let labels = labels.transpose()?;
        let mut places = Vec::with_capacity(rows.rows.len());
        let mut texts = Vec::new();
        for (row, &(w, h)) in rows.rows.iter().zip(sizes) {
            let boxes = corners(&row[component], &rows.spec, component)?;
            let boxes = boxes
                .into_iter()
                .map(|four| self.format.corners(four, (w as f64, h as f64)));
            places.push(boxes.collect::<Vec<_>>());
            if let Some(labels) = labels {
                texts.push(label_texts(
                    &row[labels],
                    places.last().map_or(0, Vec::len),
                )?);
            }
        }
        let different: Vec<String> = texts.concat();
        let different: Vec<String> = ordered(&different).into_iter().map(str::to_owned).collect();
        let class = |row: usize, i: usize| {
            let text = texts.get(row)?.get(i)?;
            different.iter().position(|known| known == text)
        };
        let notes = vec![
            self.hint(&places),
            left_out(&places),
            outside(&places, sizes),
        ];
        let place = |(row, boxes): (usize, &Vec<[f64; 4]>)| {
            let place = |(i, four): (usize, &[f64; 4])| Place {
                corners: sorted(*four),
                class: class(row, i),
            };
            boxes
                .iter()
                .enumerate()
                .filter(|(_, four)| is_known(four))
                .map(place)
                .collect()
        };
        Ok(Some(Placed {
            rows: places.iter().enumerate().map(place).collect(),
            classes: different
                .iter()
                .map(|text| class_name(text, classes))
                .collect(),
            title: labels
                .map(|labels| rows.spec.names()[labels].clone())
                .filter(|name| name.parse::<usize>().is_err()),
            notes,
        }))
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
            Ok(values.chunks_exact(4).map(four).collect())
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

/// Height of a label's plate, and width of a letter on it, in logical pixels.
const PLATE: f64 = 14.0;
const LETTER: f64 = 6.6;

/// Labels would hide pictures that are less wide.
const LEAST: f64 = 120.0;

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
            entries: names.into_iter().enumerate().map(entry).collect(),
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

/// Where a label has room: on the upper side of its box or on the lower one, within the
/// image and clear of other labels.
fn plate(
    name: &str,
    [left, top, _, bottom]: [f64; 4],
    ((w, h), unit): ((f64, f64), (f64, f64)),
    taken: &[[f64; 4]],
) -> Option<[f64; 4]> {
    let width = (name.chars().count() as f64 * LETTER + 6.0) / unit.0;
    let height = PLATE / unit.1;
    let roomy = w * unit.0 >= LEAST && width <= w && height <= h;
    if !roomy || name.trim().is_empty() {
        return None;
    }
    let x = left.max(0.0).min(w - width);
    let tops = [top - height, top, bottom - height, bottom];
    let free = |y: &f64| {
        let area = [x, *y, x + width, y + height];
        let inside = *y >= 0.0 && y + height <= h;
        inside && taken.iter().all(|other| apart(area, *other))
    };
    let y = tops.into_iter().find(free)?;
    Some([x, y, x + width, y + height])
}

fn is_seen([left, top, right, bottom]: [f64; 4], (w, h): (f64, f64)) -> bool {
    right > 0.0 && bottom > 0.0 && left < w && top < h
}

fn apart(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3]
}

/// A name on a plate of the colour of its box.
fn label(name: &str, [left, top, right, bottom]: [f64; 4], ink: Ink) -> [Mark; 2] {
    let plate = Polygons {
        shapes: vec![vec![
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
        ]],
        inks: Per::All(ink),
        opacity: 1.0,
    };
    let words = Texts {
        at: vec![((left + right) / 2.0, (top + bottom) / 2.0)],
        texts: vec![name.to_owned()],
        inks: Per::All(Ink::Page),
        place: Default::default(),
        room: (right - left, bottom - top),
    };
    [Mark::Polygons(plate), Mark::Texts(words)]
}
