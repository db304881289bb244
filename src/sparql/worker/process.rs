//! The asker's side of a worker: starting it, talking to it, ending it.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use super::wire::{self, Frame, Tag};
use crate::rdf::Base;
use crate::sparql::run::{End, Limits, Prepared, RunError, Task};

/// How long the system may take to say how a worker ended whose socket is closed.
const LAST_BREATH: Duration = Duration::from_secs(2);

/// How much is read at once.
const PART: usize = 64 << 10;

/// The signals that end a process which has gone beyond its memory: its own word that it gets
/// no more, and the system's.
const OUT_OF_MEMORY: [i32; 2] = [6, 9];

/// A worker that nobody talks to. Dropping it ends the process.
pub(in crate::sparql) struct Worker {
    process: Process,
    stream: UnixStream,
    memory: u64,
}

impl Worker {
    /// Starts a worker over the file of an index.
    pub(in crate::sparql) fn start(program: &Path, index: File, memory: u64) -> io::Result<Self> {
        let (stream, other) = UnixStream::pair()?;
        stream.set_nonblocking(true)?;
        let child = Command::new(program)
            .args(["worker", "--memory", &memory.to_string()])
            .stdin(Stdio::from(index))
            .stdout(Stdio::from(OwnedFd::from(other)))
            // The last word of one that is out of memory is not to take more.
            .env("RUST_BACKTRACE", "0")
            // A key pressed to stop the service is for the service, which ends its workers.
            .process_group(0)
            .spawn()?;
        Ok(Self {
            process: Process(Some(child)),
            stream,
            memory,
        })
    }

    /// Begins to talk; needs a runtime.
    pub(in crate::sparql) fn talk(self) -> io::Result<Talk> {
        Ok(Talk {
            stream: tokio::net::UnixStream::from_std(self.stream)?,
            process: self.process,
            memory: self.memory,
            come: Vec::new(),
        })
    }
}

/// What a worker says.
pub(in crate::sparql) enum Said {
    /// It has read the query.
    Prepared(Prepared),
    /// The next part of the answer.
    Chunk(Vec<u8>),
    /// All of the answer is said, and whether it takes another query.
    End(End, bool),
    /// There is no answer, or no more of it; and the same.
    Failed(RunError, bool),
}

/// A worker that is talked to. Dropping it ends the process, and what runs in it.
pub(in crate::sparql) struct Talk {
    stream: tokio::net::UnixStream,
    process: Process,
    memory: u64,
    come: Vec<u8>,
}

impl Talk {
    /// Gives it a query.
    pub(in crate::sparql) async fn ask(
        &mut self,
        base: &Base,
        task: &Task,
        limits: Limits,
    ) -> io::Result<()> {
        self.send(Tag::Task, &wire::order(base, task, limits)).await
    }

    /// Has it evaluate the query that it has prepared, or not.
    pub(in crate::sparql) async fn go(&mut self, go: bool) -> io::Result<()> {
        let tag = if go { Tag::Go } else { Tag::Skip };
        self.send(tag, b"").await
    }

    async fn send(&mut self, tag: Tag, bytes: &[u8]) -> io::Result<()> {
        let frame = wire::frame(tag, bytes)?;
        let mut rest = frame.as_slice();
        while !rest.is_empty() {
            match self.stream.try_write(rest) {
                Ok(many) => rest = &rest[many..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.stream.writable().await?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What it says next; an error where it is gone or says nothing that can be understood.
    pub(in crate::sparql) async fn said(&mut self) -> io::Result<Said> {
        let Frame { tag, bytes } = self.frame().await?;
        Ok(match tag {
            Tag::Prepared => Said::Prepared(wire::read_prepared(&bytes)?),
            Tag::Chunk => Said::Chunk(bytes),
            Tag::End => {
                let (end, last) = wire::read_end(&bytes)?;
                Said::End(end, !last)
            }
            Tag::Failed => {
                let (error, last) = wire::read_failed(&bytes)?;
                Said::Failed(error, !last)
            }
            Tag::Task | Tag::Go | Tag::Skip => return Err(io::ErrorKind::InvalidData.into()),
        })
    }

    async fn frame(&mut self) -> io::Result<Frame> {
        loop {
            if let Some(frame) = wire::take(&mut self.come)? {
                return Ok(frame);
            }
            let had = self.come.len();
            self.come.resize(had + PART, 0);
            let read = self.stream.try_read(&mut self.come[had..]);
            self.come.truncate(had + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.stream.readable().await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Ends the talk where the worker has nothing more to say.
    pub(in crate::sparql) fn rest(self) -> io::Result<Worker> {
        if !self.come.is_empty() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(Worker {
            stream: self.stream.into_std()?,
            process: self.process,
            memory: self.memory,
        })
    }

    /// Why it is gone, after an error.
    pub(in crate::sparql) async fn died(mut self, error: io::Error) -> RunError {
        let memory = self.memory;
        let Some(mut child) = self.process.0.take() else {
            return RunError::Internal(error);
        };
        let waiting = tokio::task::spawn_blocking(move || child.wait());
        let status = tokio::time::timeout(LAST_BREATH, waiting).await;
        let Ok(Ok(Ok(status))) = status else {
            return RunError::Internal(error);
        };
        if is_out_of_memory(status) {
            return RunError::Memory(memory);
        }
        RunError::Internal(io::Error::other(format!("a worker ended with {status}")))
    }
}

fn is_out_of_memory(status: ExitStatus) -> bool {
    let signal = status.signal();
    signal.is_some_and(|signal| OUT_OF_MEMORY.contains(&signal))
}

/// The process of a worker; ended and buried when dropped.
struct Process(Option<Child>);

impl Drop for Process {
    fn drop(&mut self) {
        let Some(mut child) = self.0.take() else {
            return;
        };
        // One that is gone already needs no more.
        let _ = child.kill();
        // A process with much memory takes a while to go, and nobody should wait for that.
        let burial = std::thread::Builder::new().spawn(move || child.wait());
        if let Err(error) = burial {
            tracing::warn!(%error, "the end of a worker could not be waited for");
        }
    }
}
