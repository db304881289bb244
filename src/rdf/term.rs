//! Values of the model as RDF terms.
//!
//! Each value has exactly one term. [`Value::from_term`] takes a term only if it is the one
//! that [`Value::to_term`] gives back, so that nothing changes its form on the way through.

use oxrdf::{Literal, NamedNode, Term};

use super::base::iri;
use crate::model::plan::Hex;
use crate::model::{
    Confidence, Date, Iri, LineRange, Method, Precision, ReferenceKind, ReviewState, Role, Status,
    Text,
};
use crate::vocab::{dcmitype, foaf, m8g, plan, role, status, xsd};

/// A value of the model that is one RDF term.
pub(super) trait Value: Ord + Sized {
    /// What the value looks like, for the finding that a term does not: Swedish, English.
    const FORM: (&'static str, &'static str);

    /// The term of the value.
    fn to_term(&self) -> Term;

    /// The value of a term, whatever its form.
    fn parse(term: &Term) -> Option<Self>;

    /// The value of a term that is in the one form.
    fn from_term(term: &Term) -> Option<Self> {
        Self::parse(term).filter(|value| value.to_term() == *term)
    }
}

fn lexical(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

impl Value for Iri {
    const FORM: (&'static str, &'static str) = ("en adress (IRI)", "an address (IRI)");

    fn to_term(&self) -> Term {
        NamedNode::new_unchecked(self.as_str()).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        match term {
            Term::NamedNode(node) => iri(node),
            _ => None,
        }
    }
}

impl Value for Text {
    const FORM: (&'static str, &'static str) = (
        "en text med språkkod, som \"…\"@sv",
        "a text with a language tag, like \"…\"@sv",
    );

    fn to_term(&self) -> Term {
        Literal::new_language_tagged_literal_unchecked(&self.text, &self.language).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        match term {
            Term::Literal(literal) => Some(Self {
                language: literal.language()?.to_owned(),
                text: literal.value().to_owned(),
            }),
            _ => None,
        }
    }
}

impl Value for String {
    const FORM: (&'static str, &'static str) = (
        "en text utan språkkod",
        "a plain text without a language tag",
    );

    fn to_term(&self) -> Term {
        Literal::new_simple_literal(self).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        lexical(term).map(str::to_owned)
    }
}

impl Value for u32 {
    const FORM: (&'static str, &'static str) = (
        "ett heltal, skrivet som 12",
        "a whole number, written as 12",
    );

    fn to_term(&self) -> Term {
        Literal::new_typed_literal(self.to_string(), xsd::INTEGER).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        lexical(term)?.parse().ok()
    }
}

impl Value for bool {
    const FORM: (&'static str, &'static str) = ("true eller false", "true or false");

    fn to_term(&self) -> Term {
        Literal::new_typed_literal(self.to_string(), xsd::BOOLEAN).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        lexical(term)?.parse().ok()
    }
}

impl Value for Date {
    const FORM: (&'static str, &'static str) = (
        "ett datum, som \"2026-05-21\"^^xsd:date",
        "a date, like \"2026-05-21\"^^xsd:date",
    );

    fn to_term(&self) -> Term {
        Literal::new_typed_literal(self.to_string(), xsd::DATE).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        Self::parse(lexical(term)?)
    }
}

impl Value for LineRange {
    const FORM: (&'static str, &'static str) = (
        "rader, som \"L12\" eller \"L12-L15\"",
        "lines, like \"L12\" or \"L12-L15\"",
    );

    fn to_term(&self) -> Term {
        Literal::new_simple_literal(self.to_string()).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        Self::parse(lexical(term)?)
    }
}

impl Value for Hex {
    const FORM: (&'static str, &'static str) = (
        "hexadecimala siffror med små bokstäver, av typen xsd:hexBinary",
        "lower-case hexadecimal digits, of type xsd:hexBinary",
    );

    fn to_term(&self) -> Term {
        Literal::new_typed_literal(self.as_str(), xsd::HEX_BINARY).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        Self::parse(lexical(term)?)
    }
}

impl Value for Confidence {
    const FORM: (&'static str, &'static str) = (
        "ett decimaltal från 0 till 1 av typen xsd:decimal",
        "a decimal number from 0 to 1, of type xsd:decimal",
    );

    fn to_term(&self) -> Term {
        Literal::new_typed_literal(self.as_str(), xsd::DECIMAL).into()
    }

    fn parse(term: &Term) -> Option<Self> {
        Self::parse(lexical(term)?)
    }
}

/// An enum whose members are concepts of one namespace.
macro_rules! concepts {
    ($($type:ident in $namespace:expr, $sv:literal, $en:literal;)+) => {
        $(impl Value for $type {
            const FORM: (&'static str, &'static str) = ($sv, $en);

            fn to_term(&self) -> Term {
                NamedNode::new_unchecked(format!("{}{}", $namespace, self.key())).into()
            }

            fn parse(term: &Term) -> Option<Self> {
                match term {
                    Term::NamedNode(node) => {
                        Self::from_key(node.as_str().strip_prefix($namespace)?)
                    }
                    _ => None,
                }
            }
        })+
    };
}

concepts! {
    Status in status::NS, "ett begrepp ur statusschemat", "a concept of the status scheme";
    Role in role::NS, "ett begrepp ur rollschemat", "a concept of the role scheme";
    Precision in plan::NS,
        "plan:year, plan:half-year, plan:quarter, plan:season, plan:month eller plan:day",
        "plan:year, plan:half-year, plan:quarter, plan:season, plan:month or plan:day";
    ReviewState in plan::NS,
        "plan:accepted, plan:suggested eller plan:rejected",
        "plan:accepted, plan:suggested or plan:rejected";
    Method in plan::NS,
        "plan:by-document, plan:by-person, plan:by-machine eller plan:by-mapping",
        "plan:by-document, plan:by-person, plan:by-machine or plan:by-mapping";
}

impl Value for ReferenceKind {
    const FORM: (&'static str, &'static str) = (
        "en känd klass: m8g:ReferenceFramework, foaf:Document, foaf:Project eller dcmitype:Service",
        "a known class: m8g:ReferenceFramework, foaf:Document, foaf:Project or dcmitype:Service",
    );

    fn to_term(&self) -> Term {
        match self {
            Self::Framework => m8g::REFERENCE_FRAMEWORK,
            Self::Document => foaf::DOCUMENT,
            Self::Project => foaf::PROJECT,
            Self::Service => dcmitype::SERVICE,
        }
        .into_owned()
        .into()
    }

    fn parse(term: &Term) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.to_term() == *term)
    }
}
