//! Stand-in until the real ticks are merged.

use super::figure::Limits;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) label: String,
}

pub(crate) fn ticks(limits: Limits, target: usize, integer: bool) -> Vec<Tick> {
    let raw = limits.span() / target.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let mut step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .iter()
        .map(|f| f * power)
        .find(|s| *s >= raw * 0.999)
        .unwrap_or(power);
    if integer {
        step = step.round().max(1.0);
    }
    let first = (limits.min() / step).ceil();
    let digits =
        (-step.log10().floor()).max(0.0) as usize + usize::from((step / power - 2.5).abs() < 1e-9);
    (0..100)
        .map(|i| (first + i as f64) * step)
        .take_while(|v| *v <= limits.max() + step * 1e-9)
        .map(|value| Tick {
            value,
            label: format!("{:.*}", digits.min(12), value + 0.0).replace('-', "−"),
        })
        .collect()
}
