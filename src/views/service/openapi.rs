//! `/openapi.json`: the HTTP API (`OpenAPI` 3.1), written from what the program knows of its
//! resources, files, queries and formats, with examples of what is there.

mod answers;
mod documents;
mod parameters;
mod queries;
mod resources;
mod schemas;
mod search;
mod shapes;
mod sparql;
mod template;

use std::io;

use serde_json::{Map, Value, json};

use crate::store::Snapshot;
use crate::views::Error;
use template::Template;

/// What holds for every path, and would else have to be said at each.
const DESCRIPTION: &str = "Everything is read-only and needs no key.

**Formats.** A resource has an address and several forms: by `Accept`, or with the suffix of a form at the end of the address (`/plan.csv`). Who asks for nothing in particular gets Turtle, of the catalogue RDF/XML, of a query JSON.

**Methods.** HEAD says what GET would; OPTIONS says which methods there are. The endpoint takes QUERY as well, which works as POST does.

**Addresses.** A slash too many at the end of an address leads to the address without it (308). One that is longer than 32 KiB with its headers may get 431.

**What you have already.** Nearly every answer has an `ETag`; send it back in `If-None-Match` and get 304 until the data change. `Range` gets a part of an answer that is made already: a file, a page, a description.

**Errors** are problem documents (RFC 9457), pages or plain text, as `Accept` says, in Swedish or English, as `lang` or `Accept-Language` says. A wrong value of a parameter is refused (400); an empty one counts as none.";

/// What paths are about, in the order in which readers meet it.
const TAGS: [(&str, &str); 9] = [
    (
        PLANS,
        "Action plans, their parts and the layers of what is said of them.",
    ),
    (
        FRAMEWORKS,
        "National and European frameworks with their goals.",
    ),
    (
        ORGANISATIONS,
        "Regions, municipalities, agencies and bodies that plans name.",
    ),
    (SEARCH, "Everything by its words."),
    (
        QUERIES,
        "Ready-made questions with parameters, and the SPARQL endpoint.",
    ),
    (
        CATALOGUE,
        "What portals harvest (DCAT-AP 3.0.1, DCAT-AP-SE 3.0.1).",
    ),
    (DOWNLOADS, "Files that hold everything of a kind."),
    (VOCABULARY, "The terms, the rules, and the reference data."),
    (
        SERVICE,
        "The instance itself: its pages, its descriptions, its health.",
    ),
];

const PLANS: &str = "plans";
const FRAMEWORKS: &str = "frameworks";
const ORGANISATIONS: &str = "organisations";
const SEARCH: &str = "search";
const QUERIES: &str = "queries";
const CATALOGUE: &str = "catalogue";
const DOWNLOADS: &str = "downloads";
const VOCABULARY: &str = "vocabulary";
const SERVICE: &str = "service";

/// The document.
///
/// # Errors
/// Always our fault.
pub fn document(snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
    let mut paths = Paths::default();
    resources::describe(snapshot, &mut paths)?;
    search::describe(&mut paths);
    sparql::describe(&mut paths);
    queries::describe(snapshot, &mut paths)?;
    documents::describe(snapshot, &mut paths)?;
    let tags: Vec<Value> = TAGS
        .iter()
        .map(|(name, description)| json!({ "name": name, "description": description }))
        .collect();
    let tree = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Samplan",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Public action plans as linked open data.",
            "description": DESCRIPTION,
            "license": { "name": "CC0 1.0 (metadata and links; the text of each plan as it states)", "identifier": "CC0-1.0" }
        },
        "servers": [{ "url": snapshot.base().as_str().trim_end_matches('/') }],
        "tags": tags,
        "paths": paths.0,
        "components": {
            "schemas": schemas::schemas(),
            "headers": answers::headers(),
            "responses": answers::responses()
        }
    });
    let mut bytes = serde_json::to_vec_pretty(&tree).map_err(io::Error::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Paths with what can be done there.
#[derive(Default)]
struct Paths(Map<String, Value>);

/// How something is read at a path.
struct Get<'a> {
    template: &'a Template,
    tag: &'static str,
    summary: &'a str,
    /// The parameters after `?`.
    query: Vec<Value>,
    responses: Value,
}

impl Paths {
    /// Adds something that is read.
    fn get(&mut self, get: Get<'_>) {
        let mut parameters = get.template.parameters();
        parameters.extend(get.query);
        let operation = json!({
            "operationId": get.template.operation_id(),
            "summary": get.summary,
            "tags": [get.tag],
            "parameters": parameters,
            "responses": get.responses,
        });
        self.add(get.template.path(), "get", operation);
    }

    /// Adds an operation.
    fn add(&mut self, path: &str, method: &str, operation: Value) {
        let item = self.0.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    }
}
