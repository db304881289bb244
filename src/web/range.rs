//! Parts of an answer (RFC 9110, section 14): so that a download which broke off can go on.

use std::ops::RangeInclusive;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use http_range_header::{ParsedRanges, parse_range_header};

use super::error::Error;

/// What of an answer is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Range(RangeInclusive<u64>),
}

impl Part {
    /// The part that a request asks for of so many bytes.
    ///
    /// Where it asks for several parts, in another unit, or for parts of something that has
    /// changed since, it gets the whole, as the standard allows.
    ///
    /// # Errors
    /// The range begins beyond the end.
    pub(super) fn of(asked: &HeaderMap, answer: &HeaderMap, bytes: u64) -> Result<Self, Error> {
        let Some(range) = asked
            .get(header::RANGE)
            .and_then(|range| range.to_str().ok())
        else {
            return Ok(Self::Whole);
        };
        if !holds(asked, answer) {
            return Ok(Self::Whole);
        }
        let Ok(parsed) = parse_range_header(range) else {
            return Ok(Self::Whole);
        };
        satisfiable(&parsed, bytes)
    }

    /// The first byte that is sent.
    pub(super) fn start(&self) -> u64 {
        match self {
            Self::Whole => 0,
            Self::Range(range) => *range.start(),
        }
    }

    /// Where the bytes that are sent lie among those in memory; none where it is all of them.
    pub(super) fn place(&self) -> Option<RangeInclusive<usize>> {
        let Self::Range(range) = self else {
            return None;
        };
        let place = |at: &u64| usize::try_from(*at).ok();
        Some(place(range.start())?..=place(range.end())?)
    }

    /// How many bytes are sent of so many.
    pub(super) fn length(&self, bytes: u64) -> u64 {
        match self {
            Self::Whole => bytes,
            Self::Range(range) => range.end() - range.start() + 1,
        }
    }

    /// Says in the headers of an answer what is sent of so many bytes, and gives its status.
    pub(super) fn describe(&self, headers: &mut HeaderMap, bytes: u64) -> StatusCode {
        let length = HeaderValue::from(self.length(bytes));
        headers.insert(header::CONTENT_LENGTH, length);
        let Self::Range(range) = self else {
            return StatusCode::OK;
        };
        let range = format!("bytes {}-{}/{bytes}", range.start(), range.end());
        if let Ok(range) = HeaderValue::try_from(range) {
            headers.insert(header::CONTENT_RANGE, range);
        }
        StatusCode::PARTIAL_CONTENT
    }
}

fn satisfiable(parsed: &ParsedRanges, bytes: u64) -> Result<Part, Error> {
    let many = parsed.len();
    match parsed.validate(bytes) {
        Ok(ranges) => match ranges.as_slice() {
            [one] => Ok(Part::Range(one.clone())),
            _ => Ok(Part::Whole),
        },
        // Several ranges of which some lie beyond the end, or overlap, are answered by the whole.
        Err(_) if many > 1 => Ok(Part::Whole),
        Err(_) => Err(Error::NoSuchRange(bytes)),
    }
}

/// Whether the asker's part is of what is there now: by `If-Range` (section 13.1.5).
///
/// Only the tag says so. The data give days, and what changed twice on one, or comes in another
/// coding, has the same: parts of the two would be put together.
fn holds(asked: &HeaderMap, answer: &HeaderMap) -> bool {
    let given = asked.get(header::IF_RANGE);
    given.is_none_or(|given| answer.get(header::ETAG) == Some(given))
}
