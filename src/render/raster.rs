//! A canvas of pixels for plotters: smooth shapes and letters, sharp
//! rectangles and pictures, on the light page.

use std::collections::HashMap;
use std::ops::Range;

use plotters_backend::BackendCoord;
use plotters_backend::text_anchor::HPos;

use super::coverage::Coverage;
use super::font::{self, Edges};
use super::marker::{disc, outline};
use super::paint::{Letters, Surface, UNITS};
use super::resample::resample;
use super::scene::{Picture, Rect};
use super::theme::{self, Pick, Rgb};
use crate::list::MapEach;
use crate::plot::figure::{Ink, Marker, Pixels};

/// Device pixels to a logical pixel.
pub(crate) const SCALE: u32 = 2;

/// Units of the painter to a device pixel.
const STEP: i32 = UNITS / SCALE as i32;

/// Shades between a shape and what is behind it. With 16 of them, an edge is
/// smooth to the eye and a plot keeps few enough colours for a palette.
const LEVELS: f32 = 16.0;

/// Opaque pixels, three bytes (RGB) each, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgb: Vec<u8>,
}

impl Raster {
    /// Width and height in logical pixels.
    pub(crate) fn logical_size(&self) -> (u32, u32) {
        (self.width / SCALE, self.height / SCALE)
    }
}

/// What pixels are painted on.
pub(super) trait Target {
    fn empty(width: u32, height: u32, page: Rgb) -> Self;

    fn size(&self) -> (u32, u32);

    /// Mixes a colour into the pixel of this index, which there is.
    fn mix(&mut self, at: usize, color: Rgb, alpha: f32);

    /// Mixes a colour into pixels side by side, which there are.
    fn mix_run(&mut self, run: Range<usize>, color: Rgb, alpha: f32) {
        run.for_each(|at| self.mix(at, color, alpha));
    }

    /// Paints colours with straight alpha over pixels side by side, which there are, and
    /// over those below them in so many rows.
    fn paint(&mut self, at: usize, rows: usize, colors: &[[u8; 4]]) {
        let width = self.size().0 as usize;
        for row in 0..rows {
            for (i, &[r, g, b, a]) in colors.iter().enumerate() {
                self.mix(at + row * width + i, [r, g, b], f32::from(a) / 255.0);
            }
        }
    }
}

impl Target for Raster {
    fn empty(width: u32, height: u32, page: Rgb) -> Self {
        let pixels = width as usize * height as usize;
        let rgb = match page {
            [r, g, b] if r == g && g == b => vec![r; pixels * 3],
            page => page.repeat(pixels),
        };
        Raster { width, height, rgb }
    }

    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn mix(&mut self, at: usize, color: Rgb, alpha: f32) {
        if let Some(pixel) = self.rgb[at * 3..].first_chunk_mut::<3>() {
            mix(pixel, color, alpha);
        }
    }

    fn mix_run(&mut self, run: Range<usize>, color: Rgb, alpha: f32) {
        let bytes = &mut self.rgb[run.start * 3..run.end * 3];
        let [r, g, b] = color;
        if alpha < 1.0 {
            let pixels = bytes.as_chunks_mut::<3>().0;
            for alike in pixels.chunk_by_mut(|a, b| a == b) {
                let mut mixed = alike[0];
                mix(&mut mixed, color, alpha);
                alike.fill(mixed);
            }
        } else if r == g && g == b {
            bytes.fill(r);
        } else {
            bytes.as_chunks_mut::<3>().0.fill(color);
        }
    }

    fn paint(&mut self, at: usize, rows: usize, colors: &[[u8; 4]]) {
        let (width, bytes) = (self.width as usize * 3, colors.len() * 3);
        // Opaque rows hide what is below them: one can be copied.
        let opaque = colors.iter().all(|color| color[3] == 255);
        let painted = if opaque { rows.min(1) } else { rows };
        for row in 0..painted {
            let start = at * 3 + row * width;
            let pixels = self.rgb[start..start + bytes].as_chunks_mut::<3>().0;
            for (pixel, &[r, g, b, a]) in pixels.iter_mut().zip(colors) {
                match a {
                    255 => *pixel = [r, g, b],
                    0 => {}
                    _ => mix(pixel, [r, g, b], f32::from(a) / 255.0),
                }
            }
        }
        for row in painted..rows {
            let start = at * 3;
            self.rgb
                .copy_within(start..start + bytes, start + row * width);
        }
    }
}

fn mix(pixel: &mut Rgb, color: Rgb, alpha: f32) {
    for (old, new) in pixel.iter_mut().zip(color) {
        let mixed = f32::from(*old) + (f32::from(new) - f32::from(*old)) * alpha;
        // Rounded: it is not negative.
        *old = (mixed + 0.5) as u8;
    }
}

/// The nearest level to a share, which is not negative.
fn level(share: f32) -> f32 {
    f32::from((share * LEVELS + 0.5) as u8) / LEVELS
}

/// Rasters one below the other, left aligned on a light page.
pub(crate) fn stack(rasters: &[Raster]) -> Raster {
    let page = theme::shades(Ink::Page).light;
    let width = rasters.iter().map(|r| r.width).max().unwrap_or(0);
    let height = rasters
        .iter()
        .fold(0u32, |sum, r| sum.saturating_add(r.height));
    let mut page = Raster::empty(width, height, page);
    let mut top = 0;
    for raster in rasters.iter().filter(|r| r.width > 0) {
        let row = raster.width as usize * 3;
        for (y, source) in raster.rgb.chunks(row).enumerate() {
            let at = (top + y) * width as usize * 3;
            page.rgb[at..at + row].copy_from_slice(source);
        }
        top += raster.height as usize;
    }
    page
}

/// A marker's covered shares around a centre that lies `phase` units into its
/// pixel, in runs: where each begins, how long it is, and its share.
type Stamp = Vec<(i32, i32, usize, f32)>;

/// plotters' drawing calls, carried out on pixels.
pub(super) struct PixelCanvas<T> {
    target: T,
    pick: Pick,
    rgb: Rgb,
    dashed: bool,
    /// Markers by shape, radius and phase: a scatter plot draws the same few again
    /// and again.
    stamps: HashMap<(Marker, u32, i32, i32), Stamp>,
}

impl<T: Target> PixelCanvas<T> {
    /// A page of logical size, on which inks have the shades that `pick` takes.
    pub(super) fn new(width: u32, height: u32, pick: Pick) -> Self {
        let page = pick(theme::shades(Ink::Page));
        PixelCanvas {
            target: T::empty(width * SCALE, height * SCALE, page),
            pick,
            rgb: page,
            dashed: false,
            stamps: HashMap::new(),
        }
    }

    pub(super) fn finish(self) -> T {
        self.target
    }

    /// Blends a colour into a run of pixels, as far as they are on the page.
    fn blend(&mut self, (x, y): (i32, i32), run: usize, color: Rgb, alpha: f32) {
        let (width, height) = self.target.size();
        let end = i64::from(x) + run as i64;
        let (from, to) = (i64::from(x).max(0), end.min(i64::from(width)));
        if from < to && (0..i64::from(height)).contains(&i64::from(y)) {
            let start = y as usize * width as usize;
            let run = start + from as usize..start + to as usize;
            self.target.mix_run(run, color, alpha);
        }
    }

    /// Paints what `coverage` covers.
    fn fill(&mut self, coverage: &Coverage, alpha: f64) {
        let (rgb, alpha) = (self.rgb, alpha as f32);
        coverage.runs(|x, y, run, share| self.blend((x, y), run, rgb, alpha * level(share)));
    }

    /// A window no larger than the page around the given bounds.
    fn window(&self, bounds: Rect) -> Coverage {
        let (width, height) = self.target.size();
        let clamp = |v: f64, most: u32| v.clamp(0.0, f64::from(most)) as i32;
        Coverage::new(
            clamp(bounds.x.floor(), width),
            clamp(bounds.y.floor(), height),
            clamp(bounds.right().ceil(), width),
            clamp(bounds.bottom().ceil(), height),
        )
    }

    fn stamp(&mut self, marker: Marker, center: BackendCoord, radius: u32, alpha: f64) {
        let (x, y) = (center.0.div_euclid(STEP), center.1.div_euclid(STEP));
        let phase = (center.0.rem_euclid(STEP), center.1.rem_euclid(STEP));
        let key = (marker, radius, phase.0, phase.1);
        let made = self.stamps.remove(&key);
        let made = made.unwrap_or_else(|| stamp(marker, radius, phase));
        let rgb = self.rgb;
        for &(dx, dy, run, share) in &made {
            self.blend((x + dx, y + dy), run, rgb, alpha as f32 * share);
        }
        self.stamps.insert(key, made);
    }

    fn stroke(&mut self, points: &[(f64, f64)], half: f64, alpha: f64) {
        let mut coverage = self.window(bounds(points, half + 1.0));
        for pair in points.windows(2) {
            if let Some(corners) = bar(pair[0], pair[1], half) {
                coverage.polygon(&corners);
            }
        }
        for &point in points {
            coverage.polygon(&disc(point, half));
        }
        self.fill(&coverage, alpha);
    }
}

/// Lengths of dashes and of the gaps between them, in widths of the line.
pub(super) const DASH: (f64, f64) = (3.0, 2.5);

/// The dashes of a line.
fn dashes(points: &[(f64, f64)], width: f64) -> Vec<Vec<(f64, f64)>> {
    let lengths = [DASH.0 * width, DASH.1 * width];
    let (mut parts, mut index, mut left) = (vec![points[..1].to_vec()], 0, lengths[0]);
    for pair in points.windows(2) {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let (whole, mut done) = (dx.hypot(dy), 0.0);
        while whole - done > left {
            done += left;
            let at = (pair[0].0 + dx * done / whole, pair[0].1 + dy * done / whole);
            match index {
                0 => parts.last_mut().expect("there is a first part").push(at),
                _ => parts.push(vec![at]),
            }
            index = 1 - index;
            left = lengths[index];
        }
        left -= whole - done;
        if index == 0 {
            parts
                .last_mut()
                .expect("there is a first part")
                .push(pair[1]);
        }
    }
    parts
}

fn device(units: i32) -> f64 {
    f64::from(units) / f64::from(STEP)
}

fn device_point((x, y): BackendCoord) -> (f64, f64) {
    (device(x), device(y))
}

fn stamp(marker: Marker, radius: u32, phase: (i32, i32)) -> Stamp {
    let radius = f64::from(radius) / f64::from(STEP);
    // No marker reaches further than a triangle's corner.
    let reach = (radius * 1.6).ceil() as i32 + 1;
    let mut coverage = Coverage::new(-reach, -reach, reach + 1, reach + 1);
    coverage.polygon(&outline(marker, device_point(phase), radius));
    let mut stamp = Vec::new();
    coverage.runs(|x, y, run, share| stamp.push((x, y, run, level(share))));
    stamp
}

/// The four corners of a line's straight part, always the same way round, so
/// that the parts of one line add up.
fn bar(from: (f64, f64), to: (f64, f64), half: f64) -> Option<[(f64, f64); 4]> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 1e-9 {
        return None;
    }
    let (nx, ny) = (-dy / length * half, dx / length * half);
    Some([
        (from.0 - nx, from.1 - ny),
        (to.0 - nx, to.1 - ny),
        (to.0 + nx, to.1 + ny),
        (from.0 + nx, from.1 + ny),
    ])
}

fn bounds(points: &[(f64, f64)], margin: f64) -> Rect {
    let start = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let (x0, y0, x1, y1) = points.iter().fold(start, |b, p| {
        (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1))
    });
    Rect::between((x0 - margin, y0 - margin), (x1 + margin, y1 + margin))
}

/// Letters moved, and perhaps turned upwards, to their place on the page.
struct Placed<'a> {
    coverage: &'a mut Coverage,
    origin: (f64, f64),
    upwards: bool,
}

impl Edges for Placed<'_> {
    fn edge(&mut self, from: (f64, f64), to: (f64, f64)) {
        let place = |(x, y): (f64, f64)| {
            let (x, y) = if self.upwards { (y, -x) } else { (x, y) };
            (self.origin.0 + x, self.origin.1 + y)
        };
        self.coverage.edge(place(from), place(to));
    }
}

impl<T: Target> Surface for PixelCanvas<T> {
    fn size(&self) -> (u32, u32) {
        let (width, height) = self.target.size();
        (width * STEP as u32, height * STEP as u32)
    }

    fn ink(&mut self, ink: Ink) {
        self.rgb = (self.pick)(theme::shades(ink));
    }

    fn dashed(&mut self, dashed: bool) {
        self.dashed = dashed;
    }

    fn rect(&mut self, from: BackendCoord, to: BackendCoord, opacity: f64) {
        let alpha = opacity as f32;
        let snap = |(x, y)| (device(x).round() as i32, device(y).round() as i32);
        let (from, to) = (snap(from), snap(to));
        let run = i64::from(to.0) - i64::from(from.0);
        let height = i32::try_from(self.target.size().1).unwrap_or(i32::MAX);
        for y in from.1.max(0)..to.1.min(height) {
            self.blend((from.0, y), run.max(0) as usize, self.rgb, alpha);
        }
    }

    fn line(&mut self, points: &[BackendCoord], width: u32, opacity: f64) {
        let points: Vec<_> = points.map_each(|&point| device_point(point));
        let width = f64::from(width) / f64::from(STEP);
        if self.dashed && points.len() > 1 {
            for dash in dashes(&points, width) {
                self.stroke(&dash, width / 2.0, opacity);
            }
        } else {
            self.stroke(&points, width / 2.0, opacity);
        }
    }

    fn polygon(&mut self, corners: &[BackendCoord], opacity: f64) {
        let corners: Vec<_> = corners.map_each(|&corner| device_point(corner));
        let mut coverage = self.window(bounds(&corners, 1.0));
        coverage.polygon(&corners);
        self.fill(&coverage, opacity);
    }

    fn disc(&mut self, center: BackendCoord, radius: u32, opacity: f64) {
        self.stamp(Marker::Disc, center, radius, opacity);
    }

    fn words(&mut self, words: &str, look: Letters, at: BackendCoord) {
        let size = look.size / f64::from(STEP);
        let width = font::width(words, size);
        let before = match look.anchor {
            HPos::Left => 0.0,
            HPos::Center => width / 2.0,
            HPos::Right => width,
        };
        let (x, y) = device_point(at);
        let ends = match look.upwards {
            false => [(x - before, y), (x - before + width, y)],
            true => [(x, y + before), (x, y + before - width)],
        };
        let mut coverage = self.window(bounds(&ends, size * 1.2));
        let mut placed = Placed {
            coverage: &mut coverage,
            origin: ends[0],
            upwards: look.upwards,
        };
        font::outline(words, size, &mut placed);
        self.fill(&coverage, look.opacity);
    }

    fn marker(&mut self, marker: Marker, center: BackendCoord, radius: i32, opacity: f64) {
        self.stamp(marker, center, radius.unsigned_abs(), opacity);
    }

    fn picture(&mut self, from: BackendCoord, to: BackendCoord, picture: &Picture) {
        self.stretch((from, to), &picture.pixels, |color| color);
    }

    fn mask(&mut self, from: BackendCoord, to: BackendCoord, mask: &Picture) {
        let [r, g, b] = self.rgb;
        self.stretch((from, to), &mask.pixels, |[share, ..]| [r, g, b, share]);
    }
}

impl<T: Target> PixelCanvas<T> {
    /// Paints the colour, with straight alpha, that `paint` makes of each pixel.
    fn stretch(
        &mut self,
        (from, to): (BackendCoord, BackendCoord),
        pixels: &Pixels,
        paint: impl Fn([u8; 4]) -> [u8; 4],
    ) {
        let snap = |(x, y)| (device(x).round() as i32, device(y).round() as i32);
        let (from, to) = (snap(from), snap(to));
        let (width, height) = ((to.0 - from.0).max(1), (to.1 - from.1).max(1));
        let page = self.target.size();
        let columns = within(from.0, width, page.0);
        let mut colors = Vec::with_capacity(width as usize);
        resample(pixels, width as usize, height as usize, |rows, row| {
            let top = i64::from(from.1) + rows.start as i64;
            let (above, below) = (top.max(0), (top + rows.len() as i64).min(page.1.into()));
            if above >= below || columns.is_empty() {
                return;
            }
            colors.clear();
            colors.extend(row[columns.clone()].iter().map(|&color| paint(color)));
            let left = i64::from(from.0) + columns.start as i64;
            let at = above as usize * page.0 as usize + left as usize;
            self.target.paint(at, (below - above) as usize, &colors);
        });
    }
}

/// Which of `length` pixels from `start` on lie on a page of so many.
fn within(start: i32, length: i32, page: u32) -> Range<usize> {
    let (start, length) = (i64::from(start), i64::from(length));
    let from = (-start).clamp(0, length);
    let to = (i64::from(page) - start).clamp(from, length);
    from as usize..to as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A light page and black ink.
    fn page(width: u32, height: u32) -> PixelCanvas<Raster> {
        let mut canvas = PixelCanvas::new(width, height, |shade| shade.light);
        canvas.ink(Ink::Rgb([0; 3]));
        canvas
    }

    fn darkness(raster: &Raster) -> f64 {
        let dark = |p: &[u8]| f64::from(255 - p[0]) / 255.0;
        raster.rgb.chunks(3).map(dark).sum()
    }

    #[test]
    fn a_disc_has_its_area() {
        for (radius, x) in [(30, 200), (15, 203), (45, 201)] {
            let mut canvas = page(40, 40);
            canvas.disc((x, 202), radius, 1.0);
            let area = std::f64::consts::PI * (f64::from(radius) / 5.0).powi(2);
            let drawn = darkness(&canvas.finish());
            assert!(
                (drawn / area - 1.0).abs() < 0.03,
                "{radius}: {drawn:.1}, not {area:.1}"
            );
        }
    }

    #[test]
    fn a_rectangle_has_sharp_edges() {
        let mut canvas = page(3, 2);
        canvas.rect((10, 5), (22, 15), 1.0);
        let raster = canvas.finish();
        let row = |y: usize| -> Vec<u8> { (0..6).map(|x| raster.rgb[(y * 6 + x) * 3]).collect() };
        assert_eq!(row(0), [255; 6]);
        assert_eq!(row(1), [255, 255, 0, 0, 255, 255]);
        assert_eq!(row(2), row(1));
        assert_eq!(row(3), [255; 6]);
    }

    #[test]
    fn a_line_covers_its_length_times_its_width() {
        let mut canvas = page(60, 60);
        canvas.line(&[(100, 100), (400, 500)], 20, 1.0);
        let ends = std::f64::consts::PI * 2.0 * 2.0;
        assert!((darkness(&canvas.finish()) - (100.0 * 4.0 + ends)).abs() < 6.0);
    }

    #[test]
    fn drawing_off_the_page_does_nothing() {
        let mut canvas = page(4, 4);
        canvas.disc((-500, 90), 30, 1.0);
        canvas.rect((-50, -50), (-10, 10), 1.0);
        canvas.line(&[(-900, -900), (-800, 700)], 1, 1.0);
        assert_eq!(darkness(&canvas.finish()), 0.0);
    }

    #[test]
    fn pictures_are_enlarged_to_the_exact_pixel() {
        let rgba = [
            [255, 0, 0, 255],
            [0, 0, 255, 255],
            [0, 0, 0, 0],
            [0, 255, 0, 255],
        ]
        .concat();
        let pixels = Pixels {
            width: 2,
            height: 2,
            rgba: rgba.into(),
        };
        let mut canvas = page(2, 2);
        canvas.picture((0, 0), (20, 20), &pixels.into());
        let raster = canvas.finish();
        let pixel = |x: usize, y: usize| &raster.rgb[(y * 4 + x) * 3..][..3];
        assert_eq!(pixel(0, 0), [255, 0, 0]);
        assert_eq!(pixel(1, 1), [255, 0, 0]);
        assert_eq!(pixel(2, 1), [0, 0, 255]);
        assert_eq!(pixel(0, 3), [255, 255, 255]);
        assert_eq!(pixel(3, 3), [0, 255, 0]);
    }

    #[test]
    fn stacking_fills_up_with_the_page() {
        let empty = |width, height| Raster::empty(width, height, [255; 3]);
        let (a, mut b) = (empty(2, 1), empty(1, 2));
        b.rgb.fill(7);
        let both = stack(&[a, b, empty(0, 3)]);
        assert_eq!((both.width, both.height), (2, 6));
        assert_eq!(both.rgb[..6], [255; 6]);
        assert_eq!(both.rgb[6..12], [7, 7, 7, 255, 255, 255]);
        assert_eq!(stack(&[]).rgb, Vec::<u8>::new());
    }
}
