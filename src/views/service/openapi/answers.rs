//! What comes back: statuses, media types, headers.

use serde_json::{Map, Value, json};

use crate::rdf::Format;

/// What errors are told in.
const ERRORS: [&str; 3] = ["application/problem+json", "text/html", "text/plain"];

/// The errors: their status and what they mean.
const PROBLEMS: [(&str, &str); 10] = [
    (
        "400",
        "The request, the query or a parameter is wrong; the detail says where and how to mend it.",
    ),
    ("404", "There is no such thing."),
    (
        "406",
        "Not to be had in a format, or a content coding, that you accept; the detail names those that there are.",
    ),
    ("408", "The body did not come in time."),
    (
        "410",
        "It was here and has been withdrawn; the page says why, and what replaces it.",
    ),
    ("413", "The body or the query is too large."),
    (
        "415",
        "A body of that type, or in a content coding, holds no query.",
    ),
    ("416", "The range asked for begins beyond the end."),
    (
        "429",
        "The queries of one client have taken as long as they may, or too many of them are under way.",
    ),
    (
        "503",
        "It took too long, or too much is going on; of the catalogue: there is none to give just now.",
    ),
];

/// What is said beside the bytes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headers {
    /// A representation of a resource: which it is and which others there are.
    Representation,
    /// Something that has one form.
    Document,
    /// The answer of a query; not each can be told from others.
    Query,
}

impl Headers {
    fn described(self) -> Value {
        let named = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
        match self {
            Self::Representation => json!({
                "ETag": named("ETag"), "Last-Modified": named("LastModified"),
                "Content-Location": named("ContentLocation"), "Link": named("Link")
            }),
            Self::Document => json!({
                "ETag": named("ETag"), "Last-Modified": named("LastModified"),
                "Link": named("SomeLink")
            }),
            Self::Query => json!({
                "ETag": named("SomeETag"), "Content-Location": named("SomeContentLocation"),
                "Link": named("SomeLink")
            }),
        }
    }
}

/// The headers that answers have: each time, or (`Some…`) where there is anything to say.
pub(super) fn headers() -> Value {
    let header = |what: &str, required: bool| json!({ "description": what, "required": required, "schema": { "type": "string" } });
    let etag = "Names these bytes; send it back in If-None-Match.";
    let location = "The address of this form.";
    let links = "Other forms (alternate), what the columns of a table mean (describedby), the dataset it belongs to (collection), other pages (next, prev).";
    json!({
        "ETag": header(etag, true),
        "SomeETag": header(etag, false),
        "LastModified": header("The day on which what is shown last changed, where the data say.", false),
        "ContentLocation": header(location, true),
        "SomeContentLocation": header(location, false),
        "Link": header(links, true),
        "SomeLink": header(links, false),
        "ContentRange": header("Which bytes, of how many: bytes 0-99/1234; of a range that is not there: bytes */1234.", true),
        "RetryAfter": {
            "description": "After how many seconds to try again.",
            "required": true, "schema": { "type": "integer", "minimum": 0 }
        }
    })
}

/// The media types of formats, and the other names by which they are given.
pub(super) fn media_types(formats: &[Format]) -> Vec<&'static str> {
    let aliases = formats.iter().flat_map(|format| format.aliases());
    let mut types = own_types(formats);
    for alias in aliases {
        if !types.contains(alias) {
            types.push(alias);
        }
    }
    types
}

/// The media types of formats.
pub(super) fn own_types(formats: &[Format]) -> Vec<&'static str> {
    formats.iter().map(|format| format.media_type()).collect()
}

/// A `Content-Type` without its parameters.
pub(super) fn bare(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or(content_type)
}

/// The content of an answer that comes in one of these media types.
pub(super) fn content(types: &[&str]) -> Value {
    let of = |name: &&str| ((*name).to_owned(), json!({ "schema": schema(name) }));
    Value::Object(types.iter().map(of).collect())
}

fn schema(media_type: &str) -> Value {
    match media_type {
        "application/sparql-results+json" => {
            json!({ "$ref": "#/components/schemas/SparqlResults" })
        }
        "application/problem+json" => json!({ "$ref": "#/components/schemas/Problem" }),
        "application/ld+json" | "application/json" => json!({ "type": ["object", "array"] }),
        name if name.ends_with("+json") => json!({ "type": "object" }),
        // Bytes that are no text have no schema in OpenAPI 3.1.
        "application/gzip" => json!({}),
        name if name == Format::Xlsx.media_type() => json!({}),
        _ => json!({ "type": "string" }),
    }
}

/// The answers to GET, where a part of one is to be had and who has it need not get it again.
pub(super) fn of_get(types: &[&str], headers: Headers, errors: &[&str]) -> Value {
    let headers = headers.described();
    let mut partial = headers.clone();
    partial["Content-Range"] = json!({ "$ref": "#/components/headers/ContentRange" });
    // A part of JSON is no JSON.
    let parts: Map<String, Value> = types
        .iter()
        .map(|name| ((*name).to_owned(), json!({})))
        .collect();
    let mut answers = answers(types, &headers, &[errors, &["416"]].concat());
    answers["206"] = json!({
        "description": "The part that Range asks for.",
        "headers": partial, "content": parts
    });
    answers["304"] = json!({ "$ref": "#/components/responses/NotModified" });
    sorted(answers)
}

/// The answers to POST, which have no parts and are not to be had already.
pub(super) fn of_post(types: &[&str], errors: &[&str]) -> Value {
    sorted(answers(types, &Headers::Query.described(), errors))
}

/// The answers of what is true for this moment only.
pub(super) fn of_the_moment(content: &Value) -> Value {
    let mut answers = answers(&[], &json!({}), &[]);
    answers["200"]["content"] = content.clone();
    answers
}

fn answers(types: &[&str], headers: &Value, errors: &[&str]) -> Value {
    let mut answers = json!({
        "200": { "description": "The answer.", "headers": headers, "content": content(types) },
        "431": { "$ref": "#/components/responses/TooLong" }
    });
    for status in errors {
        answers[*status] = json!({ "$ref": format!("#/components/responses/Problem{status}") });
    }
    answers
}

fn sorted(mut answers: Value) -> Value {
    if let Some(answers) = answers.as_object_mut() {
        answers.sort_keys();
    }
    answers
}

/// The answers that are the same everywhere.
pub(super) fn responses() -> Value {
    let mut responses = json!({
        "NotModified": {
            "description": "You have it already.",
            "headers": { "ETag": { "$ref": "#/components/headers/ETag" } }
        },
        "TooLong": { "description": "The address and the headers are too long." }
    });
    for (status, what) in PROBLEMS {
        let mut problem = json!({ "description": what, "content": content(&ERRORS) });
        let header = match status {
            "416" => Some(("Content-Range", "ContentRange")),
            "429" | "503" => Some(("Retry-After", "RetryAfter")),
            _ => None,
        };
        if let Some((name, header)) = header {
            let header = json!({ "$ref": format!("#/components/headers/{header}") });
            problem["headers"] = json!({ name: header });
        }
        responses[format!("Problem{status}")] = problem;
    }
    responses
}
