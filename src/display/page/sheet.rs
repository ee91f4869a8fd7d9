//! A page as figures: what stands between its figures drawn as they are, for
//! viewers that show pictures and no HTML.

use super::grid::kept;
use super::table::{Align, Cell, Table};
use super::{Part, Remark};
use crate::list::{IntoList, MapEach, MapInto, MapNumbers};
use crate::plot::figure::{
    Axis, Figure, Frame, Ink, Limits, Lines, Mark, Panel, Per, Place, Polygons, Texts,
};
use crate::plot::standing_out;
use crate::render::cells::{fit, safe, width, wrapped};
use crate::render::text_width;

/// A figure of the page itself, or one of words.
pub(in crate::display) enum Sheet<'a> {
    Figure(&'a Figure),
    Words(Box<Figure>),
}

/// All parts as figures, in order, one below the other.
pub(in crate::display) fn sheets(parts: &[Part]) -> Vec<Sheet<'_>> {
    let (mut sheets, mut paper) = (Vec::new(), Paper::default());
    lay(parts, &mut paper, &mut sheets);
    sheets.extend(paper.taken());
    sheets
}

fn lay<'a>(parts: &'a [Part], paper: &mut Paper, sheets: &mut Vec<Sheet<'a>>) {
    for part in parts {
        match part {
            Part::Figure(figure) => {
                sheets.extend(paper.taken());
                sheets.push(Sheet::Figure(figure));
            }
            Part::Row(parts) => lay(parts, paper, sheets),
            Part::Heading { name, rest } => paper.heading(name, rest),
            Part::Chain(steps) => paper.lines(&steps.join(" → "), Ink::Text),
            Part::Table(table) => paper.table(table),
            Part::Findings(remarks) => remarks.iter().for_each(|remark| paper.remark(remark)),
            Part::Note(text) => paper.lines(text, Ink::Muted),
            Part::Error(text) => paper.lines(&format!("error: {text}"), Ink::Alert),
        }
    }
}

/// Font size, height of a line, and space around all, in logical pixels.
const SIZE: f64 = 12.0;
const LINE: f64 = 20.0;
const MARGIN: f64 = 10.0;
/// Space between columns.
const GAP: f64 = 16.0;
/// Words to the right of their place begin so far from it.
const BESIDE: f64 = 4.0;
/// Lines of one paragraph and their width in characters.
const MOST_LINES: usize = 6;
const ROOM: usize = 100;
/// The widest cell in characters, the widest table and the highest paper in pixels.
const WIDEST: usize = 40;
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 1600.0;
/// Width of bars.
const BARS: f64 = 64.0;

/// What is drawn so far, from the top left.
#[derive(Default)]
struct Paper {
    /// Where the next line begins.
    down: f64,
    /// The width that is used.
    across: f64,
    at: Vec<(f64, f64)>,
    texts: Vec<String>,
    inks: Vec<Ink>,
    shapes: Vec<Vec<(f64, f64)>>,
    fills: Vec<Ink>,
    rules: Vec<Vec<(f64, f64)>>,
}

impl Paper {
    /// Words that begin here on the current line.
    fn put(&mut self, x: f64, text: String, ink: Ink) {
        if text.is_empty() || self.down > HEIGHT {
            return;
        }
        self.across = self.across.max(x + text_width(&text, SIZE));
        self.at.push((x - BESIDE, self.down + LINE / 2.0));
        self.texts.push(text);
        self.inks.push(ink);
    }

    fn lines(&mut self, text: &str, ink: Ink) {
        for line in wrapped(text, MOST_LINES, ROOM) {
            self.put(0.0, line, ink);
            self.down += LINE;
        }
    }

    fn heading(&mut self, name: &str, rest: &str) {
        let name = fit(&safe(name), ROOM);
        let rest = fit(&safe(rest), ROOM.saturating_sub(width(&name) + 1));
        let beside = text_width(&name, SIZE) + SIZE / 2.0;
        self.put(0.0, name, Ink::Text);
        self.put(beside, rest, Ink::Muted);
        self.down += LINE;
    }

    fn remark(&mut self, remark: &Remark) {
        let said = remark.said();
        self.lines(&said, Ink::Text);
        self.lines(&remark.hint, Ink::Muted);
    }

    fn fill(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), ink: Ink) {
        if self.down > HEIGHT {
            return;
        }
        let (right, low) = (x + width, y + height);
        self.shapes
            .push(vec![(x, y), (right, y), (right, low), (x, low)]);
        self.fills.push(ink);
    }

    /// Columns that have room; three dots stand for those of the middle that have none.
    fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.lines(caption, Ink::Text);
        }
        let columns = Column::all(table);
        if !table.head.is_empty() {
            for column in &columns {
                self.head(column, table);
            }
            self.rule(&columns);
        }
        for (i, row) in table.rows.iter().enumerate() {
            self.gap(table, i);
            for column in &columns {
                let dots = Cell::Text("…".to_owned());
                let cell = column.source.map_or(Some(&dots), |i| row.get(i));
                self.cell(column, cell.unwrap_or(&Cell::Empty));
            }
            self.rule(&columns);
        }
        self.gap(table, table.rows.len());
        self.down += LINE / 2.0;
    }

    fn head(&mut self, column: &Column, table: &Table) {
        let head = column.source.and_then(|i| table.head.get(i));
        let text = head.map_or_else(String::new, |head| fit(&safe(&head.text), WIDEST));
        self.put(column.start(&text), text, Ink::Muted);
    }

    fn gap(&mut self, table: &Table, row: usize) {
        if let Some(gap) = table.gap.as_ref().filter(|gap| gap.after == row) {
            self.lines(&gap.words(), Ink::Muted);
        }
    }

    /// A line below the current line, which ends.
    fn rule(&mut self, columns: &[Column]) {
        self.down += LINE;
        let right = columns.last().map_or(0.0, Column::right);
        if self.down <= HEIGHT {
            self.rules.push(vec![(0.0, self.down), (right, self.down)]);
        }
        self.across = self.across.max(right);
    }

    fn cell(&mut self, column: &Column, cell: &Cell) {
        let text = words(cell);
        let (x, down) = (column.start(&text), self.down);
        match cell {
            Cell::Shaded { color, .. } => {
                let left = column.left - GAP / 2.0;
                self.fill(
                    (left.max(0.0), down),
                    (column.width + GAP, LINE),
                    Ink::Rgb(*color),
                );
                self.put(x, text, Ink::Rgb(standing_out(*color)));
            }
            Cell::Bars(heights) => self.bars(column.left, heights),
            Cell::Share { share, .. } => {
                let share = if *share > 0.0 { share.min(1.0) } else { 0.0 };
                let (top, height) = (down + 5.0, LINE - 10.0);
                self.fill((column.left, top), (BARS, height), Ink::Grid);
                self.fill((column.left, top), (BARS * share, height), Ink::Series(0));
                self.put(column.left + BARS + SIZE / 2.0, text, Ink::Text);
            }
            _ => self.put(x, text, Ink::Text),
        }
    }

    fn bars(&mut self, left: f64, heights: &[f64]) {
        let finite = heights.iter().copied().filter(|height| height.is_finite());
        let most = finite.fold(0.0, f64::max);
        let step = BARS / heights.len().max(1) as f64;
        for (i, &height) in heights.iter().enumerate().filter(|(_, h)| **h > 0.0) {
            let high = (height / most * (LINE - 4.0)).clamp(1.0, LINE - 4.0);
            let corner = (left + i as f64 * step, self.down + LINE - 2.0 - high);
            self.fill(corner, (step * 0.8, high), Ink::Series(0));
        }
    }

    /// The figure of what is drawn, after which the paper is empty.
    fn taken<'a>(&mut self) -> Option<Sheet<'a>> {
        let paper = std::mem::take(self);
        (!paper.texts.is_empty()).then(|| Sheet::Words(Box::new(paper.figure())))
    }

    fn figure(self) -> Figure {
        let (width, height) = (self.across.max(100.0), self.down.min(HEIGHT + LINE));
        let x = Axis::new(Limits::from_min_max(-MARGIN, width + MARGIN));
        let mut y = Axis::new(Limits::from_min_max(-MARGIN, height + MARGIN));
        y.reversed = true;
        let description = self.texts.join(" ");
        let marks = vec![
            Mark::Polygons(Polygons {
                shapes: self.shapes,
                inks: Per::Each(self.fills),
                opacity: 1.0,
            }),
            Mark::Lines(Lines::new(self.rules, Ink::Grid, 1.0)),
            Mark::Texts(Texts {
                at: self.at,
                texts: self.texts,
                inks: Per::Each(self.inks),
                room: (f64::MAX, f64::MAX),
                place: Place::After,
            }),
        ];
        let panel = Panel {
            frame: Frame::Off,
            ..Panel::new(x, y, marks)
        };
        let size = |inner: f64| (inner + 2.0 * MARGIN).ceil() as u32;
        Figure::of_panels((size(width), size(height)), 1, vec![panel], description)
    }
}

/// Where a column stands.
struct Column {
    /// Its number in the table; none of the dots for those left out.
    source: Option<usize>,
    left: f64,
    width: f64,
    align: Align,
}

impl Column {
    /// As many as have room.
    fn all(table: &Table) -> Vec<Column> {
        let widths: Vec<f64> = (0..table.columns()).map_each(|i| needed(table, i));
        let whole: Vec<usize> = widths.map_each(|width| width.ceil() as usize);
        let dots = text_width("…", SIZE);
        let kept = kept(&whole, WIDTH as usize, (GAP as usize, dots.ceil() as usize));
        let all = widths.len();
        let sources: Vec<Option<usize>> = match kept {
            None => (0..all).map_each(Some),
            Some((first, last)) => {
                let (left, right) = ((0..first).map(Some), (all - last..all).map(Some));
                left.chain([None]).chain(right).into_list()
            }
        };
        let mut left = 0.0;
        let place = |source: Option<usize>| {
            let column = Column {
                source,
                left,
                width: source.map_or(dots, |i| widths[i]),
                align: source.map_or(Align::Left, |i| table.align(i)),
            };
            left = column.right() + GAP;
            column
        };
        sources.map_into(place)
    }

    fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Where words begin that are even at this column's side.
    fn start(&self, text: &str) -> f64 {
        match self.align {
            Align::Left => self.left,
            Align::Right => self.right() - text_width(text, SIZE),
        }
    }
}

/// The width that a column needs.
fn needed(table: &Table, column: usize) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.get(column));
    let head = table.head.get(column).map(|head| &head.text);
    let head = head.map(|text| text_width(&fit(&safe(text), WIDEST), SIZE));
    cells.map(room).chain(head).fold(0.0, f64::max)
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Text(text)
        | Cell::Number(text)
        | Cell::Shaded { text, .. }
        | Cell::Share { text, .. } => fit(&safe(text), WIDEST),
        Cell::Bars(_) | Cell::Empty => String::new(),
    }
}

/// The width that a cell needs.
fn room(cell: &Cell) -> f64 {
    let words = text_width(&words(cell), SIZE);
    match cell {
        Cell::Bars(_) => BARS,
        Cell::Share { .. } => BARS + SIZE / 2.0 + words,
        _ => words,
    }
}
