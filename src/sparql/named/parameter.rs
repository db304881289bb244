//! The parameters of published queries: what they take, and text → term.

use oxrdf::{Literal, NamedNode, Term};
use oxsdatatypes::Date;

use super::Words;
use crate::model::Language;
use crate::store::Snapshot;
use crate::vocab::{rdf, skos, xsd};

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name: that of the variable in the query.
    pub name: String,
    /// What a form calls it.
    pub title: Words,
    /// What it does.
    pub description: Words,
    /// What it takes.
    pub kind: Kind,
    /// What it is where it is not given; nothing restricts nothing.
    pub default: Option<Term>,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One or more of the instances of a class, in a scheme where one is named: the address,
    /// the path below the base, or an end of it that only one of them has.
    Resource {
        /// The class.
        class: NamedNode,
        /// The scheme.
        scheme: Option<NamedNode>,
    },
    /// A whole number within bounds.
    Integer {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// Any text, in characters.
    Text {
        /// The fewest characters.
        shortest: usize,
        /// The most characters.
        longest: usize,
    },
    /// One of these texts.
    Choice(Vec<String>),
    /// A calendar day, `YYYY-MM-DD`.
    Date,
}

/// What is wrong with a value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterError {
    /// The parameter's name, as given.
    pub parameter: String,
    /// What is wrong and how to mend it.
    pub detail: Words,
}

/// How many things can be given at once; an address says them all, and so do the links of its
/// answer.
const MOST_VALUES: usize = 50;

/// How many names an error tells of.
const NAMED: usize = 12;

/// How much of a name that somebody made up is said again.
const REPEATED: usize = 40;

impl ParameterError {
    fn new(parameter: &str, sv: String, en: String) -> Self {
        Self {
            parameter: parameter.chars().take(REPEATED).collect(),
            detail: Words { sv, en },
        }
    }

    pub(super) fn unknown(name: &str, known: &[Parameter]) -> Self {
        let known: Vec<_> = known.iter().map(|own| own.name.as_str()).collect();
        let known = known.join(", ");
        Self::new(
            name,
            format!("frågan har ingen sådan parameter. De som finns: {known}."),
            format!("the query has no such parameter. Those it has: {known}."),
        )
    }

    pub(super) fn too_many(parameter: &Parameter) -> Self {
        let (sv, en) = match parameter.most_values() {
            1 => (
                "tar bara ett värde.".to_owned(),
                "takes one value only.".to_owned(),
            ),
            most => (
                format!("tar högst {most} värden."),
                format!("takes at most {most} values."),
            ),
        };
        Self::new(&parameter.name, sv, en)
    }

    /// The sentence in one language.
    pub fn in_language(&self, language: Language) -> String {
        format!("{}: {}", self.parameter, self.detail.in_language(language))
    }
}

impl Parameter {
    /// How many values may be given at once.
    pub fn most_values(&self) -> usize {
        match self.kind {
            Kind::Resource { .. } => MOST_VALUES,
            _ => 1,
        }
    }

    /// The things that can be given, where the parameter takes things; in order.
    pub fn instances(&self, snapshot: &Snapshot) -> Vec<NamedNode> {
        let Kind::Resource { class, scheme } = &self.kind else {
            return Vec::new();
        };
        let of = |property, object: &NamedNode| {
            snapshot
                .referring(property, object.as_ref())
                .unwrap_or_default()
        };
        let mut found = of(rdf::TYPE, class);
        if let Some(scheme) = scheme {
            let within = of(skos::IN_SCHEME, scheme);
            found.retain(|node| within.binary_search(node).is_ok());
        }
        found
    }

    /// The term that a text means.
    ///
    /// # Errors
    /// Where the parameter does not take it.
    pub fn term(&self, snapshot: &Snapshot, text: &str) -> Result<Term, ParameterError> {
        let text = text.trim();
        let error = |sv: String, en: String| Err(ParameterError::new(&self.name, sv, en));
        match &self.kind {
            Kind::Resource { .. } => self.resource(snapshot, text).map(Into::into),
            Kind::Integer { least, most } => match text.parse::<i64>() {
                Ok(number) if (*least..=*most).contains(&number) => {
                    Ok(Literal::from(number).into())
                }
                _ => error(
                    format!("ska vara ett heltal från {least} till {most}."),
                    format!("must be a whole number from {least} to {most}."),
                ),
            },
            Kind::Text { shortest, longest } => {
                if (*shortest..=*longest).contains(&text.chars().count()) {
                    Ok(Literal::new_simple_literal(text).into())
                } else {
                    error(
                        format!("ska ha {shortest} till {longest} tecken."),
                        format!("must have {shortest} to {longest} characters."),
                    )
                }
            }
            Kind::Choice(choices) => {
                if choices.iter().any(|choice| choice == text) {
                    Ok(Literal::new_simple_literal(text).into())
                } else {
                    let choices = choices.join(", ");
                    error(
                        format!("ska vara något av {choices}."),
                        format!("must be one of {choices}."),
                    )
                }
            }
            Kind::Date => match text.parse::<Date>() {
                Ok(date) if date.to_string() == text => {
                    Ok(Literal::new_typed_literal(text, xsd::DATE).into())
                }
                _ => error(
                    "ska vara en dag, ÅÅÅÅ-MM-DD.".to_owned(),
                    "must be a day, YYYY-MM-DD.".to_owned(),
                ),
            },
        }
    }

    /// The one instance that a text names: by its address, or by an end of it that begins
    /// after a slash or a hash and that no other instance has.
    fn resource(&self, snapshot: &Snapshot, text: &str) -> Result<NamedNode, ParameterError> {
        let instances = self.instances(snapshot);
        if let Some(found) = instances.iter().find(|node| node.as_str() == text) {
            return Ok(found.clone());
        }
        let ends = |node: &&NamedNode| {
            let rest = node.as_str().strip_suffix(text);
            rest.is_some_and(|rest| rest.ends_with(['/', '#']))
        };
        let named: Vec<_> = instances.iter().filter(ends).collect();
        if let [one] = named.as_slice() {
            return Ok((*one).clone());
        }
        let many = named.len() > 1;
        let meant: Vec<&NamedNode> = if many {
            named
        } else {
            instances.iter().collect()
        };
        let base = snapshot.base();
        let paths: Vec<&str> = meant
            .iter()
            .take(NAMED)
            .map(|node| base.relative(node.as_str()).unwrap_or(node.as_str()))
            .collect();
        let more = if meant.len() > NAMED { " …" } else { "" };
        let paths = format!("{}{more}", paths.join(", "));
        Err(if many {
            ParameterError::new(
                &self.name,
                format!("det namnet har flera. Ange en av dem med mer av adressen: {paths}."),
                format!(
                    "more than one has that name. Give one of them with more of its address: {paths}."
                ),
            )
        } else {
            ParameterError::new(
                &self.name,
                format!("det finns ingen sådan. De som finns: {paths}."),
                format!("there is no such thing. There are: {paths}."),
            )
        })
    }
}
