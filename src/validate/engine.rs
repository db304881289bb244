//! Data and shapes → findings (SHACL sections 3 and 4).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use oxrdf::{NamedNode, Term};
use rustc_hash::FxHashSet;

use super::compare::{compare, is_well_formed};
use super::data::{Data, Id};
use super::shapes::{Constraint, Messages, Shape, ShapeId, Shapes, Target};
use super::sparql::Select;
use crate::model::{Finding, Place};
use crate::vocab::compact;

/// Every finding about the focus nodes that are `within`.
pub(super) fn validate(shapes: &Shapes, data: &Data<'_>, within: &FxHashSet<Id>) -> Vec<Finding> {
    let engine = Engine { shapes, data };
    let mut findings = Vec::new();
    for shape in shapes.all.iter().filter(|shape| !shape.deactivated) {
        let nodes = engine.focus_nodes(shape, within);
        findings.extend(engine.check(shape, &nodes));
    }
    findings
}

struct Engine<'a> {
    shapes: &'a Shapes,
    data: &'a Data<'a>,
}

/// One violation of one constraint.
struct Violation<'a> {
    value: Option<Term>,
    messages: Option<&'a Messages>,
    /// What is wrong, where the shapes give no message of their own.
    component: String,
}

impl Violation<'_> {
    fn new(component: impl Into<String>, value: Option<Term>) -> Self {
        Self {
            value,
            messages: None,
            component: component.into(),
        }
    }
}

impl<'a> Engine<'a> {
    fn focus_nodes(&self, shape: &Shape, within: &FxHashSet<Id>) -> Vec<Term> {
        let mut nodes: Vec<Id> = Vec::new();
        for target in &shape.targets {
            match target {
                Target::Node(node) => nodes.extend(self.data.number(node)),
                Target::Class(class) => {
                    nodes.extend(self.data.instances(&self.data.subclasses(class)));
                }
                Target::SubjectsOf(property) => {
                    let triples = self.data.with_property(property.as_ref());
                    nodes.extend(triples.map(|[subject, _, _]| subject));
                }
                Target::ObjectsOf(property) => {
                    let triples = self.data.with_property(property.as_ref());
                    nodes.extend(triples.map(|[_, _, object]| object));
                }
            }
        }
        nodes.retain(|node| within.contains(node));
        nodes.sort_unstable();
        nodes.dedup();
        let terms = nodes.iter().filter_map(|node| self.data.term(*node));
        let mut terms: Vec<Term> = terms.cloned().collect();
        terms.sort_by_cached_key(Term::to_string);
        terms
    }

    /// The findings of a shape about focus nodes, nested property shapes included.
    fn check(&self, shape: &'a Shape, nodes: &[Term]) -> Vec<Finding> {
        if shape.deactivated {
            return Vec::new();
        }
        let values = |focus: &Term| match &shape.path {
            Some(path) => path.values(self.data, focus),
            None => vec![focus.clone()],
        };
        let values: Vec<_> = nodes.iter().map(values).collect();
        let mut findings = vec![Vec::new(); nodes.len()];
        for constraint in &shape.constraints {
            // A query is costly to begin and asks about all nodes at once.
            if let Constraint::Sparql(select) = constraint {
                for (place, violation) in self.offences(select, shape, nodes) {
                    findings[place].push(finding(shape, &nodes[place], violation));
                }
                continue;
            }
            for ((focus, values), findings) in nodes.iter().zip(&values).zip(&mut findings) {
                if let Constraint::Property(id) = constraint {
                    findings.extend(self.check(self.shape(*id), values));
                    continue;
                }
                for violation in self.violations(constraint, focus, values) {
                    findings.push(finding(shape, focus, violation));
                }
            }
        }
        findings.concat()
    }

    fn shape(&self, id: ShapeId) -> &'a Shape {
        &self.shapes.all[id]
    }

    fn conforms(&self, id: ShapeId, node: &Term) -> bool {
        self.check(self.shape(id), std::slice::from_ref(node))
            .is_empty()
    }

    fn violations(
        &self,
        constraint: &'a Constraint,
        focus: &Term,
        values: &[Term],
    ) -> Vec<Violation<'a>> {
        use Constraint as C;
        let each = |name: &str, ok: &dyn Fn(&Term) -> bool| -> Vec<Violation<'a>> {
            values
                .iter()
                .filter(|value| !ok(value))
                .map(|value| Violation::new(name, Some(value.clone())))
                .collect()
        };
        let whole = |name: &str, ok: bool| -> Vec<Violation<'a>> {
            if ok {
                Vec::new()
            } else {
                vec![Violation::new(name, None)]
            }
        };
        match constraint {
            C::Class(class) => {
                let classes = self.data.subclasses(class);
                each("class", &|value| self.data.is_a(value, &classes))
            }
            C::Datatype(datatype) => each("datatype", &|value| has_datatype(value, datatype)),
            C::NodeKind(kind) => each("nodeKind", &|value| is_kind(value, kind)),
            C::MinCount(least) => whole("minCount", values.len() >= *least),
            C::MaxCount(most) => whole("maxCount", values.len() <= *most),
            C::MinExclusive(bound) => each("minExclusive", &|value| {
                compare(value, bound) == Some(Ordering::Greater)
            }),
            C::MinInclusive(bound) => each("minInclusive", &|value| {
                compare(value, bound).is_some_and(Ordering::is_ge)
            }),
            C::MaxExclusive(bound) => each("maxExclusive", &|value| {
                compare(value, bound) == Some(Ordering::Less)
            }),
            C::MaxInclusive(bound) => each("maxInclusive", &|value| {
                compare(value, bound).is_some_and(Ordering::is_le)
            }),
            C::MinLength(least) => each("minLength", &|value| {
                lexical(value).is_some_and(|text| text.chars().count() >= *least)
            }),
            C::MaxLength(most) => each("maxLength", &|value| {
                lexical(value).is_some_and(|text| text.chars().count() <= *most)
            }),
            C::Pattern(pattern) => each("pattern", &|value| {
                lexical(value).is_some_and(|text| pattern.is_match(text))
            }),
            C::LanguageIn(ranges) => each("languageIn", &|value| {
                language(value).is_some_and(|tag| ranges.iter().any(|range| in_range(tag, range)))
            }),
            C::UniqueLang => repeated_languages(values),
            C::Equals(other) => self.equals(focus, values, other),
            C::Disjoint(other) => {
                let others = self.data.objects(focus, other.as_ref());
                each("disjoint", &|value| !others.contains(value))
            }
            C::LessThan(other) => self.less(focus, values, other, "lessThan", Ordering::is_lt),
            C::LessThanOrEquals(other) => {
                self.less(focus, values, other, "lessThanOrEquals", Ordering::is_le)
            }
            C::Not(shape) => each("not", &|value| !self.conforms(*shape, value)),
            C::And(all) => each("and", &|value| {
                all.iter().all(|id| self.conforms(*id, value))
            }),
            C::Or(any) => each("or", &|value| {
                any.iter().any(|id| self.conforms(*id, value))
            }),
            C::Xone(one) => each("xone", &|value| {
                one.iter().filter(|id| self.conforms(**id, value)).count() == 1
            }),
            C::Node(shape) => each("node", &|value| self.conforms(*shape, value)),
            // Nested property shapes report for themselves, and queries are about many nodes.
            C::Property(_) | C::Sparql(_) => Vec::new(),
            C::Qualified { shape, min, max } => {
                let count = values
                    .iter()
                    .filter(|value| self.conforms(*shape, value))
                    .count();
                let enough = min.is_none_or(|least| count >= least);
                let not_too_many = max.is_none_or(|most| count <= most);
                whole("qualifiedValueShape", enough && not_too_many)
            }
            C::Closed(allowed) => values
                .iter()
                .flat_map(|value| self.outside(value, allowed))
                .collect(),
            C::HasValue(wanted) => whole("hasValue", values.contains(wanted)),
            C::In(allowed) => each("in", &|value| allowed.contains(value)),
        }
    }

    /// The violations of a SPARQL constraint, each with the place of its focus node.
    fn offences(
        &self,
        select: &'a Select,
        shape: &Shape,
        nodes: &[Term],
    ) -> Vec<(usize, Violation<'a>)> {
        match select.violations(self.data, nodes) {
            Ok(found) => found
                .into_iter()
                .map(|(place, value)| {
                    let itself = || shape.path.is_none().then(|| nodes[place].clone());
                    let violation = Violation {
                        value: value.or_else(itself),
                        messages: Some(&select.messages),
                        component: "sparql".to_owned(),
                    };
                    (place, violation)
                })
                .collect(),
            // A constraint that cannot be evaluated is not kept.
            Err(reason) => (0..nodes.len())
                .map(|place| (place, Violation::new(reason.clone(), None)))
                .collect(),
        }
    }

    fn equals(&self, focus: &Term, values: &[Term], other: &NamedNode) -> Vec<Violation<'a>> {
        let others = self.data.objects(focus, other.as_ref());
        let extra = values.iter().filter(|value| !others.contains(value));
        let missing = others.iter().filter(|value| !values.contains(value));
        extra
            .chain(missing)
            .map(|value| Violation::new("equals", Some(value.clone())))
            .collect()
    }

    fn less(
        &self,
        focus: &Term,
        values: &[Term],
        other: &NamedNode,
        name: &str,
        ok: fn(Ordering) -> bool,
    ) -> Vec<Violation<'a>> {
        let others = self.data.objects(focus, other.as_ref());
        values
            .iter()
            .flat_map(|value| others.iter().map(move |other| (value, other)))
            .filter(|(value, other)| !compare(value, other).is_some_and(ok))
            .map(|(value, _)| Violation::new(name, Some(value.clone())))
            .collect()
    }

    fn outside(&self, node: &Term, allowed: &[NamedNode]) -> Vec<Violation<'a>> {
        let mut found: Vec<_> = self
            .data
            .described(node)
            .into_iter()
            .filter_map(|(property, object)| match property {
                Term::NamedNode(property) => Some((property, object)),
                _ => None,
            })
            .filter(|(property, _)| !allowed.contains(property))
            .map(|(property, object)| {
                let property = compact(property.as_str());
                Violation::new(format!("closed: {property}"), Some(object.clone()))
            })
            .collect();
        found.sort_by_cached_key(|violation| violation.component.clone());
        found
    }
}

fn has_datatype(value: &Term, datatype: &NamedNode) -> bool {
    match value {
        Term::Literal(literal) => {
            literal.datatype() == datatype.as_ref() && is_well_formed(literal)
        }
        _ => false,
    }
}

fn is_kind(value: &Term, kind: &str) -> bool {
    match value {
        Term::NamedNode(_) => kind.contains("IRI"),
        Term::BlankNode(_) => kind.contains("BlankNode"),
        Term::Literal(_) => kind.contains("Literal"),
    }
}

/// The text that length and pattern look at; none for a blank node (sections 4.4.1–4.4.3).
fn lexical(value: &Term) -> Option<&str> {
    match value {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        Term::BlankNode(_) => None,
    }
}

fn language(value: &Term) -> Option<&str> {
    match value {
        Term::Literal(literal) => literal.language(),
        _ => None,
    }
}

/// SPARQL's `langMatches` with a basic range.
fn in_range(tag: &str, range: &str) -> bool {
    tag.strip_prefix(range)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn repeated_languages<'a>(values: &[Term]) -> Vec<Violation<'a>> {
    let tags: Vec<_> = values.iter().filter_map(language).collect();
    let distinct: BTreeSet<_> = tags.iter().copied().collect();
    distinct
        .into_iter()
        .filter(|tag| tags.iter().filter(|other| *other == tag).count() > 1)
        .map(|tag| Violation::new(format!("uniqueLang: {tag}"), None))
        .collect()
}

fn finding(shape: &Shape, focus: &Term, violation: Violation<'_>) -> Finding {
    let messages = violation
        .messages
        .filter(|messages| !messages.is_empty())
        .unwrap_or(&shape.messages);
    let fallback = || {
        format!(
            "The constraint sh:{} of {} is not kept",
            violation.component, shape.name
        )
    };
    let message = |language: &str| {
        let text = messages
            .get(language)
            .or_else(|| messages.values().next())?;
        Some(fill(text, focus, violation.value.as_ref()))
    };
    // Which property a closed shape does not know is no part of its message.
    let property = match violation.component.strip_prefix("closed: ") {
        Some(property) => Some(property.to_owned()),
        None => shape.path.as_ref().map(ToString::to_string),
    };
    Finding {
        place: Place {
            node: Some(plain(focus)),
            property,
            ..Place::default()
        },
        sv: message("sv").unwrap_or_else(fallback),
        en: message("en").unwrap_or_else(fallback),
        value: violation
            .value
            .filter(|value| value != focus)
            .map(|value| plain(&value)),
        rule: Some(rule(&shape.name)),
    }
}

/// The name of a shape: what follows the `#` of its IRI.
fn rule(shape: &str) -> String {
    let iri = shape.trim_matches(['<', '>']);
    iri.rsplit('#').next().unwrap_or(iri).to_owned()
}

/// Puts focus node and value into the places a message has for them (section 5.2.2).
fn fill(message: &str, focus: &Term, value: Option<&Term>) -> String {
    let value = value.map(plain).unwrap_or_default();
    ["{$this}", "{?this}"]
        .iter()
        .fold(message.to_owned(), |text, hole| {
            text.replace(hole, &plain(focus))
        })
        .replace("{?value}", &value)
        .replace("{$value}", &value)
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}
