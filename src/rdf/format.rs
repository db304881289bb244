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
}

impl Format {
    /// Every format, in the order a server prefers them.
    pub const ALL: [Self; 5] = [
        Self::Turtle,
        Self::JsonLd,
        Self::NTriples,
        Self::RdfXml,
        Self::TriG,
    ];

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::JsonLd => "application/ld+json",
            Self::NTriples => "application/n-triples",
            Self::RdfXml => "application/rdf+xml",
            Self::TriG => "application/trig",
        }
    }

    /// Other media types by which people ask for the format; who does gets it under that name.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::JsonLd => &["application/json"],
            _ => &[],
        }
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
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
        }
    }

    /// The same format of the RDF library, which writes a plain graph in it.
    pub fn rdf_format(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::JsonLd => RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            },
            Self::NTriples => RdfFormat::NTriples,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::TriG => RdfFormat::TriG,
        }
    }
}
