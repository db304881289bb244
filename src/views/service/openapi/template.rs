//! Paths with places for names in them, and the names that fill them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::views::collection::Kind;
use crate::views::comparison::COMPARE;
use crate::views::service;

/// A path below the base, as `OpenAPI` writes it: `/plan/{id}`.
#[derive(Clone, Debug)]
pub(super) struct Template {
    path: String,
    places: Vec<Place>,
}

/// A place in a path.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What stands between the braces.
    pub(super) name: &'static str,
    /// What fills it.
    pub(super) what: &'static str,
    /// What can fill it.
    pub(super) takes: Takes,
}

/// What can fill a place.
#[derive(Clone, Debug)]
pub(super) enum Takes {
    /// Many names, as these; the first ones of all places go together, and so on.
    Any(Vec<String>),
    /// The names that these are, which go together with those of other places.
    These(Vec<String>),
    /// One of these, whatever fills the other places.
    OneOf(Vec<String>),
}

/// The place of a suffix.
const SUFFIX: &str = "suffix";

impl Template {
    /// A path without places, from the path below the base.
    pub(super) fn fixed(path: &str) -> Self {
        Self::new(path, Vec::new())
    }

    /// A path below the base with its places.
    pub(super) fn new(path: &str, places: Vec<Place>) -> Self {
        Self {
            path: format!("/{path}"),
            places,
        }
    }

    /// The path.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether it has places, so that a name in one can be wrong.
    pub(super) fn has_places(&self) -> bool {
        !self.places.is_empty()
    }

    /// The same with a fixed end.
    pub(super) fn ending(&self, end: &str) -> Self {
        // The front page has a name where one is needed.
        let stem = match self.path.as_str() {
            "/" => "/index",
            path => path,
        };
        Self {
            path: format!("{stem}{end}"),
            places: self.places.clone(),
        }
    }

    /// The same with one of some suffixes.
    pub(super) fn with_suffix(&self, suffixes: impl Iterator<Item = String>) -> Self {
        let mut template = self.ending(".{suffix}");
        template.places.push(Place {
            name: SUFFIX,
            what: "The form, by the end of the address.",
            takes: Takes::OneOf(suffixes.collect()),
        });
        template
    }

    /// A name for what is read there: the words of the path, without the one that says which.
    pub(super) fn operation_id(&self) -> String {
        let words = self
            .path
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty() && *word != "id");
        let words: Vec<&str> = words.collect();
        let of_lists = Kind::ALL.map(Kind::path);
        let is_list = words.first().is_some_and(|first| {
            [service::QUERIES, COMPARE].contains(first) || of_lists.contains(first)
        });
        match words.as_slice() {
            [] => "get-index".to_owned(),
            words if is_list && !self.path.contains("{id}") => format!("list-{}", words.join("-")),
            words => format!("get-{}", words.join("-")),
        }
    }

    /// Its places, as parameters.
    pub(super) fn parameters(&self) -> Vec<Value> {
        let labels = self.labels();
        let places = self.places.iter();
        places.map(|place| place.parameter(&labels)).collect()
    }

    /// What the examples are called, so that it can be seen which go together.
    fn labels(&self) -> Vec<String> {
        let many = self.places.iter().map(|place| place.examples().len());
        let many = many.max().unwrap_or_default();
        let label = |at: usize| {
            let named = self.places.iter().filter_map(|place| match &place.takes {
                Takes::These(names) => names.get(at).map(String::as_str),
                Takes::Any(_) | Takes::OneOf(_) => None,
            });
            named.collect::<Vec<_>>().join(" ")
        };
        (0..many).map(label).collect()
    }
}

impl Place {
    fn examples(&self) -> &[String] {
        match &self.takes {
            Takes::Any(names) | Takes::These(names) => names,
            Takes::OneOf(_) => &[],
        }
    }

    fn parameter(&self, labels: &[String]) -> Value {
        let mut schema = json!({ "type": "string" });
        if let Takes::These(names) | Takes::OneOf(names) = &self.takes {
            schema["enum"] = json!(names.iter().collect::<BTreeSet<_>>());
        }
        let mut parameter = json!({
            "name": self.name, "in": "path", "required": true,
            "description": self.what, "schema": schema
        });
        match self.examples() {
            [] => {}
            [one] => parameter["example"] = json!(one),
            many => {
                let named = labels.iter().zip(many);
                let named = named.map(|(label, name)| (label.clone(), json!({ "value": name })));
                parameter["examples"] = Value::Object(named.collect::<Map<_, _>>());
            }
        }
        parameter
    }
}
