//! Passes over all rows in blocks, for what is too large to hold: nothing is left out,
//! and whoever waits is told how far they are.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::ahead::ahead;
use super::blocks::{in_blocks, ranges, rows_of};
use super::columns::{Columns, Extent, PLOT_BYTES};
use super::laid::Laid;
use super::node::{Access, Pass, RandomAccess, Value};
use super::pass::pass_of;
use super::run::Run;
use super::{Cardinality, Dataset};
use crate::error::Result;
use crate::progress::Progress;
use crate::tensor::{RowBlocks, Rows, Tensor};

/// About so many bytes of rows are read at a time. Three times as many are held at most:
/// what is worked on, what waits, and what is being read.
const BLOCK_BYTES: usize = 1 << 23;

/// No block has more rows: each may be made one by one before they are laid together.
const BLOCK_ROWS: usize = 1 << 17;

/// More bytes than this are sampled instead: a pass takes a minute from a quick disk.
const EXACT_BYTES: usize = 1 << 36;

/// All rows of a data set, for what may read them more than once.
pub(crate) enum AllRows {
    /// In memory; or as many as a plot takes of what has no known end.
    Held(Columns),
    /// Too large for that.
    InPasses,
}

/// Passes over some components of all rows.
pub(crate) struct Passes<'a> {
    dataset: &'a Dataset,
    components: Vec<usize>,
    pooled: bool,
    progress: Rc<RefCell<Progress>>,
}

impl Dataset {
    /// How a plot that need not hold rows reads all of them.
    pub(crate) fn all_rows_for_plot(&self) -> Result<AllRows> {
        match self.ends_in_time() {
            true => Ok(self
                .rows_that_fit()?
                .map_or(AllRows::InPasses, AllRows::Held)),
            false => self.plot_rows().map(AllRows::Held),
        }
    }

    /// Whether a pass over all rows is known to end, in the time that a plot may take.
    fn ends_in_time(&self) -> bool {
        let node = &self.node;
        let rows = match self.is_batched() {
            true => node.row_cardinality().finite(),
            false => node.row_cardinality().finite().or(node.at_most),
        };
        let bytes = self.row_spec().bytes().zip(rows);
        let bytes = bytes.and_then(|(bytes, rows)| bytes.checked_mul(rows));
        !node.may_not_end() && bytes.is_some_and(|bytes| bytes <= EXACT_BYTES)
    }

    /// Whether rows can be reached in any order.
    pub(crate) fn has_random_access(&self) -> bool {
        self.node.random().is_some() && !self.is_batched()
    }

    /// All rows, unless they take more memory than a plot may, or only reading tells whether
    /// they do and they do.
    pub(crate) fn rows_that_fit(&self) -> Result<Option<Columns>> {
        let in_memory = self.node.random().is_some_and(|access| access.in_memory());
        match (self.node.cardinality, self.bytes()) {
            (Cardinality::Infinite, _) => self.node.expect_finite("describe()").map(|_| None),
            (Cardinality::Finite(_), Some(bytes)) if bytes <= PLOT_BYTES || in_memory => {
                self.all_rows().map(Some)
            }
            (Cardinality::Finite(_), Some(_)) => Ok(None),
            _ => self.rows_up_to(self.affordable_rows()),
        }
    }

    /// The pass, told how far it is as one for `what`.
    pub(super) fn told(&self, what: &'static str, mut pass: Pass) -> Pass {
        let node = Arc::clone(&self.node);
        let mut progress = Progress::new(what, node.row_cardinality().finite(), Some(1));
        progress.pass();
        pass_of(move || {
            let value = pass.next()?;
            if let Ok(value) = &value {
                progress.add(node.rows_of(value).unwrap_or(0));
            }
            Some(value)
        })
    }

    /// Passes for `what`, as progress calls it; how many, where that is known.
    pub(crate) fn passes(
        &self,
        components: Vec<usize>,
        what: &'static str,
        passes: Option<usize>,
    ) -> Passes<'_> {
        let rows = self.node.row_cardinality().finite();
        Passes {
            dataset: self,
            components,
            pooled: false,
            progress: Rc::new(RefCell::new(Progress::new(what, rows, passes))),
        }
    }

    /// All rows, if there are at most so many.
    fn rows_up_to(&self, most: usize) -> Result<Option<Columns>> {
        let (mut laid, mut rows) = (Laid::new(self.is_batched()), 0_usize);
        for value in self.told("reading", self.node.open(&Run::default())) {
            let value = value?;
            rows = rows.saturating_add(self.node.rows_of(&value)?);
            if rows > most {
                return Ok(None);
            }
            laid.push(value)?;
        }
        let all = laid.finish()?.unwrap_or_else(|| self.no_elements());
        self.laid_out(all, Extent::All).map(Some)
    }
}

impl Passes<'_> {
    /// All values of each component in blocks of shape `(values,)`, whatever the shape of
    /// a row.
    pub(crate) fn pooled(self) -> Self {
        Passes {
            pooled: true,
            ..self
        }
    }

    /// Begins a pass: blocks of shape `(rows, …)`, one for each component.
    pub(crate) fn open(&self) -> RowBlocks {
        self.progress.borrow_mut().pass();
        let progress = Rc::clone(&self.progress);
        let counted = move |block: Result<Block>| {
            let block = block?;
            progress.borrow_mut().add(block.rows);
            Ok(block.components)
        };
        Box::new(self.read().map(counted))
    }

    /// The same of a single component.
    pub(crate) fn open_one(&self) -> Box<dyn Iterator<Item = Result<Tensor>>> {
        Box::new(self.open().map(|block| Ok(block?.swap_remove(0))))
    }

    fn read(&self) -> Box<dyn Iterator<Item = Result<Block>>> {
        let node = &self.dataset.node;
        match (&node.access, node.cardinality) {
            (Access::Random(access), Cardinality::Finite(len))
                if !node.batched && self.are_alike() =>
            {
                let read = || self.of_ranges(access, len);
                match access.in_memory() {
                    true => read(),
                    // Without a thread to spare they are read when they are asked for.
                    false => match ahead(1, read()) {
                        Ok(made) => Box::new(made),
                        Err(_) => read(),
                    },
                }
            }
            _ => self.in_order(),
        }
    }

    /// Blocks of rows that can be reached in any order.
    fn of_ranges(
        &self,
        access: &Arc<dyn RandomAccess>,
        len: usize,
    ) -> Box<dyn Iterator<Item = Result<Block>> + Send> {
        let (access, kept) = (Arc::clone(access), self.kept());
        let together = rows_of(self.bytes(), BLOCK_BYTES, BLOCK_ROWS);
        Box::new(ranges(len, together).map(move |range| {
            let (count, rows) = (range.len(), Rows::Range(range));
            let component = |&at: &usize| access.component(at, &rows, 0);
            let read: Result<Vec<Tensor>> = kept.components.iter().map(component).collect();
            let components = read?.into_iter().map(|tensor| kept.shaped(tensor));
            Ok(Block {
                rows: count,
                components: components.collect::<Result<_>>()?,
            })
        }))
    }

    /// Blocks of a pass: each batch is one, elements make one together.
    fn in_order(&self) -> Box<dyn Iterator<Item = Result<Block>>> {
        let node = Arc::clone(&self.dataset.node);
        let (batched, kept) = (node.batched, self.kept());
        let pass = node.open(&Run::default());
        let part = move |value: Result<Value>| -> Result<Block> {
            let value = value?;
            let leaves = value.leaves();
            let component = |&at: &usize| match batched {
                true => kept.shaped(leaves[at].clone()),
                false => kept.shaped(leaves[at].with_first_axis()),
            };
            Ok(Block {
                rows: node.rows_of(&value)?,
                components: kept
                    .components
                    .iter()
                    .map(component)
                    .collect::<Result<_>>()?,
            })
        };
        let parts = pass.map(part);
        match batched {
            true => Box::new(parts),
            false => {
                let together = rows_of(self.bytes(), BLOCK_BYTES, BLOCK_ROWS);
                in_blocks(parts, together, |parts| Block::joined(&parts))
            }
        }
    }

    fn kept(&self) -> Kept {
        Kept {
            components: self.components.clone(),
            pooled: self.pooled,
        }
    }

    /// Whether rows have one shape, and can be laid together before they are pooled.
    fn are_alike(&self) -> bool {
        let spec = self.dataset.row_spec();
        let specs = spec.components();
        let known = |shape: &[Option<usize>]| shape.iter().all(Option::is_some);
        let mut kept = self.components.iter().map(|&at| specs[at]);
        !self.pooled || kept.all(|spec| spec.shape().is_some_and(known))
    }

    /// Of the components of a row, where that is known.
    fn bytes(&self) -> Option<usize> {
        let spec = self.dataset.row_spec();
        let specs = spec.components();
        let bytes = self.components.iter().map(|&at| specs[at].bytes());
        bytes.sum()
    }
}

/// What is kept of elements.
struct Kept {
    components: Vec<usize>,
    pooled: bool,
}

impl Kept {
    fn shaped(&self, component: Tensor) -> Result<Tensor> {
        match self.pooled {
            true => component.reshape(&[component.len()]),
            false => Ok(component),
        }
    }
}

/// Some rows.
struct Block {
    rows: usize,
    components: Vec<Tensor>,
}

impl Block {
    fn joined(parts: &[Block]) -> Result<Block> {
        let count = parts.first().map_or(0, |part| part.components.len());
        let component = |at: usize| {
            let tensors: Vec<Tensor> = parts.iter().map(|p| p.components[at].clone()).collect();
            Tensor::concat(&tensors)
        };
        Ok(Block {
            rows: parts.iter().map(|part| part.rows).sum(),
            components: (0..count).map(component).collect::<Result<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array2};

    /// All blocks of a pass laid together, and how many there were.
    fn read(passes: &Passes<'_>, at: usize) -> (Tensor, usize) {
        let blocks: Vec<Vec<Tensor>> = passes.open().collect::<Result<_>>().unwrap();
        let parts: Vec<Tensor> = blocks.iter().map(|block| block[at].clone()).collect();
        (Tensor::concat(&parts).unwrap(), parts.len())
    }

    #[test]
    fn blocks_are_all_rows_however_they_are_reached() {
        let x = Array2::from_shape_fn((BLOCK_ROWS + 10, 2), |(i, j)| (2 * i + j) as f32);
        let y = Array1::from_iter((0..BLOCK_ROWS + 10).map(|i| i as i64));
        let ds = Dataset::from_tensor_slices((y.clone(), x.clone())).unwrap();
        let (x, y) = (Tensor::from(x), Tensor::from(y));
        let all = |_: Tensor, _: i64| true;
        let few = ds.take(1_000);
        let filtered = few.filter(move |(y, x): (i64, Tensor)| all(x, y)).unwrap();
        for (ds, rows, blocks) in [
            (ds.clone(), x.shape()[0], 2),
            (ds.batch(50_000).unwrap(), x.shape()[0], 3),
            (filtered, 1_000, 1),
        ] {
            let passes = ds.passes(vec![1, 0], "test", None);
            let rows = Rows::Range(0..rows);
            for _ in 0..2 {
                assert_eq!(read(&passes, 0), (x.rows(&rows), blocks));
                assert_eq!(read(&passes, 1), (y.rows(&rows), blocks));
            }
        }
    }

    #[test]
    fn values_are_pooled_whatever_the_shape_of_a_row() {
        let ragged = Dataset::range(0..4)
            .map(|n: i64| Array1::from_elem(n as usize, n))
            .unwrap();
        let passes = ragged.passes(vec![0], "test", None).pooled();
        assert_eq!(read(&passes, 0).0, Tensor::from(vec![1_i64, 2, 2, 3, 3, 3]));
        let rows = ragged.passes(vec![0], "test", None);
        assert!(rows.open().next().unwrap().is_err());
    }

    #[test]
    fn what_ends_is_read_to_its_end_and_what_may_not_is_not() {
        let rows = |ds: &Dataset| match ds.all_rows_for_plot().unwrap() {
            AllRows::Held(rows) => Some((rows.len, rows.extent)),
            AllRows::InPasses => None,
        };
        let many = Dataset::range(0..300_000);
        let odd = many.filter(|n: i64| n % 2 == 1).unwrap();
        assert_eq!(rows(&odd), Some((150_000, Extent::All)));
        let endless = many.repeat(None).filter(|n: i64| n % 2 == 1).unwrap();
        assert_eq!(
            rows(&endless).unwrap().0,
            super::super::columns::STREAM_ROWS
        );
        let large = Dataset::range(0..1 << 30);
        assert_eq!(rows(&large), None);
        assert!(!Dataset::range(0..1 << 40).ends_in_time());
    }
}
