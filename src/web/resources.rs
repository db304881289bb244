//! Whatever is served under a name: plans, their parts, frameworks, organisations, vocabulary,
//! lists, pages, and the files beside them. One way for all.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;

use super::encoding::Encoding;
use super::error::Error;
use super::negotiate::{self, Offer};
use super::representations::{Representation, whole};
use super::respond::{Fresh, Head, Vary, list, respond};
use super::{App, READ, compare, download};
use crate::rdf::{Format, canonical};
use crate::store::Snapshot;
use crate::views::catalog::{self, Page};
use crate::views::comparison;
use crate::views::describe::TextPage;
use crate::views::download::Download;
use crate::views::search::{Asked, Form};
use crate::views::{self, Document, Language, Rendered, Resource, service, signposts};

/// What a path names.
enum Target {
    /// Something with representations in several formats.
    Resource {
        resource: Resource,
        /// The path of the resource, without suffix.
        path: String,
        /// The format that the suffix asks for.
        format: Option<Format>,
    },
    /// Something that has one form only.
    Document(Document),
    /// A file that can be large.
    Download(Download),
    /// The path of something that is there, with a slash after it.
    WithSlash(String),
}

impl Target {
    fn is(&self, wanted: &Resource) -> bool {
        matches!(self, Self::Resource { resource, .. } if resource == wanted)
    }
}

/// The representation that a request gets.
pub(super) struct Wanted {
    /// Its name among the representations of a snapshot.
    pub(super) key: String,
    pub(super) view: View,
    pub(super) head: Head,
}

/// What is rendered.
#[derive(Clone)]
pub(super) enum View {
    Resource(Resource, Format, Language),
    Document(Document),
    Search(Box<Asked>, Form),
}

/// Answers every address that has no route of its own.
pub(super) async fn any(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Error> {
    let snapshot = app.snapshot();
    let path = uri.path().strip_prefix('/').unwrap_or(uri.path());
    let query = uri.query().unwrap_or_default();
    let target = paged(&snapshot, target(&app, &snapshot, path)?, query, &headers)?;
    if method != Method::GET && method != Method::HEAD {
        return Err(Error::MethodNotAllowed(READ));
    }
    let target = compared(&snapshot, target, query)?;
    if target.is(&Resource::Text(TextPage::Compare))
        && let Some(to) = compare::from_form(&snapshot, query)?
    {
        return Ok(to);
    }
    let wanted = match target {
        Target::WithSlash(path) => return Ok(redirect(&snapshot, &path, uri.query())),
        Target::Download(wanted) => {
            return download::answer(&snapshot, wanted, &headers).await;
        }
        Target::Document(document) => Wanted::document(path, document),
        Target::Resource {
            resource,
            path,
            format,
        } => {
            let language = asked_language(query)?;
            Wanted::resource(&snapshot, resource, &path, format, language, &headers)?
        }
    };
    answer(&app, &snapshot, wanted, &headers).await
}

/// `/robots.txt` at the root of the host, where robots look for it.
pub(super) async fn robots(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response<Body>, Error> {
    if method != Method::GET && method != Method::HEAD {
        return Err(Error::MethodNotAllowed(READ));
    }
    let wanted = Wanted::document("robots.txt", Document::Robots);
    answer(&app, &app.snapshot(), wanted, &headers).await
}

/// The endpoint's description of itself, or its page; in one of some formats, where they are
/// named.
pub(super) async fn service(
    app: &App,
    named: Option<Vec<Format>>,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let resource = Resource::Service(app.parts.config.bounds());
    named_resource(app, resource, service::SPARQL, named, query, headers).await
}

/// A resource in one of the formats that are named, or else in the one negotiated.
pub(super) async fn named_resource(
    app: &App,
    resource: Resource,
    path: &str,
    named: Option<Vec<Format>>,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let snapshot = app.snapshot();
    let offers = views::offers(&snapshot, &resource)?;
    let format = match named {
        None => None,
        Some(named) => Some(first_of(&offers, &named)?),
    };
    let language = asked_language(query)?;
    let wanted = Wanted::resource(&snapshot, resource, path, format, language, headers)?;
    answer(app, &snapshot, wanted, headers).await
}

/// The first offer among the formats that are named.
pub(super) fn first_of(offers: &[Format], named: &[Format]) -> Result<Format, Error> {
    let mut offered = offers.iter().copied();
    let found = offered.find(|format| named.contains(format));
    found.ok_or_else(|| not_among(offers))
}

/// What is wrong where none of the offers is acceptable.
fn not_among(offers: &[Format]) -> Error {
    let formats = offers.iter().map(|format| format.media_type().to_owned());
    Error::NotAcceptable(formats.collect())
}

pub(super) async fn answer(
    app: &App,
    snapshot: &Arc<Snapshot>,
    wanted: Wanted,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let codings = list(headers, header::ACCEPT_ENCODING);
    let encoding = negotiate::encoding(codings.as_deref()).ok_or(Error::NoCoding)?;
    let Representation {
        bytes,
        etag,
        encoding,
        modified,
    } = representation(app, snapshot, &wanted, encoding).await?;
    let etag = tag_of(&etag, wanted.head.content_type)?;
    let head = Head {
        modified,
        revision: Some(snapshot.revision().to_owned()),
        ..wanted.head
    };
    respond(headers, &head, bytes, etag, encoding)
}

/// The representation, from memory or made now.
async fn representation(
    app: &App,
    snapshot: &Arc<Snapshot>,
    wanted: &Wanted,
    encoding: Encoding,
) -> Result<Representation, Error> {
    let kept = &app.parts.representations;
    // Nothing waits on this thread: what is kept for good is looked up on one of its own.
    if let Some(kept) = kept.kept(snapshot.revision(), &wanted.key, encoding) {
        return Ok(kept);
    }
    let (app, snapshot) = (app.clone(), Arc::clone(snapshot));
    let (key, view) = (wanted.key.clone(), wanted.view.clone());
    // Rendering and encoding are work for a thread of their own; a plan can be large.
    tokio::task::spawn_blocking(move || {
        if view.is_kept() {
            return whole(&snapshot, &key, encoding, || view.render(&snapshot));
        }
        let kept = &app.parts.representations;
        kept.get(snapshot.revision(), &key, encoding, || {
            view.render(&snapshot)
        })
    })
    .await
    .map_err(|error| Error::Internal(error.into()))?
}

/// The forms in which harvesters fetch the catalogue.
const KEPT: [Format; 4] = [
    Format::RdfXml,
    Format::Turtle,
    Format::JsonLd,
    Format::NTriples,
];

impl View {
    /// Whether it is to be had from memory for as long as the data are, however large it is: the
    /// catalogue, which every portal fetches whole.
    fn is_kept(&self) -> bool {
        match self {
            Self::Resource(resource, format, _) => {
                *resource == Resource::Catalog(None) && KEPT.contains(format)
            }
            Self::Document(document) => document.is_kept(),
            Self::Search(..) => false,
        }
    }

    fn render(&self, snapshot: &Snapshot) -> Result<Rendered, Error> {
        Ok(match self {
            Self::Resource(resource, format, language) => {
                views::render(snapshot, resource, *format, *language)?
            }
            Self::Document(document) => Rendered {
                bytes: document.bytes(snapshot)?,
                modified: document.modified(snapshot)?,
            },
            Self::Search(asked, form) => Rendered {
                bytes: views::search::render(snapshot, asked, *form)?,
                modified: None,
            },
        })
    }
}

impl Wanted {
    fn document(path: &str, document: Document) -> Self {
        let parameters = match &document {
            Document::Dcat(Some(page)) => page.query(),
            Document::TableMetadata(resource) => resource.parameters(),
            _ => String::new(),
        };
        Self {
            key: with_parameters(path, &[&parameters]),
            head: Head {
                gathered: true,
                content_type: document.content_type(),
                fresh: if document.is_versioned() {
                    Fresh::Day
                } else {
                    Fresh::Ask
                },
                vary: Vary {
                    encoding: true,
                    ..Vary::default()
                },
                ..Head::default()
            },
            view: View::Document(document),
        }
    }

    fn resource(
        snapshot: &Snapshot,
        resource: Resource,
        path: &str,
        format: Option<Format>,
        language: Option<Language>,
        headers: &HeaderMap,
    ) -> Result<Self, Error> {
        let offers = views::offers(snapshot, &resource)?;
        let (chosen, alias) = match format {
            Some(format) => (format, None),
            None => chosen(&resource, &offers, headers)?,
        };
        let vary = Vary {
            accept: format.is_none(),
            language: format.is_none() || chosen.has_language(),
            encoding: true,
        };
        let language = language.unwrap_or_else(|| {
            let accepted = list(headers, header::ACCEPT_LANGUAGE);
            negotiate::language(accepted.as_deref())
        });
        let location = location(snapshot, &resource, path, chosen, language);
        Ok(Self {
            head: Head {
                gathered: resource.is_of_the_catalogue(),
                content_type: alias.unwrap_or(chosen.content_type()),
                language: chosen.has_language().then(|| language.tag()),
                links: Some(all_links(
                    snapshot, &resource, path, &offers, chosen, language,
                )),
                location: Some(location.clone()),
                vary,
                ..Head::default()
            },
            key: location,
            view: View::Resource(resource, chosen, language),
        })
    }
}

/// What a path names: a resource as it is, a file, a resource with the suffix of a format.
///
/// A resource whose own name ends like a suffix (goal `9.c`) is itself first.
fn target(app: &App, snapshot: &Snapshot, path: &str) -> Result<Target, Error> {
    let iri = snapshot.base().node(path);
    if let Some(withdrawn) = snapshot.withdrawn(iri.as_str()) {
        return Err(Error::Gone(withdrawn.as_str().to_owned()));
    }
    if let Some(resource) = resolve(app, snapshot, path)? {
        return Ok(Target::Resource {
            resource,
            path: path.to_owned(),
            format: None,
        });
    }
    if let Some(download) = Download::at(path) {
        return Ok(Target::Download(download));
    }
    if let Some(document) = Document::at(snapshot, path)? {
        return Ok(Target::Document(document));
    }
    if let Some((path, format)) = without_suffix(path)
        && let Some(resource) = resolve(app, snapshot, path)?
        && views::offers(snapshot, &resource)?.contains(&format)
    {
        return Ok(Target::Resource {
            resource,
            path: path.to_owned(),
            format: Some(format),
        });
    }
    let bare = path.trim_end_matches('/');
    if bare.len() < path.len() && !bare.is_empty() && target(app, snapshot, bare).is_ok() {
        return Ok(Target::WithSlash(bare.to_owned()));
    }
    Err(Error::NotFound)
}

/// The resource at a path, the endpoint included, of whose limits the snapshot knows nothing.
fn resolve(app: &App, snapshot: &Snapshot, path: &str) -> Result<Option<Resource>, Error> {
    if path == service::SPARQL {
        return Ok(Some(Resource::Service(app.parts.config.bounds())));
    }
    Ok(views::resolve(snapshot, path)?)
}

/// The page of the catalogue that a request asks for, where it asks for one.
fn paged(
    snapshot: &Snapshot,
    target: Target,
    query: &str,
    headers: &HeaderMap,
) -> Result<Target, Error> {
    let is_catalogue = match &target {
        Target::Resource { resource, .. } => *resource == Resource::Catalog(None),
        Target::Document(document) => matches!(document, Document::Dcat(None)),
        Target::Download(_) | Target::WithSlash(_) => false,
    };
    if !is_catalogue {
        return Ok(target);
    }
    let Some(page) = asked_page(query)? else {
        return Ok(target);
    };
    // The pages are for programs; a reader of the page for people sees it whole.
    if is_for_people(snapshot, &target, headers)? {
        return Ok(target);
    }
    if !catalog::has_page(snapshot, page)? {
        return Err(Error::NotFound);
    }
    Ok(match target {
        Target::Resource { path, format, .. } => Target::Resource {
            resource: Resource::Catalog(Some(page)),
            path,
            format,
        },
        _ => Target::Document(Document::Dcat(Some(page))),
    })
}

/// What a request asks of a comparison, where that is what its path names.
fn compared(snapshot: &Snapshot, target: Target, query: &str) -> Result<Target, Error> {
    let asked = |plain: &comparison::Asked| compare::asked(snapshot, &plain.framework, query);
    Ok(match target {
        Target::Resource {
            resource: Resource::Comparison(plain),
            path,
            format,
        } => Target::Resource {
            resource: Resource::Comparison(Box::new(asked(&plain)?)),
            path,
            format,
        },
        Target::Document(Document::TableMetadata(Resource::Comparison(plain))) => {
            let resource = Resource::Comparison(Box::new(asked(&plain)?));
            Target::Document(Document::TableMetadata(resource))
        }
        other => other,
    })
}

/// The parameter that asks for a page.
const PAGE: &str = "page";

/// The page that `page` and `page-size` name.
fn asked_page(query: &str) -> Result<Option<Page>, Error> {
    let number = |name: &'static str, most: usize| -> Result<Option<usize>, Error> {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let Some((_, value)) = pairs.find(|(own, value)| own == name && !value.is_empty()) else {
            return Ok(None);
        };
        match value.parse::<usize>() {
            Ok(number) if (1..=most).contains(&number) => Ok(Some(number)),
            // A page that is not there, however far away.
            _ if name == PAGE && value.bytes().all(|digit| digit.is_ascii_digit()) => {
                Err(Error::NotFound)
            }
            _ => Err(Error::BadNumber { name, most }),
        }
    };
    let size = number("page-size", Page::MOST)?;
    Ok(match (number(PAGE, Page::MOST_PAGES)?, size) {
        (None, None) => None,
        (number, size) => Some(Page {
            number: number.unwrap_or(1),
            size: size.unwrap_or(Page::SIZE),
        }),
    })
}

/// Whether a request asks for a page for people, by suffix or by header.
fn is_for_people(snapshot: &Snapshot, target: &Target, headers: &HeaderMap) -> Result<bool, Error> {
    let Target::Resource {
        resource, format, ..
    } = target
    else {
        return Ok(false);
    };
    let format = match format {
        Some(format) => *format,
        None => chosen(resource, &views::offers(snapshot, resource)?, headers)?.0,
    };
    Ok(format.has_language())
}

/// What asks for a page in an address.
fn page_query(page: Option<Page>) -> String {
    page.map(|page| format!("?{}", page.query()))
        .unwrap_or_default()
}

/// What the front page is called where it needs a name.
const FRONT_PAGE: &str = "index";

/// The path of a resource and the format that its suffix asks for.
fn without_suffix(path: &str) -> Option<(&str, Format)> {
    let (stem, suffix) = path.rsplit_once('.')?;
    let format = Format::from_suffix(suffix)?;
    match stem {
        "" => None,
        FRONT_PAGE => Some(("", format)),
        path => Some((path, format)),
    }
}

/// The address of a resource to which a suffix can be added.
fn stem(snapshot: &Snapshot, path: &str) -> String {
    let path = if path.is_empty() { FRONT_PAGE } else { path };
    snapshot.base().node(path).as_str().to_owned()
}

/// The language that `?lang=` asks for; an empty one asks for none. Other parameters mean nothing
/// here and are let be.
pub(super) fn asked_language(query: &str) -> Result<Option<Language>, Error> {
    // Only the names are decoded: beside them stand queries of some length.
    let is_language = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        let mut named = form_urlencoded::parse(name.as_bytes());
        named.next().is_some_and(|(name, _)| name == "lang")
    };
    let mut tags = query
        .split('&')
        .filter(is_language)
        .filter_map(|pair| form_urlencoded::parse(pair.as_bytes()).next())
        .map(|(_, tag)| tag)
        .filter(|tag| !tag.is_empty());
    tags.next()
        .map(|tag| Language::from_tag(&tag).ok_or(Error::UnknownLanguage))
        .transpose()
}

/// The format that the headers ask for, and the other name by which they do.
pub(super) fn chosen(
    resource: &Resource,
    offers: &[Format],
    headers: &HeaderMap,
) -> Result<(Format, Option<&'static str>), Error> {
    let named: Vec<Offer<(&str, Format)>> =
        negotiate::offers(offers, Format::media_type, Format::aliases)
            .into_iter()
            .map(|offer| Offer {
                name: offer.name,
                quality: resource.quality(offer.value),
                value: (offer.name, offer.value),
            })
            .collect();
    let accepted = list(headers, header::ACCEPT);
    let Some((name, format)) = negotiate::pick(accepted.as_deref(), &named) else {
        return Err(not_among(offers));
    };
    // Who asks by another name gets the same bytes under the name asked for.
    let alias = match name {
        own if own == format.media_type() => None,
        "text/plain" => Some("text/plain; charset=utf-8"),
        other => Some(other),
    };
    Ok((format, alias))
}

/// The tag of bytes as a media type: one address must not give two types under one strong tag
/// (RFC 9110, section 8.8.1), and a graph can be the same bytes in two of them.
fn tag_of(etag: &HeaderValue, content_type: &str) -> Result<HeaderValue, Error> {
    let hash = canonical::sha256([etag.as_bytes(), content_type.as_bytes()].concat());
    let tag = HeaderValue::try_from(format!("\"{hash}\""));
    tag.map_err(|error| Error::Internal(error.into()))
}

/// The address of one representation.
fn location(
    snapshot: &Snapshot,
    resource: &Resource,
    path: &str,
    format: Format,
    language: Language,
) -> String {
    let file = format!("{}.{}", stem(snapshot, path), format.suffix());
    let language = if format.has_language() {
        format!("lang={}", language.tag())
    } else {
        String::new()
    };
    with_parameters(&file, &[&resource.parameters(), &language])
}

/// An address with parameters; those that are empty ask for nothing.
fn with_parameters(address: &str, parameters: &[&str]) -> String {
    let asked = parameters.iter().filter(|text| !text.is_empty());
    let asked: Vec<&str> = asked.copied().collect();
    if asked.is_empty() {
        address.to_owned()
    } else {
        format!("{address}?{}", asked.join("&"))
    }
}

/// Every link of a representation: its other forms, and where its dataset is.
fn all_links(
    snapshot: &Snapshot,
    resource: &Resource,
    path: &str,
    offers: &[Format],
    shown: Format,
    language: Language,
) -> String {
    let own = links(snapshot, resource, path, offers, (shown, language));
    let signposts = signposts::signposts(snapshot, resource, shown);
    let signposts = signposts.iter().map(|signpost| {
        let media_type = signpost.media_type.map(|name| format!("; type=\"{name}\""));
        let media_type = media_type.unwrap_or_default();
        format!(
            ", <{}>; rel=\"{}\"{media_type}",
            signpost.href, signpost.rel
        )
    });
    std::iter::once(own).chain(signposts).collect()
}

/// The links of a file for download: what its columns mean, the dataset it belongs to.
pub(super) fn links_of_download(snapshot: &Snapshot, download: Download) -> String {
    let mut links = Vec::new();
    let path = download.path();
    if download.format == Format::Csv {
        let columns = snapshot.base().node(&format!("{path}-metadata.json"));
        links.push(format!(
            "<{}>; rel=\"describedby\"; type=\"application/csvm+json\"",
            columns.as_str()
        ));
    }
    let dataset = snapshot
        .base()
        .node(catalog::dataset_of_download(download.content));
    links.push(format!("<{}>; rel=\"collection\"", dataset.as_str()));
    links.join(", ")
}

/// The other forms of a representation, and the address that stands for all (RFC 8288).
fn links(
    snapshot: &Snapshot,
    resource: &Resource,
    path: &str,
    offers: &[Format],
    (shown, language): (Format, Language),
) -> String {
    let mut links = Vec::new();
    let parameters = resource.parameters();
    if shown == Format::Csv {
        // Model for Tabular Data, section 5.2: where a reader finds what the columns mean. It
        // comes first because the csvw library warns of every link that stands before it.
        let columns = format!("{}.csv-metadata.json", stem(snapshot, path));
        links.push(format!(
            "<{}>; rel=\"describedby\"; type=\"application/csvm+json\"",
            with_parameters(&columns, &[&parameters])
        ));
    }
    links.extend(
        offers
            .iter()
            .filter(|format| **format != shown)
            .map(|format| {
                let (stem, suffix) = (stem(snapshot, path), format.suffix());
                let media_type = format.media_type();
                let other = with_parameters(&format!("{stem}.{suffix}"), &[&parameters]);
                format!("<{other}>; rel=\"alternate\"; type=\"{media_type}\"")
            }),
    );
    if shown.has_language() {
        let other = language.other();
        links.push(format!(
            "<{}>; rel=\"alternate\"; type=\"{}\"; hreflang=\"{}\"",
            location(snapshot, resource, path, shown, other),
            shown.media_type(),
            other.tag()
        ));
    }
    // A page in English is listed by search engines beside the Swedish one, which has the plain
    // address; the page itself says the same.
    let address = snapshot.base().node(path);
    let in_language = match (shown.has_language(), language) {
        (true, Language::En) => "lang=en",
        _ => "",
    };
    let canonical = with_parameters(address.as_str(), &[&parameters, in_language]);
    links.push(format!("<{canonical}>; rel=\"canonical\""));
    links.join(", ")
}

/// `/plan/` is `/plan`.
fn redirect(snapshot: &Snapshot, path: &str, query: Option<&str>) -> Response<Body> {
    let mut to = snapshot.base().node(path).as_str().to_owned();
    let query = query.unwrap_or_default();
    // Only what we know goes back into a header.
    if let Ok(Some(language)) = asked_language(query) {
        to = format!("{to}?lang={}", language.tag());
    } else if let Ok(page) = asked_page(query) {
        to += &page_query(page);
    }
    let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
    if let Ok(to) = HeaderValue::try_from(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}
