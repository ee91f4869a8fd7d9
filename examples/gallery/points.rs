//! Features against each other.

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "scatter", "Two features against each other", |wine| wine.scatter("alcohol", "proline");
    "scatter-classes", "Coloured by class", |iris| iris.scatter("sepal length", "petal length").hue("labels").title("Iris");
    "scatter-amounts", "Coloured by an amount", |cloud| cloud.scatter("x", "y").hue("distance");
    "scatter-crowd", "100,000 rows", |crowd| crowd.scatter("x", "y");
};
