//! What is served beside the resources and has one form only: the files of the vocabulary, a
//! plan's source text, what the columns of a table mean, and what pages need.

use super::{Error, Resource, resolve, service, table};
use crate::model::PlanId;
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
}

impl Document {
    /// The document at a path below the base, if there is one.
    pub fn at(snapshot: &Snapshot, path: &str) -> Result<Option<Self>, Error> {
        let fixed = match path {
            "ns/context.jsonld" => Some(Self::Context),
            "ns/plan.schema.json" => Some(Self::Schema),
            "style.css" => Some(Self::Stylesheet),
            "icon.svg" => Some(Self::Icon),
            "editor.js" => Some(Self::EditorScript),
            "editor.css" => Some(Self::EditorStyle),
            "editor-licences.txt" => Some(Self::EditorLicences),
            "openapi.json" => Some(Self::OpenApi),
            _ => None,
        };
        if fixed.is_some() {
            return Ok(fixed.filter(Self::is_there));
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
            Self::Source(_) | Self::EditorLicences => "text/plain; charset=utf-8",
            Self::TableMetadata(_) => "application/csvm+json",
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
            Self::Source(_) | Self::TableMetadata(_) | Self::OpenApi => None,
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
            fixed => fixed.fixed().unwrap_or_default().into(),
        })
    }
}

/// The version of a document that is the same for every snapshot: a name that changes with it.
pub fn version(document: &Document) -> String {
    let mut hash = crate::rdf::canonical::sha256(document.fixed().unwrap_or_default());
    hash.truncate(8);
    hash
}
