//! BitMart: levels as objects in pushes, as three texts in answers.

use bitmart_futures::BitMart;
use bitmart_futures::feed::DepthIncrease;
use bitmart_futures::rest::{GetDepth, GetMarketTrades, GetOpenOrders};
use serde::Deserialize;
use venue_benches::{Bench, decimal};
use venue_core::Decimal;
use venue_sim::Which;

use super::{
    PUSHED, TRADES, answer, answers, compare, levels, messages, millis, plain, push, pushed, rows, whole,
};

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Push {
    group: String,
    data: PushedBook,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct PushedBook {
    symbol: String,
    asks: Vec<PushedLevel>,
    bids: Vec<PushedLevel>,
    ms_t: i64,
    version: u64,
    r#type: String,
}

#[derive(Deserialize)]
struct PushedLevel {
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    vol: Decimal,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Answer<T> {
    code: i64,
    message: String,
    trace: String,
    data: T,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Book {
    asks: Vec<Level>,
    bids: Vec<Level>,
    timestamp: i64,
    symbol: String,
}

#[derive(Deserialize)]
struct Level(
    #[serde(deserialize_with = "decimal")] Decimal,
    #[serde(deserialize_with = "decimal")] Decimal,
    #[serde(deserialize_with = "decimal")] Decimal,
);

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Order {
    order_id: String,
    client_order_id: String,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    size: Decimal,
    symbol: String,
    state: i64,
    side: i64,
    r#type: String,
    position_mode: String,
    #[serde(deserialize_with = "decimal")]
    leverage: Decimal,
    open_type: String,
    #[serde(deserialize_with = "decimal")]
    deal_avg_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    deal_size: Decimal,
    preset_take_profit_price_type: i64,
    preset_stop_loss_price_type: i64,
    #[serde(deserialize_with = "decimal")]
    preset_take_profit_price: Decimal,
    #[serde(deserialize_with = "decimal")]
    preset_stop_loss_price: Decimal,
    create_time: i64,
    update_time: i64,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Trade {
    symbol: String,
    #[serde(deserialize_with = "decimal")]
    price: Decimal,
    #[serde(deserialize_with = "decimal")]
    qty: Decimal,
    #[serde(deserialize_with = "decimal")]
    quote_qty: Decimal,
    time: i64,
    is_buyer_maker: bool,
}

fn three(price: &str, size: &str) -> String {
    format!(r#"["{price}","{size}","{size}"]"#)
}

/// A push of so many levels a side; also what the streams are measured with.
pub(crate) fn increase(levels_a_side: usize, random: &mut venue_benches::Random) -> String {
    let level = |price: &str, size: &str| format!(r#"{{"price":"{price}","vol":"{size}"}}"#);
    let asks = levels(levels_a_side, (1, 0), random, level);
    let bids = levels(levels_a_side, (1, 0), random, level);
    format!(
        r#"{{"data":{{"symbol":"BTCUSDT","asks":[{asks}],"bids":[{bids}],"ms_t":{},"version":{},"type":"update"}},"group":"futures/depthIncrease50:BTCUSDT"}}"#,
        millis(random),
        980_000 + random.below(10_000),
    )
}

pub(super) fn run(bench: &Bench) {
    let venue = BitMart::new();
    compare(
        bench,
        &push("20+20 push, bitmart"),
        || messages(21, |random| increase(PUSHED, random)),
        (pushed::<DepthIncrease>, |push| {
            let both = push.bids.iter().chain(&push.asks);
            both.flat_map(|level| [level.price.decimal(), level.vol.decimal()]).collect()
        }),
        (plain::<Push>, |push| {
            let both = push.data.bids.iter().chain(&push.data.asks);
            both.flat_map(|level| [level.price, level.vol]).collect()
        }),
    );
    let books = || {
        messages(22, |random| {
            let (asks, bids) = (levels(100, (1, 0), random, three), levels(100, (1, 0), random, three));
            format!(
                r#"{{"code":1000,"message":"Ok","trace":"b9bff62d-9ac8-4815-8808-8f745673c096","data":{{"asks":[{asks}],"bids":[{bids}],"timestamp":{},"symbol":"BTCUSDT"}}}}"#,
                millis(random)
            )
        })
    };
    compare(
        bench,
        &whole("100+100 snapshot, bitmart"),
        books,
        (
            |text: &str| answer::<GetDepth>(&venue, text),
            |book| {
                let both = book.bids.iter().chain(&book.asks);
                both.flat_map(|level| [level.price.decimal(), level.size.decimal(), level.total.decimal()])
                    .collect()
            },
        ),
        (plain::<Answer<Book>>, |answer| {
            let both = answer.data.bids.iter().chain(&answer.data.asks);
            both.flat_map(|Level(price, size, total)| [*price, *size, *total]).collect()
        }),
    );
    for (shape, count) in [
        (whole("order of 19 fields, bitmart"), 1),
        (rows("100 orders of 19 fields as Rows, bitmart"), TRADES),
    ] {
        compare(
            bench,
            &shape,
            || answers::<GetOpenOrders>(Which::BitMart, Some(count)),
            (
                |text: &str| answer::<GetOpenOrders>(&venue, text),
                |orders| {
                    assert!(orders.bad().is_empty());
                    orders.iter().filter_map(|order| Some(order.size?.decimal())).collect()
                },
            ),
            (plain::<Answer<Vec<Order>>>, |answer| answer.data.iter().map(|order| order.size).collect()),
        );
    }
    compare(
        bench,
        &rows("100 trades as Rows, bitmart"),
        || answers::<GetMarketTrades>(Which::BitMart, Some(TRADES)),
        (
            |text: &str| answer::<GetMarketTrades>(&venue, text),
            |trades| trades.iter().flat_map(|row| [row.price.decimal(), row.qty.decimal()]).collect(),
        ),
        (plain::<Answer<Vec<Trade>>>, |answer| {
            answer.data.iter().flat_map(|row| [row.price, row.qty]).collect()
        }),
    );
}
