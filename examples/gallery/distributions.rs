//! How values are distributed.

use ndsight::{HistType, Multiple, Stat};

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "hist-iris", "A histogram for each feature", |iris| iris.hist().bins(20);
    "hist-uniform", "Five random features, as in the tutorials", |uniform| uniform.hist().bins(20);
    "hist-one", "One feature, bins by a rule, as a density", |bell| bell.hist().bins("auto").density(true);
    "hist-wine", "Thirteen features", |wine| wine.hist();
    "hist-gaps", "What is not finite is left out, and said so", |gaps| gaps.hist();
    "hist-hue", "Classes over each other", |iris| iris.hist().hue("labels").columns(2);
    "hist-stacked", "Classes on top of each other", |wine| wine.hist().features(["alcohol"]).bins(20).hue("labels").multiple(Multiple::Stack);
    "hist-dodge", "Classes beside each other", |wine| wine.hist().features(["alcohol"]).hue("labels").multiple(Multiple::Dodge);
    "hist-fill", "Classes as shares", |wine| wine.hist().features(["alcohol"]).hue("labels").multiple(Multiple::Fill);
    "hist-kde", "A density curve, and each value", |iris| iris.hist().features(["petal length"]).bins(20).kde(true).rug(true);
    "hist-kde-hue", "Density curves of classes", |wine| wine.hist().features(["flavanoids", "proline"]).hue("labels").kde(true).rug(true);
    "hist-log", "Logarithmic counts", |incomes| incomes.hist().features(["income"]).bins(30).log(true);
    "hist-log-x", "Bins of equal ratio", |incomes| incomes.hist().features(["income"]).bins("auto").log_x(true);
    "hist-cumulative", "Cumulative shares, as steps", |wine| wine.hist().features(["alcohol"]).bins(30).hue("labels").stat(Stat::Probability).cumulative(true).common_norm(false).histtype(HistType::Step);
    "hist-step", "Outlines", |iris| iris.hist().features([0, 2]).bins(15).histtype(HistType::Step);
    "hist-step-filled", "Filled outlines", |wine| wine.hist().features(["alcohol"]).hue("labels").bins(15).histtype(HistType::StepFilled);
    "hist-weights", "Rows that stand for several", |incomes| incomes.hist().features(["age"]).weights("weight").stat(Stat::Percent);
    "hist-discrete", "A bar for each whole number", |dice| dice.hist().discrete(true);
    "ecdf", "Cumulative distributions", |iris| iris.ecdfplot();
    "ecdf-hue", "Cumulative distributions of classes", |wine| wine.ecdfplot().features(["alcohol"]).hue("labels");
    "ecdf-log", "What exceeds an amount", |incomes| incomes.ecdfplot().features(["income"]).hue("group").complementary(true).log_x(true);
};
