//! Everything that is printed: for people in colour, for programs as JSON, and errors in one line.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, TableComponent, presets};
use serde::Serialize;
use venue_core::Error;

use crate::secrets;
use crate::stop::{Done, Stop};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

/// A text in a style; the style is taken off again where it can't be shown.
pub(crate) fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Prints a line, or several.
pub(crate) fn line(text: impl Display) -> Result<(), Stop> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// Prints bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// Prints a value as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Stop> {
    let mut text = serde_json::to_vec(value).map_err(|error| Stop::failed(format_args!("JSON: {error}")))?;
    text.push(b'\n');
    bytes(&text)
}

/// A table with these headings. It is as wide as it has to be, or as the terminal is.
pub(crate) fn table<R>(headings: &[&str], rows: impl IntoIterator<Item = R>) -> Table
where
    R: IntoIterator<Item = String>,
{
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_style(TableComponent::HeaderLines, '─');
    if io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    table.set_header(headings);
    for row in rows {
        table.add_row(row);
    }
    table
}

/// Prints help or version, which were asked for.
pub(crate) fn help(error: &clap::Error) -> Result<Done, Stop> {
    line(error.render().ansi().to_string().trim_end())?;
    Ok(Done::Good)
}

/// Prints how the program is used, to somebody who asked for nothing.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let _ = write!(anstream::stderr().lock(), "{}", error.render().ansi());
    ExitCode::from(2)
}

/// Prints an error, without the secrets that this process knows.
pub(crate) fn error(error: &Error, is_json: bool) -> Result<(), Stop> {
    if is_json {
        #[derive(Serialize)]
        struct Failure<'e> {
            error: &'e Error,
        }
        let text = serde_json::to_string(&Failure { error });
        let text = text.map_err(|error| Stop::failed(format_args!("JSON: {error}")))?;
        return bytes(format!("{}\n", secrets::strike(&text)).as_bytes());
    }
    // Before a venue is involved, kind and outcome say nothing.
    let text = if error.venue().is_empty() { error.message().to_owned() } else { error.to_string() };
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = secrets::strike(&words.join(" "));
    let _ = writeln!(anstream::stderr().lock(), "{} {text}", styled(BAD, "venue:"));
    Ok(())
}

/// Prints why a command stopped, and says the exit code.
pub(crate) fn stop(stop: &Stop, is_json: bool) -> ExitCode {
    let (printed, code) = match stop {
        Stop::Usage(usage) => (error(usage, is_json), ExitCode::from(2)),
        Stop::Failed(failed) => (error(failed, is_json), ExitCode::FAILURE),
        // Whoever read the output has seen enough.
        Stop::Output(why) if why.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Stop::Output(why) => (error(&Error::config(format!("output: {why}")), false), ExitCode::FAILURE),
    };
    match printed {
        Err(Stop::Output(why)) if why.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => code,
    }
}

/// A fault of this program: said in one line, without the panic's text, which might hold anything.
pub(crate) fn bug(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let _ = writeln!(
        anstream::stderr().lock(),
        "{} internal error at {place}; please report it",
        styled(BAD, "venue:")
    );
    std::process::exit(1);
}
