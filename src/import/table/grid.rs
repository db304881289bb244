//! What a table says: its columns by their names, its rows without headers.

mod labelled;

use crate::import::document::{Cell, Passage, Row, Table};
use crate::import::lexicon::structure;

use super::{Column, Grid, GridRow, classify};

/// What a table says, where its header names at least an activity and one thing about it.
pub(super) fn understand(table: &Table) -> Option<Grid> {
    if let Some(grid) = labelled::read(table) {
        return Some(grid);
    }
    let width = table.rows.iter().map(row_width).max()?;
    let rows: Vec<(Vec<Cell>, bool)> = table
        .rows
        .iter()
        .map(|row| (expand(row, width), row.header))
        .collect();
    let first = rows.iter().position(|(cells, _)| is_header(cells))?;
    let flagged = rows[first..].iter().take_while(|(_, flag)| *flag).count();
    let second = rows.get(first + 1).map(|(cells, _)| cells.as_slice());
    let two = second.is_some_and(|second| goes_on(&rows[first].0, second));
    let count = flagged.max(1 + usize::from(two && flagged < 2));
    let body = &rows[first + count..];
    let headers = &rows[first..first + count];
    let (mut columns, headings) = columns(headers, body, width);
    goals_as_areas(&mut columns, body);
    comments_as_outcomes(&mut columns);
    sub_activities(&mut columns);
    let activity = columns.iter().position(|c| *c == Column::Activity)?;
    let others = |c: &Column| !matches!(c, Column::Activity | Column::Other | Column::Number);
    if !columns.iter().any(others) {
        return None;
    }
    let number = columns.iter().position(|c| *c == Column::Number);
    let beside = |cells: &[Cell]| number.is_some_and(|number| is_note(cells, number));
    let repeated = |cells: &[Cell]| headers.iter().any(|(header, _)| same(header, cells));
    let mut out: Vec<GridRow> = Vec::new();
    let body = without_last_note(body);
    for ((cells, _), row) in body.iter().zip(&table.rows[first + count..]) {
        if is_total(cells)
            || beside(cells)
            || repeated(cells)
            || cells.iter().all(|cell| cell.is_empty() && !cell.merged)
        {
            continue;
        }
        if let Some(group) = group(cells, row) {
            out.push(GridRow::Group(group));
        } else {
            add(&mut out, cells.clone(), &columns, activity);
        }
    }
    Some(Grid {
        columns,
        headings,
        rows: out,
    })
}

/// Whether a row goes on the header above it, where the format does not say: under the names of
/// columns nothing in the first, and only short names, no marks, in at least two others.
fn goes_on(header: &[Cell], row: &[Cell]) -> bool {
    let texts: Vec<String> = row.iter().map(|cell| cell.text().text).collect();
    let named = |text: &&String| (2..=40).contains(&text.chars().count());
    let filled = texts.iter().filter(|text| !text.is_empty());
    let short = filled.clone().filter(named).count();
    let first = header.first().is_some_and(|cell| !cell.is_empty());
    let under_nothing = header.iter().zip(&texts).skip(1).any(|(above, below)| {
        // A row of an activity has something under every name.
        above.is_empty() && !below.is_empty()
    });
    first
        && texts.first().is_some_and(String::is_empty)
        && under_nothing
        && short >= 2
        && short == filled.count()
}

fn row_width(row: &Row) -> usize {
    row.cells.iter().map(|cell| cell.span.clamp(1, 64)).sum()
}

/// As many cells as there are columns: a spanning cell stands in its first.
fn expand(row: &Row, width: usize) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(width);
    for cell in &row.cells {
        let span = cell.span.clamp(1, 64);
        cells.push(Cell {
            span: 1,
            ..cell.clone()
        });
        for _ in 1..span {
            cells.push(Cell {
                merged: cell.merged,
                ..Cell::default()
            });
        }
    }
    cells.resize_with(width, Cell::default);
    cells
}

/// Whether a row names columns: an activity, and with short words. Cells of text can begin
/// with such a word too.
fn is_header(cells: &[Cell]) -> bool {
    let texts: Vec<String> = cells.iter().map(|cell| cell.text().text).collect();
    let short = texts.iter().all(|text| text.chars().count() <= 60);
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    short
        && filled >= 2
        && texts
            .iter()
            .any(|text| matches!(classify(text), Column::Activity | Column::SubActivity))
}

fn same(one: &[Cell], other: &[Cell]) -> bool {
    let plain = |cell: &Cell| cell.text().text.to_lowercase();
    one.iter().map(plain).eq(other.iter().map(plain))
}

/// Columns and the words above them, from one header row or two.
fn columns(
    headers: &[(Vec<Cell>, bool)],
    body: &[(Vec<Cell>, bool)],
    width: usize,
) -> (Vec<Column>, Vec<Passage>) {
    let mut columns = Vec::with_capacity(width);
    let mut headings = Vec::with_capacity(width);
    let mut above = Column::Other;
    for index in 0..width {
        let words: Vec<Passage> = headers
            .iter()
            .filter_map(|(cells, _)| cells.get(index).map(Cell::text))
            .collect();
        let upper = words.first().cloned().unwrap_or_default();
        let lower = words.iter().skip(1).rfind(|words| !words.is_empty());
        if !upper.is_empty() {
            above = classify(&upper.text);
        }
        let marks = all_marks(body, index);
        let divided = matches!(above, Column::Responsible | Column::Supporting);
        let (column, heading) = match lower {
            Some(lower) if divided || marks => (Column::Actor, lower.clone()),
            Some(lower) => (classify(&lower.text), lower.clone()),
            None if marks && !upper.is_empty() && classify(&upper.text) == Column::Other => {
                (Column::Actor, upper)
            }
            None => (classify(&upper.text), upper),
        };
        columns.push(column);
        headings.push(heading);
    }
    (columns, headings)
}

/// Whether a row sums others up.
fn is_total(cells: &[Cell]) -> bool {
    let first = cells.iter().find(|cell| !cell.is_empty());
    first.is_some_and(|first| {
        let words = first.text().text.to_lowercase();
        let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
        structure::TOTAL.contains(&words)
    })
}

/// Whether a row of a table whose rows have numbers is none of them: it has no number and says
/// little (a sum, a note below the table).
fn is_note(cells: &[Cell], number: usize) -> bool {
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let first = cells.first().is_some_and(|first| !first.is_empty());
    let unnumbered = cells
        .get(number)
        .is_none_or(|cell| cell.is_empty() && !cell.merged);
    unnumbered && !first && (1..=2).contains(&filled)
}

/// A column of goals that stand over several activities each is one of areas, where there is no
/// other.
fn goals_as_areas(columns: &mut [Column], body: &[(Vec<Cell>, bool)]) {
    let goal = columns.iter().position(|column| *column == Column::Goal);
    let Some(at) = goal.filter(|_| !columns.contains(&Column::Area)) else {
        return;
    };
    let words: Vec<String> = body
        .iter()
        .filter(|(cells, header)| {
            !header && cells.iter().filter(|cell| !cell.is_empty()).count() > 1
        })
        .filter_map(|(cells, _)| cells.get(at).map(|cell| cell.text().text))
        .collect();
    let named: std::collections::BTreeSet<&String> =
        words.iter().filter(|words| !words.is_empty()).collect();
    if !named.is_empty()
        && named.len() < words.len()
        && words.first().is_some_and(|first| !first.is_empty())
    {
        columns[at] = Column::Area;
    }
}

/// The rows without a last one that is only a sentence.
fn without_last_note(body: &[(Vec<Cell>, bool)]) -> &[(Vec<Cell>, bool)] {
    let Some(((last, _), rest)) = body.split_last() else {
        return body;
    };
    let filled = |cells: &[Cell]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let sentence = filled(last) == 1
        && last.iter().any(|cell| cell.text().text.ends_with('.'))
        && !last.iter().any(|cell| cell.merged);
    let fuller = rest.iter().filter(|(cells, _)| filled(cells) > 1).count();
    if sentence && fuller >= 2 { rest } else { body }
}

/// A column of parts of activities is one of activities where there is no other.
fn sub_activities(columns: &mut [Column]) {
    if columns.contains(&Column::Activity) {
        return;
    }
    if let Some(column) = columns
        .iter_mut()
        .find(|column| **column == Column::SubActivity)
    {
        *column = Column::Activity;
    }
}

/// Comments beside a status say how it goes, where no other column does.
fn comments_as_outcomes(columns: &mut [Column]) {
    if columns.contains(&Column::Status) && !columns.contains(&Column::Outcome) {
        let comment = columns
            .iter_mut()
            .find(|column| **column == Column::Comment);
        if let Some(column) = comment {
            *column = Column::Outcome;
        }
    }
}

/// A table cut where another header begins in it: two tables on one sheet.
pub(in crate::import) fn apart(table: &Table) -> Vec<Table> {
    let names = |row: &Row| -> Vec<Column> {
        row.cells
            .iter()
            .map(|cell| classify(&cell.text().text))
            .collect()
    };
    let heads = |row: &Row| {
        let known = names(row)
            .into_iter()
            .filter(|column| *column != Column::Other)
            .count();
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        is_header(&row.cells) && known >= 2 && known * 3 >= filled * 2
    };
    let mut tables = vec![Table::default()];
    let mut first: Option<Vec<Column>> = None;
    for row in &table.rows {
        if heads(row) {
            let own = names(row);
            let other = first.as_ref().is_some_and(|first| *first != own);
            if other {
                tables.push(Table::default());
            }
            first = Some(own);
        }
        if let Some(last) = tables.last_mut() {
            last.rows.push(row.clone());
        }
    }
    tables
}

/// The rows above the header of a table, each with words in one cell only: a title, who adopted
/// it, a line about it; and how many they are.
pub(in crate::import) fn lead(table: &Table) -> (usize, Vec<Passage>) {
    let mut words = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
        match filled.as_slice() {
            [] => {}
            [one] if row.cells.first().is_some_and(|first| !first.is_empty()) => {
                words.push(one.text());
            }
            _ if is_header(&row.cells) => return (at, words),
            _ => break,
        }
    }
    (0, Vec::new())
}

/// Whether the cells of a column only mark something, and at least one does.
fn all_marks(body: &[(Vec<Cell>, bool)], index: usize) -> bool {
    let mut any = false;
    for (cells, header) in body {
        let text = cells.get(index).map(Cell::text).unwrap_or_default().text;
        if text.is_empty() || *header {
            continue;
        }
        if !super::is_mark(&text) {
            return false;
        }
        any = true;
    }
    any
}

/// The heading that a row is: its only words, over all columns or with a number before them.
fn group(cells: &[Cell], row: &Row) -> Option<Passage> {
    let (first, rest) = cells.split_first()?;
    let merged = cells.iter().any(|cell| cell.merged);
    if merged || first.is_empty() || rest.iter().any(|cell| !cell.is_empty()) {
        return None;
    }
    let text = first.text();
    let alone = row.cells.len() == 1 && cells.len() > 1;
    let shouted =
        !text.text.contains(char::is_lowercase) && text.text.contains(char::is_alphabetic);
    (alone || shouted || numbered(&text.text)).then_some(text)
}

/// "1. Digital delaktighet", but no sentence.
fn numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    rest.len() < text.len()
        && words.starts_with(' ')
        && words.trim_start().starts_with(char::is_alphabetic)
        && !words.ends_with('.')
}

/// Adds a row, or goes on with the one above where it has no activity of its own.
fn add(out: &mut Vec<GridRow>, mut cells: Vec<Cell>, columns: &[Column], activity: usize) {
    if let Some(GridRow::Cells(above)) = out.last_mut() {
        for (index, cell) in cells.iter_mut().enumerate() {
            let copied = matches!(
                columns[index],
                Column::Area | Column::Goal | Column::Responsible | Column::Period
            );
            if cell.merged && copied && cell.is_empty() && !cells_empty(above, activity) {
                cell.content.clone_from(&above[index].content);
            }
        }
        let part = columns.iter().position(|c| *c == Column::SubActivity);
        let part = part.is_some_and(|part| !cells_empty(&cells, part));
        let number = columns.iter().position(|c| *c == Column::Number);
        let anew = number.is_some_and(|at| !cells[at].merged && !cells_empty(&cells, at));
        if !part && !anew && (cells[activity].merged || cells[activity].is_empty()) {
            for (cell, more) in above.iter_mut().zip(cells) {
                // A cell copied down is there already.
                if !more.merged || more.content != cell.content {
                    cell.content.extend(more.content);
                }
            }
            return;
        }
    }
    for cell in &mut cells {
        cell.merged = false;
    }
    out.push(GridRow::Cells(cells));
}

fn cells_empty(cells: &[Cell], index: usize) -> bool {
    cells.get(index).is_none_or(Cell::is_empty)
}

#[cfg(test)]
mod second_header {
    use super::*;

    fn row(cells: &[(&str, usize)]) -> Row {
        let cell = |(text, span): &(&str, usize)| Cell {
            span: *span,
            ..Cell::of((!text.is_empty()).then(|| Passage::new(1, text)))
        };
        Row {
            cells: cells.iter().map(cell).collect(),
            header: false,
        }
    }

    #[test]
    fn another_header_begins_another_table() {
        let row = |cells: &[&str]| Row {
            cells: cells
                .iter()
                .map(|words| Cell::of([Passage::new(1, words)]))
                .collect(),
            header: false,
        };
        let table = Table {
            rows: vec![
                row(&["Åtgärd", "Ansvarig", "När"]),
                row(&["Bygga", "Staben", "2025"]),
                row(&["Åtgärd", "Ansvarig", "När"]),
                row(&["Måla", "Staben", "2026"]),
                row(&["Insats", "Målgrupp", "Status"]),
                row(&["Utbilda", "Alla", "Klar"]),
            ],
        };
        let apart: Vec<usize> = apart(&table).iter().map(|table| table.rows.len()).collect();
        assert_eq!(apart, [4, 2]);
    }

    #[test]
    fn actors_may_stand_in_a_second_header_that_nothing_flags() {
        let table = Table {
            rows: vec![
                row(&[("Insats", 1), ("Ansvar", 2), ("Status", 1)]),
                row(&[("", 1), ("Region", 1), ("Kommun", 1), ("", 1)]),
                row(&[("Dela exempel", 1), ("X", 1), ("x", 1), ("", 1)]),
                row(&[("Utbilda chefer", 1), ("X", 1), ("", 1), ("Klar", 1)]),
            ],
        };
        let grid = understand(&table).unwrap();
        let actor = Column::Actor;
        assert_eq!(
            grid.columns,
            [Column::Activity, actor.clone(), actor, Column::Status]
        );
        assert_eq!(grid.headings[2].text, "Kommun");
        assert_eq!(grid.rows.len(), 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::TextLine;

    fn table(text: &str) -> Table {
        let lines: Vec<TextLine> = TextLine::of(text);
        super::super::tabs::find(&lines).remove(0).table
    }

    #[test]
    fn a_heading_over_two_columns_makes_them_actors() {
        let grid = understand(&table(
            "Nyckelåtgärder och aktiviteter\tAnsvar\t\tStatus\n\tRegion\tKommun\t\n\
             1. Digital delaktighet\t\t\t\nDela exempel.\tX\tx\t\nTa fram stöd.\tX\t\t\n",
        ))
        .unwrap();
        assert_eq!(
            grid.columns,
            [
                Column::Activity,
                Column::Actor,
                Column::Actor,
                Column::Status
            ]
        );
        assert_eq!(grid.headings[2].text, "Kommun");
        assert_eq!(grid.rows.len(), 3);
        assert!(matches!(&grid.rows[0], GridRow::Group(words) if words.text.starts_with("1.")));
    }

    #[test]
    fn a_row_without_activity_goes_on_and_headers_repeat() {
        let grid = understand(&table(
            "Aktivitet\tAnsvarig\nUtbilda\tRegionen\nAktivitet\tAnsvarig\n\tKommunen\nÖva\tVD\n",
        ))
        .unwrap();
        assert_eq!(grid.rows.len(), 2);
        let GridRow::Cells(cells) = &grid.rows[0] else {
            panic!("cells");
        };
        assert_eq!(cells[1].text().text, "Regionen\n\nKommunen");
    }

    #[test]
    fn merged_cells_are_copied_down() {
        let mut merged = table("Mål\tAktivitet\tAnsvarig\nTrygghet\tUtbilda\tA\n\tÖva\tB\n");
        merged.rows[2].cells[0].merged = true;
        let grid = understand(&merged).unwrap();
        let GridRow::Cells(cells) = &grid.rows[1] else {
            panic!("cells");
        };
        assert_eq!(cells[0].text().text, "Trygghet");
    }

    #[test]
    fn other_tables_are_none() {
        assert!(understand(&table("Begrepp\tFörklaring\nAI\tMaskiner\n")).is_none());
        assert!(understand(&table("Inledning\t3\nSyfte\t4\n")).is_none());
        assert!(understand(&table("Post\tKronor\nLokal\t400\n")).is_none());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(rows in proptest::collection::vec(
            proptest::collection::vec(("[aåtgärdnsvi1. x]{0,8}", 0_usize..4, proptest::bool::ANY), 0..4), 0..6,
        )) {
            let rows = rows.into_iter().map(|row| Row {
                header: row.len() == 3,
                cells: row.into_iter().map(|(text, span, merged)| Cell {
                    span,
                    merged,
                    ..Cell::of([Passage::new(1, &text)])
                }).collect(),
            });
            let mut rows: Vec<Row> = rows.collect();
            rows.extend(table("Åtgärd\tAnsvar\na\tb\n").rows);
            rows.reverse();
            understand(&Table { rows });
        }
    }
}
