//! See your arrays.
#![forbid(unsafe_code)]

mod dataset;
mod display;
mod error;
mod plot;
mod render;
pub mod stats;
mod tensor;

pub use dataset::{
    Cardinality, Dataset, Element, ElementSpec, IntoStructure, Iter, Key, Structure, TensorSpec,
};
pub use display::Show;
pub use error::{Error, Result};
pub use plot::{Histogram, Images, Scatter};
pub use stats::{BinRule, Bins};
pub use tensor::{DType, Scalar, Tensor};

/// What a notebook imports: `use ndsight::prelude::*;`.
///
/// Besides this crate's types it brings `ndarray` with its own prelude (`Array`,
/// `array!`, `s!`, …), so that one `:dep` is enough to begin, and the [`Show`]
/// trait, through which arrays display themselves.
pub mod prelude {
    pub use crate::{
        BinRule, Bins, Cardinality, DType, Dataset, Element, Key, Show, Structure, Tensor, dict,
    };
    pub use ndarray::{self, prelude::*};
}
