//! Which of many channels are shown, and pictures of any layout as rasters.

use super::Images;
use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::plot::pixels::{Raster, numbers};
use crate::tensor::{Shape, TensorView};

/// What many channels of a pixel become as one number: what [`Images::reduce`] takes.
///
/// A pixel with a NaN in any channel has none, as in NumPy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelReduction {
    /// `image.mean(axis=-1)`.
    Mean,
    /// `image.max(axis=-1)`.
    Max,
    /// `image.min(axis=-1)`.
    Min,
    /// The square root of the sum of squares: `np.linalg.norm(image, axis=-1)`.
    Norm,
}

impl ChannelReduction {
    fn of(self, pixel: &[f64]) -> f64 {
        if pixel.iter().any(|v| v.is_nan()) {
            return f64::NAN;
        }
        let n = pixel.len().max(1) as f64;
        match self {
            // Divided first, so that the sum of great numbers stays finite.
            ChannelReduction::Mean => pixel.iter().map(|v| v / n).sum(),
            ChannelReduction::Max => pixel.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ChannelReduction::Min => pixel.iter().copied().fold(f64::INFINITY, f64::min),
            ChannelReduction::Norm => pixel.iter().fold(0.0, |sum: f64, v| sum.hypot(*v)),
        }
    }

    fn name(self) -> &'static str {
        match self {
            ChannelReduction::Mean => "mean",
            ChannelReduction::Max => "greatest",
            ChannelReduction::Min => "least",
            ChannelReduction::Norm => "norm",
        }
    }
}

/// The channels that are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Channels {
    chosen: Option<Vec<usize>>,
    reduction: Option<ChannelReduction>,
    pub(super) first: bool,
}

impl Images {
    /// The channels shown, by number from 0: one as shades, three as red, green and
    /// blue, four with how opaque a pixel is. Images may then have any number of
    /// channels: `plt.imshow(image[..., [2, 1, 0]])`. With [`reduce`](Images::reduce),
    /// the channels (as many as wanted) that are reduced. Default: all, which must be
    /// 1, 3 or 4.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let bands = ndarray::Array4::from_shape_fn((4, 8, 8, 6), |(n, y, x, c)| (n * y + x * c) as f32);
    /// let ds = Dataset::from_tensor_slices(bands)?;
    /// assert!(ds.images().channels([3, 2, 1]).to_svg()?.contains("channels 3, 2, 1 of 6"));
    /// assert!(ds.images().channels([5]).cmap("viridis").to_svg().is_ok());
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn channels(&self, channels: impl IntoIterator<Item = usize>) -> Self {
        let mut plot = self.clone();
        plot.channels.chosen = Some(channels.into_iter().into_list());
        plot
    }

    /// One number for all channels of a pixel, whatever their number. Default: none.
    ///
    /// ```
    /// use ndsight::{ChannelReduction, Dataset};
    ///
    /// let features = Dataset::from_tensor_slices(ndarray::Array4::<f32>::ones((4, 7, 7, 64)))?;
    /// let grid = features.images().reduce(ChannelReduction::Mean).cmap("magma");
    /// assert!(grid.to_svg()?.contains("mean of 64 channels"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn reduce(&self, reduction: ChannelReduction) -> Self {
        let mut plot = self.clone();
        plot.channels.reduction = Some(reduction);
        plot
    }

    /// Whether images of rank 3 are `(channels, h, w)`, as PyTorch's are, instead of
    /// `(h, w, channels)`. Default: no.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::Array4::<u8>::zeros((2, 3, 8, 8)))?;
    /// assert!(ds.images().channels_first(true).to_svg().is_ok());
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn channels_first(&self, first: bool) -> Self {
        let mut plot = self.clone();
        plot.channels.first = first;
        plot
    }
}

impl Channels {
    /// Whether any number of channels will do.
    pub(super) fn are_asked(&self) -> bool {
        self.chosen.is_some() || self.reduction.is_some()
    }

    /// Whether so many channels are shown as they lie in memory.
    pub(super) fn are_plain(&self, all: usize) -> bool {
        let moved = self.first && all > 1;
        !(self.are_asked() || moved)
    }

    /// Height, width and channels (if there is an axis of them) of an image of this
    /// shape.
    pub(super) fn layout<T: Copy>(&self, shape: &[T]) -> Option<(T, T, Option<T>)> {
        match *shape {
            [h, w] => Some((h, w, None)),
            [c, h, w] if self.first => Some((h, w, Some(c))),
            [h, w, c] => Some((h, w, Some(c))),
            _ => None,
        }
    }

    /// The picture of what is asked for.
    pub(super) fn raster(&self, image: &TensorView<'_>) -> Result<Raster> {
        let Some((height, width, all)) = self.layout(image.shape()) else {
            return Err(Error::shape(format!(
                "expected an image of two or three axes, but found {}",
                Shape(image.shape())
            )));
        };
        let values = numbers(image)?;
        let all = all.unwrap_or(1);
        let channels = self.shown(all)?;
        if self.are_plain(all) {
            return Ok(Raster {
                width,
                height,
                channels: all,
                values,
                dtype: image.dtype(),
            });
        }
        // How far apart two channels of a pixel lie, and two pixels.
        let (channel, pixel) = match self.first {
            true => (height * width, 1),
            false => (1, all),
        };
        let at = |i: usize, c: usize| values[i * pixel + c * channel];
        let mut shown = Vec::with_capacity(height * width * channels.len());
        for i in 0..height * width {
            let samples = channels.iter().map(|&c| at(i, c));
            match self.reduction {
                None => shown.extend(samples),
                Some(reduction) => shown.push(reduction.of(&samples.into_list())),
            }
        }
        Ok(Raster {
            width,
            height,
            channels: match self.reduction {
                Some(_) => 1,
                None => channels.len(),
            },
            values: shown,
            dtype: image.dtype(),
        })
    }

    /// The numbers of the channels that are shown or reduced, of so many.
    fn shown(&self, all: usize) -> Result<Vec<usize>> {
        let chosen = self.chosen.clone().unwrap_or((0..all).collect());
        if let Some(unknown) = chosen.iter().find(|&&c| c >= all) {
            let there = match all {
                1 => "is 1".to_owned(),
                n => format!("are {n}"),
            };
            return Err(Error::name(format!(
                "there is no channel {unknown}; there {there}, counted from 0"
            )));
        }
        match (self.reduction, chosen.len()) {
            (_, 0) => Err(Error::value(
                "expected channels to show, but found none".to_owned(),
            )),
            (Some(_), _) | (None, 1 | 3 | 4) => Ok(chosen),
            (None, n) => Err(Error::value(format!(
                "expected 1, 3 or 4 channels to show, but found {n}; choose as many with channels([0, 1, 2]), or make one of them with reduce(ChannelReduction::Mean)"
            ))),
        }
    }

    /// Says what is shown of images of this shape, where that is not all.
    pub(super) fn note(&self, shape: &[usize]) -> Option<String> {
        let all = self.layout(shape)?.2?;
        let chosen = self.chosen.as_ref().map(|chosen| {
            let words: Vec<String> = chosen.iter().take(8).map(usize::to_string).into_list();
            let more = if chosen.len() > 8 { ", …" } else { "" };
            let of = if chosen.len() == 1 {
                "channel"
            } else {
                "channels"
            };
            format!("{of} {}{more} of {all}", words.join(", "))
        });
        match (self.reduction, chosen) {
            (None, None) => None,
            (Some(reduction), None) => Some(format!("{} of {all} channels", reduction.name())),
            (Some(reduction), Some(chosen)) => Some(format!("{} of {chosen}", reduction.name())),
            (None, Some(chosen)) => Some(match self.chosen.as_ref().map(Vec::len) {
                Some(1) => chosen,
                _ => format!("{chosen} shown as red, green, blue"),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tensor;
    use ndarray::{Array3, array};

    /// Two pixels of three channels.
    fn image() -> Tensor {
        Tensor::from(array![[[1.0, 2.0, 3.0], [4.0, 5.0, f64::NAN]]])
    }

    fn values(channels: &Channels, image: &Tensor) -> Vec<f64> {
        channels.raster(&image.view()).unwrap().values
    }

    #[test]
    fn channels_are_chosen_and_put_in_order() {
        let chosen = Channels {
            chosen: Some(vec![1, 0, 0]),
            ..Channels::default()
        };
        assert_eq!(values(&chosen, &image()), [2.0, 1.0, 1.0, 5.0, 4.0, 4.0]);
        let first = Channels {
            first: true,
            ..chosen
        };
        let moved = Tensor::from(array![[[1.0, 4.0]], [[2.0, 5.0]], [[3.0, 6.0]]]);
        assert_eq!(values(&first, &moved), [2.0, 1.0, 1.0, 5.0, 4.0, 4.0]);
        assert_eq!(
            first.note(&[3, 1, 2]).unwrap(),
            "channels 1, 0, 0 of 3 shown as red, green, blue"
        );
    }

    #[test]
    fn reductions_are_numpys() {
        let reduced = |reduction| {
            let channels = Channels {
                reduction: Some(reduction),
                chosen: Some(vec![0, 1]),
                ..Channels::default()
            };
            values(&channels, &image())
        };
        assert_eq!(reduced(ChannelReduction::Mean), [1.5, 4.5]);
        assert_eq!(reduced(ChannelReduction::Max), [2.0, 5.0]);
        assert_eq!(reduced(ChannelReduction::Min), [1.0, 4.0]);
        assert_eq!(
            reduced(ChannelReduction::Norm),
            [5_f64.sqrt(), 41_f64.sqrt()]
        );
        let all = Channels {
            reduction: Some(ChannelReduction::Max),
            ..Channels::default()
        };
        let found = values(&all, &image());
        assert!(found[0] == 3.0 && found[1].is_nan());
        assert_eq!(all.note(&[1, 2, 3]).unwrap(), "greatest of 3 channels");
    }

    #[test]
    fn great_numbers_stay_finite() {
        let image = Tensor::from(Array3::from_elem((1, 1, 2), f64::MAX));
        for (reduction, expected) in [
            (ChannelReduction::Mean, f64::MAX),
            (ChannelReduction::Norm, f64::INFINITY),
        ] {
            let channels = Channels {
                reduction: Some(reduction),
                ..Channels::default()
            };
            assert_eq!(values(&channels, &image), [expected]);
        }
    }
}
