//! The embedded font: how wide words are, and the outlines of their letters.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A part of DejaVu Sans; `assets/make_font.sh` makes it.
static BYTES: &[u8] = include_bytes!("../../assets/DejaVuSans.ttf");

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BYTES, 0).expect("the embedded font is well formed"));

/// How far letters reach above the baseline, in parts of the font size.
pub(super) const ASCENT: f64 = 0.93;
/// How far letters reach below the baseline.
pub(super) const DESCENT: f64 = 0.24;
/// Half the height of a digit: the baseline lies this far below the middle.
pub(super) const HALF_DIGIT: f64 = 0.365;
/// From one baseline to the next.
pub(super) const LINE: f64 = 1.25;

/// Width of a stand-in box, for characters of ordinary and of double width.
const BOX: f64 = 0.6;
const WIDE_BOX: f64 = 1.0;

/// What stands for one character of a text.
enum Shape {
    Glyph(GlyphId),
    /// The font lacks it: a box of this width (in parts of the font size).
    Box(f64),
    /// Steers the text but has no shape: joiners, direction marks.
    Nothing,
}

fn shape(c: char) -> Shape {
    if is_invisible(c) {
        return Shape::Nothing;
    }
    match FACE.glyph_index(c) {
        Some(glyph) => Shape::Glyph(glyph),
        None if is_wide(c) => Shape::Box(WIDE_BOX),
        None => Shape::Box(BOX),
    }
}

/// Characters that take no room of their own.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Characters that East Asian fonts and terminals give double width.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

fn em() -> f64 {
    f64::from(FACE.units_per_em())
}

fn kerning(left: GlyphId, right: GlyphId) -> f64 {
    let tables = FACE.tables().kern.iter().flat_map(|kern| kern.subtables);
    let pair = tables
        .filter(|table| table.horizontal)
        .find_map(|table| table.glyphs_kerning(left, right));
    f64::from(pair.unwrap_or(0))
}

/// Visits each shape of `text` with its distance from the start, and returns
/// the width of the whole; all in parts of the font size.
fn walk(text: &str, mut visit: impl FnMut(&Shape, f64)) -> f64 {
    let mut x = 0.0;
    let mut last = None;
    for c in text.chars() {
        let shape = shape(c);
        if let (Some(left), Shape::Glyph(right)) = (last, &shape) {
            x += kerning(left, *right) / em();
        }
        visit(&shape, x);
        match shape {
            Shape::Glyph(glyph) => {
                x += f64::from(FACE.glyph_hor_advance(glyph).unwrap_or(0)) / em();
                last = Some(glyph);
            }
            Shape::Box(width) => {
                x += width;
                last = None;
            }
            Shape::Nothing => {}
        }
    }
    x
}

/// The width of `text` set at `size`.
pub(super) fn width(text: &str, size: f64) -> f64 {
    walk(text, |_, _| {}) * size
}

/// Straight edges of closed outlines, one call for each edge.
pub(super) trait Edges {
    fn edge(&mut self, from: (f64, f64), to: (f64, f64));
}

/// Hands the outlines of `text` to `edges`, the baseline starting at (0, 0)
/// and y growing downwards.
pub(super) fn outline(text: &str, size: f64, edges: &mut impl Edges) {
    walk(text, |shape, x| {
        let mut pen = Pen::new(edges, (x * size, 0.0), size / em());
        match shape {
            Shape::Glyph(glyph) => {
                FACE.outline_glyph(*glyph, &mut pen);
            }
            Shape::Box(width) => pen.stand_in(width * em()),
            Shape::Nothing => {}
        }
    });
}

/// Turns a glyph's curves into edges.
struct Pen<'a, E> {
    edges: &'a mut E,
    origin: (f64, f64),
    scale: f64,
    start: (f64, f64),
    at: (f64, f64),
}

impl<'a, E: Edges> Pen<'a, E> {
    fn new(edges: &'a mut E, origin: (f64, f64), scale: f64) -> Self {
        Pen {
            edges,
            origin,
            scale,
            start: origin,
            at: origin,
        }
    }

    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (
            self.origin.0 + x * self.scale,
            self.origin.1 - y * self.scale,
        )
    }

    fn edge_to(&mut self, to: (f64, f64)) {
        self.edges.edge(self.at, to);
        self.at = to;
    }

    fn polygon(&mut self, corners: [(f64, f64); 4]) {
        self.at = self.place(corners[3].0, corners[3].1);
        for (x, y) in corners {
            self.edge_to(self.place(x, y));
        }
    }

    /// A frame as high as a capital letter: the outer edge one way round, the
    /// inner edge the other, which leaves the inside empty.
    fn stand_in(&mut self, width: f64) {
        let (left, right, top) = (0.08 * em(), width - 0.08 * em(), 0.73 * em());
        self.polygon([(left, 0.0), (left, top), (right, top), (right, 0.0)]);
        let line = 0.07 * em();
        let (left, right, bottom, top) = (left + line, right - line, line, top - line);
        self.polygon([(left, bottom), (right, bottom), (right, top), (left, top)]);
    }
}

impl<E: Edges> OutlineBuilder for Pen<'_, E> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x.into(), y.into());
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.edge_to(self.place(x.into(), y.into()));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // Six chords stray less than 0.01 pixels from any curve of a letter
        // at the sizes figures use.
        const CHORDS: i32 = 6;
        let (from, bend, to) = (
            self.at,
            self.place(x1.into(), y1.into()),
            self.place(x.into(), y.into()),
        );
        for i in 1..=CHORDS {
            let t = f64::from(i) / f64::from(CHORDS);
            let along = |a: f64, b: f64, c: f64| {
                let s = 1.0 - t;
                s * s * a + 2.0 * s * t * b + t * t * c
            };
            self.edge_to((along(from.0, bend.0, to.0), along(from.1, bend.1, to.1)));
        }
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        // TrueType outlines have no cubic curves.
        self.line_to(x, y);
    }

    fn close(&mut self) {
        self.edge_to(self.start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // DejaVu Sans: advance of "0" is 1303 of 2048 units.
        assert!((width("000", 2048.0) - 3909.0).abs() < 1e-6);
        assert_eq!(width("", 12.0), 0.0);
    }

    #[test]
    fn kerning_brings_letters_together() {
        assert!(width("AV", 100.0) < width("A", 100.0) + width("V", 100.0));
    }

    #[test]
    fn unknown_characters_have_a_box_and_direction_marks_no_width() {
        assert_eq!(width("中", 10.0), 10.0);
        assert_eq!(width("\u{0e01}", 10.0), 6.0);
        assert_eq!(width("\u{202e}\u{200b}", 10.0), 0.0);
    }

    #[test]
    fn the_font_covers_what_scientists_write() {
        for c in "AzÄéñßœŁ αβγΔΩµ Жя –—‘’“”… ×÷±≤≥≠≈∞√∑∫∂ ←→↑↓ ²³⁻¹₀₁ °€ │┤█ �".chars()
        {
            assert!(FACE.glyph_index(c).is_some(), "{c}");
        }
    }

    #[test]
    fn outlines_are_closed() {
        struct Sum(f64, f64);
        impl Edges for Sum {
            fn edge(&mut self, from: (f64, f64), to: (f64, f64)) {
                self.0 += to.0 - from.0;
                self.1 += to.1 - from.1;
            }
        }
        let mut sum = Sum(0.0, 0.0);
        outline("Ag&8中é", 20.0, &mut sum);
        assert!(sum.0.abs() < 1e-9 && sum.1.abs() < 1e-9);
    }
}
