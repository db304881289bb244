//! The published queries: each at its own path, with its own parameters.

use serde_json::{Value, json};

use super::answers::{Headers, of_get, own_types};
use super::template::Template;
use super::{Paths, QUERIES, parameters};
use crate::rdf::Format;
use crate::sparql::NamedQuery;
use crate::store::Snapshot;
use crate::views::page::query::Paging;
use crate::views::service::{self, published};
use crate::views::{Error, Resource, offers};

/// Adds every published query.
pub(super) fn describe(snapshot: &Snapshot, paths: &mut Paths) -> Result<(), Error> {
    for query in published()? {
        let formats = offers(snapshot, &Resource::Query(query.name.clone()))?;
        let plain = Template::fixed(&format!("{}/{}", service::QUERIES, query.name));
        let suffixes = formats.iter().map(|format| format.suffix().to_owned());
        let one_form = plain.with_suffix(suffixes);
        paths.add(plain.path(), "get", negotiated(query, &formats));
        let operation = by_suffix(query, &one_form, &formats);
        paths.add(one_form.path(), "get", operation);
    }
    Ok(())
}

fn negotiated(query: &NamedQuery, formats: &[Format]) -> Value {
    let mut parameters = own(query);
    parameters.push(parameters::format(formats));
    let errors = ["400", "406", "429", "503"];
    json!({
        "operationId": query.name,
        "summary": query.title.en,
        "description": query.description.en,
        "tags": [QUERIES],
        "parameters": parameters,
        "responses": of_get(&own_types(formats), Headers::Query, &errors),
    })
}

fn by_suffix(query: &NamedQuery, template: &Template, formats: &[Format]) -> Value {
    let mut parameters = template.parameters();
    parameters.extend(own(query));
    let errors = ["400", "404", "429", "503"];
    json!({
        "operationId": format!("{}-suffix", query.name),
        "summary": format!("{}, in one form", query.title.en),
        "tags": [QUERIES],
        "parameters": parameters,
        "responses": of_get(&own_types(formats), Headers::Query, &errors),
    })
}

/// The query's own parameters, and those of every query.
fn own(query: &NamedQuery) -> Vec<Value> {
    let mut all: Vec<Value> = query.parameters.iter().map(parameters::own).collect();
    if query.parameters.iter().all(|own| own.name != "lang") {
        all.push(parameters::language());
    }
    all.extend(parameters::paging("rows", Paging::MOST_PAGES, Paging::MOST));
    all.push(parameters::timeout());
    all
}
