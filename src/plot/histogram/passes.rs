//! Features counted in passes over rows that do not fit into memory.

use super::counted::{Counted, Counting};
use crate::dataset::{Dataset, Feature};
use crate::error::Result;
use crate::stats::Bins;
use crate::stats::histogram_blocks::{BlockColumns, count_blocks, ends_of_blocks};

impl Counting {
    /// Whether values can be counted as they come by, each by itself.
    pub(super) fn takes_passes(&self) -> bool {
        !self.log
            && self
                .options(self.bins.clone().unwrap_or_default())
                .take_blocks()
    }

    /// Counts the values of each feature, as they are.
    pub(super) fn count_passes(
        &self,
        dataset: &Dataset,
        features: &[Feature],
    ) -> Result<Vec<Result<Counted>>> {
        let mut components: Vec<usize> = features.iter().map(|f| f.component).collect();
        components.sort_unstable();
        components.dedup();
        let passes = dataset.passes(components.clone(), "histogram", Some(self.passes()));
        let spec = dataset.row_spec();
        let specs = spec.components();
        let together = |a: &Feature, b: &Feature| !self.discrete && a.is_before(b);
        let runs = features.chunk_by(together).map(|run| {
            let first = run[0].position.unwrap_or(0);
            BlockColumns {
                component: components
                    .binary_search(&run[0].component)
                    .unwrap_or_default(),
                columns: first..first + run.len(),
                options: self.options(self.bins.clone().unwrap_or_default()),
            }
        });
        let mut wanted: Vec<BlockColumns> = runs.collect();
        let ends = match self.discrete && self.range.is_none() {
            true => ends_of_blocks(&wanted, passes.open())?,
            false => vec![None; wanted.len()],
        };
        for (wanted, ends) in wanted.iter_mut().zip(ends) {
            let dtype = specs[components[wanted.component]].dtype();
            if self.discrete || self.are_booleans(dtype) {
                wanted.options = self.options(self.whole_numbers(dtype, &|| Ok(ends))?);
            }
        }
        let counted = count_blocks(&wanted, &mut || passes.open())?;
        let counted = counted.into_iter().zip(features).map(|(counted, feature)| {
            Ok(Counted {
                booleans: self.are_booleans(specs[feature.component].dtype()),
                ..Counted::of_histogram(counted?.into())
            })
        });
        Ok(counted.collect())
    }

    /// How often rows are read: to find where bins are, unless that is told, and to count.
    fn passes(&self) -> usize {
        match (self.range, &self.bins) {
            (Some(_), _) => 1,
            (None, Some(Bins::Edges(_))) if !self.discrete => 1,
            (None, _) => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::counted::Rows;
    use super::*;
    use crate::dict;
    use ndarray::{Array1, Array2};

    fn data() -> Dataset {
        let rows = 300_usize;
        let x = Array2::from_shape_fn((rows, 3), |(i, j)| match (i * 7 + j) % 50 {
            0 => f32::NAN,
            n => n as f32 / 3.0,
        });
        Dataset::from_tensor_slices(dict! {
            "x": x,
            "n": Array1::from_iter((0..rows).map(|i| (i % 11) as i16 - 4)),
            "b": Array1::from_iter((0..rows).map(|i| i % 3 == 0)),
        })
        .unwrap()
    }

    /// Each feature is counted as it is where all rows are held.
    fn check(counting: &Counting, features: &[usize]) {
        let ds = data();
        let all = ds.features();
        let features: Vec<Feature> = features.iter().map(|&i| all[i].clone()).collect();
        let rows = Rows {
            classes: None,
            weights: None,
            kept: false,
        };
        let held = counting.count_each(&ds.plot_rows().unwrap(), &features, &rows);
        let stream = ds.filter(|_: (crate::Tensor, i16, bool)| true).unwrap();
        for ds in [ds.clone(), ds.batch(64).unwrap(), stream] {
            let counted = counting.count_passes(&ds, &features).unwrap();
            assert_eq!(format!("{counted:?}"), format!("{held:?}"));
        }
    }

    #[test]
    fn features_in_passes_are_counted_as_those_that_are_held() {
        let discrete = Counting {
            discrete: true,
            ..Counting::default()
        };
        let ranged = Counting {
            range: Some((1.0, 9.0)),
            ..Counting::default()
        };
        let edges = Counting {
            bins: Some(Bins::Edges(vec![0.0, 1.0, 4.5, 8.0])),
            ..Counting::default()
        };
        for counting in [Counting::default(), discrete, ranged, edges] {
            check(&counting, &[0, 1, 2, 3, 4]);
            check(&counting, &[2, 0, 4]);
        }
    }

    #[test]
    fn a_rule_needs_all_values_at_once() {
        let of = |bins: Bins| Counting {
            bins: Some(bins),
            ..Counting::default()
        };
        assert!(!of("auto".into()).takes_passes());
        assert!(of(20.into()).takes_passes());
    }
}
