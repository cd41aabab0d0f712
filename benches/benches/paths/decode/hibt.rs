//! Hibt: pushed levels end to end in one list.

use hibt_api::Hibt;
use hibt_api::feed::Depth;
use hibt_api::rest::{GetDeals, GetDepth, GetFinishedOrder, Level};
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
    r#type: String,
    ts: i64,
    data: PushedBook,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct PushedBook {
    symbol: String,
    asks: Vec<Element>,
    bids: Vec<Element>,
}

#[derive(Deserialize)]
struct Element(#[serde(deserialize_with = "decimal")] Decimal);

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Answer<T> {
    msg: String,
    code: i64,
    data: T,
}

#[derive(Deserialize)]
struct Book {
    bid: Vec<PlainLevel>,
    ask: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Order {
    id: String,
    #[serde(rename = "customID")]
    custom_id: String,
    symbol: String,
    r#type: i64,
    action: i64,
    side: i64,
    #[serde(rename = "positionID")]
    position_id: String,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    leverage: i64,
    #[serde(deserialize_with = "decimal")]
    amount: Decimal,
    #[serde(deserialize_with = "decimal")]
    frozen: Decimal,
    #[serde(deserialize_with = "decimal")]
    filled_amount: Decimal,
    #[serde(deserialize_with = "decimal")]
    filled_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    filled_value: Decimal,
    trigger_type: i64,
    #[serde(deserialize_with = "decimal")]
    sp_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    sl_price: Decimal,
    state: i64,
    #[serde(deserialize_with = "decimal")]
    profit: Decimal,
    #[serde(deserialize_with = "decimal")]
    fee: Decimal,
    #[serde(deserialize_with = "decimal")]
    point_fee: Decimal,
    #[serde(deserialize_with = "decimal")]
    point_profit: Decimal,
    #[serde(deserialize_with = "decimal")]
    close_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    trigger_price: Decimal,
    created_at: i64,
    updated_at: i64,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Trade {
    symbol: String,
    #[serde(deserialize_with = "decimal")]
    amount: Decimal,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    side: String,
    time: i64,
}

fn sides(bids: &[Level], asks: &[Level]) -> Facts {
    bids.iter().chain(asks).flat_map(|level| [level.price.decimal(), level.size.decimal()]).collect()
}

pub(super) fn run(bench: &Bench) {
    let venue = Hibt::new();
    let flat = |price: &str, size: &str| format!(r#""{price}","{size}""#);
    let pushes = || {
        messages(51, |random| {
            format!(
                r#"{{"type":"btc_usdt.20deep","ts":{},"data":{{"symbol":"btc_usdt","asks":[{}],"bids":[{}]}}}}"#,
                millis(random),
                levels(PUSHED, (1, 3), random, flat),
                levels(PUSHED, (1, 3), random, flat),
            )
        })
    };
    compare(
        bench,
        &push("20+20 push, hibt"),
        pushes,
        (pushed::<Depth>, |push| sides(&push.data.bids, &push.data.asks)),
        (plain::<Push>, |push| push.data.bids.iter().chain(&push.data.asks).map(|Element(is)| *is).collect()),
    );
    // As many as can be asked for.
    let books = || {
        messages(52, |random| {
            let (bids, asks) = (levels(200, (1, 3), random, pair), levels(200, (1, 3), random, pair));
            format!(r#"{{"msg":"success","code":0,"data":{{"bid":[{bids}],"ask":[{asks}]}}}}"#)
        })
    };
    compare(
        bench,
        &whole("200+200 snapshot, hibt"),
        books,
        (|text: &str| answer::<GetDepth>(&venue, text), |book| sides(&book.bid, &book.ask)),
        (plain::<Answer<Book>>, |answer| plain_levels(&answer.data.bid, &answer.data.ask)),
    );
    compare(
        bench,
        &whole("order of 26 fields, hibt"),
        || answers::<GetFinishedOrder>(Which::Hibt, None),
        (
            |text: &str| answer::<GetFinishedOrder>(&venue, text),
            |order| vec![price_of(order.price), price_of(order.filled_price)],
        ),
        (plain::<Answer<Order>>, |answer| vec![answer.data.price, answer.data.filled_price]),
    );
    compare(
        bench,
        &rows("100 trades as Rows, hibt"),
        || answers::<GetDeals>(Which::Hibt, Some(TRADES)),
        (
            |text: &str| answer::<GetDeals>(&venue, text),
            |trades| trades.iter().flat_map(|row| [row.price.decimal(), row.amount.decimal()]).collect(),
        ),
        (plain::<Answer<Vec<Trade>>>, |answer| {
            answer.data.iter().flat_map(|row| [row.price, row.amount]).collect()
        }),
    );
}
