//! Tables whose cells are set apart by spaces, as `pdftotext -layout` writes them.

mod aligned;
mod gapped;
mod header;

use crate::import::document::{Cell, Passage, Row, Table, TextLine};

use super::{Column, Found, is_mark};
use crate::import::lexicon::periods;
use crate::import::value::period;
use header::Header;

/// The tables that begin with a line of known columns; one that goes on under a repeated header
/// is one table.
pub(super) fn find(lines: &[TextLine]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(first) = Header::read(lines, at) else {
            at += 1;
            continue;
        };
        let mut rows = Vec::new();
        let mut header = first.clone();
        let mut start = at + header.lines;
        let mut end = start;
        loop {
            place(&mut header, &lines[start..]);
            let last = self::end(lines, start, &header);
            take(&lines[start..last], &header, &mut rows);
            if last > start {
                end = last;
            }
            let next = (last..lines.len()).find(|at| !lines[*at].is_blank());
            let again = next.and_then(|at| Some((at, Header::read(lines, at)?)));
            match again.filter(|(_, again)| again.is_like(&first)) {
                Some((at, again)) => {
                    start = at + again.lines;
                    header = again;
                }
                None => break,
            }
        }
        if rows.is_empty() {
            at += 1;
            continue;
        }
        found.push(Found {
            lines: at - first.above..end,
            table: table(first.names, rows),
        });
        at = end;
    }
    found
}

/// Whether a line names columns that are set apart by spaces.
pub(super) fn names_columns(line: &TextLine) -> bool {
    Header::read(std::slice::from_ref(line), 0).is_some()
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

/// How many lines of a table are looked at for its columns.
const LOOK_AT: usize = 40;

/// Moves the beginning of each column to where its cells begin: a heading may be centred over
/// them, so that only the gap between the cells, blank on most lines, tells.
fn place(header: &mut Header, lines: &[TextLine]) {
    let middles = header.middles.clone();
    let middle = |at: usize| middles.get(at).copied();
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
    for (column, begins) in header.begins.iter_mut().enumerate().skip(1) {
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

/// Where the table ends: at text over the border of columns, at a header, or where much is blank.
fn end(lines: &[TextLine], start: usize, header: &Header) -> usize {
    let mut end = start;
    for (index, line) in lines.iter().enumerate().skip(start) {
        if line.is_blank() {
            continue;
        }
        // Much may be blank before the foot of a page.
        if index - end > 3 && lines[end.max(1) - 1].page == line.page {
            break;
        }
        let own = segments(&line.text);
        if index > end && own.len() == 1 && ends_before(lines, index, header) {
            break;
        }
        let alone = own.len() == 1 && crosses(&own, header);
        if line.text.contains('\t') || alone || header_begins(lines, index) {
            break;
        }
        end = index + 1;
    }
    end
}

/// Whether a header begins with a line, or a line above its names does.
fn header_begins(lines: &[TextLine], at: usize) -> bool {
    Header::read(lines, at).is_some()
        || (at + 1 < lines.len()
            && Header::read(lines, at + 1).is_some_and(|found| found.above == 1))
}

/// Whether words go over the border of two columns.
fn crosses(segments: &[(usize, usize, String)], header: &Header) -> bool {
    segments.iter().any(|(from, to, _)| {
        let mut borders = header.begins.iter().skip(1);
        borders.any(|at| from + 2 < *at && *to > at + 6)
    })
}

/// Whether a line that stands alone after a gap is a heading after the table: it stands in the
/// first column, and another such line follows, one over all columns, a header, or nothing.
fn ends_before(lines: &[TextLine], index: usize, header: &Header) -> bool {
    let own = segments(&lines[index].text);
    let second = header.begins.get(1).copied().unwrap_or(0);
    if own.iter().any(|(from, _, _)| *from + 2 >= second) {
        return false;
    }
    let next = (index + 1..lines.len()).find(|at| !lines[*at].is_blank());
    next.is_none_or(|at| {
        let next = segments(&lines[at].text);
        let set_apart = lines[index + 1].is_blank() && next[0].1 < second;
        let alone = next.len() == 1 && (next[0].0 == 0 || set_apart || crosses(&next, header));
        alone || header_begins(lines, at)
    })
}

/// Adds the rows of lines.
fn take(lines: &[TextLine], header: &Header, rows: &mut Vec<Vec<Passage>>) {
    let gapped = gapped::is_gapped(lines, header);
    let full: Vec<&TextLine> = lines.iter().filter(|line| !line.is_blank()).collect();
    let centred = if gapped {
        None
    } else {
        aligned::centred(&full, header)
    };
    let centred: Option<Vec<u32>> =
        centred.map(|starts| starts.into_iter().map(|at| full[at].number).collect());
    let mut gap = true;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if line.is_blank() {
            gap = true;
            at += 1;
            continue;
        }
        let cells = cells(line, &header.begins);
        let new = |last: &[Passage]| match &centred {
            Some(starts) => starts.contains(&line.number),
            None if gapped => gap && gapped::begins(&lines[at..], header),
            None => begins(last, &cells, header, gap),
        };
        match rows.last_mut() {
            Some(last) if !new(last) => {
                for (cell, more) in last.iter_mut().zip(cells) {
                    if !more.is_empty() {
                        cell.flow(more);
                    }
                }
            }
            _ => rows.push(cells),
        }
        gap = false;
        at += 1;
    }
}

fn table(names: Vec<Passage>, rows: Vec<Vec<Passage>>) -> Table {
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
/// centred heading may begin a little after its cells. Words that run up to the next column with
/// one space between are cut there.
fn cells(line: &TextLine, begins: &[usize]) -> Vec<Passage> {
    let mut cells = vec![Passage::default(); begins.len()];
    for (from, to, text) in segments(&line.text) {
        let letters: Vec<char> = text.chars().collect();
        let mut cuts = vec![0];
        let inside = begins.iter().filter(|at| (from + 1..to).contains(at));
        cuts.extend(inside.filter_map(|at| cut_near(&letters, at - from)));
        cuts.dedup();
        cuts.push(letters.len());
        let whole = cuts.len() == 2;
        for pair in cuts.windows(2) {
            let piece: String = letters[pair[0]..pair[1]].iter().collect();
            let (from, to) = (from + pair[0], from + pair[1]);
            let index = if whole {
                most_over(begins, from, to)
            } else {
                begins.iter().rposition(|at| *at <= from + NEAR)
            };
            if let Some(cell) = cells.get_mut(index.unwrap_or(0)) {
                cell.flow(Passage::new(line.number, &piece));
            }
        }
    }
    cells
}

/// The column that words lie over most: they may begin a little before it.
fn most_over(begins: &[usize], from: usize, to: usize) -> Option<usize> {
    let over = |at: usize| {
        let end = begins.get(at + 1).copied().unwrap_or(usize::MAX);
        to.min(end).saturating_sub(from.max(begins[at]))
    };
    let mut best = begins.iter().rposition(|at| *at <= from + NEAR)?;
    for at in 0..begins.len() {
        if over(at) > over(best) {
            best = at;
        }
    }
    Some(best)
}

/// How far words may stand from where their column begins.
const NEAR: usize = 2;

/// The beginning of the word at which letters are cut for a column that begins there: exactly
/// there, or a little beside it where a capital or a number begins.
fn cut_near(letters: &[char], at: usize) -> Option<usize> {
    let begins = |cut: &usize| *cut > 0 && letters.get(cut - 1) == Some(&' ');
    let anew = |cut: &usize| {
        letters
            .get(*cut)
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let beside = (1..=NEAR).flat_map(|by| [at + by, at.saturating_sub(by)]);
    Some(at)
        .filter(begins)
        .or_else(|| beside.into_iter().find(|cut| begins(cut) && anew(cut)))
}

fn is_time(column: &Column) -> bool {
    matches!(column, Column::Period | Column::Start | Column::End)
}

/// Whether a period below another is another row's: it says when by itself, and the one above
/// does too.
fn is_other_time(above: &Passage, below: &Passage) -> bool {
    let rest = is_year(&below.text) && !has_year(&above.text);
    says_when(&above.text) && says_when(&below.text) && !rest && !below.text.starts_with(['-', '–'])
}

/// Whether words say when by themselves.
fn says_when(words: &str) -> bool {
    match period::read(words, &[]) {
        Some(period::Period::When(_)) => true,
        Some(period::Period::Undated { continuous, .. }) => {
            let digits = words.contains(|c: char| c.is_ascii_digit());
            let bounds = words.split_whitespace().count() == 1
                && periods::UNTIL.contains(&words.to_lowercase().as_str());
            continuous || (words.starts_with(char::is_uppercase) && !digits && !bounds)
        }
        None => false,
    }
}

/// Whether words are a year and nothing else, the rest of a period broken before it.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(is_year)
}

/// Whether a line begins a row.
fn begins(last: &[Passage], next: &[Passage], header: &Header, gap: bool) -> bool {
    let capital = |text: &str| text.chars().next().is_some_and(|c| !c.is_lowercase());
    let open = |text: &str| text.ends_with(['-', '–', ',', '/']);
    let activity = header.activity();
    let acts = activity
        .is_some_and(|at| capital(&next[at].text) && !last[at].is_empty() && !open(&last[at].text));
    // Several cells that begin anew at once, or marks beside words.
    let others = || {
        next.iter()
            .enumerate()
            .filter(|(at, below)| Some(*at) != activity && !below.is_empty())
    };
    let anew = others()
        .filter(|(at, below)| {
            is_mark(&below.text) || (capital(&below.text) && !open(&last[*at].text))
        })
        .count();
    let lower = others().any(|(at, below)| {
        let lower = below.text.starts_with(char::is_lowercase) && !is_mark(&below.text);
        lower && !is_time(&header.columns[at])
    });
    let is_short = |column: &Column| {
        matches!(
            column,
            Column::Number | Column::Status | Column::Period | Column::Start | Column::End
        )
    };
    let has_short = header.columns.iter().any(is_short);
    let mut columns = header.columns.iter().zip(next);
    let short = columns.any(|(column, below)| is_short(column) && !below.is_empty());
    if acts && anew > 0 && !lower && (short || !has_short) {
        return true;
    }
    // A cell that alone goes on without a gap is the rest of the one above.
    let alone = next.iter().filter(|below| !below.is_empty()).count() == 1;
    if alone && !gap && !acts {
        return false;
    }
    header
        .columns
        .iter()
        .zip(last.iter().zip(next))
        .any(|(column, (above, below))| {
            if below.is_empty() {
                return false;
            }
            match column {
                column if is_time(column) => {
                    !above.is_empty() && !open(&above.text) && is_other_time(above, below)
                }
                column if is_short(column) => {
                    !above.is_empty()
                        && !open(&above.text)
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
                    "2025–2026",
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
