//! Answers: rows for SELECT, a truth value for ASK, a graph for CONSTRUCT and DESCRIBE.

use oxigraph::sparql::results::QueryResultsFormat;
use oxrdf::{Graph, Term};

use crate::rdf::Format;

/// What the asker wants of a query, before it is known which kind of query it is. `None`
/// where nothing acceptable holds that kind of answer; [`Format::Html`] asks for the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// For rows.
    pub rows: Option<Format>,
    /// For a truth value.
    pub truth: Option<Format>,
    /// For a graph.
    pub graph: Option<Format>,
}

impl Wanted {
    /// Formats chosen by a rule from those that hold each kind of answer.
    pub fn by(pick: impl Fn(&[Format]) -> Option<Format>) -> Self {
        let with_page = |formats: &[Format]| -> Vec<Format> {
            formats.iter().copied().chain([Format::Html]).collect()
        };
        Self {
            rows: pick(&with_page(&Format::ROWS)),
            truth: pick(&with_page(&Format::TRUTH)),
            graph: pick(&with_page(&Format::RDF)),
        }
    }

    /// The formats that a name means (SPARQL 1.1 Protocol knows none; `format` is a custom).
    pub fn among(meant: &[Format]) -> Self {
        Self::by(|formats| {
            meant
                .iter()
                .find(|format| formats.contains(format))
                .copied()
        })
    }

    /// Whether a page is wanted, whatever the kind of query.
    pub fn page(self) -> bool {
        [self.rows, self.truth, self.graph].contains(&Some(Format::Html))
    }
}

/// The part of the rows that is wanted; the others are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many rows are passed over.
    pub start: usize,
    /// How many are given at most.
    pub length: usize,
}

impl Window {
    /// All rows.
    pub const ALL: Self = Self {
        start: 0,
        length: usize::MAX,
    };

    /// Whether the row of that number, from 0, lies in it.
    pub fn holds(self, row: usize) -> bool {
        row >= self.start && row - self.start < self.length
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The format it is in.
    pub format: Format,
    /// What it says.
    pub body: Body,
    /// How many rows there are in all, given or not; none where the answer has no rows.
    pub total: Option<usize>,
}

/// What an answer says.
#[derive(Clone, Debug)]
pub enum Body {
    /// Bytes in the answer's format.
    Bytes(Vec<u8>),
    /// Rows, for a page.
    Rows(Rows),
    /// A truth value, for a page.
    Truth(bool),
    /// A graph, for a page.
    Graph(Graph),
}

/// The rows of an answer, as values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The names of the columns, without question mark.
    pub variables: Vec<String>,
    /// One value a column, where it is bound.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// The same format of the results library; none for what is no format of results.
pub(super) fn library(format: Format) -> Option<QueryResultsFormat> {
    match format {
        Format::SparqlJson => Some(QueryResultsFormat::Json),
        Format::SparqlXml => Some(QueryResultsFormat::Xml),
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_means_a_format_for_each_kind_of_answer() {
        let json = Wanted::among(&[Format::JsonLd, Format::SparqlJson]);
        assert_eq!(
            json,
            Wanted {
                rows: Some(Format::SparqlJson),
                truth: Some(Format::SparqlJson),
                graph: Some(Format::JsonLd),
            }
        );
        let csv = Wanted::among(&[Format::Csv]);
        assert_eq!((csv.truth, csv.graph), (None, None));
        assert!(Wanted::among(&[Format::Html]).page() && !json.page());
    }

    #[test]
    fn a_window_holds_its_rows_and_no_others() {
        let window = Window {
            start: 10,
            length: 10,
        };
        assert!(!window.holds(9) && window.holds(10) && window.holds(19) && !window.holds(20));
        assert!(Window::ALL.holds(0) && Window::ALL.holds(usize::MAX - 1));
    }
}
