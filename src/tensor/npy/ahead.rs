//! Reading ahead of one who reads row after row.

use std::ops::Range;

use super::super::{Rows, Tensor};

/// At most this many bytes are read ahead, unless a single row is larger. From
/// here on a call costs little beside the bytes that it copies.
const MAX_AHEAD: usize = 1024 * 1024;

/// What was read ahead, and where the next row is expected.
///
/// Reading in another order than forward reads just what is asked for, and does
/// not disturb what was read ahead: with several readers, one may run a little
/// before another.
#[derive(Default)]
pub(super) struct Ahead {
    /// The first row of the block, and the block.
    block: Option<(usize, Tensor)>,
    /// Right behind the rows last asked for.
    next: Option<usize>,
    /// As many times more than asked for is read when rows follow one another.
    growth: usize,
}

/// How to come by rows.
pub(super) enum Plan {
    /// They were read ahead.
    Ready(Tensor),
    /// Read these, more than was asked for, and keep them.
    Keep(Range<usize>),
    /// Read what was asked for.
    Direct,
}

impl Ahead {
    /// What to do for `wanted` of `rows` rows of `row_bytes` bytes each.
    pub(super) fn plan(&mut self, wanted: &Range<usize>, rows: usize, row_bytes: usize) -> Plan {
        let follows = self.next.replace(wanted.end) == Some(wanted.start);
        let kept = self.kept();
        if kept.start <= wanted.start && wanted.end <= kept.end {
            return self.ready(wanted.start - kept.start..wanted.end - kept.start);
        }
        let continues = (kept.start..=kept.end).contains(&wanted.start) && !kept.is_empty();
        if !follows && !continues {
            return Plan::Direct;
        }
        self.growth = if continues {
            self.growth.saturating_mul(2)
        } else {
            2
        };
        let most = MAX_AHEAD / row_bytes.max(1);
        let count = wanted.len().saturating_mul(self.growth).min(most);
        let end = wanted.start.saturating_add(count).min(rows);
        match end > wanted.end {
            true => Plan::Keep(wanted.start..end),
            false => Plan::Direct,
        }
    }

    /// The block that [`plan`](Ahead::plan) asked for.
    pub(super) fn keep(&mut self, first: usize, block: Tensor) {
        self.block = Some((first, block));
    }

    fn kept(&self) -> Range<usize> {
        match &self.block {
            Some((first, block)) => *first..first + block.shape().first().unwrap_or(&0),
            None => 0..0,
        }
    }

    fn ready(&self, within: Range<usize>) -> Plan {
        match &self.block {
            Some((_, block)) => Plan::Ready(block.rows(&Rows::Range(within))),
            None => Plan::Direct,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plans for rows of one byte, and does as the plan says.
    struct Reader(Ahead, usize);

    impl Reader {
        fn ask(&mut self, wanted: Range<usize>) -> Option<Range<usize>> {
            match self.0.plan(&wanted, self.1, 1) {
                Plan::Ready(block) => {
                    let values: Vec<u64> = wanted.map(|i| i as u64).collect();
                    assert_eq!(block, Tensor::from(values));
                    None
                }
                Plan::Keep(range) => {
                    let values: Vec<u64> = range.clone().map(|i| i as u64).collect();
                    self.0.keep(range.start, Tensor::from(values));
                    Some(range)
                }
                Plan::Direct => Some(wanted),
            }
        }
    }

    #[test]
    fn row_after_row_is_read_in_growing_blocks() {
        let mut reader = Reader(Ahead::default(), 20);
        let read: Vec<Range<usize>> = (0..20).filter_map(|i| reader.ask(i..i + 1)).collect();
        assert_eq!(read, [0..1, 1..3, 3..7, 7..15, 15..20]);
        let mut reader = Reader(Ahead::default(), 100);
        let batches = (0..33).filter_map(|i| reader.ask(3 * i..3 * i + 3));
        assert_eq!(
            batches.collect::<Vec<_>>(),
            [0..3, 3..9, 9..21, 21..45, 45..93, 93..100]
        );
    }

    #[test]
    fn another_order_reads_what_it_asks_for() {
        let mut reader = Reader(Ahead::default(), 100);
        for i in [50, 7, 99, 0, 98, 3] {
            assert_eq!(reader.ask(i..i + 1), Some(i..i + 1));
        }
        // A jump between rows that follow one another does not lose the block.
        reader.ask(4..5);
        assert_eq!(reader.ask(80..81), Some(80..81));
        assert_eq!(reader.ask(5..6), None);
        assert_eq!(reader.ask(6..7), Some(6..10));
    }

    #[test]
    fn blocks_grow_no_further_than_their_bound() {
        let mut ahead = Ahead::default();
        let mut plan = |first: usize| match ahead.plan(&(first..first + 1), 1_000, MAX_AHEAD / 3) {
            Plan::Keep(range) => {
                ahead.keep(range.start, Tensor::from(vec![0_u8; range.len()]));
                range.len()
            }
            Plan::Ready(_) => 0,
            Plan::Direct => 1,
        };
        let read: Vec<usize> = (0..10).map(&mut plan).collect();
        assert_eq!(read, [1, 2, 0, 3, 0, 0, 3, 0, 0, 3]);
        let mut large = Ahead::default();
        assert!(matches!(large.plan(&(0..1), 9, MAX_AHEAD), Plan::Direct));
        assert!(matches!(large.plan(&(1..2), 9, MAX_AHEAD), Plan::Direct));
    }
}
