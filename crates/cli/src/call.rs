//! `venue call`: one request over the wire, and its answer.

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use venue_core::http::Roots;
use venue_core::{AnyClient, Auth, Credentials, Decoded};
use venue_sim::{Running, Sim, Which};

use crate::args::Call;
use crate::choose::{self, Chosen};
use crate::given::Given;
use crate::report;
use crate::secrets::{self, Flags, Found};
use crate::stop::{Done, Stop};
use crate::venues;

pub(crate) fn run(args: &Call, is_json: bool) -> Result<Done, Stop> {
    let row = venues::row(args.venue);
    let found =
        if args.sim { Found::default() } else { secrets::find(args.venue, &Flags::default(), &args.file)? };
    let raw = if (args.sim || found.can_sign()) && !args.public { Auth::Signed } else { Auth::None };
    let given = Given::parse(&args.params)?;
    let mut chosen = choose::request(&row, &args.request, &given, raw)?;
    runtime()?.block_on(async {
        let (client, _sim) = if args.sim {
            let sim = simulate(&[args.venue]).await?;
            (of_sim(&chosen, sim.venue(args.venue), sim.ca_pem())?, Some(sim))
        } else {
            (of_wire(&chosen, args, &found)?, None)
        };
        let (decoded, took) = exchange(&client, &mut chosen).await?;
        report::print(args.venue, chosen.operation.name, &decoded, Some(took), is_json)
    })
}

/// Where everything that goes over sockets runs.
pub(crate) fn runtime() -> Result<Runtime, Stop> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all();
    builder.build().map_err(|error| Stop::failed(format_args!("no runtime: {error}")))
}

/// Simulated venues on free ports, with TLS.
pub(crate) async fn simulate(venues: &[Which]) -> Result<Sim, Stop> {
    let builder = venues.iter().fold(Sim::builder(), |builder, which| builder.venue(*which));
    builder.start().await.map_err(Stop::failed)
}

/// A client of a simulated venue, with its credentials and its certificate authority alone.
pub(crate) fn of_sim(chosen: &Chosen, running: &Running, ca_pem: &str) -> Result<AnyClient, Stop> {
    AnyClient::builder(chosen.venue.clone())
        .base(running.rest())
        .credentials(credentials(running))
        .roots(Roots::only_pem(ca_pem).map_err(Stop::Failed)?)
        .build_any()
        .map_err(Stop::Failed)
}

/// The credentials of a simulated venue's account.
pub(crate) fn credentials(running: &Running) -> Credentials {
    with_memo(Credentials::new(running.key(), running.secret()), running)
}

/// The same with the account's memo, where the venue has one.
pub(crate) fn with_memo(credentials: Credentials, running: &Running) -> Credentials {
    match running.memo() {
        Some(memo) => credentials.memo(memo),
        None => credentials,
    }
}

/// A client of the live venue, or of another base.
fn of_wire(chosen: &Chosen, args: &Call, found: &Found) -> Result<AnyClient, Stop> {
    let mut builder = AnyClient::builder(chosen.venue.clone());
    if let Some(base) = &args.base {
        builder = builder.base(base);
    }
    if let Some(path) = &args.ca {
        let wrong = |why: &dyn std::fmt::Display| Stop::usage(format_args!("{}: {why}", path.display()));
        let pem = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
        builder = builder.roots(Roots::web().and_pem(&pem).map_err(|error| wrong(&error.message()))?);
    }
    if let Some(credentials) = found.credentials(venue_core::AnyRequest::spec(&chosen.request).auth)? {
        builder = builder.credentials(credentials);
    }
    builder.build_any().map_err(Stop::Usage)
}

/// Sends a request and measures the round trip. What breaks a documented rule isn't sent.
pub(crate) async fn exchange(client: &AnyClient, chosen: &mut Chosen) -> Result<(Decoded, Duration), Stop> {
    client.prepare(&chosen.request, &[], &[]).map_err(Stop::Usage)?;
    let started = Instant::now();
    let decoded = client.perform(&chosen.operation, &mut chosen.request, &[]).await;
    Ok((decoded, started.elapsed()))
}
