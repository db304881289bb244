//! What XML cannot hold: most control characters (XML 1.0, section 2.2), and in RDF/XML the
//! properties whose address does not end in a name (RDF 1.1 XML Syntax, section 5.1.4). The
//! engine writes them all the same, as bytes that no reader takes.

use oxrdf::{Term, Triple};

use super::run::RunError;
use crate::rdf::Format;

/// Refuses a triple that the format cannot hold.
pub(super) fn fits(format: Format, triple: &Triple) -> Result<(), RunError> {
    if format != Format::RdfXml {
        return Ok(());
    }
    let property = triple.predicate.as_str();
    let after = property.rfind(|c: char| !is_name(c)).map_or(0, |at| {
        at + property[at..].chars().next().map_or(0, char::len_utf8)
    });
    if !property[after..].contains(is_name_start) {
        return Err(RunError::Unwritable(format, triple.predicate.to_string()));
    }
    holds(format, &triple.object)
}

/// Refuses a term with a character that the format cannot hold.
pub(super) fn holds(format: Format, term: &Term) -> Result<(), RunError> {
    let is_xml = matches!(format, Format::RdfXml | Format::SparqlXml);
    let Term::Literal(literal) = term else {
        return Ok(());
    };
    match literal.value().chars().find(|c| is_xml && !is_char(*c)) {
        Some(bad) => {
            let name = format!("U+{:04X}", u32::from(bad));
            Err(RunError::Unwritable(format, name))
        }
        None => Ok(()),
    }
}

fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name(c: char) -> bool {
    is_name_start(c) || c.is_numeric() || matches!(c, '-' | '.')
}
