//! Findings as a card says them.

use crate::display::bundle::Bundle;
use crate::display::page::{Page, Part, Remark};
use crate::error::Result;
use crate::profile::Finding;

/// One finding alone.
pub(in crate::display) fn finding(finding: &Finding) -> Result<Bundle> {
    Bundle::of_page(&Page::default().with(Part::Findings(vec![remark(finding)])))
}

/// A finding as a line of a card.
pub(super) fn remark(finding: &Finding) -> Remark {
    Remark {
        level: finding.level(),
        name: finding.rule().name().replace('_', " "),
        text: finding.message().to_owned(),
        hint: finding.hint().to_owned(),
    }
}
