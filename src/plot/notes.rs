//! Captions: what a picture leaves out or changes, in one wording everywhere.

use super::number::count;
use crate::dataset::{Cardinality, Extent};

/// "3 NaN", "1 infinite" or both, or nothing where there are none.
pub(super) fn not_finite(nan: u64, infinite: u64) -> Option<String> {
    let parts: Vec<String> = [(nan, "NaN"), (infinite, "infinite")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", count(n as usize)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// "10 of 60,000 images", or nothing where all are shown.
pub(super) fn part_of(shown: usize, all: usize, what: &str) -> Option<String> {
    (shown < all).then(|| format!("{} of {} {what}", count(shown), count(all)))
}

/// Which part of a data set is shown, or nothing where it is all; `what` names the
/// rows: "images".
pub(super) fn extent(shown: usize, extent: &Extent, what: &str) -> Option<String> {
    let shown = count(shown);
    Some(match extent {
        Extent::All => return None,
        Extent::First(Cardinality::Finite(all)) => format!("{shown} of {} {what}", count(*all)),
        Extent::First(Cardinality::Infinite) => {
            format!("the first {shown} {what} of an endless data set")
        }
        Extent::First(Cardinality::Unknown) => {
            format!("the first {shown} {what} of an unknown number")
        }
        Extent::Sample { of, more: false } => {
            format!("{shown} of {} {what}, a random sample (seed 0)", count(*of))
        }
        Extent::Sample { of, more: true } => {
            format!(
                "{shown} of the first {} {what}, a random sample (seed 0)",
                count(*of)
            )
        }
        Extent::Stopped(reason) => format!("{shown} {what}; {reason}"),
    })
}

/// How many pixels of pictures are not finite, or nothing where all are.
pub(super) fn blank_pixels(blank: u64) -> Option<String> {
    let blank = count(blank as usize);
    match blank.as_str() {
        "0" => None,
        "1" => Some("1 pixel is NaN or infinite and left blank".to_owned()),
        _ => Some(format!("{blank} pixels are NaN or infinite and left blank")),
    }
}

/// A part in percent, with one digit after the point: never 0% of what there is, nor
/// 100% of what lacks something.
pub(super) fn percent(part: usize, whole: usize) -> String {
    let tenths = (part as f64 / whole.max(1) as f64 * 1000.0).round();
    match tenths {
        0.0 if part > 0 => "under 0.1%".to_owned(),
        1000.0 if part < whole => "over 99.9%".to_owned(),
        tenths => format!("{}%", tenths / 10.0),
    }
}

/// At most this many things are listed one by one in a caption.
const LISTED: usize = 4;

/// Joins what was left out of each of several parts, cutting long lists short.
pub(super) fn left_out(parts: &[String]) -> Option<String> {
    match parts {
        [] => None,
        few if few.len() <= LISTED => Some(format!("left out: {}", few.join("; "))),
        many => {
            let more = many.len() - LISTED;
            Some(format!(
                "left out: {}; and of {more} more",
                many[..LISTED].join("; ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording() {
        assert_eq!(blank_pixels(0), None);
        assert_eq!(
            blank_pixels(1_200).unwrap(),
            "1,200 pixels are NaN or infinite and left blank"
        );
        let percents = [(0, 0), (0, 9), (1, 3), (1, 5_000), (4_999, 5_000), (9, 9)];
        assert_eq!(
            percents.map(|(part, whole)| percent(part, whole)),
            ["0%", "0%", "33.3%", "under 0.1%", "over 99.9%", "100%"]
        );
        assert_eq!(not_finite(0, 0), None);
        assert_eq!(not_finite(3, 0).unwrap(), "3 NaN");
        assert_eq!(not_finite(3, 1).unwrap(), "3 NaN and 1 infinite");
        assert_eq!(
            part_of(10, 60_000, "images").unwrap(),
            "10 of 60,000 images"
        );
        assert_eq!(part_of(10, 10, "images"), None);
        let parts: Vec<String> = (1..=6).map(|i| format!("{i} NaN of x{i}")).collect();
        assert_eq!(
            left_out(&parts).unwrap(),
            "left out: 1 NaN of x1; 2 NaN of x2; 3 NaN of x3; 4 NaN of x4; and of 2 more"
        );
    }
}
