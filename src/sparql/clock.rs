//! How long a query may go on: until its deadline, or until somebody stops it.

use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;

/// The clock of one query; clones share it.
#[derive(Clone)]
pub struct Clock {
    token: CancellationToken,
    end: Instant,
}

impl Clock {
    /// A clock that starts now.
    pub fn new(time: Duration) -> Self {
        Self {
            token: CancellationToken::new(),
            end: Instant::now() + time,
        }
    }

    /// Stops the query, whoever runs it.
    pub fn stop(&self) {
        self.token.cancel();
    }

    /// Whether the query is to stop.
    pub fn expired(&self) -> bool {
        self.token.is_cancelled() || Instant::now() >= self.end
    }

    /// The deadline.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// The evaluator's way of being told, which does not look at the time by itself.
    pub(super) fn token(&self) -> &CancellationToken {
        &self.token
    }
}
