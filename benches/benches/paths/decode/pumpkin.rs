//! Pumpkin: short keys, and an order with gaps.

use pumpkin_futures::feed::Depth;
use pumpkin_futures::rest::{GetDeals, GetDepth, GetOrder};
use pumpkin_futures::{Level, Pumpkin};
use serde::Deserialize;
use venue_benches::{Bench, decimal, decimal_or_none};
use venue_core::Decimal;
use venue_sim::Which;

use super::{
    Facts, PlainLevel, answer, answers, compare, levels, messages, millis, pair, plain, plain_levels,
};
use super::{PUSHED, TRADES, price_of, push, pushed, rows, whole};

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
#[allow(non_snake_case, reason = "the venue's keys")]
struct Push {
    e: String,
    s: String,
    U: u64,
    u: u64,
    b: Vec<PlainLevel>,
    a: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Answer<T> {
    code: i64,
    msg: String,
    data: T,
    biz_code: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Book {
    t: i64,
    s: String,
    u: u64,
    b: Vec<PlainLevel>,
    a: Vec<PlainLevel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Order {
    order_id: String,
    client_order_id: Option<String>,
    symbol: String,
    order_type: String,
    order_side: String,
    position_side: String,
    time_in_force: String,
    close_position: bool,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    orig_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    avg_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    executed_qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    margin_frozen: Decimal,
    #[serde(deserialize_with = "decimal_or_none")]
    trigger_profit_price: Option<Decimal>,
    #[serde(deserialize_with = "decimal_or_none")]
    trigger_stop_price: Option<Decimal>,
    source_id: Option<String>,
    force_close: bool,
    #[serde(deserialize_with = "decimal_or_none")]
    close_profit: Option<Decimal>,
    state: String,
    created_time: i64,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Trade {
    t: i64,
    s: String,
    #[serde(deserialize_with = "decimal")]
    p: Decimal,
    #[serde(deserialize_with = "decimal")]
    a: Decimal,
    m: String,
}

fn sides(bids: &[Level], asks: &[Level]) -> Facts {
    bids.iter().chain(asks).flat_map(|level| [level.price.decimal(), level.qty.decimal()]).collect()
}

pub(super) fn run(bench: &Bench) {
    let venue = Pumpkin::new();
    let pushes = || {
        messages(61, |random| {
            let first = 586_765_918_776_852_548 + random.below(1_000_000);
            format!(
                r#"{{"e":"depth.update","s":"btc_usdt","U":{first},"u":{},"b":[{}],"a":[{}]}}"#,
                first + 20,
                levels(PUSHED, (1, 0), random, pair),
                levels(PUSHED, (1, 0), random, pair),
            )
        })
    };
    compare(
        bench,
        &push("20+20 push, pumpkin"),
        pushes,
        (pushed::<Depth>, |push| sides(&push.bids, &push.asks)),
        (plain::<Push>, |push| plain_levels(&push.b, &push.a)),
    );
    // As many as the venue gives.
    let books = || {
        messages(62, |random| {
            let (bids, asks) = (levels(50, (1, 0), random, pair), levels(50, (1, 0), random, pair));
            format!(
                r#"{{"code":0,"msg":"success","data":{{"t":{},"s":"btc_usdt","u":586765918776852548,"b":[{bids}],"a":[{asks}]}},"bizCode":null}}"#,
                millis(random)
            )
        })
    };
    compare(
        bench,
        &whole("50+50 snapshot, pumpkin"),
        books,
        (|text: &str| answer::<GetDepth>(&venue, text), |book| sides(&book.bids, &book.asks)),
        (plain::<Answer<Book>>, |answer| plain_levels(&answer.data.b, &answer.data.a)),
    );
    compare(
        bench,
        &whole("order of 20 fields, pumpkin"),
        || answers::<GetOrder>(Which::Pumpkin, None),
        (
            |text: &str| answer::<GetOrder>(&venue, text),
            |order| vec![price_of(order.price), price_of(order.avg_price)],
        ),
        (plain::<Answer<Order>>, |answer| vec![answer.data.price, answer.data.avg_price]),
    );
    compare(
        bench,
        &rows("100 trades as Rows, pumpkin"),
        || answers::<GetDeals>(Which::Pumpkin, Some(TRADES)),
        (
            |text: &str| answer::<GetDeals>(&venue, text),
            |trades| trades.iter().flat_map(|row| [row.price.decimal(), row.qty.decimal()]).collect(),
        ),
        (plain::<Answer<Vec<Trade>>>, |answer| answer.data.iter().flat_map(|row| [row.p, row.a]).collect()),
    );
}
