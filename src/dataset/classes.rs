//! What classes are called and in which order they are listed.

use std::cmp::Ordering;

/// The name of the class numbered `label`, or the label itself.
pub(crate) fn class_name(label: &str, classes: Option<&[String]>) -> String {
    let named = label
        .parse()
        .ok()
        .and_then(|index: usize| classes?.get(index).cloned());
    named.unwrap_or_else(|| label.to_owned())
}

/// Numbers by size, then anything else by letters.
pub(crate) fn in_reading_order(a: &str, b: &str) -> Ordering {
    // Large whole numbers that are one `f64` still differ.
    let key = |text: &str| -> (bool, f64, Option<i128>) {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        let (size, whole) = (number.unwrap_or(0.0), text.parse().ok());
        (number.is_none(), size, whole)
    };
    let (a_key, b_key) = (key(a), key(b));
    let kind = a_key.0.cmp(&b_key.0);
    let size = a_key.1.total_cmp(&b_key.1);
    let whole = a_key.2.cmp(&b_key.2);
    kind.then(size).then(whole).then_with(|| a.cmp(b))
}

/// Whether numbers of classes can be meant: one that is not whole is none.
pub(crate) fn are_class_numbers<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    texts.all(|text| text.parse::<i128>().is_ok())
}
