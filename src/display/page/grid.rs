//! A table as lines with aligned columns, as wide as a terminal at most.

use super::bars;
use super::table::{Align, Cell, Table};
use crate::list::{IntoList, MapEach, MapInto, MapNumbers};
use crate::render::cells::{fit, pad, pad_left, safe, width};

/// The widest cell.
const WIDEST: usize = 40;
/// Spaces between columns, and between those that else had no room.
const GAP: usize = 2;
const NARROW: usize = 1;
/// The most bars of a small histogram.
const BARS: usize = 10;
/// The longest bar of a share.
const SHARE: usize = 12;

/// The table in lines of at most `room` characters. Columns without room move closer
/// together; where that does not do, some of the middle are left out, and three dots
/// stand for them.
pub(super) fn lines(table: &Table, room: usize) -> Vec<String> {
    let Grid {
        head,
        rows,
        columns,
        gap,
    } = fitted(grid(table), room);
    let between = " ".repeat(gap);
    let line = |row: &Vec<String>| {
        let cells = columns
            .iter()
            .zip(row)
            .map(|(column, text)| column.pad(text));
        cells.into_list().join(&between).trim_end().to_owned()
    };
    let mut out: Vec<String> = table
        .caption
        .iter()
        .map(|text| fit(&safe(text), room))
        .into_list();
    if !table.head.is_empty() {
        out.push(line(&head));
    }
    let gap = |at: usize| table.gap.as_ref().filter(move |gap| gap.after == at);
    for (i, row) in rows.iter().enumerate() {
        out.extend(gap(i).map(|gap| fit(&safe(&gap.words()), room)));
        out.push(line(row));
    }
    out.extend(gap(rows.len()).map(|gap| fit(&safe(&gap.words()), room)));
    out
}

/// A table in words, each row with a cell for each column.
struct Grid {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    columns: Vec<Column>,
    /// Spaces between columns.
    gap: usize,
}

#[derive(Clone, Copy)]
struct Column {
    width: usize,
    align: Align,
}

impl Column {
    fn pad(&self, text: &str) -> String {
        match self.align {
            Align::Left => pad(text, self.width),
            Align::Right => pad_left(text, self.width),
        }
    }
}

fn grid(table: &Table) -> Grid {
    let columns = table.columns();
    let filled = |mut row: Vec<String>| {
        row.resize(columns, String::new());
        row
    };
    let head = table.head.iter().map(|head| fit(&safe(&head.text), WIDEST));
    let head = filled(head.into_list());
    let rows: Vec<Vec<String>> = table.rows.map_each(|row| filled(row.map_each(words)));
    let column = |i: usize| Column {
        width: rows
            .iter()
            .chain([&head])
            .map(|row| width(&row[i]))
            .max()
            .unwrap_or(0),
        align: table.align(i),
    };
    let columns = (0..columns).map_each(column);
    Grid {
        head,
        rows,
        columns,
        gap: GAP,
    }
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Shaded { text, .. } => {
            fit(&safe(text), WIDEST)
        }
        Cell::Bars(heights) => bars::upright(&bars::merged(heights, BARS)),
        Cell::Share { text, share } => {
            let bar = pad(&bars::level(*share, SHARE), SHARE);
            format!("{bar} {}", fit(&safe(text), WIDEST))
        }
        Cell::Empty => String::new(),
    }
}

/// The grid with its columns closer together, or else without those of the middle that
/// are too many.
fn fitted(grid: Grid, room: usize) -> Grid {
    let widths: Vec<usize> = grid.columns.map_each(|column| column.width);
    let Some((first, last)) = kept(&widths, room, (GAP, 1)) else {
        return grid;
    };
    if kept(&widths, room, (NARROW, 1)).is_none() {
        return Grid {
            gap: NARROW,
            ..grid
        };
    }
    let cut =
        |row: Vec<String>| [&row[..first], &["…".to_owned()], &row[row.len() - last..]].concat();
    let dots = Column {
        width: 1,
        align: Align::Left,
    };
    let columns = &grid.columns;
    Grid {
        columns: [&columns[..first], &[dots], &columns[columns.len() - last..]].concat(),
        head: cut(grid.head),
        rows: grid.rows.map_into(cut),
        gap: GAP,
    }
}

/// How many columns of the start and of the end have room beside three dots as wide
/// as `dots`; none where all have.
pub(super) fn kept(
    widths: &[usize],
    room: usize,
    (gap, dots): (usize, usize),
) -> Option<(usize, usize)> {
    let needed = |width: usize| width + gap;
    if widths.iter().copied().map(needed).sum::<usize>() <= room + gap {
        return None;
    }
    let mut left = (room + gap).saturating_sub(needed(dots));
    let (mut first, mut last) = (0, 0);
    while first + last < widths.len() {
        let front = first <= 2 * last;
        let next = match front {
            true => widths[first],
            false => widths[widths.len() - 1 - last],
        };
        let Some(rest) = left.checked_sub(needed(next)) else {
            break;
        };
        left = rest;
        match front {
            true => first += 1,
            false => last += 1,
        }
    }
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::super::table::{Gap, Head};
    use super::*;

    fn numbers(texts: &[&str]) -> Vec<Cell> {
        texts
            .iter()
            .map(|text| Cell::Number((*text).into()))
            .collect()
    }

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        let mut head = vec![Head::left("name")];
        head.resize(rows[0].len(), Head::right("x"));
        Table::new(head, rows)
    }

    #[test]
    fn columns_are_even_at_their_side_by_what_terminals_show() {
        let rows = vec![
            [vec!["中文".into()], numbers(&["1"])].concat(),
            [vec!["e\u{301}\u{200b}".into()], numbers(&["−10.5"])].concat(),
        ];
        assert_eq!(
            lines(&table(rows), 100),
            ["name      x", "中文      1", "e\u{301}\u{200b}     −10.5"]
        );
    }

    #[test]
    fn bars_and_shares_are_drawn() {
        let share = Cell::Share {
            text: "50 %".into(),
            share: 0.5,
        };
        let rows = vec![vec!["a".into(), Cell::Bars(vec![1.0, 2.0]), share]];
        let lines = lines(&Table::new(vec![], rows), 100);
        assert_eq!(lines, ["a  ▄█  ██████       50 %"]);
    }

    #[test]
    fn rows_left_out_are_told_where_they_were() {
        let rows = (0..9).map(|i| numbers(&[&i.to_string()])).collect();
        let cut = Table::new(vec![Head::right("n")], rows).cut(5);
        assert_eq!(
            lines(&cut, 100),
            ["n", "0", "1", "2", "3", "… 4 more …", "8"]
        );
        assert_eq!(
            lines(&cut.clone().cut(3), 100),
            ["n", "0", "1", "2", "… 6 more …"]
        );
        let mut end = cut;
        end.gap = Some(Gap {
            after: 5,
            left_out: 1_000_000,
        });
        assert_eq!(lines(&end, 100).last().unwrap(), "… 1,000,000 more …");
    }

    #[test]
    fn columns_without_room_move_together_or_are_left_out_of_the_middle() {
        let row = numbers(&["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
        let table = Table::new(vec![], vec![row]);
        assert_eq!(lines(&table, 25), ["a  b  c  d  e  f  g  h  i"]);
        assert_eq!(lines(&table, 24), ["a b c d e f g h i"]);
        assert_eq!(lines(&table, 17), ["a b c d e f g h i"]);
        assert_eq!(lines(&table, 16), ["a  b  c  …  h  i"]);
        assert_eq!(lines(&table, 1), ["…"]);
    }

    #[test]
    fn a_row_with_too_few_cells_is_filled_up() {
        let rows = vec![numbers(&["1"]), numbers(&["1", "2", "3"])];
        assert_eq!(lines(&Table::new(vec![], rows), 100), ["1", "1  2  3"]);
    }
}
