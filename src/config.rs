//! What was asked for on the command line, as checked values.

mod network;

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::rdf::Base;
use crate::sparql::{Bounds, ClientBounds, Limits};
pub use network::Network;

/// How an instance runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The public address.
    pub base: Base,
    /// What one query may take.
    pub limits: Limits,
    /// How many queries may be running or waiting.
    pub queries: usize,
    /// How many queries run at once.
    pub workers: usize,
    /// The program that is a worker when it is told `worker`; without one, queries run in this
    /// process.
    pub worker: Option<PathBuf>,
    /// What the queries of one client may take.
    pub client: ClientBounds,
    /// The proxies that are believed when they say for whom they ask.
    pub trusted_proxies: Vec<Network>,
    /// How many connections may be open at once.
    pub connections: usize,
    /// How many bytes of rendered representations are kept in memory.
    pub kept_bytes: u64,
}

impl Config {
    /// How many connections may be open at once, unless said otherwise.
    pub const CONNECTIONS: u32 = 2048;

    /// How many MiB of rendered representations are kept, unless said otherwise.
    pub const KEPT_MIB: u32 = 128;

    /// How many queries run at once, unless said otherwise: as many as there are processors, and
    /// two where there is one, so that a long query does not hold up the short ones.
    pub fn workers() -> usize {
        std::thread::available_parallelism().map_or(2, |many| many.get().max(2))
    }
}

impl Config {
    /// What queries may take.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            limits: self.limits,
            at_once: self.workers,
            queries: self.queries,
            client: self.client,
        }
    }

    /// What a person should be warned of, one sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let local = self.base.is_local();
        let mut warnings = Vec::new();
        if local && !self.listen.ip().is_loopback() {
            warnings.push(format!(
                "Every address this instance gives out starts with {}, which works only on this \
                 machine, but it listens on {} for others. Give its public address with \
                 --base-url.",
                self.base.as_str(),
                self.listen,
            ));
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_base_on_a_public_address_is_warned_about() {
        let config = |listen: &str, base: &str| Config {
            data: PathBuf::new(),
            listen: listen.parse().unwrap(),
            base: Base::parse(base).unwrap(),
            limits: Limits::default(),
            queries: 1,
            workers: 1,
            worker: None,
            client: ClientBounds::default(),
            trusted_proxies: Vec::new(),
            connections: 1,
            kept_bytes: 0,
        };
        assert_eq!(
            config("127.0.0.1:8080", "http://localhost:8080/")
                .warnings()
                .len(),
            0
        );
        assert_eq!(
            config("0.0.0.0:8080", "https://plan.example.org/")
                .warnings()
                .len(),
            0
        );
        let warnings = config("0.0.0.0:8080", "http://localhost:8080/").warnings();
        assert!(warnings[0].contains("--base-url"), "{warnings:?}");
    }
}
