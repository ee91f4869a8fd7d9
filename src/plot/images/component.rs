//! Which component is the picture, or the sequence of pictures.

use super::Images;
use crate::dataset::{ElementSpec, Key, TensorSpec};
use crate::error::{Error, Result};
use crate::list::{Flat, IntoList};

/// The component that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) component: usize,
    /// Whether its first axis counts pictures.
    pub(super) sequence: bool,
}

impl Images {
    /// The component that holds the images, by name or number. Default: the first that
    /// has the shape of one, other than masks and boxes.
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    /// use ndarray::Array3;
    ///
    /// let ds = Dataset::from_tensor_slices(dict! {
    ///     "depth": Array3::<f32>::zeros((2, 8, 8)), "photo": Array3::<u8>::zeros((2, 9, 9)),
    /// })?;
    /// assert_ne!(ds.images().component("photo").to_svg()?, ds.images().to_svg()?);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn component(&self, component: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.component = Some(component.into());
        plot
    }

    /// Whether an element of rank 3 is a sequence of pictures `(t, h, w)`, a row of
    /// frames each. Those of rank 4, `(t, h, w, 1|3|4)`, are without being asked.
    /// Default: no, as `(h, w, 3)` is a picture.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let waves = ndarray::Array4::from_shape_fn((2, 30, 6, 9), |(n, t, y, x)| (n + t + y * x) % 7);
    /// let waves = Dataset::from_tensor_slices(waves.mapv(|v| v as u8))?;
    /// let rows = waves.images().sequences(true).columns(6);
    /// assert!(rows.to_svg()?.contains("6 of 30 frames"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn sequences(&self, sequences: bool) -> Self {
        let mut plot = self.clone();
        plot.sequences = sequences;
        plot
    }

    /// The component to show, or an error that says why there is none.
    pub(super) fn shown(&self, spec: &ElementSpec) -> Result<Shown> {
        let specs = spec.components();
        if let Some(key) = &self.component {
            let component = key.find(&spec.names(), "component")?;
            let found = self.shape_of(specs[component]);
            let of = format!(
                "component '{}' is {}",
                spec.names()[component],
                specs[component]
            );
            return found
                .map(|sequence| Shown {
                    component,
                    sequence,
                })
                .ok_or_else(|| self.no_image(&[specs[component]], &of));
        }
        let taken = self.taken(spec);
        let fitting = specs.iter().enumerate().filter(|(i, _)| !taken.contains(i));
        let fitting: Vec<Shown> = fitting
            .filter_map(|(component, spec)| {
                let sequence = self.shape_of(spec)?;
                Some(Shown {
                    component,
                    sequence,
                })
            })
            .into_list();
        let single = fitting.iter().find(|shown| !shown.sequence);
        let found = single.or(fitting.first()).copied();
        found.ok_or_else(|| self.no_image(&specs, &format!("the elements are {spec}")))
    }

    /// Components that are something else.
    fn taken(&self, spec: &ElementSpec) -> Vec<usize> {
        let names = spec.names();
        let keys = [self.masks.key(), self.boxes.key()];
        let find = |key: &Key| key.find(&names, "component").ok();
        keys.flat().into_iter().filter_map(find).into_list()
    }

    /// Whether it is a sequence of pictures, if it is pictures at all.
    fn shape_of(&self, spec: &TensorSpec) -> Option<bool> {
        let shape = spec.shape().filter(|_| spec.dtype().is_number())?;
        let (sequence, picture) = match shape.len() {
            2 => (false, shape),
            3 if !self.sequences => (false, shape),
            3 | 4 => (true, &shape[1..]),
            _ => return None,
        };
        let (h, w, channels) = self.channels.layout(picture)?;
        let countable = match channels {
            None => !self.channels.are_asked(),
            Some(c) => self.channels.are_asked() || matches!(c, Some(1 | 3 | 4)),
        };
        let asked = sequence || !self.sequences;
        (asked && countable && h != Some(0) && w != Some(0)).then_some(sequence)
    }

    fn no_image(&self, specs: &[&TensorSpec], found: &str) -> Error {
        let channels = match self.channels.are_asked() {
            true => "channels",
            false => "1|3|4",
        };
        let (flat, deep) = match (self.sequences, self.channels.first) {
            (false, false) => ("(h, w)", format!("(h, w, {channels})")),
            (false, true) => ("(h, w)", format!("({channels}, h, w)")),
            (true, false) => ("(t, h, w)", format!("(t, h, w, {channels})")),
            (true, true) => ("(t, h, w)", format!("(t, {channels}, h, w)")),
        };
        let shapes = match self.channels.are_asked() {
            true => deep,
            false => format!("{flat} or {deep}"),
        };
        let what = if self.sequences {
            "sequences of images"
        } else {
            "images"
        };
        Error::shape(format!(
            "expected {what} of shape {shapes}, but {found}; {}",
            self.way_out(specs)
        ))
    }

    fn way_out(&self, specs: &[&TensorSpec]) -> &'static str {
        let shapes = || {
            let numbers = specs.iter().filter(|spec| spec.dtype().is_number());
            numbers.filter_map(|spec| spec.shape())
        };
        let any = |fits: fn(&[Option<usize>]) -> bool| {
            shapes().any(|shape| fits(shape) && !shape.contains(&Some(0)))
        };
        if self.channels.are_asked() || self.sequences {
            return "give the array the missing axes with reshape, or leave that option out";
        }
        if !self.channels.first && any(|shape| matches!(shape, [Some(1 | 3 | 4), _, _])) {
            return "the channels come first: say so with channels_first(true)";
        }
        if any(|shape| shape.len() == 3) {
            return "choose channels with channels([0, 1, 2]), make one of them with reduce(ChannelReduction::Mean), or show the first axis as frames with sequences(true)";
        }
        if any(|shape| shape.len() == 4) {
            return "choose channels of each frame with channels([0, 1, 2]), or make one of them with reduce(ChannelReduction::Mean)";
        }
        "reshape the array to (n, h, w) or (n, h, w, channels) first"
    }
}
