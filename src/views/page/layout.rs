//! What every page has: head, menu, trail, the data behind it, foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use crate::rdf::Format;
use crate::search::Query;
use crate::store::Snapshot;
use crate::views::Language;
use crate::views::document::{Document, version};
use crate::views::search::SEARCH;

/// A link in the trail above a page: where it leads and what it says.
pub(super) struct Crumb {
    /// The path below the base.
    pub(super) path: String,
    pub(super) text: String,
    /// The language of the text, where it is not the page's.
    pub(super) language: Option<String>,
}

/// The data behind a page.
pub(super) struct Data {
    /// The address to cite.
    pub(super) address: String,
    /// The address that the suffixes of formats are added to.
    pub(super) stem: String,
    pub(super) formats: Vec<Format>,
    /// The same data as JSON-LD, for programs that read the page.
    pub(super) json: Option<Value>,
    /// The path of the dataset in the catalogue that holds what is shown.
    pub(super) dataset: Option<String>,
    /// The document that what is shown comes from: its name and where it is.
    pub(super) originals: Vec<(String, String)>,
    /// The day the data last changed, `YYYY-MM-DD`.
    pub(super) modified: Option<String>,
    /// The hash of the plan's canonical form.
    pub(super) revision: Option<String>,
}

/// A page before it is put into its frame.
pub(super) struct Page {
    /// The title in a search result; the name of the service is added.
    pub(super) title: String,
    /// What a search result says of it.
    pub(super) description: String,
    /// The path below the base, without suffix.
    pub(super) path: String,
    pub(super) crumbs: Vec<Crumb>,
    /// None for pages that are no resource.
    pub(super) data: Option<Data>,
    /// What stands in `main`.
    pub(super) main: Markup,
}

/// Links below the base, in the language of the page they stand on.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    snapshot: &'a Snapshot,
    pub(super) language: Language,
}

impl<'a> Site<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, language: Language) -> Self {
        Self { snapshot, language }
    }

    /// The address of a page. The language goes along, so that a reader who chose one keeps it.
    pub(super) fn page(&self, path: &str) -> String {
        let (path, anchor) = match path.split_once('#') {
            Some((path, anchor)) => (path, format!("#{anchor}")),
            None => (path, String::new()),
        };
        format!("{}?lang={}{anchor}", self.file(path), self.language.tag())
    }

    /// The address of a page that may have parameters already.
    pub(super) fn also(&self, address: &str) -> String {
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{}{joint}lang={}", self.file(address), self.language.tag())
    }

    /// The address of a file or of data.
    pub(super) fn file(&self, path: &str) -> String {
        format!("{}{path}", self.snapshot.base().path())
    }

    fn pick<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.pick(sv, en)
    }
}

/// The menu: path, words.
const MENU: [(&str, &str, &str); 8] = [
    ("plan", "Planer", "Plans"),
    ("framework", "Ramverk", "Frameworks"),
    ("compare", "Jämför", "Compare"),
    ("organisation", "Organisationer", "Organisations"),
    ("query", "Frågor", "Questions"),
    ("sparql", "SPARQL", "SPARQL"),
    ("ns", "Vokabulär", "Vocabulary"),
    ("about", "Om", "About"),
];

/// What a page that answers a question was asked.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// The parameters of its address, but for the language; each after a `&`.
    pub(super) parameters: &'a str,
    /// Whether a search engine should list it: it is what is there before anybody asks.
    pub(super) listed: bool,
}

/// The whole document.
pub(super) fn document(site: Site<'_>, page: &Page) -> String {
    framed(site, page, Asked::default())
}

/// The whole document of a page that answers a question.
pub(super) fn framed(site: Site<'_>, page: &Page, asked: Asked<'_>) -> String {
    let language = site.language;
    let base = site.snapshot.base();
    let canonical = canonical(site, page);
    let name = if page.path.is_empty() && page.data.is_some() {
        page.title.clone()
    } else {
        format!("{} – Samplan", page.title)
    };
    let markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                title { (name) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="description" content=(page.description);
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href={ (site.file("style.css")) "?v=" (version(&Document::Stylesheet)) };
                link rel="icon" type="image/svg+xml" href=(site.file("icon.svg"));
                @if let Some(data) = &page.data {
                    link rel="canonical" href=(canonical);
                    link rel="alternate" hreflang="x-default" href=(data.address);
                    @for language in Language::ALL {
                        link rel="alternate" hreflang=(language.tag())
                            href={ (base.node(&page.path).as_str()) "?lang=" (language.tag()) };
                    }
                    @for format in data.formats.iter().filter(|format| **format != Format::Html) {
                        link rel="alternate" type=(format.media_type())
                            href={ (data.stem) "." (format.suffix()) };
                    }
                    meta property="og:title" content=(page.title);
                    meta property="og:description" content=(page.description);
                    meta property="og:url" content=(data.address);
                    @if let Some(json) = &data.json {
                        script type="application/ld+json" { (in_script(json)) }
                    }
                } @else if asked.listed {
                    link rel="canonical" href=(canonical);
                    @for language in Language::ALL {
                        link rel="alternate" hreflang=(language.tag())
                            href={ (base.node(&page.path).as_str()) "?lang=" (language.tag()) };
                    }
                } @else {
                    meta name="robots" content="noindex";
                }
            }
            body {
                a.skip href="#main" { (site.pick("Hoppa till innehållet", "Skip to content")) }
                (top(site, page, asked))
                (trail(site, page))
                main #main tabindex="-1" { (page.main) }
                @if let Some(data) = &page.data { (behind(site, data)) }
                (foot(site))
            }
        }
    };
    markup.into_string()
}

/// The address that a search engine should list. Each language has its own, and the plain
/// address stands for Swedish.
fn canonical(site: Site<'_>, page: &Page) -> String {
    let address = site.snapshot.base().node(&page.path);
    match site.language {
        Language::Sv => address.as_str().to_owned(),
        Language::En => format!("{}?lang=en", address.as_str()),
    }
}

/// JSON that a reader of HTML takes for text: no tag can begin in it.
pub(super) fn in_script(json: &Value) -> PreEscaped<String> {
    PreEscaped(
        json.to_string()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026"),
    )
}

fn top(site: Site<'_>, page: &Page, asked: Asked<'_>) -> Markup {
    let other = site.language.other();
    let here = |path: &str| {
        let rest = page.path.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            .then_some("page")
    };
    html! {
        header.top {
            div.wide {
                a.brand href=(site.page("")) aria-current=[(page.path.is_empty() && page.data.is_some()).then_some("page")] {
                    svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false" {
                        rect width="32" height="32" rx="7" class="brand-ground" {}
                        path d="M8 10h9M8 16h16M8 22h12" class="brand-lines" {}
                        circle cx="23" cy="10" r="2.4" class="brand-dot" {}
                    }
                    span { "Samplan" }
                }
                nav.menu aria-label=(site.pick("Huvudmeny", "Main menu")) {
                    ul {
                        @for (path, sv, en) in MENU {
                            li { a href=(site.page(path)) aria-current=[here(path)] { (site.pick(sv, en)) } }
                        }
                    }
                }
                // Nothing but the language of the same page changes.
                a.language href={ "?lang=" (other.tag()) (asked.parameters) } lang=(other.tag()) hreflang=(other.tag()) rel="alternate" {
                    (other.own_name())
                }
                @if !has_own_search(page) {
                    form.search role="search" action=(site.file(SEARCH)) method="get" {
                        (search_field(site, "search", "", false))
                        button type="submit" {
                            svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" { path d="M11 11l4 4M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z" {} }
                            span.sr { (site.pick("Sök", "Search")) }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a page has a search in its middle, beside which another in its head would be one too many.
fn has_own_search(page: &Page) -> bool {
    page.path == SEARCH || (page.path.is_empty() && page.data.is_some())
}

/// What stands in the form of a search: a field with that id, and what is written in it.
pub(super) fn search_field(site: Site<'_>, id: &str, text: &str, wrong: bool) -> Markup {
    html! {
        input type="hidden" name="lang" value=(site.language.tag());
        label.sr for=(id) { (site.pick("Sök i planer, aktiviteter och mål", "Search plans, activities and goals")) }
        input type="search" id=(id) name="q" value=[(!text.is_empty()).then_some(text)]
            maxlength=(Query::LONGEST) placeholder=(site.pick("Sök", "Search"))
            aria-invalid=[wrong.then_some("true")];
    }
}

fn trail(site: Site<'_>, page: &Page) -> Markup {
    html! {
        @if !page.crumbs.is_empty() {
            nav.trail aria-label=(site.pick("Du är här", "You are here")) {
                ol.wide {
                    @for crumb in &page.crumbs {
                        li { a href=(site.page(&crumb.path)) lang=[crumb.language.as_deref()] { (crumb.text) } }
                    }
                }
            }
        }
    }
}

/// How to get and cite what the page shows.
fn behind(site: Site<'_>, data: &Data) -> Markup {
    let is_text = data.formats == [Format::Html];
    html! {
        section.behind aria-labelledby="behind" {
            div.wide {
                h2 #behind { @if is_text { (site.pick("Den här sidan", "This page")) }
                             @else { (site.pick("Data bakom sidan", "The data behind this page")) } }
                dl.facts {
                    dt { (site.pick("Adress att hänvisa till", "Address to cite")) }
                    dd { code.address { (data.address) } }
                    @if !is_text {
                        dt { (site.pick("Ladda ner som", "Download as")) }
                        dd {
                            ul.formats {
                                @for format in data.formats.iter().filter(|format| **format != Format::Html) {
                                    li { a href={ (relative(site, &data.stem)) "." (format.suffix()) } { (format.name()) } }
                                }
                            }
                        }
                    }
                    @if let Some(dataset) = &data.dataset {
                        dt { (site.pick("I katalogen", "In the catalogue")) }
                        dd { a href=(site.page(dataset)) { (site.pick("Datamängden, med filer, storlek och kontrollsumma", "The dataset, with files, sizes and checksum")) } }
                    }
                    @if !data.originals.is_empty() {
                        dt { (site.pick("Originaldokument", "Original document")) }
                        dd { ul.who { @for (name, href) in &data.originals { li { a href=(href) { (name) } } } } }
                    }
                    @if let Some(modified) = &data.modified {
                        dt { (site.pick("Data senast ändrade", "Data last changed")) }
                        dd { (super::words::day(modified, site.language)) }
                    }
                    @if let Some(revision) = &data.revision {
                        dt { (site.pick("Revision", "Revision")) }
                        dd {
                            code.address { (revision.get(..12).unwrap_or(revision)) }
                            " " span.quiet { (site.pick(
                                "början av kontrollsumman för planens innehåll (SHA-256 över RDFC-1.0)",
                                "the start of the checksum of the plan's content (SHA-256 over RDFC-1.0)")) }
                        }
                    }
                }
            }
        }
    }
}

/// An address of this instance as a path, which works whatever name the reader reached it by.
fn relative(site: Site<'_>, address: &str) -> String {
    match site.snapshot.base().relative(address) {
        Some(path) => site.file(path),
        None => address.to_owned(),
    }
}

fn foot(site: Site<'_>) -> Markup {
    html! {
        footer.foot {
            div.wide {
                p { (site.pick(
                    "Samplan återger offentliga handlingsplaner som öppna data. Originaldokumentet gäller alltid.",
                    "Samplan renders public action plans as open data. The original document always prevails.")) }
                ul {
                    li { a href=(site.page("about")) { (site.pick("Om Samplan", "About Samplan")) } }
                    li { a href=(site.page("accessibility")) { (site.pick("Tillgänglighet", "Accessibility")) } }
                    li { a href=(site.page("catalog")) { (site.pick("Katalog", "Catalogue")) } }
                    li { a href=(site.page("ns/shapes")) { (site.pick("Regler för planer", "Rules for plans")) } }
                }
            }
        }
    }
}
