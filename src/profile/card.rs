//! Everything that a data set shows of itself.

use super::description::Description;
use super::finding::Finding;
use super::findings::{self, Evidence};
use super::rule::{Rule, Rules};
use crate::dataset::{Dataset, Look};
use crate::error::Result;

/// What a data set shows of itself on a cell's last line: its size, its steps, each
/// column described, a picture, and [findings](Finding).
///
/// Made by [`Dataset::card`], where something of it is to be different.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Rule};
///
/// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
/// iris.card().without(Rule::Correlated).show(); // in a notebook; here, as text
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a card does nothing until it is shown"]
pub struct Card {
    pub(crate) dataset: Dataset,
    pub(crate) rules: Rules,
    pub(crate) exact: bool,
}

impl Dataset {
    /// What the data set shows of itself, to choose what of it.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
    /// iris.card().findings(false).show(); // in a notebook; here, as text
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn card(&self) -> Card {
        Card {
            dataset: self.clone(),
            rules: Rules::ALL,
            exact: false,
        }
    }

    /// What looks wrong with the data, or is good to know: what a card lists, the most
    /// important first. [`Rule`] says what is looked for.
    ///
    /// Looks at what a card looks at: at all values where one pass over them is quick,
    /// else at a random sample of rows (10,000 at most, seed 0).
    ///
    /// # Errors
    ///
    /// An element fails.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, Rule};
    ///
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[1.5, 7.0], [2.5, 7.0], [0.5, 7.0]])?;
    /// let findings = ds.findings()?;
    /// assert_eq!(findings[0].rule(), Rule::Constant);
    /// assert_eq!(findings[0].message(), "'Feature 2' is 7 in all 3 rows");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn findings(&self) -> Result<Vec<Finding>> {
        let profile = Profile::of(self, Rules::ALL, false);
        match profile.look.problem {
            Some(err) => Err(err),
            None => Ok(profile.findings),
        }
    }
}

impl Card {
    /// Without what this rule finds; call it again for more rules.
    pub fn without(&self, rule: Rule) -> Card {
        let mut card = self.clone();
        card.rules = card.rules.without(rule);
        card
    }

    /// Describes all rows however many there are, as [`Dataset::describe`] does and in as
    /// little memory, instead of a sample of those that take longer than a moment.
    /// Findings are still of a sample. Default: false.
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let many = Dataset::range(0..200_000_000);
    /// assert!(many.card().to_text()?.contains("10,000 of 200,000,000 rows, a random sample"));
    /// let odd = Dataset::range(0..20_000).filter(|n: i64| n % 2 == 1)?;
    /// assert!(odd.card().exact(true).to_text()?.contains("9,999"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn exact(&self, exact: bool) -> Card {
        let mut card = self.clone();
        card.exact = exact;
        card
    }

    /// A first look, and what is found by it.
    pub(crate) fn profile(&self) -> Profile {
        Profile::of(&self.dataset, self.rules, self.exact)
    }

    /// Whether there are findings at all. Default: true.
    pub fn findings(&self, find: bool) -> Card {
        let mut card = self.clone();
        card.rules = if find { Rules::ALL } else { Rules::NONE };
        card
    }
}

/// A first look at a data set.
pub(crate) struct Profile {
    pub(crate) look: Look,
    pub(crate) description: Description,
    pub(crate) findings: Vec<Finding>,
}

impl Profile {
    /// As far as it could be read; `exact` describes all rows.
    pub(crate) fn of(dataset: &Dataset, rules: Rules, exact: bool) -> Profile {
        let mut look = dataset.look();
        let described = exact.then(|| dataset.describe()).transpose();
        let described = described.unwrap_or_else(|err| {
            look.problem.get_or_insert(err);
            None
        });
        let description = described.unwrap_or_else(|| Description::at_a_look(dataset, &look));
        let evidence = Evidence {
            look: &look,
            description: &description,
            rules,
        };
        let findings = findings::find(&evidence);
        Profile {
            look,
            description,
            findings,
        }
    }
}
