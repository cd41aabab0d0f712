//! Pushes as documented, and as seen.

use std::collections::BTreeSet;

use venue_core::ws::{Frame, Payload, Streams, inspect};

use super::{BitMart, Value, channel, decode, line, read, serde_json};
use crate::ENDPOINTS;
use crate::feed::CHANNELS;

/// Channel, group, data: what the documentation prints.
pub(crate) const DOCUMENTED: &[(&str, &str, &str)] = &[
    (
        "Ticker",
        "futures/ticker:BTCUSDT",
        r#"{"symbol":"BTCUSDT","last_price":"97153.6","volume_24":"25502894","range":"0.0016599204475393","mark_price":"97153.7","index_price":"97185.614","ask_price":"97153.9","ask_vol":"28","bid_price":"97153.4","bid_vol":"428"}"#,
    ),
    (
        "FundingRate",
        "futures/fundingRate:BTCUSDT",
        r#"{"symbol":"BTCUSDT","fundingRate":"0.000098800809","fundingTime":1732525864000,"nextFundingRate":"0.0000947","nextFundingTime":1732550400000,"funding_upper_limit":"0.0375","funding_lower_limit":"-0.0375","ts":1732525864601}"#,
    ),
    (
        "Depth",
        "futures/depth20:BTCUSDT@200ms",
        r#"{"symbol":"BTCUSDT","way":1,"depths":[{"price":"5","vol":"97"}],"ms_t":1542337219120}"#,
    ),
    // The overview's, without a time.
    (
        "Depth",
        "futures/depth50:BTCUSDT",
        r#"{"symbol":"BTCUSDT","way":2,"depths":[{"price":"30107.7","vol":"234"},{"price":"30107.8","vol":"1587"}]}"#,
    ),
    (
        "DepthAll",
        "futures/depthAll20:BTCUSDT@200ms",
        r#"{"symbol":"BTCUSDT","asks":[{"price":"70294.4","vol":"455"}],"bids":[{"price":"70293.9","vol":"1856"}],"ms_t":1730399750402}"#,
    ),
    (
        "DepthIncrease",
        "futures/depthIncrease20:BTCUSDT@200ms",
        r#"{"symbol":"BTCUSDT","asks":[{"price":"70391.6","vol":"3550"}],"bids":[{"price":"70391.2","vol":"1335"}],"ms_t":1730400086184,"version":980361,"type":"snapshot"}"#,
    ),
    (
        "DepthIncrease",
        "futures/depthIncrease20:BTCUSDT@200ms",
        r#"{"symbol":"BTCUSDT","asks":[{"price":"70395.3","vol":"341"},{"price":"70395.4","vol":"323"}],"bids":[{"price":"70391.2","vol":"0"},{"price":"70353.4","vol":"11435"}],"ms_t":1730400086194,"version":980362,"type":"update"}"#,
    ),
    (
        "BookTicker",
        "futures/bookticker:BTCUSDT",
        r#"{"symbol":"BTCUSDT","best_bid_price":"97315","best_bid_vol":"156","best_ask_price":"97315.4","best_ask_vol":"333","ms_t":1733891542244}"#,
    ),
    (
        "Trades",
        "futures/trade:BTCUSDT",
        r#"[{"trade_id":1409495322,"symbol":"BTCUSDT","deal_price":"117387.58","deal_vol":"1445","m":true,"created_at":"2023-02-24T07:54:11.124940968Z"}]"#,
    ),
    (
        "Klines",
        "futures/klineBin1m:BTCUSDT",
        r#"{"symbol":"BTCUSDT","o":"146.24","h":"146.24","l":"146.24","c":"146.24","v":"146","ts":1700533801}"#,
    ),
    (
        "MarkPriceKlines",
        "futures/markPriceKlineBin1m:BTCUSDT",
        r#"{"symbol":"BTCUSDT","o":"146.24","h":"146.24","l":"146.24","c":"146.24","v":"146","ts":1700533801}"#,
    ),
    (
        "Assets",
        "futures/asset:BTC",
        r#"{"currency":"BTC","available_balance":"1000","position_deposit":"1000","frozen_balance":"1000"}"#,
    ),
    (
        "Positions",
        "futures/position",
        r#"[{"symbol":"BTCUSDT","hold_volume":"2000","position_type":1,"open_type":1,"frozen_volume":"0","close_volume":"0","hold_avg_price":"19406.2092","close_avg_price":"0","open_avg_price":"19406.2092","liquidate_price":"15621.998406","create_time":1662692862255,"update_time":1662692862255,"position_mode":"hedge_mode"}]"#,
    ),
    (
        "Orders",
        "futures/order",
        r#"[{"action":3,"order":{"order_id":"220906179895578","client_order_id":"BM1234","price":"1","size":"1000","symbol":"BTCUSDT","state":2,"side":1,"type":"limit","leverage":"5","open_type":"isolated","deal_avg_price":"0","deal_size":"0","create_time":1662368173000,"update_time":1662368173000,"plan_order_id":"220901412155341","last_trade":{"lastTradeID":1247592391,"fillQty":"1","fillPrice":"25667.2","fee":"-0.00027","feeCcy":"USDT"},"trigger_price":"-","trigger_price_type":"-","execution_price":"-","activation_price_type":"-","activation_price":"-","callback_rate":"-","position_mode":"hedge_mode"}}]"#,
    ),
];

/// The same for what live connections send otherwise.
pub(crate) const SEEN: &[(&str, &str, &str)] = &[
    (
        "Klines",
        "futures/klineBin1H:BTCUSDT",
        r#"{"symbol":"BTCUSDT","items":[{"o":"146.24","h":"146.24","l":"146.24","c":"146.24","v":"146","ts":1700533801}]}"#,
    ),
    // Prices with more decimals than a price has.
    (
        "Positions",
        "futures/position",
        r#"[{"symbol":"SOLUSDT","hold_volume":"2000","position_type":2,"open_type":2,"hold_avg_price":"71.681666666666666667"}]"#,
    ),
    ("Positions", "futures/position", "[]"),
    // Nothing traded yet; ids as numbers.
    (
        "Orders",
        "futures/order",
        r#"[{"action":2,"order":{"order_id":"3000023150003503","symbol":"BTCUSDT","state":2,"side":4,"type":"plan_order","last_trade":null,"trigger_price":"99000","trigger_price_type":"fair_price"}}]"#,
    ),
    (
        "Trades",
        "futures/trade:ETHUSDT",
        r#"[{"trade_id":1409495322,"symbol":"ETHUSDT","deal_price":"3387.58","deal_vol":"1","way":8,"m":false,"created_at":"2023-02-24T07:54:11.124940968Z"}]"#,
    ),
];

pub(crate) fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    DOCUMENTED.iter().chain(SEEN)
}

/// A frame in both orders that the documentation prints.
pub(crate) fn frames(group: &str, data: &str) -> [String; 2] {
    [format!(r#"{{"group":"{group}","data":{data}}}"#), format!(r#"{{"data":{data},"group":"{group}"}}"#)]
}

/// What data is once read: ids are text, what is absent is gone, candles are lists.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: serde_json::Map<String, Value> = members
                .into_iter()
                .filter(|(_, value)| *value != "-" && !value.is_null())
                .map(|(name, value)| {
                    let is_id = matches!(name.as_str(), "trade_id" | "lastTradeID");
                    (name, if is_id { Value::from(value.to_string()) } else { normal(value) })
                })
                .collect();
            if members.contains_key("o") && members.contains_key("symbol") {
                let (symbol, mut candle) = (members["symbol"].clone(), members);
                candle.remove("symbol");
                return serde_json::json!({ "symbol": symbol, "items": [candle] });
            }
            Value::Object(members)
        }
        Value::Array(list) => list.into_iter().map(normal).collect(),
        other => other,
    }
}

#[test]
fn every_push_is_read_to_the_last_key_and_written_back() {
    for (name, group, data) in all() {
        for frame in frames(group, data) {
            assert_eq!(decode(name, &frame), normal(serde_json::from_str(data).unwrap()), "{name}");
        }
    }
}

#[test]
fn every_channel_has_an_example_by_which_it_is_found() {
    let venue = BitMart::new();
    for (name, group, data) in all() {
        for frame in frames(group, data) {
            let Frame::Data(routes) = read(&frame) else { panic!("{frame}") };
            assert_eq!(routes.iter().collect::<Vec<_>>(), [*group]);
            assert_eq!(CHANNELS.of_route(line("public"), group).unwrap().name, *name);
            let told = inspect(&venue, CHANNELS, line("public"), Payload::Text(&frame));
            assert_eq!(told.channel.as_deref(), Some(channel(name).spec.name));
            assert!(told.error.is_none() && told.unmapped.is_empty(), "{name}: {told:?}");
        }
    }
    let shown: BTreeSet<_> = DOCUMENTED.iter().map(|(name, ..)| *name).collect();
    assert_eq!(shown, CHANNELS.iter().map(|channel| channel.name).collect());
    assert_eq!(shown.len(), CHANNELS.len());
}

#[test]
fn a_glance_sees_what_a_reading_does() {
    let venue = BitMart::new();
    for (name, group, data) in all() {
        for frame in frames(group, data) {
            let glance = venue.glance(line("public"), Payload::Text(&frame));
            assert_eq!(glance.as_deref(), Some(*group), "{name}");
        }
        // Written with room between things, it isn't seen, and read all the same.
        let sent: Value = serde_json::from_str(&frames(group, data)[0]).unwrap();
        let spaced = format!("{sent:#}");
        assert_eq!(venue.glance(line("public"), Payload::Text(&spaced)), None);
        assert!(matches!(read(&spaced), Frame::Data(_)));
    }
}

#[test]
fn a_key_that_no_type_has_is_counted_at_every_level() {
    for (name, group, data) in all() {
        let frame = &frames(group, data)[0];
        for (start, _) in frame.match_indices('{') {
            let (before, after) = frame.split_at(start + 1);
            let planted = format!(r#"{before}"planted":1,{after}"#);
            let decoded = channel(name).decode(Payload::Text(&planted));
            assert_eq!(decoded.unmapped.len(), 1, "{name}: {planted} {decoded:?}");
        }
    }
}

#[test]
fn a_bad_row_leaves_the_good_ones_and_a_bad_level_leaves_nothing() {
    let frame = r#"{"group":"futures/trade:A","data":[{"trade_id":1,"symbol":"A","deal_price":"1","deal_vol":"1","created_at":"x"},{"trade_id":2,"symbol":"A","deal_price":"x","deal_vol":"1","created_at":"x"}]}"#;
    let decoded = channel("Trades").decode(Payload::Text(frame));
    assert!(decoded.error.is_none());
    assert_eq!((decoded.bad_rows.len(), decoded.bad_rows[0].index), (1, 1));
    let (_, group, data) = DOCUMENTED[4];
    let bad = frames(group, &data.replace("\"455\"", "\"x\""));
    assert!(channel("DepthAll").decode(Payload::Text(&bad[0])).error.is_some());
}

#[test]
fn numbers_for_texts_and_the_reverse_nulls_and_absence_are_taken() {
    for (name, frame) in [
        (
            "Ticker",
            r#"{"group":"futures/ticker:A","data":{"symbol":"A","last_price":97153.6,"volume_24":25502894,"range":null,"mark_price":"","index_price":"-"}}"#,
        ),
        (
            "DepthIncrease",
            r#"{"group":"futures/depthIncrease5:A","data":{"symbol":"A","asks":[],"bids":[{"price":1e2,"vol":0}],"ms_t":"1730400086194","version":980362,"type":"update"}}"#,
        ),
        (
            "Trades",
            r#"{"group":"futures/trade:A","data":[{"trade_id":"1409495322","symbol":"A","deal_price":1,"deal_vol":1,"way":"1","m":"true","created_at":"x"}]}"#,
        ),
    ] {
        decode(name, frame);
    }
}

#[test]
fn what_fills_a_hole_is_a_request_that_exists() {
    for channel in CHANNELS {
        for name in channel.spec.refill {
            assert!(ENDPOINTS.iter().any(|operation| operation.name == *name), "{}: {name}", channel.name);
        }
        // Rates that hold whether or not anything changed: two are documented.
        let seconds = channel.spec.every.map(|every| every.as_secs());
        let documented = match channel.name {
            "FundingRate" => Some(60),
            "Positions" => Some(10),
            _ => None,
        };
        assert_eq!(seconds, documented, "{}", channel.name);
        assert!(!channel.spec.undocumented && !channel.summary().is_empty());
        assert_eq!(channel.has_book(), channel.spec.name.starts_with("depth"), "{}", channel.name);
    }
}
