//! Folders without pictures, and files that are none, or hostile ones.

use std::fs::{self, File};
use std::path::Path;

use image::ImageFormat;
use ndsight::{Dataset, Error, ImageFolder, Labels};

use crate::folder::Folder;
use crate::pictures::{colorful, encoded, plain, png};
use crate::refused;

const FORMATS: [ImageFormat; 4] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::Bmp,
    ImageFormat::Gif,
];

/// What is said of a file when it is read as a picture.
fn said_of(folder: &Folder, name: &str) -> String {
    let path = folder.0.join(name);
    let beside = ImageFolder::new(path.parent().unwrap()).labels(Labels::None);
    let ds = Dataset::from_images(beside.image_size(4, 4)).unwrap();
    let before = format!("from_images: element 0: {}: ", path.display());
    let text = refused(ds.at(0), Error::is_file);
    text.strip_prefix(&before).unwrap().to_owned()
}

fn said_of_bytes(bytes: &[u8]) -> String {
    let folder = Folder::new(&format!("said-{}", bytes.len()));
    folder.file("a.png", bytes);
    said_of(&folder, "a.png")
}

#[test]
fn folders_that_are_none() {
    assert_eq!(
        refused(Dataset::from_images("no/such"), Error::is_file),
        "no/such: cannot read the folder: No such file or directory (os error 2)"
    );
    assert_eq!(
        refused(Dataset::from_images("Cargo.toml"), Error::is_file),
        "Cargo.toml: cannot read the folder: Not a directory (os error 20)"
    );
}

#[test]
fn folders_without_sub_folders_or_pictures() {
    let folder = Folder::new("no-pictures");
    let path = folder.0.display().to_string();
    let alone = || ImageFolder::new(&folder.0).labels(Labels::None);
    assert_eq!(
        refused(Dataset::from_images(&path), Error::is_file),
        format!(
            "{path}: expected a sub-folder of pictures for each class, but found no sub-folders"
        )
    );
    assert_eq!(
        refused(Dataset::from_images(alone()), Error::is_file),
        format!("{path}: expected pictures (.png, .jpg, .jpeg, .bmp, .gif), but found none")
    );
    folder.file("1.png", b"");
    folder.file("2.JPG", b"");
    assert_eq!(
        refused(Dataset::from_images(&path), Error::is_file),
        format!(
            "{path}: expected a sub-folder of pictures for each class, but found none, and 2 of .png, .jpg, .jpeg, .bmp, .gif; read them without labels: ImageFolder::new(…).labels(Labels::None)"
        )
    );
    folder.file("cats/1.webp", b"");
    folder.file("dogs/1", b"");
    assert_eq!(
        refused(Dataset::from_images(&path), Error::is_file),
        format!(
            "{path}: expected pictures (.png, .jpg, .jpeg, .bmp, .gif), but found none below its sub-folders 'cats', 'dogs'"
        )
    );
}

#[test]
fn folders_of_which_no_picture_can_be_read() {
    let folder = Folder::new("none-readable");
    let first = folder.file("a/1.png", b"");
    folder.file("b/2.png", b"nonsense");
    assert_eq!(
        refused(Dataset::from_images(&folder.0), Error::is_file),
        format!(
            "{}: expected a picture that can be read, but found none among 2; {}: expected a PNG, JPEG, BMP or GIF picture, but found an empty file",
            folder.0.display(),
            first.display()
        )
    );
    let sized = Dataset::from_images(ImageFolder::new(&folder.0).image_size(2, 2)).unwrap();
    assert_eq!(sized.len().unwrap(), 2);
    assert_eq!(sized.ignore_errors().iter().count(), 0);
}

#[test]
fn sizes_that_no_picture_has() {
    for (height, width) in [(0, 4), (4, 0), (usize::MAX, 2), (1 << 20, 1 << 20)] {
        let folder = ImageFolder::new("no/such").image_size(height, width);
        assert_eq!(
            refused(Dataset::from_images(folder), Error::is_value),
            format!(
                "expected an image size of at least 1 × 1 and at most 134217728 pixels, but found {height} × {width}"
            )
        );
    }
}

#[test]
fn contents_that_are_no_picture() {
    let kinds = "expected a PNG, JPEG, BMP or GIF picture, but found";
    assert_eq!(said_of_bytes(b""), format!("{kinds} an empty file"));
    assert_eq!(said_of_bytes(b"hello"), format!("{kinds} other contents"));
    assert_eq!(
        said_of_bytes(b"RIFF\x24\0\0\0WEBPVP8 "),
        format!("{kinds} WebP; convert it first")
    );
    assert_eq!(
        said_of_bytes(b"II*\0"),
        format!("{kinds} Tiff; convert it first")
    );
}

#[test]
fn pictures_that_are_cut_short() {
    let folder = Folder::new("cut-short");
    for format in FORMATS {
        let whole = encoded(&colorful(40, 30), format);
        for length in (0..whole.len()).filter(|length| length % 7 == 0) {
            folder.file("a/1.png", &whole[..length]);
            let beside = ImageFolder::new(&folder.0).image_size(30, 40);
            let read = Dataset::from_images(beside).unwrap().at(0);
            // The last bytes of a PNG or a GIF only say that there is no more.
            let spare = [ImageFormat::Png, ImageFormat::Gif].contains(&format);
            match read {
                Err(err) => assert!(err.is_file(), "{format:?} {length}: {err}"),
                Ok(_) => assert!(spare && length + 20 > whole.len(), "{format:?} {length}"),
            }
        }
    }
    let half = |format| {
        let whole = encoded(&colorful(40, 30), format);
        said_of_bytes(&whole[..whole.len() / 2])
    };
    let truncated =
        |name: &str| format!("the file ends inside its {name} picture; it is truncated");
    assert_eq!(half(ImageFormat::Jpeg), truncated("JPEG"));
    assert_eq!(half(ImageFormat::Png), truncated("PNG"));
    assert_eq!(half(ImageFormat::Bmp), truncated("BMP"));
    assert_eq!(
        half(ImageFormat::Gif),
        "cannot read the picture: Format error decoding Gif: Unexpected End of File"
    );
}

#[test]
fn any_changed_byte_is_an_error_or_another_picture() {
    let folder = Folder::new("changed-picture");
    let beside = ImageFolder::new(&folder.0).image_size(5, 7);
    folder.file("a/1.png", b"");
    let ds = Dataset::from_images(beside).unwrap();
    for format in FORMATS {
        let whole = encoded(&colorful(7, 5), format);
        for at in 0..whole.len() {
            let change = [0x01, 0x80, 0xFF][at % 3];
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            folder.file("a/1.png", &bytes);
            let read = ds.at(0).map(|element| element.spec().to_string());
            match read {
                Ok(spec) => assert_eq!(spec, ds.element_spec().to_string()),
                Err(err) => assert!(
                    err.is_file() && !err.to_string().contains("panicked"),
                    "{format:?} {at} {change}: {err}"
                ),
            }
        }
    }
}

/// The check sum of a PNG's chunk.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
    !bytes
        .iter()
        .fold(!0, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), step))
}

#[test]
fn sizes_that_are_only_declared() {
    let too_large = |size: &str| {
        format!(
            "expected a picture of 1 to 65535 pixels a side and at most 536870912 bytes, but the file declares {size}"
        )
    };
    let declared = |format, at: usize, size: &[u8]| {
        let mut bytes = encoded(&plain(8, 8, [1, 2, 3]), format);
        bytes[at..at + size.len()].copy_from_slice(size);
        if format == ImageFormat::Png {
            let crc = crc32(&bytes[12..29]);
            bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        }
        said_of_bytes(&bytes)
    };
    let jpeg = encoded(&plain(8, 8, [1, 2, 3]), ImageFormat::Jpeg);
    let frame = jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    assert_eq!(
        declared(ImageFormat::Jpeg, frame + 5, &[0xFF; 4]),
        too_large("a size of 65535 × 65535")
    );
    assert_eq!(
        declared(ImageFormat::Png, 16, &[0, 0, 0xFF, 0, 0, 0, 0xFF, 0]),
        too_large("a size of 65280 × 65280")
    );
    assert_eq!(
        declared(ImageFormat::Png, 16, &[0x7F, 0xFF, 0xFF, 0xFF]),
        too_large("a larger one, or more than 16777216 bytes beside its pixels")
    );
    assert_eq!(
        declared(ImageFormat::Gif, 6, &[0xFF; 4]),
        too_large("a size of 65535 × 65535")
    );
    assert_eq!(
        declared(ImageFormat::Gif, 6, &[0; 4]),
        too_large("a size of 0 × 0")
    );
    assert_eq!(
        declared(ImageFormat::Bmp, 18, &[0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]),
        too_large("a size of 65535 × 65535")
    );
}

#[test]
fn pictures_whose_way_to_the_size_is_too_large() {
    let folder = Folder::new("too-far");
    folder.file("a/1.png", &png(&plain(65_000, 1, [0; 3])));
    let tall = ImageFolder::new(&folder.0).image_size(65_000, 1);
    let text = refused(Dataset::from_images(tall).unwrap().at(0), Error::is_file);
    assert_eq!(
        text,
        format!(
            "from_images: element 0: {}/a/1.png: expected a picture that takes at most 134217728 pixels on the way to 65000 × 1, but found one of 1 × 65000",
            folder.0.display()
        )
    );
}

#[test]
fn files_that_are_too_large() {
    let folder = Folder::new("too-large");
    let file = File::create(folder.0.join("a.png")).unwrap();
    file.set_len(1 << 40).unwrap();
    assert_eq!(
        said_of(&folder, "a.png"),
        "expected a picture of at most 536870912 bytes, but found a file of 1099511627776"
    );
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_links_to_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("pipes");
    let within = |name: &str| {
        fs::create_dir_all(folder.0.join(name)).unwrap();
        folder.0.join(name).join("a.png")
    };
    let made = std::process::Command::new("mkfifo")
        .arg(within("pipe"))
        .status()
        .unwrap();
    assert!(made.success());
    symlink("/dev/zero", within("device")).unwrap();
    symlink("nowhere", within("broken")).unwrap();
    symlink("a.png", within("circle")).unwrap();
    let pipe = "expected a regular file, but found a pipe or device";
    assert_eq!(said_of(&folder, "pipe/a.png"), pipe);
    assert_eq!(said_of(&folder, "device/a.png"), pipe);
    assert_eq!(
        said_of(&folder, "broken/a.png"),
        "cannot open the file: No such file or directory (os error 2)"
    );
    assert_eq!(
        said_of(&folder, "circle/a.png"),
        "cannot open the file: Too many levels of symbolic links (os error 40)"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_of_classes_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("latin-1");
    let name = std::ffi::OsStr::from_bytes(b"\xe9t\xe9");
    fs::create_dir(folder.0.join(name)).unwrap();
    assert_eq!(
        refused(Dataset::from_images(&folder.0), Error::is_file),
        "expected names of sub-folders in UTF-8, but found '\u{fffd}t\u{fffd}'; rename it"
    );
    // A file's name stands nowhere.
    let file = folder
        .0
        .join("ok")
        .join(Path::new(name))
        .with_extension("png");
    fs::remove_dir(folder.0.join(name)).unwrap();
    folder.file("ok/1.png", &png(&plain(1, 1, [5; 3])));
    fs::rename(folder.0.join("ok/1.png"), file).unwrap();
    assert_eq!(
        Dataset::from_images(&folder.0)
            .unwrap()
            .iter()
            .flatten()
            .count(),
        1
    );
}
