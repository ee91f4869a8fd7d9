//! A grid of dots, two wide and four high to a character.

use crate::list::MapEach;

/// Where dots are set, with the origin at the top left.
pub(super) struct Braille {
    columns: usize,
    cells: Vec<u8>,
}

/// The bit of each dot within a character, by row and column.
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl Braille {
    /// A canvas of `columns` by `rows` characters.
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        Braille {
            columns,
            cells: vec![0; columns * rows],
        }
    }

    /// Dots in each direction.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.columns * 2, self.cells.len() / self.columns.max(1) * 4)
    }

    /// Sets the dot at these shares (0 to 1) of the width from the left and
    /// of the height from the top.
    pub(super) fn dot(&mut self, across: f64, down: f64) {
        let (width, height) = self.size();
        if width == 0 || height == 0 || !across.is_finite() || !down.is_finite() {
            return;
        }
        let place = |share: f64, count: usize| ((share * count as f64) as usize).min(count - 1);
        let (x, y) = (place(across, width), place(down, height));
        self.cells[y / 4 * self.columns + x / 2] |= BITS[y % 4][x % 2];
    }

    /// Sets the dots from one place to another.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let (width, height) = self.size();
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let longest = (dx.abs() * width as f64).max(dy.abs() * height as f64);
        let steps = longest.ceil().clamp(1.0, (width + height + 1) as f64);
        for i in 0..=steps as usize {
            let t = i as f64 / steps;
            self.dot(from.0 + dx * t, from.1 + dy * t);
        }
    }

    /// The characters, row by row; those without dots are spaces.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<char>> {
        let shape = |&bits: &u8| match bits {
            0 => ' ',
            bits => char::from_u32(0x2800 + u32::from(bits)).unwrap_or(' '),
        };
        self.cells
            .chunks(self.columns.max(1))
            .map(move |row| row.map_each(shape))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(canvas: &Braille) -> Vec<String> {
        canvas.rows().map(String::from_iter).collect()
    }

    #[test]
    fn dots_fall_into_their_characters() {
        let mut canvas = Braille::new(2, 1);
        canvas.dot(0.0, 0.0);
        canvas.dot(1.0, 1.0);
        assert_eq!(text(&canvas), ["⠁⢀"]);
    }

    #[test]
    fn a_line_joins_its_ends() {
        let mut canvas = Braille::new(2, 1);
        canvas.line((0.0, 0.0), (1.0, 1.0));
        assert_eq!(text(&canvas), ["⠑⢄"]);
    }

    #[test]
    fn what_is_not_finite_sets_no_dot() {
        let mut canvas = Braille::new(1, 1);
        canvas.line((f64::NAN, 0.0), (f64::INFINITY, 0.0));
        assert_eq!(text(&canvas), [" "]);
    }
}
