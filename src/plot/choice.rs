//! Choices of one of a few, given by value or by the name they have in Python.

use std::str::FromStr;

use crate::error::{Error, Result};

/// The choice of that name, or the default where none was made.
pub(super) fn chosen<T: FromStr<Err = Error>>(name: Option<&str>, default: T) -> Result<T> {
    name.map_or(Ok(default), str::parse)
}

macro_rules! as_string {
    ($($type:ty),*) => {$(
        /// Its name: plots take either.
        impl From<$type> for String {
            fn from(choice: $type) -> String {
                choice.name().to_owned()
            }
        }
    )*};
}

as_string!(
    super::CountStat,
    crate::stats::Correlation,
    crate::stats::Normalize
);
