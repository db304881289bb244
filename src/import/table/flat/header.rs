//! The line that names the columns.

use crate::import::table::{Column, classify};

use super::Line;

/// The names of a table's columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// What each column holds, from the left.
    pub(super) columns: Vec<Column>,
    /// The words above each, with the number of their line.
    pub(super) names: Vec<(u32, String)>,
    /// How many lines it takes up.
    pub(super) lines: usize,
}

/// How many lines a header may be broken over.
const MOST_LINES: usize = 8;

/// The header that begins with the first of these lines.
pub(super) fn read(lines: &[Line]) -> Option<Header> {
    let first = lines.first()?;
    let mut names = names(first)?;
    let mut taken = 1;
    // A line that names columns and nothing else goes on the header; any other is a cell.
    for line in lines.iter().take(MOST_LINES).skip(1) {
        match self::names(line) {
            Some(more) if more.iter().all(is_bare) && line.text.len() <= 40 => {
                names.extend(more);
                taken += 1;
            }
            _ => break,
        }
    }
    let columns: Vec<Column> = names.iter().map(|(_, name)| classify(name)).collect();
    let mut known: Vec<&Column> = columns.iter().filter(|c| **c != Column::Other).collect();
    let count = known.len();
    known.sort();
    known.dedup();
    // Two words of one kind are a sentence about it rather than a header, unless much else is
    // named.
    let told = known.len() > 2 || (known.len() == 2 && count == 2);
    let fits = told && known.contains(&&Column::Activity);
    fits.then_some(Header {
        columns,
        names,
        lines: taken,
    })
}

/// Whether a name is one word that is known.
fn is_bare((_, name): &(u32, String)) -> bool {
    !name.contains(' ') && classify(name) != Column::Other
}

/// The names on a line, if it may be (a part of) a header: words in upper case begin a name, the
/// rest goes on the one before.
fn names(line: &Line) -> Option<Vec<(u32, String)>> {
    // Wide gaps are columns that were not flattened.
    if line.text.contains("  ") || line.text.contains(['\t', '|']) || line.text.ends_with('.') {
        return None;
    }
    let words: Vec<&str> = line.text.split_whitespace().collect();
    if words.len() > 14 {
        return None;
    }
    let shouted = !line.text.chars().any(char::is_lowercase);
    let mut names: Vec<String> = Vec::new();
    let mut joined = false;
    for word in words {
        let joins = ["och", "and", "&", "/"].contains(&word.to_lowercase().as_str());
        let known = classify(word) != Column::Other;
        let upper = word.chars().next().is_some_and(char::is_uppercase);
        match names.last_mut() {
            Some(name) if joins || joined || !upper || (shouted && !known) => {
                name.push(' ');
                name.push_str(word);
            }
            None if !upper => return None,
            _ => names.push(word.to_owned()),
        }
        joined = joins;
    }
    let long = |name: &String| name.split(' ').count() > 4;
    let known = names.iter().filter(|name| classify(name) != Column::Other);
    // More words that say nothing than words that do: a sentence.
    let sentence = names.iter().any(long) || known.count() * 2 < names.len();
    (!names.is_empty() && !sentence)
        .then(|| names.into_iter().map(|name| (line.number, name)).collect())
}
