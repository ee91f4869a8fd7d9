//! What is looked for in data, and from which number on it is told.

use super::Level;
use crate::named::named;

/// What a finding is about: what [`Dataset::findings`](crate::Dataset::findings) and a
/// card look for.
///
/// | rule | what is told | from which number on |
/// |---|---|---|
/// | [`Missing`](Rule::Missing) | values that are NaN | one |
/// | [`Infinite`](Rule::Infinite) | values that are infinite | one |
/// | [`ConflictingLabels`](Rule::ConflictingLabels) | equal images or rows of features with different labels | one set |
/// | [`ChannelsFirst`](Rule::ChannelsFirst) | rows of shape `(1\|3\|4, h, w)` | sides of 8 |
/// | [`ImageRange`](Rule::ImageRange) | pixels of a range that is rarely meant | see there |
/// | [`Constant`](Rule::Constant) | features of one value | 3 rows |
/// | [`AlmostConstant`](Rule::AlmostConstant) | features of nearly one value | [`ALMOST_CONSTANT`](Rule::ALMOST_CONSTANT) |
/// | [`DuplicateRows`](Rule::DuplicateRows) | rows that equal an earlier one | more than by chance |
/// | [`DuplicateImages`](Rule::DuplicateImages) | images that equal an earlier one | one |
/// | [`NearDuplicateImages`](Rule::NearDuplicateImages) | images with an earlier one's perceptual hash | one, up to [`MAX_PREVALENCE`](Rule::MAX_PREVALENCE) |
/// | [`ImbalancedLabels`](Rule::ImbalancedLabels) | rows of the most by those of the least frequent class | [`IMBALANCE`](Rule::IMBALANCE) |
/// | [`Scales`](Rule::Scales) | the largest by the least standard deviation | [`SCALES`](Rule::SCALES) |
/// | [`Correlated`](Rule::Correlated) | Pearson's coefficient of two features | [`CORRELATED`](Rule::CORRELATED) |
/// | [`Skewed`](Rule::Skewed) | features with a long tail | [`SKEWED`](Rule::SKEWED) |
/// | [`Outliers`](Rule::Outliers) | values far from the quartiles | [`OUTLIERS`](Rule::OUTLIERS) |
/// | [`IntegersAsFloats`](Rule::IntegersAsFloats) | floats that are all whole | 20 rows |
/// | [`Dark`](Rule::Dark), [`Bright`](Rule::Bright), [`Blurry`](Rule::Blurry), [`LowInformation`](Rule::LowInformation) | images that show little | CleanVision's scores, up to [`MAX_PREVALENCE`](Rule::MAX_PREVALENCE) |
/// | [`Leakage`](Rule::Leakage) | rows that two data sets share | one |
///
/// A false alarm costs more than silence: what chance, small data or ordinary
/// preprocessing explain is not told. Each rule can be turned off:
/// [`Card::without`](crate::Card::without). What is found in a part of the data says so;
/// duplicates and conflicts in a random sample are then fewer than there are.
///
/// # Example
///
/// ```
/// use ndsight::Rule;
///
/// assert_eq!("skewed".parse::<Rule>()?, Rule::Skewed);
/// assert_eq!(Rule::LowInformation.name(), "low_information");
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// Values that are NaN: of all features together, and of the label and each other
    /// component. The number is how many.
    Missing,
    /// Values that are infinite, of either sign. The number is how many.
    Infinite,
    /// A feature of which all values are the same, NaN left out, in at least 3 rows. The
    /// number is how many features.
    Constant,
    /// A feature of which a share of [`ALMOST_CONSTANT`](Rule::ALMOST_CONSTANT) or more
    /// of the values are the same, but not all; NaN is left out. The number is how many
    /// features.
    AlmostConstant,
    /// Rows that equal an earlier row in every component, NaN being equal to NaN, and 0 to
    /// -0. The number is how many.
    ///
    /// Not told of images, of rows with less than two features besides the label, and of
    /// tables of few different values, which repeat rows by chance: pairs of equal rows
    /// must be 10 times those that independent columns of the same values would have.
    DuplicateRows,
    /// Images that equal an earlier one in every pixel, whatever their labels. The number
    /// is how many.
    DuplicateImages,
    /// Images that are not equal to an earlier one and have its perceptual hash
    /// (CleanVision's near duplicates: `imagehash.phash` of 64 bits), of at most a share of
    /// [`MAX_PREVALENCE`](Rule::MAX_PREVALENCE). The number is how many.
    ///
    /// Here and in the four rules about quality, images have sides of at least 8 pixels,
    /// and are seen in 8 bits: floats from 0 to 1 times 255, what lies from 0 to 255 as it
    /// is, other values between the ends of them all. Without a third axis, those are taken
    /// for windows of measurements, and are left out. The first 16 million pixels are
    /// looked at.
    NearDuplicateImages,
    /// The most frequent class has at least [`IMBALANCE`](Rule::IMBALANCE) times the rows of
    /// the least frequent one. The number is how many times.
    ///
    /// Not told where there is more than one class for 10 rows, as labels then name rows;
    /// nor where so many equally frequent classes differ as much by chance: the numbers
    /// `a` and `b` of rows must lie `1 + 2 √(ln classes)` times `√(a + b)` apart.
    ImbalancedLabels,
    /// The same image, or the same row of features, under two labels. The number is how many
    /// such images or rows of features there are. Of features, not told where
    /// [`DuplicateRows`](Rule::DuplicateRows) would not be.
    ConflictingLabels,
    /// Pixels of a range that is rarely meant. The number is the end of the range that
    /// is odd.
    ///
    /// Told are floats from 0 up to 255 (their largest beyond half of that; whole ones where
    /// there is no third axis) and whole ones beyond; negative floats of images with
    /// channels that lie neither from -1 to 1 nor about 0 (the mean being no more than
    /// a standard deviation away, as it is after the preprocessing of Keras and torchvision in
    /// any of their modes); integers that are negative or beyond 255, but for those of 16
    /// bits; `uint8` of 0 and 1 alone. Sides are of at least 8 pixels.
    ImageRange,
    /// Images whose first axis looks like their channels (PyTorch's order): rows of shape
    /// `(1|3|4, h, w)` with sides of at least 8, of which the last is none of channels. The
    /// number is how many channels.
    ChannelsFirst,
    /// The spread (standard deviation) of one feature is at least [`SCALES`](Rule::SCALES)
    /// times that of another; features of fewer than 3 different values, and of which half
    /// of the values are the same, are left out. The number is how many times.
    Scales,
    /// Two features whose correlation (Pearson's) is at least
    /// [`CORRELATED`](Rule::CORRELATED) either way, in at least 20 rows. The number is the
    /// strongest correlation.
    ///
    /// Features of which a quarter of the values are missing are left out, and so are those
    /// after the first 200. Of many, a part of the rows is compared: 2,000, or 180 with gaps
    /// in all of them.
    Correlated,
    /// A feature whose skewness is at least [`SKEWED`](Rule::SKEWED) either way. The number is
    /// the largest skewness.
    ///
    /// Here and of outliers, features have at least 20 finite values, more than 10
    /// different ones, and quartiles that differ.
    Skewed,
    /// Values beyond [`OUTLIERS`](Rule::OUTLIERS) times the interquartile range from the
    /// quartiles, of features as [`Skewed`](Rule::Skewed) has them. The number is how many.
    Outliers,
    /// Components of floats of which all features are whole numbers, that could hold
    /// integers instead: there are at least 20 rows, no NaN, numbers beyond 0 and 1, and
    /// none that is too large for floats to be exact. The number is how many features.
    IntegersAsFloats,
    /// Images that are dark all over, by CleanVision's definition: the 99th percentile of
    /// the pixels' brightness is below 0.32 of white. The number is how many, of at most a
    /// share of [`MAX_PREVALENCE`](Rule::MAX_PREVALENCE).
    Dark,
    /// Images that are bright all over, by CleanVision's definition: the 5th percentile of
    /// the pixels' brightness is above 0.95 of white. Numbers as for [`Dark`](Rule::Dark).
    Bright,
    /// Images without sharp edges, by CleanVision's definition: a score below 0.29 that
    /// grows with the spread of the strength of edges. Numbers as for [`Dark`](Rule::Dark).
    Blurry,
    /// Images of low entropy, by CleanVision's definition: below 3 bits a sample. Numbers as
    /// for [`Dark`](Rule::Dark).
    LowInformation,
    /// Rows of one data set that are also in another: told by
    /// [`compare`](crate::compare()).
    Leakage,
}

impl Rule {
    /// The share of equal values from which on a feature is almost constant.
    pub const ALMOST_CONSTANT: f64 = 0.99;

    /// How many times the rows of the least frequent class the most frequent one has.
    pub const IMBALANCE: f64 = 3.0;

    /// How many times the spread (standard deviation) of one feature another has.
    pub const SCALES: f64 = 100.0;

    /// The least correlation that is told, either way.
    pub const CORRELATED: f64 = 0.95;

    /// The least skewness that is told, either way: that of an exponential distribution.
    pub const SKEWED: f64 = 2.0;

    /// How many interquartile ranges from the box an outlier lies: Tukey's outer fences.
    pub const OUTLIERS: f64 = 3.0;

    /// The largest share of images that are told to be dark, bright, blurry, of low
    /// information or nearly equal: what most of them are, the data is, as digits are
    /// black for the most part (CleanVision's `max_prevalence`).
    pub const MAX_PREVALENCE: f64 = 0.5;

    /// How much a finding of this rule matters.
    pub fn level(self) -> Level {
        match self {
            Rule::Missing
            | Rule::Infinite
            | Rule::ConflictingLabels
            | Rule::ChannelsFirst
            | Rule::Leakage => Level::Problem,
            Rule::Skewed | Rule::Outliers | Rule::IntegersAsFloats | Rule::Correlated => {
                Level::Note
            }
            _ => Level::Warning,
        }
    }
}

named! {
    Rule, "a rule", "unknown_rule":
    /// The rule's name, such as `"near_duplicate_images"`.
    Leakage = "leakage",
    Missing = "missing",
    Infinite = "infinite",
    ConflictingLabels = "conflicting_labels",
    ChannelsFirst = "channels_first",
    ImageRange = "image_range",
    Constant = "constant",
    AlmostConstant = "almost_constant",
    DuplicateRows = "duplicate_rows",
    DuplicateImages = "duplicate_images",
    NearDuplicateImages = "near_duplicate_images",
    ImbalancedLabels = "imbalanced_labels",
    Scales = "scales",
    Correlated = "correlated",
    Skewed = "skewed",
    Outliers = "outliers",
    IntegersAsFloats = "integers_as_floats",
    Dark = "dark",
    Bright = "bright",
    Blurry = "blurry",
    LowInformation = "low_information",
}

/// Which rules are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules(u32);

impl Rules {
    pub(crate) const ALL: Rules = Rules(u32::MAX);

    pub(crate) const NONE: Rules = Rules(0);

    pub(crate) fn without(self, rule: Rule) -> Rules {
        Rules(self.0 & !(1 << rule as u32))
    }

    pub(crate) fn follow(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }

    /// Whether any of these is followed: looking for some costs much.
    pub(crate) fn follow_any(self, rules: &[Rule]) -> bool {
        rules.iter().any(|rule| self.follow(*rule))
    }
}
