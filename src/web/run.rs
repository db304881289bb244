//! Running queries for requests: a permit each, a deadline, and an end when the asker is gone.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header;
use oxigraph::sparql::CancellationToken;

use super::App;
use super::client::Client;
use super::encoding::{Effort, Encoding};
use super::error::Error;
use super::negotiate;
use super::representations::{WORTH_ENCODING, etag};
use super::respond::list;
use crate::sparql::{Answer, RunError, Task, run};
use crate::store::Snapshot;

/// On whose behalf a query is run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    /// Whose budget its time is taken from.
    pub(super) client: Client,
    /// How long the asker waits, where that is shorter than the instance's time.
    pub(super) timeout: Option<Duration>,
}

/// Runs a query to its end, its deadline, or until the asker goes away.
pub(super) async fn answer(
    app: &App,
    snapshot: &Arc<Snapshot>,
    task: Task,
    asker: Asker,
) -> Result<Result<Answer, RunError>, Error> {
    let mut limits = app.parts.config.limits;
    limits.time = asker
        .timeout
        .map_or(limits.time, |time| time.min(limits.time));
    let permit = Arc::clone(&app.parts.queries)
        .try_acquire_owned()
        .map_err(|_| Error::Busy)?;
    let mut charge = app.parts.budget.admit(asker.client)?;
    let token = CancellationToken::new();
    // Dropping the guard, as a client that goes away does, stops the query too.
    let _stop = StopOnDrop(token.clone());
    let snapshot = Arc::clone(snapshot);
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        charge.start();
        run(&snapshot, &task, limits, &token)
    });
    match tokio::time::timeout(limits.time, work).await {
        Ok(done) => done.map_err(|error| Error::Internal(error.into())),
        Err(_) => Ok(Err(RunError::Timeout(limits.time))),
    }
}

struct StopOnDrop(CancellationToken);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The bytes in the content coding that the asker takes, and their strong validator.
///
/// One address gives the same bytes under several types, as an empty graph, so the type is
/// part of the validator; so is the coding, by the bytes.
pub(super) async fn encoded(
    asked: &HeaderMap,
    content_type: &'static str,
    bytes: Vec<u8>,
) -> Result<(Vec<u8>, HeaderValue, Encoding), Error> {
    let codings = list(asked, header::ACCEPT_ENCODING);
    let wanted = negotiate::encoding(codings.as_deref()).ok_or(Error::NoCoding)?;
    let encode = move || -> Result<_, Error> {
        let mut encoding = Encoding::Identity;
        let mut sent = bytes;
        if wanted != Encoding::Identity && sent.len() >= WORTH_ENCODING {
            let fewer = wanted.encode(&sent, Effort::Once)?;
            if fewer.len() < sent.len() {
                (sent, encoding) = (fewer, wanted);
            }
        }
        let etag = etag(&[content_type.as_bytes(), b"\n", &sent].concat());
        Ok((sent, etag, encoding))
    };
    let work = tokio::task::spawn_blocking(encode);
    work.await.map_err(|error| Error::Internal(error.into()))?
}
