//! Queries in this process, on a thread each: where there are no workers.

use std::io;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::{Instant, sleep_until};

use super::job::{Job, tell};
use super::{Event, Shared};
use crate::sparql::run::{self, Asker, Prepared, RunError};

/// Runs a query to its end. One that does not heed its deadline is no longer waited for, and
/// keeps its places until it does.
pub(super) async fn run(job: Job, turn: OwnedSemaphorePermit) {
    let Job {
        shared,
        snapshot,
        task,
        limits,
        clock,
        events,
        wanted,
        place,
    } = job;
    let end = Instant::from_std(clock.end());
    let (to_thread, own_clock) = (events.clone(), clock.clone());
    let work = tokio::task::spawn_blocking(move || {
        let mut asker = Inside {
            shared,
            events: to_thread,
            wanted: Some(wanted),
        };
        let ended = run::on_a_large_stack(|| {
            let (index, base) = (snapshot.index(), snapshot.base());
            run::run(index, base, &task, limits, &own_clock, &mut asker)
        });
        drop((place, turn));
        let ended = ended.unwrap_or_else(|error| Err(RunError::Internal(error)));
        tell(&asker.events, ended.map_or_else(Event::Failed, Event::End));
    });
    tokio::select! {
        _ = work => {}
        () = sleep_until(end) => {
            clock.stop();
            tell(&events, Event::Failed(RunError::Timeout(limits.time)));
        }
        () = events.closed() => clock.stop(),
    }
}

/// The asker, on the other side of a channel.
struct Inside {
    shared: Arc<Shared>,
    events: UnboundedSender<Event>,
    wanted: Option<oneshot::Receiver<()>>,
}

impl Asker for Inside {
    fn prepared(&mut self, prepared: &Prepared) -> bool {
        tell(&self.events, Event::Prepared(prepared.clone()));
        let wanted = self.wanted.take();
        let go = wanted.is_some_and(|wanted| wanted.blocking_recv().is_ok());
        if go {
            self.shared.evaluates();
        }
        go
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        let event = Event::Chunk(bytes.to_vec(), None);
        let sent = self.events.send(event);
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
