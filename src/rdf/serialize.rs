//! Graph → bytes, the same bytes for the same graph.

use std::cmp::Ordering;
use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxrdf::{
    Graph, GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef,
    QuadRef, Term, TermRef, TripleRef,
};

use super::base::Base;
use crate::model::LineRange;
use crate::vocab::{self, rdf};

/// The triples of a graph in reading order: by subject, its class first, then by property.
pub fn in_order(graph: &Graph) -> Vec<TripleRef<'_>> {
    let mut triples: Vec<_> = graph.iter().collect();
    triples.sort_unstable_by(|a, b| compare(*a, *b));
    triples
}

fn compare(a: TripleRef<'_>, b: TripleRef<'_>) -> Ordering {
    let rank =
        |predicate: NamedNodeRef<'_>| (predicate != rdf::TYPE, predicate.as_str().to_owned());
    subject_key(a.subject)
        .cmp(&subject_key(b.subject))
        .then_with(|| rank(a.predicate).cmp(&rank(b.predicate)))
        .then_with(|| {
            let (a, b) = (a.object.into_owned(), b.object.into_owned());
            reading_order(&a).cmp(&reading_order(&b))
        })
}

/// Where a value stands among the values of its property: line ranges by line, the rest by
/// their text.
pub fn reading_order(object: &Term) -> (Option<LineRange>, String) {
    let range = match object {
        Term::Literal(literal) => LineRange::parse(literal.value()),
        _ => None,
    };
    (range, object.to_string())
}

fn subject_key(subject: NamedOrBlankNodeRef<'_>) -> (bool, &str) {
    match subject {
        NamedOrBlankNodeRef::NamedNode(node) => (false, node.as_str()),
        NamedOrBlankNodeRef::BlankNode(node) => (true, node.as_str()),
    }
}

/// Writes graphs in an RDF syntax. Graphs other than the default one need a syntax that has
/// named graphs; elsewhere their triples are an `io::Error`.
pub fn graphs(graphs: &[(GraphName, &Graph)], format: RdfFormat) -> io::Result<Vec<u8>> {
    let mut stream = Stream::with_prefixes(format, used_prefixes(graphs), Vec::new())?;
    for (name, graph) in graphs {
        stream.graph(name.as_ref(), graph)?;
    }
    stream.finish()
}

/// A document in an RDF syntax that is written graph by graph.
pub struct Stream<W: Write>(WriterQuadSerializer<Escaped<W>>);

impl<W: Write> Stream<W> {
    /// Begins a document that may use any of our prefixes.
    pub fn begin(format: RdfFormat, out: W) -> io::Result<Self> {
        Self::with_prefixes(format, vocab::PREFIXES.iter().copied(), out)
    }

    /// Begins a document that uses these of our prefixes, by name.
    pub fn begin_with(format: RdfFormat, used: &[&str], out: W) -> io::Result<Self> {
        let prefixes = vocab::PREFIXES.iter().copied();
        let prefixes = prefixes.filter(|(name, _)| used.contains(name));
        Self::with_prefixes(format, prefixes, out)
    }

    fn with_prefixes(
        format: RdfFormat,
        prefixes: impl IntoIterator<Item = (&'static str, &'static str)>,
        out: W,
    ) -> io::Result<Self> {
        let mut serializer = RdfSerializer::from_format(format);
        for (name, namespace) in prefixes {
            serializer = serializer
                .with_prefix(name, namespace)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        let is_xml = format == RdfFormat::RdfXml;
        Ok(Self(serializer.for_writer(Escaped { out, is_xml })))
    }

    /// Writes the triples of a graph, in reading order.
    pub fn graph(&mut self, name: GraphNameRef<'_>, graph: &Graph) -> io::Result<()> {
        for triple in in_order(graph) {
            let quad: QuadRef<'_> = triple.in_graph(name);
            self.0.serialize_quad(quad)?;
        }
        Ok(())
    }

    /// Ends the document.
    pub fn finish(self) -> io::Result<W> {
        Ok(self.0.finish()?.out)
    }
}

/// XML readers take a raw carriage return for a line feed (XML 1.0, section 2.11), and the
/// serializer writes it raw; as a character reference it survives.
struct Escaped<W> {
    out: W,
    is_xml: bool,
}

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_xml {
            return self.out.write(bytes);
        }
        for (index, part) in bytes.split(|byte| *byte == b'\r').enumerate() {
            if index > 0 {
                self.out.write_all(b"&#xD;")?;
            }
            self.out.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The prefixes of which the graphs use a name, so that a small answer has a small head.
fn used_prefixes(graphs: &[(GraphName, &Graph)]) -> Vec<(&'static str, &'static str)> {
    let uses = |namespace: &str| {
        let of = |iri: &str| iri.starts_with(namespace);
        graphs
            .iter()
            .flat_map(|(_, graph)| graph.iter())
            .any(|triple| {
                of(triple.predicate.as_str())
                    || match triple.object {
                        TermRef::NamedNode(node) => of(node.as_str()),
                        TermRef::Literal(literal) => of(literal.datatype().as_str()),
                        TermRef::BlankNode(_) => false,
                    }
            })
    };
    vocab::PREFIXES
        .iter()
        .copied()
        .filter(|(_, namespace)| uses(namespace))
        .collect()
}

/// A Turtle document whose IRIs below the base are relative, for a file in a data folder.
pub fn relative_turtle(graph: &Graph, base: &Base) -> io::Result<Vec<u8>> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle)
        .with_base_iri(NOWHERE)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    for (name, namespace) in vocab::PREFIXES {
        serializer = serializer
            .with_prefix(*name, *namespace)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in in_order(graph) {
        let mut triple = triple.into_owned();
        if let NamedOrBlankNode::NamedNode(node) = &mut triple.subject {
            move_to_nowhere(node, base);
        }
        if let Term::NamedNode(node) = &mut triple.object {
            move_to_nowhere(node, base);
        }
        writer.serialize_triple(triple.as_ref())?;
    }
    let turtle = writer.finish()?;
    // The serializer names the base it made the IRIs relative to; a file that is to work at
    // any address must not.
    let line_end = turtle
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    Ok(if turtle.starts_with(b"@base") {
        turtle[line_end..].to_vec()
    } else {
        turtle
    })
}

/// A base with a scheme that no other IRI has. Relative to a base with the scheme `http`, the
/// serializer would write `http://www.w3.org/` as `//www.w3.org/`, which means something else
/// where the instance has `https`.
const NOWHERE: &str = "samplan://data/";

fn move_to_nowhere(node: &mut NamedNode, base: &Base) {
    if let Some(path) = base.relative(node.as_str()) {
        *node = NamedNode::new_unchecked(format!("{NOWHERE}{path}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfParser;
    use oxrdf::{Literal, Triple};

    #[test]
    fn a_file_for_a_data_folder_means_the_same_at_any_address() {
        let http = Base::parse("http://localhost:8080/").unwrap();
        let https = Base::parse("https://example.org/planer/").unwrap();
        let graph = |base: &Base| {
            let foreign = NamedNode::new_unchecked("http://www.w3.org/ns/org#unitOf");
            let mut graph = Graph::new();
            graph.insert(&Triple::new(
                base.node("plan/a"),
                foreign.clone(),
                base.node("plan/b"),
            ));
            graph.insert(&Triple::new(base.node("plan/a"), foreign.clone(), foreign));
            graph
        };
        let turtle = relative_turtle(&graph(&http), &http).unwrap();
        let (read, findings) = crate::rdf::parse::turtle(&turtle, &https, "f");
        assert_eq!((read, findings), (graph(&https), vec![]));
    }

    #[test]
    fn every_character_of_a_text_survives_every_format() {
        let node = NamedNode::new("http://example.org/a").unwrap();
        let text = "a\r\nb\tc \"'<>&\\ ]]> å 𝄞\u{85}";
        let text = Literal::new_language_tagged_literal("text".to_owned() + text, "sv").unwrap();
        let mut graph = Graph::new();
        graph.insert(&Triple::new(node.clone(), node, text));
        for format in [
            RdfFormat::Turtle,
            RdfFormat::NTriples,
            RdfFormat::RdfXml,
            RdfFormat::TriG,
        ] {
            let bytes = graphs(&[(GraphName::DefaultGraph, &graph)], format).unwrap();
            let mut back = Graph::new();
            for quad in RdfParser::from_format(format).for_slice(&bytes) {
                back.insert(&Triple::from(quad.unwrap()));
            }
            assert_eq!(back, graph, "{format}");
        }
    }
}
