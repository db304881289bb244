//! Errors as answers: a problem document (RFC 9457) or a page, as the asker accepts; the cause
//! of ours only in the log.

use std::any::Any;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use serde_json::json;

use super::respond::{Vary, list};
use super::{App, negotiate};
use crate::views::page::problem;
use crate::views::{self, Language};

/// Why a request gets no representation.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// It was here, and whoever answers for it has taken it back; the address of what.
    #[error("{0} was withdrawn")]
    Gone(String),
    /// The thing is there, in other formats.
    #[error("it is to be had as {}", .0.join(", "))]
    NotAcceptable(Vec<String>),
    /// The thing is there, in other content codings.
    #[error("no content coding is acceptable")]
    NoCoding,
    /// The thing does not do that.
    #[error("use one of {0}")]
    MethodNotAllowed(&'static str),
    /// `lang` is not a language of the pages.
    #[error("unknown language")]
    UnknownLanguage,
    /// The request names no host, or more than one.
    #[error("no host, or several")]
    NoHost,
    /// The body cannot be read to its end.
    #[error("the body cannot be read")]
    BrokenBody,
    /// The request itself is wrong.
    #[error("{0}")]
    BadRequest(String),
    /// The body did not come in time.
    #[error("the body did not come in time")]
    TooSlow,
    /// The body is too large.
    #[error("the body is too large")]
    TooLarge(usize),
    /// The body is of the wrong kind.
    #[error("{0}")]
    UnsupportedMediaType(String),
    /// Too much is going on.
    #[error("busy")]
    Busy,
    /// It took too long.
    #[error("{0}")]
    Timeout(String),
    /// It is our fault, and the log has the cause.
    #[error("something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

impl From<views::Error> for Error {
    fn from(error: views::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::NotAcceptable(_) | Self::NoCoding => StatusCode::NOT_ACCEPTABLE,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnknownLanguage | Self::NoHost | Self::BrokenBody | Self::BadRequest(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Busy | Self::Timeout(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The language of what is said to somebody who reads that one.
    fn language(&self, wanted: Language) -> Language {
        match self {
            // What the query language has to say is in English only.
            Self::BadRequest(_) | Self::UnsupportedMediaType(_) | Self::Timeout(_) => Language::En,
            _ => wanted,
        }
    }

    /// What is wrong and how to mend it. Nothing of the request stands in it, but for what the
    /// query engine says of a query.
    fn detail(&self, language: Language) -> String {
        let fixed = |sv: &str, en: &str| language.pick(sv, en).to_owned();
        match self {
            Self::NotFound => fixed(
                "Det finns inget på den adressen. Börja från listan över planer, eller rätta adressen.",
                "There is nothing at that address. Start from the list of plans, or correct the address.",
            ),
            Self::Gone(_) => fixed(
                "Det som fanns här har dragits tillbaka av den som ansvarar för det.",
                "What was here has been withdrawn by whoever answers for it.",
            ),
            Self::NotAcceptable(formats) => {
                let formats = formats.join(", ");
                language.pick(
                    format!("Det finns inte i något format som efterfrågas. Formaten som finns: {formats}."),
                    format!("This is not to be had in a format you accept. It is to be had as: {formats}."),
                )
            }
            Self::NoCoding => fixed(
                "Det finns som br, zstd och gzip och okomprimerat (identity), och Accept-Encoding utesluter allt detta.",
                "It is to be had as br, zstd, gzip and identity, and Accept-Encoding rules all of them out.",
            ),
            Self::MethodNotAllowed(allowed) => language.pick(
                format!("Metoden fungerar inte här. Använd någon av: {allowed}."),
                format!("That method is not possible here. Use one of: {allowed}."),
            ),
            Self::UnknownLanguage => fixed(
                "Sidorna finns på svenska (lang=sv) och engelska (lang=en).",
                "The pages are in Swedish (lang=sv) and English (lang=en).",
            ),
            Self::NoHost => fixed(
                "Ett anrop ska ange precis en värd (Host).",
                "A request must name exactly one host (Host).",
            ),
            Self::BrokenBody => fixed(
                "Innehållet i anropet går inte att läsa till slut. Skicka det igen.",
                "The body of the request cannot be read to its end. Send it again.",
            ),
            Self::TooSlow => fixed(
                "Innehållet i anropet kom inte fram i tid. Försök igen.",
                "The body of the request did not come in time. Try again.",
            ),
            Self::TooLarge(most) => language.pick(
                format!("Innehållet i anropet är större än {most} byte. Skicka mindre."),
                format!("The body of the request is larger than {most} bytes. Send less."),
            ),
            Self::Busy => fixed(
                "För många frågor körs just nu. Försök igen om några sekunder.",
                "Too many queries are running. Try again in a few seconds.",
            ),
            Self::Internal(_) => fixed(
                "Något gick fel hos oss. Loggen anger orsaken under det här anropets id (X-Request-Id).",
                "Something went wrong on our side. The log names the cause under the id of this request (X-Request-Id).",
            ),
            Self::BadRequest(said) | Self::UnsupportedMediaType(said) | Self::Timeout(said) => {
                said.clone()
            }
        }
    }
}

/// An error on its way out: rendered by [`as_accepted`], which knows what the asker accepts.
#[derive(Clone)]
struct Problem(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response<Body> {
        if let Self::Internal(cause) = &self {
            tracing::error!(cause = format!("{cause:#}"), "request failed");
        }
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        match &self {
            Self::MethodNotAllowed(allowed) => {
                headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
            }
            Self::Busy | Self::Timeout(_) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response.extensions_mut().insert(Problem(Arc::new(self)));
        response
    }
}

/// Writes errors in the form and language that the request accepts: the one place where an
/// error gets a body.
pub(super) async fn as_accepted(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let asked = request.headers().clone();
    let language = super::resources::asked_language(request.uri().query().unwrap_or_default());
    let mut response = next.run(request).await;
    let Some(Problem(error)) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let (head, body) = answer(&app, &error, language.ok().flatten(), &asked).into_parts();
    response.headers_mut().extend(head.headers);
    *response.body_mut() = body;
    response
}

/// The answer of an error, to a request with these headers.
pub(super) fn answer(
    app: &App,
    error: &Error,
    language: Option<Language>,
    asked: &HeaderMap,
) -> Response<Body> {
    let (content_type, language, body) = rendered(app, error, language, asked);
    let vary = Vary {
        accept: true,
        language: true,
        encoding: matches!(error, Error::NoCoding),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = error.status();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(language.tag()),
        ),
        (header::VARY, vary.value()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ] {
        headers.insert(name, value);
    }
    response
}

const PROBLEM: &str = "application/problem+json";
const PAGE: &str = "text/html";

fn rendered(
    app: &App,
    error: &Error,
    language: Option<Language>,
    asked: &HeaderMap,
) -> (&'static str, Language, String) {
    let status = error.status();
    let accepted = list(asked, header::ACCEPT);
    let languages = list(asked, header::ACCEPT_LANGUAGE);
    let offers = [
        (PROBLEM, PROBLEM),
        ("application/json", PROBLEM),
        (PAGE, PAGE),
    ];
    if negotiate::pick(accepted.as_deref(), &negotiate::equal(offers)) == Some(PAGE) {
        let language = language.unwrap_or_else(|| negotiate::language(languages.as_deref()));
        let problem = problem::Problem {
            status: status.as_u16(),
            detail: error.detail(language),
            detail_language: error.language(language),
            withdrawn: match error {
                Error::Gone(what) => Some(what.as_str()),
                _ => None,
            },
        };
        let page = problem::page(&app.snapshot(), &problem, language);
        return ("text/html; charset=utf-8", language, page);
    }
    // Programs that do not say otherwise are written by people who read English.
    let language = language
        .or_else(|| languages.map(|languages| negotiate::language(Some(&languages))))
        .unwrap_or(Language::En);
    let language = error.language(language);
    let mut problem = json!({
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": error.detail(language),
    });
    if let Error::NotAcceptable(formats) = error {
        problem["formats"] = json!(formats);
    }
    (PROBLEM, language, format!("{problem:#}\n"))
}

/// A path with a route of its own, asked for with a method that it does not have.
pub(super) async fn method_not_allowed(uri: Uri) -> Error {
    Error::MethodNotAllowed(super::methods(uri.path()))
}

/// A path outside the base URL.
pub(super) async fn not_below_base() -> Error {
    Error::NotFound
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::rdf::Base;
    use crate::sparql::Limits;
    use crate::store::Live;
    use axum::Router;
    use axum::routing::get;
    use tower::ServiceExt;

    fn app() -> App {
        let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let config = Config {
            data: data.clone(),
            listen: "127.0.0.1:0".parse().unwrap(),
            base: Base::default(),
            limits: Limits::default(),
            queries: 1,
            connections: 1,
            kept_bytes: 1 << 20,
        };
        App::new(Live::open(data, Base::default()).unwrap(), config)
    }

    async fn ask(accept: &'static str, path: &'static str) -> (Response<Body>, String) {
        async fn fail() -> Result<(), Error> {
            Err(Error::Internal(anyhow::anyhow!("the secret cause")))
        }
        async fn panic() {
            panic!("the secret cause");
        }
        let router = Router::new()
            .route("/fail", get(fail))
            .route("/panic", get(panic));
        let service = super::super::around(router, app());
        let request = Request::get(path).header("accept", accept);
        let response = service.oneshot(request.body(Body::empty()).unwrap()).await;
        let (parts, body) = response.unwrap().into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        (Response::from_parts(parts, Body::empty()), text)
    }

    #[tokio::test]
    async fn what_fails_on_our_side_is_ours_and_says_nothing_of_the_cause() {
        for path in ["/fail", "/panic"] {
            for (accept, content_type) in [
                ("*/*", "application/problem+json"),
                ("text/turtle", "application/problem+json"),
                ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
            ] {
                let (response, text) = ask(accept, path).await;
                assert_eq!(response.status(), 500, "{path}");
                let headers = response.headers();
                assert_eq!(headers[header::CONTENT_TYPE], content_type, "{path}");
                assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
                assert!(
                    headers.contains_key("x-request-id"),
                    "the log can be searched"
                );
                assert!(!text.contains("secret"), "{text}");
                assert!(text.contains("X-Request-Id"), "{text}");
            }
        }
    }
}
