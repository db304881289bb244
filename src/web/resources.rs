//! Plans, their parts, frameworks, goals, organisations, vocabulary: one way for all.

use std::time::SystemTime;

use axum::body::Body;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use axum_extra::headers::{HeaderMapExt, LastModified};
use time::{Date, Month};

use super::error::{Error, method_not_allowed};
use super::{App, negotiate};
use crate::rdf::{Format, canonical};
use crate::store::Snapshot;
use crate::views::{self, Resource};

/// What a path asks for: a resource, and a format where it ends in a suffix.
struct Asked {
    resource: Resource,
    /// The path of the resource, without suffix.
    path: String,
    format: Option<Format>,
}

/// Answers every address that has no route of its own.
pub(super) async fn any(
    State(app): State<App>,
    method: Method,
    OriginalUri(original): OriginalUri,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Error> {
    if method != Method::GET && method != Method::HEAD {
        return Err(method_not_allowed(method, original).await);
    }
    let snapshot = app.snapshot();
    let path = uri.path().trim_start_matches('/').to_owned();
    if path.is_empty() {
        let plans = snapshot.base().node("plan");
        return Ok(redirect(StatusCode::TEMPORARY_REDIRECT, plans.as_str()));
    }
    if path.ends_with('/') {
        return Ok(without_slash(&snapshot, &path, &original));
    }
    // Rendering is work for a thread of its own; a plan can be large.
    tokio::task::spawn_blocking(move || answer(&snapshot, &path, &headers))
        .await
        .map_err(|error| Error::Internal(error.into()))?
}

fn answer(snapshot: &Snapshot, path: &str, headers: &HeaderMap) -> Result<Response<Body>, Error> {
    if let Some(text) = source_text(snapshot, path) {
        return Ok(plain_text(text, headers));
    }
    let Some(asked) = asked(snapshot, path)? else {
        let plans = snapshot.base().node("plan").as_str().to_owned();
        return Err(Error::NotFound(format!("/{path}"), plans));
    };
    let (format, content_type) = match asked.format {
        Some(format) => (format, format.content_type()),
        None => chosen(headers)?,
    };
    let description = views::describe(snapshot, &asked.resource)?;
    let bytes = views::render(snapshot, &description, format)?;
    let etag = etag(&bytes);
    let known = is_known(headers, &etag);
    let body = if known {
        Body::empty()
    } else {
        Body::from(bytes)
    };
    let mut response = Response::new(body);
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    own.insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Language"),
    );
    own.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    let here = snapshot.base().node(&asked.path);
    let location = format!("{}.{}", here.as_str(), format.suffix());
    for (name, value) in [
        (header::ETAG, etag),
        (header::CONTENT_LOCATION, location),
        (header::LINK, links(snapshot, &asked.path, format)),
    ] {
        own.insert(name, HeaderValue::try_from(value).map_err(internal)?);
    }
    if let Some(day) = description
        .modified(snapshot)?
        .and_then(|date| midnight(&date))
    {
        own.typed_insert(LastModified::from(day));
    }
    Ok(response)
}

/// Whether `If-None-Match` has the representation (RFC 9110, section 13.1.2, weak comparison).
///
/// Not through the typed header: it asserts on tags with characters that are not allowed,
/// which anybody can send.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag == etag)
}

fn internal(error: impl Into<anyhow::Error>) -> Error {
    Error::Internal(error.into())
}

/// The strong validator of a representation: the hash of its bytes.
pub(super) fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", canonical::sha256(bytes))
}

/// The resource at a path, or at the path without a suffix that names a format.
///
/// A resource whose own name ends like a suffix (goal `9.c`) is itself first.
fn asked(snapshot: &Snapshot, path: &str) -> Result<Option<Asked>, Error> {
    if let Some(resource) = views::resolve(snapshot, path)? {
        return Ok(Some(Asked {
            resource,
            path: path.to_owned(),
            format: None,
        }));
    }
    let Some((stem, format)) = path
        .rsplit_once('.')
        .and_then(|(stem, suffix)| Some((stem, Format::from_suffix(suffix)?)))
    else {
        return Ok(None);
    };
    Ok(views::resolve(snapshot, stem)?.map(|resource| Asked {
        resource,
        path: stem.to_owned(),
        format: Some(format),
    }))
}

/// The format that the headers ask for, with its `Content-Type`.
fn chosen(headers: &HeaderMap) -> Result<(Format, &'static str), Error> {
    let offers = negotiate::offers(&Format::ALL, Format::media_type, Format::aliases)
        .into_iter()
        .map(|(name, format)| (name, (name, format)));
    let Some((name, format)) = negotiate::pick(accept(headers).as_deref(), offers) else {
        let formats = Format::ALL.map(|format| format.media_type().to_owned());
        return Err(Error::NotAcceptable(formats.to_vec()));
    };
    // Who asks by another name gets the same bytes under the name asked for.
    let own = name == format.media_type();
    Ok((format, if own { format.content_type() } else { name }))
}

/// All `Accept` headers as one (RFC 9110, section 5.3).
pub(super) fn accept(headers: &HeaderMap) -> Option<String> {
    let all: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn links(snapshot: &Snapshot, path: &str, shown: Format) -> String {
    let resource = snapshot.base().node(path);
    let mut links: Vec<String> = Format::ALL
        .iter()
        .filter(|format| **format != shown)
        .map(|format| {
            format!(
                "<{}.{}>; rel=\"alternate\"; type=\"{}\"",
                resource.as_str(),
                format.suffix(),
                format.media_type()
            )
        })
        .collect();
    links.push(format!("<{}>; rel=\"canonical\"", resource.as_str()));
    links.join(", ")
}

/// The start of a calendar day, `YYYY-MM-DD`, in UTC.
fn midnight(date: &str) -> Option<SystemTime> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(date.midnight().assume_utc().into())
}

/// The text of `plan/{id}/source.txt`.
fn source_text(snapshot: &Snapshot, path: &str) -> Option<Vec<u8>> {
    let iri = snapshot.base().node(path);
    let (plan, rest) = snapshot.plan_of(iri.as_str())?;
    (rest == "source.txt")
        .then(|| plan.source.clone())
        .flatten()
}

fn plain_text(text: Vec<u8>, headers: &HeaderMap) -> Response<Body> {
    let etag = etag(&text);
    let known = is_known(headers, &etag);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "public, no-cache".to_owned()),
        (header::ETAG, etag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, text).into_response()
}

/// `/plan/` is `/plan`.
fn without_slash(snapshot: &Snapshot, path: &str, uri: &Uri) -> Response<Body> {
    let mut to = snapshot
        .base()
        .node(path.trim_end_matches('/'))
        .as_str()
        .to_owned();
    if let Some(query) = uri.query() {
        to.push('?');
        to.push_str(query);
    }
    redirect(StatusCode::PERMANENT_REDIRECT, &to)
}

fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut response = status.into_response();
    if let Ok(to) = HeaderValue::try_from(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}
