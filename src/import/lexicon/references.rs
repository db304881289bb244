//! Words that announce that something is named: "the tool", "the project", …

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    Vec::new()
}
