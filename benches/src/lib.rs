//! Measuring one path of ours beside the bare library doing the same work, in one run.
//!
//! Absolute times drift with the machine; a ratio taken from interleaved rounds doesn't. Only ratios are
//! meant to be quoted.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use comfy_table::{Table, presets::UTF8_HORIZONTAL_ONLY};

/// Rounds that are measured; the median of their ratios is reported.
const ROUNDS: usize = 31;
/// How long one side of a round runs.
const SLICE: Duration = Duration::from_millis(8);

/// One line of the report.
#[derive(Debug, Clone)]
pub struct Line {
    name: &'static str,
    ours_ns: u128,
    bare_ns: u128,
    /// Ours against the bare library, in thousandths.
    permille: u128,
    goal_permille: u128,
    allocations: u64,
    goal_allocations: Option<u64>,
}

/// The report of a run.
#[derive(Debug, Default)]
pub struct Report {
    filter: Option<String>,
    lines: Vec<Line>,
}

impl Report {
    /// A report over the benches whose name holds the first free argument.
    #[must_use]
    pub fn from_args() -> Self {
        let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
        Self { filter, lines: Vec::new() }
    }

    /// Measures a pair. Both must do the same work on the same messages; `goal_permille` is the ratio to
    /// stay under, in thousandths.
    pub fn pair<A, B>(
        &mut self,
        name: &'static str,
        goal_permille: u128,
        goal_allocations: Option<u64>,
        mut ours: impl FnMut() -> A,
        mut bare: impl FnMut() -> B,
    ) {
        if self.filter.as_ref().is_some_and(|filter| !name.contains(filter.as_str())) {
            return;
        }
        let batch = |work: &mut dyn FnMut()| {
            let begin = Instant::now();
            let mut times = 0u128;
            while begin.elapsed() < SLICE {
                for _ in 0..16 {
                    work();
                }
                times += 16;
            }
            (begin.elapsed().as_nanos() * 1000) / times.max(1)
        };
        let mut ours_work = || {
            black_box(ours());
        };
        let mut bare_work = || {
            black_box(bare());
        };
        // One round each to warm up.
        batch(&mut ours_work);
        batch(&mut bare_work);
        let mut rounds: Vec<(u128, u128)> = (0..ROUNDS)
            .map(|round| {
                // In turn, so that drift falls on both sides.
                if round % 2 == 0 {
                    let ours = batch(&mut ours_work);
                    (ours, batch(&mut bare_work))
                } else {
                    let bare = batch(&mut bare_work);
                    (batch(&mut ours_work), bare)
                }
            })
            .collect();
        let allocations = allocation_counter::measure(&mut ours_work).count_total;
        rounds.sort_by_key(|(ours, bare)| ours * 1_000_000 / (*bare).max(1));
        let Some((ours, bare)) = rounds.get(ROUNDS / 2).copied() else { return };
        self.lines.push(Line {
            name,
            ours_ns: ours / 1000,
            bare_ns: bare / 1000,
            permille: ours * 1000 / bare.max(1),
            goal_permille,
            allocations,
            goal_allocations,
        });
    }

    /// Prints the table.
    pub fn print(&self) {
        let mut table = Table::new();
        table.load_preset(UTF8_HORIZONTAL_ONLY);
        table.set_header(["path", "ours", "bare", "ratio", "goal", "allocations", "met"]);
        for line in &self.lines {
            let thousandths = |value: u128| format!("{}.{:02}", value / 1000, value % 1000 / 10);
            let few = line.goal_allocations.is_none_or(|goal| line.allocations <= goal);
            let met = line.permille <= line.goal_permille && few;
            table.add_row([
                line.name.to_owned(),
                format!("{} ns", line.ours_ns),
                format!("{} ns", line.bare_ns),
                thousandths(line.permille),
                format!("≤ {}", thousandths(line.goal_permille)),
                line.goal_allocations.map_or_else(
                    || line.allocations.to_string(),
                    |goal| format!("{} (≤ {goal})", line.allocations),
                ),
                if met { "yes" } else { "no" }.to_owned(),
            ]);
        }
        println!("{table}");
    }
}
