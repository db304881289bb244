//! `/sparql` for people: a form for queries, which works without scripts and becomes an editor
//! with them, the answer, and the published queries as examples.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::{Asked, Page, framed, in_script};
use super::{answer, editor, words};
use crate::rdf::Format;
use crate::sparql::{Answer, Body, Operation};
use crate::store::Snapshot;
use crate::views::service::{self, SPARQL};
use crate::views::{Document, Error, Language, document as documents};

/// The first question to try: who is responsible for how much.
pub(super) const FIRST_QUERY: &str = r#"PREFIX plan: <https://w3id.org/samplan/ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>

SELECT ?name (COUNT(DISTINCT ?activity) AS ?activities)
WHERE {
  ?activity a plan:Activity ; plan:responsible ?who .
  ?who foaf:name ?name .
  FILTER(LANG(?name) = "sv")
}
GROUP BY ?name
ORDER BY DESC(?activities) ?name
LIMIT 10"#;

/// Why a query has no answer.
pub struct Failure {
    /// What is wrong and how to mend it.
    pub detail: String,
    /// The line that is wrong, with a mark below the place.
    pub picture: Option<String>,
}

/// The page of the endpoint, before anything is asked.
pub(super) fn page(facts: Facts<'_>) -> Result<Page, Error> {
    let first = Operation {
        query: FIRST_QUERY.to_owned(),
        ..Operation::default()
    };
    whole(facts, &first, Said::Nothing)
}

/// What the page says of the query in it.
#[derive(Clone, Copy)]
enum Said<'a> {
    Nothing,
    Answer(&'a Markup),
    Failure(&'a Markup),
}

/// The page with the answer to a query.
///
/// # Errors
/// Always our fault.
pub fn answered(
    snapshot: &Snapshot,
    operation: &Operation,
    answer: &Answer,
    language: Language,
) -> Result<String, Error> {
    let facts = Facts::new(snapshot, language);
    let shown = shown(facts, operation, answer)?;
    answer_page(facts, operation, Said::Answer(&shown))
}

/// The page with what is wrong with a query.
///
/// # Errors
/// Always our fault.
pub fn failed(
    snapshot: &Snapshot,
    operation: &Operation,
    failure: &Failure,
    language: Language,
) -> Result<String, Error> {
    let facts = Facts::new(snapshot, language);
    let shown = html! {
        div.failure role="alert" {
            p { (failure.detail) }
            @if let Some(picture) = &failure.picture { pre tabindex="0" { code { (picture) } } }
        }
    };
    answer_page(facts, operation, Said::Failure(&shown))
}

fn answer_page(facts: Facts<'_>, operation: &Operation, said: Said<'_>) -> Result<String, Error> {
    let page = whole(facts, operation, said)?;
    let asked = Asked {
        parameters: &parameters(operation),
        listed: false,
    };
    Ok(framed(facts.site, &page, asked))
}

/// The address that asks a query again.
pub(super) fn address(facts: Facts<'_>, query: &str) -> String {
    format!("{}&query={}", facts.site.page(SPARQL), encoded(query))
}

/// A text as a value in an address.
pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The graphs that a query is asked of, where they are not ours: parameter and address. They go
/// along when it is asked again.
fn graphs(asked: &Operation) -> Vec<(&'static str, &str)> {
    [
        ("default-graph-uri", &asked.default_graphs),
        ("named-graph-uri", &asked.named_graphs),
    ]
    .into_iter()
    .flat_map(|(name, graphs)| graphs.iter().map(move |graph| (name, graph.as_str())))
    .collect()
}

/// Which graphs those are, for the reader to see.
fn graph_note(facts: Facts<'_>, asked: &Operation) -> Markup {
    let graphs = graphs(asked);
    html! {
        @if !graphs.is_empty() {
            p { (facts.pick("Frågan ställs bara till dessa grafer:", "The query is asked of these graphs only:"))
                @for (name, graph) in &graphs { br; code { (name) } " " span.address { (graph) } } }
        }
    }
}

fn whole(facts: Facts<'_>, asked: &Operation, said: Said<'_>) -> Result<Page, Error> {
    let query = asked.query.as_str();
    let heading = facts.pick("Fråga data med SPARQL", "Query the data with SPARQL");
    let (title, shown) = match said {
        Said::Answer(shown) => (
            facts.pick("Svar på en SPARQL-fråga", "Answer to a SPARQL query"),
            Some(shown),
        ),
        Said::Failure(shown) => (
            facts.pick(
                "Fel: frågan gick inte att besvara",
                "Error: the query could not be answered",
            ),
            Some(shown),
        ),
        Said::Nothing => (heading, None),
    };
    let description = facts.pick(
        "En öppen SPARQL-tjänst över alla planer, ramverk och organisationer. Börja med ett exempel och ändra det.",
        "An open SPARQL endpoint over all plans, frameworks and organisations. Begin with an example and change it.",
    );
    let has_editor = Document::EditorScript.is_there();
    let settings = if has_editor {
        Some(editor::settings(facts, shown.is_some())?)
    } else {
        None
    };
    let main = html! {
        @if has_editor {
            link rel="stylesheet" href={ (facts.site.file("editor.css")) "?v=" (documents::version(&Document::EditorStyle)) };
        }
        header.title {
            h1 { (heading) }
            p.lead { (description) }
        }
        (graph_note(facts, asked))
        form #query-form action=(facts.site.file(SPARQL)) method="get" {
            input type="hidden" name="lang" value=(facts.language.tag());
            @for (name, graph) in graphs(asked) { input type="hidden" name=(name) value=(graph); }
            label.label for="query" { (facts.pick("SPARQL-fråga", "SPARQL query")) }
            textarea #query name="query" rows=(query.lines().count().clamp(6, 22) + 2) spellcheck="false" autocapitalize="off" autocomplete="off" { (query) }
            button type="submit" { (facts.pick("Kör frågan", "Run the query")) }
        }
        @if let Some(shown) = shown {
            section #answer aria-labelledby="answer-heading" {
                h2 #answer-heading { (facts.pick("Svar", "Answer")) }
                (shown)
            }
        }
        (examples(facts)?)
        (about(facts))
        @if let Some(settings) = &settings {
            script type="application/json" id="editor-settings" { (in_script(settings)) }
            script type="module" src={ (facts.site.file("editor.js")) "?v=" (documents::version(&Document::EditorScript)) } { }
        }
    };
    Ok(Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: SPARQL.to_owned(),
        crumbs: Vec::new(),
        data: None,
        main,
    })
}

/// The answer, and where to download it.
fn shown(facts: Facts<'_>, operation: &Operation, answer: &Answer) -> Result<Markup, Error> {
    let (content, formats): (Markup, &[Format]) = match &answer.body {
        Body::Rows(rows) => {
            let name = facts.pick("Svarets rader", "Rows of the answer");
            let table = answer::table(facts, name, &answer::plain_heads(rows), rows)?;
            (
                html! { (count(facts, rows.rows.len(), answer.total)) (table) },
                &Format::ROWS,
            )
        }
        Body::Truth(truth) => {
            let word = match truth {
                true => facts.pick("Ja", "Yes"),
                false => facts.pick("Nej", "No"),
            };
            (
                html! { p.lead { strong { (word) } " " code { "(" (truth) ")" } } },
                &Format::TRUTH,
            )
        }
        Body::Graph(graph) => (answer::graph(facts, graph)?, &Format::RDF),
    };
    Ok(html! {
        (content)
        p.label { (facts.pick("Hela svaret som", "The whole answer as")) }
        ul.formats {
            @for format in formats {
                li { a href=(download(facts, operation, *format)) { (format.name()) } }
            }
        }
    })
}

/// How many rows there are, and whether all are shown.
pub(super) fn count(facts: Facts<'_>, shown: usize, total: Option<usize>) -> Markup {
    let total = total.unwrap_or(shown);
    let number = |many| words::number(many, facts.language);
    html! {
        p.count {
            @if total == 0 { (facts.pick("Inga rader.", "No rows.")) }
            @else if shown == total {
                (number(total)) " " (if total == 1 { facts.pick("rad", "row") } else { facts.pick("rader", "rows") }) "."
            } @else {
                (facts.language.pick(
                    format!("De första {} av {} rader.", number(shown), number(total)),
                    format!("The first {} of {} rows.", number(shown), number(total)),
                ))
            }
        }
    }
}

fn download(facts: Facts<'_>, operation: &Operation, format: Format) -> String {
    let parameters = parameters(operation);
    let address = facts.site.file(SPARQL);
    format!("{address}?format={}{parameters}", format.suffix())
}

/// What asks an operation again, as parameters of an address.
fn parameters(operation: &Operation) -> String {
    let mut parameters = format!("&query={}", encoded(&operation.query));
    for (name, graph) in graphs(operation) {
        parameters = format!("{parameters}&{name}={}", encoded(graph));
    }
    parameters
}

/// The published queries.
fn examples(facts: Facts<'_>) -> Result<Markup, Error> {
    let queries = service::published()?;
    Ok(html! {
        section #examples aria-labelledby="examples-heading" {
            h2 #examples-heading { (facts.pick("Exempel", "Examples")) }
            p { (facts.pick(
                "Varje exempel går också att ställa som ett formulär, utan att kunna SPARQL: ",
                "Every example can also be asked as a form, without knowing SPARQL: "))
                a href=(facts.site.page(service::QUERIES)) { (facts.pick("färdiga frågor", "ready-made questions")) } "." }
            ul.examples {
                @for query in queries {
                    li {
                        a href=(address(facts, &query.text)) data-query=(query.name) { (query.title.in_language(facts.language)) }
                    }
                }
            }
        }
    })
}

/// How programs use the endpoint.
fn about(facts: Facts<'_>) -> Markup {
    let base = facts.snapshot.base();
    html! {
        section.words aria-labelledby="programs" {
            h2 #programs { (facts.pick("För program", "For programs")) }
            p { (facts.pick("Adressen är ", "The address is ")) code.address { (base.node(SPARQL).as_str()) }
                (facts.pick(
                    ". Den följer SPARQL 1.1: GET och POST, svar som JSON, XML, CSV och TSV, grafer som Turtle, JSON-LD, N-Triples, RDF/XML, TriG och N-Quads, valt med Accept eller format=. Inget konto behövs, och webbsidor på andra platser får fråga.",
                    ". It follows SPARQL 1.1: GET and POST, rows as JSON, XML, CSV and TSV, graphs as Turtle, JSON-LD, N-Triples, RDF/XML, TriG and N-Quads, chosen by Accept or format=. No account is needed, and web pages elsewhere may ask.")) }
            p { (facts.pick("Tjänsten beskriver sig själv: ", "The service describes itself: "))
                a href=(facts.site.file("sparql.ttl")) { (facts.pick("tjänstebeskrivning med gränser, prefix och exempel", "service description with limits, prefixes and examples")) } ", "
                a href=(facts.site.page(service::VOID)) { (facts.pick("vad data innehåller (VoID)", "what the data hold (VoID)")) } ", "
                a href=(facts.site.file("openapi.json")) { "OpenAPI" } "." }
            pre tabindex="0" { code { "curl -H 'Accept: text/csv' --data-urlencode query@first.rq " (base.node(SPARQL).as_str()) } }
        }
    }
}
