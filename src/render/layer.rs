//! A transparent page of pixels: what one layer of a figure looks like alone.

use std::sync::Arc;

use super::raster::Target;
use super::theme::Rgb;
use crate::plot::figure::Pixels;

/// Pixels that gather colour; premultiplied, so that thin layers add up exactly.
pub(super) struct Layer {
    width: u32,
    height: u32,
    rgba: Vec<[f32; 4]>,
}

impl Layer {
    /// Shades of each channel and of opacity that are kept. More cannot be told
    /// apart in a cloud of points, and make its file several times as large.
    const SHADES: f32 = 15.0;

    /// The layer's pixels, with straight alpha.
    pub(super) fn into_pixels(self) -> Pixels {
        let rgba: Vec<u8> = self.rgba.into_iter().flat_map(straight).collect();
        Pixels {
            width: self.width as usize,
            height: self.height as usize,
            rgba: Arc::from(rgba),
        }
    }
}

fn straight([r, g, b, a]: [f32; 4]) -> [u8; 4] {
    let alpha = (a * Layer::SHADES).round() / Layer::SHADES;
    if alpha <= 0.0 {
        return [0; 4];
    }
    let channel = |v: f32| {
        let shade = (v / a / 255.0 * Layer::SHADES * 2.0).round() / (Layer::SHADES * 2.0);
        (shade.clamp(0.0, 1.0) * 255.0).round() as u8
    };
    [
        channel(r),
        channel(g),
        channel(b),
        (alpha * 255.0).round() as u8,
    ]
}

impl Target for Layer {
    fn empty(width: u32, height: u32, _page: Rgb) -> Self {
        Layer {
            width,
            height,
            rgba: vec![[0.0; 4]; width as usize * height as usize],
        }
    }

    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn mix(&mut self, at: usize, color: Rgb, alpha: f32) {
        let [r, g, b] = color.map(f32::from);
        let pixel = &mut self.rgba[at];
        for (old, new) in pixel.iter_mut().zip([r, g, b, 1.0]) {
            *old += (new - *old) * alpha;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thin_layers_add_up() {
        let mut layer = Layer::empty(2, 1, [0; 3]);
        for _ in 0..2 {
            layer.mix(0, [255, 0, 0], 0.5);
        }
        let pixels = layer.into_pixels();
        assert_eq!(pixels.rgba[..4], [255, 0, 0, 187]);
        assert_eq!(pixels.rgba[4..], [0; 4]);
    }
}
