//! What the query editor is told: where to ask, prefixes, terms to complete, its own words. The
//! other side of this is `web/src/editor.js`.

use serde_json::{Value, json};

use super::facts::Facts;
use crate::store::statistics::GraphKey;
use crate::views::Error;
use crate::views::service::SPARQL;
use crate::vocab::{self, rdfs};

/// What the editor needs to know.
pub(super) fn settings(facts: Facts<'_>, run: bool) -> Result<Value, Error> {
    let prefixes: serde_json::Map<String, Value> = vocab::PREFIXES
        .iter()
        .map(|(prefix, namespace)| ((*prefix).to_owned(), json!(namespace)))
        .collect();
    let endpoint = facts.snapshot.base().node(SPARQL).into_string();
    Ok(json!({
        "endpoint": endpoint,
        "page": format!("{endpoint}?lang={}", facts.language.tag()),
        "language": facts.language.tag(),
        "run": run,
        "prefixes": prefixes,
        "terms": terms(facts)?,
        "words": editor_words(facts),
    }))
}

/// The classes and properties that occur in the data, for completion.
fn terms(facts: Facts<'_>) -> Result<Vec<Value>, Error> {
    let statistics = facts.snapshot.statistics()?;
    let Some(counts) = statistics.get(&GraphKey::Default) else {
        return Ok(Vec::new());
    };
    let classes = counts.classes.keys().map(|class| ("class", class));
    let properties = counts
        .properties
        .keys()
        .map(|property| ("property", property));
    let mut terms = Vec::new();
    for (kind, iri) in classes.chain(properties) {
        let name = vocab::compact(iri.as_str());
        if name.starts_with('<') {
            continue;
        }
        let label = facts.text(iri.as_str(), rdfs::LABEL)?;
        terms.push(json!({
            "iri": iri.as_str(),
            "name": name,
            "kind": kind,
            "label": label.map(|words| words.text).unwrap_or_default(),
        }));
    }
    Ok(terms)
}

/// The editor's own words. What stands in braces it fills in itself.
fn editor_words(facts: Facts<'_>) -> Value {
    let words = EDITOR_WORDS
        .iter()
        .map(|(key, sv, en)| ((*key).to_owned(), json!(facts.pick(sv, en))));
    Value::Object(words.collect())
}

const EDITOR_WORDS: &[(&str, &str, &str)] = &[
    ("run", "Kör frågan", "Run the query"),
    ("stop", "Avbryt", "Stop"),
    ("running", "Frågan körs …", "Running the query …"),
    ("stopped", "Frågan avbröts.", "The query was stopped."),
    (
        "keys",
        "Ctrl+Enter kör frågan. Ctrl+blanksteg ger förslag. Tabb lämnar redigeraren.",
        "Ctrl+Enter runs the query. Ctrl+Space suggests. Tab leaves the editor.",
    ),
    ("suggestions", "Förslag", "Suggestions"),
    (
        "loaded",
        "Exemplet är inlagt: {title}",
        "The example is in the editor: {title}",
    ),
    ("share", "Länk till frågan", "Link to this query"),
    ("copy", "Kopiera länken", "Copy the link"),
    ("copied", "Länken är kopierad.", "The link is copied."),
    (
        "long",
        "Frågan är för lång för en länk.",
        "The query is too long for a link.",
    ),
    ("answer", "Svar", "Answer"),
    ("row", "1 rad", "1 row"),
    ("rows", "{count} rader", "{count} rows"),
    (
        "none",
        "Inget i det som finns här svarar mot frågan.",
        "Nothing here matches the query.",
    ),
    (
        "shown",
        "De första {count} av {total} rader visas.",
        "The first {count} of {total} rows are shown.",
    ),
    ("more", "Visa fler rader", "Show more rows"),
    ("yes", "Ja", "Yes"),
    ("no", "Nej", "No"),
    ("graph", "Svaret är en graf.", "The answer is a graph."),
    ("table", "Svaret som tabell", "The answer as a table"),
    ("response", "Svaret som det kom", "The answer as it came"),
    (
        "cut",
        "Här visas bara början. Hela svaret går att hämta.",
        "Only the beginning is shown here. The whole can be downloaded.",
    ),
    ("download", "Hämta svaret:", "Download the answer:"),
    (
        "error",
        "Frågan gick inte att köra",
        "The query could not be run",
    ),
    (
        "place",
        "Gå till rad {line}, tecken {column}",
        "Go to line {line}, character {column}",
    ),
    (
        "invalid",
        "Här följer frågan inte SPARQL.",
        "The query is not valid SPARQL here.",
    ),
    (
        "unreachable",
        "Servern svarar inte. Försök igen om en stund.",
        "The server does not answer. Try again in a while.",
    ),
];
