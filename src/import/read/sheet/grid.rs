//! Cells by place → rows of a table.

use std::collections::{BTreeSet, HashMap};

use calamine::Dimensions;

use super::super::super::document::{Cell, Row, Table};
use super::super::Refusal;
use super::super::lines::Lines;
use super::{CELL_LIMIT, Cells, passage};

/// What a merge makes of a place.
#[derive(Clone, Copy)]
enum Place {
    /// The left end of a row of the merge, of so many columns; not the first row if `below`.
    Left { span: usize, below: bool },
    /// Another column.
    Covered,
}

/// The table of a sheet: the rows and columns that have something in them. Every cell is written
/// to the source.
pub(super) fn table(
    mut cells: Cells,
    merges: &[Dimensions],
    lines: &mut Lines,
) -> Result<Table, Refusal> {
    let rows: BTreeSet<u32> = cells.keys().map(|(row, _)| *row).collect();
    let columns: BTreeSet<u32> = cells.keys().map(|(_, column)| *column).collect();
    if rows.len().saturating_mul(columns.len()) > 2 * CELL_LIMIT {
        return Err(Refusal::too_large());
    }
    let places = places(&rows, &columns, merges);
    let mut table = Table::default();
    for row in rows {
        let mut out = Row::default();
        for &column in &columns {
            let mut cell = Cell::default();
            match places.get(&(row, column)) {
                Some(Place::Covered) => continue,
                Some(Place::Left { span, below }) => {
                    cell.span = *span;
                    cell.merged = *below;
                }
                None => {}
            }
            if let Some(text) = cells.remove(&(row, column)) {
                let mut text = passage(&text);
                lines.write("", &mut text)?;
                cell.content = Cell::of([text]).content;
            }
            out.cells.push(cell);
        }
        table.rows.push(out);
    }
    Ok(table)
}

/// What merges make of the places of a table; where they overlap, the first one counts.
fn places(
    rows: &BTreeSet<u32>,
    columns: &BTreeSet<u32>,
    merges: &[Dimensions],
) -> HashMap<(u32, u32), Place> {
    let mut places = HashMap::new();
    let mut left = 4 * CELL_LIMIT;
    for merge in merges {
        if merge.start.0 > merge.end.0 || merge.start.1 > merge.end.1 {
            continue;
        }
        let across: Vec<u32> = columns
            .range(merge.start.1..=merge.end.1)
            .copied()
            .collect();
        for row in rows.range(merge.start.0..=merge.end.0) {
            let Some(rest) = left.checked_sub(across.len() + 1) else {
                return places;
            };
            left = rest;
            if across
                .iter()
                .any(|column| places.contains_key(&(*row, *column)))
            {
                continue;
            }
            for (index, column) in across.iter().enumerate() {
                let place = if index == 0 {
                    Place::Left {
                        span: across.len(),
                        below: *row > merge.start.0,
                    }
                } else {
                    Place::Covered
                };
                places.insert((*row, *column), place);
            }
        }
    }
    places
}
