//! What every answer says to keep its reader safe, and what `OPTIONS` answers.

use super::App;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use tower_http::request_id::{MakeRequestId, MakeRequestUuid, RequestId};

/// What a page may load and do: its own stylesheet and images, nothing else, and no script at
/// all. The JSON-LD in a page is data, which no browser runs.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for the query editor: a script of ours, which asks the endpoint.
const EDITOR_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
                             style-src 'self'; img-src 'self' data:; font-src 'self' data:; \
                             form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The header that ties an answer to its line in the log.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How a UUID is written (RFC 9562, section 4).
const UUID: usize = 36;

/// The id of a request: the one that a proxy has given, if it is one, else a new one. Nothing
/// else that comes under its name goes into the log or back in the answer.
pub(super) fn request_id(request: &Request) -> HeaderValue {
    let is_uuid = |id: &&HeaderValue| {
        let fits = |(at, byte): (usize, &u8)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        id.len() == UUID && id.as_bytes().iter().enumerate().all(fits)
    };
    let given = request.headers().get(&REQUEST_ID).filter(is_uuid).cloned();
    given
        .or_else(|| {
            MakeRequestUuid
                .make_request_id(request)
                .map(RequestId::into_header_value)
        })
        .unwrap_or(HeaderValue::from_static("-"))
}

/// Adds the headers that tell a browser what an answer must never be used for.
pub(super) async fn headers(request: Request, next: Next) -> Response<Body> {
    let path = request.uri().path().trim_end_matches('/');
    let editor = path.ends_with("/sparql") || path.ends_with("/sparql.html");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let page = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if page {
        let policy = if editor { EDITOR_POLICY } else { POLICY };
        set(headers, header::CONTENT_SECURITY_POLICY, policy);
        set(
            headers,
            header::REFERRER_POLICY,
            "strict-origin-when-cross-origin",
        );
        set(headers, header::X_FRAME_OPTIONS, "DENY");
    }
    response
}

fn set(headers: &mut axum::http::HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// Answers `OPTIONS` with the methods of what is there (RFC 9110, section 9.3.7).
///
/// A browser's question before a request of another site (a preflight) goes on to the layer
/// that answers those. Any other is asked inside as `HEAD`, which finds out whether anything is
/// there at all.
pub(super) async fn options(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let preflight = request
        .headers()
        .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() != Method::OPTIONS || preflight {
        return next.run(request).await;
    }
    let base = app
        .snapshot()
        .base()
        .path()
        .trim_end_matches('/')
        .to_owned();
    let path = request.uri().path();
    let allowed = super::methods(path.strip_prefix(&base).unwrap_or(path));
    let whole_server = request.uri().path() == "*";
    *request.method_mut() = Method::HEAD;
    let mut response = next.run(request).await;
    let missing = [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&response.status());
    if (missing && !whole_server) || response.status().is_server_error() {
        return response;
    }
    let origin = response
        .headers_mut()
        .remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    set(headers, header::ALLOW, allowed);
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    answer
}
