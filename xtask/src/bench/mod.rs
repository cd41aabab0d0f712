//! The benches: run, gathered, and shown as one table.

mod counts;
mod page;
mod size;
mod table;

use std::fs;
use std::path::Path;

use venue_benches::{Goal, Line};
use venue_core::serde_json;

use crate::run::{Failure, output};

/// Runs what is asked for, or reads what was measured before.
pub(crate) fn lines(name: Option<&str>, from: Option<&Path>) -> Result<Vec<Line>, Failure> {
    if let Some(file) = from {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        return Ok(medians(read_lines(&text)?));
    }
    match name {
        Some("counts") => counts::lines(),
        Some("size") => size::lines(),
        Some("all") => {
            let mut lines = paths(None)?;
            lines.extend(counts::lines()?);
            lines.extend(size::lines()?);
            Ok(lines)
        }
        name => paths(name),
    }
}

/// Shows lines, and says how many goals are met. One that isn't is no failure.
pub(crate) fn show(lines: &[Line], json: bool, write: bool) -> Result<(), Failure> {
    if write {
        page::write(lines)?;
    }
    if json {
        for line in lines {
            println!("{}", serde_json::to_string(line).map_err(|error| error.to_string())?);
        }
    } else {
        println!("{}", table::terminal(lines));
    }
    let judged = lines.iter().filter_map(Line::met);
    let (met, all) = (judged.clone().filter(|met| *met).count(), judged.count());
    eprintln!("{met} of {all} goals met");
    Ok(())
}

/// The paths that are measured in time, allocations and memory.
fn paths(name: Option<&str>) -> Result<Vec<Line>, Failure> {
    let mut args = vec!["bench", "--package", "venue-benches", "--bench", "paths", "--", "--json"];
    args.extend(name);
    read_lines(&output(&args)?)
}

fn read_lines(text: &str) -> Result<Vec<Line>, Failure> {
    let read = |line| serde_json::from_str(line).map_err(|error| format!("a bench said {line}: {error}"));
    text.lines().filter(|line| line.starts_with('{')).map(read).collect()
}

/// One line for each path: of several runs, the median one, by what its goal is about.
fn medians(lines: Vec<Line>) -> Vec<Line> {
    let mut paths: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match paths.iter_mut().find(|path| path.first().is_some_and(|known| known.name == line.name)) {
            Some(path) => path.push(line),
            None => paths.push(vec![line]),
        }
    }
    let weight = |line: &Line| match (line.goal, line.ratio) {
        (Some(Goal::Within { .. }), _) | (_, None) => line.ours,
        (_, Some(ratio)) => ratio,
    };
    let middle = |mut path: Vec<Line>| {
        path.sort_by_key(weight);
        let at = path.len() / 2;
        path.into_iter().nth(at)
    };
    paths.into_iter().filter_map(middle).collect()
}

#[cfg(test)]
mod tests {
    use venue_benches::Unit;

    use super::*;

    #[test]
    fn of_several_runs_the_median_counts() {
        let line = |name, ours, bare| Line::new(name, "", Unit::Ns, ours, bare);
        let alone = |ours| line("b", ours, Some(1)).goal(Goal::Within { value: 1 });
        let runs = vec![
            line("a", 10, Some(10)),
            alone(7),
            line("a", 90, Some(100)),
            alone(9),
            line("a", 30, Some(10)),
            alone(8),
        ];
        assert_eq!(medians(runs), [line("a", 10, Some(10)), alone(8)]);
    }
}
