//! A histogram for each feature.

use super::figure::{Axis, Bars, Figure, Ink, Limits, Mark, Panel, finite_ends};
use super::look::Look;
use super::{Draw, notes};
use crate::dataset::{Columns, Dataset, Feature, Key};
use crate::error::{Error, Result};
use crate::stats::{Bins, HistogramOptions};
use crate::tensor::{TensorView, with_numbers};

/// The most panels of one figure; more features are said to be there.
const MAX_PANELS: usize = 60;

/// A histogram for each feature, one panel each: `plt.subplots(1, 5)` with
/// `axs[i].hist(x[:, i], bins=20)`.
///
/// Made by [`Dataset::hist`], and of batches and arrays. Features are the numbers of
/// every component of rank 0 or 1, except the label. Counts equal
/// `numpy.histogram`'s; NaN and infinite values are left out, and the caption
/// says how many.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
/// let panels = iris.hist().bins(20).names(["sepal length", "sepal width", "petal length", "petal width"]);
/// assert!(panels.to_svg()?.contains("petal width"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Histogram {
    dataset: Dataset,
    features: Option<Vec<Key>>,
    bins: Bins,
    range: Option<(f64, f64)>,
    density: bool,
    names: Option<Vec<String>>,
    columns: usize,
    pub(super) look: Look,
}

impl Dataset {
    /// A histogram for each feature; see [`Histogram`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.hist().bins(2).to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn hist(&self) -> Histogram {
        Histogram {
            dataset: self.clone(),
            features: None,
            bins: Bins::default(),
            range: None,
            density: false,
            names: None,
            columns: 5,
            look: Look::default(),
        }
    }
}

impl Histogram {
    /// How many bins, their edges, a rule or the rule's name, as in
    /// `numpy.histogram`. Default: 10.
    pub fn bins(mut self, bins: impl Into<Bins>) -> Self {
        self.bins = bins.into();
        self
    }

    /// The outer edges of the bins; values outside are left out, and the caption
    /// says how many. Default: the least and the greatest value of each feature.
    pub fn range(mut self, first: f64, last: f64) -> Self {
        self.range = Some((first, last));
        self
    }

    /// Draws densities (area 1) instead of counts. Default: `false`.
    pub fn density(mut self, density: bool) -> Self {
        self.density = density;
        self
    }

    /// Only these features, by index or name. By name, labels that are numbers can be
    /// drawn too. Default: all features.
    pub fn features<K: Into<Key>>(mut self, features: impl IntoIterator<Item = K>) -> Self {
        self.features = Some(features.into_iter().map(Into::into).collect());
        self
    }

    /// The panels' titles, one for each feature shown. Default: the features'
    /// names, or `Feature 1`, `Feature 2`, ….
    pub fn names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.names = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// How many panels side by side before they wrap. Default: 5.
    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    /// The features to draw, under the names to draw them with.
    fn chosen(&self) -> Result<Vec<Feature>> {
        let mut chosen: Vec<Feature> = match &self.features {
            None => self.dataset.expect_features()?,
            Some(keys) => keys
                .iter()
                .map(|key| self.dataset.feature(key))
                .collect::<Result<_>>()?,
        };
        if chosen.is_empty() {
            return Err(Error::value(
                "expected at least one feature to draw, but features([]) names none",
            ));
        }
        let Some(names) = &self.names else {
            return Ok(chosen);
        };
        if names.len() != chosen.len() {
            return Err(Error::shape(format!(
                "expected {} names, one for each feature, but found {}",
                chosen.len(),
                names.len()
            )));
        }
        for (feature, name) in chosen.iter_mut().zip(names) {
            feature.name.clone_from(name);
        }
        Ok(chosen)
    }

    fn panel(&self, rows: &Columns, feature: &Feature) -> Result<(Panel, Option<String>)> {
        let values = rows.feature(feature);
        let counted = self
            .count(&values)
            .map_err(|err| err.context(format_args!("feature '{}'", feature.name)))?;
        let dropped = counted.dropped;
        let outside = (dropped.outside > 0).then(|| {
            format!(
                "{} outside the range",
                super::number::count(dropped.outside as usize)
            )
        });
        let parts: Vec<String> = notes::not_finite(dropped.nan, dropped.infinite)
            .into_iter()
            .chain(outside)
            .collect();
        let note =
            (!parts.is_empty()).then(|| format!("{} of {}", parts.join(" and "), feature.name));
        Ok((bars(feature.name.clone(), counted, self.density), note))
    }

    fn count(&self, values: &TensorView<'_>) -> Result<crate::stats::Histogram> {
        let options = HistogramOptions::new(self.bins.clone()).finite_only();
        let options = match self.range {
            Some((first, last)) => options.range(first, last),
            None => options,
        };
        with_numbers!(values, array => options.count(array),
            else Err(Error::dtype(format!("expected numbers, but found {}", values.dtype()))))
    }
}

/// Bars over the bins, as high as their counts or densities; a frame that says
/// so where no value is in a bin.
pub(super) fn bars(title: String, counted: crate::stats::Histogram, density: bool) -> Panel {
    let frame = Panel::message("no data").titled(title.clone());
    let (Some(&first), Some(&last)) = (counted.edges.first(), counted.edges.last()) else {
        return frame;
    };
    if counted.total() == 0 {
        return frame;
    }
    let heights = match density {
        true => counted.density(),
        false => counted.counts.iter().map(|&n| n as f64).collect(),
    };
    let top = finite_ends(heights.iter().copied()).map_or(0.0, |(_, top)| top);
    let mut y = Axis::new(Limits::from_min_max(
        0.0,
        if top > 0.0 { top * 1.05 } else { 1.0 },
    ));
    y.integer = !density;
    let x = Axis::new(Limits::from_min_max(first, last).padded(0.03));
    let bars = Bars::histogram(&counted.edges, &heights, Ink::Series(0));
    Panel::new(x, y, vec![Mark::Bars(bars)]).titled(title)
}

impl Draw for Histogram {
    fn figure(&self) -> Result<Figure> {
        if self.columns == 0 {
            return Err(Error::value(
                "expected at least 1 column of panels, but found 0",
            ));
        }
        let features = self.chosen()?;
        let rows = self.dataset.plot_rows()?;
        let shown = &features[..features.len().min(MAX_PANELS)];
        let mut panels = Vec::with_capacity(shown.len());
        let mut left_out = Vec::new();
        for feature in shown {
            let (panel, note) = self.panel(&rows, feature)?;
            panels.push(panel);
            left_out.extend(note);
        }
        let notes = [
            notes::extent(rows.len, &rows.extent, "rows"),
            notes::part_of(
                shown.len(),
                features.len(),
                "features; choose others with features([…])",
            ),
            notes::left_out(&left_out),
        ];
        self.look.dress(self.arranged(panels).with_notes(notes))
    }
}

impl Histogram {
    fn arranged(&self, panels: Vec<Panel>) -> Figure {
        // Wide enough for four tick labels; one or two panels get more room.
        let (width, height) = match panels.len().min(self.columns) {
            1 => (480, 320),
            2 => (360, 260),
            3 => (280, 220),
            _ => (205, 200),
        };
        let columns = self.columns.min(panels.len()).max(1);
        let rows = panels.len().div_ceil(columns);
        let what = match panels.len() {
            1 => "Histogram".to_owned(),
            n => format!("{n} histograms"),
        };
        let names: Vec<&str> = panels
            .iter()
            .filter_map(|panel| panel.title.as_deref())
            .collect();
        let description = format!("{what}: {}", names.join(", "));
        let size = ((columns * width).min(4000), (rows * height).min(3800));
        Figure::of_panels((size.0 as u32, size.1 as u32), columns, panels, description)
    }
}
