//! Numbers to colours: the named colormaps.
//!
//! - `named`: the colormaps there are, and their colours
//! - this file: a colormap as a value, by name, forwards or reversed

mod named;

use std::fmt;
use std::str::FromStr;

use super::figure::Limits;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapNumbers};
use named::NAMED;

/// Colours from the least to the greatest value, by the names of matplotlib.
///
/// Plots take one by name, `cmap("magma")`, or as a value. `_r` at the end of a
/// name reverses it. The default is viridis, as matplotlib's.
///
/// | | |
/// |---|---|
/// | even to the eye | `viridis`, `plasma`, `inferno`, `magma`, `cividis` |
/// | shades | `gray`, `binary`, `Greys`, `Purples`, `Blues`, `Greens`, `Oranges`, `Reds` |
/// | of several hues | `YlOrBr`, `YlOrRd`, `OrRd`, `PuRd`, `RdPu`, `BuPu`, `GnBu`, `PuBu`, `YlGnBu`, `PuBuGn`, `BuGn`, `YlGn`, `hot` |
/// | to both sides of a middle | `PiYG`, `PRGn`, `BrBG`, `PuOr`, `RdGy`, `RdBu`, `RdYlBu`, `RdYlGn`, `Spectral`, `coolwarm`, `bwr`, `seismic` |
/// | others | `twilight` (ends as it begins), `cubehelix`, `jet`, `turbo` |
///
/// Upper and lower case are one, and `grey` is `gray`. The colours are
/// matplotlib's to a few steps of 255.
///
/// # Example
///
/// ```
/// use ndsight::Colormap;
///
/// let magma: Colormap = "magma".parse()?;
/// assert_eq!(magma.rgb(0.0), [0, 0, 4]);
/// assert_eq!(magma.reversed().to_string(), "magma_r");
/// assert_eq!(magma.reversed().rgb(1.0), magma.rgb(0.0));
/// assert_eq!(Colormap::default().to_string(), "viridis");
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Colormap {
    /// In the list of all.
    index: usize,
    reversed: bool,
}

impl Colormap {
    /// Black to white, for pictures: `gray`.
    pub(crate) const GRAY: Colormap = Colormap {
        index: 5,
        reversed: false,
    };

    /// The names there are, without those of reversed ones.
    ///
    /// ```
    /// assert!(ndsight::Colormap::names().any(|name| name == "coolwarm"));
    /// ```
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, _)| *name)
    }

    /// From the greatest to the least: the `_r` of matplotlib.
    #[must_use]
    pub fn reversed(self) -> Colormap {
        Colormap {
            reversed: !self.reversed,
            ..self
        }
    }

    /// Red, green and blue at a place from 0 (the least value) to 1 (the
    /// greatest). Places outside have the colour of the nearer end; NaN that of 0.
    pub fn rgb(self, place: f64) -> [u8; 3] {
        let place = if place.is_nan() {
            0.0
        } else {
            place.clamp(0.0, 1.0)
        };
        let (_, colors) = &NAMED[self.index];
        colors.at(if self.reversed { 1.0 - place } else { place })
    }

    /// Its name, as the chosen one or the default.
    pub(crate) fn chosen(name: Option<&str>, default: Colormap) -> Result<Colormap> {
        name.map_or(Ok(default), str::parse)
    }

    /// The colour of `value` within `limits`.
    pub(crate) fn color(self, value: f64, limits: Limits) -> [u8; 3] {
        self.rgb(limits.fraction(value))
    }

    /// `steps` colours from least to greatest, for a colour bar.
    pub(crate) fn strip(self, steps: usize) -> Vec<[u8; 3]> {
        let last = steps.saturating_sub(1).max(1) as f64;
        (0..steps).map_each(|i| self.rgb(i as f64 / last))
    }
}

impl FromStr for Colormap {
    type Err = Error;

    /// By its name of matplotlib, or with `_r` after it.
    ///
    /// # Errors
    ///
    /// There is none of that name ([`Error::is_name`]); the message lists those
    /// there are.
    fn from_str(name: &str) -> Result<Colormap> {
        let (plain, reversed) = match strip_reversed(name) {
            Some(plain) => (plain, true),
            None => (name, false),
        };
        let wanted = match plain.to_ascii_lowercase().as_str() {
            "grey" => "gray".to_owned(),
            other => other.to_owned(),
        };
        let found = Colormap::names().position(|known| known.eq_ignore_ascii_case(&wanted));
        let Some(index) = found else {
            let known: Vec<String> = Colormap::names()
                .map(|name| format!("'{name}'"))
                .into_list();
            return Err(Error::name(format!(
                "there is no colormap named '{name}'; the colormaps are {}, and each of them with '_r' after its name, reversed",
                known.join(", ")
            )));
        };
        Ok(Colormap { index, reversed })
    }
}

/// What stands before `_r`, if that ends the name.
fn strip_reversed(name: &str) -> Option<&str> {
    name.strip_suffix("_r").or(name.strip_suffix("_R"))
}

impl fmt::Display for Colormap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.reversed { "_r" } else { "" };
        write!(f, "{}{end}", NAMED[self.index].0)
    }
}

impl fmt::Debug for Colormap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Colormap({self})")
    }
}

/// Its name: plots take either.
impl From<Colormap> for String {
    fn from(colormap: Colormap) -> String {
        colormap.to_string()
    }
}

/// The part of viridis that neither a light nor a dark page swallows: dots have no
/// neighbours from which their colours could stand out.
const SEEN: (f64, f64) = (1.0 / 3.0, 0.95);

/// Colours of dots that are told apart: more make the file larger, and no more is seen.
const SHADES: u32 = 48;

/// The colour of a dot at a place from 0 to 1.
pub(super) fn of_dot(place: f64) -> [u8; 3] {
    let place = (place * f64::from(SHADES)).round() / f64::from(SHADES);
    Colormap::default().rgb(SEEN.0 + (SEEN.1 - SEEN.0) * place)
}

/// All of them, for a colour bar.
pub(super) fn of_dots() -> Vec<[u8; 3]> {
    let places = (0..=SHADES).map(|i| f64::from(i) / f64::from(SHADES));
    places.map(of_dot).into_list()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Colormap {
        name.parse().unwrap()
    }

    #[test]
    fn ends_are_matplotlibs() {
        let limits = Limits::from_min_max(-1.0, 1.0);
        let viridis = Colormap::default();
        let color = |value| viridis.color(value, limits);
        assert_eq!(color(-1.0), [68, 1, 84]);
        assert_eq!(color(1.0), [253, 231, 37]);
        assert_eq!(viridis.strip(3), [[68, 1, 84], color(0.0), [253, 231, 37]]);
    }

    /// Colours at 0, 0.25, 0.5, 0.75 and 1 of matplotlib 3.11.2.
    const MATPLOTLIBS: [&str; 42] = [
        "viridis 440154 3b528b 21918c 5ec962 fde725",
        "plasma 0d0887 7e03a8 cc4778 f89540 f0f921",
        "inferno 000004 57106e bc3754 f98e09 fcffa4",
        "magma 000004 51127c b73779 fc8961 fcfdbf",
        "cividis 00224e 434e6c 7d7c78 bcae6c fee838",
        "gray 000000 404040 808080 c0c0c0 ffffff",
        "binary ffffff bfbfbf 7f7f7f 3f3f3f 000000",
        "Greys ffffff d9d9d9 959595 515151 000000",
        "Purples fcfbfd dadaeb 9e9ac8 6950a3 3f007d",
        "Blues f7fbff c6dbef 6aaed6 2070b4 08306b",
        "Greens f7fcf5 c7e9c0 73c476 228a44 00441b",
        "Oranges fff5eb fdd0a2 fd8c3b d84801 7f2704",
        "Reds fff5f0 fcbba1 fb694a ca181d 67000d",
        "YlOrBr ffffe5 fee390 fe9829 cb4b02 662506",
        "YlOrRd ffffcc fed976 fd8c3c e2191c 800026",
        "OrRd fff7ec fdd49e fc8c59 d62f1e 7f0000",
        "PuRd f7f4f9 d4b9da df64af cd1256 67001f",
        "RdPu fff7f3 fcc5c0 f767a1 ad017e 49006a",
        "BuPu f7fcfd bfd3e6 8c95c6 88409c 4d004b",
        "GnBu f7fcf0 ccebc5 7accc4 2a8bbe 084081",
        "PuBu fff7fb d0d1e6 73a9cf 056faf 023858",
        "YlGnBu ffffd9 c6e9b4 40b5c4 225da8 081d58",
        "PuBuGn fff7fb d0d1e6 66a9cf 028189 014636",
        "BuGn f7fcfd ccece6 65c2a3 228a44 00441b",
        "YlGn ffffe5 d9f0a3 77c679 228343 004529",
        "hot 0b0000 b30000 ff5c00 ffff07 ffffff",
        "PiYG 8e0152 e897c4 f7f7f6 9acd61 276419",
        "PRGn 40004b ae8bbd f6f7f6 7ec37f 00441b",
        "BrBG 543005 cfa256 f4f5f5 58b0a7 003c30",
        "PuOr 7f3b08 ef9e3c f6f6f7 988dbe 2d004b",
        "RdGy 67001f e58368 fefefe 9f9f9f 1a1a1a",
        "RdBu 67001f e58368 f6f7f7 68abd0 053061",
        "RdYlBu a50026 f98e52 feffc0 8ec2dc 313695",
        "RdYlGn a50026 f98e52 feffbe 84ca66 006837",
        "Spectral 9e0142 f98e52 ffffbe 86cfa5 5e4fa2",
        "coolwarm 3b4cc0 8db0fe dddcdc f4987a b40426",
        "bwr 0000ff 8080ff fffefe ff7e7e ff0000",
        "seismic 00004c 0101ff fffdfd fe0000 800000",
        "twilight e2d9e2 6276ba 2f1436 b25652 e2d9e2",
        "cubehelix 000000 16534c a1794a c6b4ee ffffff",
        "jet 000080 0080ff 7dff7a ff9400 800000",
        "turbo 30123b 28bceb a4fc3c fb7e21 7a0403",
    ];

    #[test]
    fn colours_are_matplotlibs() {
        for line in MATPLOTLIBS {
            let (name, colors) = line.split_once(' ').unwrap();
            // cividis is a polynomial, and misses one end.
            let most = if name == "cividis" { 13 } else { 5 };
            for (i, color) in colors.split(' ').enumerate() {
                let expected = u32::from_str_radix(color, 16).unwrap().to_be_bytes();
                let found = named(name).rgb(i as f64 / 4.0);
                let far = (0..3).map(|c| found[c].abs_diff(expected[c + 1])).max();
                assert!(far <= Some(most), "{name} at {i}/4: {found:?}, not {color}");
            }
        }
        assert_eq!(MATPLOTLIBS.len(), Colormap::names().count());
    }

    #[test]
    fn names_go_both_ways() {
        for name in Colormap::names() {
            let reversed = format!("{name}_r");
            assert_eq!(named(name).to_string(), name);
            assert_eq!(named(&reversed).to_string(), reversed);
            assert_eq!(named(&reversed), named(name).reversed());
            assert_eq!(named(&reversed).rgb(0.25), named(name).rgb(0.75));
        }
        assert_eq!(named("RDBU_R").to_string(), "RdBu_r");
        assert_eq!(named("Grey"), Colormap::GRAY);
        assert_eq!(Colormap::GRAY.to_string(), "gray");
        assert_eq!(named("gray").rgb(0.5), [128; 3]);
    }

    #[test]
    fn an_unknown_name_lists_those_there_are() {
        for name in ["", "_r", "viridis_r_r", "tab10", "<b>"] {
            let err = name.parse::<Colormap>().unwrap_err();
            assert!(err.is_name());
            let text = err.to_string();
            let start =
                format!("there is no colormap named '{name}'; the colormaps are 'viridis', ");
            assert!(text.starts_with(&start), "{text}");
            assert!(text.ends_with("'turbo', and each of them with '_r' after its name, reversed"));
        }
    }

    #[test]
    fn any_place_has_a_colour() {
        for name in Colormap::names() {
            for place in [
                f64::NAN,
                f64::NEG_INFINITY,
                -1.0,
                f64::MAX,
                0.999_999_999,
                5e-324,
            ] {
                let _ = named(name).rgb(place);
            }
            assert_eq!(named(name).rgb(f64::INFINITY), named(name).rgb(1.0));
            assert_eq!(named(name).rgb(f64::NAN), named(name).rgb(0.0));
        }
    }
}
