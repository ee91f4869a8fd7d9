//! Rows and features as a matrix of coloured cells.
//!
//! - this file: the choices
//! - `table`: the numbers to draw, in their order

mod table;

use super::chosen::Chosen;
use super::colormap::Colormap;
use super::figure::{Figure, Panel};
use super::look::Look;
use super::matrix::{Coloring, Matrix, Side};
use super::number::{count, short};
use super::{Draw, notes};
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::IntoList;
use table::Table;

/// More features than this are not drawn.
const MAX_FEATURES: usize = 500;

/// At most so many cells have numbers in them unless that is asked for, and at most
/// so many if it is.
const ANNOTATED: usize = 600;
const MOST_ANNOTATED: usize = 16_000;

/// Rows and features as a matrix of coloured cells: `seaborn.heatmap`, or `plt.imshow`
/// of a table.
///
/// Made by [`Dataset::heatmap`]. The first row is on top. Cells whose number is NaN
/// or infinite are blank, and the caption says how many. Of more than 800 rows,
/// blocks of rows are averaged, and of more than 500 features the first 500 are
/// drawn; the caption says so.
///
/// It differs from seaborn's in that numbers are written in the cells
/// ([`annot`](Heatmap::annot)) wherever all of them find room, and that colours are
/// viridis.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let wine = Dataset::from_npz("notebooks/data/wine.npz")?;
/// let map = wine.heatmap().z_score(true).cluster(true).title("Wine");
/// assert!(map.to_svg()?.contains("features 13"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Heatmap(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    chosen: Chosen,
    row_names: Option<Vec<String>>,
    annot: Option<bool>,
    coloring: Coloring,
    cluster: bool,
    z_score: bool,
    x_label: Option<String>,
    y_label: Option<String>,
    pub(super) look: Look,
}

settings!(Heatmap);

impl Dataset {
    /// Rows and features as a matrix of coloured cells; see [`Heatmap`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.heatmap().to_svg()?.contains("0.9"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn heatmap(&self) -> Heatmap {
        Heatmap(Held::new(Settings {
            dataset: self.clone(),
            chosen: Chosen::default(),
            row_names: None,
            annot: None,
            coloring: Coloring::default(),
            cluster: false,
            z_score: false,
            x_label: None,
            y_label: None,
            look: Look::default(),
        }))
    }
}

impl Heatmap {
    /// Only these features, by index or name. Default: all features.
    pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
        let mut plot = self.clone();
        plot.chosen.features(features);
        plot
    }

    /// What stands below the columns, one for each feature shown. Default: the
    /// features' names, or `Feature 1`, `Feature 2`, ….
    pub fn names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.chosen.names(names);
        plot
    }

    /// What stands beside the rows, one for each. Default: their numbers from 0.
    pub fn row_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.row_names = Some(names.into_iter().map(Into::into).into_list());
        plot
    }

    /// Whether numbers are written in the cells, in black or white, whichever can be
    /// read on their colour. Where it is asked for, the picture grows as far as they
    /// need. Default: where all of them find room.
    pub fn annot(&self, written: bool) -> Self {
        let mut plot = self.clone();
        plot.annot = Some(written);
        plot
    }

    /// The colormap, by its name of matplotlib or as a
    /// [`Colormap`]. Default: `viridis`, and `RdBu_r` around a
    /// [`center`](Heatmap::center).
    pub fn cmap(&self, colormap: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.coloring.cmap = Some(colormap.into());
        plot
    }

    /// The values with the first and the last colour: `vmin` and `vmax` of seaborn.
    /// Values beyond have the colour of the nearer one. Default: the least and
    /// the greatest value drawn.
    pub fn range(&self, low: f64, high: f64) -> Self {
        self.vmin(low).vmax(high)
    }

    /// The value with the first colour. Default: the least one drawn.
    pub fn vmin(&self, low: f64) -> Self {
        let mut plot = self.clone();
        plot.coloring.low = Some(low);
        plot
    }

    /// The value with the last colour. Default: the greatest one drawn.
    pub fn vmax(&self, high: f64) -> Self {
        let mut plot = self.clone();
        plot.coloring.high = Some(high);
        plot
    }

    /// The value in the middle of the colours, from which they run to both sides in
    /// equal steps. Default: none.
    pub fn center(&self, value: f64) -> Self {
        let mut plot = self.clone();
        plot.coloring.center = Some(value);
        plot
    }

    /// Colours in equal steps for equal factors (`norm=LogNorm()` of matplotlib).
    /// Cells of 0 and below are blank, and the caption says how many. Default:
    /// `false`.
    pub fn log(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.coloring.log = log;
        plot
    }

    /// Rows and features in an order that puts like beside like: that of
    /// `seaborn.clustermap` (average linkage of Euclidean distances). Rows that are
    /// averaged in blocks stay as they are, and the caption says so. Default:
    /// `false`.
    pub fn cluster(&self, cluster: bool) -> Self {
        let mut plot = self.clone();
        plot.cluster = cluster;
        plot
    }

    /// Each feature less its mean, by its standard deviation, so that features
    /// of different sizes can be compared: `z_score=1` of `seaborn.clustermap`.
    /// Default: `false`.
    pub fn z_score(&self, z_score: bool) -> Self {
        let mut plot = self.clone();
        plot.z_score = z_score;
        plot
    }

    /// What is written at the x axis. Default: nothing.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.x_label = Some(label.into());
        plot
    }

    /// What is written at the y axis. Default: `row`, unless the rows have names.
    pub fn y_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.y_label = Some(label.into());
        plot
    }

    /// Whether numbers are written in so many rows and columns of cells.
    fn is_annotated(&self, table: &Table) -> bool {
        let cells = table.values.len();
        match self.annot {
            Some(written) => written && cells <= MOST_ANNOTATED,
            None => cells <= ANNOTATED,
        }
    }

    fn panel(&self, table: Table) -> Result<Panel> {
        if table.values.is_empty() {
            return Ok(Panel::message("no data"));
        }
        let annotated = self.is_annotated(&table);
        let matrix = Matrix {
            colors: self
                .coloring
                .of(table.values.iter().copied(), Colormap::default())?,
            rows: match &table.row_names {
                Some(names) => Side::Names(names.clone()),
                None => Side::Count(table.rows),
            },
            columns: Side::Names(table.names),
            measure: self.z_score.then(|| "z-score".to_owned()),
            square: false,
            values: table.values,
        };
        let mut panel = matrix.panel();
        if annotated {
            let written = |value: &f64| match value.is_nan() {
                true => String::new(),
                false => in_cell(*value),
            };
            let texts = matrix.values.iter().map(written).into_list();
            panel.marks.push(matrix.texts(texts, 0.0, 1.0));
        }
        panel.x.label = self.x_label.clone();
        let row = table
            .row_names
            .is_none()
            .then(|| table.row_label.to_owned());
        panel.y.label = self.y_label.clone().or(row);
        Ok(panel)
    }

    fn size(&self, table: &Table) -> (u32, u32) {
        let (rows, columns) = table.values.dim();
        let names = match table.row_names {
            Some(_) => 220,
            None => 150,
        };
        let most = match self.annot {
            Some(true) => 3_900,
            _ => 900,
        };
        let width = (names + 44 * columns).clamp(420, most);
        let height = match (rows <= 40, self.annot == Some(true)) {
            (false, false) => 460,
            (true, false) => (90 + 24 * rows).clamp(220, 800),
            (_, true) => (90 + 18 * rows).clamp(220, 3_900),
        };
        (width as u32, height as u32)
    }

    fn check_rows(&self, rows: usize) -> Result<()> {
        match &self.row_names {
            Some(names) if names.len() != rows => Err(Error::shape(format!(
                "expected {} row_names, one for each row, but found {}",
                count(rows),
                count(names.len())
            ))),
            _ => Ok(()),
        }
    }
}

impl Draw for Heatmap {
    fn figure(&self) -> Result<Figure> {
        let features = self.chosen.of(&self.dataset)?;
        let shown = &features[..features.len().min(MAX_FEATURES)];
        let rows = self.dataset.plot_rows()?;
        self.check_rows(rows.len)?;
        let table = table::read(self, &rows, shown)?;
        let crowded = self.annot == Some(true) && !self.is_annotated(&table);
        let notes = [
            notes::extent(rows.len, &rows.extent, "rows"),
            notes::part_of(shown.len(), features.len(), table::CHOOSE),
            notes::blank(table.blank),
            (table.not_positive > 0).then(|| {
                format!(
                    "{} not above 0 left blank, as they have no logarithm",
                    count(table.not_positive)
                )
            }),
            table.block_note(),
            self.cluster.then(|| table.order_note()),
            self.z_score.then(|| {
                "z-scores: each feature minus its mean, divided by its standard deviation"
                    .to_owned()
            }),
            crowded.then(|| {
                format!(
                    "no room for the numbers of {} cells",
                    count(table.values.len())
                )
            }),
        ];
        let description = format!(
            "Heat map of {} rows and {} features",
            count(rows.len),
            count(shown.len())
        );
        let size = self.size(&table);
        let figure = Figure::of_panels(size, 1, vec![self.panel(table)?], description);
        self.look.dress(figure.with_notes(notes))
    }
}

/// Three digits that matter are as many as a colour can tell.
fn in_cell(value: f64) -> String {
    match value.abs() < 1000.0 {
        true => short(format!("{value:.2e}").parse().unwrap_or(value)),
        false => short(value),
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::{Key as Legend, Mark};
    use super::*;
    use ndarray::{Array2, array};

    fn wine() -> Dataset {
        Dataset::from_npz("notebooks/data/wine.npz").unwrap()
    }

    fn drawn(plot: &Heatmap) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    fn texts(panel: &Panel) -> Option<Vec<String>> {
        panel.marks.iter().find_map(|mark| match mark {
            Mark::Texts(words) => Some(words.texts.clone()),
            _ => None,
        })
    }

    fn pixels(panel: &Panel) -> (usize, usize) {
        match &panel.marks[0] {
            Mark::Image(image) => (image.pixels.width, image.pixels.height),
            other => panic!("not a picture: {other:?}"),
        }
    }

    #[test]
    fn cells_are_the_rows_from_the_top() {
        let ds = Dataset::from_tensor_slices(array![[1.0, 2.0], [f64::NAN, 4.5]]).unwrap();
        let (panel, notes) = drawn(&ds.heatmap());
        assert_eq!(texts(&panel).unwrap(), ["1", "2", "4.5"]);
        assert_eq!(notes, ["1 NaN or infinite left blank"]);
        assert!(panel.y.reversed);
        let Mark::Image(image) = &panel.marks[0] else {
            panic!("not a picture")
        };
        assert_eq!(image.pixels.rgba[..4], [68, 1, 84, 255]);
        assert_eq!(image.pixels.rgba[8..12], [0; 4]);
        assert!(texts(&drawn(&ds.heatmap().annot(false)).0).is_none());
    }

    /// SciPy 1.17's `leaves_list(linkage(pdist(z), "average"))` of the z-scores.
    #[test]
    fn clusters_are_in_the_order_of_seaborns() {
        let names: Vec<String> = (0..178).map(|i| i.to_string()).collect();
        let plot = wine()
            .heatmap()
            .z_score(true)
            .cluster(true)
            .row_names(names);
        let (panel, notes) = drawn(&plot);
        let features: Vec<usize> = [2, 3, 1, 7, 10, 8, 11, 5, 6, 4, 9, 0, 12].to_vec();
        let wanted = features.iter().map(|i| format!("features {}", i + 1));
        assert!(panel.x.categories.unwrap().into_iter().eq(wanted));
        assert_eq!(
            panel.y.categories.unwrap()[..8],
            ["59", "73", "25", "121", "96", "95", "69", "78"]
        );
        assert_eq!(notes.len(), 2);
    }

    /// pandas 3.1's `(x - x.mean()) / x.std()`.
    #[test]
    fn z_scores_are_seaborns() {
        let plot = wine()
            .heatmap()
            .features([0, 1, 2])
            .z_score(true)
            .annot(true);
        let written = texts(&drawn(&plot).0).unwrap();
        assert_eq!(written[..3], ["1.51", "−0.561", "0.231"]);
    }

    #[test]
    fn long_tables_are_averaged_and_wide_ones_cut() {
        let long = Array2::from_shape_fn((2_000, 2), |(i, j)| (i + j) as f64);
        let (panel, notes) = drawn(
            &Dataset::from_tensor_slices(long)
                .unwrap()
                .heatmap()
                .cluster(true),
        );
        assert_eq!(pixels(&panel), (2, 667));
        assert_eq!(panel.y.limits.max(), 1999.5);
        assert_eq!(
            notes,
            [
                "blocks of 3 × 1 cells averaged",
                "features in the order of clusters (average linkage); rows as they are, being more than 800",
            ]
        );
        let wide = Dataset::from_tensor_slices(Array2::<u8>::zeros((2, 10_000))).unwrap();
        let (panel, notes) = drawn(&wide.heatmap());
        assert_eq!(pixels(&panel), (500, 2));
        assert_eq!(
            notes,
            ["500 of 10,000 features; choose others with features([…])"]
        );
    }

    #[test]
    fn numbers_that_are_asked_for_have_room() {
        let ds = Dataset::from_tensor_slices(Array2::<f64>::zeros((150, 60))).unwrap();
        let figure = ds.heatmap().annot(true).figure().unwrap();
        assert_eq!(
            (figure.width, figure.height),
            (150 + 44 * 60, 90 + 18 * 150)
        );
        let many = Dataset::from_tensor_slices(Array2::<f64>::zeros((800, 60))).unwrap();
        let (panel, notes) = drawn(&many.heatmap().annot(true));
        assert!(texts(&panel).is_none());
        assert_eq!(notes, ["no room for the numbers of 48,000 cells"]);
    }

    #[test]
    fn logarithmic_colours_leave_out_what_has_none() {
        let ds = Dataset::from_tensor_slices(array![[0.0, 1.0], [-3.0, 1000.0]]).unwrap();
        let (panel, notes) = drawn(&ds.heatmap().log(true));
        assert_eq!(
            notes,
            ["2 not above 0 left blank, as they have no logarithm"]
        );
        let Legend::ColorBar { limits, scale, .. } = &panel.keys[0] else {
            panic!("not a colour bar")
        };
        assert_eq!((limits.min(), limits.max()), (1.0, 1000.0));
        assert_eq!(*scale, super::super::figure::Scale::Log);
    }

    #[test]
    fn without_rows_there_is_nothing_to_draw() {
        let (panel, _) = drawn(&wine().take(0).heatmap().cluster(true).z_score(true));
        assert_eq!(panel.message.unwrap(), "no data");
    }
}
