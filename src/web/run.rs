//! Queries for requests: from memory where that has the answer, else evaluated, and given on as
//! it comes.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, Version, header};
use oxrdf::NamedNode;

use super::answers::{Kept, Meaning};
use super::budget::Charge;
use super::client::Client;
use super::encoding::{Effort, Encoding};
use super::error::Error;
use super::representations::{WORTH_ENCODING, etag};
use super::respond::{Fresh, Head, known, list, respond, unsettled};
use super::stream::{Keep, Streamed, Unmade};
use super::{App, negotiate};
use crate::rdf::{Format, canonical};
use crate::sparql::engine::{Answering, Part};
use crate::sparql::{Answer, End, Limits, Prepared, RunError, Source, Task};
use crate::store::Snapshot;

/// How much of an answer comes before it is said that there is one: a query that fails before
/// that gets the status of an error.
const FIRST: usize = 256 << 10;

/// On whose behalf a query is run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    /// Whose budget its time is taken from.
    pub(super) client: Client,
    /// How long the asker waits, where that is shorter than the instance's time.
    pub(super) timeout: Option<Duration>,
}

/// What a request asks, and how.
pub(super) struct Question<'a> {
    pub(super) task: Task,
    pub(super) asker: Asker,
    pub(super) method: &'a Method,
    pub(super) version: Version,
    pub(super) headers: &'a HeaderMap,
}

/// How the answer to a question is put.
pub(super) trait Form: Sync {
    /// What is said beside the answer; the number of rows where it is known.
    fn head(&self, format: Format, total: Option<usize>) -> Head;

    /// Whether what is said beside the answer needs the number of its rows.
    fn counts(&self) -> bool;

    /// What a page depends on beside the query and the data.
    fn page_of(&self) -> String;

    /// The page with the answer.
    fn page(&self, answer: &Answer) -> Result<String, Error>;

    /// What is said where there is no answer.
    fn failed(&self, error: RunError) -> Error;
}

/// Answers a question.
pub(super) async fn answer(
    app: &App,
    snapshot: &Arc<Snapshot>,
    question: Question<'_>,
    form: &impl Form,
) -> Result<Response<Body>, Error> {
    let codings = list(question.headers, header::ACCEPT_ENCODING);
    let asking = Asking {
        app,
        snapshot,
        encoding: negotiate::encoding(codings.as_deref()).ok_or(Error::NoCoding)?,
        question: &question,
        form,
    };
    let task = &question.task;
    let text = text_of(task, snapshot);
    if let Some(Meaning {
        kind,
        canonical,
        deterministic,
    }) = app.parts.answers.meaning(&text)
    {
        let prepared = Prepared {
            kind,
            format: task.wanted.of(kind).map_err(|error| form.failed(error))?,
            canonical,
            deterministic,
        };
        if let Some(response) = asking.at_once(&prepared)? {
            return Ok(response);
        }
    }
    let mut charge = app.parts.budget.admit(question.asker.client)?;
    let limits = limits(app, question.asker);
    let asked = app.parts.engine.ask(snapshot, task.clone(), limits).await;
    let asked = asked.map_err(|error| form.failed(error))?;
    let prepared = asked.prepared().clone();
    app.parts.answers.learn(text, &prepared);
    if let Some(response) = asking.at_once(&prepared)? {
        return Ok(response);
    }
    charge.start();
    asking.evaluated(prepared, asked.go(), charge).await
}

/// What a query may take: what every query may, for no longer than its asker waits.
fn limits(app: &App, asker: Asker) -> Limits {
    let limits = app.parts.config.limits;
    let time = asker.timeout.unwrap_or(limits.time);
    Limits {
        time: time.min(limits.time),
        ..limits
    }
}

/// What the reading of a query depends on.
fn text_of(task: &Task, snapshot: &Snapshot) -> String {
    let (named, text) = match &task.source {
        Source::Request(operation) => ("request", &operation.query),
        Source::Named(text) => ("named", text),
    };
    canonical::sha256(format!("{named}\n{}\n{text}", snapshot.base().as_str()))
}

/// A question on its way to an answer.
struct Asking<'a, F> {
    app: &'a App,
    snapshot: &'a Snapshot,
    /// The coding that the asker takes.
    encoding: Encoding,
    question: &'a Question<'a>,
    form: &'a F,
}

impl<F: Form> Asking<'_, F> {
    /// The answer, where nothing has to be evaluated for it.
    fn at_once(&self, prepared: &Prepared) -> Result<Option<Response<Body>>, Error> {
        let tag = self.tag(prepared);
        let head = || self.head(prepared, None);
        if let Some(tag) = &tag {
            if let Some(response) = known(self.question.headers, &head(), tag)? {
                return Ok(Some(response));
            }
            if let Some(kept) = self.app.parts.answers.kept(tag) {
                return self.respond(prepared, kept, Some(tag.clone())).map(Some);
            }
        }
        if self.question.method == Method::HEAD && !self.form.counts() {
            let coding = Encoding::Identity;
            let body = Body::new(Unmade);
            return unsettled(&head(), tag.as_ref(), coding, body).map(Some);
        }
        Ok(None)
    }

    /// The strong validator of the answer, from all that its bytes depend on; none where they
    /// are others each time.
    fn tag(&self, prepared: &Prepared) -> Option<HeaderValue> {
        if !prepared.deterministic {
            return None;
        }
        let Task { source, window, .. } = &self.question.task;
        let mut parts = vec![
            env!("CARGO_PKG_VERSION").to_owned(),
            self.snapshot.revision().to_owned(),
            self.snapshot.base().as_str().to_owned(),
            prepared.canonical.clone(),
            prepared.format.content_type().to_owned(),
            self.encoding.names()[0].to_owned(),
            format!("{window:?}"),
        ];
        if let Source::Request(operation) = source {
            // The order in which graphs are named says nothing.
            for graphs in [&operation.default_graphs, &operation.named_graphs] {
                let mut names: Vec<&str> = graphs.iter().map(NamedNode::as_str).collect();
                names.sort_unstable();
                names.dedup();
                parts.push(names.join(" "));
            }
        }
        if prepared.format == Format::Html {
            parts.push(self.form.page_of());
        }
        Some(etag(parts.join("\n").as_bytes()))
    }

    fn head(&self, prepared: &Prepared, total: Option<usize>) -> Head {
        let head = self.form.head(prepared.format, total);
        if prepared.deterministic {
            let revision = Some(self.snapshot.revision().to_owned());
            return Head { revision, ..head };
        }
        Head {
            fresh: Fresh::Never,
            ..head
        }
    }

    fn respond(
        &self,
        prepared: &Prepared,
        kept: Kept,
        tag: Option<HeaderValue>,
    ) -> Result<Response<Body>, Error> {
        let head = self.head(prepared, kept.total);
        match tag {
            Some(tag) => respond(self.question.headers, &head, kept.bytes, tag, kept.encoding),
            None => unsettled(&head, None, kept.encoding, kept.bytes.into()),
        }
    }

    /// The answer, once enough of it has come.
    async fn evaluated(
        &self,
        prepared: Prepared,
        mut answering: Answering,
        charge: Charge,
    ) -> Result<Response<Body>, Error> {
        // Before HTTP/1.1 the end of a connection is the end of an answer, whether it came to
        // its end or not.
        let whole = self.form.counts()
            || prepared.format == Format::Html
            || self.question.version < Version::HTTP_11;
        let (mut parts, mut length) = (Vec::new(), 0);
        loop {
            let part = answering.next().await;
            match part.map_err(|error| self.form.failed(error))? {
                Part::Bytes(bytes) => {
                    length += bytes.len();
                    parts.push(bytes);
                }
                Part::End(end) => return self.whole(&prepared, parts, end).await,
            }
            if length >= FIRST && !whole {
                return self.streamed(&prepared, parts, answering, charge);
            }
        }
    }

    async fn whole(
        &self,
        prepared: &Prepared,
        parts: Vec<Vec<u8>>,
        end: End,
    ) -> Result<Response<Body>, Error> {
        let mut bytes = parts.concat();
        if prepared.format == Format::Html {
            let answer = Answer::read(&bytes, prepared.kind, end)?;
            bytes = self.form.page(&answer)?.into_bytes();
        }
        let (bytes, encoding) = encoded(bytes, self.encoding).await?;
        let kept = Kept {
            bytes: bytes.into(),
            encoding,
            total: end.total,
        };
        let tag = self.tag(prepared);
        if let Some(tag) = &tag {
            self.app.parts.answers.keep(tag.clone(), kept.clone());
        }
        self.respond(prepared, kept, tag)
    }

    fn streamed(
        &self,
        prepared: &Prepared,
        parts: Vec<Vec<u8>>,
        answering: Answering,
        charge: Charge,
    ) -> Result<Response<Body>, Error> {
        let tag = self.tag(prepared);
        let keep = tag.clone().map(|tag| Keep {
            app: self.app.clone(),
            tag,
            bytes: Vec::new(),
        });
        let body = Streamed::new(parts, answering, charge, self.encoding, keep)?;
        let head = self.head(prepared, None);
        unsettled(&head, tag.as_ref(), self.encoding, Body::new(body))
    }
}

/// The bytes in a coding, where that makes them fewer.
async fn encoded(bytes: Vec<u8>, wanted: Encoding) -> Result<(Vec<u8>, Encoding), Error> {
    if wanted == Encoding::Identity || bytes.len() < WORTH_ENCODING {
        return Ok((bytes, Encoding::Identity));
    }
    let work = tokio::task::spawn_blocking(move || -> Result<_, Error> {
        let fewer = wanted.encode(&bytes, Effort::Once)?;
        Ok(if fewer.len() < bytes.len() {
            (fewer, wanted)
        } else {
            (bytes, Encoding::Identity)
        })
    });
    work.await.map_err(|error| Error::Internal(error.into()))?
}
