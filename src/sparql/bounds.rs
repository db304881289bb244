//! What queries may take: each, all together, and those of one client.

use std::time::Duration;

use super::run::Limits;

/// All bounds of an instance's queries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// What one query may take.
    pub limits: Limits,
    /// How many queries run at once.
    pub at_once: usize,
    /// How many queries may be running or waiting.
    pub queries: usize,
    /// What one client's queries may take.
    pub client: ClientBounds,
}

/// What the queries of one client may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientBounds {
    /// The time that its queries may run in total before it has to wait; none is no bound.
    pub seconds: Duration,
    /// How much of that comes back each second.
    pub rate: Duration,
    /// How many of its queries may be running or waiting.
    pub queries: usize,
}

impl Default for ClientBounds {
    fn default() -> Self {
        Self {
            seconds: Duration::from_secs(120),
            rate: Duration::from_secs(1),
            queries: 16,
        }
    }
}
