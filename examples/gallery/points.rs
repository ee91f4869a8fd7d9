//! Features against each other.

use ndsight::DiagKind;

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "scatter", "Two features against each other", |wine| wine.scatter("alcohol", "proline");
    "scatter-classes", "Coloured by class", |iris| iris.scatter("sepal length", "petal length").hue("labels").title("Iris");
    "scatter-amounts", "Coloured by an amount", |cloud| cloud.scatter("x", "y").hue("distance");
    "scatter-all", "Colour, size and shape", |wine| wine.scatter("alcohol", "flavanoids").hue("labels").style("labels").size("proline");
    "scatter-crowd", "100,000 rows", |crowd| crowd.scatter("x", "y");
    "scatter-crowd-hue", "100,000 rows by class", |crowd| crowd.scatter("x", "y").hue("kind");
    "scatter-marginal", "With both distributions", |iris| iris.scatter("sepal length", "petal length").hue("labels").marginal(true);
    "scatter-marginal-bars", "With both histograms", |cloud| cloud.scatter("x", "y").marginal(true);
    "scatter-trend", "With a line through them", |iris| iris.scatter("petal length", "petal width").trend(true);
    "scatter-trends", "With a line for each class", |iris| iris.scatter("sepal length", "sepal width").hue("labels").trend(true);
    "scatter-log", "Logarithmic axes", |powers| powers.scatter("mass", "rate").log_x(true).log_y(true).trend(true);
    "pairplot", "All features against each other", |iris| iris.pairplot();
    "pairplot-hue", "All features against each other by class", |iris| iris.pairplot().hue("labels");
    "pairplot-corner", "One half, with histograms", |wine| wine.pairplot().features(["alcohol", "flavanoids", "hue", "proline"]).hue("labels").corner(true).diag_kind(DiagKind::Hist);
    "pca-iris", "Principal components", |iris| iris.pca();
    "pca-digits", "Images along their principal components", |digits| digits.pca();
    "pca-thumbnails", "The images themselves", |digits| digits.pca().thumbnails(true);
    "hist2d", "Counts in squares", |crowd| crowd.hist2d("x", "y").bins(60);
    "hist2d-few", "Counts of few rows", |iris| iris.hist2d("petal length", "petal width");
    "hexbin", "Counts in hexagons, logarithmic", |crowd| crowd.hexbin("x", "y").gridsize(40).log(true);
};
