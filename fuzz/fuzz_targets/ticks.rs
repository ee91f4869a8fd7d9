//! Axes over any numbers, of any ends: a picture that can be read, or an error in words.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use ndsight::{Dataset, Result};
use ndsight_fuzz::{Number, check_svg, check_text, checked};

#[derive(Arbitrary, Debug)]
struct Input {
    points: Vec<(Number, Number)>,
    kind: Kind,
    x_ends: Option<(Number, Number)>,
    y_ends: Option<(Number, Number)>,
    log_x: bool,
    log_y: bool,
    size: Option<(u16, u16)>,
    flag: bool,
    count: i8,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Kind {
    Scatter,
    Hist,
    Lines,
    Boxes,
    Violins,
    Strips,
    Ecdf,
    Rectangles,
    Hexagons,
    HeatMap,
}

/// Pictures of at most so many logical pixels each way, so that each is drawn in time.
const SIDE: u16 = 900;

/// A PNG is drawn of those that are smaller still.
const PNG_PIXELS: u32 = 1 << 16;

macro_rules! drawn {
    ($plot:expr, $input:expr) => {{
        let mut plot = $plot;
        let mut pixels = u32::MAX;
        if let Some((width, height)) = $input.size {
            let (width, height) = (u32::from(width % SIDE), u32::from(height % SIDE));
            pixels = width * height;
            plot = plot.figsize(width, height);
        }
        check(
            pixels,
            || plot.to_svg(),
            || plot.to_png(),
            || plot.to_text(),
        );
    }};
}

fn check(
    pixels: u32,
    svg: impl Fn() -> Result<String>,
    png: impl Fn() -> Result<Vec<u8>>,
    text: impl Fn() -> Result<String>,
) {
    let svg = checked(svg());
    if let Some(svg) = &svg {
        check_svg(svg);
    }
    // A picture that is too small for a terminal is not too small for the others.
    if let Some(text) = checked(text()) {
        check_text(&text);
    }
    if pixels <= PNG_PIXELS {
        let drawn = checked(png());
        assert_eq!(drawn.is_some(), svg.is_some());
    }
}

fuzz_target!(|input: Input| {
    let points = input.points.iter().take(200);
    let (x, y): (Vec<f64>, Vec<f64>) = points.map(|(x, y)| (x.value(), y.value())).unzip();
    let ds = Dataset::from_tensor_slices((x, y)).expect("two components of one length");
    let ends = |ends: &Option<(Number, Number)>| {
        ends.as_ref().map(|(low, high)| (low.value(), high.value()))
    };
    let (x_ends, y_ends) = (ends(&input.x_ends), ends(&input.y_ends));
    match input.kind {
        Kind::Scatter => {
            let mut plot = ds.scatter(0, 1).log_x(input.log_x).log_y(input.log_y);
            plot = plot.trend(input.flag).equal(input.count < 0);
            if let Some((low, high)) = x_ends {
                plot = plot.x_range(low, high);
            }
            if let Some((low, high)) = y_ends {
                plot = plot.y_range(low, high);
            }
            drawn!(plot, input)
        }
        Kind::Hist => {
            let mut plot = ds.hist().log_x(input.log_x).log(input.log_y);
            plot = plot.bins(i64::from(input.count)).kde(input.flag);
            if let Some((low, high)) = x_ends {
                plot = plot.range(low, high);
            }
            drawn!(plot, input)
        }
        Kind::Lines => {
            let plot = ds.lineplot().log_y(input.log_y).area(input.flag);
            drawn!(
                if input.count < 0 {
                    plot.x(0).y(1)
                } else {
                    plot
                },
                input
            )
        }
        Kind::Boxes => drawn!(ds.boxplot().log(input.log_y).notch(input.flag), input),
        Kind::Violins => drawn!(ds.violinplot().log(input.log_y).separate(input.flag), input),
        Kind::Strips => drawn!(ds.stripplot().log(input.log_y).separate(input.flag), input),
        Kind::Ecdf => drawn!(
            ds.ecdfplot().log_x(input.log_x).complementary(input.flag),
            input
        ),
        Kind::Rectangles => {
            let plot = ds
                .hist2d(0, 1)
                .bins(i64::from(input.count % 40))
                .log(input.flag);
            let ends = x_ends.zip(y_ends);
            drawn!(ends.map_or(plot.clone(), |(x, y)| plot.range(x, y)), input)
        }
        Kind::Hexagons => {
            let plot = ds
                .hexbin(0, 1)
                .gridsize(usize::from(input.count.unsigned_abs()) % 40);
            let ends = x_ends.zip(y_ends);
            drawn!(ends.map_or(plot.clone(), |(x, y)| plot.range(x, y)), input)
        }
        Kind::HeatMap => {
            let plot = ds.heatmap().log(input.log_x).annot(input.flag);
            drawn!(
                x_ends.map_or(plot.clone(), |(low, high)| plot.range(low, high)),
                input
            )
        }
    }
});
