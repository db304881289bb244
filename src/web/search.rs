//! `/search`: what was asked → the page or the JSON that answers it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri, header};

use super::error::{Error, InParameters};
use super::resources::{self, View, Wanted};
use super::respond::{Head, Vary, list};
use super::{App, READ, named, negotiate};
use crate::sparql::protocol;
use crate::store::Snapshot;
use crate::views::Language;
use crate::views::search::{self, Asked, Form, SEARCH};

/// Answers every search.
pub(super) async fn any(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Error> {
    if method != Method::GET && method != Method::HEAD {
        return Err(Error::MethodNotAllowed(READ));
    }
    let pairs = protocol::pairs(uri.query().unwrap_or_default().as_bytes())?;
    let file = uri.path().rsplit('/').next().unwrap_or_default();
    let named = match file.rsplit_once('.') {
        Some((_, suffix)) => Some(Form::from_suffix(suffix).ok_or(Error::NotFound)?),
        None => in_parameter(&pairs)?,
    };
    let form = match named {
        Some(form) => form,
        None => accepted(&headers)?,
    };
    let snapshot = app.snapshot();
    let language = named::language(&pairs, &headers)?;
    let asked = asked(&snapshot, pairs, language).await?;
    let wanted = wanted(&snapshot, asked, form, named.is_some());
    resources::answer(&app, &snapshot, wanted, &headers).await
}

/// The form that `format` asks for.
fn in_parameter(pairs: &[(String, String)]) -> Result<Option<Form>, Error> {
    let format = pairs
        .iter()
        .find(|(name, value)| name == "format" && !value.is_empty());
    let Some((_, name)) = format else {
        return Ok(None);
    };
    let called = |form: &Form| form.suffix() == name || form.media_type() == name;
    let form = Form::ALL.into_iter().find(called);
    form.map(Some).ok_or_else(not_among)
}

/// The form that the headers ask for.
fn accepted(headers: &HeaderMap) -> Result<Form, Error> {
    let accepted = list(headers, header::ACCEPT);
    let offers = negotiate::offers(&Form::ALL, Form::media_type, |_| &[]);
    negotiate::pick(accepted.as_deref(), &offers).ok_or_else(not_among)
}

fn not_among() -> Error {
    let forms = Form::ALL.map(|form| form.media_type().to_owned());
    Error::NotAcceptable(forms.into())
}

/// What the parameters ask.
async fn asked(
    snapshot: &Arc<Snapshot>,
    pairs: Vec<(String, String)>,
    language: Language,
) -> Result<Asked, Error> {
    let snapshot = Arc::clone(snapshot);
    // The index is there but for the first moments, in which whoever asks waits for it.
    let parsed = tokio::task::spawn_blocking(move || {
        let index = search::index(&snapshot)?;
        let asked = Asked::parse(&snapshot, &index, &pairs, language);
        asked.map_err(|errors| {
            Error::Parameters(Box::new(InParameters {
                name: SEARCH.to_owned(),
                given: pairs,
                errors,
            }))
        })
    });
    parsed
        .await
        .map_err(|error| Error::Internal(error.into()))?
}

fn wanted(snapshot: &Snapshot, asked: Asked, form: Form, in_address: bool) -> Wanted {
    let location = asked.address(snapshot, form);
    Wanted {
        key: location.clone(),
        head: Head {
            // What is found is of many plans.
            gathered: true,
            content_type: form.content_type(),
            language: Some(asked.language.tag()),
            links: Some(asked.links(snapshot, form)),
            location: Some(location),
            vary: Vary {
                accept: !in_address,
                language: true,
                encoding: true,
            },
            ..Head::default()
        },
        view: View::Search(Box::new(asked), form),
    }
}
