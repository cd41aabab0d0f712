//! Candles and trades.

use venue_core::serde::Deserialize;
use venue_core::wire::{Skipped, token};
use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Amount, Contracts, Invalid, Millis, Price, Symbol, TradeId, channel, model};

use super::{PUBLIC, check, frames, proto};
use crate::model::{DealSide, KlineInterval};
use crate::venue::Pumpkin;

channel! {
    /// A contract's candle, as it changes.
    ///
    /// `kline@{symbol},{interval}` · public · Candlestick data (Kline). How often it is pushed isn't documented.
    pub struct Klines { symbol: Symbol, interval: KlineInterval }
}

model! {
    /// A candle, as pushed by [`Klines`]. `a` and `v` are the other way round in REST's candles.
    pub struct KlinePush {
        /// The contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Its length.
        #[serde(rename = "i")]
        pub interval: KlineInterval,
        /// When it begins, in ms.
        #[serde(rename = "t")]
        pub time: Millis,
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
        /// Traded, in contracts: "volume" in the documentation, without a unit.
        #[serde(rename = "v")]
        pub volume?: Contracts,
        /// Traded, in quote currency: "turnover".
        #[serde(rename = "a")]
        pub turnover?: Amount,
    }
}

#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct KlineFrame {
    #[serde(rename = "e")]
    _event: Skipped,
    #[serde(rename = "s", default)]
    symbol: Option<Symbol>,
    #[serde(rename = "k")]
    candle: KlinePush,
}

impl Channel for Klines {
    type Venue = Pumpkin;
    type Item = KlinePush;
    const SPEC: ChannelSpec = ChannelSpec::new("kline", PUBLIC).refill(&["GetKlines"]);

    fn check(&self) -> Result<(), Invalid> {
        check("symbol", self.symbol.as_str())?;
        check("interval", self.interval.as_str())
    }

    fn topic(&self) -> Topic {
        let (symbol, interval) = (self.symbol.as_str(), self.interval.as_str());
        Topic::new(format!("kline@{symbol},{interval}")).routed(frames::route("kline", symbol, interval))
    }

    fn read(payload: Payload<'_>) -> Result<Option<KlinePush>, Unreadable> {
        if let Payload::Binary(bytes) = payload {
            return proto::kline(bytes).map(Some);
        }
        let KlineFrame { symbol, candle, .. } = payload.json()?;
        if symbol.is_some_and(|symbol| symbol != candle.symbol) {
            return Err(Unreadable::new("the push and its candle name two contracts"));
        }
        Ok(Some(candle))
    }
}

channel! {
    /// Every trade of a contract.
    ///
    /// `trade@{symbol}` · public · Latest trades (Trade)
    pub struct Trades { symbol: Symbol }
}

model! {
    /// A trade, as pushed by [`Trades`].
    pub struct TradePush {
        /// The contract.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// The trade's id by the table, its time by a comment beside the binary message; the one example has 16
        /// digits. Nothing is read into it here.
        pub t: u64,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// Size, in contracts.
        #[serde(rename = "a")]
        pub qty: Contracts,
        /// `BID` is a buy, `ASK` a sell.
        #[serde(rename = "m")]
        pub side: DealSide,
        /// The trade's id; only in binary pushes.
        pub id?: TradeId,
    }
}

#[derive(Deserialize)]
#[serde(crate = "venue_core::serde")]
struct TradeFrame {
    #[serde(rename = "e")]
    _event: Skipped,
    s: Symbol,
    #[serde(deserialize_with = "token")]
    t: u64,
    p: Price,
    a: Contracts,
    m: DealSide,
    #[serde(default)]
    id: Option<TradeId>,
}

impl Channel for Trades {
    type Venue = Pumpkin;
    type Item = TradePush;
    const SPEC: ChannelSpec = ChannelSpec::new("trade", PUBLIC).refill(&["GetDeals"]);

    fn check(&self) -> Result<(), Invalid> {
        check("symbol", self.symbol.as_str())
    }

    fn topic(&self) -> Topic {
        let symbol = self.symbol.as_str();
        Topic::new(format!("trade@{symbol}")).routed(frames::route("trade", symbol, ""))
    }

    fn read(payload: Payload<'_>) -> Result<Option<TradePush>, Unreadable> {
        if let Payload::Binary(bytes) = payload {
            return proto::trade(bytes).map(Some);
        }
        let TradeFrame { s, t, p, a, m, id, .. } = payload.json()?;
        Ok(Some(TradePush { symbol: s, t, price: p, qty: a, side: m, id }))
    }
}
