//! Values by category, and how many there are of each.

use ndsight::{DensityNorm, ViolinInner};

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "box", "A box for each feature", |iris| iris.boxplot();
    "box-by", "A box for each class", |iris| iris.boxplot().by("labels");
    "box-hue", "Classes side by side", |iris| iris.boxplot().hue("labels");
    "box-notch", "Notches and means", |wine| wine.boxplot().features(["alcohol"]).by("labels").notch(true).showmeans(true);
    "box-gaps", "What is not finite is left out, and said so", |gaps| gaps.boxplot();
    "box-separate", "A scale for each", |wine| wine.boxplot().separate(true).columns(5);
    "box-level", "Long names lie level", |wine| wine.boxplot().vert(false).log(true);
    "violin", "A violin for each feature", |iris| iris.violinplot();
    "violin-by", "A violin for each class", |wine| wine.violinplot().features(["alcohol", "flavanoids"]).by("labels").inner(ViolinInner::Quart);
    "violin-split", "Two classes in halves", |incomes| incomes.violinplot().features(["income"]).hue("group").split(true).log(true).density_norm(DensityNorm::Count);
    "strip", "Each value", |iris| iris.stripplot();
    "strip-hue", "Each value by class", |wine| wine.stripplot().features(["alcohol", "ash", "flavanoids"]).hue("labels").dodge(true);
    "count", "How many rows each class has", |digits| digits.countplot();
    "count-sorted", "The most frequent first", |judged| judged.countplot().of("predicted").sort(true);
    "count-against", "Training data against test data", |train, test| train.countplot().against(test, "test");
    "count-hue", "Divided by another class", |incomes| incomes.countplot().of("weight").hue("group").stacked(true);
};
