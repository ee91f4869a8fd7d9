//! Errors of the crate `ndarray-npy` as ours.

use crate::error::Error;

macro_rules! errors {
    ($($type:ident),*) => {$(
        /// So that `?` serves both crates in one function: arrays read with `ndarray-npy`
        /// become a [`Dataset`](crate::Dataset) as all others do.
        impl From<ndarray_npy::$type> for Error {
            fn from(err: ndarray_npy::$type) -> Self {
                Error::file(err.to_string())
            }
        }
    )*};
}

errors!(ReadNpyError, WriteNpyError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_keep_their_words() {
        let err = ndarray_npy::read_npy::<_, ndarray::Array1<f64>>("no such file.npy").unwrap_err();
        let words = err.to_string();
        let err = Error::from(err);
        assert!(err.is_file());
        assert_eq!(err.to_string(), words);
    }
}
