//! How many rows lie in each rectangle of a grid of two features.

use ndarray::Array2;

use super::colormap::Colormap;
use super::figure::{Axis, Figure, Image, Ink, Limits, Mark, Panel, Per, Pixels, Polygons};
use super::look::Look;
use super::matrix::{Coloring, Colors};
use super::number::count;
use super::pair::{Numbers, Pair};
use super::{Draw, notes};
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::pixel_bytes;
use crate::stats::{Bins2d, Histogram2d, Histogram2dOptions};

/// More bins than this along one axis are more than a screen has pixels for.
const MAX_BINS: usize = 1_000;

/// How many rows lie in each rectangle of a grid of two features: `plt.hist2d`.
///
/// Made by [`Dataset::hist2d`]. Counts equal `numpy.histogram2d`'s; rows in which a
/// number is NaN or infinite are left out, and the caption says how many. It
/// differs from matplotlib's in that rectangles without rows are blank, and that
/// a colour bar tells the counts.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
/// let plot = iris.hist2d(2, 3).bins(20).cmap("magma");
/// assert!(plot.to_svg()?.contains("count"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Hist2d(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    pair: Pair,
    bins: Bins2d,
    range: Option<((f64, f64), (f64, f64))>,
    coloring: Coloring,
    density: bool,
    pub(super) look: Look,
}

settings!(Hist2d);

impl Dataset {
    /// How many rows lie in each rectangle of a grid of two features, each by index
    /// from 0 or by name; see [`Hist2d`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.hist2d(0, 1).to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn hist2d(&self, x: impl Into<Key>, y: impl Into<Key>) -> Hist2d {
        Hist2d::of(self, Pair::new(x.into(), y.into()))
    }
}

impl Hist2d {
    fn of(dataset: &Dataset, pair: Pair) -> Self {
        Hist2d(Held::new(Settings {
            dataset: dataset.clone(),
            pair,
            bins: Bins2d::default(),
            range: None,
            coloring: Coloring::default(),
            density: false,
            look: Look::default(),
        }))
    }

    /// How many bins, their edges or a rule: one for both axes, or a pair with one
    /// for each; see [`Bins2d`]. At most 1,000 along each axis. Default: 10 by 10.
    pub fn bins(&self, bins: impl Into<Bins2d>) -> Self {
        let mut plot = self.clone();
        plot.bins = bins.into();
        plot
    }

    /// The outer edges along x and along y; rows outside are left out, and the
    /// caption says how many. Default: the least and the greatest value of each.
    pub fn range(&self, x: (f64, f64), y: (f64, f64)) -> Self {
        let mut plot = self.clone();
        plot.range = Some((x, y));
        plot
    }

    /// Densities (of volume 1) instead of counts. Default: `false`.
    pub fn density(&self, density: bool) -> Self {
        let mut plot = self.clone();
        plot.density = density;
        plot
    }

    /// Colours in equal steps for equal factors of the counts: `norm=LogNorm()` of
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

    fn count(&self, numbers: &Numbers) -> Result<Histogram2d> {
        let options = Histogram2dOptions::new(self.bins.clone());
        let options = match self.range {
            Some((x, y)) => options.range(x, y),
            None => options,
        };
        let grid = options.count(&numbers.x, &numbers.y)?;
        for (axis, bins) in [("x", grid.counts.nrows()), ("y", grid.counts.ncols())] {
            if bins > MAX_BINS {
                return Err(Error::value(format!(
                    "expected at most {} bins along {axis}, but found {}; give fewer, or a range that leaves outliers out",
                    count(MAX_BINS),
                    count(bins)
                )));
            }
        }
        Ok(grid)
    }

    fn panel(&self, numbers: &Numbers, grid: &Histogram2d) -> Result<Panel> {
        let (Some((left, right)), Some((bottom, top))) = (ends(&grid.x_edges), ends(&grid.y_edges))
        else {
            return Ok(Panel::message("no data"));
        };
        if grid.total() == 0 {
            return Ok(Panel::message("no data"));
        }
        let heights = match self.density {
            true => grid.density(),
            false => grid.counts.mapv(|n| n as f64),
        };
        let heights = heights.mapv(|v| if v > 0.0 { v } else { f64::NAN });
        // From nothing up, as matplotlib.
        let low = (!self.coloring.log).then_some(0.0);
        let coloring = Coloring {
            low,
            ..self.coloring.clone()
        };
        let colors = coloring.of(heights.iter().copied(), Colormap::default())?;
        let mark = match is_even(&grid.x_edges) && is_even(&grid.y_edges) {
            true => cells(&heights, &colors, (left, right), (bottom, top)),
            false => rectangles(&heights, &colors, grid),
        };
        let axis = |low, high| Axis::new(Limits::from_min_max(low, high));
        let (x, y) = numbers.labelled(axis(left, right), axis(bottom, top));
        let measure = if self.density { "density" } else { "count" };
        Ok(Panel {
            keys: vec![colors.key(Some(measure.to_owned()))],
            ..Panel::new(x, y, vec![mark])
        })
    }
}

fn ends(edges: &[f64]) -> Option<(f64, f64)> {
    let (&first, &last) = (edges.first()?, edges.last()?);
    (edges.len() > 1 && first.is_finite() && last.is_finite()).then_some((first, last))
}

/// Whether all bins are equally wide, to what cannot be seen.
fn is_even(edges: &[f64]) -> bool {
    let bins = edges.len().saturating_sub(1).max(1) as f64;
    let Some((first, last)) = ends(edges) else {
        return false;
    };
    let width = last / bins - first / bins;
    let near = |pair: &[f64]| ((pair[1] - pair[0]) - width).abs() <= width * 1e-3;
    edges.windows(2).all(near)
}

/// A pixel for each bin.
fn cells(heights: &Array2<f64>, colors: &Colors, x: (f64, f64), y: (f64, f64)) -> Mark {
    // In rows, the highest first.
    let (width, height) = heights.dim();
    let value = |i: usize| heights[[i % width, height - 1 - i / width]];
    let pixel = |v: f64| colors.of(v).map_or([0; 4], |[r, g, b]| [r, g, b, 255]);
    Mark::Image(Image {
        pixels: Pixels {
            width,
            height,
            rgba: pixel_bytes((0..width * height).map(|i| pixel(value(i)))).into(),
        },
        x,
        y: (y.1, y.0),
    })
}

/// A rectangle for each bin with rows in it.
fn rectangles(heights: &Array2<f64>, colors: &Colors, grid: &Histogram2d) -> Mark {
    let mut shapes = Vec::new();
    let mut inks = Vec::new();
    for ((i, j), &height) in heights.indexed_iter() {
        let Some(color) = colors.of(height) else {
            continue;
        };
        let (left, right) = (grid.x_edges[i], grid.x_edges[i + 1]);
        let (bottom, top) = (grid.y_edges[j], grid.y_edges[j + 1]);
        shapes.push(vec![
            (left, bottom),
            (right, bottom),
            (right, top),
            (left, top),
        ]);
        inks.push(Ink::Rgb(color));
    }
    Mark::Polygons(Polygons {
        shapes,
        inks: Per::Each(inks),
        opacity: 1.0,
    })
}

impl Draw for Hist2d {
    fn figure(&self) -> Result<Figure> {
        let numbers = self.pair.read(&self.dataset)?;
        let grid = self.count(&numbers)?;
        let notes = [numbers.extent.clone(), notes::rows_dropped(grid.dropped)];
        let description = format!(
            "Two-dimensional histogram of {} rows: {} against {}",
            count(grid.total() as usize),
            numbers.y_name,
            numbers.x_name
        );
        let panel = self.panel(&numbers, &grid)?;
        let figure = Figure::of_panels((560, 420), 1, vec![panel], description);
        self.look.dress(figure.with_notes(notes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::Key as Legend;
    use super::*;

    fn drawn(plot: &Hist2d) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    /// NumPy 2's `histogram2d` of the petals: 33 of 150 in the lowest bins, 30 of 100
    /// bins filled.
    #[test]
    fn counts_are_numpys_and_lie_where_they_belong() {
        let iris = Dataset::from_npy("notebooks/data/iris.npy").unwrap();
        let (panel, _) = drawn(&iris.hist2d(2, 3));
        let Mark::Image(image) = &panel.marks[0] else {
            panic!("not a picture")
        };
        assert_eq!((image.x, image.y), ((1.0, 6.9), (2.5, 0.1)));
        let filled = image.pixels.rgba.chunks(4).filter(|pixel| pixel[3] > 0);
        assert_eq!(filled.count(), 30);
        let lowest_left = &image.pixels.rgba[4 * 90..4 * 91];
        assert_eq!(lowest_left, [253, 231, 37, 255]);
        let Legend::ColorBar { limits, .. } = &panel.keys[0] else {
            panic!("not a colour bar")
        };
        assert_eq!((limits.min(), limits.max()), (0.0, 33.0));
    }

    #[test]
    fn bins_of_other_widths_are_rectangles() {
        let ds = Dataset::from_tensor_slices((vec![0.5, 0.6, 5.0], vec![1.0, 1.5, 1.0])).unwrap();
        let (panel, notes) = drawn(&ds.hist2d(0, 1).bins((vec![0.0, 1.0, 4.0], 1)));
        let Mark::Polygons(polygons) = &panel.marks[0] else {
            panic!("not shapes")
        };
        assert_eq!(
            polygons.shapes,
            [[(0.0, 1.0), (1.0, 1.0), (1.0, 1.5), (0.0, 1.5)]]
        );
        assert_eq!(notes, ["left out: 1 row outside the range"]);
    }

    #[test]
    fn too_many_bins_are_refused() {
        let ds = Dataset::from_tensor_slices((vec![0.5, 0.6], vec![1.0, 1.5])).unwrap();
        let err = ds.hist2d(0, 1).bins((1_001, 2)).figure().unwrap_err();
        assert!(
            err.is_value()
                && err
                    .to_string()
                    .starts_with("expected at most 1,000 bins along x")
        );
    }
}
