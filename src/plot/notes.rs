//! Captions: what a picture leaves out or changes, in one wording everywhere.

use super::number::count;
use crate::dataset::{Cardinality, Extent};
use crate::list::{Flat, IntoList};
use crate::stats::Dropped;

/// "3 NaN", "1 infinite" or both, or nothing where there are none.
pub(super) fn not_finite(nan: u64, infinite: u64) -> Option<String> {
    let parts: Vec<String> = [(nan, "NaN"), (infinite, "infinite")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", count(n as usize)))
        .into_list();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// How many values of a feature have no place in a picture, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) nan: u64,
    pub(super) infinite: u64,
    /// Finite, and beyond the range asked for.
    pub(super) outside: u64,
    /// Finite, and without a logarithm.
    pub(super) not_positive: u64,
    /// Of a weight that is NaN or infinite.
    pub(super) weightless: u64,
}

impl From<Dropped> for LeftOut {
    fn from(dropped: Dropped) -> Self {
        LeftOut {
            nan: dropped.nan,
            infinite: dropped.infinite,
            outside: dropped.outside,
            ..LeftOut::default()
        }
    }
}

impl LeftOut {
    /// Where a value goes: it itself, or its logarithm (base 10) on a log scale.
    /// What has no place is counted.
    pub(super) fn place(&mut self, value: f64, log: bool) -> Option<f64> {
        let why = match value {
            v if v.is_nan() => &mut self.nan,
            v if v.is_infinite() => &mut self.infinite,
            v if log && v <= 0.0 => &mut self.not_positive,
            v => return Some(if log { v.log10() } else { v }),
        };
        *why += 1;
        None
    }

    /// "3 NaN and 1 outside the range of x", or nothing where nothing is left out.
    pub(super) fn of(self, name: &str) -> Option<String> {
        let others = [
            (self.outside, "outside the range"),
            (self.not_positive, "not above 0"),
            (self.weightless, "without a weight"),
        ];
        let others = others.into_iter().filter(|(n, _)| *n > 0);
        let parts: Vec<String> = not_finite(self.nan, self.infinite)
            .into_iter()
            .chain(others.map(|(n, why)| format!("{} {why}", count(n as usize))))
            .into_list();
        (!parts.is_empty()).then(|| format!("{} of {name}", parts.join(" and ")))
    }
}

/// "10 of 60,000 images", or nothing where all are shown.
pub(super) fn part_of(shown: usize, all: usize, what: &str) -> Option<String> {
    (shown < all).then(|| format!("{} of {} {what}", count(shown), count(all)))
}

/// Which part of a data set is shown, or nothing where it is all; `what` names the
/// rows: "images".
pub(crate) fn extent(shown: usize, extent: &Extent, what: &str) -> Option<String> {
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

/// "1 row", "2,000 rows".
pub(crate) fn rows(n: usize) -> String {
    match n {
        1 => "1 row".to_owned(),
        n => format!("{} rows", count(n)),
    }
}

/// How many rows are left out as a number in them is not finite, if any are.
pub(super) fn rows_left_out(n: usize) -> Option<String> {
    match n {
        0 => None,
        1 => Some("left out: 1 row with a NaN or infinite value".to_owned()),
        n => Some(format!("left out: {} with NaN or infinite values", rows(n))),
    }
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

/// At most this many things are listed one by one in a caption.
const LISTED: usize = 4;

/// Joins what was left out of each of several parts, cutting long lists short.
pub(super) fn left_out(parts: &[String]) -> Option<String> {
    listed("left out", parts)
}

/// What is so of each of several parts, cutting long lists short; nothing of none.
pub(super) fn listed(what: &str, parts: &[String]) -> Option<String> {
    match parts {
        [] => None,
        few if few.len() <= LISTED => Some(format!("{what}: {}", few.join("; "))),
        many => {
            let more = many.len() - LISTED;
            Some(format!(
                "{what}: {}; and of {more} more",
                many[..LISTED].join("; ")
            ))
        }
    }
}

/// How many rows are in no bin, and why.
pub(super) fn rows_dropped(dropped: Dropped) -> Option<String> {
    let rows = |n: u64, why: &str| {
        let unit = if n == 1 { "row" } else { "rows" };
        (n > 0).then(|| format!("{} {unit} {why}", count(n as usize)))
    };
    let parts: Vec<String> = [
        rows(
            dropped.nan + dropped.infinite,
            "with NaN or infinite values",
        ),
        rows(dropped.outside, "outside the range"),
    ]
    .flat();
    left_out(&parts)
}

/// How many rows have no place along an axis.
pub(super) fn rows_without(rows: usize, axis: &str) -> Option<String> {
    let unit = if rows == 1 { "row" } else { "rows" };
    (rows > 0).then(|| {
        format!(
            "left out: {} {unit} whose {axis} is NaN or infinite",
            count(rows)
        )
    })
}

/// How many numbers interrupt lines, or add nothing to stacked areas.
pub(super) fn interrupted(lost: usize, stacked: bool) -> Option<String> {
    (lost > 0).then(|| match stacked {
        true => format!("{} NaN or infinite taken as 0", count(lost)),
        false => format!(
            "left out: {} NaN or infinite; lines are interrupted there",
            count(lost)
        ),
    })
}

/// How many cells have no colour, as their value is not finite.
pub(super) fn blank(cells: usize) -> Option<String> {
    (cells > 0).then(|| format!("{} NaN or infinite left blank", count(cells)))
}

/// `a, b, c` or, of many, the first and how many more.
pub(super) fn few(names: &[&str]) -> String {
    match names.len() {
        0..=LISTED => names.join(", "),
        n => format!(
            "{} and {} more",
            names[..LISTED].join(", "),
            count(n - LISTED)
        ),
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
