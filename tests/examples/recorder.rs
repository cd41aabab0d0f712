//! Records trades and books of two venues to files of JSON lines, and every hole in them to a file of its own.
//!
//! `cargo run -p venue-tests --example recorder -- DIR` records five minutes of the simulated venues' time, in a
//! few seconds, with connections that break on the way.
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bitmart_futures::BitMart;
use bitmart_futures::feed::{DepthIncrease, Trades};
use hashkey_api::HashKey;
use hashkey_api::feed::{DepthV2, TradesV2};
use serde::Serialize;
use serde_json::json;
use venue_core::ws::{Channel, Event, Feed, Overflow, Update};
use venue_sim::{Fault, Line, Sim, Which};
use venue_tests::builder_in_memory;

type Failed = Box<dyn Error + Send + Sync>;

/// What the venues' clocks run on while it records.
const RECORDED: Duration = Duration::from_secs(300);

#[tokio::main(flavor = "current_thread", start_paused = true)]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Failed> {
    let directory = std::env::args_os().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let recorded = run(&directory.join("recording")).await?;
    println!("{recorded:#?}");
    Ok(())
}

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    /// Pushes, by file.
    pub(crate) pushes: Vec<(String, u64)>,
    /// Holes in all files.
    pub(crate) holes: u64,
}

/// Records for a while.
///
/// # Errors
/// When a file can't be written.
pub(crate) async fn run(directory: &Path) -> Result<Recorded, Failed> {
    fs::create_dir_all(directory)?;
    let sim = Sim::builder().venue(Which::BitMart).venue(Which::HashKey).seed(3).start().await?;
    for (which, after) in [(Which::BitMart, 150), (Which::HashKey, 200)] {
        let venue = sim.venue(which);
        venue.fault(Fault::Disconnect.line(Line::Public).after(after));
        venue.fault(Fault::HalfOpen.line(Line::Public).after(after * 2));
    }
    let bitmart = builder_in_memory(&sim, Which::BitMart, BitMart::new()).build()?;
    let hashkey = builder_in_memory(&sim, Which::HashKey, HashKey::new()).build()?;
    let bitmart = bitmart.feed().base(sim.venue(Which::BitMart).ws()).connect()?;
    let hashkey = hashkey.feed().base(sim.venue(Which::HashKey).ws()).connect()?;

    let holes = Arc::new(Mutex::new(Lines::create(&directory.join("gaps.jsonl"))?));
    let recorder = |name: &str| Recorder::new(directory, name, &holes);
    let tasks = [
        record(&bitmart, Trades::of("BTCUSDT"), recorder("bitmart-trades")?),
        record(&bitmart, DepthIncrease::of("BTCUSDT"), recorder("bitmart-books")?),
        record(&hashkey, TradesV2::of("BTCUSDT"), recorder("hashkey-trades")?),
        record(&hashkey, DepthV2::of("BTCUSDT"), recorder("hashkey-books")?),
    ];
    tokio::time::sleep(RECORDED).await;
    // Closing ends the streams; what has come by then is written.
    bitmart.close().await;
    hashkey.close().await;
    let mut recorded = Recorded::default();
    for task in tasks {
        let (name, pushes) = task.await??;
        recorded.pushes.push((name, pushes));
    }
    let mut holes = holes.lock().map_err(|_| "a recorder panicked")?;
    holes.out.flush()?;
    recorded.holes = holes.written;
    Ok(recorded)
}

type Recording = tokio::task::JoinHandle<Result<(String, u64), Failed>>;

fn record<C: Channel>(feed: &Feed<C::Venue>, channel: C, mut recorder: Recorder) -> Recording {
    // A writer that falls behind loses the oldest pushes, and the file of holes says so.
    let mut stream = feed.subscription(channel).overflow(Overflow::DropOldest(65_536)).open();
    tokio::spawn(async move {
        while let Some(update) = stream.next().await {
            recorder.write(&update)?;
        }
        recorder.pushes.out.flush()?;
        Ok((recorder.name, recorder.pushes.written))
    })
}

struct Lines {
    out: BufWriter<File>,
    written: u64,
}

impl Lines {
    fn create(path: &Path) -> Result<Self, Failed> {
        Ok(Self { out: BufWriter::new(File::create(path)?), written: 0 })
    }

    fn write(&mut self, value: &impl Serialize) -> Result<(), Failed> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        self.written += 1;
        Ok(())
    }
}

struct Recorder {
    name: String,
    pushes: Lines,
    holes: Arc<Mutex<Lines>>,
    /// When the last push came: where a hole begins at the earliest.
    last_ms: Option<i64>,
    /// A hole that isn't closed yet: from when, and why.
    open: Option<(Option<i64>, String)>,
}

impl Recorder {
    fn new(directory: &Path, name: &str, holes: &Arc<Mutex<Lines>>) -> Result<Self, Failed> {
        let pushes = Lines::create(&directory.join(format!("{name}.jsonl")))?;
        Ok(Self { name: name.to_owned(), pushes, holes: Arc::clone(holes), last_ms: None, open: None })
    }

    fn write<T: Serialize>(&mut self, update: &Update<T>) -> Result<(), Failed> {
        let now_ms = update.received.wall.get();
        match &update.event {
            Event::Data(_) => {
                self.last_ms = Some(now_ms);
                self.pushes.write(update)
            }
            Event::Live => match self.open.take() {
                Some((from_ms, why)) => self.hole(from_ms, Some(now_ms), &why),
                None => Ok(()),
            },
            Event::Gap(gap) => {
                let why = gap.reason.to_string();
                self.open.get_or_insert((self.last_ms, why));
                Ok(())
            }
            Event::Stale { .. } | Event::Rejected(_) => {
                self.open.get_or_insert((self.last_ms, update.event.name().to_owned()));
                Ok(())
            }
            Event::Lagged { missed } => {
                self.hole(self.last_ms, Some(now_ms), &format!("{missed} not written in time"))
            }
            Event::Unreadable(error) => self.hole(Some(now_ms), Some(now_ms), &error.to_string()),
            Event::Closed => match self.open.take() {
                Some((from_ms, why)) => self.hole(from_ms, None, &why),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn hole(&self, from_ms: Option<i64>, to_ms: Option<i64>, why: &str) -> Result<(), Failed> {
        let mut holes = self.holes.lock().map_err(|_| "a recorder panicked")?;
        holes.write(&json!({ "file": self.name, "from_ms": from_ms, "to_ms": to_ms, "why": why }))
    }
}
