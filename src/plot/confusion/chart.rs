//! The cells of a confusion matrix, and the rates beside them.

use super::super::colormap::Colormap;
use super::super::figure::{Axis, Figure, Ink, Limits, Mark, Panel, Per, Place, Texts};
use super::super::matrix::{Colors, Matrix, Side};
use super::super::number::count;
use super::ConfusionMatrix;
use super::counts::{Counts, percent};
use crate::error::Result;
use crate::list::IntoList;
use crate::stats::{Normalize, confusion_shares};

/// More classes than this are not drawn.
pub(super) const MOST: usize = 200;

/// More classes than this have no numbers in their cells.
const ANNOTATED: usize = 60;

pub(super) struct Chart<'a> {
    plot: &'a ConfusionMatrix,
    counts: &'a Counts,
    normalize: Normalize,
}

impl<'a> Chart<'a> {
    pub(super) fn new(plot: &'a ConfusionMatrix, counts: &'a Counts, normalize: Normalize) -> Self {
        Chart {
            plot,
            counts,
            normalize,
        }
    }

    pub(super) fn figure(&self) -> Result<Figure> {
        let classes = self.counts.names.len();
        let panel = match self.counts.rows() {
            0 => Panel::message("no data"),
            _ => self.panel()?,
        };
        let description = format!(
            "Confusion matrix of {} classes, {} rows",
            count(classes),
            count(self.counts.rows() as usize)
        );
        let side = ((classes + 1) * 68).clamp(260, 620) as u32;
        let size = (side + 230, side + 120);
        Ok(Figure::of_panels(size, 1, vec![panel], description))
    }

    fn is_annotated(&self) -> bool {
        self.plot.annot && self.counts.names.len() <= ANNOTATED
    }

    fn measure(&self) -> &'static str {
        match self.normalize {
            Normalize::True => "share of the true class",
            Normalize::Pred => "share of the predicted class",
            Normalize::All => "share of all rows",
        }
    }

    fn panel(&self) -> Result<Panel> {
        let shares = confusion_shares(self.counts.counts.view(), self.normalize);
        let most = match self.normalize {
            Normalize::All => shares.iter().copied().fold(0.0, f64::max),
            _ => 1.0,
        };
        let map = Colormap::chosen(self.plot.cmap.as_deref(), "Blues".parse()?)?;
        let matrix = Matrix {
            values: shares,
            rows: Side::Names(self.counts.names.clone()),
            columns: Side::Names(self.counts.names.clone()),
            colors: Colors::within(map, 0.0, most),
            measure: Some(self.measure().to_owned()),
            square: true,
        };
        let mut panel = matrix.panel();
        if self.is_annotated() {
            panel.marks.extend(self.texts(&matrix));
            if self.plot.margins {
                self.add_margins(&mut panel);
            }
        }
        panel.x.label = Some(self.plot.x_label.clone().unwrap_or("predicted".to_owned()));
        panel.y.label = Some(self.plot.y_label.clone().unwrap_or("true".to_owned()));
        Ok(panel)
    }

    /// The counts, and the shares below them; zeros, which say it all, in the middle.
    fn texts(&self, matrix: &Matrix) -> [Mark; 3] {
        let words = |written: &dyn Fn(u64, f64) -> Option<String>| -> Vec<String> {
            let cells = self.counts.counts.iter().zip(&matrix.values);
            let texts = cells.map(|(&n, &share)| written(n, share));
            texts.map(Option::unwrap_or_default).into_list()
        };
        let zeros = words(&|n, _| (n == 0).then(|| "0".to_owned()));
        let counts = words(&|n, _| (n > 0).then(|| count(n as usize)));
        let shares = words(&|n, share| (n > 0).then(|| percent(share)));
        [
            matrix.texts(zeros, 0.0, 0.34),
            matrix.texts(counts, -0.17, 0.34),
            matrix.texts(shares, 0.19, 0.3),
        ]
    }

    /// A column of recalls and a row of precisions, beyond a line.
    fn add_margins(&self, panel: &mut Panel) {
        let classes = self.counts.names.len();
        let widened = |axis: &mut Axis, name: &str| {
            let names = axis.categories.get_or_insert_default();
            names.push(name.to_owned());
            axis.limits = Limits::from_min_max(-0.5, classes as f64 + 0.5);
        };
        widened(&mut panel.x, "recall");
        widened(&mut panel.y, "precision");
        let last = classes as f64;
        let rate = |rate: &Option<f64>| rate.map_or("–".to_owned(), percent);
        let recalls = self.counts.recalls();
        let precisions = self.counts.precisions();
        let beside = (0..classes).map(|i| (last, i as f64));
        let below = (0..classes).map(|i| (i as f64, last));
        panel.marks.push(Mark::Texts(Texts {
            at: beside.chain(below).into_list(),
            texts: recalls.iter().chain(&precisions).map(rate).into_list(),
            inks: Per::All(Ink::Text),
            room: (1.0, 0.4),
            place: Place::Middle,
        }));
    }
}
