//! Names of files that match patterns.

use std::path::Path;

use ndsight::{Dataset, IntoPatterns};

use crate::folder::Folder;
use crate::scalars;

const FILES: [&str; 9] = [
    "a.csv",
    "b.csv",
    "b.txt",
    ".hidden.csv",
    "sub/c.csv",
    "sub/deep/d.csv",
    ".git/e.csv",
    "sub.d/f.csv",
    "sub/[1].csv",
];

fn files(name: &str) -> Folder {
    let folder = Folder::new(name);
    FILES.iter().for_each(|name| drop(folder.file(name, b"")));
    folder
}

/// The paths in a folder that match, without the folder.
fn listed(folder: &Folder, pattern: &str) -> Vec<String> {
    let ds = Dataset::list_files(folder.0.join(pattern)).unwrap();
    below(folder, &ds)
}

fn below(folder: &Folder, ds: &Dataset) -> Vec<String> {
    let paths = scalars::<String>(ds, 0);
    let names = paths
        .iter()
        .map(|path| Path::new(path).strip_prefix(&folder.0).unwrap());
    names.map(|name| name.display().to_string()).collect()
}

#[test]
fn wildcards_stand_for_parts_of_one_name() {
    let folder = files("list-wildcards");
    assert_eq!(listed(&folder, "*.csv"), ["a.csv", "b.csv"]);
    assert_eq!(listed(&folder, "?.txt"), ["b.txt"]);
    assert_eq!(listed(&folder, "[!a].*"), ["b.csv", "b.txt"]);
    assert_eq!(listed(&folder, "b.txt"), ["b.txt"]);
    assert_eq!(
        listed(&folder, "*/*"),
        ["sub.d/f.csv", "sub/[1].csv", "sub/c.csv"]
    );
    assert_eq!(listed(&folder, "sub/[[]1].csv"), ["sub/[1].csv"]);
    assert_eq!(
        listed(&folder, "s*/../a*"),
        ["sub.d/../a.csv", "sub/../a.csv"]
    );
}

#[test]
fn two_asterisks_stand_for_any_folders() {
    let folder = files("list-anywhere");
    let all = [
        "a.csv",
        "b.csv",
        "sub.d/f.csv",
        "sub/[1].csv",
        "sub/c.csv",
        "sub/deep/d.csv",
    ];
    assert_eq!(listed(&folder, "**/*.csv"), all);
    assert_eq!(listed(&folder, "**/**/*.csv"), all);
    assert_eq!(
        listed(&folder, "sub/**"),
        ["sub/[1].csv", "sub/c.csv", "sub/deep/d.csv"]
    );
    assert_eq!(listed(&folder, "**/deep/*"), ["sub/deep/d.csv"]);
}

#[test]
fn hidden_files_match_where_the_pattern_has_their_dot() {
    let folder = files("list-hidden");
    assert_eq!(listed(&folder, ".*"), [".hidden.csv"]);
    assert_eq!(listed(&folder, ".*/*"), [".git/e.csv"]);
    assert_eq!(listed(&folder, ".git/**"), [".git/e.csv"]);
}

#[test]
fn relative_paths_stay_relative() {
    let files = |pattern: &str| scalars::<String>(&Dataset::list_files(pattern).unwrap(), 0);
    assert_eq!(files("Cargo.t*"), ["Cargo.toml"]);
    assert_eq!(files("./src/li?.rs"), ["./src/lib.rs"]);
    assert_eq!(files("**/pattern.rs"), ["src/dataset/source/pattern.rs"]);
}

#[test]
fn several_patterns_in_any_form_list_a_file_once() {
    let folder = files("list-several");
    let path = |name: &str| folder.0.join(name).display().to_string();
    let (csv, b) = (path("*.csv"), path("b.*"));
    fn check(folder: &Folder, patterns: impl IntoPatterns) {
        let ds = Dataset::list_files(patterns).unwrap();
        assert_eq!(below(folder, &ds), ["a.csv", "b.csv", "b.txt"]);
    }
    let several = vec![b.clone(), csv.clone(), path("none")];
    check(&folder, [&*csv, &*b]);
    check(&folder, [folder.0.join("?.*")]);
    check(&folder, &several);
    check(&folder, several.as_slice());
    check(&folder, several);
}

#[test]
fn any_order_is_a_shuffle_away() {
    let folder = files("list-shuffled");
    let ds = Dataset::list_files(folder.0.join("**/*.csv")).unwrap();
    assert_eq!(ds.len().unwrap(), 6);
    assert_ne!(below(&folder, &ds.shuffle(1)), below(&folder, &ds));
    assert_eq!(ds.element_spec().to_string(), "string ()");
}

#[cfg(unix)]
#[test]
fn links_are_followed_where_they_are_named() {
    use std::os::unix::fs::symlink;
    let folder = files("list-links");
    symlink(&folder.0, folder.0.join("sub/up")).unwrap();
    symlink(&folder.0, folder.0.join("sub/again")).unwrap();
    symlink("nowhere", folder.0.join("sub/broken.csv")).unwrap();
    assert_eq!(listed(&folder, "sub/up/a*"), ["sub/up/a.csv"]);
    assert_eq!(
        listed(&folder, "sub/*/a.csv"),
        ["sub/again/a.csv", "sub/up/a.csv"]
    );
    assert_eq!(listed(&folder, "**/a.csv"), ["a.csv"]);
    assert_eq!(listed(&folder, "sub/b*"), ["sub/broken.csv"]);
}
