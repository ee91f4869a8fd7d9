//! What is looked for in data, and from which number on it is told.

use std::fmt;
use std::str::FromStr;

use super::Level;
use crate::error::{Error, Result};

/// What a finding is about: what [`Dataset::findings`](crate::Dataset::findings) and a
/// card look for.
///
/// The constants are the numbers from which on a finding is told. Each rule can be
/// turned off: [`Card::without`](crate::Card::without).
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
    /// Values that are NaN.
    Missing,
    /// Values that are infinite.
    Infinite,
    /// A feature of which all values are the same.
    Constant,
    /// A feature of which a share of [`ALMOST_CONSTANT`](Rule::ALMOST_CONSTANT) or more
    /// of the values are the same.
    AlmostConstant,
    /// Rows that equal an earlier row in every component.
    DuplicateRows,
    /// Images that equal an earlier one in every pixel.
    DuplicateImages,
    /// Images that are not equal and have the same perceptual hash (CleanVision's near
    /// duplicates).
    NearDuplicateImages,
    /// The most frequent class has at least [`IMBALANCE`](Rule::IMBALANCE) times the rows of
    /// the least frequent one.
    ImbalancedLabels,
    /// The same image, or the same row of features, under two labels.
    ConflictingLabels,
    /// Pixels of a range that is rarely meant: floats that run to 255, negative ones that
    /// are not centred.
    ImageRange,
    /// Images whose first axis looks like their channels (PyTorch's order).
    ChannelsFirst,
    /// The spread of one feature is at least [`SCALES`](Rule::SCALES) times that of another.
    Scales,
    /// Two features whose correlation (Pearson's) is at least
    /// [`CORRELATED`](Rule::CORRELATED) either way.
    Correlated,
    /// A feature whose skewness is at least [`SKEWED`](Rule::SKEWED) either way.
    Skewed,
    /// Values beyond [`OUTLIERS`](Rule::OUTLIERS) times the interquartile range from the box.
    Outliers,
    /// A feature of floats that are all whole numbers.
    IntegersAsFloats,
    /// Images that are dark all over, by CleanVision's definition.
    Dark,
    /// Images that are bright all over, by CleanVision's definition.
    Bright,
    /// Images without sharp edges, by CleanVision's definition.
    Blurry,
    /// Images of low entropy, by CleanVision's definition.
    LowInformation,
    /// Rows of one data set that are also in another: told by
    /// [`compare`](crate::compare()).
    Leakage,
}

impl Rule {
    /// All rules, in the order in which findings are listed.
    pub const ALL: [Rule; 21] = [
        Rule::Leakage,
        Rule::Missing,
        Rule::Infinite,
        Rule::ConflictingLabels,
        Rule::ChannelsFirst,
        Rule::ImageRange,
        Rule::Constant,
        Rule::AlmostConstant,
        Rule::DuplicateRows,
        Rule::DuplicateImages,
        Rule::NearDuplicateImages,
        Rule::ImbalancedLabels,
        Rule::Scales,
        Rule::Correlated,
        Rule::Skewed,
        Rule::Outliers,
        Rule::IntegersAsFloats,
        Rule::Dark,
        Rule::Bright,
        Rule::Blurry,
        Rule::LowInformation,
    ];

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

    /// The rule's name, such as `"near_duplicate_images"`.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Missing => "missing",
            Rule::Infinite => "infinite",
            Rule::Constant => "constant",
            Rule::AlmostConstant => "almost_constant",
            Rule::DuplicateRows => "duplicate_rows",
            Rule::DuplicateImages => "duplicate_images",
            Rule::NearDuplicateImages => "near_duplicate_images",
            Rule::ImbalancedLabels => "imbalanced_labels",
            Rule::ConflictingLabels => "conflicting_labels",
            Rule::ImageRange => "image_range",
            Rule::ChannelsFirst => "channels_first",
            Rule::Scales => "scales",
            Rule::Correlated => "correlated",
            Rule::Skewed => "skewed",
            Rule::Outliers => "outliers",
            Rule::IntegersAsFloats => "integers_as_floats",
            Rule::Dark => "dark",
            Rule::Bright => "bright",
            Rule::Blurry => "blurry",
            Rule::LowInformation => "low_information",
            Rule::Leakage => "leakage",
        }
    }

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

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rule {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Rule::ALL.into_iter().find(|rule| rule.name() == name);
        found.ok_or_else(|| {
            let names = Rule::ALL.map(Rule::name).join(", ");
            Error::name(format!("expected a rule ({names}), but found {name:?}"))
                .coded("unknown_rule")
        })
    }
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
