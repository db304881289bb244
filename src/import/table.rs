//! Tables: found in plain lines, and understood by the names of their columns.

mod columns;
pub mod flat;
mod grid;
mod laid_out;
mod tabs;
pub mod title;

pub use columns::{Column, classify};
pub(super) use grid::{apart, lead};

use std::ops::Range;

use super::document::{Cell, Passage, Table, TextLine};

/// A table found in plain lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which lines it takes up, by index.
    pub lines: Range<usize>,
    /// The table, header rows first.
    pub table: Table,
}

/// Whether a line of plain text is the header of a table, which may stand on every page.
pub fn names_columns(line: &TextLine) -> bool {
    laid_out::names_columns(line)
}

/// The tables in plain lines, in order, without overlap: tab-separated, laid out in columns, and
/// flattened, whose cells stand one after the other.
pub fn find(lines: &[TextLine]) -> Vec<Found> {
    let mut found = Vec::new();
    for step in [tabs::find, laid_out::find, flat::find] {
        found = with_left(lines, found, step);
    }
    found
}

/// Whether the words of a cell only mark something ("X", "•", "(x)").
fn is_mark(text: &str) -> bool {
    let text = text.to_lowercase();
    let mark = text.trim_matches(['(', ')']);
    ["x", "•", "●", "✓", "ja", "a", "s", "r"].contains(&mark)
}

/// What was found, and what a step finds in the lines between.
fn with_left(
    lines: &[TextLine],
    found: Vec<Found>,
    step: fn(&[TextLine]) -> Vec<Found>,
) -> Vec<Found> {
    let mut all = Vec::new();
    let mut start = 0;
    let more = |from: usize, to: usize| {
        step(&lines[from..to]).into_iter().map(move |one| Found {
            lines: one.lines.start + from..one.lines.end + from,
            ..one
        })
    };
    for one in found {
        all.extend(more(start, one.lines.start));
        start = one.lines.end;
        all.push(one);
    }
    all.extend(more(start, lines.len()));
    all
}

/// A table whose columns are understood: header rows are gone, repeated ones too, and a row that
/// goes on on the next page is one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// What each column holds, from the left.
    pub columns: Vec<Column>,
    /// The words above each column, as they stand.
    pub headings: Vec<Passage>,
    /// The rows.
    pub rows: Vec<GridRow>,
}

/// A row of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridRow {
    /// A heading that the rows below stand under.
    Group(Passage),
    /// As many cells as there are columns.
    Cells(Vec<Cell>),
}

/// What a table says, where its header names at least an activity and one thing about it, or an
/// activity and actors. `None`: it is not a table of activities.
pub fn understand(table: &Table) -> Option<Grid> {
    grid::understand(table)
}
