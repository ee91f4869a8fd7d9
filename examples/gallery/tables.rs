//! Tables as coloured cells.

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "heatmap", "Numbers in cells", |uniform| uniform.take(10).heatmap().annot(true);
    "heatmap-wine", "Features by their z-scores, similar ones together", |wine| wine.heatmap().z_score(true).cluster(true);
    "heatmap-large", "More rows than pixels", |crowd| crowd.heatmap().features(["x", "y"]);
    "correlation", "How features go together", |iris| iris.correlation();
    "correlation-wine", "Similar features together", |wine| wine.correlation().cluster(true);
    "correlation-half", "One half", |wine| wine.correlation().mask_upper(true).method("spearman");
    "confusion", "What a model confuses", |judged| judged.confusion_matrix("labels", "predicted");
    "confusion-counts", "Two classes", |judged| judged.map(|(_, label, guess, _): (ndsight::Tensor, i64, i64, f64)| (i64::from(label > 4), i64::from(guess > 4)))?.confusion_matrix(0, 1).class_names(["small", "large"]);
};
