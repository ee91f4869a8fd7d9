//! The colormaps there are: those of matplotlib that `colorous` has, and a few
//! that are straight lines between stated colours.

use colorous::Gradient;

/// How a colormap's colours are had.
pub(super) enum Colors {
    /// A gradient of `colorous`.
    Gradient(Gradient),
    /// Straight lines between so many colours of ColorBrewer, as matplotlib has
    /// them; the gradients of `colorous` are curves that miss the colours.
    Brewer {
        gradient: Gradient,
        colors: usize,
        reversed: bool,
    },
    /// Straight lines between colours at equal distances.
    Even(&'static [[u8; 3]]),
    /// Straight lines between colours, red, green and blue from 0 to 1, at places
    /// from 0 to 1.
    Stops(&'static [(f64, [f64; 3])]),
}

use Colors::{Brewer, Even, Stops};

const fn gradient(gradient: Gradient) -> Colors {
    Colors::Gradient(gradient)
}

const fn brewer(gradient: Gradient, colors: usize) -> Colors {
    Brewer {
        gradient,
        colors,
        reversed: false,
    }
}

/// In the order in which matplotlib's documentation lists them.
pub(super) const NAMED: [(&str, Colors); 42] = [
    ("viridis", gradient(colorous::VIRIDIS)),
    ("plasma", gradient(colorous::PLASMA)),
    ("inferno", gradient(colorous::INFERNO)),
    ("magma", gradient(colorous::MAGMA)),
    ("cividis", gradient(colorous::CIVIDIS)),
    ("gray", Even(&[[0; 3], [255; 3]])),
    ("binary", Even(&[[255; 3], [0; 3]])),
    ("Greys", brewer(colorous::GREYS, 9)),
    ("Purples", brewer(colorous::PURPLES, 9)),
    ("Blues", brewer(colorous::BLUES, 9)),
    ("Greens", brewer(colorous::GREENS, 9)),
    ("Oranges", brewer(colorous::ORANGES, 9)),
    ("Reds", brewer(colorous::REDS, 9)),
    ("YlOrBr", brewer(colorous::YELLOW_ORANGE_BROWN, 9)),
    ("YlOrRd", brewer(colorous::YELLOW_ORANGE_RED, 9)),
    ("OrRd", brewer(colorous::ORANGE_RED, 9)),
    ("PuRd", brewer(colorous::PURPLE_RED, 9)),
    ("RdPu", brewer(colorous::RED_PURPLE, 9)),
    ("BuPu", brewer(colorous::BLUE_PURPLE, 9)),
    ("GnBu", brewer(colorous::GREEN_BLUE, 9)),
    ("PuBu", brewer(colorous::PURPLE_BLUE, 9)),
    ("YlGnBu", brewer(colorous::YELLOW_GREEN_BLUE, 9)),
    ("PuBuGn", brewer(colorous::PURPLE_BLUE_GREEN, 9)),
    ("BuGn", brewer(colorous::BLUE_GREEN, 9)),
    ("YlGn", brewer(colorous::YELLOW_GREEN, 9)),
    ("hot", Stops(&HOT)),
    ("PiYG", brewer(colorous::PINK_GREEN, 11)),
    ("PRGn", brewer(colorous::PURPLE_GREEN, 11)),
    ("BrBG", brewer(colorous::BROWN_GREEN, 11)),
    (
        "PuOr",
        Brewer {
            gradient: colorous::PURPLE_ORANGE,
            colors: 11,
            reversed: true,
        },
    ),
    ("RdGy", brewer(colorous::RED_GREY, 11)),
    ("RdBu", brewer(colorous::RED_BLUE, 11)),
    ("RdYlBu", brewer(colorous::RED_YELLOW_BLUE, 11)),
    ("RdYlGn", brewer(colorous::RED_YELLOW_GREEN, 11)),
    ("Spectral", brewer(colorous::SPECTRAL, 11)),
    ("coolwarm", Even(&COOLWARM)),
    ("bwr", Even(&[[0, 0, 255], [255, 255, 255], [255, 0, 0]])),
    ("seismic", Stops(&SEISMIC)),
    ("twilight", Even(&TWILIGHT)),
    ("cubehelix", gradient(colorous::CUBEHELIX)),
    ("jet", Stops(&JET)),
    ("turbo", Even(&TURBO)),
];

const HOT: [(f64, [f64; 3]); 4] = [
    (0.0, [0.0416, 0.0, 0.0]),
    (0.365, [1.0, 0.0, 0.0]),
    (0.746, [1.0, 1.0, 0.0]),
    (1.0, [1.0, 1.0, 1.0]),
];

const SEISMIC: [(f64, [f64; 3]); 5] = [
    (0.0, [0.0, 0.0, 0.3]),
    (0.25, [0.0, 0.0, 1.0]),
    (0.5, [1.0, 1.0, 1.0]),
    (0.75, [1.0, 0.0, 0.0]),
    (1.0, [0.5, 0.0, 0.0]),
];

/// Where a channel of `jet` bends.
const JET: [(f64, [f64; 3]); 12] = [
    (0.0, [0.0, 0.0, 0.5]),
    (0.11, [0.0, 0.0, 1.0]),
    (0.125, [0.0, 0.0, 1.0]),
    (0.34, [0.0, 0.86, 1.0]),
    (0.35, [0.0, 0.9, 0.9677]),
    (0.375, [0.0806, 1.0, 0.8871]),
    (0.64, [0.9355, 1.0, 0.0323]),
    (0.65, [0.9677, 0.963, 0.0]),
    (0.66, [1.0, 0.9259, 0.0]),
    (0.89, [1.0, 0.0741, 0.0]),
    (0.91, [0.9091, 0.0, 0.0]),
    (1.0, [0.5, 0.0, 0.0]),
];

/// Kenneth Moreland's diverging map, "Diverging color maps for scientific
/// visualization", 2009.
const COOLWARM: [[u8; 3]; 33] = [
    [59, 76, 192],
    [68, 90, 204],
    [77, 104, 215],
    [87, 117, 225],
    [98, 130, 234],
    [108, 142, 241],
    [119, 154, 247],
    [130, 165, 251],
    [141, 176, 254],
    [152, 185, 255],
    [163, 194, 255],
    [174, 201, 253],
    [184, 208, 249],
    [194, 213, 244],
    [204, 217, 238],
    [213, 219, 230],
    [221, 221, 221],
    [229, 216, 209],
    [236, 211, 197],
    [241, 204, 185],
    [245, 196, 173],
    [247, 187, 160],
    [247, 177, 148],
    [247, 166, 135],
    [244, 154, 123],
    [241, 141, 111],
    [236, 127, 99],
    [229, 112, 88],
    [222, 96, 77],
    [213, 80, 66],
    [203, 62, 56],
    [192, 40, 47],
    [180, 4, 38],
];

/// Anton Mikhailov's rainbow map, 2019: `jet` without its bands.
const TURBO: [[u8; 3]; 17] = [
    [48, 18, 59],
    [64, 64, 161],
    [70, 107, 227],
    [66, 147, 255],
    [41, 187, 236],
    [24, 220, 195],
    [49, 242, 153],
    [107, 253, 100],
    [163, 253, 60],
    [204, 237, 52],
    [237, 208, 58],
    [253, 174, 53],
    [251, 128, 34],
    [236, 82, 15],
    [210, 49, 5],
    [172, 23, 1],
    [122, 4, 3],
];

/// Bastian Bechtold's cyclic map, which ends about as it begins.
const TWILIGHT: [[u8; 3]; 17] = [
    [226, 217, 226],
    [195, 206, 212],
    [148, 180, 199],
    [114, 151, 193],
    [98, 117, 186],
    [94, 81, 173],
    [89, 42, 143],
    [69, 19, 92],
    [47, 20, 55],
    [75, 19, 66],
    [116, 30, 79],
    [152, 53, 80],
    [178, 86, 82],
    [194, 124, 98],
    [204, 163, 136],
    [216, 198, 189],
    [226, 217, 226],
];

impl Colors {
    /// The colour at a place from 0 to 1.
    pub(super) fn at(&self, place: f64) -> [u8; 3] {
        match self {
            Colors::Gradient(gradient) => {
                let color = gradient.eval_continuous(place);
                [color.r, color.g, color.b]
            }
            Even(colors) => even(colors.len(), |i| colors[i], place),
            Brewer {
                gradient,
                colors,
                reversed,
            } => {
                let color = |i| {
                    let color = gradient.eval_rational(i, *colors);
                    [color.r, color.g, color.b]
                };
                even(*colors, color, if *reversed { 1.0 - place } else { place })
            }
            Stops(stops) => {
                let after = stops.partition_point(|(at, _)| *at < place);
                let after = after.clamp(1, stops.len() - 1);
                let ((a, from), (b, to)) = (stops[after - 1], stops[after]);
                between(from, to, (place - a) / (b - a), 255.0)
            }
        }
    }
}

/// Straight lines between `count` colours, two or more.
fn even(count: usize, color: impl Fn(usize) -> [u8; 3], place: f64) -> [u8; 3] {
    let place = place * (count - 1) as f64;
    let before = (place as usize).min(count - 2);
    let color = |i: usize| color(i).map(f64::from);
    between(color(before), color(before + 1), place - before as f64, 1.0)
}

/// The colour so far on the way between two, whose numbers are scaled.
fn between(from: [f64; 3], to: [f64; 3], share: f64, scale: f64) -> [u8; 3] {
    let channel = |i: usize| ((from[i] + (to[i] - from[i]) * share) * scale).round() as u8;
    [channel(0), channel(1), channel(2)]
}
