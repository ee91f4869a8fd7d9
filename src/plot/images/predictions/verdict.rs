//! What is said of a row in the title of its image.

use super::WRONG;

/// What is said of a row.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Verdict {
    pub(super) predicted: String,
    pub(super) truth: String,
    pub(super) confidence: Option<f64>,
    pub(in super::super) wrong: bool,
}

/// How much a title says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Style {
    /// `✗ dog 87 % (true: cat)`
    Full,
    /// The same, the truth on a line of its own.
    Broken,
    /// `✗ dog 87 % (cat)`
    Short,
    /// `✗ dog (cat)`
    Least,
}

impl Verdict {
    pub(in super::super) fn title(&self, style: Style) -> String {
        let [prediction, truth] = self.parts(style);
        match self.wrong {
            true => format!("{prediction} {truth}"),
            false => prediction,
        }
    }

    /// The prediction, and the truth behind it.
    fn parts(&self, style: Style) -> [String; 2] {
        let percent = match (self.confidence, style) {
            (None, _) | (_, Style::Least) => String::new(),
            (Some(share), _) => format!(" {:.0} %", share * 100.0),
        };
        let truth = match style {
            Style::Full => format!("(true: {})", self.truth),
            // Spaces at which a line does not end.
            Style::Broken => format!("(true: {})", self.truth).replace(' ', "\u{a0}"),
            Style::Short | Style::Least => format!("({})", self.truth),
        };
        let predicted = match style {
            Style::Broken => format!("{WRONG} {}{percent}", self.predicted).replace(' ', "\u{a0}"),
            _ => format!("{WRONG} {}{percent}", self.predicted),
        };
        match self.wrong {
            true => [predicted, truth],
            false => [format!("{}{percent}", self.predicted), String::new()],
        }
    }
}

/// The fullest style whose titles have room above a picture: of so many parts, on so
/// many lines.
pub(in super::super) fn style(
    shown: &[&Verdict],
    room: &dyn Fn(&[String], usize) -> bool,
) -> Style {
    let fits = |(style, lines): &(Style, usize)| {
        let fits = |verdict: &&Verdict| room(&verdict.parts(*style), *lines);
        shown.iter().all(fits)
    };
    let all = [(Style::Full, 1), (Style::Broken, 2), (Style::Short, 1)];
    all.into_iter()
        .find(fits)
        .map_or(Style::Least, |(style, _)| style)
}
