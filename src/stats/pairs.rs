//! Pairs of numbers in two columns of any type, counted in rectangles without a copy
//! of the columns.

use std::ops::Range;

use super::density::check_size;
use super::histogram::HistogramOptions;
use super::locator::Locator;
use super::quick::{CHUNK, Places, Quick};
use super::survey::Survey;
use super::wide::{Arithmetic, Table, Wide};
use crate::error::{Error, Result};
use crate::parallel::{blocks, in_parts, threads};
use crate::tensor::{Blocks, Shape, TensorView};

/// One number for each row.
trait Numbers: Sync {
    fn rows(&self) -> usize;

    fn read(&self, rows: Range<usize>, into: &mut Vec<f64>);
}

/// A column of a table.
struct Column<'a, T> {
    table: Box<dyn Table<T> + 'a>,
    index: usize,
}

impl<T: Wide> Numbers for Column<'_, T> {
    fn rows(&self) -> usize {
        self.table.rows()
    }

    fn read(&self, rows: Range<usize>, into: &mut Vec<f64>) {
        self.table.read_f64(rows, self.index, into);
    }
}

/// Two numbers for each row; of the rows, those with two finite numbers between the
/// ends of ranges, where there are ranges.
pub(crate) struct Pairs<'a> {
    numbers: [Box<dyn Numbers + 'a>; 2],
    ranges: [Option<(f64, f64)>; 2],
}

/// What a first look at pairs tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PairSurvey {
    pub(crate) rows: usize,
    /// Rows with two finite numbers.
    pub(crate) finite: usize,
    /// Those of them that lie within the ranges.
    pub(crate) inside: usize,
    /// The least and the greatest number of these, of either column.
    pub(crate) ends: [Option<(f64, f64)>; 2],
    /// Whether all of these are whole.
    pub(crate) whole: [bool; 2],
}

impl PairSurvey {
    const NOTHING: Self = PairSurvey {
        rows: 0,
        finite: 0,
        inside: 0,
        ends: [None; 2],
        whole: [true; 2],
    };

    fn merge(self, other: Self) -> Self {
        let joined = |i: usize| match (self.ends[i], other.ends[i]) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (one, None) | (None, one) => one,
        };
        PairSurvey {
            rows: self.rows + other.rows,
            finite: self.finite + other.finite,
            inside: self.inside + other.inside,
            ends: [joined(0), joined(1)],
            whole: [0, 1].map(|i| self.whole[i] && other.whole[i]),
        }
    }
}

/// Two columns of blocks of rows, each by its component and its place there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockPairs {
    pub(crate) columns: [(usize, usize); 2],
    pub(crate) ranges: [Option<(f64, f64)>; 2],
}

impl BlockPairs {
    /// [`Pairs::survey`] of a pass over all blocks.
    pub(crate) fn survey(&self, blocks: Blocks) -> Result<PairSurvey> {
        let mut survey = PairSurvey::NOTHING;
        self.each(blocks, self.ranges, &mut |pairs| {
            survey = survey.merge(pairs.survey());
            Ok(())
        })?;
        Ok(survey)
    }

    /// [`Pairs::count`] of a pass over all blocks, as far as pairs lie in cells: another
    /// pass may give others.
    pub(crate) fn count(&self, x: Cells, y: Cells, blocks: Blocks) -> Result<Vec<u64>> {
        let mut sum = Grid::new(x, y)?.empty();
        let within = [x, y].map(|cells| Some((cells.low, cells.high)));
        self.each(blocks, within, &mut |pairs| {
            add(&mut sum, &pairs.count(x, y, false)?);
            Ok(())
        })?;
        Ok(sum)
    }

    fn each(
        &self,
        blocks: Blocks,
        ranges: [Option<(f64, f64)>; 2],
        with: &mut dyn FnMut(&Pairs<'_>) -> Result<()>,
    ) -> Result<()> {
        for block in blocks {
            let block = block?;
            let views = self.columns.map(|(component, _)| block[component].view());
            let [x, y] = [0, 1].map(|i| (&views[i], self.columns[i].1));
            let pairs = Pairs::of(x, y, ranges).ok_or_else(|| {
                let (x, y) = (Shape(x.0.shape()), Shape(y.0.shape()));
                let columns = self.columns.map(|(_, column)| column);
                Error::shape(format!(
                    "expected blocks of numbers with columns {columns:?}, but found shapes {x} and {y}"
                ))
            })?;
            with(&pairs)?;
        }
        Ok(())
    }
}

/// Equal cells along an axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) count: usize,
}

impl<'a> Pairs<'a> {
    /// Of columns of two arrays of shape `(rows,)` or `(rows, width)`; `None` unless both
    /// have them and are numbers.
    pub(crate) fn of(
        x: (&'a TensorView<'_>, usize),
        y: (&'a TensorView<'_>, usize),
        ranges: [Option<(f64, f64)>; 2],
    ) -> Option<Self> {
        Some(Pairs {
            numbers: [numbers(x)?, numbers(y)?],
            ranges,
        })
    }

    pub(crate) fn survey(&self) -> PairSurvey {
        let make = || (PairSurvey::NOTHING, [Vec::new(), Vec::new()]);
        let parts = in_parts(
            self.rows(),
            threads(),
            &make,
            &|(survey, block), _, rows| {
                for rows in blocks(rows) {
                    *survey = survey.merge(self.look(rows, block));
                }
            },
        );
        let parts = parts.into_iter().map(|(survey, _)| survey);
        parts.fold(PairSurvey::NOTHING, PairSurvey::merge)
    }

    /// The numbers of every row of a list, `None` of rows that do not count.
    pub(crate) fn at(&self, rows: &mut dyn Iterator<Item = usize>) -> Vec<Option<(f64, f64)>> {
        let mut one = [Vec::new(), Vec::new()];
        let pair = |row: usize| {
            self.read(row..row + 1, &mut one);
            self.retain(&mut one);
            one[0].first().copied().zip(one[1].first().copied())
        };
        rows.map(pair).collect()
    }

    /// How many pairs lie in each cell: those of the first column of cells, from the
    /// least `y` to the greatest, then those of the next. `all` says that every row counts.
    ///
    /// # Errors
    ///
    /// Cells too many, or too narrow for `f64`.
    pub(crate) fn count(&self, x: Cells, y: Cells, all: bool) -> Result<Vec<u64>> {
        let grid = Grid::new(x, y)?;
        let make = || (grid.empty(), [Vec::new(), Vec::new()]);
        let parts = in_parts(
            self.rows(),
            threads(),
            &make,
            &|(counts, block), _, rows| {
                for rows in blocks(rows) {
                    self.read(rows, block);
                    if !all {
                        self.retain(block);
                    }
                    grid.add(&block[0], &block[1], counts);
                }
            },
        );
        let mut sum = grid.empty();
        parts.iter().for_each(|(counts, _)| add(&mut sum, counts));
        Ok(sum)
    }

    fn rows(&self) -> usize {
        self.numbers[0].rows().min(self.numbers[1].rows())
    }

    fn read(&self, rows: Range<usize>, block: &mut [Vec<f64>; 2]) {
        for (numbers, values) in self.numbers.iter().zip(block) {
            numbers.read(rows.clone(), values);
        }
    }

    fn look(&self, rows: Range<usize>, block: &mut [Vec<f64>; 2]) -> PairSurvey {
        let mut look = PairSurvey {
            rows: rows.len(),
            ..PairSurvey::NOTHING
        };
        self.read(rows, block);
        let mut surveys = block.each_ref().map(|values| survey_of(values));
        let all_finite = surveys.iter().all(Survey::all_finite);
        look.finite = look.rows;
        if !all_finite || self.ranges.iter().any(Option::is_some) {
            look.finite = retain(block, &|x, y| x.is_finite() && y.is_finite());
            self.retain(block);
            surveys = block.each_ref().map(|values| survey_of(values));
        }
        look.inside = block[0].len();
        look.ends = surveys.map(|survey| survey.ends);
        look.whole = block
            .each_ref()
            .map(|values| values.iter().all(|v| v.fract() == 0.0));
        look
    }

    /// Leaves the pairs that count.
    fn retain(&self, block: &mut [Vec<f64>; 2]) {
        let limits = self
            .ranges
            .map(|range| range.unwrap_or((f64::MIN, f64::MAX)));
        let inside = |value: f64, (low, high): (f64, f64)| (low <= value) & (value <= high);
        retain(block, &|x, y| inside(x, limits[0]) & inside(y, limits[1]));
    }
}

fn numbers<'a>((view, index): (&'a TensorView<'_>, usize)) -> Option<Box<dyn Numbers + 'a>> {
    fn of<'a, T: Wide>(view: &'a TensorView<'_>, index: usize) -> Option<Box<dyn Numbers + 'a>> {
        let table = T::table(view).filter(|table| index < table.width())?;
        Some(Box::new(Column { table, index }))
    }
    of::<f32>(view, index)
        .or_else(|| of::<f64>(view, index))
        .or_else(|| of::<i64>(view, index))
        .or_else(|| of::<u64>(view, index))
}

fn add(sum: &mut [u64], counts: &[u64]) {
    sum.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
}

fn survey_of(values: &[f64]) -> Survey<f64> {
    let mut survey = Survey::new();
    survey.add(values);
    survey
}

/// Moves the pairs that are to stay to the front; how many they are.
fn retain([x, y]: &mut [Vec<f64>; 2], stays: &dyn Fn(f64, f64) -> bool) -> usize {
    let mut kept = 0;
    for i in 0..x.len().min(y.len()) {
        let pair = (x[i], y[i]);
        (x[kept], y[kept]) = pair;
        kept += usize::from(stays(pair.0, pair.1));
    }
    x.truncate(kept);
    y.truncate(kept);
    kept
}

/// Cells of both axes, and how to find them.
struct Grid {
    x: Locator,
    y: Locator,
    places: Option<[Places<f64>; 2]>,
}

impl Grid {
    fn new(x: Cells, y: Cells) -> Result<Self> {
        check_size(x.count, y.count)?;
        let (x, y) = (locator(x)?, locator(y)?);
        let places = |locator: &Locator| Quick::<f64>::places(&locator.edges);
        let places = places(&x).zip(places(&y)).map(|(x, y)| [x, y]);
        Ok(Grid { x, y, places })
    }

    fn empty(&self) -> Vec<u64> {
        vec![0; self.x.bins() * self.y.bins()]
    }

    fn add(&self, x: &[f64], y: &[f64], counts: &mut [u64]) {
        let Some(places) = self.places else {
            return self.add_each(x, y, counts);
        };
        let (xs, x_rest) = x.as_chunks::<CHUNK>();
        let (ys, y_rest) = y.as_chunks::<CHUNK>();
        let (mut columns, mut lines) = ([0; CHUNK], [0; CHUNK]);
        for (x, y) in xs.iter().zip(ys) {
            let certain =
                f64::bins(x, places[0], &mut columns) & f64::bins(y, places[1], &mut lines);
            if !certain {
                self.add_each(x, y, counts);
                continue;
            }
            for (column, line) in columns.iter().zip(lines) {
                let cell = *column as usize * self.y.bins() + line as usize;
                counts[cell] = counts[cell].wrapping_add(1);
            }
        }
        self.add_each(x_rest, y_rest, counts);
    }

    fn add_each(&self, x: &[f64], y: &[f64], counts: &mut [u64]) {
        for (&x, &y) in x.iter().zip(y) {
            if let (Some(column), Some(line)) = (self.x.bin(x), self.y.bin(y)) {
                counts[column * self.y.bins() + line] += 1;
            }
        }
    }
}

fn locator(cells: Cells) -> Result<Locator> {
    let options = HistogramOptions::new(cells.count).range(cells.low, cells.high);
    Locator::new(
        Arithmetic::Double,
        &options,
        &Survey::<f64>::new(),
        &Vec::new,
    )
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, ArrayRef1};
    use proptest::prelude::*;

    use super::*;
    use crate::stats::Histogram2dOptions;
    use crate::tensor::{Rows, Scalar, Tensor};

    fn view<T: Scalar>(array: &ArrayRef1<T>) -> TensorView<'_> {
        T::wrap_view(array.view().into_dyn())
    }

    #[test]
    fn pairs_of_any_types_are_surveyed() {
        let x = ndarray::array![1.5_f32, f32::NAN, -2.0, 8.0];
        let y = ndarray::array![3_u8, 4, 5, 200];
        let (x, y) = (view(&x), view(&y));
        let survey = Pairs::of((&x, 0), (&y, 0), [None, Some((0.0, 100.0))])
            .unwrap()
            .survey();
        let expected = PairSurvey {
            rows: 4,
            finite: 3,
            inside: 2,
            ends: [Some((-2.0, 1.5)), Some((3.0, 5.0))],
            whole: [false, true],
        };
        assert_eq!(survey, expected);
        let pairs = Pairs::of((&x, 0), (&y, 0), [None; 2]).unwrap();
        assert_eq!(
            pairs.at(&mut [3, 1].into_iter()),
            [Some((8.0, 200.0)), None]
        );
    }

    proptest! {
        #[test]
        fn counts_are_those_of_histogram2d(
            rows in prop::collection::vec((-4.0_f32..4.0, prop_oneof![9 => -4_i16..4, 1 => Just(99)]), 0..300),
            cells in (1_usize..40, 1_usize..40),
        ) {
            let x = Array1::from_iter(rows.iter().map(|row| row.0));
            let y = Array1::from_iter(rows.iter().map(|row| row.1));
            let (low, high) = (-3.5, 3.5);
            let options = Histogram2dOptions::new(cells).range((low, high), (low, high));
            let (a, b) = (x.mapv(f64::from), y.mapv(f64::from));
            let expected = options.count(&a.to_vec(), &b.to_vec()).unwrap();
            let cells_of = |count| Cells { low, high, count };
            let (x_values, y_values) = (x.clone(), y.clone());
            let (x, y) = (view(&x), view(&y));
            let pairs = Pairs::of((&x, 0), (&y, 0), [Some((low, high)); 2]).unwrap();
            let counts = pairs.count(cells_of(cells.0), cells_of(cells.1), false).unwrap();
            prop_assert_eq!(&counts, &expected.counts.iter().copied().collect::<Vec<_>>());
            let in_blocks = BlockPairs {
                columns: [(0, 0), (1, 0)],
                ranges: [Some((low, high)); 2],
            };
            let (x, y) = (Tensor::from(x_values), Tensor::from(y_values));
            let cut = || {
                let part = |rows: Range<usize>| [&x, &y].map(|t| t.rows(&Rows::Range(rows.clone()))).to_vec();
                let ranges = (0..x.len()).step_by(64).map(|start| start..x.len().min(start + 64));
                Box::new(ranges.map(|rows| Ok(part(rows))).collect::<Vec<_>>().into_iter()) as Blocks
            };
            prop_assert_eq!(in_blocks.survey(cut()).unwrap(), pairs.survey());
            let counted = in_blocks.count(cells_of(cells.0), cells_of(cells.1), cut()).unwrap();
            prop_assert_eq!(counted, counts);
        }
    }
}
