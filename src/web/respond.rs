//! Bytes → answer: validators, conditional requests, caching, links. The one place that writes
//! these headers, for everything that is served.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum_extra::headers::{HeaderMapExt, IfModifiedSince, LastModified};
use time::{Date, Month};

use super::encoding::Encoding;
use super::error::Error;
use super::range::Part;

/// What the choice of a representation depended on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vary {
    /// The address has representations in several formats.
    pub(super) accept: bool,
    /// The address has representations in several languages.
    pub(super) language: bool,
    /// The bytes come in several content codings.
    pub(super) encoding: bool,
}

impl Vary {
    pub(super) fn value(self) -> HeaderValue {
        HeaderValue::from_static(match (self.accept, self.language, self.encoding) {
            (true, true, true) => "Accept, Accept-Language, Accept-Encoding",
            (true, true, false) => "Accept, Accept-Language",
            (true, false, true) => "Accept, Accept-Encoding",
            (true, false, false) => "Accept",
            (false, true, true) => "Accept-Language, Accept-Encoding",
            (false, true, false) => "Accept-Language",
            (false, false, _) => "Accept-Encoding",
        })
    }
}

/// What an answer says beside its bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// `Content-Type`.
    pub(super) content_type: &'static str,
    /// `Content-Language`, where there is one.
    pub(super) language: Option<&'static str>,
    /// `Content-Location`, where the answer stands for something that has several forms.
    pub(super) location: Option<String>,
    /// `Link`.
    pub(super) links: Option<String>,
    /// The day on which the data last changed, `YYYY-MM-DD`.
    pub(super) modified: Option<Arc<str>>,
    /// Whether the bytes are made of many things, of which one can go, or come later than its day:
    /// then they can change without the day doing so, and only the tag says whether they did.
    pub(super) gathered: bool,
    /// `Vary`.
    pub(super) vary: Vary,
    /// How long the bytes may be used without asking again.
    pub(super) fresh: Fresh,
    /// The revision of the snapshot that the answer was made from, where it is worth keeping.
    pub(super) revision: Option<String>,
}

/// How long bytes may be used without asking again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Fresh {
    /// Never: a plan can change at any time, and asking again costs one 304.
    #[default]
    Ask,
    /// A day: the address changes with the bytes.
    Day,
    /// Not at all, nor kept: the bytes are others each time.
    Never,
}

impl Fresh {
    fn value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Ask => "public, no-cache",
            Self::Day => "public, max-age=86400",
            Self::Never => "no-store",
        })
    }
}

/// An answer that is the same for everybody who asks the same way, until the data change.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) bytes: Bytes,
    pub(super) etag: HeaderValue,
    pub(super) modified: Option<SystemTime>,
    /// The revision of the snapshot it was made from; none where it is not to be kept.
    pub(super) revision: Option<String>,
}

/// The answer with these bytes, or `304` where the asker has them.
pub(super) fn respond(
    asked: &HeaderMap,
    head: &Head,
    bytes: Bytes,
    etag: HeaderValue,
    encoding: Encoding,
) -> Result<Response<Body>, Error> {
    let headers = headers(head, Some(&etag), encoding)?;
    let settled = Settled {
        bytes,
        etag,
        modified: validating(head),
        revision: head.revision.clone(),
    };
    settle(asked, headers, settled)
}

/// An answer that is made for this asker only, or not whole yet.
pub(super) fn unsettled(
    head: &Head,
    etag: Option<&HeaderValue>,
    encoding: Encoding,
    body: Body,
) -> Result<Response<Body>, Error> {
    let mut response = Response::new(body);
    *response.headers_mut() = headers(head, etag, encoding)?;
    Ok(response)
}

/// `304` where the asker has the answer with that validator, which need not be made for it.
pub(super) fn known(
    asked: &HeaderMap,
    head: &Head,
    etag: &HeaderValue,
) -> Result<Option<Response<Body>>, Error> {
    if !is_known(asked, etag, validating(head)) {
        return Ok(None);
    }
    let mut response = unsettled(head, Some(etag), Encoding::Identity, Body::empty())?;
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    without_description(response.headers_mut());
    Ok(Some(response))
}

/// The time by which an asker may say that it has the answer.
fn validating(head: &Head) -> Option<SystemTime> {
    modified(head).filter(|_| !head.gathered)
}

fn modified(head: &Head) -> Option<SystemTime> {
    head.modified.as_deref().and_then(midnight)
}

fn headers(
    head: &Head,
    etag: Option<&HeaderValue>,
    encoding: Encoding,
) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::with_capacity(EXPECTED_HEADERS);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(head.content_type),
    );
    if let Some(etag) = etag {
        headers.insert(header::ETAG, etag.clone());
    }
    headers.insert(header::VARY, head.vary.value());
    headers.insert(header::CACHE_CONTROL, head.fresh.value());
    if let Some(language) = head.language {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
    }
    if let Some(coding) = encoding.content_encoding() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if let Some(location) = &head.location {
        headers.insert(header::CONTENT_LOCATION, value(location)?);
    }
    if let Some(links) = &head.links {
        headers.insert(header::LINK, value(links)?);
    }
    if let Some(modified) = modified(head) {
        headers.typed_insert(LastModified::from(modified));
    }
    Ok(headers)
}

/// How many headers an answer has, about.
const EXPECTED_HEADERS: usize = 24;

/// An answer with all its headers: whole, the part that is asked for, or what is left of it where
/// the asker has the bytes.
pub(super) fn settle(
    asked: &HeaderMap,
    mut headers: HeaderMap,
    settled: Settled,
) -> Result<Response<Body>, Error> {
    let bytes = settled.bytes.len() as u64;
    if is_known(asked, &settled.etag, settled.modified) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        without_description(&mut headers);
        *response.headers_mut() = headers;
        return Ok(response);
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let part = Part::of(asked, &headers, bytes)?;
    let body = match part.place() {
        None => settled.bytes.clone(),
        Some(place) => settled.bytes.slice(place),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = part.describe(&mut headers, bytes);
    if part == Part::Whole {
        response.extensions_mut().insert(settled);
    }
    *response.headers_mut() = headers;
    Ok(response)
}

/// An answer whose bytes lie in a file, which `body` reads from a place on, so many of them.
pub(super) fn from_file(
    asked: &HeaderMap,
    head: &Head,
    etag: &HeaderValue,
    bytes: u64,
    body: impl FnOnce(u64, u64) -> Body,
) -> Result<Response<Body>, Error> {
    if let Some(known) = known(asked, head, etag)? {
        return Ok(known);
    }
    let mut headers = headers(head, Some(etag), Encoding::Identity)?;
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let part = Part::of(asked, &headers, bytes)?;
    let status = part.describe(&mut headers, bytes);
    let mut response = Response::new(body(part.start(), part.length(bytes)));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// Takes away what describes the bytes that are not sent, but for how many they would be (RFC
/// 9110, sections 15.4.5 and 8.6).
fn without_description(headers: &mut HeaderMap) {
    for name in [
        header::CONTENT_TYPE,
        header::CONTENT_LANGUAGE,
        header::CONTENT_ENCODING,
    ] {
        headers.remove(name);
    }
}

fn value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|error| Error::Internal(error.into()))
}

/// Whether the asker has the representation (RFC 9110, section 13.2.2): `If-None-Match`
/// decides where it is sent, else `If-Modified-Since`.
fn is_known(asked: &HeaderMap, etag: &HeaderValue, modified: Option<SystemTime>) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        return names(asked, etag);
    }
    let since = asked.typed_get::<IfModifiedSince>().map(SystemTime::from);
    // The data gives days. What changed on a day may have changed again later on it, so only
    // who has asked after the end of that day has it for certain.
    match (since, modified) {
        (Some(since), Some(modified)) => since >= modified + DAY,
        _ => false,
    }
}

const DAY: Duration = Duration::from_secs(86_400);

/// Whether `If-None-Match` names the tag (section 13.1.2, weak comparison).
///
/// Not through the typed header: it asserts on tags with characters that are not allowed,
/// which anybody can send.
fn names(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    let lines = || asked.get_all(header::IF_NONE_MATCH).iter();
    // A star means anything only where it stands alone. Our tags hold no comma, so one in
    // somebody else's tag can be taken for the end of it.
    lines().any(|line| line.as_bytes().trim_ascii() == b"*")
        || lines()
            .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
            .map(<[u8]>::trim_ascii)
            .any(|tag| tag.strip_prefix(b"W/").unwrap_or(tag) == etag.as_bytes())
}

/// The start of a calendar day, `YYYY-MM-DD`, in UTC.
fn midnight(date: &str) -> Option<SystemTime> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(date.midnight().assume_utc().into())
}

/// All lines of a list-valued header as one (RFC 9110, section 5.3); what is not text is
/// passed over.
pub(super) fn list(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let mut lines = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let first = lines.next()?.to_owned();
    Some(lines.fold(first, |all, line| format!("{all}, {line}")))
}
