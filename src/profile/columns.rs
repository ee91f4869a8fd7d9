//! The columns of a data set, read from rows in memory or block by block.

use std::collections::HashMap;

use super::categorical::CategoricalSummary;
use super::description::{ColumnDescription, Kind, Role};
use crate::dataset::{Dataset, ElementSpec, Feature, Names, named_features};
use crate::error::Result;
use crate::stats::describe::{ColumnStats, describe_blocks, describe_pooled, describe_view};
use crate::tensor::{DType, Tensor};

/// Where the values of components come from. `None` where there is nothing to say.
pub(super) trait Source {
    /// The statistics of each number of a vector, or of all numbers as one.
    fn numbers(&self, component: usize, pooled: bool) -> Result<Option<Vec<ColumnStats>>>;

    /// How often each text occurs.
    fn texts(&self, component: usize) -> Result<Option<Vec<(String, u64)>>>;
}

/// Rows in memory: each component's, if its rows are alike.
pub(super) struct InMemory<F>(pub(super) F);

impl<F: Fn(usize) -> Option<Tensor>> Source for InMemory<F> {
    fn numbers(&self, component: usize, pooled: bool) -> Result<Option<Vec<ColumnStats>>> {
        let Some(values) = (self.0)(component) else {
            return Ok(None);
        };
        Ok(match pooled {
            true => describe_pooled(&values.view()).map(|stats| vec![stats]),
            false => describe_view(&values.view()),
        })
    }

    fn texts(&self, component: usize) -> Result<Option<Vec<(String, u64)>>> {
        Ok((self.0)(component).map(|values| CategoricalSummary::counts(&values.view())))
    }
}

/// Rows that are read as often as it takes, a block at a time.
pub(super) struct InBlocks<'a>(pub(super) &'a Dataset);

impl Source for InBlocks<'_> {
    fn numbers(&self, component: usize, pooled: bool) -> Result<Option<Vec<ColumnStats>>> {
        let passes = self.0.passes(vec![component], "describe()", None);
        let passes = match pooled {
            true => passes.pooled(),
            false => passes,
        };
        describe_blocks(&mut || Ok(passes.open_one()))
    }

    fn texts(&self, component: usize) -> Result<Option<Vec<(String, u64)>>> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        let passes = self.0.passes(vec![component], "describe()", Some(1));
        for block in passes.pooled().open_one() {
            for (text, n) in CategoricalSummary::counts(&block?.view()) {
                *counts.entry(text).or_default() += n;
            }
        }
        Ok(Some(counts.into_iter().collect()))
    }
}

/// Every column, in the order of the components.
pub(super) fn columns(
    spec: &ElementSpec,
    names: &Names,
    source: &dyn Source,
) -> Result<Vec<ColumnDescription>> {
    let features = named_features(spec, names);
    let mut columns = Vec::new();
    for (component, (part, name)) in spec.components().into_iter().zip(spec.names()).enumerate() {
        let column = |name: String, position, role, kind| ColumnDescription {
            name,
            dtype: part.dtype(),
            dtype_text: part.dtype_text(),
            shape: part.shape_text(),
            component,
            position,
            role,
            kind,
        };
        let of_component = |feature: &&Feature| feature.component == component;
        let own: Vec<&Feature> = features.iter().filter(of_component).collect();
        if own.is_empty() {
            let role = role(spec, component);
            let kind = whole(source, component, role, part.dtype(), names)?;
            columns.push(column(name, None, role, kind));
            continue;
        }
        // One of each number of a vector.
        let numbers = source.numbers(component, false)?.unwrap_or_default();
        let mut numbers = numbers
            .into_iter()
            .map(|stats| Kind::Numeric(Box::new(stats.into())));
        for feature in own {
            let kind = numbers.next().unwrap_or(Kind::Opaque);
            let name = feature.name.clone();
            columns.push(column(name, feature.position, Role::Feature, kind));
        }
    }
    Ok(columns)
}

fn role(spec: &ElementSpec, component: usize) -> Role {
    if spec.label() == Some(component) {
        Role::Label
    } else if spec.image() == Some(component) {
        Role::Image
    } else {
        Role::Other
    }
}

/// A component as one column.
fn whole(
    source: &dyn Source,
    component: usize,
    role: Role,
    dtype: DType,
    names: &Names,
) -> Result<Kind> {
    let classes = names.classes.as_deref().filter(|_| role == Role::Label);
    if role == Role::Label || dtype == DType::String {
        let texts = source.texts(component)?;
        return Ok(texts.map_or(Kind::Opaque, |texts| {
            Kind::Categorical(CategoricalSummary::of(texts, classes))
        }));
    }
    if !dtype.is_number() {
        return Ok(Kind::Opaque);
    }
    let numbers = source.numbers(component, true)?.unwrap_or_default();
    let numbers = numbers.into_iter().next();
    Ok(numbers.map_or(Kind::Opaque, |stats| Kind::Numeric(Box::new(stats.into()))))
}
