//! The cells that rows are known by: their periods, or their statuses where there is no period.

use crate::import::document::Passage;
use crate::import::table::Column;

use super::words::{begins_upper, flow, is_finished, point};
use super::{Gap, Line, period, status};

/// A cell that a row is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The first line it stands on.
    pub(super) start: usize,
    /// The line after the last.
    pub(super) end: usize,
    /// Its words.
    pub(super) words: Passage,
    /// Words before it on its first line: the end of the cell before.
    pub(super) before: Option<Line>,
    /// Words after it on its last line: the beginning of the next cell.
    pub(super) after: Option<Line>,
}

/// Where the column is that rows are known by.
pub(super) fn column(columns: &[Column]) -> Option<usize> {
    let of = |wanted: &[Column]| columns.iter().position(|column| wanted.contains(column));
    of(&[Column::Period])
        .or_else(|| of(&[Column::Start]))
        .or_else(|| of(&[Column::End]))
        .or_else(|| of(&[Column::Status]))
}

/// The anchors in the lines below a header.
pub(super) fn find(lines: &[Line], columns: &[Column], column: usize) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let found = if columns[column] == Column::Status {
            by_status(lines, at)
        } else {
            by_period(lines, at, columns, column)
        };
        match found {
            Some(anchor) => {
                at = anchor.end;
                anchors.push(anchor);
            }
            None => at += 1,
        }
    }
    // A year may stand on a line of its own because a sentence broke before it. Where cells are
    // set apart by blank lines, only what has one before it is a cell.
    let apart = |anchor: &Anchor| lines[anchor.start].gap != Gap::None;
    let count = anchors.iter().filter(|anchor| apart(anchor)).count();
    if count * 2 > anchors.len() {
        anchors.retain(apart);
    }
    anchors
}

fn by_status(lines: &[Line], at: usize) -> Option<Anchor> {
    let line = &lines[at];
    status::is_status(&line.text).then(|| Anchor {
        start: at,
        end: at + 1,
        words: Passage::new(line.number, &line.text),
        before: None,
        after: None,
    })
}

fn by_period(lines: &[Line], at: usize, columns: &[Column], column: usize) -> Option<Anchor> {
    let line = &lines[at];
    let last = column + 1 == columns.len();
    let start = match period::begins(&line.text) {
        Some(_) => 0,
        None if column > 0 && is_actor(&columns[column - 1]) => after_actor(line)?,
        None => return None,
    };
    let shape = period::begins(&line.text[start..])?;
    let mut words = Passage::new(line.number, &line.text[start..start + shape.end]);
    let mut rest = line.text[start + shape.end..].trim();
    let mut end = at + 1;
    let mut of = line;
    if shape.open && rest.is_empty() {
        let next = lines.get(end).filter(|next| next.gap == Gap::None);
        let more = next.and_then(|next| Some((next, period::begins(&next.text)?)));
        match more {
            Some((next, more)) => {
                flow(
                    &mut words,
                    Passage::new(next.number, &next.text[..more.end]),
                );
                rest = next.text[more.end..].trim();
                of = next;
                end += 1;
            }
            // A season without a year is none; a year with a dash is open for good.
            None if !words.text.ends_with(['-', '–', '—']) => return None,
            None => {}
        }
    }
    // What follows is a cell of its own, so there has to be a column for it, and it begins one.
    if !rest.is_empty() && (last || !(begins_upper(rest) || point(rest).is_some())) {
        return None;
    }
    let piece = |of: &Line, text: &str| {
        (!text.is_empty()).then(|| Line {
            text: text.to_owned(),
            gap: Gap::Cell,
            ..of.clone()
        })
    };
    Some(Anchor {
        start: at,
        end,
        words,
        before: piece(line, line.text[..start].trim()).map(|before| Line {
            gap: line.gap,
            ..before
        }),
        after: piece(of, rest),
    })
}

/// Whether a column names who takes part, in a few words.
pub(super) fn is_actor(column: &Column) -> bool {
    matches!(
        column,
        Column::Responsible | Column::Lead | Column::Supporting | Column::Funder | Column::Actor
    )
}

/// Where a period begins behind the name of an actor ("Region Norr 2021-2022"). A sentence may
/// end in a year, so the line has to begin a cell, with a name of a few words.
fn after_actor(line: &Line) -> Option<usize> {
    if line.gap == Gap::None
        || !begins_upper(&line.text)
        || is_finished(&line.text) && line.text.ends_with('.')
    {
        return None;
    }
    let mut starts = line
        .text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, c)| at + c.len_utf8())
        .take(5);
    starts.find(|at| period::begins(&line.text[*at..]).is_some())
}
