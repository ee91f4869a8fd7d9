//! Paints a scene with plotters: one painter for every canvas.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::{Color, FontDesc, FontFamily, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, DrawingBackend, FontStyle, FontTransform};

use super::scene::{Anchor, Item, Label, Picture, Rect, Scene};
use super::theme;
use crate::list::MapEach;
use crate::plot::figure::{Ink, Marker, Per};

/// plotters counts in whole numbers: so many to a logical pixel.
pub(super) const UNITS: i32 = 10;

/// What our canvases do beyond plotters' drawing calls.
pub(super) trait Surface: DrawingBackend<ErrorType = Infallible> {
    /// The role of the colour in the calls that follow, for a canvas that
    /// knows more than one theme.
    fn ink(&mut self, ink: Ink);

    /// Whether the lines that follow are dashed.
    fn dashed(&mut self, dashed: bool);

    /// A marker that is no disc, in the current ink.
    fn marker(&mut self, marker: Marker, center: BackendCoord, radius: i32, opacity: f64);

    /// Stretches a picture over a rectangle. (plotters' `blit_bitmap` has
    /// neither a size nor transparency.)
    fn picture(&mut self, from: BackendCoord, to: BackendCoord, picture: &Picture);

    /// The current ink where `mask` is white, over a rectangle.
    fn mask(&mut self, from: BackendCoord, to: BackendCoord, mask: &Picture);
}

/// Paints every item of `scene` on `canvas`, which gives back what was drawn.
pub(super) fn paint<S: Surface>(scene: &Scene, canvas: S) -> S {
    let canvas = Rc::new(RefCell::new(canvas));
    {
        let painter = Painter {
            area: DrawingArea::from(&canvas),
            canvas: &canvas,
        };
        for item in &scene.items {
            painter.item(item).expect("our canvases never fail");
        }
    }
    match Rc::try_unwrap(canvas) {
        Ok(canvas) => canvas.into_inner(),
        Err(_) => unreachable!("the painter, which shared the canvas, is gone"),
    }
}

struct Painter<'a, S: Surface> {
    area: DrawingArea<S, Shift>,
    canvas: &'a RefCell<S>,
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

impl<S: Surface> Painter<'_, S> {
    fn style(&self, ink: Ink, opacity: f64) -> ShapeStyle {
        self.canvas.borrow_mut().ink(ink);
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
                self.canvas.borrow_mut().dashed(*dashed);
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
                self.canvas.borrow_mut().picture(from, to, picture);
                Ok(())
            }
            Item::Mask { area, ink, mask } => {
                let [from, to] = corners(*area);
                let mut canvas = self.canvas.borrow_mut();
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
                    let mut canvas = self.canvas.borrow_mut();
                    canvas.marker(marker, point(center), radius, opacity);
                }
            }
        }
        Ok(())
    }

    fn label(&self, label: &Label) -> Done {
        self.canvas.borrow_mut().ink(label.ink);
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
