//! The files of the vocabulary that are not resources of the store.

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;

use crate::rdf::Format;
use crate::vocab;

type Headers = [(HeaderName, &'static str); 2];

fn headers(content_type: &'static str) -> Headers {
    [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ]
}

/// `/ns/context.jsonld`
pub(super) async fn context() -> impl IntoResponse {
    (headers(Format::JsonLd.content_type()), vocab::CONTEXT)
}

/// `/ns/plan.schema.json`
pub(super) async fn schema() -> impl IntoResponse {
    (headers("application/schema+json"), vocab::SCHEMA)
}

/// `/ns/shapes`
pub(super) async fn shapes() -> impl IntoResponse {
    (headers(Format::Turtle.content_type()), vocab::SHAPES)
}
