//! A description as compact, nested JSON-LD 1.1 with our context.
//!
//! Which term a property has, and how its values are written, is read from
//! `vocab/context.jsonld`; what is nested in what from [`mod@super::describe`]. A value that its
//! term cannot carry is written out in full, so nothing is lost.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxrdf::{
    Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef,
};
use serde_json::{Map, Value, json};

use super::context::{Coercion, Context, TermDefinition, context};
use super::describe::{ALWAYS, Link, Nest, nests_of};
use super::{Description, Error};
use crate::rdf::serialize::reading_order;
use crate::store::Snapshot;
use crate::vocab::{plan, rdf, xsd};

/// The JSON-LD document of a description.
///
/// The resource is the top object; what belongs to it is nested. Nodes that no rule nests
/// stand in `included`.
pub fn document(snapshot: &Snapshot, description: &Description) -> Result<Value, Error> {
    let mut writer = Writer {
        context: context()?,
        graph: &description.graph,
        whole: description.whole,
        written: HashSet::new(),
    };
    let mut top = Map::new();
    let url = snapshot.base().node("ns/context.jsonld");
    top.insert("@context".to_owned(), json!(url.as_str()));
    if description.named_graph {
        top.insert("@graph".to_owned(), Value::Array(writer.rest()));
        return Ok(Value::Object(top));
    }
    top.append(&mut writer.node(&description.iri.clone().into()));
    let rest = writer.rest();
    if !rest.is_empty() {
        top.insert("included".to_owned(), Value::Array(rest));
    }
    Ok(Value::Object(top))
}

/// A key with its place in the output, and its value.
type Field = ((usize, String), Value);

struct Writer<'a> {
    context: &'static Context,
    graph: &'a Graph,
    /// Whether a list that is not there is empty.
    whole: bool,
    /// The subjects that stand in the document already.
    written: HashSet<NamedOrBlankNode>,
}

impl Writer<'_> {
    /// The objects of the subjects that do not stand in the document yet, plans and
    /// everything else that nests first, nodes without an address last.
    fn rest(&mut self) -> Vec<Value> {
        let mut subjects: Vec<NamedOrBlankNode> = self
            .graph
            .iter()
            .map(|triple| triple.subject.into_owned())
            .collect();
        subjects.sort_by_cached_key(|node| {
            let name = name(node);
            (node.is_blank_node(), name.matches('/').count(), name)
        });
        subjects.dedup();
        let mut objects = Vec::new();
        for subject in subjects {
            if !self.written.contains(&subject) {
                objects.push(Value::Object(self.node(&subject)));
            }
        }
        objects
    }

    fn node(&mut self, node: &NamedOrBlankNode) -> Map<String, Value> {
        self.written.insert(node.clone());
        let types = self.types(node.as_ref());
        let mut fields: Vec<Field> = Vec::new();
        let mut nested_properties = BTreeSet::new();
        for nest in nests_of(&types) {
            let Some(value) = self.nested(node, nest) else {
                continue;
            };
            if nest.link == Link::Forward {
                nested_properties.insert(nest.property.as_str());
            }
            merge(
                &mut fields,
                (self.place(nest.term), nest.term.to_owned()),
                value,
            );
        }
        for (predicate, objects) in self.properties(node) {
            if nested_properties.contains(predicate.as_str()) {
                continue;
            }
            if predicate.as_ref() == rdf::TYPE {
                fields.extend(self.odd_types(&predicate, &objects));
                continue;
            }
            fields.extend(match self.mentions(&types, &predicate, &objects) {
                Some(field) => vec![field],
                None => self.property(&predicate, &objects),
            });
        }
        if self.whole {
            self.add_empty_lists(&types, &mut fields);
        }
        fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(name(node)));
        if !types.is_empty() {
            let names = types.iter().map(|class| self.class_name(class)).collect();
            object.insert("type".to_owned(), Value::Array(names));
        }
        object.extend(fields.into_iter().map(|((_, name), value)| (name, value)));
        object
    }

    /// What a rule nests under a node; `None` where there is nothing to nest.
    fn nested(&mut self, node: &NamedOrBlankNode, nest: &Nest) -> Option<Value> {
        let children = self.children(
            node.as_ref(),
            nest.property,
            nest.link,
            nest.class,
            nest.unless,
        );
        let free =
            |child: &NamedOrBlankNode| self.described(child) && !self.written.contains(child);
        let children: Vec<_> = match nest.link {
            // A link that is not nested must be written, so it is all of them or none.
            Link::Forward
                if children.len() != self.count(node, nest.property)
                    || !children.iter().all(free) =>
            {
                return None;
            }
            Link::Forward => children,
            // Here the nested node holds the link, wherever it stands.
            Link::Backward => children.into_iter().filter(free).collect(),
        };
        if children.is_empty() {
            return None;
        }
        let mut values: Vec<Value> = children
            .iter()
            .map(|child| Value::Object(self.node(child)))
            .collect();
        let list = self.is_list(nest.term, nest.link, nest.property);
        Some(match values.len() {
            1 if !list => values.remove(0),
            _ => Value::Array(values),
        })
    }

    /// The place of a term in the output.
    fn place(&self, term: &str) -> usize {
        self.context.places.get(term).copied().unwrap_or(usize::MAX)
    }

    fn add_empty_lists(&self, types: &[NamedNode], fields: &mut Vec<Field>) {
        for (class, terms) in ALWAYS {
            if !types.iter().any(|own| own.as_ref() == *class) {
                continue;
            }
            for term in *terms {
                let place = self.place(term);
                if !fields.iter().any(|((_, name), _)| name == term) {
                    fields.push(((place, (*term).to_owned()), json!([])));
                }
            }
        }
    }

    fn is_list(&self, term: &str, link: Link, property: NamedNodeRef<'_>) -> bool {
        link == Link::Backward
            || self
                .context
                .terms
                .get(property.as_str())
                .is_some_and(|definition| definition.name == term && definition.set)
    }

    fn types(&self, node: NamedOrBlankNodeRef<'_>) -> Vec<NamedNode> {
        let mut types: Vec<_> = self
            .graph
            .objects_for_subject_predicate(node, rdf::TYPE)
            .filter_map(|class| match class.into_owned() {
                Term::NamedNode(class) => Some(class),
                _ => None,
            })
            .collect();
        types.sort_by_cached_key(|class| {
            (
                !class.as_str().starts_with(plan::NS),
                class.as_str().to_owned(),
            )
        });
        types
    }

    fn class_name(&self, class: &NamedNode) -> Value {
        let name = self.context.classes.get(class.as_str());
        json!(
            name.cloned()
                .unwrap_or_else(|| self.context.shorten(class.as_str()))
        )
    }

    /// Classes that are no IRIs, which only a mistake can give; `type` has no room for them.
    fn odd_types(&self, predicate: &NamedNode, objects: &[Term]) -> Option<Field> {
        let odd: Vec<Value> = objects
            .iter()
            .filter(|object| !object.is_named_node())
            .map(|object| self.full(object))
            .collect();
        let key = (usize::MAX, self.context.shorten(predicate.as_str()));
        (!odd.is_empty()).then(|| (key, Value::Array(odd)))
    }

    fn described(&self, node: &NamedOrBlankNode) -> bool {
        self.graph.triples_for_subject(node).next().is_some()
    }

    fn count(&self, node: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> usize {
        self.graph
            .objects_for_subject_predicate(node, property)
            .count()
    }

    /// The nodes that a nest rule puts under a node, in document order.
    fn children(
        &self,
        node: NamedOrBlankNodeRef<'_>,
        property: NamedNodeRef<'_>,
        link: Link,
        class: Option<NamedNodeRef<'_>>,
        unless: &[NamedNodeRef<'_>],
    ) -> Vec<NamedOrBlankNode> {
        let mut children: Vec<NamedOrBlankNode> = match link {
            Link::Forward => self
                .graph
                .objects_for_subject_predicate(node, property)
                .filter_map(|object| match object {
                    TermRef::NamedNode(object) => Some(object.into_owned().into()),
                    TermRef::BlankNode(object) => Some(object.into_owned().into()),
                    TermRef::Literal(_) => None,
                })
                .collect(),
            Link::Backward => self
                .graph
                .subjects_for_predicate_object(property, node)
                .map(NamedOrBlankNodeRef::into_owned)
                .collect(),
        };
        children.retain(|child| {
            let has = |property: &NamedNodeRef<'_>| {
                self.graph
                    .object_for_subject_predicate(child, *property)
                    .is_some()
            };
            class.is_none_or(|class| {
                self.types(child.as_ref())
                    .iter()
                    .any(|own| own.as_ref() == class)
            }) && !unless.iter().any(has)
        });
        children.sort_by_cached_key(|child| (self.position(child), name(child)));
        children
    }

    fn position(&self, node: &NamedOrBlankNode) -> u64 {
        match self
            .graph
            .object_for_subject_predicate(node, plan::POSITION)
        {
            Some(TermRef::Literal(position)) => position.value().parse().unwrap_or(u64::MAX),
            _ => u64::MAX,
        }
    }

    fn properties(&self, node: &NamedOrBlankNode) -> BTreeMap<NamedNode, Vec<Term>> {
        let mut properties: BTreeMap<NamedNode, Vec<Term>> = BTreeMap::new();
        for triple in self.graph.triples_for_subject(node) {
            properties
                .entry(triple.predicate.into_owned())
                .or_default()
                .push(triple.object.into_owned());
        }
        for objects in properties.values_mut() {
            objects.sort_by_cached_key(reading_order);
        }
        properties
    }

    /// Links to nodes that usually stand here and are described elsewhere, as objects too, so
    /// that a reader meets the same shape: `{ "id": … }`. Only whole nodes nest others.
    fn mentions(
        &self,
        types: &[NamedNode],
        predicate: &NamedNode,
        objects: &[Term],
    ) -> Option<Field> {
        let nest = nests_of(types)
            .find(|nest| nest.link == Link::Forward && nest.property == predicate.as_ref())?;
        if !self.whole || !objects.iter().all(Term::is_named_node) {
            return None;
        }
        let mut values: Vec<Value> = objects.iter().map(|object| self.full(object)).collect();
        let list = self.is_list(nest.term, nest.link, nest.property);
        let value = match values.len() {
            1 if !list => values.remove(0),
            _ => Value::Array(values),
        };
        Some(((self.place(nest.term), nest.term.to_owned()), value))
    }

    /// A property as one field, or two where its term cannot carry all of its values.
    fn property(&self, predicate: &NamedNode, objects: &[Term]) -> Vec<Field> {
        let full = self.context.shorten(predicate.as_str());
        let Some(term) = self.context.terms.get(predicate.as_str()) else {
            let values = objects.iter().map(|object| self.full(object)).collect();
            return vec![((usize::MAX, full), Value::Array(values))];
        };
        let (fit, rest): (Vec<&Term>, Vec<&Term>) = objects
            .iter()
            .partition(|object| coerce(term, object).is_some());
        let mut fields = Vec::new();
        if !fit.is_empty() {
            let value = if term.coercion == Coercion::Language {
                language_map(&fit, term.set)
            } else {
                let mut values: Vec<Value> = fit
                    .iter()
                    .filter_map(|object| coerce(term, object))
                    .collect();
                match values.len() {
                    1 if !term.set => values.remove(0),
                    _ => Value::Array(values),
                }
            };
            fields.push(((term.place, term.name.clone()), value));
        }
        if !rest.is_empty() {
            let values = rest.into_iter().map(|object| self.full(object)).collect();
            fields.push(((usize::MAX, full), Value::Array(values)));
        }
        fields
    }

    /// The value in full, which needs no term.
    fn full(&self, object: &Term) -> Value {
        match object {
            Term::NamedNode(node) => json!({ "id": node.as_str() }),
            Term::BlankNode(node) => json!({ "id": format!("_:{}", node.as_str()) }),
            Term::Literal(literal) => match literal.language() {
                Some(language) => json!({ "@value": literal.value(), "@language": language }),
                None => json!({
                    "@value": literal.value(),
                    "@type": self.context.shorten(literal.datatype().as_str()),
                }),
            },
        }
    }
}

/// What a node is called in `id`.
fn name(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => format!("_:{}", node.as_str()),
    }
}

/// The value as its term writes it; `None` where the term would change it.
fn coerce(term: &TermDefinition, object: &Term) -> Option<Value> {
    match (&term.coercion, object) {
        (Coercion::Language, Term::Literal(literal)) => {
            literal.language().map(|_| json!(literal.value()))
        }
        (Coercion::Id, Term::NamedNode(node)) => Some(json!(node.as_str())),
        (Coercion::Datatype(datatype), Term::Literal(literal)) => {
            (literal.datatype().as_str() == datatype).then(|| json!(literal.value()))
        }
        (Coercion::None, Term::Literal(literal)) => native(literal),
        _ => None,
    }
}

/// Two rules can share a term, as the layers of a plan do: their nodes make one list.
fn merge(fields: &mut Vec<Field>, key: (usize, String), value: Value) {
    if let Some((_, Value::Array(list))) = fields.iter_mut().find(|(own, _)| *own == key) {
        match value {
            Value::Array(more) => list.extend(more),
            one => list.push(one),
        }
    } else {
        fields.push((key, value));
    }
}

/// Texts by language: one text, or a list where the term has lists or a language has several.
fn language_map(objects: &[&Term], set: bool) -> Value {
    let mut languages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for object in objects {
        if let Term::Literal(literal) = object {
            let language = literal.language().unwrap_or_default();
            languages.entry(language).or_default().push(literal.value());
        }
    }
    let map = languages.into_iter().map(|(language, texts)| {
        let value = match texts.as_slice() {
            [one] if !set => json!(one),
            many => json!(many),
        };
        (language.to_owned(), value)
    });
    Value::Object(map.collect())
}

/// A text, number or truth value that JSON-LD reads back as the same literal (JSON-LD 1.1
/// API section 8.6, "Object to RDF Conversion").
fn native(literal: &Literal) -> Option<Value> {
    if literal.language().is_some() {
        return None;
    }
    let text = literal.value();
    if literal.datatype() == xsd::STRING {
        return Some(json!(text));
    }
    if literal.datatype() == xsd::BOOLEAN {
        return text.parse::<bool>().ok().map(|truth| json!(truth));
    }
    if literal.datatype() == xsd::INTEGER {
        // Beyond 2^53 JavaScript rounds.
        let number: i64 = text.parse().ok()?;
        let exact = number.to_string() == text && number.unsigned_abs() < (1 << 53);
        return exact.then(|| json!(number));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::describe::NESTS;
    use super::*;

    fn entries() -> Map<String, Value> {
        let context: Value = serde_json::from_str(crate::vocab::CONTEXT).unwrap();
        context["@context"].as_object().unwrap().clone()
    }

    #[test]
    fn the_context_has_every_term_that_nests_in_its_direction() {
        let (entries, context) = (entries(), context().unwrap());
        for nest in NESTS {
            let direction = match nest.link {
                Link::Forward => "@id",
                Link::Backward => "@reverse",
            };
            let property = entries[nest.term][direction].as_str();
            assert_eq!(
                property.map(|compact| context.expand(compact)).as_deref(),
                Some(nest.property.as_str()),
                "{}",
                nest.term
            );
            let list = &entries[nest.term]["@container"];
            assert!(
                nest.link == Link::Forward || list == "@set",
                "{} is always a list",
                nest.term
            );
            for class in nest.class.iter().chain([&nest.owner]) {
                assert!(context.classes.contains_key(class.as_str()), "{class}");
            }
        }
    }

    #[test]
    fn a_list_that_is_always_there_is_one_that_nests() {
        let entries = entries();
        for (class, terms) in ALWAYS {
            for term in *terms {
                assert!(
                    NESTS
                        .iter()
                        .any(|nest| nest.owner == *class && nest.term == *term),
                    "{class} {term}"
                );
                assert_eq!(entries[*term]["@container"], "@set", "{term}");
            }
        }
    }
}
