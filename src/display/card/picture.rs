//! The card of a picture of the `image` crate.

use crate::display::bundle::Bundle;
use crate::display::page::{Page, Part};
use crate::error::Result;
use crate::plot::array;
use crate::tensor::TensorView;

/// Samples of eight bits under a heading that says `what` they were.
pub(in crate::display) fn picture(view: &TensorView<'_>, what: &str) -> Result<Bundle> {
    let page = Page::headed("image", what).with(Part::figure(array::picture(view)?));
    Bundle::of_page(&page)
}
