//! Bytes → graph, with every syntax error as a finding.

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{Graph, Triple};

use super::base::Base;
use crate::model::{Finding, Place};

/// The triples of a Turtle document and a finding for each place that is not Turtle 1.1.
///
/// Relative IRIs are resolved against the base. `file` names the document in findings.
pub fn turtle(bytes: &[u8], base: &Base, file: &str) -> (Graph, Vec<Finding>) {
    let mut graph = Graph::new();
    let mut findings = Vec::new();
    let parser = match RdfParser::from_format(RdfFormat::Turtle)
        .without_named_graphs()
        .with_base_iri(base.as_str())
    {
        Ok(parser) => parser,
        Err(error) => {
            findings.push(Finding::file(file, error.to_string(), error.to_string()));
            return (graph, findings);
        }
    };
    for quad in parser.for_slice(bytes) {
        match quad {
            Ok(quad) => {
                graph.insert(&Triple::from(quad));
            }
            Err(error) => {
                let start = error.location().map(|range| range.start);
                findings.push(Finding {
                    place: Place {
                        file: Some(file.to_owned()),
                        line: start.map(|start| (start.line + 1, start.column + 1)),
                        ..Place::default()
                    },
                    sv: format!("Filen är inte giltig Turtle här: {error}"),
                    en: format!("The file is not valid Turtle here: {error}"),
                    value: None,
                    rule: None,
                });
                // What follows the first fault is guesswork of the parser.
                break;
            }
        }
    }
    (graph, findings)
}
