//! The way in: every request gets an id and a line in the log, and what has been answered before
//! is answered from memory, before anything else looks at it.
//!
//! An answer is a function of the snapshot and the request, so it can be kept whole, headers
//! and all, under what the request asked for. What is kept here was made by the layers inside
//! and leaves no trace of who asked first.

use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri, header};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tower::{Service, ServiceExt};
use tracing::Instrument;

use super::error::{self, Error};
use super::resources::asked_language;
use super::respond::{Settled, settle};
use super::stream::Unmade;
use super::{App, protect};
use crate::sparql::protocol;

/// What a request may be kept under. Longer ones are answered all the same, only not from here.
const LONGEST_KEY: usize = 48 << 10;

/// What a request may ask by its body and be kept under that.
const LONGEST_BODY: usize = 16 << 10;

/// How many answers are expected; a hint, not a bound.
const EXPECTED: usize = 4096;

/// What a kept answer takes beside its bytes and its key: mostly headers.
const OVERHEAD: u64 = 4 << 10;

/// An answer that is kept: its headers, without the id of the first who asked.
#[derive(Clone)]
struct Kept {
    headers: HeaderMap,
    settled: Settled,
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Kept> for Weight {
    fn weight(&self, key: &String, kept: &Kept) -> u64 {
        (key.len() + kept.settled.bytes.len()) as u64 + OVERHEAD
    }
}

/// Answers that are kept whole, within a bound.
pub(super) struct Memory(Cache<String, Kept, Weight>);

impl Memory {
    /// Keeps at most so many bytes.
    pub(super) fn new(most: u64) -> Self {
        Self(Cache::with_weighter(EXPECTED, most, Weight))
    }

    fn answer(&self, key: &str, asked: &HeaderMap) -> Option<Response<Body>> {
        let Kept { headers, settled } = self.0.get(key)?;
        // A range that is not there is an error, whose form the layers inside decide.
        settle(asked, headers, settled).ok()
    }

    fn keep(&self, key: String, response: &mut Response<Body>) {
        // A reload may have come between the naming of the key and the making of the answer.
        let own = |settled: &Settled| {
            let revision = settled.revision.as_deref();
            revision.is_some_and(|revision| key.starts_with(revision))
        };
        let settled = response.extensions_mut().remove::<Settled>();
        if let Some(settled) = settled.filter(own) {
            let headers = response.headers().clone();
            self.0.insert(key, Kept { headers, settled });
        }
    }
}

/// What an answer from memory is kept under: everything it can depend on, or nothing where the
/// request is of a kind that is not kept.
fn key(app: &App, request: &Request, body: Option<&Bytes>) -> Option<String> {
    let (method, headers) = (request.method(), request.headers());
    if method != Method::GET && method != Method::HEAD && body.is_none() {
        return None;
    }
    let mut key = app.snapshot().revision().to_owned();
    key.push(' ');
    key.push_str(request.uri().path_and_query()?.as_str());
    // A header line holds no line feed, so two requests never run into each other.
    let mut add = |name: HeaderName| {
        key.push('\n');
        for value in headers.get_all(&name) {
            key.push_str(value.to_str().ok()?);
            key.push(',');
        }
        Some(())
    };
    add(header::ACCEPT)?;
    add(header::ACCEPT_LANGUAGE)?;
    add(header::ACCEPT_ENCODING)?;
    if let Some(body) = body {
        add(header::CONTENT_TYPE)?;
        key.push('\n');
        key.push_str(method.as_str());
        key.push('\n');
        key.push_str(std::str::from_utf8(body).ok()?);
    }
    (key.len() <= LONGEST_KEY).then_some(key)
}

/// Whether a request asks by its body, which is short enough to be part of a key.
fn asks_by_body(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    super::takes_queries(request.uri().path())
        && protocol::has_body(request.method().as_str())
        && !request.headers().contains_key(header::CONTENT_ENCODING)
        && length.is_some_and(|length| length <= LONGEST_BODY)
}

/// The service that stands before all others.
#[derive(Clone)]
pub(super) struct Front {
    pub(super) app: App,
    pub(super) inner: Router,
}

/// What the log says of a request.
struct Line {
    method: Method,
    uri: Uri,
    id: HeaderValue,
    started: Instant,
}

impl Front {
    /// Refuses a request that the layers inside should not even see.
    pub(super) fn refuse(&self, request: &Request, error: &Error) -> Response<Body> {
        let answer = error::answer(&self.app, error, None, request.headers());
        Line::of(request).end(answer)
    }
}

impl Line {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            id: protect::request_id(request),
            started: Instant::now(),
        }
    }

    fn span(&self) -> tracing::Span {
        let (method, path) = (&self.method, self.uri.path());
        tracing::info_span!("request", %method, path, id = self.id())
    }

    fn id(&self) -> &str {
        self.id.to_str().unwrap_or_default()
    }

    /// Writes the line, and ties the answer to it.
    fn end(self, mut response: Response<Body>) -> Response<Body> {
        let microseconds = u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX);
        tracing::info!(
            method = %self.method,
            path = self.uri.path(),
            status = response.status().as_u16(),
            microseconds,
            id = self.id(),
            "answered"
        );
        let name: HeaderName = protect::REQUEST_ID;
        response.headers_mut().insert(name, self.id);
        if self.method == Method::HEAD {
            without_body(&mut response);
        }
        response
    }
}

/// Takes the body away, and says of its length what the answer to GET would (RFC 9110, section
/// 8.6): how many bytes there are, or nothing where that is not known.
fn without_body(response: &mut Response<Body>) {
    let body = std::mem::replace(response.body_mut(), Body::new(Unmade));
    // The router has said it already where it knew, and has left nothing behind.
    let left = body.size_hint().exact().filter(|bytes| *bytes > 0);
    if let Some(bytes) = left {
        let length = HeaderValue::from(bytes);
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, length);
    }
}

impl Service<Request> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let line = Line::of(&request);
        if request.method() == Method::POST {
            // 304 answers safe methods only (RFC 9110, section 13.1.2).
            request.headers_mut().remove(header::IF_NONE_MATCH);
            request.headers_mut().remove(header::IF_MODIFIED_SINCE);
        }
        if request.method() != Method::GET {
            // A part of an answer is to be had by GET only (section 14.2).
            request.headers_mut().remove(header::RANGE);
        }
        if asks_by_body(&request) {
            return Box::pin(self.clone().asked_by_body(request, line));
        }
        let key = key(&self.app, &request, None);
        match self.known(key.as_deref(), &request) {
            Some(response) => Box::pin(ready(Ok(line.end(response)))),
            None => Box::pin(self.clone().asked(request, key, line)),
        }
    }
}

impl Front {
    /// The answer to a request that has been answered before.
    fn known(&self, key: Option<&str>, request: &Request) -> Option<Response<Body>> {
        self.app.parts.memory.answer(key?, request.headers())
    }

    /// Has a request answered, and the answer kept.
    async fn asked(
        self,
        request: Request,
        key: Option<String>,
        line: Line,
    ) -> Result<Response<Body>, Infallible> {
        let mut response = self.inner.oneshot(request).instrument(line.span()).await?;
        if let Some(key) = key {
            self.app.parts.memory.keep(key, &mut response);
        }
        Ok(line.end(response))
    }

    /// The same for a request whose body has to be read first.
    async fn asked_by_body(
        self,
        request: Request,
        line: Line,
    ) -> Result<Response<Body>, Infallible> {
        let (parts, body) = request.into_parts();
        let body = match super::sparql::read(body).await {
            Ok(body) => body,
            Err(error) => {
                let language = asked_language(parts.uri.query().unwrap_or_default());
                let language = language.ok().flatten();
                let answer = error::answer(&self.app, &error, language, &parts.headers);
                return Ok(line.end(answer));
            }
        };
        let request = Request::from_parts(parts, Body::from(body.clone()));
        let key = key(&self.app, &request, Some(&body));
        match self.known(key.as_deref(), &request) {
            Some(response) => Ok(line.end(response)),
            None => self.asked(request, key, line).await,
        }
    }
}
