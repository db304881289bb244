//! The formats that anything is offered in: the one place that knows media types, suffixes and
//! other names.

use oxigraph::io::{JsonLdProfileSet, RdfFormat};

/// A representation of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Turtle 1.1, the default.
    Turtle,
    /// JSON-LD 1.1, compact and nested, with our context.
    JsonLd,
    /// N-Triples.
    NTriples,
    /// RDF/XML.
    RdfXml,
    /// `TriG`, which keeps the layers apart.
    TriG,
    /// N-Quads, which keep the layers apart too.
    NQuads,
    /// SPARQL 1.1 Query Results JSON: rows of terms, or a truth value.
    SparqlJson,
    /// SPARQL Query Results XML: the same.
    SparqlXml,
    /// Comma-separated values (RFC 4180), of what is a table; holds no truth values.
    Csv,
    /// Tab-separated values (SPARQL 1.1 Query Results CSV and TSV); terms as in Turtle.
    Tsv,
    /// An Excel workbook (Office Open XML, ISO/IEC 29500), of what is a table.
    Xlsx,
    /// A page for people.
    Html,
}

impl Format {
    /// The formats that hold a graph, in the order a server prefers them.
    pub const RDF: [Self; 6] = [
        Self::Turtle,
        Self::JsonLd,
        Self::NTriples,
        Self::RdfXml,
        Self::TriG,
        Self::NQuads,
    ];

    /// The formats that hold the rows of a query, in the order a server prefers them.
    pub const ROWS: [Self; 4] = [Self::SparqlJson, Self::SparqlXml, Self::Csv, Self::Tsv];

    /// The formats that hold a truth value.
    pub const TRUTH: [Self; 2] = [Self::SparqlJson, Self::SparqlXml];

    /// Every format, in the order a server prefers them.
    pub const ALL: [Self; 12] = [
        Self::Turtle,
        Self::JsonLd,
        Self::NTriples,
        Self::RdfXml,
        Self::TriG,
        Self::NQuads,
        Self::SparqlJson,
        Self::SparqlXml,
        Self::Csv,
        Self::Tsv,
        Self::Xlsx,
        Self::Html,
    ];

    /// The formats that hold a table, in the order a server prefers them.
    pub const TABLE: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::JsonLd => "application/ld+json",
            Self::NTriples => "application/n-triples",
            Self::RdfXml => "application/rdf+xml",
            Self::TriG => "application/trig",
            Self::NQuads => "application/n-quads",
            Self::SparqlJson => "application/sparql-results+json",
            Self::SparqlXml => "application/sparql-results+xml",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Html => "text/html",
        }
    }

    /// Other media types by which people ask for the format; who does gets it under that name.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::JsonLd | Self::SparqlJson => &["application/json"],
            // What N-Triples were called before they had a name of their own; rdflib still
            // asks so.
            Self::NTriples => &["text/plain"],
            Self::SparqlXml => &["application/xml", "text/xml"],
            _ => &[],
        }
    }

    /// How well the format stands for the resource when a reader would take others too, in
    /// thousandths. `TriG` and N-Quads keep their triples in named graphs, where a reader who
    /// takes plain triples just as well does not find them.
    pub fn quality(self) -> u16 {
        match self {
            Self::TriG | Self::NQuads => 900,
            _ => 1000,
        }
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Tsv => "text/tab-separated-values; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            // The others are UTF-8 by definition or declare it.
            _ => self.media_type(),
        }
    }

    /// The end of an address that asks for the format, without the dot.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::JsonLd => "jsonld",
            Self::NTriples => "nt",
            Self::RdfXml => "rdf",
            Self::TriG => "trig",
            Self::NQuads => "nq",
            Self::SparqlJson => "json",
            Self::SparqlXml => "xml",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
        }
    }

    /// The format that a suffix asks for.
    pub fn from_suffix(suffix: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.suffix() == suffix)
    }

    /// Whether a name means the format: its suffix, its media type, or what programs and
    /// people call it in `format=`. Some names, as `json`, mean one format for rows and
    /// another for graphs.
    pub fn is_called(self, name: &str) -> bool {
        let called: &[&str] = match self {
            Self::Turtle => &["turtle", "n3"],
            Self::JsonLd => &["json-ld", "json"],
            Self::NTriples => &["ntriples", "n-triples"],
            Self::RdfXml => &["rdf+xml", "rdfxml", "rdf/xml", "xml"],
            Self::NQuads => &["nquads", "n-quads"],
            Self::SparqlJson => &["srj", "sparql-json", "sparql-results+json"],
            Self::SparqlXml => &["srx", "sparql-xml", "sparql-results+xml"],
            Self::Xlsx => &["excel"],
            Self::TriG | Self::Csv | Self::Tsv | Self::Html => &[],
        };
        // A plus sign that somebody did not encode comes in as a space.
        let name = name.trim().replace(' ', "+").to_ascii_lowercase();
        [self.suffix(), self.media_type()]
            .iter()
            .chain(self.aliases())
            .chain(called)
            .any(|own| *own == name)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::JsonLd => "JSON-LD",
            Self::NTriples => "N-Triples",
            Self::RdfXml => "RDF/XML",
            Self::TriG => "TriG",
            Self::NQuads => "N-Quads",
            Self::SparqlJson => "JSON",
            Self::SparqlXml => "XML",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Xlsx => "Excel",
            Self::Html => "HTML",
        }
    }

    /// The same format of the RDF library, which writes a plain graph in it; none for what
    /// holds no graph.
    pub fn rdf_format(self) -> Option<RdfFormat> {
        match self {
            Self::Turtle => Some(RdfFormat::Turtle),
            Self::JsonLd => Some(RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            }),
            Self::NTriples => Some(RdfFormat::NTriples),
            Self::RdfXml => Some(RdfFormat::RdfXml),
            Self::TriG => Some(RdfFormat::TriG),
            Self::NQuads => Some(RdfFormat::NQuads),
            Self::SparqlJson
            | Self::SparqlXml
            | Self::Csv
            | Self::Tsv
            | Self::Xlsx
            | Self::Html => None,
        }
    }

    /// What the format is called in the EU's authority table of file types, as the last part of
    /// <http://publications.europa.eu/resource/authority/file-type/>; none for what is never a
    /// download.
    pub fn file_type(self) -> Option<&'static str> {
        match self {
            Self::Turtle => Some("RDF_TURTLE"),
            Self::JsonLd => Some("JSON_LD"),
            Self::NTriples => Some("RDF_N_TRIPLES"),
            Self::RdfXml => Some("RDF_XML"),
            Self::TriG => Some("RDF_TRIG"),
            Self::NQuads => Some("RDF_N_QUADS"),
            Self::Csv => Some("CSV"),
            Self::Xlsx => Some("XLSX"),
            Self::SparqlJson => Some("JSON"),
            Self::SparqlXml | Self::Tsv | Self::Html => None,
        }
    }

    /// The format's IRI in the W3C's list, <http://www.w3.org/ns/formats/>; none for a page.
    pub fn iri(self) -> Option<&'static str> {
        match self {
            Self::Turtle => Some("http://www.w3.org/ns/formats/Turtle"),
            Self::JsonLd => Some("http://www.w3.org/ns/formats/JSON-LD"),
            Self::NTriples => Some("http://www.w3.org/ns/formats/N-Triples"),
            Self::RdfXml => Some("http://www.w3.org/ns/formats/RDF_XML"),
            Self::TriG => Some("http://www.w3.org/ns/formats/TriG"),
            Self::NQuads => Some("http://www.w3.org/ns/formats/N-Quads"),
            Self::SparqlJson => Some("http://www.w3.org/ns/formats/SPARQL_Results_JSON"),
            Self::SparqlXml => Some("http://www.w3.org/ns/formats/SPARQL_Results_XML"),
            Self::Csv => Some("http://www.w3.org/ns/formats/SPARQL_Results_CSV"),
            Self::Tsv => Some("http://www.w3.org/ns/formats/SPARQL_Results_TSV"),
            Self::Xlsx | Self::Html => None,
        }
    }

    /// Whether the format keeps named graphs apart.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::TriG | Self::NQuads)
    }

    /// Whether a representation depends on the reader's language; data hold every language.
    pub fn has_language(self) -> bool {
        self == Self::Html
    }
}
