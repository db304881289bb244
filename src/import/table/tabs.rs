//! Tables whose cells are set apart by tabs.

use crate::import::document::{Block, Cell, Passage, Row, Table, TextLine};

use super::{Column, Found, classify};

/// The runs of lines with tabs, each a table.
pub(super) fn find(lines: &[TextLine]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = end_of_run(lines, at);
        let tabbed = lines[at..end].iter().filter(|line| has_tabs(line)).count();
        let inner = |line: &TextLine| line.text.trim_start().contains('\t');
        if tabbed >= 2 && lines[at..end].iter().any(inner) {
            found.push(Found {
                lines: at..end,
                table: table(&lines[at..end]),
            });
        }
        at = end.max(at + 1);
    }
    found
}

/// Whether cells are set apart on the line.
fn has_tabs(line: &TextLine) -> bool {
    !line.is_blank() && line.text.contains('\t')
}

/// Where the run that begins at a line ends: a heading, lines that go on with a cell, or blank
/// lines may lie between two with tabs.
fn end_of_run(lines: &[TextLine], start: usize) -> usize {
    if !has_tabs(&lines[start]) {
        return start;
    }
    let mut end = start + 1;
    let mut plain = 0;
    let mut on = 0;
    let mut blank = 0;
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        if has_tabs(line) {
            end = index + 1;
            plain = 0;
            on = 0;
            blank = 0;
        } else if line.is_blank() {
            blank += 1;
        } else if goes_on(&line.text) {
            on += 1;
            if plain == 0 && blank == 0 {
                end = index + 1;
            }
        } else {
            plain += 1;
        }
        if plain > 1 || on > 4 || blank > 2 {
            break;
        }
    }
    end
}

fn table(lines: &[TextLine]) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let passages: Vec<Passage> = line
            .text
            .split('\t')
            .map(|cell| Passage::new(line.number, cell))
            .collect();
        if let ([passage], Some(last)) = (passages.as_slice(), rows.last_mut())
            && goes_on(&passage.text)
        {
            let filled = last.cells.iter_mut().rev().find(|cell| !cell.is_empty());
            if let Some(Block::Paragraph(words)) = filled.and_then(|cell| cell.content.last_mut()) {
                words.flow(passage.clone());
                continue;
            }
        }
        let cells = passages.into_iter().map(cell).collect();
        rows.push(Row {
            cells,
            header: false,
        });
    }
    flag_headers(&mut rows);
    Table { rows }
}

/// Whether a line goes on with a sentence: a heading begins with a capital or a number.
fn goes_on(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn cell(passage: Passage) -> Cell {
    if passage.is_empty() {
        Cell::default()
    } else {
        Cell::of([passage])
    }
}

/// The first row is a header where it names columns; the second where it begins with an empty
/// cell, and the first has an empty cell that it fills or a heading that it divides.
fn flag_headers(rows: &mut [Row]) {
    let Some(first) = rows.first_mut() else {
        return;
    };
    let names = |cell: &Cell| classify(&cell.text().text) != Column::Other;
    if first.cells.iter().filter(|cell| names(cell)).count() < 2 {
        return;
    }
    first.header = true;
    let gaps = first.cells.iter().skip(1).any(Cell::is_empty);
    if let Some(second) = rows.get_mut(1) {
        let leads_empty = second.cells.first().is_some_and(Cell::is_empty);
        let filled = second.cells.iter().any(|cell| !cell.is_empty());
        second.header = gaps && leads_empty && filled;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<TextLine> {
        TextLine::of(text)
    }

    #[test]
    fn two_header_lines_are_a_header_each() {
        let found = find(&lines(
            "Bilaga\n\nAktiviteter\tAnsvar\t\tStatus\n\tRegion\tKommun\t\n1. Delaktighet\t\t\t\n\
             Dela exempel.\tX\tx\t\n\nTa fram stöd.\tX\t\t\n",
        ));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].lines, 2..8);
        let headers: Vec<bool> = found[0].table.rows.iter().map(|row| row.header).collect();
        assert_eq!(headers, [true, true, false, false, false]);
    }

    #[test]
    fn a_line_without_tabs_goes_on_or_is_a_group() {
        let found = find(&lines(
            "Aktivitet\tAnsvarig\nUtbilda chefer\tIT-chefen och\nkommunchefen\nTrygghet\nÖva\tVD\n",
        ));
        let rows = &found[0].table.rows;
        assert_eq!(rows[1].cells[1].text().text, "IT-chefen och kommunchefen");
        assert_eq!(rows[2].cells.len(), 1);
        assert_eq!(rows[2].cells[0].text().text, "Trygghet");
    }

    #[test]
    fn one_line_with_a_tab_is_no_table() {
        assert!(find(&lines("Inledning\t3\n\nText\n")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "[a-zÅ\\t \\n.0-9]{0,120}") {
            find(&lines(&text));
        }
    }
}
