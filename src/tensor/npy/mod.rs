//! NumPy's `.npy` files.
//!
//! The header is read and checked here ([`header`]); `ndarray-npy` then reads
//! the data behind a header that we write. It allocates whatever shape a header
//! declares, and its own header parser can be made to hang or to overflow the
//! stack, so it never sees a header from a file.

mod header;

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use ndarray::ArrayD;
use ndarray_npy::{ReadNpyExt, ReadableElement};

use super::{DType, Scalar, Shape, Tensor};
use crate::error::{Error, Result};
use header::Header;

/// Reads a whole `.npy` file.
pub(crate) fn read_npy(path: &Path) -> Result<Tensor> {
    open(path)
        .and_then(|(file, length)| read_array(BufReader::new(file), length))
        .map_err(|err| err.context(path.display()))
}

/// Opens a regular file and tells its length; the caller adds the path to errors. A pipe or a device is refused:
/// opening one can block for ever.
pub(super) fn open(path: &Path) -> Result<(File, u64)> {
    let failed = |err: std::io::Error| Error::file(format!("cannot open the file: {err}"));
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() {
            "a folder"
        } else {
            "a pipe or device"
        };
        return Err(Error::file(format!(
            "expected a regular file, but found {what}"
        )));
    }
    let file = File::open(path).map_err(failed)?;
    Ok((file, metadata.len()))
}

/// Reads one array from `reader`, which holds `length` bytes. What follows the
/// data is left alone, as NumPy does.
pub(super) fn read_array(mut reader: impl Read, length: u64) -> Result<Tensor> {
    let (header, header_bytes) = Header::read(&mut reader)?;
    let found = length.saturating_sub(header_bytes);
    let needed = header.data_bytes()?;
    if found < needed {
        return Err(Error::file(format!(
            "expected {needed} bytes of data for {} of shape {}, but found {found}; the file is truncated",
            header.dtype,
            Shape(&header.shape)
        )));
    }
    let data = reader.take(needed);
    match header.dtype {
        DType::Bool => read_as::<bool>(&header, data),
        DType::Int8 => read_as::<i8>(&header, data),
        DType::Int16 => read_as::<i16>(&header, data),
        DType::Int32 => read_as::<i32>(&header, data),
        DType::Int64 => read_as::<i64>(&header, data),
        DType::UInt8 => read_as::<u8>(&header, data),
        DType::UInt16 => read_as::<u16>(&header, data),
        DType::UInt32 => read_as::<u32>(&header, data),
        DType::UInt64 => read_as::<u64>(&header, data),
        DType::Float32 => read_as::<f32>(&header, data),
        DType::Float64 => read_as::<f64>(&header, data),
        DType::Float16 | DType::Complex64 | DType::Complex128 | DType::String | DType::Variant => {
            Err(header::unsupported(&header.descr))
        }
    }
}

fn read_as<T: Scalar + ReadableElement>(header: &Header, data: impl Read) -> Result<Tensor> {
    let whole = Cursor::new(header.canonical()).chain(data);
    let array = ArrayD::<T>::read_npy(whole).map_err(|err| {
        Error::file(format!(
            "cannot read {} of shape {}: {err}",
            header.dtype,
            Shape(&header.shape)
        ))
    })?;
    Ok(Tensor(T::wrap(array.into_shared())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Ix2, array};
    use ndarray_npy::WriteNpyExt;

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
        read_array(bytes, bytes.len() as u64)
    }

    #[track_caller]
    fn refused(bytes: &[u8], message: &str) {
        let err = read(bytes).unwrap_err();
        assert_eq!(err.to_string(), message);
        assert!(err.is_file() || err.is_dtype());
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
            "expected numbers, but found Python objects (dtype '|O'), which are stored as pickles and can run code; save the array with a numeric dtype",
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
                "{'descr': '<c16', 'fortran_order': False, 'shape': (1,)}",
                &[0; 16],
            ),
            "dtype '<c16' (complex numbers) is not supported; the supported ones are bool, int8 to int64, uint8 to uint64, float32 and float64: convert with astype first",
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
        let err = read_npy(Path::new("no/such/file.npy")).unwrap_err();
        assert_eq!(
            err.to_string(),
            "no/such/file.npy: cannot open the file: No such file or directory (os error 2)"
        );
        let err = read_npy(Path::new("src")).unwrap_err();
        assert_eq!(
            err.to_string(),
            "src: expected a regular file, but found a folder"
        );
    }
}
