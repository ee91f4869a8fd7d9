//! The density of all rows, counted where they lie: of more points than are worth
//! holding one by one.
//!
//! The figure is that of [`Chart`](super::Chart), which needs a number for each row to
//! draw what lies beyond a plain density.

use super::chart::{SIZE, described, room};
use super::choices::Choices;
use super::coordinate::Coordinate;
use super::density::by_count;
use super::grid::{Band, looked_at};
use super::kept::left_out;
use crate::dataset::{Columns, Feature};
use crate::error::Result;
use crate::plot::figure::{Axis, Figure, Panel};
use crate::plot::look::Look;
use crate::plot::notes;
use crate::stats::pairs::{Cells, PairSurvey, Pairs};

impl Choices {
    /// Whether all that is asked for is how many points lie where.
    fn is_plain_density(&self) -> bool {
        let told_apart = self.hue.is_some() || self.needs_points();
        let more = self.marginal || self.trend || self.jitter > 0.0;
        !(told_apart || more || self.x.log || self.y.log)
    }
}

/// The figure of a density of two features; `None` of what is no plain one.
pub(in crate::plot) fn figure(
    rows: &Columns,
    (x, y): (&Feature, &Feature),
    choices: &Choices,
    look: &Look,
) -> Result<Option<Figure>> {
    if !choices.is_plain_density() || !choices.is_dense(rows.len) {
        return Ok(None);
    }
    let view = |feature: &Feature| rows.components[feature.component].view();
    let column = |feature: &Feature| feature.position.unwrap_or(0);
    let views = (view(x), view(y));
    let (of_x, of_y) = ((&views.0, column(x)), (&views.1, column(y)));
    let Some(pairs) = Pairs::of(of_x, of_y, [choices.x.range, choices.y.range]) else {
        return Ok(None);
    };
    let survey = pairs.survey();
    if !choices.is_dense(survey.inside) || survey.inside == 0 {
        return Ok(None);
    }
    let coordinate = |feature: &Feature| Coordinate::new(feature.name.clone(), Vec::new());
    let crowd = Crowd {
        pairs,
        survey,
        x: coordinate(x).along(&choices.x),
        y: coordinate(y).along(&choices.y),
        room: room(look.size.unwrap_or(SIZE), 0.0, 1.0),
    };
    let (panel, note) = crowd.panel()?;
    let panel = Panel {
        equal_aspect: choices.equal,
        ..panel
    };
    let figure = Figure::of_panels(SIZE, 1, vec![panel], "");
    let notes = [notes::extent(rows.len, &rows.extent, "points"), Some(note)];
    let lost = left_out(survey.rows - survey.finite, survey.finite, survey.inside);
    let names = (&crowd.x.name[..], &crowd.y.name[..]);
    let figure = described(figure, "Scatter plot", survey.inside, names);
    look.dress(figure.with_notes(notes.into_iter().chain(lost)))
        .map(Some)
}

/// Pairs that are many, and how they lie along their axes.
struct Crowd<'a> {
    pairs: Pairs<'a>,
    survey: PairSurvey,
    /// Without the numbers.
    x: Coordinate,
    y: Coordinate,
    /// Of the panel, in logical pixels.
    room: (f64, f64),
}

impl Crowd<'_> {
    fn panel(&self) -> Result<(Panel, String)> {
        let survey = &self.survey;
        let axes = (
            self.x.axis_between(survey.ends[0], survey.whole[0]),
            self.y.axis_between(survey.ends[1], survey.whole[1]),
        );
        let sample = self.sample();
        let band = |coordinate: &Coordinate, i: usize, axis: &Axis, pixels: f64| {
            let values = || sample.iter().map(|pair| pair[i]).collect();
            Band::between(coordinate, survey.ends[i], &values, axis, pixels)
        };
        let bands = (
            band(&self.x, 0, &axes.0, self.room.0),
            band(&self.y, 1, &axes.1, self.room.1),
        );
        let counts = self.counts(bands)?;
        let ends = ((bands.0.low, bands.0.high), (bands.1.low, bands.1.high));
        let filled = by_count(&counts);
        let density = filled.density(bands, ends, (&axes.0, &axes.1), survey.inside);
        let (x, y) = density.axes;
        let panel = Panel {
            keys: density.keys,
            ..Panel::new(x, y, vec![density.mark])
        };
        Ok((panel, density.note))
    }

    /// Some of the pairs that count.
    fn sample(&self) -> Vec<[f64; 2]> {
        let pairs = self.pairs.at(&mut looked_at(self.survey.rows));
        pairs.into_iter().flatten().map(|(x, y)| [x, y]).collect()
    }

    /// How many points lie in each cell, row by row from the top.
    fn counts(&self, (x, y): (Band, Band)) -> Result<Vec<u64>> {
        let cells = |band: Band| Cells {
            low: band.low,
            high: band.high,
            count: band.cells,
        };
        let all = self.survey.inside == self.survey.rows;
        let counts = self.pairs.count(cells(x), cells(y), all)?;
        let lines = (0..y.cells).rev();
        let at = |line: usize| (0..x.cells).map(move |column| column * y.cells + line);
        Ok(lines.flat_map(at).map(|cell| counts[cell]).collect())
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::Dataset;
    use crate::plot::points::{Chart, Density, Source};

    /// Numbers close to a normal distribution, and about `lost` of a thousand NaN.
    fn table(rows: usize, lost: usize, value: fn(f64) -> f64) -> Array2<f32> {
        let mut state = 7_u64;
        let mut uniform = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        Array2::from_shape_simple_fn((rows, 3), || {
            let sum: u64 = (0..6).map(|_| uniform() % 1000).sum();
            let number = value(sum as f64 / 500.0 - 6.0) as f32;
            if (uniform() % 1000) < lost as u64 {
                f32::NAN
            } else {
                number
            }
        })
    }

    /// The figure is that of points that are held one by one.
    fn check(values: Array2<f32>, choices: &Choices) {
        let dataset = Dataset::from_tensor_slices(values).unwrap();
        let rows = dataset.plot_rows().unwrap();
        let features = dataset.features();
        let (x, y, look) = (&features[0], &features[2], Look::default());
        let source = Source {
            dataset: &dataset,
            x: Coordinate::of(&rows, x).unwrap(),
            y: Coordinate::of(&rows, y).unwrap(),
            rows: &rows,
            what: "Scatter plot",
            notes: Vec::new(),
        };
        let chart = Chart {
            source,
            choices,
            look: &look,
        };
        let held = chart.figure().unwrap();
        let counted = figure(&rows, (x, y), choices, &look).unwrap().unwrap();
        assert_eq!(counted, held);
    }

    #[test]
    fn the_figure_is_that_of_points_one_by_one() {
        let plain = Choices::default();
        check(table(70_000, 0, |v| v), &plain);
        check(table(20_000, 5, |v| v * 1e6), &plain);
        check(table(20_000, 0, f64::round), &plain);
        check(table(20_000, 0, |_| 3.0), &plain);
        let mut ranged = Choices {
            density: Density::Always,
            ..Choices::default()
        };
        ranged.x.range = Some((-2.0, 1.5));
        ranged.y.label = Some("height".to_owned());
        check(table(20_000, 9, |v| v), &ranged);
    }

    #[test]
    fn what_is_no_plain_density_is_left_to_the_chart() {
        let dataset = Dataset::from_tensor_slices(table(12_000, 0, |v| v)).unwrap();
        let (rows, features) = (dataset.plot_rows().unwrap(), dataset.features());
        let is_counted = |choices: &Choices| {
            let figure = figure(
                &rows,
                (&features[0], &features[1]),
                choices,
                &Look::default(),
            );
            figure.unwrap().is_some()
        };
        assert!(is_counted(&Choices::default()));
        let trend = Choices {
            trend: true,
            ..Choices::default()
        };
        assert!(!is_counted(&trend));
        let never = Choices {
            density: Density::Never,
            ..Choices::default()
        };
        assert!(!is_counted(&never));
    }
}
