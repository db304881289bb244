//! Where a query is wrong, in words for the person who wrote it.
//!
//! The parser tells how far it read, keywords it tried included, which is up to a dozen
//! characters past the mistake and says little. So the place is found anew: the first token
//! up to which the text could not have gone on to any query.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};
use spargebra::SparqlParser;

use crate::model::Language;
use crate::vocab;

/// A mistake in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The line itself, shortened where it is very long.
    pub excerpt: String,
    /// How many characters of the excerpt stand before the place.
    before: usize,
    kind: Kind,
}

/// What kind of mistake it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// A token that cannot stand where it stands.
    Unexpected(String),
    /// A prefix without a declaration.
    Prefix(String),
    /// The name of a function that there is not.
    Function(String),
    /// A text that does not end.
    Unended,
    /// A text in three quotation marks that does not end.
    LongUnended,
    /// An address without angle brackets.
    BareAddress,
    /// An update.
    Update,
    /// The query ends before it is complete; how many brackets are open.
    Incomplete(usize),
    /// Well-formed, but it means nothing; the parser's words.
    Meaning(String),
}

/// How much of a line is shown before and after the place.
const SHOWN: usize = 60;

/// Where and why the parser refused a query.
///
/// Takes as long as a dozen readings of the query, which somebody who waits for it can wait.
pub(super) fn find(query: &str, parser: &SparqlParser, said: &str) -> Mistake {
    let tokens = tokens(query);
    // What could not go on after some token cannot after a later one.
    let first_bad = tokens.partition_point(|(_, end)| may_go_on(&query[..*end], parser));
    // A quotation mark that ends nowhere swallows whatever comes after it.
    let unended = tokens
        .iter()
        .position(|(start, end)| is_lone_quote(&query[*start..*end]));
    let first_bad = unended.map_or(first_bad, |unended| unended.min(first_bad));
    let Some((start, end)) = tokens.get(first_bad).copied() else {
        return at_the_end(query, &tokens, said);
    };
    let token = &query[start..end];
    if is_lone_quote(token) && query[..start].ends_with(&token.repeat(2)) {
        return Mistake::at(query, start - 2, Kind::LongUnended);
    }
    let kind = match undeclared(token, parser, &query[..start]) {
        _ if is_update(query, token, &query[..start]) => Kind::Update,
        Some(_) if query[end..].starts_with("//") => Kind::BareAddress,
        Some(prefix) => Kind::Prefix(prefix),
        None if is_lone_quote(token) => Kind::Unended,
        None if is_name(token) && query[end..].trim_start().starts_with('(') => {
            Kind::Function(token.to_owned())
        }
        None => Kind::Unexpected(visible(token)),
    };
    Mistake::at(query, start, kind)
}

/// The mistake of a query whose every beginning is that of some query.
fn at_the_end(query: &str, tokens: &[(usize, usize)], said: &str) -> Mistake {
    let end = tokens.last().map_or(0, |(_, end)| *end);
    // Only where the parser read to the end does it have something to say of the meaning.
    let sentence = said
        .split_once("expected ")
        .map(|(_, expected)| expected.trim_start_matches("one of "))
        .and_then(|expected| {
            let mut parts = expected.split(", ");
            parts.find(|part| {
                part.starts_with(|c: char| c.is_ascii_uppercase()) && part.contains(' ')
            })
        });
    if let Some(sentence) = sentence {
        let select = tokens
            .iter()
            .find(|(start, end)| query[*start..*end].eq_ignore_ascii_case("SELECT"));
        let start = select.or(tokens.first()).map_or(0, |(start, _)| *start);
        return Mistake::at(query, start, Kind::Meaning(sentence.to_owned()));
    }
    if let Some(meaning) = said.strip_prefix("The blank node") {
        return Mistake::at(query, 0, Kind::Meaning(format!("The blank node{meaning}")));
    }
    let of = |wanted: &str| {
        let same = tokens
            .iter()
            .filter(|(start, end)| &query[*start..*end] == wanted);
        same.count()
    };
    let open = of("{").saturating_sub(of("}"));
    Mistake::at(query, end, Kind::Incomplete(open))
}

/// Whether some query begins like that.
///
/// After enough white space comes something that can stand nowhere. A parser that gets there
/// had nothing against what stands before; one that stops at a token stops far before it, for
/// no keyword that it looks ahead for is as long as the white space.
fn may_go_on(beginning: &str, parser: &SparqlParser) -> bool {
    let text = format!("{beginning}{:AHEAD$}`", "");
    match parser.clone().parse_query(&text) {
        Ok(_) => true,
        Err(error) => {
            furthest(&error.to_string(), &text).is_none_or(|at| at >= beginning.len() + AHEAD)
        }
    }
}

/// More characters than any keyword has.
const AHEAD: usize = 64;

/// How many bytes the parser read, from what it says: `error at LINE:COLUMN: …`.
fn furthest(said: &str, text: &str) -> Option<usize> {
    let place = said.strip_prefix("error at ")?;
    let (line, rest) = place.split_once(':')?;
    let (column, _) = rest.split_once(':')?;
    let line: usize = line.parse().ok()?;
    let column: usize = column.parse().ok()?;
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let in_line = text.get(start..)?;
    let bytes = in_line.char_indices().nth(column - 1);
    Some(start + bytes.map_or(in_line.len(), |(at, _)| at))
}

/// The variables of a query's text, in the order in which they are first written, where the
/// query asks for all of them (`SELECT *`).
pub(super) fn all_as_written(query: &str) -> Option<Vec<&str>> {
    let mut words = tokens(query)
        .into_iter()
        .map(|(start, end)| &query[start..end]);
    words.find(|word| word.eq_ignore_ascii_case("SELECT"))?;
    let modifier = ["DISTINCT", "REDUCED"];
    let first = words.find(|word| !modifier.iter().any(|own| word.eq_ignore_ascii_case(own)));
    if first != Some("*") {
        return None;
    }
    Some(
        words
            .filter_map(|word| word.strip_prefix(['?', '$']))
            .collect(),
    )
}

/// How many words and signs a query has.
pub(super) fn words(query: &str) -> usize {
    tokens(query).len()
}

/// Whether the mistake is that the query is an update, or the beginning of one.
fn is_update(query: &str, token: &str, before: &str) -> bool {
    const UPDATES: [&str; 11] = [
        "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
        "USING",
    ];
    let keyword = UPDATES.iter().any(|own| token.eq_ignore_ascii_case(own));
    keyword && !before.contains('{') && query.contains(['{', '<'])
}

/// Where the tokens of a query begin and end; comments and white space are none.
pub(super) fn tokens(query: &str) -> Vec<(usize, usize)> {
    // A quotation mark that begins no text is a token of its own.
    static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?x)
            \#[^\r\n]*
            | "{3} (?s: (?: \\. | [^\\] )*? ) "{3} | '{3} (?s: (?: \\. | [^\\] )*? ) '{3}
            | " (?: \\. | [^"\\\r\n] )* " | ' (?: \\. | [^'\\\r\n] )* '
            | < [^<>"{}|^`\\\s]* >
            | [?$] \w+
            | @ [A-Za-z] [A-Za-z0-9-]*
            | [\w:%\\] (?: [\w:%\\-] | \. [\w:%\\-] )*
            | && | \|\| | \^\^ | != | <= | >=
            | [^\x20\t\r\n] "#,
        )
        .ok()
    });
    let Some(token) = TOKEN.as_ref() else {
        return Vec::new();
    };
    token
        .find_iter(query)
        .filter(|found| !found.as_str().starts_with('#'))
        .map(|found| (found.start(), found.end()))
        .collect()
}

/// The prefix of a name, where the text before does not declare it.
fn undeclared(token: &str, parser: &SparqlParser, before: &str) -> Option<String> {
    let (prefix, _) = token.split_once(':')?;
    if token.starts_with(['<', '"', '\'', '@']) || prefix.eq_ignore_ascii_case("_") {
        return None;
    }
    // Asked of the parser itself: declarations stand first, and a query of this one name
    // after them either holds or not.
    let declared = Regex::new(
        r"(?i)^\s*(?:(?:#[^\r\n]*[\r\n]\s*)*(?:PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)\s*)*",
    )
    .ok()?
    .find(before)
    .map_or("", |found| found.as_str());
    let test = format!("{declared} ASK {{ ?s {prefix}:x ?o }}");
    parser
        .clone()
        .parse_query(&test)
        .is_err()
        .then(|| prefix.to_owned())
}

/// A token as it can be shown: what nobody sees is named.
fn visible(token: &str) -> String {
    token
        .chars()
        .take(SHOWN)
        .flat_map(|c| {
            let unseen = c.is_control()
                || c.is_whitespace()
                || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}');
            let name = unseen.then(|| format!("U+{:04X}", u32::from(c)));
            let name: Vec<char> = name.map_or(vec![c], |name| name.chars().collect());
            name
        })
        .collect()
}

fn is_lone_quote(token: &str) -> bool {
    matches!(token, "\"" | "'")
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic())
        && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl Mistake {
    fn at(query: &str, position: usize, kind: Kind) -> Self {
        let start = query[..position].rfind('\n').map_or(0, |at| at + 1);
        let end = query[position..]
            .find('\n')
            .map_or(query.len(), |at| position + at);
        let before: Vec<char> = query[start..position].chars().collect();
        let shown: Vec<char> = before.iter().rev().take(SHOWN).rev().copied().collect();
        let after = query[position..end].trim_end().chars().take(SHOWN);
        let excerpt: String = shown.iter().copied().chain(after).collect();
        Self {
            line: query[..position].matches('\n').count() + 1,
            column: before.len() + 1,
            excerpt: excerpt.replace(char::is_control, " "),
            before: shown.len(),
            kind,
        }
    }

    /// The mistake as JSON, to be told to another process.
    pub(super) fn to_value(&self) -> Value {
        let (kind, about) = match &self.kind {
            Kind::Unexpected(token) => ("unexpected", json!(token)),
            Kind::Prefix(prefix) => ("prefix", json!(prefix)),
            Kind::Function(name) => ("function", json!(name)),
            Kind::Unended => ("unended", Value::Null),
            Kind::LongUnended => ("long unended", Value::Null),
            Kind::BareAddress => ("bare address", Value::Null),
            Kind::Update => ("update", Value::Null),
            Kind::Incomplete(open) => ("incomplete", json!(open)),
            Kind::Meaning(said) => ("meaning", json!(said)),
        };
        json!({
            "line": self.line,
            "column": self.column,
            "excerpt": self.excerpt,
            "before": self.before,
            "kind": kind,
            "about": about,
        })
    }

    /// The mistake that another process told, if it is one.
    pub(super) fn from_value(value: &Value) -> Option<Self> {
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let about = &value["about"];
        Some(Self {
            line: number(&value["line"])?,
            column: number(&value["column"])?,
            excerpt: text(&value["excerpt"])?,
            before: number(&value["before"])?,
            kind: match value["kind"].as_str()? {
                "unexpected" => Kind::Unexpected(text(about)?),
                "prefix" => Kind::Prefix(text(about)?),
                "function" => Kind::Function(text(about)?),
                "unended" => Kind::Unended,
                "long unended" => Kind::LongUnended,
                "bare address" => Kind::BareAddress,
                "update" => Kind::Update,
                "incomplete" => Kind::Incomplete(number(about)?),
                "meaning" => Kind::Meaning(text(about)?),
                _ => return None,
            },
        })
    }

    /// The line with a mark below the place, as two lines of text.
    pub fn picture(&self) -> String {
        format!("{}\n{:width$}^", self.excerpt, "", width = self.before)
    }

    /// What is wrong, where, and how to mend it.
    pub fn detail(&self, language: Language) -> String {
        let (line, column) = (self.line, self.column);
        let what = self.what(language);
        language.pick(
            format!("Frågan är inte giltig SPARQL. Rad {line}, tecken {column}: {what}"),
            format!("The query is not valid SPARQL. Line {line}, column {column}: {what}"),
        )
    }

    fn what(&self, language: Language) -> String {
        match &self.kind {
            Kind::Unexpected(token) => language.pick(
                format!("{token} kan inte stå här."),
                format!("{token} cannot stand here."),
            ),
            Kind::Prefix(prefix) => {
                let known = vocab::PREFIXES.iter().find(|(name, _)| name == prefix);
                let namespace = known.map_or("…", |(_, namespace)| namespace);
                language.pick(
                    format!("prefixet {prefix}: är inte deklarerat. Börja frågan med PREFIX {prefix}: <{namespace}>"),
                    format!("the prefix {prefix}: is not declared. Begin the query with PREFIX {prefix}: <{namespace}>"),
                )
            }
            Kind::Function(name) => language.pick(
                format!("{name} är ingen funktion i SPARQL 1.1, eller kan inte stå här."),
                format!("{name} is no function of SPARQL 1.1, or cannot stand here."),
            ),
            Kind::Unended => language.pick(
                "texten som börjar här slutar inte på samma rad. Avsluta den med samma citattecken.".to_owned(),
                "the text that begins here does not end on its line. End it with the same quotation mark.".to_owned(),
            ),
            Kind::LongUnended => language.pick(
                "texten som börjar här slutar inte. Avsluta den med samma tre citattecken.".to_owned(),
                "the text that begins here does not end. End it with the same three quotation marks.".to_owned(),
            ),
            Kind::BareAddress => language.pick(
                "en adress ska stå inom < och >.".to_owned(),
                "an address must stand between < and >.".to_owned(),
            ),
            Kind::Update => language.pick(
                "det här är en uppdatering, och här går det bara att läsa.".to_owned(),
                "this is an update, and this endpoint only reads.".to_owned(),
            ),
            Kind::Incomplete(0) => language.pick(
                "frågan slutar innan den är fullständig.".to_owned(),
                "the query ends before it is complete.".to_owned(),
            ),
            Kind::Incomplete(1) => language.pick(
                "frågan slutar innan den är fullständig: en klammer { är inte stängd.".to_owned(),
                "the query ends before it is complete: a brace { is not closed.".to_owned(),
            ),
            Kind::Incomplete(open) => language.pick(
                format!("frågan slutar innan den är fullständig: {open} klamrar {{ är inte stängda."),
                format!("the query ends before it is complete: {open} braces {{ are not closed."),
            ),
            Kind::Meaning(said) if said.contains("unbound") => language.pick(
                "SELECT räknar upp en variabel som frågan varken binder eller grupperar efter. Lägg den i GROUP BY, eller ta bort den.".to_owned(),
                "SELECT names a variable that the query neither binds nor groups by. Add it to GROUP BY, or leave it out.".to_owned(),
            ),
            Kind::Meaning(said) => format!("{}.", said.trim_end_matches('.')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(query: &str) -> Mistake {
        let parser = SparqlParser::new();
        let error = parser.clone().parse_query(query).unwrap_err();
        find(query, &parser, &error.to_string())
    }

    #[test]
    fn a_mistake_is_found_where_it_is() {
        for (query, place, word) in [
            ("SELCT ?p {}", (1, 1), "SELCT cannot stand here"),
            ("SELECT ?p\nWHERE { ?p a }", (2, 14), "} cannot stand here"),
            (
                "SELECT ?p { ?p a plan:Plan }",
                (1, 18),
                "PREFIX plan: <https://w3id.org/samplan/ns#>",
            ),
            ("SELECT ?p { ?p a å:Plan }", (1, 18), "å: is not declared"),
            (
                "PREFIX a: <http://a/> # x\nSELECT * {\n ?s a:b ?o ;\n ?x .\n FILTER(?o > )}",
                (4, 5),
                ". cannot",
            ),
            (
                "PREFIX a: <http://a/>\nSELECT * { ?s a:b ?o\n FILTER(?o > )}",
                (3, 14),
                ") cannot",
            ),
            ("SELECT * { ?s ?p ?o } LIMIT x", (1, 29), "x cannot"),
            (
                "SELECT * { ?s ?p ?o FILTER(STRSTART(?s, 'x')) }",
                (1, 28),
                "STRSTART is no function",
            ),
            ("SELECT * { ?s ?p ?o }}", (1, 22), "} cannot"),
            (
                "SELECT * { ?s ?p \"abc }",
                (1, 18),
                "does not end on its line",
            ),
            (
                "SELECT * {\n  ?s ?p ?o .\n",
                (2, 13),
                "a brace { is not closed",
            ),
            (
                "SELECT ?p WHERE { ?p ?q ?r } ORDER BY",
                (1, 38),
                "ends before",
            ),
            ("", (1, 1), "ends before"),
            (
                "SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }",
                (1, 1),
                "GROUP BY",
            ),
            ("ASK { ?s ?p 'å\\q' }", (1, 13), "'å\\q' cannot"),
            ("ASK\u{a0}{}", (1, 4), "U+00A0 cannot"),
            ("ASK { ?s ?p ?o \u{0} }", (1, 16), "U+0000 cannot"),
            ("\n\nSELECT (1 AS ?x)\n (2 AS ?x) {}", (3, 1), "SELECT"),
            (
                "ASK {\n ?s ?p \"\"\"abc\n }",
                (2, 8),
                "three quotation marks",
            ),
            ("PREFIX foaf: http://x/\nASK {}", (1, 14), "between < and >"),
            (
                "PREFIX a: <http://a/>\nINSERT DATA { <a> <b> }",
                (2, 1),
                "only reads",
            ),
            ("SELECT * { ?s ?p ?o { {", (1, 24), "3 braces { are"),
            (
                "SELECT (CONCAT(?o ?p) AS ?x) { ?s ?p ?o }",
                (1, 19),
                "?p cannot",
            ),
            ("SELECT COUNT(?o) { ?s ?p ?o }", (1, 8), "COUNT"),
        ] {
            let mistake = mistake(query);
            assert_eq!(
                (mistake.line, mistake.column),
                place,
                "{query}: {mistake:?}"
            );
            let detail = mistake.detail(Language::En);
            assert!(detail.contains(word), "{query}: {detail}");
            assert!(!mistake.detail(Language::Sv).is_empty());
        }
    }

    #[test]
    fn the_place_is_shown() {
        let query = format!("SELECT * {{\n  ?s ?p ?o ; ; . {} }}", "x".repeat(500));
        let picture = mistake(&query).picture();
        let (line, mark) = picture.split_once('\n').unwrap();
        assert!(line.chars().count() <= 2 * SHOWN + 1, "{picture}");
        assert_eq!(line.chars().nth(mark.len() - 1), Some('x'), "{picture}");
    }
}
