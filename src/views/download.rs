//! Files that hold everything of a kind: all plans, all frameworks, the whole store.
//!
//! They can be larger than memory should grow, so each is written once per snapshot into a
//! temporary file and served from there; the file goes away with the snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;
use oxrdf::{Graph, GraphName, NamedNode, Triple};
use serde_json::Value;

use super::{Description, Error, Resource, describe, jsonld, table};
use crate::rdf::{Format, canonical, serialize};
use crate::store::{PlanEntry, Snapshot};
use crate::vocab::{dcterms, plan, rdf};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// Every plan with everything in it, layers merged but for suggestions; as a table, the
    /// activities of every plan.
    Plans,
    /// The frameworks with their goals, and what is linked to them: alignments and what contributes
    /// to which goal; as a table, the goals.
    Frameworks,
    /// Every graph of the store by its name, suggestions and vocabulary included.
    Everything,
}

impl Content {
    /// Every content.
    pub const ALL: [Self; 3] = [Self::Plans, Self::Frameworks, Self::Everything];

    /// The name of its files, without suffix.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plans => "plans",
            Self::Frameworks => "frameworks",
            Self::Everything => "everything",
        }
    }

    /// The formats it is to be had in.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Plans | Self::Frameworks => &[
                Format::JsonLd,
                Format::Turtle,
                Format::NTriples,
                Format::RdfXml,
                Format::Csv,
                Format::Xlsx,
            ],
            Self::Everything => &[Format::TriG, Format::NQuads],
        }
    }

    /// What it is as a table.
    fn table(self) -> Option<table::Kind> {
        match self {
            Self::Plans => Some(table::Kind::AllActivities),
            Self::Frameworks => Some(table::Kind::Goals),
            Self::Everything => None,
        }
    }
}

/// A file to download.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Download {
    /// What it holds.
    pub content: Content,
    /// In which format.
    pub format: Format,
    /// Whether it is packed (gzip, RFC 1952).
    pub gzip: bool,
}

/// The media type of what is packed (RFC 6713).
pub(super) const GZIP: &str = "application/gzip";

/// The folder of the files, below the base.
const FOLDER: &str = "download/";

impl Download {
    /// Every file.
    pub fn all() -> impl Iterator<Item = Self> {
        Content::ALL.into_iter().flat_map(Self::of)
    }

    /// The files of a content.
    pub fn of(content: Content) -> impl Iterator<Item = Self> {
        content.formats().iter().flat_map(move |format| {
            let packed: &[bool] = match content {
                Content::Everything => &[false, true],
                Content::Plans | Content::Frameworks => &[false],
            };
            packed.iter().map(move |gzip| Self {
                content,
                format: *format,
                gzip: *gzip,
            })
        })
    }

    /// The path below the base.
    pub fn path(self) -> String {
        let (key, suffix) = (self.content.key(), self.format.suffix());
        let gz = if self.gzip { ".gz" } else { "" };
        format!("{FOLDER}{key}.{suffix}{gz}")
    }

    /// The file at a path below the base.
    pub fn at(path: &str) -> Option<Self> {
        path.starts_with(FOLDER)
            .then(|| Self::all().find(|download| download.path() == path))?
    }

    /// The media type of its bytes, without parameters.
    pub fn media_type(self) -> &'static str {
        if self.gzip {
            GZIP
        } else {
            self.format.media_type()
        }
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        if self.gzip {
            GZIP
        } else {
            self.format.content_type()
        }
    }
}

/// A file that has been written.
#[derive(Debug)]
pub struct File {
    handle: Mutex<fs::File>,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The day on which what it holds last changed, `YYYY-MM-DD`, as the data say.
    pub modified: Option<String>,
}

impl File {
    /// Some bytes of the file, from a place on; fewer than asked for only at its end.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(&self, from: u64, most: usize) -> io::Result<Vec<u8>> {
        let rest = usize::try_from(self.bytes.saturating_sub(from)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; most.min(rest)];
        let mut file = self.handle.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// The file of a download, written now where it has not been.
///
/// # Errors
/// Where the folder for temporary files cannot be written to.
pub fn file(snapshot: &Snapshot, download: Download) -> Result<Arc<File>, Error> {
    snapshot.once(&download.path(), || {
        let written = || -> Result<File, Error> {
            let mut file = tempfile::tempfile()?;
            write(snapshot, download, &mut file)?;
            file.seek(SeekFrom::Start(0))?;
            let (bytes, sha256) = canonical::sha256_of(&mut file)?;
            Ok(File {
                handle: Mutex::new(file),
                bytes,
                sha256,
                modified: modified(snapshot, download.content)?,
            })
        };
        written().map_err(|error| match error {
            Error::Write(error) => Error::Write(no_room(&error)),
            error => error,
        })
    })
}

/// What the columns of a file mean that is a table.
///
/// # Errors
/// Where the file is no table, and where the store fails.
pub fn metadata(snapshot: &Snapshot, content: Content) -> Result<Vec<u8>, Error> {
    let kind = content.table().ok_or(Error::NoSuchForm)?;
    let stem = snapshot.base().node(&format!("{FOLDER}{}", content.key()));
    let modified = modified(snapshot, content)?;
    let licences = match content {
        Content::Frameworks => licences_of_frameworks(snapshot)?,
        Content::Plans | Content::Everything => BTreeSet::new(),
    };
    let licences = licences.into_iter().map(NamedNode::into_string).collect();
    kind.metadata_of_file(snapshot, stem.as_str(), licences, modified)
}

/// The path of what the columns of a content's table mean, where it has one.
pub fn metadata_at(path: &str) -> Option<Content> {
    let name = path
        .strip_prefix(FOLDER)?
        .strip_suffix(".csv-metadata.json")?;
    Content::ALL
        .into_iter()
        .find(|content| content.key() == name && content.table().is_some())
}

fn no_room(error: &io::Error) -> io::Error {
    let folder = std::env::temp_dir();
    let folder = folder.display();
    io::Error::new(
        error.kind(),
        format!(
            "a file for download cannot be written to {folder}: {error}. Make room there, or name another folder in the environment variable TMPDIR"
        ),
    )
}

/// Writes the content of a download, a part at a time.
fn write(snapshot: &Snapshot, download: Download, file: &mut fs::File) -> Result<(), Error> {
    let Download {
        content,
        format,
        gzip,
    } = download;
    let mut out = BufWriter::with_capacity(1 << 16, file);
    if gzip {
        // The header of a gzip file has room for a time and a name; both are left out.
        let mut packed = GzEncoder::new(out, Compression::default());
        write_in(snapshot, content, format, &mut packed)?;
        return Ok(packed.finish()?.flush()?);
    }
    match (format, content.table()) {
        (Format::Xlsx, Some(table)) => table.write_workbook(snapshot, &mut out)?,
        _ => write_in(snapshot, content, format, &mut out)?,
    }
    Ok(out.flush()?)
}

fn write_in(
    snapshot: &Snapshot,
    content: Content,
    format: Format,
    out: &mut impl Write,
) -> Result<(), Error> {
    match (format, content.table(), format.rdf_format()) {
        (Format::Csv, Some(table), _) => table.write_csv(snapshot, out),
        (Format::JsonLd, ..) => json(snapshot, content, out),
        (_, _, Some(syntax)) => {
            let mut stream = serialize::Stream::begin(syntax, out)?;
            if content == Content::Everything {
                for name in snapshot.graphs() {
                    let graph = snapshot.named_graph(name.as_ref())?.unwrap_or_default();
                    stream.graph(GraphName::from(name).as_ref(), &graph)?;
                }
            } else {
                for part in parts(snapshot, content)? {
                    stream.graph(GraphName::DefaultGraph.as_ref(), &part(snapshot)?.graph)?;
                }
            }
            stream.finish()?;
            Ok(())
        }
        _ => Err(Error::NoSuchForm),
    }
}

/// An array of the trees of all parts, under one context.
fn json(snapshot: &Snapshot, content: Content, out: &mut impl Write) -> Result<(), Error> {
    let terms = snapshot.base().node("ns/context.jsonld");
    write!(
        out,
        "{{\n\"@context\": {},\n\"@graph\": [",
        Value::from(terms.as_str())
    )?;
    for (index, part) in parts(snapshot, content)?.into_iter().enumerate() {
        let mut tree = jsonld::document(snapshot, &part(snapshot)?)?;
        if let Some(tree) = tree.as_object_mut() {
            tree.shift_remove("@context");
        }
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &tree).map_err(io::Error::from)?;
    }
    out.write_all(b"\n]\n}\n")?;
    Ok(())
}

/// A part of a content, described when its turn comes.
type Part = Box<dyn Fn(&Snapshot) -> Result<Description, Error>>;

fn parts(snapshot: &Snapshot, content: Content) -> Result<Vec<Part>, Error> {
    let whole = |node: NamedNode| -> Part {
        Box::new(move |snapshot| describe(snapshot, &Resource::Node(node.clone())))
    };
    if content == Content::Plans {
        let plans = snapshot.plans().values().cloned();
        let of = |entry: PlanEntry| -> Part {
            Box::new(move |snapshot| Ok(plan_as_it_stands(snapshot, &entry)))
        };
        return Ok(plans.map(of).collect());
    }
    let mut parts = Vec::new();
    for class in [plan::FRAMEWORK, plan::ALIGNMENT] {
        let nodes = snapshot.referring(rdf::TYPE, class)?;
        parts.extend(nodes.into_iter().map(whole));
    }
    for node in contributors(snapshot)? {
        parts.push(Box::new(move |snapshot: &Snapshot| links(snapshot, &node)) as Part);
    }
    Ok(parts)
}

/// A plan's public layers, merged: the same as its description, without looking up node by node
/// what belongs to it.
fn plan_as_it_stands(snapshot: &Snapshot, entry: &PlanEntry) -> Description {
    let layers = snapshot.layers_of(entry);
    let mut graph = Graph::new();
    for layer in layers.public() {
        graph.extend(layer);
    }
    Description {
        iri: entry.iri.clone(),
        graph,
        named_graph: false,
        whole: true,
    }
}

/// What contributes to a goal, in order.
fn contributors(snapshot: &Snapshot) -> Result<BTreeSet<NamedNode>, Error> {
    let mut found = BTreeSet::new();
    for goal in snapshot.referring(rdf::TYPE, plan::GOAL)? {
        found.extend(snapshot.referring(plan::CONTRIBUTES_TO, goal.as_ref())?);
    }
    Ok(found)
}

/// To which goals something contributes, and nothing else of it.
fn links(snapshot: &Snapshot, node: &NamedNode) -> Result<Description, Error> {
    let mut graph = Graph::new();
    for goal in snapshot.objects(node.as_ref(), plan::CONTRIBUTES_TO)? {
        graph.insert(&Triple::new(node.clone(), plan::CONTRIBUTES_TO, goal));
    }
    Ok(Description {
        iri: node.clone(),
        graph,
        named_graph: false,
        whole: false,
    })
}

/// The graphs of the reference data that describe frameworks.
fn graphs_of_frameworks(snapshot: &Snapshot) -> Result<Vec<NamedNode>, Error> {
    let graphs = snapshot.referring(rdf::TYPE, plan::REFERENCE_GRAPH)?;
    let folder = snapshot.base().node("reference/frameworks/");
    Ok(graphs
        .into_iter()
        .filter(|graph| graph.as_str().starts_with(folder.as_str()))
        .collect())
}

/// The licences of the graphs that describe frameworks.
pub(super) fn licences_of_frameworks(snapshot: &Snapshot) -> Result<BTreeSet<NamedNode>, Error> {
    let mut licences = BTreeSet::new();
    for graph in graphs_of_frameworks(snapshot)? {
        licences.extend(snapshot.nodes(graph.as_ref(), dcterms::LICENSE)?);
    }
    Ok(licences)
}

/// The day on which a content last changed, as the data say.
///
/// # Errors
/// Where the store fails.
pub fn modified(snapshot: &Snapshot, content: Content) -> Result<Option<String>, Error> {
    let graphs = match content {
        Content::Everything => snapshot.graphs(),
        Content::Frameworks => graphs_of_frameworks(snapshot)?,
        Content::Plans => Vec::new(),
    };
    let latest = snapshot.modified(&graphs)?;
    let plans = snapshot.plans().values().map(|entry| &entry.plan);
    let days = if content == Content::Frameworks {
        // Of a plan only its links are in it, each with the day on which it was made.
        let links = plans.flat_map(|plan| plan.alignments.values());
        links.filter_map(|link| link.date.first().copied()).max()
    } else {
        plans.filter_map(|plan| plan.modified()).max()
    };
    Ok(latest.max(days.map(|day| day.to_string())))
}
