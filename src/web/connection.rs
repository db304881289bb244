//! Connections: how many, how slow, how large a head; and an orderly end.

use std::convert::Infallible;
use std::future::{Future, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Response, Version, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use super::client::Peer;
use super::error::Error;
use super::front::Front;

/// How long the head of a request may take, and a connection may wait for its next request.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// How long a client may take none of an answer that is being sent.
const WRITE_TIME: Duration = Duration::from_secs(30);

/// How large the head of a request may be. The longest query (64 KiB) need not fit in an
/// address; it can be posted.
const LARGEST_HEAD: usize = 32 << 10;

/// How many header lines a request may have.
const MOST_HEADERS: usize = 100;

/// How long requests under way may take to finish when the process is asked to stop.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// How long to wait before accepting again when the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(100);

/// Serves on a listener until `shutdown` is ready, then lets requests under way finish.
///
/// At most `most` connections are open at once; more wait to be accepted. HTTP/1.1 (RFC 9112).
///
/// # Errors
/// None today; a listener that fails for a while is asked again.
pub(super) async fn serve(
    front: Front,
    listener: TcpListener,
    most: usize,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(most));
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            accepted = accept(&listener, &places) => {
                if let Some((stream, peer, place)) = accepted {
                    open(front.clone(), stream, Peer(peer.ip()), place, &graceful);
                }
            }
            () = &mut shutdown => break,
        }
    }
    // Requests under way finish; who waits for nothing more is let go.
    let _ = tokio::time::timeout(LAST_WORDS, graceful.shutdown()).await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            // Out of file descriptors, say: others will be closed soon.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(BREATH).await;
            None
        }
    }
}

fn open(
    front: Front,
    stream: TcpStream,
    peer: Peer,
    place: OwnedSemaphorePermit,
    graceful: &GracefulShutdown,
) {
    // Answers are written whole; waiting for more to send with them only delays.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        answer(front.clone(), request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // What is wrong with one connection concerns nobody else.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(place);
    });
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

fn answer(mut front: Front, request: Request) -> Answer {
    if has_one_host(&request) {
        front.call(request)
    } else {
        let answer = front.refuse(&request, &Error::NoHost);
        Box::pin(ready(Ok(answer)))
    }
}

/// Whether a request names one host, as it must (RFC 9112, section 3.2). Which one it names
/// does not matter: addresses follow the base URL.
fn has_one_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(is_host),
        (None, _) => request.version() != Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

fn is_host(host: &str) -> bool {
    let named = host.parse::<axum::http::uri::Authority>().is_ok();
    host.is_empty() || (named && !host.contains('@'))
}
