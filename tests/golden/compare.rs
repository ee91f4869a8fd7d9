//! Compares pictures and texts with the files kept, and keeps new ones when told to.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use ndsight::Result;

/// Fails unless the SVG is the same twice and the same as the file.
pub(crate) fn check_svg(name: &str, draw: impl Fn() -> Result<String>) {
    let svg = draw().unwrap();
    assert!(svg == draw().unwrap(), "{name}: two drawings differ");
    roxmltree::Document::parse(&svg).unwrap();
    let picture = Golden::new(name, "svg");
    if fs::read(&picture.kept).is_ok_and(|kept| kept == svg.as_bytes()) {
        return;
    }
    let page = picture.made.with_extension("diff.html");
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    let kept = fs::read_to_string(&picture.kept).unwrap_or_default();
    fs::write(&page, overlaid(&kept, &svg)).unwrap();
    let more = format!("\n  differs:  {} (open in a browser)", page.display());
    picture.differs(svg.as_bytes(), &more);
}

/// Fails unless the text is the same twice and the same as the file, which ends with a
/// line end.
pub(crate) fn check_text(name: &str, extension: &str, write: impl Fn() -> Result<String>) {
    let text = write().unwrap() + "\n";
    assert!(text == write().unwrap() + "\n", "{name}: two texts differ");
    let golden = Golden::new(name, extension);
    if fs::read(&golden.kept).is_ok_and(|kept| kept == text.as_bytes()) {
        return;
    }
    let kept = fs::read_to_string(&golden.kept).unwrap_or_default();
    let same = kept.bytes().zip(text.bytes()).take_while(|(a, b)| a == b);
    let more = format!("\n  differs:  from byte {} on", same.count());
    golden.differs(text.as_bytes(), &more);
}

/// A page that shows two documents, and between them what differs: black where both
/// are the same.
fn overlaid(kept: &str, now: &str) -> String {
    let image = |svg: &str, style: &str| {
        let bytes = svg.bytes().map(|byte| format!("%{byte:02x}"));
        let data: String = bytes.collect();
        format!("<img src=\"data:image/svg+xml,{data}\" style=\"{style}\">")
    };
    let over = "position:absolute;left:0;top:0;mix-blend-mode:difference";
    format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><title>kept, different, now</title>{}\
         <div style=\"position:relative;isolation:isolate;display:inline-block\">{}{}</div>{}",
        image(kept, ""),
        image(kept, ""),
        image(now, over),
        image(now, ""),
    )
}

/// Fails unless the PNG is the same twice and its pixels are those of the file.
pub(crate) fn check_png(name: &str, draw: impl Fn() -> Result<Vec<u8>>) {
    let png = draw().unwrap();
    assert!(png == draw().unwrap(), "{name}: two drawings differ");
    let picture = Golden::new(name, "png");
    let found = Pixels::read(&png);
    let Ok(bytes) = fs::read(&picture.kept) else {
        return picture.differs(&png, "");
    };
    let kept = Pixels::read(&bytes);
    if kept == found {
        return;
    }
    let path = picture.made.with_extension("diff.png");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let (difference, count) = kept.difference(&found);
    fs::write(&path, difference.write()).unwrap();
    picture.differs(
        &png,
        &format!(
            "\n  differs:  {} ({count} of {} pixels, in red; {}×{} kept, {}×{} now)",
            path.display(),
            difference.width * difference.height,
            kept.width,
            kept.height,
            found.width,
            found.height,
        ),
    );
}

struct Golden {
    kept: PathBuf,
    made: PathBuf,
}

impl Golden {
    fn new(name: &str, extension: &str) -> Golden {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = format!("{name}.{extension}");
        Golden {
            kept: root.join("tests/golden").join(&file),
            made: root.join("target/golden").join(&file),
        }
    }

    /// Keeps the picture if told to, or else puts it beside; fails in any case, so
    /// that no run passes with pictures that nobody has seen.
    fn differs(&self, bytes: &[u8], more: &str) {
        if std::env::var_os("NDSIGHT_BLESS").is_some() {
            fs::write(&self.kept, bytes).unwrap();
            panic!(
                "replaced {}; look at it, and run the tests again without NDSIGHT_BLESS",
                self.kept.display()
            );
        }
        fs::create_dir_all(self.made.parent().unwrap()).unwrap();
        fs::write(&self.made, bytes).unwrap();
        panic!(
            "the picture has changed, or none is kept\n  kept:     {}\n  now:      {}{more}\n\
             if the change is wanted, run: NDSIGHT_BLESS=1 cargo test --test golden",
            self.kept.display(),
            self.made.display()
        );
    }
}

/// A picture as red, green, blue and alpha of each pixel.
#[derive(PartialEq)]
struct Pixels {
    width: u32,
    height: u32,
    rgba: Vec<[u8; 4]>,
}

impl Pixels {
    fn read(png: &[u8]) -> Pixels {
        let mut decoder = png::Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().unwrap();
        let mut samples = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut samples).unwrap();
        samples.truncate(info.buffer_size());
        let rgba = samples.chunks_exact(info.color_type.samples());
        Pixels {
            width: info.width,
            height: info.height,
            rgba: rgba.map(Pixels::color).collect(),
        }
    }

    fn color(samples: &[u8]) -> [u8; 4] {
        match *samples {
            [v] => [v, v, v, 255],
            [v, a] => [v, v, v, a],
            [r, g, b] => [r, g, b, 255],
            [r, g, b, a] => [r, g, b, a],
            _ => unreachable!("PNG has one to four samples a pixel"),
        }
    }

    fn at(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        let inside = x < self.width && y < self.height;
        inside.then(|| self.rgba[(y * self.width + x) as usize])
    }

    /// What is the same faintly, the rest in red; and how many pixels that is.
    fn difference(&self, other: &Pixels) -> (Pixels, usize) {
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        let mut count = 0;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let rgba = places.map(|(x, y)| match (self.at(x, y), other.at(x, y)) {
            (Some(a), Some(b)) if a == b => a.map(|v| 192 + v / 4),
            _ => {
                count += 1;
                [255, 0, 0, 255]
            }
        });
        let rgba = rgba.collect();
        let difference = Pixels {
            width,
            height,
            rgba,
        };
        (difference, count)
    }

    fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(self.rgba.as_flattened()).unwrap();
        drop(writer);
        bytes
    }
}

#[test]
fn a_difference_is_red_where_pixels_differ() {
    let page = |width, rgba| Pixels {
        width,
        height: 1,
        rgba,
    };
    let (white, black) = ([255; 4], [0, 0, 0, 255]);
    let (difference, count) =
        page(2, vec![white, black]).difference(&page(3, vec![white, white, white]));
    assert_eq!(count, 2);
    assert_eq!(difference.rgba, [white, [255, 0, 0, 255], [255, 0, 0, 255]]);
    assert!(Pixels::read(&difference.write()) == difference);
}
