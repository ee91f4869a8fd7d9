//! Elements in the order of a component or a feature.

use super::super::{Dataset, Key};
use crate::error::Result;
use crate::tensor::Tensor;

impl Dataset {
    /// All elements in rising order of a component that holds one value for each, or
    /// of a feature. Equal ones keep their order; NaN comes last, as in NumPy; strings
    /// go by their characters' numbers.
    ///
    /// The values sorted by are read when the step is made, and 8 bytes for each
    /// element are kept.
    ///
    /// # Errors
    ///
    /// - there is no such component or feature ([`Error::is_name`])
    /// - elements come one after another, their number is unknown or infinite, or they
    ///   are batches ([`Error::is_value`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    ///
    /// let ds = Dataset::from_tensor_slices(dict! {
    ///     "name": vec!["b", "c", "a"], "age": vec![7, 9, 8],
    /// })?;
    /// assert_eq!(ds.sort_by("name")?.at(0)?.scalar::<i32>("age")?, 8);
    /// assert_eq!(ds.sort_by_descending("age")?.at(0)?.scalar::<i32>("age")?, 9);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    ///
    /// [`Error::is_name`]: crate::Error::is_name
    /// [`Error::is_value`]: crate::Error::is_value
    pub fn sort_by(&self, key: impl Into<Key>) -> Result<Dataset> {
        self.sorted(&key.into(), "sort_by", Tensor::argsort)
    }

    /// As [`sort_by`](Dataset::sort_by), in falling order; NaN comes last here too, and
    /// equal ones keep their order.
    ///
    /// # Errors
    ///
    /// As [`sort_by`](Dataset::sort_by).
    pub fn sort_by_descending(&self, key: impl Into<Key>) -> Result<Dataset> {
        self.sorted(
            &key.into(),
            "sort_by_descending",
            Tensor::argsort_descending,
        )
    }

    fn sorted(
        &self,
        key: &Key,
        step: &str,
        order: impl Fn(&Tensor) -> Result<Vec<usize>>,
    ) -> Result<Dataset> {
        let access = self.node.expect_random(step)?;
        let positions = order(&self.column(key, step)?)?;
        Ok(self.picked(access, positions, format!("{step}({key})")))
    }
}
