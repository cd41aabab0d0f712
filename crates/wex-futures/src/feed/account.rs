//! Private channels: balances, positions, trades, orders, notifications.

use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Millis, OrderId, Price, Rate, Symbol, channel, model,
};

use super::{USER, data};
use crate::venue::WexFutures;
use crate::{
    ContractType, NotifyType, OrderSide, OrderState, OrderType, PositionSide, PositionType, SourceType,
    TimeInForce, UnderlyingType,
};

/// A channel of the account: its topic is its name, and the key is added when it is asked for.
macro_rules! own {
    ($channel:ident, $item:ident, $name:literal, $refill:expr, $time:expr) => {
        impl Channel for $channel {
            type Venue = WexFutures;
            type Item = $item;
            const SPEC: ChannelSpec = ChannelSpec::new($name, USER).refill($refill);

            fn topic(&self) -> Topic {
                Topic::new($name)
            }

            fn read(payload: Payload<'_>) -> Result<Option<$item>, Unreadable> {
                data(payload)
            }

            fn time(item: &$item) -> Option<Millis> {
                $time(item)
            }
        }
    };
}

channel! {
    /// Balances of both products, when they change.
    ///
    /// `balance@{listenKey}` · private · Balance Change
    pub struct Balances {}
}

model! {
    /// A push of [`Balances`]: the balance of a coin, in that coin.
    #[serde(rename_all = "camelCase")]
    pub struct BalancePush {
        /// Coin.
        pub coin: Asset,
        /// What it is margin for.
        pub underlying_type?: UnderlyingType,
        /// Balance of the wallet.
        pub wallet_balance: Amount,
        /// Frozen as margin of orders.
        pub open_order_margin_frozen?: Amount,
        /// Margin of isolated positions.
        pub isolated_margin?: Amount,
        /// Margin of cross positions.
        pub crossed_margin?: Amount,
    }
}

own!(Balances, BalancePush, "balance", &["ListBalances"], |_: &BalancePush| None);

channel! {
    /// Positions, when they change.
    ///
    /// `position@{listenKey}` · private · Change Position
    pub struct Positions {}
}

model! {
    /// A push of [`Positions`]; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct PositionPush {
        /// Contract.
        pub symbol: Symbol,
        /// Kind of contract.
        pub contract_type?: ContractType,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Long or short.
        pub position_side: PositionSide,
        /// Size; 0 when it was closed.
        pub position_size: Contracts,
        /// How much of it orders are about to close.
        pub close_order_size?: Contracts,
        /// How much of it can still be closed.
        pub available_close_size?: Contracts,
        /// Profit or loss that was realised.
        pub realized_profit?: Amount,
        /// Average price of opening.
        pub entry_price?: Price,
        /// Margin, of an isolated position.
        pub isolated_margin?: Amount,
        /// Margin that orders to open keep frozen.
        pub open_order_margin_frozen?: Amount,
        /// What it is margined in; empty in the documented example.
        pub underlying_type?: UnderlyingType,
        /// Leverage.
        pub leverage?: Rate,
    }
}

own!(Positions, PositionPush, "position", &["ListPositions"], |_: &PositionPush| None);

channel! {
    /// Own trades, as they are made.
    ///
    /// `trade@{listenKey}` · private · Transactions. On the public line the same name means everybody's trades.
    /// Trades have no id here: [`ListTrades`](crate::rest::ListTrades) has.
    pub struct Fills {}
}

model! {
    /// A push of [`Fills`]: an own trade.
    #[serde(rename_all = "camelCase")]
    pub struct FillPush {
        /// The order that traded.
        pub order_id: OrderId,
        /// Your own id of it.
        pub client_order_id?: ClientOrderId,
        /// Price, in quote currency.
        pub price: Price,
        /// Size, in contracts.
        pub quantity: Contracts,
        /// Margin that was freed by it.
        pub margin_unfrozen?: Amount,
        /// When it was made; in ms, although the documented example looks like seconds.
        pub timestamp?: Millis,
        /// Contract.
        pub symbol: Symbol,
        /// Which way the order went.
        pub order_side?: OrderSide,
        /// Which position it acted on.
        pub position_side?: PositionSide,
        /// Whether the order was the one that rested.
        pub is_maker?: bool,
        /// Fee; in which currency is not said.
        pub fee?: Amount,
    }
}

own!(Fills, FillPush, "trade", &["ListTrades"], |item: &FillPush| item.timestamp);

channel! {
    /// Own orders, whenever their state changes.
    ///
    /// `order@{listenKey}` · private · User Order. Your own id isn't in it as documented.
    pub struct Orders {}
}

model! {
    /// An order after a change, as pushed by [`Orders`]; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct OrderPush {
        /// Contract.
        pub symbol: Symbol,
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id; not documented here.
        pub client_order_id?: ClientOrderId,
        /// Size.
        pub orig_qty?: Contracts,
        /// Average price of what has traded.
        pub avg_price?: Price,
        /// Limit price.
        pub price?: Price,
        /// How much has traded.
        pub executed_qty?: Contracts,
        /// Which way it goes.
        pub order_side?: OrderSide,
        /// How long it lives.
        pub time_in_force?: TimeInForce,
        /// Which position it acts on.
        pub position_side?: PositionSide,
        /// Margin that it keeps frozen.
        pub margin_frozen?: Amount,
        /// Where it came from.
        pub source_type?: SourceType,
        /// Always `ORDER`, as documented.
        #[serde(rename = "type")]
        pub kind?: String,
        /// How far it is.
        pub state: OrderState,
        /// When it was placed; in ms, although the documented example looks like seconds.
        pub created_time?: Millis,
        /// Leverage.
        pub leverage?: Rate,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Type.
        pub order_type?: OrderType,
    }
}

own!(Orders, OrderPush, "order", &["ListOpenOrders", "ListOrders", "ListOrderHistory"], |_: &OrderPush| None);

channel! {
    /// What the venue has to say of positions: liquidations near and done, deleveraging.
    ///
    /// `notify@{listenKey}` · private · Message (Notifications)
    pub struct Notifications {}
}

model! {
    /// A push of [`Notifications`].
    #[serde(rename_all = "camelCase")]
    pub struct NotifyPush {
        /// Contract.
        pub symbol: Symbol,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Long or short.
        pub position_side?: PositionSide,
        /// Size, in contracts.
        pub position_size?: Contracts,
        /// What it is about.
        pub notify_type: NotifyType,
    }
}

own!(
    Notifications,
    NotifyPush,
    "notify",
    &["ListBreakPositions", "ListTakerOver", "ListAutoDeleverageHistory"],
    |_: &NotifyPush| None
);
