//! What has one form only: files, and what supervisors ask.

use serde_json::{Value, json};

use super::answers::{Headers, bare, content, of_get, of_the_moment};
use super::template::{Place, Takes, Template};
use super::{CATALOGUE, DOWNLOADS, Get, PLANS, Paths, SERVICE, VOCABULARY, parameters};
use crate::model::PlanId;
use crate::rdf::Format;
use crate::store::Snapshot;
use crate::views::catalog::Page;
use crate::views::download::{Content, Download};
use crate::views::{Document, Error, Resource, sitemap};

/// Adds every document and every file for download.
pub(super) fn describe(snapshot: &Snapshot, paths: &mut Paths) -> Result<(), Error> {
    for (path, document) in Document::FIXED.iter().filter(|(_, one)| one.is_there()) {
        add(&Template::fixed(path), document, paths);
    }
    of_plans(snapshot, paths);
    let parts = sitemap::parts(snapshot)?;
    if parts > 0 {
        let number = place("number", "Its number, from 1.", vec!["1".to_owned()]);
        let template = Template::new("sitemap-{number}.xml", vec![number]);
        add(&template, &Document::Sitemap(Some(1)), paths);
    }
    downloads(paths);
    health(paths);
    Ok(())
}

/// Adds what the columns of a table mean.
pub(super) fn columns(table: &Template, tag: &'static str, paths: &mut Paths) {
    // Which table it is of makes no difference to what is said of it.
    let document = Document::TableMetadata(Resource::Queries);
    one_form(&table.ending(METADATA), tag, &document, paths);
}

/// How what the columns of a table mean is told from the table.
const METADATA: &str = ".csv-metadata.json";

fn place(name: &'static str, what: &'static str, examples: Vec<String>) -> Place {
    Place {
        name,
        what,
        takes: Takes::Any(examples),
    }
}

/// Adds what is there of plans.
fn of_plans(snapshot: &Snapshot, paths: &mut Paths) {
    let mut of = |path: &str, plan: Option<&PlanId>, document: fn(PlanId) -> Document| {
        if let Some(plan) = plan {
            let id = place("id", "Its id.", vec![plan.to_string()]);
            add(
                &Template::new(path, vec![id]),
                &document(plan.clone()),
                paths,
            );
        }
    };
    let plans = snapshot.plans();
    let with_source = plans.iter().find(|(_, entry)| entry.source.is_some());
    of(
        "plan/{id}/source.txt",
        with_source.map(|(id, _)| id),
        Document::Source,
    );
    of(
        "plan/{id}.c14n.nq",
        plans.keys().next(),
        Document::Canonical,
    );
}

fn downloads(paths: &mut Paths) {
    for content in Content::ALL {
        let stem = Template::fixed(&format!("download/{}", content.key()));
        let start = format!("{}.", stem.path());
        let suffix = |file: Download| {
            let path = format!("/{}", file.path());
            path.strip_prefix(&start).map(str::to_owned)
        };
        let types = Download::of(content).map(|file| bare(file.content_type()));
        let mut types: Vec<&str> = types.collect();
        types.dedup();
        paths.get(Get {
            template: &stem.with_suffix(Download::of(content).filter_map(suffix)),
            tag: DOWNLOADS,
            summary: match content {
                Content::Plans => "Every plan with everything in it; as a table, the activities of every plan.",
                Content::Frameworks => "The frameworks with their goals and what is linked to them; as a table, the goals.",
                Content::Everything => "Every graph by its name, suggestions and vocabulary included; packed, where the suffix ends in .gz.",
            },
            query: Vec::new(),
            responses: of_get(&types, Headers::Document, &["404"]),
        });
        if content.formats().contains(&Format::Csv) {
            add(&stem.ending(METADATA), &Document::ColumnsOf(content), paths);
        }
    }
}

/// Where a document belongs, and what it is.
fn said_of(document: &Document) -> (&'static str, &'static str) {
    match document {
        Document::Context => (VOCABULARY, "The JSON-LD context."),
        Document::Schema => (VOCABULARY, "The JSON Schema of a plan in JSON-LD."),
        Document::Source(_) => (
            PLANS,
            "The text of the document that the plan was read from, in which line ranges count.",
        ),
        Document::TableMetadata(_) => (
            SERVICE,
            "What the columns of the table mean (CSV on the Web).",
        ),
        Document::Stylesheet => (SERVICE, "The stylesheet of every page."),
        Document::Icon => (SERVICE, "The sign in a browser's tab."),
        Document::EditorScript => (SERVICE, "The query editor."),
        Document::EditorStyle => (SERVICE, "What the query editor looks like."),
        Document::EditorLicences => (SERVICE, "The licences of what the query editor is made of."),
        Document::OpenApi => (SERVICE, "The HTTP API: this description."),
        Document::Dcat(_) => (
            CATALOGUE,
            "The catalogue for dataportal.se (DCAT-AP-SE 3.0.1).",
        ),
        Document::Canonical(_) => (
            PLANS,
            "A plan in its canonical form (RDFC-1.0), whose hash says what was published.",
        ),
        Document::Checksums => (
            DOWNLOADS,
            "The SHA-256 of every plan's canonical form, as sha256sum reads it.",
        ),
        Document::ColumnsOf(_) => (
            DOWNLOADS,
            "What the columns of the file mean (CSV on the Web).",
        ),
        Document::Sitemap(None) => (
            SERVICE,
            "Every page that a search engine should list, or the list of such lists.",
        ),
        Document::Sitemap(Some(_)) => (SERVICE, "A part of the list of pages."),
        Document::Robots => (SERVICE, "What robots may read (RFC 9309)."),
    }
}

fn add(template: &Template, document: &Document, paths: &mut Paths) {
    let (tag, _) = said_of(document);
    one_form(template, tag, document, paths);
}

fn one_form(template: &Template, tag: &'static str, document: &Document, paths: &mut Paths) {
    let (_, summary) = said_of(document);
    let mut errors: Vec<&str> = Vec::new();
    let mut query: Vec<Value> = Vec::new();
    if template.has_places() {
        errors.extend(["404", "410"]);
    }
    if matches!(document, Document::Dcat(_)) {
        query.extend(parameters::paging("datasets", Page::MOST_PAGES, Page::MOST));
        errors.extend(["400", "404"]);
    }
    if matches!(document, Document::Dcat(_) | Document::Checksums) {
        errors.push("503");
    }
    paths.get(Get {
        template,
        tag,
        summary,
        query,
        responses: of_get(&[bare(document.content_type())], Headers::Document, &errors),
    });
}

/// Adds what supervisors ask.
fn health(paths: &mut Paths) {
    let ready = json!({ "application/json": {
        "schema": { "$ref": "#/components/schemas/Readiness" } } });
    for (path, summary, content) in [
        (
            "healthz",
            "Whether the process lives.",
            content(&["text/plain"]),
        ),
        (
            "readyz",
            "What is served, and what is refused and why.",
            ready,
        ),
    ] {
        paths.get(Get {
            template: &Template::fixed(path),
            tag: SERVICE,
            summary,
            query: Vec::new(),
            responses: of_the_moment(&content),
        });
    }
}
