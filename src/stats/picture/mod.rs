//! Numbers about one picture: how dark, bright, blurry and empty it is, and
//! hashes by which equal and nearly equal pictures find each other.
//!
//! Scores and thresholds are those of CleanVision 0.3.7, to the bit where its
//! arithmetic is that of 8-bit integers: pictures are reduced by Pillow's
//! filters, with its rounding. Where a picture is judged otherwise on purpose,
//! the item says so.

mod blur;
mod brightness;
mod entropy;
mod gray;
pub(crate) mod groups;
pub(crate) mod phash;
pub(crate) mod quality;
mod resize;
mod taps;
#[cfg(test)]
mod tests;

/// A picture of 8 bits a sample, pixel by pixel from the top left; it has at
/// least one pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    height: usize,
    channels: usize,
    samples: Vec<u8>,
}

impl Picture {
    /// A picture of gray (1 channel), RGB (3) or RGBA (4) samples; `None` where
    /// it has another number of channels, no pixel, or samples of another number.
    pub(crate) fn new(
        width: usize,
        height: usize,
        channels: usize,
        samples: Vec<u8>,
    ) -> Option<Picture> {
        let length = width.checked_mul(height)?.checked_mul(channels)?;
        let fits = matches!(channels, 1 | 3 | 4) && length > 0 && samples.len() == length;
        fits.then_some(Picture {
            width,
            height,
            channels,
            samples,
        })
    }

    fn pixels(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.samples.chunks_exact(self.channels)
    }
}

/// One channel of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Plane {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}
