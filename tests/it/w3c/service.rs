//! A service over the data of one case, and asking it.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use oxrdf::Quad;
use samplan::config::Config;
use samplan::rdf::Base;
use samplan::store::{Live, Snapshot};
use samplan::web::{App, router};

use super::manifest;
use crate::support::{Answer, config, send};

/// The whole service over some quads, at a base.
pub(super) struct Service {
    router: Router,
    /// The address of the endpoint.
    endpoint: String,
}

impl Service {
    pub(super) fn over(base: &str, quads: impl IntoIterator<Item = Quad>) -> Self {
        let base = Base::parse(base).unwrap();
        let config = Config {
            base: base.clone(),
            // Each case asks a service of its own, so there is nothing to remember.
            kept_bytes: 0,
            ..config(manifest::folder())
        };
        let endpoint = format!("{}sparql", base.path());
        let live = Live::holding(Snapshot::unchecked(base, quads).unwrap());
        Self {
            router: router(App::new(live, config)),
            endpoint,
        }
    }

    /// Sends a query as the body; the parameters say of which graphs it is asked.
    pub(super) async fn ask(&self, query: &str, parameters: &str, accept: &str) -> Answer {
        let request = Request::post(format!("{}?{parameters}", self.endpoint))
            .header(header::CONTENT_TYPE, "application/sparql-query")
            .header(header::ACCEPT, accept)
            .body(Body::from(query.to_owned()))
            .unwrap();
        self.send(request).await
    }

    /// Sends any request.
    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        send(self.router.clone(), request).await
    }

    /// The path of the endpoint.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}
