//! Choices of one of a few, found by the names that they have in Python.

use crate::error::{Error, Result};

/// Which of the names it is, or an error of this code that lists them.
pub(crate) fn position(
    name: &str,
    names: &[&str],
    what: &str,
    code: &'static str,
) -> Result<usize> {
    let found = names.iter().position(|known| *known == name);
    found.ok_or_else(|| {
        let names = names.join(", ");
        Error::name(format!("expected {what} ({names}), but found {name:?}")).coded(code)
    })
}

/// An enum with `ALL` and `name()` is shown by its name, and found by it among all.
macro_rules! by_name {
    ($type:ident, $what:literal, $code:literal) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::Error;

            fn from_str(name: &str) -> $crate::Result<Self> {
                let names = Self::ALL.map(Self::name);
                let at = $crate::named::position(name, &names, $what, $code)?;
                Ok(Self::ALL[at])
            }
        }
    };
}
pub(crate) use by_name;

/// The names of the variants of an enum, and the variant of a name.
macro_rules! named {
    (
        $type:ident, $what:literal, $code:literal:
        $(#[$doc:meta])*
        $($variant:ident = $name:literal),+ $(,)?
    ) => {
        impl $type {
            /// All of them, in the order in which an error lists them.
            pub const ALL: [Self; [$($name),+].len()] = [$($type::$variant),+];

            $(#[$doc])*
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name),+
                }
            }
        }

        $crate::named::by_name!($type, $what, $code);
    };
}
pub(crate) use named;

#[cfg(test)]
#[expect(unreachable_pub, reason = "what the macro makes is for public enums")]
mod tests {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Fruit {
        Apple,
        Pear,
    }

    named!(Fruit, "a fruit", "unknown_fruit": Apple = "apple", Pear = "pear");

    #[test]
    fn each_is_found_by_its_name() {
        assert_eq!(Fruit::ALL, [Fruit::Apple, Fruit::Pear]);
        for fruit in Fruit::ALL {
            assert_eq!(fruit.to_string().parse::<Fruit>().unwrap(), fruit);
        }
        assert_eq!(format!("{:>5}", Fruit::Pear), " pear");
    }

    #[test]
    fn others_are_told_what_there_is() {
        let err = "Pear".parse::<Fruit>().unwrap_err();
        assert!(err.is_name());
        assert_eq!(err.code(), "unknown_fruit");
        assert_eq!(
            err.to_string(),
            r#"expected a fruit (apple, pear), but found "Pear""#
        );
    }
}
