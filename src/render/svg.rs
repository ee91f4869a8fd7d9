//! A canvas of SVG text for plotters. Colours follow the viewer's light or
//! dark theme; shapes that share their looks share a path.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plotters_backend::BackendCoord;
use plotters_backend::text_anchor::HPos;

use super::dots::Dots;
use super::encode;
use super::marker;
use super::paint::{Letters, Surface, UNITS};
use super::raster::DASH;
use super::scene::{Picture, Scene};
use super::theme::{self, Rgb};
use super::words;
use crate::list::MapEach;
use crate::plot::Theme;
use crate::plot::figure::{Ink, Marker, Pixels};

/// Fonts with the widths that the layout counts on come first.
const FONTS: &str = "DejaVu Sans,Bitstream Vera Sans,Verdana,Geneva,sans-serif";

/// Stands for the start of every id until the document is whole. Words hold no
/// control characters, so it is found nowhere else.
const PREFIX: char = '\u{1}';

/// plotters' drawing calls, written down as SVG.
pub(super) struct SvgCanvas {
    width: u32,
    height: u32,
    body: String,
    /// The attributes of the group and the path that are still open.
    group: Option<String>,
    path: Option<String>,
    /// Discs of the open group that are not written yet, and their diameter.
    dots: Dots,
    diameter: i32,
    ink: Ink,
    dashed: bool,
    theme: Theme,
    /// Outlines that are used again and again, in their order: path data and id.
    shapes: Vec<(String, String)>,
    /// How many masks there are.
    masks: usize,
    /// Style rules in use, in the order of their names: class name, property and ink.
    classes: Vec<(String, &'static str, Ink)>,
}

impl SvgCanvas {
    pub(super) fn new(width: u32, height: u32, theme: Theme) -> Self {
        SvgCanvas {
            width,
            height,
            body: String::new(),
            group: None,
            path: None,
            dots: Dots::default(),
            diameter: 0,
            ink: Ink::Text,
            dashed: false,
            theme,
            shapes: Vec::new(),
            masks: 0,
            classes: Vec::new(),
        }
    }

    /// The whole document, on one line.
    pub(super) fn finish(mut self, scene: &Scene) -> String {
        self.close_group();
        let (width, height) = (self.width, self.height);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FONTS}\" \
             xml:space=\"preserve\">"
        );
        for (tag, text) in [("title", &scene.title), ("desc", &scene.description)] {
            if !text.is_empty() {
                let text = escape(&words::line(text));
                out += &format!("<{tag}>{text}</{tag}>");
            }
        }
        out += &self.style_sheet();
        out += &self.definitions();
        out += &self.body;
        out += "</svg>";
        with_ids(out)
    }

    fn style_sheet(&self) -> String {
        let rules = |pick: fn(theme::Shade) -> Rgb| -> String {
            let mut rules = String::new();
            for (class, property, ink) in &self.classes {
                rules += &format!(".{class}{{{property}:{}}}", hex(pick(theme::shades(*ink))));
            }
            rules
        };
        let (light, dark) = (rules(|s| s.light), rules(|s| s.dark));
        match self.theme {
            Theme::Light => format!("<style>{light}</style>"),
            Theme::Dark => format!("<style>{dark}</style>"),
            Theme::Auto => {
                format!("<style>{light}@media (prefers-color-scheme:dark){{{dark}}}</style>")
            }
        }
    }

    fn definitions(&self) -> String {
        if self.shapes.is_empty() {
            return String::new();
        }
        let mut paths = String::new();
        for (data, id) in &self.shapes {
            paths += &format!("<path id=\"{id}\" d=\"{data}\"/>");
        }
        format!("<defs>{paths}</defs>")
    }

    /// `group` with an attribute for what is not opaque.
    fn faded(group: &str, property: &str, opacity: f64) -> String {
        match opacity < 1.0 {
            true => format!("{group} {property}-opacity=\"{}\"", share(opacity))
                .trim_start()
                .to_owned(),
            false => group.to_owned(),
        }
    }

    /// Writes the discs that wait: one path for each paint, in which a disc is
    /// a line of no length with round ends.
    fn flush_dots(&mut self) {
        for (paint, centers) in self.dots.take() {
            let _ = write!(self.body, "<path {paint} d=\"");
            for center in centers {
                let _ = write!(self.body, "M{}h0", pair(center));
            }
            self.body += "\"/>";
        }
    }

    fn close_path(&mut self) {
        self.flush_dots();
        if self.path.take().is_some() {
            self.body += "\"/>";
        }
    }

    fn close_group(&mut self) {
        self.close_path();
        if self
            .group
            .take()
            .is_some_and(|attributes| !attributes.is_empty())
        {
            self.body += "</g>";
        }
    }

    /// Makes `attributes` those of the open group.
    fn enter_group(&mut self, attributes: &str) {
        if self.group.as_deref() == Some(attributes) {
            return;
        }
        self.close_group();
        if !attributes.is_empty() {
            let _ = write!(self.body, "<g {attributes}>");
        }
        self.group = Some(attributes.to_owned());
    }

    /// Adds to the open path if it has this group and `attributes`, else
    /// begins a new one.
    fn path(&mut self, group: &str, attributes: &str, data: &str) {
        self.enter_group(group);
        if self.path.as_deref() != Some(attributes) {
            self.close_path();
            let _ = write!(self.body, "<path {attributes} d=\"");
            self.path = Some(attributes.to_owned());
        }
        self.body += data;
    }

    /// The attribute that gives `property` the current ink.
    fn painted(&mut self, property: &'static str) -> String {
        let Some(name) = theme::name(self.ink) else {
            return format!("{property}=\"{}\"", hex(theme::shades(self.ink).light));
        };
        // Documents inlined in one page share their rules, so those of one name
        // must say the same.
        let theme = match self.theme {
            Theme::Auto => "nd",
            Theme::Light => "ndl",
            Theme::Dark => "ndd",
        };
        let class = format!("{theme}-{}-{name}", &property[..1]);
        let attribute = format!("class=\"{class}\"");
        let found = self.classes.binary_search_by(|known| known.0.cmp(&class));
        if let Err(place) = found {
            self.classes.insert(place, (class, property, self.ink));
        }
        attribute
    }
}

/// The document with ids of its own, so that several can stand on one page.
fn with_ids(document: String) -> String {
    if !document.contains(PREFIX) {
        return document;
    }
    // FNV-1a: the same for the same picture, on every machine.
    let hash = document.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    document.replace(PREFIX, &format!("nd-{hash:x}-"))
}

pub(super) fn hex([r, g, b]: Rgb) -> String {
    let short = |c: u8| c >> 4 == c & 15;
    if [r, g, b].into_iter().all(short) {
        return format!("#{:x}{:x}{:x}", r & 15, g & 15, b & 15);
    }
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Units as pixels, in as few characters as they take: `12`, `3.5`, `-.2`.
fn px(units: i32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let base = UNITS.unsigned_abs();
    let (whole, tenth) = (units.unsigned_abs() / base, units.unsigned_abs() % base);
    match (whole, tenth) {
        (_, 0) => format!("{sign}{whole}"),
        (0, _) => format!("{sign}.{tenth}"),
        _ => format!("{sign}{whole}.{tenth}"),
    }
}

/// Two numbers of path data; a minus sign separates as well as a space.
fn pair((x, y): (i32, i32)) -> String {
    let gap = if y < 0 { "" } else { " " };
    format!("{}{gap}{}", px(x), px(y))
}

/// A share as an attribute's value, to two decimals.
fn share(value: f64) -> String {
    let text = format!("{:.2}", value.clamp(0.0, 1.0));
    text.trim_end_matches('0')
        .trim_start_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// Path data through the points, each but the first as a step.
fn outline(points: &[BackendCoord]) -> Option<String> {
    let (&first, points) = points.split_first()?;
    let (mut data, mut last) = (format!("M{}", pair(first)), first);
    for &next in points {
        let step = (next.0 - last.0, next.1 - last.1);
        if step != (0, 0) {
            data += "l";
            data += &pair(step);
            last = next;
        }
    }
    Some(data)
}

/// `text` as XML character data. What XML forbids altogether was replaced when
/// the words were cleaned.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            c => out.push(c),
        }
    }
    out
}

impl Surface for SvgCanvas {
    fn size(&self) -> (u32, u32) {
        let units = UNITS.unsigned_abs();
        (self.width * units, self.height * units)
    }

    fn ink(&mut self, ink: Ink) {
        self.ink = ink;
    }

    fn dashed(&mut self, dashed: bool) {
        self.dashed = dashed;
    }

    fn rect(&mut self, from: BackendCoord, to: BackendCoord, opacity: f64) {
        let (width, height) = (to.0 - from.0, to.1 - from.1);
        let group = SvgCanvas::faded("", "fill", opacity);
        let data = format!(
            "M{}h{}v{}h{}z",
            pair(from),
            px(width),
            px(height),
            px(-width)
        );
        let paint = self.painted("fill");
        // What shows through adds up where it overlaps, which within one path it
        // would not.
        if opacity < 1.0 {
            self.close_path();
        }
        self.path(&group, &paint, &data);
    }

    fn line(&mut self, points: &[BackendCoord], width: u32, opacity: f64) {
        let Some(data) = outline(points) else {
            return;
        };
        let mut group = format!(
            "fill=\"none\" stroke-width=\"{}\" stroke-linejoin=\"round\" \
             stroke-linecap=\"round\"",
            px(width as i32)
        );
        if self.dashed {
            // Round ends reach beyond a dash by half a width each.
            let dash = |widths: f64| px((widths * f64::from(width)).round() as i32);
            let (on, off) = (dash(DASH.0), dash(DASH.1));
            let _ = write!(group, " stroke-dasharray=\"{on} {off}\"");
        }
        let paint = self.painted("stroke");
        if opacity < 1.0 {
            self.close_path();
        }
        self.path(&SvgCanvas::faded(&group, "stroke", opacity), &paint, &data);
    }

    fn polygon(&mut self, corners: &[BackendCoord], opacity: f64) {
        let Some(data) = outline(corners) else {
            return;
        };
        let paint = self.painted("fill");
        let group = SvgCanvas::faded("", "fill", opacity);
        if opacity < 1.0 {
            self.close_path();
        }
        self.path(&group, &paint, &(data + "z"));
    }

    fn disc(&mut self, center: BackendCoord, radius: u32, opacity: f64) {
        let diameter = radius as i32 * 2;
        let group = SvgCanvas::faded("stroke-linecap=\"round\"", "stroke", opacity);
        if self.group.as_deref() != Some(&group) || self.diameter != diameter {
            self.enter_group(&group);
            self.close_path();
            self.dots = Dots::new(diameter + UNITS);
            self.diameter = diameter;
        }
        let paint = format!(
            "{} stroke-width=\"{}\"",
            self.painted("stroke"),
            px(diameter)
        );
        if !self.dots.add(center, &paint) {
            self.flush_dots();
            self.dots.add(center, &paint);
        }
    }

    fn words(&mut self, words: &str, look: Letters, at: BackendCoord) {
        let mut group = self.painted("fill");
        let size = px(look.size.round() as i32);
        let _ = write!(group, " font-size=\"{size}\"");
        match look.anchor {
            HPos::Left => {}
            HPos::Center => group += " text-anchor=\"middle\"",
            HPos::Right => group += " text-anchor=\"end\"",
        }
        self.close_path();
        self.enter_group(&group);
        let (x, y, text) = (px(at.0), px(at.1), escape(words));
        let _ = match look.upwards {
            true => write!(
                self.body,
                "<text transform=\"translate({x} {y})rotate(-90)\">{text}</text>"
            ),
            false => write!(self.body, "<text x=\"{x}\" y=\"{y}\">{text}</text>"),
        };
    }

    fn marker(&mut self, marker: Marker, center: BackendCoord, radius: i32, opacity: f64) {
        let corners = marker::outline(marker, (0.0, 0.0), f64::from(radius));
        let corners = corners.map_each(|(x, y)| (x.round() as i32, y.round() as i32));
        let data = outline(&corners).unwrap_or_default() + "z";
        let found = self.shapes.binary_search_by(|known| known.0.cmp(&data));
        let place = found.unwrap_or_else(|place| {
            let id = format!("{PREFIX}m{}", self.shapes.len());
            self.shapes.insert(place, (data, id));
            place
        });
        let id = self.shapes[place].1.clone();
        let group = SvgCanvas::faded(&self.painted("fill"), "fill", opacity);
        self.close_path();
        self.enter_group(&group);
        let (x, y) = (px(center.0), px(center.1));
        let _ = write!(self.body, "<use href=\"#{id}\" x=\"{x}\" y=\"{y}\"/>");
    }

    fn picture(&mut self, from: BackendCoord, to: BackendCoord, picture: &Picture) {
        self.enter_group(enlarged(picture));
        self.close_path();
        self.body += &image(from, to, &picture.pixels);
    }

    fn mask(&mut self, from: BackendCoord, to: BackendCoord, mask: &Picture) {
        let id = format!("{PREFIX}k{}", self.masks);
        self.masks += 1;
        self.enter_group(enlarged(mask));
        self.close_path();
        let _ = write!(
            self.body,
            "<mask id=\"{id}\" maskUnits=\"userSpaceOnUse\">{}</mask>",
            image(from, to, &mask.pixels)
        );
        let paint = self.painted("fill");
        let _ = write!(
            self.body,
            "<rect {paint} {} mask=\"url(#{id})\"/>",
            place(from, to)
        );
    }
}

/// How the pixels of a picture are enlarged, as an attribute.
fn enlarged(picture: &Picture) -> &'static str {
    // Each renderer takes the last of these properties that it knows.
    match picture.sharp {
        true => {
            "style=\"image-rendering:optimizeSpeed;image-rendering:crisp-edges;\
             image-rendering:pixelated\""
        }
        false => "",
    }
}

/// Position and size as attributes.
fn place(from: BackendCoord, to: BackendCoord) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        px(from.0),
        px(from.1),
        px(to.0 - from.0),
        px(to.1 - from.1)
    )
}

/// A picture as an element. One that cannot be encoded is left out; the layout has
/// checked that its bytes match its size, so there is no such picture.
fn image(from: BackendCoord, to: BackendCoord, pixels: &Pixels) -> String {
    let Ok(png) = encode::encode_pixels(pixels) else {
        return String::new();
    };
    format!(
        "<image {} preserveAspectRatio=\"none\" href=\"data:image/png;base64,{}\"/>",
        place(from, to),
        STANDARD.encode(png)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let texts = [0, 5, -5, 10, 123, -120, 40_000].map(px);
        assert_eq!(texts, ["0", ".5", "-.5", "1", "12.3", "-12", "4000"]);
        assert_eq!(pair((15, -3)), "1.5-.3");
        assert_eq!(pair((0, 20)), "0 2");
        assert_eq!(
            ["0.5", "0.75", "0.1"].map(|v| share(v.parse().unwrap())),
            [".5", ".75", ".1"]
        );
        assert_eq!([[255, 255, 255], [16, 0, 1]].map(hex), ["#fff", "#100001"]);
    }

    #[test]
    fn shapes_of_one_look_share_a_path() {
        let mut canvas = SvgCanvas::new(20, 20, Theme::Auto);
        canvas.ink(Ink::Series(0));
        canvas.rect((0, 0), (10, 25), 1.0);
        canvas.rect((20, 0), (30, 25), 1.0);
        canvas.disc((50, 55), 30, 1.0);
        canvas.close_group();
        assert_eq!(
            canvas.body,
            "<path class=\"nd-f-c0\" d=\"M0 0h1v2.5h-1zM2 0h1v2.5h-1z\"/>\
             <g stroke-linecap=\"round\">\
             <path class=\"nd-s-c0\" stroke-width=\"6\" d=\"M5 5.5h0\"/></g>"
        );
    }
}
