//! The project's chores: `cargo xtask ci`, `test`, `endpoints`, `bench`, `release`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod bench;
mod ci;
mod endpoints;
mod run;
mod venues;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Chores of the workspace")]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Everything that must hold before a change lands; ends with the test counts.
    Ci,
    /// All tests, documentation tests included; ends with the counts.
    Test,
    /// Writes docs/endpoints.md from the code.
    Endpoints {
        /// Compares the code with the transcribed documentation, and docs/endpoints.md with the code.
        #[arg(long)]
        check: bool,
    },
    /// Runs the benches: each path of ours beside the bare library, as ratios.
    Bench {
        /// Only paths whose name holds this; or `counts` (instructions), `size` (what a build takes and gives),
        /// `all`.
        name: Option<String>,
        /// One line of JSON for each path, in place of the table.
        #[arg(long)]
        json: bool,
        /// Writes the tables of docs/performance.md as well.
        #[arg(long)]
        write: bool,
        /// Measures nothing, and takes the lines that `--json` gave before from this file.
        #[arg(long, value_name = "FILE", conflicts_with = "name")]
        from: Option<PathBuf>,
    },
    /// Packages every published crate, as a dry run of a release.
    Release,
}

fn main() -> ExitCode {
    let result = match Args::parse().chore {
        Chore::Ci => ci::ci(),
        Chore::Test => ci::test().map(|counts| println!("{counts}")),
        Chore::Endpoints { check: false } => endpoints::write(),
        Chore::Endpoints { check: true } => endpoints::check(),
        Chore::Bench { name, json, write, from } => {
            bench::lines(name.as_deref(), from.as_deref()).and_then(|lines| bench::show(&lines, json, write))
        }
        Chore::Release => ci::package(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
