//! A `.npz` archive: an error in words, or the same arrays by every way, and the same
//! again once saved.
//!
//! The first byte of an input says whether the rest is an archive, or its members,
//! which are then packed here: checksums that fit are not found by chance.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use ndsight::{Dataset, Tensor};
use ndsight_fuzz::{checked, file, folder, parts, same};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fuzz_target!(|data: &[u8]| {
    let archive = match data {
        [] => return,
        [kind, rest @ ..] if kind % 2 == 0 => Some(rest.to_vec()),
        [_, rest @ ..] => packed(rest),
    };
    let Some(archive) = archive else { return };
    let path = file("arrays.npz", &archive);
    let members = checked(Tensor::from_npz(&path));
    let ds = checked(Dataset::from_npz(&path));
    let (Some(members), Some(ds)) = (members, ds) else {
        return;
    };
    same_rows(&ds, &members);
    let saved = folder().join("saved.npz");
    for compressed in [false, true] {
        let done = match compressed {
            false => ds.save_npz(&saved),
            true => ds.save_npz_compressed(&saved),
        };
        if checked(done).is_some() {
            same_members(
                &Tensor::from_npz(&saved).expect("what was saved is read"),
                &members,
            );
        }
    }
});

/// Members of the parts of an input: the name's length is the first byte of each.
fn packed(input: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (kind, part) in parts(input).into_iter().take(4) {
        let (&length, part) = part.split_first()?;
        let (name, data) = part.split_at_checked(usize::from(length))?;
        let method = match kind % 2 == 0 {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        let name = format!("{}.npy", String::from_utf8_lossy(name));
        zip.start_file(name, options).ok()?;
        zip.write_all(data).ok()?;
    }
    zip.finish().ok().map(Cursor::into_inner)
}

/// The ends of a data set are those of the arrays it stands on.
fn same_rows(ds: &Dataset, members: &[(String, Tensor)]) {
    let len = ds.len().expect("arrays have a length");
    for (index, (_, member)) in members.iter().enumerate() {
        assert_eq!(member.shape()[0], len);
        let rows = Dataset::from_tensor_slices(member).expect("an array that has rows");
        for row in (0..len.min(2)).chain(len.checked_sub(1)) {
            let Some(element) = checked(ds.at(row)) else {
                continue;
            };
            let expected = rows.at(row).expect("in bounds");
            let (found, expected) = (element.component(index), expected.component(0));
            assert!(same(found.expect("a member"), expected.expect("one")));
        }
    }
}

fn same_members(a: &[(String, Tensor)], b: &[(String, Tensor)]) {
    assert_eq!(a.len(), b.len());
    for ((name, tensor), (other, expected)) in a.iter().zip(b) {
        assert_eq!(name, other);
        assert!(same(tensor, expected), "{name}");
    }
}
