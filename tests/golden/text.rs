//! Pictures in characters, as a terminal shows them.

use ndarray::array;
use ndsight::Dataset;

const VOTES: &str = "\
Votes
stars
4┤                            ██████████████
 │                            ██████████████
 │                            ██████████████
 │                            ██████████████
 │                            ██████████████
 │                            ██████████████
 │                            ██████████████
 │               ████████████████████████████████████████
 │               ████████████████████████████████████████
 │               ████████████████████████████████████████
 │  ▄▄▄▄▄▄▄▄▄▄▄▄▄████████████████████████████████████████▄▄▄▄▄▄▄▄▄▄▄▄▄
 │  ██████████████████████████████████████████████████████████████████
 │  ██████████████████████████████████████████████████████████████████
0┤  ██████████████████████████████████████████████████████████████████
 └──────────────────────────────────────────────────────────────────────
 0.88                                                               5.12
left out: 1 NaN of stars";

const SQUARES: &str = "\
n²
16.8┤                                                               o
    │
    │
    │
    │
    │
    │                                                x
    │
    │
    │
    │                                 o
    │
    │                  x
-0.8┤   o
    └───────────────────────────────────────────────────────────────────
    -0.2                              n                              4.2
o even  x odd";

/// The text without the spaces that fill some lines up.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

#[test]
fn a_small_histogram() {
    let values = vec![1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0, f64::NAN];
    let ds = Dataset::from_tensor_slices(values).unwrap();
    let plot = ds.hist().bins(5).names(["stars"]).title("Votes");
    assert_eq!(trimmed(&plot.to_text().unwrap()), VOTES);
}

#[test]
fn a_small_scatter_plot() {
    let rows = array![[0.0, 0.0], [1.0, 1.0], [2.0, 4.0], [3.0, 9.0], [4.0, 16.0]];
    let kinds = vec!["even", "odd", "even", "odd", "even"];
    let ds = Dataset::from_tensor_slices((rows, kinds)).unwrap();
    let plot = ds.scatter(0, 1).color_by(1).x_label("n").y_label("n²");
    assert_eq!(trimmed(&plot.to_text().unwrap()), SQUARES);
}
