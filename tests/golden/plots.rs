//! A picture of each plot on real data, by the options that change it most.

use ndarray::{Array1, Array2};
use ndsight::{Dataset, Density, Figure, Result, Theme, dict, hstack, vstack};

use super::compare::{check_png, check_svg};
use super::figures::{digits_data, iris, normal_numbers};

/// A test for each picture, named as its file.
macro_rules! pictures {
    ($($name:ident: $figure:expr;)*) => {$(
        #[test]
        fn $name() {
            let draw = || -> Result<Figure> { Ok($figure) };
            check_svg(&stringify!($name).replace('_', "-"), || draw()?.to_svg());
        }
    )*};
}

/// Digits and what a model that cannot tell 1 from 8 takes them for.
fn guessed() -> Result<(Dataset, Vec<i64>)> {
    let digits = digits_data()?.take(120);
    let labels: Array1<i64> = digits.array::<i64, ndarray::Ix1>("labels")?.to_owned();
    let guess = |(i, label): (usize, &i64)| match label {
        8 if i % 2 == 0 => 1,
        label => *label,
    };
    let guesses = labels.iter().enumerate().map(guess).collect();
    Ok((digits, guesses))
}

fn judged() -> Result<Dataset> {
    let (digits, guesses) = guessed()?;
    let labels: Array1<i64> = digits.array::<i64, ndarray::Ix1>("labels")?.to_owned();
    Dataset::from_tensor_slices(dict! { "truth": labels, "guess": guesses })
}

/// Sums of random numbers, which have no value beyond f64's operations.
fn crowd() -> Result<Dataset> {
    Dataset::from_tensor_slices(Array2::from_shape_simple_fn((20_000, 2), normal_numbers(3)))
}

fn waves() -> Result<Dataset> {
    let wave = |(t, k): (usize, usize)| ((t * (k + 2)) % 17) as f64 + t as f64 / 4.0;
    Dataset::from_tensor_slices(Array2::from_shape_fn((60, 3), wave))?
        .with_feature_names(["north", "east", "south"])
}

pictures! {
    histograms_by_class: iris()?.hist().hue("labels").columns(2).figure()?;
    histogram_with_curve: iris()?.hist().features([2]).kde(true).rug(true).figure()?;
    ecdf_by_class: iris()?.ecdfplot().features([2]).hue("labels").figure()?;
    boxes_by_class: iris()?.boxplot().hue("labels").notch(true).showmeans(true).figure()?;
    violins: iris()?.violinplot().features([3]).by("labels").figure()?;
    strips: iris()?.stripplot().features([3]).by("labels").figure()?;
    scatter_markers: iris()?.scatter(0, 1).hue("labels").style("labels").size("petal length").figure()?;
    scatter_trend: iris()?.scatter(2, 3).trend(true).marginal(true).figure()?;
    scatter_log: iris()?.scatter(2, 3).log_x(true).log_y(true).figure()?;
    pairs: iris()?.pairplot().hue("labels").corner(true).figure()?;
    components: iris()?.pca().figure()?;
    table: iris()?.take(8).heatmap().annot(true).figure()?;
    correlations: iris()?.correlation().figure()?;
    confusions: judged()?.confusion_matrix("truth", "guess").figure()?;
    counts: judged()?.countplot().of("guess").figure()?;
    lines: waves()?.lineplot().figure()?;
    areas: waves()?.lineplot().area(true).stacked(true).figure()?;
    rectangles: crowd()?.hist2d(0, 1).bins(20).figure()?;
    hexagons: crowd()?.hexbin(0, 1).gridsize(15).log(true).figure()?;
    side_by_side: vstack((
        hstack((iris()?.hist().features([0]), iris()?.scatter(0, 1)))?,
        iris()?.boxplot().theme(Theme::Dark),
    ))?.title("Three plots");
}

#[test]
fn images_predicted() {
    check_svg("images-predicted", || {
        let (digits, guesses) = guessed()?;
        digits
            .images()
            .predicted(guesses)
            .worst_first(true)
            .to_svg()
    });
}

#[test]
fn density() {
    let draw = || -> Result<_> { Ok(crowd()?.scatter(0, 1).density(Density::Always)) };
    check_svg("density", || draw()?.to_svg());
    check_png("density", || draw()?.to_png());
}

#[test]
fn pairs_as_pixels() {
    check_png("pairs", || {
        iris()?.pairplot().hue("labels").corner(true).to_png()
    });
}
