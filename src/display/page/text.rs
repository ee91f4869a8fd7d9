//! A page as lines of text, for terminals and viewers without HTML or pictures.

use super::{Part, Remark, grid};
use crate::list::{IntoList, MapEach};
use crate::render;
use crate::render::cells::wrapped;

/// The widest line.
const WIDTH: usize = 100;
/// Lines of one finding or note, of a chain of steps, and of an error.
const NOTE: usize = 3;
const CHAIN: usize = 6;
const ERROR: usize = 12;

/// The parts in order, as lines without a line end after the last.
pub(in crate::display) fn text(parts: &[Part]) -> String {
    let lines: Vec<String> = parts.flat_map_each(part);
    lines.join("\n")
}

fn part(part: &Part) -> Vec<String> {
    match part {
        Part::Heading { name, rest } => wrapped(format!("{name} {rest}").trim(), NOTE, WIDTH),
        Part::Chain(steps) => wrapped(&steps.join(" → "), CHAIN, WIDTH),
        Part::Table(table) => indented("  ", grid::lines(table, WIDTH - 2)),
        Part::Figure(figure) => render::to_text(figure)
            .lines()
            .map(str::to_owned)
            .into_list(),
        Part::Findings(remarks) => remarks.flat_map_each(finding),
        Part::Note(text) => indented("  ", wrapped(text, NOTE, WIDTH - 2)),
        Part::Error(text) => wrapped(&format!("error: {text}"), ERROR, WIDTH),
        Part::Row(parts) => parts.flat_map_each(self::part),
    }
}

fn indented(by: &str, lines: Vec<String>) -> Vec<String> {
    lines.map_each(|line| format!("{by}{line}").trim_end().to_owned())
}

/// A line that says it and, below, what to do about it.
fn finding(remark: &Remark) -> Vec<String> {
    let said = remark.said();
    let mut lines = wrapped(&said, NOTE, WIDTH - 6);
    let below = lines.split_off(lines.len().min(1));
    let hint = wrapped(&remark.hint, NOTE, WIDTH - 6);
    lines.extend(indented("    ", [below, hint].concat()));
    indented("  ", lines)
}

#[cfg(test)]
mod tests {
    use super::super::{Level, Page};
    use super::*;

    fn remark(hint: &str) -> Remark {
        Remark {
            level: Level::Warning,
            name: "age".into(),
            text: "is constant".into(),
            hint: hint.into(),
        }
    }

    #[test]
    fn parts_stand_one_below_the_other() {
        let page = Page::headed("Dataset", "3 elements")
            .with(Part::Chain(vec!["slices".into(), "batch(2)".into()]))
            .with(Part::Row(vec![
                Part::Note("a".into()),
                Part::Note("b".into()),
            ]))
            .with(Part::Findings(vec![remark("drop it"), remark("")]))
            .with(Part::Error("no".into()));
        assert_eq!(
            text(&page.parts),
            "Dataset 3 elements\nslices → batch(2)\n  a\n  b\n  age (warning): is constant\n      drop it\n  age (warning): is constant\nerror: no"
        );
    }

    #[test]
    fn long_words_are_wrapped_and_cut() {
        let long = "word ".repeat(1_000_000);
        let page = Page::headed(long.clone(), "")
            .with(Part::Chain(vec![long.clone(); 2]))
            .with(Part::Note(long.clone()))
            .with(Part::Findings(vec![remark(&long)]))
            .with(Part::Error(long));
        let text = text(&page.parts);
        assert_eq!(text.lines().count(), 3 + 6 + 3 + 4 + 12);
        for line in text.lines() {
            assert!(render::cells::width(line) <= WIDTH, "{line}");
        }
    }
}
