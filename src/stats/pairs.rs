//! Pairs of numbers in two columns of any type, counted in rectangles without a copy
//! of the columns.

use std::ops::Range;

use super::density::check_size;
use super::histogram::HistogramOptions;
use super::locator::Locator;
use super::quick::{CHUNK, Places, places};
use super::survey::Survey;
use super::wide::{Arithmetic, Table, Wide};
use crate::error::{Error, Result};
use crate::parallel::{blocks, in_parts, threads};
use crate::tensor::{RowBlocks, Shape, TensorView};

/// Two numbers for each row, in one type.
trait Source<T>: Sync {
    fn rows(&self) -> usize;

    /// Fills both vectors with the numbers of some rows.
    fn read(&self, rows: Range<usize>, into: &mut [Vec<T>; 2]);
}

/// A column of a table.
struct Column<'a, T> {
    table: Box<dyn Table<T> + 'a>,
    index: usize,
}

/// Columns of one type.
struct Alike<'a, T>([Column<'a, T>; 2]);

impl<T: Wide> Source<T> for Alike<'_, T> {
    fn rows(&self) -> usize {
        self.0[0].table.rows().min(self.0[1].table.rows())
    }

    fn read(&self, rows: Range<usize>, into: &mut [Vec<T>; 2]) {
        for (column, values) in self.0.iter().zip(into) {
            let index = column.index;
            column
                .table
                .read(rows.clone(), index..index + 1, std::slice::from_mut(values));
        }
    }
}

/// One number for each row.
trait Numbers: Sync {
    fn rows(&self) -> usize;

    fn read(&self, rows: Range<usize>, into: &mut Vec<f64>);
}

impl<T: Wide> Numbers for Column<'_, T> {
    fn rows(&self) -> usize {
        self.table.rows()
    }

    fn read(&self, rows: Range<usize>, into: &mut Vec<f64>) {
        self.table.read_f64(rows, self.index, into);
    }
}

/// Columns of any two types.
struct Unlike<'a>([Box<dyn Numbers + 'a>; 2]);

impl Source<f64> for Unlike<'_> {
    fn rows(&self) -> usize {
        self.0[0].rows().min(self.0[1].rows())
    }

    fn read(&self, rows: Range<usize>, into: &mut [Vec<f64>; 2]) {
        for (numbers, values) in self.0.iter().zip(into) {
            numbers.read(rows.clone(), values);
        }
    }
}

/// Numbers of rows in the type that they are computed in: floats of four bytes side by
/// side are twice as many as of eight.
enum Rows<'a> {
    Single(Box<dyn Source<f32> + 'a>),
    Double(Box<dyn Source<f64> + 'a>),
}

/// Two numbers for each row; of the rows, those with two finite numbers between the
/// ends of ranges, where there are ranges.
pub(crate) struct Pairs<'a> {
    rows: Rows<'a>,
    ranges: Ranges,
}

type Ranges = [Option<(f64, f64)>; 2];

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
    pub(crate) ranges: Ranges,
}

impl BlockPairs {
    /// [`Pairs::survey`] of a pass over all blocks.
    pub(crate) fn survey(&self, blocks: RowBlocks) -> Result<PairSurvey> {
        let mut survey = PairSurvey::NOTHING;
        self.each(blocks, &mut |pairs| {
            survey = survey.merge(pairs.survey());
            Ok(())
        })?;
        Ok(survey)
    }

    /// [`Pairs::count`] of a pass over all blocks.
    pub(crate) fn count(&self, x: Cells, y: Cells, blocks: RowBlocks) -> Result<Vec<u64>> {
        let mut sum = Grid::new(x, y)?.empty();
        self.each(blocks, &mut |pairs| {
            add(&mut sum, &pairs.count(x, y)?);
            Ok(())
        })?;
        Ok(sum)
    }

    fn each(
        &self,
        blocks: RowBlocks,
        with: &mut dyn FnMut(&Pairs<'_>) -> Result<()>,
    ) -> Result<()> {
        for block in blocks {
            let block = block?;
            let views = self.columns.map(|(component, _)| block[component].view());
            let [x, y] = [0, 1].map(|i| (&views[i], self.columns[i].1));
            let pairs = Pairs::of(x, y, self.ranges).ok_or_else(|| {
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
        ranges: Ranges,
    ) -> Option<Self> {
        let rows = match (column::<f32>(x), column::<f32>(y)) {
            (Some(x), Some(y)) => Rows::Single(Box::new(Alike([x, y]))),
            _ => Rows::Double(Box::new(Unlike([numbers(x)?, numbers(y)?]))),
        };
        Some(Pairs { rows, ranges })
    }

    pub(crate) fn survey(&self) -> PairSurvey {
        match &self.rows {
            Rows::Single(source) => survey_of(&**source, self.ranges),
            Rows::Double(source) => survey_of(&**source, self.ranges),
        }
    }

    /// The numbers of every row of a list, `None` of rows that do not count.
    pub(crate) fn at(&self, rows: &mut dyn Iterator<Item = usize>) -> Vec<Option<(f64, f64)>> {
        match &self.rows {
            Rows::Single(source) => at(&**source, self.ranges, rows),
            Rows::Double(source) => at(&**source, self.ranges, rows),
        }
    }

    /// How many pairs lie in each cell: those of the first column of cells, from the
    /// least `y` to the greatest, then those of the next.
    ///
    /// # Errors
    ///
    /// Cells too many, or too narrow for `f64`.
    pub(crate) fn count(&self, x: Cells, y: Cells) -> Result<Vec<u64>> {
        let grid = Grid::new(x, y)?;
        Ok(match &self.rows {
            Rows::Single(source) => counts_of(&**source, &grid),
            Rows::Double(source) => counts_of(&**source, &grid),
        })
    }
}

fn column<'a, T: Wide>((view, index): (&'a TensorView<'_>, usize)) -> Option<Column<'a, T>> {
    let table = T::table(view).filter(|table| index < table.width())?;
    Some(Column { table, index })
}

fn numbers<'a>(of: (&'a TensorView<'_>, usize)) -> Option<Box<dyn Numbers + 'a>> {
    fn boxed<'a, T: Wide>(of: (&'a TensorView<'_>, usize)) -> Option<Box<dyn Numbers + 'a>> {
        Some(Box::new(column::<T>(of)?))
    }
    boxed::<f32>(of)
        .or_else(|| boxed::<f64>(of))
        .or_else(|| boxed::<i64>(of))
        .or_else(|| boxed::<u64>(of))
}

fn survey_of<T: Wide>(source: &dyn Source<T>, ranges: Ranges) -> PairSurvey {
    let make = || (PairSurvey::NOTHING, [Vec::new(), Vec::new()]);
    let look = |(survey, block): &mut (PairSurvey, [Vec<T>; 2]), _, rows| {
        for rows in blocks(rows) {
            source.read(rows, block);
            *survey = survey.merge(look(block, ranges));
        }
    };
    let parts = in_parts(source.rows(), threads(), &make, &look);
    let parts = parts.into_iter().map(|(survey, _)| survey);
    parts.fold(PairSurvey::NOTHING, PairSurvey::merge)
}

/// Looks at pairs, and leaves those that count.
fn look<T: Wide>(block: &mut [Vec<T>; 2], ranges: Ranges) -> PairSurvey {
    let rows = block[0].len();
    let mut surveys = block.each_ref().map(|values| survey_one(values));
    let mut finite = rows;
    if !surveys.iter().all(Survey::all_finite) || ranges.iter().any(Option::is_some) {
        finite = retain(block, [None; 2]);
        retain(block, ranges);
        surveys = block.each_ref().map(|values| survey_one(values));
    }
    let ends = |survey: Survey<T>| survey.ends.map(|(a, b)| (a.to_f64(), b.to_f64()));
    PairSurvey {
        rows,
        finite,
        inside: block[0].len(),
        ends: surveys.map(ends),
        whole: block
            .each_ref()
            .map(|values| values.iter().all(|v| v.is_whole())),
    }
}

fn survey_one<T: Wide>(values: &[T]) -> Survey<T> {
    let mut survey = Survey::new();
    survey.add(values);
    survey
}

fn at<T: Wide>(
    source: &dyn Source<T>,
    ranges: Ranges,
    rows: &mut dyn Iterator<Item = usize>,
) -> Vec<Option<(f64, f64)>> {
    let mut one = [Vec::new(), Vec::new()];
    let pair = |row: usize| {
        source.read(row..row + 1, &mut one);
        retain(&mut one, ranges);
        let [x, y] = one
            .each_ref()
            .map(|values| values.first().map(|v| v.to_f64()));
        x.zip(y)
    };
    rows.map(pair).collect()
}

fn counts_of<T: Wide>(source: &dyn Source<T>, grid: &Grid) -> Vec<u64> {
    let places = grid.places::<T>();
    let make = || (grid.empty(), [Vec::new(), Vec::new()]);
    let count = |(counts, block): &mut (Vec<u64>, [Vec<T>; 2]), _, rows| {
        for rows in blocks(rows) {
            source.read(rows, block);
            grid.add(&block[0], &block[1], places, counts);
        }
    };
    let parts = in_parts(source.rows(), threads(), &make, &count);
    let mut sum = grid.empty();
    parts.iter().for_each(|(counts, _)| add(&mut sum, counts));
    sum
}

fn add(sum: &mut [u64], counts: &[u64]) {
    sum.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
}

/// Moves the pairs of finite numbers within the ranges to the front, where others follow
/// no more; how many they are.
fn retain<T: Wide>([x, y]: &mut [Vec<T>; 2], ranges: Ranges) -> usize {
    let limits = ranges.map(|range| range.unwrap_or((f64::MIN, f64::MAX)));
    let inside = |value: T, (low, high): (f64, f64)| {
        let value = value.to_f64();
        (low <= value) & (value <= high)
    };
    let mut kept = 0;
    for i in 0..x.len().min(y.len()) {
        let pair = (x[i], y[i]);
        (x[kept], y[kept]) = pair;
        kept += usize::from(inside(pair.0, limits[0]) & inside(pair.1, limits[1]));
    }
    x.truncate(kept);
    y.truncate(kept);
    kept
}

/// Cells of both axes, and how to find them.
struct Grid {
    x: Locator,
    y: Locator,
}

impl Grid {
    fn new(x: Cells, y: Cells) -> Result<Self> {
        check_size(x.count, y.count)?;
        let (x, y) = (locator(x)?, locator(y)?);
        Ok(Grid { x, y })
    }

    /// How cells are found quickly, where they can be.
    fn places<T: Wide>(&self) -> Option<[Places<T>; 2]> {
        let one = |locator: &Locator| places(&[&locator.edges])?.first().copied();
        Some([one(&self.x)?, one(&self.y)?])
    }

    fn empty(&self) -> Vec<u64> {
        vec![0; self.x.bins() * self.y.bins()]
    }

    fn add<T: Wide>(&self, x: &[T], y: &[T], places: Option<[Places<T>; 2]>, counts: &mut [u64]) {
        let Some(places) = places else {
            return self.add_each(x, y, counts);
        };
        let (xs, x_rest) = x.as_chunks::<CHUNK>();
        let (ys, y_rest) = y.as_chunks::<CHUNK>();
        let (mut columns, mut lines) = ([0; CHUNK], [0; CHUNK]);
        let height = self.y.bins();
        // There are not so many cells that this could overflow.
        let cell = |column: u32, line: u32| {
            (column as usize)
                .wrapping_mul(height)
                .wrapping_add(line as usize)
        };
        for (x, y) in xs.iter().zip(ys) {
            let certain = T::bins(x, places[0], &mut columns) & T::bins(y, places[1], &mut lines);
            if !certain {
                self.add_certain(x, y, places, counts);
                continue;
            }
            for (column, line) in columns.iter().zip(lines) {
                if let Some(count) = counts.get_mut(cell(*column, line)) {
                    *count = count.wrapping_add(1);
                }
            }
        }
        self.add_each(x_rest, y_rest, counts);
    }

    /// One by one: of a chunk hardly more than one pair is not certain.
    fn add_certain<T: Wide>(&self, x: &[T], y: &[T], places: [Places<T>; 2], counts: &mut [u64]) {
        for (x, y) in x.iter().zip(y) {
            let (column, line) = (x.certain_bin(places[0]), y.certain_bin(places[1]));
            match (column, line) {
                (Some(column), Some(line)) => {
                    counts[column as usize * self.y.bins() + line as usize] += 1;
                }
                _ => self.add_each(&[*x], &[*y], counts),
            }
        }
    }

    fn add_each<T: Wide>(&self, x: &[T], y: &[T], counts: &mut [u64]) {
        for (&x, &y) in x.iter().zip(y) {
            if let (Some(column), Some(line)) = (self.x.bin(x.to_f64()), self.y.bin(y.to_f64())) {
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
    use crate::tensor::{Scalar, Tensor};

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
            let counts = pairs.count(cells_of(cells.0), cells_of(cells.1)).unwrap();
            prop_assert_eq!(&counts, &expected.counts.iter().copied().collect::<Vec<_>>());
            let in_blocks = BlockPairs {
                columns: [(0, 0), (1, 0)],
                ranges: [Some((low, high)); 2],
            };
            let (x, y) = (Tensor::from(x_values), Tensor::from(y_values));
            let cut = || {
                let part = |rows: Range<usize>| [&x, &y].map(|t| t.rows(&crate::tensor::Rows::Range(rows.clone()))).to_vec();
                let ranges = (0..x.len()).step_by(64).map(|start| start..x.len().min(start + 64));
                Box::new(ranges.map(|rows| Ok(part(rows))).collect::<Vec<_>>().into_iter()) as RowBlocks
            };
            prop_assert_eq!(in_blocks.survey(cut()).unwrap(), pairs.survey());
            let counted = in_blocks.count(cells_of(cells.0), cells_of(cells.1), cut()).unwrap();
            prop_assert_eq!(counted, counts);
        }
    }
}
