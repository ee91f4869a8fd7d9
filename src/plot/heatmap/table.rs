//! The numbers of a heat map: averaged where there are many rows, and in their
//! order.

use ndarray::{Array2, ArrayView2, Axis};

use super::super::matrix::{MAX_CELLS, Mean, block_note, block_size, picked};
use super::Heatmap;
use crate::dataset::{Columns, Feature};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach};
use crate::stats::leaf_order;

/// What the caption says of features that are left out.
pub(super) const CHOOSE: &str = "features; choose others with features([…])";

pub(super) struct Table {
    /// Rows, or blocks of them, by features.
    pub(super) values: Array2<f64>,
    /// All rows.
    pub(super) rows: usize,
    pub(super) names: Vec<String>,
    /// Beside each row, where there are names and no blocks.
    pub(super) row_names: Option<Vec<String>>,
    /// What the rows are counted by.
    pub(super) row_label: &'static str,
    /// Numbers that are not finite.
    pub(super) blank: usize,
    /// Numbers without a logarithm where one is needed.
    pub(super) not_positive: usize,
    /// Rows in a block.
    block: usize,
}

/// The numbers that `plot` asks for.
pub(super) fn read(plot: &Heatmap, rows: &Columns, features: &[Feature]) -> Result<Table> {
    let block = block_size(rows.len);
    let mut table = Table {
        values: Array2::from_elem((rows.len.div_ceil(block), features.len()), f64::NAN),
        rows: rows.len,
        names: features.map_each(|feature| feature.name.clone()),
        row_names: plot.row_names.clone().filter(|_| block == 1),
        row_label: "row",
        blank: 0,
        not_positive: 0,
        block,
    };
    for (feature, column) in features.iter().zip(table.values.axis_iter_mut(Axis(1))) {
        let mut numbers = rows
            .feature(feature)
            .to_f64()
            .ok_or_else(|| Error::internal("a feature without numbers"))?;
        table.blank += numbers.iter().filter(|v| !v.is_finite()).count();
        if plot.z_score {
            standardize(&mut numbers);
        }
        if plot.coloring.log {
            table.not_positive += numbers
                .iter()
                .filter(|v| **v <= 0.0 && v.is_finite())
                .count();
        }
        for (place, chunk) in column.into_iter().zip(numbers.chunks(block)) {
            let mut mean = Mean::default();
            chunk.iter().for_each(|&value| mean.add(value));
            *place = mean.get();
        }
    }
    if plot.cluster {
        table.cluster();
    }
    Ok(table)
}

/// Numbers less their mean by their standard deviation; 0 where they do not vary.
fn standardize(numbers: &mut [f64]) {
    let mut mean = Mean::default();
    numbers.iter().for_each(|&v| mean.add(v));
    let mean = mean.get();
    // Halved twice, so that squares of the largest numbers stay finite.
    let largest = numbers
        .iter()
        .filter(|v| v.is_finite())
        .fold(0.0, |most: f64, v| most.max((v / 2.0 - mean / 2.0).abs()));
    let mut squares = Mean::default();
    let mut n: f64 = 0.0;
    for &v in numbers.iter().filter(|v| v.is_finite()) {
        let away = (v / 2.0 - mean / 2.0) / largest;
        squares.add(away * away);
        n += 1.0;
    }
    // The deviation of a sample, as in seaborn.
    let deviation = largest * (squares.get() * n / (n - 1.0)).sqrt();
    for v in numbers.iter_mut().filter(|v| v.is_finite()) {
        *v = match deviation > 0.0 && deviation.is_finite() {
            true => (*v / 2.0 - mean / 2.0) / deviation,
            false => 0.0,
        };
    }
}

impl Table {
    /// Like rows beside like rows, and like features beside like features.
    fn cluster(&mut self) {
        let every = |count: usize| (0..count).collect::<Vec<usize>>();
        let (rows, columns) = self.values.dim();
        let order = leaf_order(distances(self.values.t()).view());
        self.values = picked(&self.values, &every(rows), &order);
        self.names = order.map_each(|&i| self.names[i].clone());
        if self.block > 1 {
            return;
        }
        let order = leaf_order(distances(self.values.view()).view());
        self.values = picked(&self.values, &order, &every(columns));
        self.row_label = "row, in the order of clusters";
        if let Some(names) = &mut self.row_names {
            *names = order.map_each(|&i| names[i].clone());
        }
    }

    pub(super) fn block_note(&self) -> Option<String> {
        block_note((self.block, 1))
    }

    /// What is in the order of clusters.
    pub(super) fn order_note(&self) -> String {
        match self.block {
            1 => "rows and features in the order of clusters (average linkage)".to_owned(),
            _ => format!(
                "features in the order of clusters (average linkage); rows as they are, being more than {MAX_CELLS}"
            ),
        }
    }
}

/// The Euclidean distance between each two rows, over the numbers that both have.
fn distances(rows: ArrayView2<'_, f64>) -> Array2<f64> {
    let n = rows.nrows();
    let mut all = Array2::zeros((n, n));
    let rows: Vec<Vec<f64>> = rows.rows().into_iter().map(|row| row.to_vec()).into_list();
    for i in 0..n {
        for j in i + 1..n {
            let squares = rows[i].iter().zip(&rows[j]).map(|(a, b)| (a - b) * (a - b));
            let sum: f64 = squares.filter(|square| !square.is_nan()).sum();
            all[[i, j]] = sum.sqrt();
            all[[j, i]] = all[[i, j]];
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standardized_numbers_have_no_mean_and_a_deviation_of_one() {
        let mut numbers = vec![1.0, 2.0, f64::NAN, 3.0];
        standardize(&mut numbers);
        assert_eq!((numbers[0], numbers[1], numbers[3]), (-1.0, 0.0, 1.0));
        let mut same = vec![5.0, 5.0];
        standardize(&mut same);
        assert_eq!(same, [0.0, 0.0]);
        let mut huge = vec![f64::MAX, -f64::MAX];
        standardize(&mut huge);
        assert!((huge[0] - 0.5_f64.sqrt()).abs() < 1e-12, "{huge:?}");
    }

    #[test]
    fn distances_leave_out_what_is_not_a_number() {
        let rows = ndarray::array![[0.0, 0.0], [3.0, 4.0], [f64::NAN, 1.0]];
        let found = distances(rows.view());
        assert_eq!((found[[0, 1]], found[[2, 0]]), (5.0, 1.0));
    }
}
