//! Lines as a table: for the terminal with what was measured, for the documentation as ratios only.

use comfy_table::{Table, presets};
use venue_benches::{Goal, Line, Unit};

/// The whole table.
pub(super) fn terminal(lines: &[Line]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    table.set_header(["path", "ours", "beside", "", "ratio", "goal", "allocations", "met"]);
    for line in lines {
        table.add_row([
            line.name.clone(),
            value(line.unit, line.ours),
            line.bare.map_or_else(String::new, |bare| value(line.unit, bare)),
            line.against.clone(),
            line.ratio.map_or_else(String::new, thousandths),
            goal(line),
            allocations(line),
            met(line).to_owned(),
        ]);
    }
    table.to_string()
}

/// A group's rows as Markdown, with ratios only: what a goal in nanoseconds is met by is a share of it.
pub(super) fn markdown(lines: &[&Line]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    table.set_header(["path", "beside", "ratio", "goal", "allocations", "met"]);
    for line in lines {
        let ratio = match line.goal {
            Some(Goal::Within { value }) => {
                let share = line.ours * 1000 / value.max(1);
                format!("{} of the goal", thousandths(share))
            }
            _ => line.ratio.map_or_else(String::new, thousandths),
        };
        let name = line.name.split_once(": ").map_or(line.name.as_str(), |(_, name)| name);
        table.add_row([
            name.to_owned(),
            line.against.clone(),
            ratio,
            goal(line),
            allocations(line),
            met(line).to_owned(),
        ]);
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn goal(line: &Line) -> String {
    match line.goal {
        None => String::new(),
        Some(Goal::AtMost { ratio, stretch: None }) => format!("≤ {}", thousandths(ratio)),
        Some(Goal::AtMost { ratio, stretch: Some(stretch) }) => {
            format!("≤ {}, stretch {}", thousandths(ratio), thousandths(stretch))
        }
        Some(Goal::AtLeast { ratio }) => format!("≥ {}", thousandths(ratio)),
        Some(Goal::Within { value: goal }) => format!("≤ {}", value(line.unit, goal)),
    }
}

fn allocations(line: &Line) -> String {
    match (line.allocations, line.allocations_goal) {
        (Some(count), Some(goal)) => format!("{count} (≤ {goal})"),
        (Some(count), None) => count.to_string(),
        (None, _) => String::new(),
    }
}

fn met(line: &Line) -> &'static str {
    let stretched = match (line.goal, line.ratio) {
        (Some(Goal::AtMost { stretch: Some(stretch), .. }), Some(ratio)) => ratio <= stretch,
        _ => false,
    };
    match line.met() {
        Some(true) if stretched => "stretch",
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// A value in its unit, as large as reads well.
fn value(unit: Unit, thousandths_of_it: u64) -> String {
    let whole = thousandths_of_it / 1000;
    match unit {
        Unit::Ns if whole >= 100_000 => format!("{} µs", whole / 1000),
        Unit::Ns if whole >= 1_000 => format!("{}.{} µs", whole / 1000, whole % 1000 / 100),
        Unit::Ns if whole >= 10 => format!("{whole} ns"),
        Unit::Ns => format!("{}.{:02} ns", whole, thousandths_of_it % 1000 / 10),
        Unit::Bytes if whole >= 100_000 => format!("{} kB", whole / 1000),
        Unit::Bytes => format!("{whole} B"),
        Unit::Instructions => format!("{whole} instr."),
        Unit::Count if thousandths_of_it.is_multiple_of(1000) => whole.to_string(),
        Unit::Count => thousandths(thousandths_of_it),
    }
}

/// Two places.
fn thousandths(value: u64) -> String {
    let value = value + 5;
    format!("{}.{:02}", value / 1000, value % 1000 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let goal = Goal::AtMost { ratio: 900, stretch: Some(700) };
        Line::new("decode: a push", "serde_json", Unit::Ns, 2_400_000, Some(3_000_000)).goal(goal)
    }

    #[test]
    fn the_documentation_shows_no_times() {
        let alone = Line::new("layer: a call", "nothing", Unit::Ns, 1_200_000, None);
        let alone = alone.goal(Goal::Within { value: 1_500_000 });
        let text = markdown(&[&line(), &alone]);
        assert!(
            text.contains("| a push ") && text.contains("| 0.80 ") && text.contains("stretch 0.70"),
            "{text}"
        );
        assert!(text.contains("0.80 of the goal"), "{text}");
        assert!(!text.contains("2400") && !text.contains("2.4"), "{text}");
        let whole = terminal(&[line(), alone]);
        assert!(whole.contains("2.4 µs") && whole.contains("3.0 µs"), "{whole}");
    }
}
