//! Huffman codes: the more frequent a symbol, the fewer its bits.

/// The code of each symbol, as deflate writes it.
pub(super) struct Codes {
    pub(super) lengths: Vec<u8>,
    /// The code, its first bit the lowest, and its length.
    pub(super) codes: Vec<(u32, u32)>,
}

impl Codes {
    /// The best codes for symbols that occur so often, none of more than `longest` bits.
    pub(super) fn of(counts: &[u32], longest: usize) -> Codes {
        Codes::with(lengths(counts, longest))
    }

    /// The codes of these lengths; deflate leaves no other choice.
    pub(super) fn with(lengths: Vec<u8>) -> Codes {
        let mut number = [0_u32; 16];
        lengths
            .iter()
            .for_each(|&length| number[usize::from(length)] += 1);
        number[0] = 0;
        let mut next = [0_u32; 16];
        for length in 1..16 {
            next[length] = (next[length - 1] + number[length - 1]) << 1;
        }
        let code = |&length: &u8| {
            if length == 0 {
                return (0, 0);
            }
            let code = &mut next[usize::from(length)];
            *code += 1;
            let bits = u32::from(length);
            ((*code - 1).reverse_bits() >> (32 - bits), bits)
        };
        let codes = lengths.iter().map(code).collect();
        Codes { lengths, codes }
    }

    /// Bits for symbols that occur so often.
    pub(super) fn cost(&self, counts: &[u32]) -> u64 {
        let lengths = self.lengths.iter().map(|&length| u64::from(length));
        let costs = counts.iter().zip(lengths);
        costs
            .map(|(&count, length)| u64::from(count) * length)
            .sum()
    }
}

/// How many bits the code of each symbol has; 0 where it does not occur.
fn lengths(counts: &[u32], longest: usize) -> Vec<u8> {
    let mut used: Vec<(u32, usize)> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(symbol, &count)| (count, symbol))
        .collect();
    used.sort_unstable();
    let mut lengths = vec![0; counts.len()];
    let counts: Vec<u64> = used.iter().map(|used| u64::from(used.0)).collect();
    let mut number = limited(&depths(&counts), longest);
    // The rarest symbols have the longest codes.
    let mut length = longest;
    for (_, symbol) in used {
        while number[length] == 0 {
            length -= 1;
        }
        number[length] -= 1;
        lengths[symbol] = length as u8;
    }
    lengths
}

/// How deep each of the leaves, of rising weight, lies in Huffman's tree.
fn depths(leaves: &[u64]) -> Vec<usize> {
    if leaves.len() < 2 {
        return vec![1; leaves.len()];
    }
    // Leaves and inner nodes both come up by rising weight: the lightest is the next
    // of either.
    let (mut leaf, mut node) = (0, 0);
    let mut nodes: Vec<u64> = Vec::with_capacity(leaves.len());
    let mut parents = vec![0; 2 * leaves.len() - 1];
    for parent in 0..leaves.len() - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            let light = leaves.get(leaf).copied().unwrap_or(u64::MAX);
            if node < nodes.len() && nodes[node] < light {
                weight += nodes[node];
                parents[leaves.len() + node] = parent;
                node += 1;
            } else {
                weight += light;
                parents[leaf] = parent;
                leaf += 1;
            }
        }
        nodes.push(weight);
    }
    let root = nodes.len() - 1;
    let mut inner = vec![0; nodes.len()];
    for node in (0..root).rev() {
        inner[node] = inner[parents[leaves.len() + node]] + 1;
    }
    parents[..leaves.len()]
        .iter()
        .map(|&parent| inner[parent] + 1)
        .collect()
}

/// How many codes there are of each length, where none may be longer than `longest`.
fn limited(depths: &[usize], longest: usize) -> Vec<usize> {
    let mut number = vec![0_usize; longest + 1];
    depths
        .iter()
        .for_each(|&depth| number[depth.min(longest)] += 1);
    let taken = (1..=longest).map(|length| number[length] << (longest - length));
    let mut taken: usize = taken.sum();
    // A shorter code becomes the beginning of two, one of them for one of the longest.
    while taken > 1 << longest {
        let Some(shorter) = (1..longest).rev().find(|&length| number[length] > 0) else {
            break;
        };
        number[longest] -= 1;
        number[shorter] -= 1;
        number[shorter + 1] += 2;
        taken -= 1;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_symbols_have_short_codes() {
        let codes = Codes::of(&[1, 0, 8, 2, 4], 15);
        assert_eq!(
            codes.lengths,
            [4, 0, 1, 4, 2].map(|l: u8| match l {
                4 => 3,
                other => other,
            })
        );
        assert_eq!(codes.cost(&[1, 0, 8, 2, 4]), 3 + 8 + 6 + 8);
        assert_eq!(Codes::of(&[0, 5], 15).lengths, [0, 1]);
        assert_eq!(Codes::of(&[0, 0], 15).lengths, [0, 0]);
    }

    #[test]
    fn no_code_is_too_long_and_all_of_them_fit() {
        let mut counts = vec![1_u32, 1];
        while counts.len() < 40 {
            counts.push(counts[counts.len() - 1] + counts[counts.len() - 2]);
        }
        for longest in [7, 15] {
            let codes = Codes::of(&counts, longest);
            let shares = codes.lengths.iter().map(|&l| 0.5_f64.powi(l.into()));
            assert!(shares.sum::<f64>() <= 1.0);
            assert!(codes.lengths.iter().all(|&l| usize::from(l) <= longest));
            assert!(codes.lengths.is_sorted_by(|a, b| a >= b));
        }
    }
}
