//! How features vary together.

use ndarray::Array2;

use super::choice::chosen;
use super::chosen::Chosen;
use super::figure::{Figure, Panel};
use super::look::Look;
use super::matrix::{Coloring, Matrix, Side, picked};
use super::number::{count, signed};
use super::{Draw, notes};
use crate::dataset::{Columns, Dataset, Feature, Key};
use crate::error::Result;
use crate::held::Held;
use crate::list::{IntoList, MapEach};
use crate::stats::{Correlation, correlation, leaf_order};

/// More features than this are not drawn.
const MAX_FEATURES: usize = 500;

/// More features than this have no numbers in their cells.
const ANNOTATED: usize = 60;

/// Products of numbers that are worth the wait: of more rows, a sample is taken.
const WORK: usize = 2_000_000_000;

/// Ranking takes so many times the work of multiplying.
const RANKING: usize = 8;

/// A sample has at least so many rows.
const LEAST_ROWS: usize = 1_000;

/// The correlation of each feature with each other, from −1 (blue) to 1 (red):
/// `seaborn.heatmap(df.corr(), annot=True)`.
///
/// Made by [`Dataset::correlation`]. Coefficients equal those of
/// `pandas.DataFrame.corr`: for each two features, the rows in which either is NaN
/// or infinite are left out, and the caption says how many numbers are. A feature
/// that does not vary has no correlation: its cells are blank, and the caption names
/// it. Of more than 500 features the first 500 are drawn; of data whose correlations
/// would take long, a random sample of rows is taken. The caption says so.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npy("notebooks/data/iris.npy")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?;
/// let map = iris.correlation().method("spearman").cluster(true);
/// assert!(map.to_svg()?.contains("0.94"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct CorrelationMatrix(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    chosen: Chosen,
    method: Option<String>,
    annot: bool,
    cmap: Option<String>,
    cluster: bool,
    mask_upper: bool,
    pub(super) look: Look,
}

settings!(CorrelationMatrix);

impl Dataset {
    /// The correlation of each feature with each other; see [`CorrelationMatrix`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.correlation().to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn correlation(&self) -> CorrelationMatrix {
        CorrelationMatrix(Held::new(Settings {
            dataset: self.clone(),
            chosen: Chosen::default(),
            method: None,
            annot: true,
            cmap: None,
            cluster: false,
            mask_upper: false,
            look: Look::default(),
        }))
    }
}

impl CorrelationMatrix {
    /// Only these features, by index or name. By name, labels that are numbers can be
    /// drawn too. Default: all features.
    pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
        let mut plot = self.clone();
        plot.chosen.features(features);
        plot
    }

    /// What the features are called, one for each shown. Default: the features'
    /// names, or `Feature 1`, `Feature 2`, ….
    pub fn names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.chosen.names(names);
        plot
    }

    /// The coefficient: `"pearson"` or `"spearman"`, or a
    /// [`Correlation`]. Default: Pearson's.
    pub fn method(&self, method: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.method = Some(method.into());
        plot
    }

    /// Whether coefficients are written in the cells, where all of them find room and
    /// there are at most 60 features. Default: `true`.
    pub fn annot(&self, written: bool) -> Self {
        let mut plot = self.clone();
        plot.annot = written;
        plot
    }

    /// The colormap, by its name of matplotlib or as a
    /// [`Colormap`](crate::Colormap). Default: `RdBu_r`.
    pub fn cmap(&self, colormap: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.cmap = Some(colormap.into());
        plot
    }

    /// Features in an order that puts like beside like: average linkage of
    /// `1 − r`, as `seaborn.clustermap` with `metric="correlation"` of such columns.
    /// Default: `false`, their own order.
    pub fn cluster(&self, cluster: bool) -> Self {
        let mut plot = self.clone();
        plot.cluster = cluster;
        plot
    }

    /// Whether cells above the diagonal, which say the same as those below it, are
    /// left blank. Default: `false`.
    pub fn mask_upper(&self, masked: bool) -> Self {
        let mut plot = self.clone();
        plot.mask_upper = masked;
        plot
    }

    /// The rows that are read.
    fn rows(&self, features: usize, method: Correlation) -> Result<Columns> {
        let each = match method {
            Correlation::Pearson => 1,
            Correlation::Spearman => RANKING,
        };
        let most = WORK / (features * features).max(1) / each;
        let most = most.max(LEAST_ROWS).min(self.dataset.affordable_rows());
        self.dataset.sampled_rows(most, 0)
    }

    fn panel(&self, coefficients: Array2<f64>, names: Vec<String>, measure: &str) -> Result<Panel> {
        let coloring = Coloring {
            cmap: self.cmap.clone(),
            low: Some(-1.0),
            high: Some(1.0),
            center: Some(0.0),
            log: false,
        };
        let matrix = Matrix {
            colors: coloring.of([], super::colormap::Colormap::default())?,
            rows: Side::Names(names.clone()),
            columns: Side::Names(names),
            measure: Some(measure.to_owned()),
            square: true,
            values: coefficients,
        };
        let mut panel = matrix.panel();
        if self.annot && matrix.values.nrows() <= ANNOTATED {
            let texts = matrix.values.iter().map(|&r| written(r)).into_list();
            panel.marks.push(matrix.texts(texts, 0.0, 1.0));
        }
        Ok(panel)
    }
}

/// A coefficient with two decimals.
fn written(r: f64) -> String {
    let text = format!("{:.2}", r.abs());
    match text.as_str() {
        _ if r.is_nan() => String::new(),
        "1.00" => signed(r < 0.0, "1"),
        "0.00" => "0".to_owned(),
        text => signed(r < 0.0, text),
    }
}

/// Large enough for the numbers of some twenty features.
fn size(features: usize) -> (u32, u32) {
    let side = (features * 36).clamp(150, 620) as u32;
    (side + 230, side + 110)
}

/// The place of each feature in an order that puts like beside like.
fn clustered(coefficients: &Array2<f64>) -> Vec<usize> {
    let mut distances = coefficients.mapv(|r| 1.0 - r);
    distances.diag_mut().fill(0.0);
    leaf_order(distances.view())
}

impl Draw for CorrelationMatrix {
    fn figure(&self) -> Result<Figure> {
        let method = chosen(self.method.as_deref(), Correlation::Pearson)?;
        let features = self.chosen.of(&self.dataset)?;
        let shown = &features[..features.len().min(MAX_FEATURES)];
        let rows = self.rows(shown.len(), method)?;
        let columns = numbers(&rows, shown);
        let mut names: Vec<String> = shown.map_each(|feature| feature.name.clone());
        let mut coefficients = correlation(&columns, method);
        let constant = constant(&coefficients, &names);
        if self.cluster {
            let order = clustered(&coefficients);
            coefficients = picked(&coefficients, &order, &order);
            names = order.map_each(|&i| names[i].clone());
        }
        if self.mask_upper {
            blank_above(&mut coefficients);
        }
        let lost = columns.iter().flatten().filter(|v| !v.is_finite()).count();
        let notes = [
            notes::extent(rows.len, &rows.extent, "rows"),
            notes::part_of(
                shown.len(),
                features.len(),
                "features; choose others with features([…])",
            ),
            (lost > 0).then(|| format!("left out, pair by pair: {} NaN or infinite", count(lost))),
            constant,
            self.cluster
                .then(|| "features in the order of clusters (average linkage)".to_owned()),
        ];
        let panel = match rows.len {
            0 => Panel::message("no data"),
            _ => self.panel(coefficients, names, measure(method))?,
        };
        let description = format!(
            "Correlation ({method}) of {} features in {} rows",
            count(shown.len()),
            count(rows.len)
        );
        let figure = Figure::of_panels(size(shown.len()), 1, vec![panel], description);
        self.look.dress(figure.with_notes(notes))
    }
}

fn measure(method: Correlation) -> &'static str {
    match method {
        Correlation::Pearson => "Pearson correlation",
        Correlation::Spearman => "Spearman correlation (of ranks)",
    }
}

/// The features that do not vary, and so have no correlation.
fn constant(coefficients: &Array2<f64>, names: &[String]) -> Option<String> {
    let own = coefficients.diag();
    let blank = names.iter().zip(own).filter(|(_, r)| r.is_nan());
    let names: Vec<&str> = blank.map(|(name, _)| name.as_str()).into_list();
    (!names.is_empty()).then(|| format!("blank, as they do not vary: {}", notes::few(&names)))
}

fn numbers(rows: &Columns, features: &[Feature]) -> Vec<Vec<f64>> {
    let column = |feature| rows.feature(feature).to_f64().unwrap_or_default();
    features.map_each(column)
}

fn blank_above(coefficients: &mut Array2<f64>) {
    for ((i, j), value) in coefficients.indexed_iter_mut() {
        if j > i {
            *value = f64::NAN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::Mark;
    use super::*;
    use crate::dict;

    fn iris() -> Dataset {
        Dataset::from_npy("notebooks/data/iris.npy").unwrap()
    }

    fn drawn(plot: &CorrelationMatrix) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    fn texts(plot: &CorrelationMatrix) -> Vec<String> {
        match drawn(plot).0.marks.get(1) {
            Some(Mark::Texts(words)) => words.texts.clone(),
            _ => Vec::new(),
        }
    }

    /// pandas 3.1's `corr().round(2)`, and `corr("spearman")`.
    #[test]
    fn coefficients_are_pandas() {
        let found = texts(&iris().correlation());
        assert_eq!(found[..4], ["1", "−0.12", "0.87", "0.82"]);
        assert_eq!(found[4..8], ["−0.12", "1", "−0.43", "−0.37"]);
        let found = texts(&iris().correlation().method(Correlation::Spearman));
        assert_eq!(found[..4], ["1", "−0.17", "0.88", "0.83"]);
        assert_eq!(found[12..], ["0.83", "−0.29", "0.94", "1"]);
    }

    /// SciPy 1.17's `leaves_list(linkage(squareform(1 - r), "average"))`.
    #[test]
    fn clusters_are_in_the_order_of_scipys() {
        let wine = Dataset::from_npz("notebooks/data/wine.npz").unwrap();
        let (panel, _) = drawn(&wine.correlation().cluster(true));
        let order = [2, 3, 1, 7, 10, 8, 11, 5, 6, 4, 9, 0, 12];
        let wanted = order.iter().map(|i| format!("features {}", i + 1));
        assert!(panel.x.categories.unwrap().into_iter().eq(wanted));
    }

    #[test]
    fn half_of_it_says_the_same() {
        assert_eq!(texts(&iris().correlation().mask_upper(true)).len(), 10);
        assert!(texts(&iris().correlation().annot(false)).is_empty());
    }

    #[test]
    fn what_does_not_vary_or_is_missing_is_said() {
        let ds = Dataset::from_tensor_slices(dict! {
            "a": vec![1.0, 2.0, f64::NAN, 3.0],
            "b": vec![2.0, 1.0, 5.0, 3.0],
            "c": vec![7, 7, 7, 7],
        })
        .unwrap();
        let (_, notes) = drawn(&ds.correlation());
        assert_eq!(
            notes,
            [
                "left out, pair by pair: 1 NaN or infinite",
                "blank, as they do not vary: c"
            ]
        );
        assert_eq!(texts(&ds.correlation()), ["1", "0.50", "0.50", "1"]);
    }

    #[test]
    fn many_features_have_no_numbers_and_a_sample_of_rows() {
        let wide = ndarray::Array2::from_shape_fn((9_000, 510), |(i, j)| ((i * j) % 7) as f32);
        let plot = Dataset::from_tensor_slices(wide)
            .unwrap()
            .correlation()
            .method("spearman");
        assert!(texts(&plot).is_empty());
        assert_eq!(
            drawn(&plot).1[..2],
            [
                "1,000 of 9,000 rows, a random sample (seed 0)",
                "500 of 510 features; choose others with features([…])"
            ]
        );
    }
}
