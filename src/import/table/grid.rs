//! A table, understood by the names of its columns.

use super::columns::{Column, classify};
use super::{Grid, GridRow};
use crate::import::document::{Cell, Passage, Row, Table};

/// How many rows a header may have.
const HEADER_ROWS: usize = 3;

/// What a table says; `None` where its header names no activity and nothing about one.
pub(super) fn understand(table: &Table) -> Option<Grid> {
    let rows: Vec<Vec<Cell>> = table.rows.iter().map(expanded).collect();
    let width = rows.iter().map(Vec::len).max()?;
    let first = (0..rows.len().min(HEADER_ROWS)).find(|at| is_header(&rows[*at]))?;
    let second = rows.get(first + 1).filter(|row| goes_on(&rows[first], row));
    let (headings, mut columns) = header(&rows[first], second.map(Vec::as_slice), width);
    let body = first + 1 + usize::from(second.is_some());
    let body: Vec<(&Row, &Vec<Cell>)> = table.rows[body..].iter().zip(&rows[body..]).collect();
    actors(&headings, &mut columns, &body);
    let activity = columns
        .iter()
        .position(|column| *column == Column::Activity)?;
    let known = columns
        .iter()
        .filter(|column| !matches!(column, Column::Other | Column::Number))
        .count();
    if known < 2 {
        return None;
    }
    let mut grid = Grid {
        columns,
        headings,
        rows: Vec::new(),
    };
    for (_, cells) in body {
        take(&mut grid, cells, activity, &rows[first]);
    }
    Some(grid)
}

/// The cells of a row, those that span several columns followed by empty ones.
fn expanded(row: &Row) -> Vec<Cell> {
    let mut cells = Vec::new();
    for cell in &row.cells {
        let span = cell.span.clamp(1, 64);
        cells.push(cell.clone());
        cells.extend((1..span).map(|_| Cell::default()));
    }
    cells
}

fn words(cell: &Cell) -> String {
    cell.text().text
}

fn is_header(row: &[Cell]) -> bool {
    let found: Vec<Column> = row.iter().map(|cell| classify(&words(cell))).collect();
    let short = row.iter().all(|cell| words(cell).chars().count() <= 60);
    let known = found
        .iter()
        .filter(|column| **column != Column::Other)
        .count();
    short && found.contains(&Column::Activity) && known >= 2
}

/// Whether a row goes on the header above it: its first cell is empty and all it has are short
/// names, no marks.
fn goes_on(header: &[Cell], row: &[Cell]) -> bool {
    let filled: Vec<String> = row
        .iter()
        .map(words)
        .filter(|words| !words.is_empty())
        .collect();
    let names = filled
        .iter()
        .all(|words| !is_mark(words) && words.chars().count() <= 40);
    row.first().is_some_and(Cell::is_empty)
        && header.first().is_some_and(|cell| !cell.is_empty())
        && filled.len() >= 2
        && names
}

/// The heading and meaning of each column. Under a header of two rows the lower words are the
/// heading and the upper ones, which may span, the meaning.
fn header(upper: &[Cell], lower: Option<&[Cell]>, width: usize) -> (Vec<Passage>, Vec<Column>) {
    let mut headings = Vec::new();
    let mut columns = Vec::new();
    let mut above = Passage::default();
    for at in 0..width {
        let own = upper.get(at).map(Cell::text).unwrap_or_default();
        let below = lower
            .and_then(|row| row.get(at))
            .map(Cell::text)
            .unwrap_or_default();
        if !own.is_empty() {
            above = own.clone();
        }
        let (heading, meaning) = match (own.is_empty(), below.is_empty()) {
            (_, false) => (below.clone(), classify(&below.text)),
            (false, true) => (own.clone(), classify(&own.text)),
            (true, true) => (Passage::default(), Column::Other),
        };
        let meaning = match meaning {
            Column::Other if !below.is_empty() => classify(&above.text),
            meaning => meaning,
        };
        headings.push(heading);
        columns.push(meaning);
    }
    (headings, columns)
}

/// Columns whose cells are marks are actors.
fn actors(headings: &[Passage], columns: &mut [Column], body: &[(&Row, &Vec<Cell>)]) {
    for (at, column) in columns.iter_mut().enumerate() {
        let may = matches!(
            column,
            Column::Other | Column::Responsible | Column::Supporting | Column::Lead
        );
        let cells = body.iter().filter_map(|(_, row)| row.get(at));
        let filled: Vec<String> = cells.map(words).filter(|words| !words.is_empty()).collect();
        if may
            && !headings[at].is_empty()
            && !filled.is_empty()
            && filled.iter().all(|words| is_mark(words))
        {
            *column = Column::Actor;
        }
    }
}

/// "X", "x", "•", "✓", "(x)".
fn is_mark(words: &str) -> bool {
    let mark = words.trim_matches(['(', ')', ' ']);
    mark.chars().count() == 1 && !mark.chars().all(char::is_numeric)
}

fn take(grid: &mut Grid, cells: &[Cell], activity: usize, header: &[Cell]) {
    let filled: Vec<usize> = (0..cells.len())
        .filter(|at| !cells[*at].is_empty())
        .collect();
    let repeated = cells.iter().map(words).eq(header.iter().map(words));
    if filled.is_empty() || repeated {
        return;
    }
    let mut cells = cells.to_vec();
    cells.resize(grid.columns.len(), Cell::default());
    let text = cells[filled[0]].text();
    let alone = filled.len() == 1 && filled[0] <= activity;
    if alone && is_group(&text, &cells[filled[0]], grid.columns.len()) {
        grid.rows.push(GridRow::Group(text));
    } else if cells[activity].is_empty()
        && let Some(GridRow::Cells(above)) = grid.rows.last_mut()
    {
        for (above, cell) in above.iter_mut().zip(cells) {
            above.content.extend(cell.content);
        }
    } else {
        grid.rows.push(GridRow::Cells(cells));
    }
}

/// Whether words that stand alone in a row are a heading over those below: they span the row,
/// are numbered, or are short and end no sentence.
fn is_group(text: &Passage, cell: &Cell, width: usize) -> bool {
    let numbered = text.text.starts_with(|c: char| c.is_ascii_digit());
    let short = text.text.chars().count() <= 60 && !text.text.ends_with('.');
    let point =
        crate::import::outline::point(&text.text).is_some_and(|(_, number, _)| number.is_none());
    (cell.span >= width && width > 1 || numbered || short) && !point
}
