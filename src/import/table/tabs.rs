//! Tables in plain lines whose cells are parted by tabs.

use super::Found;
use crate::import::document::{Cell, Passage, Row, Table, TextLine};

/// Runs of at least two lines with tabs. A line without one within a run is a cell by itself.
pub(super) fn find(lines: &[TextLine]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !is_row(&lines[at]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < lines.len() && next - end <= 2 {
            if is_row(&lines[next]) {
                end = next + 1;
            }
            next += 1;
        }
        if lines[at..end].iter().filter(|line| is_row(line)).count() >= 2 {
            found.push(Found {
                lines: at..end,
                table: table(&lines[at..end]),
            });
        }
        at = end;
    }
    found
}

/// Whether a line has a tab after words.
fn is_row(line: &TextLine) -> bool {
    line.text.trim_start_matches(' ').contains('\t') && !line.is_blank()
}

fn table(lines: &[TextLine]) -> Table {
    let row = |line: &TextLine| Row {
        cells: line
            .text
            .split('\t')
            .map(|words| match words.trim() {
                "" => Cell::default(),
                words => Cell::of([Passage::new(line.number, words)]),
            })
            .collect(),
        header: false,
    };
    Table {
        rows: lines
            .iter()
            .filter(|line| !line.is_blank())
            .map(row)
            .collect(),
    }
}
