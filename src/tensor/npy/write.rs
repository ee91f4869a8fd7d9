//! Writing `.npy` files, at once or block by block.

use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::super::replace::{Replacement, unwritable};
use super::super::{DType, Shape, Tensor};
use super::encode::{descr, encode, width};
use super::header::written;
use crate::error::{Error, Result};

impl Tensor {
    /// Writes the array to a `.npy` file: `np.save(path, array)`, but under the
    /// very name given. A file of that name is replaced when the new one is
    /// complete, so that a failure, or a data set that reads the old one, does no
    /// harm. Strings are written as NumPy's Unicode text (`<U…`).
    ///
    /// # Errors
    ///
    /// - the file cannot be written ([`Error::is_file`])
    /// - a string ends in NUL, which would not come back ([`Error::is_value`])
    /// - the elements are data sets ([`Error::is_dtype`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Tensor;
    ///
    /// let path = std::env::temp_dir().join("ndsight-save-npy.npy");
    /// let words = Tensor::from(vec!["cat", "mouse"]);
    /// words.save_npy(&path)?;
    /// assert_eq!(Tensor::from_npy(&path)?, words);
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn save_npy(&self, path: impl AsRef<Path>) -> Result<()> {
        save(self, path.as_ref())
    }
}

fn save(tensor: &Tensor, path: &Path) -> Result<()> {
    write(tensor, path).map_err(|err| err.context(path.display()))
}

fn write(tensor: &Tensor, path: &Path) -> Result<()> {
    let width = width(std::slice::from_ref(tensor))?;
    descr(tensor.dtype(), width)?;
    let mut file = Replacement::create(path)?;
    write_array(tensor, width, file.writer())?;
    file.finish()
}

/// Header and elements of an array whose strings have at most `width` code points.
pub(in crate::tensor) fn write_array(
    tensor: &Tensor,
    width: usize,
    writer: &mut dyn Write,
) -> Result<()> {
    let header = written(&descr(tensor.dtype(), width)?, tensor.shape(), 0)?;
    writer.write_all(&header).map_err(unwritable)?;
    encode(tensor, width, writer)
}

/// A `.npy` file of rows that come in blocks, in place when it is finished.
///
/// Numbers are written as they come. How wide strings are in the file is said
/// before them, so they are kept until the end.
pub(crate) struct NpyWriter {
    path: PathBuf,
    file: Replacement,
    dtype: DType,
    row_shape: Vec<usize>,
    rows: usize,
    /// The length of the header, with room for any number of rows.
    room: usize,
    strings: Vec<Tensor>,
}

impl NpyWriter {
    /// Begins a file of rows of this type and shape.
    ///
    /// # Errors
    ///
    /// - `path` cannot be written to ([`Error::is_file`])
    /// - `dtype` is variant ([`Error::is_dtype`])
    pub(crate) fn create(path: &Path, dtype: DType, row_shape: &[usize]) -> Result<NpyWriter> {
        let begin = || {
            let most = [&[usize::MAX], row_shape].concat();
            let header = written(&descr(dtype, usize::MAX / 4)?, &most, 0)?;
            let mut file = Replacement::create(path)?;
            file.writer().write_all(&header).map_err(unwritable)?;
            Ok(NpyWriter {
                path: path.to_owned(),
                file,
                dtype,
                row_shape: row_shape.to_vec(),
                rows: 0,
                room: header.len(),
                strings: Vec::new(),
            })
        };
        begin().map_err(|err: Error| err.context(path.display()))
    }

    /// Adds rows: a tensor whose first axis counts them.
    ///
    /// # Errors
    ///
    /// - the rows have another shape ([`Error::is_shape`]) or type
    ///   ([`Error::is_dtype`]) than the file's
    /// - a string ends in NUL ([`Error::is_value`])
    /// - the file cannot be written ([`Error::is_file`])
    pub(crate) fn write(&mut self, rows: &Tensor) -> Result<()> {
        let added = self.expect_fitting(rows).and_then(|()| self.add(rows));
        added.map_err(|err| err.context(self.path.display()))
    }

    fn add(&mut self, rows: &Tensor) -> Result<()> {
        self.rows += rows.shape().first().unwrap_or(&0);
        match self.dtype {
            DType::String => {
                width(std::slice::from_ref(rows))?;
                self.strings.push(rows.clone());
                Ok(())
            }
            _ => encode(rows, 0, self.file.writer()),
        }
    }

    fn expect_fitting(&self, rows: &Tensor) -> Result<()> {
        if rows.dtype() != self.dtype {
            return Err(Error::dtype(format!(
                "expected rows of {}, as those before, but found {}",
                self.dtype,
                rows.dtype()
            ))
            .coded("type_mismatch"));
        }
        match rows.shape() {
            [_, row @ ..] if row == self.row_shape => Ok(()),
            other => Err(Error::shape(format!(
                "expected rows of shape {}, as those before, but found a block of shape {}; give all rows one shape, for instance with padded_batch, first",
                Shape(&self.row_shape),
                Shape(other)
            ))
            .coded("shape_mismatch")),
        }
    }

    /// Puts the file in place.
    ///
    /// # Errors
    ///
    /// The file cannot be written ([`Error::is_file`]).
    pub(crate) fn finish(self) -> Result<()> {
        let path = self.path.clone();
        self.complete().map_err(|err| err.context(path.display()))
    }

    fn complete(mut self) -> Result<()> {
        let width = match self.dtype {
            DType::String => width(&self.strings)?.max(1),
            _ => 0,
        };
        let writer = self.file.writer();
        for strings in &self.strings {
            encode(strings, width, writer)?;
        }
        let shape = [&[self.rows], self.row_shape.as_slice()].concat();
        let header = written(&descr(self.dtype, width)?, &shape, self.room)?;
        writer.seek(SeekFrom::Start(0)).map_err(unwritable)?;
        writer.write_all(&header).map_err(unwritable)?;
        self.file.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::scratch::Folder;
    use crate::tensor::{F16, Rows, Variant};
    use ndarray::{Array2, array};
    use num_complex::Complex;

    fn samples() -> Vec<Tensor> {
        let table = Array2::from_shape_fn((5, 3), |(i, j)| 10 * i as i32 + j as i32);
        vec![
            Tensor::from(&table),
            Tensor::from(table.clone().reversed_axes()),
            Tensor::from(table.map(|n| n % 2 == 0)),
            Tensor::from(table.map(|n| *n as u64)),
            Tensor::from(table.map(|n| F16::from(*n as f32 / 4.0))),
            Tensor::from(table.map(|n| f64::from(*n) / 3.0)),
            Tensor::from(table.map(|n| Complex::new(*n as f32, -0.5))),
            Tensor::from(table.map(|n| Complex::new(0.1, f64::from(*n)))),
            Tensor::from(table.map(|n| "ä".repeat(*n as usize))),
            Tensor::from(vec!["a\0b", ""]),
            Tensor::from(1.5),
            Tensor::from("word"),
            Tensor::empty(DType::String, &[0, 2]),
            Tensor::empty(DType::Float32, &[3, 0]),
        ]
    }

    #[test]
    fn what_is_saved_is_read_back() {
        let folder = Folder::new("save");
        let path = folder.path("x.npy");
        for tensor in samples() {
            tensor.save_npy(&path).unwrap();
            let back = Tensor::from_npy(&path).unwrap();
            assert_eq!(
                (back.dtype(), back.shape()),
                (tensor.dtype(), tensor.shape())
            );
            assert_eq!(back, tensor);
        }
        assert_eq!(folder.names(), ["x.npy"]);
    }

    #[test]
    fn blocks_of_rows_make_the_same_file_as_the_whole() {
        let folder = Folder::new("blocks");
        let (whole, blocks) = (folder.path("whole"), folder.path("blocks"));
        for tensor in samples().into_iter().filter(|tensor| tensor.ndim() > 0) {
            tensor.save_npy(&whole).unwrap();
            let mut writer =
                NpyWriter::create(&blocks, tensor.dtype(), &tensor.shape()[1..]).unwrap();
            let rows = tensor.shape()[0];
            for range in [0..rows / 2, rows / 2..rows / 2, rows / 2..rows] {
                writer.write(&tensor.rows(&Rows::Range(range))).unwrap();
            }
            writer.finish().unwrap();
            assert!(std::fs::read(&blocks).unwrap() == std::fs::read(&whole).unwrap());
        }
        let writer = NpyWriter::create(&blocks, DType::String, &[2]).unwrap();
        writer.finish().unwrap();
        assert_eq!(
            Tensor::from_npy(&blocks).unwrap(),
            Tensor::empty(DType::String, &[0, 2])
        );
    }

    #[test]
    fn an_array_can_be_written_over_the_file_it_stands_on() {
        let folder = Folder::new("over");
        let path = folder.path("x.npy");
        let table = Tensor::from(Array2::from_shape_fn((100, 3), |(i, j)| i + j));
        table.save_npy(&path).unwrap();
        let array = super::super::file_array(&path).unwrap();
        let mut writer = NpyWriter::create(&path, table.dtype(), &[3]).unwrap();
        for i in (0..100).rev() {
            let row = array.row(i).unwrap();
            writer.write(&row.with_first_axis()).unwrap();
        }
        writer.finish().unwrap();
        let reversed = table.rows(&Rows::List((0..100).rev().collect()));
        assert_eq!(Tensor::from_npy(&path).unwrap(), reversed);
    }

    #[test]
    fn rows_that_differ_are_refused_and_nothing_is_left() {
        let folder = Folder::new("ragged");
        let path = folder.path("x.npy");
        let shown = format!("{}: ", path.display());
        let text = |err: Error| err.to_string().replace(&shown, "");
        let mut writer = NpyWriter::create(&path, DType::Int32, &[2]).unwrap();
        writer.write(&Tensor::from(array![[1, 2]])).unwrap();
        let err = writer.write(&Tensor::from(array![[1, 2, 3]])).unwrap_err();
        assert!(err.is_shape() && err.code() == "shape_mismatch");
        assert_eq!(
            text(err),
            "expected rows of shape (2,), as those before, but found a block of shape (1, 3); give all rows one shape, for instance with padded_batch, first"
        );
        assert!(writer.write(&Tensor::from(1)).unwrap_err().is_shape());
        let err = writer.write(&Tensor::from(array![[1.0, 2.0]])).unwrap_err();
        assert!(err.is_dtype() && err.code() == "type_mismatch");
        assert_eq!(
            text(err),
            "expected rows of int32, as those before, but found float64"
        );
        drop(writer);
        let err = NpyWriter::create(&path, DType::Variant, &[])
            .map(|_| ())
            .unwrap_err();
        assert_eq!(
            text(err),
            "expected numbers or strings to write to a file, but found variant"
        );
        let err = Tensor::from(Variant::new(1)).save_npy(&path).unwrap_err();
        assert_eq!(err.code(), "unsupported_dtype");
        let err = Tensor::from(array![["a", "b\0"]])
            .save_npy(&path)
            .unwrap_err();
        assert_eq!(
            text(err),
            "expected strings that do not end in NUL, which .npy files use as padding, but found \"b\\0\" at (0, 1)"
        );
        assert!(folder.names().is_empty());
    }

    #[test]
    fn places_that_cannot_be_written_to_are_named() {
        let err = Tensor::from(1).save_npy("no/such/x.npy").unwrap_err();
        assert_eq!(
            err.to_string(),
            "no/such/x.npy: cannot write the file: No such file or directory (os error 2)"
        );
    }
}
