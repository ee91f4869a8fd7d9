//! Patterns of file names: `*`, `?`, `[a-z]` and `**`.
//!
//! The `glob` crate (0.3.4) passes over names that are not UTF-8 in silence, and
//! its `**` follows links to folders, where a few links to one another have no
//! end that one could wait for.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::entries::{Entry, entries};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapInto};

/// A pattern, one part for each folder on the way.
pub(super) struct Pattern {
    /// The root, or nothing where the pattern is relative.
    start: PathBuf,
    parts: Vec<Part>,
}

enum Part {
    /// A name without wildcards.
    Name(OsString),
    Like(Vec<Token>),
    /// Any number of folders, `**`.
    Anywhere,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Is(char),
    /// One character, `?`.
    Any,
    /// Any number of characters, `*`.
    Many,
    /// A character in one of the ranges, `[a-z_]`, or in none, `[!a-z_]`.
    OneOf {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
}

impl Pattern {
    pub(super) fn new(pattern: &Path) -> Result<Pattern> {
        let (mut start, mut parts) = (PathBuf::new(), Vec::new());
        for component in pattern.components() {
            match component {
                Component::Prefix(_) | Component::RootDir => start.push(component),
                _ => parts.push(Part::new(component).map_err(|problem| {
                    Error::value(format!("{problem} in the pattern '{}'", pattern.display()))
                        .coded("invalid_argument")
                })?),
            }
        }
        if matches!(parts.last(), Some(Part::Anywhere)) {
            parts.push(Part::Like(vec![Token::Many]));
        }
        Ok(Pattern { start, parts })
    }

    /// The files that match. Links are followed, but not by `**`, so that an end is
    /// sure.
    pub(super) fn files(&self) -> Result<Vec<PathBuf>> {
        if self.parts.is_empty() {
            return Ok(Vec::new());
        }
        let mut paths = vec![self.start.clone()];
        for (i, part) in self.parts.iter().enumerate() {
            let want_files = i + 1 == self.parts.len();
            let mut below = Vec::new();
            for path in &paths {
                below.extend(part.below(path, want_files)?);
            }
            // Several `**` lead to one place in several ways.
            let mut seen = HashSet::new();
            below.retain(|path: &PathBuf| seen.insert(path.clone()));
            paths = below;
        }
        Ok(paths)
    }
}

impl Part {
    fn new(component: Component<'_>) -> std::result::Result<Part, String> {
        let name = component.as_os_str();
        match name.to_str() {
            Some("**") => Ok(Part::Anywhere),
            Some(text) if text.contains(['*', '?', '[']) => tokens(text).map(Part::Like),
            _ => Ok(Part::Name(name.to_owned())),
        }
    }

    /// What of this part lies in a folder: files, or folders to look for the next
    /// part in. Nothing, where `path` is no folder.
    fn below(&self, path: &Path, want_files: bool) -> Result<Vec<PathBuf>> {
        if !is_folder(path) {
            return Ok(Vec::new());
        }
        match self {
            Part::Name(name) => {
                let path = path.join(name);
                let wanted = path.symlink_metadata().is_ok() && path.is_dir() != want_files;
                Ok(wanted.then_some(path).into_iter().into_list())
            }
            Part::Like(tokens) => {
                let mut found = entries(path)?;
                found.retain(|entry| entry.is_folder != want_files && admits(tokens, entry));
                Ok(found.map_into(|entry| entry.path))
            }
            Part::Anywhere => folders_below(path),
        }
    }
}

fn is_folder(path: &Path) -> bool {
    path.as_os_str().is_empty() || path.is_dir()
}

/// A folder and all below it, but for hidden ones and links.
fn folders_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![folder.to_owned()];
    let mut looked_at = 0;
    while let Some(folder) = found.get(looked_at) {
        let mut inside = entries(folder)?;
        inside.retain(|entry| entry.is_folder && !entry.is_link && !entry.is_hidden());
        found.extend(inside.into_iter().map(|entry| entry.path));
        looked_at += 1;
    }
    Ok(found)
}

/// Hidden files match only where the pattern begins with a dot, as in shells. A
/// name that is not UTF-8 is compared as it would be shown.
fn admits(tokens: &[Token], entry: &Entry) -> bool {
    let name: Vec<char> = entry.name.to_string_lossy().chars().into_list();
    (!entry.is_hidden() || tokens.first() == Some(&Token::Is('.'))) && matches(tokens, &name)
}

/// Whether the tokens stand for `name`. Where they do not, the last `*` takes in one
/// more character: those before it never need to, which bounds the time by the
/// product of both lengths.
fn matches(tokens: &[Token], name: &[char]) -> bool {
    let (mut t, mut n) = (0, 0);
    let mut last_many = None;
    while t < tokens.len() || n < name.len() {
        match (tokens.get(t), name.get(n)) {
            (Some(Token::Many), _) => {
                t += 1;
                last_many = Some((t, n));
            }
            (Some(token), Some(&c)) if token.admits(c) => (t, n) = (t + 1, n + 1),
            _ => match last_many {
                Some((after, end)) if end < name.len() => {
                    (t, n) = (after, end + 1);
                    last_many = Some((t, n));
                }
                _ => return false,
            },
        }
    }
    true
}

impl Token {
    fn admits(&self, c: char) -> bool {
        match self {
            Token::Is(same) => c == *same,
            Token::Any | Token::Many => true,
            Token::OneOf { ranges, negated } => {
                *negated != ranges.iter().any(|(low, high)| (*low..=*high).contains(&c))
            }
        }
    }
}

fn tokens(text: &str) -> std::result::Result<Vec<Token>, String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut rest, mut tokens) = (chars.as_slice(), Vec::new());
    while let [first, tail @ ..] = rest {
        rest = tail;
        tokens.push(match first {
            '*' => Token::Many,
            '?' => Token::Any,
            '[' => one_of(&mut rest)?,
            c => Token::Is(*c),
        });
    }
    Ok(tokens)
}

/// What a bracket that was just opened holds. A closing one as the first of the
/// set stands for itself.
fn one_of(rest: &mut &[char]) -> std::result::Result<Token, String> {
    let negated = matches!(rest.first(), Some('!' | '^'));
    let inside = &rest[usize::from(negated)..];
    let end = inside.iter().skip(1).position(|&c| c == ']').ok_or(
        "expected a ']' for each '[' ('[[]' stands for the bracket itself), but found none",
    )? + 1;
    *rest = &inside[end + 1..];
    let (mut set, mut ranges) = (&inside[..end], Vec::new());
    while let [low, tail @ ..] = set {
        let (high, tail) = match tail {
            ['-', high, tail @ ..] => (high, tail),
            _ => (low, tail),
        };
        if low > high {
            return Err(format!(
                "expected ranges of characters from low to high, but found '{low}-{high}'"
            ));
        }
        ranges.push((*low, *high));
        set = tail;
    }
    Ok(Token::OneOf { ranges, negated })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_like(pattern: &str, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        matches(&tokens(pattern).unwrap(), &name)
    }

    #[test]
    fn names_match_as_in_a_shell() {
        for (pattern, name) in [
            ("*", "a.png"),
            ("*.png", ".png"),
            ("a*c*e", "abcde"),
            ("a*c*e", "aceXce"),
            ("?.png", "ä.png"),
            ("[abc]", "b"),
            ("[a-c][0-9]", "c7"),
            ("[!a-c]", "d"),
            ("[^a]", "b"),
            ("[]a]", "]"),
            ("[!]]", "a"),
            ("[a-]", "-"),
            ("[[]*", "[1"),
            ("[*]", "*"),
            ("a**b", "ab"),
        ] {
            assert!(is_like(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("*.png", "a.jpg"),
            ("a", "ab"),
            ("?", ""),
            ("?", "ab"),
            ("[abc]", "d"),
            ("[!a-c]", "b"),
            ("a*c", "ab"),
            ("*.PNG", "a.png"),
        ] {
            assert!(!is_like(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_longer_than_the_product_of_the_lengths() {
        assert!(!is_like(&"*a".repeat(200), &"a".repeat(199)));
        assert!(is_like(&"*a".repeat(200), &"a".repeat(2000)));
        assert!(!is_like(&("*a".repeat(200) + "b"), &"a".repeat(2000)));
    }

    #[test]
    fn malformed_patterns_are_errors() {
        let refused = |pattern: &str| {
            let err = Pattern::new(Path::new(pattern)).err().unwrap();
            assert!(err.is_value() && err.code() == "invalid_argument");
            err.to_string()
        };
        let open = "expected a ']' for each '[' ('[[]' stands for the bracket itself), but found none in the pattern";
        for pattern in ["[", "data/[ab/c].png", "[]", "[!]", "a[b"] {
            assert_eq!(refused(pattern), format!("{open} '{pattern}'"));
        }
        assert_eq!(
            refused("[9-0]"),
            "expected ranges of characters from low to high, but found '9-0' in the pattern '[9-0]'"
        );
    }
}
