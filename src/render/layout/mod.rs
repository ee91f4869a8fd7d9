//! Where everything in a figure goes: from panels in data coordinates to a
//! scene in logical pixels. Words give way to the room there is; nothing is
//! drawn over anything else or beyond the page.

mod axes;
mod clip;
mod compose;
mod grid;
mod key;
mod labels;
mod marks;
mod panel;
mod texts;
mod thin;

use super::font;
use super::scene::{Anchor, Item, Label, Rect, Scene};
use super::words;
use crate::list::IntoList;
use crate::plot::figure::{Body, Figure, Frame, Ink, Panels};
use compose::Cells;
use grid::Grid;

/// Font sizes in pixels.
const HEADING: f64 = 15.0;
const LABEL: f64 = 12.0;
const SMALL: f64 = 11.0;

/// Room between the page's edge and what is drawn.
const MARGIN: f64 = 8.0;

/// Sizes of a page, so that memory and plotters' numbers suffice.
const LEAST: u32 = 16;
const MOST: u32 = 4000;

/// What is written besides the data. Small figures do without, in this order:
/// numbers at the axes, names of the axes, keys, titles of panels, notes and
/// the title of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Detail {
    numbers: bool,
    names: bool,
    keys: bool,
    titles: bool,
    notes: bool,
}

impl Detail {
    /// From everything to nothing.
    fn levels() -> impl Iterator<Item = Detail> {
        (0..=5).map(|dropped| Detail {
            numbers: dropped < 1,
            names: dropped < 2,
            keys: dropped < 3,
            titles: dropped < 4,
            notes: dropped < 5,
        })
    }
}

/// Lays `figure` out on its page.
pub(crate) fn layout(figure: &Figure) -> Scene {
    let (width, height) = (
        figure.width.clamp(LEAST, MOST),
        figure.height.clamp(LEAST, MOST),
    );
    let page = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut scene = Scene {
        width,
        height,
        title: figure.title.as_deref().map(words::line).unwrap_or_default(),
        description: words::line(&figure.description),
        items: Vec::new(),
    };
    scene.rect(page, Ink::Page);
    Plan::of(figure, page).draw(figure, &mut scene);
    scene
}

/// The lines of heading and notes, and what has its place between them.
struct Plan {
    /// The page without its margin.
    room: Rect,
    heading: Vec<String>,
    notes: Vec<String>,
    body: Placed,
    detail: Detail,
}

/// Where the panels or figures go.
enum Placed {
    Panels(Grid),
    Figures(Cells),
}

impl Plan {
    /// The plan with the most detail that leaves the panels legible; if none
    /// does, one that leaves them half as legible, and so on.
    fn of(figure: &Figure, page: Rect) -> Self {
        for share in [1.0, 0.5, 0.25] {
            let mut plans = Detail::levels().map(|detail| Plan::with(figure, page, detail));
            if let Some(plan) = plans.find(|plan| plan.is_legible(figure, share)) {
                return plan;
            }
        }
        let barest = Detail::levels().last().expect("there are levels");
        Plan::with(figure, page, barest)
    }

    fn with(figure: &Figure, page: Rect, detail: Detail) -> Self {
        let room = page.inset(MARGIN.min(page.width.min(page.height) * 0.04));
        let mut heading = Vec::new();
        let mut notes = Vec::new();
        if detail.notes {
            let title = figure.title.as_deref().unwrap_or_default();
            heading = words::wrap(title, HEADING, room.width, 3);
            let most = (room.height * 0.4 / (SMALL * font::LINE)).max(1.0) as usize;
            notes = wrapped_notes(figure, room.width, most);
        }
        let above = block_height(&heading, HEADING, 8.0);
        let below = block_height(&notes, SMALL, 6.0);
        let height = room.height - above - below;
        let right = match detail.keys {
            true => key::width(&figure.keys, height, room.width),
            false => 0.0,
        };
        let middle = Rect::new(room.x, room.y + above, room.width - right, height);
        Plan {
            room,
            heading,
            notes,
            body: match &*figure.body {
                Body::Panels(panels) => Placed::Panels(Grid::fit(panels, middle, detail)),
                Body::Figures { columns, figures } => {
                    Placed::Figures(Cells::fit(*columns, figures, middle))
                }
            },
            detail,
        }
    }

    fn is_legible(&self, figure: &Figure, share: f64) -> bool {
        match (&self.body, &*figure.body) {
            (Placed::Panels(grid), Body::Panels(panels)) => grid.is_legible(panels, share),
            (Placed::Figures(cells), _) => cells.are_legible(share),
            _ => true,
        }
    }

    fn draw(&self, figure: &Figure, scene: &mut Scene) {
        let room = self.room;
        self.draw_heading(figure, room, scene);
        match (&self.body, &*figure.body) {
            (Placed::Panels(grid), Body::Panels(panels)) => {
                for (panel, slot) in panels.panels.iter().zip(grid.slots()) {
                    panel::draw(panel, slot, self.detail, scene);
                }
                if let (true, Some(bounds)) = (self.detail.keys, grid.bounds()) {
                    key::draw(&figure.keys, bounds, room.right() - bounds.right(), scene);
                }
            }
            (Placed::Figures(cells), Body::Figures { figures, .. }) => cells.draw(figures, scene),
            _ => {}
        }
        let height = self.notes.len() as f64 * SMALL * font::LINE;
        let at = (room.x, room.bottom() - height);
        write_lines(scene, &self.notes, at, (SMALL, Anchor::Start, Ink::Muted));
    }

    /// The heading in the middle of what is below it.
    fn draw_heading(&self, figure: &Figure, room: Rect, scene: &mut Scene) {
        let middle = match (&self.body, &*figure.body) {
            (Placed::Panels(grid), Body::Panels(panels)) => grid.middle(panels),
            _ => None,
        };
        let widest = widest(&self.heading, HEADING) / 2.0;
        let center = middle.unwrap_or(room.center().0);
        let center = center.min(room.right() - widest).max(room.x + widest);
        write_lines(
            scene,
            &self.heading,
            (center, room.y),
            (HEADING, Anchor::Middle, Ink::Text),
        );
    }
}

fn wrapped_notes(figure: &Figure, width: f64, most: usize) -> Vec<String> {
    let wrapped = figure
        .notes
        .iter()
        .flat_map(|note| words::wrap(note, SMALL, width, most));
    let lines: Vec<String> = wrapped.take(most + 1).into_list();
    if lines.len() <= most {
        return lines;
    }
    // Some notes find no room: the last line that does says so.
    let mut kept = lines;
    kept.truncate(most);
    if let Some(last) = kept.last_mut() {
        *last = words::fit(&format!("{last} …"), SMALL, width);
    }
    kept
}

/// Height of a block of lines and the space that sets it apart.
fn block_height(lines: &[String], size: f64, space: f64) -> f64 {
    if lines.is_empty() {
        return 0.0;
    }
    lines.len() as f64 * size * font::LINE + space
}

fn widest(lines: &[String], size: f64) -> f64 {
    lines
        .iter()
        .map(|line| font::width(line, size))
        .fold(0.0, f64::max)
}

/// Writes `lines` one below the other; `at` is the top of the first.
fn write_lines(
    scene: &mut Scene,
    lines: &[String],
    at: (f64, f64),
    (size, anchor, ink): (f64, Anchor, Ink),
) {
    for (i, text) in lines.iter().enumerate() {
        // Letters stand in the middle of their line.
        let spare = (font::LINE - font::ASCENT - font::DESCENT) / 2.0;
        let baseline = at.1 + size * (i as f64 * font::LINE + spare + font::ASCENT);
        scene.push(Item::Label(Label {
            text: text.clone(),
            at: (at.0, baseline),
            size,
            anchor,
            ink,
            upwards: false,
        }));
    }
}

/// Whether any of the panels has axes.
fn has_axes(panels: &Panels) -> bool {
    panels.panels.iter().any(|panel| panel.frame == Frame::Axes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples;

    /// The rectangle that a label's letters take, less half a pixel of air.
    fn extent(label: &Label) -> Rect {
        let width = font::width(&label.text, label.size);
        let before = match label.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let (x, y) = label.at;
        let (above, below) = (label.size * 0.76, label.size * font::DESCENT);
        let whole = match label.upwards {
            false => Rect::new(x - before, y - above, width, above + below),
            true => Rect::new(x - above, y + before - width, above + below, width),
        };
        whole.inset(0.5)
    }

    fn label(item: &Item) -> Option<&Label> {
        match item {
            Item::Label(label) => Some(label),
            _ => None,
        }
    }

    fn labels(scene: &Scene) -> Vec<&Label> {
        scene.items.iter().filter_map(label).collect()
    }

    fn overlap(a: Rect, b: Rect) -> bool {
        a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
    }

    /// Nothing clipped by the page, no words on words, no words on pictures.
    #[track_caller]
    fn check(scene: &Scene, what: &str) {
        let page = Rect::new(0.0, 0.0, scene.width.into(), scene.height.into());
        let labels = labels(scene);
        for (i, label) in labels.iter().enumerate() {
            let area = extent(label);
            let inside = area.x >= page.x && area.y >= page.y;
            let inside = inside && area.right() <= page.right() && area.bottom() <= page.bottom();
            assert!(inside, "{what}: {:?} leaves the page: {area:?}", label.text);
            for other in &labels[..i] {
                let apart = !overlap(area, extent(other));
                assert!(apart, "{what}: {:?} on {:?}", label.text, other.text);
            }
            // Words in the colours of data stand in the cells of a picture.
            let in_cells = matches!(label.ink, Ink::Rgb(_));
            for item in scene.items.iter().filter(|_| !in_cells) {
                if let Item::Picture { area: picture, .. } = item {
                    assert!(
                        !overlap(area, *picture),
                        "{what}: {:?} on a picture",
                        label.text
                    );
                }
            }
        }
    }

    #[test]
    fn words_keep_clear_of_each_other_at_any_size() {
        let sides = [16, 40, 90, 160, 240, 333, 640, 2000];
        for (name, make) in samples::ALL {
            for width in sides {
                for height in sides {
                    let scene = layout(&make(width, height));
                    check(&scene, &format!("{name} at {width}×{height}"));
                }
            }
        }
    }

    #[test]
    fn hostile_words_keep_clear_of_each_other() {
        for text in samples::STRINGS {
            for (width, height) in [(160, 120), (400, 300), (900, 500)] {
                check(&layout(&samples::worded(text, width, height)), text);
            }
        }
    }

    #[test]
    fn sizes_are_clamped() {
        let size = |width, height| {
            let scene = layout(&samples::empty(width, height));
            (scene.width, scene.height)
        };
        assert_eq!(size(0, u32::MAX), (16, 4000));
    }

    #[test]
    fn panels_of_a_grid_have_boxes_of_one_size() {
        let scene = layout(&samples::histograms(1000, 240));
        let frames: Vec<Rect> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Rect {
                    area,
                    ink: Ink::Frame,
                    ..
                } if area.height > 50.0 => Some(*area),
                _ => None,
            })
            .collect();
        assert_eq!(frames.len(), 5);
        assert!(
            frames
                .iter()
                .all(|f| f.y == frames[0].y && f.height == frames[0].height)
        );
    }

    #[test]
    fn small_pictures_are_enlarged_by_whole_numbers() {
        let scene = layout(&samples::images(750, 340));
        for item in &scene.items {
            if let Item::Picture { area, .. } = item {
                assert_eq!((area.width, area.height), (area.height, area.width));
                assert_eq!((area.width * 2.0) % 32.0, 0.0, "{area:?}");
            }
        }
    }
}
