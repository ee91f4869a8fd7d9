//! How values are distributed.

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "hist-iris", "A histogram for each feature", |iris| iris.hist().bins(20);
    "hist-uniform", "Five random features, as in the tutorials", |uniform| uniform.hist().bins(20);
    "hist-one", "One feature, bins by a rule, as a density", |bell| bell.hist().bins("auto").density(true);
    "hist-wine", "Thirteen features", |wine| wine.hist();
    "hist-gaps", "What is not finite is left out, and said so", |gaps| gaps.hist();
};
