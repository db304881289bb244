//! What is served beside the resources and has one form only: the files of the vocabulary, a
//! plan's source text, what the columns of a table mean, and what pages need.

use super::describe;
use super::download::{self, Content};
use super::{Error, Resource, catalog, resolve, service, sitemap, table};
use crate::model::PlanId;
use crate::rdf::Format;
use crate::store::Snapshot;
use crate::vocab;

/// The stylesheet of every page.
const STYLESHEET: &str = include_str!("page/style.css");

/// The query editor, bundled when the program is built; empty where it could not be.
const EDITOR_SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/editor/editor.js"));

/// What the editor looks like.
const EDITOR_STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/editor/editor.css"));

/// The licences of what the editor is made of.
const EDITOR_LICENCES: &str = include_str!(concat!(env!("OUT_DIR"), "/editor/editor-licences.txt"));

/// The sign in a browser's tab.
const ICON: &str = include_str!("page/icon.svg");

/// Something that has one form only.
#[derive(Clone, Debug)]
pub enum Document {
    /// `/ns/context.jsonld`
    Context,
    /// `/ns/plan.schema.json`
    Schema,
    /// `/plan/{id}/source.txt`: the text that line ranges count in.
    Source(PlanId),
    /// `….csv-metadata.json`: what the columns of a table mean (Metadata Vocabulary for
    /// Tabular Data).
    TableMetadata(Resource),
    /// `/style.css`
    Stylesheet,
    /// `/icon.svg`
    Icon,
    /// `/editor.js`: the query editor.
    EditorScript,
    /// `/editor.css`
    EditorStyle,
    /// `/editor-licences.txt`
    EditorLicences,
    /// `/openapi.json`: the HTTP API.
    OpenApi,
    /// `/datasets/dcat`: the catalogue for dataportal.se, whole or a page of it.
    Dcat(Option<catalog::Page>),
    /// `/plan/{id}.c14n.nq`: a plan's canonical form (RDFC-1.0).
    Canonical(PlanId),
    /// `/checksums.txt`: the SHA-256 of the canonical form of every plan.
    Checksums,
    /// `/download/….csv-metadata.json`: what the columns of a file for download mean.
    ColumnsOf(Content),
    /// `/sitemap.xml`, or a part of it, from 1.
    Sitemap(Option<usize>),
    /// `/robots.txt`
    Robots,
}

impl Document {
    /// The documents that have one address each, by their path below the base.
    pub const FIXED: &[(&str, Self)] = &[
        ("ns/context.jsonld", Self::Context),
        ("ns/plan.schema.json", Self::Schema),
        ("style.css", Self::Stylesheet),
        ("icon.svg", Self::Icon),
        ("editor.js", Self::EditorScript),
        ("editor.css", Self::EditorStyle),
        ("editor-licences.txt", Self::EditorLicences),
        ("openapi.json", Self::OpenApi),
        (catalog::DCAT_SE, Self::Dcat(None)),
        ("checksums.txt", Self::Checksums),
        ("sitemap.xml", Self::Sitemap(None)),
        ("robots.txt", Self::Robots),
    ];

    /// The document at a path below the base, if there is one.
    pub fn at(snapshot: &Snapshot, path: &str) -> Result<Option<Self>, Error> {
        if let Some((_, fixed)) = Self::FIXED.iter().find(|(own, _)| *own == path) {
            return Ok(Some(fixed.clone()).filter(Self::is_there));
        }
        if let Some(part) = sitemap::part_at(path) {
            let there = (1..=sitemap::parts(snapshot)?).contains(&part);
            return Ok(there.then_some(Self::Sitemap(Some(part))));
        }
        if let Some(content) = download::metadata_at(path) {
            return Ok(Some(Self::ColumnsOf(content)));
        }
        if let Some(plan) = path
            .strip_prefix("plan/")
            .and_then(|rest| rest.strip_suffix(".c14n.nq"))
        {
            let id = PlanId::parse(plan).filter(|id| snapshot.plans().contains_key(id));
            return Ok(id.map(Self::Canonical));
        }
        if let Some(table) = path.strip_suffix(".csv-metadata.json") {
            let Some(resource) = resolve(snapshot, table)? else {
                return Ok(None);
            };
            let is_table = table::Kind::of(snapshot, &resource)?.is_some();
            return Ok(is_table.then_some(Self::TableMetadata(resource)));
        }
        let iri = snapshot.base().node(path);
        Ok(snapshot
            .plan_of(iri.as_str())
            .filter(|(plan, rest)| *rest == "source.txt" && plan.source.is_some())
            .and_then(|_| PlanId::parse(path.split('/').nth(1)?))
            .map(Self::Source))
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::Context => "application/ld+json",
            Self::Schema => "application/schema+json",
            Self::Source(_) | Self::EditorLicences | Self::Checksums | Self::Robots => {
                "text/plain; charset=utf-8"
            }
            Self::TableMetadata(_) | Self::ColumnsOf(_) => "application/csvm+json",
            Self::Dcat(_) => Format::RdfXml.content_type(),
            Self::Canonical(_) => Format::NQuads.content_type(),
            Self::Sitemap(_) => "application/xml",
            Self::Stylesheet | Self::EditorStyle => "text/css; charset=utf-8",
            Self::EditorScript => "text/javascript; charset=utf-8",
            Self::OpenApi => "application/openapi+json",
            Self::Icon => "image/svg+xml",
        }
    }

    /// Whether pages name the document together with the version they mean.
    pub fn is_versioned(&self) -> bool {
        matches!(
            self,
            Self::Stylesheet | Self::Icon | Self::EditorScript | Self::EditorStyle
        )
    }

    /// Whether the program was built with it; all but the editor always are.
    pub fn is_there(&self) -> bool {
        self.fixed().is_none_or(|text| !text.is_empty())
    }

    /// Its text, where that is the same for every snapshot.
    fn fixed(&self) -> Option<&'static str> {
        match self {
            Self::Context => Some(vocab::CONTEXT),
            Self::Schema => Some(vocab::SCHEMA),
            Self::Stylesheet => Some(STYLESHEET),
            Self::Icon => Some(ICON),
            Self::EditorScript => Some(EDITOR_SCRIPT),
            Self::EditorStyle => Some(EDITOR_STYLE),
            Self::EditorLicences => Some(EDITOR_LICENCES),
            Self::Source(_)
            | Self::TableMetadata(_)
            | Self::OpenApi
            | Self::Dcat(_)
            | Self::Canonical(_)
            | Self::Checksums
            | Self::ColumnsOf(_)
            | Self::Sitemap(_)
            | Self::Robots => None,
        }
    }

    /// Its bytes.
    pub fn bytes(&self, snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
        Ok(match self {
            Self::OpenApi => service::openapi::document(snapshot)?,
            Self::Source(plan) => snapshot
                .plans()
                .get(plan)
                .and_then(|plan| plan.source.clone())
                .unwrap_or_default(),
            Self::TableMetadata(resource) => {
                let kind = table::Kind::of(snapshot, resource)?.ok_or(Error::NoSuchForm)?;
                kind.metadata(snapshot, resource)?
            }
            Self::Dcat(page) => catalog::for_dataportal(snapshot, *page)?,
            Self::Canonical(plan) => {
                let resource = Resource::Node(snapshot.base().plan(plan));
                describe(snapshot, &resource)?.canonical(snapshot)?.into()
            }
            Self::Checksums => catalog::checksums(snapshot)?.into(),
            Self::ColumnsOf(content) => download::metadata(snapshot, *content)?,
            Self::Sitemap(part) => sitemap::sitemap(snapshot, *part)?,
            Self::Robots => sitemap::robots(snapshot).into(),
            fixed => fixed.fixed().unwrap_or_default().into(),
        })
    }

    /// The day on which what it holds last changed, `YYYY-MM-DD`, as the data say; for what
    /// harvesters poll.
    pub fn modified(&self, snapshot: &Snapshot) -> Result<Option<String>, Error> {
        Ok(match self {
            Self::Dcat(_) => catalog::catalog(snapshot)?.modified().map(str::to_owned),
            Self::Canonical(plan) => snapshot
                .plans()
                .get(plan)
                .and_then(|entry| entry.plan.modified())
                .map(|day| day.to_string()),
            Self::ColumnsOf(content) => download::modified(snapshot, *content)?,
            Self::Sitemap(_) | Self::Checksums => {
                download::modified(snapshot, Content::Everything)?
            }
            _ => None,
        })
    }

    /// Whether it is served from memory for as long as the data are, however large it is.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Dcat(None))
    }
}

/// The version of a document that is the same for every snapshot: a name that changes with it.
pub fn version(document: &Document) -> String {
    let mut hash = crate::rdf::canonical::sha256(document.fixed().unwrap_or_default());
    hash.truncate(8);
    hash
}
