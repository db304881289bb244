//! Flattened tables: the header on a line, then the cells one after the other.
//!
//! A program that extracts text and loses the layout leaves such tables. What tells the rows
//! apart is their shortest cell: every row has a period (or, without such a column, a status).
//! The lines between two of them are dealt out to the cells between (`assign`).

mod anchor;
mod assign;
mod cell;
mod extent;
mod header;
mod period;
mod status;
#[cfg(test)]
mod tests;
mod words;

use crate::import::document::{Cell, Passage, Row, Table, TextLine};

use super::{Column, Found};
use anchor::Anchor;
use assign::Slot;
use header::Header;

/// What stands between a line and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// Nothing.
    None,
    /// The border of a cell on one line.
    Cell,
    /// Blank lines.
    Blank,
    /// The end of a page, or what stands there.
    Page,
}

/// A line that is not blank, without its indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// Its place among the lines that were given.
    index: usize,
    /// Its number in the source.
    number: u32,
    /// Its words.
    text: String,
    /// What stands before it.
    gap: Gap,
}

/// A header and the lines up to the next.
struct Part {
    /// Where the header stands.
    index: usize,
    header: Header,
    body: Vec<Line>,
}

/// The flattened tables in plain lines, in order.
pub fn find(lines: &[TextLine]) -> Vec<Found> {
    let lines = useful(lines);
    let page = lines.iter().map(|line| words::width(&line.text)).max();
    let page = page.unwrap_or_default();
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(line) = rest.first() {
        if let Some(header) = header::read(rest) {
            rest = &rest[header.lines..];
            parts.push(Part {
                index: line.index,
                header,
                body: Vec::new(),
            });
        } else {
            if let Some(part) = parts.last_mut() {
                part.body.push(line.clone());
            }
            rest = &rest[1..];
        }
    }
    let tables = joined(parts, page).into_iter().filter_map(|part| {
        let (rows, last) = rows(&part.header, &part.body, page)?;
        Some(Found {
            lines: part.index..last + 1,
            table: Table { rows },
        })
    });
    tables.collect()
}

/// Tables that go on under a repeated header, on the next page, made one.
fn joined(parts: Vec<Part>, page: usize) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    for part in parts {
        match found.last_mut() {
            Some(last) if goes_on(last, &part, page) => {
                let from = last.body.len();
                last.body.extend(part.body);
                if let Some(line) = last.body.get_mut(from) {
                    line.gap = Gap::Page;
                }
            }
            _ => found.push(part),
        }
    }
    found
}

/// Whether a part goes on the one before: the columns are the same, and nothing is between its
/// header and the last row, or a sentence that the page break cut.
fn goes_on(part: &Part, next: &Part, page: usize) -> bool {
    let names = |part: &Part| -> Vec<String> {
        let names = part.header.names.iter();
        names.map(|(_, name)| name.to_lowercase()).collect()
    };
    if names(part) != names(next) {
        return false;
    }
    let (Some(extent), Some(last), Some(first)) = (
        extent(&part.header, &part.body, page),
        part.body.last(),
        next.body.first(),
    ) else {
        return false;
    };
    let cut = !words::is_finished(&last.text) && words::begins_lower(&first.text);
    extent.end == part.body.len() || cut
}

/// The lines that say something, and what lies between them.
fn useful(lines: &[TextLine]) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut gap = Gap::None;
    let mut before: Option<&TextLine> = None;
    for (index, line) in lines.iter().enumerate() {
        if let Some(before) = before {
            // A footnote or the foot of a page was taken out here.
            let torn = before.page != line.page || before.number.saturating_add(1) < line.number;
            gap = gap.max(if torn { Gap::Page } else { Gap::None });
        }
        before = Some(line);
        if line.is_blank() {
            gap = gap.max(Gap::Blank);
        } else if words::is_address(&line.text) {
            gap = Gap::Page;
        } else {
            found.push(Line {
                index,
                number: line.number,
                text: line.text.trim().to_owned(),
                gap,
            });
            gap = Gap::None;
        }
    }
    found
}

/// What is of a table in the lines below its header.
struct Extent {
    /// Which column the rows are known by.
    key: usize,
    /// The cells they are known by, at least one.
    anchors: Vec<Anchor>,
    /// The line after the last.
    end: usize,
}

fn extent(header: &Header, body: &[Line], page: usize) -> Option<Extent> {
    let key = anchor::column(&header.columns)?;
    let anchors = anchor::find(body, &header.columns, key);
    let anchors = extent::rows(body, anchors, page);
    let end = extent::last_row(body, anchors.last()?, &header.columns[key + 1..]);
    Some(Extent { key, anchors, end })
}

/// The rows below a header, the header first, and the index of their last line.
fn rows(header: &Header, body: &[Line], page: usize) -> Option<(Vec<Row>, usize)> {
    let columns = &header.columns;
    let Extent { key, anchors, end } = extent(header, body, page)?;
    let gaps = gaps(body, &anchors, columns, key, end);
    let rooms = rooms(&gaps, columns, key);
    let dealt = deal(&gaps, columns, key, &rooms);

    let head = header
        .names
        .iter()
        .map(|(number, name)| Cell::of([Passage::new(*number, name)]));
    let mut rows = vec![Row {
        cells: head.collect(),
        header: true,
    }];
    for (anchor, cells) in anchors.iter().zip(dealt) {
        let cells = columns.iter().zip(cells).zip(&rooms).enumerate();
        let cells = cells.map(|(at, ((column, lines), room))| {
            if at == key {
                Cell::of([anchor.words.clone()])
            } else if anchor::is_actor(column) {
                cell::names(&lines)
            } else {
                cell::prose(&lines, room.unwrap_or(usize::MAX))
            }
        });
        rows.push(Row {
            cells: cells.collect(),
            header: false,
        });
    }
    let last = body.get(end.checked_sub(1)?)?;
    Some((rows, last.index))
}

/// The lines before the first anchor, between each and the next, and after the last.
fn gaps(
    body: &[Line],
    anchors: &[Anchor],
    columns: &[Column],
    key: usize,
    end: usize,
) -> Vec<Vec<Line>> {
    let mut gaps = Vec::with_capacity(anchors.len() + 1);
    let mut gap: Vec<Line> = Vec::new();
    let mut at = 0;
    for anchor in anchors {
        gap.extend(body[at..anchor.start].iter().cloned());
        gap.extend(anchor.before.clone());
        gaps.push(std::mem::take(&mut gap));
        if let Some(after) = &anchor.after {
            gap.extend(cut_status(after, &columns[key + 1..]));
        }
        at = anchor.end;
    }
    gap.extend(body[at..end.max(at)].iter().cloned());
    gaps.push(gap);
    gaps
}

/// The words after an anchor, cut where a status stands at their end or beginning.
fn cut_status(after: &Line, columns: &[Column]) -> Vec<Line> {
    let at = match columns {
        [Column::Status, _, ..] => status::at_start(&after.text),
        [_, .., Column::Status] => status::at_end(&after.text),
        _ => None,
    };
    let Some(at) = at else {
        return vec![after.clone()];
    };
    let part = |text: &str| Line {
        text: text.trim().to_owned(),
        ..after.clone()
    };
    vec![part(&after.text[..at]), part(&after.text[at..])]
}

/// The lines of each cell of each row.
fn deal<'a>(
    gaps: &'a [Vec<Line>],
    columns: &[Column],
    key: usize,
    rooms: &[Option<usize>],
) -> Vec<Vec<Vec<&'a Line>>> {
    let count = gaps.len().saturating_sub(1);
    let tight = !gaps.iter().flatten().any(|line| line.gap == Gap::Blank);
    let mut rows: Vec<Vec<Vec<&Line>>> = vec![vec![Vec::new(); columns.len()]; count];
    let first = columns.iter().position(|c| *c == Column::Activity);
    let slot = |column: usize, goes_on| Slot {
        column,
        goes_on,
        holds: columns[column].clone(),
        room: rooms[column],
    };
    for (at, gap) in gaps.iter().enumerate() {
        let above = at.checked_sub(1);
        let mut slots: Vec<Slot> = Vec::new();
        if above.is_some() {
            slots.extend((key + 1..columns.len()).map(|column| slot(column, false)));
            let last = columns.len() - 1;
            let cut = first.into_iter().chain((last > key).then_some(last));
            slots.extend(cut.map(|column| slot(column, true)));
        }
        if at < count {
            slots.extend((0..key).map(|column| slot(column, false)));
        }
        let cut = above.zip(first).is_some_and(|(row, first)| {
            let last: Option<&&Line> = rows[row][first].last();
            last.is_some_and(|line| !words::is_finished(&line.text))
        });
        let lines: Vec<&Line> = gap.iter().collect();
        let found = assign::assign(&lines, &slots, cut, tight);
        for (line, found) in lines.into_iter().zip(found) {
            let slot = &slots[found];
            let of_above = slot.goes_on || slot.column > key;
            let row = if of_above { above.unwrap_or(at) } else { at };
            rows[row][slot.column].push(line);
        }
    }
    rows
}

/// How many characters each column has room for: first dealt out without, then once more with
/// what that showed, as a line in the wrong cell makes its column too wide.
fn rooms(gaps: &[Vec<Line>], columns: &[Column], key: usize) -> Vec<Option<usize>> {
    let mut rooms = vec![None; columns.len()];
    for _ in 0..2 {
        let dealt = deal(gaps, columns, key, &rooms);
        rooms = (0..columns.len())
            .map(|column| {
                let cells = dealt.iter().map(|row| &row[column]);
                let widest =
                    |lines: &Vec<&Line>| lines.iter().map(|line| words::width(&line.text)).max();
                // A cell of one or two lines says little about the width.
                let long = cells.clone().filter(|lines| lines.len() > 2);
                let mut widths: Vec<usize> = long.filter_map(widest).collect();
                if widths.is_empty() {
                    widths = cells.filter_map(widest).collect();
                }
                widths.sort_unstable();
                let upper = widths.len() * 3 / 4;
                widths.get(upper).or(widths.last()).copied()
            })
            .collect();
    }
    rooms
}
