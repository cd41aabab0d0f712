//! `venue endpoints`: every request, with what is known of it.

use serde::Serialize;
use venue_core::{Auth, FieldInfo, Operation, Permission, Placement, Replay, Shape, budget::Scope};
use venue_sim::Which;

use crate::args::Endpoints;
use crate::show::{self, BOLD, DIM, styled};
use crate::stop::{Done, Stop};
use crate::venues;

#[derive(Serialize)]
struct Listed {
    venue: &'static str,
    name: &'static str,
    method: &'static str,
    path: &'static str,
    auth: Auth,
    replay: Replay,
    costs: Vec<Drawn>,
    permission: Option<Permission>,
    doc: String,
    sweeping: bool,
    placement: Placement,
    shape: Shape,
    section: &'static str,
    params: Vec<Parameter>,
}

#[derive(Serialize)]
struct Drawn {
    bucket: &'static str,
    weight: u32,
    assumed: bool,
    count: u32,
    window_ms: u64,
    scope: Scope,
}

#[derive(Serialize)]
struct Parameter {
    name: &'static str,
    required: bool,
    one_of: bool,
}

pub(crate) fn run(args: &Endpoints, is_json: bool) -> Result<Done, Stop> {
    let venues = args.venue.map_or_else(|| Which::ALL.to_vec(), |which| vec![which]);
    if is_json {
        let all = venues.iter().flat_map(|which| {
            venues::row(*which).endpoints.iter().map(|operation| listed(*which, operation))
        });
        show::json(&all.collect::<Vec<_>>())?;
        return Ok(Done::Good);
    }
    for which in venues {
        let row = venues::row(which);
        let host = row.venue.hosts().rest;
        let count = row.endpoints.len();
        let title = styled(BOLD, which);
        show::line(format_args!("{title} {}", styled(DIM, format_args!("{host} · {count} requests"))))?;
        let rows = row.endpoints.iter().map(|operation| {
            let spec = &operation.spec;
            [
                operation.name.to_owned(),
                spec.verb().to_owned(),
                spec.path.to_owned(),
                word(spec.auth),
                word(spec.replay),
                cost(operation),
                sentence(operation).replace("**", ""),
            ]
        });
        let headings = ["request", "method", "path", "auth", "replay", "cost", "what it does"];
        show::line(show::table(&headings, rows))?;
        show::line("")?;
    }
    Ok(Done::Good)
}

fn listed(which: Which, operation: &Operation) -> Listed {
    let spec = &operation.spec;
    let drawn = spec.costs().map(|cost| Drawn {
        bucket: cost.limit.name,
        weight: cost.weight,
        assumed: cost.limit.assumed,
        count: cost.limit.count,
        window_ms: cost.limit.window_ms,
        scope: cost.limit.scope,
    });
    let parameter =
        |field: FieldInfo| Parameter { name: field.name, required: field.required, one_of: field.one_of };
    Listed {
        venue: which.id(),
        name: operation.name,
        method: spec.verb(),
        path: spec.path,
        auth: spec.auth,
        replay: spec.replay,
        costs: drawn.collect(),
        permission: spec.permission,
        doc: sentence(operation),
        sweeping: spec.sweeping,
        placement: spec.placement,
        shape: spec.shape,
        section: spec.section,
        params: operation.fields().into_iter().map(parameter).collect(),
    }
}

/// The limits that a call draws on, with the weight where it isn't one.
fn cost(operation: &Operation) -> String {
    let costs = operation.spec.costs().map(|cost| match cost.weight {
        1 => cost.limit.to_string(),
        weight => format!("weight {weight}, {}", cost.limit),
    });
    costs.collect::<Vec<_>>().join("\n")
}

/// The documentation's first sentence, over its lines.
fn sentence(operation: &Operation) -> String {
    let lines = operation.doc.lines().map(str::trim).skip_while(|line| line.is_empty());
    let paragraph = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    match paragraph.find(". ") {
        Some(end) => paragraph.get(..=end).unwrap_or_default().to_owned(),
        None => paragraph,
    }
}

/// A fact's word in JSON, for people too.
fn word(fact: impl Serialize) -> String {
    let json = serde_json::to_string(&fact).unwrap_or_default();
    json.trim_matches('"').to_owned()
}
