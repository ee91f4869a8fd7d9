//! Data sets in files: for NumPy, and to come back to later.
//!
//! - here: `.npy` and `.npz`
//! - `folder`: a folder that holds any data set, written and read in blocks
//! - `manifest`: what the folder says of it

mod folder;
mod manifest;

use std::path::Path;

use super::{Dataset, Structure};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapNumbers};
use crate::tensor::{NpyWriter, Tensor, write_npz};

impl Dataset {
    /// Writes a data set of one component to a `.npy` file: `np.save(path,
    /// np.stack(list(ds)))`. Rows are written in blocks, so it may be larger than memory.
    /// The file takes the place of one of that name when it is complete: even a data
    /// set that reads that very file can be saved to it.
    ///
    /// # Errors
    ///
    /// - there are several components, which [`save_npz`](Dataset::save_npz) takes, or
    ///   rows differ in shape ([`Error::is_shape`])
    /// - there is no end ([`Error::is_value`]), an element fails, or the file cannot be
    ///   written ([`Error::is_file`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let path = std::env::temp_dir().join("ndsight-squares.npy");
    /// Dataset::range(0..4).map(|x: i64| x * x)?.save_npy(&path)?;
    /// assert_eq!(Dataset::from_npy(&path)?.at(3)?.scalar::<i64>(0)?, 9);
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn save_npy(&self, path: impl AsRef<Path>) -> Result<()> {
        self.write_npy(path.as_ref())
    }

    fn write_npy(&self, path: &Path) -> Result<()> {
        self.expect_end("save_npy()")?;
        let row_spec = self.row_spec();
        let [spec] = row_spec.components()[..] else {
            return Err(Error::shape(format!(
                "expected one component for a .npy file, but the elements are {row_spec}; save_npz() writes several, select() chooses one"
            )));
        };
        let mut writer: Option<NpyWriter> = None;
        for block in self.blocks("saving") {
            let block = block?;
            let rows = block.leaves()[0];
            if writer.is_none() {
                let shape = rows.shape().get(1..).unwrap_or(&[]);
                writer = Some(NpyWriter::create(path, rows.dtype(), shape)?);
            }
            if let Some(writer) = &mut writer {
                writer.write(rows)?;
            }
        }
        match writer {
            Some(writer) => writer.finish(),
            None => {
                let axes = spec.shape().unwrap_or(&[]).iter();
                let shape: Vec<usize> = axes.map(|axis| axis.unwrap_or(0)).into_list();
                NpyWriter::create(path, spec.dtype(), &shape)?.finish()
            }
        }
    }

    /// Writes the components to a `.npz` archive, each as an array of all rows:
    /// `np.savez(path, **components)`. They are held in memory meanwhile.
    ///
    /// Named components keep their names, those of nested ones joined by dots. Unnamed
    /// ones are called `arr_0`, `arr_1`, … as NumPy calls them.
    ///
    /// # Errors
    ///
    /// As [`save_npy`](Dataset::save_npy), with any number of components.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    ///
    /// let path = std::env::temp_dir().join("ndsight-pairs.npz");
    /// let ds = Dataset::from_tensor_slices(dict! { "x": vec![0.5, 1.5], "y": vec!["a", "b"] })?;
    /// ds.shuffle(1).save_npz(&path)?;
    /// assert_eq!(Dataset::from_npz(&path)?.element_spec(), ds.element_spec());
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn save_npz(&self, path: impl AsRef<Path>) -> Result<()> {
        self.archive(path.as_ref(), false)
    }

    /// As [`save_npz`](Dataset::save_npz), deflated: `np.savez_compressed`.
    ///
    /// # Errors
    ///
    /// As [`save_npz`](Dataset::save_npz).
    pub fn save_npz_compressed(&self, path: impl AsRef<Path>) -> Result<()> {
        self.archive(path.as_ref(), true)
    }

    fn archive(&self, path: &Path, compressed: bool) -> Result<()> {
        self.expect_end("save_npz()")?;
        let names = member_names(self.node.spec.structure());
        let arrays: Vec<(String, Tensor)> = names
            .into_iter()
            .zip(self.all_rows()?.components)
            .into_list();
        write_npz(path, &arrays, compressed)
    }
}

fn member_names<T>(components: &Structure<T>) -> Vec<String> {
    let unnamed = |i: usize| format!("arr_{i}");
    match components {
        Structure::Leaf(_) => vec![unnamed(0)],
        Structure::Tuple(parts) if parts.iter().all(|part| matches!(part, Structure::Leaf(_))) => {
            (0..parts.len()).map_each(unnamed)
        }
        other => other.leaf_names(),
    }
}
