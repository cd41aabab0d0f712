//! Who tells the story: aloud to people, from memory to tables and programs.

use std::fmt::Display;
use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value};
use venue_core::Error;

use super::part::Part;
use crate::show::{self, BAD, BOLD, DIM, GOOD, styled};
use crate::stop::Stop;

/// What became of a part of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// All that must hold did.
    Held,
    /// Something didn't.
    Failed,
    /// The venue has no way to do this.
    Cannot,
}

/// A part of the story, told.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    number: usize,
    pub(crate) part: Part,
    title: &'static str,
    pub(crate) verdict: Verdict,
    /// All of it in two or three words.
    pub(crate) cell: String,
    said: Vec<String>,
    /// Those of it that had to hold and didn't.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed: Vec<String>,
    facts: Map<String, Value>,
    /// Errors that belong to it, or the one that ended it.
    errors: Vec<Error>,
    took_us: u128,
}

impl Step {
    /// What didn't hold.
    pub(crate) fn why(&self) -> impl Iterator<Item = &str> {
        self.failed.iter().map(String::as_str)
    }
}

pub(super) struct Teller {
    aloud: bool,
    steps: Vec<Step>,
    began: Instant,
}

impl Teller {
    pub(super) fn new(aloud: bool) -> Self {
        Self { aloud, steps: Vec::new(), began: Instant::now() }
    }

    /// Begins the next part.
    pub(super) fn begin(&mut self, part: Part) -> Result<(), Stop> {
        self.end();
        self.began = Instant::now();
        self.steps.push(self.step(part));
        let number = self.steps.len();
        self.print(format_args!("{}", styled(BOLD, format_args!("{number:>3}  {}", part.heading()))))
    }

    fn step(&self, part: Part) -> Step {
        Step {
            number: self.steps.len() + 1,
            part,
            title: part.heading(),
            verdict: Verdict::Held,
            cell: String::new(),
            said: Vec::new(),
            failed: Vec::new(),
            facts: Map::new(),
            errors: Vec::new(),
            took_us: 0,
        }
    }

    fn end(&mut self) {
        if let Some(step) = self.steps.last_mut() {
            step.took_us = self.began.elapsed().as_micros();
        }
    }

    /// All parts: those that weren't reached have failed.
    pub(super) fn finish(mut self) -> Vec<Step> {
        self.end();
        for part in Part::ALL {
            if !self.steps.iter().any(|step| step.part == part) {
                let missed = Step { verdict: Verdict::Failed, cell: "not reached".into(), ..self.step(part) };
                self.steps.push(missed);
            }
        }
        self.steps
    }

    /// Says what happens.
    pub(super) fn say(&mut self, text: impl Display) -> Result<(), Stop> {
        self.remember(&text);
        self.print(format_args!("     {text}"))
    }

    /// Says what must hold, and whether it does.
    pub(super) fn claim(&mut self, holds: bool, text: impl Display) -> Result<(), Stop> {
        self.remember(&text);
        if let Some(step) = self.steps.last_mut()
            && !holds
        {
            step.verdict = Verdict::Failed;
            step.failed.extend(step.said.last().cloned());
        }
        let mark = if holds { styled(GOOD, "✓") } else { styled(BAD, "✗") };
        self.print(format_args!("   {mark} {text}"))
    }

    /// Says why the venue can't do this, in two words and in a sentence.
    pub(super) fn cannot(&mut self, words: &str, text: impl Display) -> Result<(), Stop> {
        self.remember(&text);
        if let Some(step) = self.steps.last_mut() {
            words.clone_into(&mut step.cell);
            if step.verdict == Verdict::Held {
                step.verdict = Verdict::Cannot;
            }
        }
        self.print(format_args!("   {} {text}", styled(DIM, "–")))
    }

    /// Notes all of it in two or three words.
    pub(super) fn sum_up(&mut self, words: impl Display) {
        if let Some(step) = self.steps.last_mut() {
            step.cell = words.to_string();
        }
    }

    /// Notes a number or a name, for programs.
    pub(super) fn fact(&mut self, name: &str, value: impl Into<Value>) {
        if let Some(step) = self.steps.last_mut() {
            step.facts.insert(name.to_owned(), value.into());
        }
    }

    /// Says an error that must be of this kind and outcome.
    pub(super) fn error(&mut self, is_meant: bool, what: impl Display, error: Error) -> Result<(), Stop> {
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
    pub(super) fn broke(&mut self, error: Error) -> Result<(), Stop> {
        self.sum_up(format_args!("{:?}", error.kind()));
        self.error(false, "the story ends here", error)
    }

    fn remember(&mut self, text: &impl Display) {
        if let Some(step) = self.steps.last_mut() {
            step.said.push(anstream::adapter::strip_str(&text.to_string()).to_string());
        }
    }

    pub(super) fn print(&self, text: impl Display) -> Result<(), Stop> {
        if self.aloud { show::line(text) } else { Ok(()) }
    }
}
