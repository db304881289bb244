//! Words of a document's structure: appendix, references, adoption lines, …

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    Vec::new()
}
