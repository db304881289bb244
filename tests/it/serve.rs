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
struct Server {
    child: Child,
    address: String,
    log: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_samplan"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log-json", "--data"])
            .arg(data)
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
    fn wait_for(&self, words: &str) -> String {
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

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
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
