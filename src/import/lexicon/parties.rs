//! Words around the names of parties: "in cooperation with", "each", …

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    Vec::new()
}
