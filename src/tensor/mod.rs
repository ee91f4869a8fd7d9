//! Arrays whose element type and rank are known at run time.
//!
//! - `dtype`: the element types and their NumPy names
//! - `storage`: a [`Tensor`]'s shared array, one variant for each element type
//! - `convert`: from and to `ndarray` arrays
//! - `rows`: slices, gathers and stacks along the first axis
//! - `npy`, `npz`: NumPy's files

mod convert;
mod dtype;
mod npy;
mod npz;
mod rows;
mod storage;

pub(crate) use convert::{Item, Share};
pub use dtype::{DType, Scalar};
pub(crate) use npy::read_npy;
pub(crate) use npz::read_npz;
pub(crate) use rows::Rows;
pub use storage::Tensor;
pub(crate) use storage::{Shape, TensorView, with_numbers};
