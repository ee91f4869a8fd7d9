//! Long tables averaged in blocks: a screen shows no more rows than it has pixels.

use ndarray::Array2;

use super::super::number::count;

/// The longest side of a matrix in cells; longer ones are averaged in blocks.
pub(crate) const MAX_CELLS: usize = 800;

/// How many rows, or columns, of `length` share a block.
pub(crate) fn block_size(length: usize) -> usize {
    length.div_ceil(MAX_CELLS).max(1)
}

/// More cells than this are finer than the pixels of a page.
const MOST: usize = 400 * 400;

/// How many rows and how many columns of a matrix of so many share a block.
pub(crate) fn block_sizes((rows, columns): (usize, usize)) -> (usize, usize) {
    let mut by = (block_size(rows), block_size(columns));
    let cells = |by: (usize, usize)| (rows.div_ceil(by.0), columns.div_ceil(by.1));
    loop {
        let (down, across) = cells(by);
        if down * across <= MOST {
            return by;
        }
        match down >= across {
            true => by.0 += by.0.div_ceil(8),
            false => by.1 += by.1.div_ceil(8),
        }
    }
}

/// What was averaged, rows and columns in a block.
pub(crate) fn block_note((rows, columns): (usize, usize)) -> Option<String> {
    (rows > 1 || columns > 1).then(|| {
        format!(
            "blocks of {} × {} cells averaged",
            count(rows),
            count(columns)
        )
    })
}

/// The mean of finite numbers that come one after another; NaN of none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mean {
    mean: f64,
    count: f64,
}

impl Mean {
    pub(crate) fn add(&mut self, value: f64) {
        if value.is_finite() {
            self.count += 1.0;
            // By shares, so that the largest numbers have a mean too.
            self.mean += value / self.count - self.mean / self.count;
        }
    }

    pub(crate) fn get(self) -> f64 {
        match self.count > 0.0 {
            true => self.mean,
            false => f64::NAN,
        }
    }
}

/// A matrix given row by row with blocks of `by` rows and columns averaged.
pub(crate) fn averaged(values: &[f64], width: usize, by: (usize, usize)) -> Array2<f64> {
    let height = values.len().checked_div(width).unwrap_or(0);
    let mut means = Array2::from_elem(
        (height.div_ceil(by.0), width.div_ceil(by.1)),
        Mean::default(),
    );
    for (i, row) in values.chunks_exact(width.max(1)).enumerate() {
        for (j, &value) in row.iter().enumerate() {
            means[[i / by.0, j / by.1]].add(value);
        }
    }
    means.mapv(Mean::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_leave_out_what_is_not_finite() {
        let mean = |values: &[f64]| {
            let mut mean = Mean::default();
            values.iter().for_each(|&v| mean.add(v));
            mean.get()
        };
        assert_eq!(mean(&[1.0, f64::NAN, 3.0, f64::INFINITY]), 2.0);
        assert_eq!(mean(&[f64::MAX, f64::MAX]), f64::MAX);
        assert!(mean(&[f64::NAN]).is_nan() && mean(&[]).is_nan());
    }

    #[test]
    fn each_direction_has_its_own_blocks() {
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let found = averaged(&values, 2, (2, 1));
        assert_eq!(found, ndarray::array![[2.0, 3.0], [5.0, 6.0]]);
        assert_eq!(
            averaged(&values, 3, (1, 2)),
            ndarray::array![[1.5, 3.0], [4.5, 6.0]]
        );
        assert_eq!(averaged(&[], 0, (1, 1)).dim(), (0, 0));
    }

    #[test]
    fn blocks_are_as_small_as_can_be() {
        assert_eq!((block_size(0), block_size(800), block_size(801)), (1, 1, 2));
        assert_eq!(block_sizes((800, 100)), (1, 1));
        assert_eq!(block_sizes((1000, 1000)), (3, 3));
        assert_eq!(block_sizes((0, usize::MAX)), (1, usize::MAX.div_ceil(800)));
        assert_eq!(block_note((1, 1)), None);
        assert_eq!(
            block_note((1250, 1)).unwrap(),
            "blocks of 1,250 × 1 cells averaged"
        );
    }
}
