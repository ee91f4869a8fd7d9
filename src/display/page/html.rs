//! A page as HTML: the elements and inline styles that JupyterLab's sanitiser
//! keeps. Colours of text are the page's own; where a colour is set, it is
//! readable on a light and on a dark page.

use super::table::{Align, Cell, Table};
use super::{Level, Part, Remark, step};
use crate::display::html::{cut, error, heading, picture, titled};
use crate::display::picture::{Picture, png_uri, svg_uri};
use crate::list::{IntoList, MapEach};
use crate::plot::number::{count, short};
use crate::plot::{Format, Theme, standing_out};
use crate::render::{self, cells};

/// The widest words of a cell, of a heading, and of a finding or a note, in
/// characters of a terminal.
const CELL: usize = 60;
const LINE: usize = 300;

/// The most steps of a chain.
const STEPS: usize = 40;

const QUIET: &str = "opacity:0.75";

/// Where room is short a table scrolls, and names stay in one line.
const NOWRAP: &str = "white-space:nowrap";

/// How the small histograms of tables are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::display) struct BarsLook {
    pub(in crate::display) format: Format,
    pub(in crate::display) theme: Theme,
}

/// The parts in order. Each figure takes the next of `pictures`.
pub(in crate::display) fn html(
    parts: &[Part],
    pictures: &mut dyn Iterator<Item = &Picture>,
    look: BarsLook,
) -> String {
    let mut out = String::new();
    for part in parts {
        out += &match part {
            Part::Heading { name, rest } => heading(name, rest),
            Part::Chain(steps) => chain(steps),
            Part::Table(table) => self::table(table, look),
            Part::Figure(_) => pictures.next().map(framed).unwrap_or_default(),
            Part::Findings(remarks) => findings(remarks),
            Part::Note(text) => note(text),
            Part::Error(text) => error(text),
            Part::Row(parts) => row(parts, pictures, look),
        };
    }
    out
}

fn framed(shown: &Picture) -> String {
    format!("<div>{}</div>", picture(shown))
}

fn row(parts: &[Part], pictures: &mut dyn Iterator<Item = &Picture>, look: BarsLook) -> String {
    const BESIDE: &str = "display:inline-block;vertical-align:top;margin-right:24px";
    let mut out = "<div>".to_owned();
    for part in parts {
        let one = html(std::slice::from_ref(part), pictures, look);
        out += &format!("<div style=\"{BESIDE}\">{one}</div>");
    }
    out + "</div>"
}

fn chain(steps: &[String]) -> String {
    let step = |step: &String| {
        let step = match step::folded(step, CELL) {
            Some(short) => titled(&cells::line(step), &short),
            None => cut(step, CELL),
        };
        format!("<span style=\"white-space:nowrap\">{step}</span>")
    };
    let left_out = steps.len().saturating_sub(STEPS);
    let first = (steps.len() - left_out) / 2;
    let mut shown: Vec<String> = steps[..first].map_each(step);
    if left_out > 0 {
        shown.push(format!("… {} more …", count(left_out)));
    }
    shown.extend(steps[first + left_out..].iter().map(step));
    format!(
        "<div style=\"margin:2px 0 6px\">{}</div>",
        shown.join(" → ")
    )
}

fn note(text: &str) -> String {
    format!(
        "<div style=\"margin:2px 0 6px;{QUIET}\">{}</div>",
        cut(text, LINE)
    )
}

fn findings(remarks: &[Remark]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let items: String = remarks.iter().map(finding).collect();
    format!("<ul style=\"list-style:none;margin:4px 0 8px;padding:0\">{items}</ul>")
}

fn finding(remark: &Remark) -> String {
    let color = match remark.level {
        Level::Problem => "#d33",
        Level::Warning => "#d90",
        Level::Note => "#58d",
    };
    let hint = match remark.hint.is_empty() {
        true => String::new(),
        false => format!(
            "; <span style=\"{QUIET}\">{}</span>",
            cut(&remark.hint, LINE)
        ),
    };
    format!(
        "<li style=\"border-left:4px solid {color};padding:1px 10px;margin:3px 0\"><b>{}</b> ({}): {}{hint}</li>",
        cut(&remark.name, CELL),
        remark.level.word(),
        cut(&remark.text, LINE),
    )
}

fn table(table: &Table, look: BarsLook) -> String {
    let caption = table.caption.as_deref().map(|words| {
        format!(
            "<caption style=\"text-align:left;padding:2px 0\">{}</caption>",
            cut(words, LINE)
        )
    });
    let head: String = table
        .head
        .iter()
        .map(|head| {
            let style = style(head.align, NOWRAP);
            format!("<th scope=\"col\" {style}>{}</th>", cut(&head.text, CELL))
        })
        .collect();
    let mut body = String::new();
    for (i, row) in table.rows.iter().enumerate() {
        if let Some(gap) = table.gap.as_ref().filter(|gap| gap.after == i) {
            body += &gap_row(&gap.words(), table.columns());
        }
        body += &table_row(row, table, look);
    }
    if let Some(gap) = table
        .gap
        .as_ref()
        .filter(|gap| gap.after >= table.rows.len())
    {
        body += &gap_row(&gap.words(), table.columns());
    }
    format!(
        "<div style=\"overflow:auto\"><table style=\"border-collapse:collapse;margin:0 0 8px;font-variant-numeric:tabular-nums\">{}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>",
        caption.unwrap_or_default()
    )
}

fn gap_row(words: &str, columns: usize) -> String {
    format!(
        "<tr><td colspan=\"{columns}\" {}>{}</td></tr>",
        style(Align::Left, QUIET),
        cut(words, LINE)
    )
}

fn table_row(row: &[Cell], table: &Table, look: BarsLook) -> String {
    let cells = row.iter().enumerate().map(|(i, cell)| {
        let (tag, scope) = match i {
            0 => ("th", " scope=\"row\""),
            _ => ("td", ""),
        };
        let style = match i {
            0 => style(table.align(i), NOWRAP),
            _ => style(table.align(i), &own_style(cell)),
        };
        format!("<{tag}{scope} {style}>{}</{tag}>", content(cell, look))
    });
    format!("<tr>{}</tr>", cells.collect::<String>())
}

fn style(align: Align, more: &str) -> String {
    let side = match align {
        Align::Left => "left",
        Align::Right => "right",
    };
    format!(
        "style=\"text-align:{side};padding:2px 8px;border-bottom:1px solid rgba(128,128,128,0.35);{more}\""
    )
}

/// What a cell's look has beside its column's.
fn own_style(cell: &Cell) -> String {
    match cell {
        Cell::Number(_) | Cell::Share { .. } => NOWRAP.to_owned(),
        Cell::Shaded { color, .. } => shaded(*color),
        _ => String::new(),
    }
}

/// Both colours, so that neither is the page's.
fn shaded(color: [u8; 3]) -> String {
    let [r, g, b] = color;
    let words = match standing_out(color) {
        [0, ..] => "#000",
        _ => "#fff",
    };
    format!("background-color:#{r:02x}{g:02x}{b:02x};color:{words};white-space:nowrap")
}

fn content(cell: &Cell, look: BarsLook) -> String {
    match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Shaded { text, .. } => cut(text, CELL),
        Cell::Bars(heights) => bars(heights, look),
        Cell::Share { text, share } => format!("{} {}", share_bar(*share), cut(text, CELL)),
        Cell::Empty => String::new(),
    }
}

/// Width and height of a small histogram.
const BARS: (u32, u32) = (72, 20);

/// The most heights that are said to readers who do not see the bars.
const SAID: usize = 24;

fn bars(heights: &[f64], look: BarsLook) -> String {
    if heights.is_empty() {
        return String::new();
    }
    let (width, height) = BARS;
    let mut said: Vec<String> = heights.iter().take(SAID).map(|&h| short(h)).into_list();
    if heights.len() > SAID {
        said.push("…".to_owned());
    }
    let said = said.join(", ");
    format!(
        "<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"histogram: {said}\" style=\"vertical-align:middle;margin:0;max-width:none\">",
        bars_uri(heights, look)
    )
}

/// What cannot be written as PNG is shown as SVG all the same.
fn bars_uri(heights: &[f64], look: BarsLook) -> String {
    let png = match look.format {
        Format::Png => render::spark_png(heights, BARS, look.theme).ok(),
        Format::Svg | Format::BareSvg => None,
    };
    match png {
        Some(png) => png_uri(&png),
        None => svg_uri(&render::spark_svg(heights, BARS)),
    }
}

/// Of 80 pixels for the whole.
fn share_bar(share: f64) -> String {
    const BAR: &str = "display:inline-block;vertical-align:middle;height:10px";
    let share = if share > 0.0 { share.min(1.0) } else { 0.0 };
    let width = (share * 80.0).round();
    format!(
        "<span style=\"{BAR};width:80px;background-color:rgba(128,128,128,0.2);margin-right:6px;line-height:0;text-align:left\"><span style=\"{BAR};vertical-align:top;width:{width}px;background-color:#3a7bdc\"></span></span>"
    )
}
