//! `/query/{name}`: the published queries as an API.
//!
//! Parameters stand in the address; `page` and `page-size` choose rows, `format` or a suffix
//! the format, `lang` the language, `timeout` how long to wait.

use std::sync::Arc;

use axum::body::Body as Sent;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri, Version, header};

use super::client::Client;
use super::error::{Error, InParameters};
use super::respond::{Head, Vary, list};
use super::run::{self, Asker, Question};
use super::{App, READ, negotiate, resources};
use crate::rdf::Format;
use crate::sparql::named::Bound;
use crate::sparql::{
    Answer, Body, NamedQuery, RunError, Source, Task, Wanted, Window, named, protocol,
};
use crate::store::Snapshot;
use crate::views::page::query as page;
use crate::views::page::query::Paging;
use crate::views::{self, Language, Resource, service};

/// The parameters that every query has.
const OWN: [&str; 5] = ["format", "lang", "page", "page-size", "timeout"];

/// What a request asks of a published query.
struct Asked {
    query: &'static NamedQuery,
    /// The format, and whether the address says it.
    format: Format,
    in_address: bool,
    language: Language,
    /// The values of the query's own parameters.
    given: Vec<(String, String)>,
    /// The rows, where they are asked for.
    paging: Option<Paging>,
    asker: Asker,
}

/// Answers for every published query.
pub(super) async fn any(
    State(app): State<App>,
    method: Method,
    version: Version,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
) -> Result<Response<Sent>, Error> {
    let file = uri.path().rsplit('/').next().unwrap_or_default();
    let (query, suffix) = named_by(file)?;
    if method != Method::GET && method != Method::HEAD {
        return Err(Error::MethodNotAllowed(READ));
    }
    let text = uri.query().unwrap_or_default();
    let pairs = protocol::pairs(text.as_bytes())?;
    let named = match suffix {
        Some(format) => Some(vec![format]),
        None => protocol::format(&pairs)?,
    };
    let in_address = named.is_some();
    let resource = Resource::Query(query.name.clone());
    let offers = views::offers(&app.snapshot(), &resource)?;
    let format = match named {
        Some(named) => resources::first_of(&offers, &named)?,
        None => resources::chosen(&resource, &offers, &headers)?.0,
    };
    let asked = Asked {
        query,
        format,
        in_address,
        language: language(&pairs, &headers)?,
        given: given(query, &pairs),
        paging: paging(&pairs, format)?,
        asker: Asker {
            client,
            timeout: protocol::timeout(&pairs)?,
        },
    };
    let snapshot = app.snapshot();
    let given = asked.shown();
    let bound = asked.bind(&snapshot, &given)?;
    // A description has no parameters to heed, but who gives wrong ones is told all the same.
    if format.rdf_format().is_some() {
        let path = format!("{}/{}", service::QUERIES, query.name);
        let named = in_address.then(|| vec![format]);
        return resources::named_resource(&app, resource, &path, named, text, &headers).await;
    }
    let form = Form {
        snapshot: &snapshot,
        asked: &asked,
        bound: &bound,
        given: &given,
    };
    answer(&app, form, (&method, version), &headers).await
}

/// The query that the last part of a path names, and the format that its suffix asks for.
fn named_by(file: &str) -> Result<(&'static NamedQuery, Option<Format>), Error> {
    let find = |name: &str| {
        let found = named::find(name);
        found.map_err(|broken| Error::Internal(broken.into()))
    };
    if let Some(query) = find(file)? {
        return Ok((query, None));
    }
    let (name, suffix) = file.rsplit_once('.').ok_or(Error::NotFound)?;
    let format = Format::from_suffix(suffix).ok_or(Error::NotFound)?;
    let query = find(name)?.ok_or(Error::NotFound)?;
    Ok((query, Some(format)))
}

pub(super) fn language(pairs: &[(String, String)], headers: &HeaderMap) -> Result<Language, Error> {
    let given = pairs
        .iter()
        .find(|(name, value)| name == "lang" && !value.is_empty());
    if let Some((_, tag)) = given {
        return Language::from_tag(tag).ok_or(Error::UnknownLanguage);
    }
    let accepted = list(headers, header::ACCEPT_LANGUAGE);
    Ok(negotiate::language(accepted.as_deref()))
}

/// The values of the query's own parameters; `lang` is both the page's and the query's.
fn given(query: &NamedQuery, pairs: &[(String, String)]) -> Vec<(String, String)> {
    let own = |name: &str| query.parameters.iter().any(|own| own.name == name);
    let mut given: Vec<(String, String)> = Vec::new();
    for pair in pairs {
        let (name, value) = pair;
        let meant = own(name) || !OWN.contains(&name.as_str());
        if meant && !value.trim().is_empty() && !given.contains(pair) {
            let language = Language::from_tag(value).filter(|_| name == "lang");
            let value = language.map_or(value.clone(), |language| language.tag().to_owned());
            given.push((name.clone(), value));
        }
    }
    given
}

/// The page that is asked for. A page for people has a size of its own; programs get every row
/// unless they ask for less.
fn paging(pairs: &[(String, String)], format: Format) -> Result<Option<Paging>, Error> {
    let number = |name: &'static str, most: usize| -> Result<Option<usize>, Error> {
        let mut values = pairs
            .iter()
            .filter(|(own, value)| own == name && !value.is_empty());
        let Some((_, value)) = values.next() else {
            return Ok(None);
        };
        match value.parse::<usize>() {
            Ok(number) if (1..=most).contains(&number) => Ok(Some(number)),
            _ => Err(Error::BadNumber { name, most }),
        }
    };
    let page = number("page", Paging::MOST_PAGES)?;
    let size = number("page-size", Paging::MOST)?;
    if page.is_none() && size.is_none() && format != Format::Html {
        return Ok(None);
    }
    Ok(Some(Paging {
        page: page.unwrap_or(1),
        size: size.unwrap_or(Paging::SIZE),
    }))
}

impl Asked {
    /// The values with the language of the page: who reads it in a language wants the names in it
    /// too.
    fn shown(&self) -> Vec<(String, String)> {
        let mut given = self.given.clone();
        let has_language = self.query.parameters.iter().any(|own| own.name == "lang");
        let is_page = self.format == Format::Html;
        if is_page && has_language && given.iter().all(|(name, _)| name != "lang") {
            given.push(("lang".to_owned(), self.language.tag().to_owned()));
        }
        given
    }

    /// The query with values.
    fn bind(&self, snapshot: &Snapshot, given: &[(String, String)]) -> Result<Bound, Error> {
        self.query.bind(snapshot, given).map_err(|errors| {
            Error::Parameters(Box::new(InParameters {
                name: self.query.name.clone(),
                given: self.given.clone(),
                errors,
            }))
        })
    }
}

async fn answer(
    app: &App,
    form: Form<'_>,
    (method, version): (&Method, Version),
    headers: &HeaderMap,
) -> Result<Response<Sent>, Error> {
    let asked = form.asked;
    let question = Question {
        task: Task {
            source: Source::Named(form.bound.text.clone()),
            wanted: Wanted {
                rows: Some(asked.format),
                truth: None,
                graph: None,
            },
            window: asked.paging.map_or(Window::ALL, Paging::window),
        },
        asker: asked.asker,
        method,
        version,
        headers,
    };
    run::answer(app, form.snapshot, question, &form).await
}

/// How a published query's answers are put.
struct Form<'a> {
    snapshot: &'a Arc<Snapshot>,
    asked: &'a Asked,
    bound: &'a Bound,
    given: &'a [(String, String)],
}

impl Form<'_> {
    fn shown(&self, total: Option<usize>) -> page::Shown<'_> {
        page::Shown {
            query: self.asked.query,
            bound: self.bound,
            given: self.given,
            paging: self.asked.paging,
            total: total.unwrap_or_default(),
            language: self.asked.language,
        }
    }
}

impl run::Form for Form<'_> {
    fn head(&self, format: Format, total: Option<usize>) -> Head {
        let is_page = format == Format::Html;
        let shown = self.shown(total);
        // Which page is the last is known only with the rows.
        let links = total.is_some() || self.asked.paging.is_none();
        Head {
            content_type: format.content_type(),
            language: is_page.then(|| self.asked.language.tag()),
            location: Some(shown.address(self.snapshot, format)),
            links: links.then(|| shown.links(self.snapshot, format)),
            vary: Vary {
                accept: !self.asked.in_address,
                language: is_page || !self.asked.in_address,
                encoding: true,
            },
            ..Head::default()
        }
    }

    fn counts(&self) -> bool {
        self.asked.paging.is_some()
    }

    fn page_of(&self) -> String {
        let Asked {
            query,
            language,
            paging,
            ..
        } = self.asked;
        let (name, tag) = (&query.name, language.tag());
        format!("{name} {tag} {paging:?} {:?}", self.given)
    }

    fn page(&self, answer: &Answer) -> Result<String, Error> {
        let Body::Rows(rows) = &answer.body else {
            return Ok(String::new());
        };
        Ok(page::page(self.snapshot, &self.shown(answer.total), rows)?)
    }

    fn failed(&self, error: RunError) -> Error {
        Error::in_query(error, None)
    }
}
