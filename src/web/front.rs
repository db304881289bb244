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
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri, header};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tower::{Service, ServiceExt};
use tracing::Instrument;

use super::error::{self, Error};
use super::respond::{Settled, settle};
use super::{App, protect};

/// What a request may be kept under. Longer ones are answered all the same, only not from here.
const LONGEST_KEY: usize = 2 << 10;

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
        Some(settle(asked, headers, settled))
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
fn key(app: &App, request: &Request) -> Option<String> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return None;
    }
    let mut key = app.snapshot().revision().to_owned();
    key.push(' ');
    key.push_str(request.uri().path_and_query()?.as_str());
    for name in [
        header::ACCEPT,
        header::ACCEPT_LANGUAGE,
        header::ACCEPT_ENCODING,
    ] {
        // A header line holds no line feed, so two requests never run into each other.
        key.push('\n');
        for value in request.headers().get_all(&name) {
            key.push_str(value.to_str().ok()?);
            key.push(',');
        }
    }
    (key.len() <= LONGEST_KEY).then_some(key)
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
            *response.body_mut() = Body::empty();
        }
        response
    }
}

impl Service<Request> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let line = Line::of(&request);
        let key = key(&self.app, &request);
        let known = key
            .as_deref()
            .and_then(|key| self.app.parts.memory.answer(key, request.headers()));
        if let Some(response) = known {
            return Box::pin(ready(Ok(line.end(response))));
        }
        let (inner, app) = (self.inner.clone(), self.app.clone());
        Box::pin(async move {
            let mut response = inner.oneshot(request).instrument(line.span()).await?;
            if let Some(key) = key {
                app.parts.memory.keep(key, &mut response);
            }
            Ok(line.end(response))
        })
    }
}
