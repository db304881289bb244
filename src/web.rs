//! HTTP: routes, negotiation, headers, errors. The only place that sees axum.

mod error;
mod files;
mod health;
pub mod negotiate;
mod resources;
mod sparql;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, Method, Request, header};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::Level;

use crate::config::Config;
use crate::store::{Live, Snapshot};

/// The largest body of a request. Queries are text that people or programs write.
const LARGEST_BODY: usize = 1 << 20;

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    live: Live,
    config: Arc<Config>,
    /// One permit a running query; held by the thread that runs it, not by the request.
    queries: Arc<Semaphore>,
}

impl App {
    /// An app that serves what `live` holds.
    pub fn new(live: Live, config: Config) -> Self {
        let queries = Arc::new(Semaphore::new(config.queries));
        Self {
            live,
            config: Arc::new(config),
            queries,
        }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.live.state().snapshot
    }
}

/// The whole service.
///
/// The instance's resources lie below the path of its base URL; `/healthz` and `/readyz`
/// also at the root, where a supervisor looks for them.
pub fn router(app: App) -> Router {
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
    let service = health()
        .route("/sparql", get(sparql::get).post(sparql::post))
        .route("/ns/context.jsonld", get(files::context))
        .route("/ns/plan.schema.json", get(files::schema))
        .route("/ns/shapes", get(files::shapes))
        .route("/ns/shapes.ttl", get(files::shapes))
        .fallback(resources::any)
        .method_not_allowed_fallback(error::method_not_allowed);
    let router = if base.is_empty() {
        service
    } else {
        Router::new()
            .nest(&base, service)
            .merge(health())
            .fallback(error::not_below_base)
    };
    let request_id = HeaderName::from_static("x-request-id");
    router
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(cors())
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .with_state(app)
}

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::OPTIONS])
        .allow_headers(Any)
        .expose_headers([
            header::CONTENT_LOCATION,
            header::ETAG,
            header::LINK,
            header::LAST_MODIFIED,
        ])
        .max_age(Duration::from_secs(86_400))
}

fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    tracing::info_span!(
        "request",
        method = %request.method(),
        path = request.uri().path(),
        id,
    )
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
    axum::serve(listener, router(app))
        .with_graceful_shutdown(shutdown)
        .await
}
