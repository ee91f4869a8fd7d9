//! Pictures and cards that must not change unnoticed: representative ones compared
//! with the files beside this one, SVG, HTML and text by bytes and PNG by pixels.
//!
//! Where one differs, the new picture and one of the differences (for SVG a page) are
//! written to `target/golden`. If the change is wanted, look at the new picture and
//! run `NDSIGHT_BLESS=1 cargo test --test golden`: it replaces what differs and
//! fails naming it; the run after that passes.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "helpers outside #[test] functions unwrap as tests do; tests are not documented"
)]

mod cards;
mod compare;
mod figures;
mod plots;
mod text;

use compare::{check_png, check_svg};

#[test]
fn images() {
    check_svg("images", || figures::digits()?.to_svg());
    check_png("images", || figures::digits()?.to_png());
}

#[test]
fn photos() {
    check_svg("photos", || figures::photos()?.to_svg());
}

#[test]
fn histograms() {
    check_svg("histograms", || figures::iris()?.hist().bins(20).to_svg());
}

#[test]
fn histogram_of_random_numbers() {
    check_svg("histogram-random", || figures::random_histogram()?.to_svg());
    check_png("histogram-random", || figures::random_histogram()?.to_png());
}

#[test]
fn histogram_with_nan() {
    check_svg("histogram-nan", || figures::histogram_with_nan()?.to_svg());
}

#[test]
fn scatter_with_legend() {
    check_svg("scatter-legend", || figures::classes()?.to_svg());
    check_png("scatter-legend", || figures::classes()?.to_png());
}

#[test]
fn scatter_with_color_bar() {
    check_svg("scatter-color-bar", || figures::amounts()?.to_svg());
}

#[test]
fn empty() {
    check_svg("empty", || figures::empty()?.to_svg());
}

#[test]
fn curve() {
    check_svg("curve", || figures::curve().to_svg());
}

#[test]
fn heat_map() {
    check_svg("heat-map", || figures::heat_map().to_svg());
    check_png("heat-map", || figures::heat_map().to_png());
}

#[test]
fn dataset() {
    check_svg("dataset", || figures::wine()?.to_svg());
}
