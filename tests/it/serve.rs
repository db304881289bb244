//! `samplan serve` as a process: it answers, takes up changes, and stops when it is told to.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::copy_of_data;

/// How long a change may take to be noticed on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; killed when the test ends, however it ends.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
    log: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// Starts one with more on its command line.
    pub(crate) fn start_with(data: &Path, arguments: &[&str]) -> Self {
        Self::start_where(data, arguments, &[])
    }

    /// Starts one with more on its command line and in its environment.
    fn start_where(data: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_samplan"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log-json", "--data"])
            .arg(data)
            .args(arguments)
            .envs(environment.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, log) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut server = Self {
            child,
            address: String::new(),
            log,
        };
        let line = server.wait_for("\"serving\"");
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        line["fields"]["address"]
            .as_str()
            .unwrap()
            .clone_into(&mut server.address);
        server
    }

    /// The first log line with these words.
    pub(crate) fn wait_for(&self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        while let Ok(line) = self
            .log
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            if line.contains(words) {
                return line;
            }
        }
        panic!("the log never said {words}");
    }

    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

#[test]
fn a_change_of_the_folder_is_noticed() {
    let dir = copy_of_data();
    let server = Server::start(dir.path());
    let plan = "/plan/vasterbotten-2026.nt";
    assert!(server.get(plan).contains("lärlärokoncept"));
    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("lärlärokoncept", "lärokoncept")).unwrap();
    server.wait_for("\"loaded\"");
    assert!(!server.get(plan).contains("lärlärokoncept"));

    fs::write(&file, "oops").unwrap();
    let line = server.wait_for("not taken up");
    assert!(
        line.contains("plans/vasterbotten-2026/stated.ttl:1:"),
        "{line}"
    );
    assert!(
        server.get(plan).contains("lärokoncept"),
        "the old data is served on"
    );
    assert!(server.get("/readyz").contains("stated.ttl:1:"));
}

#[cfg(unix)]
#[test]
fn it_stops_in_order_when_told_to() {
    let dir = copy_of_data();
    let mut server = Server::start(dir.path());
    assert!(server.get("/healthz").ends_with("ok\n"));
    server.signal("TERM");
    server.wait_for("\"stopped\"");
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn sighup_reloads() {
    // What lies behind a link is not watched, so only the signal can make this noticed.
    let dir = copy_of_data();
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, target) = (
        dir.path().join("catalog.ttl"),
        elsewhere.path().join("catalog.ttl"),
    );
    fs::rename(&file, &target).unwrap();
    std::os::unix::fs::symlink(&target, &file).unwrap();
    let server = Server::start(dir.path());
    fs::write(&target, "oops").unwrap();
    std::thread::sleep(Duration::from_secs(2));
    assert!(
        server.get("/readyz").contains("\"not_taken_up\":null"),
        "not noticed by itself"
    );
    server.signal("HUP");
    server.wait_for("not taken up");
    assert!(server.get("/readyz").contains("catalog.ttl:1:"));
}

/// What comes back for these bytes; the connection is closed after them.
fn raw(server: &Server, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // The server may have heard enough before all is sent.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn what_is_no_request_is_refused_on_the_wire() {
    let dir = copy_of_data();
    let server = Server::start(dir.path());
    let many = "x-y: z\r\n".repeat(200);
    let huge = "y".repeat(200_000);
    for (request, expected) in [
        // RFC 9112, section 3.2: one host, and one only.
        (
            "GET /plan HTTP/1.1\r\nconnection: close\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "GET /plan HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "GET /plan HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "GET /plan HTTP/1.1\r\nhost: <script>\r\nconnection: close\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "GET /healthz HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n".to_owned(),
            "200",
        ),
        (
            "GET /healthz HTTP/1.1\r\nhost: [::1]:8080\r\nconnection: close\r\n\r\n".to_owned(),
            "200",
        ),
        ("GET /healthz HTTP/1.0\r\n\r\n".to_owned(), "200"),
        (
            "GET http://evil.example/healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
                .to_owned(),
            "200",
        ),
        (
            "GET /healthz HTTP/1.1\r\nhost: a@b\r\nconnection: close\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "POST /sparql HTTP/1.1\r\nhost: a\r\ncontent-type: application/sparql-query\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n".to_owned(),
            "400",
        ),
        // What cannot be read.
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (
            "GET /plan\u{0} HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "GET /plän HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_owned(),
            "404",
        ),
        (
            "GET /plan HTTP/1.1\r\nhost: a\r\naccept: a\u{0}b\r\n\r\n".to_owned(),
            "400",
        ),
        ("GET /plan HTTP/9.9\r\nhost: a\r\n\r\n".to_owned(), "400"),
        (
            "POST /sparql HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n".to_owned(),
            "400",
        ),
        (
            "POST /sparql HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n"
                .to_owned(),
            "400",
        ),
        // Too much of a head.
        (
            format!("GET /plan HTTP/1.1\r\nhost: a\r\n{many}\r\n"),
            "431",
        ),
        (
            format!("GET /plan HTTP/1.1\r\nhost: a\r\naccept: {huge}\r\n\r\n"),
            "431",
        ),
        (format!("GET /{huge} HTTP/1.1\r\nhost: a\r\n\r\n"), "4"),
    ] {
        let answer = raw(&server, request.as_bytes());
        let start = request.get(..60).unwrap_or(&request);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {expected}"))
                || answer.starts_with(&format!("HTTP/1.0 {expected}")),
            "{start}: {answer}"
        );
        assert!(!answer.contains("evil.example"), "{start}");
        assert!(!answer.contains("<script>"), "{start}");
    }
    assert!(server.get("/healthz").ends_with("ok\n"), "it goes on");
}

#[cfg(unix)]
#[test]
fn a_client_that_dawdles_does_not_keep_it_from_stopping() {
    let dir = copy_of_data();
    let mut server = Server::start(dir.path());
    let mut slow: Vec<TcpStream> = (0..20)
        .map(|_| TcpStream::connect(&server.address).unwrap())
        .collect();
    for stream in &mut slow {
        stream.write_all(b"GET /plan HTTP/1.1\r\nho").unwrap();
    }
    assert!(server.get("/healthz").ends_with("ok\n"));
    let told = Instant::now();
    server.signal("TERM");
    server.wait_for("\"stopped\"");
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(told.elapsed() < PATIENCE);
}

#[test]
fn every_request_has_its_line_in_the_log() {
    let dir = copy_of_data();
    let server = Server::start(dir.path());
    let id = "01234567-89ab-cdef-0123-456789abcdef";
    for _ in 0..2 {
        // The second is answered from memory.
        let request = format!(
            "GET /plan.ttl HTTP/1.1\r\nhost: a\r\nx-request-id: {id}\r\nconnection: close\r\n\r\n"
        );
        assert!(raw(&server, request.as_bytes()).contains(id));
        let line: serde_json::Value =
            serde_json::from_str(&server.wait_for("\"answered\"")).unwrap();
        let fields = &line["fields"];
        assert_eq!(fields["path"], "/plan.ttl");
        assert_eq!(fields["status"], 200);
        assert_eq!(fields["id"], id);
        assert!(fields["microseconds"].is_u64());
    }
}

#[test]
fn without_room_for_downloads_there_is_no_catalogue_and_the_rest_goes_on() {
    let dir = copy_of_data();
    let nowhere = dir.path().join("nowhere");
    let environment = [("TMPDIR", nowhere.to_str().unwrap())];
    let server = Server::start_where(dir.path(), &[], &environment);
    let end = Instant::now() + PATIENCE;
    let mut ready = String::new();
    while !ready.contains("without a catalogue") {
        assert!(Instant::now() < end, "{ready}");
        std::thread::sleep(Duration::from_millis(50));
        ready = server.get("/readyz");
    }
    // It says where there is no room and how to mend it.
    assert!(
        ready.contains("TMPDIR") && ready.contains("nowhere"),
        "{ready}"
    );
    for path in ["/catalog.ttl", "/datasets/dcat", "/download/plans.nt"] {
        assert!(server.get(path).starts_with("HTTP/1.1 500"), "{path}");
    }
    for path in ["/plan/vasterbotten-2026.csv", "/plan.csv", "/sitemap.xml"] {
        assert!(server.get(path).starts_with("HTTP/1.1 200"), "{path}");
    }
}
