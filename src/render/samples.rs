//! Figures for tests: the three recipes and others that strain the layout.

use crate::plot::figure::{
    Axis, Figure, Frame, Ink, Inks, Key, LegendEntry, Limits, Mark, Panel, Pixels,
};

/// Repeatable numbers from 0 to 1.
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: u64) -> Self {
        Noise(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A bell curve around zero, nearly.
    pub(super) fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}

pub(super) fn figure(width: u32, height: u32, columns: usize, panels: Vec<Panel>) -> Figure {
    Figure {
        width,
        height,
        title: None,
        columns,
        panels,
        notes: vec![],
        description: "A figure".into(),
    }
}

pub(super) fn panel(x: Limits, y: Limits, marks: Vec<Mark>) -> Panel {
    Panel {
        title: None,
        frame: Frame::Axes,
        x: Axis::new(x),
        y: Axis::new(y),
        equal_aspect: false,
        marks,
        message: None,
        key: None,
    }
}

pub(super) fn noise_picture(seed: u64, width: usize, height: usize) -> Pixels {
    let mut noise = Noise::new(seed);
    let mut pixel = || {
        let mut byte = || (noise.next() * 256.0) as u8;
        [byte(), byte(), byte(), 255]
    };
    Pixels {
        width,
        height,
        rgba: (0..width * height).flat_map(|_| pixel()).collect(),
    }
}

pub(super) fn picture_panel(title: &str, pixels: Pixels) -> Panel {
    let limits = |n: usize| Limits::from_min_max(-0.5, n as f64 - 0.5);
    let (x, y) = (limits(pixels.width), limits(pixels.height));
    let mut panel = panel(x, y, vec![Mark::Image(pixels)]);
    panel.title = Some(title.into());
    panel.frame = Frame::Off;
    panel.equal_aspect = true;
    panel.y.reversed = true;
    panel
}

/// Two rows of five random pictures, titled "Label: 3".
pub(super) fn images(width: u32, height: u32) -> Figure {
    let titled = |k: u64| picture_panel(&format!("Label: {k}"), noise_picture(k, 32, 32));
    figure(width, height, 5, (0..10).map(titled).collect())
}

pub(super) fn histogram_panel(seed: u64, bins: usize, count: usize) -> Panel {
    let mut noise = Noise::new(seed);
    let mut heights = vec![0.0; bins];
    for _ in 0..count {
        let at = (noise.bell() / 8.0 + 0.5).clamp(0.0, 0.999);
        heights[(at * bins as f64) as usize] += 1.0;
    }
    let edges = (0..=bins)
        .map(|i| i as f64 / bins as f64 * 8.0 - 4.0)
        .collect();
    let top = heights.iter().copied().fold(0.0, f64::max);
    let mut panel = panel(
        Limits::from_min_max(-4.0, 4.0).padded(0.02),
        Limits::from_min_max(0.0, top * 1.05),
        vec![Mark::Bars {
            edges,
            heights,
            ink: Ink::Series(0),
        }],
    );
    panel.title = Some(format!("Feature {seed}"));
    panel.y.integer = true;
    panel
}

/// A histogram of each of five features, in a row.
pub(super) fn histograms(width: u32, height: u32) -> Figure {
    let panels = (1..=5).map(|k| histogram_panel(k, 20, 1000)).collect();
    figure(width, height, 5, panels)
}

pub(super) fn points(count: usize, inks: Inks, opacity: f64) -> Panel {
    let mut noise = Noise::new(5);
    let x: Vec<f64> = (0..count).map(|_| noise.bell()).collect();
    let y: Vec<f64> = x.iter().map(|x| 0.6 * x + 40.0 * noise.bell()).collect();
    let limits = |v: &[f64]| {
        let ends = v
            .iter()
            .fold((0.0f64, 0.0f64), |e, &v| (e.0.min(v), e.1.max(v)));
        Limits::from_min_max(ends.0, ends.1).padded(0.05)
    };
    let mut panel = panel(limits(&x), limits(&y), vec![]);
    panel.x.label = Some("Feature 1".into());
    panel.y.label = Some("Feature 2".into());
    panel.title = Some("Scatter plot of two features".into());
    panel.marks.push(Mark::Points {
        x,
        y,
        inks,
        radius: 3.0,
        opacity,
    });
    panel
}

pub(super) fn legend(names: &[&str]) -> Key {
    let entry = |(i, name): (usize, &&str)| LegendEntry {
        label: (*name).to_string(),
        ink: Ink::Series(i),
    };
    Key::Legend {
        title: Some("species".into()),
        entries: names.iter().enumerate().map(entry).collect(),
    }
}

pub(super) fn scatter(width: u32, height: u32) -> Figure {
    figure(
        width,
        height,
        1,
        vec![points(300, Inks::One(Ink::Series(0)), 0.7)],
    )
}

pub(super) fn scatter_by_class(width: u32, height: u32) -> Figure {
    let inks = (0..300).map(|i| Ink::Series(i % 3)).collect();
    let mut panel = points(300, Inks::Each(inks), 0.8);
    panel.key = Some(legend(&["setosa", "versicolor", "virginica"]));
    figure(width, height, 1, vec![panel])
}

/// Dark blue to yellow.
pub(super) fn ramp(t: f64) -> [u8; 3] {
    let mix = |a: f64, b: f64| (a + (b - a) * t) as u8;
    [mix(40.0, 250.0), mix(20.0, 220.0), mix(100.0, 50.0)]
}

pub(super) fn scatter_by_value(width: u32, height: u32) -> Figure {
    let inks = (0..300)
        .map(|i| Ink::Rgb(ramp(f64::from(i) / 299.0)))
        .collect();
    let mut panel = points(300, Inks::Each(inks), 1.0);
    panel.key = Some(Key::ColorBar {
        title: Some("proline (mg/l)".into()),
        limits: Limits::from_min_max(278.0, 1680.0),
        colors: (0..256).map(|i| ramp(f64::from(i) / 255.0)).collect(),
    });
    figure(width, height, 1, vec![panel])
}

/// Everything at once, with long words everywhere.
pub(super) fn crowded(width: u32, height: u32) -> Figure {
    let long = "A title of a panel that is by far too long for the room that panels have";
    let panels = (0..6).map(|k| {
        let mut panel = match k % 3 {
            0 => histogram_panel(k, 40, 100_000),
            1 => points(200, Inks::One(Ink::Series(k as usize)), 0.5),
            _ => picture_panel("", noise_picture(k, 40, 30)),
        };
        panel.title = Some(format!("{k} {long}"));
        panel.x.label = Some(long.into());
        panel.y.label = Some(long.into());
        if k % 2 == 1 {
            panel.key = Some(legend(&[
                "one",
                "another, with a name that does not end",
                "three",
            ]));
        }
        panel
    });
    let mut figure = figure(width, height, 3, panels.collect());
    figure.title = Some(format!("{long}, {long}, {long}"));
    figure.notes = vec![
        format!("First note. {long}. {long}. {long}."),
        "Drawn from 10,000 of 1,234,567 rows (seed 42); 17 NaN left out.".into(),
    ];
    figure
}

pub(super) fn empty(width: u32, height: u32) -> Figure {
    let limits = Limits::from_min_max(0.0, 1.0);
    let mut panel = panel(limits, limits, vec![]);
    panel.title = Some("Feature 1".into());
    panel.message = Some("no data".into());
    figure(width, height, 1, vec![panel])
}

/// Strings that break what does not expect them.
pub(super) const STRINGS: [&str; 24] = [
    "x",
    "<script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "' onmouseover='alert(1)",
    "--><b>x</b><!--",
    "]]><x/>",
    "</text></svg><svg onload=alert(1)>",
    "&lt; &amp; &#0; &nbsp; &unknown;",
    "<?xml version=\"1.0\"?><!DOCTYPE x>",
    "red;position:fixed",
    "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[31mred\u{7f}\u{85}\u{9b}",
    "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{10ffff}",
    "\u{202e}abc\u{2066}def\u{200f}",
    "line one\r\nline two\nline three\rfour\u{2028}five",
    "EVCXR_BEGIN_CONTENT text/plain\nEVCXR_END_CONTENT",
    "",
    " ",
    "\n\n\n",
    "…",
    "中文标签 日本語 한국어",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{feff}\u{200b}\u{ad}",
];

/// `text` wherever a figure holds words.
pub(super) fn worded(text: &str, width: u32, height: u32) -> Figure {
    let word = || Some(text.to_owned());
    let mut first = points(20, Inks::Each(vec![Ink::Series(1); 20]), 1.0);
    (first.title, first.x.label, first.y.label) = (word(), word(), word());
    first.key = Some(Key::Legend {
        title: word(),
        entries: vec![LegendEntry {
            label: text.into(),
            ink: Ink::Series(1),
        }],
    });
    let mut second = picture_panel(text, noise_picture(1, 3, 4));
    second.key = Some(Key::ColorBar {
        title: word(),
        limits: Limits::from_min_max(0.0, 1.0),
        colors: vec![[0, 0, 0], [255, 255, 255]],
    });
    let mut third = empty(10, 10).panels.remove(0);
    third.message = word();
    let mut figure = figure(width, height, 3, vec![first, second, third]);
    figure.title = word();
    figure.notes = vec![text.into(), text.into()];
    figure.description = text.into();
    figure
}

/// Makes a figure of the given size.
pub(super) type Make = fn(u32, u32) -> Figure;

/// All of them, each for a size.
pub(super) const ALL: [(&str, Make); 8] = [
    ("images", images),
    ("histograms", histograms),
    ("scatter", scatter),
    ("scatter_by_class", scatter_by_class),
    ("scatter_by_value", scatter_by_value),
    ("crowded", crowded),
    ("empty", empty),
    ("nothing", |width, height| figure(width, height, 0, vec![])),
];
