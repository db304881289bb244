//! Files that can be large, sent as they are read.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, HeaderValue, Response};
use hyper::body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use super::error::Error;
use super::respond::{Head, from_file};
use crate::store::Snapshot;
use crate::views::download::{Download, File, file};

/// How many bytes are read at a time: what each who downloads takes of memory.
const PART: usize = 256 << 10;

/// The answer with a file; made now where it has not been since the data changed.
pub(super) async fn answer(
    snapshot: &Arc<Snapshot>,
    download: Download,
    headers: &HeaderMap,
) -> Result<Response<Body>, Error> {
    let made = Arc::clone(snapshot);
    let file = tokio::task::spawn_blocking(move || file(&made, download))
        .await
        .map_err(|error| Error::Internal(error.into()))??;
    let etag = HeaderValue::try_from(format!("\"{}\"", file.sha256))
        .map_err(|error| Error::Internal(error.into()))?;
    let head = Head {
        content_type: download.content_type(),
        modified: file.modified.as_deref().map(Arc::from),
        gathered: true,
        links: Some(super::resources::links_of_download(snapshot, download)),
        ..Head::default()
    };
    let source = Arc::clone(&file);
    from_file(headers, &head, &etag, file.bytes, move |from, bytes| {
        Body::new(Reading {
            file: source,
            next: from,
            left: bytes,
            under_way: None,
        })
    })
}

/// The body of an answer that is read from a file.
struct Reading {
    /// It is there for as long as anybody reads it, whatever is served by then.
    file: Arc<File>,
    next: u64,
    left: u64,
    under_way: Option<JoinHandle<io::Result<Vec<u8>>>>,
}

impl HttpBody for Reading {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let (file, from) = (Arc::clone(&self.file), self.next);
        let most = usize::try_from(self.left).unwrap_or(PART).min(PART);
        let reading = self
            .under_way
            .get_or_insert_with(|| tokio::task::spawn_blocking(move || file.read(from, most)));
        let read = ready!(Pin::new(reading).poll(context));
        self.under_way = None;
        match read.map_err(io::Error::other).and_then(|read| read) {
            Ok(bytes) => {
                self.next += bytes.len() as u64;
                self.left = self.left.saturating_sub(bytes.len() as u64);
                Poll::Ready(Some(Ok(Frame::data(bytes.into()))))
            }
            Err(error) => {
                self.left = 0;
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
