//! Public channels about a contract: book, ticker, index, trades, candles.

use std::time::Duration;

use venue_core::book::{Continuity, Level as BookLevel, Snapshot};
use venue_core::ws::{BookChannel, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Amount, Invalid, Millis, Price, Qty, Symbol, channel, model};

use super::flat::{Flat, flat_row};
use super::frames::{Push, push};
use super::{PUBLIC, check};
use crate::model::{CandleInterval, DepthLevels, Side};
use crate::rest::{self, Level};
use crate::venue::Hibt;

/// Of a contract that is traded at all, prices are pushed at least this often: assumed.
const PRICES: Duration = Duration::from_secs(6);
/// And trades, with the candles that they make, this often: assumed.
const TRADES: Duration = Duration::from_secs(60);

/// What the channels have in common.
macro_rules! public {
    ($name:literal every $every:ident, refill $refill:literal) => {
        const SPEC: ChannelSpec = ChannelSpec::new($name, PUBLIC).assumed_every($every).refill(&[$refill]);

        fn read(payload: Payload<'_>) -> Result<Option<Self::Item>, Unreadable> {
            push(payload)
        }

        fn time(item: &Self::Item) -> Option<Millis> {
            item.ts
        }
    };
}

channel! {
    /// The best levels of both sides of a contract's book, whole in every push.
    ///
    /// `{symbol}.{levels}` · public · Subscribe to Market Depth. The pushes have no number: that one is missing
    /// doesn't show, and the next one makes up for it.
    pub struct Depth {
        symbol: Symbol,
        /// How many levels of each side.
        levels: DepthLevels,
    }
}

model! {
    /// What a push of [`Depth`] says. Sizes are in base currency.
    pub struct DepthPush {
        /// Contract.
        pub symbol?: Symbol,
        /// Asks, best first.
        pub asks: Flat<Level>,
        /// Bids, best first.
        pub bids: Flat<Level>,
    }
}

flat_row! { Level { price, size } }

impl Channel for Depth {
    type Venue = Hibt;
    type Item = Push<DepthPush>;

    public! { "depth" every PRICES, refill "GetDepth" }

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::known("levels", &self.levels, DepthLevels::KNOWN)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("{}.{}", self.symbol, self.levels))
    }
}

impl BookChannel for Depth {
    type Size = Qty;
    const RULE: Continuity = Continuity::WHOLE;

    fn message(&self, item: Push<DepthPush>) -> Result<Option<BookMessage<Qty>>, String> {
        let side = |levels: Flat<Level>| {
            levels.into_iter().map(|level| BookLevel::new(level.price, level.size)).collect::<Vec<_>>()
        };
        let mut snapshot = Snapshot::new().bids(side(item.data.bids)).asks(side(item.data.asks));
        snapshot.time = item.ts;
        snapshot.limit = match self.levels {
            DepthLevels::Five => Some(5),
            DepthLevels::Ten => Some(10),
            DepthLevels::Twenty => Some(20),
            DepthLevels::Other(_) => None,
        };
        Ok(Some(BookMessage::Snapshot(snapshot)))
    }
}

channel! {
    /// Prices and the last day's volume of a contract.
    ///
    /// `{symbol}.ticker` · public · Subscribe to Ticker
    pub struct Ticker { symbol: Symbol }
}

impl Channel for Ticker {
    type Venue = Hibt;
    type Item = Push<rest::Ticker>;

    public! { "ticker" every PRICES, refill "GetTickers" }

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("{}.ticker", self.symbol))
    }
}

channel! {
    /// The index price of a contract.
    ///
    /// `{symbol}.index` · public · Subscribe to Index
    pub struct Index { symbol: Symbol }
}

model! {
    /// What a push of [`Index`] says.
    pub struct IndexPush {
        /// Contract.
        pub symbol?: Symbol,
        /// The price.
        pub price: Price,
        /// When it was, in ms.
        pub time?: Millis,
    }
}

impl Channel for Index {
    type Venue = Hibt;
    type Item = Push<IndexPush>;

    public! { "index" every PRICES, refill "GetMarkPrices" }

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("{}.index", self.symbol))
    }
}

channel! {
    /// Every trade of a contract.
    ///
    /// `{symbol}.trade` · public · Subscribe to Latest Trades
    pub struct Trades { symbol: Symbol }
}

/// A trade, as pushed by [`Trades`]. It has no id.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TradePush {
    /// Price.
    pub price: Price,
    /// Which way it went. The venue doesn't say whose side it is.
    pub side: Side,
    /// How much, in base currency.
    pub size: Qty,
    /// When it was made, in ms.
    pub time: Millis,
}

flat_row! { TradePush { price, side, size, time } }

impl Channel for Trades {
    type Venue = Hibt;
    /// One trade a push, in all that has been seen.
    type Item = Push<Flat<TradePush>>;

    public! { "trade" every TRADES, refill "GetDeals" }

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("{}.trade", self.symbol))
    }
}

channel! {
    /// Candles of the last price, while they form.
    ///
    /// `{symbol}.candle.{interval}` · public · Subscribe to K-Line
    pub struct Candles {
        symbol: Symbol,
        /// Length of a candle.
        interval: CandleInterval,
    }
}

/// A candle, as pushed by [`Candles`]: in another order than usual, the volumes first.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CandlePush {
    /// How much traded, in base currency.
    pub amount: Qty,
    /// How much traded, in quote currency.
    pub volume: Amount,
    /// First price.
    pub open: Price,
    /// Highest price.
    pub high: Price,
    /// Lowest price.
    pub low: Price,
    /// Last price.
    pub close: Price,
    /// When it began, in ms.
    pub time: Millis,
}

flat_row! { CandlePush { amount, volume, open, high, low, close, time } }

impl Channel for Candles {
    type Venue = Hibt;
    /// One candle a push, in all that has been seen.
    type Item = Push<Flat<CandlePush>>;

    public! { "candle" every TRADES, refill "GetCandles" }

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::known("interval", &self.interval, CandleInterval::KNOWN)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("{}.candle.{}", self.symbol, self.interval))
    }
}
