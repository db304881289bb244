//! SPARQL-based constraints (SHACL section 5).

use oxigraph::sparql::{PreparedSparqlQuery, QueryResults, SparqlEvaluator, Variable};
use oxrdf::Term;

use super::data::Data;
use super::path::Path;
use super::shapes::Messages;

/// A `sh:select` query with its messages.
#[derive(Clone)]
pub(super) struct Select {
    query: PreparedSparqlQuery,
    text: String,
    pub(super) messages: Messages,
}

impl std::fmt::Debug for Select {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Select {
    /// Reads a query. In a property shape `$PATH` stands for the path (section 5.3.1).
    pub(super) fn new(
        prologue: &str,
        query: &str,
        path: Option<&Path>,
        messages: Messages,
    ) -> Result<Self, String> {
        for unsupported in ["$shapesGraph", "$currentShape"] {
            if query.contains(unsupported) {
                return Err(format!(
                    "{unsupported} is not supported in SPARQL constraints"
                ));
            }
        }
        let query = match path {
            Some(Path::Predicate(predicate)) => query.replace("$PATH", &predicate.to_string()),
            _ if query.contains("$PATH") => {
                return Err("$PATH is supported only where sh:path is a property".to_owned());
            }
            _ => query.to_owned(),
        };
        let text = format!("{prologue}{query}");
        let query = SparqlEvaluator::new()
            .parse_query(&text)
            .map_err(|error| format!("SELECT query: {error}\n{text}"))?;
        Ok(Self {
            query,
            text,
            messages,
        })
    }

    /// The offending values for a focus node, one a solution (section 5.3.2).
    pub(super) fn violations(
        &self,
        data: &Data,
        focus: &Term,
    ) -> Result<Vec<Option<Term>>, String> {
        let results = self
            .query
            .clone()
            .substitute_variable(Variable::new_unchecked("this"), focus.clone())
            .on_queryable_dataset(data.dataset())
            .execute()
            .map_err(|error| error.to_string())?;
        let QueryResults::Solutions(solutions) = results else {
            return Err("a SPARQL constraint must be a SELECT query".to_owned());
        };
        solutions
            .map(|solution| match solution {
                Ok(solution) => Ok(solution.get("value").cloned()),
                Err(error) => Err(error.to_string()),
            })
            .collect()
    }
}
