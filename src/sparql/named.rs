//! The published queries, `queries/*.rq`: each with a title, a description, typed parameters
//! and columns, all said in its head.
//!
//! A file begins with comment lines `#+ …`, which together are a Turtle document about the
//! query (`<>`), its parameters (`<#year>`) and its columns (`<#column/plan>`); what follows is
//! the query. A parameter is a variable of the query, in a block `VALUES ?year { UNDEF }` that
//! is its default: nothing, or the term that stands there. So the text runs as it is at
//! `/sparql`, and [`NamedQuery::bind`] puts terms in the place of that block, never text.

mod bind;
mod head;
pub mod parameter;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use oxrdf::Term;
use spargebra::{Query, SparqlParser};

use crate::model::Language;
use crate::store::Snapshot;
use parameter::{Parameter, ParameterError};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries");

/// A text in every language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// The text in one language.
    pub fn in_language(&self, language: Language) -> &str {
        language.pick(&self.sv, &self.en)
    }
}

/// A column of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The variable, without question mark.
    pub name: String,
    /// What stands above it.
    pub title: Words,
}

/// A published query.
#[derive(Clone, Debug)]
pub struct NamedQuery {
    /// Its name, as in `/query/{name}`.
    pub name: String,
    /// What it is called.
    pub title: Words,
    /// What it answers.
    pub description: Words,
    /// What it is about, in each language.
    pub keywords: Vec<(Language, String)>,
    /// What can be asked for, in the order of its form.
    pub parameters: Vec<Parameter>,
    /// What the answer has, but for the names of things (`planLabel` of `plan`).
    pub columns: Vec<Column>,
    /// The query's text, without its head.
    pub text: String,
    query: Query,
}

/// A query with its parameters bound.
#[derive(Clone, Debug)]
pub struct Bound {
    /// What is run.
    pub query: Query,
    /// The same as text, for people.
    pub text: String,
    /// The terms given for each parameter.
    pub values: BTreeMap<String, Vec<Term>>,
}

/// What is wrong with the file of a query that comes with the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("queries/{file}: {what}")]
pub struct Broken {
    /// The file.
    pub file: String,
    /// What is wrong.
    pub what: String,
}

/// Every published query, by name.
///
/// # Errors
/// Where a file that comes with the program is broken; our fault.
pub fn all() -> Result<&'static [NamedQuery], Broken> {
    static ALL: LazyLock<Result<Vec<NamedQuery>, Broken>> = LazyLock::new(|| {
        let mut files: Vec<_> = FILES
            .files()
            .filter_map(|file| {
                let name = file.path().to_str()?.strip_suffix(".rq")?;
                Some((name, file.contents_utf8().unwrap_or_default()))
            })
            .collect();
        files.sort_unstable();
        files
            .into_iter()
            .map(|(name, text)| {
                NamedQuery::parse(name, text).map_err(|what| Broken {
                    file: format!("{name}.rq"),
                    what,
                })
            })
            .collect()
    });
    ALL.as_deref().map_err(Clone::clone)
}

/// The published query of that name.
///
/// # Errors
/// As [`all`].
pub fn find(name: &str) -> Result<Option<&'static NamedQuery>, Broken> {
    Ok(all()?.iter().find(|query| query.name == name))
}

impl NamedQuery {
    /// Reads the file of a query.
    ///
    /// # Errors
    /// What is wrong with it, in words for whoever writes queries.
    pub fn parse(name: &str, file: &str) -> Result<Self, String> {
        let (head, text) = head::split(file);
        let query = SparqlParser::new()
            .parse_query(text)
            .map_err(|error| error.to_string())?;
        let Query::Select { pattern, .. } = &query else {
            return Err("a published query is a SELECT".to_owned());
        };
        let projected = bind::projected(pattern);
        let mut said = head::read(&head, &bind::defaults(pattern))?;
        for column in &said.columns {
            if !projected.contains(&column.name) {
                return Err(format!("it does not select ?{}", column.name));
            }
        }
        for variable in &projected {
            let of = variable.strip_suffix("Label");
            let is_label = of.is_some_and(|of| projected.iter().any(|other| other == of));
            if !is_label && said.columns.iter().all(|column| column.name != *variable) {
                return Err(format!("nothing is said of the column ?{variable}"));
            }
        }
        let place = |column: &Column| projected.iter().position(|name| *name == column.name);
        said.columns.sort_by_key(place);
        Ok(Self {
            name: name.to_owned(),
            title: said.title,
            description: said.description,
            keywords: said.keywords,
            parameters: said.parameters,
            columns: said.columns,
            text: text.to_owned(),
            query,
        })
    }

    /// The query with values for its parameters, given as text, which may be repeated. An empty
    /// value is one that is not given.
    ///
    /// # Errors
    /// Everything that is wrong with the values.
    pub fn bind(
        &self,
        snapshot: &Snapshot,
        given: &[(String, String)],
    ) -> Result<Bound, Vec<ParameterError>> {
        let mut errors = Vec::new();
        let mut values: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        for (name, value) in given.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let Some(parameter) = self.parameters.iter().find(|own| own.name == *name) else {
                errors.push(ParameterError::unknown(name, &self.parameters));
                continue;
            };
            match parameter.term(snapshot, value) {
                Ok(term) => {
                    let terms = values.entry(name.clone()).or_default();
                    if !terms.contains(&term) {
                        terms.push(term);
                    }
                }
                Err(error) => errors.push(error),
            }
        }
        for parameter in &self.parameters {
            let many = values.get(&parameter.name).map_or(0, Vec::len);
            if many > parameter.most_values() {
                errors.push(ParameterError::too_many(parameter));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Bound {
            query: bind::with_values(&self.query, &values),
            text: bind::text_with_values(&self.text, &values),
            values,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#+ <> rdfs:label \"A\"@sv , \"A\"@en ; rdfs:comment \"B\"@sv , \"B\"@en .
#+ <#year> sh:name \"År\"@sv , \"Year\"@en ; sh:description \"C\"@sv , \"C\"@en ; sh:datatype xsd:integer .
#+ <#column/s> csvw:name \"s\" ; csvw:titles \"D\"@sv , \"D\"@en .

";

    fn parse(query: &str) -> Result<NamedQuery, String> {
        NamedQuery::parse("test", &format!("{HEAD}{query}"))
    }

    #[test]
    fn every_published_query_can_be_read() {
        assert_eq!(all().map(<[_]>::is_empty), Ok(false));
    }

    #[test]
    fn a_query_whose_head_does_not_fit_it_is_refused() {
        let fine = "SELECT ?s ?sLabel { VALUES ?year { UNDEF } ?s ?p ?year, ?sLabel }";
        let query = parse(fine).unwrap();
        assert_eq!(query.parameters.len(), 1);
        assert_eq!(query.columns.len(), 1);
        assert_eq!(query.text, fine);
        for (wrong, word) in [
            ("SELECT ?s { ?s ?p ?o }", "VALUES ?year"),
            (
                "SELECT ?o { VALUES ?year { UNDEF } ?s ?p ?o }",
                "does not select ?s",
            ),
            ("SELECT ?s ?o { VALUES ?year { UNDEF } ?s ?p ?o }", "?o"),
            ("ASK { VALUES ?year { UNDEF } ?s ?p ?o }", "SELECT"),
            ("SELECT", "expected"),
        ] {
            let error = parse(wrong).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
        let error = NamedQuery::parse("test", fine).unwrap_err();
        assert!(error.contains("title"), "{error}");
    }
}
