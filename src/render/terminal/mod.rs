//! A figure as terminal text: panels side by side on at most 100 columns, in
//! characters alone, without colours or other escape sequences.

mod block;
mod braille;
pub(crate) mod cells;
mod plot;
mod shade;

use block::Block;
use cells::{fit, safe, wrapped};

use crate::list::{IntoList, MapEach};
use crate::plot::figure::{Body, Figure, Key, Panels};

/// The widest line.
const WIDTH: usize = 100;
/// Between panels.
const GAP: usize = 2;
/// The narrowest panel worth drawing, and the widest that is still compact.
const NARROWEST: usize = 18;
const WIDEST: usize = 72;
/// Panels shown before the rest is only counted.
const MOST_PANELS: usize = 24;
/// Lines of notes, of all together.
const MOST_NOTES: usize = 12;

/// The figure in lines of text, without a line end after the last.
pub(crate) fn to_text(figure: &Figure) -> String {
    let mut out = heading(figure);
    match &*figure.body {
        Body::Panels(panels) => out.extend(rows(panels, &figure.keys)),
        // One below the other: side by side none would keep its width.
        Body::Figures { figures, .. } => {
            let texts = figures.iter().map(to_text);
            out.extend(texts.flat_map(|text| text.lines().map(str::to_owned).into_list()));
        }
    }
    let lettered =
        matches!(&*figure.body, Body::Panels(panels) if panels.panels.iter().any(plot::lettered));
    out.extend(
        figure
            .keys
            .iter()
            .flat_map(|key| wrapped(&plot::key_line(key, lettered), 3, WIDTH)),
    );
    out.extend(notes(figure));
    if out.is_empty() {
        out.push(fit(&safe(&figure.description), WIDTH));
    }
    out.join("\n")
}

fn rows(panels: &Panels, keys: &[Key]) -> Block {
    let mut out = Block::new();
    let columns = columns(panels);
    let width = ((WIDTH + GAP) / columns - GAP).min(WIDEST);
    let all = &panels.panels;
    let shown = all.len().min(MOST_PANELS);
    for row in all[..shown].chunks(columns) {
        let block = |panel| plot::block(panel, keys, width);
        let blocks: Vec<Block> = row.map_each(block);
        out.extend(block::beside(&blocks, width, GAP));
    }
    if shown < all.len() {
        out.push(format!("… and {} more panels", all.len() - shown));
    }
    out
}

fn heading(figure: &Figure) -> Vec<String> {
    wrapped(figure.title.as_deref().unwrap_or_default(), 3, WIDTH)
}

fn notes(figure: &Figure) -> Vec<String> {
    let lines = figure
        .notes
        .iter()
        .flat_map(|note| wrapped(note, MOST_NOTES, WIDTH));
    lines.take(MOST_NOTES).into_list()
}

/// As many panels side by side as the figure has, if the page is wide enough.
fn columns(figure: &Panels) -> usize {
    let most = (WIDTH + GAP) / (NARROWEST + GAP);
    figure.columns.min(figure.panels.len()).clamp(1, most)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn lines_stay_within_the_page_and_hold_no_controls() {
        for (name, make) in samples::ALL {
            let text = to_text(&make(640, 440));
            for line in text.lines() {
                assert!(cells::width(line) <= WIDTH, "{name}: {line}");
                assert!(!line.chars().any(char::is_control), "{name}: {line:?}");
                assert_eq!(line, line.trim_end(), "{name}");
            }
            assert!(text.lines().count() < 100, "{name}");
        }
    }

    #[test]
    fn a_histogram_is_bars_of_blocks() {
        let mut panel = samples::histogram_panel(1, 8, 200);
        panel.x.label = Some("length".into());
        let text = to_text(&samples::figure(300, 200, 5, vec![panel; 5]));
        let first: Vec<String> = text.lines().map(|l| l.chars().take(18).collect()).collect();
        assert_eq!(
            first,
            [
                "Feature 1         ",
                "67┤      ▃▃█      ",
                "  │      ███      ",
                "  │      ███      ",
                "  │    ▁▁███      ",
                "  │    ███████    ",
                "  │    ███████    ",
                " 0┤  ▃▃█████████  ",
                "  └───────────────",
                "  -4.16 le…th 4.16",
            ]
        );
    }

    #[test]
    fn an_empty_panel_says_so() {
        let text = to_text(&samples::empty(400, 300));
        assert!(text.starts_with("Feature 1\n"), "{text}");
        assert!(text.contains("no data"), "{text}");
    }

    #[test]
    fn a_figure_of_nothing_is_described() {
        assert_eq!(to_text(&samples::figure(100, 100, 1, vec![])), "A figure");
    }

    #[test]
    fn many_panels_are_counted() {
        let picture = samples::picture_panel("one", samples::noise_picture(1, 8, 8));
        let text = to_text(&samples::figure(100, 100, 5, vec![picture; 100]));
        assert!(text.ends_with("… and 76 more panels"), "{text}");
    }
}
