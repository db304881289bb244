//! How long and how deep a query may be.

use spargebra::Query;
use spargebra::algebra::{GraphPattern, PropertyPathExpression};

use super::{syntax, walk};
use crate::model::Language;

/// The longest query, in bytes.
pub const LONGEST: usize = 64 << 10;

/// How many brackets may be open at once.
pub const DEEPEST: usize = 100;

/// How many words and signs a query may have. Planning a long expression takes the square of
/// its length.
pub const WORDIEST: usize = 16 << 10;

/// How many triple patterns and path steps a query may have. The engine looks for the best order
/// in which to join them, which takes more than the cube of their number, and does not look at
/// its deadline meanwhile.
pub const PATTERNS: usize = 200;

/// Why a query is not worked through, because of its size alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooComplex {
    /// It has that many bytes.
    Long(usize),
    /// Too many brackets in brackets.
    Deep,
    /// It has that many words and signs.
    Wordy(usize),
    /// It joins that many triple patterns and path steps.
    Joined(usize),
}

impl TooComplex {
    /// What is wrong and how to mend it.
    pub fn detail(self, language: Language) -> String {
        match self {
            Self::Long(bytes) => language.pick(
                format!("Frågan har {bytes} byte; högst {LONGEST} tas emot. Dela upp den i flera frågor."),
                format!("The query has {bytes} bytes; at most {LONGEST} are taken. Ask in several queries."),
            ),
            Self::Wordy(words) => language.pick(
                format!("Frågan har {words} ord och tecken; högst {WORDIEST} tas emot. Dela upp den i flera frågor."),
                format!("The query has {words} words and signs; at most {WORDIEST} are taken. Ask in several queries."),
            ),
            Self::Joined(patterns) => language.pick(
                format!("Frågan har {patterns} trippelmönster och steg i sökvägar; högst {PATTERNS} tas emot. Dela upp den i flera frågor, eller använd + och * i sökvägar."),
                format!("The query has {patterns} triple patterns and path steps; at most {PATTERNS} are taken. Ask in several queries, or use + and * in paths."),
            ),
            Self::Deep => language.pick(
                format!("Frågan har mer än {DEEPEST} parenteser öppna på en gång. Skriv den plattare."),
                format!("The query has more than {DEEPEST} brackets open at once. Write it flatter."),
            ),
        }
    }
}

/// Refuses a query that is too long or too deep.
///
/// Only brackets are counted, and those in texts, IRIs and comments too: no query that people
/// or programs write comes near the limit.
pub fn check(query: &str) -> Result<(), TooComplex> {
    if query.len() > LONGEST {
        return Err(TooComplex::Long(query.len()));
    }
    let mut open = 0usize;
    for byte in query.bytes() {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > DEEPEST {
            return Err(TooComplex::Deep);
        }
    }
    let words = syntax::words(query);
    if words > WORDIEST {
        return Err(TooComplex::Wordy(words));
    }
    Ok(())
}

/// Refuses a query that joins too much.
pub(super) fn check_patterns(query: &Query) -> Result<(), TooComplex> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut many = 0;
    walk::visit(&mut pattern.clone(), &mut |part| match part {
        GraphPattern::Bgp { patterns } => many += patterns.len(),
        GraphPattern::Path { path, .. } => many += steps(path),
        _ => {}
    });
    if many > PATTERNS {
        return Err(TooComplex::Joined(many));
    }
    Ok(())
}

fn steps(path: &PropertyPathExpression) -> usize {
    match path {
        PropertyPathExpression::NamedNode(_) => 1,
        PropertyPathExpression::NegatedPropertySet(names) => names.len(),
        PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
            steps(a) + steps(b)
        }
        PropertyPathExpression::Reverse(inner)
        | PropertyPathExpression::ZeroOrMore(inner)
        | PropertyPathExpression::OneOrMore(inner)
        | PropertyPathExpression::ZeroOrOne(inner) => steps(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_measured_before_it_is_read() {
        let nested = |depth: usize| format!("ASK {}{}", "{".repeat(depth), "}".repeat(depth));
        assert_eq!(check(&nested(DEEPEST)), Ok(()));
        assert_eq!(check(&nested(DEEPEST + 1)), Err(TooComplex::Deep));
        assert_eq!(
            check(&"() ".repeat(1000)),
            Ok(()),
            "one after the other is not deep"
        );
        assert_eq!(
            check(&" ".repeat(LONGEST + 1)),
            Err(TooComplex::Long(LONGEST + 1))
        );
        let sum = |terms: usize| format!("ASK {{ FILTER(1{}) }}", "+ 1".repeat(terms));
        assert_eq!(check(&sum(8000)), Ok(()));
        assert!(matches!(check(&sum(9000)), Err(TooComplex::Wordy(_))));
    }

    #[test]
    fn what_a_query_joins_is_counted_wherever_it_stands() {
        let judged = |query: &str| {
            let query = spargebra::SparqlParser::new().parse_query(query).unwrap();
            check_patterns(&query)
        };
        let path = |steps: usize| format!("<http://a/>{}", "/<http://a/>".repeat(steps - 1));
        let triples = |many: usize| "?s ?p ?o . ".repeat(many);
        assert_eq!(judged(&format!("ASK {{ ?s {} ?o }}", path(200))), Ok(()));
        for (query, many) in [
            (format!("ASK {{ ?s {} ?o }}", path(201)), 201),
            (format!("ASK {{ ?s ({})+ ?o }}", path(201)), 201),
            (format!("ASK {{ {} }}", triples(201)), 201),
            (
                format!("ASK {{ ?s ?p ?o . FILTER EXISTS {{ {} }} }}", triples(200)),
                201,
            ),
            (
                format!(
                    "ASK {{ {} {{ SELECT * {{ {} }} }} }}",
                    triples(101),
                    triples(100)
                ),
                201,
            ),
        ] {
            assert_eq!(judged(&query), Err(TooComplex::Joined(many)));
        }
    }
}
