//! How passes are made. Each way is one type whatever the closure in it, as every
//! other iterator brings all that iterators can do, compiled once more.

use std::iter;

use super::node::{Pass, Value};
use crate::error::Result;

type Next = Box<dyn FnMut() -> Option<Result<Value>> + Send>;
type Sift = Box<dyn FnMut((usize, Result<Value>)) -> Option<Result<Value>> + Send>;

/// A pass over what `next` returns.
pub(super) fn pass_of(next: impl FnMut() -> Option<Result<Value>> + Send + 'static) -> Pass {
    let next: Next = Box::new(next);
    Box::new(iter::from_fn(next))
}

/// What `sift` makes of the elements, counted from 0; some it may leave out.
pub(super) fn sifted(
    pass: Pass,
    mut sift: impl FnMut(usize, Result<Value>) -> Option<Result<Value>> + Send + 'static,
) -> Pass {
    let sift: Sift = Box::new(move |(index, value)| sift(index, value));
    Box::new(pass.enumerate().filter_map(sift))
}

/// Passes one after another, each begun when the one before has ended.
pub(super) fn one_after_another(passes: impl Iterator<Item = Pass> + Send + 'static) -> Pass {
    let passes: Box<dyn Iterator<Item = Pass> + Send> = Box::new(passes);
    Box::new(passes.flatten())
}
