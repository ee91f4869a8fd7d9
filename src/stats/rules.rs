//! The width of a bin by each rule, with NumPy's order of operations.

use super::bins::BinRule;
use super::edges::{Outer, Width};
use super::moments::Moments;
use super::quantile::Sorted;
use super::survey::Survey;
use super::wide::{Arithmetic, Wide};
use crate::error::Result;

/// Values whose moments are found at once, and merged.
const CHUNK: usize = 1024;

/// The number of bins that `rule` finds for the data between the outer edges.
pub(super) fn bin_count<T: Wide>(
    rule: BinRule,
    arithmetic: Arithmetic,
    values: Vec<T>,
    outer: &Outer,
) -> Result<usize> {
    let mut data = Trimmed::new(arithmetic, values, outer);
    let width = match data.spread {
        None | Some(0.0) => return Ok(1),
        Some(ptp) => data.width(rule, ptp)?,
    };
    let narrow = arithmetic == Arithmetic::Integer && width.value > 0.0 && width.value < 1.0;
    outer.count(if narrow { Width::double(1.0) } else { width })
}

impl Width {
    fn double(value: f64) -> Self {
        Width {
            value,
            single: false,
        }
    }
}

/// The values between the outer edges, which are all that a rule looks at.
struct Trimmed<'a, T> {
    arithmetic: Arithmetic,
    outer: &'a Outer,
    values: Vec<T>,
    /// Greatest minus least; `None` for no data.
    spread: Option<f64>,
}

impl<'a, T: Wide> Trimmed<'a, T> {
    fn new(arithmetic: Arithmetic, mut values: Vec<T>, outer: &'a Outer) -> Self {
        let (first, last) = outer.ends();
        values.retain(|value| (first..=last).contains(&value.to_f64()));
        let mut survey = Survey::new();
        survey.add(&values);
        Trimmed {
            arithmetic,
            outer,
            values,
            spread: survey.ends.map(|(least, most)| least.gap(most)),
        }
    }

    fn len(&self) -> f64 {
        self.values.len() as f64
    }

    fn sorted(&mut self) -> Sorted<T> {
        Sorted::new(std::mem::take(&mut self.values))
    }

    fn width(&mut self, rule: BinRule, ptp: f64) -> Result<Width> {
        let n = self.len();
        Ok(match rule {
            BinRule::Auto => self.auto(ptp),
            BinRule::Fd => Width::double(self.fd()),
            BinRule::Doane => Width::double(self.doane(ptp)),
            BinRule::Scott => self.scott(),
            BinRule::Stone => self.stone(ptp)?,
            BinRule::Rice => self.scaled(
                ptp,
                |ptp| ptp / (2.0 * n.powf(1.0 / 3.0)),
                |ptp| ptp / (2.0 * n.powf(1.0 / 3.0)) as f32,
            ),
            BinRule::Sturges => Width::double(sturges(ptp, n)),
            BinRule::Sqrt => Width::double(ptp / n.sqrt()),
        })
    }

    /// A width that NumPy computes in the format of the data.
    fn scaled(
        &self,
        value: f64,
        double: impl Fn(f64) -> f64,
        single: impl Fn(f32) -> f32,
    ) -> Width {
        if self.arithmetic == Arithmetic::Single {
            Width {
                value: f64::from(single(value as f32)),
                single: true,
            }
        } else {
            Width::double(double(value))
        }
    }

    fn auto(&mut self, ptp: f64) -> Width {
        let n = self.len();
        let fd = self.fd().max(ptp / n.sqrt() / 2.0);
        Width::double(fd.min(sturges(ptp, n)))
    }

    fn fd(&mut self) -> f64 {
        let n = self.len();
        let mut data = self.sorted();
        let iqr = data.quantile(0.75) - data.quantile(0.25);
        2.0 * iqr * n.powf(-1.0 / 3.0)
    }

    fn moments(&self) -> Moments {
        let parts = self.values.chunks(CHUNK).map(Moments::of);
        parts.fold(Moments::default(), Moments::merge)
    }

    fn scott(&self) -> Width {
        let factor = (24.0 * std::f64::consts::PI.sqrt() / self.len()).powf(1.0 / 3.0);
        let deviation = self.moments().deviation().unwrap_or(0.0);
        self.scaled(deviation, |sd| factor * sd, |sd| factor as f32 * sd)
    }

    fn doane(&self, ptp: f64) -> f64 {
        let n = self.len();
        let moments = self.moments();
        let deviation = moments.deviation().unwrap_or(0.0);
        if n <= 2.0 || deviation == 0.0 {
            return 0.0;
        }
        let cube = |z: f64| z * z * z;
        let cubed = |v: &T| cube((v.to_f64() - moments.mean) / deviation);
        let parts = self.values.chunks(CHUNK);
        let cubes: f64 = parts.map(|part| part.iter().map(cubed).sum::<f64>()).sum();
        let skew = (cubes / n).abs();
        let skew_error = (6.0 * (n - 2.0) / ((n + 1.0) * (n + 3.0))).sqrt();
        ptp / (1.0 + n.log2() + (1.0 + skew / skew_error).log2())
    }

    /// NumPy counts all the data anew for each number of bins; sorted once,
    /// each edge costs one binary search instead.
    fn stone(&mut self, ptp: f64) -> Result<Width> {
        let n = self.len();
        if n <= 1.0 {
            return Ok(Width::double(0.0));
        }
        let mut data = self.sorted();
        let sorted = data.sort();
        let mut best = (1, f64::INFINITY);
        for bins in 1..=(n.sqrt() as usize).max(100) {
            let edges = self.outer.edges(bins)?;
            let shares: f64 = shares_squared(sorted, &edges);
            let error = (2.0 - (n + 1.0) * shares) / self.part(ptp, bins).value;
            if error < best.1 {
                best = (bins, error);
            }
        }
        Ok(self.part(ptp, best.0))
    }

    fn part(&self, ptp: f64, bins: usize) -> Width {
        self.scaled(ptp, |ptp| ptp / bins as f64, |ptp| ptp / bins as f32)
    }
}

fn sturges(ptp: f64, n: f64) -> f64 {
    ptp / (n.log2() + 1.0)
}

/// The sum of the squares of each bin's share of the values.
fn shares_squared<T: Wide>(sorted: &[T], edges: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    let (mut from, mut sum) = (0, 0.0);
    for (i, &right) in edges.iter().enumerate().skip(1) {
        let to = if i + 1 == edges.len() {
            sorted.len()
        } else {
            sorted.partition_point(|value| value.to_f64() < right)
        };
        let share = (to - from) as f64 / n;
        sum += share * share;
        from = to;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Bins, histogram_bin_edges};
    use ndarray::{Array1, array};

    fn count(x: &Array1<f64>, rule: BinRule) -> usize {
        histogram_bin_edges(x, rule).unwrap().len() - 1
    }

    #[test]
    fn every_rule_takes_no_one_and_equal_values() {
        for rule in BinRule::ALL {
            assert_eq!(count(&array![], rule), 1);
            assert_eq!(count(&array![3.5], rule), 1);
            assert_eq!(count(&Array1::from_elem(9, 7.0), rule), 1);
        }
    }

    #[test]
    fn integers_get_no_bin_narrower_than_one() {
        let x = Array1::from_iter((0..1000).map(|i| i % 5));
        for rule in BinRule::ALL {
            let edges = histogram_bin_edges(&x, Bins::Rule(rule)).unwrap();
            assert!(edges.len() <= 5, "{rule}: {edges:?}");
        }
    }

    #[test]
    fn an_outlier_does_not_exhaust_memory() {
        let mut x = Array1::linspace(0.0, 1.0, 1000);
        x[0] = 1e12;
        let err = histogram_bin_edges(&x, "fd").unwrap_err();
        assert_eq!(err.code(), "too_many_bins");
    }
}
