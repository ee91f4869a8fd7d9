//! Which number has which colour, and which ink can be read on it.

use super::super::colormap::Colormap;
use super::super::figure::{Ink, Key, Limits, Scale, finite_ends};
use crate::error::{Error, Result};
use crate::list::MapNumbers;

/// The colours that a plot was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coloring {
    pub(crate) cmap: Option<String>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) center: Option<f64>,
    pub(crate) log: bool,
}

/// Colours of a colormap within limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Colors {
    map: Colormap,
    limits: Limits,
    scale: Scale,
    /// The value in the middle of the colormap, of which each side then has as many
    /// steps of colour.
    center: Option<f64>,
}

/// The colormap around a middle, as none was asked for: blue, white, red.
const DIVERGING: &str = "RdBu_r";

impl Coloring {
    /// For these values, with `default` as the colormap where none was chosen.
    pub(crate) fn of(
        &self,
        values: impl IntoIterator<Item = f64>,
        default: Colormap,
    ) -> Result<Colors> {
        self.check()?;
        let default = match self.center {
            Some(_) => DIVERGING.parse()?,
            None => default,
        };
        let drawn = values.into_iter().filter(|&v| !self.log || v > 0.0);
        let (least, greatest) = finite_ends(drawn).unwrap_or(match self.log {
            true => (1.0, 10.0),
            false => (0.0, 1.0),
        });
        let low = self.low.unwrap_or(least);
        let high = self.high.unwrap_or(greatest.max(low));
        let limits = match self.log {
            true => super::super::figure::Axis::log(low, high).limits,
            false => Limits::from_min_max(low.min(high), high),
        };
        Ok(Colors {
            map: Colormap::chosen(self.cmap.as_deref(), default)?,
            limits,
            scale: if self.log { Scale::Log } else { Scale::Linear },
            center: self.center,
        })
    }

    fn check(&self) -> Result<()> {
        let given = [self.low, self.high, self.center];
        if let Some(found) = given.into_iter().flatten().find(|v| !v.is_finite()) {
            return Err(Error::value(format!(
                "expected finite numbers as ends and centre of the colours, but found {found}"
            )));
        }
        match (self.low, self.high) {
            (Some(low), Some(high)) if low >= high => Err(Error::value(format!(
                "expected a range of colours whose lower end comes first, but found {low} and {high}"
            ))),
            (Some(end), _) | (_, Some(end)) if self.log && end <= 0.0 => Err(Error::value(
                format!("expected positive ends of logarithmic colours, but found {end}"),
            )),
            _ if self.log && self.center.is_some() => Err(Error::value(
                "expected either a centre of the colours or a logarithmic scale, but found both",
            )),
            _ => Ok(()),
        }
    }
}

/// The luminance of a colour after WCAG, from 0 to 1.
fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|byte| {
        let c = f64::from(byte) / 255.0;
        match c <= 0.04045 {
            true => c / 12.92,
            false => ((c + 0.055) / 1.055).powf(2.4),
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Black or white, whichever stands out from a colour.
pub(crate) fn standing_out(color: [u8; 3]) -> [u8; 3] {
    // (1.05 / (l + 0.05) = (l + 0.05) / 0.05 at this luminance.)
    match luminance(color) > 0.179 {
        true => [0; 3],
        false => [255; 3],
    }
}

impl Colors {
    /// Linear colours between two limits.
    pub(crate) fn within(map: Colormap, low: f64, high: f64) -> Colors {
        Colors {
            map,
            limits: Limits::from_min_max(low, high),
            scale: Scale::Linear,
            center: None,
        }
    }

    /// The colour of a number; none for what is not finite or has no logarithm.
    pub(crate) fn of(&self, value: f64) -> Option<[u8; 3]> {
        let there = value.is_finite() && (self.scale == Scale::Linear || value > 0.0);
        there.then(|| self.map.rgb(self.place(value)))
    }

    /// Where in the colormap a number lies, from 0 to 1.
    fn place(&self, value: f64) -> f64 {
        let Some(center) = self.center else {
            return self.scale.fraction(self.limits, value);
        };
        let reach = (self.limits.max() - center).max(center - self.limits.min());
        0.5 + (value / 2.0 - center / 2.0) / reach
    }

    /// Black or white, whichever stands out from the colour of a number: by a
    /// contrast of at least 4.58, as the worst grey has that to both.
    pub(crate) fn ink_on(&self, value: f64) -> Ink {
        self.of(value)
            .map_or(Ink::Muted, |color| Ink::Rgb(standing_out(color)))
    }

    /// The colour bar that explains the colours.
    pub(crate) fn key(&self, title: Option<String>) -> Key {
        const STEPS: usize = 64;
        let step = |i: usize| {
            let share = i as f64 / (STEPS - 1) as f64;
            match self.center {
                None => self.map.rgb(share),
                Some(_) => self
                    .map
                    .rgb(self.place(self.limits.min() * (1.0 - share) + self.limits.max() * share)),
            }
        };
        Key::ColorBar {
            title,
            limits: self.limits,
            scale: self.scale,
            colors: (0..STEPS).map_each(step),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colors(coloring: Coloring, values: &[f64]) -> Colors {
        coloring
            .of(values.iter().copied(), Colormap::default())
            .unwrap()
    }

    #[test]
    fn numbers_on_colours_can_be_read() {
        for name in Colormap::names() {
            let colors = Colors::within(name.parse().unwrap(), 0.0, 255.0);
            for value in 0..=255 {
                let light = luminance(colors.of(f64::from(value)).unwrap()) + 0.05;
                let contrast = match colors.ink_on(f64::from(value)) {
                    Ink::Rgb([0, ..]) => light / 0.05,
                    _ => 1.05 / light,
                };
                assert!(contrast >= 4.5, "{name} at {value}: {contrast}");
            }
        }
    }

    #[test]
    fn a_centre_has_the_middle_colour() {
        let coloring = Coloring {
            center: Some(0.0),
            ..Coloring::default()
        };
        let colors = colors(coloring, &[-1.0, 3.0]);
        let map: Colormap = DIVERGING.parse().unwrap();
        assert_eq!(colors.of(0.0), Some(map.rgb(0.5)));
        assert_eq!(colors.of(3.0), Some(map.rgb(1.0)));
        // As seaborn: both sides in equal steps, so the lower end is pale.
        assert_eq!(colors.of(-1.0), Some(map.rgb(0.5 - 0.5 / 3.0)));
        let Key::ColorBar { colors: strip, .. } = colors.key(None) else {
            panic!("not a colour bar")
        };
        assert_eq!(Some(strip[0]), colors.of(-1.0));
    }

    #[test]
    fn what_has_no_colour_is_blank() {
        let log = Coloring {
            log: true,
            ..Coloring::default()
        };
        let logarithmic = colors(log, &[0.0, 1.0, 100.0]);
        assert_eq!(logarithmic.of(0.0), None);
        assert_eq!(logarithmic.of(10.0), Some(Colormap::default().rgb(0.5)));
        assert_eq!(logarithmic.ink_on(f64::NAN), Ink::Muted);
        let none = colors(Coloring::default(), &[f64::NAN]);
        assert_eq!(none.of(f64::INFINITY), None);
        let wide = colors(
            Coloring {
                center: Some(0.0),
                ..Coloring::default()
            },
            &[f64::MIN, f64::MAX],
        );
        assert!(wide.of(f64::MAX).is_some());
    }
}
