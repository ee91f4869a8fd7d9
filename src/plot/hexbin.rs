//! How many rows lie in each hexagon of a grid of two features.

use super::colormap::Colormap;
use super::figure::{Axis, Figure, Ink, Limits, Mark, Panel, Per, Polygons, finite_ends};
use super::look::Look;
use super::matrix::{Coloring, Colors};
use super::number::count;
use super::pair::{Numbers, Pair};
use super::{Draw, notes};
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::IntoList;
use crate::stats::{BinRule, hexbin, histogram_bin_edges};

/// The most hexagons across where their number is not chosen.
const MOST_ACROSS: usize = 50;

/// How many rows lie in each hexagon of a grid of two features: `plt.hexbin`.
///
/// Made by [`Dataset::hexbin`]. Counts equal matplotlib's; rows in which a number is
/// NaN or infinite are left out, and the caption says how many. It differs from
/// matplotlib's in that hexagons without rows are blank (`mincnt=1` there), that a
/// colour bar tells the counts, and that the number of hexagons across is by the
/// Freedman–Diaconis rule, at most 50, as in `seaborn.jointplot(kind="hex")`, instead
/// of 100.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
/// assert!(iris.hexbin(2, 3).gridsize(15).to_svg()?.contains("count"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Hexbin(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    pair: Pair,
    gridsize: Option<usize>,
    range: Option<((f64, f64), (f64, f64))>,
    coloring: Coloring,
    pub(super) look: Look,
}

settings!(Hexbin);

impl Dataset {
    /// How many rows lie in each hexagon of a grid of two features, each by index
    /// from 0 or by name; see [`Hexbin`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.hexbin(0, 1).to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn hexbin(&self, x: impl Into<Key>, y: impl Into<Key>) -> Hexbin {
        Hexbin::of(self, Pair::new(x.into(), y.into()))
    }
}

impl Hexbin {
    fn of(dataset: &Dataset, pair: Pair) -> Self {
        Hexbin(Held::new(Settings {
            dataset: dataset.clone(),
            pair,
            gridsize: None,
            range: None,
            coloring: Coloring::default(),
            look: Look::default(),
        }))
    }

    /// How many hexagons across, from 1 to 1,000; there are as many rows of them as
    /// make them regular on a square plot. Default: by the data, at most 50.
    pub fn gridsize(&self, hexagons: usize) -> Self {
        let mut plot = self.clone();
        plot.gridsize = Some(hexagons);
        plot
    }

    /// The ends of x and of y; rows outside are left out, and the caption says how
    /// many. Default: the least and the greatest value of each.
    pub fn range(&self, x: (f64, f64), y: (f64, f64)) -> Self {
        let mut plot = self.clone();
        plot.range = Some((x, y));
        plot
    }

    /// Colours in equal steps for equal factors of the counts: `bins="log"` of
    /// matplotlib. Default: `false`.
    pub fn log(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.coloring.log = log;
        plot
    }

    /// The colormap, by its name of matplotlib or as a
    /// [`Colormap`]. Default: `viridis`.
    pub fn cmap(&self, colormap: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.coloring.cmap = Some(colormap.into());
        plot
    }

    /// What is written at the x axis. Default: the feature's name.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.pair.x_label = Some(label.into());
        plot
    }

    /// What is written at the y axis. Default: the feature's name.
    pub fn y_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.pair.y_label = Some(label.into());
        plot
    }

    /// The rows within the range asked for, and how many finite ones are not.
    fn within(&self, numbers: &mut Numbers) -> Result<u64> {
        let Some((x, y)) = self.range else {
            return Ok(0);
        };
        check_range(x)?;
        check_range(y)?;
        let is_outside =
            |v: f64, (low, high): (f64, f64)| v.is_finite() && !(low..=high).contains(&v);
        let pairs = numbers.x.iter().zip(&numbers.y);
        let outside: Vec<bool> = pairs
            .map(|(&a, &b)| {
                a.is_finite() && b.is_finite() && (is_outside(a, x) || is_outside(b, y))
            })
            .into_list();
        let mut kept = outside.iter();
        numbers.x.retain(|_| !kept.next().copied().unwrap_or(false));
        let mut kept = outside.iter();
        numbers.y.retain(|_| !kept.next().copied().unwrap_or(false));
        Ok(outside.into_iter().filter(|&outside| outside).count() as u64)
    }

    fn panel(&self, numbers: &Numbers, grid: &crate::stats::Hexbin, overlap: f64) -> Result<Panel> {
        let filled = || {
            grid.counts
                .iter()
                .zip(&grid.centers)
                .filter(|(n, _)| **n > 0)
        };
        if filled().next().is_none() {
            return Ok(Panel::message("no data"));
        }
        let counts = || filled().map(|(&n, _)| n as f64);
        let low = (!self.coloring.log).then_some(0.0);
        let coloring = Coloring {
            low,
            ..self.coloring.clone()
        };
        let colors = coloring.of(counts(), Colormap::default())?;
        let size = (grid.size.0 * overlap, grid.size.1 * overlap);
        let shapes: Vec<Vec<(f64, f64)>> = filled()
            .map(|(_, &center)| hexagon(center, size))
            .into_list();
        let corners = || shapes.iter().flatten();
        let x = axis(corners().map(|corner| corner.0));
        let y = axis(corners().map(|corner| corner.1));
        let inks = counts().filter_map(|n| colors.of(n)).map(Ink::Rgb);
        let (x, y) = numbers.labelled(x, y);
        let mark = Mark::Polygons(Polygons {
            inks: Per::Each(inks.into_list()),
            shapes,
            opacity: 1.0,
        });
        Ok(Panel {
            keys: vec![key(&colors)],
            ..Panel::new(x, y, vec![mark])
        })
    }
}

fn check_range((low, high): (f64, f64)) -> Result<()> {
    match low.is_finite() && high.is_finite() && low <= high {
        true => Ok(()),
        false => Err(Error::value(format!(
            "expected a range from a finite number to one not below it, but found {low:?} to {high:?}"
        ))),
    }
}

fn key(colors: &Colors) -> super::figure::Key {
    colors.key(Some("count".to_owned()))
}

fn axis(values: impl Iterator<Item = f64>) -> Axis {
    let (low, high) = finite_ends(values).unwrap_or((0.0, 1.0));
    Axis::new(Limits::from_min_max(low, high).padded(0.02))
}

/// How much more than its share a hexagon takes: about a pixel, so that no seam
/// shows between neighbours.
fn overlap(gridsize: usize) -> f64 {
    (1.0 + 0.002 * gridsize as f64).min(1.25)
}

/// The corners of a hexagon that stands on one of them.
fn hexagon((x, y): (f64, f64), (width, height): (f64, f64)) -> Vec<(f64, f64)> {
    const CORNERS: [(f64, f64); 6] = [
        (0.5, 0.25),
        (0.0, 0.5),
        (-0.5, 0.25),
        (-0.5, -0.25),
        (0.0, -0.5),
        (0.5, -0.25),
    ];
    let corner = |(right, up): (f64, f64)| (x + right * width, y + up * height);
    CORNERS.map(corner).to_vec()
}

/// As many hexagons across as the rule finds bins, in the mean of both axes.
fn across(numbers: &Numbers) -> usize {
    let bins = |values: &[f64]| {
        let finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).into_list();
        let edges = histogram_bin_edges(&ndarray::Array1::from(finite), BinRule::Fd);
        edges
            .map_or(MOST_ACROSS, |edges| edges.len() - 1)
            .min(MOST_ACROSS)
    };
    ((bins(&numbers.x) + bins(&numbers.y)) / 2).max(1)
}

impl Draw for Hexbin {
    fn figure(&self) -> Result<Figure> {
        let mut numbers = self.pair.read(&self.dataset)?;
        let outside = self.within(&mut numbers)?;
        let gridsize = self.gridsize.unwrap_or_else(|| across(&numbers));
        let grid = hexbin(&numbers.x, &numbers.y, gridsize)?;
        let mut dropped = grid.dropped;
        dropped.outside = outside;
        let notes = [numbers.extent.clone(), notes::rows_dropped(dropped)];
        let description = format!(
            "Hexagonal bins of {} rows: {} against {}",
            count(grid.counts.iter().sum::<u64>() as usize),
            numbers.y_name,
            numbers.x_name
        );
        let panel = self.panel(&numbers, &grid, overlap(gridsize))?;
        let figure = Figure::of_panels((560, 420), 1, vec![panel], description);
        self.look.dress(figure.with_notes(notes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(plot: &Hexbin) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    /// matplotlib 3.11's `hexbin(…, gridsize=15)` of the petals: 49 hexagons with rows,
    /// 26 in that at (1.59, 0.25).
    #[test]
    fn hexagons_are_matplotlibs() {
        let iris = Dataset::from_npy("notebooks/data/iris.npy").unwrap();
        let (panel, _) = drawn(&iris.hexbin(2, 3).gridsize(15));
        let Mark::Polygons(hexagons) = &panel.marks[0] else {
            panic!("not shapes")
        };
        assert_eq!(hexagons.shapes.len(), 49);
        let yellow = (0..49).find(|&i| hexagons.inks.get(i) == Some(&Ink::Rgb([253, 231, 37])));
        let corners = &hexagons.shapes[yellow.unwrap()];
        let mean = |at: fn(&(f64, f64)) -> f64| corners.iter().map(at).sum::<f64>() / 6.0;
        assert!((mean(|c| c.0) - 1.59).abs() < 1e-6 && (mean(|c| c.1) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn rows_that_are_left_out_are_said() {
        let x = vec![0.0, 1.0, 2.0, f64::NAN, 9.0];
        let ds = Dataset::from_tensor_slices((x.clone(), x)).unwrap();
        let (_, notes) = drawn(&ds.hexbin(0, 1).range((0.0, 2.0), (0.0, 2.0)));
        assert_eq!(
            notes,
            ["left out: 1 row with NaN or infinite values; 1 row outside the range"]
        );
        let err = ds.hexbin(0, 1).range((1.0, 0.0), (0.0, 1.0)).figure();
        assert!(err.unwrap_err().is_value());
    }
}
