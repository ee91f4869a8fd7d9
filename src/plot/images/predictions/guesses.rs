//! The classes that rows are taken for, from values of any kind or rows of scores.

use crate::dataset::classes::class_name;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto, MapNumbers};
use crate::plot::number::short;
use crate::tensor::{DType, Shape, Tensor};

/// A class for each row.
#[derive(Clone)]
pub(super) struct Guesses {
    pub(super) texts: Vec<String>,
    dtype: DType,
    /// Of those that were rows of probabilities, that of the class.
    pub(super) shares: Option<Vec<Option<f64>>>,
}

impl Guesses {
    /// Of shape `(n,)` or `(n, 1)`, or `(n, classes)` with a score for each class;
    /// `what` says what they are.
    pub(super) fn of(tensor: &Tensor, what: &str) -> Result<Guesses> {
        match *tensor.shape() {
            [_] | [_, 1] => Ok(Guesses {
                texts: class_texts(tensor, what)?,
                dtype: tensor.dtype(),
                shares: None,
            }),
            [_, classes] if classes > 1 && tensor.dtype().is_number() => {
                Ok(greatest(tensor, classes))
            }
            _ => Err(Error::shape(format!(
                "expected {what} of one class a row, or of a row of scores, but found {} of shape {}",
                tensor.dtype(),
                Shape(tensor.shape())
            ))),
        }
    }

    /// What the class of a row is called; booleans are the classes 0 and 1.
    pub(super) fn name(&self, row: usize, classes: Option<&[String]>) -> String {
        let text = &self.texts[row];
        let number = match self.dtype {
            DType::Bool => as_number(text),
            _ => text,
        };
        match class_name(number, classes) {
            unnamed if unnamed == number => text.clone(),
            name => name,
        }
    }

    /// Whether each differs from what is true: numbers by value, anything else by the
    /// names of classes.
    pub(super) fn wrong(&self, truth: &Guesses, classes: Option<&[String]>) -> Vec<bool> {
        let numbers = self.dtype.is_number() && truth.dtype.is_number();
        let differs = |i: usize| match numbers {
            true => {
                as_number(&self.texts[i]) != as_number(&truth.texts[i]) || self.texts[i] == NONE
            }
            false => self.name(i, classes) != truth.name(i, classes),
        };
        (0..self.texts.len().min(truth.texts.len())).map_each(differs)
    }
}

/// What is written where a row has no class.
const NONE: &str = "none";

/// Booleans compare with 0 and 1.
fn as_number(text: &str) -> &str {
    match text {
        "true" => "1",
        "false" => "0",
        other => other,
    }
}

/// Classes in words: whole numbers without a point, whatever their type.
fn class_texts(tensor: &Tensor, what: &str) -> Result<Vec<String>> {
    let numbers = match tensor.dtype().is_float() {
        true => tensor.view().to_f64(),
        false => None,
    };
    let Some(numbers) = numbers else {
        return Ok(tensor.view().texts());
    };
    let text = |v: f64| match v {
        v if !v.is_finite() => Ok(NONE.to_owned()),
        v if v.fract() != 0.0 => Err(Error::value(format!(
            "expected {what} of classes, or a row of scores for each, but found {}; round them, or compare them with a threshold first",
            short(v)
        ))),
        v => Ok(format!("{}", v as i128)),
    };
    numbers.into_iter().map(text).collect()
}

/// The class of the greatest score of each row; its score too, where all are
/// probabilities.
fn greatest(scores: &Tensor, classes: usize) -> Guesses {
    let values = scores.view().to_f64().unwrap_or_default();
    let best = |row: &[f64]| {
        let known = row.iter().enumerate().filter(|(_, v)| !v.is_nan());
        // The first of equal ones, as `numpy.argmax`.
        known.fold(None, |best: Option<(usize, f64)>, (i, &v)| match best {
            Some((_, most)) if most >= v => best,
            _ => Some((i, v)),
        })
    };
    let best: Vec<Option<(usize, f64)>> = values.chunks_exact(classes).map(best).into_list();
    let shares = values.iter().all(|v| v.is_nan() || (0.0..=1.0).contains(v));
    Guesses {
        texts: best.map_each(|best| best.map_or(NONE.to_owned(), |(i, _)| i.to_string())),
        dtype: DType::Int64,
        shares: (shares && scores.dtype().is_float())
            .then(|| best.map_each(|best| best.map(|(_, v)| v))),
    }
}

/// One confidence a row, from 0 to 1.
pub(super) fn shares(tensor: &Tensor) -> Result<Vec<Option<f64>>> {
    let numbers = tensor.view().to_f64();
    let Some(values) = numbers.filter(|_| tensor.ndim() == 1) else {
        return Err(Error::dtype(format!(
            "expected a number a row as confidence, but found {} of shape {}",
            tensor.dtype(),
            Shape(tensor.shape())
        )));
    };
    if let Some(other) = values
        .iter()
        .find(|v| !v.is_nan() && !(0.0..=1.0).contains(*v))
    {
        return Err(Error::value(format!(
            "expected confidences from 0 to 1, but found {}",
            short(*other)
        )));
    }
    Ok(values.map_into(|v| (!v.is_nan()).then_some(v)))
}

/// The probability of the class that each row is taken for; nothing where that is no
/// column.
pub(super) fn share_of_guess(rows: &Tensor, guesses: &Guesses) -> Result<Vec<Option<f64>>> {
    let columns = rows.shape().get(1).copied().unwrap_or(1).max(1);
    let flat = rows.reshape(&[rows.len()])?;
    let all = shares(&flat)?;
    let of = |(row, text): (&[Option<f64>], &String)| {
        let column: usize = as_number(text).parse().ok()?;
        row.get(column).copied().flatten()
    };
    Ok(all
        .chunks_exact(columns)
        .zip(&guesses.texts)
        .map(of)
        .into_list())
}
