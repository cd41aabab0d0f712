//! Private channels: balances, orders, fills.

use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{
    Amount, Asset, ClientOrderId, Millis, OrderId, Price, Qty, Symbol, TradeId, channel, model,
};

use super::{PRIVATE, data};
use crate::venue::WexSpot;
use crate::{AccountId, OrderBizType, OrderState, OrderType, Side, TakerMaker};

channel! {
    /// Balances, when they change: after trades, deposits, withdrawals and transfers.
    ///
    /// `balance` · private · Change of balance
    pub struct Balances {}
}

model! {
    /// A push of [`Balances`]: the balance of a currency, in that currency.
    pub struct BalancePush {
        /// The account.
        #[serde(rename = "a")]
        pub account_id?: AccountId,
        /// When it changed, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// Currency.
        #[serde(rename = "c")]
        pub currency: Asset,
        /// All of it, with what is frozen.
        #[serde(rename = "b")]
        pub total: Amount,
        /// What is held by open orders and withdrawals.
        #[serde(rename = "f")]
        pub frozen?: Amount,
        /// The account that it is on.
        #[serde(rename = "z")]
        pub biz_type?: OrderBizType,
        /// The symbol, which a leverage account belongs to.
        #[serde(rename = "s")]
        pub symbol?: Symbol,
    }
}

impl Channel for Balances {
    type Venue = WexSpot;
    type Item = BalancePush;
    const SPEC: ChannelSpec = ChannelSpec::new("balance", PRIVATE).refill(&["GetBalances"]);

    fn topic(&self) -> Topic {
        Topic::new("balance")
    }

    fn read(payload: Payload<'_>) -> Result<Option<BalancePush>, Unreadable> {
        data(payload)
    }

    fn time(item: &BalancePush) -> Option<Millis> {
        item.time
    }
}

channel! {
    /// Own orders, whenever their state changes.
    ///
    /// `order` · private · Change of order. How long an order lives, and the currency of its fee, aren't in it.
    pub struct Orders {}
}

model! {
    /// An order after a change, as pushed by [`Orders`].
    pub struct OrderPush {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// Base currency.
        #[serde(rename = "bc")]
        pub base_currency?: Asset,
        /// Quote currency.
        #[serde(rename = "qc")]
        pub quote_currency?: Asset,
        /// When it changed, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// When it was placed, in ms.
        #[serde(rename = "ct")]
        pub created_time?: Millis,
        /// The venue's id.
        #[serde(rename = "i")]
        pub order_id: OrderId,
        /// Your own id.
        #[serde(rename = "ci")]
        pub client_order_id?: ClientOrderId,
        /// How far it is.
        #[serde(rename = "st")]
        pub state: OrderState,
        /// Which way it goes.
        #[serde(rename = "sd")]
        pub side?: Side,
        /// Type.
        #[serde(rename = "tp")]
        pub order_type?: OrderType,
        /// Quantity ordered, in base currency.
        #[serde(rename = "oq")]
        pub orig_qty?: Qty,
        /// The same in quote currency.
        #[serde(rename = "oqq")]
        pub orig_quote_qty?: Amount,
        /// How much has traded, in base currency.
        #[serde(rename = "eq")]
        pub executed_qty?: Qty,
        /// How much is left, in base currency.
        #[serde(rename = "lq")]
        pub leaving_qty?: Qty,
        /// Limit price, in quote currency.
        #[serde(rename = "p")]
        pub price?: Price,
        /// Average price of what has traded, in quote currency.
        #[serde(rename = "ap")]
        pub avg_price?: Price,
        /// Fee so far; in which currency is not said.
        #[serde(rename = "f")]
        pub fee?: Amount,
    }
}

impl Channel for Orders {
    type Venue = WexSpot;
    type Item = OrderPush;
    const SPEC: ChannelSpec =
        ChannelSpec::new("order", PRIVATE).refill(&["GetOpenOrders", "GetHistoryOrders"]);

    fn topic(&self) -> Topic {
        Topic::new("order")
    }

    fn read(payload: Payload<'_>) -> Result<Option<OrderPush>, Unreadable> {
        data(payload)
    }

    fn time(item: &OrderPush) -> Option<Millis> {
        item.time
    }
}

channel! {
    /// Own trades, as they are made.
    ///
    /// `trade` · private · Order filled. On the public line the same name means everybody's trades. The order's
    /// side and the fee aren't in it.
    pub struct Fills {}
}

model! {
    /// A push of [`Fills`]: an own trade.
    pub struct FillPush {
        /// Symbol.
        #[serde(rename = "s")]
        pub symbol: Symbol,
        /// The trade's id.
        #[serde(rename = "i")]
        pub trade_id: TradeId,
        /// When it was made, in ms.
        #[serde(rename = "t")]
        pub time?: Millis,
        /// The order that traded.
        #[serde(rename = "oi")]
        pub order_id: OrderId,
        /// Price, in quote currency.
        #[serde(rename = "p")]
        pub price: Price,
        /// How much, in base currency.
        #[serde(rename = "q")]
        pub quantity: Qty,
        /// What was paid for it, in quote currency.
        #[serde(rename = "v")]
        pub quote_qty?: Amount,
        /// Whether the buyer's order was the one that rested.
        #[serde(rename = "b")]
        pub buyer_is_maker?: bool,
        /// Which side of it the order was.
        #[serde(rename = "tm")]
        pub taker_maker?: TakerMaker,
    }
}

impl Channel for Fills {
    type Venue = WexSpot;
    type Item = FillPush;
    const SPEC: ChannelSpec = ChannelSpec::new("trade", PRIVATE).refill(&["GetTrades"]);

    fn topic(&self) -> Topic {
        Topic::new("trade")
    }

    fn read(payload: Payload<'_>) -> Result<Option<FillPush>, Unreadable> {
        data(payload)
    }

    fn time(item: &FillPush) -> Option<Millis> {
        item.time
    }
}
