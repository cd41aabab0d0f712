//! Topics of the market line: what can be subscribed to, and how it is named.

use crate::dialect::Interval;
use crate::engine::{Engine, InstrumentId};

/// Lengths of candles.
const STEPS: [&str; 15] =
    ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];
const SPEEDS: [(&str, i64); 4] = [("100ms", 100), ("250ms", 250), ("500ms", 500), ("1000ms", 1000)];
const LEVELS: [(&str, usize); 4] = [("5", 5), ("10", 10), ("20", 20), ("50", 50)];

/// Documented rates.
const PRICES_MS: i64 = 1000;
const FUNDING_MS: i64 = 60_000;

/// What a topic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Trade,
    /// Candles of this length.
    Kline(Interval),
    AggTicker,
    IndexPrice,
    MarkPrice,
    /// What changes in the whole book.
    DepthUpdate,
    /// So many levels a side.
    Depth(usize),
    FundRate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Topic {
    pub(super) kind: Kind,
    pub(super) on: InstrumentId,
    /// How often it is pushed; at once where that is zero.
    pub(super) every_ms: i64,
}

/// Why there is no such topic.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Form,
    Symbol(String),
}

fn of<T: Copy>(table: &[(&str, T)], name: &str) -> Result<T, Wrong> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or(Wrong::Form)
}

fn interval(name: &str) -> Result<Interval, Wrong> {
    Interval::parse(name).filter(|_| STEPS.contains(&name)).ok_or(Wrong::Form)
}

impl Topic {
    pub(super) fn parse(engine: &Engine, text: &str) -> Result<Self, Wrong> {
        let (name, args) = text.split_once('@').ok_or(Wrong::Form)?;
        let args: Vec<&str> = args.split(',').collect();
        let symbol = args.first().copied().unwrap_or_default();
        let (kind, every_ms) = match (name, args.get(1..).unwrap_or_default()) {
            ("trade", []) => (Kind::Trade, 0),
            ("kline", [step]) => (Kind::Kline(interval(step)?), PRICES_MS),
            ("agg_ticker", []) => (Kind::AggTicker, PRICES_MS),
            ("index_price", []) => (Kind::IndexPrice, PRICES_MS),
            ("mark_price", []) => (Kind::MarkPrice, PRICES_MS),
            ("fund_rate", []) => (Kind::FundRate, FUNDING_MS),
            ("depth_update", []) => (Kind::DepthUpdate, 100),
            ("depth_update", [speed]) => (Kind::DepthUpdate, of(&SPEEDS, speed)?),
            ("depth", [levels]) => (Kind::Depth(of(&LEVELS, levels)?), 1000),
            ("depth", [levels, speed]) => (Kind::Depth(of(&LEVELS, levels)?), of(&SPEEDS, speed)?),
            _ => return Err(Wrong::Form),
        };
        let on = engine.find(symbol).ok_or_else(|| Wrong::Symbol(symbol.to_owned()))?;
        Ok(Self { kind, on, every_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_names_are_known_and_nothing_else() {
        let (_, state) = crate::dialect::wex_futures::start(1, 0);
        let engine = &state.engine;
        let mut names: Vec<String> = ["trade", "agg_ticker", "index_price", "mark_price", "fund_rate"]
            .iter()
            .flat_map(|name| [format!("{name}@btc_usdt"), format!("{name}@btc_usd")])
            .collect();
        names.push("depth_update@btc_usdt".to_owned());
        names.extend(SPEEDS.map(|(speed, _)| format!("depth_update@btc_usdt,{speed}")));
        for (levels, _) in LEVELS {
            names.extend(SPEEDS.map(|(speed, _)| format!("depth@btc_usdt,{levels},{speed}")));
        }
        names.extend(STEPS.map(|step| format!("kline@btc_usdt,{step}")));
        assert_eq!(names.len(), 10 + 5 + 16 + 15);
        for name in &names {
            assert!(Topic::parse(engine, name).is_ok(), "{name}");
        }
        for name in [
            "",
            "trade",
            "trade@",
            "trade@btc_usdt,1m",
            "kline@btc_usdt",
            "kline@btc_usdt,1H",
            "depth@btc_usdt",
            "depth@btc_usdt,15",
            "depth@btc_usdt,5,10ms",
            "depth_update@btc_usdt,100",
            "order@btc_usdt",
        ] {
            assert!(Topic::parse(engine, name).is_err(), "{name}");
        }
        assert_eq!(Topic::parse(engine, "trade@BTC_USDT"), Err(Wrong::Symbol("BTC_USDT".to_owned())));
    }
}
