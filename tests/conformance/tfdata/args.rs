//! The arguments of steps and functions as the crate takes them.

use ndsight::Tensor;
use serde_json::Value;

use super::{Stop, unclear, values};

/// The arguments of one step. Each is asked for by its names, of which the first
/// that has a value counts; `null` is as good as nothing.
#[derive(Clone, Copy)]
pub(super) struct Args<'a> {
    step: &'a str,
    values: &'a Value,
}

impl<'a> Args<'a> {
    pub(super) fn new(step: &'a str, values: &'a Value) -> Self {
        Args { step, values }
    }

    pub(super) fn get(&self, names: &[&str]) -> Option<&'a Value> {
        let mut given = names.iter().filter_map(|name| self.values.get(name));
        given.find(|value| !value.is_null())
    }

    pub(super) fn need(&self, names: &[&str]) -> Result<&'a Value, Stop> {
        self.get(names)
            .ok_or_else(|| unclear(format!("{}: {} is missing", self.step, names[0])))
    }

    /// A whole number of any sign.
    pub(super) fn whole(&self, names: &[&str]) -> Result<Option<i64>, Stop> {
        self.get(names)
            .map(|value| self.integer(names[0], value))
            .transpose()
    }

    fn integer(&self, name: &str, value: &Value) -> Result<i64, Stop> {
        let whole = value.as_i64();
        whole.ok_or_else(|| unclear(format!("{}: {name} is {value}", self.step)))
    }

    /// A count, which must be given; a negative one is an error, that of the
    /// conversion which a caller of the crate would have to make.
    pub(super) fn count(&self, names: &[&str]) -> Result<usize, Stop> {
        self.counted(names[0], self.need(names)?)
    }

    pub(super) fn count_or(&self, names: &[&str], otherwise: usize) -> Result<usize, Stop> {
        self.get(names)
            .map_or(Ok(otherwise), |value| self.counted(names[0], value))
    }

    pub(super) fn counts(&self, names: &[&str]) -> Result<Vec<usize>, Stop> {
        match self.need(names)? {
            Value::Array(list) => list
                .iter()
                .map(|value| self.counted(names[0], value))
                .collect(),
            one => Ok(vec![self.counted(names[0], one)?]),
        }
    }

    fn counted(&self, name: &str, value: &Value) -> Result<usize, Stop> {
        let whole = self.integer(name, value)?;
        let negative = || Stop::Negative(format!("{}: {name} is {whole}, no usize", self.step));
        usize::try_from(whole).map_err(|_| negative())
    }

    /// A count that goes without a limit where it is negative or not given.
    pub(super) fn until(&self, names: &[&str]) -> Result<Option<usize>, Stop> {
        Ok(self
            .whole(names)?
            .and_then(|count| usize::try_from(count).ok()))
    }

    pub(super) fn flag(&self, names: &[&str], otherwise: bool) -> Result<bool, Stop> {
        let flag = self.get(names).map_or(Some(otherwise), Value::as_bool);
        flag.ok_or_else(|| unclear(format!("{}: {} is no truth value", self.step, names[0])))
    }

    /// Where random numbers start; TensorFlow chooses it itself where it is not
    /// given.
    pub(super) fn seed(&self) -> Result<u64, Stop> {
        Ok(self.whole(&["seed"])?.unwrap_or(0) as u64)
    }

    pub(super) fn numbers(&self, names: &[&str]) -> Result<Option<Vec<f64>>, Stop> {
        let Some(value) = self.get(names) else {
            return Ok(None);
        };
        let list = value.as_array().map_or(&[][..], Vec::as_slice);
        let numbers = list
            .iter()
            .map(values::number)
            .collect::<Option<Vec<f64>>>();
        let missing = || unclear(format!("{}: {} is {value}", self.step, names[0]));
        numbers
            .filter(|_| value.is_array())
            .ok_or_else(missing)
            .map(Some)
    }

    /// The entries of a list.
    pub(super) fn list(&self, names: &[&str]) -> Result<&'a [Value], Stop> {
        let list = self.need(names)?.as_array().map(Vec::as_slice);
        list.ok_or_else(|| unclear(format!("{}: {} is no list", self.step, names[0])))
    }
}

/// The lengths of axes, of which `null` and -1 are left open.
pub(super) fn axes(shape: &Value) -> Result<Vec<Option<usize>>, Stop> {
    let axis = |axis: &Value| match (axis.as_u64(), axis.as_i64()) {
        (Some(length), _) => Some(Some(length as usize)),
        (None, Some(-1)) => Some(None),
        _ => axis.is_null().then_some(None),
    };
    let axes = shape
        .as_array()
        .and_then(|axes| axes.iter().map(axis).collect());
    axes.ok_or_else(|| unclear(format!("{shape} is no shape")))
}

/// The array of `{value, dtype}`.
pub(super) fn typed(value: &Value) -> Result<Tensor, Stop> {
    let read = || values::tensor(value["dtype"].as_str()?.parse().ok()?, &value["value"]);
    read().ok_or_else(|| unclear(format!("{value} is no typed value")))
}
