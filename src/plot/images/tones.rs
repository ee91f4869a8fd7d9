//! Which values become which shade or colour.

use std::ops::RangeInclusive;

use ndarray::Array1;

use super::Images;
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::plot::colormap::Colormap;
use crate::plot::figure::{Key, Limits, Scale, finite_ends};
use crate::plot::number::{count, percent, short};
use crate::plot::pixels::{Raster, ToneRange};
use crate::stats;
use crate::tensor::DType;

/// The values that become the darkest and the brightest shade, or the ends of a
/// colormap: what [`Images::value_range`] takes. A pair of numbers or a range `a..=b`
/// is a fixed one.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, ValueRange};
///
/// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
/// let grid = digits.images().value_range(ValueRange::Percentile(2.0, 98.0));
/// assert!(grid.to_svg()?.contains("percentiles 2 and 98"));
/// assert_eq!(ValueRange::from(0.0..=1.0), ValueRange::Fixed(0.0, 1.0));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum ValueRange {
    /// By the element type; see [`Images`].
    #[default]
    Auto,
    /// These values: `vmin` and `vmax` of `plt.imshow`. What lies beyond is shown as
    /// the nearer of them.
    Fixed(f64, f64),
    /// Two percentiles (0 to 100) of the values of all images shown.
    Percentile(f64, f64),
    /// The least and the greatest value of each image on its own, as a loop of
    /// `plt.imshow` has it. Images can then not be compared.
    PerImage,
}

impl From<(f64, f64)> for ValueRange {
    fn from((low, high): (f64, f64)) -> ValueRange {
        ValueRange::Fixed(low, high)
    }
}

impl From<RangeInclusive<f64>> for ValueRange {
    fn from(range: RangeInclusive<f64>) -> ValueRange {
        ValueRange::Fixed(*range.start(), *range.end())
    }
}

/// The range and the colours that are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Tones {
    range: ValueRange,
    cmap: Option<String>,
}

impl Images {
    /// The values shown darkest and brightest: `vmin` and `vmax` of
    /// `plt.imshow`. Values outside are shown as these, and the caption says how
    /// many. Default: by the element type, see the table above.
    pub fn range(&self, low: f64, high: f64) -> Self {
        self.value_range((low, high))
    }

    /// How the values shown darkest and brightest are found: fixed, by percentiles, or
    /// for each image on its own. Default: [`ValueRange::Auto`].
    pub fn value_range(&self, range: impl Into<ValueRange>) -> Self {
        let mut plot = self.clone();
        plot.tones.range = range.into();
        plot
    }

    /// The colours of images of one channel, by matplotlib's names: see [`Colormap`].
    /// A colour bar says which value is which. Default: `gray`, without one.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// assert!(digits.images().cmap("magma").to_svg().is_ok());
    /// let err = digits.images().cmap("magmar").to_svg().unwrap_err();
    /// assert!(err.to_string().starts_with("there is no colormap named 'magmar'; the colormaps are"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn cmap(&self, cmap: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.tones.cmap = Some(cmap.into());
        plot
    }
}

/// Percentiles are those of so many values at most; of more, of every so many-th.
const MAX_SORTED: usize = 4_000_000;

/// What is known of the values of all pictures together.
pub(super) struct Spread {
    ends: Option<(f64, f64)>,
    gray: bool,
    dtype: DType,
    /// Finite values.
    len: usize,
}

/// The range of all pictures, or that each has its own; and how it is told.
pub(super) struct Toning {
    /// `None` where each has its own.
    pub(super) range: Option<ToneRange>,
    /// The colours from the least to the greatest shade.
    pub(super) shades: Vec<[u8; 3]>,
    pub(super) key: Option<Key>,
    pub(super) note: Option<String>,
}

/// All pictures, one after another: they are made anew each time, as all of them
/// together may be large.
pub(super) type Rasters<'a> = dyn Fn(&mut dyn FnMut(&Raster)) -> Result<()> + 'a;

impl Tones {
    /// The range and colours for pictures, whose spread may be known already.
    pub(super) fn resolve(&self, spread: Option<Spread>, rasters: &Rasters<'_>) -> Result<Toning> {
        let colormap = Colormap::chosen(self.cmap.as_deref(), Colormap::GRAY)?;
        let spread = spread.map_or_else(|| Spread::of(rasters), Ok)?;
        if !spread.gray && self.cmap.is_some() {
            return Err(Error::value(format!(
                "expected images of one channel for the colormap '{colormap}', but found more; choose one with channels([0]), or make one of them with reduce(ChannelReduction::Mean)"
            )));
        }
        let (range, how) = self.range_of(&spread, rasters)?;
        let beyond = match (self.range, range) {
            (ValueRange::Fixed(..) | ValueRange::Percentile(..), Some(range)) => {
                beyond(range, rasters)?
            }
            _ => 0,
        };
        let clipped = (beyond > 0)
            .then(|| format!("{} of the values lie beyond", percent(beyond, spread.len)));
        let colored = colormap != Colormap::GRAY;
        Ok(Toning {
            range,
            shades: colormap.strip(256),
            key: colored.then(|| color_bar(colormap, range)),
            note: wording(range, &spread, colored, how, clipped),
        })
    }

    /// The range, and how it was found.
    fn range_of(
        &self,
        spread: &Spread,
        rasters: &Rasters<'_>,
    ) -> Result<(Option<ToneRange>, Option<String>)> {
        match self.range {
            ValueRange::Auto => {
                let range = ToneRange::fitting(spread.ends, spread.dtype, spread.gray);
                Ok((Some(range), None))
            }
            ValueRange::PerImage => Ok((None, None)),
            ValueRange::Fixed(low, high) => {
                if !(low.is_finite() && high.is_finite() && low < high) {
                    return Err(Error::value(format!(
                        "expected a range of two finite numbers, the lower first, but found {low} and {high}"
                    )));
                }
                Ok((Some(ToneRange::between(low, high)), None))
            }
            ValueRange::Percentile(low, high) => {
                let (range, how) = percentiles((low, high), spread.len, rasters)?;
                Ok((Some(range), Some(how)))
            }
        }
    }
}

impl Spread {
    pub(super) fn none() -> Spread {
        Spread {
            ends: None,
            gray: true,
            dtype: DType::UInt8,
            len: 0,
        }
    }

    fn of(rasters: &Rasters<'_>) -> Result<Spread> {
        let mut spread = Spread::none();
        rasters(&mut |raster| {
            let len = raster.tones().filter(|v| v.is_finite()).count();
            let ends = finite_ends(raster.tones());
            spread.add(ends, raster.is_gray(), raster.dtype, len);
        })?;
        Ok(spread)
    }

    /// Adds a picture with so many finite values between `ends`.
    pub(super) fn add(&mut self, ends: Option<(f64, f64)>, gray: bool, dtype: DType, len: usize) {
        let ends = ends.into_iter().chain(self.ends);
        self.ends = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        self.gray &= gray;
        self.dtype = dtype;
        self.len += len;
    }
}

/// The range between two percentiles of `len` finite values.
fn percentiles(
    (low, high): (f64, f64),
    len: usize,
    rasters: &Rasters<'_>,
) -> Result<(ToneRange, String)> {
    if low >= high {
        return Err(Error::value(format!(
            "expected two percentiles, the lower first, but found {low} and {high}"
        )));
    }
    let step = len.div_ceil(MAX_SORTED).max(1);
    let mut kept = Vec::with_capacity(len / step + 1);
    let mut at = 0;
    rasters(&mut |raster| {
        for value in raster.tones().filter(|v| v.is_finite()) {
            if at % step == 0 {
                kept.push(value);
            }
            at += 1;
        }
    })?;
    if kept.is_empty() {
        kept.push(0.0);
    }
    let found = stats::percentile(&Array1::from_vec(kept), &[low, high])?;
    let of = match step {
        1 => String::new(),
        step => format!(" of every {}th value", count(step)),
    };
    let how = format!("percentiles {} and {}{of}", short(low), short(high));
    Ok((ToneRange::between(found[0], found[1]), how))
}

/// How many finite values lie outside the range.
fn beyond(range: ToneRange, rasters: &Rasters<'_>) -> Result<usize> {
    let mut beyond = 0;
    rasters(&mut |raster| {
        let outside = |v: &f64| v.is_finite() && !(range.low..=range.high).contains(v);
        beyond += raster.tones().filter(outside).count();
    })?;
    Ok(beyond)
}

fn color_bar(colormap: Colormap, range: Option<ToneRange>) -> Key {
    let (low, high) = range.map_or((0.0, 1.0), |range| (range.low, range.high));
    Key::ColorBar {
        title: range.is_none().then(|| "share of own range".to_owned()),
        limits: Limits::from_min_max(low, high),
        scale: Scale::Linear,
        colors: colormap.strip(64),
    }
}

/// What a reader must know of the shades; a colour bar says where they begin and end.
fn wording(
    range: Option<ToneRange>,
    spread: &Spread,
    colored: bool,
    how: Option<String>,
    clipped: Option<String>,
) -> Option<String> {
    let Some(range) = range else {
        return Some(
            "each image stretched on its own, from its least to its greatest value".to_owned(),
        );
    };
    let ends = match (colored, how) {
        (false, how) => range_note(range, spread.gray)
            .map(|note| how.map_or(note.clone(), |how| format!("{note} ({how})"))),
        (true, how) => how.map(|how| format!("colours between {how}")),
    };
    let parts: Vec<String> = ends.into_iter().chain(clipped).into_list();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Says which values are shown darkest and brightest, unless they are those that
/// every reader expects.
pub(crate) fn range_note(range: ToneRange, gray: bool) -> Option<String> {
    if range.nominal {
        return None;
    }
    let (low, high) = (short(range.low), short(range.high));
    Some(match gray {
        true => format!("shades: black {low}, white {high}"),
        false => format!("values from {low} to {high} rescaled to the full range of brightness"),
    })
}
