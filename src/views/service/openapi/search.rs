//! The search: one question, as JSON or as a page.

use serde_json::{Value, json};

use super::answers::{Headers, of_get};
use super::template::Template;
use super::{Get, Paths, SEARCH as TAG, parameters};
use crate::model::Status;
use crate::search::{Facet, Kind, Query, UNREPORTED};
use crate::views::search::{Asked, Form, SEARCH};

/// Adds the search.
pub(super) fn describe(paths: &mut Paths) {
    let plain = Template::fixed(SEARCH);
    let types = Form::ALL.map(Form::media_type);
    let mut query = own();
    query.push(parameters::of_forms(&Form::ALL.map(Form::suffix)));
    paths.get(Get {
        template: &plain,
        tag: TAG,
        summary: "Finds plans, activities, goals, frameworks and organisations by their words.",
        query,
        responses: of_get(&types, Headers::Query, &["400", "406"]),
    });
    for form in Form::ALL {
        paths.get(Get {
            template: &plain.ending(&format!(".{}", form.suffix())),
            tag: TAG,
            summary: match form {
                Form::Json => "The same as JSON.",
                Form::Page => "The same as a page.",
            },
            query: own(),
            // The address says the form; what is accepted does not matter.
            responses: of_get(&[form.media_type()], Headers::Query, &["400"]),
        });
    }
}

/// What is asked, and how the answer is to be.
fn own() -> Vec<Value> {
    let words = "What to search for. All words must be there, in any form or as a part of a compound; words in quotation marks must stand just so. Nothing asks for everything.";
    let mut all = vec![parameters::optional(
        "q",
        words,
        &json!({ "type": "string", "maxLength": Query::LONGEST }),
    )];
    all.extend(Facet::ALL.map(choice));
    all.push(parameters::language());
    let number = |most: usize| json!({ "type": "integer", "minimum": 1, "maximum": most });
    let mut size = number(Asked::MOST);
    size["default"] = json!(Asked::SIZE);
    all.push(parameters::optional(
        "page",
        "The page, from 1.",
        &number(Asked::MOST_PAGES),
    ));
    all.push(parameters::optional(
        "page-size",
        "How many results a page has.",
        &size,
    ));
    all
}

/// A facet: several values are alternatives.
fn choice(facet: Facet) -> Value {
    let (what, item) = match facet {
        Facet::Kind => (
            "What kind of thing.",
            json!({ "type": "string", "enum": Kind::ALL.map(Kind::key) }),
        ),
        Facet::Region => (
            "The county: its code (two digits, Statistics Sweden) or its address.",
            json!({ "type": "string" }),
        ),
        Facet::Year => (
            "A year in the period of the plan or the activity.",
            json!({ "type": "string", "pattern": "^[0-9]{4}$" }),
        ),
        Facet::Status => {
            let keys = Status::ALL.iter().map(|status| status.key());
            let keys: Vec<_> = keys.chain([UNREPORTED]).collect();
            (
                "How far the activity has come; unreported where nothing says.",
                json!({ "type": "string", "enum": keys }),
            )
        }
        Facet::Goal => (
            "A goal that it serves: an address.",
            json!({ "type": "string" }),
        ),
        Facet::Responsible => (
            "Who is responsible: an address.",
            json!({ "type": "string" }),
        ),
    };
    let how = match facet {
        Facet::Region | Facet::Goal | Facet::Responsible => {
            ", a path below the base, or the last part of one. May be repeated."
        }
        _ => " May be repeated.",
    };
    let what = format!(
        "{}{how}",
        what.trim_end_matches(if how.starts_with(',') { '.' } else { ' ' })
    );
    let schema = json!({ "type": "array", "items": item, "maxItems": Asked::MOST_CHOSEN });
    parameters::optional(facet.key(), &what, &schema)
}
