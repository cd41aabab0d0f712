//! `venue sim`: simulated venues that run until they are stopped.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use venue_sim::{Faults, Hit, Running, Script, Sim};

use crate::args;
use crate::call::runtime;
use crate::show;
use crate::stop::{Done, Stop};

/// How often the log looks for new requests.
const LOOK: Duration = Duration::from_millis(50);

/// Where a simulated venue is, and what it takes to talk to it.
#[derive(Serialize)]
struct Listening<'r> {
    venue: &'r str,
    rest: &'r str,
    /// REST bases of further products, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    rest_of: BTreeMap<&'r str, &'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ws_public: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ws_private: Option<&'r str>,
    key: &'r str,
    secret: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    memo: Option<&'r str>,
}

pub(crate) fn run(args: &args::Sim) -> Result<Done, Stop> {
    let scripts = match &args.faults {
        Some(path) => {
            let wrong = |why: String| Stop::usage(format_args!("{}: {why}", path.display()));
            let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
            Faults::parse_toml(&text).map_err(|error| wrong(error.to_string()))?
        }
        None => Vec::new(),
    };
    let elsewhere = scripts.iter().filter_map(Script::venue).find(|which| !args.venues.contains(which));
    if let Some(which) = elsewhere {
        return Err(Stop::usage(format_args!("a fault is for {which}, which is not simulated here")));
    }
    runtime()?.block_on(async {
        let mut builder = Sim::builder().seed(args.seed).plain(args.plain);
        builder = args.venues.iter().fold(builder, |builder, which| builder.venue(*which));
        if let Some(port) = args.port.filter(|port| *port != 0) {
            builder = builder.port(port);
        }
        // Heard from before the first line is out, so that whoever reads it may stop us.
        let stopped = stopped()?;
        let sim = builder.start().await.map_err(Stop::failed)?;
        if let Some(path) = &args.ca {
            std::fs::write(path, sim.ca_pem())
                .map_err(|error| Stop::failed(format_args!("{}: {error}", path.display())))?;
        }
        let mut venues: Vec<&Running> = Vec::new();
        for which in &args.venues {
            if !venues.iter().any(|venue| venue.which() == *which) {
                venues.push(sim.venue(*which));
            }
        }
        for venue in &venues {
            // A venue leaves aside what is for another.
            for script in &scripts {
                venue.fault(script.clone());
            }
            show::json(&listening(venue))?;
        }
        tokio::select! {
            () = log(&venues) => {}
            () = stopped => {}
        }
        for venue in &venues {
            let (requests, refused) = (venue.requests(), venue.refused());
            tracing::info!(venue = %venue.which(), requests, refused, "stopped");
        }
        Ok(Done::Good)
    })
}

fn listening(venue: &Running) -> Listening<'_> {
    let hosts = &venue.catalog().hosts;
    Listening {
        venue: venue.which().id(),
        rest: venue.rest(),
        rest_of: venue.products().collect(),
        ws_public: (!hosts.ws_public.is_empty()).then(|| venue.ws_public()),
        ws_private: (!hosts.ws_private.is_empty()).then(|| venue.ws_private()),
        key: venue.key(),
        secret: venue.secret(),
        memo: venue.memo(),
    }
}

/// Logs each venue's requests as they are answered, without their queries, which may hold signatures.
async fn log(venues: &[&Running]) {
    let mut seen: Vec<(u64, Vec<Hit>)> = vec![(0, Vec::new()); venues.len()];
    let mut ticks = tokio::time::interval(LOOK);
    loop {
        ticks.tick().await;
        for (venue, (logged, before)) in venues.iter().zip(&mut seen) {
            if venue.requests() == *logged {
                continue;
            }
            let hits = venue.hits();
            for hit in news(before, &hits) {
                *logged += 1;
                let status = hit.status.map_or_else(|| "closed".to_owned(), |status| status.to_string());
                tracing::info!(venue = %venue.which(), "{} {} {status}", hit.method, hit.path);
            }
            *before = hits;
        }
    }
}

/// The latest hits: those behind what was seen before, of which the oldest may have been forgotten since.
fn news<'h>(before: &[Hit], now: &'h [Hit]) -> &'h [Hit] {
    let kept = (0..=before.len()).filter_map(|from| before.get(from..)).find(|kept| now.starts_with(kept));
    now.get(kept.map_or(0, <[Hit]>::len)..).unwrap_or_default()
}

/// Ends when the process is asked to: Ctrl-C, or SIGTERM where there is one.
pub(crate) fn stopped() -> Result<impl Future<Output = ()>, Stop> {
    #[cfg(unix)]
    let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .map_err(|error| Stop::failed(format_args!("signals: {error}")))?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
        .map_err(|error| Stop::failed(format_args!("signals: {error}")))?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
