//! WEX spot: the deepest snapshot that any of the venues gives.

use serde::Deserialize;
use venue_benches::{Bench, decimal};
use venue_core::Decimal;
use venue_sim::Which;
use wex_spot::WexSpot;
use wex_spot::feed::DepthUpdate;
use wex_spot::rest::{DepthLevel, GetDepth, GetRecentTrades, QueryOrder};

use super::{
    Facts, PlainLevel, answer, answers, compare, levels, messages, millis, pair, plain, plain_levels,
};
use super::{PUSHED, TRADES, price_of, push, pushed, rows, whole};

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Push {
    topic: String,
    event: String,
    data: PushedBook,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct PushedBook {
    s: String,
    fi: u64,
    i: u64,
    a: Vec<PlainLevel>,
    b: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Answer<T> {
    rc: i64,
    mc: String,
    ma: Vec<String>,
    result: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Book {
    timestamp: i64,
    last_update_id: u64,
    bids: Vec<PlainLevel>,
    asks: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Order {
    symbol: String,
    order_id: String,
    client_order_id: String,
    base_currency: String,
    quote_currency: String,
    side: String,
    r#type: String,
    time_in_force: String,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    orig_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    orig_quote_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    executed_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    leaving_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    trade_base: Decimal,
    #[serde(deserialize_with = "decimal")]
    trade_quote: Decimal,
    #[serde(deserialize_with = "decimal")]
    avg_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    fee: Decimal,
    fee_currency: String,
    state: String,
    time: i64,
    updated_time: i64,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Trade {
    i: u64,
    t: i64,
    #[serde(deserialize_with = "decimal")]
    p: Decimal,
    #[serde(deserialize_with = "decimal")]
    q: Decimal,
    #[serde(deserialize_with = "decimal")]
    v: Decimal,
    b: bool,
}

fn sides(bids: &[DepthLevel], asks: &[DepthLevel]) -> Facts {
    bids.iter().chain(asks).flat_map(|level| [level.price.decimal(), level.quantity.decimal()]).collect()
}

pub(super) fn run(bench: &Bench) {
    let venue = WexSpot::new();
    let pushes = || {
        messages(31, |random| {
            let first = 137_333_589_606_963_580 + random.below(1_000_000);
            format!(
                r#"{{"topic":"depth_update","event":"depth_update@btc_usdt","data":{{"s":"btc_usdt","fi":{first},"i":{},"a":[{}],"b":[{}]}}}}"#,
                first + 20,
                levels(PUSHED, (2, 6), random, pair),
                levels(PUSHED, (2, 6), random, pair),
            )
        })
    };
    compare(
        bench,
        &push("20+20 push, wex-spot"),
        pushes,
        (pushed::<DepthUpdate>, |push| sides(&push.bids, &push.asks)),
        (plain::<Push>, |push| plain_levels(&push.data.b, &push.data.a)),
    );
    let books = || {
        messages(32, |random| {
            let (bids, asks) = (levels(500, (2, 6), random, pair), levels(500, (2, 6), random, pair));
            format!(
                r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{{"timestamp":{},"lastUpdateId":137333589606963580,"bids":[{bids}],"asks":[{asks}]}}}}"#,
                millis(random)
            )
        })
    };
    compare(
        bench,
        &whole("500+500 snapshot, wex-spot"),
        books,
        (|text: &str| answer::<GetDepth>(&venue, text), |book| sides(&book.bids, &book.asks)),
        (plain::<Answer<Book>>, |answer| plain_levels(&answer.result.bids, &answer.result.asks)),
    );
    compare(
        bench,
        &whole("order of 21 fields, wex-spot"),
        || answers::<QueryOrder>(Which::WexSpot, None),
        (
            |text: &str| answer::<QueryOrder>(&venue, text),
            |order| vec![price_of(order.price), price_of(order.avg_price)],
        ),
        (plain::<Answer<Order>>, |answer| vec![answer.result.price, answer.result.avg_price]),
    );
    let trades = |random: &mut venue_benches::Random| {
        let row = r#"{"i":203530723141917063,"t":1662601014832,"p":"30000.25","q":"0.5321","v":"15963.13","b":true}"#;
        let list = venue_benches::joined(TRADES, |_| venue_benches::vary(row, random));
        format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":[{list}]}}"#)
    };
    compare(
        bench,
        &rows("100 trades as Rows, wex-spot"),
        || messages(33, trades),
        (
            |text: &str| answer::<GetRecentTrades>(&venue, text),
            |trades| trades.iter().flat_map(|row| [row.price.decimal(), row.quantity.decimal()]).collect(),
        ),
        (plain::<Answer<Vec<Trade>>>, |answer| answer.result.iter().flat_map(|row| [row.p, row.q]).collect()),
    );
}
