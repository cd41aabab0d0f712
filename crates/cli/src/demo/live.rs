//! `venue demo --live`: the public call of each venue, and nothing else.

use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use venue_core::{AnyClient, AnyRequest as _, Auth, Error};
use venue_sim::Which;

use crate::call::exchange;
use crate::choose;
use crate::given::Given;
use crate::report::millis;
use crate::show::{self, BAD, BOLD, DIM, GOOD, styled};
use crate::stop::{Done, Stop};
use crate::tree::Tree;
use crate::venues;

/// A call, and the fields of its answer that say most.
struct Plan {
    ask: &'static str,
    params: &'static str,
    fields: &'static [&'static str],
}

/// The public call of a venue, where it has one.
const fn plan(which: Which) -> Option<Plan> {
    let (ask, params, fields): (_, _, &[&str]) = match which {
        Which::HashKey => ("GetExchangeInfo", "{}", &["symbol", "status", "takerFee", "minQty"]),
        Which::BitMart => (
            "GetContractDetails",
            r#"{"symbol":"BTCUSDT"}"#,
            &["symbol", "last_price", "funding_rate", "max_leverage"],
        ),
        Which::WexSpot => {
            ("GetSymbols", r#"{"symbol":"btc_usdt"}"#, &["symbol", "state", "pricePrecision", "takerFeeRate"])
        }
        Which::WexFutures => {
            ("GetFundingRate", r#"{"symbol":"btc_usdt"}"#, &["symbol", "fundingRate", "collectionInternal"])
        }
        Which::Hibt => ("GetDepth", r#"{"symbol":"btc_usdt"}"#, &["bid", "ask"]),
        Which::Pumpkin => return None,
    };
    Some(Plan { ask, params, fields })
}

#[derive(Serialize)]
struct Shown {
    venue: &'static str,
    rest: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    calls: Vec<Made>,
}

#[derive(Serialize)]
struct Made {
    request: &'static str,
    method: &'static str,
    path: String,
    ok: bool,
    status: Option<u16>,
    round_trip_us: u128,
    value: Option<Box<RawValue>>,
    error: Option<Error>,
    #[serde(skip)]
    fields: &'static [&'static str],
    #[serde(skip)]
    took: Duration,
}

/// Makes the calls, one venue after the other.
pub(super) async fn run(venues: &[Which], is_json: bool) -> Result<Done, Stop> {
    let mut all = Vec::new();
    for which in venues {
        let shown = demonstrate(*which).await?;
        if !is_json {
            print(&shown)?;
        }
        all.push(shown);
    }
    let calls = || all.iter().flat_map(|shown| &shown.calls);
    let (good, total) = (calls().filter(|made| made.ok).count(), calls().count());
    if is_json {
        show::json(&all)?;
    } else {
        let style = if good == total { GOOD } else { BAD };
        show::line(styled(style, format_args!("{good} of {total} calls succeeded")))?;
    }
    Ok(Done::good(good == total))
}

async fn demonstrate(which: Which) -> Result<Shown, Stop> {
    let row = venues::row(which);
    let mut shown = Shown { venue: which.id(), rest: row.venue.hosts().rest, note: None, calls: Vec::new() };
    let Some(plan) = plan(which) else {
        shown.note = Some("no public calls: this venue wants every request signed, market data too");
        return Ok(shown);
    };
    let made = match make(&plan, &row).await {
        Err(Stop::Usage(error) | Stop::Failed(error)) => Made::failed(&plan, error),
        made => made?,
    };
    shown.calls.push(made);
    Ok(shown)
}

async fn make(plan: &Plan, row: &venues::Row) -> Result<Made, Stop> {
    let mut chosen = choose::request(row, plan.ask, &Given::parse(plan.params)?, Auth::None)?;
    let client = AnyClient::builder(chosen.venue.clone()).build_any().map_err(Stop::Failed)?;
    let (decoded, took) = exchange(&client, &mut chosen).await?;
    Ok(Made {
        request: chosen.operation.name,
        method: chosen.request.spec().verb(),
        path: chosen.request.path().to_owned(),
        ok: decoded.error.is_none(),
        status: decoded.status,
        round_trip_us: took.as_micros(),
        value: decoded.value.and_then(|value| RawValue::from_string(value).ok()),
        error: decoded.error,
        fields: plan.fields,
        took,
    })
}

impl Made {
    /// A call that was not even sent.
    fn failed(plan: &Plan, error: Error) -> Self {
        Self {
            request: plan.ask,
            method: "",
            path: String::new(),
            ok: false,
            status: None,
            round_trip_us: 0,
            value: None,
            error: Some(error),
            fields: plan.fields,
            took: Duration::ZERO,
        }
    }
}

fn print(shown: &Shown) -> Result<(), Stop> {
    show::line(format_args!("{} {}", styled(BOLD, shown.venue), styled(DIM, shown.rest)))?;
    if let Some(note) = shown.note {
        show::line(format_args!("  {note}"))?;
    }
    if !shown.calls.is_empty() {
        let rows = shown.calls.iter().map(|made| {
            let status = made.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
            [
                made.request.to_owned(),
                format!("{} {}", made.method, made.path),
                if made.ok { "ok" } else { "failed" }.to_owned(),
                status,
                millis(made.took),
                answer(made),
            ]
        });
        let headings = ["request", "called", "result", "status", "round trip", "answer"];
        show::line(show::table(&headings, rows))?;
    }
    show::line("")
}

/// The fields of an answer that say most, or the error.
fn answer(made: &Made) -> String {
    if let Some(error) = &made.error {
        return format!("{} [{:?}, {}]", error.message(), error.kind(), error.outcome());
    }
    let tree = Tree::parse(made.value.as_deref().map_or("null", RawValue::get));
    if let Tree::Leaf(text) = &tree {
        return text.trim_matches('"').to_owned();
    }
    let known = made.fields.iter().filter_map(|name| Some((*name, tree.find(name)?)));
    let mut pairs: Vec<(&str, &str)> = known.collect();
    if pairs.is_empty() {
        pairs = tree.leaves(4);
    }
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let rows =
        tree.rows().filter(|rows| *rows > 1).map(|rows| format!("{rows} rows, first: ")).unwrap_or_default();
    format!("{rows}{}", pairs.join("  "))
}
