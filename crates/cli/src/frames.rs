//! `venue frames`: WebSocket frames told apart by the code of the live path, a line for a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use venue_core::ws::{Inspected, Line, Payload, inspect};

use crate::args::Frames;
use crate::stop::{Done, Stop};
use crate::venues::{self, Row};

/// Longest line that is read as a frame; a longer one is refused in its place.
const LONGEST: usize = 64 * 1024 * 1024;

pub(crate) fn run(args: &Frames) -> Result<Done, Stop> {
    let row = venues::row(args.venue);
    let none = || Stop::usage(format_args!("{} has no such connection", args.venue));
    let streams = row.venue.streams().ok_or_else(none)?;
    let lines = streams.lines();
    // A venue whose private frames are undocumented has no private line; they are read all the same.
    let line =
        lines.iter().find(|line| line.is_private() == args.private).or(lines.first()).ok_or_else(none)?;
    if args.file.as_os_str() == "-" {
        each(std::io::stdin().lock(), &row, line, args)
    } else {
        let cant = |error| Stop::usage(format_args!("{}: {error}", args.file.display()));
        each(BufReader::new(File::open(&args.file).map_err(cant)?), &row, line, args)
    }
}

fn each(mut input: impl BufRead, row: &Row, line: &Line, args: &Frames) -> Result<Done, Stop> {
    let venue = row.venue.as_ref();
    let mut out = std::io::stdout().lock();
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let cant = |error| Stop::usage(format_args!("{}: {error}", args.file.display()));
        // One byte more than may be: enough to see that a line is too long.
        if input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes).map_err(cant)? == 0 {
            return Ok(Done::Good);
        }
        let is_cut = bytes.len() > LONGEST && bytes.last() != Some(&b'\n');
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        let told = if is_cut {
            input.skip_until(b'\n').map_err(cant)?;
            Inspected::unknown(venue, line, "the line is too long for a frame")
        } else {
            tell(&bytes, row, line, args.base64)
        };
        let told = serde_json::to_string(&told).or_else(|_| {
            // A value that can't be written must not cost its line.
            serde_json::to_string(&Inspected::unknown(venue, line, "the value can't be written as JSON"))
        });
        let told = told.unwrap_or_default();
        // Between tokens a compressed frame may have line ends, and a value that is kept raw has them too.
        let told = told.replace(['\n', '\r'], " ");
        match writeln!(out, "{told}") {
            Ok(()) => {}
            // Whoever read along has seen enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Done::Good),
            Err(error) => return Err(Stop::usage(format_args!("standard output: {error}"))),
        }
    }
}

fn tell(bytes: &[u8], row: &Row, line: &Line, is_base64: bool) -> Inspected {
    let venue = row.venue.as_ref();
    if is_base64 {
        let trimmed = bytes.trim_ascii();
        return match STANDARD.decode(trimmed).or_else(|_| STANDARD_NO_PAD.decode(trimmed)) {
            Ok(bytes) => inspect(venue, row.channels, line, Payload::Binary(&bytes)),
            Err(error) => Inspected::unknown(venue, line, format!("not base64: {error}")),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => inspect(venue, row.channels, line, Payload::Text(text)),
        Err(_) => Inspected::unknown(venue, line, "not UTF-8"),
    }
}
