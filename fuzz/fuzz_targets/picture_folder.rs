//! A folder of files of any bytes, under names of pictures: an error in words, or
//! pictures of the size and with the channels that were asked for, each time the same.
//!
//! An input is a byte of options and the files: a byte for the name's ending, and the
//! bytes of the file.
#![no_main]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::ImageReader;
use libfuzzer_sys::fuzz_target;
use ndarray::Ix3;
use ndsight::{ColorMode, Dataset, ImageFolder, Labels};
use ndsight_fuzz::{check_error, checked, folder, parts};

const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "bmp", "PNG"];

/// Pictures between this and the library's own bounds, which are far larger, are left
/// out: decoding them takes the seconds after which an input is a finding.
const MOST_PIXELS: u64 = 1 << 22;
const BOUND: u64 = 1 << 27;

fuzz_target!(
    init: {
        // A decoder's panic becomes an error of its file. libFuzzer's hook would end
        // the process before; what is not caught ends it all the same.
        drop(std::panic::take_hook());
    },
    |data: &[u8]| {
        let Some((&options, files)) = data.split_first() else {
            return;
        };
        let files: Vec<_> = parts(files).into_iter().take(4).collect();
        if files.iter().any(|(_, bytes)| is_slow(bytes)) {
            return;
        }
        let path = folder().join("pictures");
        write(&path, &files);
        read(&path, options);
        fs::remove_dir_all(&path).expect("the folder is ours");
    }
);

fn is_slow(bytes: &[u8]) -> bool {
    let size = std::panic::catch_unwind(|| {
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        reader.ok()?.into_dimensions().ok()
    });
    let pixels = size
        .ok()
        .flatten()
        .map_or(0, |(w, h)| u64::from(w) * u64::from(h));
    (MOST_PIXELS..BOUND).contains(&pixels)
}

/// Two classes take turns.
fn write(path: &Path, files: &[(u8, &[u8])]) {
    for class in ["a", "b"] {
        fs::create_dir_all(path.join(class)).expect("the folder for temporary files is writable");
    }
    for (number, (kind, bytes)) in files.iter().enumerate() {
        let ending = ENDINGS[usize::from(*kind) % ENDINGS.len()];
        let class = ["a", "b"][number % 2];
        let name = path.join(class).join(format!("{number}.{ending}"));
        fs::write(name, bytes).expect("the folder for temporary files is writable");
    }
}

fn read(path: &Path, options: u8) {
    let (mode, channels) = match options % 3 {
        0 => (ColorMode::Rgb, 3),
        1 => (ColorMode::Rgba, 4),
        _ => (ColorMode::Grayscale, 1),
    };
    let mut folder = ImageFolder::new(path).color_mode(mode);
    if options & 4 != 0 {
        folder = folder.labels(Labels::None);
    }
    if options & 8 != 0 {
        folder = folder.image_size(1 + usize::from(options >> 4), 3);
    }
    let Some(ds) = checked(Dataset::from_images(folder)) else {
        return;
    };
    let mut shape = None;
    for (index, picture) in ds.iter().enumerate() {
        let again = ds.at(index);
        match (picture, again) {
            (Ok(picture), Ok(again)) => {
                let pixels = picture.array::<u8, Ix3>(0).expect("pixels");
                assert_eq!(pixels, again.array::<u8, Ix3>(0).expect("pixels"));
                assert_eq!(pixels.dim().2, channels);
                assert_eq!(*shape.get_or_insert(pixels.dim()), pixels.dim());
            }
            (Err(one), Err(other)) => {
                check_error(&one);
                assert_eq!(one.to_string(), other.to_string());
            }
            _ => panic!("picture {index} can be read only sometimes"),
        }
    }
}
