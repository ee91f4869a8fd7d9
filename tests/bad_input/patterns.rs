//! Patterns of file names that match nothing, or are none.

use ndsight::{Dataset, Error, IntoPatterns};

use crate::folder::Folder;
use crate::refused;

fn not_listed(patterns: impl IntoPatterns) -> String {
    let files = Dataset::list_files(patterns);
    assert_eq!(files.as_ref().unwrap_err().code(), "invalid_argument");
    refused(files, Error::is_value)
}

#[test]
fn patterns_that_nothing_matches() {
    let here = std::env::current_dir().unwrap().display().to_string();
    for pattern in [
        "*.nothing",
        "no/such/*.png",
        "Cargo.toml/*",
        "",
        "**/*.nothing",
    ] {
        assert_eq!(
            not_listed(pattern),
            format!(
                "expected at least one file that matches '{pattern}', but found none; relative paths begin in {here}"
            )
        );
    }
    assert_eq!(
        not_listed(["/none/a", "/none/b", "/none/c", "/none/d", "/none/e"]),
        "expected at least one file that matches '/none/a', '/none/b', '/none/c' and 2 more, but found none"
    );
    assert_eq!(
        not_listed(Vec::<String>::new()),
        "expected at least one pattern, but found none"
    );
}

#[test]
fn a_folder_in_place_of_a_pattern() {
    assert_eq!(
        not_listed("notebooks"),
        "expected a pattern that files match, but found the folder 'notebooks'; 'notebooks/*' are the files in it"
    );
}

#[test]
fn brackets_that_are_not_closed() {
    assert_eq!(
        not_listed(["Cargo.*", "src/[a/b].rs"]),
        "expected a ']' for each '[' ('[[]' stands for the bracket itself), but found none in the pattern 'src/[a/b].rs'"
    );
}

#[test]
fn any_pattern_at_all() {
    for pattern in [
        "\0",
        "*\0",
        "[\0]",
        "[]]",
        "]",
        "[a-",
        "[!",
        "[^]",
        "***",
        "**a",
        "/",
        "//",
        ".",
        "..",
        "~/*",
        "\u{202e}*",
        "[😀-😎]*",
        "\\*",
        "{a,b}",
    ] {
        drop(Dataset::list_files(pattern));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("not-utf-8");
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.csv");
    std::fs::write(folder.0.join(name), b"").unwrap();
    assert_eq!(
        refused(Dataset::list_files(folder.0.join("*.csv")), Error::is_file),
        format!(
            "expected paths in UTF-8, but found '{}/caf\u{fffd}.csv'; rename the file",
            folder.0.display()
        )
    );
    drop(folder.file("tea.txt", b""));
    assert_eq!(
        Dataset::list_files(folder.0.join("*.txt"))
            .unwrap()
            .len()
            .unwrap(),
        1
    );
}
