//! A figure laid out: a flat list of shapes and words in logical pixels, from
//! the back to the front. Every number in it is finite.

use crate::plot::figure::{Ink, Marker, Per, Pixels};

/// An axis-parallel rectangle; `y` grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Rect {
            x,
            y,
            width: width.max(0.0),
            height: height.max(0.0),
        }
    }

    /// The rectangle between two corners, whichever they are.
    pub(super) fn between(a: (f64, f64), b: (f64, f64)) -> Self {
        Rect::new(
            a.0.min(b.0),
            a.1.min(b.1),
            (a.0 - b.0).abs(),
            (a.1 - b.1).abs(),
        )
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.height
    }

    pub(super) fn center(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(super) fn inset(self, by: f64) -> Self {
        Rect::new(
            self.x + by,
            self.y + by,
            self.width - 2.0 * by,
            self.height - 2.0 * by,
        )
    }

    fn is_finite(self) -> bool {
        [self.x, self.y, self.width, self.height]
            .iter()
            .all(|v| v.is_finite())
    }
}

/// Which part of a text lies at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub(super) text: String,
    /// Where the anchor meets the baseline.
    pub(super) at: (f64, f64),
    pub(super) size: f64,
    pub(super) anchor: Anchor,
    pub(super) ink: Ink,
    /// Reads upwards: turned by a quarter, counter-clockwise.
    pub(super) upwards: bool,
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// A filled rectangle with sharp edges.
    Rect {
        area: Rect,
        ink: Ink,
        opacity: f64,
    },
    /// Lines of one look with round joins.
    Lines {
        runs: Vec<Vec<(f64, f64)>>,
        ink: Ink,
        width: f64,
        opacity: f64,
        dashed: bool,
    },
    /// Filled shapes with smooth edges.
    Polygons {
        shapes: Vec<Vec<(f64, f64)>>,
        inks: Per<Ink>,
        opacity: f64,
    },
    /// Markers, each with the area of a disc of its radius.
    Markers {
        centers: Vec<(f64, f64)>,
        inks: Per<Ink>,
        radii: Per<f64>,
        markers: Per<Marker>,
        opacity: f64,
    },
    Label(Label),
    /// A picture stretched over `area`.
    Picture {
        area: Rect,
        picture: Picture,
    },
    /// An ink where a picture is white, none where it is black.
    Mask {
        area: Rect,
        ink: Ink,
        mask: Picture,
    },
}

/// A picture, and how it is enlarged.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) pixels: Pixels,
    /// Each pixel is a sharp rectangle.
    pub(super) sharp: bool,
}

impl From<Pixels> for Picture {
    /// A picture whose pixels are to be seen.
    fn from(pixels: Pixels) -> Self {
        Picture {
            pixels,
            sharp: true,
        }
    }
}

/// Everything to draw on one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scene {
    pub(super) width: u32,
    pub(super) height: u32,
    /// A name for the picture.
    pub(super) title: String,
    /// The picture in words.
    pub(super) description: String,
    pub(super) items: Vec<Item>,
}

impl Scene {
    /// Adds `item`, unless a number in it is not finite or nothing of it
    /// would show.
    pub(super) fn push(&mut self, item: Item) {
        if shows(&item) {
            self.items.push(item);
        }
    }

    pub(super) fn rect(&mut self, area: Rect, ink: Ink) {
        self.push(Item::Rect {
            area,
            ink,
            opacity: 1.0,
        });
    }

    /// Whether pictures that are data are among the items. A strip one pixel wide is
    /// the scale of a colour bar.
    pub(super) fn shows_pictures(&self) -> bool {
        let picture = |item: &Item| match item {
            Item::Picture { picture, .. } => picture.pixels.width > 1,
            _ => false,
        };
        self.items.iter().any(picture)
    }

    /// Adds what another scene shows, so much further right and down.
    pub(super) fn include(&mut self, other: Scene, by: (f64, f64)) {
        self.items
            .extend(other.items.into_iter().map(|item| item.moved(by)));
    }
}

impl Item {
    pub(super) fn moved(mut self, (dx, dy): (f64, f64)) -> Self {
        let shift = |point: &mut (f64, f64)| *point = (point.0 + dx, point.1 + dy);
        match &mut self {
            Item::Rect { area, .. } | Item::Picture { area, .. } | Item::Mask { area, .. } => {
                (area.x, area.y) = (area.x + dx, area.y + dy);
            }
            Item::Lines { runs: shapes, .. } | Item::Polygons { shapes, .. } => {
                shapes.iter_mut().flatten().for_each(shift);
            }
            Item::Markers { centers, .. } => centers.iter_mut().for_each(shift),
            Item::Label(label) => shift(&mut label.at),
        }
        self
    }
}

fn is_whole(pixels: &Pixels) -> bool {
    let bytes = pixels
        .width
        .checked_mul(pixels.height)
        .and_then(|n| n.checked_mul(4));
    bytes == Some(pixels.rgba.len()) && !pixels.rgba.is_empty()
}

fn shows(item: &Item) -> bool {
    let finite = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
    match item {
        Item::Rect { area, opacity, .. } => shows_area(area) && *opacity > 0.0,
        Item::Lines {
            runs,
            width,
            opacity,
            ..
        } => {
            *width > 0.0 && *opacity > 0.0 && !runs.is_empty() && runs.iter().flatten().all(finite)
        }
        Item::Polygons {
            shapes, opacity, ..
        } => *opacity > 0.0 && !shapes.is_empty() && shapes.iter().flatten().all(finite),
        Item::Markers {
            centers, opacity, ..
        } => *opacity > 0.0 && !centers.is_empty() && centers.iter().all(finite),
        Item::Label(label) => !label.text.is_empty() && label.size > 0.0 && finite(&label.at),
        Item::Picture { area, picture } => is_whole(&picture.pixels) && shows_area(area),
        Item::Mask { area, mask, .. } => is_whole(&mask.pixels) && shows_area(area),
    }
}

fn shows_area(area: &Rect) -> bool {
    area.is_finite() && area.width > 0.0 && area.height > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_or_empty_is_left_out() {
        let mut scene = Scene {
            width: 10,
            height: 10,
            title: String::new(),
            description: String::new(),
            items: vec![],
        };
        scene.rect(Rect::new(0.0, 0.0, -4.0, 4.0), Ink::Page);
        scene.rect(Rect::new(f64::NAN, 0.0, 4.0, 4.0), Ink::Page);
        scene.push(Item::Lines {
            runs: vec![vec![(0.0, 0.0), (f64::INFINITY, 1.0)]],
            ink: Ink::Text,
            width: 1.0,
            opacity: 1.0,
            dashed: false,
        });
        let pixels = Pixels {
            width: 2,
            height: 2,
            rgba: vec![0; 15].into(),
        };
        scene.push(Item::Picture {
            area: Rect::new(0.0, 0.0, 4.0, 4.0),
            picture: pixels.into(),
        });
        assert_eq!(scene.items, vec![]);
    }
}
