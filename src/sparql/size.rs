//! How long and how deep a query may be.

use crate::model::Language;

/// The longest query, in bytes.
pub const LONGEST: usize = 64 << 10;

/// How many brackets may be open at once.
pub const DEEPEST: usize = 100;

/// Why a query is not worked through, because of its size alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooComplex {
    /// It has that many bytes.
    Long(usize),
    /// Too many brackets in brackets.
    Deep,
}

impl TooComplex {
    /// What is wrong and how to mend it.
    pub fn detail(self, language: Language) -> String {
        match self {
            Self::Long(bytes) => language.pick(
                format!("Frågan har {bytes} byte; högst {LONGEST} tas emot. Dela upp den i flera frågor."),
                format!("The query has {bytes} bytes; at most {LONGEST} are taken. Ask in several queries."),
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
    Ok(())
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
    }
}
