//! Folders of pictures.

use std::fs;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use ndarray::{ArcArray, Array3, Ix3, array, s};
use ndsight::{ColorMode, Dataset, Element, Error, ImageFolder, Labels, Split};

use crate::folder::Folder;
use crate::pictures::{colorful, encoded, plain, png};
use crate::scalars;

fn pixels(element: &Element) -> ArcArray<u8, Ix3> {
    element.array::<u8, Ix3>(0).unwrap()
}

/// The red of each picture's first pixel, by which the tests tell pictures apart.
fn reds(ds: &Dataset) -> Vec<u8> {
    let elements = ds
        .iter()
        .map(|element| pixels(&element.unwrap())[[0, 0, 0]]);
    elements.collect()
}

/// Pictures of 3 × 2 pixels, each with the red that is given.
fn folder_of(name: &str, files: &[(&str, u8)]) -> Folder {
    let folder = Folder::new(name);
    for (name, red) in files {
        folder.file(name, &png(&plain(3, 2, [*red, 0, 0])));
    }
    folder
}

const PETS: [(&str, u8); 7] = [
    ("dogs/2.png", 22),
    ("cats/z.png", 12),
    ("dogs/10.PNG", 21),
    ("cats/wild/lynx.png", 13),
    ("cats/b.JPeg", 11),
    ("Birds/x.gif", 1),
    ("cats/a.bmp", 10),
];

#[test]
fn classes_are_sub_folders_and_pictures_come_by_path() {
    let folder = folder_of("classes", &PETS);
    fs::create_dir(folder.0.join("empty")).unwrap();
    for ignored in [
        "lone.png",
        ".hidden/a.png",
        "cats/.a.png",
        "cats/notes.txt",
        "dogs/png",
    ] {
        folder.file(ignored, &png(&plain(9, 9, [99, 0, 0])));
    }
    let ds = Dataset::from_images(&folder.0).unwrap();
    assert_eq!(ds.element_spec().to_string(), "(uint8 (2, 3, 3), int32 ())");
    assert_eq!(ds.len().unwrap(), 7);
    // `B` before `c`, `10` before `2`, as Python sorts strings; `z.png` before `wild/`,
    // as Keras goes through folders.
    assert_eq!(reds(&ds), [1, 10, 11, 12, 13, 21, 22]);
    assert_eq!(scalars::<i32>(&ds, 1), [0, 1, 1, 1, 1, 2, 2]);
    let svg = ds.images().to_svg().unwrap();
    assert!(svg.contains("Label: Birds") && svg.contains("Label: dogs"));
}

#[test]
fn class_names_choose_and_order_sub_folders() {
    let folder = folder_of("class-names", &PETS);
    let of = |names: &[&str]| ImageFolder::new(&folder.0).class_names(names.iter().copied());
    let ds = Dataset::from_images(of(&["dogs", "Birds"])).unwrap();
    assert_eq!(reds(&ds), [21, 22, 1]);
    assert_eq!(scalars::<i32>(&ds, 1), [0, 0, 1]);
    assert!(ds.images().to_svg().unwrap().contains("Label: dogs"));

    let refused = |names: &[&str]| Dataset::from_images(of(names)).unwrap_err();
    let unknown = refused(&["dogs", "cows"]);
    assert!(unknown.is_name());
    assert_eq!(
        unknown.to_string(),
        format!(
            "expected class names that are sub-folders of {}, but found 'cows'; there are 'Birds', 'cats', 'dogs'",
            folder.0.display()
        )
    );
    let twice = refused(&["dogs", "cats", "dogs"]);
    assert!(twice.is_name());
    assert_eq!(
        twice.to_string(),
        "expected every class name once, but found 'dogs' twice"
    );
    let none = refused(&[]);
    assert!(none.is_value());
    assert_eq!(
        none.to_string(),
        "expected at least one class name, but found none"
    );
}

#[test]
fn without_labels_all_pictures_below_count() {
    let folder = folder_of("unlabelled", &PETS);
    folder.file("lone.png", &png(&plain(3, 2, [99, 0, 0])));
    let alone = ImageFolder::new(&folder.0).labels(Labels::None);
    let ds = Dataset::from_images(alone.clone()).unwrap();
    assert_eq!(ds.element_spec().to_string(), "uint8 (2, 3, 3)");
    assert_eq!(reds(&ds), [99, 1, 10, 11, 12, 13, 21, 22]);
    let err = Dataset::from_images(alone.class_names(["cats"])).unwrap_err();
    assert!(err.is_value());
    assert_eq!(
        err.to_string(),
        "expected no class names, as there are no labels (Labels::None), but found some"
    );
}

#[test]
fn paths_of_every_type_are_folders() {
    let folder = folder_of("paths", &PETS);
    let text = folder.0.display().to_string();
    let folders: [ImageFolder; 6] = [
        text.as_str().into(),
        (&text).into(),
        text.clone().into(),
        folder.0.as_path().into(),
        (&folder.0).into(),
        folder.0.clone().into(),
    ];
    assert!(folders.iter().all(|of| *of == ImageFolder::new(&text)));
}

#[test]
fn the_first_picture_that_can_be_read_sets_the_size() {
    let folder = Folder::new("first-size");
    folder.file("a/1.png", b"no picture");
    folder.file("a/2.png", &png(&plain(5, 4, [70, 80, 90])));
    folder.file("a/3.png", &png(&plain(20, 30, [1, 2, 3])));
    let ds = Dataset::from_images(&folder.0).unwrap();
    assert_eq!(ds.element_spec().to_string(), "(uint8 (4, 5, 3), int32 ())");
    let path = folder.0.join("a/1.png");
    let err = ds.at(0).unwrap_err();
    assert!(err.is_file());
    assert_eq!(
        err.to_string(),
        format!(
            "from_images: element 0: {}: expected a PNG, JPEG, BMP or GIF picture, but found other contents",
            path.display()
        )
    );
    let whole = ds.ignore_errors();
    assert_eq!(reds(&whole), [70, 1]);
    let resized = pixels(&ds.at(2).unwrap());
    assert!(
        resized
            .indexed_iter()
            .all(|((.., c), &v)| v == [1, 2, 3][c])
    );
}

/// `tf.image.resize(picture, (h, w))` and, for the smaller size, with
/// `antialias=True`.
#[test]
fn pictures_are_resized_as_tensorflow_does() {
    let folder = Folder::new("resized");
    let gray = image::GrayImage::from_vec(4, 1, vec![0, 40, 80, 240]).unwrap();
    folder.file("a/1.png", &png(&gray.into()));
    let of = |height, width| {
        let folder = ImageFolder::new(&folder.0).color_mode(ColorMode::Grayscale);
        let ds = Dataset::from_images(folder.image_size(height, width)).unwrap();
        pixels(&ds.at(0).unwrap()).to_owned()
    };
    assert_eq!(
        of(1, 8).into_raw_vec_and_offset().0,
        [0, 10, 30, 50, 70, 120, 200, 240]
    );
    assert_eq!(of(3, 4).slice(s![2, .., 0]), array![0, 40, 80, 240]);
    // Near pixels weigh three times as much as far ones, and none lies beyond the edge.
    assert_eq!(of(1, 2).into_raw_vec_and_offset().0, [29, 143]);
}

#[test]
fn color_modes_take_and_add_channels() {
    let folder = Folder::new("color-modes");
    let clear = RgbaImage::from_pixel(1, 1, Rgba([10, 100, 200, 0]));
    folder.file("a/1.png", &png(&clear.into()));
    folder.file(
        "a/2.png",
        &png(&image::GrayImage::from_vec(1, 1, vec![7]).unwrap().into()),
    );
    let of = |mode| {
        let ds = Dataset::from_images(ImageFolder::new(&folder.0).color_mode(mode)).unwrap();
        [0, 1].map(|i| pixels(&ds.at(i).unwrap()).to_vec())
    };
    assert_eq!(of(ColorMode::Rgb), [vec![10, 100, 200], vec![7; 3]]);
    assert_eq!(
        of(ColorMode::Rgba),
        [vec![10, 100, 200, 0], vec![7, 7, 7, 255]]
    );
    // 0.299 · 10 + 0.587 · 100 + 0.114 · 200 = 84.49
    assert_eq!(of(ColorMode::Grayscale), [vec![84], vec![7]]);
}

#[test]
fn sixteen_bits_become_the_nearest_eight() {
    let folder = Folder::new("sixteen-bits");
    let values = vec![0_u16, 128, 129, 32768, 65406, 65407, 65535];
    let deep = image::ImageBuffer::from_vec(7, 1, values).unwrap();
    folder.file("a/1.png", &png(&DynamicImage::ImageLuma16(deep)));
    let gray = ImageFolder::new(&folder.0).color_mode(ColorMode::Grayscale);
    let found = pixels(&Dataset::from_images(gray).unwrap().at(0).unwrap());
    assert_eq!(found.to_vec(), [0, 0, 1, 128, 254, 255, 255]);
}

trait ToVec {
    fn to_vec(&self) -> Vec<u8>;
}

impl ToVec for ArcArray<u8, Ix3> {
    fn to_vec(&self) -> Vec<u8> {
        self.iter().copied().collect()
    }
}

#[test]
fn formats_are_known_by_their_contents() {
    let folder = Folder::new("contents");
    let picture = colorful(6, 5);
    for (name, format) in [
        ("1.jpg", ImageFormat::Png),
        ("2.png", ImageFormat::Bmp),
        ("3.bmp", ImageFormat::Gif),
        ("4.gif", ImageFormat::Jpeg),
    ] {
        folder.file(&format!("a/{name}"), &encoded(&picture, format));
    }
    let ds = Dataset::from_images(&folder.0).unwrap();
    let all: Vec<Array3<i32>> = (0..4)
        .map(|i| pixels(&ds.at(i).unwrap()).mapv(i32::from))
        .collect();
    assert_eq!(all[0], all[1]);
    // 30 colours fit a GIF's palette; a JPEG is only like its picture.
    assert!((&all[2] - &all[0]).iter().all(|d| d.abs() <= 8));
    let mean = |a: &Array3<i32>| a.sum() / a.len() as i32;
    assert!((mean(&all[3]) - mean(&all[0])).abs() <= 8);
}

#[test]
fn an_animation_is_its_first_picture() {
    use image::codecs::gif::GifEncoder;
    let folder = Folder::new("animation");
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for red in [250, 3] {
        let frame = plain(4, 4, [red, 0, 0]).into_rgba8();
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    folder.file("a/1.gif", &bytes);
    assert_eq!(reds(&Dataset::from_images(&folder.0).unwrap()), [250]);
}

/// A JPEG that says how the camera was held, 1 to 8 as EXIF counts.
fn held(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let tiff = [
        &b"II*\0\x08\0\0\0"[..],
        // One entry: tag 0x112, a short, one of it.
        &[1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
        &[0; 4],
    ]
    .concat();
    let jpeg = encoded(picture, ImageFormat::Jpeg);
    let length = (2 + 6 + tiff.len() as u16).to_be_bytes();
    [
        &jpeg[..2],
        &[0xFF, 0xE1],
        &length,
        b"Exif\0\0",
        &tiff,
        &jpeg[2..],
    ]
    .concat()
}

/// A picture that is bright in one corner only shows where each of the eight turns
/// takes it.
#[test]
fn pictures_are_turned_as_the_camera_was_held() {
    let mut picture = plain(32, 16, [0; 3]).into_rgb8();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        if x < 8 && y < 8 {
            pixel.0 = [255; 3];
        }
    }
    let bright = |orientation| {
        let folder = Folder::new(&format!("held-{orientation}"));
        folder.file("a/1.jpg", &held(&picture.clone().into(), orientation));
        let ds = Dataset::from_images(&folder.0).unwrap();
        let found = pixels(&ds.at(0).unwrap());
        let (h, w, _) = found.dim();
        let corners = [(0, 0), (0, w - 1), (h - 1, 0), (h - 1, w - 1)];
        let at = corners.iter().position(|&(y, x)| found[[y, x, 0]] > 200);
        (
            h,
            w,
            ["top left", "top right", "bottom left", "bottom right"][at.unwrap()],
        )
    };
    assert_eq!(bright(1), (16, 32, "top left"));
    assert_eq!(bright(2), (16, 32, "top right"));
    assert_eq!(bright(3), (16, 32, "bottom right"));
    assert_eq!(bright(4), (16, 32, "bottom left"));
    assert_eq!(bright(5), (32, 16, "top left"));
    assert_eq!(bright(6), (32, 16, "top right"));
    assert_eq!(bright(7), (32, 16, "bottom right"));
    assert_eq!(bright(8), (32, 16, "bottom left"));
    assert_eq!(bright(99), (16, 32, "top left"));
}

#[test]
fn steps_over_pictures_reach_any_of_them() {
    let folder = folder_of("steps", &PETS);
    let ds = Dataset::from_images(&folder.0).unwrap();
    let mut shuffled = reds(&ds.shuffle(3));
    assert_ne!(shuffled, reds(&ds));
    shuffled.sort_unstable();
    assert_eq!(shuffled, reds(&ds));
    let batches = ds.batch(4).unwrap();
    assert_eq!(
        batches.element_spec().to_string(),
        "(uint8 (None, 2, 3, 3), int32 (None,))"
    );
    assert_eq!(
        batches
            .at(1)
            .unwrap()
            .array::<u8, ndarray::Ix4>(0)
            .unwrap()
            .dim(),
        (3, 2, 3, 3)
    );
    let (train, test) = (ds.skip(4), ds.take(4));
    assert_eq!((reds(&train).len(), reds(&test).len()), (3, 4));
    let bright = ds
        .map(|(image, _): (Array3<u8>, i32)| image[[0, 0, 0]])
        .unwrap();
    assert_eq!(scalars::<u8>(&bright, 0), reds(&ds));
    let parallel = ds.map_parallel(3, |(image, label): (Array3<u8>, i32)| (image, label));
    assert_eq!(reds(&parallel.unwrap().prefetch(2)), reds(&ds));
}

#[test]
fn a_picture_that_is_gone_is_an_error_of_its_element() {
    let folder = folder_of("gone", &PETS);
    let ds = Dataset::from_images(&folder.0).unwrap();
    let gone = folder.0.join("cats/b.JPeg");
    fs::remove_file(&gone).unwrap();
    let errors: Vec<Error> = ds.iter().filter_map(Result::err).collect();
    assert_eq!(
        errors[0].to_string(),
        format!(
            "from_images: element 2: {}: cannot open the file: No such file or directory (os error 2)",
            gone.display()
        )
    );
    assert_eq!(errors.len(), 1);
    assert_eq!(reds(&ds.ignore_errors()).len(), 6);
    assert!(ds.batch(7).unwrap().at(0).unwrap_err().is_file());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_to_files_and_classes_are_followed_and_others_on_request() {
        let folder = folder_of("linked", &[("a/1.png", 1), ("a/in/2.png", 2)]);
        let other = folder_of("linked-from", &[("3.png", 3), ("deep/4.png", 4)]);
        symlink(&other.0, folder.0.join("b")).unwrap();
        symlink(&other.0, folder.0.join("a/more")).unwrap();
        symlink(other.0.join("3.png"), folder.0.join("a/0.png")).unwrap();
        let plain = ImageFolder::new(&folder.0);
        let ds = Dataset::from_images(plain.clone()).unwrap();
        assert_eq!(reds(&ds), [3, 1, 2, 3, 4]);
        assert_eq!(scalars::<i32>(&ds, 1), [0, 0, 0, 1, 1]);
        let ds = Dataset::from_images(plain.follow_links(true)).unwrap();
        assert_eq!(reds(&ds), [3, 1, 2, 3, 4, 3, 4]);
    }

    #[test]
    fn links_in_a_circle_end() {
        let folder = folder_of("circle", &[("a/1.png", 1), ("a/in/2.png", 2)]);
        for link in ["a/up", "a/in/up", "a/in/again"] {
            symlink(&folder.0, folder.0.join(link)).unwrap();
        }
        symlink("self", folder.0.join("a/self")).unwrap();
        let labelled = ImageFolder::new(&folder.0).follow_links(true);
        assert_eq!(
            reds(&Dataset::from_images(labelled.clone()).unwrap()),
            [1, 2]
        );
        let alone = Dataset::from_images(labelled.labels(Labels::None)).unwrap();
        assert_eq!(reds(&alone), [1, 2]);
    }
}

/// Classes are sampled, sorted and split by without a picture being read, broken ones too.
#[test]
fn labels_are_read_without_pictures() {
    let folder = folder_of("labels", &[("a/1.png", 1), ("b/1.png", 2), ("b/2.png", 3)]);
    folder.file("a/2.png", b"no picture");
    let ds = Dataset::from_images(&folder.0).unwrap().shuffle(1);
    assert_eq!(ds.sample_by(1, 1).unwrap().len().unwrap(), 2);
    assert_eq!(
        ds.sort_by(1)
            .unwrap()
            .skip(2)
            .iter()
            .filter(|e| e.is_ok())
            .count(),
        2
    );
    let (train, test) = ds.split(Split::new(0.5).stratify(1)).unwrap();
    assert_eq!((train.len().unwrap(), test.len().unwrap()), (2, 2));
}
