//! Terms ⇄ numbers. Terms are sorted by their bytes, so that a number is found by halving and
//! terms of one kind, and IRIs below one address, stand together.

use oxrdf::{BlankNode, Literal, NamedNode, Term, TermRef};

use super::Id;

/// The kinds of terms, in the order of their numbers.
pub(super) const IRI: u8 = 0;
pub(super) const BLANK: u8 = 1;
pub(super) const STRING: u8 = 2;
pub(super) const LANGUAGE: u8 = 3;
pub(super) const TYPED: u8 = 4;

/// Writes the bytes of a term: its kind and its text; for a literal with a language or datatype
/// that too, and then how long it is, in four bytes. No two terms have the same bytes.
pub(super) fn encode(term: TermRef<'_>, into: &mut Vec<u8>) {
    into.clear();
    let mut plain = |kind: u8, text: &str| {
        into.push(kind);
        into.extend_from_slice(text.as_bytes());
    };
    match term {
        TermRef::NamedNode(node) => plain(IRI, node.as_str()),
        TermRef::BlankNode(node) => plain(BLANK, node.as_str()),
        TermRef::Literal(literal) => {
            let (kind, beside) = match literal.language() {
                Some(language) => (LANGUAGE, language),
                None if literal.datatype() == oxrdf::vocab::xsd::STRING => {
                    plain(STRING, literal.value());
                    return;
                }
                None => (TYPED, literal.datatype().as_str()),
            };
            plain(kind, literal.value());
            into.extend_from_slice(beside.as_bytes());
            let length = u32::try_from(beside.len()).unwrap_or(u32::MAX);
            into.extend_from_slice(&length.to_le_bytes());
        }
    }
}

/// The term that [`encode`] wrote; none for other bytes.
fn decode(bytes: &[u8]) -> Option<Term> {
    let (kind, rest) = bytes.split_first()?;
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
    Some(match *kind {
        IRI => NamedNode::new_unchecked(text(rest)?).into(),
        BLANK => BlankNode::new_unchecked(text(rest)?).into(),
        STRING => Literal::new_simple_literal(text(rest)?).into(),
        kind => {
            let (rest, length) = rest.split_last_chunk::<4>()?;
            let length = u32::from_le_bytes(*length) as usize;
            let (value, beside) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
            let (value, beside) = (text(value)?, text(beside)?);
            if kind == LANGUAGE {
                Literal::new_language_tagged_literal_unchecked(value, beside).into()
            } else {
                Literal::new_typed_literal(value, NamedNode::new_unchecked(beside)).into()
            }
        }
    })
}

/// The terms of an index.
#[derive(Clone, Copy)]
pub(super) struct Dictionary<'a> {
    /// Where the bytes of each term begin; one more for the end.
    offsets: &'a [u32],
    bytes: &'a [u8],
}

impl<'a> Dictionary<'a> {
    pub(super) fn new(offsets: &'a [u32], bytes: &'a [u8]) -> Self {
        Self { offsets, bytes }
    }

    fn bytes(self, id: Id) -> Option<&'a [u8]> {
        let id = id as usize;
        let start = *self.offsets.get(id)? as usize;
        let end = *self.offsets.get(id + 1)? as usize;
        self.bytes.get(start..end)
    }

    pub(super) fn term(self, id: Id) -> Option<Term> {
        decode(self.bytes(id)?)
    }

    /// The bytes of the text of an IRI, a plain text or a text in a language.
    pub(super) fn text(self, id: Id) -> Option<&'a [u8]> {
        let (kind, rest) = self.bytes(id)?.split_first()?;
        match *kind {
            IRI | STRING => Some(rest),
            LANGUAGE => {
                let (rest, length) = rest.split_last_chunk::<4>()?;
                let length = u32::from_le_bytes(*length) as usize;
                rest.get(..rest.len().checked_sub(length)?)
            }
            _ => None,
        }
    }

    pub(super) fn id(self, term: TermRef<'_>) -> Option<Id> {
        let mut sought = Vec::with_capacity(128);
        encode(term, &mut sought);
        let (mut low, mut high) = (0, self.offsets.len().saturating_sub(1));
        while low < high {
            let middle = low.midpoint(high);
            let id = Id::try_from(middle).ok()?;
            match self.bytes(id)?.cmp(&sought) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(id),
            }
        }
        None
    }
}
