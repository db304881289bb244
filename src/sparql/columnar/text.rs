//! Tests of texts: `CONTAINS(LCASE(STR(?x)), "text")` and the like.

use regex::bytes::{Regex, RegexBuilder};
use spargebra::algebra::{Expression, Function};

use super::table::Table;

/// Whether the text of a variable's value contains, begins or ends with a text.
pub(super) struct TextTest {
    pub(super) place: Option<usize>,
    /// Also the text of an IRI.
    pub(super) of_iri: bool,
    /// Its letters made small before.
    lower: bool,
    kind: Function,
    sought: String,
    /// Finds the text in large and small letters: what it does not find in a simple text, that
    /// text made small does not have. Most texts are done with here, without being made small.
    anywhere: Regex,
}

/// From this byte on a letter beyond U+00FF begins. What is large and small is written otherwise
/// in every edition of Unicode, but not below.
const BEYOND: u8 = 0xC4;

impl TextTest {
    /// The test that a call is; none where it is another.
    pub(super) fn of(table: &Table, kind: &Function, arguments: &[Expression]) -> Option<Self> {
        if !matches!(
            kind,
            Function::Contains | Function::StrStarts | Function::StrEnds
        ) {
            return None;
        }
        let [one, Expression::Literal(sought)] = arguments else {
            return None;
        };
        if sought.language().is_some() || sought.datatype() != oxrdf::vocab::xsd::STRING {
            return None;
        }
        let (lower, one) = inside(one, &Function::LCase);
        let (of_iri, one) = inside(one, &Function::Str);
        let Expression::Variable(name) = one else {
            return None;
        };
        let anywhere = RegexBuilder::new(&regex::escape(sought.value()))
            .case_insensitive(lower)
            .build()
            .ok()?;
        Some(Self {
            place: table.place(name),
            of_iri,
            lower,
            kind: kind.clone(),
            sought: sought.value().to_owned(),
            anywhere,
        })
    }

    /// Whether a text, in UTF-8, passes; none for other bytes.
    pub(super) fn holds(&self, text: &[u8]) -> Option<bool> {
        let simple = !self.lower || text.iter().all(|byte| *byte < BEYOND);
        if simple && !self.anywhere.is_match(text) {
            return Some(false);
        }
        let text = std::str::from_utf8(text).ok()?;
        if self.lower {
            Some(self.is_in(&text.to_lowercase()))
        } else {
            Some(self.is_in(text))
        }
    }

    fn is_in(&self, text: &str) -> bool {
        match self.kind {
            Function::StrStarts => text.starts_with(&self.sought),
            Function::StrEnds => text.ends_with(&self.sought),
            _ => text.contains(&self.sought),
        }
    }
}

/// What a function of one argument is called with, if it is called.
fn inside<'a>(expression: &'a Expression, function: &Function) -> (bool, &'a Expression) {
    match expression {
        Expression::FunctionCall(own, arguments) if own == function => match &**arguments {
            [one] => (true, one),
            _ => (false, expression),
        },
        _ => (false, expression),
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{Literal, Variable};

    use super::*;

    fn test(kind: &Function, sought: &str) -> TextTest {
        let of = |function, inner| Expression::FunctionCall(function, vec![inner]);
        let name = Expression::Variable(Variable::new_unchecked("x"));
        let arguments = [
            of(Function::LCase, of(Function::Str, name)),
            Literal::from(sought).into(),
        ];
        TextTest::of(&Table::unit(), kind, &arguments).unwrap()
    }

    /// What looks for texts in large and small letters must not know fewer of them than what
    /// makes letters small, for any letter.
    #[test]
    fn every_letter_is_found_where_its_small_form_is_sought() {
        for letter in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let text = format!("a{letter}b");
            let small = text.to_lowercase();
            if small == text {
                continue;
            }
            for sought in small.chars() {
                let finder = test(&Function::Contains, &sought.to_string());
                assert_eq!(
                    finder.holds(text.as_bytes()),
                    Some(true),
                    "{sought} in {text}"
                );
            }
        }
    }

    #[test]
    fn beginnings_and_ends_are_told_from_middles() {
        for (kind, sought, expected) in [
            (Function::StrStarts, "åt", true),
            (Function::StrStarts, "gärd", false),
            (Function::StrEnds, "gärd", true),
            (Function::StrEnds, "åt", false),
            (Function::Contains, "gär", true),
            (Function::Contains, "GÄR", false),
            (Function::Contains, "", true),
            (Function::Contains, ".", false),
        ] {
            let holds = test(&kind, sought).holds("ÅtGÄRD".as_bytes());
            assert_eq!(holds, Some(expected), "{kind} {sought}");
        }
    }
}
