//! How things that look wrong are found.

use super::description::Description;
use super::finding::Finding;
use super::rule::Rules;
use crate::dataset::Look;

/// What is judged.
pub(crate) struct Evidence<'a> {
    /// Some rows.
    pub(crate) look: &'a Look,
    /// Of all rows, or of those that were looked at.
    pub(crate) description: &'a Description,
    /// What is looked for.
    pub(crate) rules: Rules,
}

/// What looks wrong, the most important first.
pub(crate) fn find(_evidence: &Evidence<'_>) -> Vec<Finding> {
    Vec::new()
}
