//! What is known of data as a whole: each column described, and what looks wrong.
//! Knows data sets and statistics, and draws nothing.
//!
//! - `description`: the columns of a data set, each summarised; `describe()`
//! - `columns`: where columns are read from
//! - `numeric`, `categorical`: what is known of one column
//! - `rule`: what is looked for, and from which number on it is told
//! - `finding`: what was found
//! - `findings/`: how it is found, one file for each family of rules
//! - `key`: what tells rows apart
//! - `card`: everything that a data set shows of itself
//! - `comparison/`: two data sets side by side

mod card;
mod categorical;
mod columns;
mod comparison;
mod description;
mod finding;
mod findings;
mod key;
mod numeric;
mod rule;

pub use card::Card;
pub use categorical::CategoricalSummary;
pub use comparison::{ClassShare, Comparison, FeatureDrift, compare};
pub use description::{ColumnDescription, Description};
pub use finding::{Finding, Level};
pub use numeric::NumericSummary;
pub use rule::Rule;

pub(crate) use card::Profile;
pub(crate) use comparison::{OverlapKind, Picture};
pub(crate) use description::{Kind, Role};
