//! The scores of a picture, from 0 (bad) to 1 (fine), and from where on each is
//! good enough: by the names, definitions and defaults of CleanVision 0.3.7
//! (`ImagePropertyIssueManager.get_default_params`).

use super::Picture;
use super::blur::sharpness;
use super::brightness::brightness;
use super::entropy::entropy;
use super::phash::Hasher;
use super::resize::Resizer;
use super::taps::Filter;

/// A picture is dark where its `dark_score` is less: 99 of 100 pixels have less
/// than about a third of white's brightness.
pub(crate) const DARK_BELOW: f64 = 0.32;

/// A picture is light where its `light_score` is less: 95 of 100 pixels have more
/// than 95% of white's brightness.
pub(crate) const LIGHT_BELOW: f64 = 0.05;

/// A picture is blurry where its `blurry_score` is less.
pub(crate) const BLURRY_BELOW: f64 = 0.29;

/// A picture holds little information where its `low_information_score` is less:
/// 3 bits a sample.
pub(crate) const LOW_INFORMATION_BELOW: f64 = 0.3;

/// The score of a bit of entropy.
const SCORE_PER_BIT: f64 = 0.1;

/// CleanVision's scores of a picture, from 0 (bad) to 1 (fine).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quality {
    /// The 99th percentile of the pixels' brightness.
    pub(crate) dark_score: f64,
    /// One less the 5th percentile of the pixels' brightness.
    pub(crate) light_score: f64,
    /// The spread of the strength of the edges; uneven shades add to it.
    pub(crate) blurry_score: f64,
    /// A tenth of the entropy of the samples of all channels, in bits.
    pub(crate) low_information_score: f64,
}

impl Quality {
    pub(crate) fn is_dark(&self) -> bool {
        self.dark_score < DARK_BELOW
    }

    pub(crate) fn is_light(&self) -> bool {
        self.light_score < LIGHT_BELOW
    }

    pub(crate) fn is_blurry(&self) -> bool {
        self.blurry_score < BLURRY_BELOW
    }

    pub(crate) fn is_low_information(&self) -> bool {
        self.low_information_score < LOW_INFORMATION_BELOW
    }
}

/// Looks at pictures one after the other, and keeps between them what depends on
/// their size alone.
#[derive(Clone, Debug)]
pub(crate) struct Inspector {
    reducer: Resizer,
    hasher: Hasher,
}

impl Inspector {
    pub(crate) fn new() -> Inspector {
        Inspector {
            reducer: Resizer::new(Filter::Bicubic),
            hasher: Hasher::new(),
        }
    }

    pub(crate) fn quality(&mut self, picture: &Picture) -> Quality {
        let brightness = brightness(picture);
        Quality {
            dark_score: brightness.percentile_99,
            light_score: 1.0 - brightness.percentile_5,
            blurry_score: sharpness(picture, &mut self.reducer),
            low_information_score: (entropy(picture) * SCORE_PER_BIT).min(1.0),
        }
    }

    /// The perceptual hash of the picture; `None` for a picture of one shade.
    pub(crate) fn phash(&mut self, picture: &Picture) -> Option<u64> {
        self.hasher.hash(picture)
    }
}
