//! What bars mean and look like: seaborn's and matplotlib's choices by name.

/// What the height of a bar says: `stat` of seaborn's `histplot`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stat {
    /// How many values lie in the bin.
    #[default]
    Count,
    /// Counts divided by the width of the bin.
    Frequency,
    /// Shares of all values: the heights add up to 1.
    Probability,
    /// Shares in percent: the heights add up to 100.
    Percent,
    /// Shares divided by the width of the bin: the area is 1.
    Density,
}

impl Stat {
    /// What is written at the axis; nothing for plain counts.
    pub(super) fn label(self, cumulative: bool) -> Option<&'static str> {
        Some(match (self, cumulative) {
            (Stat::Count, false) => return None,
            (Stat::Count | Stat::Frequency, true) => "cumulative count",
            (Stat::Frequency, false) => "frequency",
            (Stat::Probability, false) => "probability",
            (Stat::Probability | Stat::Density, true) => "cumulative probability",
            (Stat::Percent, false) => "percent",
            (Stat::Percent, true) => "cumulative percent",
            (Stat::Density, false) => "density",
        })
    }
}

/// How bars are drawn: `histtype` of matplotlib's `hist`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HistType {
    /// A bar for each bin.
    #[default]
    Bar,
    /// The outline of the bars together.
    Step,
    /// The outline, filled.
    StepFilled,
}

/// How the bars of several classes share a panel: `multiple` of seaborn's
/// `histplot`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Multiple {
    /// Over one another, each seen through the others.
    #[default]
    Layer,
    /// Side by side within each bin. Outlines ([`HistType::Step`]) are layered.
    Dodge,
    /// On one another, the first class on top.
    Stack,
    /// Stacked, and each bin stretched to the whole height: shares of the classes.
    Fill,
}
