//! A figure drawn in the formats that a bundle holds, and several figures as one.

use std::fmt::Write;
use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::format::Choice;
use super::record;
use crate::error::Result;
use crate::list::IntoList;
use crate::plot::{Figure, Format};
use crate::render;

/// One figure, drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    /// Width and height in logical pixels.
    size: (u32, u32),
    /// A whole PNG file.
    png: Vec<u8>,
    /// None where the figure is to be shown as PNG.
    svg: Option<String>,
    /// Whether a block of the type `image/svg+xml` is wanted.
    bare: bool,
    description: String,
    /// Whether it stands for what is words in HTML.
    words: bool,
}

impl Picture {
    pub(super) fn of(figure: &Figure, choice: &Choice) -> Result<Picture> {
        let (png, size) = render::to_sized_png(figure)?;
        let svg = choice.format != Format::Png;
        Ok(Picture {
            size,
            png,
            svg: svg.then(|| render::to_svg(figure)),
            bare: choice.format == Format::BareSvg,
            description: figure.description.clone(),
            words: false,
        })
    }

    /// The same, for what is words in HTML.
    pub(super) fn of_words(mut self) -> Picture {
        self.words = true;
        self
    }

    pub(super) fn is_words(&self) -> bool {
        self.words
    }

    /// Bytes of the block that holds the PNG, in base64.
    pub(super) fn png_size(&self) -> usize {
        in_base64(self.png.len())
    }

    /// Bytes of all blocks that hold the picture.
    pub(super) fn size_in_bundle(&self) -> usize {
        let shown = match (self.words, &self.svg) {
            (true, _) => 0,
            (false, Some(svg)) => svg.len(),
            (false, None) => self.png.len(),
        };
        in_base64(shown) + self.png_size()
    }

    /// Shows a PNG where that is smaller, unless an SVG was asked for.
    pub(super) fn choose_smaller(&mut self) {
        let larger = self
            .svg
            .as_ref()
            .is_some_and(|svg| svg.len() > self.png.len());
        if larger && !self.bare {
            self.svg = None;
        }
    }

    pub(super) fn size(&self) -> (u32, u32) {
        self.size
    }

    pub(super) fn description(&self) -> &str {
        &self.description
    }

    /// What an `<img>` shows. It isolates an SVG: its styles and names meet no
    /// others of the page, and scripts do not run. The SVG is never larger by
    /// much than the PNG, as the renderer turns dense layers into pixels itself,
    /// and unlike the PNG it follows the page's theme; so size is no reason to
    /// switch.
    pub(super) fn uri(&self) -> String {
        match &self.svg {
            Some(svg) => svg_uri(svg),
            None => png_uri(&self.png),
        }
    }

    /// Appends all of it, for [`next`](Picture::next).
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        for number in [
            self.size.0,
            self.size.1,
            self.bare.into(),
            self.words.into(),
        ] {
            record::put(out, &number.to_le_bytes());
        }
        record::put(out, &self.png);
        record::put_any(out, self.svg.as_deref().map(str::as_bytes));
        record::put(out, self.description.as_bytes());
    }

    /// The first picture of `bytes`, which then are what comes after it.
    pub(super) fn next(bytes: &mut &[u8]) -> io::Result<Picture> {
        let mut number = || record::next_number(bytes);
        let (size, bare, words) = ((number()?, number()?), number()? == 1, number()? == 1);
        Ok(Picture {
            size,
            png: record::next(bytes)?.to_vec(),
            svg: record::next_any(bytes)?.map(record::text).transpose()?,
            bare,
            description: record::text(record::next(bytes)?)?,
            words,
        })
    }

    /// As an element of an SVG document, its upper left corner at `(0, top)`.
    fn nested(&self, top: u32) -> String {
        let (width, height) = self.size;
        match &self.svg {
            Some(svg) => svg.replacen("<svg ", &format!("<svg y=\"{top}\" "), 1),
            None => format!(
                "<image y=\"{top}\" width=\"{width}\" height=\"{height}\" href=\"{}\"/>",
                self.uri()
            ),
        }
    }
}

/// An SVG document as the address of an `<img>`.
pub(super) fn svg_uri(svg: &str) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
}

/// A PNG file as the address of an `<img>`.
pub(super) fn png_uri(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

pub(super) fn in_base64(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// All pictures as one PNG file, one below the other; none of no pictures.
pub(super) fn stacked_png(pictures: &[&Picture]) -> Result<Option<Vec<u8>>> {
    match pictures {
        [] => Ok(None),
        [only] => Ok(Some(only.png.clone())),
        several => {
            let pages = several
                .iter()
                .map(|picture| render::decode_png(&picture.png));
            let pages = pages.try_into_list()?;
            render::encode_png(&render::stack(&pages)).map(Some)
        }
    }
}

/// All pictures as one SVG document, one below the other, if any of them is
/// wanted so: a viewer that shows this block shows none of the others.
pub(super) fn stacked_svg(pictures: &[&Picture]) -> Option<String> {
    if !pictures.iter().any(|picture| picture.bare) {
        return None;
    }
    if let [only] = pictures {
        return only.svg.clone();
    }
    let width = pictures.iter().map(|p| p.size.0).max().unwrap_or(0);
    let (mut parts, mut top) = (String::new(), 0_u32);
    for picture in pictures {
        parts += &picture.nested(top);
        top = top.saturating_add(picture.size.1);
    }
    let mut document = String::with_capacity(parts.len() + 160);
    let _ = write!(
        document,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{top}\" viewBox=\"0 0 {width} {top}\">"
    );
    Some(document + &parts + "</svg>")
}
