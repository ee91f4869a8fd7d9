//! The principal components, and where the rows lie along them.

use ndarray::{Array2, ArrayView1};

use super::table::Table;
use crate::dataset::Permutation;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapNumbers};
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
    scaling: Option<Vec<Scaling>>,
    found: Pca,
    components: (usize, usize),
}

/// How a feature is taken less its mean, by its standard deviation.
struct Scaling {
    /// The largest size, so that squares stay within range.
    unit: f64,
    mean: f64,
    deviation: f64,
}

impl Scaling {
    fn of(feature: ArrayView1<'_, f64>) -> Scaling {
        let largest = feature.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        let unit = if largest > 0.0 { largest } else { 1.0 };
        let rows = feature.len() as f64;
        let mean = feature.iter().fold(0.0, |sum, v| sum + v / unit) / rows;
        let square = |v: &f64| (v / unit - mean) * (v / unit - mean);
        let deviation = (feature.iter().fold(0.0, |sum, v| sum + square(v)) / rows).sqrt();
        Scaling {
            unit,
            mean,
            // Rounding leaves what does not vary a trace of a deviation.
            deviation: if deviation > 1e-14 {
                deviation
            } else {
                f64::INFINITY
            },
        }
    }
}

/// Scales each feature, which is a column, in its way.
fn scale(numbers: &mut Array2<f64>, features: &[Scaling]) {
    for mut row in numbers.rows_mut() {
        for (v, own) in row.iter_mut().zip(features) {
            *v = (*v / own.unit - own.mean) / own.deviation;
        }
    }
}

impl Model {
    fn of(mut numbers: Array2<f64>, wanted: Wanted) -> Result<Model> {
        let columns = || numbers.columns().into_iter();
        let scaling = (wanted.standardize).then(|| columns().map(Scaling::of).into_list());
        if let Some(scaling) = &scaling {
            scale(&mut numbers, scaling);
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
        let component = |number: usize| self.found.components.row(number - 1);
        let (across, up) = (component(self.components.0), component(self.components.1));
        for (rows, mut numbers) in table.pieces(known) {
            if let Some(scaling) = &self.scaling {
                scale(&mut numbers, scaling);
            }
            for (row, mut numbers) in rows.iter().zip(numbers.rows_mut()) {
                for (v, mean) in numbers.iter_mut().zip(&self.found.mean) {
                    *v -= mean;
                }
                (places.0[*row], places.1[*row]) = (numbers.dot(&across), numbers.dot(&up));
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
