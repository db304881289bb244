//! The worker's side: one query after the other, until nobody asks any more.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rlimit::Resource;

use super::status;
use super::wire::{self, Frame, Order, Tag};
use crate::sparql::clock::Clock;
use crate::sparql::run::{self, Asker, End, Prepared, RunError};
use crate::store::Index;

/// How much less urgent a worker is than the process that answers everybody.
const NICENESS: i32 = 10;

/// How long a query may go on that does not heed its deadline. The asker ends the worker sooner,
/// if there still is one.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How much memory a worker may keep from earlier queries.
const KEPT: u64 = 256 << 20;

/// A query that took longer may have left memory behind.
const SHORT: Duration = Duration::from_millis(5);

/// How much is set aside before the first query where the system does not say: the stack, and
/// some.
const USUAL: u64 = (1 << 30) + (256 << 20);

/// Evaluates what is asked over standard output, of the index at standard input, until the
/// other side is gone. A query that takes more than `memory` bytes ends the process.
///
/// # Errors
/// Where the index cannot be read or the limits cannot be set.
pub fn main(memory: u64) -> io::Result<()> {
    let index = Index::open(File::from(io::stdin().as_fd().try_clone_to_owned()?))?;
    let stream = UnixStream::from(io::stdout().as_fd().try_clone_to_owned()?);
    run::on_a_large_stack(|| serve(&index, &stream, memory))?
}

fn serve(index: &Index, stream: &UnixStream, memory: u64) -> io::Result<()> {
    let (sender, messages) = channel();
    let running = Arc::new(AtomicU64::new(0));
    let reader = Reader {
        stream: stream.try_clone()?,
        come: Vec::new(),
        messages: sender,
        running: Arc::clone(&running),
    };
    std::thread::Builder::new()
        .name("reader".to_owned())
        .spawn(move || reader.read())?;
    bound(memory)?;
    let mut asker = Socket {
        stream,
        messages,
        skipped: false,
    };
    while let Ok(message) = asker.messages.recv() {
        let Message::Order(order, clock) = message else {
            continue;
        };
        let started = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let Order { base, task, limits } = &*order;
            run::run(index, base, task, *limits, &clock, &mut asker)
        }));
        running.fetch_add(1, Ordering::Relaxed);
        let panicked = result.is_err();
        let result = result
            .unwrap_or_else(|_| Err(RunError::Internal(io::Error::other("the engine panicked"))));
        let last = panicked || (started.elapsed() > SHORT && keeps_much());
        asker.answered(result, last)?;
        if last {
            break;
        }
    }
    Ok(())
}

/// Keeps the process from taking what others need.
fn bound(memory: u64) -> io::Result<()> {
    // What the process has by now, the stack for queries above all, is no query's.
    let most = status::set_aside().unwrap_or(USUAL).saturating_add(memory);
    Resource::DATA.set(most, most)?;
    Resource::CORE.set(0, 0)?;
    rustix::process::nice(NICENESS)?;
    Ok(())
}

fn keeps_much() -> bool {
    status::used().is_some_and(|used| used > KEPT)
}

/// What the asker says.
enum Message {
    Order(Box<Order>, Clock),
    Go,
    Skip,
}

/// Hears the asker at any time, so that the process ends with it whatever a query does, and
/// looks at the deadline meanwhile.
struct Reader {
    stream: UnixStream,
    come: Vec<u8>,
    messages: Sender<Message>,
    /// How many queries are done; another is begun only after that.
    running: Arc<AtomicU64>,
}

/// The query that runs, as far as the reader knows.
struct Watched {
    clock: Clock,
    /// How many were done when it began.
    number: u64,
}

impl Reader {
    fn read(mut self) {
        let mut watched: Option<Watched> = None;
        loop {
            match self.next(watched.as_ref()) {
                Ok(Some(Frame { tag: Tag::Go, .. })) => self.tell(Message::Go),
                Ok(Some(Frame { tag: Tag::Skip, .. })) => self.tell(Message::Skip),
                Ok(Some(Frame {
                    tag: Tag::Task,
                    bytes,
                })) => {
                    let Ok(order) = wire::read_order(&bytes) else {
                        break;
                    };
                    let clock = Clock::new(order.limits.time);
                    watched = Some(Watched {
                        clock: clock.clone(),
                        number: self.running.load(Ordering::Relaxed),
                    });
                    self.tell(Message::Order(Box::new(order), clock));
                }
                Ok(None) if self.is_over(&mut watched) => break,
                Ok(None) => {}
                Ok(Some(_)) | Err(_) => break,
            }
        }
        // The query, if one runs, does not hear that nobody waits for it.
        std::process::exit(0);
    }

    fn tell(&self, message: Message) {
        // Who does not listen any more is about to end the process.
        let _ = self.messages.send(message);
    }

    /// Stops the query at its deadline. Whether it goes on all the same.
    fn is_over(&self, watched: &mut Option<Watched>) -> bool {
        let Some(Watched { clock, number }) = watched else {
            return false;
        };
        if self.running.load(Ordering::Relaxed) > *number {
            *watched = None;
            return false;
        }
        clock.stop();
        Instant::now() >= clock.end() + LAST_WORDS
    }

    /// The next frame; none where it is time to look at the clock.
    fn next(&mut self, watched: Option<&Watched>) -> io::Result<Option<Frame>> {
        loop {
            if let Some(frame) = wire::take(&mut self.come)? {
                return Ok(Some(frame));
            }
            let wait = watched.map(|watched| {
                let now = Instant::now();
                let end = watched.clock.end();
                let until = if now < end { end } else { end + LAST_WORDS };
                let left = until.saturating_duration_since(now);
                // No time at all would mean forever.
                left.max(Duration::from_millis(1))
            });
            self.stream.set_read_timeout(wait)?;
            let mut part = [0; 16 << 10];
            match self.stream.read(&mut part) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(many) => self.come.extend_from_slice(&part[..many]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error)
                    if [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut]
                        .contains(&error.kind()) =>
                {
                    return Ok(None);
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// The asker at the other end of the socket.
struct Socket<'a> {
    stream: &'a UnixStream,
    messages: Receiver<Message>,
    /// Whether the query is not wanted after all, so that nobody waits for its end.
    skipped: bool,
}

impl Socket<'_> {
    /// Says how a query ended, and whether it was the last that this worker takes.
    fn answered(&mut self, result: Result<End, RunError>, last: bool) -> io::Result<()> {
        if std::mem::take(&mut self.skipped) {
            return Ok(());
        }
        match result {
            Ok(end) => self.send(Tag::End, &wire::end(end, last)),
            Err(error) => self.send(Tag::Failed, &wire::failed(&error, last)),
        }
    }

    fn send(&mut self, tag: Tag, bytes: &[u8]) -> io::Result<()> {
        wire::send(self.stream, tag, bytes)
    }
}

impl Asker for Socket<'_> {
    fn prepared(&mut self, prepared: &Prepared) -> bool {
        let told = self.send(Tag::Prepared, &wire::prepared(prepared));
        let wanted = told.is_ok() && matches!(self.messages.recv(), Ok(Message::Go));
        self.skipped = !wanted;
        wanted
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.send(Tag::Chunk, bytes)
    }
}
