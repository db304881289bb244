//! The engines that are compared, and how each is found.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::http::Endpoint;
use crate::process::Process;

/// An engine that holds the data and answers.
pub(crate) struct Running {
    /// What it is called in tables.
    pub(crate) name: &'static str,
    /// Its process.
    pub(crate) process: Process,
    /// Where it answers.
    pub(crate) endpoint: Endpoint,
    /// How long it took until it held the data.
    pub(crate) loading: Duration,
}

/// The program that was named, or the first of these names on the path.
pub(crate) fn find(given: Option<&Path>, names: &[&str]) -> Option<PathBuf> {
    if let Some(given) = given {
        return given.is_file().then(|| given.to_owned());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|program| program.is_file())
}
