//! What was found.

use std::fmt;

use super::Rule;
use crate::list::IntoList;
use crate::printed;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Training or a plot goes wrong with it.
    Problem,
    /// Rarely meant.
    Warning,
    /// Good to know.
    Note,
}

impl Level {
    /// The level in a word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Level::Problem => "problem",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// Something in data that looks wrong, or is good to know.
///
/// Made by [`Dataset::findings`](crate::Dataset::findings); a card lists them. It is
/// displayed as its message.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Rule};
///
/// let ds = Dataset::from_tensor_slices(vec![1.5, f64::NAN, 3.0])?;
/// let findings = ds.findings()?;
/// assert_eq!(findings[0].rule(), Rule::Missing);
/// assert_eq!(findings[0].number(), 1.0);
/// assert_eq!(findings[0].rows(), [1]);
/// assert_eq!(findings[0].subjects(), ["Feature 1"]);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    rule: Rule,
    message: String,
    hint: String,
    number: f64,
    subjects: Vec<String>,
    rows: Vec<usize>,
}

/// So many rows of a finding are kept at most.
const MAX_ROWS: usize = 100;

impl Finding {
    /// `message` says in one sentence without a full stop what was found, with its number;
    /// `hint` what to do.
    pub(crate) fn new(
        rule: Rule,
        number: f64,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Finding {
        Finding {
            rule,
            message: message.into(),
            hint: hint.into(),
            number,
            subjects: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// With the names of the columns that it is about.
    pub(crate) fn about(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Finding {
        self.subjects = names.into_iter().map(Into::into).into_list();
        self
    }

    /// With the rows of the data set where it was found, of which the first are kept.
    pub(crate) fn at(mut self, rows: impl IntoIterator<Item = usize>) -> Finding {
        self.rows = rows.into_iter().take(MAX_ROWS).into_list();
        self
    }

    /// What was looked for.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// How much it matters.
    pub fn level(&self) -> Level {
        self.rule.level()
    }

    /// What was found, in words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        &self.hint
    }

    /// The number that the message tells: how many rows or values, or what the rule
    /// measures (a correlation, a skewness, a ratio).
    pub fn number(&self) -> f64 {
        self.number
    }

    /// The names of the features or of the component that it is about, as
    /// [`Description::columns`](crate::Description::columns) has them, all of them where
    /// the message names only some; none where it is about whole rows.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, Rule, dict};
    ///
    /// let ds = Dataset::from_tensor_slices(dict! {
    ///     "height": vec![1.5, f64::NAN, 3.0],
    ///     "width": vec![2.0, 2.0, 2.0],
    /// })?;
    /// let findings = ds.findings()?;
    /// let constant = findings.iter().find(|f| f.rule() == Rule::Constant).unwrap();
    /// assert_eq!(constant.subjects(), ["width"]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn subjects(&self) -> &[String] {
        &self.subjects
    }

    /// The first rows of the data set where it was found, at most 100 and in rising
    /// order; none where the finding is not about single rows. Of a data set in batches,
    /// rows are counted through.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}: {}; {}", self.rule, self.message, self.hint);
        f.write_str(&printed::line(&text))
    }
}
