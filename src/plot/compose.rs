//! Figures side by side, one below the other, and in grids.

use super::Draw;
use super::figure::{Body, Figure};
use super::look::{Format, Theme};
use crate::error::{Error, Result};
use crate::list::{MapEach, MapInto};

/// The longest side of a composition, in logical pixels.
const LONGEST: u32 = 4000;

/// What has a figure: every plot, a [`Figure`], data sets, elements and tensors,
/// references to them, and a `Result` of one.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, IntoFigure};
///
/// let ds = Dataset::from_tensor_slices(vec![1.0, 2.0])?;
/// let figure = ds.hist().into_figure()?;
/// assert_eq!(figure, ds.hist().figure()?);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub trait IntoFigure {
    /// The figure, or why there is none.
    fn into_figure(self) -> Result<Figure>;
}

impl IntoFigure for Figure {
    fn into_figure(self) -> Result<Figure> {
        Ok(self)
    }
}

impl<T: IntoFigure> IntoFigure for Result<T> {
    fn into_figure(self) -> Result<Figure> {
        self?.into_figure()
    }
}

/// What [`hstack`], [`vstack`] and [`Figure::grid`] take: a tuple of up to eight
/// things that have figures, or an array or `Vec` of them.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, IntoFigures};
///
/// let ds = Dataset::from_tensor_slices(ndarray::array![[1.0, 2.0], [3.0, 4.0]])?;
/// assert_eq!((ds.hist(), ds.scatter(0, 1)).into_figures()?.len(), 2);
/// assert_eq!([ds.scatter(0, 1), ds.scatter(1, 0)].into_figures()?.len(), 2);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub trait IntoFigures {
    /// The figures, or why one is missing.
    fn into_figures(self) -> Result<Vec<Figure>>;
}

impl<T: IntoFigure> IntoFigures for Vec<T> {
    fn into_figures(self) -> Result<Vec<Figure>> {
        self.try_map_into(IntoFigure::into_figure)
    }
}

impl<T: IntoFigure, const N: usize> IntoFigures for [T; N] {
    fn into_figures(self) -> Result<Vec<Figure>> {
        let mut figures = Vec::with_capacity(N);
        for plot in self {
            figures.push(plot.into_figure()?);
        }
        Ok(figures)
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: IntoFigure),*> IntoFigures for ($($name,)*) {
            fn into_figures(self) -> Result<Vec<Figure>> {
                #[expect(non_snake_case, reason = "a value is named after its type")]
                let ($($name,)*) = self;
                Ok(vec![$($name.into_figure()?),*])
            }
        }
    };
}

tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);

/// Figures side by side, as `numpy.hstack` puts arrays.
///
/// # Errors
///
/// One of the figures cannot be made; there is none; they are wider than 4,000
/// pixels together.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, hstack};
///
/// let ds = Dataset::from_tensor_slices(ndarray::array![[1.0, 2.0], [3.0, 4.0]])?;
/// let both = hstack((ds.hist(), ds.scatter(0, 1)))?;
/// assert!(both.to_svg()?.contains("Feature 2"));
/// assert_eq!(
///     hstack(Vec::<ndsight::Figure>::new()).unwrap_err().to_string(),
///     "expected at least 1 figure, but found none",
/// );
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn hstack(figures: impl IntoFigures) -> Result<Figure> {
    beside(figures.into_figures()?)
}

fn beside(figures: Vec<Figure>) -> Result<Figure> {
    arranged(figures.len(), figures)
}

/// Figures one below the other, as `numpy.vstack` puts arrays.
///
/// # Errors
///
/// As for [`hstack`].
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, vstack};
///
/// let ds = Dataset::from_tensor_slices(ndarray::array![[1.0, 2.0], [3.0, 4.0]])?;
/// assert!(vstack([ds.scatter(0, 1), ds.scatter(1, 0)])?.to_png().is_ok());
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn vstack(figures: impl IntoFigures) -> Result<Figure> {
    arranged(1, figures.into_figures()?)
}

impl Figure {
    /// Figures in rows of `columns`, as `plt.subplots` arranges axes.
    ///
    /// # Errors
    ///
    /// As for [`hstack`]; `columns` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, Figure};
    ///
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[1.0, 2.0], [3.0, 4.0]])?;
    /// let (a, b) = (ds.scatter(0, 1), ds.scatter(1, 0));
    /// let figure = Figure::grid(2, (a.clone(), b.clone(), b, a))?.title("Four");
    /// assert!(figure.to_svg()?.contains("Four"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn grid(columns: usize, figures: impl IntoFigures) -> Result<Figure> {
        arranged(columns, figures.into_figures()?)
    }

    /// A line above the figure. Default: none.
    pub fn title(&self, title: impl Into<String>) -> Self {
        self.clone().titled(Some(title.into()))
    }

    /// The page to draw for. Default: what the plot chose, and of a composition the
    /// first of its parts that chose one.
    pub fn theme(&self, theme: Theme) -> Self {
        let mut plot = self.clone();
        plot.theme = theme;
        plot
    }

    /// What a notebook's HTML holds. Default: what the plot chose, and of a
    /// composition the first of its parts that chose one.
    pub fn format(&self, format: Format) -> Self {
        let mut plot = self.clone();
        plot.format = Some(format);
        plot
    }
}

/// Room around what a figure holds.
const MARGIN: u32 = 16;

fn arranged(columns: usize, figures: Vec<Figure>) -> Result<Figure> {
    if figures.is_empty() {
        return Err(Error::value("expected at least 1 figure, but found none"));
    }
    if columns == 0 {
        return Err(Error::value(
            "expected at least 1 column of figures, but found 0",
        ));
    }
    let columns = columns.min(figures.len());
    let widest = |column| {
        figures
            .iter()
            .skip(column)
            .step_by(columns)
            .map(|f| f.width)
    };
    let width: u32 = (0..columns).filter_map(|column| widest(column).max()).sum();
    let rows = figures.chunks(columns);
    let height: u32 = rows
        .filter_map(|row| row.iter().map(|f| f.height).max())
        .sum();
    let (width, height) = (width + MARGIN, height + MARGIN);
    if width > LONGEST || height > LONGEST {
        return Err(Error::value(format!(
            "expected figures of at most {LONGEST} × {LONGEST} pixels together, but found {width} × {height}; give them a smaller size(width, height)"
        )));
    }
    let descriptions: Vec<&str> = figures.map_each(|f| f.description.as_str());
    let description = descriptions.join("; ");
    let format = figures.iter().find_map(|figure| figure.format);
    let mut themes = figures.iter().map(|figure| figure.theme);
    let theme = themes.find(|&theme| theme != Theme::Auto);
    let body = Body::Figures { columns, figures };
    Ok(Figure {
        theme: theme.unwrap_or_default(),
        format,
        ..Figure::new((width, height), body, description)
    })
}

impl Draw for Figure {
    fn figure(&self) -> Result<Figure> {
        Ok(self.clone())
    }
}
