//! Answers: rows for SELECT, a truth value for ASK, a graph for CONSTRUCT and DESCRIBE.

use std::io;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};
use oxrdf::{Graph, Term, Triple, Variable};

use super::run::{End, RunError};
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

    /// The format that is wanted for a kind of answer.
    ///
    /// # Errors
    /// [`RunError::NotAcceptable`].
    pub fn of(self, kind: Kind) -> Result<Format, RunError> {
        let wanted = match kind {
            Kind::Rows => self.rows,
            Kind::Truth => self.truth,
            Kind::Graph => self.graph,
        };
        wanted.ok_or_else(|| RunError::NotAcceptable(kind.formats().to_vec()))
    }

    /// Whether a page is wanted, whatever the kind of query.
    pub fn page(self) -> bool {
        [self.rows, self.truth, self.graph].contains(&Some(Format::Html))
    }
}

/// What kind of answer a query has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// SELECT: rows.
    Rows,
    /// ASK: a truth value.
    Truth,
    /// CONSTRUCT and DESCRIBE: a graph.
    Graph,
}

impl Kind {
    /// The formats that hold it, but for a page.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Rows => &Format::ROWS,
            Self::Truth => &Format::TRUTH,
            Self::Graph => &Format::RDF,
        }
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

/// An answer as values, for a page.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it says.
    pub body: Body,
    /// How many rows there are in all, given or not; none where the answer has no rows.
    pub total: Option<usize>,
}

/// What an answer says.
#[derive(Clone, Debug)]
pub enum Body {
    /// Rows.
    Rows(Rows),
    /// A truth value.
    Truth(bool),
    /// A graph.
    Graph(Graph),
}

impl Answer {
    /// Reads the bytes in which the values for a page travel (`carrier`).
    ///
    /// # Errors
    /// Where they are none of ours.
    pub fn read(bytes: &[u8], kind: Kind, end: End) -> io::Result<Self> {
        let body = match kind {
            Kind::Graph => {
                let mut graph = Graph::new();
                for quad in RdfParser::from_format(RdfFormat::NTriples).for_slice(bytes) {
                    graph.insert(&Triple::from(quad.map_err(io::Error::other)?));
                }
                Body::Graph(graph)
            }
            Kind::Rows | Kind::Truth => {
                let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
                match parser.for_slice(bytes).map_err(io::Error::other)? {
                    SliceQueryResultsParserOutput::Boolean(truth) => Body::Truth(truth),
                    SliceQueryResultsParserOutput::Solutions(solutions) => {
                        let variables = solutions.variables().iter().cloned();
                        let mut rows = Rows {
                            variables: variables.map(Variable::into_string).collect(),
                            rows: Vec::new(),
                        };
                        for solution in solutions {
                            let solution = solution.map_err(io::Error::other)?;
                            rows.rows.push(solution.values().to_vec());
                        }
                        Body::Rows(rows)
                    }
                }
            }
        };
        Ok(Self {
            body,
            total: end.total,
        })
    }
}

/// The format in which an answer is written: values for a page travel as data.
pub(super) fn carrier(format: Format, kind: Kind) -> Format {
    match (format, kind) {
        (Format::Html, Kind::Graph) => Format::NTriples,
        (Format::Html, Kind::Rows | Kind::Truth) => Format::SparqlJson,
        (other, _) => other,
    }
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
