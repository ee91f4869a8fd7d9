//! Features against features, in a grid.

use super::chosen::Chosen;
use super::figure::{Axis, Body, Figure, Ink, Key as LookKey, Panel, Panels};
use super::look::Look;
use super::number::count;
use super::points::{
    Choices, Cloud, Coordinate, Density, Kind, Looks, Manner, Spread, colored, read,
};
use super::{Draw, notes};
use crate::dataset::{Columns, Dataset, Key};
use crate::error::Result;
use crate::held::Held;
use crate::list::MapEach;

/// The most features of one figure: its panels would be too small.
const MAX_FEATURES: usize = 8;

/// The widest figure, in logical pixels.
const WIDEST: f64 = 900.0;

/// The longest side of a panel beside others, and of one alone.
const SIDE: f64 = 190.0;
const ALONE: f64 = 320.0;

/// What numbers and names take at the left and below.
const AROUND: (f64, f64) = (66.0, 56.0);

/// What a legend takes at the right.
const KEYS: f64 = 110.0;

/// Points of this radius, in logical pixels.
const RADIUS: f64 = 2.25;
/// In the smallest panels.
const SMALLEST: f64 = 1.5;

/// What the panels on the diagonal of a [`PairPlot`] show.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, DiagKind};
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
/// let bars = iris.pairplot().hue("labels").diag_kind(DiagKind::Hist);
/// assert!(bars.to_svg()?.contains("features 4"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiagKind {
    /// A curve for each class, or bars where there are no classes.
    #[default]
    Auto,
    /// Histograms, with as many bars as `numpy.histogram(bins="auto")`, at most 60.
    Hist,
    /// Density estimates with Scott's bandwidth; those of classes share the area 1.
    Kde,
}

/// Every feature against every other, and its distribution on the diagonal:
/// `seaborn.pairplot`.
///
/// Made by [`Dataset::pairplot`]. The panels of a row share their y axis, those of
/// a column their x axis; the diagonal has a scale of its own, which is not
/// written. Eight features are drawn at most, and the caption says if there are
/// more: [`features`](PairPlot::features) chooses. A row with a NaN or infinite
/// value is left out of the panels that need the value. More than 10,000 rows are
/// drawn as densities, each panel with its own colours from one point to its most:
/// see [`Density`].
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
/// let plot = iris
///     .pairplot()
///     .names(["sepal length", "sepal width", "petal length", "petal width"])
///     .hue("labels");
/// assert!(plot.to_svg()?.contains("virginica"));
/// assert!(plot.corner(true).features([2, 3]).names(["length", "width"]).to_png().is_ok());
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct PairPlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    chosen: Chosen,
    corner: bool,
    diagonal: DiagKind,
    points: Choices,
    pub(super) look: Look,
}

settings!(PairPlot);

impl Dataset {
    /// Every feature against every other; see [`PairPlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.pairplot().to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn pairplot(&self) -> PairPlot {
        PairPlot(Held::new(Settings {
            dataset: self.clone(),
            chosen: Chosen::default(),
            corner: false,
            diagonal: DiagKind::default(),
            points: Choices::default(),
            look: Look::default(),
        }))
    }
}

colored!(PairPlot);

impl PairPlot {
    /// Only these features, by index or name. By name, labels that are numbers can
    /// be drawn too. Default: all features. Mirrors `vars` of seaborn.
    pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
        let mut plot = self.clone();
        plot.chosen.features(features);
        plot
    }

    /// What is written at the axes, one for each feature. Default: the features'
    /// names, or `Feature 1`, `Feature 2`, ….
    pub fn names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.chosen.names(names);
        plot
    }

    /// Leaves out the panels above the diagonal, which show the others mirrored.
    /// Default: `false`.
    pub fn corner(&self, corner: bool) -> Self {
        let mut plot = self.clone();
        plot.corner = corner;
        plot
    }

    /// What the diagonal shows. Default: [`DiagKind::Auto`].
    pub fn diag_kind(&self, kind: DiagKind) -> Self {
        let mut plot = self.clone();
        plot.diagonal = kind;
        plot
    }
}

impl Draw for PairPlot {
    fn figure(&self) -> Result<Figure> {
        self.points.check()?;
        let features = self.chosen.of(&self.dataset)?;
        let shown = &features[..features.len().min(MAX_FEATURES)];
        let rows = read(&self.dataset, &self.points)?;
        let looks = Looks::of(&self.dataset, &rows, &self.points)?;
        let coordinates: Vec<Coordinate> =
            shown.try_map_each(|feature| Coordinate::of(&rows, feature))?;
        let grid = Grid::new(self, &coordinates, &looks, rows.len);
        let figure = grid.figure()?;
        self.look.dress(
            figure.with_notes([
                notes::extent(rows.len, &rows.extent, "points"),
                notes::part_of(
                    shown.len(),
                    features.len(),
                    "features; choose others with features([…])",
                ),
                grid.dense.then(|| density_note(&rows, &looks)),
                notes::rows_left_out(unknown(&coordinates, &looks, rows.len))
                    .map(|note| format!("{note}, of the panels concerned")),
            ]),
        )
    }
}

fn density_note(rows: &Columns, looks: &Looks) -> String {
    let meaning = match looks.keys(RADIUS).first() {
        None => "is coloured by its count, from 1 to the most of its panel",
        Some(LookKey::Legend { .. }) => "mixes the colours of its classes, opaque where many lie",
        Some(LookKey::ColorBar { .. }) => "is coloured by the mean of its points",
    };
    format!("density of {} points: each cell {meaning}", count(rows.len))
}

/// How many rows have a number that is not finite.
fn unknown(coordinates: &[Coordinate], looks: &Looks, rows: usize) -> usize {
    let known = |row: usize| {
        let finite = |coordinate: &Coordinate| coordinate.values[row].is_finite();
        looks.are_known(row) && coordinates.iter().all(finite)
    };
    (0..rows).filter(|&row| !known(row)).count()
}

/// The panels in the making.
struct Grid<'a> {
    plot: &'a PairPlot,
    coordinates: &'a [Coordinate],
    looks: &'a Looks,
    axes: Vec<Axis>,
    keys: Vec<LookKey>,
    /// Side of a panel, in logical pixels.
    side: f64,
    dense: bool,
}

impl<'a> Grid<'a> {
    fn new(
        plot: &'a PairPlot,
        coordinates: &'a [Coordinate],
        looks: &'a Looks,
        rows: usize,
    ) -> Self {
        let keys = looks.keys(3.0);
        let beside = AROUND.0 + if keys.is_empty() { 0.0 } else { KEYS };
        let longest = if coordinates.len() == 1 { ALONE } else { SIDE };
        let side = ((WIDEST - beside) / coordinates.len() as f64)
            .min(longest)
            .floor();
        let dense = plot.points.is_dense(rows);
        let axis = |coordinate: &Coordinate| coordinate.common_axis(dense.then_some(side));
        Grid {
            plot,
            coordinates,
            looks,
            axes: coordinates.map_each(axis),
            keys,
            side,
            dense,
        }
    }

    fn size(&self) -> (u32, u32) {
        let panels = self.coordinates.len() as f64 * self.side;
        let keys = if self.keys.is_empty() { 0.0 } else { KEYS };
        (
            (panels + AROUND.0 + keys) as u32,
            (panels + AROUND.1) as u32,
        )
    }

    fn figure(&self) -> Result<Figure> {
        let count = self.coordinates.len();
        let places = (0..count).flat_map(|row| (0..count).map(move |column| (row, column)));
        let panels: Result<Vec<Panel>> = places.map(|place| self.panel(place)).collect();
        let body = Body::Panels(Panels {
            columns: count,
            panels: panels?,
            joined: true,
            ..Panels::default()
        });
        let names: Vec<&str> = self.coordinates.map_each(|c| c.name.as_str());
        let description = format!("Pair plot of {}", names.join(", "));
        let figure = Figure::new(self.size(), body, description);
        Ok(Figure {
            keys: Held::new(self.keys.clone()),
            ..figure
        })
    }

    fn panel(&self, (row, column): (usize, usize)) -> Result<Panel> {
        if self.plot.corner && column > row {
            return Ok(Panel::gap());
        }
        let mut panel = match row == column {
            true => self.diagonal(row)?,
            false => self.cloud(row, column)?,
        };
        let last = row + 1 == self.coordinates.len();
        // The first panel of a corner has no other beside it whose scale it shows.
        let alone = self.plot.corner || self.coordinates.len() == 1;
        let first = column == 0 && !(alone && row == 0);
        silence(&mut panel.x, last);
        silence(&mut panel.y, first);
        if alone && (row, column) == (0, 0) {
            // Heights without a scale beside them have no ticks either.
            panel.y.categories = Some(Vec::new());
        }
        Ok(panel)
    }

    fn cloud(&self, row: usize, column: usize) -> Result<Panel> {
        let manner = Manner {
            alpha: self.plot.points.alpha,
            room: (self.side, self.side),
            radius: (RADIUS * self.side / SIDE).clamp(SMALLEST, RADIUS),
        };
        let pair = (&self.coordinates[column], &self.coordinates[row]);
        let axes = (self.axes[column].clone(), self.axes[row].clone());
        let cloud = Cloud::new(pair, self.looks, manner).between(axes.0, axes.1);
        cloud.panel(self.dense)
    }

    /// The distribution of a feature. Its heights fill the scale of the row, which
    /// the other panels there share.
    fn diagonal(&self, index: usize) -> Result<Panel> {
        let (coordinate, axis) = (&self.coordinates[index], &self.axes[index]);
        let mut rows = coordinate.finite();
        rows.retain(|&row| self.looks.are_known(row));
        if rows.is_empty() {
            let mut panel = Panel::message("no data");
            (panel.x.label, panel.y.label) = (axis.label.clone(), axis.label.clone());
            return Ok(panel);
        }
        let groups: Vec<(Ink, Vec<usize>)> = self.looks.groups(&rows);
        let kind = match self.plot.diagonal {
            DiagKind::Hist => Kind::Bars,
            DiagKind::Kde => Kind::Curves,
            DiagKind::Auto if groups.len() > 1 => Kind::Curves,
            DiagKind::Auto => Kind::Bars,
        };
        let spread = Spread::of(coordinate, &groups, axis, kind)?;
        let unit = axis.limits.span() / (spread.top * 1.05).max(f64::MIN_POSITIVE);
        let marks = spread.marks(false, |height| axis.limits.min() + height * unit);
        Ok(Panel::new(axis.clone(), axis.clone(), marks))
    }
}

/// Only outer axes are written at.
fn silence(axis: &mut Axis, outer: bool) {
    axis.written = outer;
    axis.label = axis.label.take().filter(|_| outer);
}

#[cfg(test)]
mod tests;
