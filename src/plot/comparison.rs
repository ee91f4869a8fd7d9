//! Two data sets side by side: histograms laid over each other, shares of classes, and the
//! first images of both.

use super::compose::vstack;
use super::figure::{Figure, Ink, Key, LegendEntry, Panel, Swatch, finite_ends};
use super::histogram::overlaid;
use super::number::{count, short};
use super::pixels::{Raster, ToneRange};
use super::{Draw, countplot, images, message, multiples, notes};
use crate::dataset::Extent;
use crate::error::Result;
use crate::list::{Flat, IntoList, MapEach, SortWith};
use crate::profile::{Comparison, FeatureDrift, OverlapKind, Picture};

/// The most histograms; the caption says how many more features there are.
const MAX_PANELS: usize = 12;

/// How many histograms side by side.
const COLUMNS: usize = 4;

impl Draw for Comparison {
    fn figure(&self) -> Result<Figure> {
        let parts = [self.histograms(), self.shares(), self.pictures()?];
        let mut figures: Vec<Figure> = parts.flat();
        let figure = match figures.len() {
            1 => figures.remove(0),
            _ => vstack(figures)?,
        };
        Ok(figure.with_notes(self.notes()))
    }
}

impl Comparison {
    /// The features, the largest distance first; those without one come last.
    pub(crate) fn largest_first(&self) -> Vec<&FeatureDrift> {
        let mut order: Vec<&FeatureDrift> = self.drift().iter().into_list();
        let distance = |drift: &FeatureDrift| drift.ks().unwrap_or(-1.0);
        order.sort_with(|a, b| distance(b).total_cmp(&distance(a)));
        order
    }

    /// The histograms of both sides over each other, the largest distance first.
    pub(crate) fn histograms(&self) -> Option<Figure> {
        let order = self.largest_first();
        if order.is_empty() {
            return None;
        }
        let shown = &order[..order.len().min(MAX_PANELS)];
        let mut panels: Vec<Panel> = shown.map_each(|drift| panel(drift));
        for panel in panels.iter_mut().step_by(COLUMNS) {
            panel.y.label = Some("density".to_owned());
        }
        let part = notes::part_of(shown.len(), order.len(), "features, those that differ most");
        let figure = multiples::figure(panels, COLUMNS, Some(self.legend()), "Histogram");
        Some(figure.with_notes([part, self.left_out(shown)]))
    }

    fn legend(&self) -> Key {
        let entry = |side: usize| LegendEntry {
            label: format!(
                "{} ({})",
                self.names[side],
                count(self.found.sizes[side].rows)
            ),
            ink: Ink::Series(side),
            swatch: Swatch::Area,
        };
        Key::Legend {
            title: None,
            entries: vec![entry(0), entry(1)],
        }
    }

    /// How many values of the features shown are not finite.
    fn left_out(&self, shown: &[&FeatureDrift]) -> Option<String> {
        let part = |drift: &&FeatureDrift, side: usize| {
            let summary = [drift.before(), drift.after()][side];
            let lost = notes::not_finite(summary.missing(), summary.infinite())?;
            Some(format!("{lost} of {} {}", drift.name(), self.names[side]))
        };
        let parts = shown
            .iter()
            .flat_map(|drift| [part(drift, 0), part(drift, 1)]);
        notes::left_out(&parts.flatten().into_list())
    }

    /// What must be known of the rows.
    fn notes(&self) -> Vec<Option<String>> {
        let sides = [0, 1].map(|side| {
            let partial = self.found.sizes[side].extent != Extent::All;
            [partial.then(|| self.size(side)), self.problem(side)]
        });
        let leakage = self.leakage().map(|finding| finding.message().to_owned());
        let common = [leakage, self.common_rows()];
        sides.into_iter().flatten().chain(common).into_list()
    }

    /// How many rows of a side were looked at, in words.
    pub(crate) fn size(&self, side: usize) -> String {
        let (name, size) = (&self.names[side], &self.found.sizes[side]);
        let rows = notes::extent(size.rows, &size.extent, "rows");
        format!("{name}: {}", rows.unwrap_or_else(|| notes::rows(size.rows)))
    }

    /// The first element of a side that failed.
    pub(crate) fn problem(&self, side: usize) -> Option<String> {
        let err = self.found.sizes[side].problem.as_ref()?;
        let name = &self.names[side];
        Some(format!("some elements of '{name}' are missing: {err}"))
    }

    /// What is known of rows on both sides, where they are no leak.
    pub(crate) fn common_rows(&self) -> Option<String> {
        let overlap = self.found.overlap.as_ref()?;
        let what = overlap.by.what();
        match overlap.kind {
            OverlapKind::Unchanged(equal, of) => Some(format!(
                "{} of {} {what} are unchanged",
                count(equal),
                count(of)
            )),
            OverlapKind::Alike => Some(format!(
                "{what} of {} are too much alike to tell which are also in {}",
                self.names[0], self.names[1]
            )),
            OverlapKind::Leaked(..) => None,
        }
    }

    /// The shares of classes side by side.
    pub(crate) fn shares(&self) -> Option<Figure> {
        let label = self.found.label.as_deref()?;
        let classes = self.class_shares().iter().map(|share| {
            let (before, after) = share.counts();
            (share.class(), vec![before, after])
        });
        let classes: Vec<(&str, Vec<u64>)> = classes.into_list();
        Some(countplot::of_counts(label, &classes, &self.names))
    }

    /// The first images before, and below them those at the same places after.
    pub(crate) fn pictures(&self) -> Result<Option<Figure>> {
        let Some(pictures) = &self.found.pictures else {
            return Ok(None);
        };
        if pictures.rows.is_empty() {
            return Ok(None);
        }
        let row = |side: usize| {
            let own = pictures.rows.iter();
            let own = own.map(|row| (row.position, row.images[side].as_ref()));
            picture_row(&self.names[side], own)
        };
        let different = (!pictures.same_length)
            .then(|| "the first images of each, as the data sets differ in length".to_owned());
        let figure = vstack([row(0)?, row(1)?])?;
        Ok(Some(figure.with_notes([different])))
    }
}

fn panel(drift: &FeatureDrift) -> Panel {
    let title = match drift.ks() {
        Some(ks) => format!("{} (KS {ks:.2})", drift.name()),
        None => drift.name().to_owned(),
    };
    match &drift.counted {
        Ok(bins) => overlaid(title, &bins.edges, &bins.counts, bins.booleans),
        Err(err) => Panel::message(err.to_string()).titled(title),
    }
}

/// Pictures side by side under a line that says what their values are.
fn picture_row<'a>(
    name: &str,
    pictures: impl Iterator<Item = (usize, Option<&'a Picture>)>,
) -> Result<Figure> {
    let drawn = |(position, picture): (usize, Option<&Picture>)| {
        let raster = picture.map(|picture| Raster::of(&picture.image.view()));
        let title = picture.map(|picture| match &picture.label {
            Some(label) => format!("Label: {label}"),
            None => format!("row {position}"),
        });
        Ok((raster.transpose()?, title))
    };
    let drawn: Vec<(Option<Raster>, Option<String>)> = pictures.map(drawn).try_into_list()?;
    let rasters = || drawn.iter().flat_map(|(raster, _)| raster);
    let Some(first) = rasters().next() else {
        return Ok(message::figure(format!("{name}: no image could be read")));
    };
    let ends = finite_ends(rasters().flat_map(Raster::tones));
    let range = ToneRange::fitting(ends, first.dtype, first.is_gray());
    let heading = format!("{name}: {} {}", first.dtype, values(ends, range));
    Ok(images::strip(&drawn, range, &heading).titled(Some(heading)))
}

/// From where to where values go, and which are shown darkest and brightest if those are
/// others.
fn values(ends: Option<(f64, f64)>, range: ToneRange) -> String {
    let Some((low, high)) = ends else {
        return "without finite values".to_owned();
    };
    let from_to = |low, high| format!("from {} to {}", short(low), short(high));
    let values = from_to(low, high);
    match (range.low, range.high) == (low, high) {
        true => values,
        false => format!("{values}, shown {}", from_to(range.low, range.high)),
    }
}
