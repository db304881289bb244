//! Values that are checked when they are made: addresses, dates, line ranges, texts.

use std::fmt;

use super::language::Language;

/// An absolute IRI (RFC 3987).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iri(String);

impl Iri {
    /// Takes an absolute IRI; `None` where it is not one.
    pub fn parse(iri: impl Into<String>) -> Option<Self> {
        let iri = oxiri::Iri::parse(iri.into()).ok()?;
        Some(Self(iri.into_inner()))
    }

    /// The IRI as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the last slash: the key of what it names.
    pub fn last(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl fmt::Display for Iri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a plan edition in addresses and folders: lower-case ASCII letters, digits and
/// hyphens, not starting or ending with a hyphen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanId(String);

impl PlanId {
    /// How many characters an id may have: it is the name of a folder too.
    pub const LONGEST: usize = 100;

    /// Takes an id; `None` where it is not a slug.
    pub fn parse(id: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let ok = (1..=Self::LONGEST).contains(&id.len())
            && id.chars().all(allowed)
            && !id.starts_with('-')
            && !id.ends_with('-');
        ok.then(|| Self(id.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text in a language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    /// Language tag (BCP 47), in lower case.
    pub language: String,
    /// The words.
    pub text: String,
}

impl Text {
    /// The one of several that readers of a language get: in that language, else in Swedish, else
    /// the first.
    pub fn best(texts: &[Self], language: Language) -> Option<&Self> {
        texts
            .iter()
            .min_by_key(|text| language.rank(&text.language))
    }

    /// A text in Swedish.
    pub fn sv(text: impl Into<String>) -> Self {
        Self {
            language: "sv".to_owned(),
            text: text.into(),
        }
    }
}

/// A day of the Gregorian calendar, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Takes a year (1–9999), month and day; `None` where there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        let ok = (1..=9999).contains(&year) && (1..=days).contains(&day);
        ok.then_some(Self { year, month, day })
    }

    /// Takes `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some()
            || (year.len(), month.len(), day.len()) != (4, 2, 2)
            || ![year, month, day].into_iter().all(digits)
        {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Lines of the source document, counted from 1, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineRange {
    /// First line.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

impl LineRange {
    /// Takes `L12` or `L12-L15`; `None` where it is not in that form, is empty or backwards.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (Self::line(first)?, Self::line(last)?),
            None => (Self::line(text)?, Self::line(text)?),
        };
        (first <= last).then_some(Self { first, last })
    }

    fn line(text: &str) -> Option<u32> {
        let digits = text.strip_prefix('L')?;
        let ok = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        if ok { digits.parse().ok() } else { None }
    }
}

impl fmt::Display for LineRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{}", self.first)?;
        if self.last > self.first {
            write!(f, "-L{}", self.last)?;
        }
        Ok(())
    }
}

/// How sure the proposer of an alignment was: a decimal number from 0 to 1, as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(String);

impl Confidence {
    /// Takes a decimal number from 0 to 1; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let number: f64 = text.parse().ok()?;
        (plain && (0.0..=1.0).contains(&number)).then(|| Self(text.to_owned()))
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_real_day() {
        assert_eq!(
            Date::parse("2024-02-29").map(|date| date.to_string()),
            Some("2024-02-29".to_owned())
        );
        for wrong in [
            "2023-02-29",
            "2021",
            "2021-1-1",
            "2021-13-01",
            "2021-01-01Z",
            "+021-01-01",
        ] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_line_range_is_written_one_way() {
        for text in ["L1", "L12-L15"] {
            assert_eq!(
                LineRange::parse(text)
                    .map(|range| range.to_string())
                    .as_deref(),
                Some(text)
            );
        }
        for wrong in ["", "12", "L0", "L01", "L15-L12", "L1-", "L1-L2-L3", "L+1"] {
            assert_eq!(LineRange::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_plan_id_is_a_slug() {
        assert!(PlanId::parse("vasterbotten-2026").is_some());
        for wrong in ["", "-a", "a-", "Västerbotten", "a/b", "..", "a b"] {
            assert!(PlanId::parse(wrong).is_none(), "{wrong}");
        }
    }
}
