//! Where pictures appear: the bundle of formats that a notebook gets, and the
//! kernel's protocol. The only room that names `evcxr_runtime` and `base64`.
//!
//! - `show`: `evcxr_display` and `show` for our types and, by the [`Show`] trait,
//!   for arrays, pictures and results
//! - `bundle`: one thing shown, as HTML, picture and text; a cell's things joined
//! - `format`: the format chosen for a figure, by itself or by the environment
//! - `picture`: a figure drawn in its formats, several as one
//! - `card`: what data sets, elements and arrays say of themselves
//! - `page`: what a card says, as plain data, and its renderers
//! - `written`: cards as HTML and text for elsewhere
//! - `html`: escaping and the few elements used
//! - `cell`: everything that a cell shows, joined
//! - `kept`: what a cell has shown, in a file; `record`: fields as bytes
//! - `protocol`: the kernel's blocks, safe for any text

mod bundle;
mod card;
mod cell;
mod format;
mod html;
mod kept;
mod page;
mod picture;
mod protocol;
mod record;
mod show;
mod written;

pub use show::Show;
