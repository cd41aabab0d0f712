//! The benches: run, gathered, and shown as one table.

mod counts;
mod page;
mod size;
mod table;

use venue_benches::Line;
use venue_core::serde_json;

use crate::run::{Failure, output};

/// Runs what is asked for. A goal that isn't met is no failure: it is said.
pub(crate) fn bench(name: Option<&str>, json: bool, write: bool) -> Result<(), Failure> {
    let lines = match name {
        Some("counts") => counts::lines()?,
        Some("size") => size::lines()?,
        Some("all") => {
            let mut lines = paths(None)?;
            lines.extend(counts::lines()?);
            lines.extend(size::lines()?);
            lines
        }
        name => paths(name)?,
    };
    if json {
        for line in &lines {
            println!("{}", serde_json::to_string(line).map_err(|error| error.to_string())?);
        }
    } else {
        println!("{}", table::terminal(&lines));
    }
    let judged = lines.iter().filter_map(Line::met);
    let (met, all) = (judged.clone().filter(|met| *met).count(), judged.count());
    eprintln!("{met} of {all} goals met");
    if write { page::write(&lines) } else { Ok(()) }
}

/// The paths that are measured in time, allocations and memory.
fn paths(name: Option<&str>) -> Result<Vec<Line>, Failure> {
    let mut args = vec!["bench", "--package", "venue-benches", "--bench", "paths", "--", "--json"];
    args.extend(name);
    let text = output(&args)?;
    text.lines().filter(|line| line.starts_with('{')).map(read_line).collect()
}

fn read_line(line: &str) -> Result<Line, Failure> {
    serde_json::from_str(line).map_err(|error| format!("a bench said {line}: {error}"))
}
