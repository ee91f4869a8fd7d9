//! Numbers and orders that look random and depend on a seed alone: the same on
//! every machine, in every version of a dependency.

/// 2⁶⁴ over the golden ratio, made odd: SplitMix64's step.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Rounds of the Feistel network. Four make a pseudo-random permutation in
/// theory (Luby and Rackoff); twelve keep even the smallest domains, of two bits,
/// well mixed (the tests count).
const ROUNDS: usize = 12;

/// A permutation of `0..len` that takes no memory: a Feistel network over the
/// next power of four, followed until it lands inside (cycle walking, fewer than
/// four steps on average).
#[derive(Clone, Debug)]
pub(crate) struct Permutation {
    len: u64,
    /// Bits of each half.
    half: u32,
    keys: [u64; ROUNDS],
}

impl Permutation {
    pub(crate) fn new(len: usize, seed: u64) -> Permutation {
        let len = len as u64;
        let bits = u64::BITS - len.saturating_sub(1).leading_zeros();
        let half = bits.div_ceil(2).max(1);
        let mut state = seed;
        let keys = std::array::from_fn(|_| {
            state = state.wrapping_add(GOLDEN);
            mix(state)
        });
        Permutation { len, half, keys }
    }

    /// Where position `index`, below `len`, goes.
    pub(crate) fn at(&self, index: usize) -> usize {
        let mut value = self.encrypt(index as u64);
        // Ends: the walk is a cycle through `index` itself, which is inside.
        while value >= self.len {
            value = self.encrypt(value);
        }
        value as usize
    }

    fn encrypt(&self, value: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let (mut left, mut right) = (value >> self.half, value & mask);
        for key in &self.keys {
            // The high bits of the product mix best, so they are the ones kept.
            let round = mix(right ^ key) >> (u64::BITS - self.half);
            (left, right) = (right, left ^ round);
        }
        (left << self.half) | right
    }
}

/// SplitMix64's finaliser: every input bit changes half the output bits.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A stream of numbers that look random: SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A whole number below `bound`, which is above 0. The bias of the
    /// multiplication is below `bound` / 2⁶⁴.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.next()) * bound as u128;
        (product >> u64::BITS) as usize
    }

    /// A number from 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The seed of pass number `epoch`: that of the first pass is the seed itself.
pub(super) fn seed_of_pass(seed: u64, epoch: u64) -> u64 {
    match epoch {
        0 => seed,
        _ => mix(seed ^ mix(epoch)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chi-squared of 9 degrees of freedom stays below its 99.99 % point.
    #[test]
    fn numbers_below_a_bound_are_uniform() {
        let mut random = Random::new(3);
        let mut counts = [0_u32; 10];
        (0..100_000).for_each(|_| counts[random.below(10)] += 1);
        let chi2: f64 = counts
            .iter()
            .map(|&n| (f64::from(n) - 1e4).powi(2) / 1e4)
            .sum();
        assert!(chi2 < 34.0, "chi² {chi2}");
        assert!((0..1000).all(|_| (0.0..1.0).contains(&random.unit())));
    }

    #[test]
    fn passes_have_seeds_of_their_own() {
        let mut seeds: Vec<u64> = (0..1000).map(|epoch| seed_of_pass(7, epoch)).collect();
        assert_eq!(seeds[0], 7);
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 1000);
    }

    #[test]
    fn every_position_is_hit_once() {
        for len in [1, 2, 3, 4, 5, 16, 17, 64, 65, 1000, 4097] {
            let order = Permutation::new(len, 7);
            let mut seen: Vec<usize> = (0..len).map(|i| order.at(i)).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..len).collect::<Vec<_>>(), "len {len}");
        }
    }

    #[test]
    fn the_largest_lengths_work() {
        let order = Permutation::new(usize::MAX, 1);
        assert_ne!(order.at(usize::MAX - 1), order.at(0));
    }

    /// All orders of four elements come up about equally often: a chi-squared of
    /// 23 degrees of freedom stays below its 99.99 % point.
    #[test]
    fn orders_are_uniform() {
        let mut counts = std::collections::HashMap::new();
        let trials = 24_000;
        for seed in 0..trials {
            let order = Permutation::new(4, seed);
            let key: Vec<usize> = (0..4).map(|i| order.at(i)).collect();
            *counts.entry(key).or_insert(0_u32) += 1;
        }
        let expected = trials as f64 / 24.0;
        assert_eq!(counts.len(), 24);
        let chi2: f64 = counts
            .values()
            .map(|&n| (f64::from(n) - expected).powi(2) / expected)
            .sum();
        assert!(chi2 < 57.0, "chi² {chi2}");
    }
}
