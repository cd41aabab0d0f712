//! Running other programs.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a chore says when it fails.
pub(crate) type Failure = String;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    // The manifest of this package lies one folder below.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

fn cargo(args: &[&str], environment: &[(&str, &str)]) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(program);
    command.args(args).envs(environment.iter().copied()).current_dir(root());
    forget_package(&mut command);
    command
}

/// Takes out what cargo told this program of its own package: build scripts look at that, and everything above them
/// would be built anew each time, here and by whoever calls cargo next.
pub(crate) fn forget_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let told = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name == "CARGO_CRATE_NAME"
        });
        if told {
            command.env_remove(name);
        }
    }
}

/// Runs cargo, its output as it comes.
pub(crate) fn run(args: &[&str], environment: &[(&str, &str)]) -> Result<(), Failure> {
    println!("\n$ cargo {}", args.join(" "));
    let status = cargo(args, environment).status().map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: cargo {}", args.join(" "))) }
}

/// Runs cargo, its output as it comes, and hands every line of it to `each`.
pub(crate) fn run_lines(args: &[&str], mut each: impl FnMut(&str)) -> Result<(), Failure> {
    println!("\n$ cargo {}", args.join(" "));
    let what = |error: std::io::Error| format!("cargo {}: {error}", args.join(" "));
    // One pipe for both streams, so that neither can fill up unread.
    let (reader, writer) = std::io::pipe().map_err(what)?;
    let mut command = cargo(args, &[]);
    command.stdout(writer.try_clone().map_err(what)?).stderr(writer).stdin(Stdio::null());
    let mut child = command.spawn().map_err(what)?;
    // The command keeps its ends of the pipe, and the reading would never end.
    drop(command);
    for line in BufReader::new(reader).lines() {
        let line = line.map_err(what)?;
        println!("{line}");
        each(&line);
    }
    let status = child.wait().map_err(what)?;
    if status.success() { Ok(()) } else { Err(format!("failed: cargo {}", args.join(" "))) }
}

/// Runs cargo, and gives what it says on its standard output; the rest is seen as it comes.
pub(crate) fn output(args: &[&str]) -> Result<String, Failure> {
    eprintln!("\n$ cargo {}", args.join(" "));
    read(cargo(args, &[]), "cargo")
}

/// Runs a program, and gives what it says on its standard output; the rest is seen as it comes.
pub(crate) fn read(mut command: Command, name: &str) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("failed: {name}"));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{name}: its output is no text"))
}

/// Whether a cargo subcommand is installed.
pub(crate) fn has(subcommand: &str) -> bool {
    cargo(&[subcommand, "--version"], &[])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
