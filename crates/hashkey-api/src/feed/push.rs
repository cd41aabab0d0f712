//! What public pushes carry, in both versions.

use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Serialize};
use venue_core::ws::{Payload, Unreadable};
use venue_core::{Amount, Millis, Price, Qty, Rate, Rows, Symbol, TradeId, id, model};

use crate::rest::Level;
use crate::{KlineInterval, Site, StreamTopic};

/// A push of the first version: a list of rows, and what surrounds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct PushV1<T> {
    /// Pair.
    pub symbol: Symbol,
    /// The pair's name.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub symbol_name: Option<Symbol>,
    /// Topic; of candles without their length, which is in the parameters.
    pub topic: StreamTopic,
    /// The parameters of the subscription, as the venue understood them.
    #[serde(default)]
    pub params: PushParams,
    /// The rows.
    pub data: Rows<T>,
    /// Whether this is the first push of the subscription. It doesn't mark snapshots: other pushes of the book
    /// are whole as well.
    #[serde(
        rename = "f",
        default,
        deserialize_with = "venue_core::wire::absent",
        skip_serializing_if = "Option::is_none"
    )]
    pub is_first: Option<bool>,
    /// When it was sent.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub send_time: Option<Millis>,
    /// Number of the connection; sent with books, not documented.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<String>,
    /// No longer in use.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// Id of the request, where it had one; sent, not documented.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whose market it is; of a later edition.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
}

/// A push of the second version: one value, and what surrounds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(crate = "venue_core::serde")]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
#[non_exhaustive]
pub struct PushV2<T> {
    /// Topic.
    pub topic: StreamTopic,
    /// The parameters of the subscription, the pair among them.
    pub params: PushParams,
    /// The value.
    #[serde(deserialize_with = "venue_core::wire::object")]
    pub data: T,
    /// Id of the request, where it had one; sent, not documented.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whose market it is; of a later edition.
    #[serde(default, deserialize_with = "venue_core::wire::absent", skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
}

model! {
    /// Parameters of a subscription, repeated in its pushes. The first version writes all of them as text.
    #[derive(Default)]
    #[serde(rename_all = "camelCase")]
    pub struct PushParams {
        /// Pair; second version only.
        pub symbol?: Symbol,
        /// The span that the last day's figures are of: `24h`.
        pub realtime_interval?: String,
        /// Length of a candle.
        pub kline_type?: KlineInterval,
        /// How many levels were asked for.
        pub limit?: String,
        /// How far levels are drawn together; sent, not documented.
        pub dump_scale?: String,
        /// Whether pushes come compressed.
        pub binary?: String,
    }
}

model! {
    /// A candle, while it forms. The second version sends times, prices and volume only.
    pub struct Candle {
        /// When it begins.
        #[serde(rename = "t")]
        pub open_time: Millis,
        /// Pair.
        #[serde(rename = "s")]
        pub symbol?: Symbol,
        /// The pair's name.
        #[serde(rename = "sn")]
        pub symbol_name?: Symbol,
        /// Last price.
        #[serde(rename = "c")]
        pub close: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low: Price,
        /// First price.
        #[serde(rename = "o")]
        pub open: Price,
        /// What was traded, in base units.
        #[serde(rename = "v")]
        pub volume?: Qty,
        /// When it ends; zero wherever it is shown. Add the interval to the beginning.
        #[serde(rename = "et")]
        pub close_time?: Millis,
        /// What was traded, in quote currency.
        #[serde(rename = "qv")]
        pub quote_volume?: Amount,
        /// How many trades.
        #[serde(rename = "td")]
        pub trades?: u64,
        /// What takers bought, in base units.
        #[serde(rename = "tb")]
        pub taker_buy_volume?: Qty,
        /// What takers bought, in quote currency.
        #[serde(rename = "tq")]
        pub taker_buy_quote_volume?: Amount,
    }
}

model! {
    /// The last 24 hours of a pair.
    pub struct DayTicker {
        /// When it was like this.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// The pair's name; first version only.
        #[serde(rename = "sn")]
        pub symbol_name?: Symbol,
        /// First price.
        #[serde(rename = "o")]
        pub open?: Price,
        /// Highest price.
        #[serde(rename = "h")]
        pub high?: Price,
        /// Lowest price.
        #[serde(rename = "l")]
        pub low?: Price,
        /// Last price.
        #[serde(rename = "c")]
        pub last?: Price,
        /// What was traded, in base units.
        #[serde(rename = "v")]
        pub volume?: Qty,
        /// What was traded, in quote currency.
        #[serde(rename = "qv")]
        pub quote_volume?: Amount,
        /// Change of the price, as a share: 0.01 is one per cent.
        #[serde(rename = "m")]
        pub change?: Rate,
        /// Id of the exchange; first version only.
        #[serde(rename = "e")]
        pub exchange_id?: i64,
    }
}

model! {
    /// A trade.
    pub struct PublicTrade {
        /// The venue's id.
        #[serde(rename = "v")]
        pub id: TradeId,
        /// When it was made.
        #[serde(rename = "t")]
        pub time: Millis,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// Quantity, in base units.
        #[serde(rename = "q")]
        pub qty: Qty,
        /// Whether the buyer was the maker: then the seller took.
        #[serde(rename = "m")]
        pub buyer_is_maker?: bool,
    }
}

id! {
    /// Version of a book, `538222447_18`: a number and a scale.
    pub struct BookVersion
}

impl BookVersion {
    /// The number, which grows with each change. The scale behind it is nothing to compare.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        let text = self.as_str();
        text.split_once('_').map_or(text, |(number, _)| number).parse().ok()
    }
}

model! {
    /// A book, each side best level first, or what changed of one. A level that can't be read makes the whole
    /// unreadable.
    pub struct PushedBook {
        /// Id of the exchange; first version only.
        #[serde(rename = "e")]
        pub exchange_id?: i64,
        /// Pair; absent from changes.
        #[serde(rename = "s")]
        pub symbol?: Symbol,
        /// When it was like this.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Its version.
        #[serde(rename = "v")]
        pub version?: BookVersion,
        /// Buyers.
        #[serde(rename = "b")]
        pub bids: Vec<Level>,
        /// Sellers.
        #[serde(rename = "a")]
        pub asks: Vec<Level>,
        /// To be ignored; first version only.
        #[serde(rename = "o")]
        pub order?: i64,
    }
}

model! {
    /// Best bid and ask; a side of an empty book is `None`.
    pub struct BestPrices {
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Best bid.
        #[serde(rename = "b")]
        pub bid?: Price,
        /// Its quantity, in base units.
        #[serde(rename = "bz")]
        pub bid_qty?: Qty,
        /// Best ask.
        #[serde(rename = "a")]
        pub ask?: Price,
        /// Its quantity, in base units.
        #[serde(rename = "az")]
        pub ask_qty?: Qty,
        /// When they were like this.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Version of the book; sent, not documented.
        #[serde(rename = "v")]
        pub version?: BookVersion,
    }
}

/// Reads a whole frame.
pub(super) fn read<T: DeserializeOwned>(payload: Payload<'_>) -> Result<Option<T>, Unreadable> {
    payload.json().map(Some)
}
