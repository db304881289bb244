//! Tables of labels: "Åtgärd | …", "Ansvarig | …", a row each.

use crate::import::document::{Cell, Passage, Table};
use crate::import::table::{Column, Grid, GridRow, classify};

/// A table of two columns that says one thing of a measure on each row, after a label; each row
/// with the label of an activity begins another.
pub(super) fn read(table: &Table) -> Option<Grid> {
    let pairs = table.rows.iter().map(|row| match row.cells.as_slice() {
        [label, value] => Some((label.text(), value)),
        _ => None,
    });
    let pairs: Vec<(Passage, &Cell)> = pairs.collect::<Option<_>>()?;
    let mut columns: Vec<Column> = Vec::new();
    let mut headings: Vec<Passage> = Vec::new();
    for (label, _) in &pairs {
        let column = classify(&label.text);
        let there = headings.iter().any(|heading| heading.text == label.text);
        if !there {
            columns.push(column);
            headings.push(label.clone());
        }
    }
    let known = columns
        .iter()
        .filter(|column| **column != Column::Other)
        .count();
    let first = pairs.first().map(|(label, _)| classify(&label.text));
    // A header over two columns names two things; here the first does, and labels follow.
    let header = pairs.first().is_some_and(|(_, value)| {
        let words = value.text().text;
        words.split_whitespace().count() <= 3 && classify(&words) != Column::Other
    });
    if known < 3 || header || !matches!(first, Some(Column::Activity | Column::Number)) {
        return None;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (label, value) in &pairs {
        let begins = Some(classify(&label.text)) == first;
        if begins || rows.is_empty() {
            rows.push(vec![Cell::default(); columns.len()]);
        }
        let at = headings
            .iter()
            .position(|heading| heading.text == label.text);
        if let (Some(at), Some(row)) = (at, rows.last_mut()) {
            row[at] = (*value).clone();
        }
    }
    Some(Grid {
        columns,
        headings,
        rows: rows.into_iter().map(GridRow::Cells).collect(),
    })
}
