//! Periods in words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Note, Reading};
use crate::import::lexicon::periods::{
    AGAIN, AROUND, CONTINUOUS, FROM, HALF, MONTHS, ONWARDS, ORDINALS, PARTS, QUARTER, SEASONS,
    UNTIL, WEEK,
};
use crate::model::{Date, Layer, Precision};

/// From when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The first day; none where only the end is given.
    pub start: Option<Date>,
    /// The last day; none where the end is open.
    pub end: Option<Date>,
    /// How precisely the words give it.
    pub precision: Precision,
    /// Whether it is one unit of time ("2025", "Q1 2025"), not from one to another: beside
    /// "done" such a time is only an end.
    pub single: bool,
}

/// What the words of a period cell say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// A period.
    When(Reading<When>),
    /// Words that name no day; whether they mean all the time, or again and again ("löpande",
    /// "årligen").
    Undated {
        /// The words.
        wording: String,
        /// Whether they mean all the time, or again and again.
        continuous: bool,
    },
}

/// What a match of a form means.
type Read = fn(&Captures<'_>) -> Option<When>;

/// A form of words, and what it means.
struct Form {
    pattern: Regex,
    read: Read,
}

/// The forms, the most telling first. A year is 19xx or 20xx.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    const Y: &str = r"((?:19|20)\d\d)";
    const DASH: &str = r"\s*(?:-|–|—|→|/|till|to)\s*";
    let either = |words: &mut dyn Iterator<Item = &'static str>| {
        let words: Vec<&str> = words.collect();
        words.join("|")
    };
    let months = either(&mut MONTHS.iter().map(|(month, _)| *month));
    let month = format!(r"({months})[a-zåäö]*\.?");
    let season = either(&mut SEASONS.iter().map(|(season, _, _)| *season));
    let ordinal = either(&mut ORDINALS.iter().map(|(word, _)| *word));
    let (quarter, half, week) = (QUARTER.join("|"), HALF.join("|"), WEEK.join("|"));
    let part = either(&mut PARTS.iter().map(|(word, _)| *word));
    let forms: Vec<(String, Read)> = vec![
        (
            format!(r"\b(\d{{1,2}})/(\d{{1,2}})(?:,?\s+|\s*[-–]\s*){Y}\b"),
            |c| day(&c[3], &c[2], &c[1]),
        ),
        (format!(r"\b{Y}-(\d\d)-(\d\d)\b"), |c| {
            day(&c[1], &c[2], &c[3])
        }),
        (format!(r"(?i)\b(\d{{1,2}})\s+{month}\s+{Y}\b"), |c| {
            let month = number_of(&c[2])?;
            day(&c[3], &month.to_string(), &c[1])
        }),
        (format!(r"(?i)\b{month}{DASH}{month}\s+{Y}\b"), |c| {
            let (first, last) = (number_of(&c[1])?, number_of(&c[2])?);
            range(months_of(&c[3], first, last, Precision::Month))
        }),
        (format!(r"(?i)\b{month}\s+{Y}\b"), |c| {
            let month = number_of(&c[1])?;
            months_of(&c[2], month, month, Precision::Month)
        }),
        (
            format!(r"(?i)\b(?:{quarter})\s*([1-4])(?:{DASH}(?:{quarter})?\s*([1-4]))?,?\s+{Y}\b"),
            |c| quarters(&c[3], &c[1], c.get(2).map_or(&c[1], |last| last.as_str())),
        ),
        (
            format!(
                r"(?i)\b{Y}[\s,-]*(?:{quarter})\s*([1-4])(?:{DASH}(?:{quarter})?\s*([1-4])\b)?"
            ),
            |c| quarters(&c[1], &c[2], c.get(3).map_or(&c[2], |last| last.as_str())),
        ),
        (
            format!(r"(?i)\b(?:{week})\.?\s*(\d{{1,2}})(?:{DASH}(\d{{1,2}}))?,?\s+{Y}\b"),
            |c| weeks(&c[3], &c[1], c.get(2).map_or(&c[1], |last| last.as_str())),
        ),
        (
            format!(r"(?i)\b(?:(?:{half})([12])|({ordinal})\s+({part})),?\s+{Y}\b"),
            |c| {
                let named = |list: &[(&str, u8)], at: usize| {
                    let word = c.get(at)?.as_str().to_lowercase();
                    let found = list.iter().find(|(own, _)| *own == word)?;
                    Some(found.1)
                };
                let (number, months): (u8, u8) = match c.get(1) {
                    Some(half) => (half.as_str().parse().ok()?, 6),
                    None => (named(ORDINALS, 2)?, named(PARTS, 3)?),
                };
                if months == 3 {
                    let number = number.to_string();
                    return quarters(&c[4], &number, &number);
                }
                let last = number.checked_mul(months).filter(|last| *last <= 12)?;
                months_of(&c[4], last + 1 - months, last, Precision::HalfYear)
            },
        ),
        (format!(r"(?i)\b({season})\s*(?:{Y}|-?(\d\d))\b"), |c| {
            let word = c[1].to_lowercase();
            let (_, first, last) = SEASONS.iter().find(|(season, _, _)| *season == word)?;
            let year = c.get(2).map(|year| year.as_str().to_owned());
            let year = year.or_else(|| Some(format!("20{}", c.get(3)?.as_str())))?;
            months_of(&year, *first, *last, Precision::Season)
        }),
        (format!(r"\b{Y}{DASH}{Y}(?:\b|\d\b)"), |c| {
            range(years(&c[1], &c[2]))
        }),
        (format!(r"\b{Y}\s*(?:-|–|—|/)\s*(\d\d)\b"), |c| {
            let end = format!("{}{}", &c[1][..2], &c[2]);
            // "2024-05" cannot be years.
            range(years(&c[1], &end)).or_else(|| {
                let month = c[2].parse().ok()?;
                months_of(&c[1], month, month, Precision::Month)
            })
        }),
        (format!(r"\b{Y}(?:\b|\d\b)"), |c| years(&c[1], &c[1])),
    ];
    forms
        .into_iter()
        .filter_map(|(pattern, read)| {
            let pattern = Regex::new(&pattern).ok()?;
            Some(Form { pattern, read })
        })
        .collect()
});

/// The quarters of a year from one to another.
fn quarters(year: &str, first: &str, last: &str) -> Option<When> {
    let (first, last): (u8, u8) = (first.parse().ok()?, last.parse().ok()?);
    let when = months_of(year, first * 3 - 2, last * 3, Precision::Quarter)?;
    Some(When {
        single: first == last,
        ..when
    })
}

/// The weeks of a year (ISO 8601) from one to another.
fn weeks(year: &str, first: &str, last: &str) -> Option<When> {
    let day = |week: &str, weekday| {
        let week = week.parse().ok()?;
        let day = time::Date::from_iso_week_date(year.parse().ok()?, week, weekday).ok()?;
        Date::new(
            u16::try_from(day.year()).ok()?,
            day.month().into(),
            day.day(),
        )
    };
    let start = day(first, time::Weekday::Monday)?;
    let end = day(last, time::Weekday::Sunday)?;
    (start <= end).then_some(When {
        start: Some(start),
        end: Some(end),
        precision: Precision::Day,
        single: first == last,
    })
}

/// A period that goes from one time to another.
fn range(when: Option<When>) -> Option<When> {
    when.map(|when| When {
        single: false,
        ..when
    })
}

fn number_of(month: &str) -> Option<u8> {
    let month = month.to_lowercase();
    let found = MONTHS.iter().find(|(name, _)| month.starts_with(name));
    found.map(|(_, number)| *number)
}

fn day(year: &str, month: &str, day: &str) -> Option<When> {
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(When {
        start: Some(date),
        end: Some(date),
        precision: Precision::Day,
        single: true,
    })
}

fn months_of(year: &str, first: u8, last: u8, precision: Precision) -> Option<When> {
    let year = year.parse().ok()?;
    let end = (28..=31).rev().find_map(|day| Date::new(year, last, day))?;
    let start = Date::new(year, first, 1)?;
    (start <= end).then_some(When {
        start: Some(start),
        end: Some(end),
        precision,
        single: true,
    })
}

fn years(first: &str, last: &str) -> Option<When> {
    let start = Date::new(first.parse().ok()?, 1, 1)?;
    let end = Date::new(last.parse().ok()?, 12, 31)?;
    (start <= end).then_some(When {
        start: Some(start),
        end: Some(end),
        precision: Precision::Year,
        single: true,
    })
}

/// The first match in a text of the form that begins earliest; of those that begin together, the
/// first form.
fn first(text: &str) -> Option<(Range<usize>, When)> {
    let mut best: Option<(Range<usize>, Option<When>)> = None;
    for form in FORMS.iter() {
        let Some(captures) = form.pattern.captures(text) else {
            continue;
        };
        let Some(all) = captures.get(0) else { continue };
        if best.as_ref().is_none_or(|(at, _)| all.start() < at.start) {
            // Words that have the form and mean no period, backwards ones, are none in parts
            // either.
            best = Some((all.range(), (form.read)(&captures)));
        }
    }
    let (at, when) = best.and_then(|(at, when)| Some((at, when?)))?;
    Some(until(text, &at, when).unwrap_or((at, when)))
}

/// Where another period follows after a dash ("Q1 2025 – Q4 2025") or, of years, after "and":
/// from the one to the other.
fn until(text: &str, at: &Range<usize>, from: When) -> Option<(Range<usize>, When)> {
    const TO: [&str; 6] = ["-", "–", "—", "→", "till ", "to "];
    const AND: [&str; 3] = ["och ", "and ", ","];
    let rest = text.get(at.end..)?.trim_start();
    let to = TO.iter().find_map(|word| rest.strip_prefix(word));
    let and = || AND.iter().find_map(|word| rest.strip_prefix(word));
    let after = to
        .or_else(|| and().filter(|_| from.precision == Precision::Year))?
        .trim_start();
    let start = text.len() - after.len();
    let (to_at, to) = first(after)?;
    let follows = to_at.start == 0 && to.precision == from.precision && from.start <= to.end;
    let when = When {
        end: to.end,
        single: false,
        ..from
    };
    (follows && to.end.is_some()).then_some((at.start..start + to_at.end, when))
}

/// How many words a cell may have that is quoted whole.
const WHOLE: usize = 6;

/// Reads the words of a period cell, whatever stands around the period; `None` where there are
/// no words. `marks` are the footnotes that the document has, for "20211".
pub fn read(words: &str, marks: &[&str]) -> Option<Period> {
    if let Some((at, when)) = first(words) {
        let short = words.split_whitespace().count() <= WHOLE;
        let quoted = if short { 0..words.len() } else { at.clone() };
        return Some(Period::When(reading(words, &at, &quoted, when, marks)));
    }
    let lower = words.to_lowercase();
    words
        .contains(char::is_alphanumeric)
        .then(|| Period::Undated {
            wording: words.trim().to_owned(),
            continuous: [CONTINUOUS, AGAIN]
                .concat()
                .iter()
                .any(|word| lower.contains(word)),
        })
}

/// The reading of a period at some bytes of words; other bytes are quoted as its wording.
fn reading(
    words: &str,
    at: &Range<usize>,
    quoted: &Range<usize>,
    mut when: When,
    marks: &[&str],
) -> Reading<When> {
    let mut wording = words.get(quoted.clone()).unwrap_or_default().trim();
    let mut note = None;
    if let Some((year, mark)) = glued(wording)
        && (marks.is_empty() || marks.contains(&mark))
    {
        let whole = wording;
        wording = wording.get(..wording.len() - mark.len()).unwrap_or(wording);
        note = Some(Note::new(
            format!(
                "Källan skriver ”{whole}”: sista siffran är läst som fotnotsmärke {mark}, året som {year}."
            ),
            format!(
                "The source reads “{whole}”: the last digit was read as footnote mark {mark}, the year as {year}."
            ),
        ));
    }
    when = bounded(words, at, when);
    let layer = if when.precision == Precision::Season {
        let days = text(when.start, when.end);
        note = Some(Note::new(
            format!("”{wording}” är läst som {days}. Andra indelningar av året förekommer."),
            format!("“{wording}” was read as {days}. The year is divided in other ways too."),
        ));
        Layer::Interpreted
    } else {
        Layer::Stated
    };
    Reading {
        value: when,
        wording: wording.to_owned(),
        layer,
        note,
    }
}

/// Without a beginning after "by", without an end after "from" or before a last dash.
fn bounded(words: &str, at: &Range<usize>, mut when: When) -> When {
    let before = words.get(..at.start).unwrap_or_default().to_lowercase();
    let near: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    let near: Vec<&str> = near.into_iter().rev().collect();
    let near = format!(" {} ", near.join(" "));
    let named = |list: &[&str]| {
        let found = list.iter().any(|word| {
            let after = near.split(&format!(" {word}")).nth(1);
            after.is_some_and(|after| !after.starts_with(char::is_alphabetic))
        });
        found && when.single
    };
    let (until, from) = (named(UNTIL), named(FROM));
    let rest = words.get(at.end..).unwrap_or_default().trim();
    let dash = matches!(rest.trim_end_matches('.'), "-" | "–" | "—");
    let onwards = ONWARDS
        .iter()
        .any(|word| rest.to_lowercase().starts_with(word));
    if from || dash || onwards {
        when.end = None;
    } else if until {
        when.start = None;
    }
    when
}

fn text(start: Option<Date>, end: Option<Date>) -> String {
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    format!("{}–{}", day(start), day(end))
}

/// The year and the mark of a last word such as "20211".
fn glued(wording: &str) -> Option<(&str, &str)> {
    let digits = wording.len() - wording.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = &wording[digits..];
    (number.len() == 5).then(|| number.split_at(4))
}

/// The first period in a running text such as a title: the bytes of its words and the period.
pub fn find(text: &str) -> Option<(Range<usize>, Reading<When>)> {
    let (at, when) = first(text)?;
    let reading = reading(text, &at, &at, when, &[]);
    Some((at, reading))
}

/// Whether words say nothing but their period.
pub fn says_only(words: &str, read: &Period) -> bool {
    match read {
        Period::When(_) => first(words).is_some_and(|(at, _)| {
            let before = words.get(..at.start).unwrap_or_default().to_lowercase();
            let after = words.get(at.end..).unwrap_or_default();
            let known = |word: &str| [UNTIL, FROM, AROUND].concat().contains(&word);
            before.split_whitespace().all(known) && !after.contains(char::is_alphanumeric)
        }),
        Period::Undated {
            wording,
            continuous,
        } => *continuous && wording.split_whitespace().count() <= 2,
    }
}

/// The words of a period in a sentence, with those before it that bound it: a year alone is one
/// only after such a word ("under 2025", "senast 2026"). What other numbers look like years are
/// not periods.
pub fn find_in_prose(text: &str) -> Option<(Range<usize>, Reading<When>)> {
    let mut from = 0;
    while let Some((at, when)) = first(text.get(from..)?) {
        let at = at.start + from..at.end + from;
        let start = bounding(text, at.start);
        let bare = when.precision == Precision::Year;
        if !bare || start < at.start {
            let whole = start..at.end;
            let own = text.get(whole.clone())?;
            let inner = at.start - start..at.end - start;
            return Some((whole, reading(own, &inner, &(0..own.len()), when, &[])));
        }
        from = at.end;
    }
    None
}

/// How many words a sentence may have that says only that something goes on.
const GOES_ON: usize = 3;

/// The words for all the time in a short sentence of a text ("Sker löpande.").
pub fn continuous_in_prose(text: &str) -> Option<Range<usize>> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let mut from = 0;
    for sentence in lower.split_inclusive(['.', '\n']) {
        let short = sentence.split_whitespace().count() <= GOES_ON;
        let word = sentence.split(|c: char| !c.is_alphabetic()).find(|word| {
            let words = [CONTINUOUS, AGAIN].concat();
            let known = words.iter().any(|known| word.starts_with(known));
            known && word.chars().count() > 4
        });
        if let (true, Some(word)) = (short, word) {
            let at = from + sentence.find(word)?;
            return Some(at..at + word.len());
        }
        from += sentence.len();
    }
    None
}

/// Where the words begin that bound a period which begins at a byte.
fn bounding(text: &str, at: usize) -> usize {
    let mut start = at;
    loop {
        let before = text.get(..start).unwrap_or_default().trim_end();
        let word = before.rsplit([' ', '\n', '(']).next().unwrap_or_default();
        let lower = word.to_lowercase();
        let known = [UNTIL, FROM, AROUND]
            .concat()
            .into_iter()
            .any(|known| known.split(' ').any(|part| part == lower));
        if word.is_empty() || !known {
            return start;
        }
        start = before.len() - word.len();
    }
}

/// The first day named in a running text ("21 maj 2026", "2026-05-21"): its bytes and the day.
pub fn find_day(text: &str) -> Option<(Range<usize>, Date)> {
    let days = FORMS.iter().take(3);
    days.filter_map(|form| {
        let captures = form.pattern.captures(text)?;
        let when = (form.read)(&captures)?;
        Some((captures.get(0)?.range(), when.start?))
    })
    .min_by_key(|(at, _)| at.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> String {
        match read(words, &["1"]) {
            Some(Period::When(reading)) => format!(
                "{} {} “{}”",
                text(reading.value.start, reading.value.end),
                reading.value.precision.key(),
                reading.wording
            ),
            Some(Period::Undated {
                wording,
                continuous: true,
            }) => format!("continuous “{wording}”"),
            Some(Period::Undated { wording, .. }) => format!("undated “{wording}”"),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn periods_are_read_in_the_forms_that_plans_use() {
        for (words, expected) in [
            ("2021", "2021-01-01–2021-12-31 year “2021”"),
            ("2018 – 2021", "2018-01-01–2021-12-31 year “2018 – 2021”"),
            ("2019- 2020", "2019-01-01–2020-12-31 year “2019- 2020”"),
            ("2019 – 20211", "2019-01-01–2021-12-31 year “2019 – 2021”"),
            ("2026 - 28", "2026-01-01–2028-12-31 year “2026 - 28”"),
            (
                "2024 och 2025",
                "2024-01-01–2025-12-31 year “2024 och 2025”",
            ),
            ("2021-", "2021-01-01– year “2021-”"),
            ("från 2021", "2021-01-01– year “från 2021”"),
            ("Från augusti 2026", "2026-08-01– month “Från augusti 2026”"),
            ("hösten 2020", "2020-07-01–2020-12-31 season “hösten 2020”"),
            ("HT25", "2025-07-01–2025-12-31 season “HT25”"),
            ("Q1 2024", "2024-01-01–2024-03-31 quarter “Q1 2024”"),
            ("2025 Q1–Q3", "2025-01-01–2025-09-30 quarter “2025 Q1–Q3”"),
            ("v 20 2025", "2025-05-12–2025-05-18 day “v 20 2025”"),
            ("2024 Q2", "2024-04-01–2024-06-30 quarter “2024 Q2”"),
            ("Q1–Q3 2024", "2024-01-01–2024-09-30 quarter “Q1–Q3 2024”"),
            (
                "fjärde kvartalet 2024",
                "2024-10-01–2024-12-31 quarter “fjärde kvartalet 2024”",
            ),
            (
                "första halvåret 2024",
                "2024-01-01–2024-06-30 half-year “första halvåret 2024”",
            ),
            ("maj 2026", "2026-05-01–2026-05-31 month “maj 2026”"),
            ("2024-05", "2024-05-01–2024-05-31 month “2024-05”"),
            (
                "januari–mars 2024",
                "2024-01-01–2024-03-31 month “januari–mars 2024”",
            ),
            ("21 maj 2026", "2026-05-21–2026-05-21 day “21 maj 2026”"),
            ("senast 31/12 2025", "–2025-12-31 day “senast 31/12 2025”"),
            (
                "by 31 December 2026",
                "–2026-12-31 day “by 31 December 2026”",
            ),
            ("senast i maj 2025", "–2025-05-31 month “senast i maj 2025”"),
            ("2025-12-31", "2025-12-31–2025-12-31 day “2025-12-31”"),
            (
                "2026-01-01 – 2027-06-30",
                "2026-01-01–2027-06-30 day “2026-01-01 – 2027-06-30”",
            ),
            ("Löpande", "continuous “Löpande”"),
            ("v. 47 årligen", "continuous “v. 47 årligen”"),
            (
                "Q1 2025 – Q4 2025",
                "2025-01-01–2025-12-31 quarter “Q1 2025 – Q4 2025”",
            ),
            (
                "maj 2024 - juni 2025",
                "2024-05-01–2025-06-30 month “maj 2024 - juni 2025”",
            ),
            ("2021-2019", "undated “2021-2019”"),
            ("snart", "undated “snart”"),
            ("–", "none"),
        ] {
            assert_eq!(shown(words), expected, "{words}");
        }
    }

    #[test]
    fn a_day_is_found_in_a_sentence() {
        let (at, day) = find_day("Fastställd på forum 21 maj 2026").unwrap();
        assert_eq!(at.start, "Fastställd på forum ".len());
        assert_eq!(day.to_string(), "2026-05-21");
    }
}
