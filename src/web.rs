//! HTTP: routes, negotiation, headers, errors. The only place that sees axum.

mod answers;
mod budget;
mod client;
mod compare;
mod connection;
mod download;
pub mod encoding;
mod error;
mod front;
mod health;
mod named;
pub mod negotiate;
mod protect;
mod range;
mod representations;
mod resources;
mod respond;
mod run;
mod search;
mod sparql;
mod stream;

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::{Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};

use crate::config::Config;
use crate::sparql::Engine;
use crate::sparql::engine::Settings;
use crate::store::{Live, Snapshot};
use crate::views;
use answers::Answers;
use budget::Budget;
use front::{Front, Memory};
use representations::Representations;

/// What every handler can reach; clones share it.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
}

/// What was made ready for harvesters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// How many datasets the catalogue has.
    pub datasets: usize,
    /// How many bytes there are to download in all.
    pub bytes: u64,
}

/// What an [`App`] is made of.
struct Parts {
    live: Live,
    config: Config,
    engine: Engine,
    /// What each client may still take.
    budget: Budget,
    /// What has been rendered already.
    representations: Representations,
    /// What queries have been answered already.
    answers: Answers,
    /// What requests have been answered already.
    memory: Memory,
    /// Why the catalogue of a revision could not be made ready, where it could not.
    unprepared: Mutex<Option<Unprepared>>,
}

/// A revision, and why its catalogue could not be made ready.
#[derive(Clone)]
struct Unprepared {
    revision: String,
    reason: String,
}

impl App {
    /// An app that serves what `live` holds.
    pub fn new(live: Live, config: Config) -> Self {
        // A third for what is rendered, one for what queries gave, one for whole answers, which
        // most bytes are in too; they count twice, so what is really taken stays below.
        let third = config.kept_bytes / 3;
        let settings = Settings {
            program: config.worker.clone(),
            workers: config.workers,
            queries: config.queries,
            memory: config.limits.memory,
        };
        // Which things the catalogue has is asked for with every address, on threads that must not
        // wait. Where there is none, whoever asks is told.
        let know = |snapshot: &Snapshot| {
            let _ = views::catalog::catalog(snapshot);
            let _ = views::comparison::prepare(snapshot);
        };
        know(&live.snapshot());
        live.before_taken_up(know);
        // So that nobody who searches waits for the index of a changed folder. That of the first is
        // made by `prepare`.
        live.before_taken_up(|snapshot| {
            if let Err(error) = views::search::index(snapshot) {
                tracing::error!(%error, "there is no index to search");
            }
        });
        let parts = Parts {
            engine: Engine::new(settings, live.clone()),
            live,
            budget: Budget::new(config.client),
            config,
            representations: Representations::new(third),
            answers: Answers::new(third),
            memory: Memory::new(third),
            unprepared: Mutex::default(),
        };
        Self {
            parts: Arc::new(parts),
        }
    }

    /// How many queries have been evaluated: those whose answers were not in memory.
    pub fn evaluated(&self) -> u64 {
        self.parts.engine.evaluated()
    }

    /// Makes the catalogue that is served now, with all that is listed in it, so that the first
    /// who harvests need not wait for it. Blocks; does nothing where it is there.
    ///
    /// # Errors
    /// Why there is none.
    pub fn prepare(&self) -> anyhow::Result<Prepared> {
        let snapshot = self.snapshot();
        let made = || -> anyhow::Result<Prepared> {
            // Where there is no catalogue there is something to find all the same.
            views::search::index(&snapshot)?;
            let catalog = views::catalog::catalog(&snapshot)?;
            let sizes = views::catalog::measure(&snapshot)?;
            Ok(Prepared {
                datasets: catalog.datasets.len(),
                bytes: sizes.total(),
            })
        };
        let made = made();
        let mut unprepared = self
            .parts
            .unprepared
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *unprepared = made.as_ref().err().map(|error| Unprepared {
            revision: snapshot.revision().to_owned(),
            reason: format!("{error:#}"),
        });
        made
    }

    /// Why the catalogue that is served now could not be made ready, where it could not.
    fn unprepared(&self) -> Option<String> {
        let unprepared = self
            .parts
            .unprepared
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let unprepared = unprepared.clone()?;
        (unprepared.revision == self.snapshot().revision()).then_some(unprepared.reason)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.parts.live.snapshot()
    }
}

/// The whole service, as a router.
pub fn router(app: App) -> Router {
    Router::new().fallback_service(service(app))
}

/// The whole service.
///
/// The instance's resources lie below the path of its base URL; `/healthz` and `/readyz`
/// also at the root, where a supervisor looks for them.
fn service(app: App) -> Front {
    let base = app
        .snapshot()
        .base()
        .path()
        .trim_end_matches('/')
        .to_owned();
    let health = || {
        Router::new()
            .route("/healthz", get(health::healthz))
            .route("/readyz", get(health::readyz))
    };
    // A robot reads it at the root of the host, wherever the instance lies below that (RFC 9309,
    // section 2.3).
    let robots = || Router::new().route("/robots.txt", any(resources::robots));
    let service = health()
        .route("/sparql", any(sparql::any))
        // Many write it so, and a redirect would lose the body of a POST.
        .route("/sparql/", any(sparql::any))
        .route("/query/{file}", any(named::any))
        .route("/search", any(search::any))
        .route("/search.json", any(search::any))
        .route("/search.html", any(search::any))
        .fallback(resources::any)
        .method_not_allowed_fallback(error::method_not_allowed);
    let router = if base.is_empty() {
        service
    } else {
        Router::new()
            .nest(&base, service)
            .merge(health())
            .merge(robots())
            .fallback(error::not_below_base)
    };
    around(router, app)
}

/// What happens around every request, whatever answers it: from the inside out a panic becomes
/// an error, an error gets its form, every answer its protection; then memory and the log.
fn around(router: Router<App>, app: App) -> Front {
    let inner = router
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(cors())
        .layer(from_fn_with_state(app.clone(), error::as_accepted))
        .layer(from_fn_with_state(app.clone(), protect::options))
        .layer(from_fn(protect::headers))
        .with_state(app.clone());
    Front { app, inner }
}

/// The methods of everything that is only read.
const READ: &str = "GET, HEAD, OPTIONS";

/// Whether a path, below a base or not, is that of the endpoint.
fn takes_queries(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/sparql")
}

/// The methods of a path below the base.
fn methods(path: &str) -> &'static str {
    if path.trim_end_matches('/') == "/sparql" {
        "GET, HEAD, POST, QUERY, OPTIONS"
    } else {
        READ
    }
}

fn cors() -> CorsLayer {
    let query = Method::from_bytes(b"QUERY").ok();
    let usual = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS];
    let methods: Vec<Method> = usual.into_iter().chain(query).collect();
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(methods)
        .allow_headers(Any)
        .expose_headers([
            header::ACCEPT_RANGES,
            header::ALLOW,
            header::CONTENT_LOCATION,
            header::CONTENT_RANGE,
            header::ETAG,
            header::LINK,
            header::LAST_MODIFIED,
            header::RETRY_AFTER,
            protect::REQUEST_ID,
        ])
        .max_age(Duration::from_secs(86_400))
        // Every site gets the same answer, so caches need not keep one for each.
        .vary([])
}

/// Serves on a listener until `shutdown` is ready, then lets requests under way finish.
///
/// # Errors
/// What the listener says.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let most = app.parts.config.connections;
    connection::serve(service(app), listener, most, shutdown).await
}
