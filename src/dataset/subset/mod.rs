//! Parts of a data set: of its elements, and of their components.
//!
//! - `picked`: elements at chosen positions, and orders that no longer change
//! - `split`: two parts, of all elements or of each class
//! - `sample`: some elements at random, of all or of each class
//! - `sort`: elements in the order of a component
//! - `select`: some components or features, and other names for them

mod picked;
mod sample;
mod select;
mod sort;
mod split;

pub use split::Split;
