//! The `samplan` program: parse the command line, do it, say how it went.

use std::process::ExitCode;

use clap::Parser;
use samplan::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run()
}
