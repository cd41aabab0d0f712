//! Topics: what can be subscribed to, and how it is named.

use crate::dialect::Interval;
use crate::engine::{Engine, InstrumentId};
use crate::fault::Line;

/// Documented lengths of candles.
const INTERVALS: [&str; 15] =
    ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];
/// Documented depths of a pushed book.
const LEVELS: [(&str, usize); 4] = [("5", 5), ("10", 10), ("20", 20), ("50", 50)];

/// What a topic is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Topic {
    Trade(InstrumentId),
    /// A length of candles, as it is written too.
    Kline(InstrumentId, Interval, &'static str),
    /// So many levels of each side.
    Depth(InstrumentId, usize),
    DepthUpdate(InstrumentId),
    Ticker(InstrumentId),
    Tickers,
    Balance,
    Order,
    /// The account's own trades.
    Fill,
}

impl Topic {
    /// Reads a topic of a line; `None` where no channel or nothing that is traded has this name.
    pub(super) fn parse(engine: &Engine, line: Line, text: &str) -> Option<Self> {
        if line == Line::Private {
            return match text {
                "balance" => Some(Self::Balance),
                "order" => Some(Self::Order),
                "trade" => Some(Self::Fill),
                _ => None,
            };
        }
        let Some((name, args)) = text.split_once('@') else {
            return (text == "tickers").then_some(Self::Tickers);
        };
        let (symbol, more) = match args.split_once(',') {
            Some((symbol, more)) => (symbol, Some(more)),
            None => (args, None),
        };
        let id = engine.find(symbol)?;
        match (name, more) {
            ("trade", None) => Some(Self::Trade(id)),
            ("kline", Some(length)) => {
                let length = INTERVALS.into_iter().find(|known| *known == length)?;
                Some(Self::Kline(id, Interval::parse(length)?, length))
            }
            ("depth", Some(levels)) => {
                let (_, levels) = LEVELS.into_iter().find(|(known, _)| *known == levels)?;
                Some(Self::Depth(id, levels))
            }
            ("depth_update", None) => Some(Self::DepthUpdate(id)),
            ("ticker", None) => Some(Self::Ticker(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_documented_names_are_known_and_nothing_else() {
        let (_, state) = crate::dialect::wex_spot::start(1, 0);
        let known = |line, name: &str| Topic::parse(&state.engine, line, name).is_some();
        let mut names: Vec<String> =
            ["trade", "depth_update", "ticker"].map(|name| format!("{name}@btc_usdt")).into();
        names.push("tickers".to_owned());
        names.extend(INTERVALS.map(|length| format!("kline@eth_usdt,{length}")));
        names.extend(LEVELS.map(|(levels, _)| format!("depth@xlm_usdt,{levels}")));
        assert_eq!(names.len(), 23);
        for name in &names {
            assert!(known(Line::Public, name) && !known(Line::Private, name), "{name}");
        }
        for name in ["balance", "order", "trade"] {
            assert!(known(Line::Private, name) && !known(Line::Public, name), "{name}");
        }
        for name in [
            "",
            "trade@",
            "trade@BTC_USDT",
            "trade@none_usdt",
            "trade@btc_usdt,5",
            "kline@btc_usdt",
            "kline@btc_usdt,7m",
            "kline@btc_usdt, 5m",
            "depth@btc_usdt",
            "depth@btc_usdt,15",
            "depth@btc_usdt,5,100ms",
            "depth_update@btc_usdt,100ms",
            "tickers@btc_usdt",
            "order@btc_usdt",
        ] {
            assert!(!known(Line::Public, name) && !known(Line::Private, name), "{name}");
        }
    }
}
