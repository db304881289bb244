//! One query from its place in the queue to its end.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::{Instant, sleep_until};

use super::inside;
use super::{Event, Shared};
use crate::sparql::clock::Clock;
use crate::sparql::run::{Limits, RunError, Task};
use crate::store::Snapshot;

/// How long after its deadline a query may say by itself that it is over.
#[cfg(unix)]
const GRACE: Duration = Duration::from_millis(300);

/// A query, who asked it, and what it holds.
pub(super) struct Job {
    pub(super) shared: Arc<Shared>,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) task: Task,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
    /// Closed when the asker goes away.
    pub(super) events: UnboundedSender<Event>,
    /// Says whether the query is to be evaluated once it is read.
    pub(super) wanted: oneshot::Receiver<()>,
    pub(super) place: OwnedSemaphorePermit,
}

impl Job {
    pub(super) async fn run(self) {
        let end = Instant::from_std(self.clock.end());
        let turn = tokio::select! {
            turn = Arc::clone(&self.shared.turns).acquire_owned() => turn,
            () = sleep_until(end) => return tell(&self.events, Event::Failed(RunError::Busy)),
            () = self.events.closed() => return,
        };
        let Ok(turn) = turn else {
            return;
        };
        #[cfg(unix)]
        if let Some(pool) = self.shared.pool(&self.snapshot) {
            match pool.take().await {
                Ok(lease) => return self.by_worker(lease, turn).await,
                Err(error) => self.shared.warn(&error),
            }
        }
        inside::run(self, turn).await;
    }

    #[cfg(unix)]
    async fn by_worker(mut self, lease: super::pool::Lease, turn: OwnedSemaphorePermit) {
        let events = self.events.clone();
        let too_late = Instant::from_std(self.clock.end()) + GRACE;
        let ended = tokio::select! {
            // First, so that a query that is only let be does not take its worker with it.
            biased;
            ended = super::pool::converse(&mut self, lease) => ended,
            () = sleep_until(too_late) => Err(RunError::Timeout(self.limits.time)),
            () = events.closed() => return,
        };
        // Free before anybody hears of it, so that who asks again at once finds room.
        drop((self.place, turn));
        match ended {
            Ok(Some(end)) => tell(&events, Event::End(end)),
            Ok(None) => {}
            Err(RunError::Timeout(_)) => {
                tell(&events, Event::Failed(RunError::Timeout(self.limits.time)));
            }
            Err(error) => tell(&events, Event::Failed(error)),
        }
    }
}

/// Tells the asker, who may be gone.
pub(super) fn tell(events: &UnboundedSender<Event>, event: Event) {
    let _ = events.send(event);
}
