//! Words of periods, in lower case.

/// Months, by their first three letters, which Swedish and English share but for two.
pub const MONTHS: &[(&str, u8)] = &[
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("maj", 5),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Months by their names, where a word that only begins like one is none ("marknad").
pub const MONTH_NAMES: &[&str] = &[
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "august",
    "october",
];

/// Parts of a year whose bounds are by custom: their first and last month.
pub const SEASONS: &[(&str, u8, u8)] = &[
    ("våren", 1, 6),
    ("vår", 1, 6),
    ("vårterminen", 1, 6),
    ("vt", 1, 6),
    ("spring", 1, 6),
    ("hösten", 7, 12),
    ("höst", 7, 12),
    ("höstterminen", 7, 12),
    ("ht", 7, 12),
    ("autumn", 7, 12),
    ("sommaren", 6, 8),
    ("summer", 6, 8),
];

/// Words before the number of a quarter.
pub const QUARTER: &[&str] = &["q", "kv", "kvartal"];

/// Words before the number of a half of a year.
pub const HALF: &[&str] = &["h"];

/// Words before the number of a week.
pub const WEEK: &[&str] = &["v", "vecka", "week"];

/// Words after the number of a part of a year in words, and how many months it has.
pub const PARTS: &[(&str, u8)] = &[("halvåret", 6), ("kvartalet", 3)];

/// Numbers of halves and quarters of a year, in words.
pub const ORDINALS: &[(&str, u8)] = &[("första", 1), ("andra", 2), ("tredje", 3), ("fjärde", 4)];

/// Words before a period that has only an end.
pub const UNTIL: &[&str] = &["senast", "klart", "före", "t.o.m", "till och med", "by"];

/// Words before a period that has only a beginning.
pub const FROM: &[&str] = &["från", "fr.o.m", "from", "efter", "tidigast"];

/// Words after a period that has only a beginning.
pub const ONWARDS: &[&str] = &["och framåt"];

/// Other words before a period in a sentence.
pub const AROUND: &[&str] = &["under", "den", "during"];

/// Words for no beginning and no end: all the time, or again and again.
pub const CONTINUOUS: &[&str] = &[
    "löpande",
    "kontinuerlig",
    "tills vidare",
    "tillsvidare",
    "årlig",
    "varje år",
    "ongoing",
    "continuous",
    "annually",
];

/// Words before how often something is done.
pub const AGAIN: &[&str] = &["every"];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    let months = MONTHS.iter().map(|(word, _)| *word);
    let seasons = SEASONS.iter().map(|(word, _, _)| *word);
    let numbers = ORDINALS.iter().chain(PARTS).map(|(word, _)| *word);
    let lists = [
        MONTH_NAMES,
        QUARTER,
        HALF,
        WEEK,
        UNTIL,
        FROM,
        ONWARDS,
        AROUND,
        CONTINUOUS,
        AGAIN,
    ];
    months
        .chain(seasons)
        .chain(numbers)
        .chain(lists.concat())
        .collect()
}
