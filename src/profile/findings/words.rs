//! The words of messages.

use crate::dataset::{ElementSpec, Extent, Structure};
use crate::list::IntoList;
use crate::tensor::number::count;

/// So many names are listed before a list is cut short.
const LISTED: usize = 4;

/// Longer names are cut.
const NAME_LENGTH: usize = 40;

/// A name in quotation marks.
pub(super) fn quoted(name: &str) -> String {
    match name.char_indices().nth(NAME_LENGTH) {
        Some((end, _)) => format!("'{}…'", &name[..end]),
        None => format!("'{name}'"),
    }
}

/// The name that was given to a component.
pub(super) fn given_name(spec: &ElementSpec, component: usize) -> Option<String> {
    match spec.structure() {
        Structure::Dict(_) => spec.names().get(component).map(|name| quoted(name)),
        _ => None,
    }
}

/// Some names: `'a', 'b', 'c', 'd' and 8 more`.
pub(super) fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let all = names.len();
    let shown = if all == LISTED + 1 { all } else { LISTED };
    let names: Vec<String> = names.take(shown).map(quoted).into_list();
    match all.saturating_sub(shown) {
        0 => names.join(", "),
        more => format!("{} and {} more", names.join(", "), count(more)),
    }
}

/// So many things: `1 row`, `2 rows`.
pub(super) fn things(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        n => format!("{} {one}s", count(n)),
    }
}

/// Which rows are meant, with a space before: nothing where it is all of them.
pub(super) fn within(extent: &Extent, rows: usize) -> String {
    match extent {
        Extent::All => String::new(),
        Extent::First(_) => match rows {
            1 => " in the first row".to_owned(),
            n => format!(" in the first {} rows", count(n)),
        },
        Extent::Sample { .. } | Extent::Stopped(_) => {
            format!(" in the {} looked at", things(rows, "row"))
        }
    }
}

/// So many things of that extent: `150 rows`, `the first 100 rows`, `the 10,000 rows looked at`.
pub(super) fn those(extent: &Extent, number: usize, one: &str) -> String {
    let things = things(number, one);
    match extent {
        Extent::All => things,
        Extent::First(_) => format!("the first {things}"),
        Extent::Sample { .. } | Extent::Stopped(_) => format!("the {things} looked at"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_short() {
        let names = ["a", "b", "c", "d", "e", "f"];
        let list = |n: usize| listed(names[..n].iter().copied());
        assert_eq!(list(1), "'a'");
        assert_eq!(list(5), "'a', 'b', 'c', 'd', 'e'");
        assert_eq!(list(6), "'a', 'b', 'c', 'd' and 2 more");
        assert_eq!(quoted(&"é".repeat(41)), format!("'{}…'", "é".repeat(40)));
    }

    #[test]
    fn rows_of_a_part_are_said_to_be_so() {
        let sample = Extent::Sample {
            of: 60_000,
            more: false,
        };
        assert_eq!(within(&Extent::All, 5), "");
        assert_eq!(within(&sample, 10_000), " in the 10,000 rows looked at");
        let first = Extent::First(crate::Cardinality::Unknown);
        assert_eq!(within(&first, 1), " in the first row");
        assert_eq!(within(&first, 2), " in the first 2 rows");
        assert_eq!(those(&Extent::All, 1, "row"), "1 row");
        assert_eq!(those(&first, 7, "image"), "the first 7 images");
        assert_eq!(those(&sample, 10_000, "row"), "the 10,000 rows looked at");
    }
}
