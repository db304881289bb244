//! Queries that ask for more than there is: whatever one asks, it ends in time, it takes no more
//! memory than it may, the pages are there for everybody else, and no other server is called.
//!
//! A deadline is the one thing whose time a test may judge; each does so with a margin.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use spargebra::SparqlParser;

use crate::serve::Server;
use crate::support::root;

mod process;
mod set;

use set::{Hostile, Is};

/// How many seconds a query may run, and how many MiB it may take.
const SECONDS: &str = "1";
const MEMORY_MIB: u64 = 256;

/// What the server is told. The asker's own budget is off, since all ask from one address.
const LIMITS: &[&str] = &[
    "--query-memory-mib",
    "256",
    "--queries",
    "64",
    "--client-queries",
    "64",
    "--client-seconds",
    "0",
    "--workers",
];

/// How much longer than it should something may take on a slow and busy machine.
const MARGIN: u32 = 3;

/// When any query is over: at its deadline, and a second.
const BOUND: Duration = Duration::from_secs(2);

/// When a page is there.
const AT_ONCE: Duration = Duration::from_millis(200);

/// What the server itself may take, in MiB: it holds the data and what it sends.
const SERVER_MIB: u64 = 300;

/// What a worker may take besides: the program and the data, in MiB.
const BESIDES_MIB: u64 = 128;

/// How long to wait for what has no deadline.
const PATIENCE: Duration = Duration::from_secs(30);

/// Every way in which a query may be answered or refused.
const ANSWERS: [u16; 8] = [200, 400, 406, 408, 413, 414, 431, 503];

const PLAN: &str = "/plan/vasterbotten-2026";

fn start(seconds: &str, workers: &str, more: &[&str]) -> Server {
    let time = ["--query-seconds", seconds];
    let arguments = [time.as_slice(), LIMITS, &[workers], more].concat();
    Server::start_with(&root().join("data"), &arguments)
}

/// Held by the tests that would else be in each other's way.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What came back for a request.
struct Reply {
    /// 0 where nothing came.
    status: u16,
    head: String,
    body: Vec<u8>,
    /// Whether the body ended as its head said that it would.
    whole: bool,
    /// Whether the connection ended, whole or not.
    ended: bool,
    took: Duration,
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The request for a query.
fn request(hostile: &Hostile) -> Vec<u8> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("query", &hostile.query);
    for graph in &hostile.graphs {
        form.append_pair("default-graph-uri", graph);
    }
    post(
        "application/x-www-form-urlencoded",
        hostile.accept,
        &form.finish(),
    )
}

fn post(content_type: &str, accept: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST /sparql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccept: {accept}\r\n\
         accept-language: en\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn ask(address: &str, query: &str) -> Reply {
    let request = post("application/sparql-query", "text/csv", query);
    exchange(address, &request, PATIENCE)
}

fn get(address: &str, path: &str) -> Reply {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    exchange(address, request.as_bytes(), PATIENCE)
}

/// Sends a request and reads what comes until the connection ends, or patience does.
fn exchange(address: &str, request: &[u8], patience: Duration) -> Reply {
    let started = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    // What is refused by its length need not have been read.
    let _ = stream.write_all(request);
    read(stream, started, patience)
}

fn read(mut stream: TcpStream, started: Instant, patience: Duration) -> Reply {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let ended = loop {
        let left = patience.saturating_sub(started.elapsed());
        if left.is_zero() {
            break false;
        }
        stream.set_read_timeout(Some(left)).unwrap();
        match stream.read(&mut buffer) {
            Ok(0) => break true,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                let waiting = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut];
                break !waiting.contains(&error.kind());
            }
        }
    };
    let took = started.elapsed();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.map_or(bytes.len(), |at| at + 4);
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let sent = &bytes[end..];
    let field = |name: &str| {
        let mut lines = head.lines();
        lines.find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
    };
    let (body, whole) = if field("transfer-encoding:").is_some() {
        from_chunks(sent)
    } else {
        let length = field("content-length:").and_then(|length| length.parse().ok());
        (sent.to_vec(), length == Some(sent.len()))
    };
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Reply {
        status: status.unwrap_or_default(),
        body,
        whole,
        ended,
        took,
        head,
    }
}

/// The body that chunks hold, and whether the last one, which is empty, is there
/// (RFC 9112, section 7.1).
fn from_chunks(mut sent: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(line) = sent.windows(2).position(|two| two == b"\r\n") else {
            return (body, false);
        };
        let size = std::str::from_utf8(&sent[..line]).ok();
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else {
            return (body, false);
        };
        sent = &sent[line + 2..];
        if size == 0 {
            return (body, sent == b"\r\n");
        }
        if sent.len() < size + 2 {
            body.extend_from_slice(&sent[..sent.len().min(size)]);
            return (body, false);
        }
        body.extend_from_slice(&sent[..size]);
        sent = &sent[size + 2..];
    }
}

/// Looks at the memory of the server and its workers until it is dropped.
struct Watch {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Seen>>,
}

/// The most that was seen at once, in MiB.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    server: u64,
    worker: u64,
    all: u64,
    workers: usize,
}

impl Watch {
    fn over(server: &Server) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (pid, told) = (server.child.id(), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            let mut seen = Seen::default();
            while !told.load(Ordering::Relaxed) {
                let own = process::memory_mib(pid);
                let each = process::descendants(pid);
                let workers: Vec<u64> = each.iter().map(|id| process::memory_mib(*id)).collect();
                seen.server = seen.server.max(own);
                seen.worker = seen.worker.max(workers.iter().copied().max().unwrap_or(0));
                seen.all = seen.all.max(own + workers.iter().sum::<u64>());
                seen.workers = seen.workers.max(workers.len());
                std::thread::sleep(Duration::from_millis(30));
            }
            seen
        });
        Self {
            stop,
            thread: Some(thread),
        }
    }

    fn end(mut self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Seen {
    /// What is wrong with that.
    fn wrong(self, workers: usize) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.server > SERVER_MIB {
            wrong.push(format!("the server took {} MiB", self.server));
        }
        if self.worker > MEMORY_MIB + BESIDES_MIB {
            wrong.push(format!("a worker took {} MiB", self.worker));
        }
        // One that has ended may still be there while the next one starts.
        let most = SERVER_MIB + (workers as u64 + 1) * (MEMORY_MIB + BESIDES_MIB);
        if self.all > most {
            wrong.push(format!("together they took {} MiB", self.all));
        }
        if self.workers == 0 {
            wrong.push("there never was a worker".to_owned());
        }
        wrong
    }
}

/// What is wrong with the answer to a query.
fn judge(hostile: &Hostile, reply: &Reply) -> Option<String> {
    let text = reply.text();
    let refused = reply.status == 400 && text.contains("not valid SPARQL");
    if !reply.ended {
        return Some("never ended".to_owned());
    }
    if reply.took > BOUND * MARGIN {
        return Some("came too late".to_owned());
    }
    if !ANSWERS.contains(&reply.status) {
        return Some(format!("{} {text:.300}", reply.status));
    }
    if reply.status != 200 && !reply.whole {
        return Some("was refused in half a sentence".to_owned());
    }
    if hostile.is == Is::Query && refused {
        return Some(format!("is no query: {text:.300}"));
    }
    (hostile.is == Is::None && reply.status == 200).then(|| format!("is a query: {text:.300}"))
}

#[test]
fn each_is_what_it_is_said_to_be() {
    // What the parser reads again and again would take it longer than anybody lives.
    let again: Vec<_> = set::reread().iter().map(|hostile| hostile.name).collect();
    let read = || {
        let mut wrong = Vec::new();
        for hostile in set::all() {
            if again.contains(&hostile.name) || hostile.name == "exclamation marks" {
                continue;
            }
            let query = SparqlParser::new().parse_query(&hostile.query);
            if query.is_ok() != (hostile.is == Is::Query) {
                let error = query.err().map(|error| error.to_string());
                wrong.push(format!("{}: {error:.300?}", hostile.name));
            }
        }
        wrong
    };
    // The parser goes as deep as the text does.
    let wrong = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(1 << 30);
        thread.spawn_scoped(scope, read).unwrap().join().unwrap()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_is_answered_or_refused_in_time() {
    const WORKERS: usize = 4;
    let set = set::all();
    assert!(set.len() >= 100, "{}", set.len());
    let _alone = alone();
    let server = start(SECONDS, &WORKERS.to_string(), &[]);
    let address = server.address.as_str();
    let watch = Watch::over(&server);
    let (next, ran) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (wrong, told) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        // As many as run at once: none waits for another, so each of them really runs.
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(hostile) = set.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let reply = exchange(address, &request(hostile), BOUND * MARGIN * 2);
                    let line = format!(
                        "{:5} ms {} {:9} bytes{} {}",
                        reply.took.as_millis(),
                        reply.status,
                        reply.body.len(),
                        if reply.whole { "" } else { ", not whole" },
                        hostile.name,
                    );
                    told.lock().unwrap().push(line);
                    let until_stopped =
                        reply.took >= BOUND / 2 && !(reply.status == 200 && reply.whole);
                    ran.fetch_add(usize::from(until_stopped), Ordering::Relaxed);
                    let health = get(address, "/healthz");
                    let unwell = (health.status != 200).then(|| "took the server down".to_owned());
                    for what in judge(hostile, &reply).into_iter().chain(unwell) {
                        let line = format!("{}: {what}", hostile.name);
                        wrong.lock().unwrap().push(line);
                    }
                }
            });
        }
    });
    let seen = watch.end();
    let (mut wrong, told) = (wrong.into_inner().unwrap(), told.into_inner().unwrap());
    wrong.extend(seen.wrong(WORKERS));
    let ran = ran.into_inner();
    eprintln!(
        "{}\n{seen:?}, {ran} ran until they were stopped",
        told.join("\n")
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Were most of them refused or done at once, they would say nothing of deadlines.
    assert!(ran > set.len() / 4, "only {ran} were stopped");
    until_idle(&server, BOUND * MARGIN);
    assert_eq!(ask(address, "SELECT * {}").status, 200);
}

/// Queries that keep the engine busy without end, each in a part of it that looks at no clock.
fn endless() -> Vec<Hostile> {
    let names = [
        "product of four, counted",
        "product of VALUES",
        "REPLACE that looks to the end from each letter",
        "REGEX built anew for each row",
        "MD5 of every number",
        "paths of paths of paths",
        "not not not",
        "gigabytes of JSON",
    ];
    let mut set = set::all();
    set.retain(|hostile| names.contains(&hostile.name));
    assert_eq!(set.len(), names.len());
    set
}

/// How many hundredths of a second the server and its workers ran within a while.
fn work_within(server: &Server, while_: Duration) -> u64 {
    let before = process::times(server.child.id());
    std::thread::sleep(while_);
    let after = process::times(server.child.id());
    let of = |pid: u32| before.iter().find(|(own, _)| *own == pid);
    after
        .iter()
        .map(|(pid, time)| time.saturating_sub(of(*pid).map_or(0, |(_, before)| *before)))
        .sum()
}

const A_WHILE: Duration = Duration::from_millis(500);

/// Waits until there is work, so that an end to it can be seen.
fn until_busy(server: &Server) {
    let started = Instant::now();
    while work_within(server, A_WHILE) < 15 {
        assert!(started.elapsed() < PATIENCE, "nothing ever ran");
    }
}

/// Waits until there is no work.
fn until_idle(server: &Server, within: Duration) {
    let started = Instant::now();
    loop {
        let work = work_within(server, A_WHILE);
        // Less than a tenth of one processor: what is left is looking after the house.
        if work < 5 {
            return;
        }
        assert!(started.elapsed() < within, "{work} hundredths of a second");
    }
}

/// Opens a connection and sends a query, and reads nothing.
fn send(server: &Server, hostile: &Hostile) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(&request(hostile)).unwrap();
    stream
}

/// Sends twenty queries of a set, in turns, and keeps their connections.
fn send_twenty(server: &Server, set: &[Hostile]) -> Vec<TcpStream> {
    let twenty = set.iter().cycle().take(20);
    twenty.map(|own| send(server, own)).collect()
}

#[test]
fn pages_are_there_while_fifty_run() {
    const CROWD: usize = 50;
    const WHILE: Duration = Duration::from_secs(6);
    let _alone = alone();
    let set = set::all();
    let server = start(SECONDS, "2", &[]);
    let address = server.address.as_str();
    assert_eq!(get(address, PLAN).status, 200);
    let watch = Watch::over(&server);
    let end = Instant::now() + WHILE;
    let (wrong, done) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let (slowest, late) = (Mutex::new(Duration::ZERO), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for own in 0..CROWD {
            let (set, wrong, done) = (&set, &wrong, &done);
            scope.spawn(move || {
                // Each begins elsewhere; together they ask all of them.
                let mut at = own * set.len() / CROWD;
                while Instant::now() < end {
                    let hostile = &set[at % set.len()];
                    let reply = exchange(address, &request(hostile), BOUND * MARGIN * 2);
                    if let Some(what) = judge(hostile, &reply) {
                        wrong
                            .lock()
                            .unwrap()
                            .push(format!("{}: {what}", hostile.name));
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                    at += 1;
                }
            });
        }
        for path in ["/healthz", PLAN] {
            let (wrong, slowest, late) = (&wrong, &slowest, &late);
            scope.spawn(move || {
                while Instant::now() < end {
                    let reply = get(address, path);
                    if reply.status != 200 || !reply.whole || reply.took > AT_ONCE * MARGIN {
                        let line = format!("{path}: {} after {:?}", reply.status, reply.took);
                        wrong.lock().unwrap().push(line);
                    }
                    if reply.took > AT_ONCE {
                        late.fetch_add(1, Ordering::Relaxed);
                    }
                    let mut slowest = slowest.lock().unwrap();
                    *slowest = slowest.max(reply.took);
                    drop(slowest);
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
        }
    });
    let seen = watch.end();
    let mut wrong = wrong.into_inner().unwrap();
    wrong.extend(seen.wrong(2));
    eprintln!(
        "{done:?} queries; the slowest page took {:?}, {late:?} more than {AT_ONCE:?}; {seen:?}",
        slowest.into_inner().unwrap(),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(done.into_inner() >= CROWD);
    until_idle(&server, BOUND * MARGIN);
    assert_eq!(ask(address, "SELECT * {}").status, 200);
}

#[test]
fn no_worker_is_left_when_the_server_stops() {
    for signal in ["TERM", "INT", "KILL"] {
        let mut server = start("30", "2", &[]);
        let set = endless();
        let asked: Vec<TcpStream> = set.iter().map(|own| send(&server, own)).collect();
        until_busy(&server);
        let workers = process::Process::all_of(server.child.id());
        assert!(!workers.is_empty(), "{signal}: there is no worker");
        server.signal(signal);
        let told = Instant::now();
        let stopped = loop {
            if let Some(stopped) = server.child.try_wait().unwrap() {
                break stopped;
            }
            assert!(told.elapsed() < PATIENCE, "{signal}: it goes on");
            std::thread::sleep(Duration::from_millis(50));
        };
        assert!(signal == "KILL" || stopped.success(), "{signal}: {stopped}");
        let stopped = Instant::now();
        while workers.iter().any(|worker| worker.is_there()) {
            assert!(
                stopped.elapsed() < Duration::from_secs(5) * MARGIN,
                "{signal}: a worker is left"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(asked);
    }
}

#[test]
fn who_goes_away_stops_the_query() {
    let server = start("60", "2", &[]);
    let set = endless();
    let asked = send_twenty(&server, &set);
    until_busy(&server);
    drop(asked);
    until_idle(&server, Duration::from_secs(2) * MARGIN);
    assert_eq!(ask(&server.address, "SELECT * {}").status, 200);
}

#[test]
fn who_reads_slowly_keeps_no_worker() {
    let server = start(SECONDS, "2", &[]);
    let mut set = set::all();
    set.retain(|own| own.name.starts_with("gigabytes of "));
    let started = Instant::now();
    let asked = send_twenty(&server, &set);
    std::thread::sleep(BOUND);
    until_idle(&server, BOUND * MARGIN);
    assert_eq!(ask(&server.address, "SELECT * {}").status, 200);
    for stream in asked {
        let reply = read(stream, started, PATIENCE);
        assert!(reply.ended, "{}", reply.head);
        assert!(reply.status != 200 || !reply.whole, "gigabytes in seconds");
    }
}

#[test]
fn an_answer_that_is_cut_off_is_seen_as_such() {
    let server = start("3", "4", &["--query-rows", "100000", "--query-mib", "4"]);
    let numbers = |name: &str, digits: usize| {
        (0..digits).fold(String::new(), |text, i| {
            format!("{text} VALUES ?{name}{i} {{ 0 1 2 3 4 5 6 7 8 9 }}")
        })
    };
    let (million, letters) = (numbers("d", 6), "x".repeat(1000));
    // What comes at once, and is enough of it to begin to send; then something else.
    let then = |rest: &str| {
        let thousand = numbers("k", 3);
        let text = format!("CONCAT(STR(?k0), STR(?k1), STR(?k2), \"{letters}\")");
        format!("SELECT ?x {{ {{ {thousand} BIND({text} AS ?x) }} UNION {{ {rest} }} }}")
    };
    let csv = "text/csv";
    let long = then(&format!("{million} BIND(\"{letters}\" AS ?x)"));
    for (what, accept, query) in [
        ("rows", csv, format!("SELECT ?d0 {{ {million} }}")),
        ("bytes", csv, long.clone()),
        ("bytes", "text/tab-separated-values", long.clone()),
        ("bytes", "application/sparql-results+xml", long.clone()),
        ("bytes", "application/sparql-results+json", long),
        (
            "time",
            csv,
            then("SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        ),
        (
            "memory",
            csv,
            then(&format!(
                "SELECT (GROUP_CONCAT(?t) AS ?x) {{ {million} BIND(\"{letters}\" AS ?t) }}"
            )),
        ),
        (
            "triples",
            "application/n-triples",
            "CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        ),
    ] {
        for coding in ["identity", "gzip"] {
            if coding == "gzip" && accept != csv {
                continue;
            }
            let request = post("application/sparql-query", accept, &query);
            let request = String::from_utf8(request).unwrap();
            let request = request.replacen(
                "\r\naccept-language",
                &format!("\r\naccept-encoding: {coding}\r\naccept-language"),
                1,
            );
            let reply = exchange(&server.address, request.as_bytes(), PATIENCE);
            let (status, text) = (reply.status, reply.text());
            assert!(reply.ended, "{what}, {coding}");
            if status == 200 {
                assert!(!reply.whole, "{what}, {coding}: ends as if it were all");
                assert!(!reply.body.is_empty(), "{what}, {coding}");
            } else {
                // What comes first may still be on its way when the end does, and a graph may
                // have to be whole before it is written.
                let late = ["time", "memory", "triples"].contains(&what);
                assert!(late, "{what}, {accept}, {coding}: {status} {text:.300}");
                assert!(reply.whole && ANSWERS.contains(&status), "{status}");
            }
        }
    }
    // What is within the limits does end.
    let reply = ask(&server.address, "SELECT ?a { ?a ?b ?c } LIMIT 1000");
    assert_eq!((reply.status, reply.whole), (200, true));
    assert_eq!(reply.text().lines().count(), 1001);
}

/// A place on this machine that notes whether anybody came.
struct Trap {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Trap {
    fn set() -> Self {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        // Not every machine has this one.
        let second = TcpListener::bind(("::1", port)).ok();
        let listeners: Vec<_> = std::iter::once(first).chain(second).collect();
        for listener in &listeners {
            listener.set_nonblocking(true).unwrap();
        }
        Self { listeners, port }
    }

    fn is_sprung(&self) -> bool {
        self.listeners.iter().any(|own| own.accept().is_ok())
    }
}

/// Queries and updates that would call another server.
fn ways_out(host: &str, port: u16) -> Vec<String> {
    let other = format!("http://{host}:{port}/x");
    vec![
        format!("SELECT * {{ SERVICE <{other}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ SERVICE SILENT <{other}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ VALUES ?g {{ <{other}> }} SERVICE ?g {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ VALUES ?g {{ <{other}> }} SERVICE SILENT ?g {{ ?s ?p ?o }} }}"),
        format!(
            "SELECT * {{ BIND(IRI(CONCAT(\"http://{host}:\", \"{}/\")) AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
            port
        ),
        format!("SELECT * {{ {{ SELECT * {{ SERVICE <{other}> {{ ?s ?p ?o }} }} LIMIT 1 }} }}"),
        format!("ASK {{ ?a ?b ?c FILTER EXISTS {{ SERVICE <{other}> {{ ?a ?p ?o }} }} }}"),
        format!(
            "ASK {{ ?a ?b ?c FILTER NOT EXISTS {{ SERVICE SILENT <{other}> {{ ?a ?p ?o }} }} }}"
        ),
        format!("SELECT * {{ ?a ?b ?c OPTIONAL {{ SERVICE <{other}> {{ ?c ?p ?o }} }} }}"),
        format!("SELECT * {{ ?a ?b ?c MINUS {{ SERVICE <{other}> {{ ?a ?b ?c }} }} }}"),
        format!("SELECT * {{ ?a ?b ?c LATERAL {{ SERVICE <{other}> {{ ?c ?p ?o }} }} }}"),
        format!(
            "SELECT * {{ {{ ?a ?b ?c }} UNION {{ GRAPH ?g {{ SERVICE <{other}> {{ ?s ?p ?o }} }} }} }}"
        ),
        format!("SELECT (EXISTS {{ SERVICE <{other}> {{ ?s ?p ?o }} }} AS ?x) {{}}"),
        format!(
            "SELECT ?a {{ ?a ?b ?c }} GROUP BY ?a HAVING(EXISTS {{ SERVICE <{other}> {{ ?a ?p ?o }} }})"
        ),
        format!("SELECT ?a {{ ?a ?b ?c }} ORDER BY EXISTS {{ SERVICE <{other}> {{ ?a ?p ?o }} }}"),
        format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{other}> {{ ?s ?p ?o }} }}"),
        format!("DESCRIBE ?s {{ SERVICE <{other}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * FROM <{other}> {{ ?s ?p ?o }}"),
        format!("SELECT * FROM NAMED <{other}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ GRAPH <{other}> {{ ?s ?p ?o }} }}"),
        format!("DESCRIBE <{other}>"),
        format!("SELECT (<{other}>(1) AS ?x) {{}}"),
        format!("BASE <{other}> PREFIX x: <{other}> SELECT * {{ <x> x:y <{other}> }}"),
        format!("LOAD <{other}>"),
        format!("LOAD SILENT <{other}> INTO GRAPH <urn:x:g>"),
        format!("INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{other}> {{ ?s ?p ?o }} }}"),
    ]
}

#[test]
fn no_query_reaches_another_server() {
    let trap = Trap::set();
    let server = start(SECONDS, "2", &[]);
    let hosts = [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "127.1",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
    ];
    for host in hosts {
        let other = format!("http://{host}:{}/x", trap.port);
        // Every way once, and some by every name of this machine.
        let ways = if host == hosts[0] { usize::MAX } else { 4 };
        for query in ways_out(host, trap.port).into_iter().take(ways) {
            let calls = query.contains("SERVICE") || query.contains("LOAD");
            let parts = form_urlencoded::Serializer::new(String::new())
                .append_pair("query", &query)
                .finish();
            let mut requests = vec![post("application/x-www-form-urlencoded", "*/*", &parts)];
            if calls {
                requests.push(post("application/sparql-query", "*/*", &query));
                requests.push(post("application/sparql-update", "*/*", &query));
                let update = parts.replacen("query=", "update=", 1);
                requests.push(post("application/x-www-form-urlencoded", "*/*", &update));
            }
            for request in requests {
                let reply = exchange(&server.address, &request, PATIENCE);
                assert!(reply.ended && reply.whole, "{query}: {}", reply.head);
                assert!(
                    reply.status < 500 || reply.status == 503,
                    "{query}: {}",
                    reply.head
                );
                assert!(!trap.is_sprung(), "{query}: somebody came");
            }
        }
        for parameter in ["default-graph-uri", "named-graph-uri", "using-graph-uri"] {
            let form = form_urlencoded::Serializer::new(String::new())
                .append_pair(
                    "query",
                    "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
                )
                .append_pair(parameter, &other)
                .finish();
            let request = post("application/x-www-form-urlencoded", "text/csv", &form);
            let reply = exchange(&server.address, &request, PATIENCE);
            assert!(
                reply.ended && reply.status < 500,
                "{parameter}: {}",
                reply.head
            );
            let reply = get(&server.address, &format!("/sparql?{form}"));
            assert!(
                reply.ended && reply.status < 500,
                "{parameter}: {}",
                reply.head
            );
        }
    }
    assert_eq!(ask(&server.address, "SELECT * {}").status, 200);
    std::thread::sleep(Duration::from_millis(200));
    assert!(!trap.is_sprung(), "somebody came late");
    // It does note who comes.
    TcpStream::connect(("127.0.0.1", trap.port)).unwrap();
    let started = Instant::now();
    while !trap.is_sprung() {
        assert!(started.elapsed() < PATIENCE, "the trap does not work");
        std::thread::sleep(Duration::from_millis(10));
    }
}
