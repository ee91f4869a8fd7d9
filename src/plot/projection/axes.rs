//! The principal components, and where the rows lie along them.

use ndarray::{Array1, Array2, ArrayView1, Axis, Zip};

use super::table::Table;
use crate::dataset::Permutation;
use crate::error::{Error, Result};
use crate::list::MapNumbers;
use crate::plot::number::count;
use crate::plot::points::Coordinate;
use crate::stats::{Pca, pca};

/// Components are found in at most so many numbers.
const MOST_NUMBERS: usize = 1 << 24;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Counted from 1.
    pub(super) components: (usize, usize),
    pub(super) standardize: bool,
}

/// Where the rows lie, and what is to be said about it.
pub(super) struct Found {
    pub(super) x: Coordinate,
    pub(super) y: Coordinate,
    pub(super) notes: Vec<Option<String>>,
}

impl Found {
    /// Rows that are not finite lie nowhere: their coordinates are NaN.
    pub(super) fn of(table: &Table, wanted: Wanted) -> Result<Found> {
        check(table, wanted)?;
        let known = table.finite();
        let what = format!(
            "principal components of {}",
            table.words(if wanted.standardize {
                "standardized "
            } else {
                ""
            })
        );
        if known.is_empty() {
            let nowhere =
                |component| Coordinate::new(format!("PC {component}"), vec![f64::NAN; table.len()]);
            let (x, y) = wanted.components;
            return Ok(Found {
                x: nowhere(x),
                y: nowhere(y),
                notes: Vec::new(),
            });
        }
        let fitted = sample(&known, table.width());
        let note = (fitted.len() < known.len()).then(|| {
            format!(
                "components of {} of {} rows, a random sample (seed 0)",
                count(fitted.len()),
                count(known.len())
            )
        });
        let model = Model::of(table.rows(&fitted), wanted)?;
        let (x, y) = model.places(table, &known);
        Ok(Found {
            x: model.coordinate(wanted.components.0, x),
            y: model.coordinate(wanted.components.1, y),
            notes: vec![Some(what), note],
        })
    }
}

fn check(table: &Table, wanted: Wanted) -> Result<()> {
    let (width, most) = (table.width(), wanted.components.0.max(wanted.components.1));
    if most <= width {
        return Ok(());
    }
    Err(Error::value(format!(
        "expected at least {most} features to find component {most}, but found {}",
        table.words("")
    )))
}

/// All rows, or as many drawn at random as the components can be found in.
fn sample(rows: &[usize], width: usize) -> Vec<usize> {
    let most = (MOST_NUMBERS / width.max(1)).max(2);
    if rows.len() <= most {
        return rows.to_vec();
    }
    let order = Permutation::new(rows.len(), 0);
    (0..most).map_each(|i| rows[order.at(i)])
}

/// The components of some rows, and how numbers are scaled before them.
struct Model {
    scaling: Option<Scaling>,
    found: Pca,
    components: (usize, usize),
}

/// Each feature less its mean, by its standard deviation.
struct Scaling {
    /// The largest size of each feature, so that squares stay within range.
    unit: Array1<f64>,
    mean: Array1<f64>,
    deviation: Array1<f64>,
}

impl Scaling {
    fn of(numbers: &Array2<f64>) -> Scaling {
        let largest = |column: ArrayView1<'_, f64>| {
            let largest = column
                .iter()
                .fold(0.0, |largest: f64, v| largest.max(v.abs()));
            if largest > 0.0 { largest } else { 1.0 }
        };
        let unit: Array1<f64> = numbers.columns().into_iter().map(largest).collect();
        let scaled = numbers / &unit;
        let rows = scaled.nrows() as f64;
        let mean = scaled.sum_axis(Axis(0)) / rows;
        let squares = (&scaled - &mean).mapv(|d| d * d).sum_axis(Axis(0)) / rows;
        // Rounding leaves what does not vary a trace of a deviation.
        let deviation = squares.mapv(|v| {
            if v.sqrt() > 1e-14 {
                v.sqrt()
            } else {
                f64::INFINITY
            }
        });
        Scaling {
            unit,
            mean,
            deviation,
        }
    }

    fn apply(&self, numbers: &mut Array2<f64>) {
        for mut row in numbers.rows_mut() {
            Zip::from(&mut row)
                .and(&self.unit)
                .and(&self.mean)
                .and(&self.deviation)
                .for_each(|v, unit, mean, deviation| *v = (*v / unit - mean) / deviation);
        }
    }
}

impl Model {
    fn of(mut numbers: Array2<f64>, wanted: Wanted) -> Result<Model> {
        let scaling = wanted.standardize.then(|| Scaling::of(&numbers));
        if let Some(scaling) = &scaling {
            scaling.apply(&mut numbers);
        }
        let components = wanted.components;
        Ok(Model {
            found: pca(numbers.view(), components.0.max(components.1))?,
            scaling,
            components,
        })
    }

    /// Where the known rows of a table lie along x and y.
    fn places(&self, table: &Table, known: &[usize]) -> (Vec<f64>, Vec<f64>) {
        let mut places = (vec![f64::NAN; table.len()], vec![f64::NAN; table.len()]);
        let mean = Array1::from(self.found.mean.clone());
        let component = |number: usize| self.found.components.row(number - 1);
        let (across, up) = (component(self.components.0), component(self.components.1));
        for (rows, mut numbers) in table.pieces(known) {
            if let Some(scaling) = &self.scaling {
                scaling.apply(&mut numbers);
            }
            numbers -= &mean;
            for (row, (x, y)) in rows
                .iter()
                .zip(numbers.dot(&across).iter().zip(&numbers.dot(&up)))
            {
                (places.0[*row], places.1[*row]) = (*x, *y);
            }
        }
        places
    }

    fn coordinate(&self, number: usize, values: Vec<f64>) -> Coordinate {
        let share = self.found.explained_variance_ratio[number - 1] * 100.0;
        Coordinate::new(format!("PC {number} ({share:.1} % of variance)"), values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_tables_are_sampled() {
        let rows: Vec<usize> = (0..1000).collect();
        assert_eq!(sample(&rows, 64), rows);
        let few = sample(&rows, MOST_NUMBERS / 10);
        assert_eq!(few.len(), 10);
        assert!(few.windows(2).any(|pair| pair[0] > pair[1]));
        assert_eq!(sample(&rows, usize::MAX).len(), 2);
    }
}
