//! The picture that fits a data set or an element: its images, or else its
//! features, or else its values in words.

use super::figure::Figure;
use super::{Draw, array, message};
use crate::dataset::{Dataset, Element};
use crate::error::Result;
use crate::list::{IntoList, MapEach};

/// More features than this would not be seen at a glance.
const MAX_FEATURES: usize = 10;

impl Draw for Dataset {
    fn figure(&self) -> Result<Figure> {
        let spec = self.row_spec();
        let features = self.features();
        if let Some(window) = spec.components().iter().position(|c| c.window().is_some()) {
            return first_window(self, window);
        }
        if spec.image().or(spec.video()).is_some() {
            return self.images().figure();
        }
        if !features.is_empty() {
            let shown = features.len().min(MAX_FEATURES);
            let part = (shown < features.len())
                .then(|| format!("the first {shown} of {} features", features.len()));
            return Ok(self.hist().features(0..shown).figure()?.with_notes([part]));
        }
        let first = self.first_rows(1)?;
        let texts: Vec<String> = first
            .components
            .flat_map_each(|tensor| tensor.view().texts());
        Ok(message::figure(message::listed(&texts)))
    }
}

/// The picture of the first window.
fn first_window(dataset: &Dataset, component: usize) -> Result<Figure> {
    let Some(element) = dataset.first_element()? else {
        return Ok(message::figure("no windows".to_owned()));
    };
    Ok(element
        .dataset(component)?
        .figure()?
        .noted("the first window"))
}

impl Draw for Element {
    fn figure(&self) -> Result<Figure> {
        if self.is_batch() || self.to_dataset().row_spec().image().is_some() {
            return self.to_dataset().figure();
        }
        let leaves = self.structure().leaves();
        match leaves.iter().find(|tensor| tensor.ndim() > 0) {
            Some(tensor) => array::figure(&tensor.view()),
            None => {
                let values = leaves.iter().flat_map(|tensor| tensor.view().texts());
                let names = self.structure().leaf_names();
                let texts: Vec<String> = match leaves.len() {
                    1 => values.into_list(),
                    _ => names
                        .iter()
                        .zip(values)
                        .map(|(name, value)| format!("{name}: {value}"))
                        .into_list(),
                };
                Ok(message::figure(message::listed(&texts)))
            }
        }
    }
}
