//! Arrays whose element type and rank are known at run time.
//!
//! - `dtype`: the element types and their NumPy names
//! - `float16`, `variant`: the element types that Rust and `ndarray` lack
//! - `storage`: a shared or borrowed array, one variant for each element type
//! - `array`: the [`Tensor`]
//! - `flat`: values in one row, which what follows is made of
//! - `convert`: from and to `ndarray` arrays
//! - `rows`: slices, gathers and stacks along the first axis
//! - `arrange`, `order`: entries along any axis, padding, and the order values sort in
//! - `cast`, `reshape`, `fill`: other element types, other shapes, zeros and ones
//! - `text`, `number`: values and shapes in words, numbers as people read them
//! - `npy`, `npz`: NumPy's files, read and written; arrays that stay in their file
//! - `regular`, `replace`: files that are read at positions, and files that are
//!   complete or not there

mod arrange;
mod array;
mod cast;
mod convert;
mod dtype;
mod fill;
mod flat;
mod float16;
mod npy;
mod npz;
pub(crate) mod number;
mod order;
mod regular;
mod replace;
mod reshape;
mod rows;
#[cfg(test)]
mod scratch;
mod storage;
mod text;
mod variant;

pub use array::Tensor;
pub(crate) use convert::{Item, Share};
pub use dtype::{DType, Scalar};
pub(crate) use flat::in_order;
pub use float16::F16;
pub(crate) use npy::{NpyWriter, Opened, open_npy};
pub(crate) use npz::{open_npz, write_npz};
#[cfg(feature = "image")]
pub(crate) use regular::RegularFile;
pub(crate) use replace::write_file;
pub(crate) use rows::{RowBlocks, Rows};
pub(crate) use storage::TensorView;
pub(crate) use text::Shape;
pub use variant::Variant;
