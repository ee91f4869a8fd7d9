//! The one error type of the crate.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::held::Held;

use crate::printed;

/// A `Result` whose error is ndsight's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in words that say what was expected, what was found and
/// the way out.
///
/// The representation is private; the `is_…` predicates sort errors for a
/// program, and the text is for people. `Debug` prints the same text as
/// `Display`, because a notebook prints a failed `?` or `unwrap` with either.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
/// use ndarray::{Array1, Array2};
///
/// let (x, y) = (Array2::<f32>::zeros((150, 4)), Array1::<i64>::zeros(149));
/// let err = Dataset::from_tensor_slices((x, y)).unwrap_err();
/// assert!(err.is_shape());
/// ```
#[derive(Clone)]
pub struct Error(Held<Repr>);

#[derive(Clone)]
struct Repr {
    kind: Kind,
    /// A short name of the exact cause where a program compares it with
    /// another library's, such as `too_many_bins`; empty elsewhere.
    code: &'static str,
    message: String,
}

const PANIC: &str = "panic";

/// The sorts of error that a program may want to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Shape,
    DType,
    Name,
    Value,
    File,
    Function,
    Stopped,
    Internal,
}

impl Error {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self::with_code(kind, "", message.into())
    }

    fn with_code(kind: Kind, code: &'static str, message: String) -> Self {
        // Messages quote what files and folders are named and hold. A line break in that
        // could make a line of its own, which the kernel takes for a command.
        let message = match kind {
            // A closure says what it likes, in as many lines as it likes.
            Kind::Function => printed::lines(&message),
            _ => printed::line(&message),
        };
        Error(Held::new(Repr {
            kind,
            code,
            message,
        }))
    }

    /// Shapes, ranks, lengths and structures that do not fit.
    pub(crate) fn shape(message: impl Into<String>) -> Self {
        Self::new(Kind::Shape, message)
    }

    /// An element type that is not the one asked for, or not supported.
    pub(crate) fn dtype(message: impl Into<String>) -> Self {
        Self::new(Kind::DType, message)
    }

    /// A name that does not exist; the message lists those that do.
    pub(crate) fn name(message: impl Into<String>) -> Self {
        Self::new(Kind::Name, message)
    }

    /// An argument outside what the function takes.
    pub(crate) fn value(message: impl Into<String>) -> Self {
        Self::new(Kind::Value, message)
    }

    /// A file that is missing, unreadable, or not what its name says.
    pub(crate) fn file(message: impl Into<String>) -> Self {
        Self::new(Kind::File, message)
    }

    /// A closure given to a step that failed, in its own words.
    pub(crate) fn function(message: impl Into<String>) -> Self {
        Self::new(Kind::Function, message).coded("map_function")
    }

    /// A closure given to a step that panicked. Unlike an error of one, which may be of a
    /// bad element, that is a mistake in it.
    pub(crate) fn panicked(message: impl Into<String>) -> Self {
        Self::new(Kind::Function, message).coded(PANIC)
    }

    pub(crate) fn is_panic(&self) -> bool {
        self.0.kind == Kind::Function && self.0.code == PANIC
    }

    /// A pass that was given up because it had read as much as it may: what a
    /// display does with data that have no end.
    pub(crate) fn stopped(message: impl Into<String>) -> Self {
        Self::new(Kind::Stopped, message)
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.kind == Kind::Stopped
    }

    /// A fault of ndsight itself, caught before it reached the user as a panic.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, message)
    }

    /// Puts `context` and a colon before the message, keeping the kind.
    pub(crate) fn context(self, context: impl fmt::Display) -> Self {
        let message = format!("{context}: {}", self.0.message);
        Self::with_code(self.0.kind, self.0.code, message)
    }

    /// The same error with the short name of its exact cause.
    pub(crate) fn coded(self, code: &'static str) -> Self {
        Self::with_code(self.0.kind, code, self.0.message.clone())
    }

    /// The short name of the exact cause, or nothing. For the conformance
    /// tests, which compare causes with NumPy's.
    #[doc(hidden)]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// Whether shapes, ranks, lengths or structures did not fit.
    pub fn is_shape(&self) -> bool {
        self.0.kind == Kind::Shape
    }

    /// Whether an element type was not the one asked for, or is not supported.
    pub fn is_dtype(&self) -> bool {
        self.0.kind == Kind::DType
    }

    /// Whether a component or feature of that name or index does not exist.
    pub fn is_name(&self) -> bool {
        self.0.kind == Kind::Name
    }

    /// Whether an argument was outside what the function takes.
    pub fn is_value(&self) -> bool {
        self.0.kind == Kind::Value
    }

    /// Whether a file was missing, unreadable, or not what its name says.
    pub fn is_file(&self) -> bool {
        self.0.kind == Kind::File
    }

    /// Whether a closure given to a step failed or panicked; the message names the
    /// step and the element.
    pub fn is_function(&self) -> bool {
        self.0.kind == Kind::Function
    }

    /// Whether ndsight itself is at fault; the message says where.
    pub fn is_internal(&self) -> bool {
        self.0.kind == Kind::Internal
    }
}

/// Runs `run`; a panic inside becomes the error that `error` makes of its message. One
/// that reached a notebook's cell would take the cell's variables with it.
pub(crate) fn guarded<T>(run: impl FnOnce() -> Result<T>, error: fn(&str) -> Error) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(error(said(&*panic))))
}

/// The message of a panic.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no message")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_goes_before_the_message_and_keeps_the_kind() {
        let err = Error::shape("expected 3 rows, but found 2")
            .coded("rows")
            .context("reading x.npy");
        assert_eq!(err.code(), "rows");
        assert_eq!(
            err.to_string(),
            "reading x.npy: expected 3 rows, but found 2"
        );
        assert!(err.is_shape() && !err.is_file());
        assert_eq!(format!("{err:?}"), err.to_string());
    }

    #[test]
    fn what_a_message_quotes_stays_on_its_line() {
        let err = Error::file("no \u{1b}[31marray").context("a\nEVCXR_END_CONTENT\r\u{202e}b");
        assert_eq!(
            err.to_string(),
            "a\u{fffd}EVCXR\u{2060}_END_CONTENT\u{fffd}\u{fffd}b: no \u{fffd}[31marray"
        );
        let own = Error::function("two\nlines \u{1b}[31m");
        assert_eq!(own.to_string(), "two\nlines \u{fffd}[31m");
    }
}
