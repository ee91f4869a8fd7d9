//! See your arrays.
#![forbid(unsafe_code)]
#![allow(dead_code)]

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
pub use error::{Error, Result};
pub use stats::{BinRule, Bins};
pub use tensor::{DType, Scalar, Tensor};
