//! Choices of one of a few, given by value or by the name they have in Python.

use std::str::FromStr;

use crate::error::{Error, Result};

/// The choice of that name, or the default where none was made.
pub(super) fn chosen<T: FromStr<Err = Error>>(name: Option<&str>, default: T) -> Result<T> {
    name.map_or(Ok(default), str::parse)
}

/// The names of the variants of an enum, and the variant of a name.
macro_rules! named {
    ($type:ident, $what:literal: $($variant:ident = $name:literal),+ $(,)?) => {
        impl $type {
            /// All of them, in the order of their documentation.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The name in Python.
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name),+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::error::Error;

            fn from_str(name: &str) -> crate::error::Result<Self> {
                let found = Self::ALL.iter().find(|choice| choice.name() == name);
                found.copied().ok_or_else(|| {
                    let names: Vec<&str> = Self::ALL.iter().map(|choice| choice.name()).into_list();
                    crate::error::Error::name(format!(
                        concat!("expected ", $what, " ({}), but found {:?}"),
                        names.join(", "),
                        name
                    ))
                })
            }
        }

        /// Its name: plots take either.
        impl From<$type> for String {
            fn from(choice: $type) -> String {
                choice.name().to_owned()
            }
        }
    };
}

pub(super) use named;

macro_rules! by_name {
    ($($type:ty),*) => {$(
        /// Its name: plots take either.
        impl From<$type> for String {
            fn from(choice: $type) -> String {
                choice.name().to_owned()
            }
        }
    )*};
}

by_name!(crate::stats::Correlation, crate::stats::Normalize);
