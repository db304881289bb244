//! The line or lines that name the columns of a laid-out table.

use super::{cells, segments};
use crate::import::document::{Passage, TextLine};
use crate::import::table::{Column, classify, is_mark};

/// The line or lines that name the columns.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// How many lines above the first belong to it.
    pub(super) above: usize,
    /// How many lines it takes up.
    pub(super) lines: usize,
    /// Where each column begins.
    pub(super) begins: Vec<usize>,
    /// The middle of each name.
    pub(super) middles: Vec<usize>,
    /// What each column holds.
    pub(super) columns: Vec<Column>,
    /// The names.
    pub(super) names: Vec<Passage>,
}

/// How many lines a header may be broken over.
const MOST_LINES: usize = 3;

/// How many lines below a header are looked at for marks.
const MARKS: usize = 12;

impl Header {
    /// The header that begins with a line: names of columns, an activity among them and one thing
    /// about it, or actors whose cells are marked below.
    pub(super) fn read(lines: &[TextLine], at: usize) -> Option<Self> {
        Self::of_lines(lines, at).or_else(|| Self::of_group(lines, at))
    }

    /// The first column of activities.
    pub(super) fn activity(&self) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns.position(|column| *column == Column::Activity)
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
        header.activity()?;
        if let Some(above) = at.checked_sub(1).map(|at| &lines[at]) {
            header.also_above(above);
        }
        let activity = header.activity()?;
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
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let plain = |header: &Self| -> Vec<String> {
            let names = header.names.iter();
            names.map(|name| name.text.to_lowercase()).collect()
        };
        plain(self) == plain(other)
    }
}
