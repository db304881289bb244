//! What Linux says of a process and those that it started (`proc_pid_stat(5)`).

use std::fs;

/// What one line of `/proc/PID/stat` says.
struct Stat {
    parent: u32,
    /// Running time so far, in hundredths of a second.
    time: u64,
    /// What tells it from another that has the same number later.
    started: u64,
    /// It has ended and nobody has asked how.
    ended: bool,
}

fn stat(pid: u32) -> Option<Stat> {
    let line = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let (_, rest) = line.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Stat {
        ended: matches!(*fields.first()?, "Z" | "X"),
        parent: fields.get(1)?.parse().ok()?,
        time: number(11)? + number(12)?,
        started: number(19)?,
    })
}

/// The processes that this one started, and those that they did.
pub(super) fn descendants(of: u32) -> Vec<u32> {
    let all: Vec<(u32, Stat)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| Some((pid, stat(pid)?)))
        .filter(|(_, stat)| !stat.ended)
        .collect();
    let mut found = vec![of];
    let mut looked = 0;
    while let Some(parent) = found.get(looked).copied() {
        looked += 1;
        let own = all.iter().filter(|(_, stat)| stat.parent == parent);
        found.extend(own.map(|(pid, _)| *pid));
    }
    found.split_off(1)
}

/// A process that may have ended since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Process {
    pid: u32,
    started: u64,
}

impl Process {
    pub(super) fn all_of(server: u32) -> Vec<Self> {
        let own = descendants(server);
        own.into_iter()
            .filter_map(|pid| {
                let started = stat(pid)?.started;
                Some(Self { pid, started })
            })
            .collect()
    }

    pub(super) fn is_there(self) -> bool {
        stat(self.pid).is_some_and(|stat| stat.started == self.started && !stat.ended)
    }
}

/// The running time so far of a process and those that it started, each with its number.
pub(super) fn times(server: u32) -> Vec<(u32, u64)> {
    std::iter::once(server)
        .chain(descendants(server))
        .filter_map(|pid| Some((pid, stat(pid)?.time)))
        .collect()
}

/// What a process has in memory.
pub(super) fn memory_mib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.and_then(|line| line.split_whitespace().next());
    words.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
