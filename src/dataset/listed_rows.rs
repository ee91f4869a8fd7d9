//! Rows one by one, whose components may differ in shape, and single components of
//! many rows: what plots of pictures read.

use std::collections::HashMap;

use super::columns::{Extent, PLOT_BYTES, STREAM_ROWS};
use super::laid::Laid;
use super::node::{Value, rows_in};
use super::{Cardinality, Dataset, ElementSpec, Names, Structure};
use crate::error::Result;
use crate::list::{IntoList, MapEach, MapNumbers};
use crate::tensor::{Rows, Tensor};

/// The components of each of some rows.
pub(crate) struct ListedRows {
    pub(crate) rows: Vec<Vec<Tensor>>,
    /// Of one row.
    pub(crate) spec: ElementSpec,
    pub(crate) names: Names,
    pub(crate) extent: Extent,
}

/// Some components of rows, stacked.
pub(crate) struct Leading {
    pub(crate) components: Vec<Tensor>,
    pub(crate) len: usize,
    pub(crate) extent: Extent,
}

impl Dataset {
    /// The first `limit` rows.
    pub(crate) fn first_listed(&self, limit: usize) -> Result<ListedRows> {
        let (rows, extent) = match (self.random_rows(), self.node.cardinality) {
            (Some(access), Cardinality::Finite(all)) => {
                let row = |index| Ok(components(access.get(index, 0)?));
                let rows = (0..limit.min(all)).try_map_each(row)?;
                let extent = match limit < all {
                    true => Extent::First(Cardinality::Finite(all)),
                    false => Extent::All,
                };
                (rows, extent)
            }
            _ => {
                let mut rows = Vec::new();
                let (_, extent) = self.read_each(limit, &mut |part| {
                    rows.extend(self.rows_of(part)?);
                    Ok(())
                })?;
                rows.truncate(limit);
                (rows, extent)
            }
        };
        Ok(self.listed(rows, extent))
    }

    /// The rows at these positions, in their order. A pass that is given up before it
    /// reaches one leaves that out.
    pub(crate) fn listed_at(&self, positions: &[usize]) -> Result<ListedRows> {
        let rows = match self.random_rows() {
            Some(access) => {
                let row = |&index: &usize| Ok(components(access.get(index, 0)?));
                positions.try_map_each(row)?
            }
            None => {
                let mut found = self.found_at(positions)?;
                let rows = positions.iter().filter_map(|at| found.remove(at));
                rows.into_list()
            }
        };
        Ok(self.listed(rows, Extent::All))
    }

    /// These components of all rows, or of as many of the first as a plot may take and
    /// at most `limit`.
    pub(crate) fn leading(&self, which: &[usize], limit: usize) -> Result<Leading> {
        let limit = limit.min(self.affordable(which));
        if let (Some(access), Cardinality::Finite(all)) =
            (self.random_rows(), self.node.cardinality)
        {
            let len = limit.min(all);
            if len > 0 {
                let rows = Rows::Range(0..len);
                let component = |&i: &usize| access.component(i, &rows, 0);
                return Ok(Leading {
                    components: which.try_map_each(component)?,
                    len,
                    extent: match len < all {
                        true => Extent::First(Cardinality::Finite(all)),
                        false => Extent::All,
                    },
                });
            }
        }
        let limit = match self.node.cardinality {
            Cardinality::Finite(_) => limit,
            _ => limit.min(STREAM_ROWS),
        };
        let mut laid = Laid::new(self.is_batched());
        let (rows, extent) = self.read_each(limit, &mut |part| laid.push(picked(&part, which)))?;
        let none = || picked(&self.no_elements(), which);
        let read = laid.finish()?.unwrap_or_else(none);
        let len = rows.min(limit);
        let kept = Rows::Range(0..len);
        Ok(Leading {
            components: components(read.map(&mut |tensor| tensor.rows(&kept))),
            len,
            extent,
        })
    }

    fn listed(&self, rows: Vec<Vec<Tensor>>, extent: Extent) -> ListedRows {
        ListedRows {
            rows,
            spec: self.row_spec(),
            names: self.names.clone(),
            extent,
        }
    }

    /// The access to single rows, where they can be reached in any order.
    fn random_rows(&self) -> Option<&std::sync::Arc<dyn super::node::RandomAccess>> {
        self.node.random().filter(|_| !self.is_batched())
    }

    /// The rows of an element: those of a batch, or itself.
    fn rows_of(&self, part: Value) -> Result<Vec<Vec<Tensor>>> {
        if !self.is_batched() {
            return Ok(vec![components(part)]);
        }
        let leaves = components(part.clone());
        let row = |i| leaves.map_each(|tensor| tensor.row(i));
        Ok((0..rows_in(&part)?).map_each(row))
    }

    /// The rows at these positions of a pass.
    fn found_at(&self, positions: &[usize]) -> Result<HashMap<usize, Vec<Tensor>>> {
        let wanted: std::collections::HashSet<usize> = positions.iter().copied().collect();
        let end = wanted.iter().max().map_or(0, |last| last + 1);
        let mut found = HashMap::new();
        let mut at = 0;
        for part in self.display_pass() {
            let part = match part {
                _ if at >= end => break,
                Err(err) if err.is_stopped() => break,
                part => part?,
            };
            for row in self.rows_of(part)? {
                if wanted.contains(&at) {
                    found.insert(at, row);
                }
                at += 1;
            }
        }
        Ok(found)
    }

    /// How many rows of these components a plot can hold in memory.
    fn affordable(&self, which: &[usize]) -> usize {
        let spec = self.row_spec();
        let components = spec.components();
        let bytes = |&i: &usize| {
            components[i]
                .bytes()
                .unwrap_or(super::blocks::UNKNOWN_BYTES)
        };
        (PLOT_BYTES / which.iter().map(bytes).sum::<usize>().max(1)).max(1)
    }
}

fn components(value: Value) -> Vec<Tensor> {
    value.leaves().into_iter().cloned().into_list()
}

/// These components alone, as a tuple.
fn picked(value: &Value, which: &[usize]) -> Value {
    let leaves = value.leaves();
    let leaf = |&i: &usize| Structure::Leaf(leaves[i].clone());
    Structure::Tuple(which.map_each(leaf))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict;

    fn numbers() -> Dataset {
        Dataset::from_tensor_slices(dict! { "x": vec![0, 1, 2, 3, 4, 5, 6], "y": vec![0.5; 7] })
            .unwrap()
    }

    /// Random access, batches, and a stream of unknown length.
    fn kinds() -> [Dataset; 3] {
        let ds = numbers();
        let stream = ds.filter(|(x, _): (i32, f64)| x < 7).unwrap();
        [ds.clone(), ds.batch(3).unwrap(), stream]
    }

    #[test]
    fn rows_are_listed_however_they_are_reached() {
        for ds in kinds() {
            let first = ds.first_listed(4).unwrap();
            let x: Vec<Tensor> = first.rows.iter().map(|row| row[0].clone()).collect();
            assert_eq!(x, [0, 1, 2, 3].map(Tensor::from));
            assert!(matches!(first.extent, Extent::First(_)));
            assert_eq!(ds.first_listed(99).unwrap().rows.len(), 7);
            let at = ds.listed_at(&[5, 0, 6]).unwrap();
            let x: Vec<Tensor> = at.rows.iter().map(|row| row[0].clone()).collect();
            assert_eq!(x, [5, 0, 6].map(Tensor::from));
            assert!(ds.listed_at(&[]).unwrap().rows.is_empty());
        }
    }

    #[test]
    fn single_components_of_many_rows() {
        for ds in kinds() {
            let x = ds.leading(&[0], 5).unwrap();
            assert_eq!(x.components, [Tensor::from(vec![0, 1, 2, 3, 4])]);
            assert_eq!((x.len, x.extent != Extent::All), (5, true));
            let all = ds.leading(&[1, 0], 99).unwrap();
            assert_eq!((all.len, all.extent), (7, Extent::All));
            assert_eq!(all.components[1], Tensor::from(vec![0, 1, 2, 3, 4, 5, 6]));
            let none = ds.take(0).leading(&[0], 5).unwrap();
            assert_eq!((none.len, none.components[0].shape()), (0, &[0][..]));
        }
    }

    #[test]
    fn rows_may_differ_in_shape() {
        let ds = numbers().map(|(x, _): (i32, f64)| ndarray::Array1::<f64>::zeros(x as usize % 3));
        let rows = ds.unwrap().first_listed(3).unwrap().rows;
        let lengths: Vec<usize> = rows.iter().map(|row| row[0].len()).collect();
        assert_eq!(lengths, [0, 1, 2]);
    }
}
