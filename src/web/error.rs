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

use super::budget::TooMany;
use super::respond::{Vary, list};
use super::{App, negotiate};
use crate::sparql::named::parameter::ParameterError;
use crate::sparql::size::TooComplex;
use crate::sparql::{Operation, ProtocolError, RunError};
use crate::views::comparison::{AskedError, NotHeld};
use crate::views::page::{problem, query, search, sparql};
use crate::views::search::SEARCH;
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
    /// A number in the address is none, or too large.
    #[error("{name} must be a number from 1 to {most}")]
    BadNumber {
        /// The parameter.
        name: &'static str,
        /// The largest that it may be.
        most: usize,
    },
    /// The request names no host, or more than one.
    #[error("no host, or several")]
    NoHost,
    /// The body cannot be read to its end.
    #[error("the body cannot be read")]
    BrokenBody,
    /// The request is none that the SPARQL protocol knows.
    #[error("{0:?}")]
    Protocol(ProtocolError),
    /// A query has no answer.
    #[error("{:?}", .0.error)]
    InQuery(Box<InQuery>),
    /// The values of a published query's parameters are wrong.
    #[error("{:?}", .0.errors)]
    Parameters(Box<InParameters>),
    /// The body is in a content coding.
    #[error("the body is in a content coding")]
    EncodedBody,
    /// The body did not come in time.
    #[error("the body did not come in time")]
    TooSlow,
    /// The body is too large.
    #[error("the body is too large")]
    TooLarge(usize),
    /// Too much is going on.
    #[error("busy")]
    Busy,
    /// The client has asked too much.
    #[error("{0:?}")]
    TooMany(TooMany),
    /// What is asked of a comparison means nothing.
    #[error("{0:?}")]
    Comparison(Vec<AskedError>),
    /// A comparison was cited whose revisions are held no longer.
    #[error("{0:?}")]
    NotHeld(Box<NotHeld>),
    /// There is no catalogue, and a portal must not take an empty one for it.
    #[error("there is no catalogue: {0}")]
    NoCatalogue(&'static str),
    /// The range lies beyond the end; how many bytes there are.
    #[error("there are {0} bytes")]
    NoSuchRange(u64),
    /// It is our fault, and the log has the cause.
    #[error("something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

/// A query without an answer.
#[derive(Debug)]
pub(super) struct InQuery {
    /// Why.
    pub(super) error: RunError,
    /// What was asked, where a page is to show it again.
    pub(super) operation: Option<Operation>,
}

/// A published query with values that it does not take.
#[derive(Debug)]
pub(super) struct InParameters {
    /// The query's name.
    pub(super) name: String,
    /// What was given, to be mended.
    pub(super) given: Vec<(String, String)>,
    /// What is wrong with it.
    pub(super) errors: Vec<ParameterError>,
}

impl From<ProtocolError> for Error {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::Method => Self::MethodNotAllowed(super::methods("/sparql")),
            other => Self::Protocol(other),
        }
    }
}

impl From<TooMany> for Error {
    fn from(why: TooMany) -> Self {
        Self::TooMany(why)
    }
}

impl From<views::Error> for Error {
    fn from(error: views::Error) -> Self {
        match error {
            views::Error::NoCatalogue(why) => Self::NoCatalogue(why),
            error => Self::Internal(error.into()),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    /// A query without an answer; with what was asked, where a page is to show it again.
    pub(super) fn in_query(error: RunError, operation: Option<Operation>) -> Self {
        match error {
            RunError::Busy => Self::Busy,
            error => Self::InQuery(Box::new(InQuery { error, operation })),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::NotHeld(_) => StatusCode::NOT_FOUND,
            Self::Comparison(errors) if matches!(errors[..], [AskedError::Beyond(_)]) => {
                StatusCode::NOT_FOUND
            }
            Self::Gone(_) => StatusCode::GONE,
            Self::NotAcceptable(_) | Self::NoCoding => StatusCode::NOT_ACCEPTABLE,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::EncodedBody | Self::Protocol(ProtocolError::UnsupportedMediaType) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::InQuery(query) => match query.error {
                RunError::NotAcceptable(_) | RunError::Unwritable(..) => StatusCode::NOT_ACCEPTABLE,
                RunError::TooComplex(TooComplex::Long(_)) => StatusCode::PAYLOAD_TOO_LARGE,
                RunError::Timeout(_) | RunError::Busy => StatusCode::SERVICE_UNAVAILABLE,
                RunError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            },
            Self::UnknownLanguage
            | Self::BadNumber { .. }
            | Self::Comparison(_)
            | Self::NoHost
            | Self::BrokenBody
            | Self::Protocol(_)
            | Self::Parameters(_) => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy | Self::NoCatalogue(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoSuchRange(_) => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is wrong and how to mend it. Nothing of the request stands in it, but for the place
    /// in a query and the name of a parameter that are wrong.
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
            Self::BadNumber { name, most } => language.pick(
                format!("{name} ska vara ett heltal från 1 till {most}."),
                format!("{name} must be a whole number from 1 to {most}."),
            ),
            Self::Comparison(errors) => {
                let errors = errors.iter().map(|error| error.in_language(language));
                errors.collect::<Vec<_>>().join(" ")
            }
            Self::NotHeld(not_held) => not_held.in_language(language),
            Self::NoCatalogue(_) => fixed(
                "Det finns ingen katalog att lämna ut just nu. Behåll den du har. Den som driver tjänsten ser orsaken på /readyz och i loggen.",
                "There is no catalogue to give just now. Keep the one you have. The operator finds the cause at /readyz and in the log.",
            ),
            Self::NoSuchRange(bytes) => language.pick(
                format!(
                    "Det finns {bytes} byte, och det efterfrågade avsnittet börjar efter slutet."
                ),
                format!("There are {bytes} bytes, and the range asked for begins beyond the end."),
            ),
            Self::NoHost => fixed(
                "Ett anrop ska ange precis en värd (Host).",
                "A request must name exactly one host (Host).",
            ),
            Self::BrokenBody => fixed(
                "Innehållet i anropet går inte att läsa till slut. Skicka det igen.",
                "The body of the request cannot be read to its end. Send it again.",
            ),
            Self::EncodedBody => fixed(
                "Innehållet i anropet är komprimerat. Skicka det okomprimerat, utan Content-Encoding.",
                "The body of the request is encoded. Send it as it is, without Content-Encoding.",
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
            Self::TooMany(why) => why.detail(language),
            Self::Internal(_) => fixed(OURS.0, OURS.1),
            Self::Protocol(error) => error.detail(language),
            Self::InQuery(query) if matches!(query.error, RunError::Internal(_)) => {
                fixed(OURS.0, OURS.1)
            }
            Self::InQuery(query) => query.error.detail(language),
            Self::Parameters(wrong) => {
                let errors = wrong.errors.iter().map(|error| error.in_language(language));
                errors.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// What is said of an error that is ours, in Swedish and English.
const OURS: (&str, &str) = (
    "Något gick fel hos oss. Loggen anger orsaken under det här anropets id (X-Request-Id).",
    "Something went wrong on our side. The log names the cause under the id of this request (X-Request-Id).",
);

/// An error on its way out: rendered by [`as_accepted`], which knows what the asker accepts.
#[derive(Clone)]
struct Problem(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response<Body> {
        match &self {
            Self::NoCatalogue(why) => tracing::error!(why, "there is no catalogue"),
            Self::Internal(cause) => {
                tracing::error!(cause = format!("{cause:#}"), "request failed");
            }
            Self::InQuery(query) => {
                if let RunError::Internal(cause) = &query.error {
                    tracing::error!(%cause, "query failed");
                }
            }
            _ => {}
        }
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        if let Self::MethodNotAllowed(allowed) = &self {
            headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        if let Self::NoSuchRange(bytes) = &self
            && let Ok(range) = HeaderValue::try_from(format!("bytes */{bytes}"))
        {
            headers.insert(header::CONTENT_RANGE, range);
        }
        if let Self::TooMany(why) = &self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(why.wait()));
        }
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
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
    let (asked, uri) = (request.headers().clone(), request.uri().clone());
    let mut response = next.run(request).await;
    let Some(Problem(error)) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let language = super::resources::asked_language(uri.query().unwrap_or_default());
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
const TEXT: &str = "text/plain";

fn rendered(
    app: &App,
    error: &Error,
    language: Option<Language>,
    asked: &HeaderMap,
) -> (&'static str, Language, String) {
    let accepted = list(asked, header::ACCEPT);
    let languages = list(asked, header::ACCEPT_LANGUAGE);
    let offers = [
        (PROBLEM, PROBLEM),
        ("application/json", PROBLEM),
        (PAGE, PAGE),
        (TEXT, TEXT),
    ];
    let form = negotiate::pick(accepted.as_deref(), &negotiate::equal(offers));
    if form == Some(PAGE) {
        let language = language.unwrap_or_else(|| negotiate::language(languages.as_deref()));
        let page = page(app, error, language);
        return ("text/html; charset=utf-8", language, page);
    }
    // Programs that do not say otherwise are written by people who read English.
    let language = language
        .or_else(|| languages.map(|languages| negotiate::language(Some(&languages))))
        .unwrap_or(Language::En);
    if form == Some(TEXT) {
        return ("text/plain; charset=utf-8", language, text(error, language));
    }
    (PROBLEM, language, problem(error, language))
}

/// The problem document (RFC 9457), with members of our own: where a query is wrong, which
/// formats there are, what is wrong with which parameter.
fn problem(error: &Error, language: Language) -> String {
    let status = error.status();
    let mut problem = json!({
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": error.detail(language),
    });
    match error {
        Error::NotAcceptable(formats) => problem["formats"] = json!(formats),
        Error::InQuery(query) => match &query.error {
            RunError::Syntax(mistake) => {
                problem["line"] = json!(mistake.line);
                problem["column"] = json!(mistake.column);
                problem["excerpt"] = json!(mistake.picture());
            }
            RunError::NotAcceptable(formats) => {
                let formats = formats.iter().map(|format| format.media_type());
                problem["formats"] = formats.collect::<Vec<_>>().into();
            }
            _ => {}
        },
        Error::Parameters(wrong) => {
            problem["parameters"] = wrong
                .errors
                .iter()
                .map(|error| {
                    let detail = error.detail.in_language(language);
                    json!({ "name": error.parameter, "detail": detail })
                })
                .collect();
        }
        _ => {}
    }
    format!("{problem:#}\n")
}

/// The same as plain text.
fn text(error: &Error, language: Language) -> String {
    let status = error.status();
    let mut text = format!("{status}\n\n{}\n", error.detail(language));
    if let Error::InQuery(query) = error
        && let RunError::Syntax(mistake) = &query.error
    {
        text = format!("{text}\n{}\n", mistake.picture());
    }
    text
}

/// The page: that of the query or the form which is to be mended, where there is one.
fn page(app: &App, error: &Error, language: Language) -> String {
    let snapshot = app.snapshot();
    let status = error.status().as_u16();
    let mended = match error {
        Error::InQuery(query) => query.operation.as_ref().map(|operation| {
            let failure = sparql::Failure {
                detail: error.detail(language),
                picture: match &query.error {
                    RunError::Syntax(mistake) => Some(mistake.picture()),
                    _ => None,
                },
            };
            sparql::failed(&snapshot, operation, &failure, language)
        }),
        Error::Parameters(wrong) if wrong.name == SEARCH => {
            let (given, errors) = (&wrong.given, &wrong.errors);
            Some(Ok(search::mend(&snapshot, given, errors, language)))
        }
        Error::Parameters(wrong) => Some(query::mend(
            &snapshot,
            &wrong.name,
            &wrong.given,
            &wrong.errors,
            language,
        )),
        _ => None,
    };
    if let Some(Ok(page)) = mended {
        return page;
    }
    let problem = problem::Problem {
        status,
        detail: error.detail(language),
        withdrawn: match error {
            Error::Gone(what) => Some(what.as_str()),
            _ => None,
        },
        instead: match error {
            Error::NotHeld(not_held) => Some(not_held.today.as_str()),
            _ => None,
        },
    };
    problem::page(&snapshot, &problem, language)
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
    use crate::sparql::{ClientBounds, Limits};
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
            client: ClientBounds::default(),
            trusted_proxies: Vec::new(),
            queries: 1,
            workers: 1,
            worker: None,
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
