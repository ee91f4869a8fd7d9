//! Histograms of columns that are not in memory: blocks of rows, read once to find the
//! outer edges where the data say where they are, and once to count.

use std::ops::Range;

use super::counter::{Counts, Values, add, count_columns};
use super::histogram::{Dropped, Histogram, HistogramOptions, filled};
use super::locator::{Locator, rule_of};
use super::survey::{Survey, survey};
use super::wide::{Arithmetic, Table, Wide, with_table};
use crate::error::{Error, Result};
use crate::parallel::threads;
use crate::tensor::{DType, RowBlocks, Tensor};

/// Neighbouring columns of one component of blocks, and how they are counted.
pub(crate) struct BlockColumns {
    /// Which tensor of a block, of shape `(rows,)` or `(rows, width)`.
    pub(crate) component: usize,
    pub(crate) columns: Range<usize>,
    pub(crate) options: HistogramOptions,
}

impl HistogramOptions {
    /// Whether columns can be counted in blocks: a rule looks at all values at once.
    pub(crate) fn take_blocks(&self) -> bool {
        matches!(rule_of(&self.bins), Ok(None))
    }
}

/// A histogram for each of the columns: that of all their values at once. `open` begins a
/// pass, and each pass should give the same; values that come up beyond the edges found
/// before are dropped as outside.
///
/// # Errors
///
/// Those of the blocks; blocks that differ in width or element type; a rule for the bins.
pub(crate) fn count_blocks(
    wanted: &[BlockColumns],
    open: &mut dyn FnMut() -> RowBlocks,
) -> Result<Vec<Result<Histogram>>> {
    let mut parts = Parts::new(wanted);
    if wanted.iter().any(|wanted| wanted.options.need_survey()) {
        parts.pass(open(), |part, block| part.survey(block))?;
    }
    parts.pass(open(), |part, block| part.count(block))?;
    Ok(parts.each(|| Err(no_rows()), |part| part.histograms()))
}

/// The ends of the finite values of each of the columns, where there are any.
pub(crate) fn ends_of_blocks(
    wanted: &[BlockColumns],
    blocks: RowBlocks,
) -> Result<Vec<Option<(f64, f64)>>> {
    let mut parts = Parts::new(wanted);
    parts.pass(blocks, |part, block| part.survey(block))?;
    Ok(parts.each(|| None, |part| part.ends()))
}

/// What is wanted, and what was found of it once a block was seen.
struct Parts<'a> {
    wanted: &'a [BlockColumns],
    found: Vec<Option<Box<dyn Part>>>,
}

impl<'a> Parts<'a> {
    fn new(wanted: &'a [BlockColumns]) -> Self {
        let found = wanted.iter().map(|_| None).collect();
        Parts { wanted, found }
    }

    fn pass(
        &mut self,
        blocks: RowBlocks,
        step: fn(&mut dyn Part, &Tensor) -> Result<()>,
    ) -> Result<()> {
        for block in blocks {
            let block = block?;
            for (found, wanted) in self.found.iter_mut().zip(self.wanted) {
                let tensor = &block[wanted.component];
                let part = match found {
                    Some(part) => part,
                    None => found.insert(part_of(tensor, wanted)?),
                };
                step(&mut **part, tensor)?;
            }
        }
        Ok(())
    }

    /// What was found of each column, or else `nothing`.
    fn each<T>(self, nothing: fn() -> T, of: fn(Box<dyn Part>) -> Vec<T>) -> Vec<T> {
        let mut each = Vec::new();
        for (found, wanted) in self.found.into_iter().zip(self.wanted) {
            match found {
                Some(part) => each.extend(of(part)),
                None => each.extend(wanted.columns.clone().map(|_| nothing())),
            }
        }
        each
    }
}

fn no_rows() -> Error {
    Error::value("expected rows to count, but found none".to_owned()).coded("no_data")
}

/// Columns of one type, as far as they were read.
trait Part {
    fn survey(&mut self, block: &Tensor) -> Result<()>;

    fn count(&mut self, block: &Tensor) -> Result<()>;

    fn ends(&self) -> Vec<Option<(f64, f64)>>;

    fn histograms(self: Box<Self>) -> Vec<Result<Histogram>>;
}

/// For columns of the type of a first block.
fn part_of(block: &Tensor, wanted: &BlockColumns) -> Result<Box<dyn Part>> {
    let view = block.view();
    with_table!(&view, table => Ok(begun(table, block.dtype(), wanted)), else Err(view.no_numbers()))
}

fn begun<T: Wide>(table: &dyn Table<T>, dtype: DType, wanted: &BlockColumns) -> Box<dyn Part> {
    Box::new(Columns::<T> {
        dtype,
        // As many as are asked for at least, or the first block is an error.
        width: table.width().max(wanted.columns.end),
        columns: wanted.columns.clone(),
        options: wanted.options.clone(),
        surveys: vec![Survey::new(); wanted.columns.len()],
        counted: Vec::new(),
    })
}

struct Columns<T> {
    dtype: DType,
    /// Of the blocks.
    width: usize,
    columns: Range<usize>,
    options: HistogramOptions,
    /// One for each column, as all below.
    surveys: Vec<Survey<T>>,
    /// Bins and what is in them, once they are known.
    counted: Vec<Result<(Locator, Counts)>>,
}

impl<T: Wide> Columns<T> {
    fn expect(&self, block: &Tensor, table: Option<&dyn Table<T>>) -> Result<()> {
        let (dtype, width) = (self.dtype, self.width);
        match table {
            None => Err(Error::dtype(format!(
                "expected blocks of {dtype}, but found one of {}",
                block.dtype()
            ))),
            Some(table) if table.width() != width => Err(Error::shape(format!(
                "expected blocks of {width} columns, but found one of {}",
                table.width()
            ))),
            Some(_) => Ok(()),
        }
    }

    /// Does something with the table of a block.
    fn on(
        &mut self,
        block: &Tensor,
        act: fn(&mut Self, &dyn Table<T>) -> Result<()>,
    ) -> Result<()> {
        let view = block.view();
        let table = T::table(&view);
        self.expect(block, table.as_deref())?;
        table.map_or(Ok(()), |table| act(self, &*table))
    }

    /// Finds the bins by what was surveyed.
    fn locate(&mut self) -> Result<()> {
        if !self.options.take_blocks() {
            return Err(Error::internal("bins by a rule of values in blocks"));
        }
        let arithmetic = Arithmetic::of(self.dtype);
        let counted = self.surveys.iter().map(|survey| {
            let locator = Locator::new(arithmetic, &self.options, survey, &Vec::new)?;
            let counts = (vec![0; locator.bins()], Dropped::default());
            Ok((locator, counts))
        });
        self.counted = counted.collect();
        Ok(())
    }

    fn add(&mut self, table: &dyn Table<T>) -> Result<()> {
        if self.counted.is_empty() {
            self.locate()?;
        }
        let bins = self
            .counted
            .iter()
            .map(|counted| Some(&counted.as_ref().ok()?.0));
        let bins: Vec<Option<&Locator>> = bins.collect();
        let counts = count_columns(table, self.columns.clone(), &bins, Values::Any);
        for (counted, counts) in self.counted.iter_mut().zip(counts) {
            if let (Ok((_, sum)), Some(counts)) = (counted, counts) {
                add(sum, counts);
            }
        }
        Ok(())
    }
}

impl<T: Wide> Part for Columns<T> {
    fn survey(&mut self, block: &Tensor) -> Result<()> {
        self.on(block, |columns, table| {
            let found = survey(table, columns.columns.clone(), threads());
            for (known, found) in columns.surveys.iter_mut().zip(found) {
                *known = known.merge(found);
            }
            Ok(())
        })
    }

    fn count(&mut self, block: &Tensor) -> Result<()> {
        self.on(block, Columns::add)
    }

    fn ends(&self) -> Vec<Option<(f64, f64)>> {
        let ends = |survey: &Survey<T>| survey.ends.map(|(a, b)| (a.to_f64(), b.to_f64()));
        self.surveys.iter().map(ends).collect()
    }

    fn histograms(self: Box<Self>) -> Vec<Result<Histogram>> {
        let made = |counted: Result<(Locator, Counts)>| {
            let (locator, (counts, dropped)) = counted?;
            Ok(filled(locator, counts, dropped))
        };
        self.counted.into_iter().map(made).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Bins;
    use ndarray::{Array2, Axis};
    use proptest::prelude::*;

    fn columns(component: usize, columns: Range<usize>, bins: impl Into<Bins>) -> BlockColumns {
        BlockColumns {
            component,
            columns,
            options: HistogramOptions::new(bins).finite_only(),
        }
    }

    /// The blocks of a few tensors, of so many rows.
    fn cut(tensors: &[Tensor], rows: usize) -> RowBlocks {
        let len = tensors[0].shape()[0];
        let block = |start: usize| {
            let range = crate::tensor::Rows::Range(start..len.min(start + rows));
            Ok(tensors.iter().map(|tensor| tensor.rows(&range)).collect())
        };
        let blocks: Vec<_> = (0..len).step_by(rows).map(block).collect();
        Box::new(blocks.into_iter())
    }

    proptest! {
        /// Counts, edges and what is dropped are those of all rows at once.
        #[test]
        fn blocks_are_counted_as_all_rows_at_once(
            rows in prop::collection::vec((-1e3..1e3_f32, prop_oneof![8 => -1.0..1.0_f32, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY)], 0_u8..9), 1..300),
            together in 1_usize..90,
            bins in 1_i64..40,
        ) {
            let mut x = Array2::zeros((rows.len(), 2));
            for (mut line, row) in x.axis_iter_mut(Axis(0)).zip(&rows) {
                (line[0], line[1]) = (row.0, row.1);
            }
            let y: Vec<u8> = rows.iter().map(|row| row.2).collect();
            let tensors = [Tensor::from(x), Tensor::from(y)];
            let wanted = [columns(0, 0..2, bins), columns(1, 0..1, [0.0, 3.0, 7.5])];
            let mut passes = 0;
            let found = count_blocks(&wanted, &mut || { passes += 1; cut(&tensors, together) }).unwrap();
            prop_assert_eq!(passes, 2);
            let all = |wanted: &BlockColumns| {
                let view = tensors[wanted.component].view();
                wanted.options.count_columns(&view, wanted.columns.clone()).unwrap()
            };
            let expected: Vec<_> = wanted.iter().flat_map(all).collect();
            for (found, expected) in found.into_iter().zip(expected) {
                prop_assert_eq!(found.map_err(|e| e.to_string()), expected.map_err(|e| e.to_string()));
            }
        }
    }

    #[test]
    fn given_edges_take_one_pass() {
        let tensors = [Tensor::from(vec![1.0, 2.0, f64::NAN])];
        let mut passes = 0;
        let mut open = || {
            passes += 1;
            cut(&tensors, 2)
        };
        let found = count_blocks(&[columns(0, 0..1, [0.0, 2.0, 3.0])], &mut open).unwrap();
        assert_eq!(
            (found[0].as_ref().unwrap().counts.clone(), passes),
            (vec![1, 1], 1)
        );
    }

    #[test]
    fn values_that_change_from_pass_to_pass_are_dropped() {
        let mut passes = 0;
        let mut open = || {
            passes += 1;
            let values: Vec<f32> = (0..200).map(|i| (i * passes) as f32).collect();
            cut(&[Tensor::from(values)], 64)
        };
        let found = count_blocks(&[columns(0, 0..1, 4)], &mut open).unwrap();
        let found = found.into_iter().next().unwrap().unwrap();
        assert_eq!(
            (found.counts, found.dropped.outside),
            (vec![25, 25, 25, 25], 100)
        );
    }

    #[test]
    fn blocks_that_do_not_fit_together_are_errors() {
        let found = |second: Tensor| {
            let blocks = move || {
                let first = Tensor::from(Array2::<f32>::zeros((3, 2)));
                Box::new([Ok(vec![first]), Ok(vec![second.clone()])].into_iter()) as RowBlocks
            };
            let err = count_blocks(&[columns(0, 0..2, 4)], &mut { blocks }).unwrap_err();
            err.to_string()
        };
        assert_eq!(
            found(Tensor::from(Array2::<f32>::zeros((3, 1)))),
            "expected blocks of 2 columns, but found one of 1"
        );
        assert_eq!(
            found(Tensor::from(Array2::<f64>::zeros((3, 2)))),
            "expected blocks of float32, but found one of float64"
        );
    }

    #[test]
    fn ends_are_those_of_all_blocks() {
        let tensors = [Tensor::from(vec![4_i32, -2, 9, 0])];
        let ends = ends_of_blocks(&[columns(0, 0..1, 1)], cut(&tensors, 3)).unwrap();
        assert_eq!(ends, [Some((-2.0, 9.0))]);
    }
}
