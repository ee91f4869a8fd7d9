//! The grid of panels: axes boxes aligned in rows and columns, of one size or of
//! stated shares, with the room their words need around them.

use super::{Detail, axes, has_axes, key};
use crate::list::{IntoList, MapEach};
use crate::plot::figure::{Frame, Panel, Panels};
use crate::render::font;
use crate::render::scene::Rect;
use crate::render::words;

/// Room for words around an axes box.
#[derive(Clone, Copy, Debug, Default)]
struct Sides {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Font sizes for titles of panels, from the one to start with to the one
/// that is still easily read.
const TITLE_SIZES: [f64; 4] = [13.0, 12.0, 11.0, 10.0];

/// Between a title and its axes box.
pub(super) const TITLE_GAP: f64 = 4.0;

/// The place of one panel.
pub(super) struct Slot {
    /// The axes box.
    pub(super) area: Rect,
    /// The area with the room for words around it.
    pub(super) cell: Rect,
    pub(super) title: Vec<String>,
    pub(super) title_size: f64,
}

pub(super) struct Grid {
    slots: Vec<Slot>,
    /// What each panel could fill. A thin picture fills less of it, whatever
    /// else gives way.
    offered: (f64, f64),
    columns: usize,
}

impl Grid {
    /// Places the panels of `figure` in `room`.
    pub(super) fn fit(figure: &Panels, room: Rect, detail: Detail) -> Self {
        let columns = figure.columns.clamp(1, figure.panels.len().max(1));
        let mut draft = Draft::new(figure, room, columns);
        // Sides depend on the size of the box and it on them; the third round
        // changes nothing any more but for ticks at the limit of their room.
        for _ in 0..3 {
            draft.improve(figure, detail);
        }
        let offered = draft.size;
        draft.tighten(figure);
        Grid {
            slots: draft.slots(),
            offered,
            columns,
        }
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The middle of the axes boxes of a row.
    pub(super) fn middle(&self, figure: &Panels) -> Option<f64> {
        let (first, last) = (self.slots.first()?, self.slots.get(self.columns - 1)?);
        let area = |slot: &Slot, panel: &Panel| axes::area(panel, slot.area);
        let left = area(first, figure.panels.first()?).x;
        let right = area(last, figure.panels.get(self.columns - 1)?).right();
        Some((left + right) / 2.0)
    }

    /// Whether each panel has room enough to see something in it; `share` of
    /// what is comfortable counts as enough.
    pub(super) fn is_legible(&self, figure: &Panels, share: f64) -> bool {
        let enough = |panel: &Panel| {
            let (width, height) = match panel.frame {
                Frame::Axes if figure.joined => (28.0, 22.0),
                Frame::Axes => (56.0, 44.0),
                Frame::Off => (14.0, 14.0),
            };
            self.offered.0 >= width * share && self.offered.1 >= height * share
        };
        figure.panels.iter().all(enough)
    }

    /// The box of all axes boxes.
    pub(super) fn bounds(&self) -> Option<Rect> {
        let (first, last) = (self.slots.first()?.area, self.slots.last()?.area);
        let right = self.slots.iter().map(|slot| slot.area.right());
        let right = right.fold(last.right(), f64::max);
        Some(Rect::between((first.x, first.y), (right, last.bottom())))
    }
}

/// A grid in the making.
struct Draft {
    room: Rect,
    columns: usize,
    gap: (f64, f64),
    /// Width and height of an axes box whose column and row have the weight 1.
    size: (f64, f64),
    /// Of columns and rows; 1 on the average.
    weights: (Vec<f64>, Vec<f64>),
    /// Left and right sides of each column, top and bottom sides of each row.
    across: Vec<(f64, f64)>,
    down: Vec<(f64, f64)>,
    titles: Vec<Vec<String>>,
    title_size: f64,
}

/// The least that one side of every track needs.
fn widen(track: &mut (f64, f64), sides: (f64, f64)) {
    *track = (track.0.max(sides.0), track.1.max(sides.1));
}

/// The weights of so many tracks, which make their average 1; 1 where none is stated.
fn weights(stated: &[f64], count: usize) -> Vec<f64> {
    let stated = stated.iter().copied().filter(|weight| *weight > 0.0);
    let weights: Vec<f64> = stated.chain(std::iter::repeat(1.0)).take(count).into_list();
    let average = weights.iter().sum::<f64>() / count.max(1) as f64;
    weights.map_each(|weight| weight / average)
}

fn total(tracks: &[(f64, f64)]) -> f64 {
    tracks.iter().map(|t| t.0 + t.1).sum()
}

impl Draft {
    fn new(figure: &Panels, room: Rect, columns: usize) -> Self {
        let rows = figure.panels.len().div_ceil(columns).max(1);
        let gap: f64 = match has_axes(figure) {
            _ if figure.joined => 6.0,
            true => 14.0,
            false => 8.0,
        };
        // Lines between the tiles of a mosaic are all of one width.
        let even = |gap: f64| if (1.0..2.0).contains(&gap) { 1.0 } else { gap };
        let share = |length: f64, count: usize| even(gap.min(length / count as f64 * 0.1));
        Draft {
            room,
            columns,
            gap: (share(room.width, columns), share(room.height, rows)),
            size: (room.width / columns as f64, room.height / rows as f64),
            weights: (
                weights(&figure.widths, columns),
                weights(&figure.heights, rows),
            ),
            across: vec![(0.0, 0.0); columns],
            down: vec![(0.0, 0.0); rows],
            titles: vec![Vec::new(); figure.panels.len()],
            title_size: TITLE_SIZES[0],
        }
    }

    /// Takes the sides that words need at the present size, and the size that
    /// these sides leave.
    fn improve(&mut self, figure: &Panels, detail: Detail) {
        if detail.titles {
            self.set_titles(figure);
        }
        let (mut across, mut down) = (self.across.clone(), self.down.clone());
        across.fill((0.0, 0.0));
        down.fill((0.0, 0.0));
        for (i, panel) in figure.panels.iter().enumerate() {
            let sides = self.sides(panel, i, detail);
            widen(&mut across[i % self.columns], (sides.left, sides.right));
            widen(&mut down[i / self.columns], (sides.top, sides.bottom));
        }
        (self.across, self.down) = (across, down);
        let left = |length: f64, tracks: &[(f64, f64)], gap: f64| {
            let gaps = gap * (tracks.len() - 1) as f64;
            ((length - total(tracks) - gaps) / tracks.len() as f64).max(1.0)
        };
        self.size = (
            left(self.room.width, &self.across, self.gap.0),
            left(self.room.height, &self.down, self.gap.1),
        );
    }

    fn sides(&self, panel: &Panel, index: usize, detail: Detail) -> Sides {
        let area = axes::area(panel, self.full(index));
        let lines = self.titles[index].len() as f64;
        let title = lines * self.title_size * font::LINE;
        let mut sides = axes::sides_of(panel, area, detail);
        if detail.keys {
            sides.1 = sides.1.max(key::width(
                &panel.keys,
                area.height,
                self.room.width / self.columns as f64,
            ));
        }
        Sides {
            left: sides.0,
            right: sides.1,
            top: if lines > 0.0 { title + TITLE_GAP } else { 0.0 },
            bottom: sides.2,
        }
    }

    /// The axes box of a panel, at the origin.
    fn full(&self, index: usize) -> Rect {
        let (column, row) = (index % self.columns, index / self.columns);
        let (wide, high) = (self.weights.0[column], self.weights.1[row]);
        Rect::new(0.0, 0.0, self.size.0 * wide, self.size.1 * high)
    }

    /// How long a line of a title in `column` may be, centred on its box.
    fn title_room(&self, column: usize) -> f64 {
        let (left, right) = self.across[column];
        let gap = if self.columns > 1 {
            self.gap.0 - 6.0
        } else {
            0.0
        };
        self.size.0 * self.weights.0[column] + 2.0 * left.min(right) + gap
    }

    /// One size for all titles: the largest at which each has a line of its
    /// own, or else one at which the long ones are wrapped.
    fn set_titles(&mut self, figure: &Panels) {
        let titles: Vec<String> = figure.panels.map_each(title);
        let fits = |size: f64| {
            let room = |i: usize| self.title_room(i % self.columns);
            titles
                .iter()
                .enumerate()
                .all(|(i, title)| font::width(title, size) <= room(i))
        };
        let size = TITLE_SIZES.into_iter().find(|&size| fits(size));
        self.title_size = size.unwrap_or(TITLE_SIZES[2]);
        let most = if self.size.1 < 90.0 { 1 } else { 2 };
        for (i, text) in titles.iter().enumerate() {
            let room = self.title_room(i % self.columns);
            let fits = |word: &str| font::width(word, self.title_size) <= room;
            // Half a word on a line of its own helps nobody.
            let most = if text.split(' ').all(fits) { most } else { 1 };
            self.titles[i] = words::wrap(text, self.title_size, room, most);
        }
    }

    /// Moves pictures together where square pixels leave them room.
    fn tighten(&mut self, figure: &Panels) {
        let weighted = !(figure.widths.is_empty() && figure.heights.is_empty());
        let square = figure.panels.iter().all(|panel| panel.equal_aspect);
        if figure.panels.is_empty() || weighted || !square {
            return;
        }
        let full = Rect::new(0.0, 0.0, self.size.0, self.size.1);
        let areas: Vec<Rect> = figure.panels.map_each(|panel| axes::area(panel, full));
        let most = |length: fn(&Rect) -> f64| areas.iter().map(length).fold(1.0, f64::max);
        let height = most(|area| area.height);
        // Titles keep the room they were given.
        let width = if self.titles.iter().all(Vec::is_empty) {
            most(|area| area.width)
        } else {
            let widest = |lines: &Vec<String>| super::widest(lines, self.title_size);
            let titles = self.titles.iter().map(widest).fold(0.0, f64::max);
            most(|area| area.width).max((titles + 6.0 - self.gap.0).min(self.size.0))
        };
        self.size = (width, height);
        self.room = self.shrunk_room();
    }

    /// The room that is used at the present size, in the middle of the room.
    fn shrunk_room(&self) -> Rect {
        let used = |size: f64, tracks: &[(f64, f64)], gap: f64| {
            total(tracks) + size * tracks.len() as f64 + gap * (tracks.len() - 1) as f64
        };
        let width = used(self.size.0, &self.across, self.gap.0);
        let height = used(self.size.1, &self.down, self.gap.1);
        let (x, y) = self.room.center();
        Rect::new(x - width / 2.0, y - height / 2.0, width, height)
    }

    /// Boxes begin and end at whole pixels, so that bars stand on their axis.
    fn slots(mut self) -> Vec<Slot> {
        let whole = |size: f64, weights: &[f64]| -> Vec<f64> {
            let whole = |weight: &f64| (size * weight).floor().max(1.0);
            weights.map_each(whole)
        };
        let widths = whole(self.size.0, &self.weights.0);
        let heights = whole(self.size.1, &self.weights.1);
        let xs = offsets(self.room.x, &widths, &self.across, self.gap.0);
        let ys = offsets(self.room.y, &heights, &self.down, self.gap.1);
        let titles = std::mem::take(&mut self.titles);
        let place = |(i, title): (usize, Vec<String>)| {
            let (column, row) = (i % self.columns, i / self.columns);
            let area = Rect::new(
                xs[column].round(),
                ys[row].round(),
                widths[column],
                heights[row],
            );
            let ((left, right), (top, bottom)) = (self.across[column], self.down[row]);
            Slot {
                area,
                cell: Rect::new(
                    area.x - left,
                    area.y - top,
                    left + area.width + right,
                    top + area.height + bottom,
                ),
                title,
                title_size: self.title_size,
            }
        };
        titles.into_iter().enumerate().map(place).into_list()
    }
}

/// Where the boxes of consecutive tracks begin.
fn offsets(start: f64, sizes: &[f64], tracks: &[(f64, f64)], gap: f64) -> Vec<f64> {
    let mut at = start;
    let next = |(track, size): (&(f64, f64), &f64)| {
        let begin = at + track.0;
        at = begin + size + track.1 + gap;
        begin
    };
    tracks.map_zipped(sizes, next)
}

fn title(panel: &Panel) -> String {
    let title = panel.title.as_deref().unwrap_or_default();
    words::lines(title).join(" ").trim().to_owned()
}
