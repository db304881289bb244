//! Words that announce that something is named, in lower case.

use crate::model::ReferenceKind;
use ReferenceKind::{Document, Framework, Project, Service};

/// A word before a name, and what kind of thing it announces.
pub const ANNOUNCE: &[(&str, Option<ReferenceKind>)] = &[
    ("verktyget", Some(Service)),
    ("verktyg", Some(Service)),
    ("tjänsten", Some(Service)),
    ("plattformen", Some(Service)),
    ("projektet", Some(Project)),
    ("förstudien", Some(Project)),
    ("rapporten", Some(Document)),
    ("priset", None),
    ("utbildningsinsatsen", None),
];

/// Endings of a word for something that is laid down, without and with the article.
pub const LAID_DOWN: &[(&str, &str)] = &[
    ("strategi", "strategin"),
    ("program", "programmet"),
    ("agenda", "agendan"),
    ("överenskommelse", "överenskommelsen"),
    ("ramverk", "ramverket"),
];

/// The same, of which a plan also speaks without meaning one that has a name.
pub const LAID_DOWN_TOO: &[(&str, &str)] =
    &[("plan", "planen"), ("stöd", "stödet"), ("mål", "målet")];

/// Endings of a word for something that is used, with the article.
pub const USED: &[&str] = &["tjänsten", "plattformen"];

/// What a law or an ordinance is called before its number.
pub const LAW: &[&str] = &["lagen", "förordningen", "lag", "förordning"];

/// Words before the two above that say whose it is.
pub const WHOSE: &[&str] = &[
    "nationell",
    "nationella",
    "regional",
    "regionala",
    "europeiska",
];

/// Endings of a word for several things, before a list of their names or after it, and what
/// kind of thing they are.
pub const SEVERAL: &[(&str, Option<ReferenceKind>)] = &[
    ("initiativ", None),
    ("projekt", Some(Project)),
    ("verktyg", Some(Service)),
    ("tjänster", Some(Service)),
    ("system", Some(Service)),
    ("strategier", Some(Framework)),
    ("program", Some(Framework)),
];

/// Words between the word for several things and the list of their names.
pub const SUCH_AS: &[&str] = &["som", "såsom", "exempelvis", "till exempel", "t.ex."];

/// Words between a list of names and the word for what they are.
pub const OR_OTHER: &[&str] = &["annat", "andra", "liknande"];

/// Words between an abbreviation and what it stands for.
pub const STANDS_FOR: &[&str] = &["står för"];

/// Words that a name in running text does not go on over.
pub const AFTER: &[&str] = &[
    "som", "har", "är", "ska", "med", "och", "samt", "i", "på", "av", "att", "till", "under",
];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    let kinds = ANNOUNCE.iter().chain(SEVERAL).map(|(word, _)| *word);
    let laid_down = LAID_DOWN.iter().chain(LAID_DOWN_TOO);
    let laid_down = laid_down.flat_map(|(bare, the)| [*bare, *the]);
    let lists = [USED, LAW, WHOSE, SUCH_AS, OR_OTHER, STANDS_FOR, AFTER].concat();
    kinds.chain(laid_down).chain(lists).collect()
}
