//! The table of all endpoints, and its comparison with the transcribed documentation.
//!
//! The transcription in the simulator was written from the documentation, not from the code, so that one
//! mistake can't hide in both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use venue_core::budget::Scope;
use venue_core::{Auth, Operation, Placement};
use venue_sim::data::{self, Catalog};

use crate::run::{Failure, root};
use crate::venues::{Known, all};

const TABLE: &str = "docs/endpoints.md";

/// Writes the table.
pub(crate) fn write() -> Result<(), Failure> {
    let text = table()?;
    fs::write(root().join(TABLE), text).map_err(|error| format!("{TABLE}: {error}"))
}

/// Compares code, documentation and table; prints how much of the documentation is there.
pub(crate) fn check() -> Result<(), Failure> {
    let mut faults = Vec::new();
    let mut written = 0;
    let mut documented = 0;
    for known in all() {
        let catalog = Catalog::load(known.which).map_err(|error| error.to_string())?;
        let there = compare(&known, &catalog, &mut faults);
        println!("{:12} {there:3} of {:3}", known.which.id(), catalog.endpoints.len());
        written += there;
        documented += catalog.endpoints.len();
    }
    println!("{:12} {written:3} of {documented:3}", "in all");
    let on_disk = fs::read_to_string(root().join(TABLE)).unwrap_or_default();
    if on_disk != table()? {
        faults.push(format!("{TABLE} is not what the code says: run cargo xtask endpoints"));
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("{} differences:\n  {}", faults.len(), faults.join("\n  ")))
}

type Route = (String, String);

/// Holds a venue's requests against its documentation; gives back how many endpoints are there.
fn compare(known: &Known, catalog: &Catalog, faults: &mut Vec<String>) -> usize {
    let venue = known.which.id();
    let mut routes: BTreeMap<Route, Vec<&Operation>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for operation in known.operations {
        if !names.insert(operation.name) {
            faults.push(format!("{venue} {}: the name is taken twice", operation.name));
        }
        let route = (operation.spec.verb().to_owned(), operation.spec.path.to_owned());
        routes.entry(route).or_default().push(operation);
    }
    let mut there = 0;
    for endpoint in &catalog.endpoints {
        if let Some(operations) = routes.remove(&(endpoint.method.clone(), endpoint.path.clone())) {
            there += 1;
            for fault in differences(endpoint, &operations) {
                faults.push(format!("{venue} {} {}: {fault}", endpoint.method, endpoint.path));
            }
        }
    }
    for ((verb, path), _) in routes {
        faults.push(format!("{venue} {verb} {path}: not in the documentation"));
    }
    there
}

/// What the types on one route say otherwise than the documentation.
fn differences(endpoint: &data::Endpoint, operations: &[&Operation]) -> Vec<String> {
    let mut faults = Vec::new();
    let documented: Vec<&data::Param> =
        endpoint.params.iter().filter(|param| param.place != data::Place::Item).collect();
    let mut taken = BTreeSet::new();
    for operation in operations {
        let (name, spec) = (operation.name, operation.spec);
        if auth(spec.auth) != endpoint.auth {
            faults.push(format!("{name} is {:?}, documented {:?}", spec.auth, endpoint.auth));
        }
        if !same_placement(spec.placement, endpoint) {
            faults.push(format!(
                "{name} puts parameters {:?}, documented {:?}",
                spec.placement, endpoint.placement
            ));
        }
        if spec.section.is_empty() || operation.summary().is_empty() {
            faults.push(format!("{name} names no section, or says nothing of itself"));
        }
        let fields = operation.fields();
        for field in &fields {
            taken.insert(field.name);
            if !documented.iter().any(|param| param.name == field.name)
                && !is_array_body(endpoint, field.name)
            {
                faults.push(format!("{name} has an undocumented parameter {}", field.name));
            }
        }
        for param in documented.iter().filter(|param| param.required) {
            let is_required =
                |field: &venue_core::FieldInfo| field.name == param.name && (field.required || field.one_of);
            // A type that acts on everything fills a required parameter in by itself.
            if !spec.sweeping && !fields.iter().any(is_required) {
                faults.push(format!("{name} does not require {}", param.name));
            }
        }
        let ours: BTreeSet<_> = spec.costs().map(|cost| budget(cost.limit, cost.weight)).collect();
        let theirs: BTreeSet<_> = endpoint.limits.iter().map(documented_budget).collect();
        // Where nothing is documented, an assumed budget may stand.
        let only_assumed = theirs.is_empty() && spec.costs().all(|cost| cost.limit.assumed);
        if ours != theirs && !only_assumed {
            faults.push(format!("{name} costs {ours:?}, documented {theirs:?}"));
        }
    }
    for param in documented {
        if !taken.contains(param.name.as_str()) {
            faults.push(format!("no type has the parameter {}", param.name));
        }
    }
    faults
}

/// A bare array in the body has no documented name of its own.
fn is_array_body(endpoint: &data::Endpoint, name: &str) -> bool {
    matches!(endpoint.placement, data::Placement::JsonArray | data::Placement::QueryJsonArray)
        && name == "orders"
}

const fn auth(auth: Auth) -> data::Auth {
    match auth {
        Auth::None => data::Auth::None,
        Auth::Key => data::Auth::Key,
        Auth::Signed => data::Auth::Signed,
    }
}

fn same_placement(ours: Placement, endpoint: &data::Endpoint) -> bool {
    let in_body_or_query = endpoint.params.iter().any(|param| param.place != data::Place::Path);
    match endpoint.placement {
        data::Placement::None => true,
        _ if !in_body_or_query => true,
        data::Placement::Query => ours == Placement::Query,
        data::Placement::Form => ours == Placement::Form,
        data::Placement::Json => ours == Placement::Json,
        data::Placement::JsonArray | data::Placement::QueryJsonArray => ours == Placement::JsonArray,
    }
}

type Budget = (u64, u64, &'static str, u32, bool);

fn budget(limit: &venue_core::budget::Limit, weight: u32) -> Budget {
    (u64::from(limit.count), limit.window_ms, scope(limit.scope), weight, limit.assumed)
}

fn documented_budget(limit: &data::Limit) -> Budget {
    let per = match limit.per.as_str() {
        "ip" => "ip",
        "key" => "key",
        _ => "account",
    };
    (limit.count, limit.window_ms, per, limit.weight, limit.assumed)
}

const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Ip => "ip",
        Scope::Key => "key",
        Scope::Account => "account",
    }
}

fn table() -> Result<String, Failure> {
    let mut out = String::from(
        "# Endpoints\n\n\
         Written by `cargo xtask endpoints` from each request's `SPEC`; don't edit. *Replay* says whether the\n\
         library may repeat a request by itself: *safe* and *idempotent* ones yes, the others only after the\n\
         venue certainly did not execute them. A cost marked *assumed* is not documented by the venue.\n",
    );
    let line = |out: &mut String, text: std::fmt::Arguments<'_>| {
        out.write_fmt(text).map_err(|error| error.to_string())
    };
    for known in all() {
        let catalog = Catalog::load(known.which).map_err(|error| error.to_string())?;
        let routes: BTreeSet<_> =
            known.operations.iter().map(|operation| (operation.spec.verb(), operation.spec.path)).collect();
        line(
            &mut out,
            format_args!(
                "\n## {} (`{}`)\n\nHost `{}` · {} of {} documented endpoints\n\n\
                 | request | | auth | replay | cost | what it does |\n|---|---|---|---|---|---|\n",
                catalog.title,
                known.package,
                known.venue.hosts().rest,
                routes.len(),
                catalog.endpoints.len(),
            ),
        )?;
        for operation in known.operations {
            let spec = &operation.spec;
            let costs: Vec<String> = spec
                .costs()
                .map(|cost| match cost.weight {
                    1 => cost.limit.to_string(),
                    weight => format!("weight {weight} of {}", cost.limit),
                })
                .collect();
            line(
                &mut out,
                format_args!(
                    "| `{}` | `{} {}` | {} | {} | {} | {} |\n",
                    operation.name,
                    spec.verb(),
                    spec.path,
                    word(&spec.auth),
                    word(&spec.replay),
                    if costs.is_empty() { "–".to_owned() } else { costs.join("; ") },
                    operation.summary().replace('|', "\\|"),
                ),
            )?;
        }
    }
    Ok(out)
}

fn word(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}
