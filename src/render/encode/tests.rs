use proptest::prelude::*;

use super::super::raster::Target;
use super::*;

/// The file's colour type and its pixels expanded to RGBA.
fn decode(file: &[u8]) -> (ColorType, Vec<u8>) {
    let stored = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let color = stored.info().color_type;
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    (color, bytes)
}

#[track_caller]
fn check(width: usize, height: usize, color: impl Fn(usize) -> [u8; 4], expected: ColorType) {
    let rgba: Vec<u8> = (0..width * height).flat_map(color).collect();
    let pixels = Pixels {
        width,
        height,
        rgba: rgba.clone().into(),
    };
    let (color, bytes) = decode(&encode_pixels(&pixels).unwrap());
    assert_eq!(color, expected);
    assert!(bytes == rgba, "the pixels came back changed");
}

#[test]
fn pixels_come_back_whatever_their_number_of_colours() {
    let cycle = |n: usize| move |i: usize| [(i % n) as u8, 7, 9, 255];
    for n in [1, 2, 3, 4, 5, 16, 17, 256] {
        check(13, 29, cycle(n), ColorType::Indexed);
    }
    let many = |i: usize| [(i % 251) as u8, (i / 251) as u8, 0, 255];
    check(100, 100, many, ColorType::Rgb);
    check(
        100,
        100,
        |i| [(i % 251) as u8, (i / 251) as u8, 0, 90],
        ColorType::Rgba,
    );
    check(5, 3, |i| [0, 0, 0, i as u8 * 10], ColorType::Indexed);
}

#[test]
fn a_figure_states_its_density() {
    let raster = Raster::empty(6, 4, [255; 3]);
    let file = encode_png(&raster).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&file))
        .read_info()
        .unwrap();
    let density = reader.info().pixel_dims.unwrap();
    assert_eq!((density.xppu, density.unit), (7559, Unit::Meter));
    let (_, bytes) = decode(&file);
    assert_eq!(bytes, [255; 6 * 4 * 4]);
}

#[test]
fn an_impossible_size_is_an_error() {
    let err = encode_png(&Raster::empty(0, 0, [255; 3])).unwrap_err();
    assert!(err.is_internal(), "{err}");
}

/// Numbers without a pattern, always the same.
fn noise(i: usize) -> usize {
    let mixed = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) as usize
}

#[track_caller]
fn check_raster(width: usize, height: usize, color: impl Fn(usize, usize) -> [u8; 3]) -> usize {
    let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let raster = Raster {
        width: width as u32,
        height: height as u32,
        rgb: all.flat_map(|(x, y)| color(x, y)).collect(),
    };
    let file = encode_png(&raster).unwrap();
    assert!(super::super::decode_png(&file).unwrap() == raster);
    file.len()
}

#[test]
fn pages_of_several_parts_come_back() {
    let (width, height) = (700, 500);
    let all = width * height * 3;
    let random = |x: usize, y: usize| [0, 1, 2].map(|c| noise((y * 700 + x) * 3 + c) as u8);
    assert!(check_raster(width, height, random) < all + all / 200);
    let smooth = |x: usize, y: usize| [x / 3, y / 2, (x + y) / 5].map(|v| v as u8);
    assert!(check_raster(width, height, smooth) < all / 50);
    let blocks = |x: usize, y: usize| random(x / 10, y / 10);
    assert!(check_raster(width, height, blocks) < all / 50);
    let few = |x: usize, y: usize| [[9; 3], [0; 3], [255; 3]][noise(y / 9 * 700 + x / 7) % 3];
    assert!(check_raster(1800, 1500, few) < 80_000);
    let numbers = |x: usize, y: usize| [noise(y * 1800 + x) as u8; 3];
    assert!(check_raster(1800, 600, numbers) < 1800 * 600 * 201 / 200);
}

#[test]
fn pictures_of_a_few_pixels_have_small_files() {
    let pixels = Pixels {
        width: 8,
        height: 8,
        rgba: (0..64_u8)
            .flat_map(|v| [v / 4 * 16; 3].into_iter().chain([255]))
            .collect::<Vec<u8>>()
            .into(),
    };
    assert!(encode_pixels(&pixels).unwrap().len() < 170);
}

/// Rows of pixels that repeat what came before, or not: a colour once, or many times; a
/// copy of pixels some way back; noise.
fn pixels() -> impl Strategy<Value = (usize, Vec<[u8; 4]>)> {
    let color = prop_oneof![
        3 => (0_u8..4).prop_map(|v| [v * 80, v, 255 - v, 255]),
        1 => any::<[u8; 4]>(),
    ];
    let run = (color, 1_usize..400, 0_usize..3000, 0_u8..3);
    (1_usize..90, prop::collection::vec(run, 1..40)).prop_map(|(width, runs)| {
        let mut pixels: Vec<[u8; 4]> = Vec::new();
        for (color, count, back, kind) in runs {
            for i in 0..count {
                let before = pixels.len().checked_sub(back + 1).map(|at| pixels[at]);
                pixels.push(match kind {
                    0 => color,
                    1 => before.unwrap_or(color),
                    _ => [noise(i + back) as u8, color[1], noise(i) as u8, 255],
                });
            }
        }
        pixels.truncate((pixels.len() / width).max(1) * width);
        let last = pixels[pixels.len() - 1];
        pixels.resize(pixels.len().next_multiple_of(width), last);
        (width, pixels)
    })
}

proptest! {
    #[test]
    fn all_pixels_come_back((width, pixels) in pixels()) {
        let height = pixels.len() / width;
        let rgba: Vec<u8> = pixels.concat();
        let picture = Pixels { width, height, rgba: rgba.clone().into() };
        prop_assert!(decode(&encode_pixels(&picture).unwrap()).1 == rgba);
        let rgb = pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
        let raster = Raster { width: width as u32, height: height as u32, rgb };
        prop_assert!(super::super::decode_png(&encode_png(&raster).unwrap()).unwrap() == raster);
    }
}
