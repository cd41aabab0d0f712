//! `venue decode`: an answer read by the client's own path, envelope and all.

use std::io::Read as _;
use std::path::Path;

use venue_core::{Decoded, Operation};

use crate::args::Decode;
use crate::choose;
use crate::report;
use crate::stop::{Done, Stop};
use crate::venues;

pub(crate) fn run(args: &Decode, is_json: bool) -> Result<Done, Stop> {
    let row = venues::row(args.venue);
    let mut candidates = choose::candidates(&row, &args.request)?;
    if candidates.is_empty() {
        candidates.push(row.raw_operation);
    }
    let body = read(&args.file)?;
    let decode = |operation: Operation| {
        let decoded = operation.decode_body(&*row.venue, args.status, body.clone());
        (operation, decoded)
    };
    // The first that leaves nothing unread; else the one that leaves the least, the earlier of equals.
    let mut best: Option<(Operation, Decoded)> = None;
    for (operation, decoded) in candidates.into_iter().map(decode) {
        if best.as_ref().is_none_or(|(_, best)| unread(&decoded) < unread(best)) {
            best = Some((operation, decoded));
        }
    }
    let Some((operation, decoded)) = best else {
        return Err(Stop::usage("no request was chosen"));
    };
    report::print(args.venue, operation.name, &decoded, None, is_json)
}

/// How much of an answer a type leaves unread: all of it, or so many keys and rows.
fn unread(decoded: &Decoded) -> (bool, usize) {
    (decoded.error.is_some(), decoded.unmapped.len() + decoded.bad_rows.len())
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let mut body = Vec::new();
    let result = if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut body).map(drop)
    } else {
        std::fs::read(path).map(|read| body = read)
    };
    result.map_err(|error| Stop::usage(format_args!("{}: {error}", path.display())))?;
    Ok(body)
}
