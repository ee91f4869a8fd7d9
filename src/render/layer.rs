//! Transparent pages of pixels: what one layer of a figure looks like alone.

use std::sync::Arc;

use super::dense::as_picture;
use super::raster::Target;
use super::theme::Rgb;
use crate::list::{IntoList, pixel_bytes};
use crate::plot::figure::Pixels;

/// Shades of opacity that are kept. More cannot be told apart in a cloud of points,
/// and make its file several times as large.
const SHADES: f32 = 15.0;

fn shade(share: f32) -> u8 {
    let steps = (share * SHADES).round().clamp(0.0, SHADES);
    (steps * 255.0 / SHADES).round() as u8
}

/// Pixels that gather colour; premultiplied, so that thin layers add up exactly.
pub(super) struct Layer {
    width: u32,
    height: u32,
    rgba: Vec<[f32; 4]>,
}

impl Layer {
    /// The layer's pixels, with straight alpha.
    pub(super) fn into_pixels(self) -> Pixels {
        let rgba = pixel_bytes(self.rgba.into_iter().map(straight));
        Pixels {
            width: self.width as usize,
            height: self.height as usize,
            rgba: Arc::from(rgba),
        }
    }
}

fn straight([r, g, b, a]: [f32; 4]) -> [u8; 4] {
    let alpha = shade(a);
    if alpha == 0 {
        return [0; 4];
    }
    // Twice as many shades of colour as of opacity.
    let channel = |v: f32| {
        let steps = (v / a / 255.0 * SHADES * 2.0).round();
        (steps * 255.0 / SHADES / 2.0).clamp(0.0, 255.0).round() as u8
    };
    [channel(r), channel(g), channel(b), alpha]
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
        for (old, new) in self.rgba[at].iter_mut().zip([r, g, b, 1.0]) {
            *old += (new - *old) * alpha;
        }
    }
}

/// How much of each ink there is in each pixel; the inks are painted by number, in
/// the red channel.
pub(super) struct Weights {
    width: u32,
    height: u32,
    /// One page for each ink.
    pages: Vec<Vec<f32>>,
}

impl Weights {
    /// The opacity of each of `count` inks, such that they show their weights when
    /// painted one over the other in this order.
    pub(super) fn into_masks(mut self, count: usize) -> Vec<Pixels> {
        let size = self.width as usize * self.height as usize;
        self.pages.resize(count, Vec::new());
        self.pages
            .iter_mut()
            .for_each(|page| page.resize(size, 0.0));
        let mut uncovered = vec![1.0_f32; size];
        let mut masks: Vec<Pixels> = Vec::with_capacity(count);
        for page in self.pages.iter().rev() {
            let mask: Vec<u8> = page
                .iter()
                .zip(&mut uncovered)
                .map(|(weight, left)| {
                    let share = if *left > 1e-6 { weight / *left } else { 0.0 };
                    *left -= weight;
                    shade(share)
                })
                .into_list();
            let size = (self.width as usize, self.height as usize);
            masks.push(as_picture(size.0, size.1, mask.into_iter()));
        }
        masks.reverse();
        masks
    }
}

impl Target for Weights {
    fn empty(width: u32, height: u32, _page: Rgb) -> Self {
        Weights {
            width,
            height,
            pages: Vec::new(),
        }
    }

    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn mix(&mut self, at: usize, [ink, ..]: Rgb, alpha: f32) {
        let size = self.width as usize * self.height as usize;
        while self.pages.len() <= usize::from(ink) {
            self.pages.push(vec![0.0; size]);
        }
        for page in &mut self.pages {
            page[at] *= 1.0 - alpha;
        }
        self.pages[usize::from(ink)][at] += alpha;
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

    #[test]
    fn stacked_masks_show_the_weights() {
        let mut weights = Weights::empty(1, 1, [0; 3]);
        for (ink, alpha) in [(0, 1.0), (1, 0.6), (0, 0.5)] {
            weights.mix(0, [ink, 0, 0], alpha);
        }
        // 0.7 of the first and 0.3 of the second.
        let masks = weights.into_masks(2);
        let share = |i: usize| f32::from(masks[i].rgba[0]) / 255.0;
        assert!((share(1) - 0.3).abs() <= 0.5 / SHADES);
        assert!((share(0) - 1.0).abs() <= 0.5 / SHADES);
    }
}
