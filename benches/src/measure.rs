//! Rounds in which both sides take turns.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench says what it found")]

use std::hint::black_box;
use std::time::Duration;

use crate::clock::CpuTime;
use crate::line::{Goal, Line, Unit, ratio};

/// Rounds that are measured; the median of their ratios is reported.
const ROUNDS: usize = 31;
/// How long one side of a round runs.
const SLICE: Duration = Duration::from_millis(8);
/// Passes of which the median number of allocations is reported.
const COUNTED: usize = 65;
/// Fewer different messages would teach the branch predictor: a fixed one hides 40 % of what decimals cost.
pub const MIN_MESSAGES: usize = 256;

/// What is measured, and what it is to reach.
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// The path; it begins with its group.
    pub name: &'a str,
    /// What it is beside.
    pub against: &'a str,
    /// What it is to reach.
    pub goal: Option<Goal>,
    /// How many allocations a pass of ours may make.
    pub allocations: Option<u64>,
}

/// What this run is for.
enum Mode {
    /// Compares results and runs every pair once: what is asked for where benches are tests.
    Check,
    /// Measures and reports.
    Time,
    /// Runs one side of one pair so often, and nothing else: for counting instructions from outside.
    Count { name: String, ours: bool, times: u64 },
    /// Says the names of what can be counted.
    List,
}

/// A run of the benches.
pub struct Bench {
    filter: Option<String>,
    mode: Mode,
    json: bool,
}

impl Bench {
    /// What the command line asks for: `--bench`, which cargo says to every bench, with a part of a name and
    /// `--json` for lines to be read by a program; `--list`; `--count NAME --side ours|bare --times N`. Nothing is
    /// measured without one of them.
    ///
    /// # Panics
    /// When it can't be understood.
    #[must_use]
    pub fn from_args() -> Self {
        let mut bench = Self { filter: None, mode: Mode::Check, json: false };
        let (mut name, mut ours, mut times) = (None, true, 1);
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--json" => bench.json = true,
                "--list" => bench.mode = Mode::List,
                "--count" => name = args.next(),
                "--side" => ours = args.next().is_some_and(|side| side == "ours"),
                "--times" => times = args.next().and_then(|times| times.parse().ok()).unwrap_or(1),
                "--bench" => bench.mode = Mode::Time,
                free => bench.filter = Some(free.to_owned()),
            }
        }
        if let Some(name) = name {
            bench.mode = Mode::Count { name, ours, times };
        }
        bench
    }

    /// Whether any path of a group may be wanted; spares making its messages.
    #[must_use]
    pub fn wants(&self, group: &str, groups: &[&str]) -> bool {
        let name = match &self.mode {
            Mode::Count { name, .. } => Some(name),
            Mode::Check | Mode::Time | Mode::List => self.filter.as_ref(),
        };
        // A part of a name that begins with no group may be in any.
        let named = name.and_then(|name| {
            groups.iter().filter(|group| name.starts_with(**group)).max_by_key(|group| group.len())
        });
        named.is_none_or(|named| *named == group)
    }

    /// Whether times are measured, and not something else.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        matches!(self.mode, Mode::Time)
    }

    /// Whether a path is wanted, so that its messages have to be made; its name is said where names are listed.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        match &self.mode {
            Mode::Check | Mode::Time => self.holds(name),
            Mode::Count { name: wanted, .. } => wanted == name,
            Mode::List => {
                println!("{name}");
                false
            }
        }
    }

    /// Whether any path is wanted whose name begins so.
    #[must_use]
    pub fn takes_any(&self, beginnings: &[&str]) -> bool {
        match &self.mode {
            Mode::Check | Mode::Time | Mode::List => true,
            Mode::Count { name, .. } => beginnings.iter().any(|beginning| name.starts_with(beginning)),
        }
    }

    fn holds(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| name.contains(filter.as_str()))
    }

    /// Measures a pair: both do the same work on the same messages, in turns.
    pub fn pair<A, B>(&self, pair: &Pair<'_>, mut ours: impl FnMut() -> A, mut bare: impl FnMut() -> B) {
        let mut ours = || drop(black_box(ours()));
        let mut bare = || drop(black_box(bare()));
        match &self.mode {
            Mode::List => println!("{}", pair.name),
            Mode::Check => {
                ours();
                bare();
            }
            Mode::Count { name, ours: side, times } if name == pair.name => {
                for _ in 0..*times {
                    if *side { ours() } else { bare() }
                }
            }
            Mode::Time if self.holds(pair.name) => {
                let (ours_times, bare_times) = (calibrate(&mut ours), calibrate(&mut bare));
                let rounds = (0..ROUNDS).map(|round| {
                    // In turns, so that drift falls on both sides.
                    if round % 2 == 0 {
                        let ours = slice(&mut ours, ours_times);
                        (ours, slice(&mut bare, bare_times))
                    } else {
                        let bare = slice(&mut bare, bare_times);
                        (slice(&mut ours, ours_times), bare)
                    }
                });
                let (ours_ps, bare_ps) = middle(rounds.collect());
                let line = Line::new(pair.name, pair.against, Unit::Ns, ours_ps, Some(bare_ps));
                self.finish(pair, line, allocations(&mut ours));
            }
            Mode::Count { .. } | Mode::Time => {}
        }
    }

    /// Measures ours alone, in batches of so many passes with something between them that isn't measured.
    pub fn batches(
        &self,
        pair: &Pair<'_>,
        batch: usize,
        mut ours: impl FnMut(usize),
        mut between: impl FnMut(),
    ) {
        if !self.is_timed() || !self.holds(pair.name) {
            return;
        }
        let mut round = |batches: usize| {
            let mut spent = Duration::ZERO;
            for _ in 0..batches {
                between();
                let begin = CpuTime::now();
                ours(batch);
                spent += begin.elapsed();
            }
            per_pass(spent, batches * batch)
        };
        // Reading the clock costs something, too.
        let share = per_pass(clock_cost(), batch);
        round(100);
        let mut rounds: Vec<u64> = (0..ROUNDS).map(|_| round(200)).collect();
        let ours_ps = median(&mut rounds).saturating_sub(share);
        let counts = (0..COUNTED).map(|_| {
            between();
            allocation_counter::measure(|| ours(1)).count_total
        });
        let counted = median(&mut counts.collect::<Vec<_>>());
        self.finish(pair, Line::new(pair.name, pair.against, Unit::Ns, ours_ps, None), counted);
    }

    fn finish(&self, pair: &Pair<'_>, mut line: Line, allocations: u64) {
        line.goal = pair.goal;
        line.allocations = Some(allocations);
        line.allocations_goal = pair.allocations;
        self.add(&line);
    }

    /// Reports a line, if its name is wanted.
    pub fn add(&self, line: &Line) {
        if !self.is_timed() || !self.holds(&line.name) {
            return;
        }
        if self.json {
            println!("{}", serde_json::to_string(line).unwrap_or_default());
        }
        let thousandths = |value: u64| format!("{}.{:03}", value / 1000, value % 1000);
        let unit = format!("{:?}", line.unit).to_lowercase();
        let bare = line.bare.map_or_else(String::new, |bare| format!(" / {}", thousandths(bare)));
        let ratio = line.ratio.map_or_else(String::new, |ratio| format!(" = {}", thousandths(ratio)));
        let met = line.met().map_or("", |met| if met { ", met" } else { ", NOT MET" });
        let allocations = line.allocations.map_or_else(String::new, |count| format!(", {count} allocations"));
        eprintln!("{}: {}{bare} {unit}{ratio}{allocations}{met}", line.name, thousandths(line.ours));
    }
}

/// Picoseconds a pass.
fn per_pass(spent: Duration, passes: usize) -> u64 {
    u64::try_from(spent.as_nanos() * 1000).unwrap_or(u64::MAX) / u64::try_from(passes.max(1)).unwrap_or(1)
}

/// How many passes fill a slice.
fn calibrate(work: &mut dyn FnMut()) -> usize {
    let mut times = 1;
    loop {
        let begin = CpuTime::now();
        for _ in 0..times {
            work();
        }
        let spent = begin.elapsed();
        if spent * 4 >= SLICE {
            let nanos = spent.as_nanos().max(1);
            let fits = SLICE.as_nanos() * u128::try_from(times).unwrap_or(1) / nanos;
            return usize::try_from(fits).unwrap_or(times).max(1);
        }
        times *= 2;
    }
}

fn slice(work: &mut dyn FnMut(), times: usize) -> u64 {
    let begin = CpuTime::now();
    for _ in 0..times {
        work();
    }
    per_pass(begin.elapsed(), times)
}

/// The round whose ratio is the middle one.
fn middle(mut rounds: Vec<(u64, u64)>) -> (u64, u64) {
    rounds.sort_by_key(|(ours, bare)| ratio(*ours, *bare));
    rounds.get(rounds.len() / 2).copied().unwrap_or_default()
}

/// What reading the clock twice takes.
fn clock_cost() -> Duration {
    let mut costs: Vec<Duration> = (0..1001).map(|_| CpuTime::now().elapsed()).collect();
    costs.sort_unstable();
    costs.get(costs.len() / 2).copied().unwrap_or_default()
}

fn allocations(work: &mut dyn FnMut()) -> u64 {
    let counts = (0..COUNTED).map(|_| allocation_counter::measure(&mut *work).count_total);
    median(&mut counts.collect::<Vec<_>>())
}

/// The middle one; 0 of none.
pub fn median(values: &mut [u64]) -> u64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
