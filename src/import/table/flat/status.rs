//! Cells that say how far something has come, by their words.

/// What such cells hold, in lower case.
const STATUSES: &[&str] = &[
    "ny",
    "nytt",
    "pågår",
    "pågående",
    "planerad",
    "planeras",
    "påbörjad",
    "påbörjas",
    "ej påbörjad",
    "inte påbörjad",
    "klar",
    "klart",
    "genomförd",
    "genomfört",
    "delvis genomförd",
    "ej genomförd",
    "avslutad",
    "försenad",
    "pausad",
    "vilande",
    "new",
    "ongoing",
    "in progress",
    "planned",
    "started",
    "not started",
    "done",
    "completed",
    "complete",
    "delayed",
    "paused",
    "cancelled",
];

/// Whether a line is a status and nothing else.
pub(super) fn is_status(line: &str) -> bool {
    let line = line.trim().trim_end_matches('.').to_lowercase();
    STATUSES.contains(&line.as_str())
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
