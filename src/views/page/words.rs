//! Days, periods, numbers and order, as each language has them.

use crate::model::{Date, Precision};
use crate::views::Language;

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// A day, `YYYY-MM-DD`, in words: “21 maj 2026”. What is no day comes back as it is.
pub(super) fn day(date: &str, language: Language) -> String {
    match parts(date) {
        Some((year, month, day)) => {
            let (sv, en) = MONTHS[month - 1];
            format!("{day} {} {year}", language.pick(sv, en))
        }
        None => date.to_owned(),
    }
}

/// Year, month and day of a checked date.
fn parts(date: &str) -> Option<(&str, usize, usize)> {
    Date::parse(date)?;
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Some((year, month.parse().ok()?, day.parse().ok()?))
}

/// A period, as precisely as its source gives it: “2019–2021”, “från 2021”.
pub(super) fn period(
    start: Option<Date>,
    end: Option<Date>,
    precision: Option<Precision>,
    language: Language,
) -> String {
    let one = |date: Date| match precision {
        Some(Precision::Year) => date.to_string().chars().take(4).collect(),
        Some(Precision::Month) => {
            let day = day(&date.to_string(), language);
            day.split_once(' ')
                .map(|(_, rest)| rest.to_owned())
                .unwrap_or(day)
        }
        _ => day(&date.to_string(), language),
    };
    match (start.map(one), end.map(one)) {
        (Some(start), Some(end)) if start == end => start,
        // Years and numbers are joined by a bare dash, words by one with spaces.
        (Some(start), Some(end)) if !start.contains(' ') => format!("{start}–{end}"),
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) => language.pick(format!("från {start}"), format!("from {start}")),
        (None, Some(end)) => language.pick(format!("till {end}"), format!("until {end}")),
        (None, None) => language.pick("ej angiven", "not stated").to_owned(),
    }
}

/// A whole number with its thousands apart: “1 234” and “1,234”.
pub(super) fn number(number: usize, language: Language) -> String {
    let digits = number.to_string();
    let separator = language.pick("\u{a0}", ",");
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// A number of bytes, as people read it: “12 kB”, “1,4 MB” (units of 1000).
pub(super) fn bytes(bytes: u64, language: Language) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let unit = UNITS.iter().find(|(size, _)| bytes >= *size);
    let Some((size, name)) = unit else {
        return format!("{bytes} B");
    };
    let tenths = bytes / (size / 10);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if whole >= 10 || tenth == 0 {
        format!("{whole} {name}")
    } else {
        format!("{whole}{}{tenth} {name}", language.pick(",", "."))
    }
}

/// A number with the noun that goes with it: “1 aktivitet”, “18 aktiviteter”.
pub(super) fn count(
    many: usize,
    (one_sv, many_sv): (&str, &str),
    (one_en, many_en): (&str, &str),
    language: Language,
) -> String {
    let noun = match (language, many) {
        (Language::Sv, 1) => one_sv,
        (Language::Sv, _) => many_sv,
        (Language::En, 1) => one_en,
        (Language::En, _) => many_en,
    };
    format!("{} {noun}", number(many, language))
}

/// A text with its first letter in upper case, as a heading has it.
pub(super) fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_words() {
        assert_eq!(day("2026-05-21", Language::Sv), "21 maj 2026");
        assert_eq!(day("2026-05-21", Language::En), "21 May 2026");
        assert_eq!(day("2026-13-01", Language::En), "2026-13-01");
    }

    #[test]
    fn periods_are_as_precise_as_their_source() {
        let date = |text| Date::parse(text);
        let (start, end) = (date("2019-01-01"), date("2021-12-31"));
        let year = Some(Precision::Year);
        assert_eq!(period(start, end, year, Language::Sv), "2019–2021");
        assert_eq!(period(start, None, year, Language::Sv), "från 2019");
        assert_eq!(period(start, None, year, Language::En), "from 2019");
        assert_eq!(
            period(start, date("2019-12-31"), year, Language::Sv),
            "2019"
        );
        let day = Some(Precision::Day);
        assert_eq!(
            period(start, end, day, Language::En),
            "1 January 2019 – 31 December 2021"
        );
        let month = Some(Precision::Month);
        assert_eq!(
            period(start, date("2019-03-31"), month, Language::Sv),
            "januari 2019 – mars 2019"
        );
        assert_eq!(period(None, None, None, Language::Sv), "ej angiven");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(1_234_567, Language::Sv), "1\u{a0}234\u{a0}567");
        assert_eq!(number(1_234_567, Language::En), "1,234,567");
        assert_eq!(number(999, Language::Sv), "999");
        let noun = |many| count(many, ("plan", "planer"), ("plan", "plans"), Language::Sv);
        assert_eq!(noun(1), "1 plan");
        assert_eq!(noun(0), "0 planer");
    }
}
