//! Images whose values or axes are not what is usually meant.

use super::code;
use super::pictures::is_large_enough;
use super::words::{given_name, within};
use super::{Evidence, Numbers};
use crate::dataset::TensorSpec;
use crate::list::Flat;
use crate::profile::Role;
use crate::profile::finding::Finding;
use crate::profile::rule::Rule;
use crate::tensor::DType;
use crate::tensor::number::short;

pub(super) fn find(evidence: &Evidence<'_>) -> Vec<Finding> {
    let found = [channels_first(evidence), range(evidence)];
    found.flat()
}

/// Shorter sides may be anything.
const LEAST_SIDE: usize = 8;

fn channels_first(evidence: &Evidence<'_>) -> Option<Finding> {
    let spec = &evidence.look.spec;
    if !evidence.follows(Rule::ChannelsFirst) {
        return None;
    }
    let specs = spec.components();
    let component = specs.iter().position(|spec| has_channels_first(spec))?;
    let found = specs[component];
    let channels = found.shape().and_then(|shape| shape[0]).unwrap_or(0);
    let message = format!(
        "{} of shape {} look like images with their channels first",
        given_name(spec, component).unwrap_or_else(|| "rows".to_owned()),
        found.shape_text()
    );
    let hint = format!(
        "here channels come last: {}",
        code::map(spec, component, "x.permuted_axes([1, 2, 0])")
    );
    let finding = Finding::new(Rule::ChannelsFirst, channels as f64, message, hint);
    Some(finding.about(spec.names().get(component)))
}

fn has_channels_first(spec: &TensorSpec) -> bool {
    let is_side = |n: usize| n >= LEAST_SIDE;
    match spec.shape() {
        Some([Some(1 | 3 | 4), Some(height), Some(width)]) => {
            spec.dtype().is_number() && is_side(*height) && is_side(*width)
        }
        _ => false,
    }
}

fn range(evidence: &Evidence<'_>) -> Option<Finding> {
    if !evidence.follows(Rule::ImageRange) {
        return None;
    }
    let images = evidence.numbers().find(|n| n.column.role == Role::Image)?;
    let spec = evidence.look.spec.components()[images.column.component];
    if !is_large_enough(spec) {
        return None;
    }
    let (least, most) = (images.summary.min()?, images.summary.max()?);
    let trouble = match spec.dtype() {
        DType::Bool => None,
        DType::UInt8 => (most == 1.0).then_some(Trouble::Flags),
        dtype if dtype.is_float() => of_floats(images, has_channels(spec)),
        dtype => of_integers(dtype, least, most),
    }?;
    Some(told(evidence, images, trouble))
}

fn has_channels(spec: &TensorSpec) -> bool {
    spec.shape().is_some_and(|shape| shape.len() == 3)
}

/// What is wrong with a range.
#[derive(Clone, Copy)]
enum Trouble {
    /// Positive, and to be divided by this.
    Large(f64),
    /// Negative, and not about 0.
    OffCentre,
    /// Integers that no picture has.
    Negative,
    /// 0 and 1 where white is 255.
    Flags,
}

/// The greatest value of 8 bits.
const WHITE: f64 = 255.0;

/// Filters that enlarge or reduce pictures overshoot by about so much.
const OVERSHOOT: f64 = 0.05;

fn of_floats(images: Numbers<'_>, has_channels: bool) -> Option<Trouble> {
    let summary = images.summary;
    let (least, most) = (summary.min()?, summary.max()?);
    if least < -OVERSHOOT * most.abs() {
        let (mean, std) = (summary.mean()?, summary.std()?);
        // Of -1 to 1 either end may be missing; standardised values have a mean of 0 over
        // the data that they were standardised by, and about that over others.
        let centred = (least >= -1.0 - OVERSHOOT && most <= 1.0 + OVERSHOOT) || mean.abs() <= std;
        return (has_channels && !centred).then_some(Trouble::OffCentre);
    }
    // Some picture of 8 bits is brighter than half of white; what is not may be a depth.
    let of_8_bits = (WHITE / 2.0..=WHITE * (1.0 + OVERSHOOT)).contains(&most);
    match (summary.is_whole(), has_channels) {
        (true, _) | (_, true) if of_8_bits => Some(Trouble::Large(WHITE)),
        (true, true) if most > WHITE => Some(Trouble::Large(most)),
        _ => None,
    }
}

/// Types of 16 bits are chosen for what has as many (X-rays, depths).
fn of_integers(dtype: DType, least: f64, most: f64) -> Option<Trouble> {
    match dtype {
        DType::Int16 | DType::UInt16 => None,
        _ if least < 0.0 => Some(Trouble::Negative),
        _ => (most > WHITE).then_some(Trouble::Large(most)),
    }
}

fn told(evidence: &Evidence<'_>, images: Numbers<'_>, trouble: Trouble) -> Finding {
    let (column, summary) = (images.column, images.summary);
    let least = summary.min().unwrap_or_default();
    let most = summary.max().unwrap_or_default();
    let (from, to) = (short(least), short(most));
    let spec = &evidence.look.spec;
    let of = given_name(spec, column.component).map_or(String::new(), |name| format!(" of {name}"));
    let what = format!("pixels{of} are {} from {from} to {to}", column.dtype);
    let is_float = column.dtype.is_float();
    let suffix = if column.dtype == DType::Float64 {
        ""
    } else {
        "_f32"
    };
    let divide = |by: f64| match is_float {
        true => format!("x / {by:?}{suffix}"),
        false => format!("x.mapv(|v| v as f32 / {by:?})"),
    };
    let scaled = |by: f64| code::map(spec, column.component, &divide(by));
    let (number, message, hint) = match trouble {
        Trouble::Large(by) => (
            most,
            what,
            format!("networks expect 0 to 1: {}", scaled(by)),
        ),
        Trouble::OffCentre => {
            let mean = short(summary.mean().unwrap_or_default());
            let std = short(summary.std().unwrap_or_default());
            let hint =
                "expected are 0 to 1, −1 to 1, or a mean of 0: is something subtracted twice?";
            (
                least,
                format!("{what}, and not centred: mean {mean}, std {std}"),
                hint.to_owned(),
            )
        }
        Trouble::Negative => (
            least,
            what,
            "pixels are 0 to 255: has a cast to a signed type wrapped them round?".to_owned(),
        ),
        Trouble::Flags => (
            most,
            format!("{what}, where white is 255"),
            "right for masks; of pictures, floats from 0 to 1 were cast: multiply by 255 before"
                .to_owned(),
        ),
    };
    let within = within(&evidence.description.extent, evidence.description.rows);
    Finding::new(Rule::ImageRange, number, message + &within, hint).about([&column.name])
}
