//! Components of rank 1 as sequences: a line for each row, or their mean.

use ndarray::ArrayView2;

use super::super::hue::{Classes, MAX_CLASSES};
use super::super::notes;
use super::super::number::count;
use super::LinePlot;
use super::curves::{Curve, Curves, FEW};
use crate::dataset::{Columns, Dataset, Key};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapNumbers};
use crate::stats::mean_band;

/// More sequences than this are sampled: lines upon lines show no more.
const MAX_LINES: usize = 1_000;

pub(super) fn read(plot: &LinePlot, key: &Key) -> Result<Curves> {
    let keys: Vec<&Key> = std::iter::once(key).chain(&plot.hue).into_list();
    let (dataset, keys) = plot.dataset.only(&keys);
    let rows = match plot.mean {
        true => dataset.plot_rows()?,
        false => dataset.sampled_rows(MAX_LINES, 0)?,
    };
    let table = Table::of(&rows, &keys[0])?;
    let classes = classes(plot, &dataset, &rows, keys.get(1))?;
    let mut curves = Curves {
        x_name: "index".to_owned(),
        y_name: match key {
            Key::Name(name) => Some(name.clone()),
            Key::Index(_) => None,
        },
        whole_x: true,
        title: match (&plot.hue, &classes.title) {
            (Some(Key::Name(name)), _) => Some(name.clone()),
            (_, title) => title.clone(),
        },
        notes: notes::extent(rows.len, &rows.extent, "sequences")
            .into_iter()
            .into_list(),
        lost: table.values.iter().filter(|v| !v.is_finite()).count(),
        ..Curves::default()
    };
    match plot.mean {
        true => curves.curves = table.means(plot, &classes)?,
        false => {
            let told = plot.hue.is_some();
            curves.add(table.lines(&classes, told), |_| {
                table.plain_means(&classes, told)
            });
            if !told && rows.len <= FEW {
                curves.title = Some("row".to_owned());
            }
        }
    }
    Ok(curves)
}

fn classes(
    plot: &LinePlot,
    dataset: &Dataset,
    rows: &Columns,
    hue: Option<&Key>,
) -> Result<Classes> {
    match hue {
        Some(key) => {
            let classes = Classes::of(dataset, rows, key, plot.class_names.as_deref())?;
            Ok(classes.at_most(MAX_CLASSES))
        }
        None => Ok(Classes {
            title: None,
            names: vec![String::new()],
            of: vec![0; rows.len],
        }),
    }
}

/// Sequences, one below the other.
struct Table {
    values: Vec<f64>,
    rows: usize,
    length: usize,
}

impl Table {
    fn of(rows: &Columns, key: &Key) -> Result<Table> {
        let names = rows.spec.names();
        let component = key.find(&names, "component")?;
        let tensor = &rows.components[component];
        let spec = rows.spec.components()[component];
        let wrong = || {
            Error::shape(format!(
                "expected a vector of numbers a row to draw as a line, but component '{}' has {spec}",
                names[component]
            ))
        };
        match (tensor.shape(), tensor.view().to_f64()) {
            (&[rows, length], Some(values)) => Ok(Table {
                values,
                rows,
                length,
            }),
            _ => Err(wrong()),
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.length..(row + 1) * self.length]
    }

    /// A line for each row.
    fn lines(&self, classes: &Classes, told: bool) -> Vec<Curve> {
        let line = |row: usize| {
            let class = classes.of[row];
            match told {
                true => Curve::over_index(classes.names[class].clone(), class, self.row(row)),
                false => Curve::over_index(row.to_string(), row, self.row(row)),
            }
        };
        let mut lines: Vec<Curve> = (0..self.rows).map_each(line);
        if !told && lines.len() > FEW {
            lines.iter_mut().for_each(|line| line.series = 0);
        }
        lines
    }

    /// The rows of a class.
    fn of_class(&self, classes: &Classes, class: usize) -> (usize, Vec<f64>) {
        let rows = || (0..self.rows).filter(|&row| classes.of[row] == class);
        let values = rows().flat_map(|row| self.row(row)).copied().collect();
        (rows().count(), values)
    }

    /// The mean of each class with its band.
    fn means(&self, plot: &LinePlot, classes: &Classes) -> Result<Vec<Curve>> {
        let spread = plot.errorbar.spread()?;
        let mean = |class: usize| {
            let (rows, values) = self.of_class(classes, class);
            let shape = (rows, self.length);
            let series = ArrayView2::from_shape(shape, &values)
                .map_err(|err| Error::internal(format!("sequences out of shape: {err}")))?;
            let band = mean_band(series, spread.unwrap_or_default());
            let name = match classes.names[class].as_str() {
                "" => format!("mean of {}", count(rows)),
                name => name.to_owned(),
            };
            let mut curve = Curve::over_index(name, class, &band.mean);
            if spread.is_some() {
                curve.band = band.low.into_iter().zip(band.high).into_list();
            }
            Ok(curve)
        };
        (0..classes.names.len()).map(mean).collect()
    }

    /// The mean of each class without a band, for over thin lines.
    fn plain_means(&self, classes: &Classes, told: bool) -> Vec<Curve> {
        let mean = |class: usize| {
            let (rows, values) = self.of_class(classes, class);
            let means: Vec<f64> = (0..self.length).map_each(|i| {
                let mut mean = super::super::matrix::Mean::default();
                let column = values.iter().skip(i).step_by(self.length.max(1));
                column.for_each(|&v| mean.add(v));
                mean.get()
            });
            let name = match told {
                true => classes.names[class].clone(),
                false => format!("mean of {}", count(rows)),
            };
            Curve::over_index(name, class, &means)
        };
        (0..classes.names.len()).map_each(mean)
    }
}
