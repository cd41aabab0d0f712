//! WEX futures: the largest order, and numbers where others have texts.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use venue_benches::{Bench, Random, decimal, decimal_or_none};
use venue_core::{Decimal, Price};
use venue_sim::Which;
use wex_futures::WexFutures;
use wex_futures::feed::DepthUpdate;
use wex_futures::rest::{GetDeals, GetDepth, GetOrderDetail, Level, ListOpenOrders};

use super::{
    Facts, PlainLevel, answer, answers, compare, levels, messages, millis, pair, plain, plain_levels,
};
use super::{PUSHED, TRADES, numbers, price_of, push, pushed, whole};

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Push<L> {
    topic: String,
    event: String,
    data: PushedBook<L>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct PushedBook<L> {
    s: String,
    pu: u64,
    fu: u64,
    u: u64,
    a: Vec<L>,
    b: Vec<L>,
    t: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Answer<T> {
    error: Fault,
    msg_info: String,
    result: T,
    return_code: i64,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Fault {
    code: String,
    msg: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Book {
    a: Vec<PlainLevel>,
    b: Vec<PlainLevel>,
    s: String,
    t: i64,
    u: u64,
}

/// As in the list of open orders: texts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct Order {
    order_id: String,
    client_order_id: String,
    symbol: String,
    contract_size: f64,
    order_type: String,
    order_side: String,
    position_side: String,
    position_type: String,
    time_in_force: String,
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
    remark: Option<String>,
    source_id: Option<String>,
    source_type: String,
    leverage: i64,
    #[serde(deserialize_with = "decimal_or_none")]
    open_price: Option<Decimal>,
    state: String,
    created_time: i64,
    updated_time: i64,
    welfare_account: bool,
    trigger_price_type: Option<String>,
    #[serde(deserialize_with = "decimal_or_none")]
    trigger_profit_price: Option<Decimal>,
    profit_delegate_order_type: Option<String>,
    profit_delegate_time_in_force: Option<String>,
    #[serde(deserialize_with = "decimal_or_none")]
    profit_delegate_price: Option<Decimal>,
    #[serde(deserialize_with = "decimal_or_none")]
    trigger_stop_price: Option<Decimal>,
    stop_delegate_order_type: Option<String>,
    stop_delegate_time_in_force: Option<String>,
    #[serde(deserialize_with = "decimal_or_none")]
    stop_delegate_price: Option<Decimal>,
    #[serde(deserialize_with = "decimal")]
    mark_price: Decimal,
    desc: Option<String>,
}

/// As looked up by itself: numbers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "decoded all the same")]
struct NumberOrder {
    avg_price: f64,
    close_position: bool,
    close_profit: f64,
    created_time: i64,
    executed_qty: f64,
    force_close: bool,
    margin_frozen: f64,
    order_id: u64,
    order_side: String,
    order_type: String,
    orig_qty: f64,
    position_side: String,
    price: f64,
    source_id: i64,
    state: String,
    symbol: String,
    time_in_force: String,
    trigger_profit_price: f64,
    trigger_stop_price: f64,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded all the same")]
struct Trade {
    a: f64,
    m: String,
    p: f64,
    s: String,
    t: i64,
}

fn sides(bids: &[Level], asks: &[Level]) -> Facts {
    bids.iter().chain(asks).flat_map(|level| [level.price.decimal(), level.qty.decimal()]).collect()
}

fn update(random: &mut Random, level: impl Fn(&str, &str) -> String) -> String {
    let first = 1_603_468_953_717 + random.below(1_000_000);
    let (asks, bids) = (levels(PUSHED, (1, 0), random, &level), levels(PUSHED, (1, 0), random, &level));
    format!(
        r#"{{"topic":"depth_update","event":"depth_update@btc_usdt","data":{{"s":"btc_usdt","pu":{},"fu":{first},"u":{},"a":[{asks}],"b":[{bids}],"t":{}}}}}"#,
        first - 1,
        first + 20,
        millis(random),
    )
}

/// What the other side can be held to: numbers of fifteen digits, no scale.
fn near(number: f64) -> Decimal {
    number.to_string().parse().unwrap()
}

pub(super) fn run(bench: &Bench) {
    let venue = WexFutures::usdt_m();
    compare(
        bench,
        &push("20+20 push, wex-futures"),
        || messages(41, |random| update(random, pair)),
        (pushed::<DepthUpdate>, |push| sides(&push.bids, &push.asks)),
        (plain::<Push<PlainLevel>>, |push| plain_levels(&push.data.b, &push.data.a)),
    );
    // As many as the venue gives.
    let books = || {
        messages(42, |random| {
            let (asks, bids) = (levels(50, (1, 0), random, pair), levels(50, (1, 0), random, pair));
            format!(
                r#"{{"error":{{"code":"","msg":""}},"msgInfo":"","result":{{"a":[{asks}],"b":[{bids}],"s":"btc_usdt","t":{},"u":1603468953717}},"returnCode":0}}"#,
                millis(random)
            )
        })
    };
    compare(
        bench,
        &whole("50+50 snapshot, wex-futures"),
        books,
        (|text: &str| answer::<GetDepth>(&venue, text), |book| sides(&book.bids, &book.asks)),
        (plain::<Answer<Book>>, |answer| plain_levels(&answer.result.b, &answer.result.a)),
    );
    compare(
        bench,
        &whole("order of 34 fields, wex-futures"),
        || answers::<ListOpenOrders>(Which::WexFutures, Some(1)),
        (
            |text: &str| answer::<ListOpenOrders>(&venue, text),
            |orders| {
                assert!(orders.bad().is_empty());
                orders.iter().map(|order| price_of(order.price)).collect()
            },
        ),
        (plain::<Answer<Vec<Order>>>, |answer| answer.result.iter().map(|order| order.price).collect()),
    );
    // Its prices are numbers: what is measured against is the same with numbers.
    compare(
        bench,
        &numbers("100 trades as Rows, numbers, wex-futures"),
        || answers::<GetDeals>(Which::WexFutures, Some(TRADES)),
        (
            |text: &str| answer::<GetDeals>(&venue, text),
            |trades| trades.iter().map(|row| row.price.decimal()).collect(),
        ),
        (plain::<Answer<Vec<Trade>>>, |answer| answer.result.iter().map(|row| near(row.p)).collect()),
    );
    exact_numbers(bench, &venue);
}

/// Every digit of a number, and zeros at its end, as they were sent.
fn exact_numbers(bench: &Bench, venue: &WexFutures) {
    #[derive(Deserialize)]
    struct Tokens<'a> {
        #[serde(borrow)]
        result: HashMap<&'a str, &'a RawValue>,
    }
    if !bench.takes_any(&["decode: order of 19 fields, numbers", "decode: 20+20 push, numbers"]) {
        return;
    }
    let details = || answers::<GetOrderDetail>(Which::WexFutures, None);
    for text in details() {
        let text = text.as_str();
        let order = answer::<GetOrderDetail>(venue, text).unwrap();
        let tokens: Tokens<'_> = serde_json::from_str(text).unwrap();
        for (name, price) in [("price", order.price), ("avgPrice", order.avg_price)] {
            assert_eq!(price.as_ref().map(Price::to_string).as_deref(), Some(tokens.result[name].get()));
        }
    }
    compare(
        bench,
        &numbers("order of 19 fields, numbers, wex-futures"),
        details,
        (
            |text: &str| answer::<GetOrderDetail>(venue, text),
            |order| vec![order.as_ref().map(|order| price_of(order.price)).unwrap_or_default().normalize()],
        ),
        (plain::<Answer<NumberOrder>>, |answer| vec![near(answer.result.price).normalize()]),
    );
    let bare = |price: &str, size: &str| format!("[{price},{size}]");
    let pushes = || messages(43, |random| update(random, bare));
    for text in pushes() {
        let push = pushed::<DepthUpdate>(&text);
        let written: String =
            push.asks.iter().map(|level| format!("[{},{}],", level.price, level.qty)).collect();
        assert!(text.contains(written.trim_end_matches(',')), "{text}");
    }
    compare(
        bench,
        &numbers("20+20 push, numbers, wex-futures"),
        pushes,
        (pushed::<DepthUpdate>, |push| {
            sides(&push.bids, &push.asks).iter().map(Decimal::normalize).collect()
        }),
        (plain::<Push<(f64, f64)>>, |push| {
            let both = push.data.b.iter().chain(&push.data.a);
            both.flat_map(|(price, size)| [near(*price).normalize(), near(*size)]).collect()
        }),
    );
}
