//! The inputs of a case: arrays read from `.npy` files, which must hold the same
//! as the nested lists beside them.

use std::cell::Cell;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ndsight::{Structure, Tensor};
use serde_json::Value;

use super::item::Item;
use super::{Stop, arrange, unclear, values};

/// A directory for the files of one run, removed with all that is in it.
pub(super) struct Scratch {
    directory: PathBuf,
    files: Cell<usize>,
}

impl Scratch {
    pub(super) fn new(name: &str) -> Result<Scratch, String> {
        let directory = format!("ndsight-{name}-{}", std::process::id());
        let directory = std::env::temp_dir().join(directory);
        std::fs::create_dir_all(&directory)
            .map_err(|err| format!("{}: {err}", directory.display()))?;
        Ok(Scratch {
            directory,
            files: Cell::new(0),
        })
    }

    /// A path where nothing is yet.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.files.set(self.files.get() + 1);
        self.directory.join(format!("{}-{name}", self.files.get()))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A directory that stays behind does no harm.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Where a pipeline finds its arrays.
pub(super) struct Inputs<'a> {
    pub(super) arrays: &'a Value,
    pub(super) scratch: &'a Scratch,
}

impl Inputs<'_> {
    /// The arrays whose names are at the leaves of `names`.
    pub(super) fn structure(&self, names: &Value) -> Result<Structure<Tensor>, Stop> {
        arrange(names, &mut |name| self.tensor(name))
    }

    fn tensor(&self, name: &Value) -> Result<Tensor, Stop> {
        let input = self.input(name)?;
        let listed = listed(input);
        let Some(file) = self.file(input)? else {
            return listed.ok_or_else(|| unclear(format!("input {name} has no data")));
        };
        let read = Tensor::from_npy(file)?;
        match listed {
            Some(listed) => agree(read, &listed, name),
            None => Ok(read),
        }
    }

    fn input(&self, name: &Value) -> Result<&Value, Stop> {
        let input = name.as_str().and_then(|name| self.arrays.get(name));
        input.ok_or_else(|| unclear(format!("there is no input {name}")))
    }

    /// The file of the one array named `name`.
    pub(super) fn npy(&self, name: &Value) -> Result<PathBuf, Stop> {
        let file = self.file(self.input(name)?)?;
        file.ok_or_else(|| unclear(format!("input {name} has no npy_b64")))
    }

    fn file(&self, input: &Value) -> Result<Option<PathBuf>, Stop> {
        let Some(text) = input["npy_b64"].as_str() else {
            return Ok(None);
        };
        let bytes = STANDARD
            .decode(text)
            .map_err(|err| unclear(format!("npy_b64: {err}")))?;
        let path = self.scratch.path("input.npy");
        std::fs::write(&path, bytes)
            .map_err(|err| unclear(format!("{}: {err}", path.display())))?;
        Ok(Some(path))
    }
}

/// The array of the nested lists; none where its type is one that tensors do
/// not have.
fn listed(input: &Value) -> Option<Tensor> {
    let dtype = input["dtype"].as_str()?.parse().ok()?;
    let (found, cells) = values::flatten(&input["data"])?;
    let shape = input["shape"].as_array().map(|axes| {
        let axes = axes
            .iter()
            .map(|axis| axis.as_u64().map(|axis| axis as usize));
        axes.collect::<Option<Vec<usize>>>()
    });
    values::shaped(dtype, &shape.unwrap_or(Some(found))?, &cells)
}

fn agree(read: Tensor, listed: &Tensor, name: &Value) -> Result<Tensor, Stop> {
    let (found, wanted) = (Item::of_tensor(&read)?, Item::of_tensor(listed)?);
    match found == wanted {
        true => Ok(read),
        false => Err(Stop::Wrong(format!(
            "input {name}: its file was read as {found}, but it holds {wanted}"
        ))),
    }
}
