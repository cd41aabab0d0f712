//! Channels as values: their topics, their rules, their names.

use venue_core::Source;
use venue_core::ws::AnyChannel;

use super::line;
use crate::feed::{
    AggTicker, Balances, CHANNELS, Depth, DepthUpdate, Fills, FundRate, IndexPrice, Klines, MARKET,
    MarkPrice, Notifications, Orders, Positions, Trades, USER,
};
use crate::{DepthInterval, DepthLevels, ENDPOINTS, FeedKlineInterval, NotifyType, UnderlyingType};

#[test]
fn topics_are_written_as_documented() {
    let of = |channel: &dyn AnyChannel| {
        channel.check().unwrap();
        channel.topic().text().to_owned()
    };
    let depth = |levels| Depth::of("btc_usdt", levels);
    for (channel, text) in [
        (&Trades::of("btc_usdt") as &dyn AnyChannel, "trade@btc_usdt"),
        (&Klines::of("btc_usdt", FeedKlineInterval::M5), "kline@btc_usdt,5m"),
        (&AggTicker::of("btc_usd"), "agg_ticker@btc_usd"),
        (&IndexPrice::of("btc_usdt"), "index_price@btc_usdt"),
        (&MarkPrice::of("btc_usdt"), "mark_price@btc_usdt"),
        (&DepthUpdate::of("btc_usdt"), "depth_update@btc_usdt"),
        (&DepthUpdate::of("btc_usdt").interval(DepthInterval::Ms100), "depth_update@btc_usdt,100ms"),
        (&depth(DepthLevels::Fifty).interval(DepthInterval::Ms1000), "depth@btc_usdt,50,1000ms"),
        (&depth(DepthLevels::Five), "depth@btc_usdt,5"),
        (&FundRate::of("btc_usdt"), "fund_rate@btc_usdt"),
        (&Balances::new(), "balance"),
        (&Positions::new(), "position"),
        (&Fills::new(), "trade"),
        (&Orders::new(), "order"),
        (&Notifications::new(), "notify"),
    ] {
        assert_eq!(of(channel), text);
    }
    let intervals: Vec<String> = FeedKlineInterval::KNOWN
        .iter()
        .map(|interval| of(&Klines::of("btc_usdt", interval.clone())).replace("kline@btc_usdt,", ""))
        .collect();
    assert_eq!(intervals.join(", "), "1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M");
}

/// Their pushes can't be told apart, so that they must not share a connection.
#[test]
fn books_of_one_symbol_have_one_route() {
    for (one, other) in [
        (DepthUpdate::of("b_usdt").topic(), DepthUpdate::of("b_usdt").interval(DepthInterval::Ms500).topic()),
        (Depth::of("b_usdt", DepthLevels::Five).topic(), Depth::of("b_usdt", DepthLevels::Ten).topic()),
    ] {
        assert_eq!(one.route(), other.route());
        assert_ne!(one.text(), other.text());
    }
}

#[test]
fn enums_come_back_as_they_were() {
    fn check<T>(known: &[T], texts: &[&str])
    where
        T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        assert_eq!(known.len(), texts.len());
        for (value, text) in known.iter().zip(texts) {
            let json = serde_json::to_string(value).unwrap();
            assert_eq!(json.trim_matches('"'), *text);
            assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value);
        }
        let other: T = serde_json::from_str("\"something new\"").unwrap();
        assert_eq!(serde_json::to_string(&other).unwrap(), "\"something new\"");
    }
    check(DepthInterval::KNOWN, &["100ms", "250ms", "500ms", "1000ms"]);
    check(DepthLevels::KNOWN, &["5", "10", "20", "50"]);
    check(NotifyType::KNOWN, &["WARN", "PARTIAL", "LIQUIDATION", "ADL"]);
    check(UnderlyingType::KNOWN, &["1", "2"]);
    // The list has bare numbers, what is sent has a unit.
    assert_eq!(serde_json::from_str::<DepthInterval>("250").unwrap(), DepthInterval::Ms250);
}

#[test]
fn what_breaks_a_documented_rule_is_not_subscribed() {
    let levels = |text: &str| serde_json::from_str::<DepthLevels>(text).unwrap();
    let interval = |text: &str| serde_json::from_str::<DepthInterval>(text).unwrap();
    let candle = serde_json::from_str::<FeedKlineInterval>("\"1H\"").unwrap();
    let wrong: [&dyn AnyChannel; 11] = [
        &Trades::of("BTC_USDT"),
        &Trades::of(""),
        &AggTicker::of("btc_usdt,5m"),
        &FundRate::of("fund_rate@btc_usdt"),
        &MarkPrice::of("btc usdt"),
        &Klines::of("btc_usdt", candle),
        &DepthUpdate::of("btc_usdt").interval(interval("\"10ms\"")),
        &Depth::of("btc_usdt", levels("15")),
        &Depth::of("btc_usdt", levels("\"\"")),
        &Depth::of("btc_usdt", DepthLevels::Five).interval(interval("\"1s\"")),
        &Depth::of("Btc_usdt", DepthLevels::Five),
    ];
    for channel in wrong {
        assert!(channel.check().is_err(), "{channel:?}");
    }
}

#[test]
fn each_channel_can_be_built_by_name() {
    for info in CHANNELS {
        let given = match info.name {
            "Klines" => r#"{"symbol":"btc_usdt","interval":"1h"}"#,
            "Depth" => r#"{"symbol":"btc_usdt","levels":50,"interval":"500ms"}"#,
            _ if info.spec.line == MARKET => r#"{"symbol":"btc_usdt"}"#,
            _ => "{}",
        };
        let channel = info.build(&mut Source::parse(given).unwrap()).unwrap();
        assert!(channel.check().is_ok());
        let route = channel.topic().route().to_owned();
        assert_eq!(CHANNELS.of_route(line(info.spec.line), &route).unwrap().name, info.name);
        for name in info.spec.refill {
            assert!(ENDPOINTS.iter().any(|operation| operation.name == *name), "{name}");
        }
        assert!(!info.spec.refill.is_empty() && !info.spec.undocumented);
        // No rate is documented for when nothing changes.
        assert_eq!(info.spec.every, None);
    }
    assert!(CHANNELS.of_route(line(MARKET), "balance").is_none());
    assert_eq!(CHANNELS.of_route(line(USER), "trade").unwrap().name, "Fills");
    assert_eq!(CHANNELS.of_route(line(MARKET), "trade@btc_usdt").unwrap().name, "Trades");
}
