//! The card of an array: type, shape, what the values are like, and the picture
//! that fits its rank.

use crate::display::bundle::Bundle;
use crate::display::page::{Page, Part};
use crate::error::Result;
use crate::plot::array;
use crate::plot::number::{count, integer, short};
use crate::stats::summary::{Number, Summary};
use crate::tensor::{Shape, Tensor, TensorView, with_numbers};

/// A tensor; see [`view`].
pub(in crate::display) fn tensor(tensor: &Tensor) -> Result<Bundle> {
    view(&tensor.view())
}

/// An array.
pub(in crate::display) fn view(view: &TensorView<'_>) -> Result<Bundle> {
    let name = format!("{} {}", view.dtype(), Shape(view.shape()));
    let page = Page::headed(name, facts(view)).with(Part::figure(array::figure(view)?));
    Bundle::of_page(&page)
}

fn facts(view: &TensorView<'_>) -> String {
    let summary = with_numbers!(view, array => Summary::of(array), else return String::new());
    let (Some(least), Some(greatest), Some(mean)) = (summary.min(), summary.max(), summary.mean())
    else {
        return match summary.count {
            0 => "no values".to_owned(),
            _ => "no finite values".to_owned(),
        };
    };
    let mut facts = vec![format!("from {} to {}", number(least), number(greatest))];
    if summary.finite() > 1 {
        let deviation = summary.deviation().unwrap_or(0.0);
        facts.push(format!("mean {} ± {}", short(mean), short(deviation)));
    }
    for (n, what) in [(summary.nan, "NaN"), (summary.infinite(), "infinite")] {
        if n > 0 {
            facts.push(format!("{} {what}", count(n as usize)));
        }
    }
    facts.join(", ")
}

fn number(value: Number) -> String {
    match value {
        Number::Integer(value) => integer(value),
        Number::Float(value) => short(value),
    }
}
