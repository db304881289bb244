//! Cells that say how far something has come, by their words.

use crate::import::value::status;

/// Whether a line is a status and nothing else.
pub(super) fn is_status(line: &str) -> bool {
    status::is_only(line.trim())
}

/// Where the status begins that ends a line; the longest, with something before it.
pub(super) fn at_end(line: &str) -> Option<usize> {
    let starts = line
        .char_indices()
        .filter(|(at, c)| *at > 0 && c.is_whitespace());
    starts.map(|(at, c)| at + c.len_utf8()).find(|at| {
        is_status(&line[*at..]) && line[*at..].chars().next().is_some_and(char::is_uppercase)
    })
}

/// Where the status ends that a line begins with, with something after it.
pub(super) fn at_start(line: &str) -> Option<usize> {
    let ends = line.char_indices().filter(|(_, c)| c.is_whitespace());
    ends.map(|(at, _)| at).rfind(|at| is_status(&line[..*at]))
}
