//! Rows told by how their cells are aligned: the cells of a row begin on one line, or have one
//! middle. Where nothing else parts the rows of a table, that does.

use super::{Header, cells, is_mark, is_other_time, is_time};
use crate::import::document::{Passage, TextLine};
use crate::import::table::Column;
use crate::import::value::status;

/// How many lines a row may have.
const TALLEST: usize = 24;

/// What it costs that a row has no activity, that its activity begins in the middle of a
/// sentence, that it says twice when or how far, and that it does not say when or how far.
const NONE: f64 = 6.0;
const CUT: f64 = 4.0;
const TWICE: f64 = 4.0;
const SILENT: f64 = 0.6;

/// How much better rows of one middle must fit than rows of one beginning.
const BETTER: f64 = 0.6;

/// How cells lie in their rows.
#[derive(Clone, Copy)]
enum Alignment {
    Top,
    Middle,
}

/// The lines that begin a row, where the cells of rows are centred; `None` where they are not.
/// Lines are given without blank ones.
pub(super) fn centred(lines: &[&TextLine], header: &Header) -> Option<Vec<usize>> {
    let activity = header.activity()?;
    let grid: Vec<Vec<Passage>> = lines
        .iter()
        .map(|line| cells(line, &header.begins))
        .collect();
    let twice = header.columns.iter().enumerate();
    let twice = twice
        .map(|(at, column)| said_twice(column, &grid, at))
        .collect();
    let table = Rows {
        grid: &grid,
        columns: &header.columns,
        activity,
        twice,
    };
    let (top, _) = table.best(Alignment::Top);
    let (middle, starts) = table.best(Alignment::Middle);
    let several = starts.len() >= 2 && lines.len() > starts.len();
    (several && middle < top * BETTER).then_some(starts)
}

struct Rows<'a> {
    grid: &'a [Vec<Passage>],
    columns: &'a [Column],
    activity: usize,
    /// What [`said_twice`] says of each column.
    twice: Vec<Vec<[u8; TALLEST]>>,
}

impl Rows<'_> {
    /// The rows that cost least: what they cost, and the line that each begins on.
    fn best(&self, alignment: Alignment) -> (f64, Vec<usize>) {
        let count = self.grid.len();
        let mut costs = vec![f64::INFINITY; count + 1];
        let mut from = vec![0; count + 1];
        costs[0] = 0.0;
        for end in 1..=count {
            for start in end.saturating_sub(TALLEST)..end {
                let cost = costs[start] + self.cost(start, end, alignment);
                if cost < costs[end] {
                    costs[end] = cost;
                    from[end] = start;
                }
            }
        }
        let mut starts = Vec::new();
        let mut end = count;
        while end > 0 {
            end = from[end];
            starts.push(end);
        }
        starts.reverse();
        (costs[count], starts)
    }

    /// What it costs that some lines are a row.
    fn cost(&self, start: usize, end: usize, alignment: Alignment) -> f64 {
        let lines = &self.grid[start..end];
        let mut cost = 0.0;
        for (at, column) in self.columns.iter().enumerate() {
            let filled: Vec<usize> = (0..lines.len())
                .filter(|line| !lines[*line][at].is_empty())
                .collect();
            let (Some(first), Some(last)) = (filled.first(), filled.last()) else {
                let told = is_time(column) || *column == Column::Status;
                cost += if at == self.activity {
                    NONE
                } else if told {
                    SILENT
                } else {
                    0.0
                };
                continue;
            };
            cost += match alignment {
                Alignment::Top => lines_apart(*first * 2, 0),
                Alignment::Middle => lines_apart(first + last, lines.len() - 1),
            };
            let words = &lines[*first][at].text;
            if at == self.activity && words.starts_with(char::is_lowercase) && !is_mark(words) {
                cost += CUT;
            }
            cost += f64::from(self.twice[at][start][lines.len() - 1]) * TWICE;
        }
        cost
    }
}

/// How often a column says more than one thing of a row, for the rows that begin on each line, by
/// their height. It is counted once for all rows, since to read a period takes long.
fn said_twice(column: &Column, grid: &[Vec<Passage>], at: usize) -> Vec<[u8; TALLEST]> {
    let says_one = is_time(column) || matches!(column, Column::Status | Column::Number);
    let begins = 0..grid.len();
    begins
        .map(|start| {
            let mut by_height = [0; TALLEST];
            if says_one {
                let mut before = Passage::default();
                let mut times = 0;
                for (height, line) in by_height.iter_mut().zip(&grid[start..]) {
                    if !line[at].is_empty() {
                        times += u8::from(says_another(column, &before, &line[at]));
                        before.flow(line[at].clone());
                    }
                    *height = times;
                }
            }
            by_height
        })
        .collect()
}

/// Whether a cell says another thing than the cells of its column above it in the row.
fn says_another(column: &Column, before: &Passage, below: &Passage) -> bool {
    let other = !before.is_empty()
        && match column {
            column if is_time(column) => is_other_time(before, below),
            Column::Status => status::is_only(&before.text) && status::is_only(&below.text),
            Column::Number => true,
            _ => false,
        };
    other && !before.text.ends_with(['-', '–'])
}

/// How many lines two places are apart that are told in half lines.
#[expect(clippy::cast_precision_loss, reason = "a few lines")]
fn lines_apart(one: usize, other: usize) -> f64 {
    one.abs_diff(other) as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Option<Vec<usize>> {
        let lines = TextLine::of(text);
        let header = Header::read(&lines, 0).unwrap();
        let body: Vec<&TextLine> = lines[header.lines..].iter().collect();
        centred(&body, &header)
    }

    #[test]
    fn centred_cells_have_one_middle() {
        let rows = "Ansvar                 Åtgärd                        Läge
                       Införa tjänst för bygglov
Miljönämnden                                         Pågår
                       med signering
Kulturnämnden,         Erbjuda vägledning på         Ej
biblioteken            alla bibliotek                påbörjad
                       Se över kommunens webb
Staben                                               Klar
                       utifrån lagen
";
        assert_eq!(starts(rows), Some(vec![0, 3, 5]));
    }

    #[test]
    fn cells_that_begin_on_one_line_are_not_centred() {
        let rows = "Ansvar                 Åtgärd                        Läge
Miljönämnden           Införa tjänst för bygglov     Pågår
                       med signering
Kulturnämnden          Erbjuda vägledning på         Klar
                       alla bibliotek
";
        assert_eq!(starts(rows), None);
    }
}
