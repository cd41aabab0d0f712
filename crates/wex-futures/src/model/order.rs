//! Orders and trades, as all lists of them have them.

use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Millis, OrderId, Price, Rate, Symbol, TradeId, model,
};

use super::{
    OrderSide, OrderState, OrderType, PositionSide, PositionType, SourceType, TakerMaker, TimeInForce,
    TriggerPriceType,
};

model! {
    /// An order. No list has all of it; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
        /// Contract.
        pub symbol: Symbol,
        /// Type.
        pub order_type?: OrderType,
        /// Which way it goes.
        pub order_side?: OrderSide,
        /// Which position it acts on.
        pub position_side?: PositionSide,
        /// How long it lives.
        pub time_in_force?: TimeInForce,
        /// Limit price.
        pub price?: Price,
        /// Size.
        pub orig_qty?: Contracts,
        /// How much has traded.
        pub executed_qty?: Contracts,
        /// How much was cancelled; in the list of orders that were cancelled in part.
        pub canceled_qty?: Contracts,
        /// Average price of what has traded; 0 before anything has.
        pub avg_price?: Price,
        /// Margin that it keeps frozen.
        pub margin_frozen?: Amount,
        /// State.
        pub state?: OrderState,
        /// Whether it closes the whole position.
        pub close_position?: bool,
        /// Profit or loss of what it closed.
        pub close_profit?: Amount,
        /// Whether it is a liquidation.
        pub force_close?: bool,
        /// Id of the trigger order that made it.
        pub source_id?: String,
        /// Where it came from.
        pub source_type?: SourceType,
        /// Take-profit that is set with the position.
        pub trigger_profit_price?: Price,
        /// Stop-loss that is set with the position.
        pub trigger_stop_price?: Price,
        /// Which price those two look at.
        pub trigger_price_type?: TriggerPriceType,
        /// Type of the order that the take-profit places.
        pub profit_delegate_order_type?: OrderType,
        /// How long that order lives.
        pub profit_delegate_time_in_force?: TimeInForce,
        /// Limit price of that order.
        pub profit_delegate_price?: Price,
        /// Type of the order that the stop-loss places.
        pub stop_delegate_order_type?: OrderType,
        /// How long that order lives.
        pub stop_delegate_time_in_force?: TimeInForce,
        /// Limit price of that order.
        pub stop_delegate_price?: Price,
        /// When it was made.
        pub created_time?: Millis,
        /// When it last changed.
        pub updated_time?: Millis,
        /// What one contract is worth; this and what follows in the list of open orders.
        pub contract_size?: Amount,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Leverage.
        pub leverage?: Rate,
        /// Price of opening; not documented any further.
        pub open_price?: Price,
        /// Mark price.
        pub mark_price?: Price,
        /// Whether it trades with bonus funds.
        pub welfare_account?: bool,
        /// A remark.
        pub remark?: String,
        /// A description.
        pub desc?: String,
    }
}

model! {
    /// A trade of one's own; sizes are contracts.
    #[serde(rename_all = "camelCase")]
    pub struct Trade {
        /// The venue's id.
        pub exec_id: TradeId,
        /// The order that traded.
        pub order_id?: OrderId,
        /// Contract.
        pub symbol: Symbol,
        /// Price.
        pub price?: Price,
        /// Size.
        pub quantity?: Contracts,
        /// Value, in quote currency; for quant accounts.
        pub quote_qty?: Amount,
        /// Fee.
        pub fee?: Amount,
        /// Currency of the fee.
        pub fee_coin?: Asset,
        /// Whether one took or made.
        pub taker_maker?: TakerMaker,
        /// When.
        pub timestamp?: Millis,
        /// What one contract is worth; this and what follows in the list of all trades.
        pub contract_size?: Amount,
        /// How much of the fee a coupon paid.
        pub coupon_deduct_fee?: Amount,
        /// How much of the fee a bonus paid.
        pub bonus_deduct_fee?: Amount,
        /// Which way the order went.
        pub order_side?: OrderSide,
        /// Which position it acted on.
        pub position_side?: PositionSide,
    }
}
