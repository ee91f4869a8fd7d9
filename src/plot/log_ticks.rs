//! Where a logarithmic axis is ticked: at powers of ten, at 1, 2 and 5 times them
//! where there are few, and evenly where there is not even one.

use super::figure::Limits;
use super::number::{grouped, power_of_ten};
use super::ticks::{Tick, ticks};
use crate::list::IntoList;

/// Ticks within positive `limits`, rising, about `target` of them.
pub(crate) fn log_ticks(limits: Limits, target: usize) -> Vec<Tick> {
    let target = target.max(2);
    let (low, high) = (limits.min().log10(), limits.max().log10());
    let decades = (high + 1e-9).floor() - (low - 1e-9).ceil() + 1.0;
    if decades < 2.0 {
        return ticks(limits, target, false);
    }
    let step = round((decades / target as f64).ceil().max(1.0) as i32, decades);
    let exponents: Vec<i32> = (low.floor() as i32..=high.ceil() as i32)
        .filter(|exponent| exponent.rem_euclid(step) == 0)
        .into_list();
    let shown = |exponent: &&i32| limits.contains(power(1, **exponent));
    let plain = exponents
        .iter()
        .filter(shown)
        .all(|exponent| (-3..=6).contains(exponent));
    let steps: &[u8] = match step == 1 && decades * 3.0 <= target as f64 {
        true => &[1, 2, 5],
        false => &[1],
    };
    let mut ticks: Vec<Tick> = Vec::new();
    for &exponent in &exponents {
        let decade = steps.iter().map(|&digit| tick(digit, exponent, plain));
        ticks.extend(decade.filter(|tick| limits.contains(tick.value)));
    }
    // Commas in 5,000 as soon as there is a 10,000 beside it.
    if ticks.iter().any(|tick| tick.label.contains(',')) {
        let four_digits = |tick: &&mut Tick| (1e3..1e4).contains(&tick.value);
        let thousands = ticks.iter_mut().filter(four_digits);
        thousands.for_each(|tick| tick.label = grouped(&tick.label));
    }
    ticks
}

/// Steps of many decades are round numbers of them, where one is among the `decades`.
fn round(step: i32, decades: f64) -> i32 {
    let rounds = [20, 50, 100, 200];
    let round = rounds.into_iter().find(|&round| round >= step);
    let fits = |round: &i32| step > 10 && f64::from(*round) <= decades;
    round.filter(fits).unwrap_or(step)
}

fn tick(digit: u8, exponent: i32, plain: bool) -> Tick {
    let value = power(digit, exponent);
    let label = match (plain, digit) {
        (true, _) => super::number::short_plain(value),
        (false, 1) => power_of_ten(exponent).trim_start_matches('×').to_owned(),
        (false, _) => format!("{digit}{}", power_of_ten(exponent)),
    };
    Tick { value, label }
}

/// The `f64` nearest to `digit` times ten to the power `exponent`.
fn power(digit: u8, exponent: i32) -> f64 {
    format!("{digit}e{exponent}").parse().unwrap_or(f64::NAN)
}

/// The multiples of powers of ten between those powers, where so few decades are
/// shown that each can be seen: they show the scale where no number is.
pub(crate) fn minor_ticks(limits: Limits) -> Vec<f64> {
    const MOST_DECADES: i32 = 7;
    let (low, high) = (
        limits.min().log10().floor() as i32,
        limits.max().log10().ceil() as i32,
    );
    if high - low > MOST_DECADES {
        return Vec::new();
    }
    let mut ticks = Vec::new();
    for exponent in low..high {
        let decade = (2..=9).map(|digit| power(digit, exponent));
        ticks.extend(decade.filter(|value| limits.contains(*value)));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::figure::Axis;
    use proptest::prelude::*;

    fn labels(min: f64, max: f64, target: usize) -> Vec<String> {
        let ticks = log_ticks(Axis::log(min, max).limits, target);
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn powers_of_ten_are_ticked() {
        assert_eq!(labels(1.0, 1000.0, 5), ["1", "10", "100", "1000"]);
        assert_eq!(
            labels(0.5, 50_000.0, 6),
            ["1", "10", "100", "1,000", "10,000"]
        );
        assert_eq!(labels(1.0, 1e12, 5), ["10⁰", "10³", "10⁶", "10⁹", "10¹²"]);
        assert_eq!(
            labels(1e-150, 1e250, 5),
            ["10⁻¹⁰⁰", "10⁰", "10¹⁰⁰", "10²⁰⁰"]
        );
        assert_eq!(labels(1e-9, 1e-7, 4), ["10⁻⁹", "10⁻⁸", "10⁻⁷"]);
        assert_eq!(labels(1.0, 10.0, 8), ["1", "2", "5", "10"]);
        assert_eq!(labels(2.0, 8.0, 4), ["2", "4", "6", "8"]);
        assert_eq!(labels(0.9, 1.2e6, 7)[6], "1,000,000");
        assert_eq!(minor_ticks(Axis::log(1.5, 12.0).limits).len(), 8);
        assert!(minor_ticks(Axis::log(1.0, 1e12).limits).is_empty());
    }

    proptest! {
        #[test]
        fn any_limits_have_ticks(low in -300.0..300.0, decades in 0.001..400.0_f64, target in 0usize..20) {
            let axis = Axis::log(10_f64.powf(low), 10_f64.powf((low + decades).min(307.0)));
            let ticks = log_ticks(axis.limits, target);
            prop_assert!(!ticks.is_empty() && ticks.len() <= 60);
            prop_assert!(ticks.windows(2).all(|pair| pair[0].value < pair[1].value));
            prop_assert!(ticks.iter().all(|tick| axis.limits.contains(tick.value)));
        }
    }
}
