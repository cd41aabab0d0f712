//! `venue demo bitmart`: what a trader's client goes through at a venue, good and bad, told step by step.

mod steps;
mod streams;
mod tally;

use std::fmt::Display;
use std::time::Instant;

use bitmart_futures::{BitMart, Client, Error, Roots};
use serde::Serialize;
use serde_json::{Map, Value};
use venue_sim::{Running, Which};

use crate::call;
use crate::show::{self, BAD, BOLD, DIM, GOOD, styled};
use crate::stop::Stop;
use steps::Scene;
use tally::Tally;

/// A story that was told.
#[derive(Serialize)]
pub(crate) struct Story {
    venue: &'static str,
    rest: String,
    steps: Vec<Step>,
    simulator: Tally,
}

/// A step of it.
#[derive(Debug, Serialize)]
struct Step {
    number: usize,
    title: &'static str,
    ok: bool,
    said: Vec<String>,
    facts: Map<String, Value>,
    /// Errors that belong to it, or the one that ended it.
    errors: Vec<Error>,
    took_us: u128,
}

impl Story {
    pub(crate) fn is_good(&self) -> bool {
        self.steps.iter().all(|step| step.ok) && self.simulator.is_good()
    }

    /// How many steps went as they should, of how many.
    pub(crate) fn score(&self) -> (usize, usize) {
        (self.steps.iter().filter(|step| step.ok).count(), self.steps.len())
    }
}

/// Tells the story at a simulated venue, printing each line as it happens.
pub(crate) async fn tell(venue: &Running, ca_pem: &str, is_json: bool) -> Result<Story, Stop> {
    let client = Client::builder(BitMart::new())
        .base(venue.rest())
        .credentials(call::credentials(venue))
        .roots(Roots::only_pem(ca_pem).map_err(Stop::Failed)?)
        .build()
        .map_err(Stop::Failed)?;
    let mut teller = Teller { is_json, steps: Vec::new(), began: Instant::now() };
    teller.print(format_args!("{} {}", styled(BOLD, Which::BitMart), styled(DIM, venue.rest())))?;
    match (Scene { client, venue, teller: &mut teller }).play().await {
        Ok(()) => {}
        // Part of the story, though not of the one that was meant to be told.
        Err(Stop::Failed(error) | Stop::Usage(error)) => teller.broke(error)?,
        Err(stop) => return Err(stop),
    }
    teller.end();
    let simulator = Tally::of(venue);
    if !is_json {
        simulator.print()?;
    }
    Ok(Story { venue: Which::BitMart.id(), rest: venue.rest().to_owned(), steps: teller.steps, simulator })
}

/// Who tells it: aloud to people, from memory to programs.
struct Teller {
    is_json: bool,
    steps: Vec<Step>,
    began: Instant,
}

impl Teller {
    /// Begins the next step.
    fn begin(&mut self, title: &'static str) -> Result<(), Stop> {
        self.end();
        self.began = Instant::now();
        let number = self.steps.len() + 1;
        let (said, facts, errors) = (Vec::new(), Map::new(), Vec::new());
        self.steps.push(Step { number, title, ok: true, said, facts, errors, took_us: 0 });
        self.print(format_args!("{}", styled(BOLD, format_args!("{number:>3}  {title}"))))
    }

    fn end(&mut self) {
        if let Some(step) = self.steps.last_mut() {
            step.took_us = self.began.elapsed().as_micros();
        }
    }

    /// Says what happens.
    fn say(&mut self, text: impl Display) -> Result<(), Stop> {
        self.remember(&text);
        self.print(format_args!("     {text}"))
    }

    /// Says what must hold, and whether it does.
    fn claim(&mut self, holds: bool, text: impl Display) -> Result<(), Stop> {
        self.remember(&text);
        if let Some(step) = self.steps.last_mut() {
            step.ok &= holds;
        }
        let mark = if holds { styled(GOOD, "✓") } else { styled(BAD, "✗") };
        self.print(format_args!("   {mark} {text}"))
    }

    /// Notes a number or a name, for programs.
    fn fact(&mut self, name: &str, value: impl Into<Value>) {
        if let Some(step) = self.steps.last_mut() {
            step.facts.insert(name.to_owned(), value.into());
        }
    }

    /// Says an error that must be of this kind and outcome.
    fn error(&mut self, is_meant: bool, what: impl Display, error: Error) -> Result<(), Stop> {
        let code = error.code().map(|code| format!(", code {code}")).unwrap_or_default();
        // Some words end in where to read on, which is of no use here.
        let words = error.message().split(": https://").next().unwrap_or_default();
        let (kind, outcome) = (error.kind(), error.outcome());
        self.claim(is_meant, format_args!("{what}: {words} [{kind:?}, {outcome}{code}]"))?;
        if let Some(step) = self.steps.last_mut() {
            step.errors.push(error);
        }
        Ok(())
    }

    /// Ends the story at an error that has no place in it.
    fn broke(&mut self, error: Error) -> Result<(), Stop> {
        self.error(false, "the story ends here", error)
    }

    fn remember(&mut self, text: &impl Display) {
        if let Some(step) = self.steps.last_mut() {
            step.said.push(anstream::adapter::strip_str(&text.to_string()).to_string());
        }
    }

    fn print(&self, text: impl Display) -> Result<(), Stop> {
        if self.is_json { Ok(()) } else { show::line(text) }
    }
}
