//! File → [`Document`]: the only place that knows file formats.
//!
//! ```text
//! path ── size ──▶ bytes ── sniff ──▶ format ── its reader ──▶ Document
//! ```
//!
//! Whatever the file holds, a reader takes bounded memory and a few seconds, and gives a
//! [`Document`] or a [`Refusal`].

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::document::{Block, Document, Format};
use crate::rdf::canonical::sha256;

mod csv;
mod docx;
mod lines;
mod markdown;
mod package;
mod pdf;
mod sheet;
mod sniff;
mod text;
mod words;
mod xml;

/// The largest file that is read, in bytes.
const FILE_LIMIT: u64 = 64 << 20;

/// The most lines that a document may have.
const LINE_LIMIT: usize = 500_000;

/// Why a file cannot be a plan. Every message says what to do instead.
#[derive(Debug, thiserror::Error)]
#[error("{en}")]
pub struct Refusal {
    /// The reason and what to do, in Swedish.
    pub sv: String,
    /// The reason and what to do, in English.
    pub en: String,
}

impl Refusal {
    /// A refusal in both languages.
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            sv: sv.into(),
            en: en.into(),
        }
    }

    /// A file of a known kind that its reader makes nothing of.
    fn damaged(kind: &str) -> Self {
        Self::new(
            format!(
                "Filen är en {kind}-fil men är skadad. Öppna den i programmet den skapades med, \
                 spara en ny kopia och försök med den."
            ),
            format!(
                "The file is a {kind} file but is damaged. Open it in the program that made it, \
                 save a new copy, and try with that."
            ),
        )
    }

    /// A file that holds more than a plan does.
    fn too_large() -> Self {
        Self::new(
            "Filen är för stor för att vara en handlingsplan: högst 64 MiB som fil, 256 MiB \
             uppackad, 500 000 rader och en miljon celler. Dela upp den, eller spara bara planen \
             i en egen fil.",
            "The file is too large to be an action plan: at most 64 MiB as a file, 256 MiB \
             unpacked, 500,000 lines and a million cells. Split it, or save only the plan in a \
             file of its own.",
        )
    }

    /// A file without words.
    fn empty() -> Self {
        Self::new(
            "Filen innehåller ingen text. Kontrollera att det är rätt fil och att den är sparad.",
            "The file has no text. Check that it is the right file and that it is saved.",
        )
    }

    /// A file that nobody can read without a password.
    fn encrypted() -> Self {
        Self::new(
            "Filen är skyddad med lösenord. Spara en kopia utan lösenord och försök med den.",
            "The file is protected by a password. Save a copy without a password and try with \
             that.",
        )
    }
}

/// What a reader takes from a file; the name and the hash are the same for all formats.
#[derive(Debug, Default)]
struct Content {
    /// See [`Document::title`].
    title: Option<String>,
    /// See [`Document::source`].
    source: String,
    /// See [`Document::blocks`].
    blocks: Vec<Block>,
}

/// Reads a file of any format that [`Format`] knows, by what is in it,
/// not by its name.
///
/// # Errors
/// What cannot be a plan: too large, empty, encrypted, without text, of another kind, damaged.
pub fn file(path: &Path) -> Result<Document, Refusal> {
    let bytes = load(path)?;
    let format = sniff::format(&bytes)?;
    let content = match format {
        Format::Pdf => pdf::read(path)?,
        _ => parse(format, &bytes)?,
    };
    let name = path.file_name().unwrap_or(path.as_os_str());
    document(&name.to_string_lossy(), format, &bytes, content)
}

/// Reads what a file holds, as [`file()`] does; of a PDF, whose reader takes a file, only the bytes
/// as text.
///
/// # Errors
/// What cannot be a plan.
pub fn bytes(name: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    let format = sniff::format(bytes)?;
    document(name, format, bytes, parse(format, bytes)?)
}

fn document(
    name: &str,
    format: Format,
    bytes: &[u8],
    content: Content,
) -> Result<Document, Refusal> {
    if !content.source.chars().any(char::is_alphanumeric) {
        return Err(Refusal::empty());
    }
    Ok(Document {
        name: name.to_owned(),
        format,
        sha256: sha256(bytes),
        title: content.title,
        source: content.source,
        blocks: content.blocks,
    })
}

/// Reads the bytes of a file of a format that this process reads by itself.
fn parse(format: Format, bytes: &[u8]) -> Result<Content, Refusal> {
    match format {
        Format::Docx => docx::read(bytes),
        Format::Xlsx => sheet::xlsx(bytes),
        Format::Ods => sheet::ods(bytes),
        Format::Csv => csv::read(text::decode(bytes)?),
        Format::Markdown => markdown::read(text::decode(bytes)?),
        Format::Text | Format::Pdf => text::read(text::decode(bytes)?),
    }
}

/// The bytes of a file, unless they are too many.
fn load(path: &Path) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: &io::Error| {
        let name = path.display();
        if error.kind() == io::ErrorKind::NotFound {
            Refusal::new(
                format!("{name} finns inte. Kontrollera sökvägen."),
                format!("{name} does not exist. Check the path."),
            )
        } else {
            Refusal::new(
                format!("{name} kan inte läsas ({error}). Kontrollera behörigheten."),
                format!("{name} cannot be read ({error}). Check the permissions."),
            )
        }
    };
    let metadata = path.metadata().map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        let name = path.display();
        return Err(Refusal::new(
            format!("{name} är ingen fil. Ange dokumentets fil, inte en mapp eller enhet."),
            format!("{name} is not a file. Give the document's file, not a folder or a device."),
        ));
    }
    if metadata.len() > FILE_LIMIT {
        return Err(Refusal::too_large());
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(FILE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > FILE_LIMIT {
        Err(Refusal::too_large())
    } else if bytes.is_empty() {
        Err(Refusal::empty())
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests;
