//! How to draw: a figure laid out as a scene, and the scene painted through
//! plotters as SVG text or as pixels (PNG); besides, a figure as terminal
//! text. The only room that names `plotters`, fonts and `png`.

mod coverage;
mod decode;
mod dense;
mod dots;
mod encode;
mod font;
mod layer;
mod layout;
mod marker;
mod mixture;
mod mosaic;
mod output;
mod paint;
mod raster;
mod reduce;
mod resample;
#[cfg(test)]
mod samples;
mod scene;
mod spark;
mod svg;
mod terminal;
#[cfg(test)]
mod tests;
mod theme;
mod words;

use crate::error::Result;
use crate::plot::Figure;

pub(crate) use decode::decode_png;
pub(crate) use encode::encode_png;
pub(crate) use layout::layout;
pub(crate) use raster::{Raster, stack};
pub(crate) use spark::{spark_png, spark_svg};
pub(crate) use terminal::{cells, to_text};

/// The figure as an SVG document of one line.
pub(crate) fn to_svg(figure: &Figure) -> String {
    let scene = dense::flattened(layout(figure));
    let mut canvas = svg::SvgCanvas::new(scene.width, scene.height, figure.theme);
    paint::paint(&scene, &mut canvas);
    canvas.finish(&scene)
}

/// The figure in pixels, two to a logical pixel each way, on the light page unless
/// its theme is dark; and whether pictures that are data are on it.
fn painted(figure: &Figure) -> (Raster, bool) {
    let scene = layout(figure);
    let pick = theme::pick(figure.theme);
    let mut canvas = raster::PixelCanvas::new(scene.width, scene.height, pick);
    paint::paint(&scene, &mut canvas);
    (canvas.finish(), scene.shows_pictures())
}

/// How wide words are, set at this size, in logical pixels.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    font::width(text, size)
}

/// The figure as a PNG file, two pixels to a logical pixel each way.
pub(crate) fn to_png(figure: &Figure) -> Result<Vec<u8>> {
    Ok(to_sized_png(figure)?.0)
}

/// The figure as a PNG file, and its size in logical pixels.
pub(crate) fn to_sized_png(figure: &Figure) -> Result<(Vec<u8>, (u32, u32))> {
    let (page, pictures) = painted(figure);
    let size = page.logical_size();
    let file = match encode::Indexed::of_page(&page) {
        Some(indexed) => encode::encode_numbers(&page, &indexed),
        None if pictures => encode::encode_colors(&page),
        None => encode_png(&reduce::reduced(page)),
    };
    Ok((file?, size))
}
