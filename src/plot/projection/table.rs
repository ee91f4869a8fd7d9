//! The numbers of all rows, in pieces.

use ndarray::Array2;

use crate::dataset::{Columns, Feature};
use crate::error::Result;
use crate::list::MapEach;
use crate::plot::number::count;
use crate::tensor::{Rows, Tensor};

/// Rows are taken in pieces of so many numbers, about, as they need eight bytes for
/// each that may take one in the data set.
const PIECE: usize = 1 << 22;

/// What is projected.
pub(super) enum Table {
    /// A column for each feature.
    Features { columns: Vec<Vec<f64>>, rows: usize },
    /// A picture in each row.
    Pixels(Tensor),
}

impl Table {
    pub(super) fn of(rows: &Columns, features: &[Feature], image: Option<usize>) -> Result<Table> {
        if let (true, Some(image)) = (features.is_empty(), image) {
            return Ok(Table::Pixels(rows.components[image].clone()));
        }
        let column = |feature: &Feature| rows.numbers(feature);
        Ok(Table::Features {
            columns: features.try_map_each(column)?,
            rows: rows.len,
        })
    }

    pub(super) fn is_pixels(&self) -> bool {
        matches!(self, Table::Pixels(_))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Table::Features { rows, .. } => *rows,
            Table::Pixels(images) => images.shape()[0],
        }
    }

    /// Numbers in a row.
    pub(super) fn width(&self) -> usize {
        match self {
            Table::Features { columns, .. } => columns.len(),
            Table::Pixels(images) => images.shape()[1..].iter().product(),
        }
    }

    /// What a row holds, in words, of this kind.
    pub(super) fn words(&self, kind: &str) -> String {
        let what = if self.is_pixels() { "pixel" } else { "feature" };
        let plural = if self.width() == 1 { "" } else { "s" };
        format!("{} {kind}{what}{plural}", count(self.width()))
    }

    /// Some rows.
    pub(super) fn rows(&self, rows: &[usize]) -> Array2<f64> {
        let width = self.width();
        match self {
            Table::Features { columns, .. } => {
                Array2::from_shape_fn((rows.len(), width), |(i, j)| columns[j][rows[i]])
            }
            Table::Pixels(images) => {
                let picked = images.rows(&rows.iter().copied().collect::<Rows>());
                // Pictures hold numbers, as many as their shape says.
                let numbers = picked.view().to_f64().unwrap_or_default();
                Array2::from_shape_vec((rows.len(), width), numbers)
                    .unwrap_or_else(|_| Array2::from_elem((rows.len(), width), f64::NAN))
            }
        }
    }

    /// These rows, a piece at a time.
    pub(super) fn pieces<'a>(
        &'a self,
        rows: &'a [usize],
    ) -> impl Iterator<Item = (&'a [usize], Array2<f64>)> + 'a {
        let each = (PIECE / self.width().max(1)).max(1);
        rows.chunks(each).map(|piece| (piece, self.rows(piece)))
    }

    /// The rows whose numbers are all finite.
    pub(super) fn finite(&self) -> Vec<usize> {
        let all: Vec<usize> = (0..self.len()).collect();
        let mut finite = Vec::with_capacity(all.len());
        for (rows, numbers) in self.pieces(&all) {
            let known = |(_, row): &(&usize, ndarray::ArrayView1<'_, f64>)| {
                row.iter().all(|v| v.is_finite())
            };
            let known = rows.iter().zip(numbers.rows()).filter(known);
            finite.extend(known.map(|(&row, _)| row));
        }
        finite
    }
}
