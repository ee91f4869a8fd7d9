//! Points in a panel: what scatter plots, pair plots and projections draw alike.
//!
//! - `choices`: what can be chosen about points, and the methods to choose it
//! - `coordinate`: the numbers along one axis, and the axis
//! - `looks`: colours, sizes and markers of rows, and what they mean
//! - `kept`: which rows have a place, and what the others lack
//! - `crowding`: how opaque points are, by how much they would hide
//! - `jitter`: points in one place moved apart
//! - `cloud`: one panel of points
//! - `density`, `grid`: pictures of counts where points are too many
//! - `crowd`: the same of so many that no number of them is held
//! - `trend`: straight lines through points, with their bands
//! - `spread`: how one coordinate is distributed
//! - `thumbnails`: pictures instead of points
//! - `chart`: a whole figure of one panel, with or without margins

mod chart;
mod choices;
mod cloud;
mod coordinate;
mod crowd;
mod crowding;
mod density;
mod grid;
mod jitter;
mod kept;
mod looks;
mod spread;
mod thumbnails;
mod trend;

pub(super) use chart::{Chart, Source, read};
pub use choices::Density;
pub(super) use choices::{Choices, chosen_points, colored};
pub(super) use cloud::{Cloud, Manner};
pub(super) use coordinate::Coordinate;
pub(super) use crowd::{Drawn, draw};
pub(super) use looks::Looks;
pub(super) use spread::{Kind, Spread};
