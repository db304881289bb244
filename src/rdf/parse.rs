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
    // Some editors on Windows begin a UTF-8 file with a mark that is not Turtle.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        findings.push(not_utf8(&bytes[..error.valid_up_to()], file));
        return (graph, findings);
    }
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

fn not_utf8(before: &[u8], file: &str) -> Finding {
    let mut lines = before.split(|byte| *byte == b'\n');
    let line = lines.clone().count() as u64;
    let column = lines.next_back().map_or(0, <[u8]>::len) as u64;
    let mut finding = Finding::file(
        file,
        "Filen är inte i UTF-8; här står ett tecken i en annan kodning. Spara filen som UTF-8 och försök igen.",
        "The file is not in UTF-8; here is a character in another encoding. Save the file as UTF-8 and try again.",
    );
    finding.place.line = Some((line, column + 1));
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_fault_and_another_encoding_is_named() {
        let (graph, findings) = turtle(b"\xef\xbb\xbf<a> <b> <c> .", &Base::default(), "f");
        assert_eq!((graph.len(), findings), (1, vec![]));
        let (_, findings) = turtle(
            b"<a> <b> \"a\" .\n<a> <b> \"\xe5\" .",
            &Base::default(),
            "f",
        );
        assert_eq!(findings[0].place.line, Some((2, 10)));
        assert!(findings[0].en.contains("Save the file as UTF-8"));
    }
}
