//! The search for people: a form, what was found, and by what it can be chosen. Everything works
//! without scripts, and everything that is chosen stands in the address.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::{Asked as InAddress, Page, framed, search_field};
use super::{marks, sparql, words};
use crate::model::Status;
use crate::search::{Count, Facet, Hit, Kind, Marked, UNREPORTED};
use crate::sparql::named::parameter::ParameterError;
use crate::store::Snapshot;
use crate::views::order::Order;
use crate::views::search::{Asked, Form, SEARCH, Shown, short};
use crate::views::{Error, Language};
use crate::vocab::skos;

/// The most values of a facet that a list offers, those with most results.
const OFFERED: usize = 200;

/// What the form is called by the controls that stand outside it.
const FORM: &str = "search-form";

/// The page with an answer.
///
/// # Errors
/// Always our fault.
pub fn page(snapshot: &Snapshot, shown: &Shown<'_>) -> Result<String, Error> {
    let facts = Facts::new(snapshot, shown.asked.language);
    let asked = shown.asked;
    let mut parameters = String::new();
    for (name, value) in asked.parameters(snapshot) {
        parameters = format!("{parameters}&{name}={}", sparql::encoded(&value));
    }
    let title = match asked.text.as_str() {
        "" => facts.pick("Sök", "Search").to_owned(),
        text => format!("{}: {text}", facts.pick("Sök", "Search")),
    };
    let main = html! {
        div.found {
            (results(facts, shown)?)
            (choices(facts, shown)?)
        }
        (elsewhere(facts, shown))
    };
    let in_address = InAddress {
        parameters: &parameters,
        listed: parameters.is_empty(),
    };
    Ok(whole(facts, title, &asked.text, &[], &main, in_address))
}

/// The page of a search that is to be mended.
pub fn mend(
    snapshot: &Snapshot,
    given: &[(String, String)],
    errors: &[ParameterError],
    language: Language,
) -> String {
    let facts = Facts::new(snapshot, language);
    let text = given.iter().find(|(name, _)| name == "q");
    let text = text.map_or("", |(_, value)| value.as_str());
    let title = format!(
        "{}: {}",
        facts.pick("Fel", "Error"),
        facts.pick("Sök", "Search")
    );
    whole(facts, title, text, errors, &html! {}, InAddress::default())
}

fn whole(
    facts: Facts<'_>,
    title: String,
    text: &str,
    errors: &[ParameterError],
    main: &Markup,
    in_address: InAddress<'_>,
) -> String {
    let page = Page {
        title,
        description: facts
            .pick(
                "Sök i handlingsplaner, aktiviteter, mål, ramverk och organisationer.",
                "Search action plans, activities, goals, frameworks and organisations.",
            )
            .to_owned(),
        path: SEARCH.to_owned(),
        crumbs: Vec::new(),
        data: None,
        main: html! {
            header.title { h1 { (facts.pick("Sök", "Search")) } }
            @if !errors.is_empty() {
                div.failure role="alert" { @for error in errors { p { (error_words(facts, error)) } } }
            }
            (form(facts, text, !errors.is_empty()))
            (main)
        },
    };
    framed(facts.site, &page, in_address)
}

fn form(facts: Facts<'_>, text: &str, wrong: bool) -> Markup {
    html! {
        form.search.large #(FORM) role="search" action=(facts.site.file(SEARCH)) method="get" {
            (search_field(facts.site, "q", text, wrong))
            button type="submit" { (facts.pick("Sök", "Search")) }
        }
        p.quiet { (facts.pick(
            "Alla ord ska finnas, i någon böjning eller som del av ett längre ord. Sätt citattecken om ord som ska stå precis så.",
            "All words must be there, in any form or as a part of a longer word. Put quotation marks around words that must stand just so.")) }
    }
}

/// What is wrong with a parameter, by the name that the form has for it.
fn error_words(facts: Facts<'_>, error: &ParameterError) -> String {
    let detail = error.detail.in_language(facts.language);
    let name = match error.parameter.as_str() {
        "" | "q" => return detail.to_owned(),
        name => Facet::from_key(name).map_or(name, |facet| title(facet, facts.language)),
    };
    format!("{name}: {detail}")
}

fn results(facts: Facts<'_>, shown: &Shown<'_>) -> Result<Markup, Error> {
    let (asked, answer) = (shown.asked, &shown.answer);
    let mut items = Vec::new();
    for hit in &answer.hits {
        items.push(result(facts, hit)?);
    }
    let start = (asked.page - 1).saturating_mul(asked.size) + 1;
    Ok(html! {
        section.results aria-labelledby="results" {
            h2 #results { (count(facts, shown)) }
            @if answer.total > 0 {
                p.narrow { a href="#choices" { (facts.pick("Avgränsa träffarna", "Narrow the results")) } }
            } @else { (nothing(facts, shown)) }
            @if items.is_empty() && answer.total > 0 {
                p { (facts.pick("Så många träffar finns inte.", "There are not that many results.")) }
            }
            @if !items.is_empty() { ol.hits start=(start) { @for item in &items { (item) } } }
            (pager(facts, shown))
        }
    })
}

fn count(facts: Facts<'_>, shown: &Shown<'_>) -> String {
    let (one, many) = if shown.asked.is_empty() {
        (
            ("sak att hitta", "saker att hitta"),
            ("thing to find", "things to find"),
        )
    } else {
        (("träff", "träffar"), ("result", "results"))
    };
    words::count(shown.answer.total, one, many, facts.language)
}

/// What can be done where nothing was found.
fn nothing(facts: Facts<'_>, shown: &Shown<'_>) -> Markup {
    let without = shown.asked.without_choices();
    html! {
        ul {
            @if !shown.asked.chosen.is_empty() {
                li { a href=(to(facts, &without)) { (facts.pick("Sök utan det som är valt", "Search without what is chosen")) } }
            }
            li { (facts.pick("Sök på färre eller andra ord, utan citattecken.", "Search for fewer or other words, without quotation marks.")) }
            li { (facts.pick("De flesta texter är på svenska: sök på svenska.", "Most texts are in Swedish: search in Swedish.")) }
        }
    }
}

fn result(facts: Facts<'_>, hit: &Hit<'_>) -> Result<Markup, Error> {
    let within = hit.within.map(|within| facts.name(within)).transpose()?;
    let named = if hit.title.text.is_empty() {
        let name = facts.name(hit.iri)?;
        html! { (name.text) }
    } else {
        marked(&hit.title)
    };
    Ok(html! {
        li {
            p.kind {
                (kind_name(hit.kind, facts.language))
                @if let Some(within) = &within {
                    " · " span lang=[within.lang(facts.language)] { (within.text) }
                }
            }
            h3 { a href=(facts.leads(hit.iri)) lang=[lang(facts, &hit.title)] { (named) } }
            @if let Some(snippet) = &hit.snippet {
                p.snippet lang=[lang(facts, snippet)] {
                    @if snippet.before { "… " }
                    (marked(snippet))
                    @if snippet.after { " …" }
                }
            }
        }
    })
}

/// The language of a text where it is not the page's.
fn lang<'m>(facts: Facts<'_>, marked: &'m Marked) -> Option<&'m str> {
    let own = marked.language.as_str();
    (!own.is_empty() && own != facts.language.tag()).then_some(own)
}

/// A text with the words sought marked.
fn marked(text: &Marked) -> Markup {
    let mut at = 0;
    let mut pieces = Vec::new();
    for range in &text.marks {
        pieces.push((&text.text[at..range.start], &text.text[range.clone()]));
        at = range.end;
    }
    html! {
        @for (before, word) in pieces { (before) mark { (word) } }
        (text.text[at..])
    }
}

/// The same as text that is HTML.
pub(in crate::views) fn escaped(text: &Marked) -> String {
    marked(text).into_string()
}

fn pager(facts: Facts<'_>, shown: &Shown<'_>) -> Markup {
    let asked = shown.asked;
    let last = asked.last_page(shown.answer.total);
    html! {
        @if last > 1 {
            nav.pager aria-label=(facts.pick("Sidor", "Pages")) {
                @if asked.page > 1 {
                    a rel="prev" href=(to(facts, &asked.on_page((asked.page - 1).min(last)))) { (facts.pick("Föregående", "Previous")) }
                }
                span { (facts.pick("Sida", "Page")) " " (asked.page) " " (facts.pick("av", "of")) " " (last) }
                @if asked.page < last {
                    a rel="next" href=(to(facts, &asked.on_page(asked.page + 1))) { (facts.pick("Nästa", "Next")) }
                }
            }
        }
    }
}

/// Where a link to another question leads.
fn to(facts: Facts<'_>, asked: &Asked) -> String {
    let mut address = facts.site.page(SEARCH);
    for (name, value) in asked.parameters(facts.snapshot) {
        address = format!("{address}&{name}={}", sparql::encoded(&value));
    }
    address
}

fn choices(facts: Facts<'_>, shown: &Shown<'_>) -> Result<Markup, Error> {
    let mut fields = Vec::new();
    for (facet, counts) in &shown.answer.facets {
        if !counts.is_empty() {
            fields.push(match facet {
                Facet::Kind | Facet::Status => boxes(facts, *facet, counts)?,
                _ => list(facts, *facet, counts)?,
            });
        }
    }
    let without = shown.asked.without_choices();
    let size = shown.asked.size;
    Ok(html! {
        section.choices #choices aria-labelledby="choices-heading" {
            h2 #choices-heading { (facts.pick("Avgränsa", "Narrow")) }
            @for field in &fields { (field) }
            @if size != Asked::SIZE { input type="hidden" form=(FORM) name="page-size" value=(size); }
            p.buttons {
                button type="submit" form=(FORM) { (facts.pick("Visa träffarna", "Show the results")) }
                @if !shown.asked.chosen.is_empty() {
                    a href=(to(facts, &without)) { (facts.pick("Ta bort alla val", "Remove all choices")) }
                }
            }
        }
    })
}

/// A facet with few values: each a box to tick.
fn boxes(facts: Facts<'_>, facet: Facet, counts: &[Count<'_>]) -> Result<Markup, Error> {
    let mut counts: Vec<&Count<'_>> = counts.iter().collect();
    counts.sort_by_key(|count| place(facet, count.value));
    Ok(html! {
        fieldset {
            legend { (title(facet, facts.language)) }
            @for count in counts { (tick(facts, facet, count)?) }
        }
    })
}

/// A facet with many values: those chosen as boxes, which can be unticked, and a list of the others.
fn list(facts: Facts<'_>, facet: Facet, counts: &[Count<'_>]) -> Result<Markup, Error> {
    let (chosen, others): (Vec<&Count<'_>>, Vec<_>) = counts.iter().partition(|count| count.chosen);
    let mut options = Vec::new();
    for count in others.into_iter().take(OFFERED) {
        let name = label(facts.snapshot, facet, count.value, facts.language)?;
        options.push((name, count));
    }
    let order = Order::of(facts.language);
    options.sort_by(|(a, one), (b, other)| {
        let by_name = order.compare(a, b).then_with(|| one.value.cmp(other.value));
        // The newest years first.
        if facet == Facet::Year {
            by_name.reverse()
        } else {
            by_name
        }
    });
    let id = format!("choose-{}", facet.key());
    let name = title(facet, facts.language);
    Ok(html! {
        @if !chosen.is_empty() {
            fieldset {
                legend { (name) }
                @for count in &chosen { (tick(facts, facet, count)?) }
            }
        }
        @if !options.is_empty() {
            div.field {
                label for=(id) { @if chosen.is_empty() { (name) } @else { (name) ", " (facts.pick("ett till", "another")) } }
                select id=(id) name=(facet.key()) form=(FORM) {
                    option value="" { @if chosen.is_empty() { (facts.pick("Alla", "All")) } @else { "–" } }
                    @for (text, count) in &options {
                        option value=(short(facts.snapshot, count.value)) { (text) " (" (words::number(count.many, facts.language)) ")" }
                    }
                }
            }
        }
    })
}

fn tick(facts: Facts<'_>, facet: Facet, count: &Count<'_>) -> Result<Markup, Error> {
    let text = label(facts.snapshot, facet, count.value, facts.language)?;
    let value = short(facts.snapshot, count.value);
    Ok(html! {
        label.tick {
            input type="checkbox" form=(FORM) name=(facet.key()) value=(value) checked[count.chosen];
            span { (text) " " span.quiet { (words::number(count.many, facts.language)) } }
        }
    })
}

/// Where a value stands among those of a facet that has an order of its own.
fn place(facet: Facet, value: &str) -> usize {
    let found = match facet {
        Facet::Kind => Kind::ALL.iter().position(|kind| kind.key() == value),
        _ => Status::ALL.iter().position(|status| status.key() == value),
    };
    found.unwrap_or(usize::MAX)
}

/// What a facet is called.
fn title(facet: Facet, language: Language) -> &'static str {
    let (sv, en) = match facet {
        Facet::Kind => ("Vad", "What"),
        Facet::Region => ("Län", "County"),
        Facet::Year => ("År", "Year"),
        Facet::Status => ("Status", "Status"),
        Facet::Goal => ("Mål", "Goal"),
        Facet::Responsible => ("Ansvarig", "Responsible"),
    };
    language.pick(sv, en)
}

/// What a kind of thing is called.
fn kind_name(kind: Kind, language: Language) -> &'static str {
    let (sv, en) = match kind {
        Kind::Plan => ("Handlingsplan", "Action plan"),
        Kind::Activity => ("Aktivitet", "Activity"),
        Kind::Goal => ("Mål", "Goal"),
        Kind::Framework => ("Ramverk", "Framework"),
        Kind::Organisation => ("Organisation", "Organisation"),
    };
    language.pick(sv, en)
}

/// What a value of a facet is called.
pub(in crate::views) fn label(
    snapshot: &Snapshot,
    facet: Facet,
    value: &str,
    language: Language,
) -> Result<String, Error> {
    let unreported = language.pick("Inte redovisad", "Not reported");
    Ok(match facet {
        Facet::Year => value.to_owned(),
        Facet::Kind => Kind::from_key(value)
            .map_or(value, |kind| kind_name(kind, language))
            .to_owned(),
        Facet::Status if value == UNREPORTED => unreported.to_owned(),
        Facet::Status => match Status::from_key(value) {
            Some(status) => marks::status_name(Facts::new(snapshot, language), status)?.text,
            None => value.to_owned(),
        },
        Facet::Region | Facet::Responsible => name(snapshot, value, language)?,
        // Goals of several frameworks have the same name.
        Facet::Goal => {
            let facts = Facts::new(snapshot, language);
            let goal = facts.name(value)?.text;
            match facts.nodes(value, skos::IN_SCHEME)?.first() {
                Some(framework) => format!("{goal} · {}", facts.name(framework)?.text),
                None => goal,
            }
        }
    })
}

/// What a thing is called.
pub(in crate::views) fn name(
    snapshot: &Snapshot,
    iri: &str,
    language: Language,
) -> Result<String, Error> {
    Ok(Facts::new(snapshot, language).name(iri)?.text)
}

/// How to have the same elsewhere.
fn elsewhere(facts: Facts<'_>, shown: &Shown<'_>) -> Markup {
    let address = shown.asked.address(facts.snapshot, Form::Json);
    html! {
        section aria-labelledby="elsewhere" {
            h2 #elsewhere { (facts.pick("Använd svaret", "Use the answer")) }
            p { (facts.pick("Samma sökning för program, som JSON: ", "The same search for programs, as JSON: "))
                a.address href=(address) { (address) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_data_is_never_markup() {
        let text = Marked {
            text: "a <b> & <i>".to_owned(),
            marks: std::iter::once(2..5).collect(),
            ..Marked::default()
        };
        let html = "a <mark>&lt;b&gt;</mark> &amp; &lt;i&gt;";
        assert_eq!(escaped(&text), html);
    }
}
