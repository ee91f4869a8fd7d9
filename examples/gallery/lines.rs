//! Lines and areas.

use ndsight::ErrorBar;

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "line-series", "Series over time", |sensors| sensors.lineplot().x("hour").features(["outside", "inside", "cellar"]).y_label("°C");
    "line-rows", "Features over the rows", |iris| iris.lineplot();
    "line-mean", "The mean of rows with the same x, and a band", |incomes| incomes.lineplot().x("age").y("income").hue("group");
    "line-sequences", "A line for each row", |answers| answers.lineplot().sequences("answer").hue("kind");
    "line-sequences-mean", "The mean of sequences, and a band", |answers| answers.lineplot().sequences("answer").hue("kind").mean(true).errorbar(ErrorBar::Sd);
    "line-stacked", "Areas on top of each other", |sensors| sensors.lineplot().x("hour").features(["outside", "inside", "cellar"]).area(true).stacked(true);
    "line-markers", "Few values, marked", |answers| answers.take(3).lineplot().sequences("answer").markers(true);
};
