//! How far something has come, in words.

use super::Reading;
use crate::model::Status;

/// Reads the words of a status cell; `None` where they say nothing that the scheme knows.
/// Words that only suggest a status ("80 %") are interpreted.
pub fn read(words: &str) -> Option<Reading<Status>> {
    let _ = words;
    None
}

/// The status that an outcome in prose tells ("har pausats", "är genomförd"); always
/// interpreted. `None` where it tells none, or several that disagree.
pub fn in_prose(text: &str) -> Option<Reading<Status>> {
    let _ = text;
    None
}
