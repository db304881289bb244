//! Words around the names of parties, in lower case.

use crate::model::Role;

/// Words before those who take part, and in which role.
pub const WITH: &[(&str, Role)] = &[
    ("i samverkan med", Role::Collaborating),
    ("i samverkan", Role::Collaborating),
    ("i samarbete med", Role::Collaborating),
    ("i samråd med", Role::Collaborating),
    ("tillsammans med", Role::Collaborating),
    ("in cooperation with", Role::Collaborating),
    ("med stöd av", Role::Supporting),
];

/// Words between two parties of a list.
pub const AND: &[&str] = &["och", "samt", "and"];

/// Words before a party of which each member is meant for itself.
pub const EACH: &[&str] = &["respektive", "varje"];

/// What the municipalities of a county are called together.
pub const MUNICIPALITIES: &[&str] = &[
    "kommunerna",
    "länets kommuner",
    "samtliga kommuner",
    "respektive kommun",
    "kommun",
];

/// Words before and after a list of municipalities that are named together.
pub const SEVERAL: (&str, &str) = ("the municipalities of", "kommuner");

/// What the region of a county is called.
pub const REGION: &[&str] = &["regionen", "region"];

/// What the county administrative board is called.
pub const COUNTY_BOARD: &[&str] = &["länsstyrelsen"];

/// What a unit of an organisation is called, in part.
pub const UNIT: &[&str] = &[
    "förvaltning",
    "avdelning",
    "nämnd",
    "enhet",
    "kontor",
    "styrelse",
];

/// What a group is called, in part.
pub const GROUP: &[&str] = &["nätverk", "grupp", "råd", "forum", "parter"];

/// Words before those who pay.
pub const PAID_BY: &[&str] = &["finansieras av", "finansierat av"];

/// Words that nobody is responsible yet.
pub const NOT_DECIDED: &[&str] = &["ej beslutat"];

/// Words after a list that others, unnamed, take part too.
pub const OTHERS: &[&str] = &["m.fl", "mfl", "med flera"];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    let with = WITH.iter().map(|(word, _)| *word);
    let lists = [
        AND,
        EACH,
        MUNICIPALITIES,
        REGION,
        COUNTY_BOARD,
        UNIT,
        GROUP,
        PAID_BY,
        OTHERS,
        NOT_DECIDED,
    ];
    with.chain(lists.concat())
        .chain([SEVERAL.0, SEVERAL.1])
        .collect()
}
