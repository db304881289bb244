//! Errors as answers: problem documents (RFC 9457), the cause of ours only in the log.

use std::any::Any;

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::views;

/// Why a request gets no representation.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// There is no such thing.
    #[error("There is nothing at {0}. The list of plans is at {1}.")]
    NotFound(String, String),
    /// The thing is there, in other formats.
    #[error("This is not to be had in a format you accept. It is to be had as: {}.", .0.join(", "))]
    NotAcceptable(Vec<String>),
    /// The thing does not do that.
    #[error("{method} is not possible here. Use one of: {allowed}.")]
    MethodNotAllowed {
        /// What was asked.
        method: String,
        /// What is possible.
        allowed: &'static str,
    },
    /// The request itself is wrong.
    #[error("{0}")]
    BadRequest(String),
    /// The body is of the wrong kind.
    #[error("{0}")]
    UnsupportedMediaType(String),
    /// Too much is going on.
    #[error("Too many queries are running. Try again in a few seconds.")]
    Busy,
    /// It took too long.
    #[error("{0}")]
    Timeout(String),
    /// It is our fault, and the log has the cause.
    #[error(
        "Something went wrong on our side. The log names the cause under the id of this request."
    )]
    Internal(#[source] anyhow::Error),
}

impl From<views::Error> for Error {
    fn from(error: views::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(..) => StatusCode::NOT_FOUND,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Busy | Self::Timeout(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response<Body> {
        let status = self.status();
        if let Self::Internal(cause) = &self {
            tracing::error!(cause = format!("{cause:#}"), "request failed");
        }
        let mut problem = json!({
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": self.to_string(),
        });
        if let Self::NotAcceptable(formats) = &self {
            problem["formats"] = json!(formats);
        }
        let mut response = Response::new(Body::from(format!("{problem:#}\n")));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        match self {
            Self::MethodNotAllowed { allowed, .. } => {
                headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
            }
            Self::NotAcceptable(_) => {
                headers.insert(
                    header::VARY,
                    HeaderValue::from_static("Accept, Accept-Language"),
                );
            }
            Self::Busy | Self::Timeout(_) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}

/// A path that is known, asked for with a method that it does not have.
pub(super) async fn method_not_allowed(method: Method, uri: Uri) -> Error {
    let allowed = if uri.path().ends_with("/sparql") {
        "GET, HEAD, POST, OPTIONS"
    } else {
        "GET, HEAD, OPTIONS"
    };
    Error::MethodNotAllowed {
        method: method.to_string(),
        allowed,
    }
}

/// A path outside the base URL.
pub(super) async fn not_below_base(
    axum::extract::State(app): axum::extract::State<super::App>,
    uri: Uri,
) -> Error {
    let plans = app.snapshot().base().node("plan").as_str().to_owned();
    Error::NotFound(uri.path().to_owned(), plans)
}

/// A handler that panicked: one request fails, the service goes on.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature is tower-http's"
)]
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response<Body> {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Error::Internal(anyhow::anyhow!("panic: {message}")).into_response()
}
