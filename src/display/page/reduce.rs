//! A page made smaller step by step, until its output is small enough.

use super::{Page, Part};
use crate::list::{Flat, IntoList};
use crate::plot::number::count;

/// A table keeps so many rows.
const FEWEST_ROWS: usize = 3;

/// Pictures are shown at no less than one in so many of their pixels each way.
const COARSEST: usize = 8;

/// How far a page has been reduced.
#[derive(Clone, Debug)]
pub(in crate::display) struct Reducer {
    whole: Page,
    page: Page,
    coarse: usize,
    dropped: usize,
}

impl Reducer {
    pub(in crate::display) fn new(page: &Page) -> Reducer {
        Reducer {
            whole: page.clone(),
            page: page.clone(),
            coarse: 1,
            dropped: 0,
        }
    }

    /// One step smaller: rows of tables, or else pixels of pictures and then whole
    /// figures, from the last one. Whether anything was left to leave out.
    pub(in crate::display) fn step(&mut self, figures_first: bool) -> bool {
        match figures_first {
            true => self.fewer_pixels() || self.fewer_figures() || self.fewer_rows(),
            false => self.fewer_rows() || self.fewer_pixels() || self.fewer_figures(),
        }
    }

    /// What is left of the page, and what is not.
    pub(in crate::display) fn page(&self) -> Page {
        self.page.clone().with_all(self.notes())
    }

    fn notes(&self) -> Vec<Part> {
        let coarse = (self.coarse > 1).then(|| {
            let coarse = self.coarse;
            format!(
                "pictures are shown at 1/{coarse} of their pixels each way to keep the output small"
            )
        });
        let dropped = (self.dropped > 0).then(|| {
            let all: usize = self
                .whole
                .parts
                .iter()
                .map(|part| part.figures().len())
                .sum();
            format!(
                "{} of {} figures left out to keep the output small",
                count(self.dropped),
                count(all)
            )
        });
        [coarse, dropped]
            .flat()
            .into_iter()
            .map(Part::Note)
            .into_list()
    }

    fn fewer_pixels(&mut self) -> bool {
        if self.coarse >= COARSEST {
            return false;
        }
        let coarser = coarsen(&mut self.page.parts);
        if coarser {
            self.coarse *= 2;
        }
        coarser
    }

    fn fewer_figures(&mut self) -> bool {
        let dropped = drop_last(&mut self.page.parts);
        self.dropped += usize::from(dropped);
        dropped
    }

    fn fewer_rows(&mut self) -> bool {
        cut_rows(&mut self.page.parts)
    }
}

fn coarsen(parts: &mut [Part]) -> bool {
    let mut any = false;
    for part in parts {
        match part {
            Part::Row(parts) => any |= coarsen(parts),
            Part::Figure(figure) => {
                if let Some(coarser) = figure.coarser() {
                    **figure = coarser;
                    any = true;
                }
            }
            _ => (),
        }
    }
    any
}

fn drop_last(parts: &mut Vec<Part>) -> bool {
    for i in (0..parts.len()).rev() {
        let dropped = match &mut parts[i] {
            Part::Figure(_) => {
                parts.remove(i);
                true
            }
            Part::Row(inner) => drop_last(inner),
            _ => false,
        };
        if dropped {
            return true;
        }
    }
    false
}

fn cut_rows(parts: &mut [Part]) -> bool {
    let mut any = false;
    for part in parts {
        match part {
            Part::Row(parts) => any |= cut_rows(parts),
            Part::Table(table) if table.rows.len() > FEWEST_ROWS => {
                let most = (table.rows.len() / 2).max(FEWEST_ROWS);
                *table = std::mem::take(table).cut(most);
                any = true;
            }
            _ => (),
        }
    }
    any
}
