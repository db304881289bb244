//! The head of a query's file: what its comment lines say in Turtle.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple};

use super::parameter::{Kind, Parameter};
use super::{Column, Words};
use crate::model::Language;
use crate::vocab::{self, csvw, rdf, rdfs, schema, sh, skos, xsd};

/// What a line of the head begins with.
const MARK: &str = "#+";

/// The address that the head is read at; only what comes after it counts.
const ADDRESS: &str = "http://localhost/query";

/// The head of a file, as Turtle, and the query after it.
pub(super) fn split(file: &str) -> (String, &str) {
    let mut head = String::new();
    let mut rest = file;
    while let Some(line) = rest.strip_prefix(MARK) {
        let (line, after) = line.split_once('\n').unwrap_or((line, ""));
        head.push_str(line);
        head.push('\n');
        rest = after;
    }
    (head, rest.trim())
}

/// What a head says.
pub(super) struct Said {
    pub(super) title: Words,
    pub(super) description: Words,
    pub(super) keywords: Vec<(Language, String)>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) columns: Vec<Column>,
}

/// What the head says of a query whose `VALUES` blocks have these terms.
pub(super) fn read(head: &str, defaults: &BTreeMap<String, Option<Term>>) -> Result<Said, String> {
    let head = Head(parse(head)?);
    let query = NamedNode::new_unchecked(ADDRESS);
    let mut parameters = Vec::new();
    for subject in head.subjects(sh::NAME) {
        parameters.push(head.parameter(&subject, defaults)?);
    }
    parameters.sort_by_key(|(order, one): &(i64, Parameter)| (*order, one.name.clone()));
    let mut columns = Vec::new();
    for subject in head.subjects(csvw::NAME) {
        columns.push(Column {
            name: head.text(&subject, csvw::NAME)?,
            title: head.words(&subject, csvw::TITLES, "column title")?,
        });
    }
    Ok(Said {
        title: head.words(&query, rdfs::LABEL, "title")?,
        description: head.words(&query, rdfs::COMMENT, "description")?,
        keywords: head.keywords(&query),
        parameters: parameters.into_iter().map(|(_, one)| one).collect(),
        columns,
    })
}

fn parse(head: &str) -> Result<Graph, String> {
    let prefixes: Vec<String> = vocab::PREFIXES
        .iter()
        .map(|(name, namespace)| format!("@prefix {name}: <{namespace}> ."))
        .collect();
    let turtle = format!("{}{head}", prefixes.concat());
    let parser = RdfParser::from_format(RdfFormat::Turtle)
        .with_base_iri(ADDRESS)
        .map_err(|error| error.to_string())?;
    parser
        .for_slice(turtle.as_bytes())
        .map(|quad| {
            quad.map(Triple::from)
                .map_err(|error| format!("head: {error}"))
        })
        .collect()
}

struct Head(Graph);

impl Head {
    /// What has a property, in order.
    fn subjects(&self, property: NamedNodeRef<'_>) -> Vec<NamedNode> {
        let mut found: Vec<NamedNode> = self
            .0
            .triples_for_predicate(property)
            .filter_map(|triple| match triple.subject {
                NamedOrBlankNodeRef::NamedNode(node) => Some(node.into_owned()),
                NamedOrBlankNodeRef::BlankNode(_) => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn literals(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<Literal> {
        self.0
            .objects_for_subject_predicate(subject, property)
            .filter_map(|object| match object {
                TermRef::Literal(literal) => Some(literal.into_owned()),
                _ => None,
            })
            .collect()
    }

    fn text(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Result<String, String> {
        match self.literals(subject, property).as_slice() {
            [one] => Ok(one.value().to_owned()),
            _ => Err(format!("{subject} needs exactly one {property}")),
        }
    }

    fn words(
        &self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        what: &str,
    ) -> Result<Words, String> {
        let literals = self.literals(subject, property);
        let of = |language: Language| {
            let tag = Some(language.tag());
            let mut found = literals.iter().filter(|literal| literal.language() == tag);
            match (found.next(), found.next()) {
                (Some(one), None) => Ok(one.value().to_owned()),
                _ => Err(format!("{subject} needs one {what} in {}", language.tag())),
            }
        };
        Ok(Words {
            sv: of(Language::Sv)?,
            en: of(Language::En)?,
        })
    }

    fn keywords(&self, subject: &NamedNode) -> Vec<(Language, String)> {
        let mut keywords: Vec<(Language, String)> = self
            .literals(subject, schema::KEYWORDS)
            .into_iter()
            .filter_map(|literal| {
                let language = Language::from_tag(literal.language()?)?;
                Some((language, literal.value().to_owned()))
            })
            .collect();
        keywords.sort_unstable();
        keywords
    }

    fn integer(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Option<i64> {
        self.literals(subject, property)
            .first()?
            .value()
            .parse()
            .ok()
    }

    fn node(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Option<NamedNode> {
        match self.0.object_for_subject_predicate(subject, property)? {
            TermRef::NamedNode(node) => Some(node.into_owned()),
            _ => None,
        }
    }

    /// A parameter and its place in the order.
    fn parameter(
        &self,
        subject: &NamedNode,
        defaults: &BTreeMap<String, Option<Term>>,
    ) -> Result<(i64, Parameter), String> {
        let name = subject
            .as_str()
            .split_once('#')
            .map(|(_, fragment)| fragment.to_owned())
            .ok_or("the query itself is no parameter")?;
        let default = defaults
            .get(&name)
            .ok_or_else(|| format!("the query has no VALUES ?{name} {{ UNDEF }}"))?;
        let parameter = Parameter {
            title: self.words(subject, sh::NAME, "name")?,
            description: self.words(subject, sh::DESCRIPTION, "description")?,
            kind: self.kind(subject)?,
            default: default.clone(),
            name,
        };
        Ok((self.integer(subject, sh::ORDER).unwrap_or(0), parameter))
    }

    fn kind(&self, subject: &NamedNode) -> Result<Kind, String> {
        if let Some(class) = self.node(subject, sh::CLASS) {
            return Ok(Kind::Resource {
                class,
                scheme: self.node(subject, skos::IN_SCHEME),
            });
        }
        if let Some(list) = self.0.object_for_subject_predicate(subject, sh::IN) {
            return Ok(Kind::Choice(self.list(list.into_owned())));
        }
        let datatype = self.node(subject, sh::DATATYPE);
        match datatype.as_ref().map(NamedNode::as_ref) {
            Some(xsd::INTEGER) => Ok(Kind::Integer {
                least: self.integer(subject, sh::MIN_INCLUSIVE).unwrap_or(i64::MIN),
                most: self.integer(subject, sh::MAX_INCLUSIVE).unwrap_or(i64::MAX),
            }),
            Some(xsd::STRING) => {
                let length = |property| self.integer(subject, property).map(usize::try_from);
                Ok(Kind::Text {
                    shortest: length(sh::MIN_LENGTH).and_then(Result::ok).unwrap_or(1),
                    longest: length(sh::MAX_LENGTH).and_then(Result::ok).unwrap_or(200),
                })
            }
            Some(xsd::DATE) => Ok(Kind::Date),
            _ => Err(format!(
                "{subject} needs sh:class, sh:in, or sh:datatype xsd:integer, xsd:string or xsd:date"
            )),
        }
    }

    /// The texts of an RDF list.
    fn list(&self, mut at: Term) -> Vec<String> {
        let mut texts = Vec::new();
        while let Term::BlankNode(cell) = &at {
            if let Some(TermRef::Literal(first)) =
                self.0.object_for_subject_predicate(cell, rdf::FIRST)
            {
                texts.push(first.value().to_owned());
            }
            match self.0.object_for_subject_predicate(cell, rdf::REST) {
                Some(rest) => at = rest.into_owned(),
                None => break,
            }
        }
        texts
    }
}
