//! Answers that are sent while they are made.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Bytes, HttpBody};
use axum::http::HeaderValue;
use hyper::body::Frame;

use super::App;
use super::answers::Kept;
use super::budget::Charge;
use super::encoding::{Encoder, Encoding};
use crate::sparql::End;
use crate::sparql::engine::{Answering, Part};

/// Where an answer is kept once it is whole.
pub(super) struct Keep {
    pub(super) app: App,
    pub(super) tag: HeaderValue,
    /// What of it has been sent.
    pub(super) bytes: Vec<u8>,
}

/// The body of an answer that is being made. Where that fails the body is broken off, so that
/// nobody takes what there is of it for the whole.
pub(super) struct Streamed {
    /// What came before it was begun to send.
    first: VecDeque<Vec<u8>>,
    answering: Answering,
    /// Whose time it takes, for as long as it takes it.
    _charge: Charge,
    encoding: Encoding,
    /// None once all is sent.
    encoder: Option<Encoder>,
    keep: Option<Keep>,
}

impl Streamed {
    pub(super) fn new(
        first: Vec<Vec<u8>>,
        answering: Answering,
        charge: Charge,
        encoding: Encoding,
        keep: Option<Keep>,
    ) -> io::Result<Self> {
        Ok(Self {
            first: first.into(),
            answering,
            _charge: charge,
            encoding,
            encoder: Some(encoding.encoder()?),
            keep,
        })
    }

    fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Part>> {
        if let Some(bytes) = self.first.pop_front() {
            return Poll::Ready(Ok(Part::Bytes(bytes)));
        }
        let part = ready!(self.answering.poll_next(context));
        Poll::Ready(part.map_err(|error| {
            tracing::warn!(?error, "an answer was broken off");
            io::Error::other("the query failed")
        }))
    }

    /// What is sent of a part; nothing more after the last.
    fn encoded(&mut self, part: Part) -> io::Result<Vec<u8>> {
        let Some(mut encoder) = self.encoder.take() else {
            return Ok(Vec::new());
        };
        match part {
            Part::Bytes(bytes) => {
                let sent = encoder.more(&bytes)?;
                self.encoder = Some(encoder);
                self.remember(&sent);
                Ok(sent)
            }
            Part::End(end) => {
                let sent = encoder.finish()?;
                self.remember(&sent);
                self.keep(end);
                Ok(sent)
            }
        }
    }

    fn remember(&mut self, sent: &[u8]) {
        if let Some(keep) = &mut self.keep {
            keep.bytes.extend_from_slice(sent);
            if !keep.app.parts.answers.has_room(keep.bytes.len()) {
                self.keep = None;
            }
        }
    }

    fn keep(&mut self, End { total }: End) {
        if let Some(Keep { app, tag, bytes }) = self.keep.take() {
            let kept = Kept {
                bytes: bytes.into(),
                encoding: self.encoding,
                total,
            };
            app.parts.answers.keep(tag, kept);
        }
    }
}

impl HttpBody for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        while self.encoder.is_some() {
            let part = ready!(self.poll_part(context));
            match part.and_then(|part| self.encoded(part)) {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Poll::Ready(Some(Ok(Frame::data(bytes.into())))),
                Err(error) => {
                    self.encoder = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }
}

/// The body of an answer that nobody reads, and of which it is not known how long it would be.
pub(super) struct Unmade;

impl HttpBody for Unmade {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(None)
    }
}
