//! The pictures of a grid in their order: one for each row, or the frames of each.

use super::Images;
use super::component::Shown;
use super::predictions::Judged;
use crate::dataset::ListedRows;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapNumbers};
use crate::plot::notes;
use crate::plot::number::count;
use crate::tensor::{Tensor, TensorView};

/// The most images of one grid: of more, nothing could be seen on one page.
const MAX_IMAGES: usize = 20_000;

/// The most side by side or one below the other: a page has so many pixels.
const MAX_SIDE: usize = 2_500;

/// Rows and columns where none are asked for: of pictures, and of frames.
const PICTURES: (usize, usize) = (2, 5);
const FRAMES: (usize, usize) = (4, 8);

/// At most so many frames are listed by number.
const LISTED: usize = 12;

/// The rows that are shown, and where they stand in the data set.
pub(super) struct Picked {
    pub(super) rows: ListedRows,
    pub(super) positions: Vec<usize>,
    pub(super) part: Option<String>,
}

/// A picture of a grid, by the number of its row among those that are shown.
pub(super) struct Picture<'a> {
    pub(super) row: usize,
    pub(super) image: TensorView<'a>,
}

/// The pictures, row by row of the grid; `None` is a gap.
pub(super) struct Pictures<'a> {
    pub(super) cells: Vec<Option<Picture<'a>>>,
    pub(super) columns: usize,
    pub(super) note: Option<String>,
}

impl Images {
    /// Rows and columns of the grid.
    pub(super) fn grid_size(&self, sequence: bool) -> Result<(usize, usize)> {
        let (rows, columns) = if sequence { FRAMES } else { PICTURES };
        let (rows, columns) = (self.rows.unwrap_or(rows), self.columns.unwrap_or(columns));
        for (what, n) in [("row", rows), ("column", columns)] {
            if n == 0 {
                return Err(Error::value(format!(
                    "expected at least 1 {what} of images, but found 0"
                )));
            }
        }
        match rows.checked_mul(columns) {
            Some(n) if n <= MAX_IMAGES && rows.max(columns) <= MAX_SIDE => Ok((rows, columns)),
            _ => Err(Error::value(format!(
                "expected a grid of at most {} images, {} in a row or column, but found {rows} rows of {columns}; take a sample with shuffle(seed) and show fewer",
                count(MAX_IMAGES),
                count(MAX_SIDE)
            ))),
        }
    }

    /// At most `limit` rows: the first, or those that predictions put first.
    pub(super) fn picked(
        &self,
        limit: usize,
        judged: Option<&Judged>,
        what: &str,
    ) -> Result<Picked> {
        let order = judged.and_then(|judged| Some((judged, judged.order()?)));
        let Some((judged, mut positions)) = order else {
            let rows = self.dataset.first_listed(limit)?;
            let part = notes::extent(rows.rows.len(), &rows.extent, what);
            return Ok(Picked {
                positions: (0..rows.rows.len()).collect(),
                rows,
                part,
            });
        };
        positions.truncate(limit);
        let rows = self.dataset.listed_at(&positions)?;
        if rows.rows.len() < positions.len() {
            return Err(Error::value(format!(
                "expected the row {} that a prediction belongs to, but the data set ended before it; read it into memory first with collect()",
                count(positions.iter().max().copied().unwrap_or(0))
            )));
        }
        let part = judged.part(positions.len(), what);
        Ok(Picked {
            rows,
            positions,
            part,
        })
    }
}

impl<'a> Pictures<'a> {
    /// The pictures of the rows, at most `columns` side by side.
    pub(super) fn of(rows: &'a ListedRows, shown: Shown, columns: usize) -> Pictures<'a> {
        let components = rows.rows.iter().map(|row| &row[shown.component]);
        if !shown.sequence {
            let picture = |(row, tensor): (usize, &'a Tensor)| {
                Some(Picture {
                    row,
                    image: tensor.view(),
                })
            };
            return Pictures {
                cells: components.enumerate().map(picture).into_list(),
                columns,
                note: None,
            };
        }
        Pictures::of_sequences(&components.into_list(), columns)
    }

    fn of_sequences(tensors: &[&'a Tensor], columns: usize) -> Pictures<'a> {
        let length = |tensor: &Tensor| tensor.shape().first().copied().unwrap_or(0);
        let lengths: Vec<usize> = tensors.map_each(|tensor| length(tensor));
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let columns = columns.min(longest).max(1);
        let mut cells = Vec::with_capacity(tensors.len() * columns);
        for (row, (tensor, &length)) in tensors.iter().zip(&lengths).enumerate() {
            let frame = |t| {
                Some(Picture {
                    row,
                    image: tensor.view().index(0, t),
                })
            };
            cells.extend(spread(length, columns).into_iter().map(frame));
            cells.resize_with((row + 1) * columns, || None);
        }
        Pictures {
            cells,
            columns,
            note: frames_note(
                longest,
                columns,
                lengths.iter().all(|length| *length == longest),
            ),
        }
    }

    /// The pictures there are.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &Picture<'a>> {
        self.cells.iter().flatten()
    }
}

/// At most `most` of so many frames, at even distances from the first to the last.
fn spread(all: usize, most: usize) -> Vec<usize> {
    if all <= most {
        return (0..all).collect();
    }
    let last = (most - 1).max(1);
    (0..most).map_each(|i| (i * (all - 1) + last / 2) / last)
}

fn frames_note(longest: usize, columns: usize, all_alike: bool) -> Option<String> {
    if longest == 0 {
        return Some("no frames".to_owned());
    }
    if longest <= columns {
        return None;
    }
    let of = if all_alike { "" } else { "at most " };
    let start = format!(
        "{} of {of}{} frames of each sequence",
        count(columns),
        count(longest)
    );
    let listed: Vec<String> = spread(longest, columns).map_each(usize::to_string);
    Some(match all_alike && columns <= LISTED {
        true if columns == 1 => format!("{start}: number 0"),
        true => format!("{start}, evenly spaced: {}", listed.join(", ")),
        false => format!("{start}, evenly spaced"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_spread_evenly() {
        assert_eq!(spread(64, 8), [0, 9, 18, 27, 36, 45, 54, 63]);
        assert_eq!(spread(10, 4), [0, 3, 6, 9]);
        assert_eq!(spread(3, 8), [0, 1, 2]);
        assert_eq!(spread(9, 1), [0]);
        assert!(spread(0, 3).is_empty());
        let note = frames_note(64, 8, true).unwrap();
        assert_eq!(
            note,
            "8 of 64 frames of each sequence, evenly spaced: 0, 9, 18, 27, 36, 45, 54, 63"
        );
        assert_eq!(frames_note(8, 8, true), None);
    }
}
