//! What the gallery lists.

use std::path::Path;

use ndsight::{Figure, Result, Theme};

use crate::data::Data;

/// A plot, and the code that makes it.
pub(crate) struct Entry {
    /// The name of its files.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) code: &'static str,
    pub(crate) figure: fn(&Data) -> Result<Figure>,
}

/// Entries: a name, a title, the data that the code reads, and the code, which is
/// compiled and shown alike.
macro_rules! entries {
    ($($name:literal, $title:literal, |$($data:ident),*| $code:expr;)*) => {
        &[$($crate::entries::Entry {
            name: $name,
            title: $title,
            code: stringify!($code),
            figure: |data| {
                $(let $data = &data.$data;)*
                ndsight::IntoFigure::into_figure($code)
            },
        }),*]
    };
}
pub(crate) use entries;

/// An entry whose files are written.
pub(crate) struct Drawn {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) code: String,
    /// In logical pixels.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) svg_bytes: usize,
    pub(crate) png_bytes: usize,
}

impl Entry {
    /// Writes the files of this entry into `folder`.
    pub(crate) fn draw(
        &self,
        data: &Data,
        folder: &Path,
    ) -> std::result::Result<Drawn, Box<dyn std::error::Error>> {
        let figure = (self.figure)(data).map_err(|err| format!("{}: {err}", self.name))?;
        let (svg, png) = (figure.to_svg()?, figure.to_png()?);
        let file = |extension: &str| folder.join(self.name).with_extension(extension);
        std::fs::write(file("svg"), &svg)?;
        std::fs::write(file("png"), &png)?;
        std::fs::write(file("txt"), figure.to_text()?)?;
        let dark = figure.theme(Theme::Dark).to_png()?;
        std::fs::write(
            folder.join("dark").join(self.name).with_extension("png"),
            dark,
        )?;
        Ok(Drawn {
            name: self.name,
            title: self.title,
            code: tidy(self.code),
            width: stated(&svg, "width"),
            height: stated(&svg, "height"),
            svg_bytes: svg.len(),
            png_bytes: png.len(),
        })
    }
}

/// A side of the picture as its document states it.
fn stated(svg: &str, side: &str) -> u32 {
    let value = svg
        .split(&format!(" {side}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Code that the compiler has printed, on one line: without the spaces and line
/// ends by which it breaks long chains of calls.
fn tidy(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    let mut one = String::new();
    for line in lines {
        let joins = line.starts_with(['.', ')', ']']) || one.ends_with(['(', '[']);
        if !one.is_empty() && !joins {
            one.push(' ');
        }
        one.push_str(line);
    }
    one.replace(",)", ")").replace(", ]", "]")
}
