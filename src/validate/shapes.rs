//! Shapes graph → shapes. What is not known here is refused, never skipped.

use std::collections::BTreeMap;

use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, Term, TermRef};
use regex::{Regex, RegexBuilder};

use super::data::as_subject;
use super::path::Path;
use super::sparql::Select;
use crate::vocab::rdf;

const SH: &str = "http://www.w3.org/ns/shacl#";

/// The shapes use something that this evaluator does not know.
#[derive(Debug, thiserror::Error)]
#[error("vocab/shapes.ttl cannot be used: shape {shape}: {reason}")]
pub struct UnsupportedShapes {
    shape: String,
    reason: String,
}

/// The index of a shape in [`Shapes::all`].
pub(super) type ShapeId = usize;

/// Every shape of a shapes graph.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) all: Vec<Shape>,
    by_node: BTreeMap<String, ShapeId>,
}

/// A node shape (without path) or a property shape (SHACL section 2).
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) targets: Vec<Target>,
    pub(super) path: Option<Path>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) messages: Messages,
    pub(super) deactivated: bool,
}

/// Message by language tag.
pub(super) type Messages = BTreeMap<String, String>;

/// Which nodes a shape is about (section 2.1.3).
#[derive(Debug)]
pub(super) enum Target {
    Node(Term),
    Class(Term),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// A constraint component with its parameters (section 4 and, for SPARQL, 5).
#[derive(Debug)]
pub(super) enum Constraint {
    Class(Term),
    Datatype(NamedNode),
    NodeKind(String),
    MinCount(usize),
    MaxCount(usize),
    MinExclusive(Term),
    MinInclusive(Term),
    MaxExclusive(Term),
    MaxInclusive(Term),
    MinLength(usize),
    MaxLength(usize),
    Pattern(Regex),
    LanguageIn(Vec<String>),
    UniqueLang,
    Equals(NamedNode),
    Disjoint(NamedNode),
    LessThan(NamedNode),
    LessThanOrEquals(NamedNode),
    Not(ShapeId),
    And(Vec<ShapeId>),
    Or(Vec<ShapeId>),
    Xone(Vec<ShapeId>),
    Node(ShapeId),
    Property(ShapeId),
    Qualified {
        shape: ShapeId,
        min: Option<usize>,
        max: Option<usize>,
    },
    Closed(Vec<NamedNode>),
    HasValue(Term),
    In(Vec<Term>),
    Sparql(Box<Select>),
}

/// Parameters that say nothing of validity by themselves, or are read with another one.
const SILENT: &[&str] = &[
    "message",
    "deactivated",
    "name",
    "description",
    "order",
    "group",
    "defaultValue",
    "path",
    "targetNode",
    "targetClass",
    "targetSubjectsOf",
    "targetObjectsOf",
    "flags",
    "ignoredProperties",
    "qualifiedMinCount",
    "qualifiedMaxCount",
];

impl Shapes {
    /// Reads every shape that has a target, and those they name.
    pub(super) fn parse(graph: &Graph) -> Result<Self, UnsupportedShapes> {
        let mut shapes = Self::default();
        let mut roots: Vec<Term> = [
            "targetNode",
            "targetClass",
            "targetSubjectsOf",
            "targetObjectsOf",
        ]
        .iter()
        .flat_map(|target| {
            let target = sh(target);
            graph
                .triples_for_predicate(&target)
                .map(|triple| Term::from(triple.subject.into_owned()))
                .collect::<Vec<_>>()
        })
        .collect();
        roots.sort_by_cached_key(Term::to_string);
        roots.dedup();
        for root in roots {
            Reader {
                graph,
                shapes: &mut shapes,
                open: Vec::new(),
            }
            .shape(&root)?;
        }
        Ok(shapes)
    }
}

pub(super) fn sh(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{local}"))
}

struct Reader<'a> {
    graph: &'a Graph,
    shapes: &'a mut Shapes,
    /// The shapes being read, to notice one that names itself.
    open: Vec<String>,
}

impl Reader<'_> {
    fn fail<T>(&self, reason: impl Into<String>) -> Result<T, UnsupportedShapes> {
        Err(UnsupportedShapes {
            shape: self.open.last().cloned().unwrap_or_default(),
            reason: reason.into(),
        })
    }

    fn shape(&mut self, node: &Term) -> Result<ShapeId, UnsupportedShapes> {
        let name = node.to_string();
        if let Some(id) = self.shapes.by_node.get(&name) {
            return Ok(*id);
        }
        if self.open.contains(&name) {
            return self.fail(format!("it names itself through {name}"));
        }
        self.open.push(name.clone());
        let shape = self.read(node, name.clone())?;
        self.open.pop();
        let id = self.shapes.all.len();
        self.shapes.all.push(shape);
        self.shapes.by_node.insert(name, id);
        Ok(id)
    }

    fn read(&mut self, node: &Term, name: String) -> Result<Shape, UnsupportedShapes> {
        let mut shape = Shape {
            name,
            targets: self.targets(node)?,
            messages: messages(self.graph, node),
            deactivated: self.flag(node, "deactivated"),
            ..Shape::default()
        };
        if let Some(path) = self.one(node, "path") {
            shape.path = Some(self.path(&path)?);
        }
        for (parameter, value) in self.parameters(node) {
            if let Some(constraint) = self.constraint(node, &shape, &parameter, &value)? {
                shape.constraints.push(constraint);
            }
        }
        Ok(shape)
    }

    fn constraint(
        &mut self,
        node: &Term,
        shape: &Shape,
        parameter: &str,
        value: &Term,
    ) -> Result<Option<Constraint>, UnsupportedShapes> {
        use Constraint as C;
        Ok(Some(match parameter {
            "class" => C::Class(value.clone()),
            "datatype" => C::Datatype(self.iri(value)?),
            "nodeKind" => C::NodeKind(self.local(value)?),
            "minCount" => C::MinCount(self.number(value)?),
            "maxCount" => C::MaxCount(self.number(value)?),
            "minExclusive" => C::MinExclusive(value.clone()),
            "minInclusive" => C::MinInclusive(value.clone()),
            "maxExclusive" => C::MaxExclusive(value.clone()),
            "maxInclusive" => C::MaxInclusive(value.clone()),
            "minLength" => C::MinLength(self.number(value)?),
            "maxLength" => C::MaxLength(self.number(value)?),
            "pattern" => C::Pattern(self.pattern(node, value)?),
            "languageIn" => C::LanguageIn(
                self.list(value)?
                    .iter()
                    .map(|language| text(language).to_lowercase())
                    .collect(),
            ),
            "uniqueLang" if text(value) == "true" => C::UniqueLang,
            "closed" if text(value) == "true" => C::Closed(self.allowed(node)?),
            "uniqueLang" | "closed" => return Ok(None),
            "equals" => C::Equals(self.iri(value)?),
            "disjoint" => C::Disjoint(self.iri(value)?),
            "lessThan" => C::LessThan(self.iri(value)?),
            "lessThanOrEquals" => C::LessThanOrEquals(self.iri(value)?),
            "not" => C::Not(self.shape(value)?),
            "and" => C::And(self.shape_list(value)?),
            "or" => C::Or(self.shape_list(value)?),
            "xone" => C::Xone(self.shape_list(value)?),
            "node" => C::Node(self.shape(value)?),
            "property" => C::Property(self.shape(value)?),
            "qualifiedValueShape" => C::Qualified {
                shape: self.shape(value)?,
                min: self
                    .one(node, "qualifiedMinCount")
                    .map(|n| self.number(&n))
                    .transpose()?,
                max: self
                    .one(node, "qualifiedMaxCount")
                    .map(|n| self.number(&n))
                    .transpose()?,
            },
            "hasValue" => C::HasValue(value.clone()),
            "in" => C::In(self.list(value)?),
            "sparql" => C::Sparql(Box::new(self.select(value, shape.path.as_ref())?)),
            "severity" if *value == Term::from(sh("Violation")) => return Ok(None),
            silent if SILENT.contains(&silent) => return Ok(None),
            other => return self.fail(format!("sh:{other} {value} is not supported")),
        }))
    }

    /// The `sh:` properties of a shape with their values, in a fixed order.
    fn parameters(&self, node: &Term) -> Vec<(String, Term)> {
        let Some(subject) = as_subject(node) else {
            return Vec::new();
        };
        let mut parameters: Vec<_> = self
            .graph
            .triples_for_subject(subject)
            .filter_map(|triple| {
                let local = triple.predicate.as_str().strip_prefix(SH)?;
                Some((local.to_owned(), triple.object.into_owned()))
            })
            .collect();
        parameters.sort_by_cached_key(|(name, value)| (name.clone(), value.to_string()));
        parameters
    }

    fn values(&self, node: &Term, parameter: &str) -> Vec<Term> {
        objects(self.graph, node, sh(parameter).as_ref())
    }

    fn one(&self, node: &Term, parameter: &str) -> Option<Term> {
        self.values(node, parameter).into_iter().next()
    }

    fn flag(&self, node: &Term, parameter: &str) -> bool {
        self.one(node, parameter)
            .is_some_and(|value| text(&value) == "true")
    }

    fn targets(&self, node: &Term) -> Result<Vec<Target>, UnsupportedShapes> {
        let mut targets = Vec::new();
        targets.extend(
            self.values(node, "targetNode")
                .into_iter()
                .map(Target::Node),
        );
        targets.extend(
            self.values(node, "targetClass")
                .into_iter()
                .map(Target::Class),
        );
        for property in self.values(node, "targetSubjectsOf") {
            targets.push(Target::SubjectsOf(self.iri(&property)?));
        }
        for property in self.values(node, "targetObjectsOf") {
            targets.push(Target::ObjectsOf(self.iri(&property)?));
        }
        Ok(targets)
    }

    fn path(&self, node: &Term) -> Result<Path, UnsupportedShapes> {
        if let Term::NamedNode(predicate) = node {
            return Ok(Path::Predicate(predicate.clone()));
        }
        if !objects(self.graph, node, rdf::FIRST).is_empty() {
            let steps = self.list(node)?;
            return Ok(Path::Sequence(self.paths(&steps)?));
        }
        match self.parameters(node).as_slice() {
            [(kind, inner)] => match kind.as_str() {
                "inversePath" => Ok(Path::Inverse(Box::new(self.path(inner)?))),
                "alternativePath" => Ok(Path::Alternative(self.paths(&self.list(inner)?)?)),
                "zeroOrMorePath" => Ok(Path::ZeroOrMore(Box::new(self.path(inner)?))),
                "oneOrMorePath" => Ok(Path::OneOrMore(Box::new(self.path(inner)?))),
                "zeroOrOnePath" => Ok(Path::ZeroOrOne(Box::new(self.path(inner)?))),
                other => self.fail(format!("sh:{other} is not a path")),
            },
            _ => self.fail(format!("{node} is not a path")),
        }
    }

    fn paths(&self, nodes: &[Term]) -> Result<Vec<Path>, UnsupportedShapes> {
        nodes.iter().map(|node| self.path(node)).collect()
    }

    fn list(&self, head: &Term) -> Result<Vec<Term>, UnsupportedShapes> {
        let mut items = Vec::new();
        let mut at = head.clone();
        while at != Term::from(rdf::NIL.into_owned()) {
            let (Some(first), Some(rest)) = (
                objects(self.graph, &at, rdf::FIRST).pop(),
                objects(self.graph, &at, rdf::REST).pop(),
            ) else {
                return self.fail(format!("{head} is not a list"));
            };
            items.push(first);
            if items.len() > 10_000 {
                return self.fail(format!("the list {head} has no end"));
            }
            at = rest;
        }
        Ok(items)
    }

    fn shape_list(&mut self, head: &Term) -> Result<Vec<ShapeId>, UnsupportedShapes> {
        self.list(head)?
            .iter()
            .map(|node| self.shape(node))
            .collect()
    }

    /// The properties that a closed shape allows (section 4.8.1).
    fn allowed(&self, node: &Term) -> Result<Vec<NamedNode>, UnsupportedShapes> {
        let mut allowed = Vec::new();
        for property in self.values(node, "property") {
            if let Some(Term::NamedNode(path)) = self.one(&property, "path") {
                allowed.push(path);
            }
        }
        if let Some(list) = self.one(node, "ignoredProperties") {
            for property in self.list(&list)? {
                allowed.push(self.iri(&property)?);
            }
        }
        Ok(allowed)
    }

    fn pattern(&self, node: &Term, value: &Term) -> Result<Regex, UnsupportedShapes> {
        let flags = self.one(node, "flags").map(|flags| text(&flags).to_owned());
        let mut builder = RegexBuilder::new(text(value));
        for flag in flags.unwrap_or_default().chars() {
            match flag {
                'i' => builder.case_insensitive(true),
                'm' => builder.multi_line(true),
                's' => builder.dot_matches_new_line(true),
                'x' => builder.ignore_whitespace(true),
                other => {
                    return self.fail(format!("the flag {other} of a pattern is not supported"));
                }
            };
        }
        match builder.build() {
            Ok(pattern) => Ok(pattern),
            Err(error) => self.fail(error.to_string()),
        }
    }

    fn select(&self, node: &Term, path: Option<&Path>) -> Result<Select, UnsupportedShapes> {
        for (parameter, _) in self.parameters(node) {
            if !["select", "prefixes", "message"].contains(&parameter.as_str()) {
                return self.fail(format!(
                    "sh:{parameter} of a SPARQL constraint is not supported"
                ));
            }
        }
        let Some(query) = self.one(node, "select") else {
            return self.fail("a SPARQL constraint has no sh:select");
        };
        let mut prologue = Vec::new();
        for holder in self.values(node, "prefixes") {
            for declaration in self.values(&holder, "declare") {
                let prefix = self.one(&declaration, "prefix");
                let namespace = self.one(&declaration, "namespace");
                if let (Some(prefix), Some(namespace)) = (prefix, namespace) {
                    prologue.push(format!(
                        "PREFIX {}: <{}>\n",
                        text(&prefix),
                        text(&namespace)
                    ));
                }
            }
        }
        match Select::new(
            &prologue.concat(),
            text(&query),
            path,
            messages(self.graph, node),
        ) {
            Ok(select) => Ok(select),
            Err(reason) => self.fail(reason),
        }
    }

    fn iri(&self, term: &Term) -> Result<NamedNode, UnsupportedShapes> {
        match term {
            Term::NamedNode(node) => Ok(node.clone()),
            other => self.fail(format!("{other} must be an IRI")),
        }
    }

    fn local(&self, term: &Term) -> Result<String, UnsupportedShapes> {
        let iri = self.iri(term)?;
        match iri.as_str().strip_prefix(SH) {
            Some(local) => Ok(local.to_owned()),
            None => self.fail(format!("{iri} is not a node kind")),
        }
    }

    fn number(&self, term: &Term) -> Result<usize, UnsupportedShapes> {
        match text(term).parse() {
            Ok(number) => Ok(number),
            Err(_) => self.fail(format!("{term} must be a whole number")),
        }
    }
}

fn objects(graph: &Graph, node: &Term, predicate: NamedNodeRef<'_>) -> Vec<Term> {
    let Some(subject) = as_subject(node) else {
        return Vec::new();
    };
    let mut objects: Vec<_> = graph
        .objects_for_subject_predicate(subject, predicate)
        .map(TermRef::into_owned)
        .collect();
    objects.sort_by_cached_key(Term::to_string);
    objects
}

fn messages(graph: &Graph, node: &Term) -> Messages {
    objects(graph, node, sh("message").as_ref())
        .into_iter()
        .filter_map(|message| match message {
            Term::Literal(literal) => {
                let language = literal.language().unwrap_or("en").to_owned();
                Some((language, literal.value().to_owned()))
            }
            _ => None,
        })
        .collect()
}

/// The text of a literal, the IRI of a node.
fn text(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => Literal::value(literal),
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Base, parse};

    fn refusal(body: &str) -> String {
        let text = format!(
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <http://example.org/> .\n{body}"
        );
        let (graph, findings) = parse::turtle(text.as_bytes(), &Base::default(), "test");
        // A test whose Turtle is wrong must not pass by accident.
        assert_eq!(findings, [], "{text}");
        Shapes::parse(&graph).expect_err(body).to_string()
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        for (body, word) in [
            (
                ":s sh:targetClass :C ; sh:property [ sh:path :p ; sh:rule 1 ] .",
                "sh:rule",
            ),
            (
                ":s sh:targetClass :C ; sh:severity sh:Warning .",
                "sh:severity",
            ),
            (
                ":s sh:targetClass :C ; sh:property [ sh:path [ sh:foo :p ] ] .",
                "sh:foo",
            ),
            (
                ":s sh:targetClass :C ; sh:sparql [ sh:ask \"ASK {}\" ] .",
                "sh:ask",
            ),
            (
                ":s sh:targetClass :C ; sh:sparql [ sh:select \"SELECT\" ] .",
                "SELECT",
            ),
            (":s sh:targetClass :C ; sh:node :s .", "names itself"),
            (
                ":s sh:targetClass :C ; sh:property [ sh:path :p ; sh:pattern \"(\" ] .",
                "regex",
            ),
        ] {
            let error = refusal(body);
            assert!(error.contains(word), "{error}");
        }
    }
}
