//! Figures for tests: the three recipes and others that strain the layout.

use crate::plot::figure::{
    Axis, Bars, Body, Figure, Frame, Image, Ink, Key, LegendEntry, Limits, Lines, Mark, Marker,
    Panel, Panels, Per, Pixels, Place, Points, Polygons, Rug, Scale, Swatch, Texts, Thumbnails,
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
    Figure::of_panels((width, height), columns, panels, "A figure")
}

pub(super) fn panel(x: Limits, y: Limits, marks: Vec<Mark>) -> Panel {
    Panel::new(Axis::new(x), Axis::new(y), marks)
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
        rgba: (0..width * height)
            .flat_map(|_| pixel())
            .collect::<Vec<u8>>()
            .into(),
    }
}

pub(super) fn picture_panel(title: &str, pixels: Pixels) -> Panel {
    let limits = |n: usize| Limits::from_min_max(-0.5, n as f64 - 0.5);
    let (x, y) = (limits(pixels.width), limits(pixels.height));
    let image = Image {
        x: (x.min(), x.max()),
        y: (y.min(), y.max()),
        pixels,
    };
    let mut panel = panel(x, y, vec![Mark::Image(image)]);
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
    let edges: Vec<f64> = (0..=bins)
        .map(|i| i as f64 / bins as f64 * 8.0 - 4.0)
        .collect();
    let top = heights.iter().copied().fold(0.0, f64::max);
    let mut panel = panel(
        Limits::from_min_max(-4.0, 4.0).padded(0.02),
        Limits::from_min_max(0.0, top * 1.05),
        vec![Mark::Bars(Bars::histogram(
            &edges,
            &heights,
            Ink::Series(0),
        ))],
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

pub(super) fn points(count: usize, inks: Per<Ink>, opacity: f64) -> Panel {
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
    panel.marks.push(Mark::Points(Points {
        inks,
        opacity,
        ..Points::new(x, y, Ink::Text, 3.0)
    }));
    panel
}

pub(super) fn legend(names: &[&str]) -> Key {
    let entry = |(i, name): (usize, &&str)| LegendEntry {
        label: (*name).to_string(),
        ink: Ink::Series(i),
        swatch: Swatch::Marker(Marker::Disc, 3.0),
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
        vec![points(300, Per::All(Ink::Series(0)), 0.7)],
    )
}

pub(super) fn scatter_by_class(width: u32, height: u32) -> Figure {
    let inks = (0..300).map(|i| Ink::Series(i % 3)).collect();
    let mut panel = points(300, Per::Each(inks), 0.8);
    panel.keys = vec![legend(&["setosa", "versicolor", "virginica"])];
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
    let mut panel = points(300, Per::Each(inks), 1.0);
    panel.keys = vec![color_bar(
        Limits::from_min_max(278.0, 1680.0),
        Scale::Linear,
    )];
    figure(width, height, 1, vec![panel])
}

/// Everything at once, with long words everywhere.
pub(super) fn crowded(width: u32, height: u32) -> Figure {
    let long = "A title of a panel that is by far too long for the room that panels have";
    let panels = (0..6).map(|k| {
        let mut panel = match k % 3 {
            0 => histogram_panel(k, 40, 100_000),
            1 => points(200, Per::All(Ink::Series(k as usize)), 0.5),
            _ => picture_panel("", noise_picture(k, 40, 30)),
        };
        panel.title = Some(format!("{k} {long}"));
        panel.x.label = Some(long.into());
        panel.y.label = Some(long.into());
        if k % 2 == 1 {
            panel.keys = vec![legend(&[
                "one",
                "another, with a name that does not end",
                "three",
            ])];
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

fn color_bar(limits: Limits, scale: Scale) -> Key {
    Key::ColorBar {
        title: Some("proline (mg/l)".into()),
        limits,
        scale,
        colors: (0..256).map(|i| ramp(f64::from(i) / 255.0)).collect(),
    }
}

/// Both axes logarithmic, a colour bar that is so too, and a legend above it.
pub(super) fn log_axes(width: u32, height: u32) -> Figure {
    let mut noise = Noise::new(3);
    let x: Vec<f64> = (0..200).map(|_| 10_f64.powf(noise.next() * 6.0)).collect();
    let y: Vec<f64> = x.iter().map(|x| x.sqrt() * (0.5 + noise.next())).collect();
    let dots = Points::new(x, y, Ink::Series(0), 3.0);
    let line = Lines::new(vec![vec![(1.0, 0.01), (1e6, 5e3)]], Ink::Series(1), 1.5);
    let (x, y) = (Axis::log(1.0, 1e6).padded(0.03), Axis::log(0.1, 2e3));
    let mut panel = Panel::new(
        x.labelled("income"),
        y.labelled("price"),
        vec![Mark::Points(dots), Mark::Lines(line)],
    );
    panel.keys = vec![
        legend(&["measured", "fitted"]),
        color_bar(Limits::from_min_max(1.0, 1e5), Scale::Log),
    ];
    figure(width, height, 1, vec![panel])
}

/// Bars centred on 0, 1, 2, …
fn bars_at_names(heights: &[f64], width: f64, ink: Ink) -> Bars {
    let span = |i: usize| (i as f64 - width / 2.0, i as f64 + width / 2.0);
    Bars {
        spans: (0..heights.len()).map(span).collect(),
        ends: heights.iter().map(|&height| (0.0, height)).collect(),
        ink,
        opacity: 1.0,
        level: false,
    }
}

fn bars_of(names: Vec<String>) -> Panel {
    let heights: Vec<f64> = (0..names.len()).map(|i| 3.0 + (i % 7) as f64).collect();
    let bars = bars_at_names(&heights, 0.8, Ink::Series(2));
    let y = Axis::new(Limits::from_min_max(0.0, 10.0)).labelled("count");
    Panel::new(Axis::categories(names), y, vec![Mark::Bars(bars)])
}

/// Upright bars under long names, and level bars beside them.
pub(super) fn categories(width: u32, height: u32) -> Figure {
    let names = [
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Ankle boot with a long shaft",
        "Bag",
    ];
    let upright = bars_of(names.map(String::from).to_vec());
    let mut level = upright.clone();
    (level.x, level.y) = (level.y, level.x);
    level.y.reversed = true;
    for mark in &mut level.marks {
        if let Mark::Bars(bars) = mark {
            bars.level = true;
        }
    }
    figure(width, height, 2, vec![upright, level])
}

pub(super) fn many_categories(width: u32, height: u32) -> Figure {
    let names = (0..120).map(|i| format!("category number {i}"));
    figure(width, height, 1, vec![bars_of(names.collect())])
}

/// One of every mark, some of them beyond the limits.
pub(super) fn all_marks(width: u32, height: u32) -> Figure {
    let mut noise = Noise::new(9);
    let x: Vec<f64> = (0..60).map(|_| noise.bell()).collect();
    let y: Vec<f64> = (0..60).map(|_| noise.bell()).collect();
    let dots = Points {
        inks: Per::Each((0..60).map(|i| Ink::Series(i % 6)).collect()),
        radii: Per::Each((0..60).map(|i| 2.0 + f64::from(i % 5)).collect()),
        markers: Per::Each((0..60).map(|i| Marker::ALL[i % 6]).collect()),
        opacity: 0.8,
        ..Points::new(x.clone(), y.clone(), Ink::Text, 3.0)
    };
    let wave =
        |k: f64| (-50..=50).map(move |i| (f64::from(i) / 10.0, (f64::from(i) / 8.0).sin() * k));
    let dashed = Lines {
        dashed: true,
        opacity: 0.7,
        ..Lines::new(vec![wave(4.0).collect()], Ink::Series(3), 2.0)
    };
    let band: Vec<(f64, f64)> = wave(1.0).chain(wave(2.0).rev()).collect();
    let band = Polygons {
        shapes: vec![band, vec![(-9.0, -9.0), (-2.0, -9.0), (-2.0, -1.0)]],
        inks: Per::All(Ink::Series(1)),
        opacity: 0.3,
    };
    let rug = Rug {
        values: x.clone(),
        ink: Ink::Series(0),
    };
    let thumbnails = Thumbnails {
        at: vec![(-2.9, -2.9), (1.0, 1.0)],
        pictures: vec![noise_picture(4, 8, 8), noise_picture(5, 4, 9)],
        side: 28.0,
    };
    let limits = Limits::from_min_max(-3.0, 3.0);
    let marks = vec![
        Mark::Polygons(band),
        Mark::Lines(dashed),
        Mark::Points(dots),
        Mark::Rug(rug),
        Mark::Thumbnails(thumbnails),
    ];
    figure(width, height, 1, vec![panel(limits, limits, marks)])
}

/// Numbers in the cells of a picture, names along both axes.
pub(super) fn table(width: u32, height: u32) -> Figure {
    let names: Vec<String> = (0..6).map(|i| format!("feature {i}")).collect();
    let image = Image {
        pixels: noise_picture(2, 6, 6),
        x: (-0.5, 5.5),
        y: (-0.5, 5.5),
    };
    let cells = (0..36).map(|i| (f64::from(i % 6), f64::from(i / 6)));
    let words = Texts {
        at: cells.collect(),
        texts: (0..36).map(|i| format!("−0.{i:02}")).collect(),
        inks: Per::All(Ink::Rgb([255; 3])),
        room: (1.0, 1.0),
        place: Place::Middle,
    };
    let mut y = Axis::categories(names.clone());
    y.reversed = true;
    let marks = vec![Mark::Image(image), Mark::Texts(words)];
    let mut panel = Panel::new(Axis::categories(names), y, marks);
    panel.equal_aspect = true;
    panel.keys = vec![color_bar(Limits::from_min_max(-1.0, 1.0), Scale::Linear)];
    figure(width, height, 1, vec![panel])
}

/// More points than a document should list.
pub(super) fn dense(width: u32, height: u32) -> Figure {
    let inks = (0..4000).map(|i| Ink::Series(i % 3)).collect();
    figure(width, height, 1, vec![points(4000, Per::Each(inks), 0.4)])
}

/// A histogram above a scatter plot and one beside it.
pub(super) fn marginals(width: u32, height: u32) -> Figure {
    let main = points(300, Per::All(Ink::Series(0)), 0.7);
    let mut above = histogram_panel(1, 20, 300);
    (above.title, above.x.limits, above.x.written) = (None, main.x.limits, false);
    let mut beside = above.clone();
    (beside.x, beside.y) = (above.y.clone(), main.y.clone());
    beside.y.written = false;
    beside.y.label = None;
    let body = Body::Panels(Panels {
        columns: 2,
        panels: vec![above, Panel::gap(), main, beside],
        widths: vec![4.0, 1.0],
        heights: vec![1.0, 4.0],
        joined: true,
    });
    Figure::new((width, height), body, "A figure")
}

/// Features against features, with one legend for all.
pub(super) fn pairs(width: u32, height: u32) -> Figure {
    let panels = (0..9).map(|i| {
        let mut panel = match i % 4 {
            0 => histogram_panel(1, 12, 300),
            _ => points(60, Per::All(Ink::Series(0)), 0.7),
        };
        (panel.title, panel.x.written, panel.y.written) = (None, i >= 6, i % 3 == 0);
        panel.x.label = (i >= 6).then(|| format!("feature {i}"));
        panel.y.label = (i % 3 == 0).then(|| format!("feature {i}"));
        panel
    });
    let body = Body::Panels(Panels {
        columns: 3,
        panels: panels.collect(),
        joined: true,
        ..Panels::default()
    });
    let mut figure = Figure::new((width, height), body, "A figure");
    *figure.keys = vec![legend(&["setosa", "versicolor", "virginica"])];
    figure
}

/// Whole figures in a grid, one of them a grid itself.
pub(super) fn composed(width: u32, height: u32) -> Figure {
    let mut parts = vec![
        scatter_by_class(400, 300),
        images(300, 200),
        categories(500, 260),
    ];
    let body = Body::Figures {
        columns: 1,
        figures: vec![histograms(400, 120), empty(300, 150)],
    };
    parts.push(Figure::new((400, 280), body, "Two figures"));
    parts[0].notes.push("a caption of its own".into());
    let body = Body::Figures {
        columns: 2,
        figures: parts,
    };
    Figure {
        title: Some("Four figures".into()),
        ..Figure::new((width, height), body, "Five figures")
    }
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
    let mut first = points(20, Per::Each(vec![Ink::Series(1); 20]), 1.0);
    (first.title, first.x.label, first.y.label) = (word(), word(), word());
    first.keys = vec![Key::Legend {
        title: word(),
        entries: vec![LegendEntry {
            label: text.into(),
            ink: Ink::Series(1),
            swatch: Swatch::Area,
        }],
    }];
    let mut second = picture_panel(text, noise_picture(1, 3, 4));
    second.keys = vec![Key::ColorBar {
        title: word(),
        limits: Limits::from_min_max(0.0, 1.0),
        scale: Scale::Linear,
        colors: vec![[0, 0, 0], [255, 255, 255]],
    }];
    let third = Panel::message(text).titled("Feature 1");
    let names = vec![text.to_owned(), "other".into(), text.to_owned()];
    let bars = bars_at_names(&[1.0, 2.0, 3.0], 0.8, Ink::Series(0));
    let y = Axis::new(Limits::from_min_max(0.0, 4.0));
    let fourth = Panel::new(Axis::categories(names), y, vec![Mark::Bars(bars)]);
    let mut figure = figure(width, height, 3, vec![first, second, third, fourth]);
    figure.title = word();
    figure.notes = vec![text.into(), text.into()];
    figure.description = text.into();
    figure
}

/// Makes a figure of the given size.
pub(super) type Make = fn(u32, u32) -> Figure;

/// All of them, each for a size.
pub(super) const ALL: [(&str, Make); 17] = [
    ("images", images),
    ("histograms", histograms),
    ("scatter", scatter),
    ("scatter_by_class", scatter_by_class),
    ("scatter_by_value", scatter_by_value),
    ("crowded", crowded),
    ("empty", empty),
    ("log_axes", log_axes),
    ("categories", categories),
    ("many_categories", many_categories),
    ("all_marks", all_marks),
    ("table", table),
    ("dense", dense),
    ("marginals", marginals),
    ("pairs", pairs),
    ("composed", composed),
    ("nothing", |width, height| figure(width, height, 0, vec![])),
];
