//! Instructions, exact to one, by callgrind: the difference of two runs that differ in the number of passes.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use venue_benches::{Line, Unit};
use venue_core::serde_json::{self, Value};

use crate::run::{Failure, output, read};

/// Groups whose paths are counted: those without a clock or a socket.
const GROUPS: [&str; 4] = ["sign:", "build:", "decode:", "book:"];
/// Passes of the shorter run, and how many more the longer one makes: each of the different messages once.
const SHORT: u64 = 8;
const MORE: u64 = 256;

/// Counts every path on both sides; nothing where valgrind is missing.
pub(super) fn lines() -> Result<Vec<Line>, Failure> {
    let has = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        eprintln!("instructions are not counted: valgrind is not installed");
        return Ok(Vec::new());
    }
    let program = program()?;
    let mut list = Command::new(&program);
    list.arg("--list");
    let names = read(list, "the benches")?;
    let wanted = |name: &&str| GROUPS.iter().any(|group| name.starts_with(group));
    let names: VecDeque<String> = names.lines().filter(wanted).map(str::to_owned).collect();
    let order: Vec<String> = names.iter().cloned().collect();
    let todo = Mutex::new(names);
    let done = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let work = || {
            while let Some(name) = todo.lock().ok().and_then(|mut todo| todo.pop_front()) {
                let line = line(&program, &name);
                if let Ok(mut done) = done.lock() {
                    done.push(line);
                }
            }
        };
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let done = done.into_inner().map_err(|_| "a count broke off".to_owned())?;
    let mut lines = done.into_iter().collect::<Result<Vec<Line>, Failure>>()?;
    lines.sort_by_key(|line| order.iter().position(|name| line.name.ends_with(name.as_str())));
    Ok(lines)
}

fn line(program: &PathBuf, name: &str) -> Result<Line, Failure> {
    let one = |side| -> Result<u64, Failure> {
        let short = instructions(program, name, side, SHORT)?;
        let long = instructions(program, name, side, SHORT + MORE)?;
        Ok(long.saturating_sub(short) * 1000 / MORE)
    };
    let (ours, bare) = (one("ours")?, one("bare")?);
    eprintln!("{name}: {} / {} instructions", ours / 1000, bare / 1000);
    Ok(Line::new(format!("counts: {name}"), "the same", Unit::Instructions, ours, Some(bare)))
}

/// Instructions of a whole run with so many passes.
fn instructions(program: &PathBuf, name: &str, side: &str, times: u64) -> Result<u64, Failure> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["--count", name, "--side", side, "--times", &times.to_string()])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind: {name}: {text}"));
    }
    collected(&text).ok_or_else(|| format!("valgrind counted nothing of {name}: {text}"))
}

/// The number behind `Collected :`.
fn collected(text: &str) -> Option<u64> {
    let (_, number) = text.lines().find(|line| line.contains("Collected"))?.rsplit_once(':')?;
    number.trim().parse().ok()
}

/// The built benches.
fn program() -> Result<PathBuf, Failure> {
    let args = ["bench", "--package", "venue-benches", "--bench", "paths", "--no-run"];
    let text = output(&[args.as_slice(), &["--message-format", "json-render-diagnostics"]].concat())?;
    let found =
        text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find_map(|message| {
            let is_it = message.pointer("/target/name").and_then(Value::as_str) == Some("paths");
            message.get("executable").and_then(Value::as_str).filter(|_| is_it).map(PathBuf::from)
        });
    found.ok_or_else(|| "the benches were not built".to_owned())
}

#[cfg(test)]
mod tests {
    use super::collected;

    #[test]
    fn the_count_is_read_from_what_valgrind_says() {
        let text = "==7== Events    : Ir\n==7== Collected : 123456\n==7== \n==7== I   refs:      123,456\n";
        assert_eq!(collected(text), Some(123_456));
        assert_eq!(collected("==7== nothing"), None);
    }
}
