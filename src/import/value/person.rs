//! Persons: names, e-mail addresses and telephone numbers, which never become data.

use std::ops::Range;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person's name.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
}

/// Persons' names and addresses in a text, in order, without overlap.
pub fn find(text: &str) -> Vec<(Range<usize>, Kind)> {
    let _ = text;
    Vec::new()
}
