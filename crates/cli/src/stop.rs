//! How a command ends: done, done with a bad result, or stopped short.

use std::fmt;
use std::io;

use venue_core::{Error, Invalid, Kind, Outcome};

/// A command that printed its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// All is well: exit code 0.
    Good,
    /// What was asked for failed, and the output says so: exit code 1.
    Bad,
}

impl Done {
    pub(crate) fn good(is_good: bool) -> Self {
        if is_good { Self::Good } else { Self::Bad }
    }
}

/// Why a command stopped before it had a result.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It was asked wrongly: exit code 2.
    Usage(Error),
    /// It was asked rightly and didn't work: exit code 1.
    Failed(Error),
    /// The output can't be written; nobody may be there any more.
    Output(io::Error),
}

impl Stop {
    /// A mistake in the command or its parameters.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::Usage(Error::new(Kind::InvalidRequest, Outcome::NotSent, message.to_string()))
    }

    /// Something on this machine that didn't work.
    pub(crate) fn failed(message: impl fmt::Display) -> Self {
        Self::Failed(Error::config(message.to_string()))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Invalid> for Stop {
    fn from(invalid: Invalid) -> Self {
        Self::Usage(invalid.into())
    }
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        let text = error.render().to_string();
        // The first paragraph says what is wrong; the rest is how it would be right.
        let said: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let said = said.join(" ");
        // The command's own help says most, where its usage names it.
        let usage = text.lines().find_map(|line| line.trim().strip_prefix("Usage: ")).unwrap_or("venue");
        let is_word = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let command: Vec<&str> = usage.split_whitespace().take_while(is_word).collect();
        Self::usage(format_args!(
            "{} (see `{} --help`)",
            said.trim_start_matches("error: "),
            command.join(" ")
        ))
    }
}
