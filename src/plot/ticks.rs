//! Where an axis is ticked and what is written there.
//!
//! The places are chosen after Talbot, Lin and Hanrahan, "An Extension of
//! Wilkinson's Algorithm for Positioning Tick Labels on Axes" (2010): of all
//! candidates the one that best weighs simple numbers, an even fit to the
//! limits and the wanted density. Ticks are the multiples of a step within the limits
//! here, so the step alone determines them, and all candidates can be tried: the work
//! is the same for any limits.

use super::figure::Limits;
use super::number::{grouped, power_of_ten, signed};
use crate::list::{IntoList, MapEach, MapInto};

/// A place on an axis and what is written there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) label: String,
}

/// Steps in tenths, nicest first: those of matplotlib. The paper's 4 and 3, and every
/// second or third multiple of a step, make neighbouring panels count differently.
const NICE: [i64; 4] = [10, 50, 20, 25];

/// The weights of simplicity, coverage and density, as in the paper.
const WEIGHTS: [f64; 3] = [0.25, 0.2, 0.5];

/// More ticks than this are no help to anyone.
const MOST_TICKS: usize = 50;

/// About `target` ticks within `limits`, rising, with distinct labels in one
/// common notation, each of which can be read on its own.
///
/// With `integer` all ticks are whole numbers; limits without one have no
/// ticks.
pub(crate) fn ticks(limits: Limits, target: usize, integer: bool) -> Vec<Tick> {
    let target = target.clamp(2, MOST_TICKS);
    let best = candidates(limits, target, integer)
        .into_iter()
        .map(|steps| (steps.score(limits, target), steps))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((_, steps)) => labelled(&steps, limits),
        None => Vec::new(),
    }
}

/// Evenly spaced places: `(start + i) · unit` for `i` below `count`.
#[derive(Clone, Copy, Debug)]
struct Steps {
    /// Index of the nice step, the nicest being 0.
    rank: usize,
    /// The step in units of ten to the power `exponent`.
    unit: i64,
    exponent: i32,
    start: i64,
    count: usize,
}

fn candidates(limits: Limits, target: usize, integer: bool) -> Vec<Steps> {
    // The step of `target` ticks, and two powers of ten to both sides of it.
    let ideal = (limits.span() / target as f64).log10().floor() as i32;
    let mut candidates = Vec::new();
    for (rank, &unit) in NICE.iter().enumerate() {
        for exponent in ideal - 3..=ideal + 1 {
            if !integer || is_whole(unit, exponent) {
                candidates.extend(Steps::within(rank, unit, exponent, limits));
            }
        }
    }
    candidates
}

/// Whether `unit` times ten to the power `exponent` is an integer.
fn is_whole(unit: i64, exponent: i32) -> bool {
    exponent >= 0 || (exponent == -1 && unit % 10 == 0)
}

impl Steps {
    /// All multiples of a step within the limits, unless they are far too many.
    fn within(rank: usize, unit: i64, exponent: i32, limits: Limits) -> Option<Self> {
        let step = decimal(unit, exponent);
        if !step.is_finite() || step == 0.0 {
            return None;
        }
        // Limits are apart by more than a trillionth of their size, so these
        // numbers are far within what `f64` and `i64` hold exactly. Rounding
        // of the quotient can be off by one, which comparing the values shows.
        let inside = |i: &i64| limits.contains(decimal(i * unit, exponent));
        let (low, high) = (limits.min() / step, limits.max() / step);
        let (low, high) = (low.floor() as i64, high.ceil() as i64);
        let start = (low - 1..=low + 2).find(inside)?;
        let last = (high - 2..=high + 1).rev().find(inside)?;
        let count = usize::try_from(last - start + 1).ok()?;
        (1..=MOST_TICKS).contains(&count).then_some(Steps {
            rank,
            unit,
            exponent,
            start,
            count,
        })
    }

    /// The places as integers, in units of ten to the power `exponent`.
    fn mantissas(&self) -> impl Iterator<Item = i64> {
        let steps = *self;
        (0..steps.count as i64).map(move |i| (steps.start + i) * steps.unit)
    }

    fn value(&self, index: usize) -> f64 {
        let place = self.start + index as i64;
        decimal(place * self.unit, self.exponent)
    }

    /// How good these ticks are; the more the better.
    fn score(&self, limits: Limits, target: usize) -> f64 {
        let ends = (self.value(0), self.value(self.count - 1));
        let parts = [
            self.simplicity(),
            self.coverage(limits, ends),
            self.density(limits, ends, target),
        ];
        parts.iter().zip(WEIGHTS).map(|(part, w)| part * w).sum()
    }

    fn simplicity(&self) -> f64 {
        let has_zero = self.mantissas().any(|m| m == 0);
        // As in the paper, which has six steps.
        let rank = self.rank as f64 / 5.0;
        1.0 - rank + f64::from(u8::from(has_zero))
    }

    /// How well the ticks reach to both ends. As they lie within the limits, what is
    /// missing up to half a step is nobody's fault.
    fn coverage(&self, limits: Limits, (first, last): (f64, f64)) -> f64 {
        let step = match self.count {
            1 => 0.0,
            count => (last - first) / (count - 1) as f64,
        };
        let miss = |a: f64, b: f64| {
            let share = ((a - b).abs() - step / 2.0).max(0.0) / limits.span();
            share * share
        };
        1.0 - 0.5 * (miss(limits.min(), first) + miss(limits.max(), last)) / 0.01
    }

    fn density(&self, limits: Limits, (first, last): (f64, f64), target: usize) -> f64 {
        if self.count < 2 {
            // One tick shows no scale: only where there is nothing else.
            return -1e3;
        }
        // Quotients of lengths, as the inverse of a small length overflows.
        let length = (last - first) / limits.span();
        let ratio = (self.count - 1) as f64 / (target - 1) as f64 / length;
        2.0 - ratio.max(1.0 / ratio)
    }
}

/// The powers of ten that an `f64` holds exactly, and up to where it does all integers.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
const EXACT: u64 = 1 << 53;

/// The `f64` nearest to `mantissa` times ten to the power `exponent`: powers
/// of ten multiplied in `f64` are not exact, and a tick at 0.30000000000000004
/// would not be where its label says.
fn decimal(mantissa: i64, exponent: i32) -> f64 {
    // Where both are exact, so that their product or quotient is the nearest.
    let power = POWERS.get(exponent.unsigned_abs() as usize);
    if let (0..=EXACT, Some(power)) = (mantissa.unsigned_abs(), power) {
        let mantissa = mantissa as f64;
        return match exponent < 0 {
            true => mantissa / power,
            false => mantissa * power,
        };
    }
    let text = format!("{mantissa}e{exponent}");
    text.parse()
        .expect("an integer with an exponent is a number")
}

fn labelled(steps: &Steps, limits: Limits) -> Vec<Tick> {
    let labels = labels(steps.mantissas().into_list(), steps.exponent);
    let ticks = labels.into_iter().enumerate().map(|(i, label)| Tick {
        value: steps.value(i),
        label,
    });
    ticks.filter(|tick| limits.contains(tick.value)).into_list()
}

/// The decimals of all of them together, without zeros that none needs.
fn labels(mut mantissas: Vec<i64>, mut exponent: i32) -> Vec<String> {
    while mantissas.iter().all(|m| m % 10 == 0) && mantissas.iter().any(|&m| m != 0) {
        mantissas.iter_mut().for_each(|m| *m /= 10);
        exponent += 1;
    }
    let largest = mantissas.iter().map(|m| m.unsigned_abs()).max();
    let Some(largest) = largest.filter(|&m| m != 0) else {
        return mantissas.map_each(|_| "0".to_string());
    };
    let leading = largest.ilog10() as i32 + exponent;
    let scientific = Notation {
        exponent: exponent - leading,
        power: power_of_ten(leading),
        grouped: false,
    };
    // Commas in 5,000 as soon as there is a 10,000 beside it; none in years.
    let plain = Notation {
        exponent,
        power: String::new(),
        grouped: leading >= 4,
    };
    let notation = if plain.suits(largest, leading, &scientific) {
        plain
    } else {
        scientific
    };
    mantissas.map_into(|m| notation.write(m))
}

/// How the labels of one axis are written.
struct Notation {
    /// The mantissas' unit, as a power of ten, before `power` is applied.
    exponent: i32,
    /// What follows each number but zero.
    power: String,
    grouped: bool,
}

impl Notation {
    /// Whether plain numbers are as good as those with a power of ten: from
    /// a thousandth to a million, or where they are no longer.
    fn suits(&self, largest: u64, leading: i32, scientific: &Notation) -> bool {
        // Longer than any that wins, and the zeros are not written out to see.
        if !(-20..20).contains(&leading) {
            return false;
        }
        let length = |notation: &Notation| notation.digits(largest).chars().count();
        (-3..6).contains(&leading) || length(self) <= length(scientific)
    }

    fn write(&self, mantissa: i64) -> String {
        if mantissa == 0 {
            return "0".to_string();
        }
        signed(mantissa < 0, &self.digits(mantissa.unsigned_abs()))
    }

    fn digits(&self, mantissa: u64) -> String {
        let decimals = usize::try_from(-self.exponent).unwrap_or(0);
        let zeros = usize::try_from(self.exponent).unwrap_or(0);
        let digits = format!("{mantissa:0>width$}{:0>zeros$}", "", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let point = if fraction.is_empty() { "" } else { "." };
        let whole = if self.grouped {
            grouped(whole)
        } else {
            whole.to_string()
        };
        format!("{whole}{point}{fraction}{}", self.power)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_the_nearest_numbers() {
        for exponent in -30..=30 {
            for mantissa in [0, 1, -3, 7, 25, 123_456_789, (1 << 53) + 1, i64::MAX] {
                let text = format!("{mantissa}e{exponent}");
                assert_eq!(
                    decimal(mantissa, exponent),
                    text.parse::<f64>().unwrap(),
                    "{text}"
                );
            }
        }
    }

    use proptest::prelude::*;
    use std::collections::HashSet;

    fn written(min: f64, max: f64, target: usize) -> Vec<String> {
        let ticks = ticks(Limits::from_min_max(min, max), target, false);
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn labels_are_simple_and_alike() {
        let cases: [(f64, f64, &[&str]); 9] = [
            (0.0, 100.0, &["0", "25", "50", "75", "100"]),
            (0.0, 1.0, &["0", "0.25", "0.50", "0.75", "1.00"]),
            (-3.2, 3.1, &["−2", "0", "2"]),
            (0.028, 2.57, &["0.5", "1.0", "1.5", "2.0", "2.5"]),
            (4.12, 8.08, &["5", "6", "7", "8"]),
            (0.0, 178.5, &["0", "50", "100", "150"]),
            (0.0, 12e3, &["0", "2,500", "5,000", "7,500", "10,000"]),
            (0.0, 8e3, &["0", "2000", "4000", "6000", "8000"]),
            (1990.0, 2024.0, &["1990", "2000", "2010", "2020"]),
        ];
        for (min, max, labels) in cases {
            assert_eq!(written(min, max, 5), labels, "{min} to {max}");
        }
    }

    #[test]
    fn large_and_small_numbers_have_a_common_power() {
        let cases: [(f64, f64, &[&str]); 4] = [
            (0.0, 3.1e6, &["0", "1×10⁶", "2×10⁶", "3×10⁶"]),
            (-2.2e-5, 1e-5, &["−2×10⁻⁵", "−1×10⁻⁵", "0", "1×10⁻⁵"]),
            (
                0.0,
                4e307,
                &["0", "1×10³⁰⁷", "2×10³⁰⁷", "3×10³⁰⁷", "4×10³⁰⁷"],
            ),
            (0.0, 3e-308, &["0", "1×10⁻³⁰⁸", "2×10⁻³⁰⁸", "3×10⁻³⁰⁸"]),
        ];
        for (min, max, labels) in cases {
            assert_eq!(written(min, max, 5), labels, "{min} to {max}");
        }
    }

    #[test]
    fn far_from_zero_every_digit_is_written() {
        let labels = written(1.7e9, 1.7e9 + 2.0, 3);
        assert_eq!(labels, ["1,700,000,000", "1,700,000,001", "1,700,000,002"]);
    }

    #[test]
    fn whole_numbers_are_ticked_at_whole_numbers() {
        let at = |min, max| ticks(Limits::from_min_max(min, max), 5, true);
        let labels = |ticks: Vec<Tick>| ticks.into_iter().map(|t| t.label).collect::<Vec<_>>();
        assert_eq!(labels(at(0.0, 2.0)), ["0", "1", "2"]);
        assert_eq!(labels(at(-0.5, 0.5)), ["0"]);
        assert!(at(0.2, 0.8).is_empty());
    }

    fn any_limits() -> impl Strategy<Value = Limits> {
        let sizes = (any::<(f64, f64)>(), -1.0..1.0, -310..308, -13..1);
        sizes.prop_map(|((a, b), at, power, spread)| {
            if a.is_finite() && a.to_bits() % 2 == 0 {
                return Limits::from_min_max(a, b);
            }
            let min = at * 10_f64.powi(power);
            Limits::from_min_max(min, min + min * 10_f64.powi(spread))
        })
    }

    /// A sign, the 17 digits that tell any two `f64` apart, their point, `×10`
    /// and a signed power of three digits.
    const LONGEST: usize = 1 + 17 + 1 + 3 + 4;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn any_limits_have_ticks(limits in any_limits(), target in 0usize..80, integer in any::<bool>()) {
            let ticks = ticks(limits, target, integer);
            prop_assert!(ticks.len() <= MOST_TICKS);
            prop_assert!(integer || ticks.len() >= 2, "{:?}", ticks);
            let labels: HashSet<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
            prop_assert_eq!(labels.len(), ticks.len());
            prop_assert!(ticks.windows(2).all(|pair| pair[0].value < pair[1].value));
            for tick in &ticks {
                prop_assert!(limits.contains(tick.value));
                prop_assert!(!integer || tick.value.fract() == 0.0);
                prop_assert!(tick.label.chars().count() <= LONGEST, "{}", tick.label);
                prop_assert_eq!(read(&tick.label), tick.value);
            }
        }
    }

    /// The number that a label says.
    fn read(label: &str) -> f64 {
        let plain = label.replace('−', "-").replace(',', "");
        let Some((mantissa, power)) = plain.split_once("×10") else {
            return plain.parse().unwrap();
        };
        let digit = |c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|s| s == c);
        let power: String = power
            .chars()
            .map(|c| digit(c).map_or("-".to_string(), |d| d.to_string()))
            .collect();
        format!("{mantissa}e{power}").parse().unwrap()
    }
}
