//! What to draw: one file per plot, each a value that records choices and
//! turns data into a [`figure::Figure`] of plain numbers.

pub(crate) mod figure;
pub(crate) mod number;
pub(crate) mod ticks;
