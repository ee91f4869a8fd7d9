//! Lines of text that belong together, and blocks of them side by side.

use super::cells::{self, fit, pad};
use crate::list::{MapEach, MapNumbers};

/// A panel's lines.
pub(super) type Block = Vec<String>;

/// `blocks` side by side, each `width` cells wide; lower ones are filled up at
/// the bottom.
pub(super) fn beside(blocks: &[Block], width: usize, gap: usize) -> Block {
    let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
    let row = |y: usize| {
        let cell = |block: &Block| pad(block.get(y).map_or("", String::as_str), width);
        let cells: Vec<String> = blocks.map_each(cell);
        cells.join(&" ".repeat(gap)).trim_end().to_owned()
    };
    (0..height).map_each(row)
}

/// One line of `width` cells with words at both ends and in the middle, where
/// there is room for them.
pub(super) fn spread(left: &str, middle: &str, right: &str, width: usize) -> String {
    let ends = cells::width(left) + cells::width(right);
    let Some(room) = width.checked_sub(ends) else {
        return fit(left, width);
    };
    let middle = fit(middle, room.saturating_sub(2));
    let spare = room - cells::width(&middle);
    let before = " ".repeat(spare / 2);
    let after = " ".repeat(spare - spare / 2);
    format!("{left}{before}{middle}{after}{right}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_columns() {
        let (a, b) = (vec!["ab".to_owned()], vec!["c".to_owned(), "d".to_owned()]);
        assert_eq!(beside(&[a, b], 3, 1), ["ab  c", "    d"]);
        assert_eq!(beside(&[], 3, 1), Vec::<String>::new());
    }

    #[test]
    fn the_middle_gives_way() {
        assert_eq!(spread("-1", "name", "1", 11), "-1  name  1");
        assert_eq!(spread("-1", "name", "1", 7), "-1 n… 1");
        assert_eq!(spread("12345", "name", "67890", 4), "12…5");
    }
}
