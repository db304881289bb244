//! The answer for programs.

use std::io;

use serde_json::{Map, Value, json};

use super::asked::short;
use super::{Form, Shown};
use crate::search::{Hit, Marked};
use crate::store::Snapshot;
use crate::views::Error;
use crate::views::page::search::{escaped, label, name};

/// The answer as JSON.
///
/// # Errors
/// Always our fault.
pub fn json(snapshot: &Snapshot, shown: &Shown<'_>) -> Result<Vec<u8>, Error> {
    let (asked, answer) = (shown.asked, &shown.answer);
    let last = asked.last_page(answer.total);
    let address = |page: usize| asked.on_page(page).address(snapshot, Form::Json);
    let mut tree = json!({
        "query": asked.text,
        "language": asked.language.tag(),
        "total": answer.total,
        "page": asked.page,
        "pageSize": asked.size,
        "pages": last,
        "self": asked.address(snapshot, Form::Json),
        "html": asked.address(snapshot, Form::Page),
    });
    if asked.page > 1 {
        tree["previous"] = json!(address((asked.page - 1).min(last)));
    }
    if asked.page < last {
        tree["next"] = json!(address(asked.page + 1));
    }
    let mut results = Vec::new();
    for hit in &answer.hits {
        results.push(result(snapshot, shown, hit)?);
    }
    tree["results"] = results.into();
    tree["facets"] = facets(snapshot, shown)?;
    let mut bytes = serde_json::to_vec_pretty(&tree).map_err(io::Error::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn result(snapshot: &Snapshot, shown: &Shown<'_>, hit: &Hit<'_>) -> Result<Value, Error> {
    let mut result = json!({
        "iri": hit.iri,
        "kind": hit.kind.key(),
        "title": hit.title.text,
        "titleHtml": escaped(&hit.title),
    });
    if !hit.title.language.is_empty() {
        result["titleLanguage"] = json!(hit.title.language);
    }
    if let Some(within) = hit.within {
        let title = name(snapshot, within, shown.asked.language)?;
        result["within"] = json!({ "iri": within, "title": title });
    }
    if let Some(snippet) = &hit.snippet {
        result["snippet"] = passage(snippet);
    }
    Ok(result)
}

fn passage(snippet: &Marked) -> Value {
    json!({
        "text": snippet.text,
        "html": escaped(snippet),
        "language": snippet.language,
        "before": snippet.before,
        "after": snippet.after,
    })
}

/// What can be chosen, with how many results each choice would give.
fn facets(snapshot: &Snapshot, shown: &Shown<'_>) -> Result<Value, Error> {
    let mut facets = Map::new();
    for (facet, counts) in &shown.answer.facets {
        let mut values = Vec::new();
        for count in counts {
            values.push(json!({
                "value": short(snapshot, count.value),
                "label": label(snapshot, *facet, count.value, shown.asked.language)?,
                "count": count.many,
                "chosen": count.chosen,
            }));
        }
        facets.insert(facet.key().to_owned(), values.into());
    }
    Ok(Value::Object(facets))
}
