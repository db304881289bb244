//! A published query for people: a form for its parameters, the answer as a table, and how to
//! use the same from elsewhere. And the list of all of them.

use maud::{Markup, html};
use oxrdf::{NamedNode, Term};

use super::answer::{self, Head};
use super::facts::Facts;
use super::layout::{Asked, Crumb, Page, framed};
use super::{sparql, words};
use crate::rdf::Format;
use crate::sparql::named::Bound;
use crate::sparql::named::parameter::{Kind, Parameter, ParameterError};
use crate::sparql::{NamedQuery, Rows, Window};
use crate::store::Snapshot;
use crate::views::service::{self, QUERIES};
use crate::views::{Error, Language};

/// Which rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The page, from 1.
    pub page: usize,
    /// How many rows it has.
    pub size: usize,
}

impl Paging {
    /// How many rows a page for people has unless it is asked for otherwise.
    pub const SIZE: usize = 100;

    /// The most rows that a page may have.
    pub const MOST: usize = 10_000;

    /// The largest number of a page that is looked for.
    pub const MOST_PAGES: usize = 1_000_000;

    /// The page that people get first.
    const FIRST: Self = Self {
        page: 1,
        size: Self::SIZE,
    };

    /// The rows of the page.
    pub fn window(self) -> Window {
        Window {
            start: (self.page - 1).saturating_mul(self.size),
            length: self.size,
        }
    }
}

/// What is shown of a published query.
pub struct Shown<'a> {
    /// The query.
    pub query: &'a NamedQuery,
    /// Its parameters, bound.
    pub bound: &'a Bound,
    /// Their values as they were given.
    pub given: &'a [(String, String)],
    /// Which rows are shown; all where there is none.
    pub paging: Option<Paging>,
    /// How many rows there are in all.
    pub total: usize,
    /// The language of the page.
    pub language: Language,
}

impl Shown<'_> {
    /// The address of the answer in a format.
    pub fn address(&self, snapshot: &Snapshot, format: Format) -> String {
        let paging = self.paging.map(|paging| paging.page);
        self.at(snapshot, format, paging)
    }

    /// The address of a page of the answer, or of all of it, in a format.
    fn at(&self, snapshot: &Snapshot, format: Format, page: Option<usize>) -> String {
        let path = format!("{QUERIES}/{}.{}", self.query.name, format.suffix());
        format!(
            "{}{}",
            snapshot.base().node(&path).as_str(),
            self.asks(format, page)
        )
    }

    /// What stands after the path of an address: the parameters given, page and language.
    fn asks(&self, format: Format, page: Option<usize>) -> String {
        let mut pairs: Vec<(&str, String)> = self
            .given
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        if format.has_language() && pairs.iter().all(|(name, _)| *name != "lang") {
            pairs.push(("lang", self.language.tag().to_owned()));
        }
        if let (Some(page), Some(paging)) = (page, self.paging) {
            pairs.push(("page", page.to_string()));
            pairs.push(("page-size", paging.size.to_string()));
        }
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(pairs);
        let text = text.finish();
        if text.is_empty() {
            text
        } else {
            format!("?{text}")
        }
    }

    fn last_page(&self) -> Option<usize> {
        self.paging
            .map(|paging| self.total.div_ceil(paging.size).max(1))
    }

    /// The `Link` header: the other pages and formats, and what describes the query (RFC 8288).
    pub fn links(&self, snapshot: &Snapshot, format: Format) -> String {
        let mut links = Vec::new();
        if let (Some(paging), Some(last)) = (self.paging, self.last_page()) {
            let mut page = |rel: &str, page: usize| {
                let address = self.at(snapshot, format, Some(page));
                links.push(format!("<{address}>; rel=\"{rel}\""));
            };
            page("first", 1);
            if paging.page > 1 {
                page("prev", (paging.page - 1).min(last));
            }
            if paging.page < last {
                page("next", paging.page + 1);
            }
            page("last", last);
        }
        let others = Format::ROWS.into_iter().chain([Format::Html]);
        links.extend(others.filter(|other| *other != format).map(|other| {
            let address = self.at(snapshot, other, self.paging.map(|paging| paging.page));
            format!(
                "<{address}>; rel=\"alternate\"; type=\"{}\"",
                other.media_type()
            )
        }));
        let query = snapshot
            .base()
            .node(&format!("{QUERIES}/{}.ttl", self.query.name));
        links.push(format!(
            "<{}>; rel=\"describedby\"; type=\"text/turtle\"",
            query.as_str()
        ));
        links.join(", ")
    }
}

/// The page with an answer.
///
/// # Errors
/// Always our fault.
pub fn page(snapshot: &Snapshot, shown: &Shown<'_>, rows: &Rows) -> Result<String, Error> {
    let facts = Facts::new(snapshot, shown.language);
    let answer = html! {
        section aria-labelledby="answer" {
            h2 #answer { (facts.pick("Svar", "Answer")) }
            (count(facts, shown, rows))
            @if !rows.rows.is_empty() { (table(facts, shown.query, rows)?) }
            (pager(facts, shown))
        }
        (elsewhere(facts, shown))
    };
    let mut parameters = given_as_parameters(shown.given);
    if let Some(Paging { page, size }) = shown.paging.filter(|paging| *paging != Paging::FIRST) {
        parameters = format!("{parameters}&page={page}&page-size={size}");
    }
    let listed = parameters.is_empty();
    let asked = Asked {
        parameters: &parameters,
        listed,
    };
    whole(facts, shown.query, shown.given, &[], &answer, asked)
}

/// The page of a query whose parameters are to be mended.
///
/// # Errors
/// Always our fault.
pub fn mend(
    snapshot: &Snapshot,
    name: &str,
    given: &[(String, String)],
    errors: &[ParameterError],
    language: Language,
) -> Result<String, Error> {
    let facts = Facts::new(snapshot, language);
    let query = service::published()?
        .iter()
        .find(|query| query.name == name);
    let query = query.ok_or(Error::NoSuchForm)?;
    let asked = Asked {
        parameters: &given_as_parameters(given),
        listed: false,
    };
    whole(facts, query, given, errors, &html! {}, asked)
}

fn whole(
    facts: Facts<'_>,
    query: &NamedQuery,
    given: &[(String, String)],
    errors: &[ParameterError],
    answer: &Markup,
    asked: Asked<'_>,
) -> Result<String, Error> {
    let name = query.title.in_language(facts.language);
    let title = if errors.is_empty() {
        name.to_owned()
    } else {
        format!("{}: {name}", facts.pick("Fel", "Error"))
    };
    let description = query.description.in_language(facts.language);
    let page = Page {
        title,
        description: description.to_owned(),
        path: format!("{QUERIES}/{}", query.name),
        crumbs: vec![Crumb {
            path: QUERIES.to_owned(),
            text: facts.pick("Frågor", "Questions").to_owned(),
            language: None,
        }],
        data: None,
        main: html! {
            header.title {
                h1 { (name) }
                p.lead { (description) }
            }
            @if !errors.is_empty() {
                div.failure role="alert" {
                    @for error in errors { p { (error_words(facts, query, error)) } }
                }
            }
            (form(facts, query, given, errors)?)
            (answer)
        },
    };
    Ok(framed(facts.site, &page, asked))
}

/// The values given, but for the language, as parameters of an address.
fn given_as_parameters(given: &[(String, String)]) -> String {
    let mut parameters = String::new();
    for (name, value) in given {
        if name != "lang" && !value.trim().is_empty() {
            let (name, value) = (sparql::encoded(name), sparql::encoded(value));
            parameters = format!("{parameters}&{name}={value}");
        }
    }
    parameters
}

/// What is wrong with a parameter, by the name that the form has for it.
fn error_words(facts: Facts<'_>, query: &NamedQuery, error: &ParameterError) -> String {
    let own = query
        .parameters
        .iter()
        .find(|own| own.name == error.parameter);
    match own {
        Some(own) => {
            let title = own.title.in_language(facts.language);
            format!("{title}: {}", error.detail.in_language(facts.language))
        }
        None => error.in_language(facts.language),
    }
}

fn form(
    facts: Facts<'_>,
    query: &NamedQuery,
    given: &[(String, String)],
    errors: &[ParameterError],
) -> Result<Markup, Error> {
    // The page's language is the query's, and is chosen at the top of the page.
    let own: Vec<&Parameter> = query
        .parameters
        .iter()
        .filter(|own| own.name != "lang")
        .collect();
    let mut fields = Vec::new();
    for parameter in &own {
        let wrong = errors.iter().any(|error| error.parameter == parameter.name);
        fields.push(field(facts, parameter, given, wrong)?);
    }
    Ok(html! {
        form.parameters action=(facts.site.file(&format!("{QUERIES}/{}", query.name))) method="get" {
            input type="hidden" name="lang" value=(facts.language.tag());
            @for field in &fields { (field) }
            @if !own.is_empty() {
                button type="submit" { (facts.pick("Visa", "Show")) }
            }
        }
    })
}

fn field(
    facts: Facts<'_>,
    parameter: &Parameter,
    given: &[(String, String)],
    wrong: bool,
) -> Result<Markup, Error> {
    let invalid = wrong.then_some("true");
    let name = parameter.name.as_str();
    let value = given
        .iter()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value.as_str());
    let default = match &parameter.default {
        Some(Term::Literal(literal)) => Some(literal.value()),
        _ => None,
    };
    let id = format!("parameter-{name}");
    let hint = format!("{id}-hint");
    let any = facts.pick("Alla", "All");
    let control = match &parameter.kind {
        Kind::Resource { .. } => {
            let options = options(facts, parameter)?;
            let chosen = value.and_then(|value| parameter.term(facts.snapshot, value).ok());
            html! {
                select id=(id) name=(name) aria-describedby=(hint) aria-invalid=[invalid] {
                    option value="" { (any) }
                    @for (value, node, text) in &options {
                        option value=(value) selected[chosen.as_ref() == Some(node)] { (text) }
                    }
                }
            }
        }
        Kind::Choice(choices) => html! {
            select id=(id) name=(name) aria-describedby=(hint) aria-invalid=[invalid] {
                @if default.is_none() { option value="" { (any) } }
                @for choice in choices {
                    option value=(choice) selected[value.or(default) == Some(choice)] { (choice) }
                }
            }
        },
        Kind::Integer { least, most } => html! {
            input type="number" id=(id) name=(name) min=(least) max=(most) step="1"
                value=[value.or(default)] aria-describedby=(hint) aria-invalid=[invalid];
        },
        Kind::Text { shortest, longest } => html! {
            input type="search" id=(id) name=(name) minlength=(shortest) maxlength=(longest)
                value=[value.or(default)] aria-describedby=(hint) aria-invalid=[invalid];
        },
        Kind::Date => html! {
            // A field of one part: the browser's own for dates has several stops for Tab.
            input type="text" inputmode="numeric" id=(id) name=(name) value=[value.or(default)]
                placeholder=(facts.pick("ÅÅÅÅ-MM-DD", "YYYY-MM-DD")) pattern=r"\d{4}-\d{2}-\d{2}"
                autocomplete="off" aria-describedby=(hint) aria-invalid=[invalid];
        },
    };
    Ok(html! {
        div.field {
            label for=(id) { (parameter.title.in_language(facts.language)) }
            (control)
            p.quiet id=(hint) { (parameter.description.in_language(facts.language)) }
        }
    })
}

/// What a parameter can be, by name: its value in the form, what it is, what it is called.
fn options(facts: Facts<'_>, parameter: &Parameter) -> Result<Vec<(String, Term, String)>, Error> {
    let instances = parameter.instances(facts.snapshot);
    let iris = instances.into_iter().map(NamedNode::into_string).collect();
    let mut options = Vec::new();
    for iri in facts.by_name(iris)? {
        let base = facts.snapshot.base();
        let value = base.relative(&iri).unwrap_or(&iri).to_owned();
        let text = facts.name(&iri)?.text;
        options.push((value, NamedNode::new_unchecked(iri).into(), text));
    }
    Ok(options)
}

fn count(facts: Facts<'_>, shown: &Shown<'_>, rows: &Rows) -> Markup {
    let start = shown.paging.map_or(0, |paging| paging.window().start);
    if start == 0 {
        return sparql::count(facts, rows.rows.len(), Some(shown.total));
    }
    let number = |many| words::number(many, facts.language);
    let (from, to) = (start + 1, start + rows.rows.len());
    html! {
        p.count {
            @if rows.rows.is_empty() { (facts.pick("Så många rader finns inte.", "There are not that many rows.")) }
            @else {
                (facts.language.pick(
                    format!("Rad {} till {} av {}.", number(from), number(to), number(shown.total)),
                    format!("Rows {} to {} of {}.", number(from), number(to), number(shown.total)),
                ))
            }
        }
    }
}

fn table(facts: Facts<'_>, query: &NamedQuery, rows: &Rows) -> Result<Markup, Error> {
    let heads: Vec<Head> = query
        .columns
        .iter()
        .map(|column| Head {
            variable: column.name.clone(),
            title: Some(column.title.in_language(facts.language).to_owned()),
        })
        .collect();
    answer::table(facts, query.title.in_language(facts.language), &heads, rows)
}

fn pager(facts: Facts<'_>, shown: &Shown<'_>) -> Markup {
    let (Some(paging), Some(last)) = (shown.paging, shown.last_page()) else {
        return html! {};
    };
    let path = facts.site.file(&format!("{QUERIES}/{}", shown.query.name));
    let to = |page: usize| format!("{path}{}", shown.asks(Format::Html, Some(page)));
    html! {
        @if last > 1 {
            nav.pager aria-label=(facts.pick("Sidor", "Pages")) {
                @if paging.page > 1 {
                    a rel="prev" href=(to((paging.page - 1).min(last))) { (facts.pick("Föregående", "Previous")) }
                }
                span { (facts.pick("Sida", "Page")) " " (paging.page) " " (facts.pick("av", "of")) " " (last) }
                @if paging.page < last {
                    a rel="next" href=(to(paging.page + 1)) { (facts.pick("Nästa", "Next")) }
                }
            }
        }
    }
}

/// How to have the same elsewhere.
fn elsewhere(facts: Facts<'_>, shown: &Shown<'_>) -> Markup {
    let csv = shown.at(facts.snapshot, Format::Csv, None);
    let path = format!("{QUERIES}/{}", shown.query.name);
    html! {
        section aria-labelledby="elsewhere" {
            h2 #elsewhere { (facts.pick("Använd svaret", "Use the answer")) }
            p.label { (facts.pick("Alla rader som", "All rows as")) }
            ul.formats {
                @for format in Format::ROWS {
                    li { a href={ (facts.site.file(&path)) "." (format.suffix()) (shown.asks(format, None)) } { (format.name()) } }
                }
            }
            details {
                summary { (facts.pick("I kalkylblad, Python och R", "In a spreadsheet, Python and R")) }
                p { (facts.pick("Adressen ger alltid dagens svar:", "The address always gives today's answer:")) }
                pre tabindex="0" { code {
                    "# Excel: Data → " (facts.pick("Från webben", "From Web")) "\n" (csv) "\n\n"
                    "# Python\nimport pandas\nrows = pandas.read_csv(\"" (csv) "\")\n\n"
                    "# R\nrows <- read.csv(\"" (csv) "\")\n\n"
                    "# shell\ncurl '" (csv) "'"
                } }
            }
            details {
                summary { (facts.pick("Frågan i SPARQL", "The query in SPARQL")) }
                pre tabindex="0" { code { (shown.bound.text) } }
                p { a href=(sparql::address(facts, &shown.bound.text)) { (facts.pick("Öppna i redigeraren", "Open in the editor")) } }
            }
        }
    }
}

/// The list of published queries.
pub(super) fn list(facts: Facts<'_>) -> Result<Page, Error> {
    let queries = service::published()?;
    let title = facts.pick("Färdiga frågor", "Ready-made questions");
    let description = facts.pick(
        "Frågor över alla planer, att fylla i, läsa och ladda ner. Varje svar har en adress som program kan hämta som CSV eller JSON.",
        "Questions over all plans, to fill in, read and download. Every answer has an address that programs can fetch as CSV or JSON.",
    );
    Ok(Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: QUERIES.to_owned(),
        crumbs: Vec::new(),
        data: None,
        main: html! {
            header.title { h1 { (title) } p.lead { (description) } }
            dl.terms {
                @for query in queries {
                    div {
                        dt { a href=(facts.site.page(&format!("{QUERIES}/{}", query.name))) { (query.title.in_language(facts.language)) } }
                        dd { p { (query.description.in_language(facts.language)) } }
                    }
                }
            }
            p { (facts.pick("Det går också att skriva ", "You can also write ")) a href=(facts.site.page(service::SPARQL)) { (facts.pick("egna frågor i SPARQL", "queries of your own in SPARQL")) } "." }
        },
    })
}
