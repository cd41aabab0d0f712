//! Topics: what can be subscribed to, and how it is named.

use crate::dialect::Interval;
use crate::engine::{Engine, InstrumentId};

const DEPTHS: [(&str, usize); 3] = [("5deep", 5), ("10deep", 10), ("20deep", 20)];

const HOUR: i64 = 60;

/// The documentation's list is lost; these are in other copies of it.
const INTERVALS: [(&str, Interval); 11] = [
    ("M1", Interval::Minutes(1)),
    ("M5", Interval::Minutes(5)),
    ("M15", Interval::Minutes(15)),
    ("M30", Interval::Minutes(30)),
    ("H1", Interval::Minutes(HOUR)),
    ("H2", Interval::Minutes(2 * HOUR)),
    ("H4", Interval::Minutes(4 * HOUR)),
    ("H6", Interval::Minutes(6 * HOUR)),
    ("H12", Interval::Minutes(12 * HOUR)),
    ("D1", Interval::Minutes(24 * HOUR)),
    ("W1", Interval::Week),
];

/// What is pushed about a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Market {
    /// So many levels of each side.
    Depth(usize),
    Ticker,
    Index,
    Trade,
    Candle(Interval),
}

/// What is pushed about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    Entrust,
    Position,
    Order,
    Balance,
}

impl Own {
    const ALL: [Self; 4] = [Self::Entrust, Self::Position, Self::Order, Self::Balance];

    /// The topic's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Entrust => "user.entrust",
            Self::Position => "user.position",
            Self::Order => "user.order",
            Self::Balance => "user.balance",
        }
    }
}

/// What a topic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Market(Market, InstrumentId),
    Own(Own),
    /// Nothing that exists: confirmed all the same, and never pushed.
    Nothing,
}

impl Topic {
    /// Reads a topic; `None` where it isn't one by its form.
    pub(super) fn parse(engine: &Engine, text: &str) -> Option<Self> {
        let (head, rest) = text.split_once('.')?;
        if head.is_empty() || rest.is_empty() {
            return None;
        }
        if head == "user" {
            let own = Own::ALL.into_iter().find(|own| own.name() == text);
            return Some(own.map_or(Self::Nothing, Self::Own));
        }
        let known = engine.find(head).zip(market(rest));
        Some(known.map_or(Self::Nothing, |(id, market)| Self::Market(market, id)))
    }
}

fn market(name: &str) -> Option<Market> {
    let depth = DEPTHS.into_iter().find(|(known, _)| *known == name);
    if let Some((_, levels)) = depth {
        return Some(Market::Depth(levels));
    }
    match name {
        "ticker" => Some(Market::Ticker),
        "index" => Some(Market::Index),
        "trade" => Some(Market::Trade),
        _ => {
            let length = name.strip_prefix("candle.")?;
            let (_, interval) = INTERVALS.into_iter().find(|(known, _)| *known == length)?;
            Some(Market::Candle(interval))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_are_known_and_others_are_nothing_or_no_topic() {
        let (_, state) = crate::dialect::hibt::start(1, 0);
        let engine = &state.engine;
        let id = engine.find("btc_usdt").unwrap();
        let parse = |text: &str| Topic::parse(engine, text);
        for (name, market) in [
            ("5deep", Market::Depth(5)),
            ("10deep", Market::Depth(10)),
            ("20deep", Market::Depth(20)),
            ("ticker", Market::Ticker),
            ("index", Market::Index),
            ("trade", Market::Trade),
            ("candle.M1", Market::Candle(Interval::Minutes(1))),
            ("candle.H12", Market::Candle(Interval::Minutes(720))),
            ("candle.W1", Market::Candle(Interval::Week)),
        ] {
            assert_eq!(parse(&format!("btc_usdt.{name}")), Some(Topic::Market(market, id)), "{name}");
        }
        for (name, own) in [
            ("entrust", Own::Entrust),
            ("position", Own::Position),
            ("order", Own::Order),
            ("balance", Own::Balance),
        ] {
            assert_eq!(parse(&format!("user.{name}")), Some(Topic::Own(own)));
        }
        for text in ["BTC_USDT.ticker", "none.ticker", "btc_usdt.50deep", "btc_usdt.candle.M3", "user.trade"]
        {
            assert_eq!(parse(text), Some(Topic::Nothing), "{text}");
        }
        for text in ["", ".", "ticker", "btc_usdt.", ".ticker"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
