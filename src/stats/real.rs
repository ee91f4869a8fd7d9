//! The element types that statistics are computed of.

use crate::tensor::{F16, Scalar};

/// A number (or truth value) that statistics can be computed of: `bool`, the
/// integers of 8 to 64 bits, [`F16`], `f32` and `f64`.
///
/// `bool` counts as 0 and 1, as in NumPy. `F16` is computed with as `f32` is:
/// NumPy's half-precision results overflow, and its bins run together. The trait
/// is sealed.
pub trait Real: Scalar {}

impl Real for bool {}
impl Real for i8 {}
impl Real for i16 {}
impl Real for i32 {}
impl Real for i64 {}
impl Real for u8 {}
impl Real for u16 {}
impl Real for u32 {}
impl Real for u64 {}
impl Real for F16 {}
impl Real for f32 {}
impl Real for f64 {}
