//! `venue demo`: every venue called over sockets and TLS, and what came back at a glance; a whole story where
//! the simulated venue has state.

use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use venue_core::{AnyClient, AnyRequest as _, Auth, Error};
use venue_sim::{Running, Sim, Which};

use crate::args;
use crate::call::{exchange, of_sim, runtime, simulate};
use crate::choose;
use crate::given::Given;
use crate::report::millis;
use crate::show::{self, BAD, BOLD, DIM, GOOD, styled};
use crate::stop::{Done, Stop};
use crate::story::{self, Story};
use crate::tree::Tree;
use crate::venues::{self, Row};

/// One call of the demonstration, and the fields of its answer that say most.
struct Plan {
    access: &'static str,
    ask: &'static str,
    params: &'static str,
    fields: &'static [&'static str],
}

const PUBLIC: &str = "public";
const SIGNED: &str = "signed";

const fn public(ask: &'static str, params: &'static str, fields: &'static [&'static str]) -> Plan {
    Plan { access: PUBLIC, ask, params, fields }
}

const fn signed(ask: &'static str, params: &'static str, fields: &'static [&'static str]) -> Plan {
    Plan { access: SIGNED, ask, params, fields }
}

/// The calls of a venue: market data, and an order.
const fn plans(which: Which) -> [Plan; 2] {
    match which {
        Which::HashKey => [
            public("GetExchangeInfo", "{}", &["symbol", "status", "takerFee", "minQty"]),
            signed(
                "CreateOrder",
                r#"{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","quantity":"0.001","price":"85000.10"}"#,
                &["orderId", "status", "price", "origQty"],
            ),
        ],
        Which::BitMart => [
            public(
                "GetContractDetails",
                r#"{"symbol":"BTCUSDT"}"#,
                &["symbol", "last_price", "funding_rate", "max_leverage"],
            ),
            signed(
                "SubmitOrder",
                r#"{"symbol":"BTCUSDT","side":1,"type":"limit","price":"85000.10","size":1}"#,
                &["order_id", "price"],
            ),
        ],
        Which::WexSpot => [
            public(
                "GetSymbols",
                r#"{"symbol":"btc_usdt"}"#,
                &["symbol", "state", "pricePrecision", "takerFeeRate"],
            ),
            signed(
                "SubmitOrder",
                concat!(
                    r#"{"symbol":"btc_usdt","side":"BUY","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","#,
                    r#""price":"85000.10","quantity":"0.001"}"#
                ),
                &["orderId"],
            ),
        ],
        Which::WexFutures => [
            public(
                "GetFundingRate",
                r#"{"symbol":"btc_usdt"}"#,
                &["symbol", "fundingRate", "collectionInternal"],
            ),
            signed("GetCompatBalance", r#"{"coin":"usdt"}"#, &["coin", "walletBalance", "availableBalance"]),
        ],
        Which::Hibt => [
            public("GetDepth", r#"{"symbol":"btc_usdt"}"#, &["bid", "ask"]),
            signed(
                "OpenOrder",
                r#"{"symbol":"btc_usdt","type":1,"side":1,"amount":"0.01","price":"85000.10","leverage":10}"#,
                &["orderID", "customID"],
            ),
        ],
        Which::Pumpkin => [
            signed("GetCgContracts", "{}", &["ticker_id", "last_price", "bid", "ask"]),
            signed(
                "CreateOrder",
                concat!(
                    r#"{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","positionSide":"LONG","#,
                    r#""price":"85000.10","origQty":"1","leverage":20}"#
                ),
                &[],
            ),
        ],
    }
}

#[derive(Serialize)]
struct Shown {
    venue: &'static str,
    rest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    calls: Vec<Made>,
    #[serde(skip_serializing_if = "Option::is_none")]
    simulator: Option<Counted>,
}

#[derive(Serialize)]
struct Made {
    access: &'static str,
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

#[derive(Serialize)]
struct Counted {
    requests: u64,
    refused: u64,
    executed: u64,
}

/// What was shown of a venue.
#[derive(Serialize)]
#[serde(untagged)]
enum Part {
    Calls(Shown),
    Story(Story),
}

impl Part {
    fn is_good(&self) -> bool {
        match self {
            Self::Calls(shown) => {
                let none_refused = shown.simulator.as_ref().is_none_or(|counted| counted.refused == 0);
                none_refused && shown.calls.iter().all(|made| made.ok)
            }
            Self::Story(story) => story.is_good(),
        }
    }
}

pub(crate) fn run(args: &args::Demo, is_json: bool) -> Result<Done, Stop> {
    let venues = if args.venues.is_empty() { Which::ALL.to_vec() } else { args.venues.clone() };
    let mut all = Vec::new();
    runtime()?.block_on(async {
        let sim = if args.live { None } else { Some(simulate(&venues).await?) };
        for which in venues {
            let part = match &sim {
                Some(sim) if which == Which::BitMart => {
                    Part::Story(story::tell(sim.venue(which), sim.ca_pem(), is_json).await?)
                }
                sim => Part::Calls(demonstrate(which, sim.as_ref()).await?),
            };
            if let (Part::Calls(shown), false) = (&part, is_json) {
                print(shown)?;
            }
            all.push(part);
        }
        Ok::<_, Stop>(())
    })?;
    let all_good = all.iter().all(Part::is_good);
    if is_json {
        show::json(&all)?;
    } else {
        let style = if all_good { GOOD } else { BAD };
        show::line(styled(style, score(&all)))?;
    }
    Ok(Done::good(all_good))
}

/// How many calls and steps went as they should.
fn score(all: &[Part]) -> String {
    let (mut calls, mut steps) = ((0, 0), (0, 0));
    for part in all {
        let (sum, (good, total)) = match part {
            Part::Calls(shown) => {
                let good = shown.calls.iter().filter(|made| made.ok).count();
                (&mut calls, (good, shown.calls.len()))
            }
            Part::Story(story) => (&mut steps, story.score()),
        };
        *sum = (sum.0 + good, sum.1 + total);
    }
    let mut said = Vec::new();
    if steps.1 > 0 {
        said.push(format!("{} of {} steps went as they should", steps.0, steps.1));
    }
    if calls.1 > 0 || said.is_empty() {
        said.push(format!("{} of {} calls succeeded", calls.0, calls.1));
    }
    said.join(", ")
}

/// Makes a venue's calls: over one connection, so that the first includes the handshakes.
async fn demonstrate(which: Which, sim: Option<&Sim>) -> Result<Shown, Stop> {
    let row = venues::row(which);
    let running = sim.map(|sim| sim.venue(which));
    let mut shown = Shown {
        venue: which.id(),
        rest: running.map_or(row.venue.hosts().rest, Running::rest).to_owned(),
        note: None,
        calls: Vec::new(),
        simulator: None,
    };
    let plans = plans(which);
    if plans.iter().all(|plan| plan.access == SIGNED) {
        shown.note = Some("no public calls: this venue wants every request signed, market data too");
    }
    let mut client = None;
    for plan in plans.iter().filter(|plan| sim.is_some() || plan.access == PUBLIC) {
        let made = match make(plan, &row, running.zip(sim), &mut client).await {
            Err(Stop::Usage(error) | Stop::Failed(error)) => Made::failed(plan, error),
            made => made?,
        };
        shown.calls.push(made);
    }
    shown.simulator = running.map(|running| Counted {
        requests: running.requests(),
        refused: running.refused(),
        executed: shown.calls.iter().map(|made| running.executed(made.method, &made.path)).sum(),
    });
    Ok(shown)
}

async fn make(
    plan: &Plan,
    row: &Row,
    simulated: Option<(&Running, &Sim)>,
    client: &mut Option<AnyClient>,
) -> Result<Made, Stop> {
    let raw = if plan.access == SIGNED { Auth::Signed } else { Auth::None };
    let mut chosen = choose::request(row, plan.ask, &Given::parse(plan.params)?, raw)?;
    let client = match (&*client, simulated) {
        (Some(client), _) => client.clone(),
        (None, Some((running, sim))) => client.insert(of_sim(&chosen, running, sim.ca_pem())?).clone(),
        (None, None) => {
            let live = AnyClient::builder(chosen.venue.clone()).build_any().map_err(Stop::Failed)?;
            client.insert(live).clone()
        }
    };
    let (decoded, took) = exchange(&client, &mut chosen).await?;
    let ok = decoded.error.is_none();
    let spec = chosen.request.spec();
    Ok(Made {
        access: plan.access,
        request: chosen.operation.name,
        method: spec.verb(),
        path: chosen.request.path().to_owned(),
        ok,
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
            access: plan.access,
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
    show::line(format_args!("{} {}", styled(BOLD, shown.venue), styled(DIM, &shown.rest)))?;
    if let Some(note) = shown.note {
        show::line(format_args!("  {note}"))?;
    }
    if !shown.calls.is_empty() {
        let rows = shown.calls.iter().map(|made| {
            let status = made.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
            [
                made.access.to_owned(),
                made.request.to_owned(),
                format!("{} {}", made.method, made.path),
                if made.ok { "ok" } else { "failed" }.to_owned(),
                status,
                millis(made.took),
                answer(made),
            ]
        });
        let headings = ["access", "request", "called", "result", "status", "round trip", "answer"];
        show::line(show::table(&headings, rows))?;
    }
    if let Some(counted) = &shown.simulator {
        let Counted { requests, refused, executed } = counted;
        let text =
            format!("the simulator counted {requests} requests: {executed} executed, {refused} refused");
        show::line(format_args!("  {}", styled(DIM, text)))?;
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
