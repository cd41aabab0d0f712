//! The rules of a trading pair, each an object that says in `filterType` what it is.

use venue_core::serde::de::Error as _;
use venue_core::serde_json::{self, value::RawValue};
use venue_core::wire::{reparse, unset};
use venue_core::{Amount, Millis, Price, Qty, Rate, RawJson, model, open_enum, serde};

open_enum! {
    /// Kind of a trading rule.
    pub enum FilterType {
        /// Price step.
        PriceFilter = "PRICE_FILTER",
        /// Quantities.
        LotSize = "LOT_SIZE",
        /// Smallest notional value.
        MinNotional = "MIN_NOTIONAL",
        /// Amounts of money.
        TradeAmount = "TRADE_AMOUNT" | "TRAD_AMOUNT",
        /// Price band of limit orders.
        LimitTrading = "LIMIT_TRADING",
        /// Price band of market orders.
        MarketTrading = "MARKET_TRADING",
        /// The opening.
        OpenQuote = "OPEN_QUOTE",
    }
}

/// A trading rule of a pair.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Filter {
    /// Price step.
    PriceFilter(PriceFilter),
    /// Quantities.
    LotSize(LotSize),
    /// Smallest notional value.
    MinNotional(MinNotional),
    /// Amounts of money.
    TradeAmount(TradeAmount),
    /// Price band of limit orders.
    LimitTrading(LimitTrading),
    /// Price band of market orders.
    MarketTrading(MarketTrading),
    /// The opening.
    OpenQuote(OpenQuote),
    /// A rule that this version doesn't know, as the venue wrote it.
    Other(RawJson),
}

model! {
    /// What decides how the rest of the object is read.
    #[serde(rename_all = "camelCase")]
    struct Tag {
        filter_type?: FilterType,
    }
}

impl<'de> serde::Deserialize<'de> for Filter {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The tag may stand anywhere in the object.
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let raw = text.get();
        let place = "filters";
        let read = || {
            Ok(match serde_json::from_str::<Tag>(raw)?.filter_type {
                Some(FilterType::PriceFilter) => Self::PriceFilter(reparse(raw, place)?),
                Some(FilterType::LotSize) => Self::LotSize(reparse(raw, place)?),
                Some(FilterType::MinNotional) => Self::MinNotional(reparse(raw, place)?),
                Some(FilterType::TradeAmount) => Self::TradeAmount(reparse(raw, place)?),
                Some(FilterType::LimitTrading) => Self::LimitTrading(reparse(raw, place)?),
                Some(FilterType::MarketTrading) => Self::MarketTrading(reparse(raw, place)?),
                Some(FilterType::OpenQuote) => Self::OpenQuote(reparse(raw, place)?),
                Some(FilterType::Other(_)) | None => Self::Other(serde_json::from_str(raw)?),
            })
        };
        read().map_err(|error: serde_json::Error| D::Error::custom(error))
    }
}

impl serde::Serialize for Filter {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::PriceFilter(filter) => filter.serialize(serializer),
            Self::LotSize(filter) => filter.serialize(serializer),
            Self::MinNotional(filter) => filter.serialize(serializer),
            Self::TradeAmount(filter) => filter.serialize(serializer),
            Self::LimitTrading(filter) => filter.serialize(serializer),
            Self::MarketTrading(filter) => filter.serialize(serializer),
            Self::OpenQuote(filter) => filter.serialize(serializer),
            Self::Other(raw) => raw.serialize(serializer),
        }
    }
}

model! {
    /// Price step of a pair.
    #[serde(rename_all = "camelCase")]
    pub struct PriceFilter {
        filter_type: FilterType,
        /// No longer in use.
        pub min_price?: Price,
        /// No longer in use.
        pub max_price?: Price,
        /// Price step.
        pub tick_size?: Price,
    }
}

model! {
    /// Quantities of a pair, in base units.
    #[serde(rename_all = "camelCase")]
    pub struct LotSize {
        filter_type: FilterType,
        /// Smallest quantity of a limit order.
        pub min_qty?: Qty,
        /// Largest quantity of a limit order.
        pub max_qty?: Qty,
        /// Quantity step.
        pub step_size?: Qty,
        /// Smallest quantity of a market order.
        pub market_order_min_qty?: Qty,
        /// Largest quantity of a market order.
        pub market_order_max_qty?: Qty,
    }
}

model! {
    /// Smallest notional value of an order.
    #[serde(rename_all = "camelCase")]
    pub struct MinNotional {
        filter_type: FilterType,
        /// Smallest notional value, in quote currency.
        pub min_notional?: Amount,
    }
}

model! {
    /// Amounts of money of an order, in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct TradeAmount {
        filter_type: FilterType,
        /// Smallest amount of a limit order.
        pub min_amount?: Amount,
        /// Largest amount of a limit order.
        pub max_amount?: Amount,
        /// No longer in use.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub min_buy_price: Option<Price>,
        /// Smallest amount of a market order.
        pub market_order_min_amount?: Amount,
        /// Largest amount of a market order.
        pub market_order_max_amount?: Amount,
    }
}

model! {
    /// How far a limit price may lie from the reference price.
    #[serde(rename_all = "camelCase")]
    pub struct LimitTrading {
        filter_type: FilterType,
        /// No longer in use.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub max_sell_price: Option<Price>,
        /// How far a buy may lie above it, as a fraction.
        pub buy_price_up_rate?: Rate,
        /// How far a sell may lie below it, as a fraction.
        pub sell_price_down_rate?: Rate,
        /// How many orders may be open at once; sent, not documented.
        pub max_entrust_num?: u32,
    }
}

model! {
    /// How far a market order may trade from the reference price.
    #[serde(rename_all = "camelCase")]
    pub struct MarketTrading {
        filter_type: FilterType,
        /// How far a buy may go above it, as a fraction.
        pub buy_price_up_rate?: Rate,
        /// How far a sell may go below it, as a fraction.
        pub sell_price_down_rate?: Rate,
    }
}

model! {
    /// What holds around the opening of a pair. A time or price of zero means that there is none.
    #[serde(rename_all = "camelCase")]
    pub struct OpenQuote {
        filter_type: FilterType,
        /// Market orders are refused from here.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub no_allow_market_start_time: Option<Millis>,
        /// Market orders are refused until here.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub no_allow_market_end_time: Option<Millis>,
        /// Limit prices are bounded from here.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub limit_order_start_time: Option<Millis>,
        /// Limit prices are bounded until here.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub limit_order_end_time: Option<Millis>,
        /// Lowest limit price in that time.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub limit_min_price: Option<Price>,
        /// Highest limit price in that time.
        #[serde(default, deserialize_with = "unset", skip_serializing_if = "Option::is_none")]
        pub limit_max_price: Option<Price>,
    }
}
