//! Elements made ahead on another thread.

use std::ops::Range;
use std::sync::Arc;

use super::super::Dataset;
use super::super::ahead::ahead;
use super::super::node::{Node, Pass, RandomAccess, Sequential, Value, access_over};
use super::super::pass::pass_of;
use super::super::run::Run;
use crate::error::{Error, Result};
use crate::tensor::Rows;

struct Prefetch<I> {
    input: I,
    buffer_size: usize,
}

impl Dataset {
    /// Makes up to `buffer_size` elements ahead on a thread of their own while a pass
    /// works on others, as `tf.data.Dataset.prefetch`; 0 makes none ahead. The
    /// thread lives as long as the pass. Elements, order and random access stay.
    ///
    /// It belongs at the end: a batch of elements that can be reached in any order reads
    /// them at once, not from the pass that is made ahead.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::range(0..100).batch(10)?.prefetch(2);
    /// assert_eq!(ds.iter().count(), 10);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn prefetch(&self, buffer_size: usize) -> Dataset {
        let before = &self.node;
        let access =
            access_over!(before, before.examples(), input => Prefetch { input, buffer_size });
        self.then(Node::same_elements(
            before,
            format!("prefetch({buffer_size})"),
            access,
        ))
    }
}

impl RandomAccess for Prefetch<Arc<dyn RandomAccess>> {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        self.input.get(index, epoch)
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        self.input.stack(rows, epoch)
    }

    fn open(self: Arc<Self>, range: Range<usize>, run: &Run) -> Pass {
        made_ahead(run, self.buffer_size, |run| {
            Arc::clone(&self.input).open(range, run)
        })
    }

    fn in_memory(&self) -> bool {
        self.input.in_memory()
    }
}

impl Sequential for Prefetch<Arc<Node>> {
    fn open(&self, run: &Run) -> Pass {
        made_ahead(run, self.buffer_size, |run| self.input.open(run))
    }
}

fn made_ahead(run: &Run, buffer_size: usize, open: impl FnOnce(&Run) -> Pass) -> Pass {
    if buffer_size == 0 {
        return open(run);
    }
    let (run, ends) = run.ending();
    match ahead(buffer_size, open(&run)) {
        Ok(mut made) => pass_of(move || {
            let _ends_with_the_pass = &ends;
            made.next()
        }),
        Err(err) => Box::new(std::iter::once(Err(Error::internal(format!(
            "cannot start a thread to prefetch on: {err}; leave out prefetch"
        ))))),
    }
}
