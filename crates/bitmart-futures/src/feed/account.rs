//! Private channels: balances, positions, orders.

use std::time::Duration;

use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Millis, OrderId, Price, Rate, Rows, Symbol, TradeId, channel,
    model,
};

use super::{PRIVATE, object, rows};
use crate::venue::BitMart;
use crate::{
    BalanceCurrency, FeedOrderType, FeedPriceType, OpenType, OpenTypeCode, OrderAction, OrderState,
    PositionMode, PositionType, Side,
};

channel! {
    /// The futures balance of a currency, when it changes.
    ///
    /// `futures/asset:{currency}` · private · Assets Channel
    pub struct Assets { currency: BalanceCurrency }
}

model! {
    /// A push of [`Assets`].
    pub struct AssetPush {
        /// Currency.
        pub currency: Asset,
        /// What is free, in that currency.
        pub available_balance: Amount,
        /// What backs positions.
        pub position_deposit?: Amount,
        /// What is set aside for orders.
        pub frozen_balance?: Amount,
    }
}

impl Channel for Assets {
    type Venue = BitMart;
    type Item = AssetPush;
    const SPEC: ChannelSpec = ChannelSpec::new("asset", PRIVATE).refill(&["GetAssets"]);

    fn topic(&self) -> Topic {
        Topic::new(format!("futures/asset:{}", self.currency))
    }

    fn read(payload: Payload<'_>) -> Result<Option<AssetPush>, Unreadable> {
        object(payload)
    }
}

channel! {
    /// Positions, when they change and every 10 s.
    ///
    /// `futures/position` · private · Position Channel
    pub struct Positions {}
}

model! {
    /// A position, as pushed by [`Positions`].
    pub struct PositionPush {
        /// The contract.
        pub symbol: Symbol,
        /// Contracts held.
        pub hold_volume: Contracts,
        /// Long or short.
        pub position_type: PositionType,
        /// What backs it.
        pub open_type: OpenTypeCode,
        /// Contracts that orders to close have set aside.
        pub frozen_volume?: Contracts,
        /// Contracts closed so far.
        pub close_volume?: Contracts,
        /// Average price of what is held.
        pub hold_avg_price?: Price,
        /// Average price of what was closed.
        pub close_avg_price?: Price,
        /// Average price of what was opened.
        pub open_avg_price?: Price,
        /// Where it is liquidated.
        pub liquidate_price?: Price,
        /// When it was opened, in ms.
        pub create_time?: Millis,
        /// When it changed last, in ms.
        pub update_time?: Millis,
        /// The account's position mode.
        pub position_mode?: PositionMode,
    }
}

impl Channel for Positions {
    type Venue = BitMart;
    type Item = Rows<PositionPush>;
    /// "10 seconds timed push", whether or not anything changed.
    const SPEC: ChannelSpec =
        ChannelSpec::new("position", PRIVATE).every(Duration::from_secs(10)).refill(&["GetPositionsV2"]);

    fn topic(&self) -> Topic {
        Topic::new("futures/position")
    }

    fn read(payload: Payload<'_>) -> Result<Option<Rows<PositionPush>>, Unreadable> {
        rows(payload)
    }

    fn time(item: &Rows<PositionPush>) -> Option<Millis> {
        item.iter().filter_map(|position| position.update_time).max()
    }
}

channel! {
    /// Own orders, on every change: placed, traded, cancelled.
    ///
    /// `futures/order` · private · Order Channel
    pub struct Orders {}
}

model! {
    /// What happened to an order, as pushed by [`Orders`].
    pub struct OrderPush {
        /// What happened.
        pub action: OrderAction,
        /// The order after it.
        pub order: PushedOrder,
    }
}

model! {
    /// An order in a push.
    pub struct PushedOrder {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id.
        pub client_order_id?: ClientOrderId,
        /// Limit price.
        pub price?: Price,
        /// Contracts ordered.
        pub size?: Contracts,
        /// The contract.
        pub symbol: Symbol,
        /// How far it has come.
        pub state: OrderState,
        /// Side, by the account's position mode.
        pub side: Side,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: FeedOrderType,
        /// Leverage.
        pub leverage?: Rate,
        /// What backs the position.
        pub open_type?: OpenType,
        /// Average price of what was traded.
        pub deal_avg_price?: Price,
        /// Contracts traded so far.
        pub deal_size?: Contracts,
        /// When it was placed, in ms.
        pub create_time?: Millis,
        /// When it changed last, in ms.
        pub update_time?: Millis,
        /// The plan order that it came from.
        pub plan_order_id?: OrderId,
        /// Its latest trade; none before the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_trade: Option<LastTrade>,
        /// Price that triggers it.
        pub trigger_price?: Price,
        /// Which price that is compared with.
        pub trigger_price_type?: FeedPriceType,
        /// Price at which it is placed once triggered.
        pub execution_price?: Price,
        /// Which price activates a trailing order.
        pub activation_price_type?: FeedPriceType,
        /// Price that activates a trailing order.
        pub activation_price?: Price,
        /// Distance that a trailing order keeps.
        pub callback_rate?: Rate,
        /// The account's position mode.
        pub position_mode?: PositionMode,
    }
}

model! {
    /// The latest trade of an order.
    pub struct LastTrade {
        /// The venue's id.
        #[serde(rename = "lastTradeID")]
        pub last_trade_id: TradeId,
        /// Contracts.
        #[serde(rename = "fillQty")]
        pub fill_qty: Contracts,
        /// Price.
        #[serde(rename = "fillPrice")]
        pub fill_price: Price,
        /// Fee; negative when paid, as printed.
        pub fee?: Amount,
        /// What the fee is paid in.
        #[serde(rename = "feeCcy")]
        pub fee_ccy?: Asset,
    }
}

impl Channel for Orders {
    type Venue = BitMart;
    type Item = Rows<OrderPush>;
    const SPEC: ChannelSpec =
        ChannelSpec::new("order", PRIVATE).refill(&["GetOpenOrders", "GetOrderHistory", "GetTrades"]);

    fn topic(&self) -> Topic {
        Topic::new("futures/order")
    }

    fn read(payload: Payload<'_>) -> Result<Option<Rows<OrderPush>>, Unreadable> {
        rows(payload)
    }

    fn time(item: &Rows<OrderPush>) -> Option<Millis> {
        item.iter().filter_map(|push| push.order.update_time).max()
    }
}
