//! NumPy's `.npy` files.
//!
//! - `header`, `descr`: what a file says it holds, and the same for writing
//! - `decode`, `encode`, `element`: tensors, and their numbers, from and to bytes
//! - `interop`: errors of the crate `ndarray-npy`, if that is asked for
//! - `file`: arrays that stay in their file; `pieces` reads them, `ahead` says
//!   how much at a time
//! - `write`: files of rows that come in blocks
//!
//! The crate `ndarray-npy` is not used but in tests: it allocates whatever shape a
//! header declares, its parser can be made to hang or to overflow the stack, and what it
//! depends on takes 20 s of one core to compile, at every start of a kernel.

mod ahead;
mod decode;
mod descr;
mod element;
mod encode;
mod file;
mod header;
#[cfg(feature = "ndarray-npy")]
mod interop;
mod pieces;
mod write;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::regular::RegularFile;
use super::{DType, Rows, Tensor};
use crate::error::Result;
use decode::Block;
pub(super) use encode::width as text_width;
pub(crate) use file::FileArray;
use header::Header;
pub(crate) use write::NpyWriter;
pub(super) use write::write_array;

/// Arrays of at most this many bytes in memory are read when they are opened,
/// larger ones row by row. Reading 64 MiB takes 40 ms, which nobody notices; from
/// then on a row costs nothing. Opening a larger file takes 15 µs, and a row 0.4 µs
/// in order and 3 µs out of order.
pub(crate) const READ_WHOLE_BYTES: u64 = 64 * 1024 * 1024;

/// An array that was opened.
#[derive(Debug)]
pub(crate) enum Opened {
    /// Small enough to be read at once.
    Memory(Tensor),
    /// Still in its file.
    File(FileArray),
}

impl Opened {
    /// Reads the array if it takes at most `whole` bytes, or is a scalar, which
    /// has no rows.
    pub(super) fn new(array: FileArray, whole: u64) -> Result<Opened> {
        match array.memory() <= whole || array.shape().is_empty() {
            true => array.whole().map(Opened::Memory),
            false => Ok(Opened::File(array)),
        }
    }

    /// The length of each axis.
    pub(crate) fn shape(&self) -> &[usize] {
        match self {
            Opened::Memory(tensor) => tensor.shape(),
            Opened::File(array) => array.shape(),
        }
    }

    /// The type of the elements.
    pub(crate) fn dtype(&self) -> DType {
        match self {
            Opened::Memory(tensor) => tensor.dtype(),
            Opened::File(array) => array.dtype(),
        }
    }

    /// The `index`-th entry along the first axis, which the caller keeps in bounds.
    pub(crate) fn row(&self, index: usize) -> Result<Tensor> {
        match self {
            Opened::Memory(tensor) => Ok(tensor.row(index)),
            Opened::File(array) => array.row(index),
        }
    }

    /// The entries at `rows`, which the caller keeps in bounds.
    pub(crate) fn rows(&self, rows: &Rows) -> Result<Tensor> {
        match self {
            Opened::Memory(tensor) => Ok(tensor.rows(rows)),
            Opened::File(array) => array.rows(rows),
        }
    }

    /// The whole array.
    pub(super) fn into_tensor(self) -> Result<Tensor> {
        match self {
            Opened::Memory(tensor) => Ok(tensor),
            Opened::File(array) => array.whole(),
        }
    }
}

/// Opens a `.npy` file.
pub(crate) fn open_npy(path: &Path) -> Result<Opened> {
    Opened::new(file_array(path)?, READ_WHOLE_BYTES)
}

fn file_array(path: &Path) -> Result<FileArray> {
    let file = RegularFile::open(path).map_err(|err| err.context(path.display()))?;
    let length = file.length();
    FileArray::open(Arc::new(file), path.display().to_string(), 0, length)
}

impl Tensor {
    /// The array in a `.npy` file, whole: `np.load(path)`. For files larger than
    /// memory, [`Dataset::from_npy`](crate::Dataset::from_npy) reads them row by
    /// row.
    ///
    /// # Errors
    ///
    /// - the file is missing, truncated or no `.npy` file, or there is no memory
    ///   for it ([`Error::is_file`](crate::Error::is_file))
    /// - it holds dates, Python objects or structures
    ///   ([`Error::is_dtype`](crate::Error::is_dtype))
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Tensor;
    ///
    /// let iris = Tensor::from_npy("notebooks/data/iris.npy")?;
    /// assert_eq!(iris.shape(), [150, 4]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_npy(path: impl AsRef<Path>) -> Result<Tensor> {
        file_array(path.as_ref())?.whole()
    }
}

/// Reads one array from `reader`, which holds `length` bytes. What follows the
/// data is left alone, as NumPy does.
pub(super) fn read_array(reader: &mut dyn Read, length: u64) -> Result<Tensor> {
    let (header, header_bytes) = Header::read(reader)?;
    let bytes = header.expect_data(length.saturating_sub(header_bytes))?;
    header.expect_memory(&header.shape)?;
    let block = Block {
        descr: &header.descr,
        shape: &header.shape,
        fortran_order: header.fortran_order,
        row: &|row| row,
    };
    block.decode(&mut reader.take(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::F16;
    use ndarray::{Ix2, array};
    use ndarray_npy::WriteNpyExt;
    use num_complex::Complex;

    /// The bytes of a file with this header text (padded by a newline).
    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16 + 1).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.push(b'\n');
        bytes.extend(data);
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Tensor> {
        read_array(&mut { bytes }, bytes.len() as u64)
    }

    #[track_caller]
    fn refused(bytes: &[u8], message: &str) {
        let err = read(bytes).unwrap_err();
        assert_eq!(err.to_string(), message);
        assert!(err.is_file() || err.code() == "unsupported_dtype");
    }

    #[test]
    fn what_ndarray_npy_writes_is_read() {
        let mut bytes = Vec::new();
        array![[1.5, 2.5], [3.5, 4.5]]
            .write_npy(&mut bytes)
            .unwrap();
        assert_eq!(
            read(&bytes).unwrap(),
            Tensor::from(array![[1.5, 2.5], [3.5, 4.5]])
        );
    }

    #[test]
    fn big_endian_fortran_order_and_trailing_bytes_are_read() {
        let big = file(
            "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }",
            &[1, 0, 0, 2, 99],
        );
        assert_eq!(read(&big).unwrap(), Tensor::from(array![256_i16, 2]));
        let fortran = file(
            "{'fortran_order': True, 'shape': (2, 2), 'descr': '|u1'}",
            &[1, 3, 2, 4],
        );
        assert_eq!(
            read(&fortran).unwrap().array::<u8, Ix2>().unwrap(),
            array![[1_u8, 2], [3, 4]]
        );
        let python2 = file(
            "{'descr': '|b1', 'fortran_order': False, 'shape': (2L,)}",
            &[1, 0],
        );
        assert_eq!(read(&python2).unwrap(), Tensor::from(array![true, false]));
        let scalar = file(
            "{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
            &1.5_f32.to_le_bytes(),
        );
        assert_eq!(read(&scalar).unwrap(), Tensor::from(1.5_f32));
        let empty = file(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3)}",
            &[],
        );
        assert_eq!(read(&empty).unwrap().shape(), [0, 3]);
    }

    /// A file of one axis.
    fn row(descr: &str, length: usize, data: &[u8]) -> Vec<u8> {
        file(
            &format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({length},)}}"),
            data,
        )
    }

    #[test]
    fn half_floats_and_complex_numbers_are_read_in_either_order() {
        let halves = Tensor::from([1.0, -2.0].map(F16::from));
        let bytes = [0x00, 0x3c, 0x00, 0xc0];
        assert_eq!(read(&row("<f2", 2, &bytes)).unwrap(), halves);
        let bytes = [0x3c, 0x00, 0xc0, 0x00];
        assert_eq!(read(&row(">f2", 2, &bytes)).unwrap(), halves);
        let small = [1.5_f32.to_le_bytes(), 2.5_f32.to_le_bytes()].concat();
        assert_eq!(
            read(&row("<c8", 1, &small)).unwrap(),
            Tensor::from([Complex::new(1.5_f32, 2.5)])
        );
        let large = [1.5_f64.to_be_bytes(), 2.5_f64.to_be_bytes()].concat();
        assert_eq!(
            read(&row(">c16", 1, &large)).unwrap(),
            Tensor::from([Complex::new(1.5, 2.5)])
        );
    }

    #[test]
    fn text_is_read_without_its_padding() {
        let points = |text: &str| text.chars().map(u32::from).collect::<Vec<u32>>();
        let little: Vec<u8> = points("ab\0é\0\0")
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect();
        assert_eq!(
            read(&row("<U3", 2, &little)).unwrap(),
            Tensor::from(["ab", "é"])
        );
        let big: Vec<u8> = points("a\0b")
            .into_iter()
            .flat_map(u32::to_be_bytes)
            .collect();
        assert_eq!(read(&row(">U3", 1, &big)).unwrap(), Tensor::from(["a\0b"]));
        assert_eq!(
            read(&row("|S4", 2, "é\0\0abcd".as_bytes())).unwrap(),
            Tensor::from(["é", "abcd"])
        );
        for empty in ["<U0", "|S0", "<U", "S"] {
            assert_eq!(read(&row(empty, 2, &[])).unwrap(), Tensor::from(["", ""]));
        }
    }

    #[test]
    fn text_that_is_none_is_placed() {
        let header = |descr: &str, order: &str| {
            format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': (2, 3)}}")
        };
        let mut bytes = [97_u32; 6].map(u32::to_le_bytes).concat();
        bytes[16..20].copy_from_slice(&0xd800_u32.to_le_bytes());
        refused(
            &file(&header("<U1", "False"), &bytes),
            "element (1, 1): expected text, but found the code point 0xd800, which is no character; the file is damaged, or the text came from undecodable bytes",
        );
        refused(
            &file(&header("|S1", "True"), b"abcd\xffe"),
            "element (0, 2): expected text in UTF-8, but found bytes that are not; convert with np.char.decode(array, encoding) first",
        );
        refused(
            &row("|S2", 3, b"abcd\xffe"),
            "element 2: expected text in UTF-8, but found bytes that are not; convert with np.char.decode(array, encoding) first",
        );
    }

    #[test]
    fn text_that_no_file_bounds_is_refused() {
        refused(
            &row("<U0", 1 << 30, &[]),
            "expected at most 1048576 strings of no characters, but found shape (1073741824,) of '<U0'",
        );
        refused(
            &row("<U4611686018427387904", 1, &[]),
            "the declared shape (1,) is larger than any memory",
        );
        refused(
            &row("|S4", 1 << 40, &[0; 4]),
            "expected 4398046511104 bytes of data for string of shape (1099511627776,), but found 4; the file is truncated",
        );
    }

    #[test]
    fn a_file_shorter_than_its_shape_allocates_nothing() {
        refused(
            &file(
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}",
                &[0; 16],
            ),
            "expected 8000000000000 bytes of data for float64 of shape (1000000000000,), but found 16; the file is truncated",
        );
        refused(
            &file(
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296, 0)}",
                &[],
            ),
            "the declared shape (4294967296, 4294967296, 0) is larger than any memory",
        );
    }

    #[test]
    fn other_contents_are_named() {
        refused(
            b"hello world, not an array",
            "expected a .npy file, but the first bytes are not NumPy's magic \\x93NUMPY",
        );
        refused(
            b"\x93NUMPY",
            "the file ends inside its header; it is truncated",
        );
        refused(
            &file(
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
                b"\x80\x04N.",
            ),
            "expected numbers or text, but found Python objects (dtype '|O'), which are stored as pickles and can run code; save the array with a dtype of its own, text as 'U'",
        );
        refused(
            &file(
                "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}",
                &[0; 4],
            ),
            "expected one plain dtype, but found a structured one; save each field as an array of its own",
        );
        refused(
            &file(
                "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,)}",
                &[0; 8],
            ),
            "dtype '<M8[ns]' (dates) is not supported; the supported ones are bool, int8 to int64, uint8 to uint64, float16 to float64, complex64, complex128 and text (U and S): convert with astype first",
        );
        refused(
            &file("{'descr': '<f8', 'shape': (1,)}", &[0; 8]),
            "the header has no 'fortran_order'",
        );
        refused(
            &file(&"[".repeat(9000), &[]),
            "the header is not the dictionary of 'descr', 'fortran_order' and 'shape' that .npy files start with",
        );
    }

    #[test]
    fn long_headers_are_refused_before_they_are_read() {
        let mut bytes = b"\x93NUMPY\x02\x00".to_vec();
        bytes.extend(u32::MAX.to_le_bytes());
        refused(
            &bytes,
            "expected a header of at most 10000 bytes, but found 4294967295 declared",
        );
    }

    #[test]
    fn missing_files_and_folders_are_errors() {
        let err = Tensor::from_npy(Path::new("no/such/file.npy")).unwrap_err();
        assert_eq!(
            err.to_string(),
            "no/such/file.npy: cannot open the file: No such file or directory (os error 2)"
        );
        let err = Tensor::from_npy(Path::new("src")).unwrap_err();
        assert_eq!(
            err.to_string(),
            "src: expected a regular file, but found a folder"
        );
    }
}
