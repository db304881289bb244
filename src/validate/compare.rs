//! Comparing and checking literals as XML Schema does.

use std::cmp::Ordering;
use std::str::FromStr;

use oxrdf::{Literal, Term};
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Double, GYear, GYearMonth, Integer};

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// How two terms compare by value; `None` where SPARQL's `<` has no answer.
pub(super) fn compare(a: &Term, b: &Term) -> Option<Ordering> {
    let (Term::Literal(a), Term::Literal(b)) = (a, b) else {
        return None;
    };
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a.partial_cmp(&b);
    }
    if a.datatype() != b.datatype() {
        return None;
    }
    match local(a)? {
        "date" => parsed::<Date>(a)?.partial_cmp(&parsed::<Date>(b)?),
        "dateTime" => parsed::<DateTime>(a)?.partial_cmp(&parsed::<DateTime>(b)?),
        "gYear" => parsed::<GYear>(a)?.partial_cmp(&parsed::<GYear>(b)?),
        "gYearMonth" => parsed::<GYearMonth>(a)?.partial_cmp(&parsed::<GYearMonth>(b)?),
        "string" => Some(a.value().cmp(b.value())),
        "boolean" => parsed::<Boolean>(a)?.partial_cmp(&parsed::<Boolean>(b)?),
        _ => None,
    }
}

/// Whether the text of a literal is one that its datatype has.
pub(super) fn is_well_formed(literal: &Literal) -> bool {
    match local(literal) {
        Some("date") => parsed::<Date>(literal).is_some(),
        Some("dateTime") => parsed::<DateTime>(literal).is_some(),
        Some("gYear") => parsed::<GYear>(literal).is_some(),
        Some("gYearMonth") => parsed::<GYearMonth>(literal).is_some(),
        Some("integer") => parsed::<Integer>(literal).is_some(),
        Some("decimal") => parsed::<Decimal>(literal).is_some(),
        Some("double") => parsed::<Double>(literal).is_some(),
        Some("boolean") => parsed::<Boolean>(literal).is_some(),
        Some("hexBinary") => {
            let text = literal.value();
            text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        _ => true,
    }
}

fn local(literal: &Literal) -> Option<&str> {
    literal.datatype().as_str().strip_prefix(XSD)
}

fn parsed<T: FromStr>(literal: &Literal) -> Option<T> {
    literal.value().parse().ok()
}

fn number(literal: &Literal) -> Option<f64> {
    match local(literal)? {
        "integer" | "decimal" | "double" | "float" | "int" | "long" | "nonNegativeInteger"
        | "positiveInteger" => literal.value().parse().ok(),
        _ => None,
    }
}
