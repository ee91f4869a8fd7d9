//! Paints a scene with plotters: one painter for every canvas.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::{Color, FontDesc, FontFamily, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform,
};

use super::scene::{Anchor, Item, Label, Picture, Rect, Scene};
use super::theme;
use crate::list::{IntoList, MapEach};
use crate::plot::figure::{Ink, Marker, Per};

/// plotters counts in whole numbers: so many to a logical pixel.
pub(super) const UNITS: i32 = 10;

/// What a canvas draws. Lengths and positions are in plotters' units.
pub(super) trait Surface {
    fn size(&self) -> (u32, u32);

    /// The role of the colour in the calls that follow, for a canvas that
    /// knows more than one theme.
    fn ink(&mut self, ink: Ink);

    /// Whether the lines that follow are dashed.
    fn dashed(&mut self, dashed: bool);

    fn rect(&mut self, from: BackendCoord, to: BackendCoord, opacity: f64);

    fn line(&mut self, points: &[BackendCoord], width: u32, opacity: f64);

    fn polygon(&mut self, corners: &[BackendCoord], opacity: f64);

    fn disc(&mut self, center: BackendCoord, radius: u32, opacity: f64);

    /// A marker that is no disc, in the current ink.
    fn marker(&mut self, marker: Marker, center: BackendCoord, radius: i32, opacity: f64);

    /// Words whose baseline is at `at`.
    fn words(&mut self, words: &str, look: Letters, at: BackendCoord);

    /// Stretches a picture over a rectangle. (plotters' `blit_bitmap` has
    /// neither a size nor transparency.)
    fn picture(&mut self, from: BackendCoord, to: BackendCoord, picture: &Picture);

    /// The current ink where `mask` is white, over a rectangle.
    fn mask(&mut self, from: BackendCoord, to: BackendCoord, mask: &Picture);
}

/// How words are written.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub(super) size: f64,
    pub(super) anchor: HPos,
    pub(super) upwards: bool,
    pub(super) opacity: f64,
}

/// plotters' drawing calls, for whatever canvas: compiled once for all.
struct Backend<'a>(&'a mut dyn Surface);

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.0.size()
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.0.rect((x, y), (x + UNITS, y + UNITS), color.alpha);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.0.rect(from, to, style.color().alpha);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points = path.into_iter().into_list();
        (self.0).line(&points, style.stroke_width(), style.color().alpha);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners = corners.into_iter().into_list();
        self.0.polygon(&corners, style.color().alpha);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.0.disc(center, radius, style.color().alpha);
        Ok(())
    }

    /// The vertical position given is that of the baseline.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let look = Letters {
            size: style.size(),
            anchor: style.anchor().h_pos,
            upwards: matches!(style.transform(), FontTransform::Rotate270),
            opacity: style.color().alpha,
        };
        self.0.words(text, look, at);
        Ok(())
    }
}

/// Paints every item of `scene` on `canvas`.
pub(super) fn paint(scene: &Scene, canvas: &mut dyn Surface) {
    let canvas = Rc::new(RefCell::new(Backend(canvas)));
    let painter = Painter {
        area: DrawingArea::from(&canvas),
        canvas: &canvas,
    };
    for item in &scene.items {
        painter.item(item).expect("our canvases never fail");
    }
}

struct Painter<'a, 'b> {
    area: DrawingArea<Backend<'b>, Shift>,
    canvas: &'a RefCell<Backend<'b>>,
}

type Done = Result<(), DrawingAreaErrorKind<Infallible>>;

/// A length or position in plotters' units. The clamp leaves room for sums of
/// a few such numbers.
fn units(pixels: f64) -> i32 {
    const MOST: f64 = 1e8;
    (pixels * f64::from(UNITS)).round().clamp(-MOST, MOST) as i32
}

fn point((x, y): (f64, f64)) -> BackendCoord {
    (units(x), units(y))
}

fn corners(area: Rect) -> [BackendCoord; 2] {
    [
        point((area.x, area.y)),
        point((area.right(), area.bottom())),
    ]
}

fn color(ink: Ink, opacity: f64) -> RGBAColor {
    let [r, g, b] = theme::shades(ink).light;
    RGBColor(r, g, b).mix(opacity.clamp(0.0, 1.0))
}

impl Painter<'_, '_> {
    fn style(&self, ink: Ink, opacity: f64) -> ShapeStyle {
        self.canvas.borrow_mut().0.ink(ink);
        ShapeStyle::from(color(ink, opacity)).filled()
    }

    fn item(&self, item: &Item) -> Done {
        match item {
            Item::Rect { area, ink, opacity } => {
                let style = self.style(*ink, *opacity);
                self.area.draw(&Rectangle::new(corners(*area), style))
            }
            Item::Lines {
                runs,
                ink,
                width,
                opacity,
                dashed,
            } => {
                let width = units(*width).max(1) as u32;
                self.canvas.borrow_mut().0.dashed(*dashed);
                self.lines(runs, self.style(*ink, *opacity).stroke_width(width))
            }
            Item::Polygons {
                shapes,
                inks,
                opacity,
            } => self.polygons(shapes, inks, *opacity),
            Item::Markers {
                centers,
                inks,
                radii,
                markers,
                opacity,
            } => self.markers(centers, (inks, radii, markers), *opacity),
            Item::Label(label) => self.label(label),
            Item::Picture { area, picture } => {
                let [from, to] = corners(*area);
                self.canvas.borrow_mut().0.picture(from, to, picture);
                Ok(())
            }
            Item::Mask { area, ink, mask } => {
                let [from, to] = corners(*area);
                let canvas = &mut self.canvas.borrow_mut().0;
                canvas.ink(*ink);
                canvas.mask(from, to, mask);
                Ok(())
            }
        }
    }

    fn lines(&self, runs: &[Vec<(f64, f64)>], style: ShapeStyle) -> Done {
        for run in runs {
            let points: Vec<_> = run.map_each(|&p| point(p));
            self.area.draw(&PathElement::new(points, style))?;
        }
        Ok(())
    }

    fn polygons(&self, shapes: &[Vec<(f64, f64)>], inks: &Per<Ink>, opacity: f64) -> Done {
        for (i, shape) in shapes.iter().enumerate() {
            let style = self.style(inks.get(i).copied().unwrap_or(Ink::Text), opacity);
            let corners: Vec<_> = shape.map_each(|&p| point(p));
            self.area.draw(&Polygon::new(corners, style))?;
        }
        Ok(())
    }

    fn markers(
        &self,
        centers: &[(f64, f64)],
        (inks, radii, markers): (&Per<Ink>, &Per<f64>, &Per<Marker>),
        opacity: f64,
    ) -> Done {
        for (i, &center) in centers.iter().enumerate() {
            let style = self.style(inks.get(i).copied().unwrap_or(Ink::Text), opacity);
            let radius = units(radii.get(i).copied().unwrap_or(1.0)).max(1);
            match markers.get(i).copied().unwrap_or_default() {
                Marker::Disc => self.area.draw(&Circle::new(point(center), radius, style))?,
                marker => {
                    let canvas = &mut self.canvas.borrow_mut().0;
                    canvas.marker(marker, point(center), radius, opacity);
                }
            }
        }
        Ok(())
    }

    fn label(&self, label: &Label) -> Done {
        self.canvas.borrow_mut().0.ink(label.ink);
        let turn = match label.upwards {
            true => FontTransform::Rotate270,
            false => FontTransform::None,
        };
        let size = label.size * f64::from(UNITS);
        let font = FontDesc::new(FontFamily::SansSerif, size, FontStyle::Normal).transform(turn);
        let across = match label.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let color = color(label.ink, 1.0);
        let style = TextStyle::from(font)
            .color(&color)
            .pos(Pos::new(across, VPos::Bottom));
        self.area
            .draw(&Text::new(label.text.as_str(), point(label.at), style))
    }
}
