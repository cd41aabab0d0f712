//! An instrument's public past: trades and candles.

use std::collections::VecDeque;

use rust_decimal::Decimal;

use super::types::Side;

/// How many trades are kept.
const TRADES: usize = 200;
/// How many candles of a minute are kept: a day and a bit.
const CANDLES: usize = 1500;
/// A candle's length.
pub(crate) const MINUTE_MS: i64 = 60_000;

/// A trade as everyone sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublicTrade {
    /// Its number.
    pub id: u64,
    /// The price.
    pub price: Decimal,
    /// How much.
    pub qty: Decimal,
    /// The side of the order that arrived.
    pub taker: Side,
    /// When.
    pub at_ms: i64,
}

/// A minute, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candle {
    /// Where it begins.
    pub start_ms: i64,
    /// The first price.
    pub open: Decimal,
    /// The highest.
    pub high: Decimal,
    /// The lowest.
    pub low: Decimal,
    /// The last.
    pub close: Decimal,
    /// Units traded.
    pub volume: Decimal,
    /// Their value.
    pub turnover: Decimal,
    /// How many trades.
    pub trades: u64,
    /// Units that arriving orders bought, among those traded.
    pub bought: Decimal,
    /// Their value.
    pub bought_value: Decimal,
}

impl Candle {
    /// A minute in which nothing is traded.
    #[must_use]
    pub fn still(price: Decimal, at_ms: i64) -> Self {
        Self {
            start_ms: at_ms - at_ms.rem_euclid(MINUTE_MS),
            open: price,
            high: price,
            low: price,
            close: price,
            volume: Decimal::ZERO,
            turnover: Decimal::ZERO,
            trades: 0,
            bought: Decimal::ZERO,
            bought_value: Decimal::ZERO,
        }
    }

    /// Takes over what came later.
    fn join(&mut self, later: &Self) {
        self.high = self.high.max(later.high);
        self.low = self.low.min(later.low);
        self.close = later.close;
        self.volume += later.volume;
        self.turnover += later.turnover;
        self.trades += later.trades;
        self.bought += later.bought;
        self.bought_value += later.bought_value;
    }
}

/// Trades and candles of one instrument.
#[derive(Debug, Default)]
pub struct Tape {
    trades: VecDeque<PublicTrade>,
    candles: VecDeque<Candle>,
    last: Decimal,
}

impl Tape {
    pub(crate) fn starting_at(price: Decimal) -> Self {
        Self { last: price, ..Self::default() }
    }

    /// The last price.
    #[must_use]
    pub fn last_price(&self) -> Decimal {
        self.last
    }

    /// The latest trades, oldest first.
    pub fn trades(&self) -> impl DoubleEndedIterator<Item = &PublicTrade> {
        self.trades.iter()
    }

    /// What the last day's candles add up to; `None` before the first.
    #[must_use]
    pub fn day(&self, now_ms: i64) -> Option<Candle> {
        self.since(now_ms.saturating_sub(24 * 60 * MINUTE_MS))
    }

    /// What the minutes from `from_ms` on add up to; `None` without any.
    #[must_use]
    pub fn since(&self, from_ms: i64) -> Option<Candle> {
        let mut minutes = self.candles.iter().filter(|candle| candle.start_ms >= from_ms);
        let mut day = *minutes.next()?;
        for minute in minutes {
            day.join(minute);
        }
        Some(day)
    }

    /// Candles of `minutes` that begin from `from_ms` to `to_ms`, at most `most`, oldest first.
    #[must_use]
    pub fn candles(&self, minutes: i64, from_ms: i64, to_ms: i64, most: usize) -> Vec<Candle> {
        let length = minutes.max(1).saturating_mul(MINUTE_MS);
        self.candles_by(|minute_ms| minute_ms - minute_ms.rem_euclid(length), from_ms, to_ms, most)
    }

    /// The same for candles of any length: `start` says where the candle begins that a minute belongs to.
    pub(crate) fn candles_by(
        &self,
        start: impl Fn(i64) -> i64,
        from_ms: i64,
        to_ms: i64,
        most: usize,
    ) -> Vec<Candle> {
        let mut found: Vec<Candle> = Vec::new();
        for minute in &self.candles {
            let start_ms = start(minute.start_ms);
            if start_ms < from_ms || start_ms > to_ms {
                continue;
            }
            if let Some(last) = found.last_mut().filter(|last| last.start_ms == start_ms) {
                last.join(minute);
            } else if found.len() == most {
                break;
            } else {
                found.push(Candle { start_ms, ..*minute });
            }
        }
        found
    }

    pub(crate) fn trade(&mut self, trade: PublicTrade, value: Decimal) {
        self.last = trade.price;
        self.trades.push_back(trade);
        if self.trades.len() > TRADES {
            self.trades.pop_front();
        }
        let (bought, bought_value) = match trade.taker {
            Side::Buy => (trade.qty, value),
            Side::Sell => (Decimal::ZERO, Decimal::ZERO),
        };
        self.minute(Candle {
            start_ms: trade.at_ms - trade.at_ms.rem_euclid(MINUTE_MS),
            open: trade.price,
            high: trade.price,
            low: trade.price,
            close: trade.price,
            volume: trade.qty,
            turnover: value,
            trades: 1,
            bought,
            bought_value,
        });
    }

    /// Adds a minute, or more of the latest one.
    pub(crate) fn minute(&mut self, candle: Candle) {
        match self.candles.back_mut() {
            // A clock that was set back adds to what is there.
            Some(last) if last.start_ms >= candle.start_ms => last.join(&candle),
            _ => self.candles.push_back(candle),
        }
        if self.candles.len() > CANDLES {
            self.candles.pop_front();
        }
    }
}
