//! The data graph as the SPARQL evaluator reads it, with the focus nodes of a constraint.

use oxrdf::{NamedNodeRef, Term, TermRef};
use rustc_hash::FxHashSet;
use spareval::{InternalQuad, QueryableDataset};

use super::data::{Data, Id};

/// The triples `FOCUS FOCUS ?node` are those of the focus nodes. In no graph, since no IRI has
/// this character.
pub(super) const FOCUS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("\u{0}focus");

/// The triples `?node BELOW ?other` are, for a focus node, those of the IRIs that begin with
/// what it is called.
pub(super) const BELOW: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("\u{0}below");

/// The evaluator asks for a term that it did not get from here.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a term is not in the data")]
pub(super) struct Unknown;

/// A term as the evaluator holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Known(Id),
    /// In no triple of the data.
    Other(Term),
}

impl Node {
    pub(super) fn new(data: &Data<'_>, term: Term) -> Self {
        data.number(&term).map_or(Self::Other(term), Self::Known)
    }

    fn is(&self, mark: NamedNodeRef<'_>) -> bool {
        matches!(self, Self::Other(term) if term.as_ref() == TermRef::from(mark))
    }
}

/// The data, and the focus nodes.
#[derive(Clone, Copy)]
pub(super) struct Focused<'a> {
    pub(super) data: &'a Data<'a>,
    pub(super) nodes: &'a FxHashSet<Node>,
}

type Triple = [Node; 3];

impl<'a> Focused<'a> {
    fn stored(self, pattern: [Option<&Node>; 3]) -> impl Iterator<Item = Triple> + use<'a> {
        let mut possible = true;
        let pattern = pattern.map(|node| match node? {
            Node::Known(id) => Some(*id),
            Node::Other(_) => {
                possible = false;
                None
            }
        });
        let found = possible.then(|| self.data.find(pattern));
        found
            .into_iter()
            .flatten()
            .map(|triple| triple.map(Node::Known))
    }

    /// The triples that only the constraint sees, those with an object where it is given: a
    /// constraint asks about one node after the other, and must not look at all for each.
    fn marked(
        self,
        predicate: Option<&Node>,
        object: Option<&Node>,
    ) -> impl Iterator<Item = Triple> + use<'a> {
        let mark = |mark| predicate.filter(|predicate| predicate.is(mark)).cloned();
        let sought = object.cloned();
        let focus = mark(FOCUS).into_iter().flat_map(move |mark| {
            let all = sought.is_none().then(|| self.nodes.iter());
            let one = sought.as_ref().and_then(|node| self.nodes.get(node));
            let nodes = all.into_iter().flatten().chain(one);
            nodes.map(move |node| [mark.clone(), mark.clone(), node.clone()])
        });
        let sought = object.cloned();
        let below = mark(BELOW).into_iter().flat_map(move |mark| {
            let sought = sought.clone();
            let nodes = self.nodes.iter();
            let pairs = nodes.flat_map(move |node| self.below(node, sought.as_ref()));
            pairs.map(move |(node, other)| [node.clone(), mark.clone(), Node::Known(other)])
        });
        focus.chain(below)
    }

    /// The IRIs that begin with what a node is called, or only the one that is sought.
    fn below(
        self,
        node: &'a Node,
        sought: Option<&Node>,
    ) -> impl Iterator<Item = (&'a Node, Id)> + use<'a> {
        let name = match self.term(node) {
            Ok(Term::NamedNode(iri)) => Some(iri.as_str()),
            Ok(Term::Literal(literal)) => Some(literal.value()),
            Ok(Term::BlankNode(_)) | Err(Unknown) => None,
        };
        let begins = move |other: &Term| match (other, name) {
            (Term::NamedNode(other), Some(name)) => other.as_str().starts_with(name),
            _ => false,
        };
        let all = sought.is_none().then(|| self.data.terms());
        let one = match sought {
            Some(Node::Known(id)) => self.data.term(*id).map(|term| (*id, term)),
            _ => None,
        };
        let others = all.into_iter().flatten().chain(one);
        let others = others.filter(move |(_, other)| begins(other));
        others.map(move |(other, _)| (node, other))
    }

    fn term<'n>(self, node: &'n Node) -> Result<&'n Term, Unknown>
    where
        'a: 'n,
    {
        match node {
            Node::Known(id) => self.data.term(*id).ok_or(Unknown),
            Node::Other(term) => Ok(term),
        }
    }
}

impl<'a> QueryableDataset<'a> for Focused<'a> {
    type InternalTerm = Node;
    type Error = Unknown;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, Unknown>> + use<'a> {
        let [from, to] = [subject, object].map(Option::<&Node>::cloned);
        let fits = |sought: &Option<Node>, node: &Node| match sought {
            Some(sought) => sought == node,
            None => true,
        };
        let marked = self
            .marked(predicate, object)
            .filter(move |[subject, _, object]| fits(&from, subject) && fits(&to, object));
        let found = marked.chain(self.stored([subject, predicate, object]));
        // There are no named graphs.
        let is_default = graph_name == Some(None);
        let found = is_default.then_some(found).into_iter().flatten();
        found.map(|[subject, predicate, object]| {
            Ok(InternalQuad {
                subject,
                predicate,
                object,
                graph_name: None,
            })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Node, Unknown> {
        Ok(Node::new(self.data, term))
    }

    fn externalize_term(&self, node: Node) -> Result<Term, Unknown> {
        self.term(&node).cloned()
    }
}
