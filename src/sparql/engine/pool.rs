//! The workers over one snapshot, and talking to one of them about a query.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::job::{Job, tell};
use super::{Event, WAITING};
use crate::sparql::run::{End, Limits, RunError};
use crate::sparql::worker::process::{Said, Talk, Worker};
use crate::store::{Index, Snapshot};

/// How many KiB of one answer may wait for who asked, whatever else waits.
const OWN: usize = 1 << 10;

/// Workers over one index.
pub(super) struct Pool {
    program: PathBuf,
    index: Arc<Index>,
    most: usize,
    memory: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<Worker>,
    /// How many are in use or being started.
    others: usize,
    closed: bool,
}

impl Pool {
    /// A pool without workers yet.
    pub(super) fn new(program: PathBuf, index: &Arc<Index>, most: usize, memory: u64) -> Self {
        Self {
            program,
            index: Arc::clone(index),
            most,
            memory,
            state: Mutex::default(),
        }
    }

    /// Whether its workers know this snapshot.
    pub(super) fn is_over(&self, snapshot: &Snapshot) -> bool {
        Arc::ptr_eq(&self.index, snapshot.index())
    }

    /// Ends the workers that nobody uses; the others end when they are no longer used.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.idle.clear();
    }

    /// Starts the workers that are missing. Blocks.
    pub(super) fn fill(&self) -> io::Result<()> {
        loop {
            let mut state = self.state();
            if state.closed || state.idle.len() + state.others >= self.most {
                return Ok(());
            }
            state.others += 1;
            drop(state);
            let started = self.start();
            let mut state = self.state();
            state.others -= 1;
            let worker = started?;
            if !state.closed {
                state.idle.push(worker);
            }
        }
    }

    fn start(&self) -> io::Result<Worker> {
        let file = self.index.file();
        let file = file.ok_or_else(|| io::Error::other("the index is in no file"))?;
        Worker::start(&self.program, file, self.memory)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A worker to talk to, started now where none is idle.
    pub(super) async fn take(self: &Arc<Self>) -> io::Result<Lease> {
        let lease = self.lease();
        if lease.worker.is_some() {
            return Ok(lease);
        }
        lease.started().await
    }

    fn lease(self: &Arc<Self>) -> Lease {
        let mut state = self.state();
        state.others += 1;
        Lease {
            pool: Arc::clone(self),
            worker: state.idle.pop(),
            fresh: false,
        }
    }
}

/// The use of a worker. One that is not given back is missing, and another is started.
pub(super) struct Lease {
    pool: Arc<Pool>,
    worker: Option<Worker>,
    /// Whether it was started for this use. Any other may have died in its sleep.
    fresh: bool,
}

impl Lease {
    /// The same of a worker that is started now.
    async fn started(mut self) -> io::Result<Self> {
        let pool = Arc::clone(&self.pool);
        let started = tokio::task::spawn_blocking(move || pool.start()).await;
        self.worker = Some(started.map_err(io::Error::other)??);
        self.fresh = true;
        Ok(self)
    }

    /// Gives the worker back, if it takes another query.
    fn end(mut self, talk: Talk, again: bool) {
        if again {
            self.worker = talk.rest().ok();
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut state = self.pool.state();
        state.others -= 1;
        if state.closed {
            return;
        }
        if let Some(worker) = self.worker.take() {
            state.idle.push(worker);
            return;
        }
        drop(state);
        let pool = Arc::clone(&self.pool);
        // What cannot be done now is tried again, and said, by the next who needs one.
        let _ = std::thread::Builder::new().spawn(move || pool.fill());
    }
}

/// Has a worker answer; nothing where the query is let be once it is read. Giving up the future
/// ends the worker.
pub(super) async fn converse(job: &mut Job, lease: Lease) -> Result<Option<End>, RunError> {
    let (lease, mut talk) = begin(job, lease).await?;
    let go = (&mut job.wanted).await.is_ok();
    talk.go(go).await.map_err(RunError::Internal)?;
    if !go {
        lease.end(talk, true);
        return Ok(None);
    }
    job.shared.evaluates();
    let own = Arc::new(Semaphore::new(OWN));
    loop {
        match talk.said().await {
            Ok(Said::Chunk(bytes)) => {
                let room = room(&job.shared.waiting, &own, bytes.len()).await;
                tell(&job.events, Event::Chunk(bytes, room));
            }
            Ok(Said::End(end, again)) => {
                lease.end(talk, again);
                return Ok(Some(end));
            }
            Ok(Said::Failed(error, again)) => {
                lease.end(talk, again);
                return Err(error);
            }
            Ok(Said::Prepared(_)) => return Err(out_of_turn()),
            Err(error) => return Err(talk.died(error).await),
        }
    }
}

/// Has a worker read the query, and the asker told; another worker where the first has died
/// since it was last used.
async fn begin(job: &Job, mut lease: Lease) -> Result<(Lease, Talk), RunError> {
    loop {
        let Some(worker) = lease.worker.take() else {
            return Err(out_of_turn());
        };
        let mut talk = worker.talk().map_err(RunError::Internal)?;
        let limits = Limits {
            time: job.clock.end().saturating_duration_since(Instant::now()),
            ..job.limits
        };
        let asked = talk.ask(job.snapshot.base(), &job.task, limits).await;
        let said = match asked {
            Ok(()) => talk.said().await,
            Err(error) => Err(error),
        };
        match said {
            Ok(Said::Prepared(prepared)) => {
                tell(&job.events, Event::Prepared(prepared));
                return Ok((lease, talk));
            }
            Ok(Said::Failed(error, again)) => {
                lease.end(talk, again);
                return Err(error);
            }
            Ok(_) => return Err(out_of_turn()),
            Err(_) if !lease.fresh => {
                drop(talk);
                lease = lease.started().await.map_err(RunError::Internal)?;
            }
            Err(error) => return Err(talk.died(error).await),
        }
    }
}

fn out_of_turn() -> RunError {
    RunError::Internal(io::Error::other("a worker spoke out of turn"))
}

/// Room for a part of an answer among what waits: its own little, or else what all share.
async fn room(
    shared: &Arc<Semaphore>,
    own: &Arc<Semaphore>,
    bytes: usize,
) -> Option<OwnedSemaphorePermit> {
    let permits = |most: usize| u32::try_from((bytes >> 10).clamp(1, most)).unwrap_or(u32::MAX);
    let (own, shared) = (Arc::clone(own), Arc::clone(shared));
    tokio::select! {
        biased;
        room = own.acquire_many_owned(permits(OWN)) => room.ok(),
        room = shared.acquire_many_owned(permits(WAITING)) => room.ok(),
    }
}
