//! Picking the few values out of many that are marked.

/// Marks that are looked at together.
const GROUP: usize = 32;

/// Hands over the places of the marks that are 1, of marks that are 1 or 0.
///
/// Comparing many values with the same limits is quick where it leaves marks; picking
/// the marked ones is where nothing branches by a single mark, which cannot be foretold.
#[inline]
pub(super) fn each_marked(marks: &[u8], mut each: impl FnMut(usize)) {
    let (groups, rest) = marks.as_chunks::<GROUP>();
    let mut start = 0;
    for group in groups {
        let words = group.as_chunks::<8>().0;
        if words.iter().any(|&word| u64::from_le_bytes(word) != 0) {
            let mut found = [0; GROUP];
            let places = marked(group, &mut found);
            places.iter().for_each(|&i| each(start + usize::from(i)));
        }
        start += GROUP;
    }
    let rest = rest.iter().enumerate().filter(|(_, mark)| **mark != 0);
    rest.for_each(|(i, _)| each(start + i));
}

#[inline]
fn marked<'a>(marks: &[u8; GROUP], found: &'a mut [u8; GROUP]) -> &'a [u8] {
    let mut len = 0_usize;
    for (i, &mark) in marks.iter().enumerate() {
        // Kept, or overwritten by the next.
        found[len % GROUP] = i as u8;
        len = len.wrapping_add(usize::from(mark));
    }
    &found[..len.min(GROUP)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_marks_are_found(
            marks in prop_oneof![
                prop::collection::vec(prop_oneof![9 => Just(0_u8), 1 => Just(1)], 0..200),
                prop::collection::vec(Just(1_u8), 0..100),
            ],
        ) {
            let mut found = Vec::new();
            each_marked(&marks, |i| found.push(i));
            let wanted: Vec<usize> = (0..marks.len()).filter(|&i| marks[i] == 1).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
