//! HashKey: whole books, orders with every number as a text.

use hashkey_api::HashKey;
use hashkey_api::feed::DepthV2;
use hashkey_api::rest::{GetDepth, GetOrder, GetTrades, Level};
use serde::Deserialize;
use venue_benches::{Bench, decimal};
use venue_core::Decimal;
use venue_sim::Which;

use super::{
    Facts, PlainLevel, answer, answers, compare, levels, messages, millis, pair, plain, plain_levels,
};
use super::{PUSHED, TRADES, price_of, push, pushed, rows, whole};

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Push {
    topic: String,
    params: Params,
    data: PushedBook,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Params {
    symbol: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct PushedBook {
    s: String,
    t: i64,
    v: String,
    b: Vec<PlainLevel>,
    a: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Book {
    t: i64,
    b: Vec<PlainLevel>,
    a: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Order {
    account_id: String,
    exchange_id: String,
    symbol: String,
    symbol_name: String,
    client_order_id: String,
    order_id: String,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    orig_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    executed_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    cummulative_quote_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    cumulative_quote_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    avg_price: Decimal,
    status: String,
    time_in_force: String,
    r#type: String,
    side: String,
    #[serde(deserialize_with = "decimal")]
    stop_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    iceberg_qty: Decimal,
    time: String,
    update_time: String,
    is_working: bool,
    #[serde(deserialize_with = "decimal")]
    req_amount: Decimal,
    fee_coin: String,
    #[serde(deserialize_with = "decimal")]
    fee_amount: Decimal,
    #[serde(deserialize_with = "decimal")]
    sum_fee_amount: Decimal,
    ord_cxl_reason: String,
    stp_mode: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Trade {
    t: i64,
    #[serde(deserialize_with = "decimal")]
    p: Decimal,
    #[serde(deserialize_with = "decimal")]
    q: Decimal,
    ibm: bool,
}

fn sides(bids: &[Level], asks: &[Level]) -> Facts {
    bids.iter().chain(asks).flat_map(|level| [level.price.decimal(), level.qty.decimal()]).collect()
}

pub(super) fn run(bench: &Bench) {
    let venue = HashKey::new();
    let pushes = || {
        messages(11, |random| {
            format!(
                r#"{{"topic":"depth","params":{{"symbol":"BTCUSD"}},"data":{{"s":"BTCUSD","t":{},"v":"5382{}_18","b":[{}],"a":[{}]}}}}"#,
                millis(random),
                random.below(100_000),
                levels(PUSHED, (2, 5), random, pair),
                levels(PUSHED, (2, 5), random, pair),
            )
        })
    };
    compare(
        bench,
        &push("20+20 push, hashkey"),
        pushes,
        (pushed::<DepthV2>, |push| sides(&push.data.bids, &push.data.asks)),
        (plain::<Push>, |push| plain_levels(&push.data.b, &push.data.a)),
    );
    // As many as the venue gives.
    let books = || {
        messages(12, |random| {
            let (bids, asks) = (levels(200, (2, 5), random, pair), levels(200, (2, 5), random, pair));
            format!(r#"{{"t":{},"b":[{bids}],"a":[{asks}]}}"#, millis(random))
        })
    };
    compare(
        bench,
        &whole("200+200 snapshot, hashkey"),
        books,
        (|text: &str| answer::<GetDepth>(&venue, text), |book| sides(&book.bids, &book.asks)),
        (plain::<Book>, |book| plain_levels(&book.b, &book.a)),
    );
    compare(
        bench,
        &whole("order of 27 fields, hashkey"),
        || answers::<GetOrder>(Which::HashKey, None),
        (
            |text: &str| answer::<GetOrder>(&venue, text),
            |order| vec![price_of(order.price), price_of(order.avg_price)],
        ),
        (plain::<Order>, |order| vec![order.price, order.avg_price]),
    );
    compare(
        bench,
        &rows("100 trades as Rows, hashkey"),
        || answers::<GetTrades>(Which::HashKey, Some(TRADES)),
        (
            |text: &str| answer::<GetTrades>(&venue, text),
            |trades| trades.iter().flat_map(|row| [row.price.decimal(), row.qty.decimal()]).collect(),
        ),
        (plain::<Vec<Trade>>, |trades| trades.iter().flat_map(|row| [row.p, row.q]).collect()),
    );
}
