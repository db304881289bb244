//! `/openapi.json`: the HTTP API (`OpenAPI` 3.1), written from what the program knows of its
//! queries and formats.

use std::io;

use serde_json::{Map, Value, json};

use super::published;
use crate::rdf::Format;
use crate::sparql::named::parameter::{Kind, Parameter};
use crate::sparql::{NamedQuery, size};
use crate::store::Snapshot;
use crate::views::Error;

/// The document.
///
/// # Errors
/// Always our fault.
pub fn document(snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
    let mut paths = Map::new();
    paths.insert("/sparql".to_owned(), sparql());
    for query in published()? {
        paths.insert(format!("/query/{}", query.name), of_query(query));
    }
    for (path, summary, example) in RESOURCES {
        paths.insert((*path).to_owned(), resource(path, summary, *example));
    }
    let tree = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Samplan",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Public action plans as linked open data.",
            "description": "Everything is read-only and needs no key. Errors are problem documents (RFC 9457).",
            "license": { "name": "CC0 1.0 (metadata and links; the text of each plan as it states)", "identifier": "CC0-1.0" }
        },
        "servers": [{ "url": snapshot.base().as_str().trim_end_matches('/') }],
        "paths": paths,
        "components": { "schemas": schemas(), "responses": responses() }
    });
    let mut bytes = serde_json::to_vec_pretty(&tree).map_err(io::Error::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What is served under a name, with an example of the name.
const RESOURCES: &[(&str, &str, Option<&str>)] = &[
    ("/plan", "All plans.", None),
    (
        "/plan/{id}",
        "A plan with everything in it.",
        Some("vasterbotten-2026"),
    ),
    ("/framework", "All frameworks.", None),
    (
        "/framework/{id}",
        "A framework with its goals.",
        Some("digstrat-2017"),
    ),
    ("/organisation", "All organisations.", None),
    (
        "/organisation/{id}",
        "An organisation.",
        Some("region-vastmanland"),
    ),
    ("/query", "The published queries, described.", None),
    ("/.well-known/void", "What the data hold (VoID).", None),
];

fn resource(path: &str, summary: &str, example: Option<&str>) -> Value {
    let mut get = json!({
        "operationId": operation_id(path),
        "summary": summary,
        "tags": ["resources"],
        "parameters": [language()],
        "responses": answers(&media(&graphs()), &["404", "406"]),
    });
    if let (Some(example), Some(parameters)) = (example, get["parameters"].as_array_mut()) {
        parameters.insert(
            0,
            json!({
                "name": "id", "in": "path", "required": true,
                "schema": { "type": "string" }, "example": example
            }),
        );
    }
    json!({ "get": get })
}

/// The name of an operation, from its path.
fn operation_id(path: &str) -> String {
    let words: Vec<&str> = path
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "id")
        .collect();
    let one = if path.ends_with("{id}") {
        "get"
    } else {
        "list"
    };
    format!("{one}-{}", words.join("-"))
}

fn graphs() -> Vec<Format> {
    Format::RDF.into_iter().chain([Format::Html]).collect()
}

fn every_answer() -> Vec<Format> {
    Format::ALL.to_vec()
}

/// The media types of formats, as the content of an answer.
fn media(formats: &[Format]) -> Value {
    let of = |format: &Format| {
        let schema = match format {
            Format::SparqlJson => json!({ "$ref": "#/components/schemas/SparqlResults" }),
            Format::JsonLd => json!({ "type": ["object", "array"] }),
            _ => json!({ "type": "string" }),
        };
        (format.media_type().to_owned(), json!({ "schema": schema }))
    };
    Value::Object(formats.iter().map(of).collect())
}

fn answers(content: &Value, errors: &[&str]) -> Value {
    let mut answers = Map::new();
    let answer =
        json!({ "description": "The answer, in the format asked for.", "content": content });
    answers.insert("200".to_owned(), answer);
    answers.insert(
        "304".to_owned(),
        json!({ "description": "You have it already." }),
    );
    for status in errors {
        let name = json!({ "$ref": format!("#/components/responses/Problem{status}") });
        answers.insert((*status).to_owned(), name);
    }
    Value::Object(answers)
}

fn language() -> Value {
    json!({
        "name": "lang", "in": "query",
        "description": "The language of pages and of names.",
        "schema": { "type": "string", "enum": ["sv", "en"] }
    })
}

/// A time as `timeout` takes it.
const TIME: &str = r"^(\d+(\.\d+)?(ms|s)?)?$";

fn timeout() -> Value {
    json!({
        "name": "timeout", "in": "query",
        "description": "How long to wait at most: seconds (5, 0.5 or 5s) or milliseconds (500ms). It can only shorten the time that a query may run, which is a limit in the description of the service.",
        "schema": { "type": "string", "pattern": TIME }, "example": "5s"
    })
}

fn format(formats: &[Format]) -> Value {
    let names: Vec<&str> = formats.iter().map(|format| format.suffix()).collect();
    json!({
        "name": "format", "in": "query",
        "description": "The format; wins over Accept. Media types and common names are understood too.",
        "schema": { "type": "string", "enum": names }
    })
}

fn sparql() -> Value {
    let graphs = |name: &str, what: &str| {
        json!({
            "name": name, "in": "query", "description": what,
            "schema": { "type": "array", "items": { "type": "string", "format": "iri" } }
        })
    };
    let description = json!({
        "name": "query", "in": "query",
        "description": "The query, SPARQL 1.1. Without one: the description of the service.",
        "schema": { "type": "string", "maxLength": size::LONGEST },
        "example": "SELECT * WHERE { ?plan a <https://w3id.org/samplan/ns#Plan> }"
    });
    let parameters = |query: bool| -> Vec<Value> {
        let rest = [
            graphs(
                "default-graph-uri",
                "Graphs that make up the default graph instead of ours.",
            ),
            graphs("named-graph-uri", "The only named graphs."),
            format(&every_answer()),
            language(),
            timeout(),
        ];
        query
            .then(|| description.clone())
            .into_iter()
            .chain(rest)
            .collect()
    };
    let errors = ["400", "406", "413", "415", "429", "503"];
    let graph_names = json!({ "type": "array", "items": { "type": "string", "format": "iri" } });
    let form = json!({
        "type": "object", "required": ["query"],
        "properties": {
            "query": { "type": "string" },
            "default-graph-uri": graph_names,
            "named-graph-uri": graph_names,
            "format": { "type": "string" },
            "timeout": { "type": "string", "pattern": TIME }
        }
    });
    let mut posted = answers(&media(&every_answer()), &errors);
    if let Some(posted) = posted.as_object_mut() {
        // 304 answers safe methods only.
        posted.remove("304");
    }
    json!({
        "get": {
            "operationId": "query-get",
            "summary": "Ask a query (SPARQL 1.1 Protocol).",
            "tags": ["sparql"],
            "parameters": parameters(true),
            "responses": answers(&media(&every_answer()), &["400", "406", "429", "503"]),
        },
        "post": {
            "operationId": "query-post",
            "summary": "Ask a query that is too long for an address.",
            "tags": ["sparql"],
            "parameters": parameters(false),
            "requestBody": { "required": true, "content": {
                "application/sparql-query": { "schema": { "type": "string" } },
                "application/x-www-form-urlencoded": { "schema": form }
            } },
            "responses": posted,
        }
    })
}

fn of_query(query: &NamedQuery) -> Value {
    let formats: Vec<Format> = Format::ROWS
        .into_iter()
        .chain([Format::Html])
        .chain(Format::RDF)
        .collect();
    let mut parameters: Vec<Value> = query.parameters.iter().map(parameter).collect();
    if query.parameters.iter().all(|own| own.name != "lang") {
        parameters.push(language());
    }
    let paging = [
        ("page", "The page, from 1.", 1_000_000),
        (
            "page-size",
            "How many rows a page has. Without it programs get every row.",
            10_000,
        ),
    ];
    parameters.extend(paging.into_iter().map(|(name, what, most)| {
        json!({
            "name": name, "in": "query", "description": what,
            "schema": { "type": "integer", "minimum": 1, "maximum": most }
        })
    }));
    parameters.push(format(&formats));
    parameters.push(timeout());
    json!({
        "get": {
            "operationId": query.name,
            "summary": query.title.en,
            "description": query.description.en,
            "tags": ["queries"],
            "parameters": parameters,
            "responses": answers(&media(&formats), &["400", "406", "429", "503"]),
        }
    })
}

fn parameter(parameter: &Parameter) -> Value {
    let mut schema = match &parameter.kind {
        Kind::Resource { .. } => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Integer { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Text { shortest, longest } => {
            json!({ "type": "string", "minLength": shortest, "maxLength": longest })
        }
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Choice(choices) => json!({ "type": "string", "enum": choices }),
    };
    if let Some(oxrdf::Term::Literal(default)) = &parameter.default {
        schema["default"] = match (&parameter.kind, default.value().parse::<i64>()) {
            (Kind::Integer { .. }, Ok(number)) => json!(number),
            _ => json!(default.value()),
        };
    }
    let how = match &parameter.kind {
        Kind::Resource { .. } => {
            " An address, a path below the base, or the last part of one; may be repeated."
        }
        _ => "",
    };
    json!({
        "name": parameter.name, "in": "query",
        "description": format!("{}{how}", parameter.description.en),
        "schema": schema
    })
}

fn schemas() -> Value {
    json!({
        "SparqlResults": {
            "description": "SPARQL 1.1 Query Results JSON.",
            "type": "object", "required": ["head"],
            "properties": {
                "head": { "type": "object", "properties": {
                    "vars": { "type": "array", "items": { "type": "string" } } } },
                "boolean": { "type": "boolean" },
                "results": { "type": "object", "required": ["bindings"], "properties": {
                    "bindings": { "type": "array", "items": {
                        "type": "object",
                        "additionalProperties": { "$ref": "#/components/schemas/Term" } } } } }
            }
        },
        "Term": {
            "type": "object", "required": ["type", "value"],
            "properties": {
                "type": { "type": "string", "enum": ["uri", "literal", "bnode"] },
                "value": { "type": "string" },
                "datatype": { "type": "string" },
                "xml:lang": { "type": "string" }
            }
        },
        "Problem": {
            "description": "RFC 9457.",
            "type": "object", "required": ["title", "status", "detail"],
            "properties": {
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "detail": { "type": "string" },
                "line": { "type": "integer", "description": "Where a query is wrong, from 1." },
                "column": { "type": "integer", "description": "The character in the line, from 1." },
                "excerpt": { "type": "string", "description": "The line, and a mark below the place." },
                "formats": { "type": "array", "items": { "type": "string" } },
                "parameters": { "type": "array", "items": { "type": "object", "properties": {
                    "name": { "type": "string" }, "detail": { "type": "string" } } } }
            }
        }
    })
}

fn responses() -> Value {
    let problems = [
        (
            "400",
            "The request, the query or a parameter is wrong; the detail says where and how to mend it.",
        ),
        ("404", "There is no such thing."),
        ("406", "Not to be had in a format you accept."),
        ("413", "The body is too large."),
        ("415", "A body of that type holds no query."),
        (
            "429",
            "The queries of one client have taken as long as they may, or too many of them are under way. Retry-After says when to try again.",
        ),
        (
            "503",
            "It took too long, or too many queries are running. Retry-After says when to try again.",
        ),
    ];
    let of = |(status, what): (&str, &str)| {
        let content = json!({ "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" } } });
        (
            format!("Problem{status}"),
            json!({ "description": what, "content": content }),
        )
    };
    Value::Object(problems.into_iter().map(of).collect())
}
