//! The formats a resource is offered in: the one place that knows media types and suffixes.

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
    /// Comma-separated values (RFC 4180), of what is a table.
    Csv,
    /// A page for people.
    Html,
}

impl Format {
    /// The formats that hold a graph, in the order a server prefers them.
    pub const RDF: [Self; 5] = [
        Self::Turtle,
        Self::JsonLd,
        Self::NTriples,
        Self::RdfXml,
        Self::TriG,
    ];

    /// Every format, in the order a server prefers them.
    pub const ALL: [Self; 7] = [
        Self::Turtle,
        Self::JsonLd,
        Self::NTriples,
        Self::RdfXml,
        Self::TriG,
        Self::Csv,
        Self::Html,
    ];

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::JsonLd => "application/ld+json",
            Self::NTriples => "application/n-triples",
            Self::RdfXml => "application/rdf+xml",
            Self::TriG => "application/trig",
            Self::Csv => "text/csv",
            Self::Html => "text/html",
        }
    }

    /// Other media types by which people ask for the format; who does gets it under that name.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::JsonLd => &["application/json"],
            // What N-Triples were called before they had a name of their own; rdflib still
            // asks so.
            Self::NTriples => &["text/plain"],
            _ => &[],
        }
    }

    /// How well the format stands for the resource when a reader would take others too, in
    /// thousandths. `TriG` keeps its triples in named graphs, where a reader who takes plain
    /// triples just as well does not find them.
    pub fn quality(self) -> u16 {
        match self {
            Self::TriG => 900,
            _ => 1000,
        }
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Html => "text/html; charset=utf-8",
            // JSON, N-Triples, RDF/XML and TriG are UTF-8 by definition or declare it.
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
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// The format that a suffix asks for.
    pub fn from_suffix(suffix: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.suffix() == suffix)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::JsonLd => "JSON-LD",
            Self::NTriples => "N-Triples",
            Self::RdfXml => "RDF/XML",
            Self::TriG => "TriG",
            Self::Csv => "CSV",
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
            Self::Csv | Self::Html => None,
        }
    }

    /// Whether a representation depends on the reader's language; data hold every language.
    pub fn has_language(self) -> bool {
        self == Self::Html
    }
}
