//! A step of a chain in little room.

use crate::render::cells::width;

/// What is in more parentheses than these is folded with them.
const DEEPEST: usize = 8;

/// A step that stands on whole chains, `concatenate(range → take(3))`, with as much of
/// what is in parentheses folded into three dots as it takes to fit into `room`, the
/// innermost first: cut in the middle, it would show where parentheses end and not where
/// they begin. `None` where there is no chain within, or no need.
pub(super) fn folded(step: &str, room: usize) -> Option<String> {
    if !step.contains(" → ") || width(step) <= room {
        return None;
    }
    let mut open = 0;
    let deepest = step.chars().map(|c| deeper(&mut open, c)).max()?;
    let mut folds = (1..=deepest.min(DEEPEST))
        .rev()
        .map(|depth| folded_from(step, depth));
    // Marks that take no room of their own take some of the output.
    folds.find(|fold| width(fold) <= room && fold.chars().count() <= 4 * room)
}

/// With what is in so many parentheses as three dots.
fn folded_from(step: &str, depth: usize) -> String {
    let (mut out, mut open) = (String::new(), 0);
    for c in step.chars() {
        let before = open;
        let now = deeper(&mut open, c);
        match before.max(now) {
            _ if before < depth && now == depth => out += "(…",
            _ if before == depth && now < depth => out.push(')'),
            inside if inside >= depth => (),
            _ => out.push(c),
        }
    }
    out
}

/// How many parentheses are open after `c`.
fn deeper(open: &mut usize, c: char) -> usize {
    match c {
        '(' => *open += 1,
        ')' => *open = open.saturating_sub(1),
        _ => (),
    }
    *open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_parentheses_are_folded_first() {
        let step = "concatenate(range(0, 10) → map → take(3))";
        assert_eq!(folded(step, 60), None);
        let fold = |room| folded(step, room).unwrap();
        assert_eq!(fold(40), "concatenate(range(…) → map → take(…))");
        assert_eq!(fold(20), "concatenate(…)");
        assert_eq!(folded(step, 5), None);
    }

    #[test]
    fn a_name_of_a_file_is_no_chain() {
        assert_eq!(folded(&format!("from_npy({})", "a/".repeat(99)), 60), None);
        assert_eq!(folded("zip(a) → b)) → (((", 15), None);
    }
}
