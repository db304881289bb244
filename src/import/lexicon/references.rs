//! Words that announce that something is named, in lower case.

use crate::model::ReferenceKind;

/// A word before a name, and what kind of thing it announces.
pub const ANNOUNCE: &[(&str, Option<ReferenceKind>)] = &[
    ("verktyget", Some(ReferenceKind::Service)),
    ("verktyg", Some(ReferenceKind::Service)),
    ("tjänsten", Some(ReferenceKind::Service)),
    ("plattformen", Some(ReferenceKind::Service)),
    ("projektet", Some(ReferenceKind::Project)),
    ("förstudien", Some(ReferenceKind::Project)),
    ("rapporten", Some(ReferenceKind::Document)),
    ("priset", None),
    ("utbildningsinsatsen", None),
];

/// Endings of the word before a quoted name, and what kind of thing it then is.
pub const QUOTED: &[(&str, ReferenceKind)] = &[
    ("strategi", ReferenceKind::Framework),
    ("strategin", ReferenceKind::Framework),
    ("programmet", ReferenceKind::Framework),
    ("överenskommelsen", ReferenceKind::Framework),
];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    let announce = ANNOUNCE.iter().map(|(word, _)| *word);
    announce
        .chain(QUOTED.iter().map(|(word, _)| *word))
        .collect()
}
