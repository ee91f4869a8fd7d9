//! Elements laid together as they come: each by itself takes some hundred bytes besides
//! its values.

use super::node::{Value, stack_all};
use super::structure::Structure;
use crate::error::Result;
use crate::tensor::Tensor;

/// So many elements wait until they are laid together.
const TOGETHER: usize = 1 << 14;

/// Elements of a pass along a first axis: stacked, or laid end to end where they are
/// batches.
pub(super) struct Laid {
    batched: bool,
    waiting: Vec<Value>,
    blocks: Vec<Value>,
}

impl Laid {
    pub(super) fn new(batched: bool) -> Laid {
        Laid {
            batched,
            waiting: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// One more.
    ///
    /// # Errors
    ///
    /// Shapes do not agree with those before.
    pub(super) fn push(&mut self, element: Value) -> Result<()> {
        self.waiting.push(element);
        match self.waiting.len() {
            TOGETHER => self.lay(),
            _ => Ok(()),
        }
    }

    fn lay(&mut self) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        self.blocks.push(match self.batched {
            true => Structure::zip_leaves(&waiting, &Tensor::concat)?,
            false => stack_all(&waiting)?,
        });
        Ok(())
    }

    /// All of them; `None` of none.
    pub(super) fn finish(mut self) -> Result<Option<Value>> {
        if !self.waiting.is_empty() {
            self.lay()?;
        }
        match self.blocks.is_empty() {
            true => Ok(None),
            false => Structure::zip_leaves(&self.blocks, &Tensor::concat).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dataset;

    #[test]
    fn many_elements_are_laid_together_as_few_are() {
        let all = TOGETHER as i64 * 2 + 3;
        let ds = Dataset::range(0..all);
        let expected = Tensor::from((0..all).collect::<Vec<_>>());
        for (ds, batched) in [(ds.clone(), false), (ds.batch(7).unwrap(), true)] {
            let mut laid = Laid::new(batched);
            for element in ds.node.open(&Default::default()) {
                laid.push(element.unwrap()).unwrap();
            }
            let laid = laid.finish().unwrap().unwrap();
            assert_eq!(*laid.leaves()[0], expected);
        }
        assert!(Laid::new(false).finish().unwrap().is_none());
    }
}
