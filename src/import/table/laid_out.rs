//! Tables whose cells are set apart by spaces, as `pdftotext -layout` writes them.

mod aligned;
mod gapped;

use crate::import::document::{Cell, Passage, Row, Table, TextLine};

use super::{Column, Found, classify, is_mark};
use crate::import::lexicon::periods;
use crate::import::value::period;

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

/// The line or lines that name the columns.
#[derive(Clone, Debug)]
struct Header {
    /// How many lines above the first belong to it.
    above: usize,
    /// How many lines it takes up.
    lines: usize,
    /// Where each column begins.
    begins: Vec<usize>,
    /// The middle of each name.
    middles: Vec<usize>,
    /// What each column holds.
    columns: Vec<Column>,
    /// The names.
    names: Vec<Passage>,
}

/// How many lines a header may be broken over.
const MOST_LINES: usize = 3;

/// How many lines below a header are looked at for marks.
const MARKS: usize = 12;

impl Header {
    /// The header that begins with a line: names of columns, an activity among them and one thing
    /// about it, or actors whose cells are marked below.
    fn read(lines: &[TextLine], at: usize) -> Option<Self> {
        Self::of_lines(lines, at).or_else(|| Self::of_group(lines, at))
    }

    /// The header that lines between two blank ones are together, beginning with the first of
    /// them: names centred in their cells lie on different lines.
    fn of_group(lines: &[TextLine], at: usize) -> Option<Self> {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        if lines[at].is_blank() || before.is_some_and(|before| !before.is_blank()) {
            return None;
        }
        let group: Vec<&TextLine> = lines[at..]
            .iter()
            .take_while(|line| !line.is_blank())
            .collect();
        if !(2..=MOST_LINES + 1).contains(&group.len()) || at + group.len() == lines.len() {
            return None;
        }
        let mut names: Vec<(usize, usize, Passage)> = Vec::new();
        for line in &group {
            for (from, to, text) in segments(&line.text) {
                if to - from > 40 || line.text.contains('\t') {
                    return None;
                }
                let words = Passage::new(line.number, &text);
                let over =
                    |(left, right, _): &&mut (usize, usize, Passage)| from < *right && *left < to;
                match names.iter_mut().find(over) {
                    Some((left, right, name)) => {
                        *left = (*left).min(from);
                        *right = (*right).max(to);
                        name.flow(words);
                    }
                    None => names.push((from, to, words)),
                }
            }
        }
        names.sort_by_key(|(from, _, _)| *from);
        let mut header = Self {
            above: 0,
            lines: group.len(),
            begins: names.iter().map(|(from, _, _)| *from).collect(),
            middles: names
                .iter()
                .map(|(from, to, _)| usize::midpoint(*from, *to))
                .collect(),
            columns: Vec::new(),
            names: names.into_iter().map(|(_, _, name)| name).collect(),
        };
        header.classify();
        let activity = header.columns.contains(&Column::Activity);
        let known = header
            .columns
            .iter()
            .filter(|c| **c != Column::Other)
            .count();
        (activity && known >= 2 && known * 2 > header.columns.len()).then_some(header)
    }

    fn of_lines(lines: &[TextLine], at: usize) -> Option<Self> {
        let line = &lines[at];
        if line.text.contains('\t') {
            return None;
        }
        let own = segments(&line.text);
        let short = own.iter().all(|(from, to, _)| to - from <= 40);
        if own.len() < 2 || !short {
            return None;
        }
        let mut header = Self {
            above: 0,
            lines: 1,
            begins: own.iter().map(|(from, _, _)| *from).collect(),
            middles: own
                .iter()
                .map(|(from, to, _)| usize::midpoint(*from, *to))
                .collect(),
            columns: Vec::new(),
            names: own
                .iter()
                .map(|(_, _, text)| Passage::new(line.number, text))
                .collect(),
        };
        header.classify();
        header.columns.iter().position(|c| *c == Column::Activity)?;
        if let Some(above) = at.checked_sub(1).map(|at| &lines[at]) {
            header.also_above(above);
        }
        let activity = header.columns.iter().position(|c| *c == Column::Activity)?;
        for line in lines[at + 1..].iter().take(MOST_LINES - 1) {
            if !header.goes_on(line, activity) {
                break;
            }
            for (cell, more) in header.names.iter_mut().zip(cells(line, &header.begins)) {
                if !more.is_empty() {
                    cell.flow(more);
                }
            }
            header.lines += 1;
        }
        header.classify();
        let known = header
            .columns
            .iter()
            .filter(|c| **c != Column::Other)
            .count();
        let marked = || {
            let below = lines[at + header.lines..].iter().take(MARKS);
            let marks = |line: &&TextLine| {
                segments(&line.text)
                    .iter()
                    .any(|(_, _, text)| is_mark(text))
            };
            header.columns.len() >= 3 && below.filter(marks).count() >= 2
        };
        (known >= 2 || marked()).then_some(header)
    }

    fn classify(&mut self) {
        self.columns = self.names.iter().map(|name| classify(&name.text)).collect();
    }

    /// Takes names from the line above that stand beside those of this one: names centred in
    /// their cells are on different lines.
    fn also_above(&mut self, above: &TextLine) {
        let own = segments(&above.text);
        let narrow = own.iter().all(|(from, to, _)| to - from <= 25);
        let spans: Vec<(usize, usize)> = self
            .begins
            .iter()
            .zip(&self.names)
            .map(|(from, name)| (*from, from + name.text.chars().count()))
            .collect();
        let beside = own.iter().all(|(from, to, _)| {
            spans
                .iter()
                .all(|(left, right)| to + 1 < *left || right + 1 < *from)
        });
        let whole = own
            .iter()
            .all(|(_, _, text)| text.starts_with(char::is_uppercase));
        if above.is_blank() || !(narrow && beside && whole) || own.len() > self.names.len() {
            return;
        }
        for (from, to, text) in own {
            let at = self.begins.iter().filter(|begins| **begins < from).count();
            self.begins.insert(at, from);
            self.middles.insert(at, usize::midpoint(from, to));
            self.names.insert(at, Passage::new(above.number, &text));
        }
        self.above = 1;
        self.classify();
    }

    /// Whether a line goes on with the names: directly below, in lower case, nothing below the
    /// name of the activity or of the first column.
    fn goes_on(&self, line: &TextLine, activity: usize) -> bool {
        let cells = cells(line, &self.begins);
        let empty = |at: usize| cells.get(at).is_none_or(Passage::is_empty);
        let lower =
            |cell: &Passage| cell.text.starts_with(char::is_lowercase) && !is_mark(&cell.text);
        !line.is_blank()
            && empty(0)
            && empty(activity)
            && cells.iter().all(|cell| cell.is_empty() || lower(cell))
    }

    /// Whether another header has the same names.
    fn is_like(&self, other: &Self) -> bool {
        let plain = |header: &Self| -> Vec<String> {
            let names = header.names.iter();
            names.map(|name| name.text.to_lowercase()).collect()
        };
        plain(self) == plain(other)
    }
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
    let activity = header
        .columns
        .iter()
        .position(|column| *column == Column::Activity);
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
