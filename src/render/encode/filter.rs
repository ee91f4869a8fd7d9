//! Rows as differences to their neighbours, which deflate better where colours change
//! gently: the filters of PNG.

/// The filters that are tried, by their numbers in the file.
const FILTERS: [u8; 5] = [0, 1, 2, 3, 4];

/// Above: a row like the one before it is nothing but zeros.
const UP: u8 = 2;

/// `rows` of so many bytes (`row`) and bytes to a pixel, each filtered in the way that
/// leaves the least and with the filter's number before it; `before` is the row above,
/// zeros if there is none.
pub(super) fn filtered(rows: &[u8], before: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() + rows.len() / row.max(1));
    let mut above = before;
    let mut trial = [vec![0; row], vec![0; row]];
    for this in rows.chunks_exact(row) {
        if this == above {
            out.push(UP);
            out.resize(out.len() + row, 0);
        } else {
            let mut least = (u64::MAX, 0);
            for filter in FILTERS {
                apply(filter, (this, above), pixel, &mut trial[0]);
                let weight = weight(&trial[0]);
                if weight < least.0 {
                    least = (weight, filter);
                    trial.swap(0, 1);
                }
            }
            out.push(least.1);
            out.extend_from_slice(&trial[1]);
        }
        above = this;
    }
    out
}

/// The sum of the differences, whichever sign they have.
fn weight(row: &[u8]) -> u64 {
    let part = |part: &[u8]| {
        let sizes = part.iter().map(|&v| u32::from(v.min(v.wrapping_neg())));
        u64::from(sizes.fold(0, u32::wrapping_add))
    };
    row.chunks(1 << 16).map(part).sum()
}

fn apply(filter: u8, (row, above): (&[u8], &[u8]), pixel: usize, out: &mut [u8]) {
    // The first pixel has none to its left.
    let split = pixel.min(row.len());
    for (i, out) in out[..split].iter_mut().enumerate() {
        let known = match filter {
            0 | 1 => 0,
            3 => above[i] / 2,
            _ => above[i],
        };
        *out = row[i].wrapping_sub(known);
    }
    let values = row[split..].iter().zip(&mut out[split..]);
    let around = row.iter().zip(&above[split..]).zip(above);
    let each = values.zip(around.map(|((left, up), corner)| (*left, *up, *corner)));
    match filter {
        0 => each.for_each(|((v, out), _)| *out = *v),
        1 => each.for_each(|((v, out), (left, _, _))| *out = v.wrapping_sub(left)),
        2 => each.for_each(|((v, out), (_, up, _))| *out = v.wrapping_sub(up)),
        3 => each.for_each(|((v, out), (left, up, _))| *out = v.wrapping_sub(mean(left, up))),
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
    let [a, b, c] = [left, up, corner].map(i16::from);
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
