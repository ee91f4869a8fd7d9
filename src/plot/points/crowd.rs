//! The density of all rows, counted where they lie: of more points than are worth
//! holding one by one.
//!
//! The figure is that of [`Chart`](super::Chart), which needs a number for each row to
//! draw what lies beyond a plain density.

use super::Density;
use super::chart::{SIZE, described, read, room};
use super::choices::Choices;
use super::coordinate::Coordinate;
use super::density::{beside_bar, by_count};
use super::grid::{Band, LOOKED_AT, looked_at};
use super::kept::left_out;
use crate::dataset::{AllRows, Columns, Dataset, Feature, Passes};
use crate::error::Result;
use crate::plot::figure::{Figure, Panel};
use crate::plot::look::Look;
use crate::plot::notes;
use crate::stats::pairs::{BlockPairs, Cells, PairSurvey, Pairs};

impl Choices {
    /// Whether all that is asked for is how many points lie where.
    fn is_plain_density(&self) -> bool {
        let told_apart = self.hue.is_some() || self.needs_points();
        let more = self.marginal || self.trend || self.jitter > 0.0;
        !(told_apart || more || self.x.log || self.y.log)
    }
}

/// A plain density that is drawn, or the rows to draw something else of.
pub(in crate::plot) enum Drawn {
    Density(Box<Figure>),
    Rows(Columns),
}

/// The figure of a density of two features, where one is wanted; of all rows, whether
/// they are in memory or not.
pub(in crate::plot) fn draw(
    dataset: &Dataset,
    (x, y): (&Feature, &Feature),
    choices: &Choices,
    look: &Look,
) -> Result<Drawn> {
    let rows = match choices.is_plain_density() && choices.density != Density::Never {
        true => dataset.all_rows_for_plot()?,
        false => AllRows::Held(read(dataset, choices)?),
    };
    match rows {
        AllRows::Held(rows) => Ok(match figure(&rows, (x, y), choices, look)? {
            Some(figure) => Drawn::Density(Box::new(figure)),
            None => Drawn::Rows(rows),
        }),
        AllRows::InPasses => match figure_in_passes(dataset, (x, y), choices, look)? {
            Some(figure) => Ok(Drawn::Density(Box::new(figure))),
            None => read(dataset, choices).map(Drawn::Rows),
        },
    }
}

/// The figure of a density of rows in memory; `None` of what is no plain one.
fn figure(
    rows: &Columns,
    (x, y): (&Feature, &Feature),
    choices: &Choices,
    look: &Look,
) -> Result<Option<Figure>> {
    if !choices.is_plain_density() || !choices.is_dense(rows.len) {
        return Ok(None);
    }
    let view = |feature: &Feature| rows.components[feature.component].view();
    let views = (view(x), view(y));
    let (of_x, of_y) = ((&views.0, column(x)), (&views.1, column(y)));
    let Some(pairs) = Pairs::of(of_x, of_y, ranges(choices)) else {
        return Ok(None);
    };
    let survey = pairs.survey();
    let sample = pairs.at(&mut looked_at(survey.rows));
    let crowd = Crowd {
        pairs: Points::Held(&pairs),
        sample: &sample,
        survey,
        note: notes::extent(rows.len, &rows.extent, "points"),
    };
    crowd.figure((x, y), choices, look)
}

/// The same of rows that do not fit into memory: they are read twice.
fn figure_in_passes(
    dataset: &Dataset,
    (x, y): (&Feature, &Feature),
    choices: &Choices,
    look: &Look,
) -> Result<Option<Figure>> {
    let mut components = vec![x.component, y.component];
    components.dedup();
    let columns = [(0, column(x)), (components.len() - 1, column(y))];
    let passes = dataset.passes(components, "density", Some(2));
    let pairs = BlockPairs {
        columns,
        ranges: ranges(choices),
    };
    let survey = pairs.survey(passes.open())?;
    // They tell only whether numbers lie on even steps, and the first do that where others
    // take a pass to reach.
    let some = match dataset.has_random_access() {
        true => dataset.sampled_rows(LOOKED_AT, 0)?,
        false => dataset.first_rows(LOOKED_AT)?,
    };
    let views = [x, y].map(|feature| some.components[feature.component].view());
    let held = Pairs::of(
        (&views[0], column(x)),
        (&views[1], column(y)),
        ranges(choices),
    );
    let sample = held.map_or(Vec::new(), |pairs| pairs.at(&mut (0..some.len)));
    let crowd = Crowd {
        pairs: Points::InPasses(&pairs, &passes),
        sample: &sample,
        survey,
        note: None,
    };
    crowd.figure((x, y), choices, look)
}

fn column(feature: &Feature) -> usize {
    feature.position.unwrap_or(0)
}

fn ranges(choices: &Choices) -> [Option<(f64, f64)>; 2] {
    [choices.x.range, choices.y.range]
}

/// Pairs that are counted.
enum Points<'a> {
    Held(&'a Pairs<'a>),
    InPasses(&'a BlockPairs, &'a Passes<'a>),
}

/// Pairs that are many, and how they lie along their axes.
struct Crowd<'a> {
    pairs: Points<'a>,
    survey: PairSurvey,
    /// Some of the pairs; `None` of rows that do not count.
    sample: &'a [Option<(f64, f64)>],
    /// Which part of the rows these are.
    note: Option<String>,
}

/// The axes of a panel, without numbers, and the room for it in logical pixels.
struct Plan {
    x: Coordinate,
    y: Coordinate,
    room: (f64, f64),
}

impl Crowd<'_> {
    /// `None` where there are too few for a density.
    fn figure(
        self,
        (x, y): (&Feature, &Feature),
        choices: &Choices,
        look: &Look,
    ) -> Result<Option<Figure>> {
        let survey = &self.survey;
        if !choices.is_dense(survey.inside) || survey.inside == 0 {
            return Ok(None);
        }
        let coordinate = |feature: &Feature| Coordinate::new(feature.name.clone(), Vec::new());
        let plan = Plan {
            x: coordinate(x).along(&choices.x),
            y: coordinate(y).along(&choices.y),
            room: beside_bar(room(look.size.unwrap_or(SIZE), 0.0, 1.0)),
        };
        let (panel, note) = self.panel(&plan)?;
        let panel = Panel {
            equal_aspect: choices.equal,
            ..panel
        };
        let figure = Figure::of_panels(SIZE, 1, vec![panel], "");
        let lost = left_out(survey.rows - survey.finite, survey.finite, survey.inside);
        let names = (&plan.x.name[..], &plan.y.name[..]);
        let figure = described(figure, "Scatter plot", survey.inside, names);
        let notes = [self.note, Some(note)];
        look.dress(figure.with_notes(notes.into_iter().chain(lost)))
            .map(Some)
    }

    fn panel(&self, plan: &Plan) -> Result<(Panel, String)> {
        let survey = &self.survey;
        let axes = (
            plan.x.axis_between(survey.ends[0], survey.whole[0]),
            plan.y.axis_between(survey.ends[1], survey.whole[1]),
        );
        let pairs = || self.sample.iter().flatten();
        let of_x = || pairs().map(|pair| pair.0).collect();
        let of_y = || pairs().map(|pair| pair.1).collect();
        let bands = (
            Band::between(&plan.x, survey.ends[0], &of_x, &axes.0, plan.room.0),
            Band::between(&plan.y, survey.ends[1], &of_y, &axes.1, plan.room.1),
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

    /// How many points lie in each cell, row by row from the top.
    fn counts(&self, (x, y): (Band, Band)) -> Result<Vec<u64>> {
        let [of_x, of_y] = [x, y].map(|band| Cells {
            low: band.low,
            high: band.high,
            count: band.cells,
        });
        let counts = match self.pairs {
            Points::Held(pairs) => pairs.count(of_x, of_y)?,
            Points::InPasses(pairs, passes) => pairs.count(of_x, of_y, passes.open())?,
        };
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
        let in_passes = figure_in_passes(&dataset, (x, y), choices, &look).unwrap();
        assert_eq!(in_passes.unwrap(), held);
        let stream = dataset.filter(|_: crate::Tensor| true).unwrap();
        let in_passes = figure_in_passes(&stream, (x, y), choices, &look).unwrap();
        assert_eq!(in_passes.unwrap(), held);
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
