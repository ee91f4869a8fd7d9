//! See your arrays.
#![allow(dead_code)]
mod display;
mod error;
mod plot;
mod render;
pub mod stats;

pub use error::{Error, Result};
