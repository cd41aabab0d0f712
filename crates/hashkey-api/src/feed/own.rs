//! The account's own stream: orders, trades and balances, pushed without being asked for.

use venue_core::serde::Deserialize as _;
use venue_core::serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer as _};
use venue_core::wire::reparse;
use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{
    Amount, Asset, ClientOrderId, Millis, OrderId, Price, Qty, Rate, Rows, Symbol, TradeId, channel, model,
};

use super::{PRIVATE, frames};
use crate::venue::HashKey;
use crate::{
    AccountId, CancelReason, LiquidationType, OrderStatus, PrivateEventType, Side, StreamOrderType, TicketId,
    TimeInForce,
};

/// Route of balances, whichever account they are of.
pub(super) const ACCOUNT: &str = "outboundAccountInfo";
/// Route of orders.
pub(super) const ORDER: &str = "executionReport";
/// Route of trades.
pub(super) const TICKET: &str = "ticketInfo";

channel! {
    /// Balances that may have moved, of the trading, custody and fiat accounts.
    ///
    /// `outboundAccountInfo`, `outboundCustodyAccountInfo`, `outboundFiatAccountInfo` · private · User Data
    /// Stream, Account Update. Each push holds the coins that may have changed, not all.
    pub struct AccountUpdates {}
}

channel! {
    /// Own orders, on every change.
    ///
    /// `executionReport` · private · User Data Stream, Order Update
    pub struct OrderUpdates {}
}

channel! {
    /// Own trades.
    ///
    /// `ticketInfo` · private · User Data Stream, Ticket Push
    pub struct Tickets {}
}

model! {
    /// Balances that may have moved.
    pub struct AccountUpdate {
        /// Of which account.
        #[serde(rename = "e", deserialize_with = "kind")]
        pub event: PrivateEventType,
        /// When it was told.
        #[serde(rename = "E")]
        pub time?: Millis,
        /// Whether the account may trade.
        #[serde(rename = "T")]
        pub can_trade?: bool,
        /// Whether it may withdraw.
        #[serde(rename = "W")]
        pub can_withdraw?: bool,
        /// Whether it may deposit.
        #[serde(rename = "D")]
        pub can_deposit?: bool,
        /// The coins.
        #[serde(rename = "B")]
        pub balances: Rows<BalanceUpdate>,
    }
}

model! {
    /// A balance after the change.
    pub struct BalanceUpdate {
        /// Coin.
        #[serde(rename = "a")]
        pub asset: Asset,
        /// What is free.
        #[serde(rename = "f")]
        pub free: Amount,
        /// What is set aside.
        #[serde(rename = "l")]
        pub locked: Amount,
        /// A remark.
        #[serde(rename = "r")]
        pub remark?: String,
    }
}

model! {
    /// An order after a change.
    pub struct OrderUpdate {
        /// What this is: `executionReport`.
        #[serde(rename = "e", deserialize_with = "kind")]
        pub event: PrivateEventType,
        /// When it was told.
        #[serde(rename = "E")]
        pub time?: Millis,
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Your own id.
        #[serde(rename = "c")]
        pub client_order_id?: ClientOrderId,
        /// Which way it goes.
        #[serde(rename = "S")]
        pub side: Side,
        /// Order type, in words other than the requests'.
        #[serde(rename = "o")]
        pub order_type?: StreamOrderType,
        /// How long it stands.
        #[serde(rename = "f")]
        pub time_in_force?: TimeInForce,
        /// Quantity ordered, in base units; zero where an amount was.
        #[serde(rename = "q")]
        pub qty?: Qty,
        /// Limit price; zero of a market order.
        #[serde(rename = "p")]
        pub price?: Price,
        /// State.
        #[serde(rename = "X")]
        pub status: OrderStatus,
        /// The venue's id.
        #[serde(rename = "i")]
        pub order_id: OrderId,
        /// Quantity of the trade that this tells of, in base units.
        #[serde(rename = "l")]
        pub last_qty?: Qty,
        /// Quantity traded so far, in base units.
        #[serde(rename = "z")]
        pub executed_qty?: Qty,
        /// Price of the trade that this tells of.
        #[serde(rename = "L")]
        pub last_price?: Price,
        /// Fee of that trade.
        #[serde(rename = "n")]
        pub fee?: Amount,
        /// What the fee is paid in.
        #[serde(rename = "N")]
        pub fee_asset?: Asset,
        /// Whether the trade is normal; to be ignored.
        #[serde(rename = "u")]
        pub is_normal?: bool,
        /// Whether the order works.
        #[serde(rename = "w")]
        pub is_working?: bool,
        /// Whether it is a limit maker order, by the documentation's words.
        #[serde(rename = "m")]
        pub is_maker?: bool,
        /// When it was placed.
        #[serde(rename = "O")]
        pub created?: Millis,
        /// What was traded so far, in quote currency.
        #[serde(rename = "Z")]
        pub executed_amount?: Amount,
        /// Whether it closes a position; of contracts.
        #[serde(rename = "C")]
        pub is_close?: bool,
        /// Leverage; of contracts.
        #[serde(rename = "v")]
        pub leverage?: Rate,
        /// Amount ordered, in quote currency; zero where a quantity was.
        #[serde(rename = "reqAmt")]
        pub req_amount?: Amount,
        /// Id of the trade that this tells of; zero without one.
        #[serde(rename = "d")]
        pub trade_id?: TradeId,
        /// Quantity left, in base units.
        #[serde(rename = "r")]
        pub remaining_qty?: Qty,
        /// Average price of what was traded.
        #[serde(rename = "V")]
        pub average_price?: Price,
        /// Index price.
        #[serde(rename = "P")]
        pub index_price?: Price,
        /// Whether a liquidation placed it; of contracts.
        #[serde(rename = "lo")]
        pub is_liquidation?: bool,
        /// What the liquidation was; of contracts.
        #[serde(rename = "lt")]
        pub liquidation_type?: LiquidationType,
        /// Why it was cancelled or refused.
        #[serde(rename = "x")]
        pub reason?: CancelReason,
    }
}

model! {
    /// A trade of one's own.
    pub struct Ticket {
        /// What this is: `ticketInfo`.
        #[serde(rename = "e", deserialize_with = "kind")]
        pub event: PrivateEventType,
        /// When it was told.
        #[serde(rename = "E")]
        pub time?: Millis,
        /// Pair.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Quantity, in base units.
        #[serde(rename = "q")]
        pub qty: Qty,
        /// When it was made.
        #[serde(rename = "t")]
        pub matched?: Millis,
        /// Price.
        #[serde(rename = "p")]
        pub price: Price,
        /// Id of the match.
        #[serde(rename = "T")]
        pub ticket_id: TicketId,
        /// The venue's id of the order.
        #[serde(rename = "o")]
        pub order_id: OrderId,
        /// Your own id of the order.
        #[serde(rename = "c")]
        pub client_order_id?: ClientOrderId,
        /// Account.
        #[serde(rename = "a")]
        pub account_id?: AccountId,
        /// Whether the order was in the book.
        #[serde(rename = "m")]
        pub is_maker?: bool,
        /// Which way the order goes.
        #[serde(rename = "S")]
        pub side: Side,
    }
}

/// What kind an event is of: a word, or it is of none.
fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PrivateEventType, D::Error> {
    let word = String::deserialize(deserializer)?;
    if word.is_empty() {
        return Err(de::Error::custom("an event without a kind"));
    }
    PrivateEventType::deserialize(word.into_deserializer())
}

/// The events of a frame that are of this route; those of no known kind could be anybody's, and are bad rows.
fn events<T: DeserializeOwned>(payload: Payload<'_>, route: &str) -> Result<Option<Rows<T>>, Unreadable> {
    let own: Vec<&str> = frames::events(payload.text()?)?
        .into_iter()
        .filter(|event| frames::route_of_event(event).is_none_or(|of| of == route))
        .collect();
    if own.is_empty() {
        return Ok(None);
    }
    Ok(Some(reparse(&format!("[{}]", own.join(",")), "")?))
}

macro_rules! channels {
    ($($channel:ident: $item:ident, $route:ident, $refill:expr;)+) => {$(
        impl Channel for $channel {
            type Venue = HashKey;
            type Item = Rows<$item>;
            const SPEC: ChannelSpec = ChannelSpec::new($route, PRIVATE).refill($refill);

            fn topic(&self) -> Topic {
                Topic::implied($route)
            }

            fn read(payload: Payload<'_>) -> Result<Option<Rows<$item>>, Unreadable> {
                events(payload, $route)
            }

            fn time(item: &Rows<$item>) -> Option<Millis> {
                item.iter().filter_map(|event| event.time).max()
            }
        }
    )+};
}

channels! {
    AccountUpdates: AccountUpdate, ACCOUNT, &["GetAccount"];
    OrderUpdates: OrderUpdate, ORDER, &["GetOpenOrders", "GetTradeOrders"];
    Tickets: Ticket, TICKET, &["GetAccountTrades"];
}
