//! What the system says of the memory of this process.

use std::fs;

/// The writable memory that the process has set aside, in bytes, used or not; what the limit on
/// data counts.
pub(super) fn set_aside() -> Option<u64> {
    field("VmData:")
}

/// The memory that the process has for itself and uses, in bytes.
pub(super) fn used() -> Option<u64> {
    field("RssAnon:")
}

fn field(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}
