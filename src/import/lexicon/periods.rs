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

/// Parts of a year whose bounds are by custom: their first and last month.
pub const SEASONS: &[(&str, u8, u8)] = &[
    ("våren", 1, 6),
    ("vt", 1, 6),
    ("hösten", 7, 12),
    ("ht", 7, 12),
    ("sommaren", 6, 8),
];

/// Words before a period that has only an end.
pub const UNTIL: &[&str] = &["senast", "t.o.m", "till och med"];

/// Words for no beginning and no end.
pub const CONTINUOUS: &[&str] = &["löpande", "tills vidare", "ongoing"];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    let months = MONTHS.iter().map(|(word, _)| *word);
    let seasons = SEASONS.iter().map(|(word, _, _)| *word);
    months
        .chain(seasons)
        .chain(UNTIL.iter().copied())
        .chain(CONTINUOUS.iter().copied())
        .collect()
}
