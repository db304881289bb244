//! File → [`Document`]: the only place that knows file formats.

use std::path::Path;

use super::document::Document;

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
}

/// Reads a file of any format that [`Format`](super::document::Format) knows, by what is in it,
/// not by its name.
///
/// # Errors
/// What cannot be a plan: too large, empty, encrypted, without text, of another kind, damaged.
pub fn file(path: &Path) -> Result<Document, Refusal> {
    Err(Refusal::new(
        format!("{} kan inte läsas.", path.display()),
        format!("{} cannot be read.", path.display()),
    ))
}
