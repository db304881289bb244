//! Where queries are run: in [workers](super::worker) where they can be had, so many at once,
//! the others in a queue. Needs a runtime.

mod inside;
mod job;
#[cfg(unix)]
mod pool;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tracing::Instrument;

use super::clock::Clock;
use super::run::{End, Limits, Prepared, RunError, Task};
use crate::store::{Live, Snapshot};
use job::Job;
#[cfg(unix)]
use pool::Pool;

/// How queries are run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program that is a worker when it is told `worker`; without one, queries run in this
    /// process, where neither their memory nor, to the last, their time is bounded.
    pub program: Option<PathBuf>,
    /// How many queries run at once.
    pub workers: usize,
    /// How many may run or wait.
    pub queries: usize,
    /// How many bytes of memory one may take.
    pub memory: u64,
}

/// How many KiB of answers may wait for those who asked, all in all, beside the little that
/// each may have waiting.
const WAITING: usize = 128 << 10;

/// Runs queries; clones share it.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    settings: Settings,
    live: Live,
    /// One permit for each query that runs or waits.
    places: Arc<Semaphore>,
    /// One for each that runs.
    turns: Arc<Semaphore>,
    /// One for each KiB of answers that wait.
    waiting: Arc<Semaphore>,
    evaluated: AtomicU64,
    /// Whether it has been said that there are no workers.
    warned: AtomicBool,
    /// The workers over what is served.
    #[cfg(unix)]
    pool: Mutex<Option<Arc<Pool>>>,
}

impl Engine {
    /// An engine for what `live` holds; its workers are started, now and with each change.
    pub fn new(settings: Settings, live: Live) -> Self {
        let shared = Arc::new(Shared {
            places: Arc::new(Semaphore::new(settings.queries)),
            turns: Arc::new(Semaphore::new(settings.workers)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            evaluated: AtomicU64::new(0),
            warned: AtomicBool::new(false),
            #[cfg(unix)]
            pool: Mutex::new(None),
            live,
            settings,
        });
        #[cfg(unix)]
        if shared.settings.program.is_some() {
            let changed = Arc::downgrade(&shared);
            shared.live.when_taken_up(move || {
                if let Some(shared) = changed.upgrade() {
                    shared.ready();
                }
            });
            shared.ready();
        }
        Self(shared)
    }

    /// How many queries have been evaluated: those that were not answered from memory.
    pub fn evaluated(&self) -> u64 {
        self.0.evaluated.load(Ordering::Relaxed)
    }

    /// Has a query read. Its time begins now; giving up the future ends it.
    ///
    /// # Errors
    /// As [`run`](super::run()), and [`RunError::Busy`].
    pub async fn ask(
        &self,
        snapshot: &Arc<Snapshot>,
        task: Task,
        limits: Limits,
    ) -> Result<Asked, RunError> {
        let place = Arc::clone(&self.0.places).try_acquire_owned();
        let place = place.map_err(|_| RunError::Busy)?;
        let (events, mut received) = mpsc::unbounded_channel();
        let (go, wanted) = oneshot::channel();
        let job = Job {
            shared: Arc::clone(&self.0),
            snapshot: Arc::clone(snapshot),
            task,
            limits,
            clock: Clock::new(limits.time),
            events,
            wanted,
            place,
        };
        tokio::spawn(job.run().in_current_span());
        match received.recv().await {
            Some(Event::Prepared(prepared)) => Ok(Asked {
                prepared,
                go,
                events: received,
            }),
            Some(Event::Failed(error)) => Err(error),
            _ => Err(lost()),
        }
    }
}

fn lost() -> RunError {
    RunError::Internal(io::Error::other("a query was lost"))
}

impl Shared {
    fn evaluates(&self) {
        self.evaluated.fetch_add(1, Ordering::Relaxed);
    }

    fn warn(&self, error: &io::Error) {
        if !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                %error,
                "queries cannot be run in processes of their own, so a query that takes too much \
                 memory can take the service with it"
            );
        }
    }

    /// The workers over a snapshot; none where there are to be none.
    #[cfg(unix)]
    fn pool(&self, snapshot: &Snapshot) -> Option<Arc<Pool>> {
        let program = self.settings.program.clone()?;
        let mut current = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = current.as_ref().filter(|pool| pool.is_over(snapshot)) {
            return Some(Arc::clone(pool));
        }
        let Settings {
            workers, memory, ..
        } = self.settings;
        let pool = Arc::new(Pool::new(program, snapshot.index(), workers, memory));
        // Who asked before a change may still ask of what was there then; nobody will again.
        if pool.is_over(&self.live.snapshot())
            && let Some(old) = current.replace(Arc::clone(&pool))
        {
            old.close();
        }
        Some(pool)
    }

    /// Starts the workers over what is served. Blocks.
    #[cfg(unix)]
    fn ready(&self) {
        if let Some(pool) = self.pool(&self.live.snapshot())
            && let Err(error) = pool.fill()
        {
            self.warn(&error);
        }
    }
}

/// What comes of a query, in order.
enum Event {
    Prepared(Prepared),
    /// A part of the answer, and its place among what waits.
    Chunk(Vec<u8>, Option<OwnedSemaphorePermit>),
    End(End),
    Failed(RunError),
}

/// A query that has been read and waits to be evaluated. Dropping it lets it be.
pub struct Asked {
    prepared: Prepared,
    go: oneshot::Sender<()>,
    events: UnboundedReceiver<Event>,
}

impl Asked {
    /// What it means.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// Has it evaluated.
    pub fn go(self) -> Answering {
        // Nobody hears it where the query has ended already, which comes as an event.
        let _ = self.go.send(());
        Answering(self.events)
    }
}

/// An answer that is being made. Dropping it ends the query.
pub struct Answering(UnboundedReceiver<Event>);

/// A part of an answer.
#[derive(Debug)]
pub enum Part {
    /// Its next bytes.
    Bytes(Vec<u8>),
    /// There are no more.
    End(End),
}

impl Answering {
    /// The next part.
    ///
    /// # Errors
    /// Why there is no more, though it is not the end.
    pub async fn next(&mut self) -> Result<Part, RunError> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// The same for whoever polls.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Part, RunError>> {
        self.0.poll_recv(context).map(|event| match event {
            Some(Event::Chunk(bytes, room)) => {
                drop(room);
                Ok(Part::Bytes(bytes))
            }
            Some(Event::End(end)) => Ok(Part::End(end)),
            Some(Event::Failed(error)) => Err(error),
            Some(Event::Prepared(_)) | None => Err(lost()),
        })
    }
}
