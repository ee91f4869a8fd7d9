//! The width of a bin by each rule, with NumPy's order of operations.

use ndarray::ArrayViewD;

use super::bins::BinRule;
use super::chunks::{chunks, gather};
use super::edges::{Outer, Width};
use super::extremes::Extremes;
use super::moments::Moments;
use super::quantile::Sorted;
use super::real::{Arithmetic, Kernel};
use crate::error::Result;

/// The number of bins that `rule` finds for the data between the outer edges.
pub(super) fn bin_count<T: Kernel>(
    rule: BinRule,
    view: &ArrayViewD<'_, T>,
    outer: &Outer,
) -> Result<usize> {
    let data = Trimmed::new(view, outer);
    if data.spread() == Some(0.0) {
        return Ok(1);
    }
    let width = match data.spread() {
        Some(_) => data.width(rule)?,
        None => return Ok(1),
    };
    let narrow = T::ARITHMETIC == Arithmetic::Integer && width.value > 0.0 && width.value < 1.0;
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
    view: &'a ArrayViewD<'a, T>,
    outer: &'a Outer,
    extremes: Extremes<T>,
}

impl<'a, T: Kernel> Trimmed<'a, T> {
    fn new(view: &'a ArrayViewD<'a, T>, outer: &'a Outer) -> Self {
        let (first, last) = outer.ends();
        Trimmed {
            view,
            outer,
            extremes: Extremes::within(view, first, last),
        }
    }

    fn len(&self) -> f64 {
        self.extremes.finite as f64
    }

    /// Greatest minus least; `None` for no data.
    fn spread(&self) -> Option<f64> {
        self.extremes.ends.map(|(least, most)| least.gap(most))
    }

    fn inside(&self) -> impl Fn(T) -> bool + use<T> {
        let (first, last) = self.outer.ends();
        move |value| (first..=last).contains(&value.to_f64())
    }

    fn gathered(&self) -> Sorted<T> {
        Sorted::new(gather(self.view, self.inside()))
    }

    fn width(&self, rule: BinRule) -> Result<Width> {
        let ptp = self.spread().unwrap_or(0.0);
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
        if T::ARITHMETIC == Arithmetic::Single {
            Width {
                value: f64::from(single(value as f32)),
                single: true,
            }
        } else {
            Width::double(double(value))
        }
    }

    fn auto(&self, ptp: f64) -> Width {
        let n = self.len();
        let fd = self.fd().max(ptp / n.sqrt() / 2.0);
        Width::double(fd.min(sturges(ptp, n)))
    }

    fn fd(&self) -> f64 {
        let mut data = self.gathered();
        let iqr = data.quantile(0.75) - data.quantile(0.25);
        2.0 * iqr * self.len().powf(-1.0 / 3.0)
    }

    fn moments(&self) -> Moments {
        let inside = self.inside();
        let (mut moments, mut kept) = (Moments::default(), Vec::new());
        chunks(self.view, |chunk| {
            kept.clear();
            kept.extend(chunk.iter().copied().filter(|&value| inside(value)));
            moments = moments.merge(Moments::of(&kept));
        });
        moments
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
        let (inside, mut cubes) = (self.inside(), 0.0);
        chunks(self.view, |chunk| {
            let kept = chunk.iter().filter(|&&value| inside(value));
            let cube = |z: f64| z * z * z;
            cubes += kept
                .map(|v| cube((v.to_f64() - moments.mean) / deviation))
                .sum::<f64>();
        });
        let skew = (cubes / n).abs();
        let skew_error = (6.0 * (n - 2.0) / ((n + 1.0) * (n + 3.0))).sqrt();
        ptp / (1.0 + n.log2() + (1.0 + skew / skew_error).log2())
    }

    /// NumPy counts all the data anew for each number of bins; sorted once,
    /// each edge costs one binary search instead.
    fn stone(&self, ptp: f64) -> Result<Width> {
        let n = self.len();
        if n <= 1.0 {
            return Ok(Width::double(0.0));
        }
        let mut data = self.gathered();
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
fn shares_squared<T: Kernel>(sorted: &[T], edges: &[f64]) -> f64 {
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
