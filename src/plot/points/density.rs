//! Pictures of how many points lie where, for more points than can be told apart.

use super::chart::LEAST_ROOM;
use super::coordinate::Coordinate;
use super::grid::Band;
use super::looks::Looks;
use crate::error::Result;
use crate::list::MapEach;
use crate::plot::colormap;
use crate::plot::figure::{Axis, Cell, Cells, Ink, Key, Limits, Mark, Scale, Swatch};
use crate::plot::hue::{Amounts, Hue};
use crate::plot::number::count;
use crate::stats::Histogram2dOptions;

/// Of a cell that holds a single point, where opacity tells the count.
const FAINTEST: f64 = 0.5;

/// Counts up to this are said in the caption; beyond, a colour bar shows them.
const FEW: u64 = 9;

/// What a colour bar takes beside the panel and the caption below it, about, in logical pixels.
const BAR: f64 = 63.0;
const CAPTION: f64 = 14.0;

/// What a colour bar and a caption leave of the room for a panel: cells that are counted
/// for it come out as wide as they are meant to be, and hence all alike.
pub(super) fn beside_bar((width, height): (f64, f64)) -> (f64, f64) {
    ((width - BAR).max(LEAST_ROOM), above_caption(height))
}

fn above_caption(height: f64) -> f64 {
    (height - CAPTION).max(LEAST_ROOM)
}

/// The points to count, in one panel.
pub(super) struct Counted<'a> {
    pub(super) x: &'a Coordinate,
    pub(super) y: &'a Coordinate,
    pub(super) looks: &'a Looks,
    pub(super) rows: &'a [usize],
    pub(super) axes: (&'a Axis, &'a Axis),
    /// Width and height of the panel, in logical pixels.
    pub(super) room: (f64, f64),
}

/// The picture, the axes that it needs, and what it means.
pub(super) struct Density {
    pub(super) mark: Mark,
    pub(super) axes: (Axis, Axis),
    pub(super) keys: Vec<Key>,
    pub(super) note: String,
}

/// What the cells hold, and what that means.
pub(super) struct Filled {
    cells: Vec<Cell>,
    keys: Vec<Key>,
    meaning: String,
}

impl Filled {
    /// The picture of so many points, between the ends of both axes.
    pub(super) fn density(
        self,
        bands: (Band, Band),
        ends: ((f64, f64), (f64, f64)),
        axes: (&Axis, &Axis),
        points: usize,
    ) -> Density {
        Density {
            mark: Mark::Cells(Cells {
                columns: bands.0.cells,
                cells: self.cells,
                x: ends.0,
                y: ends.1,
            }),
            axes: (bands.0.fit(axes.0.clone()), bands.1.fit(axes.1.clone())),
            keys: self.keys,
            note: format!(
                "density of {} points: each cell {}",
                count(points),
                self.meaning
            ),
        }
    }
}

impl Counted<'_> {
    pub(super) fn density(&self) -> Result<Density> {
        let axes = self.axes;
        let room = match self.looks.hue {
            None => beside_bar(self.room),
            Some(_) => (self.room.0, above_caption(self.room.1)),
        };
        let bands = (
            Band::of(self.x, self.rows, axes.0, room.0),
            Band::of(self.y, self.rows, axes.1, room.1),
        );
        let filled = match &self.looks.hue {
            None => by_count(&self.counts(self.rows, bands)?),
            Some(Hue::Classes(classes)) => Filled {
                cells: self.by_class(bands)?,
                keys: vec![classes.legend(Swatch::Area)],
                meaning: "mixes the colours of its classes, opaque where many lie".into(),
            },
            Some(Hue::Amounts(amounts)) => self.by_amount(bands, amounts),
        };
        let ends = |coordinate: &Coordinate, band: Band| {
            (
                coordinate.gathered(band.low),
                coordinate.gathered(band.high),
            )
        };
        let ends = (ends(self.x, bands.0), ends(self.y, bands.1));
        Ok(filled.density(bands, ends, axes, self.rows.len()))
    }

    /// How many of these rows lie in each cell, row by row from the top.
    fn counts(&self, rows: &[usize], (x, y): (Band, Band)) -> Result<Vec<u64>> {
        let options =
            Histogram2dOptions::new((x.cells, y.cells)).range((x.low, x.high), (y.low, y.high));
        let grid = options.count(&self.x.spreads(rows), &self.y.spreads(rows))?;
        let lines = grid.counts.columns().into_iter().rev();
        Ok(lines.flatten().copied().collect())
    }

    fn by_class(&self, bands: (Band, Band)) -> Result<Vec<Cell>> {
        let mut cells = vec![Cell::default(); bands.0.cells * bands.1.cells];
        for (ink, rows) in self.looks.groups(self.rows) {
            for (cell, n) in cells.iter_mut().zip(self.counts(&rows, bands)?) {
                if n > 0 {
                    cell.inks.push((ink, n as f64));
                }
            }
        }
        let all = |cell: &Cell| cell.inks.iter().map(|(_, n)| *n as u64).sum::<u64>();
        let most = cells.iter().map(all).max().unwrap_or(0);
        for cell in &mut cells {
            let share = share(all(cell), most).unwrap_or(0.0);
            cell.opacity = FAINTEST + (1.0 - FAINTEST) * share;
        }
        Ok(cells)
    }

    fn by_amount(&self, bands: (Band, Band), amounts: &Amounts) -> Filled {
        let mut sums = vec![(0.0, 0.0); bands.0.cells * bands.1.cells];
        for &row in self.rows {
            let column = bands.0.cell(self.x.spread(self.x.values[row]));
            let line = bands.1.cell(self.y.spread(self.y.values[row]));
            if let (Some(column), Some(line)) = (column, line) {
                let from_top = bands.1.cells - 1 - line;
                let (n, mean) = &mut sums[from_top * bands.0.cells + column];
                *n += 1.0;
                // A running mean, as sums of the largest numbers overflow.
                *mean += amounts.values[row] / *n - *mean / *n;
            }
        }
        let means = Amounts {
            title: amounts.title.clone(),
            values: sums.map_each(|&(n, mean)| if n > 0.0 { mean } else { f64::NAN }),
        };
        let limits = means.limits();
        let cell = |&mean: &f64| match mean.is_finite() {
            true => Cell {
                inks: vec![(Ink::Rgb(colormap::of_dot(limits.fraction(mean))), 1.0)],
                opacity: 1.0,
            },
            false => Cell::default(),
        };
        Filled {
            cells: means.values.map_each(cell),
            keys: vec![means.color_bar()],
            meaning: "is coloured by the mean of its points".into(),
        }
    }
}

/// Cells coloured by how many points they hold.
pub(super) fn by_count(counts: &[u64]) -> Filled {
    let most = counts.iter().copied().max().unwrap_or(0);
    let cell = |&n: &u64| match share(n, most) {
        Some(share) => Cell {
            inks: vec![(Ink::Rgb(colormap::of_dot(share)), 1.0)],
            opacity: 1.0,
        },
        None => Cell::default(),
    };
    let (keys, meaning) = match most {
        0..=1 => (vec![], "holds one point".into()),
        2..=FEW => (
            vec![],
            format!("is coloured by its count, from 1 to {most}, the brighter the more"),
        ),
        _ => (vec![color_bar(most)], "is coloured by its count".into()),
    };
    Filled {
        cells: counts.map_each(cell),
        keys,
        meaning,
    }
}

/// Where the logarithm of a count lies between those of 1 and `most`; nothing for
/// none.
fn share(n: u64, most: u64) -> Option<f64> {
    match n {
        0 => None,
        1 => Some(0.0),
        n => Some((n as f64).ln() / (most as f64).ln()),
    }
}

fn color_bar(most: u64) -> Key {
    Key::ColorBar {
        title: Some("points per cell".into()),
        limits: Limits::from_min_max(1.0, most as f64),
        scale: Scale::Log,
        colors: colormap::of_dots(),
    }
}
