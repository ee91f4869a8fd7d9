//! Rows as differences to their neighbours, which deflate better where colours change
//! gently: the filters of PNG.

/// No filter.
const NONE: u8 = 0;

/// Differences to what is on the left, and to what is above: a row like the one before
/// it is nothing but zeros.
pub(super) const SUB: u8 = 1;
pub(super) const UP: u8 = 2;

/// Differences to the mean of both, and to the neighbour that is nearest to what a plane
/// would have there.
const AVERAGE: u8 = 3;
const PAETH: u8 = 4;

/// The filters that are tried.
const FILTERS: [u8; 4] = [SUB, UP, AVERAGE, PAETH];

/// Rows of more bytes are judged by one stretch in every few: a row is much the same all
/// along, and trying all filters on all of it takes a fifth of the time of a PNG.
const LONG: usize = 1 << 13;
const STRETCH: usize = 1 << 10;
const ONE_IN: usize = 4;

/// `rows` of so many bytes (`row`) and bytes to a pixel, each filtered in the way that
/// leaves the least and with the filter's number before it; `before` is the row above,
/// zeros if there is none.
pub(super) fn filtered(rows: &[u8], before: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() + rows.len() / row.max(1));
    let mut above = before;
    let mut room = vec![0; row.min(LONG)];
    for this in rows.chunks_exact(row) {
        let filter = match this == above {
            true => UP,
            false => least((this, above), pixel, &mut room),
        };
        out.push(filter);
        let start = out.len();
        out.extend_from_slice(this);
        if filter != NONE {
            apply(filter, (this, above), pixel, &mut out[start..]);
        }
        above = this;
    }
    out
}

/// The filter that leaves the least of a row.
fn least((this, above): (&[u8], &[u8]), pixel: usize, room: &mut [u8]) -> u8 {
    let plain = stretches(this).map(|part| plain_weight(part, pixel));
    let mut least = (plain.sum(), NONE);
    for filter in FILTERS {
        let mut left = 0;
        for (part, above) in stretches(this).zip(stretches(above)) {
            let room = &mut room[..part.len()];
            apply(filter, (part, above), pixel, room);
            left += weight(room);
        }
        least = least.min((left, filter));
    }
    least.1
}

/// What a row is judged by: itself, or stretches of a long one.
fn stretches(row: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (length, step) = match row.len() {
        ..=LONG => (LONG, LONG),
        _ => (STRETCH, STRETCH * ONE_IN),
    };
    let parts = row.chunks(step);
    parts.map(move |part| &part[..length.min(part.len())])
}

/// Rows, each with the number of no filter before it, in one filter; `row` counts that
/// number, and a pixel has one byte at most.
pub(super) fn alike(filter: u8, rows: &[u8], row: usize) -> Vec<u8> {
    let mut out = vec![filter; rows.len()];
    let first = vec![0; row];
    let above = std::iter::once(&first[..]).chain(rows.chunks_exact(row));
    let values = rows.chunks_exact(row).zip(above);
    for ((this, above), out) in values.zip(out.chunks_exact_mut(row)) {
        apply(filter, (&this[1..], &above[1..]), 1, &mut out[1..]);
    }
    out
}

/// Rows that repeat the one above told as such, of rows that each have the number of no
/// filter before them; `row` counts that number. Zeros at a distance of one take a third
/// of the bits of matches at that of a row.
pub(super) fn tell_repeated(rows: &mut [u8], row: usize) {
    // From below, while what is above is still as it was.
    for start in (row..rows.len()).step_by(row).rev() {
        let (before, this) = rows.split_at_mut(start);
        let (this, above) = (&mut this[..row], &before[start - row..]);
        if this == above {
            this.fill(0);
            this[0] = UP;
        }
    }
}

/// The sum of the differences, whichever sign they have.
fn weight(row: &[u8]) -> u64 {
    let part = |part: &[u8]| {
        let sizes = part.iter().map(|&v| u32::from(v.min(v.wrapping_neg())));
        u64::from(sizes.fold(0, u32::wrapping_add))
    };
    row.chunks(1 << 16).map(part).sum()
}

/// The same of a row as it is, without what repeats the pixel before where pixels come in
/// long runs: those cost next to nothing. Differences must be a good deal less to be
/// worth it.
fn plain_weight(row: &[u8], pixel: usize) -> u64 {
    let (mut all, mut changed, mut repeated) = (0_u64, 0_u64, 0);
    let part = |(part, before): (&[u8], &[u8])| {
        let mut sums = [0_u32; 3];
        for (&v, &left) in part.iter().zip(before) {
            let size = u32::from(v.min(v.wrapping_neg()));
            let same = u32::from(v == left);
            sums[0] = sums[0].wrapping_add(size);
            sums[1] = sums[1].wrapping_add(if v == left { 0 } else { size });
            sums[2] = sums[2].wrapping_add(same);
        }
        sums
    };
    let (first, rest) = row.split_at(pixel.min(row.len()));
    for [size, new, same] in rest.chunks(1 << 16).zip(row.chunks(1 << 16)).map(part) {
        all += u64::from(size);
        changed += u64::from(new);
        repeated += same as usize;
    }
    let long = repeated * 4 >= row.len() * 3;
    (weight(first) + if long { changed } else { all }) * 7 / 8
}

fn apply(filter: u8, (row, above): (&[u8], &[u8]), pixel: usize, out: &mut [u8]) {
    // The first pixel has none to its left.
    let split = pixel.min(row.len());
    for (i, out) in out[..split].iter_mut().enumerate() {
        let known = match filter {
            SUB => 0,
            AVERAGE => above[i] / 2,
            _ => above[i],
        };
        *out = row[i].wrapping_sub(known);
    }
    let values = row[split..].iter().zip(&mut out[split..]);
    let around = row.iter().zip(&above[split..]).zip(above);
    let each = values.zip(around.map(|((left, up), corner)| (*left, *up, *corner)));
    match filter {
        SUB => each.for_each(|((v, out), (left, _, _))| *out = v.wrapping_sub(left)),
        UP => each.for_each(|((v, out), (_, up, _))| *out = v.wrapping_sub(up)),
        AVERAGE => each.for_each(|((v, out), (left, up, _))| *out = v.wrapping_sub(mean(left, up))),
        _ => each.for_each(|((v, out), (left, up, corner))| {
            *out = v.wrapping_sub(nearest(left, up, corner));
        }),
    }
}

fn mean(a: u8, b: u8) -> u8 {
    (a & b).wrapping_add((a ^ b) >> 1)
}

/// Paeth's: of three neighbours the one nearest to `left + up - corner`.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    // Not `map`: without link-time optimisation that is a call for each pixel.
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (to_left, to_up) = (b.wrapping_sub(c), a.wrapping_sub(c));
    let to_corner = to_left.wrapping_add(to_up).wrapping_abs();
    let (to_left, to_up) = (to_left.wrapping_abs(), to_up.wrapping_abs());
    let other = if to_up <= to_corner { up } else { corner };
    if to_left <= to_up && to_left <= to_corner {
        left
    } else {
        other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_what_is_least() {
        let rows = [
            10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60, 11, 22, 33, 41, 52, 63,
        ];
        let out = filtered(&rows, &[0; 6], 6, 3);
        assert_eq!(out[..7], [SUB, 10, 20, 30, 30, 30, 30]);
        assert_eq!(out[7..14], [UP, 0, 0, 0, 0, 0, 0]);
        assert_eq!(out[14..], [UP, 1, 2, 3, 1, 2, 3]);
    }

    #[test]
    fn neighbours_are_those_of_the_format() {
        assert_eq!(mean(255, 254), 254);
        assert_eq!(nearest(10, 20, 10), 20);
        assert_eq!(nearest(20, 10, 10), 20);
        assert_eq!(nearest(10, 20, 15), 15);
        assert_eq!(nearest(15, 20, 15), 20);
        assert_eq!(nearest(255, 0, 128), 128);
    }

    #[test]
    fn rows_that_repeat_are_zeros() {
        let mut rows = [0, 1, 3, 0, 1, 3, 0, 1, 3, 0, 2, 5, 0, 2, 5];
        tell_repeated(&mut rows, 3);
        let told = [0, 1, 3, UP, 0, 0, UP, 0, 0, 0, 2, 5, UP, 0, 0];
        assert_eq!(rows, told);
    }

    #[test]
    fn one_filter_for_all_rows() {
        let rows = [0, 1, 3, 0, 2, 5];
        assert_eq!(alike(SUB, &rows, 3), [SUB, 1, 2, SUB, 2, 3]);
        assert_eq!(alike(UP, &rows, 3), [UP, 1, 3, UP, 1, 2]);
    }
}
