//! A server as a process of its own: it ends with its handle, and tells what memory it takes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

/// A running process, ended when dropped.
pub(crate) struct Process {
    child: Child,
    log: std::path::PathBuf,
}

impl Process {
    /// Starts a command; what it says goes to a file.
    pub(crate) fn start(command: &mut Command, log: &Path) -> anyhow::Result<Self> {
        let said = File::create(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .spawn()
            .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
        Ok(Self {
            child,
            log: log.to_owned(),
        })
    }

    /// Fails, with what it said last, when it has ended by itself.
    pub(crate) fn still_runs(&mut self) -> anyhow::Result<()> {
        let Some(status) = self.child.try_wait()? else {
            return Ok(());
        };
        let said = fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<_> = said.lines().rev().take(5).collect();
        anyhow::bail!("it ended ({status}): {}", last.join(" | "))
    }

    /// What it and its children hold now.
    pub(crate) fn memory(&self) -> Memory {
        let mut sum = Memory::default();
        for pid in with_children(self.child.id()) {
            sum.add(pid);
        }
        sum
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Memory of a process and its children, in KiB. Linux only; elsewhere all is 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Resident, what processes share counted once (proportional set size).
    pub(crate) resident: u64,
    /// The most that was resident at one time, summed over the processes.
    pub(crate) peak: u64,
}

impl Memory {
    fn add(&mut self, pid: u32) {
        let field = |file: &str, name: &str| -> u64 {
            let text = fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default();
            text.lines()
                .find_map(|line| line.strip_prefix(name))
                .and_then(|rest| rest.split_whitespace().next())
                .and_then(|number| number.parse().ok())
                .unwrap_or_default()
        };
        self.resident += field("smaps_rollup", "Pss:");
        self.peak += field("status", "VmHWM:");
    }
}

/// A process and everything it started that still runs.
pub(crate) fn with_children(pid: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::from([pid]);
    let Ok(entries) = fs::read_dir("/proc") else {
        return found;
    };
    let parents: Vec<(u32, u32)> = entries
        .filter_map(|entry| {
            let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            // The name stands in parentheses and may hold anything; the parent is the second after.
            let (_, after) = text.rsplit_once(')')?;
            Some((pid, after.split_whitespace().nth(1)?.parse().ok()?))
        })
        .collect();
    loop {
        let before = found.len();
        let more = parents
            .iter()
            .filter(|(_, parent)| found.contains(parent))
            .map(|(pid, _)| *pid)
            .collect::<Vec<_>>();
        found.extend(more);
        if found.len() == before {
            return found;
        }
    }
}

/// A port on the loopback address that nobody listens on now.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}
