//! Topics: what can be subscribed to, and how it is named.

use crate::engine::{Engine, InstrumentId};

/// Pushes of a depth channel without a speed; the documentation doesn't say which one is usual.
const USUAL_SPEED_MS: i64 = 200;

const STEPS: [(&str, i64); 9] = [
    ("1m", 1),
    ("5m", 5),
    ("15m", 15),
    ("30m", 30),
    ("1H", 60),
    ("2H", 120),
    ("4H", 240),
    ("1D", 1440),
    ("1W", 10_080),
];

/// Assets that have a channel, as documented.
const CURRENCIES: [&str; 3] = ["USDT", "BTC", "ETH"];

/// What a market topic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Market {
    Ticker,
    Funding,
    /// One side a message.
    Depth(Depth),
    /// Both sides in each message.
    DepthAll(Depth),
    /// A snapshot, then what changes.
    DepthIncrease(Depth),
    BookTicker,
    Trade,
    /// Candles of so many minutes.
    Kline(i64),
    MarkKline(i64),
}

/// How much of a book, how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Depth {
    pub(super) levels: usize,
    pub(super) every_ms: i64,
}

/// What a topic is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Topic {
    Market(Market, InstrumentId),
    Asset(String),
    Position,
    Order,
}

impl Topic {
    pub(super) const fn is_private(&self) -> bool {
        !matches!(self, Self::Market(..))
    }

    /// Reads a topic; `None` where no channel or nothing that is traded has this name.
    pub(super) fn parse(engine: &Engine, text: &str) -> Option<Self> {
        let (channel, filter) = match text.strip_prefix("futures/")?.split_once(':') {
            None => (text.strip_prefix("futures/")?, None),
            Some((channel, filter)) => (channel, Some(filter)),
        };
        let Some(filter) = filter else {
            return match channel {
                "position" => Some(Self::Position),
                "order" => Some(Self::Order),
                _ => None,
            };
        };
        if channel == "asset" {
            return CURRENCIES.contains(&filter).then(|| Self::Asset(filter.to_owned()));
        }
        let (symbol, speed) = match filter.split_once('@') {
            None => (filter, None),
            Some((symbol, speed)) => (symbol, Some(speed)),
        };
        let market = market(channel, speed)?;
        engine.find(symbol).map(|id| Self::Market(market, id))
    }
}

fn market(channel: &str, speed: Option<&str>) -> Option<Market> {
    type Kind = fn(Depth) -> Market;
    // The longer names first: each begins with the shorter.
    let depths: [(&str, Kind); 3] =
        [("depthIncrease", Market::DepthIncrease), ("depthAll", Market::DepthAll), ("depth", Market::Depth)];
    if let Some((levels, kind)) =
        depths.into_iter().find_map(|(name, kind)| Some((channel.strip_prefix(name)?, kind)))
    {
        let levels = [("5", 5), ("20", 20), ("50", 50)].into_iter().find(|(name, _)| *name == levels)?.1;
        let every_ms = match speed {
            None => USUAL_SPEED_MS,
            Some("100ms") => 100,
            Some("200ms") => 200,
            Some(_) => return None,
        };
        return Some(kind(Depth { levels, every_ms }));
    }
    if speed.is_some() {
        return None;
    }
    let step = |name: &str| STEPS.into_iter().find(|(known, _)| *known == name).map(|(_, minutes)| minutes);
    Some(match channel {
        "ticker" => Market::Ticker,
        "fundingRate" => Market::Funding,
        "bookticker" => Market::BookTicker,
        "trade" => Market::Trade,
        _ => match (channel.strip_prefix("klineBin"), channel.strip_prefix("markPriceKlineBin")) {
            (Some(name), _) => Market::Kline(step(name)?),
            (None, Some(name)) => Market::MarkKline(step(name)?),
            (None, None) => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_34_names_are_known_and_nothing_else() {
        let (_, state) = crate::dialect::bitmart::start(1, 0);
        let engine = &state.engine;
        let mut names: Vec<String> = ["ticker", "fundingRate", "bookticker", "trade"]
            .map(|name| format!("futures/{name}:BTCUSDT"))
            .into();
        for name in ["depth", "depthAll", "depthIncrease"] {
            names.extend(["5", "20", "50"].map(|levels| format!("futures/{name}{levels}:BTCUSDT")));
        }
        for (step, _) in STEPS {
            names.push(format!("futures/klineBin{step}:BTCUSDT"));
            names.push(format!("futures/markPriceKlineBin{step}:BTCUSDT"));
        }
        names.extend(["futures/asset:USDT", "futures/position", "futures/order"].map(String::from));
        assert_eq!(names.len(), 34);
        for name in &names {
            assert!(Topic::parse(engine, name).is_some(), "{name}");
        }
        for name in [
            "sfutures/depth50:BTCUSDT",
            "futures/depth10:BTCUSDT",
            "futures/depth:BTCUSDT",
            "futures/depth5:BTCUSDT@50ms",
            "futures/ticker:BTCUSDT@100ms",
            "futures/ticker:btcusdt",
            "futures/ticker:NONE",
            "futures/ticker",
            "futures/klineBin3m:BTCUSDT",
            "futures/asset:DOGE",
            "futures/order:BTCUSDT",
            "",
        ] {
            assert_eq!(Topic::parse(engine, name), None, "{name}");
        }
        let fast = Depth { levels: 20, every_ms: 100 };
        let id = engine.find("BTCUSDT").unwrap();
        assert_eq!(
            Topic::parse(engine, "futures/depthIncrease20:BTCUSDT@100ms"),
            Some(Topic::Market(Market::DepthIncrease(fast), id))
        );
    }
}
