//! `vocab/context.jsonld`, as far as writing needs it: which term stands for which property,
//! and how its values are written.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::Error;
use crate::vocab;

/// How the values of a term are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coercion {
    /// As the JSON value says: text, number, truth.
    None,
    /// Texts by language.
    Language,
    /// An IRI.
    Id,
    /// A text of this datatype.
    Datatype(String),
}

/// A term of the context that stands for a property.
#[derive(Clone, Debug)]
pub(super) struct TermDefinition {
    pub(super) name: String,
    /// Its place in the context, which is its place in the output.
    pub(super) place: usize,
    pub(super) coercion: Coercion,
    /// Always a list.
    pub(super) set: bool,
}

/// The parts of `vocab/context.jsonld` that writing needs.
#[derive(Debug, Default)]
pub(super) struct Context {
    prefixes: Vec<(String, String)>,
    /// By property.
    pub(super) terms: BTreeMap<String, TermDefinition>,
    /// Terms for classes, by class.
    pub(super) classes: BTreeMap<String, String>,
    /// The place of every term, backward ones too.
    pub(super) places: BTreeMap<String, usize>,
}

impl Context {
    fn parse(text: &str) -> Result<Self, String> {
        let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let entries = document
            .get("@context")
            .and_then(Value::as_object)
            .ok_or("there is no @context object")?;
        let mut context = Self::default();
        for (name, definition) in entries {
            if let Some(iri) = definition.as_str().filter(|iri| iri.contains("://")) {
                context.prefixes.push((name.clone(), iri.to_owned()));
            }
        }
        for (place, (name, definition)) in entries.iter().enumerate() {
            context.places.insert(name.clone(), place);
            context.define(name, definition, place);
        }
        Ok(context)
    }

    fn define(&mut self, name: &str, definition: &Value, place: usize) {
        if let Some(class) = definition.as_str().filter(|iri| !iri.starts_with('@')) {
            if !class.contains("://") {
                self.classes.insert(self.expand(class), name.to_owned());
            }
            return;
        }
        let Some(iri) = definition.get("@id").and_then(Value::as_str) else {
            return;
        };
        let containers: Vec<&str> = match definition.get("@container") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let coercion = match definition.get("@type").and_then(Value::as_str) {
            _ if containers.contains(&"@language") => Coercion::Language,
            Some("@id") => Coercion::Id,
            Some(datatype) => Coercion::Datatype(self.expand(datatype)),
            None => Coercion::None,
        };
        let term = TermDefinition {
            name: name.to_owned(),
            place,
            coercion,
            set: containers.contains(&"@set"),
        };
        self.terms.insert(self.expand(iri), term);
    }

    pub(super) fn expand(&self, compact: &str) -> String {
        let Some((prefix, local)) = compact.split_once(':') else {
            return compact.to_owned();
        };
        self.prefixes
            .iter()
            .find(|(name, _)| name == prefix)
            .map_or_else(
                || compact.to_owned(),
                |(_, namespace)| format!("{namespace}{local}"),
            )
    }

    /// The IRI with a prefix, where the context has one for it.
    pub(super) fn shorten(&self, iri: &str) -> String {
        self.prefixes
            .iter()
            .find_map(|(prefix, namespace)| {
                let local = iri.strip_prefix(namespace.as_str())?;
                // "plan://x" would be read as an absolute IRI.
                (!local.starts_with("//")).then(|| format!("{prefix}:{local}"))
            })
            .unwrap_or_else(|| iri.to_owned())
    }
}

/// The context that comes with the program.
pub(super) fn context() -> Result<&'static Context, Error> {
    static CONTEXT: OnceLock<Result<Context, String>> = OnceLock::new();
    CONTEXT
        .get_or_init(|| Context::parse(vocab::CONTEXT))
        .as_ref()
        .map_err(|reason| Error::Context(reason.clone()))
}
