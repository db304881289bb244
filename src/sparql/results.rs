//! The formats of answers: tables for SELECT and ASK, graphs for CONSTRUCT and DESCRIBE.

use oxigraph::sparql::results::QueryResultsFormat;

use crate::rdf::Format;

/// The format of a table or a truth value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// SPARQL 1.1 Query Results JSON, the default.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// SPARQL 1.1 Query Results CSV; holds no truth values.
    Csv,
    /// SPARQL 1.1 Query Results TSV; holds no truth values.
    Tsv,
}

impl ResultFormat {
    /// Every format, in the order a server prefers them.
    pub const ALL: [Self; 4] = [Self::Json, Self::Xml, Self::Csv, Self::Tsv];

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/sparql-results+json",
            Self::Xml => "application/sparql-results+xml",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
        }
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json | Self::Xml => self.media_type(),
            Self::Csv => "text/csv; charset=utf-8",
            Self::Tsv => "text/tab-separated-values; charset=utf-8",
        }
    }

    /// Other media types by which people ask for the format.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["application/json"],
            Self::Xml => &["application/xml", "text/xml"],
            Self::Csv | Self::Tsv => &[],
        }
    }

    pub(super) fn library(self) -> QueryResultsFormat {
        match self {
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
        }
    }
}

/// What the asker wants of a query, before it is known which kind of query it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// For a table; `None` where no acceptable format holds one.
    pub table: Option<ResultFormat>,
    /// For a truth value.
    pub truth: Option<ResultFormat>,
    /// For a graph.
    pub graph: Option<Format>,
}
