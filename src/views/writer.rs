//! Triples of a description, a line each.

use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};

use crate::model::Language;
use crate::sparql::named::Words;
use crate::store::Snapshot;

/// A graph being written.
pub(super) struct Writer<'a> {
    pub(super) snapshot: &'a Snapshot,
    graph: &'a mut Graph,
}

/// A text in both languages.
pub(super) fn both(sv: &str, en: &str) -> Words {
    Words {
        sv: sv.to_owned(),
        en: en.to_owned(),
    }
}

/// An IRI that is known to be one.
pub(super) fn iri(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

impl<'a> Writer<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, graph: &'a mut Graph) -> Self {
        Self { snapshot, graph }
    }

    /// The address of a path below the base.
    pub(super) fn node(&self, path: &str) -> NamedNode {
        self.snapshot.base().node(path)
    }

    pub(super) fn link<'o>(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        object: impl Into<NamedNodeRef<'o>>,
    ) {
        let object: NamedNodeRef<'o> = object.into();
        self.term(subject, property, TermRef::NamedNode(object));
    }

    pub(super) fn term<'o>(
        &mut self,
        subject: impl Into<NamedOrBlankNodeRef<'o>>,
        property: NamedNodeRef<'_>,
        object: impl Into<TermRef<'o>>,
    ) {
        let (subject, object) = (subject.into().into_owned(), object.into().into_owned());
        self.graph
            .insert(&Triple::new(subject, property.into_owned(), object));
    }

    pub(super) fn value(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        value: impl Into<Literal>,
    ) {
        self.term(subject, property, &value.into());
    }

    pub(super) fn count(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, count: u64) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.value(subject, property, count);
    }

    pub(super) fn words(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        words: impl std::borrow::Borrow<Words>,
    ) {
        for language in Language::ALL {
            let text = words.borrow().in_language(language);
            let literal = Literal::new_language_tagged_literal_unchecked(text, language.tag());
            self.value(subject, property, literal);
        }
    }
}
