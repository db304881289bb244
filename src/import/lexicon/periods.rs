//! Words of periods: months, seasons, quarters, open ends.

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    Vec::new()
}
