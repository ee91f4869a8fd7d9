//! Fields as bytes and back: each as its length and then itself.

use std::io;

/// Appends a field.
pub(super) fn put(out: &mut Vec<u8>, field: &[u8]) {
    out.extend((field.len() as u64).to_le_bytes());
    out.extend(field);
}

/// Appends a field that may be missing, as a list of at most one.
pub(super) fn put_any(out: &mut Vec<u8>, field: Option<&[u8]>) {
    put(out, &[u8::from(field.is_some())]);
    field.into_iter().for_each(|field| put(out, field));
}

/// The next field; an error where `bytes` ends in it.
pub(super) fn next<'a>(bytes: &mut &'a [u8]) -> io::Result<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk().ok_or_else(spoilt)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| spoilt())?;
    let (field, rest) = rest.split_at_checked(length).ok_or_else(spoilt)?;
    *bytes = rest;
    Ok(field)
}

pub(super) fn next_any<'a>(bytes: &mut &'a [u8]) -> io::Result<Option<&'a [u8]>> {
    let is_there = next(bytes)? == [1];
    is_there.then(|| next(bytes)).transpose()
}

pub(super) fn next_number(bytes: &mut &[u8]) -> io::Result<u32> {
    let field = next(bytes)?.try_into().map_err(|_| spoilt())?;
    Ok(u32::from_le_bytes(field))
}

pub(super) fn text(field: &[u8]) -> io::Result<String> {
    String::from_utf8(field.to_vec()).map_err(|_| spoilt())
}

fn spoilt() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the file was changed")
}
