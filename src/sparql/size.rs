//! How long and how deep a query may be.

/// The longest query, in bytes.
pub const LONGEST: usize = 64 << 10;

/// How many brackets may be open at once.
pub const DEEPEST: usize = 100;

/// A query that is not worked through, because of its size alone.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TooComplex {
    /// Too many bytes.
    #[error("The query has {0} bytes; at most {LONGEST} are taken. Ask in several queries.")]
    Long(usize),
    /// Too many brackets in brackets.
    #[error("The query has more than {DEEPEST} brackets open at once. Write it flatter.")]
    Deep,
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
