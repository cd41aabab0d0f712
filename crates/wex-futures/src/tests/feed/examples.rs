//! Pushes: every documented one, and as the live venue sends them.

use std::collections::BTreeSet;

use venue_core::book::{Continuity, Ids};
use venue_core::ws::{BookChannel, BookMessage, Channel, FrameKind, Payload, Streams, inspect};

use super::{channel, line, read, routes, venue};
use crate::DepthLevels;
use crate::feed::{CHANNELS, Depth, DepthUpdate, MARKET, USER};

/// Line, channel, route, frame, and its data as it is written again.
pub(super) const PUSHES: &[(&str, &str, &str, &str, &str)] = &[
    // As documented.
    (
        MARKET,
        "Trades",
        "trade@btc_usdt",
        r#"{"topic":"trade","event":"trade@btc_usdt","data":{"s":"btc_usdt","p":"50000","a":"0.1","m":"BID","t":123124124}}"#,
        r#"{"s":"btc_usdt","p":"50000","a":"0.1","m":"BID","t":123124124}"#,
    ),
    (
        MARKET,
        "Klines",
        "kline@btc_usdt,5m",
        r#"{"topic":"kline","event":"kline@btc_usdt,5m","data":{"s":"btc_index","o":"49000","c":"50000","h":"0.1","l":"0.1","a":"0.1","v":"0.1","ch":"0.21","t":123124124}}"#,
        r#"{"s":"btc_index","o":"49000","c":"50000","h":"0.1","l":"0.1","a":"0.1","v":"0.1","ch":"0.21","t":123124124}"#,
    ),
    (
        MARKET,
        "AggTicker",
        "agg_ticker@btc_usdt",
        r#"{"topic":"agg_ticker","event":"agg_ticker@btc_usdt","data":{"s":"btc_index","o":"49000","c":"50000","h":"0.1","l":"0.1","a":"0.1","v":"0.1","ch":"0.21","i":"0.21","m":"0.21","bp":"0.21","ap":"0.21","t":123124124}}"#,
        r#"{"s":"btc_index","o":"49000","c":"50000","h":"0.1","l":"0.1","a":"0.1","v":"0.1","ch":"0.21","i":"0.21","m":"0.21","bp":"0.21","ap":"0.21","t":123124124}"#,
    ),
    (
        MARKET,
        "IndexPrice",
        "index_price@btc_usdt",
        r#"{"topic":"index_price","event":"index_price@btc_usdt","data":{"s":"btc_usdt","p":"50000","t":123124124}}"#,
        r#"{"s":"btc_usdt","p":"50000","t":123124124}"#,
    ),
    (
        MARKET,
        "MarkPrice",
        "mark_price@btc_usdt",
        r#"{"topic":"mark_price","event":"mark_price@btc_usdt","data":{"s":"btc_usdt","p":"50000","t":123124124}}"#,
        r#"{"s":"btc_usdt","p":"50000","t":123124124}"#,
    ),
    (
        MARKET,
        "DepthUpdate",
        "depth_update@btc_usdt",
        r#"{"topic":"depth_update","event":"depth_update@btc_usdt","data":{"s":"btc_usdt","pu":120,"fu":121,"u":123,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]],"t":123456789}}"#,
        r#"{"s":"btc_usdt","pu":120,"fu":121,"u":123,"a":[["34000","1.2"],["34001","2.3"]],"b":[["32000","0.2"],["31000","0.5"]],"t":123456789}"#,
    ),
    (
        MARKET,
        "Depth",
        "depth@btc_usdt",
        r#"{"topic":"depth","event":"depth@btc_usdt,20","data":{"id":"1234","s":"btc_index","a":[["50000","0.1"],["50001","0.2"]],"b":[["49999","0.1"],["48888","0.2"]],"t":123456789}}"#,
        r#"{"s":"btc_index","id":1234,"a":[["50000","0.1"],["50001","0.2"]],"b":[["49999","0.1"],["48888","0.2"]],"t":123456789}"#,
    ),
    (
        MARKET,
        "FundRate",
        "fund_rate@btc_usdt",
        r#"{"topic":"fund_rate","event":"fund_rate@btc_usdt","data":{"s":"btc_usdt","r":"0.01","t":123124124}}"#,
        r#"{"s":"btc_usdt","r":"0.01","t":123124124}"#,
    ),
    (
        USER,
        "Balances",
        "balance",
        r#"{"topic":"balance","event":"balance@123456","data":{"coin":"usdt","underlyingType":1,"walletBalance":"123","openOrderMarginFrozen":"123","isolatedMargin":"213","crossedMargin":"0"}}"#,
        r#"{"coin":"usdt","underlyingType":1,"walletBalance":"123","openOrderMarginFrozen":"123","isolatedMargin":"213","crossedMargin":"0"}"#,
    ),
    (
        USER,
        "Positions",
        "position",
        r#"{"topic":"position","event":"position@123456","data":{"symbol":"btc_usdt","contractType":"PERPUTUAL","positionType":"ISOLATED","positionSide":"LONG","positionSize":"123","closeOrderSize":"100","availableCloseSize":"23","realizedProfit":"123","entryPrice":"213","isolatedMargin":"213","openOrderMarginFrozen":"123","underlyingType":"","leverage":20}}"#,
        r#"{"symbol":"btc_usdt","contractType":"PERPETUAL","positionType":"ISOLATED","positionSide":"LONG","positionSize":"123","closeOrderSize":"100","availableCloseSize":"23","realizedProfit":"123","entryPrice":"213","isolatedMargin":"213","openOrderMarginFrozen":"123","leverage":"20"}"#,
    ),
    (
        USER,
        "Fills",
        "trade",
        r#"{"topic":"trade","event":"trade@123456","data":{"orderId":"12312312","clientOrderId":"123456","price":"34244","quantity":"123","marginUnfrozen":"123","timestamp":1731231231,"symbol":"btc_usdt","orderSide":"BUY","positionSide":"LONG","isMaker":true,"fee":0.0002}}"#,
        r#"{"orderId":"12312312","clientOrderId":"123456","price":"34244","quantity":"123","marginUnfrozen":"123","timestamp":1731231231,"symbol":"btc_usdt","orderSide":"BUY","positionSide":"LONG","isMaker":true,"fee":"0.0002"}"#,
    ),
    (
        USER,
        "Orders",
        "order",
        r#"{"topic":"order","event":"order@123456","data":{"symbol":"btc_usdt","orderId":"1234","origQty":"34244","avgPrice":"123","price":"1111","executedQty":"34244","orderSide":"BUY","timeInForce":"IOC","positionSide":"LONG","marginFrozen":"123","sourceType":"default","type":"ORDER","state":"FILLED","createdTime":1731231231,"leverage":20,"positionType":"ISOLATED","orderType":"MARKET"}}"#,
        r#"{"symbol":"btc_usdt","orderId":"1234","origQty":"34244","avgPrice":"123","price":"1111","executedQty":"34244","orderSide":"BUY","timeInForce":"IOC","positionSide":"LONG","marginFrozen":"123","sourceType":"DEFAULT","type":"ORDER","state":"FILLED","createdTime":1731231231,"leverage":"20","positionType":"ISOLATED","orderType":"MARKET"}"#,
    ),
    (
        USER,
        "Notifications",
        "notify",
        r#"{"topic":"notify","event":"notify","data":{"symbol":"btc_usdt","positionType":"ISOLATED","positionSide":"LONG","positionSize":"123","notifyType":"WARN"}}"#,
        r#"{"symbol":"btc_usdt","positionType":"ISOLATED","positionSide":"LONG","positionSize":"123","notifyType":"WARN"}"#,
    ),
    // The documentation's spaces and line ends, and another order of the members.
    (
        MARKET,
        "Trades",
        "trade@btc_usd",
        "{\n  \"topic\": \"trade\",\n  \"event\": \"trade@btc_usd\",\n  \"data\": { \"s\": \"btc_usd\", \"p\": 1, \"a\": 2, \"m\": \"ASK\", \"t\": 3 }\n}",
        r#"{"s":"btc_usd","p":"1","a":"2","m":"ASK","t":3}"#,
    ),
    (
        MARKET,
        "DepthUpdate",
        "depth_update@eth_usd",
        r#"{"data":{"t":1,"b":null,"a":[],"u":3,"fu":2,"s":"eth_usd"},"event":"depth_update@eth_usd,250ms","topic":"depth_update"}"#,
        r#"{"s":"eth_usd","fu":2,"u":3,"a":[],"b":[],"t":1}"#,
    ),
    // As the live venue sends them: ids as texts, the interval kept or dropped, `r` for `ch`, twelve decimals.
    (
        MARKET,
        "DepthUpdate",
        "depth_update@btc_usdt",
        r#"{"topic":"depth_update","event":"depth_update@btc_usdt,100ms","data":{"s":"btc_usdt","pu":"1603468953716","fu":"1603468953717","u":"1603468953720","a":[["84000.1","0"]],"b":[],"t":1700000000000}}"#,
        r#"{"s":"btc_usdt","pu":1603468953716,"fu":1603468953717,"u":1603468953720,"a":[["84000.1","0"]],"b":[],"t":1700000000000}"#,
    ),
    (
        MARKET,
        "DepthUpdate",
        "depth_update@btc_usdt",
        r#"{"topic":"depth_update","event":"depth_update@btc_usdt,100ms","data":{"s":"btc_usdt","pu":"18446744073709551613","fu":"18446744073709551614","u":"18446744073709551615","a":[],"b":[["1","2"]],"t":null}}"#,
        r#"{"s":"btc_usdt","pu":18446744073709551613,"fu":18446744073709551614,"u":18446744073709551615,"a":[],"b":[["1","2"]]}"#,
    ),
    (
        MARKET,
        "Depth",
        "depth@btc_usdt",
        r#"{"topic":"depth","event":"depth@btc_usdt,50","data":{"id":"1603468953717","s":"btc_usdt","a":[["50000","1"]],"b":[],"t":1}}"#,
        r#"{"s":"btc_usdt","id":1603468953717,"a":[["50000","1"]],"b":[],"t":1}"#,
    ),
    (
        MARKET,
        "Depth",
        "depth@btc_usdt",
        r#"{"topic":"depth","event":"depth@btc_usdt,50,1000ms","data":{"id":7,"s":"btc_usdt","a":[],"b":[]}}"#,
        r#"{"s":"btc_usdt","id":7,"a":[],"b":[]}"#,
    ),
    (
        MARKET,
        "AggTicker",
        "agg_ticker@btc_usdt",
        r#"{"topic":"agg_ticker","event":"agg_ticker@btc_usdt","data":{"s":"btc_usdt","o":"84000","c":"85000.10","h":"86000","l":"83000","a":"1234","v":"1234","r":"0.0119","i":"84999.123456789012","m":"85000","bp":"84999.9","ap":"85000.1","t":1700000000000}}"#,
        r#"{"s":"btc_usdt","o":"84000","c":"85000.10","h":"86000","l":"83000","a":"1234","v":"1234","ch":"0.0119","i":"84999.123456789012","m":"85000","bp":"84999.9","ap":"85000.1","t":1700000000000}"#,
    ),
    (
        MARKET,
        "AggTicker",
        "agg_ticker@new_usdt",
        r#"{"topic":"agg_ticker","event":"agg_ticker@new_usdt","data":{"s":"new_usdt","o":null,"c":"","h":"-","bp":null}}"#,
        r#"{"s":"new_usdt"}"#,
    ),
    (
        MARKET,
        "Klines",
        "kline@btc_usdt,1M",
        r#"{"topic":"kline","event":"kline@btc_usdt,1M","data":{"s":"btc_usdt","o":1,"c":2.50,"h":3,"l":1e-7}}"#,
        r#"{"s":"btc_usdt","o":"1","c":"2.50","h":"3","l":"0.0000001"}"#,
    ),
    // Only the topic, as the engine behind it may send; nulls, numbers and texts the other way round.
    (
        USER,
        "Orders",
        "order",
        r#"{"topic":"order","event":"order","data":{"symbol":"btc_usdt","orderId":206410760006650176,"clientOrderId":"mine","origQty":1,"avgPrice":null,"price":"","executedQty":"0","state":"NEW","leverage":"20"}}"#,
        r#"{"symbol":"btc_usdt","orderId":"206410760006650176","clientOrderId":"mine","origQty":"1","executedQty":"0","state":"NEW","leverage":"20"}"#,
    ),
    (
        USER,
        "Fills",
        "trade",
        r#"{"topic":"trade","data":{"orderId":203530723141917063,"clientOrderId":null,"price":34244.50,"quantity":"1","symbol":"btc_usd","fee":"0.10"}}"#,
        r#"{"orderId":"203530723141917063","price":"34244.50","quantity":"1","symbol":"btc_usd","fee":"0.10"}"#,
    ),
    (
        USER,
        "Positions",
        "position",
        r#"{"event":"position@123456","data":{"symbol":"btc_usd","contractType":"PERPETUAL","positionSide":"SHORT","positionSize":"0","underlyingType":"COIN_BASED","leverage":"5"}}"#,
        r#"{"symbol":"btc_usd","contractType":"PERPETUAL","positionSide":"SHORT","positionSize":"0","underlyingType":1,"leverage":"5"}"#,
    ),
    (
        USER,
        "Balances",
        "balance",
        r#"{"topic":"balance","event":"balance","data":{"coin":"btc","underlyingType":"2","walletBalance":0.10}}"#,
        r#"{"coin":"btc","underlyingType":2,"walletBalance":"0.10"}"#,
    ),
    (
        USER,
        "Notifications",
        "notify",
        r#"{"topic":"notify","event":"notify@123456","data":{"symbol":"btc_usdt","notifyType":"NEW_ONE"}}"#,
        r#"{"symbol":"btc_usdt","notifyType":"NEW_ONE"}"#,
    ),
];

#[test]
fn every_push_is_known_by_its_route_and_reads_whole() {
    for (on, name, route, text, expected) in PUSHES {
        assert_eq!(routes(&read(on, text)), Some(vec![(*route).to_owned()]), "{text}");
        if let Some(guess) = venue().glance(line(on), Payload::Text(text)) {
            assert_eq!(guess, *route);
        }
        let known = CHANNELS.of_route(line(on), route).unwrap();
        assert_eq!((known.name, known.spec.line), (*name, *on));
        let decoded = known.decode(Payload::Text(text));
        assert_eq!(decoded.value.as_deref(), Some(*expected), "{text}: {:?}", decoded.error);
        assert!(decoded.unmapped.is_empty() && decoded.bad_rows.is_empty(), "{text}: {decoded:?}");
        assert_eq!(inspect(&venue(), CHANNELS, line(on), Payload::Text(text)).kind, FrameKind::Data);
    }
    let read: BTreeSet<_> = PUSHES.iter().map(|(_, name, ..)| *name).collect();
    assert_eq!((read.len(), CHANNELS.len()), (13, 13));
}

#[test]
fn a_push_as_the_venue_writes_it_is_known_at_a_glance() {
    let usual = |text: &str| text.starts_with(r#"{"topic":""#) && text.contains(r#","event":""#);
    for (on, _, _, text, _) in PUSHES.iter().filter(|(.., text, _)| usual(text)) {
        assert!(venue().glance(line(on), Payload::Text(text)).is_some(), "{text}");
    }
    for text in [
        r#"{"topic":"trade","event":"tr\u0061de","data":{}}"#,
        r#"{"topic":"trade","event":"trade","code":1}"#,
        r#"{"topic":"order","event":"order@invalid_listenkey","data":{}}"#,
        r#"{"id":"1","code":0,"msg":"success"}"#,
        "pong",
    ] {
        for on in [MARKET, USER] {
            assert_eq!(venue().glance(line(on), Payload::Text(text)), None, "{text}");
        }
    }
}

#[test]
fn what_no_type_maps_is_told() {
    let text = r#"{"topic":"trade","event":"trade","new":1,"data":{"orderId":"1","price":1,"quantity":1,"symbol":"b","x":{}}}"#;
    let decoded = channel("Fills").decode(Payload::Text(text));
    assert!(decoded.value.is_some());
    assert_eq!(decoded.unmapped, ["new", "data.x"]);
}

#[test]
fn a_book_follows_the_documented_rule() {
    let push = |name: &str| PUSHES.iter().find(|(_, known, ..)| *known == name).unwrap().3;
    assert_eq!(DepthUpdate::RULE, Continuity::PREVIOUS_FROM_REQUEST);
    let book = DepthUpdate::of("btc_usdt");
    let item = DepthUpdate::read(Payload::Text(push("DepthUpdate"))).unwrap().unwrap();
    let Ok(Some(BookMessage::Delta(delta))) = book.message(item) else { panic!("no change") };
    assert_eq!((delta.ids, delta.asks.len(), delta.bids.len()), (Ids::linked(120, 121, 123), 2, 2));
    assert_eq!(delta.asks[0].price.to_string(), "34000");
    assert_eq!(delta.bids[0].size.to_string(), "0.2");

    assert_eq!(Depth::RULE, Continuity::WHOLE);
    let book = Depth::of("btc_usdt", DepthLevels::Twenty);
    let item = Depth::read(Payload::Text(push("Depth"))).unwrap().unwrap();
    let Ok(Some(BookMessage::Snapshot(whole))) = book.message(item) else { panic!("no book") };
    assert_eq!((whole.sequence, whole.limit), (Some(1234), Some(20)));
    let with_book: Vec<&str> = CHANNELS.iter().filter(|info| info.has_book()).map(|info| info.name).collect();
    assert_eq!(with_book, ["DepthUpdate", "Depth"]);
}
