//! The pictures of a grid drawn: shades, titles, what lies over them, keys and notes.

use super::boxes::Placed;
use super::bytes::{self, Bytes, Shades};
use super::frames::{Picked, Picture, Pictures};
use super::layout::Cell;
use super::masks::Colored;
use super::predictions::{self, Judged, Verdict};
use super::titles::{Heading, Titles};
use super::tones::Toning;
use super::{Images, images};
use crate::error::{Error, Result};
use crate::list::{Flat, IntoList, MapEach};
use crate::plot::figure::{Figure, Image, Ink, Key, Lines, Mark, Panel, Pixels};
use crate::plot::notes;
use crate::plot::pixels::reduced;

/// Everything that pictures are drawn with.
pub(super) struct Sheet<'a> {
    images: &'a Images,
    cell: Cell,
    toning: Toning,
    /// The shades of bytes, where all pictures have one range.
    shades: Option<Shades>,
    headings: Vec<Heading>,
    masks: Option<Colored>,
    boxes: Option<Placed>,
    /// What is known before any is drawn.
    notes: Vec<Option<String>>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(
        images: &'a Images,
        picked: &Picked,
        pictures: &Pictures<'_>,
        judged: Option<&Judged>,
    ) -> Result<Sheet<'a>> {
        let sizes: Vec<(usize, usize)> = pictures
            .pictures()
            .map(|picture| images.size_of(picture.image.shape()))
            .into_list();
        let spread = bytes::spread(&images.channels, pictures);
        let toning = images.tones.resolve(spread, &|f| {
            for picture in pictures.pictures() {
                f(&images.channels.raster(&picture.image)?);
            }
            Ok(())
        })?;
        let (masks, boxes) = images.overlays(picked, &sizes)?;
        let cell = images.cell(&sizes, pictures.columns.min(pictures.cells.len()), &toning);
        let (headings, told) = images.all_headings(picked, judged, &cell)?;
        let untitled = cell.mosaic && headings.iter().any(|heading| heading.text.is_some());
        let untitled = untitled.then(|| "titles left out: the images are too many".to_owned());
        let notes = vec![
            picked.part.clone(),
            judged.map(Judged::note),
            told,
            untitled,
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
            shades: toning.range.map(bytes::shades),
            toning,
            headings,
            masks,
            boxes,
            notes,
        })
    }

    pub(super) fn figure(self, pictures: &Pictures<'_>) -> Result<Figure> {
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

    fn keys(&self, all_written: bool) -> Vec<Key> {
        let boxes = self.boxes.as_ref().filter(|_| !all_written);
        let masks = self.masks.as_ref().and_then(Colored::legend);
        let boxes = boxes.and_then(Placed::legend);
        [masks, boxes, self.toning.key.clone()].flat()
    }

    /// The pixels of a picture, and how many of them are blank.
    fn pixels(&self, picture: &Picture<'_>) -> Result<(Pixels, u64)> {
        let (channels, toning) = (&self.images.channels, &self.toning);
        if let Some(bytes) = Bytes::of(channels, &picture.image) {
            let shades = self
                .shades
                .unwrap_or_else(|| bytes::shades(bytes.own_range()));
            return Ok((bytes.pixels(&shades, &toning.shades), 0));
        }
        let raster = channels.raster(&picture.image)?;
        let range = toning.range.unwrap_or_else(|| raster.own_range());
        Ok(raster.pixels(range, &toning.shades))
    }

    fn panel(&self, picture: &Picture<'_>, titled: bool) -> Result<Drawn> {
        let (pixels, blank) = self.pixels(picture)?;
        let size = (pixels.width, pixels.height);
        let mut panel = self.cell.panel(reduced(&pixels, self.cell.reduction));
        let all_written = self.lay_over(&mut panel, picture.row, size);
        let heading = &self.headings[picture.row];
        if heading.wrong {
            panel.marks.push(frame_around(size));
        }
        if titled && !self.cell.mosaic {
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
    fn lay_over(&self, panel: &mut Panel, row: usize, size: (usize, usize)) -> bool {
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
        let (marks, all_written) = boxes.marks(row, size, &self.cell);
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
            .flat_map_each(|&at| judged.verdicts.get(at));
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
fn frame_around((w, h): (usize, usize)) -> Mark {
    let (w, h) = (w as f64, h as f64);
    let corners = vec![(0.0, 0.0), (w, 0.0), (w, h), (0.0, h), (0.0, 0.0)];
    Mark::Lines(Lines::new(vec![corners], Ink::Alert, 3.0))
}
