//! Words for how far something has come.

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    Vec::new()
}
