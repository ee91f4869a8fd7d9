//! Arrays that stand on a file: rows are read when they are asked for.

use std::fmt;
use std::io::Read;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::regular::RegularFile;
use super::super::{DType, Rows, Shape, Tensor};
use super::ahead::{Ahead, Plan};
use super::decode::Block;
use super::header::Header;
use super::pieces::{Pieces, Ranges};
use crate::error::{Error, Result};
use crate::list::MapEach;

/// An array in a file that stays open. It is read at positions, never mapped
/// into memory: saving anew from Python truncates the file first, and touching a
/// map of a truncated file ends the process, with every variable of the
/// notebook. Here it is an error.
pub(crate) struct FileArray {
    file: Arc<RegularFile>,
    /// The path, and the member of an archive, for messages.
    name: String,
    header: Header,
    /// Where the elements begin, and how many bytes they take.
    start: u64,
    bytes: u64,
    /// Elements of one row: the product of all axes but the first.
    width: usize,
    ahead: Mutex<Ahead>,
}

impl FileArray {
    /// The array in the `length` bytes from `at` on. Reads no more than the
    /// header.
    pub(in crate::tensor) fn open(
        file: Arc<RegularFile>,
        name: String,
        at: u64,
        length: u64,
    ) -> Result<FileArray> {
        let end = at.saturating_add(length);
        let mut reader = Pieces::new(&file, end, Box::new(std::iter::once(at..end)));
        let opened = Header::read(&mut reader).and_then(|(header, header_bytes)| {
            let bytes = header.expect_data(length.saturating_sub(header_bytes))?;
            Ok((header, header_bytes, bytes))
        });
        let (header, header_bytes, bytes) = opened.map_err(|err| err.context(&name))?;
        drop(reader);
        Ok(FileArray {
            start: at + header_bytes,
            bytes,
            width: header.shape.iter().skip(1).product(),
            header,
            file,
            name,
            ahead: Mutex::default(),
        })
    }

    /// The type of the elements.
    pub(crate) fn dtype(&self) -> DType {
        self.header.descr.dtype()
    }

    /// The shape of the whole array.
    pub(crate) fn shape(&self) -> &[usize] {
        &self.header.shape
    }

    /// The number of rows: the length of the first axis.
    pub(crate) fn len(&self) -> usize {
        self.shape().first().copied().unwrap_or(0)
    }

    /// What the whole array takes in memory, in bytes.
    pub(in crate::tensor) fn memory(&self) -> u64 {
        self.header.memory()
    }

    /// The whole array, read at once.
    pub(crate) fn whole(&self) -> Result<Tensor> {
        let all = self.start..self.start + self.bytes;
        let all = Box::new(std::iter::once(all));
        self.named(self.decoded(self.shape(), &|row| row, all))
    }

    /// The `index`-th entry along the first axis.
    pub(crate) fn row(&self, index: usize) -> Result<Tensor> {
        let one = self.neighbours(&(index..index.saturating_add(1)))?;
        match one.shape() {
            [1, ..] => Ok(one.row(0)),
            _ => self.named(Err(self.no_row(&(index..index)))),
        }
    }

    /// The entries at `rows`, in that order; neighbours are read together.
    pub(crate) fn rows(&self, rows: &Rows) -> Result<Tensor> {
        match rows {
            Rows::Range(range) => self.neighbours(range),
            Rows::List(list) if self.header.fortran_order => self.sorted(list),
            Rows::List(list) => self.read(&runs(list)),
        }
    }

    /// In Fortran's order one pass over the file reads rows from the first to the
    /// last; they are put in the order asked for in memory.
    fn sorted(&self, list: &[usize]) -> Result<Tensor> {
        let mut sorted = list.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let rows = self.read(&runs(&sorted))?;
        let place = |index| sorted.binary_search(index).unwrap_or_default();
        Ok(rows.rows(&Rows::List(list.map_each(place))))
    }

    /// Rows that lie together, read ahead if those before were asked for last.
    fn neighbours(&self, wanted: &Range<usize>) -> Result<Tensor> {
        if wanted.is_empty() {
            return self.read(&[]);
        }
        let row_bytes = self.row_bytes();
        // The lock is not held while the file is read.
        let plan = self.ahead().plan(wanted, self.len(), row_bytes);
        match plan {
            Plan::Direct => self.read(std::slice::from_ref(wanted)),
            Plan::Ready(rows) => Ok(rows.view().to_tensor()),
            Plan::Keep(range) => {
                let block = self.read(std::slice::from_ref(&range))?;
                // A copy: one row that is kept shall not keep the block.
                let rows = block.rows(&Rows::Range(0..wanted.len()));
                let rows = rows.view().to_tensor();
                self.ahead().keep(range.start, block);
                Ok(rows)
            }
        }
    }

    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows of `runs`, one run after another.
    fn read(&self, runs: &[Range<usize>]) -> Result<Tensor> {
        self.named(self.expect_rows(runs).and_then(|count| {
            let mut shape = self.shape().to_vec();
            if let Some(first) = shape.first_mut() {
                *first = count;
            }
            let row = |i| nth(runs, i);
            match self.header.fortran_order {
                false => self.decoded(&shape, &row, self.pieces(runs)),
                true => self.decoded(&shape, &row, self.strided_pieces(runs)),
            }
        }))
    }

    /// How many rows there are in `runs`, all of which exist.
    fn expect_rows(&self, runs: &[Range<usize>]) -> Result<usize> {
        let all = self.len();
        if let Some(beyond) = runs.iter().find(|run| run.end > all || run.start > run.end) {
            return Err(self.no_row(beyond));
        }
        let count = runs
            .iter()
            .try_fold(0_usize, |n, run| n.checked_add(run.len()));
        let bytes = count.and_then(|count| count.checked_mul(self.row_bytes()));
        match (
            count,
            bytes.is_some_and(|bytes| isize::try_from(bytes).is_ok()),
        ) {
            (Some(count), true) => Ok(count),
            _ => Err(no_memory(self.dtype(), self.shape())),
        }
    }

    fn no_row(&self, asked: &Range<usize>) -> Error {
        Error::internal(format!(
            "rows {asked:?} of a file of {} rows were asked for",
            self.len()
        ))
    }

    /// In row-major order the elements of a row lie together.
    fn pieces<'a>(&'a self, runs: &'a [Range<usize>]) -> Ranges<'a> {
        let row = self.row_bytes() as u64;
        let at = move |index: usize| self.start + index as u64 * row;
        Box::new(runs.iter().map(move |run| at(run.start)..at(run.end)))
    }

    /// In Fortran's order each element of a row lies among those at its place in
    /// the other rows.
    fn strided_pieces<'a>(&'a self, runs: &'a [Range<usize>]) -> Ranges<'a> {
        let (rows, size) = (self.len() as u64, self.header.size() as u64);
        let at = move |place: usize, index: usize| {
            self.start + (place as u64 * rows + index as u64) * size
        };
        Box::new((0..self.width).flat_map(move |place| {
            runs.iter()
                .map(move |run| at(place, run.start)..at(place, run.end))
        }))
    }

    fn decoded(
        &self,
        shape: &[usize],
        row: &dyn Fn(usize) -> usize,
        pieces: Ranges<'_>,
    ) -> Result<Tensor> {
        self.header.expect_memory(shape)?;
        let mut bytes = Pieces::new(&self.file, self.start + self.bytes, pieces);
        let block = Block {
            descr: &self.header.descr,
            shape,
            fortran_order: self.header.fortran_order,
            row,
        };
        let tensor = block.decode(&mut bytes as &mut dyn Read);
        // Whatever came of it, of a changed file that is what to know.
        self.file.expect_unchanged()?;
        tensor
    }

    fn row_bytes(&self) -> usize {
        self.width * self.header.size()
    }

    fn named<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|err| err.context(&self.name))
    }
}

impl fmt::Debug for FileArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "FileArray({}, shape={}, {})",
            self.dtype(),
            Shape(self.shape()),
            self.name
        )
    }
}

pub(super) fn no_memory(dtype: DType, shape: &[usize]) -> Error {
    Error::file(format!(
        "there is no memory for {dtype} of shape {}; read fewer rows at a time",
        Shape(shape)
    ))
}

/// Neighbours in the order asked for, together.
fn runs(list: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for &index in list {
        match runs.last_mut() {
            Some(run) if run.end == index => run.end = index.saturating_add(1),
            _ => runs.push(index..index.saturating_add(1)),
        }
    }
    runs
}

/// The `i`-th of the numbers in `runs`.
fn nth(runs: &[Range<usize>], i: usize) -> usize {
    runs.iter().cloned().flatten().nth(i).unwrap_or(i)
}

#[cfg(test)]
mod tests {
    use super::super::{Opened, open_npy};
    use super::*;
    use crate::tensor::scratch::Folder;
    use ndarray::{Array3, ShapeBuilder, array};
    use ndarray_npy::WriteNpyExt;
    use std::fs::OpenOptions;
    use std::path::Path;

    fn opened(path: &Path) -> FileArray {
        let file = RegularFile::open(path).unwrap();
        let length = file.length();
        FileArray::open(Arc::new(file), path.display().to_string(), 0, length).unwrap()
    }

    fn message(result: Result<Tensor>, path: &Path) -> String {
        let err = result.unwrap_err();
        assert!(err.is_file());
        err.to_string()
            .replace(&format!("{}: ", path.display()), "")
    }

    #[test]
    fn rows_are_those_of_the_array_in_memory() {
        let folder = Folder::new("file-rows");
        let shape = (40, 3, 5);
        let c = Array3::from_shape_fn(shape, |(i, j, k)| (100 * i + 10 * j + k) as i32);
        let f = Array3::from_shape_fn(shape.f(), |(i, j, k)| (100 * i + 10 * j + k) as i32);
        let words = c.map(|n| format!("{n:b}"));
        for (name, array) in [("c", &c), ("f", &f)] {
            let path = folder.path(name);
            array
                .write_npy(std::fs::File::create(&path).unwrap())
                .unwrap();
            same_rows(&opened(&path), &Tensor::from(array));
        }
        let path = folder.path("words");
        Tensor::from(&words).save_npy(&path).unwrap();
        same_rows(&opened(&path), &Tensor::from(words));
    }

    fn same_rows(file: &FileArray, memory: &Tensor) {
        assert_eq!(
            (file.dtype(), file.shape()),
            (memory.dtype(), memory.shape())
        );
        assert_eq!(file.header.fortran_order, file.name.ends_with('f'));
        assert_eq!(&file.whole().unwrap(), memory);
        // Forward, backward, all over the place.
        let orders = [|i| i, |i| 39 - i, |i| (17 * i + 5) % 40, |i| i / 2];
        for order in orders {
            for i in (0..40).map(order) {
                assert_eq!(file.row(i).unwrap(), memory.row(i));
            }
            let list = Rows::List((0..40).map(order).collect());
            assert_eq!(file.rows(&list).unwrap(), memory.rows(&list));
        }
        for range in [0..40, 3..3, 39..40, 5..20, 20..23, 23..26] {
            let range = Rows::Range(range);
            assert_eq!(file.rows(&range).unwrap(), memory.rows(&range));
        }
    }

    #[test]
    fn threads_read_the_same_array_at_once() {
        let folder = Folder::new("file-threads");
        let path = folder.path("x");
        let memory = Tensor::from(Array3::from_shape_fn((2_000, 2, 3), |(i, j, k)| i + j + k));
        memory.save_npy(&path).unwrap();
        let array = opened(&path);
        std::thread::scope(|scope| {
            for first in 0..4 {
                let (array, memory) = (&array, &memory);
                scope.spawn(move || {
                    for i in (first..2_000).step_by(4) {
                        assert_eq!(array.row(i).unwrap(), memory.row(i));
                    }
                });
            }
        });
    }

    #[test]
    fn rows_that_do_not_exist_are_an_error_and_no_panic() {
        let folder = Folder::new("file-beyond");
        let path = folder.path("x");
        Tensor::from(vec![1, 2, 3]).save_npy(&path).unwrap();
        let array = opened(&path);
        assert!(array.row(3).unwrap_err().is_internal());
        assert!(array.row(usize::MAX).unwrap_err().is_internal());
        assert!(
            array
                .rows(&Rows::List(vec![0, 4]))
                .unwrap_err()
                .is_internal()
        );
    }

    /// A `.npy` file of that many rows of eight `f64` that takes no room on the
    /// disk, all zeros but for a one at the end.
    fn sparse(path: &Path, rows: u64) {
        let header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, 8), }}");
        let mut bytes = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
        bytes.extend(format!("{header:<117}\n").as_bytes());
        std::fs::write(path, bytes).unwrap();
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(128 + rows * 64).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::FileExt::write_all_at(&file, &1_f64.to_le_bytes(), 120 + rows * 64)
            .unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn files_larger_than_memory_are_opened_and_read_at_their_end() {
        let folder = Folder::new("file-large");
        let path = folder.path("x.npy");
        let rows = 500_000_000;
        sparse(&path, rows as u64);
        let Opened::File(array) = open_npy(&path).unwrap() else {
            panic!("32 GB are not read at once");
        };
        assert_eq!(array.shape(), [rows, 8]);
        let last = Tensor::from(vec![0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(array.row(rows - 1).unwrap(), last);
        let ends = Rows::List(vec![rows - 1, 0, rows - 1]);
        assert_eq!(array.rows(&ends).unwrap().row(2), last);
    }

    #[test]
    fn a_file_that_changed_is_an_error() {
        let folder = Folder::new("file-changed");
        let path = folder.path("x.npy");
        let values = Tensor::from(ndarray::Array1::<i64>::zeros(1_000));
        values.save_npy(&path).unwrap();
        let array = opened(&path);
        assert!(array.row(5).is_ok());

        // Replaced by another file of that name: the open one is as it was.
        Tensor::from(vec![1]).save_npy(&path).unwrap();
        assert_eq!(array.whole().unwrap(), values);

        // Truncated, as NumPy does it.
        values.save_npy(&path).unwrap();
        let array = opened(&path);
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(1_000).unwrap();
        let truncated = "the file changed since it was opened (it had 8128 bytes and has 1000 now); open it again";
        assert_eq!(message(array.row(999), &path), truncated);
        assert_eq!(message(array.whole(), &path), truncated);
        // What is still there is not handed out either.
        assert_eq!(message(array.row(0), &path), truncated);
    }

    #[test]
    fn a_file_written_to_at_another_time_changed() {
        let folder = Folder::new("file-modified");
        let path = folder.path("x.npy");
        Tensor::from(vec![1, 2, 3]).save_npy(&path).unwrap();
        let array = opened(&path);
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1);
        file.set_modified(later).unwrap();
        assert_eq!(
            message(array.rows(&Rows::Range(0..2)), &path),
            "the file changed since it was opened (it was written to); open it again"
        );
    }

    #[test]
    fn text_that_is_none_is_placed_in_the_whole_array() {
        let folder = Folder::new("file-text");
        let path = folder.path("x.npy");
        let words = Tensor::from(array![["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]);
        words.save_npy(&path).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        let at = bytes.len() - 4;
        bytes[at..].copy_from_slice(&0xdfff_u32.to_le_bytes());
        std::fs::write(&path, bytes).unwrap();
        let array = opened(&path);
        let text = "element (3, 1): expected text, but found the code point 0xdfff, which is no character; the file is damaged, or the text came from undecodable bytes";
        assert_eq!(message(array.row(3), &path), text);
        assert_eq!(message(array.rows(&Rows::List(vec![0, 1, 3])), &path), text);
        assert_eq!(array.row(2).unwrap(), words.row(2));
    }
}
