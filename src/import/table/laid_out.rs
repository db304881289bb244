//! Tables whose cells are set apart by spaces, as `pdftotext -layout` writes them.

use crate::import::document::{Cell, Passage, Row, Table, TextLine};

use super::{Column, Found, classify};

/// The tables that begin with a line of known columns.
pub(super) fn find(lines: &[TextLine]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(mut header) = header(&lines[at].text) {
            place(&mut header, &lines[at..]);
            let end = end(lines, at, &header);
            if end > at + 1 {
                let table = table(&lines[at..end], &header);
                found.push(Found {
                    lines: at..end,
                    table,
                });
                at = end;
                continue;
            }
        }
        at += 1;
    }
    found
}

/// Words between wide gaps, and the character that they begin and end at.
fn segments(line: &str) -> Vec<(usize, usize, String)> {
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    for (at, c) in line.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        match out.last_mut() {
            Some((_, end, text)) if at <= *end + 1 => {
                if at == *end + 1 {
                    text.push(' ');
                }
                text.push(c);
                *end = at + 1;
            }
            _ => out.push((at, at + 1, c.to_string())),
        }
    }
    out
}

/// Whether a line names columns that are set apart by spaces.
pub(super) fn names_columns(line: &str) -> bool {
    header(line).is_some()
}

/// Where the columns of a header begin, and what they hold.
fn header(line: &str) -> Option<Vec<(usize, Column)>> {
    if line.contains('\t') {
        return None;
    }
    let segments = segments(line);
    let short = segments.iter().all(|(from, to, _)| to - from <= 40);
    let columns: Vec<(usize, Column)> = segments
        .iter()
        .map(|(from, _, text)| (*from, classify(text)))
        .collect();
    let known = columns.iter().filter(|(_, c)| *c != Column::Other).count();
    let activity = columns.iter().any(|(_, c)| *c == Column::Activity);
    (short && known >= 2 && activity).then_some(columns)
}

/// How many lines of a table are looked at for its columns.
const LOOK_AT: usize = 40;

/// Moves the beginning of each column to where its cells begin: a heading may be centred over
/// them, so that only the gap between the cells, blank on most lines, tells.
fn place(header: &mut [(usize, Column)], lines: &[TextLine]) {
    let headings = segments(&lines[0].text);
    let middle = |at: usize| {
        headings
            .get(at)
            .map(|(from, to, _)| usize::midpoint(*from, *to))
    };
    let body: Vec<Vec<(usize, usize, String)>> = lines
        .iter()
        .take(LOOK_AT)
        .map(|line| segments(&line.text))
        .filter(|segments| segments.len() >= 2)
        .collect();
    let covered = |at: usize| {
        let covers = |(from, to, _): &(usize, usize, String)| *from <= at && at < *to;
        body.iter().filter(|line| line.iter().any(covers)).count()
    };
    for (column, (begins, _)) in header.iter_mut().enumerate().skip(1) {
        let (Some(from), Some(to)) = (middle(column - 1), middle(column)) else {
            return;
        };
        let counts: Vec<usize> = (from..to).map(covered).collect();
        let Some(least) = counts.iter().min() else {
            continue;
        };
        // The widest run of the least covered characters is the gap; the column begins after.
        let mut best: Option<(usize, usize)> = None;
        let mut at = 0;
        while at < counts.len() {
            let run = counts[at..]
                .iter()
                .take_while(|count| *count == least)
                .count();
            if run > 0 && best.is_none_or(|(_, length)| run >= length) {
                best = Some((at, run));
            }
            at += run.max(1);
        }
        if let Some((at, run)) = best {
            *begins = from + at + run;
        }
    }
}

/// The columns where a line repeats the names of a header: on another page they stand elsewhere.
fn again(first: &TextLine, lines: &[TextLine]) -> Option<Vec<(usize, Column)>> {
    let names = |line: &TextLine| segments(&line.text).into_iter().map(|(_, _, text)| text);
    let mut columns = header(&lines[0].text)?;
    if !names(first).eq(names(&lines[0])) {
        return None;
    }
    place(&mut columns, lines);
    Some(columns)
}

/// Where the table ends: at text over the border of columns, or where much is blank before the
/// foot of a page.
fn end(lines: &[TextLine], start: usize, header: &[(usize, Column)]) -> usize {
    let mut end = start + 1;
    let mut header = header.to_vec();
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        if line.is_blank() {
            continue;
        }
        if index - end > 3 && lines[end - 1].page == line.page {
            break;
        }
        if let Some(columns) = again(&lines[start], &lines[index..]) {
            header = columns;
            end = index + 1;
            continue;
        }
        let own = segments(&line.text);
        if index > end && own.len() == 1 && own[0].0 == 0 && ends_before(lines, index) {
            break;
        }
        let segments = own;
        let crosses = |(from, to, _): &(usize, usize, String)| {
            let mut borders = header.iter().skip(1);
            borders.any(|(at, _)| from + 2 < *at && *to > at + 6)
        };
        if line.text.contains('\t') || (segments.len() == 1 && segments.iter().any(crosses)) {
            break;
        }
        end = index + 1;
    }
    end
}

/// Whether a line that stands alone after a gap is a heading after the table: another such line
/// follows, a header, or nothing.
fn ends_before(lines: &[TextLine], index: usize) -> bool {
    let next = lines[index + 1..].iter().find(|line| !line.is_blank());
    next.is_none_or(|next| {
        let segments = segments(&next.text);
        (segments.len() == 1 && segments[0].0 == 0) || header(&next.text).is_some()
    })
}

fn table(lines: &[TextLine], header: &[(usize, Column)]) -> Table {
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let mut gap = false;
    let names = cells(&lines[0], header);
    let mut header = header.to_vec();
    for (at, line) in lines.iter().enumerate().skip(1) {
        if line.is_blank() {
            gap = true;
            continue;
        }
        if let Some(columns) = again(&lines[0], &lines[at..]) {
            header = columns;
            continue;
        }
        let cells = cells(line, &header);
        match rows.last_mut() {
            Some(last) if !begins(last, &cells, &header, gap) => {
                for (cell, more) in last.iter_mut().zip(cells) {
                    if !more.is_empty() {
                        cell.flow(more);
                    }
                }
            }
            _ => rows.push(cells),
        }
        gap = false;
    }
    let row = |cells: Vec<Passage>, header| Row {
        cells: cells.into_iter().map(cell).collect(),
        header,
    };
    let body = rows.into_iter().map(|cells| row(cells, false));
    let rows = std::iter::once(row(names, true)).chain(body).collect();
    Table { rows }
}

fn cell(passage: Passage) -> Cell {
    let words = Some(passage).filter(|passage| !passage.is_empty());
    Cell::of(words)
}

/// The words of a line by columns: each stands in the last column that begins before it; a
/// centred heading may begin a little after its cells.
fn cells(line: &TextLine, header: &[(usize, Column)]) -> Vec<Passage> {
    let mut cells = vec![Passage::default(); header.len()];
    for (from, _, text) in segments(&line.text) {
        let index = header.iter().rposition(|(at, _)| *at <= from + 2);
        if let Some(cell) = cells.get_mut(index.unwrap_or(0)) {
            cell.flow(Passage::new(line.number, &text));
        }
    }
    cells
}

/// Whether a line begins a row.
fn begins(last: &[Passage], next: &[Passage], header: &[(usize, Column)], gap: bool) -> bool {
    let capital = |text: &str| text.chars().next().is_some_and(|c| !c.is_lowercase());
    header
        .iter()
        .zip(last.iter().zip(next))
        .any(|((_, column), (above, below))| {
            if below.is_empty() {
                return false;
            }
            match column {
                Column::Number | Column::Status | Column::Period => {
                    let open = above.text.ends_with(['-', '–', ',']);
                    !above.is_empty()
                        && !open
                        && capital(&below.text)
                        && !below.text.starts_with(['-', '–'])
                }
                Column::Activity => {
                    capital(&below.text) && (gap || above.text.ends_with(['.', '!', '?']))
                }
                _ => false,
            }
        })
}

#[cfg(test)]
mod centred {
    use super::*;

    #[test]
    fn a_heading_may_be_centred_over_its_column() {
        let text = "                    Åtgärd                                   Ansvarig                      Tidplan         Status
Utbilda samtliga chefer i att leda digital   Region Norr                             2025           Pågår
utveckling
Ta fram en länsgemensam                      Region Norr i samverkan med             2025–          Ej
kompetensplan för digitalisering             Gävle kommun                            2026           påbörjad

Säkerhet
Informationssäkerheten ska stärkas.
";
        let lines: Vec<TextLine> = TextLine::of(text);
        let found = find(&lines);
        assert_eq!((found.len(), found[0].lines.clone()), (1, 0..5));
        let rows: Vec<Vec<String>> = found[0].table.rows[1..]
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text().text).collect())
            .collect();
        assert_eq!(
            rows,
            [
                [
                    "Utbilda samtliga chefer i att leda digital utveckling",
                    "Region Norr",
                    "2025",
                    "Pågår"
                ],
                [
                    "Ta fram en länsgemensam kompetensplan för digitalisering",
                    "Region Norr i samverkan med Gävle kommun",
                    "2025– 2026",
                    "Ej påbörjad"
                ],
            ]
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let lines: Vec<TextLine> = TextLine::of(text);
        let found = find(&lines);
        let rows = found.iter().flat_map(|found| &found.table.rows);
        rows.map(|row| row.cells.iter().map(|cell| cell.text().text).collect())
            .collect()
    }

    #[test]
    fn numbers_first() {
        let rows = rows(
            "Nr   Åtgärd                  Ansvarig\n1    Utbilda chefer i         IT-chef\n     säkerhet\n2    Öva                     VD\n",
        );
        assert_eq!(rows[1], ["1", "Utbilda chefer i säkerhet", "IT-chef"]);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn period_last_and_long_responsible() {
        let rows = rows(
            "Aktivitet             Ansvarig            Tidplan\n\nOrdna nätverks-       Region och          2018 -\nträffar               kommuner            2021\nTa fram plan          Kommunen            2019\n\nText som går över alla kolumner i hela bredden.\n",
        );
        assert_eq!(
            rows[1],
            [
                "Ordna nätverksträffar",
                "Region och kommuner",
                "2018 - 2021"
            ]
        );
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn sentences_and_repeated_headers() {
        let rows = rows(
            "Åtgärd                Ansvar\nStöd skolor med       Region\nlokaler.\nÅtgärd                Ansvar\nBygg ut nätet.        Kommun\n",
        );
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[2], ["Bygg ut nätet.", "Kommun"]);
    }

    #[test]
    fn blank_lines_part_rows() {
        let rows = rows(
            "Mål            Insats           Status\n\nTrygghet       Utbilda alla     Klar\n\n               Öva krisläge     Pågår\n",
        );
        assert_eq!(rows[2], ["", "Öva krisläge", "Pågår"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "[aåÅ. \\n-]{0,80}") {
            rows(&format!("Nr  Åtgärd    Ansvar\n{text}"));
        }
    }
}
