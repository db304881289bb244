//! A published query as `sh:SPARQLExecutable`, its parameters as `sh:Parameter` (SHACL,
//! sections 5 and 6.2), its columns as CSVW has them.

use oxrdf::{BlankNode, Literal, NamedNode};

use super::SPARQL;
use crate::model::Language;
use crate::sparql::NamedQuery;
use crate::sparql::named::parameter::{Kind, Parameter};
use crate::views::writer::Writer;
use crate::vocab::{csvw, dcterms, rdf, rdfs, schema, sh, skos, xsd};

pub(super) fn query(out: &mut Writer<'_>, query: &NamedQuery) {
    let service = out.node(SPARQL);
    let path = format!("query/{}", query.name);
    let node = out.node(&path);
    out.link(&node, rdf::TYPE, sh::SPARQL_EXECUTABLE);
    out.link(&node, rdf::TYPE, sh::SPARQL_SELECT_EXECUTABLE);
    out.words(&node, rdfs::LABEL, &query.title);
    out.words(&node, dcterms::DESCRIPTION, &query.description);
    // Editors list a query once for each comment, so it has one, in the language of most.
    let comment = &query.description.en;
    let comment = Literal::new_language_tagged_literal_unchecked(comment, Language::En.tag());
    out.value(&node, rdfs::COMMENT, comment);
    out.value(&node, sh::SELECT, query.text.clone());
    out.link(&node, sh::PREFIXES, &service);
    out.link(&node, schema::TARGET, &service);
    for (language, keyword) in &query.keywords {
        let literal = Literal::new_language_tagged_literal_unchecked(keyword, language.tag());
        out.value(&node, schema::KEYWORDS, literal);
    }
    for (order, one) in (1..).zip(&query.parameters) {
        parameter(out, &node, &path, order, one);
    }
    for column in &query.columns {
        let of = out.node(&format!("{path}#column/{}", column.name));
        out.link(&node, csvw::COLUMN, &of);
        out.value(&of, csvw::NAME, column.name.clone());
        out.words(&of, csvw::TITLES, &column.title);
    }
}

fn parameter(
    out: &mut Writer<'_>,
    query: &NamedNode,
    path: &str,
    order: i64,
    parameter: &Parameter,
) {
    let node = out.node(&format!("{path}#{}", parameter.name));
    out.link(query, sh::PARAMETER, &node);
    out.link(&node, rdf::TYPE, sh::PARAMETER_CLASS);
    // The local name of its path is a parameter's name.
    out.link(&node, sh::PATH, &node.clone());
    out.words(&node, sh::NAME, &parameter.title);
    out.words(&node, sh::DESCRIPTION, &parameter.description);
    out.value(&node, sh::ORDER, order);
    out.value(&node, sh::OPTIONAL, true);
    if let Some(default) = &parameter.default {
        out.term(&node, sh::DEFAULT_VALUE, default);
    }
    let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    match &parameter.kind {
        Kind::Resource { class, scheme } => {
            out.link(&node, sh::CLASS, class);
            if let Some(scheme) = scheme {
                out.link(&node, skos::IN_SCHEME, scheme);
            }
        }
        Kind::Integer { least, most } => {
            out.link(&node, sh::DATATYPE, xsd::INTEGER);
            out.value(&node, sh::MIN_INCLUSIVE, *least);
            out.value(&node, sh::MAX_INCLUSIVE, *most);
        }
        Kind::Text { shortest, longest } => {
            out.link(&node, sh::DATATYPE, xsd::STRING);
            out.value(&node, sh::MIN_LENGTH, length(*shortest));
            out.value(&node, sh::MAX_LENGTH, length(*longest));
        }
        Kind::Date => out.link(&node, sh::DATATYPE, xsd::DATE),
        Kind::Choice(choices) => {
            list(out, &node, &format!("{path}-{}", parameter.name), choices);
        }
    }
}

/// `sh:in` with a list of texts. The cells of the list are blank nodes, named after the
/// parameter so that they are the same every time.
fn list(out: &mut Writer<'_>, node: &NamedNode, label: &str, texts: &[String]) {
    let label: String = label
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let cell = |index: usize| BlankNode::new_unchecked(format!("{label}-{index}"));
    out.term(node, sh::IN, &cell(0));
    for (index, text) in texts.iter().enumerate() {
        let literal = Literal::new_simple_literal(text);
        out.term(&cell(index), rdf::FIRST, &literal);
        if index + 1 < texts.len() {
            out.term(&cell(index), rdf::REST, &cell(index + 1));
        } else {
            out.term(&cell(index), rdf::REST, rdf::NIL);
        }
    }
}
