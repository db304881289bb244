//! Periods in words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Note, Reading};
use crate::import::lexicon::periods::{CONTINUOUS, MONTHS, SEASONS, UNTIL};
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
}

/// What the words of a period cell say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// A period.
    When(Reading<When>),
    /// Without beginning and end ("löpande"): the words.
    Continuous(String),
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
    const DASH: &str = r"\s*(?:-|–|—|/|till|to)\s*";
    let months: Vec<&str> = MONTHS.iter().map(|(month, _)| *month).collect();
    let month = format!(r"({})[a-zåäö]*\.?", months.join("|"));
    let seasons: Vec<&str> = SEASONS.iter().map(|(season, _, _)| *season).collect();
    let season = seasons.join("|");
    let forms: [(String, Read); 13] = [
        (format!(r"\b(\d{{1,2}})/(\d{{1,2}}),?\s+{Y}\b"), |c| {
            day(&c[3], &c[2], &c[1])
        }),
        (format!(r"\b{Y}-(\d\d)-(\d\d)\b"), |c| {
            day(&c[1], &c[2], &c[3])
        }),
        (format!(r"(?i)\b(\d{{1,2}})\s+{month}\s+{Y}\b"), |c| {
            let month = number_of(&c[2])?;
            day(&c[3], &month.to_string(), &c[1])
        }),
        (format!(r"(?i)\b{month}{DASH}{month}\s+{Y}\b"), |c| {
            months_of(
                &c[3],
                number_of(&c[1])?,
                number_of(&c[2])?,
                Precision::Month,
            )
        }),
        (format!(r"(?i)\b{month}\s+{Y}\b"), |c| {
            let month = number_of(&c[1])?;
            months_of(&c[2], month, month, Precision::Month)
        }),
        (
            format!(
                r"(?i)\b(?:q|kv|kvartal)\s*([1-4])(?:{DASH}(?:q|kv|kvartal)?\s*([1-4]))?,?\s+{Y}\b"
            ),
            |c| {
                let first: u8 = c[1].parse().ok()?;
                let last: u8 = c
                    .get(2)
                    .map_or(Some(first), |last| last.as_str().parse().ok())?;
                months_of(&c[3], first * 3 - 2, last * 3, Precision::Quarter)
            },
        ),
        (
            format!(r"(?i)\b(?:h([12])|(första|andra) halvåret),?\s+{Y}\b"),
            |c| {
                let second = c.get(1).is_some_and(|half| half.as_str() == "2")
                    || c.get(2)
                        .is_some_and(|half| half.as_str().to_lowercase() == "andra");
                let (first, last) = if second { (7, 12) } else { (1, 6) };
                months_of(&c[3], first, last, Precision::HalfYear)
            },
        ),
        (format!(r"(?i)\b({season})\s+{Y}\b"), |c| {
            let word = c[1].to_lowercase();
            let (_, first, last) = SEASONS.iter().find(|(season, _, _)| *season == word)?;
            months_of(&c[2], *first, *last, Precision::Season)
        }),
        (format!(r"\b{Y}{DASH}{Y}(?:\b|\d\b)"), |c| {
            years(&c[1], &c[2])
        }),
        (format!(r"\b{Y}{DASH}(\d\d)\b"), |c| {
            let end = format!("{}{}", &c[1][..2], &c[2]);
            years(&c[1], &end)
        }),
        (
            format!(r"(?i)\b(?:från|from)\s+(?:och med\s+)?{Y}\b"),
            |c| open(&c[1]),
        ),
        (format!(r"\b{Y}\s*[-–—]\s*$"), |c| open(&c[1])),
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
    })
}

fn years(first: &str, last: &str) -> Option<When> {
    let start = Date::new(first.parse().ok()?, 1, 1)?;
    let end = Date::new(last.parse().ok()?, 12, 31)?;
    (start <= end).then_some(When {
        start: Some(start),
        end: Some(end),
        precision: Precision::Year,
    })
}

fn open(first: &str) -> Option<When> {
    Some(When {
        start: Some(Date::new(first.parse().ok()?, 1, 1)?),
        end: None,
        precision: Precision::Year,
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

/// Where another period follows after a dash ("Q1 2025 – Q4 2025"): from the one to the other.
fn until(text: &str, at: &Range<usize>, from: When) -> Option<(Range<usize>, When)> {
    let rest = text.get(at.end..)?;
    let after = rest
        .trim_start()
        .strip_prefix(['-', '–', '—'])?
        .trim_start();
    let start = text.len() - after.len();
    let (to_at, to) = first(after)?;
    let follows = to_at.start == 0 && to.precision == from.precision && from.start <= to.end;
    let when = When {
        end: to.end,
        ..from
    };
    (follows && to.end.is_some()).then_some((at.start..start + to_at.end, when))
}

/// Reads the words of a period cell, whatever stands around the period; `None` where there is
/// none. `marks` are the footnotes that the document has, for "20211".
pub fn read(words: &str, marks: &[&str]) -> Option<Period> {
    if let Some((at, when)) = first(words) {
        return Some(Period::When(reading(words, at, when, marks)));
    }
    let lower = words.to_lowercase();
    let continuous = CONTINUOUS.iter().any(|word| lower.contains(word));
    continuous.then(|| Period::Continuous(words.trim().to_owned()))
}

fn reading(words: &str, at: Range<usize>, mut when: When, marks: &[&str]) -> Reading<When> {
    let mut wording = words.get(at.clone()).unwrap_or_default().trim();
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
    let before = words.get(..at.start).unwrap_or_default().to_lowercase();
    let until = UNTIL
        .iter()
        .any(|word| before.trim_end_matches([' ', '.']).ends_with(word));
    if until {
        when.start = None;
    }
    let layer = if when.precision == Precision::Season {
        note = Some(Note::new(
            format!(
                "”{wording}” är läst som månaderna {} till {}. Andra indelningar av året förekommer.",
                text(when.start),
                text(when.end)
            ),
            format!(
                "“{wording}” was read as {} to {}. The year is divided in other ways too.",
                text(when.start),
                text(when.end)
            ),
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

fn text(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
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
    let reading = reading(text, at.clone(), when, &[]);
    Some((at, reading))
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
                "{} {} {} “{}”",
                text(reading.value.start),
                text(reading.value.end),
                reading.value.precision.key(),
                reading.wording
            ),
            Some(Period::Continuous(words)) => format!("continuous “{words}”"),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn periods_are_read_in_the_forms_that_plans_use() {
        for (words, expected) in [
            ("2021", "2021-01-01 2021-12-31 year “2021”"),
            ("2018 – 2021", "2018-01-01 2021-12-31 year “2018 – 2021”"),
            ("2019- 2020", "2019-01-01 2020-12-31 year “2019- 2020”"),
            ("2019 – 20211", "2019-01-01 2021-12-31 year “2019 – 2021”"),
            ("2026 - 28", "2026-01-01 2028-12-31 year “2026 - 28”"),
            ("2021-", "2021-01-01  year “2021-”"),
            ("från 2021", "2021-01-01  year “från 2021”"),
            ("hösten 2020", "2020-07-01 2020-12-31 season “hösten 2020”"),
            ("Q1 2024", "2024-01-01 2024-03-31 quarter “Q1 2024”"),
            ("Q1–Q3 2024", "2024-01-01 2024-09-30 quarter “Q1–Q3 2024”"),
            (
                "första halvåret 2024",
                "2024-01-01 2024-06-30 half-year “första halvåret 2024”",
            ),
            ("maj 2026", "2026-05-01 2026-05-31 month “maj 2026”"),
            (
                "januari–mars 2024",
                "2024-01-01 2024-03-31 month “januari–mars 2024”",
            ),
            ("21 maj 2026", "2026-05-21 2026-05-21 day “21 maj 2026”"),
            ("senast 31/12 2025", " 2025-12-31 day “31/12 2025”"),
            ("2025-12-31", "2025-12-31 2025-12-31 day “2025-12-31”"),
            ("Löpande", "continuous “Löpande”"),
            (
                "Q1 2025 – Q4 2025",
                "2025-01-01 2025-12-31 quarter “Q1 2025 – Q4 2025”",
            ),
            (
                "maj 2024 - juni 2025",
                "2024-05-01 2025-06-30 month “maj 2024 - juni 2025”",
            ),
            ("2021-2019", "none"),
            ("snart", "none"),
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
