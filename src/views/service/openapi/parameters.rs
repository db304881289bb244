//! What can stand after `?` in an address.

use serde_json::{Value, json};

use crate::compare::Order;
use crate::compare::request::Wanted;
use crate::model::Language;
use crate::rdf::Format;
use crate::sparql::named::parameter::{Kind, Parameter};

/// A time as `timeout` takes it.
pub(super) const TIME: &str = r"^[0-9]+(\.[0-9]+)?(ms|s)?$";

/// A parameter that may be left out; empty, as forms send it, it counts as left out.
pub(super) fn optional(name: &str, description: &str, schema: &Value) -> Value {
    json!({
        "name": name, "in": "query", "description": description,
        "allowEmptyValue": true, "schema": schema
    })
}

/// `lang`.
pub(super) fn language() -> Value {
    let tags = Language::ALL.map(Language::tag);
    let what = "The language of pages, of names and of errors.";
    optional("lang", what, &json!({ "type": "string", "enum": tags }))
}

/// `timeout`.
pub(super) fn timeout() -> Value {
    let what = "How long to wait at most: seconds (5, 0.5 or 5s) or milliseconds (500ms). It can only shorten the time that a query may run, which is a limit in the description of the service.";
    let mut timeout = optional(
        "timeout",
        what,
        &json!({ "type": "string", "pattern": TIME }),
    );
    timeout["example"] = json!("5s");
    timeout
}

/// `format`, among some.
pub(super) fn format(formats: &[Format]) -> Value {
    let names: Vec<&str> = formats.iter().map(|format| format.suffix()).collect();
    of_forms(&names)
}

/// `format`, by the suffixes of what there is.
pub(super) fn of_forms(names: &[&str]) -> Value {
    let what = "The format; wins over Accept. Media types and common names are understood too.";
    optional("format", what, &json!({ "type": "string", "enum": names }))
}

/// `page` and `page-size`, with the most that each may be.
pub(super) fn paging(things: &str, most_pages: usize, most: usize) -> [Value; 2] {
    let number = |most: usize| json!({ "type": "integer", "minimum": 1, "maximum": most });
    let size =
        format!("How many {things} a page has. Without a page and its size programs get all.");
    [
        optional("page", "The page, from 1.", &number(most_pages)),
        optional("page-size", &size, &number(most)),
    ]
}

/// What a comparison can be asked for.
pub(super) fn comparison() -> Vec<Value> {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let many = |items: Value| json!({ "type": "array", "items": items });
    let keys: Vec<_> = Wanted::all().map(Wanted::key).collect();
    let orders = Order::ALL.map(Order::key);
    vec![
        optional(
            "plan",
            "The id of a plan, with a dot and the first twelve digits of its revision where that is meant; may be repeated. Without any, all plans that have been reviewed against the framework.",
            &many(text(r"^[a-z0-9-]+(\.[0-9a-f]{12,64})?$")),
        ),
        optional(
            "reference",
            "The first twelve digits of the revision of the reference data, where that is meant.",
            &text("^[0-9a-f]{12,64}$"),
        ),
        optional(
            "region",
            "The code of a county (two digits, Statistics Sweden), or its address; may be repeated.",
            &many(json!({ "type": "string" })),
        ),
        optional(
            "year",
            "A year in which plans and activities are under way.",
            &json!({ "type": "integer", "minimum": 1000, "maximum": 9999 }),
        ),
        optional(
            "status",
            "A status; may be repeated.",
            &many(json!({ "type": "string", "enum": keys })),
        ),
        optional(
            "responsible",
            "The id of an organisation that is responsible; may be repeated.",
            &many(json!({ "type": "string" })),
        ),
        optional(
            "sort",
            "The order of the goals.",
            &json!({ "type": "string", "enum": orders }),
        ),
        optional(
            "page",
            "The page of plans, from 1.",
            &json!({ "type": "integer", "minimum": 1, "maximum": 1_000_000 }),
        ),
    ]
}

/// Graphs of a query's dataset.
pub(super) fn graphs(name: &str, what: &str) -> Value {
    optional(name, what, &iris())
}

/// The addresses of graphs.
pub(super) fn iris() -> Value {
    json!({ "type": "array", "items": { "type": "string", "format": "iri" } })
}

/// A published query's own parameter.
pub(super) fn own(parameter: &Parameter) -> Value {
    let mut schema = match &parameter.kind {
        Kind::Resource { .. } => json!({
            "type": "array", "items": { "type": "string" },
            "maxItems": parameter.most_values()
        }),
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
    let what = format!("{}{how}", parameter.description.en);
    optional(&parameter.name, &what, &schema)
}
