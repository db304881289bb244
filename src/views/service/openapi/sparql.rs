//! The endpoint.

use serde_json::{Value, json};

use super::answers::{Headers, of_get, of_post, own_types};
use super::{Paths, QUERIES, parameters};
use crate::rdf::Format;
use crate::sparql::size;
use crate::views::service::SPARQL;

/// A query that has rows.
const SELECT: &str = "SELECT * WHERE { ?plan a <https://w3id.org/samplan/ns#Plan> }";

/// A query that has a graph.
const CONSTRUCT: &str = "CONSTRUCT WHERE { ?plan a <https://w3id.org/samplan/ns#Plan> }";

/// Adds the endpoint.
pub(super) fn describe(paths: &mut Paths) {
    let path = format!("/{SPARQL}");
    paths.add(&path, "get", get());
    paths.add(&path, "post", post());
}

/// The formats of answers, and of the description of the service.
fn formats() -> Vec<Format> {
    let graphs = Format::RDF.into_iter();
    graphs.chain(Format::ROWS).chain([Format::Html]).collect()
}

fn get() -> Value {
    let query = json!({
        "name": "query", "in": "query",
        "description": "The query, SPARQL 1.1. Without one: the description of the service.",
        "schema": { "type": "string", "maxLength": size::LONGEST }, "example": SELECT
    });
    let parameters: Vec<Value> = std::iter::once(query).chain(rest()).collect();
    json!({
        "operationId": "query-get",
        "summary": "Ask a query (SPARQL 1.1 Protocol), or get the description of the service.",
        "tags": [QUERIES],
        "parameters": parameters,
        "responses": of_get(&own_types(&formats()), Headers::Query, &["400", "406", "429", "503"]),
    })
}

fn post() -> Value {
    let errors = ["400", "406", "408", "413", "415", "429", "503"];
    let body = json!({
        "application/sparql-query": {
            "schema": { "type": "string", "maxLength": size::LONGEST },
            "examples": { "rows": { "value": SELECT }, "a graph": { "value": CONSTRUCT } }
        },
        "application/x-www-form-urlencoded": {
            "schema": form(),
            "examples": {
                "rows": { "value": { "query": SELECT, "timeout": "5s" } },
                "a graph": { "value": { "query": CONSTRUCT } }
            }
        }
    });
    json!({
        "operationId": "query-post",
        "summary": "Ask a query that is too long for an address.",
        "tags": [QUERIES],
        "parameters": rest(),
        "requestBody": { "required": true, "content": body },
        "responses": of_post(&own_types(&formats()), &errors),
    })
}

/// What can stand beside a query in an address.
fn rest() -> Vec<Value> {
    vec![
        parameters::graphs(
            "default-graph-uri",
            "Graphs that make up the default graph instead of ours.",
        ),
        parameters::graphs("named-graph-uri", "The only named graphs."),
        parameters::format(&formats()),
        parameters::language(),
        parameters::timeout(),
    ]
}

fn form() -> Value {
    json!({
        "type": "object", "required": ["query"],
        "properties": {
            "query": { "type": "string", "maxLength": size::LONGEST },
            "default-graph-uri": parameters::iris(),
            "named-graph-uri": parameters::iris(),
            "format": { "type": "string" },
            "timeout": { "type": "string", "pattern": parameters::TIME }
        }
    })
}
