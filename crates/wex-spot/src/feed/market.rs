//! Public channels about what was traded: trades, candles, tickers.

use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Amount, Invalid, Millis, OrderId, Price, Qty, Rows, Symbol, TradeId, channel, model};

use super::{PUBLIC, check_symbol, data};
use crate::KlineInterval;
use crate::rest::Ticker24h;
use crate::venue::WexSpot;

channel! {
    /// Every trade of a symbol, at once.
    ///
    /// `trade@{symbol}` · public · Trade record
    pub struct Trades { symbol: Symbol }
}

model! {
    /// A trade, as pushed by [`Trades`].
    pub struct TradePush {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// The trade's id.
        #[serde(rename = "i")]
        pub trade_id: TradeId,
        /// When it was made, in ms.
        #[serde(rename = "t")]
        pub time: Millis,
        /// An order's id; of which side's is not documented.
        #[serde(rename = "oi")]
        pub order_id?: OrderId,
        /// Price, in quote currency.
        #[serde(rename = "p")]
        pub price: Price,
        /// How much, in base currency.
        #[serde(rename = "q")]
        pub quantity: Qty,
        /// What was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
        /// Whether the buyer's order was the one that rested: then the taker sold.
        #[serde(rename = "b")]
        pub buyer_is_maker?: bool,
    }
}

impl Channel for Trades {
    type Venue = WexSpot;
    type Item = TradePush;
    const SPEC: ChannelSpec =
        ChannelSpec::new("trade", PUBLIC).refill(&["GetRecentTrades", "GetHistoricalTrades"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("trade@{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<TradePush>, Unreadable> {
        data(payload)
    }

    fn time(item: &TradePush) -> Option<Millis> {
        Some(item.time)
    }
}

channel! {
    /// The current candle of a symbol, while it forms.
    ///
    /// `kline@{symbol},{interval}` · public · every 1000 ms · K-line
    pub struct Klines { symbol: Symbol, interval: KlineInterval }
}

model! {
    /// A push of [`Klines`].
    pub struct KlinePush {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// When the candle opened, in ms.
        #[serde(rename = "t")]
        pub open_time: Millis,
        /// Length of the candle.
        #[serde(rename = "i")]
        pub interval: KlineInterval,
        /// First price.
        #[serde(rename = "o")]
        pub open: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub close: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low: Price,
        /// How much was traded, in base currency.
        #[serde(rename = "q")]
        pub volume?: Qty,
        /// What was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub turnover?: Amount,
    }
}

impl Channel for Klines {
    type Venue = WexSpot;
    type Item = KlinePush;
    const SPEC: ChannelSpec = ChannelSpec::new("kline", PUBLIC).refill(&["GetKlines"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)?;
        match &self.interval {
            KlineInterval::Other(text) => Err(Invalid::new(format!("interval {text:?} is not documented"))),
            _ => Ok(()),
        }
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("kline@{},{}", self.symbol, self.interval))
    }

    fn read(payload: Payload<'_>) -> Result<Option<KlinePush>, Unreadable> {
        data(payload)
    }
}

channel! {
    /// What a symbol did in the last 24 hours.
    ///
    /// `ticker@{symbol}` · public · every 1000 ms · Ticker. Best bid and ask aren't in it. Its time is that of the
    /// latest trade: a quiet market's stands still. Highest and lowest price are read by their names, although
    /// the documented example has them the wrong way round.
    pub struct Ticker { symbol: Symbol }
}

impl Channel for Ticker {
    type Venue = WexSpot;
    type Item = Ticker24h;
    const SPEC: ChannelSpec = ChannelSpec::new("ticker", PUBLIC).refill(&["GetTickers24h"]);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)
    }

    fn topic(&self) -> Topic {
        Topic::new(format!("ticker@{}", self.symbol))
    }

    fn read(payload: Payload<'_>) -> Result<Option<Ticker24h>, Unreadable> {
        data(payload)
    }

    fn time(item: &Ticker24h) -> Option<Millis> {
        item.time
    }
}

channel! {
    /// The tickers of all symbols that have changed.
    ///
    /// `tickers` · public · every 1000 ms, only when there are changes · All ticker. What is not in a push is as it
    /// was before.
    pub struct Tickers {}
}

impl Channel for Tickers {
    type Venue = WexSpot;
    type Item = Rows<Ticker24h>;
    const SPEC: ChannelSpec = ChannelSpec::new("tickers", PUBLIC).refill(&["GetTickers24h"]);

    fn topic(&self) -> Topic {
        Topic::new("tickers")
    }

    fn read(payload: Payload<'_>) -> Result<Option<Rows<Ticker24h>>, Unreadable> {
        data(payload)
    }

    fn time(item: &Rows<Ticker24h>) -> Option<Millis> {
        item.iter().filter_map(|ticker| ticker.time).max()
    }
}
