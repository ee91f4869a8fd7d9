//! A canvas of SVG text for plotters. Colours follow the viewer's light or
//! dark theme; shapes that share their looks share a path.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontTransform,
};

use super::dots::Dots;
use super::encode;
use super::paint::{Surface, UNITS};
use super::scene::Scene;
use super::theme::{self, Rgb};
use super::words;
use crate::plot::figure::{Ink, Pixels};

/// Fonts with the widths that the layout counts on come first.
const FONTS: &str = "DejaVu Sans,Bitstream Vera Sans,Verdana,Geneva,sans-serif";

/// plotters' drawing calls, written down as SVG.
pub(super) struct SvgCanvas {
    width: u32,
    height: u32,
    body: String,
    /// The attributes of the group and the path that are still open.
    group: Option<String>,
    path: Option<String>,
    /// Discs of the open group that are not written yet.
    dots: Dots,
    ink: Ink,
    /// Style rules in use: class name to property and ink.
    classes: BTreeMap<String, (&'static str, Ink)>,
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl SvgCanvas {
    pub(super) fn new(width: u32, height: u32) -> Self {
        SvgCanvas {
            width,
            height,
            body: String::new(),
            group: None,
            path: None,
            dots: Dots::default(),
            ink: Ink::Text,
            classes: BTreeMap::new(),
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
        out += &self.body;
        out + "</svg>"
    }

    fn style_sheet(&self) -> String {
        let rules = |pick: fn(theme::Shade) -> Rgb| -> String {
            let rule = |(class, (property, ink)): (&String, &(&str, Ink))| {
                format!(".{class}{{{property}:{}}}", hex(pick(theme::shades(*ink))))
            };
            self.classes.iter().map(rule).collect()
        };
        let (light, dark) = (rules(|s| s.light), rules(|s| s.dark));
        format!("<style>{light}@media (prefers-color-scheme:dark){{{dark}}}</style>")
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
        let class = format!("nd-{}-{name}", &property[..1]);
        let attribute = format!("class=\"{class}\"");
        self.classes.insert(class, (property, self.ink));
        attribute
    }
}

fn hex([r, g, b]: Rgb) -> String {
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

impl DrawingBackend for SvgCanvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let units = UNITS.unsigned_abs();
        (self.width * units, self.height * units)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Done {
        self.draw_rect((x, y), (x + UNITS, y + UNITS), &color, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        _style: &S,
        _fill: bool,
    ) -> Done {
        let (width, height) = (to.0 - from.0, to.1 - from.1);
        let data = format!(
            "M{}h{}v{}h{}z",
            pair(from),
            px(width),
            px(height),
            px(-width)
        );
        let paint = self.painted("fill");
        self.path("", &paint, &data);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        let mut points = path.into_iter();
        let Some(first) = points.next() else {
            return Ok(());
        };
        let (mut data, mut last) = (format!("M{}", pair(first)), first);
        for next in points {
            let step = (next.0 - last.0, next.1 - last.1);
            if step != (0, 0) {
                data += "l";
                data += &pair(step);
                last = next;
            }
        }
        let width = px(style.stroke_width() as i32);
        let group = format!(
            "fill=\"none\" stroke-width=\"{width}\" stroke-linejoin=\"round\" \
             stroke-linecap=\"round\""
        );
        let paint = self.painted("stroke");
        self.path(&group, &paint, &data);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Done {
        let diameter = radius as i32 * 2;
        let mut group = format!("stroke-width=\"{}\" stroke-linecap=\"round\"", px(diameter));
        let alpha = style.color().alpha;
        if alpha < 1.0 {
            let _ = write!(group, " stroke-opacity=\"{}\"", share(alpha));
        }
        if self.group.as_deref() != Some(&group) {
            self.enter_group(&group);
            self.dots = Dots::new(diameter + UNITS);
        }
        let paint = self.painted("stroke");
        if !self.dots.add(center, &paint) {
            self.flush_dots();
            self.dots.add(center, &paint);
        }
        Ok(())
    }

    /// The vertical position given is that of the baseline.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Done {
        let mut group = self.painted("fill");
        let size = px((style.size()).round() as i32);
        let _ = write!(group, " font-size=\"{size}\"");
        match style.anchor().h_pos {
            HPos::Left => {}
            HPos::Center => group += " text-anchor=\"middle\"",
            HPos::Right => group += " text-anchor=\"end\"",
        }
        self.close_path();
        self.enter_group(&group);
        let (x, y, text) = (px(pos.0), px(pos.1), escape(text));
        let _ = match style.transform() {
            FontTransform::Rotate270 => write!(
                self.body,
                "<text transform=\"translate({x} {y})rotate(-90)\">{text}</text>"
            ),
            _ => write!(self.body, "<text x=\"{x}\" y=\"{y}\">{text}</text>"),
        };
        Ok(())
    }
}

impl Surface for SvgCanvas {
    fn ink(&mut self, ink: Ink) {
        self.ink = ink;
    }

    fn picture(&mut self, from: BackendCoord, to: BackendCoord, pixels: &Pixels) {
        // A picture that cannot be encoded is left out; the layout has checked
        // that its bytes match its size, so there is no such picture.
        let Ok(png) = encode::encode_pixels(pixels) else {
            return;
        };
        self.close_path();
        // Each renderer takes the last of these properties that it knows.
        self.enter_group(
            "preserveAspectRatio=\"none\" style=\"image-rendering:optimizeSpeed;\
             image-rendering:crisp-edges;image-rendering:pixelated\"",
        );
        let _ = write!(
            self.body,
            "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" \
             preserveAspectRatio=\"none\" href=\"data:image/png;base64,",
            px(from.0),
            px(from.1),
            px(to.0 - from.0),
            px(to.1 - from.1),
        );
        STANDARD.encode_string(png, &mut self.body);
        self.body += "\"/>";
    }
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
        let mut canvas = SvgCanvas::new(20, 20);
        let color = BackendColor {
            alpha: 1.0,
            rgb: (0, 0, 0),
        };
        canvas.ink(Ink::Series(0));
        canvas.draw_rect((0, 0), (10, 25), &color, true).unwrap();
        canvas.draw_rect((20, 0), (30, 25), &color, true).unwrap();
        canvas.draw_circle((50, 55), 30, &color, true).unwrap();
        canvas.close_group();
        assert_eq!(
            canvas.body,
            "<path class=\"nd-f-c0\" d=\"M0 0h1v2.5h-1zM2 0h1v2.5h-1z\"/>\
             <g stroke-width=\"6\" stroke-linecap=\"round\">\
             <path class=\"nd-s-c0\" d=\"M5 5.5h0\"/></g>"
        );
    }
}
