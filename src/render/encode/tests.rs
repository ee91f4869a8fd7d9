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
